"""Make the table of terms that overlap is measured with, from the folder of field plans.

    python bench/make_term_table.py ../shared/field

Writes ``kg/overlap/terms.tsv`` (term and weight) and ``kg/overlap/vectors.npy`` (a row a term). A term is a run of two
to eight characters that actions of three cities print and whose neighbours vary on both sides, so that it stands for
itself; the words that show themes are terms, too. Its weight is its rarity, ln((N + 1) / (n + 1)) for n of N actions.
Its vector says which terms it keeps company with: latent semantic analysis of actions by terms (Deerwester et al.
1990), whole numbers of one byte.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np

from kg.overlap.terms import TERMS, VECTORS, Lexicon
from loaders.files import find_files
from loaders.flat import squeezed
from loaders.reader import read_file
from ontology.vocabulary import vocabulary

LONGEST = 8
ACTIONS = CITIES = 3
VARIETY = 1.2
DIMENSIONS = 24
COMMON = 2.0
RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+×]+")
NEVER_FIRST = "的和与及等了在将对为以到从被是有其并或各于个项点中"
NEVER_LAST = "的和与及等将对为以在于或各并一是有其把"


def plans(folder: Path) -> list[tuple[str, list[list[str]]]]:
    """The place of every document and its actions, each as heading and sentences."""
    read = [read_file(path) for path in find_files([folder])]
    return [
        (
            document.facts.city or document.facts.province or document.facts.file,
            [
                [squeezed(action.heading), *(squeezed(task.text) for task in action.tasks)]
                for action in document.actions
            ],
        )
        for document in read
    ]


def pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Every possible term of a text with the characters on its left and right."""
    for run in RUN.finditer(text):
        inside = f"^{run.group()}$"
        for start in range(1, len(inside) - 1):
            for end in range(start + 2, min(start + LONGEST, len(inside) - 1) + 1):
                yield inside[start:end], inside[start - 1], inside[end]


def variety(neighbours: Counter[str]) -> float:
    """Entropy of the neighbours; ends of a run count as all different."""
    total = sum(neighbours.values())
    return sum(n / total * (log(total) if char in "^$" else log(total / n)) for char, n in neighbours.items())


def weights(read: list[tuple[str, list[list[str]]]]) -> dict[str, float]:
    """The terms and how rare each is."""
    actions: Counter[str] = Counter()
    places: defaultdict[str, set[str]] = defaultdict(set)
    for place, texts in read:
        for action in texts:
            for term in {term for text in action for term, _, _ in pieces(text)}:
                actions[term] += 1
                places[term].add(place)
    kept = {term for term, n in actions.items() if n >= ACTIONS and len(places[term]) >= CITIES}
    left: defaultdict[str, Counter[str]] = defaultdict(Counter)
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, texts in read:
        for term, before, after in (piece for action in texts for text in action for piece in pieces(text)):
            if term in kept:
                left[term][before] += 1
                right[term][after] += 1
    free = {term for term in kept if min(variety(left[term]), variety(right[term])) >= VARIETY}
    free = {term for term in free if term[0] not in NEVER_FIRST and term[-1] not in NEVER_LAST}
    free = {term for term in free if not any(char.isdigit() for char in term)}
    free |= {term for theme in vocabulary().themes.values() for term, _ in theme.terms}
    total = sum(len(texts) for _, texts in read)
    return {term: log((total + 1) / (max(actions[term], 2) + 1)) for term in sorted(free)}


def vectors(read: list[tuple[str, list[list[str]]]], rarity: dict[str, float]) -> np.ndarray:
    """The company of every term."""
    lexicon = Lexicon(tuple(rarity), np.array(list(rarity.values())), np.zeros((len(rarity), DIMENSIONS), np.int8))
    texts = ["。".join(action) for _, actions in read for action in actions]
    matrix = np.zeros((len(texts), len(rarity)))
    for row, text in enumerate(texts):
        for term, count in lexicon.terms_in(text).items():
            if lexicon.weights[term] > COMMON:
                matrix[row, term] = lexicon.weights[term] * (1 + log(count))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9
    values, sides = np.linalg.eigh(matrix @ matrix.T)
    best = np.argsort(-values)[:DIMENSIONS]
    found = (matrix.T @ sides[:, best]) / np.sqrt(values[best])
    # The sign of an axis is arbitrary; the largest entry is positive, so that every run writes the same bytes.
    found *= np.sign(found[np.abs(found).argmax(axis=0), np.arange(DIMENSIONS)])
    scale = np.quantile(np.abs(found), 0.999)
    return np.clip(np.round(found / scale * 127), -127, 127).astype(np.int8)


def main(folder: Path) -> None:
    read = plans(folder)
    rarity = weights(read)
    TERMS.write_text("".join(f"{term}\t{weight:.2f}\n" for term, weight in rarity.items()), encoding="utf-8")
    np.save(VECTORS, vectors(read, rarity))
    print(f"{len(rarity)} terms, {TERMS.stat().st_size} and {VECTORS.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
