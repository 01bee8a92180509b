"""Draw proposals of ``kg report overlap`` to be judged by hand, the same ones every time.

    kg build ../shared/seeds ../shared/field -o graph
    python bench/draw_overlaps.py graph ../shared/field 40 9

Prints both measures of each pair whole, of pairs between files of the folder. Verdicts go to docs/overlap.md, by place
and reference.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import kg
from queries.overlap import LEAST, overlap


def main(graph: str, folder: Path, number: int, seed: int, least: float) -> None:
    files = {path.name for path in folder.iterdir()}
    pairs = [
        pair
        for pair in overlap(kg.open(graph), least=least).pairs
        if {pair.one.source.file, pair.other.source.file} <= files
    ]
    pairs.sort(key=lambda pair: (pair.one.uid, pair.other.uid))
    for place, pair in enumerate(random.Random(seed).sample(pairs, number), 1):
        print(f"{place}. score {pair.score:.2f}, shared {'、'.join(pair.shared)}")
        for side in (pair.one, pair.other):
            print(f"   {side.source.city} {side.source.file} {side.ref} {side.heading}: {side.text}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(given[0], Path(given[1]), int(given[2]), int(given[3]), float(given[4]) if len(given) > 4 else LEAST)
