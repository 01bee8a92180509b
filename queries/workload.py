"""Workload: who leads, leads jointly and supports how much, and how concentrated that is.

One way to count: a responsibility counts once per body and holder (action, task or section heading) that prints it,
with the body's highest role there. Level ``action`` rolls tasks up to their action. Bodies added by a document-wide
note, collectives (市级相关部门, 各区县政府) and responsibilities inherited from the action are left out unless asked
for. Duties stated in running text and studies never count. Shares, ranks and concentration are taken within one city:
cities count in units of different size, so only their shares compare.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from ontology.errors import UsageError
from queries.concentration import effective_number, gini, herfindahl, top_share
from queries.lookups import lookup
from queries.rows import Store

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["printed", "action"]
By = Literal["department", "function"]
Role = Literal["lead", "joint", "support"]
What = Literal[
    "action", "numbered", "sentence", "section", "merged", "note", "collective", "inherited", "text", "study"
]  # fmt: skip

NO_FUNCTION = ""
"""Uid of the row that gathers bodies without a line of work, when counting by function."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one body (or line of work) carries in one city.

    ``lead``, ``joint`` and ``support`` count responsibilities and add up to ``total``; ``share`` is total over the
    city's total (0–1); ``solo`` counts those of ``lead`` where no other counted body takes part; ``rank`` is by
    total, equals share a rank.
    """

    city: str
    rank: int
    body: str
    uid: str
    lead: int
    joint: int
    support: int
    total: int
    share: float
    solo: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How a city's responsibilities (``of`` all, or lead: sole and joint ones only) spread over its bodies."""

    city: str
    of: Literal["all", "lead"]
    bodies: int
    responsibilities: int
    top3: float
    top10: float
    hhi: float
    effective: float
    gini: float


@dataclass(frozen=True, slots=True)
class SoloLead:
    """A body that leads with nobody beside it, how often, and where (outline refs)."""

    city: str
    body: str
    uid: str
    count: int
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankChange:
    """A body whose rank by leads (sole and joint) differs between the readings of lists without a named lead.

    By convention every body of such a list leads jointly (``leads``, ``rank``); by order the first listed leads and
    the others support (``leads_by_order``, ``rank_by_order``, None where the body then leads nothing).
    """

    city: str
    body: str
    uid: str
    leads: int
    rank: int
    leads_by_order: int
    rank_by_order: int | None


@dataclass(frozen=True, slots=True)
class Readings:
    """Of ``lists`` in a city's plans, ``unled`` name several bodies and no lead; which ranks hang on the reading."""

    city: str
    lists: int
    unled: int
    changes: tuple[RankChange, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One document behind the figures. ``year`` is that of issue, else the first of its period."""

    city: str
    document: str
    uid: str
    kind: str | None
    status: str | None
    year: int | None
    period: tuple[int | None, int | None]
    counted: bool
    holders: int
    responsibilities: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many responsibilities of one sort the documents hold and whether they are counted.

    ``what``: printed by an ``action``, a ``numbered`` task, a ``sentence``, a ``section`` heading; ``merged``: counted
    ones that fall together with another of the same body and holder; ``note``, ``collective``, ``inherited``: have
    a switch; ``text`` and ``study``: never counted.
    """

    what: What
    responsibilities: int
    counted: bool


@dataclass(frozen=True, slots=True)
class WorkloadReport:
    """The workload of one or several cities, how it was counted and from which documents."""

    level: Level
    by: By
    notes: bool
    collectives: bool
    inherited: bool
    loads: tuple[Load, ...]
    concentration: tuple[Concentration, ...]
    solo_leads: tuple[SoloLead, ...]
    readings: tuple[Readings, ...]
    sources: tuple[Source, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``loads`` as a data frame, one row a body and city, in order of rank."""
        import pandas as pd

        names = [field.name for field in fields(Load)]
        return pd.DataFrame([[getattr(load, name) for name in names] for load in self.loads], columns=names)


def workload(
    store: Store,
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    by: By = "department",
    notes: bool = False,
    collectives: bool = False,
    inherited: bool = False,
) -> WorkloadReport:
    """Count who carries what in the documents of ``store``.

    ``city`` keeps cities by name (巴中市, 巴中) or code (511900). ``by="function"`` counts lines of work instead of
    bodies: a body with several counts in each. ``notes``, ``collectives`` and ``inherited`` also count these.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    documents = _documents(store, city)
    switches = _Switches(notes, collectives, inherited)
    entries = [entry for entry in _entries(store) if entry.document in documents]
    sorts = [_sort(entry, documents[entry.document], switches) for entry in entries]
    counted = [entry for entry, (_, flag) in zip(entries, sorts, strict=True) if flag]
    holder_of: _HolderOf = (lambda entry: entry.action) if level == "action" else (lambda entry: entry.holder)
    carriers = _carriers(store, by)

    listed = dict(_by_city([entry for entry in entries if _is_listed(entry, documents)], documents))
    loads: list[Load] = []
    concentration: list[Concentration] = []
    solo_leads: list[SoloLead] = []
    readings: list[Readings] = []
    merged = 0
    for place, group in _by_city(counted, documents):
        duties = _duties(group, carriers, holder_of)
        solo = _solo(group, duties, holder_of)
        merged += sum(len(carriers(entry)) for entry in group) - len(duties)
        rows = _loads(place, duties, solo)
        loads += rows
        concentration += _concentrations(place, rows)
        solo_leads += _solo_leads(place, solo)
        readings.append(_readings(place, group, listed.get(place, ()), duties, carriers, holder_of))
    return WorkloadReport(
        level=level,
        by=by,
        notes=notes,
        collectives=collectives,
        inherited=inherited,
        loads=tuple(loads),
        concentration=tuple(concentration),
        solo_leads=tuple(solo_leads),
        readings=tuple(readings),
        sources=tuple(_sources(documents.values(), counted, holder_of)),
        counting=tuple(_counting(Counter(what for what, _ in sorts), merged, switches)),
    )


# ------------------------------------------------------------------------------------------------ what the graph says


@dataclass(frozen=True, slots=True)
class _Switches:
    notes: bool
    collectives: bool
    inherited: bool


@dataclass(frozen=True, slots=True)
class _Document:
    uid: str
    name: str
    kind: str | None
    status: str | None
    year: int | None
    period: tuple[int | None, int | None]
    city: str
    adcode: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One edge: a body named by a holder."""

    document: str
    holder: str
    ref: str
    action: str
    form: str
    body: str
    name: str
    collective: bool
    role: Role
    duty: str
    basis: str
    inherited: bool
    position: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Duty:
    """One responsibility as counted: a carrier (body or line of work) under one holder."""

    carrier: str
    name: str
    holder: str
    ref: str
    role: Role


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _documents(store: Store, city: str | Sequence[str] | None) -> dict[str, _Document]:
    """The documents by uid, in order of city and uid; only those of ``city`` where given."""
    found: dict[str, _Document] = {}
    for row in store.run(lookup("documents")):
        found.setdefault(str(row["uid"]), _document(row))
    documents = sorted(found.values(), key=lambda document: (document.adcode, document.city, document.uid))
    wanted = (city,) if isinstance(city, str) else city
    if wanted:
        for name in wanted:
            if not any(_is_city(document, name) for document in documents):
                cities = "、".join(dict.fromkeys(document.city for document in documents if document.city))
                raise UsageError(f"no document of {name!r} in this graph", advice=f"cities in it: {cities or 'none'}")
        documents = [document for document in documents if any(_is_city(document, name) for name in wanted)]
    return {document.uid: document for document in documents}


def _document(row: Mapping[str, object]) -> _Document:
    side = "issuer" if row["issuer_uid"] is not None else "subject"
    first, last = _number(row["period_start"]), _number(row["period_end"])
    issued = _text(row["issued"])[:4]
    return _Document(
        uid=str(row["uid"]),
        name=_text(row["name"]),
        kind=_text(row["kind"]) or None,
        status=_text(row["status"]) or None,
        year=int(issued) if issued.isdigit() else first,
        period=(first, last),
        city=_text(row[f"{side}_name"]),
        adcode=_text(row[f"{side}_adcode"]),
    )


_CITY_SUFFIX = ("自治州", "地区", "省", "市", "州", "盟", "县", "区", "旗")


def _is_city(document: _Document, wanted: str) -> bool:
    names = {document.city, document.adcode, *(document.city.removesuffix(suffix) for suffix in _CITY_SUFFIX)}
    return wanted in names - {""}


def _entries(store: Store) -> list[_Entry]:
    tables = ("responsibilities_of_sections", "responsibilities_of_actions", "responsibilities_of_tasks")
    return [_entry(row) for table in tables for row in store.run(lookup(table))]


def _entry(row: Mapping[str, object]) -> _Entry:
    role: Role = "support" if row["role"] == "SUPPORTS" else "joint" if row["joint"] else "lead"
    return _Entry(
        document=str(row["document"]),
        holder=str(row["holder"]),
        ref=_text(row["ref"]),
        action=str(row["action"]),
        form=_text(row["form"]),
        body=str(row["body"]),
        name=_text(row["name"]),
        collective=bool(row["collective"]),
        role=role,
        duty=_text(row["duty"]),
        basis=_text(row["basis"]),
        inherited=bool(row["inherited"]),
        position=_number(row["position"]) or 0,
        quote=_text(row["quote"]),
    )


# ------------------------------------------------------------------------------------------------ what counts

_PRINTED: tuple[What, ...] = ("action", "numbered", "sentence", "section")


def _sort(entry: _Entry, document: _Document, switches: _Switches) -> tuple[What, bool]:
    """The one sort an entry belongs to, and whether it is counted: what leaves it out decides, else what it is."""
    marks: tuple[tuple[What, bool, bool], ...] = (
        ("study", document.kind == "study", False),
        ("text", entry.basis == "text", False),
        ("inherited", entry.inherited, switches.inherited),
        ("note", entry.basis == "note", switches.notes),
        ("collective", entry.collective, switches.collectives),
    )
    borne = [(what, counted) for what, applies, counted in marks if applies]
    form: What = next((what for what in _PRINTED if what == entry.form), "sentence")
    return min(borne, key=lambda mark: mark[1], default=(form, True))


def _counting(sorts: Counter[What], merged: int, switches: _Switches) -> Iterable[Counted]:
    counted: Mapping[What, bool] = {
        **dict.fromkeys(_PRINTED, True),
        "note": switches.notes,
        "collective": switches.collectives,
        "inherited": switches.inherited,
        "text": False,
        "study": False,
    }
    for what, flag in counted.items():
        yield Counted(what, sorts[what], flag)
    yield Counted("merged", merged, False)


_Carriers = Callable[[_Entry], Sequence[tuple[str, str]]]
_HolderOf = Callable[[_Entry], str]


def _carriers(store: Store, by: By) -> _Carriers:
    """Who carries an entry: the body itself, or each of its lines of work, as (uid, name)."""
    if by == "department":
        return lambda entry: ((entry.body, entry.name),)
    functions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.run(lookup("functions_of_bodies")):
        functions[str(row["body"])].append((str(row["uid"]), _text(row["name"])))
    return lambda entry: functions.get(entry.body, [(NO_FUNCTION, "")])


_HIGHEST: Mapping[Role, int] = {"lead": 0, "joint": 1, "support": 2}


def _duties(entries: Sequence[_Entry], carriers: _Carriers, holder_of: _HolderOf) -> list[_Duty]:
    """One duty a carrier and holder, with the highest role (sole lead, joint lead, support), in order of the text."""
    duties: dict[tuple[str, str], _Duty] = {}
    for entry in entries:
        holder = holder_of(entry)
        ref = entry.ref if holder == entry.holder else entry.ref.rpartition("/")[0]
        for carrier, name in carriers(entry):
            duty = _Duty(carrier, name, holder, ref, entry.role)
            known = duties.setdefault((carrier, holder), duty)
            if _HIGHEST[duty.role] < _HIGHEST[known.role]:
                duties[carrier, holder] = duty
    return list(duties.values())


# ------------------------------------------------------------------------------------------------ figures of one city


def _ranks(values: Mapping[str, int]) -> dict[str, int]:
    """Rank by falling value, equals sharing the best (1, 2, 2, 4)."""
    higher = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(higher, start=1)))}
    return {key: first[value] for key, value in values.items()}


def _loads(city: str, duties: Sequence[_Duty], solo_duties: Sequence[_Duty]) -> list[Load]:
    names = {duty.carrier: duty.name for duty in duties}
    roles = Counter((duty.carrier, duty.role) for duty in duties)
    totals = Counter(duty.carrier for duty in duties)
    solo = Counter(duty.carrier for duty in solo_duties)
    ranks = _ranks(totals)
    loads = [
        Load(
            city=city,
            rank=ranks[carrier],
            body=name,
            uid=carrier,
            lead=roles[carrier, "lead"],
            joint=roles[carrier, "joint"],
            support=roles[carrier, "support"],
            total=totals[carrier],
            share=totals[carrier] / len(duties),
            solo=solo[carrier],
        )
        for carrier, name in names.items()
    ]
    return sorted(loads, key=lambda load: (-load.total, -load.lead - load.joint, -load.lead, load.uid))


def _concentrations(city: str, loads: Sequence[Load]) -> Iterable[Concentration]:
    measures: tuple[tuple[Literal["all", "lead"], list[int]], ...] = (
        ("all", [load.total for load in loads]),
        ("lead", [load.lead + load.joint for load in loads if load.lead + load.joint]),
    )
    for of, counts in measures:
        if counts:
            yield Concentration(
                city=city,
                of=of,
                bodies=len(counts),
                responsibilities=sum(counts),
                top3=top_share(counts, 3),
                top10=top_share(counts, 10),
                hhi=herfindahl(counts),
                effective=effective_number(counts),
                gini=gini(counts),
            )


def _solo(entries: Sequence[_Entry], duties: Sequence[_Duty], holder_of: _HolderOf) -> list[_Duty]:
    """Sole leads under holders where no other body is counted."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        bodies[holder_of(entry)].add(entry.body)
    return [duty for duty in duties if duty.role == "lead" and len(bodies[duty.holder]) == 1]


def _solo_leads(city: str, solo: Sequence[_Duty]) -> list[SoloLead]:
    refs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in solo:
        refs[duty.carrier, duty.name].append(duty.ref)
    found = [SoloLead(city, name, carrier, len(places), tuple(places)) for (carrier, name), places in refs.items()]
    return sorted(found, key=lambda lead: (-lead.count, lead.uid))


# ------------------------------------------------------------------------------------------------ two readings

_LEAD_VERBS = ("牵头", "主办", "总负责")


def _is_listed(entry: _Entry, documents: Mapping[str, _Document]) -> bool:
    printed = entry.basis in ("clause", "section") and not entry.inherited
    return printed and documents[entry.document].kind != "study"


def _unled_lists(entries: Sequence[_Entry]) -> tuple[int, set[tuple[str, str]]]:
    """How many lists ``entries`` stand in, and those (holder, quote) that name several bodies and no lead."""
    lists: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        lists[entry.holder, entry.quote].append(entry)
    unled = {key for key, members in lists.items() if _is_unled(members)}
    return len(lists), unled


def _is_unled(members: Sequence[_Entry]) -> bool:
    return len(members) > 1 and all(
        member.role == "joint" and not any(verb in member.duty for verb in _LEAD_VERBS) for member in members
    )


def _by_order(entries: Sequence[_Entry], unled: set[tuple[str, str]]) -> list[_Entry]:
    """``entries`` where the first listed (and counted) body of a list without a lead leads it and the rest support."""
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.holder, entry.quote)
        first[key] = min(first.get(key, entry.position), entry.position)

    def read(entry: _Entry) -> _Entry:
        key = (entry.holder, entry.quote)
        if key not in unled:
            return entry
        return replace(entry, role="lead" if entry.position == first[key] else "support")

    return [read(entry) for entry in entries]


def _readings(
    city: str,
    counted: Sequence[_Entry],
    entries: Sequence[_Entry],
    duties: Sequence[_Duty],
    carriers: _Carriers,
    holder_of: _HolderOf,
) -> Readings:
    lists, unled = _unled_lists(entries)
    ordered = _duties(_by_order(counted, unled), carriers, holder_of)
    leads, leads_by_order = _leads(duties), _leads(ordered)
    ranks, ranks_by_order = _ranks(leads), _ranks(leads_by_order)
    names = {duty.carrier: duty.name for duty in duties}
    changes = [
        RankChange(
            city, names[carrier], carrier, count, ranks[carrier], leads_by_order[carrier], ranks_by_order.get(carrier)
        )
        for carrier, count in leads.items()
        if ranks[carrier] != ranks_by_order.get(carrier)
    ]
    changes.sort(key=lambda change: (change.rank, -change.leads_by_order, change.uid))
    return Readings(city, lists, len(unled), tuple(changes))


def _leads(duties: Sequence[_Duty]) -> Counter[str]:
    return Counter(duty.carrier for duty in duties if duty.role != "support")


# ------------------------------------------------------------------------------------------------ documents


def _by_city(entries: Sequence[_Entry], documents: Mapping[str, _Document]) -> Iterable[tuple[str, Sequence[_Entry]]]:
    order = list(dict.fromkeys(document.city for document in documents.values()))
    places = {city: place for place, city in enumerate(order)}
    ordered = sorted(entries, key=lambda entry: places[documents[entry.document].city])
    for city, group in groupby(ordered, key=lambda entry: documents[entry.document].city):
        yield city, list(group)


def _sources(documents: Iterable[_Document], counted: Sequence[_Entry], holder_of: _HolderOf) -> Iterable[Source]:
    holders: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in counted:
        holders[entry.document].add(holder_of(entry))
        named[entry.document].add((entry.body, holder_of(entry)))
    for document in documents:
        yield Source(
            city=document.city,
            document=document.name,
            uid=document.uid,
            kind=document.kind,
            status=document.status,
            year=document.year,
            period=document.period,
            counted=document.kind != "study",
            holders=len(holders[document.uid]),
            responsibilities=len(named[document.uid]),
        )
