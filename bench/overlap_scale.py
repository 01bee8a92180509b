"""Show that comparing measures grows close to linearly: plans recombined from a folder of plans, doubled each time.

    python bench/overlap_scale.py ../shared/field 250 500 1000 2000

Prints seconds, CPU seconds, peak memory and edges for each number of plans. Nothing of the plans is written anywhere.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

from kg.assemble import assemble
from kg.overlap.edges import likenesses
from kg.overlap.units import Unit, units
from loaders.files import find_files
from loaders.reader import read_file

SEED = 20


def recombined(found: list[Unit], plans: int) -> list[Unit]:
    """Units of ``plans`` made-up plans: as long as the real ones, each action from a plan drawn at random, its
    sentences mixed with those of another action of the same heading's theme."""
    draw = random.Random(SEED)
    lengths: dict[str, int] = {}
    for unit in found:
        lengths[unit.document] = lengths.get(unit.document, 0) + 1
    sizes = sorted(lengths.values())
    made = []
    for plan in range(plans):
        for number in range(draw.choice(sizes)):
            unit = draw.choice(found)
            kept = tuple(sentence for sentence in unit.sentences if draw.random() < 0.8) or unit.sentences
            mixed = kept + draw.choice(found).sentences[:1]
            uid = f"plan{plan:05}/{number:04}"
            made.append(
                replace(
                    unit, uid=uid, action=uid, document=f"plan{plan:05}", city=f"city{plan % 300:03}", sentences=mixed
                )
            )
    return made


def main(folder: Path, sizes: list[int]) -> None:
    records = assemble([read_file(path) for path in find_files([folder])])
    names = {str(row["uid"]): str(row["name"]) for label in ("Indicator", "Function") for row in records.nodes[label]}
    found = units(records)
    for plans in sizes:
        made = recombined(found, plans)
        begun, busy = time.perf_counter(), time.process_time()
        edges = sum(map(len, likenesses(made, names).values()))
        seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{plans} plans, {len(made)} measures: {seconds:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MB, {edges} edges",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [250, 500, 1000, 2000])
