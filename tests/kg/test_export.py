"""Every export, read back by a reader that is not ours: each kind of node, relation and property in each format."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph
import pytest
import rdflib

from kg.build import write_graph
from kg.export import DEFAULT_BASE, EXPORT_FORMATS
from kg.export.rdf import jsonld_lines, ntriples_lines, resources_of, turtle_lines
from kg.export.triples import KG, encoded
from kg.graph import Graph, open_graph
from kg.records import Row, Value
from ontology.vocabulary import PropertyType, vocabulary
from tests.kg.cli_helpers import kg
from tests.kg.small_graph import small_graph

Values = dict[str, object]
Read = tuple[dict[str, tuple[str, Values]], dict[tuple[str, str, str], list[Values]]]
"""Nodes by uid with their label, edges by (source, relation, target)."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The small graph with a value for every property, those of text such that have to be escaped."""
    records, words = small_graph(), vocabulary()
    nodes = {label: _filled(rows, words.node_types[label].properties) for label, rows in records.nodes.items()}
    edges = {key: _filled(rows, words.relation_types[key[1]].properties) for key, rows in records.edges.items()}
    folder = tmp_path_factory.mktemp("export") / "g"
    write_graph(replace(records, nodes=nodes, edges=edges), folder)
    return open_graph(folder)


FILLED: Mapping[str, Value] = {
    "string": "a\"b'c\\d\n<e>&f;，${g}", "integer": 7, "number": 1.5, "boolean": True, "strings": ["甲\"'", "乙\\,;"],
}  # fmt: skip


def _filled(rows: Sequence[Row], properties: Sequence[PropertyType]) -> list[Row]:
    first, *others = rows
    return [
        {**first, **{each.name: FILLED[each.kind] for each in properties if first.get(each.name) in (None, [])}},
        *others,
    ]


def _from_json(graph: Graph, path: Path) -> Read:
    path.write_text("\n".join(EXPORT_FORMATS["json"].lines(graph)), encoding="utf-8")
    read = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")
    return _from_networkx(read, "label", "relation")


def _from_graphml(graph: Graph, path: Path) -> Read:
    path.write_text("\n".join(EXPORT_FORMATS["graphml"].lines(graph)), encoding="utf-8")
    return _from_networkx(nx.read_graphml(path, force_multigraph=True), "type", "type")


def _from_gexf(graph: Graph, path: Path) -> Read:
    path.write_text("\n".join(EXPORT_FORMATS["gexf"].lines(graph)), encoding="utf-8")
    return _from_networkx(nx.read_gexf(path, version="1.3"), "type", "type")


def _from_networkx(read: nx.Graph, label: str, relation: str) -> Read:
    edges: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
    for source, target, values in read.edges(data=True):
        edges[source, values[relation], target].append(dict(values))
    return {uid: (values[label], dict(values)) for uid, values in read.nodes(data=True)}, edges


def _from_tables(rows: Callable[[Path], list[Values]], folder: Path) -> Read:
    edges: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
    for path in (folder / "edges").iterdir():
        for row in rows(path):
            edges[str(row["source"]), path.stem, str(row["target"])].append(row)
    nodes = {str(row["uid"]): (path.stem, row) for path in (folder / "nodes").iterdir() for row in rows(path)}
    return nodes, edges


def _from_csv(graph: Graph, path: Path) -> Read:
    EXPORT_FORMATS["csv"].fill(graph, path)
    return _from_tables(lambda file: list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))), path)


def _from_parquet(graph: Graph, path: Path) -> Read:
    EXPORT_FORMATS["parquet"].fill(graph, path)
    return _from_tables(lambda file: pq.read_table(file).to_pylist(), path)


def _from_rdf(name: str, notation: str) -> Callable[[Graph, Path], Read]:
    def read(graph: Graph, path: Path) -> Read:
        parsed = rdflib.Graph().parse(data="\n".join(EXPORT_FORMATS[name].lines(graph)), format=notation)
        kinds = {KG + label: label for label in vocabulary().node_types}
        uids = {node: str(uid) for node, uid in parsed.subject_objects(rdflib.URIRef(KG + "uid"))}
        nodes: dict[str, tuple[str, Values]] = {}
        for node, uid in uids.items():
            label = next(kinds[str(kind)] for kind in parsed.objects(node, rdflib.RDF.type) if str(kind) in kinds)
            nodes[uid] = (label, _properties(parsed, node))
        edges: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
        for relation in vocabulary().relation_types.values():
            for source, target in parsed.subject_objects(rdflib.URIRef(KG + relation.name)):
                if not relation.properties:
                    edges[uids[source], relation.name, uids[target]].append({})
            for edge in parsed.subjects(rdflib.RDF.predicate, rdflib.URIRef(KG + relation.name)):
                source, target = (parsed.value(edge, side) for side in (rdflib.RDF.subject, rdflib.RDF.object))
                assert (source, rdflib.URIRef(KG + relation.name), target) in parsed
                edges[uids[source], relation.name, uids[target]].append(_properties(parsed, edge))
        return nodes, edges

    return read


def _properties(parsed: rdflib.Graph, node: rdflib.term.Node) -> Values:
    values: Values = {}
    for name, value in parsed.predicate_objects(node):
        if str(name).startswith(KG) and isinstance(value, rdflib.Literal):
            known = values.get(str(name)[len(KG) :])
            values[str(name)[len(KG) :]] = (
                value.toPython()
                if known is None
                else sorted([*(known if isinstance(known, list) else [known]), str(value)])
            )
    return values


def _from_cypher(graph: Graph, path: Path) -> Read:
    """The script run on an empty database of the embedded engine."""
    from kglite import KnowledgeGraph

    database = KnowledgeGraph()
    for statement in EXPORT_FORMATS["cypher"].lines(graph):
        if not statement.startswith("CREATE CONSTRAINT"):
            database.cypher(statement.removesuffix(";"))
    nodes: dict[str, tuple[str, Values]] = {}
    edges: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
    for label, node_type in vocabulary().node_types.items():
        shown = ", ".join(f"n.{each.name} AS {each.name}" for each in node_type.properties)
        for row in database.cypher(f"MATCH (n:{label}) RETURN {shown}").to_list():
            nodes[str(row["uid"])] = (label, dict(row))
    for name, relation in vocabulary().relation_types.items():
        shown = "".join(f", r.{each.name} AS {each.name}" for each in relation.properties)
        for row in database.cypher(f"MATCH (a)-[r:{name}]->(b) RETURN a.uid AS a, b.uid AS b{shown}").to_list():
            edges[str(row["a"]), name, str(row["b"])].append(dict(row))
    return nodes, edges


READERS: Mapping[str, Callable[[Graph, Path], Read]] = {
    "json": _from_json, "graphml": _from_graphml, "gexf": _from_gexf, "csv": _from_csv, "parquet": _from_parquet,
    "ttl": _from_rdf("ttl", "turtle"), "nt": _from_rdf("nt", "nt"), "jsonld": _from_rdf("jsonld", "json-ld"), "cypher": _from_cypher,
}  # fmt: skip


def _same(form: str, written: object, read: object) -> bool:
    """Whether a reader gives a value back as far as its format can: CSV is text, networks and RDF leave out nulls."""
    if form in ("json", "parquet", "cypher"):
        return written == read
    if form == "csv":
        shown = (
            {True: "true", False: "false", None: ""}.get(written, written) if not isinstance(written, list) else None
        )
        number = isinstance(written, int | float) and not isinstance(written, bool)
        return (
            float(str(read)) == written
            if number
            else read == (str(shown) if shown is not None else json.dumps(written, ensure_ascii=False))
        )
    if form in ("graphml", "gexf"):
        return read == (json.dumps(written, ensure_ascii=False) if isinstance(written, list) else written)
    if isinstance(written, list):
        listed = read if isinstance(read, list) else [] if read is None else [read]
        return sorted(written) == sorted(map(str, listed))
    return read == written


@pytest.fixture(scope="module")
def read_back(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Read]:
    """What the reader of a format finds, read once."""
    return cache(lambda form: READERS[form](graph, tmp_path_factory.mktemp(form) / "out"))


WORDS = vocabulary()


def test_every_format_is_read_back() -> None:
    # The first is imported into a real server, the second read by our own loader: in tests of their own.
    assert set(EXPORT_FORMATS) - set(READERS) == {"neo4j-admin", "register"}


@pytest.mark.parametrize("label", WORDS.node_types)
@pytest.mark.parametrize("form", READERS)
def test_every_property_of_every_kind_of_node(
    graph: Graph, read_back: Callable[[str], Read], form: str, label: str
) -> None:
    nodes, _ = read_back(form)
    rows = graph.nodes(label)
    assert {uid for uid, (found, _) in nodes.items() if found == label} == {row["uid"] for row in rows} != set()
    cells = {
        each.name: [(row, nodes[str(row["uid"])][1]) for row in rows] for each in WORDS.node_types[label].properties
    }
    assert _wrong_cells(form, cells) == {}


@pytest.mark.parametrize("name", WORDS.relation_types)
@pytest.mark.parametrize("form", READERS)
def test_every_property_of_every_relation(graph: Graph, read_back: Callable[[str], Read], form: str, name: str) -> None:
    written: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
    for row in graph.edges(name):
        written[str(row["source"]), name, str(row["target"])].append(dict(row))
    found = {key: rows for key, rows in read_back(form)[1].items() if key[1] == name}
    assert {key: len(rows) for key, rows in found.items()} == {key: len(rows) for key, rows in written.items()} != {}
    properties = [each.name for each in WORDS.relation_types[name].properties]
    # Of several edges between two nodes, each is compared with the one that is most like it.
    pairs = [
        (row, max(found[key], key=lambda read: sum(_same(form, row[each], read.get(each)) for each in properties)))
        for key, rows in written.items()
        for row in rows
    ]
    assert _wrong_cells(form, dict.fromkeys(properties, pairs)) == {}


def _wrong_cells(
    form: str, cells: Mapping[str, list[tuple[Mapping[str, object], Values]]]
) -> dict[str, list[tuple[object, object]]]:
    """By property, every value that did not come back, as (written, read)."""
    found = {
        name: [(row[name], read.get(name)) for row, read in pairs if not _same(form, row[name], read.get(name))]
        for name, pairs in cells.items()
    }
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("form", [name for name, each in EXPORT_FORMATS.items() if not each.is_folder])
def test_the_same_graph_gives_the_same_bytes(graph: Graph, form: str) -> None:
    assert list(EXPORT_FORMATS[form].lines(graph)) == list(EXPORT_FORMATS[form].lines(open_graph(graph.path)))


@pytest.mark.parametrize("base", [DEFAULT_BASE, "https://example.org/甲/"])
def test_turtle_read_by_rdflib_and_written_again_is_the_same(graph: Graph, base: str) -> None:
    written = list(EXPORT_FORMATS["ttl"].lines(graph, base))
    parsed = rdflib.Graph(bind_namespaces="none").parse(data="\n".join(written), format="turtle")
    assert not any(isinstance(term, rdflib.BNode) for triple in parsed for term in triple)
    assert list(turtle_lines(resources_of(parsed), base)) == written


def test_the_three_notations_say_the_same(graph: Graph) -> None:
    parsed = [
        set(rdflib.Graph().parse(data="\n".join(EXPORT_FORMATS[form].lines(graph)), format=notation))
        for form, notation in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"))
    ]
    assert parsed[0] == parsed[1] == parsed[2]


class _Once:
    """A graph with one likeness a measure, for those of a measure repeat its sentences."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def edges(self, relation: str) -> list[Row]:
        rows = self._graph.edges(relation)
        return list({row["source"]: row for row in rows}.values()) if relation == "OVERLAPS" else rows

    def __getattr__(self, name: str) -> object:
        return getattr(self._graph, name)


@pytest.mark.parametrize("built", ["sample_graph", "seed_graph"])
def test_plans_come_through_rdflib_to_the_byte(request: pytest.FixtureRequest, built: str) -> None:
    graph = cast("Graph", _Once(open_graph(request.getfixturevalue(built))))
    written = {form: list(EXPORT_FORMATS[form].lines(graph)) for form in ("ttl", "nt", "jsonld")}
    parsed = rdflib.Graph(bind_namespaces="none").parse(data="\n".join(written["ttl"]), format="turtle")
    resources = list(resources_of(parsed))
    assert list(turtle_lines(resources, DEFAULT_BASE)) == written["ttl"]
    assert list(ntriples_lines(resources)) == written["nt"]
    assert list(jsonld_lines(resources, DEFAULT_BASE)) == written["jsonld"]
    assert len(parsed) == len(written["nt"])
    first, *others = (
        set(pyoxigraph.parse("\n".join(written[form]), format=notation))
        for form, notation in (
            ("nt", pyoxigraph.RdfFormat.N_TRIPLES), ("ttl", pyoxigraph.RdfFormat.TURTLE), ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
        )
    )  # fmt: skip
    assert len(first) == len(written["nt"])
    assert others == [first, first]


@pytest.mark.parametrize(
    ("uid", "part"),
    [
        ("990100:市甲局", "990100:市甲局"),
        ("d1/（一）/1", "d1/（一）/1"),
        ("d1#办理:le3天", "d1%23办理:le3天"),
        ("a b;c%", "a%20b%3Bc%25"),
        ("../x", "%2E%2E/x"),
    ],
)
def test_a_uid_stays_readable_in_an_iri(uid: str, part: str) -> None:
    assert encoded(uid) == part


def test_the_evidence_of_a_responsibility_is_reached_by_its_span(graph: Graph) -> None:
    parsed = rdflib.Graph().parse(data="\n".join(EXPORT_FORMATS["ttl"].lines(graph)), format="turtle")
    rows = list(
        parsed.query(
            """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#>
            PREFIX kg: <https://w3id.org/responsibility-kg/ontology#>
            SELECT ?exact ?start ?end WHERE { ?edge a prov:Association ; prov:hadRole kg:SUPPORTS .
            ?annotation a oa:Annotation ; oa:hasBody ?edge ; oa:hasTarget ?span .
            ?span oa:hasSelector [ oa:exact ?exact ] , [ oa:start ?start ; oa:end ?end ] }"""
        )
    )
    texts = graph.texts()
    assert [(str(row.exact), int(row.start), int(row.end)) for row in rows] == [(texts["d1"][44:46], 44, 46)]


def test_commands_say_what_is_wrong(graph: Graph, tmp_path: Path) -> None:
    for arguments, told in (
        (("csv",), "name a folder"),
        (("csv", "-o", graph.path), "lies inside the graph folder"),
        (("json", "--base", "https://example.org/"), "no IRIs"),
        (("ttl", "--base", "example"), "no IRI can begin"),
        (("ttl", "-o", tmp_path), "is a folder"),
    ):
        refused = kg("export", *arguments, "--graph", graph.path)
        assert (refused.exit_code, told in refused.stderr) == (2, True), (arguments, refused.stderr)
    written = kg("export", "ttl", "-o", tmp_path / "g.ttl", "--graph", graph.path)
    assert written.exit_code == 0
    assert kg("export", "ttl", "--graph", graph.path).stdout == (tmp_path / "g.ttl").read_text(encoding="utf-8")
