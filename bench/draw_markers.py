"""Draw marker words (牵头, 责任单位, 责任部门, 配合, 负责, 落实) from real plans, to be judged by a reader.

    python bench/draw_markers.py FOLDER [NUMBER] [SEED]

Prints one line a draw: file, line, word, what became of it (clause, heading, mention, finding or set aside), and the
words around it. The verdicts on the first draw are kept in docs/conventions.md.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from loaders import read_file
from loaders.conventions import MARKER_WORD
from ontology.records import PolicyDocument, Span

AROUND = 22


def fates(document: PolicyDocument) -> list[tuple[Span, str]]:
    """The stretches of a document that account for a marker word, the surest first."""
    holders = [*document.sections, *document.actions, *(t for a in document.actions for t in a.tasks)]
    found = [(r.clause, f"clause, {r.rule}") for h in holders for r in h.responsibilities]
    found += [(m.clause, "mention") for m in document.mentions]
    found += [(f.span, f"finding, {f.code}") for f in document.findings if f.span]
    return found + [(u.span, f"set aside, {u.why}") for u in document.unattributed]


def draws(folder: Path) -> list[tuple[str, int, str, str, str]]:
    """Every marker word of every plan: file, line, word, fate, context."""
    rows = []
    for path in sorted(folder.glob("*.txt")):
        document = read_file(path)
        accounted = fates(document)
        for match in MARKER_WORD.finditer(document.text):
            fate = next((why for span, why in accounted if span.start <= match.start() < span.end), "nothing")
            line = document.text.count("\n", 0, match.start()) + 1
            around = document.text[max(0, match.start() - AROUND) : match.end() + AROUND].replace("\n", "")
            rows.append((path.name, line, match[0], fate, around))
    return rows


def main() -> None:
    folder = Path(sys.argv[1])
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    rows = draws(folder)
    unaccounted = sum(fate == "nothing" for *_, fate, _ in rows)
    print(f"{len(rows)} marker words, {unaccounted} accounted for by nothing; {number} drawn with seed {seed}")
    for count, (file, line, word, fate, around) in enumerate(random.Random(seed).sample(rows, number), 1):
        print(f"{count:3} {file}:{line} {word} [{fate}] …{around}…")


if __name__ == "__main__":
    main()
