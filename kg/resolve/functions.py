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

Branch = Literal["bodies", "enterprises", "groups"]
UNREVIEWED = "name core, unreviewed"

_PARTICLES = re.compile(r"[和与及、]")
_GENERIC = re.compile(r"(?:管理|服务|发展|事业|工作|事务|促进|建设|监督|综合|运营|投资|产业)$")
_BEFORE_A_CORE = frozenset("省市县区州盟旗局厅")
_BRANCHES: dict[str, Branch] = {"enterprise": "enterprises", "leading-group": "groups"}


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


def function_of(core: str, branch: Branch = "bodies") -> FunctionChoice:
    """Choose the function of a body with this name core: never nothing.

    Tried in turn: the core itself; the core without general words at its end (公路管理 → 公路); the first part of a
    combined name (教育和体育 → 教育); a known core that the name ends in (航空港区税务 → 税务); for enterprises and
    leading groups a known core anywhere in the name. What the scheme does not know gets an id made from the core, and
    says so.
    """
    table = _scheme()[branch]
    for why, candidate in _candidates(core, branch):
        found = table.get(folded_core(candidate))
        if found:
            return FunctionChoice(found.function, found.kind, why.format(found.full))
    return FunctionChoice(f"core:{folded_core(core)}", None, UNREVIEWED)


def _candidates(core: str, branch: Branch) -> Iterator[tuple[str, str]]:
    yield "scheme", core
    shorter = core
    while (cut := _GENERIC.sub("", shorter)) not in ("", shorter):
        shorter = cut
        yield "scheme, general words left out: {}", shorter
    first, particle, _ = _first_part(core)
    if particle:
        yield "scheme, first part: {}", first
    if branch == "bodies":
        for start in range(1, len(core) - 1):
            last = core[start:]
            if (len(last) > 2 or core[start - 1] in _BEFORE_A_CORE) and not _GENERIC.fullmatch(last):
                yield "scheme, last part: {}", last
    else:
        for match in _anywhere(branch).findall(folded_core(core)):
            yield "scheme, in the name: {}", match


def _first_part(core: str) -> tuple[str, str, str]:
    match = _PARTICLES.search(core)
    return (core[: match.start()], match.group(), core[match.end() :]) if match else (core, "", "")


@cache
def _scheme() -> MappingProxyType[Branch, dict[str, Core]]:
    tables: dict[Branch, dict[str, Core]] = {"bodies": {}, "enterprises": {}, "groups": {}}
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
