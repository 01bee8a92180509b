"""Share of the printed names of bodies that get a reviewed line of work, and a sample of names to judge by hand.

    python bench/draw_functions.py FOLDER [--size 60] [--seed 20260706] [--unreviewed]

Reads every plan of FOLDER. A name counts once, however many plans print it; it is covered if the scheme gives it a
function in every place that prints it. The sample is drawn from all distinct names, sorted, with a fixed seed, before
anybody looks: its verdicts are in ``docs/resolution.md``.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.assemble import printed_bodies
from kg.resolve import Body, PrintedBody, resolve_bodies
from kg.resolve.functions import UNREVIEWED
from loaders.files import find_files
from loaders.reader import read_file

SEED = 20260706
SIZE = 60


def bodies_by_name(paths: Iterable[Path]) -> dict[str, list[tuple[PrintedBody, Body]]]:
    """Give every distinct printed name with what it was resolved to in each place that prints it."""
    printed = {item for path in paths for item in printed_bodies(read_file(path))}
    resolved = resolve_bodies(sorted(printed, key=lambda item: (item.name, item.adcode or "", item.city or "")))
    by_name: defaultdict[str, list[tuple[PrintedBody, Body]]] = defaultdict(list)
    for item, body in resolved.items():
        by_name[item.name].append((item, body))
    return dict(by_name)


def sample(names: Iterable[str], size: int = SIZE, seed: int = SEED) -> list[str]:
    """Draw names: the same for the same set of names."""
    ordered = sorted(names)
    return sorted(random.Random(seed).sample(ordered, min(size, len(ordered))))


def covered(readings: Sequence[tuple[PrintedBody, Body]]) -> bool:
    """Whether the scheme gives the name a function wherever it is printed."""
    return all(body.why != UNREVIEWED for _, body in readings)


def main() -> None:
    """Print the share, and the sample or the names without a reviewed function."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--unreviewed", action="store_true", help="list the names without a reviewed function instead")
    args = parser.parse_args()
    names = bodies_by_name(find_files([args.folder]))
    missing = sorted(name for name, readings in names.items() if not covered(readings))
    reviewed = len(names) - len(missing)
    print(f"{reviewed} of {len(names)} distinct names have a reviewed function ({reviewed / len(names):.1%})")
    for name in missing if args.unreviewed else sample(names, args.size, args.seed):
        item, body = names[name][0]
        print(f"{name}\t{item.city}\t{body.kind}\t{body.function}\t{body.why}")


if __name__ == "__main__":
    main()
