"""Counting: what a responsibility is, which of them count, and as whose.

One way to count, in every report: a responsibility counts once per body and holder (action, task or section heading)
that prints it, with the body's highest role there. Level ``action`` rolls tasks up to their action. Bodies added by a
document-wide note, collectives (市级相关部门, 各区县政府) and responsibilities inherited from the action are left out
unless switched on. Duties stated in running text and studies never count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from queries.lookups import lookup
from queries.rows import Store
from queries.sources import Source, sources

Level = Literal["printed", "action"]
By = Literal["department", "function"]
Role = Literal["lead", "joint", "support"]
Reading = Literal["joint", "order"]
What = Literal[
    "action", "numbered", "sentence", "section", "merged", "note", "collective", "inherited", "text", "study"
]  # fmt: skip

NO_FUNCTION = ""
"""Uid of the carrier that gathers bodies without a line of work, when counting by function."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What is counted beyond the rule: bodies of a note, collectives, what tasks inherit from their action."""

    notes: bool = False
    collectives: bool = False
    inherited: bool = False


PLAIN = Switches()
"""The rule alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One responsibility as the graph holds it: a body named by a holder.

    ``action`` is the holder's action, or the holder itself where it is an action or a heading; ``ref`` the holder's
    outline number. ``position`` is the place in its list.
    """

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
class Duty:
    """One responsibility as counted: a carrier (body or line of work) under one holder, with its highest role."""

    carrier: str
    name: str
    holder: str
    ref: str
    role: Role


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
class Behind:
    """A document behind the figures: how many holders of it name a counted body, and how many responsibilities."""

    source: Source
    holders: int
    responsibilities: int


HolderOf = Callable[[Entry], str]
CarriersOf = Callable[[Entry], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Counting:
    """All responsibilities of some documents, and those of them that count, at one level."""

    documents: Mapping[str, Source]
    level: Level
    switches: Switches
    entries: tuple[Entry, ...]
    counted: tuple[Entry, ...]
    sorts: Mapping[What, int]

    def holder_of(self, entry: Entry) -> str:
        """The uid an entry counts under: its holder, or the action of its holder."""
        return entry.action if self.level == "action" else entry.holder

    def by_city(self, entries: Iterable[Entry] | None = None) -> list[tuple[str, list[Entry]]]:
        """``entries`` (the counted ones where none are given) of each city, in the order of the documents."""
        order = {city: place for place, city in enumerate(dict.fromkeys(s.city for s in self.documents.values()))}

        def city_of(entry: Entry) -> str:
            return self.documents[entry.document].city

        ordered = sorted(self.counted if entries is None else entries, key=lambda entry: order[city_of(entry)])
        return [(city, list(group)) for city, group in groupby(ordered, key=city_of)]

    def behind(self) -> tuple[Behind, ...]:
        """The documents with what of them counts."""
        holders: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for entry in self.counted:
            holders[entry.document].add(self.holder_of(entry))
            named[entry.document].add((entry.body, self.holder_of(entry)))
        return tuple(
            Behind(source, len(holders[source.uid]), len(named[source.uid])) for source in self.documents.values()
        )

    def tally(self, merged: int) -> tuple[Counted, ...]:
        """How many of each sort there are; ``merged`` fell together with another."""
        counted: Mapping[What, bool] = {
            **dict.fromkeys(_PRINTED, True),
            "note": self.switches.notes,
            "collective": self.switches.collectives,
            "inherited": self.switches.inherited,
            "text": False,
            "study": False,
        }
        rows = [Counted(what, self.sorts.get(what, 0), flag) for what, flag in counted.items()]
        return (*rows, Counted("merged", merged, False))


def counting(
    store: Store,
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    switches: Switches = PLAIN,
    reading: Reading = "joint",
) -> Counting:
    """Read the responsibilities of ``store`` and say which count.

    ``city`` keeps cities by name (巴中市, 巴中) or code (511900). Where a list names several bodies and no lead,
    reading ``joint`` takes all for joint leads, ``order`` the first counted one for the lead and the rest for support.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    documents = sources(store, city)
    entries = tuple(_entries(store, documents, switches))
    sorts = [_sort(entry, documents[entry.document], switches) for entry in entries]
    counted = tuple(entry for entry, (_, flag) in zip(entries, sorts, strict=True) if flag)
    tally: Counter[What] = Counter(what for what, _ in sorts)
    if not switches.inherited:
        tally.update(_left_with_actions(store, documents))
    counts = Counting(documents, level, switches, entries, counted, tally)
    if reading == "joint":
        return counts
    _, unled = unled_lists(listed(counts))
    return replace(counts, counted=tuple(by_order(counted, unled)))


# ------------------------------------------------------------------------------------------------ what the graph says


def _entries(store: Store, documents: Mapping[str, Source], switches: Switches) -> Iterator[Entry]:
    given = {"documents": list(documents), "inherited": switches.inherited}
    for table in ("responsibilities_of_sections", "responsibilities_of_actions", "responsibilities_of_tasks"):
        yield from map(_entry, store.run(lookup(table), given))


def _left_with_actions(store: Store, documents: Mapping[str, Source]) -> Counter[What]:
    """How many responsibilities tasks inherit: two of three in a graph, so they are only read where they count."""
    found: Counter[What] = Counter()
    for row in store.run(lookup("inherited_responsibilities"), {"documents": list(documents)}):
        what: What = "inherited" if documents[str(row["document"])].counted else "study"
        found[what] += int(str(row["responsibilities"]))
    return found


def _entry(row: Mapping[str, object]) -> Entry:
    role: Role = "support" if row["role"] == "SUPPORTS" else "joint" if row["joint"] else "lead"
    position = row["position"]
    return Entry(
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
        position=position if isinstance(position, int) else 0,
        quote=_text(row["quote"]),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


# ------------------------------------------------------------------------------------------------ what counts

_PRINTED: tuple[What, ...] = ("action", "numbered", "sentence", "section")


def _sort(entry: Entry, source: Source, switches: Switches) -> tuple[What, bool]:
    """The one sort an entry belongs to, and whether it is counted: what leaves it out decides, else what it is."""
    marks: tuple[tuple[What, bool, bool], ...] = (
        ("study", not source.counted, False),
        ("text", entry.basis == "text", False),
        ("inherited", entry.inherited, switches.inherited),
        ("note", entry.basis == "note", switches.notes),
        ("collective", entry.collective, switches.collectives),
    )
    borne = [(what, counted) for what, applies, counted in marks if applies]
    form: What = next((what for what in _PRINTED if what == entry.form), "sentence")
    return min(borne, key=lambda mark: mark[1], default=(form, True))


def carriers(store: Store, by: By, *, english: bool = False) -> CarriersOf:
    """Give who carries an entry: the body itself, or each of its lines of work, as (uid, name).

    With ``english`` a line of work goes by its English name where it has one; bodies have none.
    """
    if by == "department":
        return lambda entry: ((entry.body, entry.name),)
    functions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.run(lookup("functions_of_bodies")):
        name = (_text(row["name_en"]) if english else "") or _text(row["name"])
        functions[str(row["body"])].append((str(row["uid"]), name))
    return lambda entry: functions.get(entry.body, [(NO_FUNCTION, "")])


HIGHEST: Mapping[Role, int] = {"lead": 0, "joint": 1, "support": 2}


def duties(entries: Iterable[Entry], carriers_of: CarriersOf, holder_of: HolderOf) -> list[Duty]:
    """One duty a carrier and holder, with the highest role (sole lead, joint lead, support), in order of the text."""
    found: dict[tuple[str, str], Duty] = {}
    for entry in entries:
        holder = holder_of(entry)
        ref = entry.ref if holder == entry.holder else entry.ref.rpartition("/")[0]
        for carrier, name in carriers_of(entry):
            duty = Duty(carrier, name, holder, ref, entry.role)
            known = found.setdefault((carrier, holder), duty)
            if HIGHEST[duty.role] < HIGHEST[known.role]:
                found[carrier, holder] = duty
    return list(found.values())


# ------------------------------------------------------------------------------------------------ two readings

_LEAD_VERBS = ("牵头", "主办", "总负责")


def listed(counting: Counting) -> list[Entry]:
    """The entries that stand in a printed list of a counted document, counted themselves or not."""
    return [
        entry
        for entry in counting.entries
        if entry.basis in ("clause", "section") and not entry.inherited and counting.documents[entry.document].counted
    ]


def unled_lists(entries: Iterable[Entry]) -> tuple[int, set[tuple[str, str]]]:
    """How many lists ``entries`` stand in, and those (holder, quote) that name several bodies and no lead."""
    lists: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        lists[entry.holder, entry.quote].append(entry)
    unled = {key for key, members in lists.items() if _is_unled(members)}
    return len(lists), unled


def _is_unled(members: Sequence[Entry]) -> bool:
    return len(members) > 1 and all(
        member.role == "joint" and not any(verb in member.duty for verb in _LEAD_VERBS) for member in members
    )


def by_order(entries: Sequence[Entry], unled: set[tuple[str, str]]) -> list[Entry]:
    """``entries`` where the first listed (and counted) body of a list without a lead leads it and the rest support."""
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.holder, entry.quote)
        first[key] = min(first.get(key, entry.position), entry.position)

    def read(entry: Entry) -> Entry:
        key = (entry.holder, entry.quote)
        if key not in unled:
            return entry
        return replace(entry, role="lead" if entry.position == first[key] else "support")

    return [read(entry) for entry in entries]
