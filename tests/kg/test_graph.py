"""A graph folder opened for reading, whole and damaged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.build import lock_graph, write_graph
from kg.graph import Graph, open_graph
from kg.records import InputFile
from ontology.errors import GraphError, GraphLockedError, UsageError
from tests.kg.cli_helpers import kg
from tests.kg.small_graph import FINDINGS, STUDY, large_graph, small_graph


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    write_graph(small_graph(), tmp_path / "kg-graph", settings={"encoding": "utf-8"})
    return open_graph(tmp_path / "kg-graph")


def test_an_opened_graph_answers_and_knows_what_it_is_made_of(graph: Graph) -> None:
    answer = graph.cypher("MATCH (c:City) WHERE c.name = $city RETURN c.adcode AS code", city="示例市")
    assert answer.rows == [{"code": "990100"}]
    assert graph.run_isolated("RETURN $x AS x", {"x": "甲"}).rows == [{"x": "甲"}]
    assert graph.manifest.nodes == {
        "Action": 1, "City": 2, "Department": 2, "Document": 2, "Function": 1, "Indicator": 1, "Instrument": 1, "Section": 2,
        "Target": 1, "Task": 1, "Theme": 2,
    }  # fmt: skip
    assert graph.manifest.relations["LEADS"] == 4
    assert graph.manifest.findings == {"label-outside-clause": {"warning": 1}, "no-outline": {"error": 1}}
    assert graph.manifest.inputs[1] == InputFile("研究.txt", "cd" * 32, "read")
    assert graph.manifest.settings == {"encoding": "utf-8"}


def test_tables_texts_and_findings(graph: Graph) -> None:
    assert [row["name"] for row in graph.nodes("Theme")] == ["政务服务", "办理时限"]
    assert graph.edges("BROADER") == [
        {"source_label": "Theme", "source": "time", "target_label": "Theme", "target": "service"}
    ]
    assert graph.text("d2") == graph.texts()["d2"] == STUDY
    assert [stretch.belongs for stretch in graph.accounts()["d1"]] == ["heading", "heading", "task", "clause"]
    assert graph.findings() == sorted(FINDINGS, key=lambda finding: finding.file)
    with pytest.raises(UsageError, match="there is no document d3"):
        graph.text("d3")
    with pytest.raises(UsageError, match="did you mean: Theme"):
        graph.nodes("Themes")
    with pytest.raises(UsageError, match="did you mean: LEADS"):
        graph.edges("LEAD")


def test_the_networkx_view_keeps_parallel_edges(graph: Graph) -> None:
    view = graph.to_networkx()
    assert (len(view), view.number_of_edges()) == (16, sum(graph.manifest.relations.values()))
    assert view.nodes["990100/乙"] == {"label": "Department", "name": "示例市乙局", "kind": "bureau", "aliases": []}
    parallel = view["990100/甲"]["d1/a1"]
    assert {key: (edge["relation"], edge["duty"]) for key, edge in parallel.items()} == {
        "LEADS": ("LEADS", "牵头"),
        "LEADS#2": ("LEADS", "负责"),
    }
    assert view["time"]["service"] == {"BROADER": {"relation": "BROADER"}}


def test_a_graph_stays_open_while_the_next_is_built(graph: Graph) -> None:
    write_graph(large_graph(3, 2, 4), graph.path)
    assert graph.cypher("MATCH (n) RETURN count(n) AS n").rows == [{"n": 16}]
    assert graph.text("d2") == STUDY
    assert open_graph(graph.path).manifest.relations["LEADS"] == 4


def test_a_cache_that_cannot_be_written_is_done_without(graph: Graph) -> None:
    (cache,) = graph.version.glob("engine-*")
    cache.unlink()
    cache.mkdir()
    assert graph.cypher("MATCH (n) RETURN count(n) AS n").rows == [{"n": 16}]
    assert list(graph.version.glob("*engine*")) == [cache]


def error_at(folder: Path) -> GraphError:
    with pytest.raises(GraphError) as caught:
        open_graph(folder)
    return caught.value


def test_what_is_no_graph_is_told_with_the_next_step(tmp_path: Path) -> None:
    absent = error_at(tmp_path / "none")
    assert absent.message == "there is no graph here"
    assert absent.advice == f"build one: kg build PATH... -o {tmp_path / 'none'}, or name another folder with --graph"
    assert error_at(tmp_path).message == "this is not a graph folder"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert error_at(tmp_path / "file").message == "this is a file, not a graph folder"
    (tmp_path / "versions").mkdir()
    assert "did not come to its end" in error_at(tmp_path).message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the manifest is damaged"),
        ('{"format": 2', "the manifest is damaged"),
        ("[]", "the manifest is damaged"),
        ('{"format": 2}', "the manifest is damaged"),
        ('{"format": "x"}', "the manifest is damaged"),
        ('{"format": 99}', "newer than this kg reads"),
        ('{"format": 1}', "older than this kg reads"),
    ],
)
def test_a_manifest_that_is_damaged_or_of_another_version(graph: Graph, content: str, message: str) -> None:
    (graph.version / "manifest.json").write_text(content, encoding="utf-8")
    error = error_at(graph.path)
    assert message in error.message
    assert f"build it again: kg build PATH... -o {graph.path}" in (error.advice or "")


def test_other_damage_names_the_file(graph: Graph) -> None:
    (graph.version / "manifest.json").unlink()
    assert error_at(graph.path).where == str(graph.version / "manifest.json")
    (graph.path / "CURRENT").write_text("../../elsewhere\n", encoding="utf-8")
    assert error_at(graph.path).where == str(graph.path / "CURRENT")
    (graph.path / "CURRENT").write_text("0123456789abcdef\n", encoding="utf-8")
    assert error_at(graph.path).message == "the graph is damaged: versions/0123456789abcdef is missing"


@pytest.mark.parametrize("listed", [True, False], ids=["sizes in the manifest", "a manifest without sizes"])
@pytest.mark.parametrize("name", ["nodes/City.parquet", "edges/LEADS.parquet", "texts.parquet", "findings.parquet"])
def test_a_table_that_is_missing_or_not_whole_is_named_though_the_cache_could_answer(
    graph: Graph, name: str, listed: bool
) -> None:
    manifest, table = graph.version / "manifest.json", graph.version / name
    content = json.loads(manifest.read_text(encoding="utf-8"))
    if not listed:
        del content["tables"]
        manifest.write_text(json.dumps(content), encoding="utf-8")
    assert open_graph(graph.path).cypher("MATCH (c:City) RETURN count(c) AS n").rows == [{"n": 2}]
    whole = table.read_bytes()
    table.write_bytes(whole[:-9])
    assert error_at(graph.path).message == "the graph is damaged: this table is not whole"
    table.unlink()
    error = error_at(graph.path)
    assert (error.message, error.where) == ("the graph is damaged: this table is missing", str(table))
    assert error.advice == f"build it again: kg build PATH... -o {graph.path}"
    table.mkdir()
    assert "cannot be read" in error_at(graph.path).message


def test_lint_of_a_damaged_graph_says_so(graph: Graph) -> None:
    (graph.version / "edges" / "LEADS.parquet").unlink()
    answer = kg("lint", "--graph", graph.path)
    assert answer.exit_code == 3
    assert "the graph is damaged: this table is missing" in answer.stderr


def test_a_cache_is_made_only_from_the_tables_that_were_built(graph: Graph) -> None:
    table = graph.version / "nodes" / "City.parquet"
    content = bytearray(table.read_bytes())
    content[20] ^= 1
    table.write_bytes(content)
    for cache in graph.version.glob("engine-*"):
        cache.unlink()
    with pytest.raises(GraphError, match="the tables are not those that were built"):
        open_graph(graph.path).cypher("MATCH (c:City) RETURN count(c) AS n")


def test_asking_while_the_first_build_is_under_way_tells_who_builds(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    with lock_graph(folder), pytest.raises(GraphLockedError) as caught:
        open_graph(folder)
    assert caught.value.message.startswith(f"the first build of this graph is under way: process {os.getpid()} on ")
    assert caught.value.advice == "ask again when it has ended"
    folder.mkdir()
    (folder / "versions").mkdir()
    (folder / ".lock-holder.json").write_text('{"pid": 1, "host": "h", "since": "s"}', encoding="utf-8")
    assert "did not come to its end" in error_at(folder).message


def test_the_manifest_is_plain_json_without_times(graph: Graph) -> None:
    content = json.loads((graph.version / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(content) == [
        "data_hash", "findings", "format", "inputs", "nodes", "ontology", "relations", "settings", "tables", "versions",
    ]  # fmt: skip
    assert sorted(content["versions"]) == ["kg", "kglite", "pyarrow"]
