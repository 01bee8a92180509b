"""What the units of an outline are: sections that group, goals, actions, tasks; and which clause belongs to which.

An action is the smallest unit with a marker and a heading of its own; a task a numbered measure below it, or else
every sentence of its text. A clause belongs to the smallest unit that contains all the sentences it closes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.clauses import Clause
from loaders.flat import FlatText
from loaders.outline import Node, Outline, is_goal, is_goal_scaffold, is_scaffold, sentence_ends
from ontology.records import TaskForm

Stretch = tuple[int, int]
CHINESE = re.compile("[\u4e00-\u9fff]")
#: Words behind a clause are the plan's, not the unit's, where at most one of so many other units has such words.
FEW_OPEN_UNITS = 5
CIRCLED = [chr(ord("①") + index) for index in range(20)]


@dataclass(slots=True)
class TaskUnit:
    """A task: ``stretches`` are its text without marker and clauses, flat."""

    ref: str
    form: TaskForm
    stretches: list[Stretch]
    clauses: list[Clause] = field(default_factory=list)


@dataclass(slots=True)
class ActionUnit:
    """An action with its tasks. ``loose`` are stretches that belong to it but to no task (goals, introductions)."""

    node: Node
    heading: str
    tasks: list[TaskUnit] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    loose: list[Stretch] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The action's outline path."""
        return self.node.ref


@dataclass(frozen=True, slots=True)
class Structure:
    """Sections, goals and actions of a document, each in order.

    ``heading_clauses`` maps the start of a unit to the clauses in its heading.
    """

    sections: tuple[Node, ...]
    goals: tuple[Node, ...]
    actions: tuple[ActionUnit, ...]
    heading_clauses: dict[int, list[Clause]]


class _Clauses:
    """The clauses of a document, found by place."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._all = clauses
        self._starts = [clause.start for clause in clauses]

    def within(self, start: int, end: int) -> list[Clause]:
        return list(self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def without_closing_words(flat: FlatText, outline: Outline, clauses: Sequence[Clause]) -> Outline:
    """The outline up to the plan's last clause where a paragraph of its own (各地各部门要加强组织实施…) follows.

    It speaks for the whole plan and belongs to no unit. That it is no part of the last unit shows in the others:
    they end with their clauses. The ends of the units cut are set in place.
    """
    leaves = [node for node in outline.walk() if not node.children]
    found = _Clauses(clauses)
    if not leaves or (cut := _behind_last_clause(flat, leaves[-1], found)) is None:
        return outline
    follows = [_behind_last_clause(flat, node, found) for node in leaves[:-1] if found.within(*_stretch(node))]
    if len(follows) <= FEW_OPEN_UNITS * sum(place is not None for place in follows):
        return outline
    for node in leaves[-1].path():
        node.end = cut
    leaves[-1].own_end = cut
    return replace(outline, end=cut)


def _stretch(node: Node) -> Stretch:
    return node.marker.start, node.end


def _behind_last_clause(flat: FlatText, node: Node, found: _Clauses) -> int | None:
    """Where text begins behind the last clause of a unit, on a line of its own; None where there is none."""
    clauses = found.within(*_stretch(node))
    if not clauses:
        return None
    after = clauses[-1].end + (flat.folded[clauses[-1].end : clauses[-1].end + 1] in ("。", "；"))
    return after if after in flat.line_set and CHINESE.search(flat.folded, after, node.end) else None


def read_structure(flat: FlatText, outline: Outline, clauses: Sequence[Clause]) -> Structure:
    """Classify every unit of the outline and give each clause its holder."""
    found = _Clauses(clauses)
    sections: list[Node] = []
    goals: list[Node] = []
    actions: list[ActionUnit] = []
    pending = list(reversed(outline.roots))
    while pending:
        node = pending.pop()
        heading = heading_text(flat, node, found.within(*node.heading))
        if is_goal(heading):
            goals.append(node)
            continue
        if any(_has_own_heading(flat, child) for child in node.children):
            sections.append(node)
            pending.extend(reversed(node.children))
        else:
            actions.append(_action(flat, node, heading, found))
    in_heading = {
        node.marker.start: [*found.within(*node.heading), *_behind_heading(flat, node, found)]
        for node in [*sections, *(action.node for action in actions)]
    }
    return Structure(tuple(sections), tuple(goals), tuple(actions), in_heading)


def _behind_heading(flat: FlatText, node: Node, found: _Clauses) -> list[Clause]:
    """The clauses that alone stand between a heading and the first unit below it: （一）准入。（甲牵头）1.…"""
    clauses = found.within(node.body, node.own_end) if node.children else []
    between = without(node.body, node.own_end, clauses)
    return clauses if not any(flat.folded[start:end].strip("。；") for start, end in between) else []


def heading_text(flat: FlatText, node: Node, clauses: Sequence[Clause]) -> str:
    """The heading as printed, without the clause in it and without end mark."""
    start, end = node.heading
    for clause in clauses:
        end = min(end, clause.start)
    return flat.flat[start:end].strip("#").rstrip("。.：:；;，,")


def _has_own_heading(flat: FlatText, child: Node) -> bool:
    """Whether a unit below makes the one above a section: it has a heading that is more than a part of the form."""
    if not child.headed:
        return any(_has_own_heading(flat, grandchild) for grandchild in child.children)
    heading = heading_text(flat, child, ())
    if is_goal_scaffold(heading) or is_scaffold(heading):
        return any(_has_own_heading(flat, grandchild) for grandchild in child.children)
    return True


def _action(flat: FlatText, node: Node, heading: str, found: _Clauses) -> ActionUnit:
    action = ActionUnit(node, heading)
    behind = _behind_heading(flat, node, found)
    clauses = found.within(node.body, node.end)[len(behind) :]
    measures = list(_measures(flat, node, action, [*behind, *clauses]))
    if not measures:
        if node.children:
            return action
        _sentence_tasks(flat, action, clauses)
        return action
    intro = [c for c in clauses if c.start < measures[0].marker.start]
    action.clauses = intro
    rest = clauses[len(intro) :]
    if len(rest) == 1 and len(measures) > 1 and _closes_all(flat, rest[0], node, measures):
        action.clauses = [*intro, rest[0]]
        rest = []
    for measure in measures:
        if (cut := _form_line(flat, measure)) is not None:
            action.loose.append((cut, measure.end))
            measure.end = cut
        inside = [c for c in rest if measure.marker.start <= c.start < measure.end]
        action.tasks += _measure_tasks(flat, measure, f"{action.ref}/{measure.marker.printed}", inside, action.clauses)
    return action


def _closes_all(flat: FlatText, clause: Clause, node: Node, measures: Sequence[Node]) -> bool:
    """Whether a single clause behind the last measure speaks for all: it has a line of its own, or none of them has."""
    own_line = clause.start in flat.line_set or all(m.marker.start not in flat.line_set for m in measures[1:])
    return own_line and _is_last(flat, clause, node.end)


def _measures(flat: FlatText, node: Node, action: ActionUnit, clauses: Sequence[Clause]) -> Iterator[Node]:
    """The numbered measures of an action, through scaffold headings; goals and introductions become loose."""
    action.loose += without(node.body, node.own_end if node.children else node.body, clauses)
    for child in node.children:
        heading = heading_text(flat, child, ())
        if child.headed and is_goal_scaffold(heading):
            action.loose += without(child.body, child.end, clauses)
        elif child.headed and is_scaffold(heading) and child.children:
            action.loose += without(child.body, child.own_end, clauses)
            yield from child.children
        else:
            yield child


_FORM_LINE = re.compile("[\u4e00-\u9fff]{2,10}：")


def _form_line(flat: FlatText, measure: Node) -> int | None:
    """Where a line of the form that leads into the next measures (争优任务：) closes ``measure``."""
    begin, _ = flat.line_of(measure.end - 1)
    closed = begin > measure.marker.end and flat.folded[begin - 1] in "。）；"
    return begin if closed and not measure.children and _FORM_LINE.fullmatch(flat.folded, begin, measure.end) else None


def _measure_tasks(
    flat: FlatText, measure: Node, ref: str, clauses: Sequence[Clause], of_action: Sequence[Clause]
) -> list[TaskUnit]:
    """A numbered measure is one task; with several clauses inside, its sub-measures or sentences are."""
    cut = [*clauses, *(c for c in of_action if measure.marker.start <= c.start < measure.end)]
    whole = TaskUnit(ref, "numbered", without(measure.marker.end, measure.end, cut), list(clauses))
    if not whole.stretches and not clauses:
        return []
    if len(clauses) < 2 or clauses[-1].start <= (whole.stretches[0][0] if whole.stretches else 0):
        return [whole]
    if len(measure.children) > 1:
        return [
            task
            for child in measure.children
            for task in _measure_tasks(
                flat,
                child,
                f"{ref}/{child.marker.printed}",
                [c for c in clauses if child.marker.start <= c.start < child.end],
                (),
            )
        ]
    found = sentences(flat, measure.marker.end, measure.end, clauses)
    if sum(bool(s.clauses) for s in found) < 2:
        return [whole]
    return [TaskUnit(f"{ref}/{circled(i)}", "sentence", s.stretches, s.clauses) for i, s in enumerate(found, 1)]


def _sentence_tasks(flat: FlatText, action: ActionUnit, clauses: Sequence[Clause]) -> None:
    node = action.node
    found = sentences(flat, node.body, node.end, clauses)
    holders = [sentence for sentence in found if sentence.clauses]
    if len(clauses) <= 1 or len(holders) <= 1:
        closes_all = not clauses or not found or _closes_paragraph(flat, clauses[-1], node.end)
        if closes_all or not holders:
            action.clauses = list(clauses)
            for sentence in found:
                sentence.clauses = []
    for index, sentence in enumerate(found, 1):
        sentence.ref = f"{action.ref}/{circled(index)}"
    action.tasks = found


def circled(index: int) -> str:
    """The ref of a sentence: ①, and (21) behind ⑳."""
    return CIRCLED[index - 1] if index <= len(CIRCLED) else f"({index})"


def _is_last(flat: FlatText, clause: Clause, end: int) -> bool:
    return not flat.flat[clause.end : end].strip("。.；;”“")


def _closes_paragraph(flat: FlatText, clause: Clause, end: int) -> bool:
    """Whether nothing follows the clause, or only a paragraph of its own."""
    after = clause.end + (flat.flat[clause.end : clause.end + 1] in ("。", "."))
    if _is_last(flat, clause, end):
        return True
    begin, _ = flat.line_of(clause.end - 1)
    return after in flat.line_set and (after in flat.paragraphs or after - begin < flat.width * 2 // 3)


def sentences(flat: FlatText, start: int, end: int, clauses: Sequence[Clause]) -> list[TaskUnit]:
    """The sentences of a stretch, clauses cut out; each clause goes with the sentence it closes."""
    tasks: list[TaskUnit] = []
    open_task: TaskUnit | None = None
    at = start
    text = flat.folded
    for clause in [*clauses, None]:
        stop = clause.start if clause is not None else end
        while at < stop and text[at] in "。；" and open_task is not None:
            at += 1
            if text[at - 1] == "。":
                open_task = None
        begin = at
        for sentence_end in sentence_ends(text, at, stop) if at < stop else ():
            stretch = _trimmed(text, begin, sentence_end)
            begin = sentence_end
            if stretch is None:
                continue
            if open_task is None:
                open_task = TaskUnit("", "sentence", [])
                tasks.append(open_task)
            open_task.stretches.append(stretch)
            if text[sentence_end - 1] in "。”’":
                open_task = None
        if clause is not None:
            if tasks:
                tasks[-1].clauses.append(clause)
            at = clause.end
            goes_on = at < end and text[at] in "，；、" and open_task is not None
            if not goes_on and not (at < end and text[at] == "。"):
                open_task = None
    return tasks


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    while start < end and text[start] in "。；，、":
        start += 1
    return (start, end) if end - start > 1 and CHINESE.search(text, start, end) else None


def without(start: int, end: int, clauses: Sequence[Clause]) -> list[Stretch]:
    """``start``–``end`` without the clauses in it."""
    stretches: list[Stretch] = []
    at = start
    for clause in clauses:
        if start <= clause.start < end:
            if clause.start > at:
                stretches.append((at, clause.start))
            at = clause.end
    if end > at:
        stretches.append((at, end))
    return [s for s in stretches if s[1] - s[0] > 0]
