"""How alike two measures are, 0 to 1, and which pairs are worth asking about. Never all pairs.

Candidates come from an inverted index: for every measure those that share the rarest terms with it, as a product of
sparse matrices over blocks of rows. Each candidate pair then gets eight features and a score, the probability that a
careful reader calls the two the same subject. Blocks are worked on in threads: the libraries let go of Python for that.
Weights are fitted by ``bench/fit_overlap.py`` on pairs annotated by hand; ``docs/overlap.md`` has the figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.overlap.terms import lexicon, theme_terms
from kg.overlap.units import Unit

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
Vectors = NDArray[np.float32]
Pairs = tuple[Numbers, Numbers]
In = TypeVar("In")
Out = TypeVar("Out")

FEATURES = (
    "shared terms", "shared terms of the actions", "lead functions", "functions", "own affairs",
    "likest sentences", "company of the actions", "themes of sentences",
)  # fmt: skip
WEIGHTS = (0.471, 0.674, 1.314, 1.462, -2.968, 2.416, 3.008, 1.886)
INTERCEPT = -8.106

#: A term that more than one action in twenty prints tells nothing.
RARE = 3.0
#: Two sentences say much the same from this share of their rare words on, where these are more than a set phrase.
SAME_WORDS = 0.55
SAID = 4.0

_COMPANY = 2.0
# What half of the counterparts print may still lead to them.
_FINDS = 1.5
# Points of a theme as in kg.resolve.themes: a heading names the subject, a body illustrates it, sections frame it.
_HEADING, _BODY, _SECTION, _SECTION_ABOVE = 3.0, 12.0, 0.6, 0.5
_CANDIDATES = 80
_OF_ACTION = 0.5
# What themes and company count for beside the terms, where all pairs are looked at.
_OF_KIND = 2.0
_MOST_PLACES = 150
_BLOCK = 512
_PAIRS = 1 << 14
_WORKERS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """All units as numbers: a row a unit, or a row a sentence with ``first`` saying where a unit's sentences begin."""

    units: Sequence[Unit]
    terms: sparse.csr_matrix
    found_by: sparse.csr_matrix
    action_terms: sparse.csr_matrix
    action_of: Numbers
    action_company: Vectors
    lead: sparse.csr_matrix
    functions: sparse.csr_matrix
    own_affairs: Values
    first: Numbers
    sentence_terms: sparse.csr_matrix
    sentence_company: Vectors
    sentence_themes: Vectors
    themes: Vectors
    documents: Numbers
    cities: Numbers


def measured(units: Sequence[Unit]) -> Measured:
    """Everything about the units that pairs are compared by."""
    words, themes = lexicon(), theme_terms()
    sentence_rows: list[dict[int, int]] = []
    sentence_themes: list[Values] = []
    own_terms: list[dict[int, int]] = []
    theme_rows: list[Values] = []
    first = [0]
    points: dict[str, Values] = {}

    def theme_points(text: str) -> Values:
        if text not in points:
            points[text] = themes.points(text)
        return points[text]

    actions: dict[str, int] = {}
    action_terms: list[dict[int, int]] = []
    action_of: list[int] = []
    for unit in units:
        head = words.terms_in(unit.heading)
        total: dict[int, int] = {} if unit.label == "Task" else dict(head)
        if unit.action not in actions:
            actions[unit.action] = len(action_terms)
            action_terms.append(dict(head))
        whole = action_terms[actions[unit.action]]
        action_of.append(actions[unit.action])
        for sentence in unit.sentences:
            found = words.terms_in(sentence.text)
            sentence_rows.append(found)
            sentence_themes.append(themes.points(sentence.text))
            for term, count in found.items():
                total[term] = total.get(term, 0) + count
                whole[term] = whole.get(term, 0) + count
        body = themes.points(unit.text)
        row = _HEADING * theme_points(unit.heading) + _BODY * body / (body.sum() or 1.0)
        scale = _SECTION
        for heading in unit.above:
            row = row + scale * theme_points(heading)
            scale *= _SECTION_ABOVE
        own_terms.append(total)
        theme_rows.append(row)
        first.append(len(sentence_rows))
    width = len(words.terms)
    company = np.where(words.weights > _COMPANY, words.weights, 0.0)[:, None] * words.vectors
    own, whole, sentence = (_matrix(rows, width) for rows in (own_terms, action_terms, sentence_rows))
    of = np.array(action_of, dtype=np.int64)
    return Measured(
        units=units,
        terms=_shared(own, words.weights - RARE),
        # A numbered measure of few words is found by the rest of its action, too.
        found_by=(
            _shared(own, words.weights - _FINDS) + _OF_ACTION * _shared(whole, words.weights - _FINDS)[of]
        ).tocsr(),
        action_terms=_shared(whole, words.weights - RARE),
        action_of=of,
        action_company=_unit_length(_logged(whole) @ company),
        lead=_sets([unit.lead_functions for unit in units]),
        functions=_sets([unit.functions for unit in units]),
        own_affairs=np.array([unit.own_affairs for unit in units], dtype=float),
        first=np.array(first, dtype=np.int64),
        sentence_terms=_shared(sentence, words.weights - RARE),
        sentence_company=_unit_length(_logged(sentence) @ company),
        sentence_themes=_unit_length(np.array(sentence_themes).reshape(-1, themes.count)),
        themes=_unit_length(np.array(theme_rows).reshape(-1, themes.count)),
        documents=_numbered([unit.document for unit in units]),
        cities=_numbered([unit.city for unit in units]),
    )


def pairs(data: Measured) -> Pairs:
    """Candidate pairs (i, j) of two documents, i < j, each once: every measure's likest by the terms that find it."""
    index, length = _index(data.found_by), _lengths(data.found_by)

    def best(start: int) -> Numbers:
        product = (data.found_by[start : start + _BLOCK] @ index).tocsr()
        rows = np.repeat(np.arange(start, start + product.shape[0]), np.diff(product.indptr))
        columns = product.indices.astype(np.int64)
        values = np.where(data.documents[rows] != data.documents[columns], product.data / length[columns], 0.0)
        places = _best_of_rows(product.indptr, values, _CANDIDATES)
        return _keys(rows[places], columns[places], len(data.units))

    return _each_once(_threaded(best, range(0, len(data.units), _BLOCK)), len(data.units))


def pairs_of_documents(data: Measured, most: int) -> Pairs:
    """All pairs (i, j) of two documents, i < j, where ``most`` lets them: for every measure the ``most`` likest of each
    other document, by the terms that find it, by themes and by company.

    This looks at all pairs of measures; it is for some documents, not for a build.
    """
    index, company = data.found_by.T.tocsr(), data.action_company[data.action_of]
    borders = list(pairwise(_borders(data.documents).tolist()))

    def best(start: int) -> Numbers:
        block = slice(start, start + _BLOCK)
        likeness = np.log1p((data.found_by[block] @ index).toarray())
        likeness += _OF_KIND * (data.themes[block] @ data.themes.T + company[block] @ company.T)
        found = []
        for begin, end in borders:
            near = likeness[:, begin:end]
            if end - begin > most:
                columns = np.argpartition(near, end - begin - most, axis=1)[:, end - begin - most :]
            else:
                columns = np.broadcast_to(np.arange(end - begin), near.shape)
            rows = np.repeat(np.arange(len(near)), columns.shape[1]) + start
            other = data.documents[rows] != data.documents[begin]
            found.append(_keys(rows[other], columns.ravel()[other] + begin, len(data.units)))
        return np.concatenate(found)

    return _each_once(_threaded(best, range(0, len(data.units), _BLOCK)), len(data.units))


def repetitions(data: Measured) -> tuple[Numbers, Numbers, Values]:
    """Pairs (i, j) of one document, i < j, in which a sentence of each says much the same, with how much.

    That is how much the rare terms that both sentences print tell, over how much all they print tell (0–1). A score as
    between documents would not do: two places of one plan share its subject, its bodies and its words.
    """
    unit_of = np.repeat(np.arange(len(data.units)), np.diff(data.first))
    weight = np.asarray(data.sentence_terms.multiply(data.sentence_terms).sum(axis=1)).ravel()
    found: list[tuple[Numbers, Values]] = []
    for start, end in pairwise(data.first[_borders(data.documents)].tolist()):
        rows = data.sentence_terms[start:end]
        both = sparse.triu(rows @ rows.T, k=1).tocoo()
        one, other = both.row.astype(np.int64) + start, both.col.astype(np.int64) + start
        share = both.data / (weight[one] + weight[other] - both.data)
        kept = (share >= SAME_WORDS) & (both.data >= SAID) & (unit_of[one] != unit_of[other])
        found.append((unit_of[one[kept]] * len(data.units) + unit_of[other[kept]], share[kept]))
    keys, shares = (np.concatenate(column) for column in zip(*found, strict=True))
    best = best_of_groups(keys, shares, keys, 1)
    return keys[best] // len(data.units), keys[best] % len(data.units), shares[best]


def scored(data: Measured, left: Numbers, right: Numbers) -> Values:
    """The scores of pairs."""

    def block(start: int) -> Values:
        return scores(features(data, left[start : start + _PAIRS], right[start : start + _PAIRS]))

    return np.concatenate([np.empty(0), *_threaded(block, range(0, len(left), _PAIRS))])


def _threaded(work: Callable[[In], Out], given: Iterable[In]) -> list[Out]:
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(work, given))


def _lengths(terms: sparse.csr_matrix) -> Values:
    length: Values = np.sqrt(np.asarray(terms.multiply(terms).sum(axis=1)).ravel()) + 1.0
    return length


def _borders(documents: Numbers) -> Numbers:
    """Where each document's units begin, and where the last one's end."""
    return np.flatnonzero(np.diff(documents, prepend=-1, append=-1))


def _keys(rows: Numbers, columns: Numbers, count: int) -> Numbers:
    """A number for each pair, the same for both orders of it."""
    return np.minimum(rows, columns) * count + np.maximum(rows, columns)


def _each_once(keys: Sequence[Numbers], count: int) -> Pairs:
    every = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *keys]))
    once = every[np.diff(every, prepend=-1) > 0]
    return once // count, once % count


def features(data: Measured, left: Numbers, right: Numbers) -> Values:
    """The features of pairs, a row a pair in the order of ``FEATURES``."""
    own = np.log1p(_products(data.terms, left, right))
    of_actions = np.log1p(_products(data.action_terms, data.action_of[left], data.action_of[right]))
    company = np.einsum(
        "ij,ij->i", data.action_company[data.action_of[left]], data.action_company[data.action_of[right]]
    )
    sentences = _likest(
        data.first, left, right, lambda i, j: np.einsum("ij,ij->i", data.sentence_company[i], data.sentence_company[j])
    )
    return np.column_stack(
        [
            own,
            of_actions,
            _jaccard(data.lead, left, right),
            _jaccard(data.functions, left, right),
            np.maximum(data.own_affairs[left], data.own_affairs[right]),
            sentences,
            company,
            _likest_to(data, left, right) + _likest_to(data, right, left),
        ]
    )


def scores(rows: Values) -> Values:
    """The score of each row of features: a logistic function of their weighted sum."""
    found: Values = 1.0 / (1.0 + np.exp(-(rows @ np.array(WEIGHTS) + INTERCEPT)))
    return found


# ------------------------------------------------------------------------------------------------ matrices


def _matrix(rows: Sequence[Mapping[int, int]], width: int) -> sparse.csr_matrix:
    columns: list[int] = []
    counts: list[int] = []
    for row in rows:
        columns.extend(row)
        counts.extend(row.values())
    starts = np.cumsum([0, *map(len, rows)])
    matrix = sparse.csr_matrix(
        (np.array(counts, dtype=float), np.array(columns, dtype=np.int32), starts), (len(rows), width)
    )
    matrix.sort_indices()
    return matrix


def _shared(counts: sparse.csr_matrix, telling: Values) -> sparse.csr_matrix:
    """Rows whose products are what the terms that two units share tell in all; terms that tell nothing are left out."""
    roots = np.sqrt(np.maximum(0.0, telling))
    matrix = sparse.csr_matrix((roots[counts.indices], counts.indices, counts.indptr), counts.shape, copy=True)
    matrix.eliminate_zeros()
    return matrix


def _logged(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.csr_matrix((1 + np.log(counts.data), counts.indices, counts.indptr), counts.shape)


def _sets(rows: Sequence[frozenset[str]]) -> sparse.csr_matrix:
    numbers = {name: number for number, name in enumerate(sorted(frozenset().union(*rows)))}
    return _matrix([{numbers[name]: 1 for name in row} for row in rows], max(len(numbers), 1))


def _unit_length(rows: Values) -> Vectors:
    length: Values = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    return (rows / length).astype(np.float32)


def _numbered(names: Sequence[str]) -> Numbers:
    return np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)


def _index(terms: sparse.csr_matrix) -> sparse.csc_matrix:
    """Terms to units. A term that very many units print leads only to those in which it weighs most."""
    share = sparse.diags(1.0 / (np.asarray(terms.sum(axis=1)).ravel() + 1e-9)) @ terms
    columns, shares = terms.tocsc(), share.tocsc()
    if not np.any(np.diff(columns.indptr) > _MOST_PLACES):
        return terms.T.tocsr()
    which = np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))
    kept = best_of_groups(which, shares.data, columns.indices.astype(np.int64), _MOST_PLACES)
    coordinates = (columns.data[kept], (which[kept], columns.indices[kept]))
    return sparse.csr_matrix(coordinates, shape=(terms.shape[1], terms.shape[0]))


def _best_of_rows(starts: NDArray[np.int32], values: Values, most: int) -> Numbers:
    """Give the places of the ``most`` highest values above 0 of each row of a sparse matrix."""
    kept = []
    for start, end in pairwise(starts.tolist()):
        row = values[start:end]
        best = np.argpartition(-row, most)[:most] if len(row) > most else np.arange(len(row))
        kept.append(start + best[row[best] > 0])
    return np.concatenate(kept) if kept else np.empty(0, dtype=np.int64)


def best_of_groups(groups: Numbers, values: Values, ties: Numbers, most: int) -> Numbers:
    """Give the places of the ``most`` highest values of each group; equals in order of ``ties``."""
    order = np.lexsort((ties, -values, groups))
    sorted_groups = groups[order]
    begins = np.searchsorted(sorted_groups, sorted_groups, side="left")
    return order[np.arange(len(order)) - begins < most]


# ------------------------------------------------------------------------------------------------ features


def _products(matrix: sparse.csr_matrix, left: Numbers, right: Numbers) -> Values:
    return np.asarray(matrix[left].multiply(matrix[right]).sum(axis=1)).ravel()


def _jaccard(sets: sparse.csr_matrix, left: Numbers, right: Numbers) -> Values:
    size = np.diff(sets.indptr)
    both = _products(sets, left, right)
    either = size[left] + size[right] - both
    share: Values = np.divide(both, either, out=np.zeros(len(both)), where=either > 0)
    return share


def _likest(first: Numbers, left: Numbers, right: Numbers, alike: Callable[[Numbers, Numbers], Vectors]) -> Values:
    """The highest value of ``alike`` over all sentences of one side and all of the other."""
    of_left, of_right = first[left + 1] - first[left], first[right + 1] - first[right]
    sizes = of_left * of_right
    pair = np.repeat(np.arange(len(left)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    values = alike(first[left][pair] + within // of_right[pair], first[right][pair] + within % of_right[pair])
    best = np.zeros(len(left))
    np.maximum.at(best, pair, values)
    return best


def _likest_to(data: Measured, sentences_of: Numbers, whole: Numbers) -> Values:
    """How well the best sentence of one side shows the themes of the whole other side."""
    sizes = data.first[sentences_of + 1] - data.first[sentences_of]
    pair = np.repeat(np.arange(len(whole)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = data.first[sentences_of][pair] + within
    best = np.zeros(len(whole))
    np.maximum.at(best, pair, np.einsum("ij,ij->i", data.sentence_themes[rows], data.themes[whole[pair]]))
    return best
