"""Bodies, lines of work and themes against annotations by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.draw_functions import SIZE, bodies_by_name, covered, sample
from kg.assemble import action_themes, printed_bodies
from kg.resolve import resolve_bodies
from kg.resolve.decisions import NO_DECISIONS
from loaders.files import find_files
from loaders.reader import read_file
from ontology.vocabulary import vocabulary

FOLD = str.maketrans("（）〔〕［］", "()()()")


def _bodies(shared: Path) -> list[tuple[dict[str, str], str, str, str]]:
    """Rows of the gold with uid, kind and function as resolved."""
    documents = [read_file(path) for path in sorted((shared / "seeds").glob("*.txt"))]
    resolved = resolve_bodies((name for document in documents for name in printed_bodies(document)), NO_DECISIONS)
    found = {
        (document.facts.file[:3], name.name.translate(FOLD)): resolved[name]
        for document in documents
        for name in printed_bodies(document)
    }
    gold = json.loads((shared / "gold" / "departments.json").read_text("utf-8"))
    bodies = [found[row["doc"], re.sub(r"\s", "", row["name"]).translate(FOLD)] for row in gold]
    return [(row, body.uid, body.kind, body.function) for row, body in zip(gold, bodies, strict=True)]


def test_every_name_of_the_gold_has_its_body_kind_and_line_of_work(shared: Path) -> None:
    rows = _bodies(shared)
    assert len({row["entity"] for row, *_ in rows}) == len({uid for _, uid, _, _ in rows})
    assert [row["name"] for row, _, kind, _ in rows if row["kind"] != kind] == []
    assert [row["name"] for row, _, _, found in rows if found not in row.get("function_any", [row["function"]])] == []


def test_nearly_all_names_of_the_field_have_a_reviewed_line_of_work(shared: Path) -> None:
    names = bodies_by_name(find_files([shared / "field"]))
    assert sum(map(covered, names.values())) / len(names) >= 0.97
    known = vocabulary().functions
    assert all(
        body.function in known
        for readings in names.values()
        if covered(readings)
        for _, body in readings
    )  # fmt: skip
    drawn = sample(names)
    assert len(drawn) == SIZE
    assert drawn == sample(sorted(names, reverse=True))


@pytest.mark.parametrize("plans", ["seeds", "field"])
def test_themes_agree_with_annotations(shared: Path, plans: str) -> None:
    main = some = unsure = total = 0
    for path in sorted((shared / "gold" / plans).glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        document = read_file(shared / plans / gold["document"]["file"])
        wanted = {row["ref"]: row["themes"] for row in gold["actions"] if row.get("themes")}
        for action in document.actions:
            if action.ref not in wanted:
                continue
            themes = [choice.theme for choice in action_themes(document, action)]
            total += 1
            unsure += not themes
            main += themes[:1] == wanted[action.ref][:1]
            some += bool({*themes} & {*wanted[action.ref]})
    assert main / total >= 0.85
    assert some / total >= 0.93
    assert unsure / total <= 0.08
