"""``kg lint``: what is doubtful, with its place, from files and from a graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

import kg as package
from kg.build import write_graph
from kg.records import GraphRecords
from ontology.findings import FINDING_KINDS, found
from tests.kg.cli_helpers import kg, kg_process, plans

DOUBTFUL = """示例市工作方案
请认真抓好落实。
一、开办企业
压缩办理时间。（市甲局牵头，市乙局配合）
二、完善监管
1.开展联合检查。（市丙局负责）
2.主管部门负责
公示。
"""


def doubtful(folder: Path) -> Path:
    (folder / "plan.txt").write_text(DOUBTFUL, encoding="utf-8")
    return folder / "plan.txt"


def test_a_finding_has_its_place_its_quote_and_what_to_do(tmp_path: Path) -> None:
    result = kg("lint", doubtful(tmp_path), "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == [
        {
            "file": "plan.txt", "line": 7, "ref": "二/2", "severity": "warning", "about": "reading",
            "code": "duty-outside-clause",
            "quote": "监管1.开展联合检查。（市丙局负责）2.主管部门负责公示。",
            "message": "负责 stands behind a body's name, outside every clause",
            "advice": "read the place; this duty is not in the graph",
            "start": DOUBTFUL.index("负责\n"), "end": DOUBTFUL.index("负责\n") + 2,
        }
    ]  # fmt: skip


def test_the_terminal_shows_what_matters_in_both_languages(tmp_path: Path) -> None:
    english = kg("lint", doubtful(tmp_path), env={"COLUMNS": "80"}).stdout
    assert english.splitlines()[0] == "1 document: 1 warning"
    assert "duty-outside-clause (1): read the place; this duty is not in the graph." in english
    assert "Not listed, being lighter: 1 (--severity info)." in english
    assert max(len(line) for line in english.splitlines()) <= 80
    assert english.splitlines()[3].split() == ["line", "severity", "code", "quote", "message"]
    chinese = kg("--lang", "zh", "lint", tmp_path / "plan.txt").stdout
    assert chinese.splitlines()[0] == "1 份文件：1 条警告"
    assert "“负责”紧跟部门名称，但不在任何责任条款内" in chinese


def test_exit_codes_say_whether_there_is_anything(tmp_path: Path) -> None:
    assert kg("lint", plans(tmp_path)).exit_code == 0
    assert "2 documents: no findings" in kg("lint", tmp_path / "plans").stdout
    both = kg("lint", tmp_path / "absent.txt", doubtful(tmp_path), "--format", "csv")
    assert both.exit_code == 3
    assert "absent.txt: no such file" in both.stderr
    assert [row["code"] for row in csv.DictReader(both.stdout.splitlines())] == ["duty-outside-clause"]
    assert kg_process("lint", "plan.txt", cwd=tmp_path).returncode == 1


def test_a_text_without_outline_is_an_error_that_lint_shows(tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("没有任何编号的一段文字。", encoding="utf-8")
    result = kg("lint", tmp_path / "prose.txt", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    [row] = json.loads(result.stdout)
    assert (row["code"], row["severity"], row["line"], row["ref"]) == ("no-outline", "error", None, None)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--severity", "info"], ["sentence-outside-units", "duty-outside-clause"]),
        (["--severity", "error"], []),
        (["--severity", "info", "--code", "sentence-outside-units"], ["sentence-outside-units"]),
        (["--severity", "info", "--off", "sentence-outside-units"], ["duty-outside-clause"]),
        (["--off", "duty-outside-clause"], []),
        (["--about", "reading"], ["duty-outside-clause"]),
        (["--about", "plan"], []),
    ],
)
def test_findings_can_be_chosen(tmp_path: Path, options: list[str], codes: list[str]) -> None:
    result = kg("lint", doubtful(tmp_path), *options, "--format", "jsonl")
    assert [json.loads(line)["code"] for line in result.stdout.splitlines()] == codes
    assert result.exit_code == (1 if codes else 0)


def test_a_graph_gives_what_its_files_gave(tmp_path: Path) -> None:
    kg("build", doubtful(tmp_path), plans(tmp_path), "-o", tmp_path / "g")
    options = ("--severity", "info", "--format", "csv")
    fresh = kg("lint", tmp_path / "plan.txt", tmp_path / "plans", *options)
    kept = kg("lint", "--graph", tmp_path / "g", *options)
    assert kept.stdout == fresh.stdout
    assert kept.exit_code == fresh.exit_code == 1
    assert package.open(tmp_path / "g").manifest.findings["duty-outside-clause"] == {"warning": 1}


def test_a_graph_tells_what_was_left_out_when_it_was_built(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    kg("build", plans(tmp_path), tmp_path / "empty.txt", "-o", tmp_path / "g")
    result = kg("lint", "--graph", tmp_path / "g")
    assert (result.exit_code, result.stderr) == (0, "not read: empty.txt: left out when the graph was built\n")


def test_findings_of_no_document_are_listed_too(tmp_path: Path) -> None:
    finding = found("decision-unused", "g.decisions.csv", quote="body,甲,same,乙", line=3, reason="r", reason_zh="r")
    write_graph(GraphRecords({}, {}, {}, [finding], ()), tmp_path / "g")
    [row] = json.loads(kg("lint", "--graph", tmp_path / "g", "--format", "json").stdout)
    assert (row["file"], row["line"], row["quote"]) == ("g.decisions.csv", 3, "body,甲,same,乙")


def test_excel_has_a_row_a_finding_and_the_advice(tmp_path: Path) -> None:
    kg("lint", doubtful(tmp_path), "--severity", "info", "-o", tmp_path / "findings.xlsx")
    findings, notes = openpyxl.load_workbook(tmp_path / "findings.xlsx").worksheets
    assert findings.max_row == 1 + 2
    assert "duty-outside-clause (1): read the place" in notes["A1"].value


def test_the_codes_are_listed_with_their_meaning() -> None:
    result = kg("lint", "--list-codes", "--format", "json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [row["code"] for row in rows] == list(FINDING_KINDS)
    assert rows[0]["message"] == "no outline was found: no numbered headings and no lead-in headings"
    assert "没有找到大纲" in kg("--lang", "zh", "lint", "--list-codes", env={"COLUMNS": "80"}).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--code", "markerword"], "did you mean marker-word?"),
        (["--off", "xyz"], "kg lint --list-codes"),
        (["plan.txt", "--graph", "g"], "leave one of them out"),
    ],
)
def test_wrong_usage_is_told_with_the_way_out(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = kg("lint", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_paths_win_over_the_graph_of_the_environment(tmp_path: Path) -> None:
    assert kg("lint", plans(tmp_path), env={"KG_GRAPH": str(tmp_path / "absent")}).exit_code == 0
    assert kg("lint", env={"KG_GRAPH": str(tmp_path / "absent")}).exit_code == 3
