"""Responsibility clauses: where they stand, and what each makes of the bodies it names.

A clause is a bracket at the end of a sentence or a run of labelled lists. :func:`find_clauses` gives all of a text in
order; each :class:`Clause` holds its bodies with role, joint, duty, position, certainty and the rule that decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.conventions import (
    LABEL,
    NOTE,
    NOTE_BODIES_FIRST,
    RULE_NAMES,
    RULE_REMARK,
    VERB,
    PrintedRule,
    printed_rule,
)
from loaders.flat import FlatText
from loaders.names import (
    BEGINS_LIKE_BODY,
    ENDS_LIKE_BODY,
    LOCAL_GOVERNMENTS,
    Name,
    body_at,
    is_body,
    is_clear_body,
    split_names,
)
from ontology.records import Basis, Certainty, Responsibility, Role

LONGEST_CLAUSE = 900
LONGEST_DUE = 40
SHORTEST_CLAUSE = 4
#: （下同） behind a clause belongs to it.
ALSO_BELOW = "（下同）"
BRACKET = re.compile("[（）]")
LOCAL_BODY = re.compile(
    r"政府$|管委会?$|管理委员会$|开发区$|经开区$|高新区$|新区$|园区$|功能区$|^各(?:县|区|市|州|旗|乡|镇|街)"
)
LEVEL_WORD = re.compile("各?[县区市州旗（）]+")
LONGER_NAME = re.compile(
    "门|有关|相关|各?部门|各?单位|办公室|办公厅|办(?!理)|管委|管理委员会|委员会|局|厅|院|中心|公司|集团|分局|支行|行政|职能|直属"
)
#: 牵头部门 inside a name is no verb.
PART_OF_NAME = re.compile("部门|单位|处室|科室|机构")
NOT_IN_LIST = re.compile("各级|要|认真|应当|按照|贯彻|坚持|加强")
COMPLETED = re.compile(
    r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|上旬|中旬|下旬|上半年|下半年|年底|年内)*(?:之?前|以前)?|(?:长期|持续|常态化|全年)(?:坚持|推进|实施|开展)?)(?:完成|落实到位|取得.{0,6})?"
)
DUE_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """One body of a clause; places are flat."""

    start: int
    end: int
    role: Role
    joint: bool
    duty: str
    collective: bool
    position: int
    list_size: int
    rule: str


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


@dataclass(frozen=True, slots=True)
class _Group:
    names: list[Name]
    kind: str
    verb: str
    start: int


def find_clauses(flat: FlatText, start: int, end: int, year: int | None, units: Sequence[int] = ()) -> list[Clause]:
    """All clauses between two flat places, in order, not overlapping.

    ``year`` completes a time limit without one; ``units`` are the places where outline units begin: no clause reaches
    over them, so that a bracket left open ends there.
    """
    rule = printed_rule(flat.folded)
    clauses: list[Clause] = []
    reached = start
    brackets = bracket_groups(flat.folded, start, end, [*units, end])
    runs = ((begin, stop, None) for begin, stop in _label_runs(flat, start, end, [*units, end]))
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


def bracket_groups(text: str, start: int, end: int, stops: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Outermost brackets of folded text, from bracket to bracket, and whether they are closed.

    A bracket still open at one of ``stops`` (sorted) ends there: plans lose brackets.
    """
    opened: list[int] = []
    closed: list[tuple[int, int, bool]] = []
    stop = iter(stops)
    boundary = next(stop, end)
    for match in BRACKET.finditer(text, start, end):
        place = match.start()
        while place >= boundary:
            yield from _unclosed(opened, closed, boundary)
            boundary = next(stop, len(text) + 1)
        if match[0] == "（":
            opened.append(place)
        elif opened:
            closed.append((opened.pop(), place + 1, True))
            if not opened:
                yield closed[-1]
                closed.clear()
    yield from _unclosed(opened, closed, min(boundary, end))


def _unclosed(opened: list[int], closed: list[tuple[int, int, bool]], boundary: int) -> Iterator[tuple[int, int, bool]]:
    """What is left of brackets where a unit ends: those never closed, up to there, and those closed inside them."""
    yield from ((place, boundary, False) for place in opened)
    yield from closed
    opened.clear()
    closed.clear()


def _label_runs(flat: FlatText, start: int, end: int, stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of labelled lists outside brackets, not beyond a stop: 牵头单位：…。责任单位：…。完成时限：…。"""
    text = flat.folded
    reached = start
    for match in LABEL.finditer(text, start, end):
        if match.start() < reached or not _opens_label(flat, match.start(), start):
            continue
        last = stops[bisect_right(stops, match.start())] if stops[-1] > match.start() else end
        stop = _labelled_end(flat, match, last)
        while (following := LABEL.match(text, stop, last)) is not None:
            stop = _labelled_end(flat, following, last)
        reached = stop
        yield match.start(), stop


def _opens_label(flat: FlatText, place: int, start: int) -> bool:
    return place == start or place in flat.line_set or flat.folded[place - 1] in "。；）！？"


def _labelled_end(flat: FlatText, label: re.Match[str], end: int) -> int:
    """Where the list behind a label ends: at its full stop, or with the last line that still names bodies."""
    text = flat.folded
    stop = text.find("。", label.end(), min(end, label.end() + LONGEST_CLAUSE))
    following = LABEL.search(text, label.end(), min(end, label.end() + LONGEST_CLAUSE))
    limit = min(place for place in (stop + 1 or end, following.start() if following else end, end))
    if label.lastgroup in ("division", "person") or (label.lastgroup == "due" and limit - label.end() <= LONGEST_DUE):
        return limit
    _, line_end = flat.line_of(label.end() - 1)
    while line_end < limit and _goes_on(flat, label.end(), line_end, limit, label.lastgroup == "due"):
        _, line_end = flat.line_of(line_end)
    reached = min(line_end, limit)
    if reached < limit or text[reached - 1] != "。":
        remark = _remark_end(text, reached, end)
        return remark or reached
    return _remark_end(text, reached, end) or reached


def _remark_end(text: str, place: int, end: int) -> int | None:
    """The end of a remark on reading (分号前为牵头单位…；以下…不再列出) that follows a labelled list."""
    window = text[place : min(end, place + 200)]
    best = None
    if (
        rule := re.match(
            r"(?:注：)?(?:分号|逗号|顿号|排名|排列|列)[^。]{2,60}牵头[^。]{0,60}?(?:下同|$|。|(?=；以下)|(?=；下列))",
            window,
        )
    ) is not None:
        best = rule.end()
    if (note := NOTE.match(window, best or 0)) is not None:
        best = note.end()
    if best is not None and window[best : best + 1] == "。":
        best += 1
    return place + best if best is not None else None


def _goes_on(flat: FlatText, list_start: int, line_end: int, limit: int, is_due: bool) -> bool:
    """Whether a labelled list goes on in the line that begins at ``line_end``."""
    text = flat.folded
    before = text[line_end - 1]
    if before in "。":
        return False
    begin, _ = flat.line_of(line_end - 1)
    _, after = flat.line_of(line_end)
    line = text[line_end : min(after, limit)]
    listed = text[list_start:line_end]
    last = re.split("[、，；：]", listed)[-1]
    if before in "、，；和及与：（" or line[0] in "、，；）。等" or listed.count("（") > listed.count("）"):
        return True
    if VERB.match(line) is not None and ENDS_LIKE_BODY.search(last) is not None:
        return True
    full = line_end - begin >= flat.width
    first = re.split("[、，；。]", line, maxsplit=1)[0]
    complete = ENDS_LIKE_BODY.search(last) is not None
    if is_due or (complete and (not full or NOT_IN_LIST.match(first) is not None)):
        return False
    return ENDS_LIKE_BODY.search(last + first) is not None and len(last + first) <= 40


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
        groups = _verb_groups(text, inner, stop)
        stop, phrase = _due_phrase(text, inner, stop, groups, year)
        due = due or phrase
        if any(group.kind for group in groups):
            units, certain = _by_verbs(groups), _names_bodies(text, groups)
        else:
            units, certain = _bare_list(text, inner, stop, rule), _is_bare_list(flat, start, end, inner, stop)
    else:
        return None
    if not certain or (label is None and not units and not note_match and VERB.search(text, inner, stop) is None):
        return None
    note = tuple(_note_units(text, note_match, units))
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
            units += _listed(text, begin, finish, "lead", "牵头", "label-lead")
        elif kind == "support":
            units += _listed(text, begin, finish, "support", "配合", "label-lead")
        elif kind == "division":
            units += _division(text, begin, finish)
        elif kind == "responsible":
            units += _responsible(text, begin, finish, has_lead, rule)
    return _numbered(units), due


def _responsible(text: str, start: int, stop: int, has_lead: bool, rule: PrintedRule | None) -> list[Unit]:
    groups = _verb_groups(text, start, stop)
    if has_lead and any(group.kind for group in groups):
        return [_unit(n, "support", False, group.verb, "label-lead") for group in groups for n in group.names]
    if any(group.kind for group in groups):
        return _by_verbs(groups)
    if has_lead:
        return _listed(text, start, stop, "support", "", "label-lead")
    if rule is not None:
        return _by_rule(text, start, stop, rule, "label-own", "label-shared")
    names = split_names(text, start, stop)
    closing = _closing_governments(text, names)
    kept = names[: len(names) - closing]
    name = "label-own" if len(names) == 1 else "label-shared"
    leads = [_unit(n, "lead", len(kept) > 1, "", name) for n in kept]
    return leads + [_unit(n, "support", False, "", name) for n in names[len(kept) :]]


def _closing_governments(text: str, names: Sequence[Name]) -> int:
    """How many names at the end are local governments set apart from departments by a comma or semicolon."""
    count = 0
    while count < len(names) and _is_local(text, names[-1 - count]):
        count += 1
    if not any(name.collective for name in names[len(names) - count :]) or count == len(names):
        return 0
    others = names[: len(names) - count]
    apart = names[len(names) - count].gap in "，；" and names[len(names) - count].gap
    return count if apart and not any(_is_local(text, n) for n in others) else 0


def _is_local(text: str, name: Name) -> bool:
    return LOCAL_BODY.search(text[name.start : name.end]) is not None


def _by_rule(text: str, start: int, stop: int, rule: PrintedRule, own: str, shared: str) -> list[Unit]:
    """A list read by the rule the document prints; without the separator in it nobody is named as lead."""
    if rule.name == "rule-first":
        names = split_names(text, start, stop)
        return [_unit(n, "lead" if i == 0 else "support", False, "", rule.name) for i, n in enumerate(names)]
    cut = _top_level(text, start, stop, "；" if rule.name == "rule-semicolon" else "，")
    if cut is None:
        return _listed(text, start, stop, "lead", "", None, own, shared)
    return _listed(text, start, cut, "lead", "", rule.name) + _listed(text, cut + 1, stop, "support", "", rule.name)


def _bare_list(text: str, start: int, stop: int, rule: PrintedRule | None) -> list[Unit]:
    if rule is not None:
        return _numbered(_by_rule(text, start, stop, rule, "list-own", "list-shared"))
    cut = _top_level(text, start, stop, "，") or _top_level(text, start, stop, "；")
    if cut is None:
        return _numbered(_listed(text, start, stop, "lead", "", None, "list-own", "list-shared"))
    return _numbered(
        _listed(text, start, cut, "lead", "", "comma") + _listed(text, cut + 1, stop, "support", "", "comma")
    )


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


def _names_bodies(text: str, groups: Sequence[_Group]) -> bool:
    """Whether the names before verbs are bodies (a bracket that says only 按职责分工负责 is a clause too)."""
    names = [text[n.start : n.end] for group in groups for n in group.names]
    if not names:
        return any(group.kind == "shared" for group in groups)
    return sum(is_body(name) for name in names) >= 0.6 * len(names)


def _verb_groups(text: str, start: int, stop: int) -> list[_Group]:
    """Names with the verb that follows them; names without a verb form groups of kind ''."""
    groups: list[_Group] = []
    pending: list[Name] = []
    for begin, finish, _gap in _phrases(text, start, stop):
        at = begin
        for match in _verbs_in(text, begin, finish):
            names = pending + _names_before(text, at, match.start())
            groups.append(_Group(names, match.lastgroup or "", match[0], match.start()))
            pending, at = [], match.end()
        if at < finish:
            pending += split_names(text, at, finish)
    if pending:
        groups.append(_Group(pending, "", "", stop))
    return groups


def _names_before(text: str, start: int, stop: int) -> list[Name]:
    return split_names(text, start, stop) if stop > start else []


def _verbs_in(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Verbs that end the phrase, and 牵头, 负责, 配合, 会同 inside it."""
    depth_text = text[start:stop]
    for match in VERB.finditer(text, start, stop):
        before = depth_text[: match.start() - start]
        if before.count("（") != before.count("）"):
            continue
        if PART_OF_NAME.match(text, match.end(), stop):
            continue
        if match.end() == stop or (match.lastgroup == "with" and _names_before(text, start, match.start())):
            yield match
        elif match.lastgroup in ("lead", "own", "support") and is_body(text[start : match.start()].rsplit("、", 1)[-1]):
            rest = body_at(text, match.end(), stop)
            if rest is not None:
                yield match


def _phrases(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Cut at commas, semicolons and full stops outside brackets."""
    begin, gap = start, ""
    for place in _separators(text, start, stop, "，；。"):
        if place > begin:
            yield begin, place, gap
        begin, gap = place + 1, text[place]
    if stop > begin:
        yield begin, stop, gap


def _separators(text: str, start: int, stop: int, wanted: str) -> Iterator[int]:
    depth = 0
    for place in range(start, stop):
        character = text[place]
        if character in "（“《":
            depth += 1
        elif character in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and character in wanted:
            yield place


def _top_level(text: str, start: int, stop: int, separator: str) -> int | None:
    return next(_separators(text, start, stop, separator), None)


def _by_verbs(groups: Sequence[_Group]) -> list[Unit]:
    """Roles by verb: 牵头 leads and all others support; without it 负责 leads, 配合 and 落实 support."""
    groups = _carried(groups)
    kinds = {group.kind for group in groups if group.names or group.kind != "with"}
    lead_kinds = {"lead"} if "lead" in kinds else {"own", "shared"} if kinds & {"own", "shared"} else {"carry"}
    units: list[Unit] = []
    after_with = False
    leads = 0
    for index, group in enumerate(groups):
        kind, verb = group.kind, group.verb
        if kind == "with":
            following = next((g for g in groups[index + 1 :] if g.kind not in ("with",)), None)
            kind, verb = (following.kind, following.verb) if following else ("own", "")
            role: Role = "lead" if kind in lead_kinds or kind == "" else "support"
        else:
            role = "lead" if kind in lead_kinds and not after_with else "support"
        if kind == "" and not units and "lead" not in kinds:
            role = "lead"
        after_with = group.kind == "with"
        leads += role == "lead" and len(group.names)
        units += [_unit(n, role, False, verb, _verb_rule(lead_kinds)) for n in group.names]
    if "lead" not in kinds:
        shared = "verb-own" if leads == 1 else "verb-shared"
        units = [replace(unit, rule=shared if unit.role == "lead" else "verb-lead") for unit in units]
    return _numbered([replace(unit, joint=unit.role == "lead" and leads > 1) for unit in units])


def _carried(groups: Sequence[_Group]) -> list[_Group]:
    """The groups, 负责落实 as 落实 beside bodies that are responsible (甲局按职责分工负责，各县负责落实)."""
    others = any(g.kind in ("own", "shared") and not g.verb.endswith("落实") for g in groups)
    return [replace(g, kind="carry") if others and g.verb == "负责落实" else g for g in groups]


def _verb_rule(lead_kinds: set[str]) -> str:
    return "verb-lead" if lead_kinds == {"lead"} else "verb-shared"


def _listed(
    text: str, start: int, stop: int, role: Role, duty: str, rule: str | None, own: str = "", shared: str = ""
) -> list[Unit]:
    groups = _verb_groups(text, start, stop)
    if any(group.kind for group in groups) and rule in ("rule-semicolon", "rule-comma", "label-lead"):
        names = [(n, group.verb or duty) for group in groups for n in group.names]
    else:
        names = [(n, duty) for n in split_names(text, start, stop)]
    chosen = rule or (own if len(names) == 1 else shared)
    return [_unit(n, role, role == "lead" and len(names) > 1, verb, chosen) for n, verb in names]


def _division(text: str, start: int, stop: int) -> list[Unit]:
    """任务分解: every phrase names bodies and what each does; 牵头 leads, otherwise all lead jointly."""
    found: list[tuple[Name, str]] = []
    for begin, finish, _gap in _phrases(text, start, stop):
        last = _list_of_bodies(text, begin, finish) if BEGINS_LIKE_BODY.match(text[begin:finish]) else None
        if last is not None:
            verb = VERB.match(text, last, finish)
            duty = verb[0] if verb else text[last : last + 2]
            found += [(name, duty) for name in split_names(text, begin, last) if is_body(text[name.start : name.end])]
    has_lead = any(duty.startswith("牵头") for _, duty in found)
    leads = sum(not has_lead or duty.startswith("牵头") for _, duty in found)
    units = []
    for name, duty in found:
        role: Role = "lead" if not has_lead or duty.startswith("牵头") else "support"
        units.append(_unit(name, role, role == "lead" and leads > 1, duty, "label-division"))
    return units


def _list_of_bodies(text: str, start: int, stop: int) -> int | None:
    """The end of the list of bodies that opens a phrase, or None."""
    reached: int | None = None
    at = start
    while at < stop:
        last = _first_body_end(text, at, stop)
        if last is None:
            break
        reached = last
        if last >= stop or text[last] not in "、及和与等":
            break
        if text[last] != "、" and not BEGINS_LIKE_BODY.match(text[last + 1 : stop]):
            break
        at = last + 1
    return reached


def _first_body_end(text: str, start: int, stop: int) -> int | None:
    governments = LOCAL_GOVERNMENTS.match(text, start, stop)
    if governments is not None:
        return governments.end()
    separators = [place for place in (text.find(mark, start, stop) for mark in "、，；") if place >= 0]
    limit = min(separators, default=stop)
    if is_body(text[start:limit]):
        return limit
    for last in range(start + 2, min(limit, start + 24) + 1):
        if is_body(text[start:last]) and not _name_goes_on(text, last, limit):
            return last
    return None


def _name_goes_on(text: str, last: int, limit: int) -> bool:
    """Whether the name goes on with another organ (市政府 → 市政府办公室)."""
    return LONGER_NAME.match(text, last, limit) is not None


def _note_units(text: str, note: re.Match[str] | None, units: Sequence[Unit]) -> list[Unit]:
    """The bodies a remark adds to all later clauses; a bare level word (县区) means the local bodies of this clause."""
    if note is None:
        return []
    names = split_names(text, note.start("who"), note.end("who"))
    printed = [text[name.start : name.end] for name in names]
    if printed and all(is_body(name) and not LEVEL_WORD.fullmatch(name) for name in printed):
        return _numbered([_unit(name, "support", False, "", "note") for name in names])
    local = [unit for unit in units if LOCAL_BODY.search(text[unit.start : unit.end])]
    return _numbered([replace(unit, role="support", joint=False, duty="", rule="note") for unit in local])


def _labelled_due(text: str, start: int, stop: int, year: int | None) -> tuple[int, str | None]:
    """Where a list ends before a labelled time limit (…负责，完成时限：…), and the limit."""
    for label in LABEL.finditer(text, start + 1, stop):
        if label.lastgroup == "due" and text[label.start() - 1] in "，；。、":
            return label.start() - 1, due_date(text[label.end() : stop].rstrip("。；，"), year)
    return stop, None


def _due_phrase(text: str, start: int, stop: int, groups: list[_Group], year: int | None) -> tuple[int, str | None]:
    """A time limit among the phrases of a bracket (…，2023年6月底前完成), taken out of the groups."""
    for begin, finish, _gap in _phrases(text, start, stop):
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


def _unit(name: Name, role: Role, joint: bool, duty: str, rule: str) -> Unit:
    return Unit(name.start, name.end, role, joint, duty, name.collective, 0, 0, rule)


def _numbered(units: Sequence[Unit]) -> list[Unit]:
    return [replace(unit, position=index, list_size=len(units)) for index, unit in enumerate(units, 1)]


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
