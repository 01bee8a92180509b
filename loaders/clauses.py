"""Responsibility clauses: where they stand, and what each makes of the bodies it names.

A clause is a bracket at the end of a sentence or a run of labelled lists. :func:`find_clauses` gives all of a text in
order; each :class:`Clause` holds its bodies with role, joint, duty, position, certainty and the rule that decided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.clause_places import LONGEST_CLAUSE, bracket_groups, label_runs
from loaders.conventions import LABEL, NOTE, NOTE_BODIES_FIRST, RULE_NAMES, RULE_REMARK, VERB, PrintedRule, printed_rule
from loaders.flat import FlatText
from loaders.names import is_body, is_clear_body, split_names
from loaders.roles import (
    Group,
    Unit,
    bare_list_units,
    division_units,
    listed_units,
    names_bodies,
    note_units,
    numbered,
    phrases,
    responsible_units,
    units_by_verb,
    verb_groups,
)
from ontology.records import Basis, Certainty, Responsibility

SHORTEST_CLAUSE = 4
#: （下同） behind a clause belongs to it.
ALSO_BELOW = "（下同）"
COMPLETED = re.compile(
    r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|上旬|中旬|下旬|上半年|下半年|年底|年内)*(?:之?前|以前)?|(?:长期|持续|常态化|全年)(?:坚持|推进|实施|开展)?)(?:完成|落实到位|取得.{0,6})?"
)
DUE_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause at ``start``–``end`` (flat, brackets and labels included).

    ``due`` is its time limit. ``note`` are the bodies that a remark in it adds to every later clause.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    due: str | None = None
    note: tuple[Unit, ...] = ()


def find_clauses(flat: FlatText, start: int, end: int, year: int | None, units: Sequence[int] = ()) -> list[Clause]:
    """All clauses between two flat places, in order, not overlapping.

    ``year`` completes a time limit without one; ``units`` are the places where outline units begin: no clause reaches
    over them, so that a bracket left open ends there.
    """
    rule = printed_rule(flat.folded)
    clauses: list[Clause] = []
    reached = start
    brackets = bracket_groups(flat.folded, start, end, [*units, end])
    runs = ((begin, stop, None) for begin, stop in label_runs(flat, start, end, [*units, end]))
    for begin, stop, closed in sorted([*brackets, *runs], key=lambda candidate: candidate[:2]):
        if begin < reached or not SHORTEST_CLAUSE <= stop - begin <= LONGEST_CLAUSE:
            continue
        clause = read_clause(flat, begin, stop, bracket=closed, rule=rule, year=year)
        if clause is not None:
            if flat.folded.startswith(ALSO_BELOW, clause.end):
                clause = replace(clause, end=clause.end + len(ALSO_BELOW))
            clauses.append(clause)
            reached = clause.end
    return clauses


def read_clause(
    flat: FlatText, start: int, end: int, *, bracket: bool | None, rule: PrintedRule | None, year: int | None
) -> Clause | None:
    """The clause at ``start``–``end``, or None where the stretch is something else.

    ``bracket`` says whether the bracket around it is closed; None where there is no bracket.
    """
    text = flat.folded
    inner = start + (bracket is not None)
    stop = end - (bracket is True)
    stop, note_match = _without_remarks(text, inner, stop)
    due: str | None = None
    if (label := LABEL.match(text, inner, stop)) is not None:
        units, due, certain = *_labelled(text, inner, stop, rule, year), True
    elif bracket is not None:
        stop, due = _labelled_due(text, inner, stop, year)
        groups = verb_groups(text, inner, stop)
        stop, phrase = _due_phrase(text, inner, stop, groups, year)
        due = due or phrase
        if any(group.kind for group in groups):
            units, certain = units_by_verb(groups), names_bodies(text, groups)
        else:
            units, certain = bare_list_units(text, inner, stop, rule), _is_bare_list(flat, start, end, inner, stop)
    else:
        return None
    if not certain or (label is None and not units and not note_match and VERB.search(text, inner, stop) is None):
        return None
    note = tuple(note_units(text, note_match, units))
    # Bodies named as responsible before the remark (各县政府均为责任单位，以下不再列出) are bodies of this clause too.
    own = note if note_match is not None and note_match.re is NOTE_BODIES_FIRST else ()
    return Clause(start, end, (*units, *own), due, note)


def _without_remarks(text: str, start: int, stop: int) -> tuple[int, re.Match[str] | None]:
    """The end of the list proper, before remarks on how to read it, and the note among them."""
    note = NOTE.search(text, start, stop) or NOTE_BODIES_FIRST.search(text, start, stop)
    ends = [stop]
    if note is not None:
        ends.append(note.start())
    remark = RULE_REMARK.search(text[start:stop])
    if remark is not None:
        ends.append(start + remark.start())
    return min(ends), note


def _labelled(
    text: str, start: int, stop: int, rule: PrintedRule | None, year: int | None
) -> tuple[list[Unit], str | None]:
    labels = list(LABEL.finditer(text, start, stop))
    has_lead = any(label.lastgroup == "lead" for label in labels)
    units: list[Unit] = []
    due: str | None = None
    for index, label in enumerate(labels):
        value_end = labels[index + 1].start() if index + 1 < len(labels) else stop
        begin, finish = label.end(), value_end
        while finish > begin and text[finish - 1] in "。；，、":
            finish -= 1
        kind = label.lastgroup
        if kind == "due":
            due = due_date(text[begin:finish], year)
        elif kind == "lead":
            units += listed_units(text, begin, finish, "lead", "牵头", "label-lead")
        elif kind == "support":
            units += listed_units(text, begin, finish, "support", "配合", "label-lead")
        elif kind == "division":
            units += division_units(text, begin, finish)
        elif kind == "responsible":
            units += responsible_units(text, begin, finish, has_lead, rule)
    return numbered(units), due


def _is_bare_list(flat: FlatText, start: int, end: int, inner: int, stop: int) -> bool:
    """Whether a bracket without label and verb is a list of bodies that closes a sentence."""
    text = flat.folded
    closes = text[start - 1] in "。！；”" or end >= len(text) or text[end] in "。；" or end in flat.line_set
    if not closes:
        return False
    names = split_names(text, inner, stop)
    if not names:
        return False
    clear = sum(is_clear_body(text[n.start : n.end]) for n in names)
    behind_sentence = text[start - 1] in "。！"
    if behind_sentence and all(is_body(text[n.start : n.end]) and n.end - n.start > 2 for n in names):
        return True
    enough = 0.5 if behind_sentence else 0.75
    return clear == len(names) or (len(names) > 2 and clear >= enough * len(names))


def _labelled_due(text: str, start: int, stop: int, year: int | None) -> tuple[int, str | None]:
    """Where a list ends before a labelled time limit (…负责，完成时限：…), and the limit."""
    for label in LABEL.finditer(text, start + 1, stop):
        if label.lastgroup == "due" and text[label.start() - 1] in "，；。、":
            return label.start() - 1, due_date(text[label.end() : stop].rstrip("。；，"), year)
    return stop, None


def _due_phrase(text: str, start: int, stop: int, groups: list[Group], year: int | None) -> tuple[int, str | None]:
    """A time limit among the phrases of a bracket (…，2023年6月底前完成), taken out of the groups."""
    for begin, finish, _gap in phrases(text, start, stop):
        match = COMPLETED.fullmatch(text, begin, finish)
        if match is not None and match["date"]:
            for index, group in enumerate(groups):
                groups[index] = replace(group, names=[n for n in group.names if not begin <= n.start < finish])
            groups[:] = [group for group in groups if group.names or group.kind]
            return (begin - 1 if finish == stop and begin > start else stop), due_date(match["date"], year)
    return stop, None


def due_date(words: str, year: int | None) -> str:
    """A time limit as "YYYY", "YYYY-MM" or "YYYY-MM-DD"; the words themselves where they give no date."""
    match = DUE_DATE.match(words)
    if match is None or not any(match.groups()):
        return words
    written, month, day = match.groups()
    if written is None and (year is None or month is None):
        return words
    parts = [written or str(year)]
    if month is not None:
        parts.append(f"{int(month):02d}")
        if day is not None:
            parts.append(f"{int(day):02d}")
    return "-".join(parts)


def responsibility(flat: FlatText, unit: Unit, clause: Clause, basis: Basis) -> Responsibility:
    """The record of one body of a clause."""
    certainty: Certainty = RULE_NAMES[unit.rule][0]  # type: ignore[assignment]
    return Responsibility(
        body=flat.flat[unit.start : unit.end],
        role=unit.role,
        duty=unit.duty,
        joint=unit.joint,
        basis=basis,
        collective=unit.collective,
        position=unit.position,
        list_size=unit.list_size,
        certainty=certainty,
        rule=unit.rule,
        span=flat.span(unit.start, unit.end),
        clause=flat.span(clause.start, clause.end),
    )
