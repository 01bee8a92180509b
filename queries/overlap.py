"""Overlap: what several cities do alike, who does it there, by which number, and what only one of them does.

Cities are compared by the shares of their measures, since plans count in units of different size. Studies are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ontology.errors import UsageError
from queries.measures import Likeness, Measure, MeasureStore, Promise, likenesses, measures
from queries.sources import Source, cities_of, sources

LEAST = 0.75
"""The score from which two measures are proposed as alike; see docs/overlap.md for what it holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many measures of a city have a theme, and their share of the city's measures (0–1). ``gap``: none here, while
    at least half of the cities compared have some."""

    theme: str
    city: str
    measures: int
    share: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What a city promises on an indicator that another city promises something on, too.

    ``rank`` 1 promises most (equals share it); None where the number does not compare.
    """

    indicator: str
    city: str
    measure: Measure
    promise: Promise
    rank: int | None


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """Everything about overlap between ``cities``.

    ``pairs`` are all matches at or above ``least``, the likest first; ``alone`` the measures without one;
    ``unnumbered`` the matches of which one side promises a number and the other none; ``differing`` those that other
    lines of work lead.
    """

    cities: tuple[str, ...]
    least: float
    theme: str | None
    sources: tuple[Source, ...]
    pairs: tuple[Likeness, ...]
    cells: tuple[Cell, ...]
    compared: tuple[Compared, ...]
    unnumbered: tuple[Likeness, ...]
    alone: tuple[Measure, ...]
    differing: tuple[Likeness, ...]


def overlap(
    store: MeasureStore,
    *,
    cities: Sequence[str] = (),
    theme: str | None = None,
    least: float = LEAST,
) -> OverlapReport:
    """Compare the plans of ``cities`` (all where none is named), of one ``theme`` where given.

    Raises:
        UsageError: a city without a document in the graph, or a theme that no measure has.
    """
    documents = {uid: source for uid, source in sources(store, list(cities)).items() if source.counted}
    known = measures(store, documents)
    if theme is not None:
        themes = sorted({name for measure in known.values() for name in measure.themes})
        if theme not in themes:
            raise UsageError(
                f"no measure has the theme {theme!r}", advice=f"themes here: {'、'.join(themes) or 'none'}"
            )
        known = {uid: measure for uid, measure in known.items() if theme in measure.themes}
    pairs = [pair for pair in likenesses(store, "OVERLAPS", known, least) if _two_cities(pair)]
    matched = {uid for pair in pairs for uid in (pair.one.uid, pair.other.uid)}
    places = cities_of(documents.values())
    return OverlapReport(
        cities=tuple(places),
        least=least,
        theme=theme,
        sources=tuple(documents.values()),
        pairs=tuple(pairs),
        cells=tuple(_cells(known.values(), places)),
        compared=tuple(_compared(known.values())),
        unnumbered=tuple(_unnumbered(pairs)),
        alone=tuple(measure for uid, measure in known.items() if uid not in matched) if len(places) > 1 else (),
        differing=tuple(
            pair
            for pair in pairs
            if pair.one.functions and pair.other.functions and not set(pair.one.functions) & set(pair.other.functions)
        ),
    )


def _two_cities(pair: Likeness) -> bool:
    one, other = pair.one.source, pair.other.source
    return one.city != other.city or not one.city


def _cells(known: Iterable[Measure], places: Sequence[str]) -> Iterator[Cell]:
    counts = Counter((measure.theme, measure.source.city) for measure in known)
    totals: Counter[str] = Counter()
    for (_, city), count in counts.items():
        totals[city] += count
    themes = sorted({theme for theme, _ in counts}, key=lambda theme: (not theme, -_sum(counts, theme), theme))
    for theme in themes:
        having = sum(counts[theme, city] > 0 for city in places)
        for city in places:
            count = counts[theme, city]
            share = count / totals[city] if totals[city] else 0.0
            yield Cell(theme, city, count, share, bool(theme) and not count and having * 2 >= len(places))


def _sum(counts: Counter[tuple[str, str]], theme: str) -> int:
    return sum(count for (name, _), count in counts.items() if name == theme)


def _compared(known: Iterable[Measure]) -> Iterator[Compared]:
    rows: defaultdict[str, list[tuple[Measure, Promise]]] = defaultdict(list)
    for measure in known:
        for promise in measure.targets:
            rows[promise.indicator].append((measure, promise))
    for indicator, promised in sorted(rows.items()):
        if len({measure.source.city for measure, _ in promised}) < 2:
            continue
        sign = -1 if promised[0][1].direction == "higher" else 1
        better = sorted({sign * promise.compared for _, promise in promised if promise.strict})
        yield from sorted(
            (
                Compared(
                    indicator,
                    measure.source.city,
                    measure,
                    promise,
                    1 + sum(sign * p.compared < sign * promise.compared for _, p in promised if p.strict)
                    if promise.strict and better
                    else None,
                )
                for measure, promise in promised
            ),
            key=lambda row: (row.rank is None, row.rank or 0, row.city, row.measure.uid),
        )


def _unnumbered(pairs: Iterable[Likeness]) -> Iterator[Likeness]:
    """Matches of which only one side promises a number, that side first."""
    for pair in pairs:
        if bool(pair.one.targets) != bool(pair.other.targets):
            yield pair if pair.one.targets else pair.turned
