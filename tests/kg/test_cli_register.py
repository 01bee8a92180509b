"""``kg template register``, ``kg export register`` and ``--meta``, as people use them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.kg.cli_helpers import COMMA, kg, plans


def test_a_template_offers_what_cells_take_and_is_a_register(tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    assert kg("template", "register", "-o", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    sheet, notes = book["责任台账"], book["填写说明"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:9] == ["文件", "城市", "期间", "状态", "编号", "标题", "任务", "部门", "角色"]
    offered = {str(rule.sqref).split(":")[0][:-1] for rule in sheet.data_validations.dataValidation}
    letters = {
        cell.column_letter
        for cell in sheet[1]
        if cell.value in ("状态", "角色", "关系", "职责用语", "依据", "主题", "频次")
    }
    assert letters <= offered
    assert [row[0].value for row in notes.iter_rows(min_row=2) if row[0].value] == headings
    assert kg("build", file, "-o", tmp_path / "graph").exit_code == 0


def test_a_template_does_not_overwrite_what_was_filled_in(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    assert kg("template", "register", "-o", file).exit_code == 0
    assert kg("template", "register", "-o", file).exit_code == 2
    assert kg("template", "register", "-o", tmp_path / "r.pdf").exit_code == 2


def test_a_graph_goes_out_as_a_register_and_comes_back(tmp_path: Path) -> None:
    kg("build", plans(tmp_path), "-o", tmp_path / "one")
    lines = kg("export", "register", "--graph", tmp_path / "one").stdout
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [(row["任务编号"], row["部门"], row["角色"], row["指标"]) for row in rows if row["来源文件"] == "verbs.txt"] == [
        ("", "", "", ""), ("", "", "", ""), ("", "", "", ""),
        ("一/（一）/(1)", "市市场监管局", "牵头", ""), ("一/（一）/(1)", "市税务局", "配合", ""),
        ("一/（一）/(2)", "市市场监管局", "牵头", ""), ("一/（一）/(2)", "", "", "自助点"),
    ]  # fmt: skip
    book = tmp_path / "台账.xlsx"
    assert kg("export", "register", "--graph", tmp_path / "one", "-o", book).exit_code == 0
    assert kg("build", book, "-o", tmp_path / "two").exit_code == 0
    ask = "MATCH (b:Department)-[r]->(h) RETURN b.uid AS body, type(r) AS role, h.uid AS holder ORDER BY body, role, holder"
    one, two = (kg("cypher", ask, "--graph", tmp_path / name, "--format", "csv").stdout for name in ("one", "two"))
    assert one == two != ""


def test_a_bad_cell_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text("文件,城市,编号,部门,角色\n甲方案,甲市,一,市甲局,主持\n,,二,市乙局,牵头\n", encoding="utf-8")
    result = kg("build", file, "-o", tmp_path / "graph")
    assert result.exit_code == 3
    assert "row 2, column 角色 (role): '主持' cannot be read; allowed: 牵头, 配合" in result.stderr
    assert "1 responsibility" in result.stdout
    assert kg("lint", "--graph", tmp_path / "graph", "--code", "register-cell").exit_code == 1


def test_given_facts_are_printed_kept_and_told_apart_from_guesses(tmp_path: Path) -> None:
    folder = plans(tmp_path)
    meta = tmp_path / "facts.toml"
    meta.write_text('[[document]]\nfile = "verbs.txt"\ncity = "自贡市"\nstatus = "draft"\n', encoding="utf-8")
    result = kg("build", folder, "-o", tmp_path / "graph", "--meta", meta)
    assert result.exit_code == 0
    assert any(line.startswith("verbs.txt") and line.endswith("city, status") for line in result.stdout.splitlines())
    (manifest,) = (tmp_path / "graph" / "versions").glob("*/manifest.json")
    given = json.loads(manifest.read_text("utf-8"))["settings"]["given"]
    assert given == {"verbs.txt": {"city": "自贡市", "status": "draft"}}
    ask = "MATCH (c:City)-[:ISSUED]->(d:Document) WHERE size(d.given) > 0 RETURN c.uid AS city, d.status AS status, d.given AS given"
    rows = json.loads(kg("cypher", ask, "--graph", tmp_path / "graph", "--format", "json").stdout)
    assert rows == [{"city": "510300", "status": "draft", "given": ["city", "status"]}]


def test_a_sidecar_is_read_by_every_command_and_is_no_document(tmp_path: Path) -> None:
    folder = plans(tmp_path)
    (folder / "kg-meta.csv").write_text("file,city\ncomma.txt,广元市\n", encoding="utf-8")
    (document, _) = [
        json.loads(line)["document"] for line in kg("extract", folder, "--format", "json").stdout.splitlines()
    ]
    assert (document["city"], document["given"]) == ("广元市", ["city"])


@pytest.mark.parametrize("content", ["file,city\nabsent.txt,广元市\n", "file,mayor\ncomma.txt,甲\n"])
def test_facts_nobody_knows_stop_the_build(tmp_path: Path, content: str) -> None:
    meta = tmp_path / "facts.csv"
    meta.write_text(content, encoding="utf-8")
    result = kg("build", plans(tmp_path), "-o", tmp_path / "graph", "--meta", meta)
    assert (result.exit_code, (tmp_path / "graph").exists()) == (2, False)
    assert f"{meta}:2" in result.stderr


def test_the_same_plan_twice_is_in_the_graph_once(tmp_path: Path) -> None:
    folder = plans(tmp_path)
    (folder / "copy.md").write_text(COMMA.replace("，", " ,"), encoding="utf-8")
    result = kg("build", folder, "-o", tmp_path / "graph")
    assert result.exit_code == 0
    assert "2 documents" in result.stdout
    assert "copy.md" in result.stderr
    assert "comma.txt" in result.stderr
    found = kg(
        "lint", "--graph", tmp_path / "graph", "--severity", "info", "--code", "same-document", "--format", "json"
    )
    (finding,) = json.loads(found.stdout)
    assert (finding["file"], finding["severity"]) == (
        "copy.md" if "copy.md: the same" in result.stderr else "comma.txt",
        "info",
    )
