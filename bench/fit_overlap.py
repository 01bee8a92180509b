"""Fit the weights of :mod:`kg.overlap.matching` to pairs annotated by hand, and say how well they do on pairs unseen.

    python bench/fit_overlap.py ../shared/seeds ../shared/gold/overlap.json bench/overlap_pairs.tsv

Each pair of cities is scored with weights fitted on the others. AP, P@gold, recall 2 and best@3 are those of
``score_overlap.py``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from kg.assemble import assemble
from kg.overlap.matching import FEATURES, features, measured
from kg.overlap.units import units
from loaders.files import find_files
from loaders.reader import read_file

BRACKETS = str.maketrans("（）", "()")
NUMBERED = re.compile(r"(/\([一二三四五六七八九十]+\))/\(\d+\)$")
RIDGE = 3e-3


def place(doc: str, ref: str) -> tuple[str, str]:
    return doc[:3], NUMBERED.sub(r"\1", ref.translate(BRACKETS))


def annotated(gold: Path, own: Path) -> dict[tuple[str, str], dict[frozenset, int]]:
    rows = [
        (row["a"]["doc"], row["a"]["ref"], row["b"]["doc"], row["b"]["ref"], row["grade"])
        for row in json.loads(gold.read_text("utf-8"))
    ]
    with own.open(encoding="utf-8") as lines:
        rows += [
            (row["a"], row["a_ref"], row["b"], row["b_ref"], int(row["grade"]))
            for row in csv.DictReader(lines, delimiter="\t")
        ]
    found: dict = defaultdict(dict)
    for a, a_ref, b, b_ref, grade in rows:
        pair = frozenset((place(a, a_ref), place(b, b_ref)))
        docs = tuple(sorted((a[:3], b[:3])))
        found[docs][pair] = max(grade, found[docs].get(pair, 0))
    return found


def fitted(rows: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Logistic regression with a small ridge, by Newton's method; weights of raw features and the intercept."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    matrix = np.column_stack([(rows - mean) / deviation, np.ones(len(rows))])
    ridge = np.diag([RIDGE] * rows.shape[1] + [0.0])
    weights = np.zeros(matrix.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (sure - held) / len(held) + ridge @ weights
        curve = (matrix * (sure * (1 - sure))[:, None]).T @ matrix / len(held) + ridge
        weights -= np.linalg.solve(curve, slope)
    raw = weights[:-1] / deviation
    return np.append(raw, weights[-1] - raw @ mean)


def figures(gold: dict, ranked: dict) -> tuple[float, float, float, float]:
    order = sorted(ranked, key=lambda pair: -ranked[pair])
    hits, total = 0, 0.0
    for position, pair in enumerate(order, 1):
        if pair in gold:
            hits += 1
            total += hits / position
    top = set(order[: len(gold)])
    two = {pair for pair, grade in gold.items() if grade == 2}
    sides = {side for pair in gold for side in pair}
    found = sum(any(pair in gold for pair in [pair for pair in order if side in pair][:3]) for side in sides)
    return total / len(gold), len(top & set(gold)) / len(gold), len(top & two) / len(two), found / len(sides)


def main(seeds: Path, gold: Path, own: Path) -> None:
    documents = [read_file(path) for path in find_files([seeds])]
    records = assemble(documents)
    short = {str(row["uid"]): str(row["file"])[:3] for row in records.nodes["Document"]}
    refs = {str(row["uid"]): str(row["ref"]) for label in ("Action", "Task") for row in records.nodes[label]}
    data = measured(units(records))
    where = [place(short[unit.document], refs[unit.uid]) for unit in data.units]
    pairs = annotated(gold, own)
    rows, keys, held = {}, {}, {}
    for docs in pairs:
        sides = [[number for number, spot in enumerate(where) if spot[0] == doc] for doc in docs]
        left = np.repeat(sides[0], len(sides[1]))
        right = np.tile(sides[1], len(sides[0]))
        rows[docs] = features(data, left, right)
        keys[docs] = [frozenset((where[i], where[j])) for i, j in zip(left, right, strict=True)]
        held[docs] = np.array([key in pairs[docs] for key in keys[docs]])

    def sample(chosen: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
        """Of all measures under a pair of actions the two that share most stand for it."""
        best: dict = {}
        for docs in chosen:
            for number, key in enumerate(keys[docs]):
                strength = rows[docs][number, 0] + rows[docs][number, 5]
                if strength > best.get(key, (-1.0,))[0]:
                    best[key] = (strength, rows[docs][number], held[docs][number])
        return np.array([row for _, row, _ in best.values()]), np.array(
            [float(is_held) for _, _, is_held in best.values()]
        )

    def scored(docs: tuple[str, str], weights: np.ndarray) -> tuple[float, float, float, float]:
        ranked: dict = {}
        for key, value in zip(keys[docs], rows[docs] @ weights[:-1], strict=True):
            ranked[key] = max(value, ranked.get(key, -np.inf))
        return figures(pairs[docs], ranked)

    every = []
    final = fitted(*sample(list(pairs)))
    for docs in sorted(pairs):
        unseen = scored(docs, fitted(*sample([other for other in pairs if other != docs])))
        every.append(unseen)
        print(
            "–".join(docs),
            "unseen",
            *(f"{value:.3f}" for value in unseen),
            "fitted",
            *(f"{value:.3f}" for value in scored(docs, final)),
        )
    print("mean unseen", *(f"{value:.3f}" for value in np.mean(every, axis=0)))
    for name, weight in zip((*FEATURES, "intercept"), final, strict=True):
        print(f"{name}: {weight:.3f}")
    sure = 1 / (1 + np.exp(-(np.concatenate([rows[docs] for docs in pairs]) @ final[:-1] + final[-1])))
    truth = np.concatenate([held[docs] for docs in pairs])
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        above = sure >= threshold
        print(f"threshold {threshold}: {above.sum()} proposals, {truth[above].mean():.2f} held")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
