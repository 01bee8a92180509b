"""Absence: what a plan would lose without one body, which actions stand without a lead or support, and who waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from queries.counting import (
    PLAIN,
    Behind,
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
from queries.dependencies import Web
from queries.lookups import lookup
from queries.network import single_points
from queries.rows import Store

if TYPE_CHECKING:
    import pandas as pd

Effect = Literal["no lead", "fewer leads", "no support", "less support"]

_ORDER: tuple[Effect, ...] = ("no lead", "no support", "fewer leads", "less support")


@dataclass(frozen=True, slots=True)
class Loss:
    """A holder (action, task or heading; at level ``action`` an action) that names the body.

    ``effect``: ``no lead`` is left, or ``fewer leads``; as a support ``no support`` is left, or ``less support``.
    ``leads`` and ``supports`` are the counted bodies that remain, in order of their names' uids. ``heading`` is that of
    the action.
    """

    city: str
    document: str
    ref: str
    heading: str
    uid: str
    effect: Effect
    leads: tuple[str, ...]
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lead that asks the body for support.

    ``entries`` it leads with support, ``asks`` of them with that of the body (``share``, 0–1), ``only`` of these with
    no other support.
    """

    city: str
    lead: str
    uid: str
    entries: int
    asks: int
    share: float
    only: int


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """What is lost without the body ``uid``: holders by effect, leads that wait for it, bodies it alone ties in."""

    uid: str
    name: str
    level: Level
    reading: Reading
    switches: Switches
    losses: tuple[Loss, ...]
    waiting: tuple[Waiting, ...]
    cut_off: tuple[tuple[str, str], ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``losses`` as a data frame, a row a holder."""
        import pandas as pd

        names = [field.name for field in fields(Loss)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.losses], columns=names)


def absence(
    store: Store,
    body: str,
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    reading: Reading = "joint",
    switches: Switches = PLAIN,
) -> AbsenceReport:
    """Give what is lost without the body of uid ``body``; the other arguments are those of ``dependencies``.

    Only holders count in which the body counts; documents that do not name it are left out of the report.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    counts = counting(store, city=city, level=level, switches=switches, reading=reading)
    naming = {entry.document for entry in counts.counted if entry.body == body}
    losses: list[Loss] = []
    waiting: list[Waiting] = []
    cut_off: list[tuple[str, str]] = []
    merged = 0
    for place, entries in counts.by_city():
        if not any(entry.body == body for entry in entries):
            continue
        web = Web.of(place, entries, carriers(store, "department"), counts)
        merged += web.merged
        losses += _losses(store, place, entries, body, counts)
        waiting += _waiting(web, body)
        lost = single_points(len(web.uids), list(web.ties)).get(web.uids.index(body), [])
        cut_off += [(place, web.names[node]) for node in lost]
    return AbsenceReport(
        uid=body,
        name=next((entry.name for entry in counts.entries if entry.body == body), body),
        level=level,
        reading=reading,
        switches=switches,
        losses=tuple(losses),
        waiting=tuple(waiting),
        cut_off=tuple(cut_off),
        documents=tuple(row for row in counts.behind() if row.source.uid in naming),
        counting=counts.tally(merged),
    )


def _losses(store: Store, city: str, entries: Sequence[Entry], body: str, counts: Counting) -> list[Loss]:
    held: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties(entries, lambda entry: ((entry.body, entry.name),), counts.holder_of):
        held[duty.holder].append(duty)
    first = {counts.holder_of(entry): entry for entry in reversed(entries)}
    documents = sorted({entry.document for entry in entries})
    headings = {str(row["holder"]): row["heading"] for row in store.run(lookup("headings"), {"documents": documents})}
    rows = [
        Loss(
            city=city,
            document=counts.documents[first[holder].document].name,
            ref=named[0].ref,
            heading=str(headings.get(first[holder].action) or ""),
            uid=holder,
            effect=_effect(named, body),
            leads=_remaining(named, body, lead=True),
            supports=_remaining(named, body, lead=False),
        )
        for holder, named in held.items()
        if any(duty.carrier == body for duty in named)
    ]
    return sorted(rows, key=lambda row: _ORDER.index(row.effect))


def _effect(named: Sequence[Duty], body: str) -> Effect:
    leads = any(duty.carrier == body and duty.role != "support" for duty in named)
    if leads:
        return "fewer leads" if _remaining(named, body, lead=True) else "no lead"
    return "less support" if _remaining(named, body, lead=False) else "no support"


def _remaining(named: Iterable[Duty], body: str, *, lead: bool) -> tuple[str, ...]:
    others = (duty for duty in named if duty.carrier != body and (duty.role != "support") == lead)
    return tuple(duty.name for duty in sorted(others, key=lambda duty: duty.carrier))


def _waiting(web: Web, body: str) -> list[Waiting]:
    asked = web.uids.index(body)
    led = web.asking()
    others: dict[int, set[str]] = defaultdict(set)
    for (lead, support), entries in web.asks.items():
        others[lead].update(entries if support != asked else ())
    rows = [
        Waiting(
            city=web.city,
            lead=web.names[lead],
            uid=web.uids[lead],
            entries=len(led[lead]),
            asks=len(entries),
            share=len(entries) / len(led[lead]),
            only=len(entries.keys() - others[lead]),
        )
        for (lead, support), entries in web.asks.items()
        if support == asked
    ]
    return sorted(rows, key=lambda row: (-row.asks, -row.only, row.uid))
