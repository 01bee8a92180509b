"""The terms that measures are compared by: how rare each is, what company it keeps, which themes it shows.

``terms.tsv`` and ``vectors.npy`` are made from 112 plans by ``bench/make_term_table.py``. A graph's own documents do
not change them, so the likeness of two measures never depends on what else is in the graph.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import log2
from operator import itemgetter
from pathlib import Path

import numpy as np
from ahocorasick import Automaton
from numpy.typing import NDArray

from ontology.vocabulary import vocabulary

TERMS = Path(__file__).with_name("terms.tsv")
VECTORS = Path(__file__).with_name("vectors.npy")
_SECOND = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms: ``weights`` (rarity) and ``vectors`` (company) have a row a term."""

    terms: tuple[str, ...]
    weights: NDArray[np.float64]
    vectors: NDArray[np.int8]
    _automaton: Automaton = field(default_factory=Automaton, repr=False)

    def __post_init__(self) -> None:
        for number, term in enumerate(self.terms):
            self._automaton.add_word(term, number)
        self._automaton.make_automaton()

    def terms_in(self, text: str) -> Counter[int]:
        """Which terms a text without white space prints, how often; also terms inside longer ones."""
        return Counter(map(_SECOND, self._automaton.iter(text)))


@cache
def lexicon() -> Lexicon:
    """The shipped terms, read once a process."""
    rows = [line.split("\t") for line in TERMS.read_text(encoding="utf-8").splitlines()]
    return Lexicon(tuple(term for term, _ in rows), np.array([float(weight) for _, weight in rows]), np.load(VECTORS))


@dataclass(frozen=True, slots=True)
class ThemeTerms:
    """The words that show themes; ``count`` themes, numbered in order of their ids."""

    count: int
    automaton: Automaton
    themes: dict[str, tuple[tuple[int, float], ...]]

    def points(self, text: str) -> NDArray[np.float64]:
        """How strongly a text without white space shows each theme; longer words win over those inside them."""
        points = np.zeros(self.count)
        for term, times in Counter(map(_SECOND, self.automaton.iter_long(text))).items():
            for theme, weight in self.themes[term]:
                points[theme] += weight * log2(1 + times)
        return points


@cache
def theme_terms() -> ThemeTerms:
    """The words of ``ontology/themes.ttl``."""
    automaton = Automaton()
    themes: dict[str, list[tuple[int, float]]] = {}
    every = sorted(vocabulary().themes.values(), key=lambda theme: theme.uid)
    for number, theme in enumerate(every):
        for term, weight in theme.terms:
            automaton.add_word(term, term)
            themes.setdefault(term, []).append((number, weight))
    automaton.make_automaton()
    return ThemeTerms(len(every), automaton, {term: tuple(rows) for term, rows in themes.items()})
