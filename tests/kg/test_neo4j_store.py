"""One body over all stores: a graph in a Neo4j database answers as the folder it was loaded from does."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg as package
from kg.graph import Graph, open_graph
from kg.neo4j.guide import FIRST_QUESTIONS, ONLY_THE_GRAPH
from kg.neo4j.load import load
from kg.store import GraphStore
from ontology.errors import GraphError, QueryError, QueryTimeoutError, UsageError, WriteRefusedError
from ontology.vocabulary import vocabulary
from queries.lookups import lookup
from tests.kg.cli_helpers import kg
from tests.kg.neo4j_helpers import changed, emptied, folder_of
from tests.kg.small_graph import small_graph

OUT = "OUT"
READING = (
    "report workload --format json",
    "report workload --level action --by function --format json",
    "report departments --format json",
    "report coverage --format json",
    "report body 砚川市:市财政局 --format json",
    "report dependencies --format json",
    "report targets --format json",
    "report indicators --format json",
    "report calendar --format json",
    "report calendar -o OUT/calendar.ics",
    "report summary --format json",
    "report overlap --format json",
    "report overlap --pairs --format json",
    "report repeats --format json",
    "report workload -o OUT/workload.xlsx",
    "lint --severity info --format json",
    "review list --format json",
    "show 砚川市:市财政局 --format json",
    "query workload --format json",
    "query evidence --param body=砚川市:市财政局 --format json",
    "cypher MATCH(d:Department)-[r:LEADS|SUPPORTS]->(a:Action)RETURN/**/d,r,a/**/ORDER/**/BY/**/d.uid,a.uid --format json",
    "validate --format json",
    "sparql workload --format json",
    *(f"view {kind} -o OUT/page.html" for kind in
      ("overview", "network", "overlap", "dependencies", "targets", "due", "findings")),
    "view department 砚川市:市财政局 -o OUT/page.html",
    "site -o OUT/site",
    *(f"export {form} -o OUT/{form}" for form in ("csv", "json", "ttl", "cypher", "graphml", "gexf", "neo4j-admin")),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Graph:
    return folder_of(small_graph(), tmp_path / "small")


@pytest.fixture(params=["folder", pytest.param("server", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, folder: Graph) -> GraphStore:
    """The small graph in every store there is."""
    if request.param == "folder":
        return folder
    address = request.getfixturevalue("neo4j_address")
    with emptied(address) as connection:
        load(folder, connection)
    return package.open(address)


def test_tables_texts_accounts_and_findings(store: GraphStore, folder: Graph) -> None:
    for label in vocabulary().node_types:
        assert store.nodes(label) == folder.nodes(label), label
    for relation in vocabulary().relation_types:
        assert store.edges(relation) == folder.edges(relation), relation
    assert store.texts() == folder.texts()
    assert list(store.texts()) == ["d1", "d2"]
    assert store.text("d2") == "关于乙城改革的研究\n"
    assert store.accounts() == folder.accounts()
    assert store.findings() == folder.findings()
    assert store.inputs() == folder.manifest.inputs
    assert set(store.to_networkx().edges(keys=True)) == set(folder.to_networkx().edges(keys=True))


def test_values_of_every_kind_come_back_as_they_are(store: GraphStore) -> None:
    answer = store.cypher(
        "MATCH (c:City) WHERE c.uid = $uid RETURN c, c.name AS name, c.last_year AS year, c.former_names AS names, "
        "1.5 AS number, null AS nothing, true AS yes, date('2024-05-06') AS day, {甲: [1, null]} AS map",
        uid="990100",
    )
    assert answer.columns == ("c", "name", "year", "names", "number", "nothing", "yes", "day", "map")
    assert answer.rows == [{
        "c": {"labels": ["City"], "uid": "990100", "name": "示例市", "adcode": "990100", "former_names": ["旧市"],
              "last_year": 2020, "level": "prefecture"},
        "name": "示例市", "year": 2020, "names": ["旧市"], "number": 1.5, "nothing": None, "yes": True,
        "day": "2024-05-06", "map": {"甲": [1, None]},
    }]  # fmt: skip
    path = store.cypher("MATCH p = (:Document)-[:HAS_ACTION]->(:Action) RETURN p").rows[0]["p"]
    assert isinstance(path, dict)
    assert path["relationships"] == [{"type": "HAS_ACTION", "order": 1}]


def test_what_is_refused_and_what_is_wrong_is_said_alike(store: GraphStore) -> None:
    with pytest.raises(WriteRefusedError):
        store.cypher("MATCH (c:City) SET c.name = 'x'")
    with pytest.raises(QueryError) as caught:
        store.cypher("MATCH (c:City)\nRETURN c.name, d.name")
    assert caught.value.where == "line 2, column 16"
    with pytest.raises(QueryError, match=r"no value was given for \$city"):
        store.run("MATCH (c:City) WHERE c.name = $city RETURN c")
    with pytest.raises(UsageError, match="there is no document d3"):
        store.text("d3")
    with pytest.raises(UsageError, match="there is no label Citty"):
        store.nodes("Citty")
    (warning,) = store.cypher("MATCH (n:部门) RETURN n").warnings
    assert "Did you mean 'Department'?" in warning
    assert store.cypher("MATCH (n:Function)-[r:OVERLAPS]->() RETURN r").warnings == ()


def test_a_question_that_takes_too_long_is_stopped(store: GraphStore) -> None:
    with pytest.raises(QueryTimeoutError):
        store.run(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
            "WITH a, b WHERE a % 7 = b % 11 RETURN count(*) AS n",
            timeout=0.5,
        )


def test_what_a_write_changes_ends_with_it(store: GraphStore) -> None:
    answer = store.run_isolated("MATCH (c:City) SET c.level = 'x' RETURN count(c) AS n", read_only=False)
    assert answer.rows == [{"n": 2}]
    assert store.cypher("MATCH (c:City) WHERE c.level = 'x' RETURN count(c) AS n").rows == [{"n": 0}]


@pytest.mark.parametrize("question", FIRST_QUESTIONS, ids=lambda question: question.name)
def test_the_first_questions_of_the_guide_run(question: object, store: GraphStore, folder: Graph) -> None:
    cypher = question.cypher  # type: ignore[attr-defined]
    assert store.cypher(cypher).rows == folder.cypher(cypher).rows


def test_every_lookup_gives_the_same_rows(store: GraphStore, folder: Graph) -> None:
    from queries import lookups

    names = [path.stem for path in Path(lookups.__file__).parent.glob("*.cypher")]
    assert len(names) > 10
    known = {
        "bodies": ["990100/甲"],
        "actions": ["d1/a1"],
        "documents": ["d1", "d2"],
        "uids": ["d1/a1"],
        "inherited": True,
        "themes": ["time"],
        "holders": ["d1/a1", "d1/a1/t1"],
    }
    for name in names:
        text = lookup(name)
        given = {key: value for key, value in known.items() if f"${key}" in text}
        assert store.run(text, given).rows == folder.run(text, given).rows, name


def test_every_command_that_reads_a_graph_prints_and_writes_the_same(
    samples: Path, tmp_path: Path, neo4j_address: str
) -> None:
    graph = tmp_path / "g"
    assert kg("build", *sorted(samples.glob("*.txt")), "-o", graph).exit_code == 0
    with emptied(neo4j_address) as connection:
        load(open_graph(graph), connection)
    for number, command in enumerate(READING):
        answers = []
        for place, where in enumerate((str(graph), neo4j_address)):
            out = tmp_path / f"{number}-{place}"
            out.mkdir()
            answer = kg(*command.replace(OUT, str(out)).split(), "--graph", where)
            written = {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
            # A finding names the command that shows more of it, with the graph it was asked of.
            answers.append((answer.exit_code, answer.stdout.replace(where, "GRAPH"), written))
        assert answers[0] == answers[1], command
        assert answers[0][0] in (0, 1), (command, answers[0])
        assert answers[0][1] or answers[0][2], command


def test_without_a_label_the_loaders_nodes_can_be_left_out(tmp_path: Path, folder: Graph, neo4j_address: str) -> None:
    with emptied(neo4j_address) as connection:
        load(folder, connection)
    answer = package.open(neo4j_address).cypher(f"MATCH (n) WHERE {ONLY_THE_GRAPH} RETURN count(n) AS n")
    assert answer.rows == folder.cypher("MATCH (n) RETURN count(n) AS n").rows


def test_a_database_without_a_graph_and_one_half_loaded_are_refused(neo4j_address: str, folder: Graph) -> None:
    with emptied(neo4j_address) as connection:
        with pytest.raises(GraphError, match="there is no graph in this database"):
            package.open(neo4j_address)
        load(folder, connection)
        changed(connection, "MATCH (g:KgGraph) SET g.unfinished = true")
        answer = kg("report", "workload", "--graph", neo4j_address)
        assert answer.exit_code == 4
        assert "it was broken off" in answer.stderr
        load(folder, connection)
    assert kg("report", "workload", "--graph", neo4j_address).exit_code == 0
