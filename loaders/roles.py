"""What a list makes of the bodies it names: role, joint, duty and position, by verbs, printed rules and separators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.conventions import VERB, PrintedRule
from loaders.names import (
    BEGINS_LIKE_BODY,
    LOCAL_GOVERNMENTS,
    Name,
    body_at,
    is_body,
    split_names,
)
from ontology.records import Role

LOCAL_BODY = re.compile(
    r"政府$|管委会?$|管理委员会$|开发区$|经开区$|高新区$|新区$|园区$|功能区$|^各(?:县|区|市|州|旗|乡|镇|街)"
)
LEVEL_WORD = re.compile("各?[县区市州旗（）]+")
LONGER_NAME = re.compile(
    "门|有关|相关|各?部门|各?单位|办公室|办公厅|办(?!理)|管委|管理委员会|委员会|局|厅|院|中心|公司|集团|分局|支行|行政|职能|直属"
)
#: 牵头部门 inside a name is no verb.
PART_OF_NAME = re.compile("部门|单位|处室|科室|机构")


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
class Group:
    """Names with the verb that follows them; ``kind`` is the verb's, empty where no verb follows."""

    names: list[Name]
    kind: str
    verb: str
    start: int


def responsible_units(text: str, start: int, stop: int, has_lead: bool, rule: PrintedRule | None) -> list[Unit]:
    """The list behind 责任单位：, read by its verbs, by the printed rule, or as bodies responsible together."""
    groups = verb_groups(text, start, stop)
    if has_lead and any(group.kind for group in groups):
        return [_unit(n, "support", False, group.verb, "label-lead") for group in groups for n in group.names]
    if any(group.kind for group in groups):
        return units_by_verb(groups)
    if has_lead:
        return listed_units(text, start, stop, "support", "", "label-lead")
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
        return listed_units(text, start, stop, "lead", "", None, own, shared)
    return listed_units(text, start, cut, "lead", "", rule.name) + listed_units(
        text, cut + 1, stop, "support", "", rule.name
    )


def bare_list_units(text: str, start: int, stop: int, rule: PrintedRule | None) -> list[Unit]:
    """A list without label and verb: by the printed rule, else what stands before the first comma leads."""
    if rule is not None:
        return numbered(_by_rule(text, start, stop, rule, "list-own", "list-shared"))
    cut = _top_level(text, start, stop, "，") or _top_level(text, start, stop, "；")
    if cut is None:
        return numbered(listed_units(text, start, stop, "lead", "", None, "list-own", "list-shared"))
    return numbered(
        listed_units(text, start, cut, "lead", "", "comma") + listed_units(text, cut + 1, stop, "support", "", "comma")
    )


def names_bodies(text: str, groups: Sequence[Group]) -> bool:
    """Whether the names before verbs are bodies (a bracket that says only 按职责分工负责 is a clause too)."""
    names = [text[n.start : n.end] for group in groups for n in group.names]
    if not names:
        return any(group.kind == "shared" for group in groups)
    return sum(is_body(name) for name in names) >= 0.6 * len(names)


def verb_groups(text: str, start: int, stop: int) -> list[Group]:
    """Names with the verb that follows them; names without a verb form groups of kind ''."""
    groups: list[Group] = []
    pending: list[Name] = []
    for begin, finish, _gap in phrases(text, start, stop):
        at = begin
        for match in _verbs_in(text, begin, finish):
            names = pending + _names_before(text, at, match.start())
            groups.append(Group(names, match.lastgroup or "", match[0], match.start()))
            pending, at = [], match.end()
        if at < finish:
            pending += split_names(text, at, finish)
    if pending:
        groups.append(Group(pending, "", "", stop))
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


def phrases(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
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


def units_by_verb(groups: Sequence[Group]) -> list[Unit]:
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
    return numbered([replace(unit, joint=unit.role == "lead" and leads > 1) for unit in units])


def _carried(groups: Sequence[Group]) -> list[Group]:
    """The groups, 负责落实 as 落实 beside bodies that are responsible (甲局按职责分工负责，各县负责落实)."""
    others = any(g.kind in ("own", "shared") and not g.verb.endswith("落实") for g in groups)
    return [replace(g, kind="carry") if others and g.verb == "负责落实" else g for g in groups]


def _verb_rule(lead_kinds: set[str]) -> str:
    return "verb-lead" if lead_kinds == {"lead"} else "verb-shared"


def listed_units(
    text: str, start: int, stop: int, role: Role, duty: str, rule: str | None, own: str = "", shared: str = ""
) -> list[Unit]:
    """A list that has one role as a whole; ``rule`` names what gave it, else ``own`` or ``shared`` by its length."""
    groups = verb_groups(text, start, stop)
    if any(group.kind for group in groups) and rule in ("rule-semicolon", "rule-comma", "label-lead"):
        names = [(n, group.verb or duty) for group in groups for n in group.names]
    else:
        names = [(n, duty) for n in split_names(text, start, stop)]
    chosen = rule or (own if len(names) == 1 else shared)
    return [_unit(n, role, role == "lead" and len(names) > 1, verb, chosen) for n, verb in names]


def division_units(text: str, start: int, stop: int) -> list[Unit]:
    """任务分解: every phrase names bodies and what each does; 牵头 leads, otherwise all lead jointly."""
    found: list[tuple[Name, str]] = []
    for begin, finish, _gap in phrases(text, start, stop):
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


def note_units(text: str, note: re.Match[str] | None, units: Sequence[Unit]) -> list[Unit]:
    """The bodies a remark adds to all later clauses; a bare level word (县区) means the local bodies of this clause."""
    if note is None:
        return []
    names = split_names(text, note.start("who"), note.end("who"))
    printed = [text[name.start : name.end] for name in names]
    if printed and all(is_body(name) and not LEVEL_WORD.fullmatch(name) for name in printed):
        return numbered([_unit(name, "support", False, "", "note") for name in names])
    local = [unit for unit in units if LOCAL_BODY.search(text[unit.start : unit.end])]
    return numbered([replace(unit, role="support", joint=False, duty="", rule="note") for unit in local])


def _unit(name: Name, role: Role, joint: bool, duty: str, rule: str) -> Unit:
    return Unit(name.start, name.end, role, joint, duty, name.collective, 0, 0, rule)


def numbered(units: Sequence[Unit]) -> list[Unit]:
    """The bodies with their place in the list and its length."""
    return [replace(unit, position=index, list_size=len(units)) for index, unit in enumerate(units, 1)]
