"""Dependencies: who asks whom for support, which bodies hold a plan together, where one loss would be felt.

Two bodies are *tied* in an action where one leads it, alone or jointly, and the other leads with it or supports it.
At level ``printed`` both must be named by the same holder (action, task or heading), at level ``action`` anywhere in
the action. Weights always count actions (a heading counts as one): an action ties two bodies once, however many of
its tasks name both. A lead *asks* the bodies that support it; joint leads ask nobody by that, they are *partners*.
Two bodies that only support the same action need not meet, so that makes no tie. Which responsibilities count is
:mod:`queries.counting`'s; every city is a network of its own, and cities compare by shares, over lines of work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import TYPE_CHECKING

from queries.counting import (
    NO_FUNCTION,
    PLAIN,
    Behind,
    By,
    CarriersOf,
    Counted,
    Counting,
    Duty,
    Entry,
    Level,
    Reading,
    Switches,
    carriers,
    counting,
    duties,
)
from queries.lookups import lookup
from queries.network import NO_GROUPS, Groups, Tie, betweenness, density, groups, parts, single_points
from queries.rows import Store

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Member:
    """One body (or line of work) in the network of one city.

    ``partners`` are the different bodies tied to it. ``asks`` counts the bodies that support it and ``asks_actions``
    the actions it leads with support; ``asked_by`` the bodies it supports, ``asked_actions`` the actions it supports.
    ``joint`` counts the bodies it leads with. ``betweenness`` is the part (0–1) of the shortest paths between two
    others that runs through it. ``cuts_off`` counts the bodies that would lose touch with the rest without it; it is
    a single point where that is not 0. ``group`` is the number of its group, None where nothing ties it.
    """

    city: str
    body: str
    uid: str
    partners: int
    asked_by: int
    asked_actions: int
    asks: int
    asks_actions: int
    joint: int
    betweenness: float
    cuts_off: int
    group: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A lead that asks a body for support, in how many ``actions`` and ``entries`` of them, and where.

    ``share`` is of all actions the lead leads with support (0–1): how much of its work hangs on that one body.
    """

    city: str
    lead: str
    lead_uid: str
    support: str
    support_uid: str
    actions: int
    entries: int
    share: float
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tied bodies: in how many actions (and entries of them) they are tied, and how; an action may hold several.

    ``overlap`` is ``actions`` over all actions of the body that has fewer (0–1): 1 where it never works without the
    other. Source: the overlap coefficient, D. Szymkiewicz (1934).
    """

    city: str
    first: str
    first_uid: str
    second: str
    second_uid: str
    actions: int
    entries: int
    first_asks: int
    second_asks: int
    joint: int
    overlap: float


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A body without which ``lost`` others would lose touch with the rest of their network (names)."""

    city: str
    body: str
    uid: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that work together more than chance would have it, the most tied first.

    ``inside`` is the part (0–1) of the weight of their ties that stays among them.
    """

    city: str
    number: int
    bodies: tuple[str, ...]
    inside: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """An action with many bodies: ``channels`` = n(n - 1)/2 pairs of them would have to talk to each other.

    Source: F. P. Brooks, The Mythical Man-Month (1975), ch. 2.
    """

    city: str
    document: str
    ref: str
    heading: str
    uid: str
    bodies: int
    leads: int
    supports: int
    channels: int


@dataclass(frozen=True, slots=True)
class Network:
    """One city's network: its size, and what it hangs on.

    ``actions`` name a counted body, ``shared`` of them two or more. ``bodies`` are all counted ones, ``alone`` of them
    without any tie; ``ties`` are tied pairs; ``density`` their part of all possible ones (0–1); ``parts`` counts the
    pieces of two or more bodies.
    """

    city: str
    actions: int
    shared: int
    bodies: int
    alone: int
    ties: int
    density: float | None
    parts: int
    single_points: int
    groups: int
    modularity: float | None


@dataclass(frozen=True, slots=True)
class WorkInCity:
    """One line of work in the network of the lines of work of one city.

    ``asks``, ``asked`` and ``joint`` are the parts (0–1) of the city's shared actions that it leads with support,
    supports, and leads with others; ``reach`` is the part of the city's other lines of work it is tied to
    (degree centrality).
    """

    function: str
    uid: str
    city: str
    asks: float
    asked: float
    joint: float
    reach: float
    betweenness: float
    single_point: bool


@dataclass(frozen=True, slots=True)
class WorkAcross:
    """One line of work over all cities: medians of :class:`WorkInCity` over those that have it, and the highest."""

    function: str
    uid: str
    cities: int
    asks: float
    most_asks: float
    most_asks_city: str
    asked: float
    most_asked: float
    most_asked_city: str
    joint: float
    reach: float
    single_point_in: int


@dataclass(frozen=True, slots=True)
class DependencyReport:
    """The networks of one or several cities, how they were counted and from which documents.

    The lines of work are compared (``across``, ``in_cities``) where there are several cities.
    """

    level: Level
    by: By
    reading: Reading
    switches: Switches
    networks: tuple[Network, ...]
    members: tuple[Member, ...]
    askings: tuple[Asking, ...]
    pairs: tuple[Pair, ...]
    single_points: tuple[SinglePoint, ...]
    groups: tuple[Group, ...]
    crowds: tuple[Crowd, ...]
    across: tuple[WorkAcross, ...]
    in_cities: tuple[WorkInCity, ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``members`` as a data frame, one row a body and city."""
        import pandas as pd

        names = [field.name for field in fields(Member)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.members], columns=names)


def dependencies(
    store: Store,
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    by: By = "department",
    reading: Reading = "joint",
    switches: Switches = PLAIN,
    english: bool = False,
) -> DependencyReport:
    """Give the network of every city of ``store``.

    ``city`` keeps cities by name or code. ``by="function"`` ties lines of work instead of bodies: a body with several
    stands for each. ``reading`` says how a list is read that names several bodies and no lead;
    ``english`` names lines of work in English.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    counts = counting(store, city=city, level=level, switches=switches, reading=reading)
    carriers_of = carriers(store, by, english=english)
    cities = counts.by_city()
    webs = [Web.of(place, entries, carriers_of, counts) for place, entries in cities]
    made = [(web, _Shape.of(web), groups(len(web.uids), web.weights)) for web in webs]
    in_cities: list[WorkInCity] = []
    if len(cities) > 1:
        lines_of = carriers(store, "function", english=english)
        in_cities = [row for place, entries in cities for row in _in_city(Web.of(place, entries, lines_of, counts))]
    return DependencyReport(
        level=level,
        by=by,
        reading=reading,
        switches=switches,
        networks=tuple(_network(*one) for one in made),
        members=tuple(row for one in made for row in _members(*one)),
        askings=tuple(row for web in webs for row in _askings(web)),
        pairs=tuple(row for web in webs for row in _pairs(web)),
        single_points=tuple(row for web, shape, _ in made for row in _single_points(web, shape)),
        groups=tuple(row for web, _, division in made for row in _groups(web, division)),
        crowds=tuple(_crowds(store, counts)),
        across=tuple(_across(in_cities)),
        in_cities=tuple(in_cities),
        documents=counts.behind(),
        counting=counts.tally(sum(web.merged for web in webs)),
    )


# ------------------------------------------------------------------------------------------------ who is tied to whom


@dataclass(frozen=True, slots=True)
class Web:
    """The ties of one city. Bodies (or lines of work) are numbers into ``uids`` and ``names``.

    ``ties`` holds the entries that tie two bodies (the lower number first), ``asks`` those in which a lead (first) is
    supported by a body (second), ``joint`` those that two lead together, each with its outline number; ``weights``
    says in how many actions two are tied. ``action_of`` gives the action of an entry, ``actions`` the actions that
    name each body, ``shared`` those that name two bodies and more; ``merged`` says how many responsibilities fell
    together with another.
    """

    city: str
    uids: tuple[str, ...]
    names: tuple[str, ...]
    actions: tuple[frozenset[str], ...]
    ties: Mapping[Tie, Mapping[str, str]]
    asks: Mapping[Tie, Mapping[str, str]]
    joint: Mapping[Tie, Mapping[str, str]]
    weights: Mapping[Tie, int]
    action_of: Mapping[str, str]
    shared: frozenset[str]
    merged: int

    @classmethod
    def of(cls, city: str, entries: Sequence[Entry], carriers_of: CarriersOf, counts: Counting) -> Web:
        """Tie what ``entries``, the counted responsibilities of one city, name together."""
        borne = duties(entries, lambda entry: ((entry.body, entry.name),), counts.holder_of)
        action_of = {counts.holder_of(entry): entry.action for entry in entries}
        named_in: dict[str, set[str]] = defaultdict(set)
        for duty in borne:
            named_in[action_of[duty.holder]].add(duty.carrier)
        # Bodies without a line of work are no line of work.
        performed = {body: carriers_of(entry) for body, entry in {entry.body: entry for entry in entries}.items()}
        names = {uid: name for works in performed.values() for uid, name in works if uid != NO_FUNCTION}
        uids = tuple(sorted(names))
        number = {uid: place for place, uid in enumerate(uids)}
        carried = {body: [number[uid] for uid, _ in works if uid != NO_FUNCTION] for body, works in performed.items()}
        actions: list[set[str]] = [set() for _ in uids]
        ties: dict[Tie, dict[str, str]] = defaultdict(dict)
        asks: dict[Tie, dict[str, str]] = defaultdict(dict)
        joint: dict[Tie, dict[str, str]] = defaultdict(dict)
        for named in _by_holder(borne):
            holder, ref = named[0].holder, named[0].ref
            for duty in named:
                for node in carried[duty.carrier]:
                    actions[node].add(action_of[holder])
            leads = [carried[duty.carrier] for duty in named if duty.role != "support"]
            supports = [carried[duty.carrier] for duty in named if duty.role == "support"]
            # Two different bodies tie themselves, or each line of work of one to each other one of the other.
            for place, lead in enumerate(leads):
                for first, second in ((one, other) for body in supports for one in lead for other in body):
                    if first != second:
                        ties[(first, second) if first < second else (second, first)][holder] = ref
                        asks[first, second][holder] = ref
                for first, second in ((one, other) for body in leads[:place] for one in lead for other in body):
                    if first != second:
                        pair = (first, second) if first < second else (second, first)
                        ties[pair][holder] = ref
                        joint[pair][holder] = ref
        return cls(
            city=city,
            uids=uids,
            names=tuple(names[uid] for uid in uids),
            actions=tuple(map(frozenset, actions)),
            ties=dict(sorted(ties.items())),
            asks=dict(sorted(asks.items())),
            joint=joint,
            weights={tie: len({action_of[holder] for holder in found}) for tie, found in sorted(ties.items())},
            action_of=action_of,
            shared=frozenset(action for action, bodies in named_in.items() if len(bodies) > 1),
            merged=len(entries) - len(borne),
        )

    def weight(self, entries: Iterable[str]) -> int:
        """How many actions ``entries`` stand in."""
        return len({self.action_of[entry] for entry in entries})

    def asking(self) -> dict[int, set[str]]:
        """The entries that each body leads with support."""
        found: dict[int, set[str]] = defaultdict(set)
        for (lead, _), entries in self.asks.items():
            found[lead].update(entries)
        return found


def _by_holder(borne: Iterable[Duty]) -> Iterable[list[Duty]]:
    held: dict[str, list[Duty]] = defaultdict(list)
    for duty in borne:
        held[duty.holder].append(duty)
    return held.values()


@dataclass(frozen=True, slots=True)
class _Shape:
    """Who stands between others, and who would cut off whom, by what the ties alone say."""

    betweenness: Sequence[float]
    cuts_off: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, web: Web) -> _Shape:
        size, ties = len(web.uids), list(web.ties)
        return cls(betweenness(size, ties), single_points(size, ties))


# ------------------------------------------------------------------------------------------------ one city


def _network(web: Web, shape: _Shape, division: Groups) -> Network:
    tied = {node for tie in web.ties for node in tie}
    return Network(
        city=web.city,
        actions=len(set(web.action_of.values())),
        shared=len(web.shared),
        bodies=len(web.uids),
        alone=len(web.uids) - len(tied),
        ties=len(web.ties),
        density=density(len(web.uids), len(web.ties)),
        parts=sum(len(part) > 1 for part in parts(len(web.uids), list(web.ties))),
        single_points=len(shape.cuts_off),
        groups=len(division.members),
        modularity=division.modularity,
    )


def _members(web: Web, shape: _Shape, division: Groups = NO_GROUPS) -> list[Member]:
    partners: list[set[int]] = [set() for _ in web.uids]
    for first, second in web.ties:
        partners[first].add(second)
        partners[second].add(first)
    asks: list[set[int]] = [set() for _ in web.uids]
    asked_by: list[set[int]] = [set() for _ in web.uids]
    asks_in: list[set[str]] = [set() for _ in web.uids]
    asked_in: list[set[str]] = [set() for _ in web.uids]
    for (lead, support), found in web.asks.items():
        asks[lead].add(support)
        asked_by[support].add(lead)
        asks_in[lead].update(found)
        asked_in[support].update(found)
    joint = Counter(node for tie in web.joint for node in tie)
    group_of = {node: number for number, group in enumerate(division.members, start=1) for node in group}
    members = [
        Member(
            city=web.city,
            body=web.names[node],
            uid=uid,
            partners=len(partners[node]),
            asked_by=len(asked_by[node]),
            asked_actions=web.weight(asked_in[node]),
            asks=len(asks[node]),
            asks_actions=web.weight(asks_in[node]),
            joint=joint[node],
            betweenness=shape.betweenness[node],
            cuts_off=len(shape.cuts_off.get(node, ())),
            group=group_of.get(node),
        )
        for node, uid in enumerate(web.uids)
    ]
    return sorted(members, key=lambda row: (-row.partners, -row.betweenness, -row.asked_actions, row.uid))


def _askings(web: Web) -> list[Asking]:
    led = {lead: web.weight(entries) for lead, entries in web.asking().items()}
    rows = [
        Asking(
            city=web.city,
            lead=web.names[lead],
            lead_uid=web.uids[lead],
            support=web.names[support],
            support_uid=web.uids[support],
            actions=(actions := web.weight(found)),
            entries=len(found),
            share=actions / led[lead],
            refs=tuple(found.values()),
        )
        for (lead, support), found in web.asks.items()
    ]
    return sorted(rows, key=lambda row: (-row.actions, -row.entries, -row.share, row.lead_uid, row.support_uid))


def _pairs(web: Web) -> list[Pair]:
    rows = [
        Pair(
            city=web.city,
            first=web.names[first],
            first_uid=web.uids[first],
            second=web.names[second],
            second_uid=web.uids[second],
            actions=web.weights[first, second],
            entries=len(found),
            first_asks=web.weight(web.asks.get((first, second), ())),
            second_asks=web.weight(web.asks.get((second, first), ())),
            joint=web.weight(web.joint.get((first, second), ())),
            overlap=web.weights[first, second] / min(len(web.actions[first]), len(web.actions[second])),
        )
        for (first, second), found in web.ties.items()
    ]
    return sorted(rows, key=lambda row: (-row.actions, -row.entries, -row.overlap, row.first_uid, row.second_uid))


def _single_points(web: Web, shape: _Shape) -> list[SinglePoint]:
    rows = [
        SinglePoint(web.city, web.names[node], web.uids[node], tuple(web.names[other] for other in lost))
        for node, lost in shape.cuts_off.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.lost), row.uid))


def _groups(web: Web, division: Groups) -> Iterable[Group]:
    group_of = {node: number for number, group in enumerate(division.members) for node in group}
    touching: Counter[int] = Counter()
    within: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for (first, second), weight in web.weights.items():
        touching.update(dict.fromkeys({group_of[first], group_of[second]}, weight))
        if group_of[first] == group_of[second]:
            within[group_of[first]] += weight
            inside.update({first: weight, second: weight})
    for number, members in enumerate(division.members):
        ordered = sorted(members, key=lambda node: (-inside[node], web.uids[node]))
        names = tuple(web.names[node] for node in ordered)
        yield Group(web.city, number + 1, names, within[number] / touching[number])


def _crowds(store: Store, counts: Counting) -> Iterable[Crowd]:
    """Actions with two bodies and more, whatever the level, the most first within a city."""
    headings = {str(row["holder"]): row for row in store.run(lookup("headings"), {"documents": list(counts.documents)})}
    for city, entries in counts.by_city():
        document_of = {entry.action: entry.document for entry in entries}
        held = _by_holder(duties(entries, lambda entry: ((entry.body, entry.name),), lambda entry: entry.action))
        rows = [
            Crowd(
                city=city,
                document=counts.documents[document_of[named[0].holder]].name,
                ref=str(headings[named[0].holder]["ref"]),
                heading=str(headings[named[0].holder]["heading"] or ""),
                uid=named[0].holder,
                bodies=len(named),
                leads=sum(duty.role != "support" for duty in named),
                supports=sum(duty.role == "support" for duty in named),
                channels=len(named) * (len(named) - 1) // 2,
            )
            for named in held
            if len(named) > 1
        ]
        yield from sorted(rows, key=lambda row: (-row.bodies, -row.leads, row.uid))


# ------------------------------------------------------------------------------------------------ over cities


def _in_city(web: Web) -> Iterable[WorkInCity]:
    shared = len(web.shared)
    together: dict[str, set[str]] = defaultdict(set)
    for tie, found in web.joint.items():
        for node in tie:
            together[web.uids[node]].update(found)
    for row in _members(web, _Shape.of(web)) if shared else ():
        yield WorkInCity(
            function=row.body,
            uid=row.uid,
            city=web.city,
            asks=row.asks_actions / shared,
            asked=row.asked_actions / shared,
            joint=web.weight(together[row.uid]) / shared,
            reach=row.partners / max(len(web.uids) - 1, 1),
            betweenness=row.betweenness,
            single_point=row.cuts_off > 0,
        )


def _across(rows: Iterable[WorkInCity]) -> list[WorkAcross]:
    found: dict[str, list[WorkInCity]] = defaultdict(list)
    for row in rows:
        found[row.uid].append(row)
    across = []
    for uid, places in found.items():
        asks = max(places, key=lambda row: row.asks)
        asked = max(places, key=lambda row: row.asked)
        across.append(
            WorkAcross(
                function=places[0].function,
                uid=uid,
                cities=len(places),
                asks=median(row.asks for row in places),
                most_asks=asks.asks,
                most_asks_city=asks.city,
                asked=median(row.asked for row in places),
                most_asked=asked.asked,
                most_asked_city=asked.city,
                joint=median(row.joint for row in places),
                reach=median(row.reach for row in places),
                single_point_in=sum(row.single_point for row in places),
            )
        )
    return sorted(across, key=lambda row: (-row.cities, -row.reach, row.uid))
