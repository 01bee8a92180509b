"""Loading into a real Neo4j server: what is written, what stays, what is removed, and loads that were broken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph import Graph, open_graph
from kg.neo4j.check import check
from kg.neo4j.connection import Connection
from kg.neo4j.load import load
from kg.neo4j.store import open_database
from kg.records import GraphRecords, InputFile, Row
from ontology.vocabulary import vocabulary
from tests.kg.cli_helpers import kg
from tests.kg.neo4j_helpers import changed, emptied, folder_of
from tests.kg.small_graph import responsibility, small_graph


@pytest.fixture
def database(neo4j_address: str) -> Iterator[Connection]:
    with emptied(neo4j_address) as connection:
        yield connection


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return folder_of(small_graph(), tmp_path / "small")


def town(name: str, *, actions: int = 1, aliases: list[str] | None = None) -> GraphRecords:
    """The plan of one invented county of a province both share, with a body of the province that supports."""
    document = f"{name}/plan"
    return GraphRecords(
        nodes={
            "City": [
                {"uid": name, "name": f"{name}县", "adcode": name, "level": "county", "former_names": []},
                {"uid": "990000", "name": "示例省", "adcode": "990000", "level": "province", "former_names": []},
            ],
            "Document": [{"uid": document, "name": f"{name}方案", "file": f"{name}.txt"}],
            "Action": [
                {"uid": f"{document}/{n}", "name": f"举措{n}", "order": n} for n in range(1, actions + 1)
            ],
            "Department": [
                {"uid": f"{name}:甲局", "name": f"{name}甲局", "aliases": []},
                {"uid": "990000:乙厅", "name": "示例省乙厅", "aliases": aliases or []},
            ],
            "Function": [{"uid": f"core:{name}", "name": f"{name}的工作"}],
        },
        edges={
            ("City", "PART_OF", "City"): [{"source": name, "target": "990000"}],
            ("City", "ISSUED", "Document"): [{"source": name, "target": document}],
            ("Document", "HAS_ACTION", "Action"): [
                {"source": document, "target": f"{document}/{n}", "order": n} for n in range(1, actions + 1)
            ],
            ("Department", "IN", "City"): [
                {"source": f"{name}:甲局", "target": name},
                {"source": "990000:乙厅", "target": "990000"},
            ],
            ("Department", "PERFORMS", "Function"): [{"source": f"{name}:甲局", "target": f"core:{name}"}],
            ("Department", "LEADS", "Action"): [
                responsibility(f"{name}:甲局", f"{document}/{n}") for n in range(1, actions + 1)
            ],
            ("Department", "SUPPORTS", "Action"): [responsibility("990000:乙厅", f"{document}/1")],
        },
        texts={document: f"{name}的方案\n"},
        findings=(),
        inputs=(InputFile(f"{name}.txt", "ab" * 32, "read"),),
    )  # fmt: skip


def both(first: GraphRecords, second: GraphRecords) -> GraphRecords:
    """Two graphs as one."""

    def joined(one: dict[object, list[Row]], other: dict[object, list[Row]]) -> dict[object, list[Row]]:
        found: dict[object, list[Row]] = {}
        for key in {**one, **other}:
            rows = [*one.get(key, ()), *other.get(key, ())]
            found[key] = [row for place, row in enumerate(rows) if row not in rows[:place]]
        return found

    return GraphRecords(
        joined(dict(first.nodes), dict(second.nodes)),  # type: ignore[arg-type]
        joined(dict(first.edges), dict(second.edges)),  # type: ignore[arg-type]
        {**first.texts, **second.texts},
        (*first.findings, *second.findings),
        (*first.inputs, *second.inputs),
    )


def same(graph: Graph, database: Connection) -> bool:
    return all(each.same for each in check(graph, database))


def uids(database: Connection, label: str) -> list[str]:
    return [str(row[0]) for row in database.read(f"MATCH (n:{label}) RETURN n.uid ORDER BY n.uid")]


def counted(graph: Graph, database: Connection, **options: bool) -> tuple[int, int, int]:
    changes = load(graph, database, **options).changes
    return (
        sum(each.created for each in changes),
        sum(each.updated for each in changes),
        sum(each.removed for each in changes),
    )


def test_every_node_and_edge_is_there_and_a_second_load_changes_nothing(graph: Graph, database: Connection) -> None:
    nodes = sum(graph.manifest.nodes.values())
    edges = sum(graph.manifest.relations.values())
    assert counted(graph, database, dry_run=True) == (nodes + edges + 2, 0, 0)
    assert uids(database, "City") == []
    assert counted(graph, database) == (nodes + edges + 2, 0, 0)
    assert same(graph, database)
    assert counted(graph, database) == (0, 0, 0)
    assert same(graph, database)
    assert database.read("MATCH (r:KgRun) RETURN r.nodes_created, r.edges_created, r.texts_created") == [
        [nodes, edges, 2]
    ]


def test_every_uid_stands_once_and_names_have_an_index(graph: Graph, database: Connection) -> None:
    load(graph, database)
    unique = {(row[0], row[1]) for row in database.read(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type = 'UNIQUENESS' "
        "RETURN labelsOrTypes[0], properties[0]")}  # fmt: skip
    named = {(row[0], row[1]) for row in database.read(
        "SHOW INDEXES YIELD labelsOrTypes, properties WHERE labelsOrTypes IS NOT NULL AND properties = ['name'] "
        "RETURN labelsOrTypes[0], properties[0]")}  # fmt: skip
    assert {(label, "uid") for label in vocabulary().node_types} <= unique
    assert {(label, "name") for label in vocabulary().node_types} <= named


def test_what_was_changed_behind_its_back_is_found_and_mended(graph: Graph, database: Connection) -> None:
    load(graph, database)
    changed(database, "MATCH (d:Department {uid: '990100/甲'}) SET d.name = '别的局', d.remark = '分析员的备注'")
    changed(database, "MATCH ()-[r:LEADS]->(:Action) WHERE r.basis = 'text' SET r.duty = '督办'")
    changed(database, "MATCH (:Document)-[r:CITES]->() DELETE r")
    changed(database, "MATCH (a:City), (b:City) WHERE a.uid < b.uid CREATE (a)-[:PART_OF]->(b)")
    wrong = {each.name: (each.graph, each.database) for each in check(graph, database) if not each.same}
    assert wrong == {"Department": (2, 2), "LEADS": (4, 4), "CITES": (1, 0), "PART_OF": (1, 2)}
    assert counted(graph, database) == (1, 2, 1)
    assert same(graph, database)
    # What an analyst wrote beside the ontology's properties is nobody else's business.
    assert database.read("MATCH (d:Department {uid: '990100/甲'}) RETURN d.remark") == [["分析员的备注"]]


def test_parallel_edges_that_say_the_same_are_as_many_as_the_graph_has(tmp_path: Path, database: Connection) -> None:
    records = small_graph()
    twice = [responsibility("990100/甲", "d1/a1/t1"), responsibility("990100/甲", "d1/a1/t1")]
    graph = folder_of(replace(records, edges={**records.edges, ("Department", "LEADS", "Task"): twice}), tmp_path / "g")
    load(graph, database)
    assert database.read("MATCH (:Department)-[r:LEADS]->(:Task) RETURN count(r)") == [[2]]
    assert counted(graph, database) == (0, 0, 0)


def test_cities_are_loaded_one_by_one_and_a_smaller_plan_takes_only_its_own_part_away(
    tmp_path: Path, database: Connection
) -> None:
    first = folder_of(town("990001", actions=3), tmp_path / "first")
    second = folder_of(town("990002", actions=2), tmp_path / "second")
    load(first, database)
    assert load(second, database).kept == 1
    assert uids(database, "Document") == ["990001/plan", "990002/plan"]
    assert uids(database, "Department") == ["990000:乙厅", "990001:甲局", "990002:甲局"]
    assert same(first, database)
    assert same(second, database)

    smaller = folder_of(town("990001", actions=1), tmp_path / "smaller")
    # Two actions, and the edges to them from the plan and from the body that leads them.
    assert counted(smaller, database) == (0, 0, 6)
    assert uids(database, "Action") == ["990001/plan/1", "990002/plan/1", "990002/plan/2"]
    assert same(smaller, database)
    assert same(second, database)


def test_prune_leaves_this_graph_alone_and_what_it_needs(tmp_path: Path, database: Connection) -> None:
    one, two = town("990001"), town("990002")
    load(folder_of(both(one, two), tmp_path / "both"), database)
    alone = folder_of(one, tmp_path / "one")
    assert counted(alone, database) == (0, 0, 0)
    # A city, a plan, an action, a body and a function, and the seven edges of the plan 990002; its text.
    assert counted(alone, database, prune=True) == (0, 0, 5 + 7 + 1)
    assert uids(database, "Department") == ["990000:乙厅", "990001:甲局"]
    assert same(alone, database)
    again = folder_of(both(one, two), tmp_path / "again")
    assert counted(again, database) == (5 + 7 + 1, 0, 0)
    assert same(again, database)


def test_a_file_that_could_not_be_read_keeps_what_the_database_has_of_it(tmp_path: Path, database: Connection) -> None:
    one, two = town("990001"), town("990002")
    load(folder_of(both(one, two), tmp_path / "both"), database)
    failed = replace(one, inputs=(*one.inputs, InputFile("990002.txt", None, "failed", "cannot be read")))
    assert counted(folder_of(failed, tmp_path / "failed"), database, prune=True) == (0, 0, 0)
    assert uids(database, "Document") == ["990001/plan", "990002/plan"]
    assert [given.outcome for given in open_database(database.address).inputs()] == ["read", "failed"]


def test_a_body_that_other_plans_name_keeps_their_names_of_it(tmp_path: Path, database: Connection) -> None:
    load(folder_of(town("990001", aliases=["省乙厅"]), tmp_path / "first"), database)
    second = folder_of(town("990002", aliases=["乙厅"]), tmp_path / "second")
    load(second, database)
    assert database.read("MATCH (d:Department {uid: '990000:乙厅'}) RETURN d.aliases") == [[["乙厅", "省乙厅"]]]
    assert counted(second, database) == (0, 0, 0)


def test_a_shared_node_goes_with_the_last_plan_that_needs_it(tmp_path: Path, database: Connection) -> None:
    one, two = town("990001"), town("990002")
    load(folder_of(one, tmp_path / "one"), database)
    load(folder_of(two, tmp_path / "two"), database)
    edges = {key: rows for key, rows in two.edges.items() if key != ("Department", "PERFORMS", "Function")}
    nodes = {label: rows for label, rows in two.nodes.items() if label != "Function"}
    less = folder_of(replace(two, nodes=nodes, edges=edges), tmp_path / "less")
    changed(database, "MATCH (:Department {uid: '990002:甲局'})-[r:PERFORMS]->() DELETE r")
    # The body 990002:甲局 is needed by its own plan only; nothing points to its line of work any more.
    assert counted(less, database) == (0, 0, 1)
    assert uids(database, "Function") == ["core:990001"]


@pytest.mark.parametrize("plans", ["small", "samples"])
def test_the_cypher_script_makes_the_same_graph(
    plans: str, graph: Graph, sample_graph: Path, tmp_path: Path, database: Connection
) -> None:
    source = graph if plans == "small" else open_graph(sample_graph)
    assert kg("export", "cypher", "--graph", source.path, "-o", tmp_path / "graph.cypher").exit_code == 0
    # One statement a line, as cypher-shell reads them.
    for statement in (tmp_path / "graph.cypher").read_text(encoding="utf-8").splitlines():
        changed(database, statement.removesuffix(";"))
    compared = [each for each in check(source, database) if each.kind != "text"]
    assert [each.name for each in compared if not each.same] == []
    assert sum(each.database for each in compared) > 20
