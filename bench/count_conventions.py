"""Count how plans mark lead and support: clauses and documents by rule, separators, labels and verbs.

    python bench/count_conventions.py FOLDER

The counts over the real plans stand in docs/conventions.md.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from loaders.clauses import Clause, find_clauses
from loaders.conventions import LABEL, RULE_NAMES, VERB, printed_rule
from loaders.facts import read_head
from loaders.flat import FlatText, flatten
from loaders.outline import read_outline


def features(flat: FlatText, clause: Clause) -> Iterator[str]:
    """What one clause shows: its form, the kinds of its labels and verbs, and the rule that decided."""
    text = flat.folded[clause.start : clause.end]
    labels = [match.lastgroup for match in LABEL.finditer(text)]
    yield "form: bracket" if text.startswith("（") else "form: labelled line"
    yield from {f"label: {kind}" for kind in labels}
    if not labels:
        yield from {f"verb: {match.lastgroup}" for match in VERB.finditer(text)}
    yield from {f"rule: {unit.rule}" for unit in clause.units}
    if clause.due:
        yield "time limit inside"
    if clause.note:
        yield "note over all items"


def main() -> None:
    clauses: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    total = 0
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        flat = flatten(path.read_text("utf-8"))
        head = read_head(flat)
        outline = read_outline(flat, head.plan_start, len(flat.flat))
        units = [node.marker.start for node in outline.walk()]
        found = find_clauses(flat, outline.start, outline.end, head.year, units)
        total += len(found)
        shown = [feature for clause in found for feature in features(flat, clause)]
        rule = printed_rule(flat.folded)
        shown += [f"printed rule: {rule.name}"] if rule else []
        clauses.update(shown)
        for feature in shown:
            documents[feature].add(path.name)
    print(f"{total} clauses")
    for feature in sorted(clauses):
        name = feature.removeprefix("rule: ")
        meaning = RULE_NAMES.get(name, ("", ""))[1]
        print(f"{feature:28} {clauses[feature]:6} clauses {len(documents[feature]):4} documents  {meaning}")


if __name__ == "__main__":
    main()
