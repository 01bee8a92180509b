"""``kg report coverage``: what was read of each document, and a threshold for CI."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.kg.cli_helpers import COMMA, VERBS, kg, plans

#: Of 牵头 (three times) and 责任单位 (once) one stands in a clause, one in a duty read from a sentence.
MIXED = """一、开办企业
压缩办理时间。（市甲局牵头）
二、完善监管
由市乙局牵头，开展联合检查。各责任单位要完善牵头机制。
"""


def test_a_row_a_document_and_the_total(tmp_path: Path) -> None:
    result = kg("report", "coverage", plans(tmp_path), "--format", "csv")
    assert result.exit_code == 0
    comma, verbs, total = csv.DictReader(result.stdout.splitlines())
    assert (comma["file"], verbs["file"], total["file"]) == ("comma.txt", "verbs.txt", "")
    assert [int(row["characters"]) for row in (comma, verbs)] == [len(COMMA), len(VERBS)]
    assert int(total["characters"]) == len(COMMA) + len(VERBS)
    # The three bodies behind verbs are printed; of the six in brackets none is.
    assert [row["printed"] for row in (comma, verbs, total)] == ["0.0", "1.0", "0.3333333333333333"]
    assert [row["unled"] for row in (comma, verbs, total)] == ["0", "0", "0"]
    assert [row["clauses"] for row in (comma, verbs, total)] == ["3", "2", "5"]
    assert [(row["markers"], row["markers_in_clauses"]) for row in (comma, verbs)] == [("0", "0"), ("3", "3")]
    assert all(row["unaccounted"] == row["markers_nowhere"] == "0" for row in (comma, verbs, total))
    for row in (comma, verbs, total):
        assert float(row["read"]) + float(row["set_aside"]) + float(row["in_findings"]) == pytest.approx(1)


def test_all_tables_and_every_character(tmp_path: Path) -> None:
    tables = json.loads(kg("report", "coverage", plans(tmp_path), "--format", "json").stdout)
    assert list(tables) == ["documents", "responsibilities", "characters", "markers"]
    *classes, total = tables["characters"]
    assert sum(row["characters"] for row in classes) == total["characters"] == len(COMMA) + len(VERBS)
    words = {row["word"]: (row["count"], row["clause"]) for row in tables["markers"]}
    assert words["牵头"] == words["配合"] == words["负责"] == (1, 1)
    assert words[None] == (3, 3)


def test_a_graph_gives_what_its_files_gave(tmp_path: Path) -> None:
    kg("build", plans(tmp_path), "-o", tmp_path / "g")
    fresh = kg("report", "coverage", tmp_path / "plans", "--format", "json")
    assert kg("report", "coverage", "--graph", tmp_path / "g", "--format", "json").stdout == fresh.stdout


@pytest.mark.parametrize(("threshold", "code"), [("50", 0), ("50.1", 1), ("100", 1), ("0", 0)])
def test_a_threshold_over_the_words_of_duty(tmp_path: Path, threshold: str, code: int) -> None:
    (tmp_path / "mixed.txt").write_text(MIXED, encoding="utf-8")
    result = kg("report", "coverage", tmp_path / "mixed.txt", "--fail-under", threshold)
    assert result.exit_code == code
    told = f"牵头、责任单位、责任部门: 50.00% were read, less than {threshold} %"
    assert (told in result.stderr) == (code == 1)


def test_without_words_of_duty_no_threshold_fails(tmp_path: Path) -> None:
    kg_file = plans(tmp_path) / "comma.txt"
    assert kg("report", "coverage", kg_file, "--fail-under", "100").exit_code == 0


def test_a_file_that_cannot_be_read_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "prose.txt").write_text("没有任何编号的一段文字。", encoding="utf-8")
    result = kg("report", "coverage", tmp_path, plans(tmp_path), "--format", "csv")
    assert result.exit_code == 3
    assert "empty.txt: the file is empty" in result.stderr
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [row["file"] for row in rows] == ["comma.txt", "prose.txt", "verbs.txt", ""]
    assert (rows[1]["actions"], rows[1]["read"], rows[1]["errors"]) == ("0", "0.0", "1")


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_the_terminal_in_both_languages(tmp_path: Path, width: int) -> None:
    from kg.output import cell_width

    for lang, last in (("en", "total"), ("zh", "合计")):
        shown = kg("report", "coverage", plans(tmp_path) if lang == "en" else tmp_path / "plans",
                   env={"COLUMNS": str(width), "KG_LANG": lang}).stdout  # fmt: skip
        assert max(cell_width(line) for line in shown.splitlines()) <= width
        assert [line.split()[0] for line in shown.splitlines() if line.startswith(last)] == [last] * 4


def test_excel_has_all_tables(tmp_path: Path) -> None:
    kg("report", "coverage", plans(tmp_path), "-o", tmp_path / "c.xlsx", "--lang", "zh")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert book.sheetnames == ["documents", "responsibilities", "characters", "markers", "说明"]
    assert book["documents"].max_row == 1 + 3
