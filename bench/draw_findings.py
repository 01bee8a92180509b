"""Draw findings about plans from real plans, to be judged by a reader.

    python bench/draw_findings.py FOLDER [NUMBER] [SEED]

The draw is stratified: one finding of every code in turn, until NUMBER are drawn, so that rare codes are judged as
hard as common ones. Prints one line a draw: file, line, outline number, code, message and quote. The verdicts on the
first draw are kept in docs/lint.md.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from itertools import chain, islice, zip_longest
from pathlib import Path

from kg.assemble import with_plan_findings
from loaders import read_file
from ontology.findings import message
from queries.documents import from_reading
from queries.findings import PlacedFinding, placed_findings


def drawn(folder: Path, number: int, seed: int) -> list[PlacedFinding]:
    """The draw, in the order it was made."""
    documents = [read_file(path) for path in sorted(folder.glob("*.txt"))]
    by_code: dict[str, list[PlacedFinding]] = defaultdict(list)
    for placed in placed_findings(from_reading(document) for document in with_plan_findings(documents)):
        if placed.finding.about == "plan":
            by_code[placed.finding.code].append(placed)
    order = random.Random(seed)
    shuffled = [order.sample(found, len(found)) for _, found in sorted(by_code.items())]
    for found in shuffled:
        print(f"{found[0].finding.code}: {len(found)}")
    rounds = chain.from_iterable(zip_longest(*shuffled))
    return list(islice((placed for placed in rounds if placed is not None), number))


def main() -> None:
    folder = Path(sys.argv[1])
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    for count, placed in enumerate(drawn(folder, number, seed), 1):
        finding = placed.finding
        print(f"{count:3} {finding.file}:{placed.line} {placed.ref or '–'} {finding.code}")
        print(f"    {message(finding, 'zh')} | {finding.quote}")


if __name__ == "__main__":
    main()
