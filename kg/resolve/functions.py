"""From a body's name core to the line of work it does, by the curated scheme first.

A core is a name without level and suffix: 市发展改革委 has the core 发展改革. The scheme (``ontology/functions.ttl``)
is read into dictionaries once; every question is then a few look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from ontology.vocabulary import Function, vocabulary

Branch = Literal["bodies", "enterprises", "groups", "offices"]
UNREVIEWED = "name core, unreviewed"

_PARTICLES = re.compile(r"[和与及、“”]")
_GENERIC = re.compile(r"(?:管理|服务|发展|事业|工作|事务|促进|建设|监督|综合|运营|投资|产业)$")
_BEFORE_A_CORE = frozenset("省市县区州盟旗局厅")
_BRANCHES: dict[str, Branch] = {"enterprise": "enterprises", "leading-group": "groups", "office": "offices"}


@dataclass(frozen=True, slots=True)
class Core:
    """What the scheme knows of a name core.

    ``full`` is its full form, ``named`` whether the body has the work by name (not a body that carries it besides or
    by another name), ``suffix`` what the full name ends in, ``kind`` the usual kind of such bodies.
    """

    full: str
    function: str
    named: bool
    suffix: str
    kind: str


@dataclass(frozen=True, slots=True)
class FunctionChoice:
    """The function of a body, the usual kind of bodies with it (None if unreviewed), and why it was chosen."""

    function: str
    kind: str | None
    why: str


def folded_core(core: str) -> str:
    """Give the form cores are compared in: without particles (和 与 及 、), 监督管理 as 监管.

    >>> folded_core("市场监督管理"), folded_core("住房和城乡建设")
    ('市场监管', '住房城乡建设')
    """
    return _PARTICLES.sub("", core.replace("监督管理", "监管"))


def known_core(core: str, branch: Branch = "bodies") -> Core | None:
    """Look a core up in the scheme, as written or in any of its known forms."""
    return _scheme()[branch].get(folded_core(core))


def function_of(core: str, branch: Branch = "bodies", *, loosely: bool = False) -> FunctionChoice:
    """Choose the function of a body with this name core: never nothing.

    Tried in turn: the core itself; the core without general words at its end (公路管理 → 公路); the first part of a
    combined name (教育和体育 → 教育); a known core that the name ends in (航空港区税务 → 税务); for enterprises and
    leading groups a known core anywhere in the name; ``loosely`` a known core that the name begins with (交通科技通信 →
    交通), or a long one inside it. What the scheme does not know gets an id made from the core, and says so.
    """
    for why, candidate, table in _candidates(core, branch, loosely):
        found = _scheme()[table].get(folded_core(candidate))
        if found:
            return FunctionChoice(found.function, found.kind, why.format(found.full))
    return FunctionChoice(f"core:{folded_core(core)}", None, UNREVIEWED)


def further_functions(core: str, first: str) -> tuple[FunctionChoice, ...]:
    """Give the lines of work a combined name spells out beside ``first``: 教育和体育 → sport.

    Only where the whole name is made of names of lines of work; a name the scheme has as one (住房和城乡建设) is one.
    """
    folded = folded_core(core)
    known = _scheme()["bodies"].get(folded)
    if known is not None and known.named:
        return ()
    parts = _parts(folded)
    functions = dict.fromkeys(part.function for part in parts)
    if len(parts) < 2 or first not in functions:
        return ()
    of = {part.function: part for part in reversed(parts)}
    return tuple(
        FunctionChoice(function, of[function].kind, f"scheme, part of the name: {of[function].full}")
        for function in functions
        if function != first
    )


def _parts(folded: str) -> list[Core]:
    """Split a name into named cores, the longest first at each place; nothing if something is left over."""
    table = _scheme()["bodies"]
    parts: list[Core] = []
    start = 0
    while start < len(folded):
        for end in range(len(folded), start + 1, -1):
            core = table.get(folded[start:end])
            if core is not None and (core.named or end - start > 2) and (start, end) != (0, len(folded)):
                parts.append(core)
                start = end
                break
        else:
            return []
    return parts


def _candidates(core: str, branch: Branch, loosely: bool) -> Iterator[tuple[str, str, Branch]]:
    tables: tuple[Branch, ...] = (branch,) if branch == "bodies" else (branch, "bodies")
    for table in tables if branch == "offices" else (branch,):
        yield "scheme", core, table
        shorter = core
        while (cut := _GENERIC.sub("", shorter)) not in ("", shorter):
            shorter = cut
            yield "scheme, general words left out: {}", shorter, table
        first, particle, _ = _first_part(core)
        if particle:
            yield "scheme, first part: {}", first, table
    if branch in ("bodies", "offices"):
        for start in range(1, len(core) - 1):
            last = core[start:]
            if (len(last) > 2 or core[start - 1] in _BEFORE_A_CORE) and not _GENERIC.fullmatch(last):
                yield "scheme, last part: {}", last, "bodies"
    else:
        for match in _anywhere(branch).findall(folded_core(core)):
            yield "scheme, in the name: {}", match, branch
    if loosely:
        yield from _loose_candidates(folded_core(core), branch)


_LONG = 4


def _loose_candidates(folded: str, branch: Branch) -> Iterator[tuple[str, str, Branch]]:
    tables: tuple[Branch, ...] = (branch,) if branch == "bodies" else (branch, "bodies")
    for table in tables:
        for end in range(len(folded), 1, -1):
            if not _GENERIC.fullmatch(folded[:end]):
                yield "scheme, first words: {}", folded[:end], table
    shortest = 2 if branch == "groups" else _LONG
    inside = (match for match in _anywhere("bodies").findall(folded) if not _GENERIC.fullmatch(match))
    for match in sorted(inside, key=len, reverse=True):
        if len(match) >= shortest:
            yield "scheme, in the name: {}", match, "bodies"


def _first_part(core: str) -> tuple[str, str, str]:
    match = _PARTICLES.search(core)
    return (core[: match.start()], match.group(), core[match.end() :]) if match else (core, "", "")


@cache
def _scheme() -> MappingProxyType[Branch, dict[str, Core]]:
    tables: dict[Branch, dict[str, Core]] = {"bodies": {}, "enterprises": {}, "groups": {}, "offices": {}}
    for function in vocabulary().functions.values():
        table = tables[_BRANCHES.get(function.body_kind, "bodies")]
        for form, core in _forms(function):
            table.setdefault(form, core)
    return MappingProxyType(tables)


def _forms(function: Function) -> Iterator[tuple[str, Core]]:
    for group, named in ((function.same, True), *((forms, False) for forms in function.carried_by)):
        core = Core(group[0], function.uid, named, function.suffix, function.body_kind)
        for form in group:
            yield folded_core(form), core


@cache
def _anywhere(branch: Branch) -> re.Pattern[str]:
    forms = sorted((form for form in _scheme()[branch] if len(form) > 1), key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms)))
