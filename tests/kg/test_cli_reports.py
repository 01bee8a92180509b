"""``kg report workload`` and ``kg report indicators`` as commands: views, widths, and what cannot go together."""

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
    folder = tmp_path_factory.mktemp("reports") / "graph"
    write_graph(two_cities(), folder)
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["workload", "--by", "function"],
        ["workload", "--by", "theme"],
        ["workload", "--compare", "甲市", "乙市"],
        ["workload", "--list"],
        ["indicators"],
        ["indicators", "--scheme", "b-ready"],
    ],
)
def test_every_view_keeps_to_eighty_columns_and_names_its_sources(graph: Path, lang: str, arguments: list[str]) -> None:
    answer = kg("--lang", lang, "report", *arguments, "--graph", graph, env={"COLUMNS": "80"})
    assert answer.exit_code == 0, answer.stderr
    assert max(map(cell_width, answer.stdout.splitlines())) <= 80
    assert ("征求意见稿" if lang == "zh" else "draft") in answer.stdout


def test_a_list_of_one_row(graph: Path) -> None:
    found = json.loads(kg("report", "workload", "--graph", graph, "--list", "市数据局", "--format", "json").stdout)
    assert [(row["role"], row["ref"]) for row in found["responsibilities"]] == [
        ("lead", "一/1"),
        ("joint", "一/2"),
        ("support", "一/3/(1)"),
    ]


def test_a_comparison_is_in_points_for_people_and_keeps_the_shares(graph: Path) -> None:
    found = json.loads(kg("report", "workload", "--graph", graph, "--compare", "甲", "乙", "--format", "json").stdout)
    assert {row["name"]: round(row["difference"], 1) for row in found["comparison"]}["财政"] == 30.8  # 4 of 13
    refused = kg("report", "workload", "--graph", graph, "--compare", "甲", "乙", "--city", "甲")
    assert refused.exit_code == 2


def test_the_matrix_has_a_column_a_city(graph: Path) -> None:
    found = json.loads(kg("report", "indicators", "--graph", graph, "--format", "json").stdout)
    assert len(found["matrix"]) == 18
    assert found["matrix"][0] == {
        "indicator": "Starting a business",
        "甲市": None,
        "乙市": None,
        "notation": "开办企业",
    }
    assert found["cells"] == []
