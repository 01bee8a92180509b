"""Draw proposals of ``kg report overlap`` to be judged by hand, the same ones every time.

    kg build ../shared/field -o field-graph
    python bench/draw_overlaps.py field-graph 40

Prints both measures of each pair whole. Verdicts go to docs/overlap.md, by place and reference.
"""

from __future__ import annotations

import random
import sys

import kg
from queries.overlap import overlap

SEED = 8


def main(graph: str, number: int) -> None:
    pairs = sorted(overlap(kg.open(graph)).pairs, key=lambda pair: (pair.one.uid, pair.other.uid))
    for place, pair in enumerate(random.Random(SEED).sample(pairs, number), 1):
        print(f"{place}. score {pair.score:.2f}, shared {'、'.join(pair.shared)}")
        for side in (pair.one, pair.other):
            print(f"   {side.source.city} {side.source.file} {side.ref} {side.heading}: {side.text}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
