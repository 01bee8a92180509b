"""Workload: who leads, leads jointly and supports how much, and how concentrated that is.

What counts, and once per what, is :mod:`queries.counting`'s. Shares, ranks and concentration are taken within one city:
cities count in units of different size, so only their shares compare.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Literal

from queries.concentration import effective_number, gini, herfindahl, top_share
from queries.counting import (
    PLAIN,
    Behind,
    By,
    CarriersOf,
    Counted,
    Counting,
    Duty,
    Entry,
    Level,
    Switches,
    by_order,
    carriers,
    counting,
    duties,
    listed,
    unled_lists,
)
from queries.rows import Store

if TYPE_CHECKING:
    import pandas as pd


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
class Across:
    """One line of work over all cities that have it: how much of the work of each it carries.

    ``share`` is the median of its shares (0–1) of all responsibilities of a city, ``least`` and ``most`` the lowest and
    highest with their city; ``leads`` the median part of its responsibilities that lead, alone or jointly.
    """

    function: str
    uid: str
    cities: int
    share: float
    least: float
    least_city: str
    most: float
    most_city: str
    leads: float


@dataclass(frozen=True, slots=True)
class WorkloadReport:
    """The workload of one or several cities, how it was counted and from which documents.

    ``across`` compares lines of work where they are counted and there are several cities.
    """

    level: Level
    by: By
    switches: Switches
    loads: tuple[Load, ...]
    across: tuple[Across, ...]
    concentration: tuple[Concentration, ...]
    solo_leads: tuple[SoloLead, ...]
    readings: tuple[Readings, ...]
    documents: tuple[Behind, ...]
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
    switches: Switches = PLAIN,
    english: bool = False,
) -> WorkloadReport:
    """Count who carries what in the documents of ``store``.

    ``city`` keeps cities by name (巴中市, 巴中) or code (511900). ``by="function"`` counts lines of work instead of
    bodies: a body with several counts in each. ``switches`` also count what is left out by rule;
    ``english`` names lines of work in English.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    return workload_of(store, counting(store, city=city, level=level, switches=switches), by=by, english=english)


def workload_of(store: Store, counts: Counting, *, by: By = "department", english: bool = False) -> WorkloadReport:
    """The same of what was already counted in ``store``."""
    carriers_of = carriers(store, by, english=english)
    printed_lists = dict(counts.by_city(listed(counts)))
    loads: list[Load] = []
    concentration: list[Concentration] = []
    solo_leads: list[SoloLead] = []
    readings: list[Readings] = []
    merged = 0
    for place, group in counts.by_city():
        borne = duties(group, carriers_of, counts.holder_of)
        solo = _solo(group, borne, counts)
        merged += sum(len(carriers_of(entry)) for entry in group) - len(borne)
        rows = city_loads(place, borne, solo)
        loads += rows
        concentration += _concentrations(place, rows)
        solo_leads += _solo_leads(place, solo)
        readings.append(_readings(place, group, printed_lists.get(place, ()), borne, carriers_of, counts))
    return WorkloadReport(
        level=counts.level,
        by=by,
        switches=counts.switches,
        loads=tuple(loads),
        across=tuple(_across(loads)) if by == "function" and len(readings) > 1 else (),
        concentration=tuple(concentration),
        solo_leads=tuple(solo_leads),
        readings=tuple(readings),
        documents=counts.behind(),
        counting=counts.tally(merged),
    )


# ------------------------------------------------------------------------------------------------ figures of one city


def ranks(values: Mapping[str, int]) -> dict[str, int]:
    """Rank by falling value, equals sharing the best (1, 2, 2, 4)."""
    higher = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(higher, start=1)))}
    return {key: first[value] for key, value in values.items()}


def city_loads(city: str, borne: Sequence[Duty], solo_duties: Sequence[Duty]) -> list[Load]:
    """What each carrier of one city's duties carries, the most loaded first."""
    names = {duty.carrier: duty.name for duty in borne}
    roles = Counter((duty.carrier, duty.role) for duty in borne)
    totals = Counter(duty.carrier for duty in borne)
    solo = Counter(duty.carrier for duty in solo_duties)
    rank = ranks(totals)
    loads = [
        Load(
            city=city,
            rank=rank[carrier],
            body=name,
            uid=carrier,
            lead=roles[carrier, "lead"],
            joint=roles[carrier, "joint"],
            support=roles[carrier, "support"],
            total=totals[carrier],
            share=totals[carrier] / len(borne),
            solo=solo[carrier],
        )
        for carrier, name in names.items()
    ]
    return sorted(loads, key=lambda load: (-load.total, -load.lead - load.joint, -load.lead, load.uid))


def _across(loads: Iterable[Load]) -> list[Across]:
    found: dict[str, list[Load]] = defaultdict(list)
    for load in loads:
        found[load.uid].append(load)
    rows = []
    for uid, places in found.items():
        least, most = min(places, key=lambda load: load.share), max(places, key=lambda load: load.share)
        rows.append(
            Across(
                function=places[0].body,
                uid=uid,
                cities=len(places),
                share=median(load.share for load in places),
                least=least.share,
                least_city=least.city,
                most=most.share,
                most_city=most.city,
                leads=median((load.lead + load.joint) / load.total for load in places),
            )
        )
    return sorted(rows, key=lambda row: (-row.cities, -row.share, row.uid))


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


def _solo(entries: Sequence[Entry], borne: Sequence[Duty], counts: Counting) -> list[Duty]:
    """Sole leads under holders where no other body is counted."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        bodies[counts.holder_of(entry)].add(entry.body)
    return [duty for duty in borne if duty.role == "lead" and len(bodies[duty.holder]) == 1]


def _solo_leads(city: str, solo: Sequence[Duty]) -> list[SoloLead]:
    refs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in solo:
        refs[duty.carrier, duty.name].append(duty.ref)
    found = [SoloLead(city, name, carrier, len(places), tuple(places)) for (carrier, name), places in refs.items()]
    return sorted(found, key=lambda lead: (-lead.count, lead.uid))


# ------------------------------------------------------------------------------------------------ two readings


def _readings(
    city: str,
    counted: Sequence[Entry],
    entries: Sequence[Entry],
    borne: Sequence[Duty],
    carriers_of: CarriersOf,
    counts: Counting,
) -> Readings:
    lists, unled = unled_lists(entries)
    ordered = duties(by_order(counted, unled), carriers_of, counts.holder_of)
    leads, leads_by_order = _leads(borne), _leads(ordered)
    rank, rank_by_order = ranks(leads), ranks(leads_by_order)
    names = {duty.carrier: duty.name for duty in borne}
    changes = [
        RankChange(
            city, names[carrier], carrier, count, rank[carrier], leads_by_order[carrier], rank_by_order.get(carrier)
        )
        for carrier, count in leads.items()
        if rank[carrier] != rank_by_order.get(carrier)
    ]
    changes.sort(key=lambda change: (change.rank, -change.leads_by_order, change.uid))
    return Readings(city, lists, len(unled), tuple(changes))


def _leads(borne: Sequence[Duty]) -> Counter[str]:
    return Counter(duty.carrier for duty in borne if duty.role != "support")
