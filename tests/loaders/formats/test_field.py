"""The real plans written as Word and PDF and read back, measured on the annotations by hand like the text files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import read_document, to_json
from tests.loaders.formats.writers import docx_of, pdf_of

FORMATS = {
    "text": str.encode,
    "docx": docx_of,
    "pdf": lambda text: pdf_of(text, characters=38, size=11),
}


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """What the scoring script says of each format."""
    gold = shared / "gold" / "field"
    files = [json.loads(path.read_text("utf-8"))["document"]["file"] for path in sorted(gold.glob("*.json"))]
    found = {}
    for form, write in FORMATS.items():
        folder = tmp_path_factory.mktemp(form)
        rows = []
        for file in files:
            document = read_document(write((shared / "field" / file).read_text("utf-8")), file)
            (folder / file).write_text(document.text, "utf-8")
            rows.append(json.dumps(to_json(document), ensure_ascii=False))
        extracted = folder / "extracted.jsonl"
        extracted.write_text("\n".join(rows), "utf-8")
        command = [sys.executable, shared / "score" / "score.py", gold, extracted, "--texts", folder, "--json"]
        done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", check=True)
        found[form] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_real_plans_score_as_their_text_does(form: str, scores: dict[str, dict]) -> None:
    for measure in ("outline", "units", "tasks", "targets"):
        assert scores[form][measure]["f1"] >= scores["text"][measure]["f1"] - 0.01, measure
    assert scores[form]["spans"][0] == scores[form]["spans"][1]
