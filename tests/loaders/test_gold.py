"""Reading measured on annotations by hand: the samples of this project, and the real plans beside it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import read_file, to_json

SAMPLE_TRUTH = Path(__file__).parent.parent / "golden" / "samples"


def totals(scorer: Path, gold: Path, texts: Path, folder: Path) -> dict:
    """What the scoring script says of all documents of ``gold``."""
    extracted = folder / "extracted.jsonl"
    rows = [to_json(read_file(path)) for path in sorted(texts.glob("*.txt"))]
    extracted.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    command = [sys.executable, str(scorer), str(gold), str(extracted), "--texts", str(texts), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout.splitlines()[-1])


def share(pair: list[int]) -> float:
    return pair[0] / pair[1]


@pytest.mark.parametrize(
    ("gold", "texts"),
    [("gold/seeds", "seeds"), ("gold/field", "field"), (None, "samples")],
    ids=["seeds", "field", "samples"],
)
def test_reading_agrees_with_annotations_by_hand(
    gold: str | None, texts: str, shared: Path, samples: Path, tmp_path: Path
) -> None:
    gold_folder = SAMPLE_TRUTH if gold is None else shared / gold
    text_folder = samples if gold is None else shared / texts
    found = totals(shared / "score" / "score.py", gold_folder, text_folder, tmp_path)
    assert found["outline"]["f1"] >= 0.99
    assert found["units"]["f1"] >= 0.98
    assert found["tasks"]["f1"] >= 0.97
    assert found["targets"]["f1"] >= 0.95
    assert share(found["names"]) >= 0.85
    assert share(found["deadlines"]) >= 0.95
    assert share(found["joint"]) >= 0.97
    assert share(found["basis"]) >= 0.97
    assert share(found.get("placed", [1, 1])) >= 0.97  # only where all tasks are annotated
    assert found["spans"][0] == found["spans"][1]
