"""SPARQL: the saved questions agree with the tables, what is left unread changes no answer, and what is refused."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib

from kg.build import write_graph
from kg.export import DEFAULT_BASE
from kg.export.triples import subjects
from kg.graph import Graph, open_graph
from kg.sparql import Engine, ask, ask_isolated, best_engine, wanted
from ontology.errors import BackendError, QueryError, WriteRefusedError
from queries.sparql import saved_questions
from tests.kg.cli_helpers import kg
from tests.kg.small_graph import EDGES, NODES, large_graph, small_graph
from tests.kg.sparql_truth import TRUTH, Answer, evidence

ENGINES: tuple[Engine, ...] = ("rdflib", "pyoxigraph")
PREFIXED = "".join(
    f"PREFIX {prefix}: <{namespace}>\n"
    for prefix, namespace in (
        ("kg", "https://w3id.org/responsibility-kg/ontology#"),
        ("oa", "http://www.w3.org/ns/oa#"),
        ("org", "http://www.w3.org/ns/org#"),
        ("prov", "http://www.w3.org/ns/prov#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
    )
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The small graph with a second target of its indicator, so that there is something to compare."""
    records = small_graph()
    (target,), (measures,), (sets,) = (
        NODES["Target"], EDGES["Target", "MEASURES", "Indicator"], EDGES["Task", "SETS", "Target"],
    )  # fmt: skip
    more = {"uid": "d1/g2", "value": 2.5, "deadline": None}
    records = type(records)(
        nodes={**records.nodes, "Target": [target, {**target, **more}]},
        edges={
            **records.edges,
            ("Target", "MEASURES", "Indicator"): [measures, {**measures, "source": "d1/g2"}],
            ("Task", "SETS", "Target"): [sets, {**sets, "target": "d1/g2"}],
        },
        texts=records.texts, findings=records.findings, inputs=records.inputs, accounts=records.accounts,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("sparql") / "small"
    write_graph(records, folder)
    return open_graph(folder)


@pytest.fixture(scope="module")
def sampled(sample_graph: Path) -> Graph:
    return open_graph(sample_graph)


@pytest.fixture(params=["small", "sampled"])
def graph(request: pytest.FixtureRequest) -> Graph:
    return request.getfixturevalue(request.param)


def _a_body(graph: Graph) -> str:
    """The body with the most responsibilities."""
    edges = [*graph.edges("LEADS"), *graph.edges("SUPPORTS")]
    sources = [str(row["source"]) for row in edges]
    most = max(sorted(set(sources)), key=sources.count)
    return next(str(row["name"]) for row in graph.nodes("Department") if row["uid"] == most)


def _asked(graph: Graph, name: str, engine: Engine) -> Answer:
    values = {"name": _a_body(graph)} if name == "evidence" else {}
    return ask(graph, saved_questions()[name].text, values, engine=engine).rows.rows


def _sorted(rows: Answer) -> list[str]:
    return sorted(
        json.dumps({k: float(v) if isinstance(v, int) else v for k, v in row.items()}, sort_keys=True) for row in rows
    )


@pytest.mark.parametrize("name", sorted(saved_questions()))
def test_a_saved_question_agrees_with_the_tables(graph: Graph, name: str) -> None:
    first, second = (json.dumps(_asked(graph, name, engine), ensure_ascii=False) for engine in ENGINES)
    assert first == second
    truth = evidence(graph, _a_body(graph)) if name == "evidence" else TRUTH[name](graph)
    assert truth, "nothing to compare"
    assert _sorted(json.loads(first)) == _sorted(truth)


def test_the_answers_of_the_small_graph(small: Graph) -> None:
    assert _asked(small, "workload", "rdflib") == [
        {"city": "示例市", "body": "示例市甲局", "lead": 2, "joint": 0, "support": 0, "total": 2},
        {"city": "示例市", "body": "示例市乙局", "lead": 0, "joint": 0, "support": 1, "total": 1},
    ]
    assert _asked(small, "lead-support", "rdflib") == [
        {"city": "示例市", "lead": "示例市甲局", "support": "示例市乙局", "together": 1}
    ]
    assert _asked(small, "actions", "rdflib") == [
        {"theme": "办理时限", "city": "示例市", "actions": 1, "example": "压缩办理时限"}
    ]
    assert [(row["indicator"], row["city"], row["value"], row["deadline"]) for row in _asked(small, "targets", "rdflib")] == [
        ("办理时间", "示例市", 2.5, None), ("办理时间", "示例市", 3.0, "2025"),
    ]  # fmt: skip


AD_HOC: Mapping[str, str] = {
    "properties": "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p",
    "of-cities": "SELECT ?p ?o WHERE { ?city a kg:City ; ?p ?o }",
    "inherited": "SELECT ?e WHERE { ?e kg:inherited true ; kg:quote ?q }",
    "joined": "SELECT ?name ?heading WHERE { ?body kg:LEADS ?held ; kg:name ?name . ?held kg:heading ?heading }",
    "optional": "SELECT ?n ?b WHERE { ?t a skos:Concept ; kg:name ?n OPTIONAL { ?t kg:BROADER ?up . ?up kg:name ?b } }",
    "absent": "SELECT ?n WHERE { ?b a kg:Department ; kg:name ?n FILTER NOT EXISTS { ?b kg:SUPPORTS ?held } }",
    "absent-star": "SELECT ?n WHERE { ?b kg:kind 'bureau' ; kg:name ?n FILTER NOT EXISTS { ?b kg:name ?m ; kg:LEADS ?a } }",
    "minus": "SELECT ?n WHERE { ?b kg:kind ?kind ; kg:name ?n MINUS { ?b kg:LEADS ?held . ?held kg:heading ?h } }",
    "either": "SELECT ?n WHERE { { ?x kg:op ?op ; kg:name ?n } UNION { ?x kg:adcode ?code ; kg:name ?n } }",
    "path": "SELECT ?d ?t WHERE { ?d kg:HAS_ACTION/kg:HAS_TASK ?t }",
    "back": "SELECT ?d ?t WHERE { ?t ^kg:HAS_TASK/^kg:HAS_ACTION ?d }",
    "any-steps": "SELECT ?a ?b WHERE { ?a kg:GROUPS+ ?b }",
    "no-step": "SELECT ?a ?b WHERE { ?a kg:PART_OF* ?b . ?a kg:level 'prefecture' }",
    "but": "SELECT ?a ?b WHERE { ?a !(rdf:type|kg:name) ?b . ?a kg:adcode ?code }",
    "same-star-twice": "SELECT ?a ?b WHERE { ?a kg:kind ?x ; kg:name ?n . ?b kg:kind ?x ; kg:uid ?u }",
    "selector": "SELECT ?x ?s WHERE { ?e prov:agent ?b . ?span oa:hasSelector [ oa:exact ?x ] , [ oa:start ?s ] }",
    "unit": "SELECT DISTINCT ?body ?city WHERE { ?body org:linkedTo|kg:IN ?city }",
    "described": "DESCRIBE ?city WHERE { ?city kg:adcode '990100' }",
    "constructed": "CONSTRUCT { ?body ?p ?n } WHERE { ?body kg:kind 'bureau' ; kg:name ?n BIND(kg:name AS ?p) }",
    "asked": "ASK { ?e rdf:predicate kg:SUPPORTS ; kg:joint true }",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(small: Graph) -> rdflib.Graph:
    """Every triple of the small graph, read from its N-Triples by rdflib alone."""
    from kg.export import EXPORT_FORMATS

    return rdflib.Graph(bind_namespaces="none").parse(data="\n".join(EXPORT_FORMATS["nt"].lines(small)), format="nt")


@pytest.mark.parametrize("name", [*AD_HOC, *sorted(saved_questions())])
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_left_unread_changes_no_answer(small: Graph, whole: rdflib.Graph, engine: Engine, name: str) -> None:
    text = AD_HOC.get(name) or saved_questions()[name].text
    result = whole.query(
        PREFIXED + text, initBindings={"name": rdflib.Literal("示例市甲局")} if name == "evidence" else {}
    )
    expected = (
        [("True" if result.askAnswer else "False",)]
        if result.type == "ASK"
        else [tuple("" if term is None else _shown(term) for term in row) for row in result]  # type: ignore[union-attr]
    )
    answer = ask(small, text, {"name": "示例市甲局"} if name == "evidence" else {}, engine=engine)
    rows = [tuple("" if value is None else str(value) for value in row.values()) for row in answer.rows.rows]
    assert sorted(rows) == sorted(expected)
    assert answer.triples <= len(whole)


def _shown(term: rdflib.term.Node) -> str:
    return str(term.toPython()) if isinstance(term, rdflib.Literal) else str(term)


def test_only_what_a_question_can_match_is_read(small: Graph) -> None:
    text = PREFIXED + "SELECT ?e WHERE { ?e rdf:predicate kg:LEADS ; kg:inherited true }"
    assert [len(pairs) for _, pairs in subjects(small, DEFAULT_BASE, wanted(text))] == [2]
    assert wanted(PREFIXED + "SELECT ?e WHERE { ?e ?p 1 }") is None


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("SELECT * WHERE { SERVICE <http://example.org/sparql> { ?s ?p ?o } }", QueryError, "SERVICE"),
        ("SELECT * WHERE { ?s kg:name ?n OPTIONAL { SERVICE ?x { ?s ?p ?o } } }", QueryError, "SERVICE"),
        ("SELECT * FROM <http://example.org/g> WHERE { ?s ?p ?o }", QueryError, "FROM"),
        ("SELECT * FROM NAMED <file:///etc/passwd> WHERE { GRAPH ?g { ?s ?p ?o } }", QueryError, "FROM"),
        ("LOAD <http://example.org/data.ttl>", WriteRefusedError, "only read"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", WriteRefusedError, "only read"),
        ("DELETE WHERE { ?s ?p ?o }", WriteRefusedError, "only read"),
        ("DROP ALL", WriteRefusedError, "only read"),
        ("ASK { ?s ?p ?o } ; DROP ALL", QueryError, "not SPARQL"),
        ("ASK { ?s ?p ?o } ASK { ?s ?p ?o }", QueryError, "not SPARQL"),
        ("SELECT ?s WHERE { ?s nowhere:name ?o }", QueryError, "not SPARQL"),
        ("SELECT ?s WHERE {", QueryError, "not SPARQL"),
        ("", QueryError, "not SPARQL"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_refused(small: Graph, engine: Engine, text: str, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        ask(small, text, engine=engine)


def test_a_question_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    write_graph(large_graph(300, 300, 300), tmp_path / "g")
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a kg:name ?x . ?b kg:name ?y . ?c kg:name ?z . ?d kg:uid ?u }"
    begun = time.monotonic()
    result = kg("sparql", endless, "--engine", "rdflib", "--timeout", "1", "--graph", tmp_path / "g")
    assert (result.exit_code, "no answer within 1 seconds" in result.stderr) == (4, True)
    assert time.monotonic() - begun < 60


IRI_OF_CITY = f"<{DEFAULT_BASE}City/990100>"
GIVEN: list[tuple[str, dict[str, object], list[dict[str, object]]]] = [
    ("SELECT ?n ?code WHERE { ?c kg:name ?n ; kg:adcode ?code }", {"n": "示例市"}, [{"n": "示例市", "code": "990100"}]),
    # Not among what is shown, written with $, and of another kind than text.
    ("SELECT ?code WHERE { ?c kg:name $n ; kg:adcode ?code }", {"n": "示例市"}, [{"code": "990100"}]),
    ("SELECT ?n WHERE { ?c kg:name ?n }", {"c": IRI_OF_CITY}, [{"n": "示例市"}]),
    ("SELECT ?h WHERE { ?s kg:order ?o ; kg:heading ?any ; kg:ref ?h }", {"o": 2}, [{"h": "一/1"}]),
    ("SELECT (COUNT(*) AS ?n) WHERE { ?e kg:inherited ?handed }", {"handed": True}, [{"n": 1}]),
    ("SELECT ?o WHERE { ?c ?p ?o ; kg:level 'prefecture' }", {"p": "<https://w3id.org/responsibility-kg/ontology#adcode>"},
        [{"o": "990100"}]),
    # Any of several; in one filter; in every part of a question, one inside another and one of its own included.
    ("SELECT ?code WHERE { ?c kg:name ?n ; kg:adcode ?code } ORDER BY ?code", {"n": ["示例市", "示例省"]},
        [{"code": "990000"}, {"code": "990100"}]),
    ("SELECT ?n WHERE { ?t kg:value ?v ; kg:name ?n FILTER (?v <= ?most) }", {"most": 2.75}, [{"n": "办理时限"}]),
    ("SELECT ?r WHERE { { ?s kg:ref ?r ; kg:order ?o FILTER (?o > ?o1) } UNION { ?s kg:ref ?r ; kg:adcode ?o1 } }", {"o1": 1},
        [{"r": "一/1"}]),
    ("SELECT ?n WHERE { { SELECT (COUNT(?e) AS ?n) WHERE { ?e rdf:subject ?b . ?b kg:name ?name } } }",
        {"name": "示例市甲局"}, [{"n": 5}]),
    ("SELECT ?n WHERE { ?b kg:kind 'bureau' ; kg:name ?n FILTER NOT EXISTS { ?b kg:name ?name } }", {"name": "示例市甲局"},
        [{"n": "示例市乙局"}]),
    ("ASK { ?c kg:name ?n }", {"n": "示例省"}, [{"answer": True}]),
    ("CONSTRUCT { ?c kg:uid ?n } WHERE { ?c kg:adcode '990100' ; kg:name ?n }", {"n": "示例市"},
        [{"subject": IRI_OF_CITY[1:-1], "predicate": "https://w3id.org/responsibility-kg/ontology#uid", "object": "示例市"}]),
    # Braces and names in strings, comments and IRIs are none.
    ("SELECT ?n { # { ?n }\n ?c kg:adcode '990100', \"\"\"990100\"\"\" ; kg:name ?n FILTER (?n != '{ ?c' && ?n != <urn:?n>) }",
        {"n": "示例市"}, [{"n": "示例市"}]),
    ("SELECT ?n WHERE { VALUES ?code { '990100' } ?c kg:adcode ?code ; kg:name ?n }", {"code": "990000"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "rows"), GIVEN)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_holds_wherever_its_variable_stands(
    small: Graph, engine: Engine, text: str, values: dict[str, object], rows: Answer
) -> None:
    assert ask(small, text, values, engine=engine).rows.rows == rows


@pytest.mark.parametrize(
    "value",
    ['" } DROP ALL #', "'", "\\", "\\u0022", "a\nb\r\t", '"""', "<", "?n", "\u2028\x00\x7f", "x } { ?s ?p ?o"],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_is_one_text_whatever_it_contains(small: Graph, engine: Engine, value: str) -> None:
    text = "SELECT ?n WHERE { OPTIONAL { ?c kg:name ?n } }"
    assert ask(small, text, {"n": value}, engine=engine).rows.rows == [{"n": value}]


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"nme": "示例市"}, "no variable ?nme"),
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"?n": "示例市"}, "no name of a variable"),
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"n": None}, "cannot be None"),
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"n": {"a": 1}}, "cannot be"),
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"c": "<urn:a>}#>"}, "is no IRI"),
        ("SELECT ?n WHERE { ?c kg:name ?n }", {"c": "<City/990100>"}, "is no IRI"),
        ("SELECT (COUNT(*) AS ?n) WHERE { ?c kg:name ?x }", {"n": 1}, "itself makes"),
        ("SELECT ?n WHERE { ?c kg:name ?x BIND (STR(?x) AS ?n) }", {"n": "示例市"}, "itself makes"),
        ("CONSTRUCT WHERE { ?c kg:name ?n }", {"n": "示例市"}, "no place"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_value_that_no_variable_can_have_is_refused(
    small: Graph, engine: Engine, text: str, values: dict[str, object], told: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(told)):
        ask(small, text, values, engine=engine)


def test_the_command(small: Graph) -> None:
    listed = kg("sparql", "--format", "json")
    assert [row["name"] for row in json.loads(listed.stdout)] == sorted(saved_questions())
    answer = kg("sparql", "evidence", "--param", "name=示例市乙局", "--format", "json", "--graph", small.path)
    assert [(row["role"], row["start"], row["end"]) for row in json.loads(answer.stdout)] == [("SUPPORTS", 44, 46)]
    assert f"answered by {best_engine()} over" in answer.stderr
    for arguments, told in (
        (("evidence",), "--param name=…"),
        (("workloads",), "did you mean workload?"),
        (("DROP ALL",), "only read"),
        (("workload", "--param", "bodies=5"), "no variable ?bodies"),
    ):
        refused = kg("sparql", *arguments, "--graph", small.path)
        assert (refused.exit_code, told in refused.stderr) == (2, True), refused.stderr


def test_an_engine_that_is_absent_is_named(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sparql.find_spec", lambda name: None)
    assert best_engine() == "rdflib"
    with pytest.raises(BackendError, match="pyoxigraph is not installed"):
        ask(small, "ASK { ?s ?p ?o }", engine="pyoxigraph")


def test_errors_of_the_other_process_come_back(small: Graph) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        ask_isolated(str(small.path), "SELECT * WHERE { SERVICE <urn:x> { ?s ?p ?o } }")
