"""Versions: what changed from one plan, or graph, to another: measures, who leads them, and by which number.

Measures are matched one to one inside documents of one place, by the likeness of their headings and texts (Dice's
coefficient of character pairs): two versions of a plan keep their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from queries.measures import Measure, MeasureStore, Promise, measures
from queries.sources import sources

Change = Literal["raised", "lowered", "changed", "gone", "new"]
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Kept:
    """A measure found in both. ``likeness`` 1 means word for word. Leads are names of bodies."""

    before: Measure
    after: Measure
    likeness: float
    leads_gone: tuple[str, ...]
    leads_new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A number that differs. ``raised`` and ``lowered`` speak of what is promised: 3 days instead of 5 is raised."""

    change: Change
    measure: Measure
    before: Promise | None
    after: Promise | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two versions."""

    kept: tuple[Kept, ...]
    added: tuple[Measure, ...]
    dropped: tuple[Measure, ...]
    targets: tuple[TargetChange, ...]


def changes(before: MeasureStore, after: MeasureStore) -> Changes:
    """Compare two graphs."""
    old, new = _by_place(before), _by_place(after)
    if len(old) == len(new) == 1:
        # Two single plans are meant to be compared, also where one of them does not say which place it is of.
        new = {place: next(iter(new.values())) for place in old}
    matched = [pair for place in old for pair in _matched(old[place], new.get(place, ()))]
    kept = tuple(_kept(one, other, likeness) for one, other, likeness in matched)
    gone, found = {one.uid for one, _, _ in matched}, {other.uid for _, other, _ in matched}
    return Changes(
        kept=kept,
        added=tuple(measure for rows in new.values() for measure in rows if measure.uid not in found),
        dropped=tuple(measure for rows in old.values() for measure in rows if measure.uid not in gone),
        targets=tuple(change for row in kept for change in _target_changes(row)),
    )


def _by_place(store: MeasureStore) -> dict[str, list[Measure]]:
    found: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures(store, sources(store)).values():
        found[measure.source.adcode or measure.source.city].append(measure)
    return dict(found)


def _matched(old: Sequence[Measure], new: Sequence[Measure]) -> list[tuple[Measure, Measure, float]]:
    """Pairs that are alike enough, the likest first, each measure in one pair at most, in order of the old text."""
    words = {measure.uid + side: _pairs(measure) for side, rows in (("<", old), (">", new)) for measure in rows}
    found = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            likeness = max(_dice(a, b) for a, b in zip(words[one.uid + "<"], words[other.uid + ">"], strict=True))
            if likeness >= ALIKE:
                whole = _dice(words[one.uid + "<"][1], words[other.uid + ">"][1])
                found.append((-likeness - whole, i, j, likeness if likeness < 1 else max(whole, 0.0)))
    taken: set[str] = set()
    pairs: list[tuple[int, Measure, Measure, float]] = []
    for _, i, j, likeness in sorted(found):
        if not taken & {f"<{i}", f">{j}"}:
            taken |= {f"<{i}", f">{j}"}
            pairs.append((i, old[i], new[j], likeness))
    return [(one, other, likeness) for _, one, other, likeness in sorted(pairs, key=lambda row: row[0])]


def _pairs(measure: Measure) -> tuple[Counter[str], Counter[str]]:
    """Character pairs of the heading and of the whole; a numbered measure has no heading of its own."""
    own = measure.heading if measure.uid == measure.action else ""
    return _bigrams(own), _bigrams(own + measure.text)


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _kept(one: Measure, other: Measure, likeness: float) -> Kept:
    return Kept(
        before=one,
        after=other,
        likeness=likeness,
        leads_gone=tuple(lead for lead in one.leads if lead not in other.leads),
        leads_new=tuple(lead for lead in other.leads if lead not in one.leads),
    )


def _target_changes(row: Kept) -> Iterator[TargetChange]:
    open_ = list(row.after.targets)
    for promise in row.before.targets:
        same = [other for other in open_ if other.indicator == promise.indicator]
        second = min(
            same, key=lambda other: (other.name != promise.name, abs(other.compared - promise.compared)), default=None
        )
        if second is None:
            yield TargetChange("gone", row.before, promise, None)
            continue
        open_.remove(second)
        change = _direction(promise, second)
        if change is not None:
            yield TargetChange(change, row.after, promise, second)
    for promise in open_:
        yield TargetChange("new", row.after, None, promise)


def _direction(one: Promise, other: Promise) -> Change | None:
    if (one.compared, one.value_max, one.op, one.deadline) == (
        other.compared,
        other.value_max,
        other.op,
        other.deadline,
    ):
        return None
    if one.compared == other.compared:
        return "changed"
    more = other.compared > one.compared
    return "raised" if more == (one.direction == "higher") else "lowered"
