"""The responsibilities behind the figures of a workload: who, in which role, where, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from ontology.errors import UsageError
from queries.counting import (
    HIGHEST,
    PLAIN,
    CarriersOf,
    Counting,
    Entry,
    Level,
    Role,
    Switches,
    carriers,
    counting,
)
from queries.lookups import lookup
from queries.rows import Store
from queries.workload_themes import NO_THEME, main_themes

if TYPE_CHECKING:
    import pandas as pd

Row = Literal["department", "function", "theme"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One responsibility as counted: ``of`` is the row of the workload it counts in, by name and uid.

    ``ref`` and ``heading`` are those of the holder's action (``ref`` of the task where it counts there); ``quote`` is
    the clause that gave the highest role.
    """

    city: str
    of: str
    of_uid: str
    body: str
    uid: str
    role: Role
    ref: str
    heading: str
    quote: str
    document: str
    holder: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The responsibilities of one or several rows of a workload."""

    rows: tuple[Listed, ...]
    counting: Counting

    def to_pandas(self) -> pd.DataFrame:
        """``rows`` as a data frame."""
        import pandas as pd

        names = [field.name for field in fields(Listed)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=names)


def responsibilities(
    store: Store,
    *,
    of: str | None = None,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    by: Row = "department",
    switches: Switches = PLAIN,
    english: bool = False,
) -> Listing:
    """Give the responsibilities that a workload counts, by city, row and place, each as often as the row counts it.

    ``of`` keeps the rows of this name or uid or, where there are none, those whose name holds it. ``english`` names
    lines of work and themes in English.

    Raises:
        UsageError: a ``city`` without a document, or an ``of`` that fits no row.
    """
    counts = counting(store, city=city, level=level, switches=switches)
    of_entry = _themed(store, english=english) if by == "theme" else carriers(store, by, english=english)
    wanted = _wanted({row for entry in counts.counted for row in of_entry(entry)}, of)
    headings = {
        str(row["holder"]): str(row["heading"] or "")
        for row in store.run(lookup("headings"), {"documents": list(counts.documents)})
    }
    rows = [
        row
        for place, entries in counts.by_city()
        for row in _listed(place, entries, of_entry, wanted, counts, headings, each_body=by == "theme")
    ]
    return Listing(tuple(rows), counts)


def _themed(store: Store, *, english: bool) -> CarriersOf:
    themes = {
        action: (uid, name_en if english else name) for action, (uid, name, name_en) in main_themes(store).items()
    }
    return lambda entry: (themes.get(entry.action, (NO_THEME, "")),)


def _wanted(rows: set[tuple[str, str]], of: str | None) -> set[str]:
    """The uids of the rows that ``of`` names."""
    if of is None:
        return {uid for uid, _ in rows}
    exact = {uid for uid, name in rows if of in (uid, name)}
    found = exact or {uid for uid, name in rows if of in name}
    if not found:
        raise UsageError(f"no row {of!r} in this workload", advice="the report without --list shows the rows there are")
    return found


def _listed(
    city: str,
    entries: Iterable[Entry],
    of_entry: CarriersOf,
    wanted: set[str],
    counts: Counting,
    headings: dict[str, str],
    *,
    each_body: bool,
) -> list[Listed]:
    """One city's rows; ``each_body`` where a row counts every body of a holder, else it counts the holder once."""
    best: dict[tuple[str, str, str], tuple[str, Entry]] = {}
    for entry in sorted(entries, key=lambda entry: HIGHEST[entry.role]):
        for uid, name in of_entry(entry):
            if uid in wanted:
                key = (uid, entry.body if each_body else "", counts.holder_of(entry))
                best.setdefault(key, (name, entry))
    order = {holder: place for place, holder in enumerate(headings)}
    ordered = sorted(
        best.items(),
        key=lambda item: (
            item[0][0],
            HIGHEST[item[1][1].role],
            order.get(item[1][1].action, 0),
            item[1][1].ref,
            item[1][1].body,
        ),
    )
    return [
        Listed(
            city=city,
            of=name,
            of_uid=uid,
            body=entry.name,
            uid=entry.body,
            role=entry.role,
            ref=entry.ref,
            heading=headings.get(entry.action, ""),
            quote=entry.quote,
            document=counts.documents[entry.document].name,
            holder=holder,
        )
        for (uid, _, holder), (name, entry) in ordered
    ]
