"""``kg report body`` as a command: the list on a terminal, as a workbook, and the line of work over cities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import write_graph
from kg.output import cell_width
from tests.kg.cli_helpers import kg
from tests.queries.two_cities import two_cities


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("body") / "graph"
    write_graph(two_cities(), folder)
    return folder


def test_the_list_stands_in_blocks_by_role(graph: Path) -> None:
    answer = kg("--lang", "zh", "report", "body", "财政局", "--graph", graph, env={"COLUMNS": "80"})
    assert answer.stdout.splitlines()[0] == "市财政局（b:money）"
    assert [line for line in answer.stdout.splitlines() if line.endswith("项）")] == [
        "牵头（1 项）",
        "共同牵头（2 项）",
        "配合（1 项）",
    ]
    assert max(map(cell_width, answer.stdout.splitlines())) <= 80


def test_machines_get_the_quote_and_the_place(graph: Path) -> None:
    found = json.loads(kg("report", "body", "b:plan", "--graph", graph, "--format", "json").stdout)
    [duty] = found["duties"]
    assert (duty["part"], duty["ref"], duty["quote"], duty["year"]) == ("lead", "一/1", "（发改局牵头）", "2023")
    assert found["loads"][0]["share"] == 1


def test_the_workbook_has_a_sheet_a_table_with_a_fixed_heading(graph: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "清单.xlsx"
    assert kg("--lang", "zh", "report", "body", "b:money", "--graph", graph, "-o", target).exit_code == 0
    book = load_workbook(target)
    assert book.sheetnames == ["duties", "loads", "documents", "counting", "说明"]
    sheet = book["duties"]
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert [cell.value for cell in sheet[1]][:4] == ["职责", "条目", "举措", "事项"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["牵头", "共同牵头", "共同牵头", "配合"]


def test_a_line_of_work_stands_side_by_side(graph: Path) -> None:
    found = json.loads(kg("report", "body", "监督检查", "--function", "--graph", graph, "--format", "json").stdout)
    assert list(found) == ["loads", "side_by_side", "duties", "documents", "counting"]
    assert [row["body"] for row in found["loads"]] == ["市审计局", "市财政局"]


def test_who_is_not_there_is_told(graph: Path) -> None:
    answer = kg("report", "body", "气象局", "--city", "甲市", "--graph", graph)
    assert (answer.exit_code, "no body '气象局' in 甲市" in answer.stderr) == (2, True)
