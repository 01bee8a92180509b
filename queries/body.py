"""Bodies: everything that one body, or one line of work over all cities, leads, leads jointly or supports.

Each item is one responsibility, with what it is about, when it is due, by which number, with whom, by which instrument,
and the sentence that says so. Which of them count is :mod:`queries.counting`'s; duties stated in running text are
listed and never counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from queries.counting import (
    HIGHEST,
    PLAIN,
    Behind,
    Counted,
    Counting,
    Entry,
    Level,
    Role,
    Switches,
    counting,
    duties,
)
from queries.lookups import lookup
from queries.numbers import printed_number
from queries.rows import Store
from queries.sources import Source, sources
from queries.workload import Load, city_loads

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Promised:
    """A target: what it measures, the number as printed (≥95%), by when, and the words that promise it."""

    name: str
    number: str
    deadline: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One responsibility of a body.

    ``role`` is the highest under this holder; ``counted`` is False for duties stated in running text. ``heading`` is
    that of the action (or section), ``text`` that of the task, None where the action itself is meant. ``due`` is the
    time limit printed for it. ``leads`` and ``supports`` name the other counted bodies of the holder. ``targets`` and
    ``instruments`` are those of the holder; an action answers for its tasks that name no body themselves. ``theme`` is
    the main one of the action, empty where none was sure enough.
    """

    source: Source
    body: str
    uid: str
    role: Role
    basis: str
    counted: bool
    ref: str
    heading: str
    text: str | None
    theme: str
    theme_en: str
    due: str | None
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    targets: tuple[Promised, ...]
    instruments: tuple[str, ...]
    quote: str
    holder: str


@dataclass(frozen=True, slots=True)
class BodyReport:
    """What some bodies are responsible for: their items by city, role and place, and their load in each city."""

    switches: Switches
    items: tuple[Item, ...]
    loads: tuple[Load, ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``items`` as a data frame, one row an item; the source as its uid."""
        import pandas as pd

        names = [field.name for field in fields(Item) if field.name != "source"]
        rows = [[item.source.uid, *(getattr(item, name) for name in names)] for item in self.items]
        return pd.DataFrame(rows, columns=["document", *names])


def body_report(
    store: Store,
    bodies: Collection[str],
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    switches: Switches = PLAIN,
) -> BodyReport:
    """Give what the bodies of these uids are responsible for in the plans of ``city`` (all where none is given).

    ``loads`` has their counts, share and rank among all bodies of each city, at ``level``; items stand where they are
    printed. ``documents`` are those that name one of them.

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    wanted = set(bodies)
    counts = counting(store, city=_cities_naming(store, bodies, city) or city, level=level, switches=switches)
    loads = []
    merged = 0
    for place, entries in counts.by_city():
        borne = duties(entries, lambda entry: ((entry.body, entry.name),), counts.holder_of)
        merged += len(entries) - len(borne)
        named: dict[str, int] = defaultdict(int)
        for duty in borne:
            named[duty.holder] += 1
        solo = [duty for duty in borne if duty.role == "lead" and named[duty.holder] == 1]
        loads += [load for load in city_loads(place, borne, solo) if load.uid in wanted]
    items = tuple(_items(store, counts, wanted))
    naming = {item.source.uid for item in items}
    return BodyReport(
        switches,
        items,
        tuple(loads),
        tuple(row for row in counts.behind() if row.source.uid in naming),
        counts.tally(merged),
    )


def _cities_naming(store: Store, bodies: Collection[str], city: str | Sequence[str] | None) -> tuple[str, ...]:
    """The cities, of those asked for, that name one of the bodies: only they need to be counted."""
    documents = sources(store, city)
    naming = {
        str(row["document"])
        for holders in ("sections", "actions", "tasks")
        for row in store.run(lookup(f"documents_naming_in_{holders}"), {"bodies": sorted(bodies)})
    }
    return tuple(dict.fromkeys(source.city for uid, source in documents.items() if uid in naming))


def bodies_of(store: Store, function: str) -> list[str]:
    """Give the uids of the bodies that do a line of work."""
    return [str(row["body"]) for row in store.run(lookup("functions_of_bodies")) if row["uid"] == function]


# ------------------------------------------------------------------------------------------------ items


def _items(store: Store, counts: Counting, wanted: set[str]) -> Iterable[Item]:
    counted = [entry for entry in counts.counted if entry.body in wanted]
    stated = [
        entry
        for entry in counts.entries
        if entry.basis == "text" and entry.body in wanted and counts.documents[entry.document].counted
    ]
    highest: dict[tuple[str, str, bool], Entry] = {}
    for entry in sorted((*counted, *stated), key=lambda entry: HIGHEST[entry.role]):
        highest.setdefault((entry.body, entry.holder, entry.basis == "text"), entry)
    beside = _Beside(counts)
    around = _Around(store, counts, highest.values(), beside)
    places = {uid: place for place, uid in enumerate(counts.documents)}
    for entry in sorted(
        highest.values(),
        key=lambda entry: (
            counts.documents[entry.document].adcode,
            counts.documents[entry.document].city,
            entry.basis == "text",
            HIGHEST[entry.role],
            places[entry.document],
            around.place(entry),
            entry.body,
        ),
    ):
        yield around.item(entry)


class _Beside:
    """Who else is named by a holder, and which holders name anybody."""

    def __init__(self, counts: Counting) -> None:
        self._held: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in sorted(counts.counted, key=lambda entry: HIGHEST[entry.role]):
            self._held[entry.holder].setdefault(entry.body, entry)

    def names(self, entry: Entry, *, lead: bool) -> tuple[str, ...]:
        others = (other for body, other in self._held.get(entry.holder, {}).items() if body != entry.body)
        alike = (other for other in others if (other.role != "support") == lead)
        return tuple(other.name for other in sorted(alike, key=lambda other: (other.position, other.body)))

    def is_named(self, holder: str) -> bool:
        return holder in self._held


class _Around:
    """What a graph says around some entries: words, themes, time limits, targets, instruments."""

    def __init__(self, store: Store, counts: Counting, entries: Collection[Entry], beside: _Beside) -> None:
        self._documents, self._beside = counts.documents, beside
        actions = sorted({entry.action for entry in entries})
        documents = sorted({entry.document for entry in entries})
        self._headings = {
            str(row["holder"]): _text(row["heading"]) for row in store.run(lookup("headings"), {"documents": documents})
        }
        self._order = {uid: place for place, uid in enumerate(self._headings)}
        self._actions: dict[str, Mapping[str, object]] = {}
        for row in store.run(lookup("themes_of_actions")):
            if row["main"] or str(row["action"]) not in self._actions:
                self._actions[str(row["action"])] = row
        self._tasks = {str(row["task"]): row for row in store.run(lookup("words_of_actions"), {"actions": actions})}
        unnamed: dict[str, list[str]] = defaultdict(list)
        for uid, row in self._tasks.items():
            if not beside.is_named(uid):
                unnamed[str(row["action"])].append(uid)
        self._answers_for = {
            entry.holder: [entry.holder, *(unnamed[entry.holder] if entry.holder == entry.action else ())]
            for entry in entries
        }
        holders = sorted({uid for uids in self._answers_for.values() for uid in uids})
        self._targets: dict[str, list[Promised]] = defaultdict(list)
        for row in store.run(lookup("targets_set"), {"holders": holders}):
            self._targets[str(row["holder"])].append(
                Promised(_text(row["name"]), printed_number(row), _text(row["deadline"]) or None, _text(row["quote"]))
            )
        self._instruments: dict[str, list[str]] = defaultdict(list)
        for row in store.run(lookup("instruments_cited"), {"holders": holders}):
            self._instruments[str(row["holder"])].append(_text(row["name"]))

    def place(self, entry: Entry) -> tuple[int, int]:
        """Where an entry stands in its document: its action, and the task in it."""
        task = self._tasks.get(entry.holder)
        order = task["place"] if task else 0
        return self._order.get(entry.action, 0), order if isinstance(order, int) else 0

    def item(self, entry: Entry) -> Item:
        """One entry with all that is around it."""
        task = self._tasks.get(entry.holder)
        action = self._actions.get(entry.action, {})
        themed = action if action.get("main") else {}
        answers_for = self._answers_for[entry.holder]
        return Item(
            source=self._documents[entry.document],
            body=entry.name,
            uid=entry.body,
            role=entry.role,
            basis=entry.basis,
            counted=entry.basis != "text",
            ref=entry.ref,
            heading=self._headings.get(entry.action, ""),
            text=_text(task["text"]) if task else None,
            theme=_text(themed.get("theme_name")),
            theme_en=_text(themed.get("theme_name_en") or themed.get("theme_name")),
            due=_text((task or {}).get("due") or action.get("due")) or None,
            leads=self._beside.names(entry, lead=True),
            supports=self._beside.names(entry, lead=False),
            targets=tuple(target for uid in answers_for for target in self._targets[uid]),
            instruments=tuple(dict.fromkeys(name for uid in answers_for for name in self._instruments[uid])),
            quote=entry.quote,
            holder=entry.holder,
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)
