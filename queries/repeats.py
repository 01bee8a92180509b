"""Repeats: what one plan says twice, and whether it says the same both times: other leads, other numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queries.measures import Likeness, Measure, MeasureStore, Promise, likenesses, measures
from queries.sources import sources


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two places of one plan that do the same.

    ``other_leads``: each names a lead, and not the same ones. ``other_numbers`` are pairs of targets on one indicator
    whose numbers disagree.
    """

    pair: Likeness
    other_leads: bool
    other_numbers: tuple[tuple[Promise, Promise], ...]


def repeats(store: MeasureStore, *, cities: Sequence[str] = (), least: float = 0.0) -> list[Repeat]:
    """Give the repetitions inside each plan of ``cities`` (all where none is named), those that disagree first.

    Raises:
        UsageError: a city without a document in the graph.
    """
    known = measures(store, sources(store, list(cities)))
    found = [
        Repeat(pair, _other_leads(pair.one, pair.other), tuple(_other_numbers(pair.one, pair.other)))
        for pair in likenesses(store, "REPEATS", known, least)
    ]
    return sorted(
        found, key=lambda repeat: (repeat.pair.one.source.city, not repeat.other_numbers, not repeat.other_leads)
    )


def _other_leads(one: Measure, other: Measure) -> bool:
    return bool(one.leads and other.leads) and set(one.leads) != set(other.leads)


def _other_numbers(one: Measure, other: Measure) -> Iterator[tuple[Promise, Promise]]:
    for promise in one.targets:
        for second in other.targets:
            same = promise.indicator == second.indicator and promise.strict and second.strict
            if same and (promise.compared, promise.op) != (second.compared, second.op):
                yield promise, second
