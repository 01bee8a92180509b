"""The commands that read a graph: cypher, report workload, show; and what they say where there is none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from kg.output import cell_width
from tests.kg.cli_helpers import kg, plans


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    assert kg("build", plans(folder), "-o", folder / "g").exit_code == 0
    return folder / "g"


# ------------------------------------------------------------------------------------------------ cypher

BODIES = "MATCH (d:Department)-[:LEADS]->(a:Action) WHERE d.name = $name RETURN a.ref AS ref ORDER BY ref"


def test_cypher_answers_in_every_form(graph: Path) -> None:
    asked = ("cypher", BODIES, "--param", "name=市数据局", "--graph", graph)
    assert kg(*asked).stdout.splitlines()[-2:] == ["一/（一）/2", "一/（一）/3"]
    assert json.loads(kg(*asked, "--format", "json").stdout) == [{"ref": "一/（一）/2"}, {"ref": "一/（一）/3"}]
    assert kg(*asked, "--format", "csv").stdout == "ref\n一/（一）/2\n一/（一）/3\n"
    assert kg(*asked, "--format", "md").stdout.splitlines()[1] == "|---|"


def test_cypher_comes_from_a_file_or_standard_input(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.cypher").write_text("RETURN $n + 1 AS m, $s AS s, $l AS l", encoding="utf-8")
    values = ("--param", "n=41", "--param", "s=甲=乙", "--param", 'l=["a", 2]', "--format", "jsonl", "--graph", graph)
    assert json.loads(kg("cypher", f"@{tmp_path / 'q.cypher'}", *values).stdout) == {
        "m": 42,
        "s": "甲=乙",
        "l": ["a", 2],
    }
    assert json.loads(kg("cypher", "-", *values, text="RETURN $s AS s").stdout) == {"s": "甲=乙"}
    absent = kg("cypher", "@absent.cypher", "--graph", graph)
    assert (absent.exit_code, "absent.cypher: cannot be read" in absent.stderr) == (3, True)


def test_a_cypher_error_shows_the_place_and_a_hint(graph: Path) -> None:
    result = kg("cypher", "MATCH (d:Department RETURN d", "--graph", graph)
    assert result.exit_code == 2
    assert "line 1, column 21" in result.stderr
    assert "^" in result.stderr
    assert "Traceback" not in result.stderr
    misspelt = kg("cypher", "MATCH (d:Departmnt) RETURN d.name", "--graph", graph)
    assert (misspelt.exit_code, "Did you mean 'Department'?" in misspelt.stderr) == (0, True)


def test_writes_are_refused_unless_allowed_and_never_kept(graph: Path) -> None:
    write = "MATCH (c:City) SET c.level = 'x' RETURN count(c) AS n"
    refused = kg("cypher", write, "--graph", graph)
    assert refused.exit_code == 2
    assert "only read" in refused.stderr
    assert kg("cypher", write, "--write", "--graph", graph).exit_code == 0
    kept = kg("cypher", "MATCH (c:City) WHERE c.level = 'x' RETURN c.name", "--format", "json", "--graph", graph)
    assert json.loads(kept.stdout) == []


def test_a_query_that_runs_away_is_stopped(graph: Path) -> None:
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS n"
    result = kg("cypher", endless, "--timeout", "0.5", "--graph", graph)
    assert result.exit_code == 4
    assert "--timeout" in result.stderr


def test_a_parameter_needs_a_name_and_a_value(graph: Path) -> None:
    result = kg("cypher", "RETURN 1", "--param", "x", "--graph", graph)
    assert (result.exit_code, "--param city=" in result.stderr) == (2, True)


# ------------------------------------------------------------------------------------------------ report workload


def test_workload_as_the_plans_say(graph: Path) -> None:
    result = kg("report", "workload", "--graph", graph, "--format", "json")
    report = json.loads(result.stdout)
    assert list(report) == ["workload", "concentration", "solo_leads", "readings", "documents", "counting"]
    comma = [row for row in report["workload"] if row["city"] == "云岭市"]
    assert [(row["body"], row["lead"], row["joint"], row["support"], row["solo"]) for row in comma] == [
        ("市数据局", 1, 1, 1, 1),
        ("市市场监管局", 1, 0, 0, 0),
        ("市财政局", 0, 1, 0, 0),
        ("市税务局", 0, 0, 1, 0),
    ]
    assert [row["share"] for row in comma] == [pytest.approx(share) for share in (3 / 6, 1 / 6, 1 / 6, 1 / 6)]
    assert [(row["city"], row["status"], row["year"]) for row in report["documents"]] == [
        ("云岭市", "draft", "2024–2026"),
        ("海棠市", "issued", "2023"),
    ]
    assert {"what": "note", "responsibilities": 0, "counted": False, "switch": "notes"} in report["counting"]


def test_workload_fits_a_screen_of_80_columns_in_both_languages(graph: Path) -> None:
    for lang, heading in (("zh", "共同牵头"), ("en", "joint lead")):
        result = kg("report", "workload", "--graph", graph, "--lang", lang, env={"COLUMNS": "80"})
        assert heading in result.stdout
        assert max(cell_width(line) for line in result.stdout.splitlines()) <= 80
    assert "云岭市 (draft 2024–2026)" in result.stdout
    assert "1 of 3 lists name several bodies and no lead" in " ".join(result.stdout.split())


def test_workload_of_one_city_by_line_of_work_in_excel(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "load.xlsx"
    result = kg(
        "report", "workload", "--graph", graph, "--city", "海棠市", "--by", "function", "-o", target, "--lang", "zh"
    )
    assert result.exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.worksheets[0]["C1"].value == "条线"
    assert {row[0].value for row in book.worksheets[0].iter_rows(min_row=2)} == {"海棠市"}


def test_workload_csv_gives_a_file_a_table(graph: Path, tmp_path: Path) -> None:
    kg("report", "workload", "--graph", graph, "--level", "action", "-o", tmp_path / "load.csv")
    assert sorted(path.name for path in tmp_path.iterdir())[:3] == [
        "load-concentration.csv", "load-counting.csv", "load-documents.csv",
    ]  # fmt: skip
    with (tmp_path / "load.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["city"] == "海棠市"]
    assert {row["body"]: (row["lead"], row["support"]) for row in rows} == {
        "市市场监管局": ("1", "0"),
        "市税务局": ("0", "1"),
    }


def test_an_unknown_city_is_wrong_usage(graph: Path) -> None:
    result = kg("report", "workload", "--city", "青塔市", "--graph", graph)
    assert result.exit_code == 2
    assert "云岭市" in result.stderr


# ------------------------------------------------------------------------------------------------ show


def test_show_gives_relations_with_the_sentence_and_its_line(graph: Path) -> None:
    result = kg("show", "市财政局", "--graph", graph, "--format", "json")
    shown = json.loads(result.stdout)
    assert {"property": "name", "zh": "名称", "en": "name", "value": "市财政局"} in shown["node"]
    (lead,) = [row for row in shown["relations"] if (row["relation"], row["label"]) == ("LEADS", "Action")]
    assert (lead["ref"], lead["quote"], lead["line"], lead["file"]) == (
        "一/（一）/2", "（市数据局、市财政局）", 11, "comma.txt",
    )  # fmt: skip
    assert lead["joint"] is True


def test_show_of_an_action_gives_its_text(graph: Path) -> None:
    result = kg("show", "公开办事指南", "--graph", graph, "--lang", "zh")
    assert "comma.txt:13" in result.stdout
    assert "（市数据局）" in result.stdout
    assert "牵头 LEADS ← 部门（1）" in result.stdout


def test_show_lists_what_a_name_fits(graph: Path) -> None:
    several = kg("show", "市市场监管局", "--graph", graph)
    assert several.exit_code == 2
    assert "fits 2 nodes" in several.stderr
    assert several.stderr.count("市市场监管局") == 3
    none = kg("show", "丁局", "--graph", graph)
    assert (none.exit_code, "kg cypher" in none.stderr) == (2, True)


# ------------------------------------------------------------------------------------------------ no graph


@pytest.mark.parametrize("command", [("cypher", "RETURN 1"), ("report", "workload"), ("show", "x")])
def test_without_a_graph_every_command_says_how_to_make_one(tmp_path: Path, command: tuple[str, ...]) -> None:
    absent = kg(*command, "--graph", tmp_path / "absent")
    assert absent.exit_code == 3
    assert "kg build" in absent.stderr
    assert "Traceback" not in absent.stderr
    address = kg(*command, "--graph", "bolt://localhost:1", env={"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": "none"})
    assert address.exit_code == 4
    assert "bolt://localhost:1" in address.stderr
    assert kg(*command, env={"KG_GRAPH": str(tmp_path / "elsewhere")}).stderr.startswith(
        f"error: {tmp_path / 'elsewhere'}"
    )


def test_a_broken_graph_or_one_of_another_version_is_told(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    kg("build", plans(tmp_path), "-o", graph)
    (manifest,) = graph.glob("versions/*/manifest.json")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**content, "format": 999}), encoding="utf-8")
    newer = kg("report", "workload", "--graph", graph)
    assert (newer.exit_code, "format 999" in newer.stderr) == (3, True)
    manifest.write_text("{", encoding="utf-8")
    broken = kg("report", "workload", "--graph", graph)
    assert (broken.exit_code, "kg build" in broken.stderr) == (3, True)


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "0"])
def test_a_timeout_is_a_number_of_seconds(graph: Path, seconds: str) -> None:
    refused = kg("cypher", "RETURN 1 AS n", "--timeout", seconds, "--graph", graph)
    assert refused.exit_code == 2
    assert "--timeout" in refused.stderr


def test_parameters_are_given_once_and_used(graph: Path) -> None:
    twice = kg("cypher", "RETURN $a AS n", "--param", "a=1", "--param", "a=2", "--graph", graph)
    assert twice.exit_code == 2
    assert "--param a is given twice" in twice.stderr
    unused = kg("cypher", "RETURN $a AS n", "--param", "a=1", "--param", "aa=2", "--graph", graph, "--format", "csv")
    assert (unused.exit_code, unused.stdout) == (0, "n\n1\n")
    assert unused.stderr == "note: the query has no parameter $aa\n"


def test_nothing_is_written_among_the_files_of_a_graph(graph: Path) -> None:
    for arguments in (("report", "workload", "--graph", graph, "-o"), ("build", graph, "-o"), ("demo", "-o")):
        refused = kg(*arguments, graph / "versions" / "a.csv")
        assert refused.exit_code == 2
        assert "lies inside the graph folder" in refused.stderr
    assert not (graph / "versions" / "a.csv").exists()


def test_a_city_without_a_responsible_body_is_one_line(tmp_path: Path) -> None:
    plan = "松岭市2025年服务提升工作方案\n\n一、重点工作\n\n（一）企业登记\n\n1.推行一次办结。\n"
    (tmp_path / "a.txt").write_text(plan, encoding="utf-8")
    built = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g")
    assert "1 document, 1 city, 1 action, " in built.stdout
    assert "0 bodies with a responsibility, 0 responsibilities" in built.stdout
    told = kg("report", "workload", "--city", "松岭市", "--graph", tmp_path / "g")
    assert (told.exit_code, told.stdout) == (0, "松岭市: no responsible body was found.\n")
    machine = kg("report", "workload", "--graph", tmp_path / "g", "--format", "json")
    assert json.loads(machine.stdout)["workload"] == []
    assert machine.stderr == told.stdout


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        (("report", "departments"), {"leads", "supports", "body"}),
        (("report", "coverage"), {"city", "read"}),
    ],
)
def test_a_screen_of_80_columns_keeps_what_the_table_is_about(
    graph: Path, command: tuple[str, ...], kept: set[str]
) -> None:
    lines = kg(*command, "--graph", graph, env={"COLUMNS": "80"}).stdout.splitlines()
    headings = lines[next(place for place, line in enumerate(lines) if line.startswith("──")) - 1]
    assert kept <= set(headings.split())
    assert max(map(cell_width, lines)) <= 80
