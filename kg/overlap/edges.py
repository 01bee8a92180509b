"""From a graph's rows to its OVERLAPS and REPEATS edges, each with what is shared and the two sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from kg.overlap.matching import (
    RARE,
    SAID,
    Measured,
    Numbers,
    Values,
    best_of_groups,
    measured,
    pairs,
    pairs_of_documents,
    repetitions,
    scored,
)
from kg.overlap.terms import lexicon
from kg.overlap.units import Sentence, Unit, units
from kg.records import GraphRecords, Row
from queries.measures import KEPT

#: Where measures are compared anew, pairs from this score on are given; a graph keeps those from KEPT on.
FLOOR = 0.001
#: The best counterparts a measure keeps in all, the fewer the larger the graph, so that it stays small; a quarter of
#: them, but not fewer than three, in one city.
ALTOGETHER = range(4, 80)
EDGES = 20_000
PER_CITY = 3
# A term as rare as one action in eight may be shown as shared; commoner ones say nothing.
_TELLING = 2.0
_SHOWN = 8


def with_overlaps(records: GraphRecords) -> GraphRecords:
    """The same graph with OVERLAPS and REPEATS. The score of a pair depends on the two measures alone."""
    names = {
        str(row["uid"]): str(row["name"]) for label in ("Indicator", "Function") for row in records.nodes.get(label, ())
    }
    edges = {**records.edges, **likenesses(units(records), names)}
    return replace(records, edges=dict(sorted(edges.items())))


def likenesses(
    every: Sequence[Unit], names: Mapping[str, str], *, of_each_document: int | None = None
) -> dict[tuple[str, str, str], list[Row]]:
    """Give the rows of both relations by (source label, relation, target label).

    ``names`` has the name of each indicator and line of work by its uid. With ``of_each_document`` a measure is
    compared with so many of every other document, the likest by terms, themes and company, and all pairs from ``FLOOR``
    on are given; else those that a graph keeps.
    """
    if not every:
        return {}
    data, shown = measured(every), _Shown()
    between = _kept(data) if of_each_document is None else _all(data, of_each_document)
    within = _grouped(data, "REPEATS", *repetitions(data))
    return {
        key: [_row(every[i], every[j], score, names, choose(every[i], every[j])) for i, j, score in rows]
        for found, choose in ((between, shown.most_shared), (within, shown.said_twice))
        for key, rows in found.items()
    }


_Found = dict[tuple[str, str, str], list[tuple[int, int, float]]]


def _kept(data: Measured) -> _Found:
    left, right, found = _from(KEPT, data, *pairs(data))
    kept = np.zeros(len(found), dtype=bool)
    cities = int(data.cities.max(initial=0)) + 1
    most = min(max(EDGES // len(data.units), ALTOGETHER.start), ALTOGETHER.stop)
    for here, there in ((left, right), (right, left)):
        nearest = best_of_groups(here * cities + data.cities[there], found, there, max(PER_CITY, most // 4))
        kept[nearest[best_of_groups(here[nearest], found[nearest], there[nearest], most)]] = True
    return _grouped(data, "OVERLAPS", left[kept], right[kept], found[kept])


def _all(data: Measured, of_each_document: int) -> _Found:
    return _grouped(data, "OVERLAPS", *_from(FLOOR, data, *pairs_of_documents(data, of_each_document)))


def _from(least: float, data: Measured, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Values]:
    found = scored(data, left, right)
    high = found >= least
    return left[high], right[high], found[high]


def _grouped(data: Measured, relation: str, left: Numbers, right: Numbers, found: Values) -> _Found:
    grouped: _Found = {}
    for i, j, score in zip(left.tolist(), right.tolist(), found.tolist(), strict=True):
        # Units are in order of document and text; across documents the smaller uid is the source.
        if relation == "OVERLAPS" and data.units[i].uid > data.units[j].uid:
            i, j = j, i
        grouped.setdefault((data.units[i].label, relation, data.units[j].label), []).append((i, j, score))
    return {
        key: sorted(rows, key=lambda row: (data.units[row[0]].uid, data.units[row[1]].uid))
        for key, rows in grouped.items()
    }


_Choice = tuple[Sentence | None, Sentence | None, list[str]]
"""A sentence of each side, and the terms both print, the rarest first, none inside another."""


def _row(one: Unit, other: Unit, score: float, names: Mapping[str, str], chosen: _Choice) -> Row:
    source, target, shared = chosen
    return {
        "source": one.uid,
        "target": other.uid,
        "score": round(score, 4),
        "shared": shared,
        "same_indicators": _named(one.indicators & other.indicators, names),
        "same_functions": _named(one.lead_functions & other.lead_functions, names),
        "source_quote": source.text if source else None,
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "target_quote": target.text if target else None,
        "target_start": target.start if target else None,
        "target_end": target.end if target else None,
    }


def _named(uids: frozenset[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names[uid] for uid in uids)


@dataclass(slots=True)
class _Shown:
    """Which sentences to show for a pair; what a sentence's telling terms are is looked up once."""

    known: dict[str, frozenset[int]] = field(default_factory=dict)

    def most_shared(self, one: Unit, other: Unit) -> _Choice:
        """The two sentences whose common terms tell most."""
        return self._likest(one, other, lambda both, either: sum(map(_weights().__getitem__, both)))

    def said_twice(self, one: Unit, other: Unit) -> _Choice:
        """The two sentences that say the same with the greatest part of their words."""

        def share(both: frozenset[int], either: frozenset[int]) -> float:
            told = _rarity(both)
            return told / _rarity(either) if told >= SAID else 0.0

        return self._likest(one, other, share)

    def _likest(self, one: Unit, other: Unit, value_of: Callable[[frozenset[int], frozenset[int]], float]) -> _Choice:
        best: tuple[float, Sentence | None, Sentence | None, frozenset[int]] = (-1.0, None, None, frozenset())
        others = [(sentence, self._telling(sentence.text)) for sentence in other.sentences]
        for sentence in one.sentences:
            here = self._telling(sentence.text)
            for counterpart, there in others:
                both = here & there
                value = value_of(both, here | there)
                if value > best[0]:
                    best = (value, sentence, counterpart, both)
        return best[1], best[2], _words(best[3])

    def _telling(self, text: str) -> frozenset[int]:
        if text not in self.known:
            weights = _weights()
            self.known[text] = frozenset(term for term in lexicon().terms_in(text) if weights[term] >= _TELLING)
        return self.known[text]


def _rarity(terms: frozenset[int]) -> float:
    return sum(max(0.0, _weights()[term] - RARE) for term in terms)


@cache
def _weights() -> list[float]:
    weights: list[float] = lexicon().weights.tolist()
    return weights


@cache
def _ranks() -> list[int]:
    """The rank of every term by how much it tells: rare and long first."""
    words = lexicon()
    order = sorted(range(len(words.terms)), key=lambda term: -_weights()[term] * len(words.terms[term]) ** 0.5)
    ranks = [0] * len(order)
    for rank, term in enumerate(order):
        ranks[term] = rank
    return ranks


def _words(terms: frozenset[int]) -> list[str]:
    names = lexicon().terms
    kept: list[str] = []
    for term in sorted(terms, key=_ranks().__getitem__):
        word = names[term]
        if not any(word in longer for longer in kept):
            kept = [shorter for shorter in kept if shorter not in word]
            kept.append(word)
            if len(kept) == _SHOWN:
                break
    return kept
