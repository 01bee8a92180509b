"""``kg report dependencies`` as a command: tables, formats, and what a screen shows of many cities."""

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
    folder = tmp_path_factory.mktemp("dependencies") / "graph"
    write_graph(two_cities(), folder)
    return folder


def test_the_report_is_one_object_of_tables(graph: Path) -> None:
    found = json.loads(kg("report", "dependencies", "--city", "甲市", "--graph", graph, "--format", "json").stdout)
    assert list(found) == [
        "networks", "bodies", "single_points", "askings", "pairs", "groups", "crowds", "documents", "counting",
    ]  # fmt: skip
    assert found["networks"][0]["ties"] == 3
    assert found["askings"][0] == {
        "city": "甲市", "lead": "市审计局", "support": "市数据局", "actions": 1, "entries": 1, "share": 1.0,
        "refs": ["一/3/(1)"], "lead_uid": "b:audit", "support_uid": "b:data",
    }  # fmt: skip


def test_several_cities_are_compared_by_line_of_work(graph: Path) -> None:
    found = json.loads(kg("report", "dependencies", "--graph", graph, "--format", "json").stdout)
    assert {row["function"] for row in found["across"]} == {"数据", "监督检查", "财政"}
    assert len(found["in_cities"]) == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_keep_to_eighty_columns(graph: Path, lang: str) -> None:
    env = {"COLUMNS": "80"}
    for arguments in (["--city", "甲市"], ["--all"], ["--without", "市数据局"]):
        answer = kg("--lang", lang, "report", "dependencies", "--graph", graph, *arguments, env=env)
        assert answer.exit_code == 0
        assert max(map(cell_width, answer.stdout.splitlines())) <= 80


def test_without_a_body_names_what_is_lost(graph: Path) -> None:
    answer = kg("report", "dependencies", "--graph", graph, "--without", "b:data")
    assert "left without a lead (1)" in answer.stdout
    assert "draft" in answer.stdout


def test_an_ambiguous_body_is_answered_with_uids(graph: Path) -> None:
    answer = kg("report", "dependencies", "--graph", graph, "--without", "市")
    assert answer.exit_code == 2
    assert "fits 4 nodes" in answer.stderr
    assert "b:audit  Department  市审计局" in answer.stderr


def test_without_takes_no_line_of_work(graph: Path) -> None:
    answer = kg("report", "dependencies", "--graph", graph, "--without", "b:data", "--by", "function")
    assert answer.exit_code == 2
