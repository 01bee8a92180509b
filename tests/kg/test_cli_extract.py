"""``kg extract``: what is found in documents, without a graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.kg.cli_helpers import COMMA, VERBS, kg, plans


def test_json_is_one_object_a_document_with_ids_from_the_resolver(tmp_path: Path) -> None:
    result = kg("extract", plans(tmp_path), "--format", "json")
    assert result.exit_code == 0
    comma, verbs = (json.loads(line) for line in result.stdout.splitlines())
    assert comma["document"]["status"] == "draft"
    first = comma["actions"][0]
    assert [(unit["name"], unit["role"], unit["joint"]) for unit in first["units"]] == [
        ("市市场监管局", "lead", False),
        ("市数据局", "support", False),
        ("市税务局", "support", False),
    ]
    for unit in first["units"]:
        assert COMMA[unit["start"] : unit["end"]] == unit["name"]
        assert unit["department"]
    # One body has one id wherever it is printed in its city.
    assert first["units"][1]["department"] == comma["actions"][1]["units"][0]["department"]
    assert [task["units"][0]["duty"] for task in verbs["actions"][0]["tasks"]] == ["牵头", "负责"]
    assert VERBS[verbs["actions"][0]["targets"][0]["start"] :].startswith("新增20个")


def test_json_lines_to_a_file(tmp_path: Path) -> None:
    result = kg("extract", plans(tmp_path), "-o", tmp_path / "found.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "wrote" in result.stderr
    assert len((tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_table_and_csv_have_a_row_a_responsibility(tmp_path: Path) -> None:
    folder = plans(tmp_path)
    rows = list(csv.DictReader(kg("extract", folder, "--format", "csv").stdout.splitlines()))
    assert [(row["ref"], row["body"], row["role"], row["joint"], row["line"]) for row in rows[3:5]] == [
        ("一/（一）/2", "市数据局", "lead", "true", "11"),
        ("一/（一）/2", "市财政局", "lead", "true", "11"),
    ]
    table = kg("extract", folder).stdout
    assert "Responsibilities" in table
    assert "Targets" in table
    assert "95" in table


def test_excel_has_both_tables(tmp_path: Path) -> None:
    kg("extract", plans(tmp_path), "-o", tmp_path / "found.xlsx", "--lang", "zh")
    book = openpyxl.load_workbook(tmp_path / "found.xlsx")
    assert book.sheetnames == ["responsibilities", "targets"]
    assert (book["responsibilities"].max_row, book["targets"].max_row) == (1 + 9, 1 + 3)


def test_a_text_without_outline_is_told_and_still_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("没有任何编号的一段文字。", encoding="utf-8")
    result = kg("extract", tmp_path / "prose.txt", "--format", "json")
    assert result.exit_code == 3
    assert "no outline" in result.stderr
    (document,) = (json.loads(line) for line in result.stdout.splitlines())
    assert document["actions"] == []
    assert document["unattributed"]


def test_what_cannot_be_read_is_named_and_the_rest_printed(tmp_path: Path) -> None:
    result = kg("extract", tmp_path / "absent.txt", plans(tmp_path), "--format", "jsonl")
    assert result.exit_code == 3
    assert "absent.txt: no such file" in result.stderr
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize("given", ["plans", "plans/comma.txt"])
def test_an_output_never_replaces_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    before = (plans(tmp_path) / "comma.txt").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    refused = kg("extract", given, "-o", "plans/../plans/comma.txt")
    assert refused.exit_code == 2
    assert "is a file this command reads" in refused.stderr
    assert (tmp_path / "plans" / "comma.txt").read_text(encoding="utf-8") == before
    assert kg("extract", given, "-o", "plans/found.md").exit_code == 0


def test_an_empty_path_is_no_folder(tmp_path: Path) -> None:
    for arguments in (("extract", ""), ("lint", ""), ("build", ""), ("extract", plans(tmp_path), "-o", "")):
        refused = kg(*arguments)
        assert refused.exit_code == 2
        assert "the path is empty" in refused.stderr


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    folder = plans(tmp_path)
    assert (
        kg("extract", folder, "--format", "json", "-o", "-").stdout == kg("extract", folder, "--format", "json").stdout
    )
