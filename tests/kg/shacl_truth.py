"""What pyshacl says of a graph when it judges every node and edge by itself: slow, and nothing left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pyshacl import validate
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from kg.shapes import of_path, shapes_graph, value_of
from kg.store import GraphStore
from ontology.vocabulary import vocabulary
from queries.documents import Tables, homes

KG = Namespace("https://w3id.org/responsibility-kg/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")
Row = Mapping[str, object]
Found = Counter[tuple[str, str, str, str]]
"""How often (label or relation, uid or both ends with an arrow, property, constraint)."""


class Planted:
    """A graph whose rows a test has changed."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        words = vocabulary()
        self.rows: dict[str, list[dict[str, object]]] = {
            **{label: [dict(row) for row in graph.nodes(label)] for label in words.node_types},
            **{name: [dict(row) for row in graph.edges(name)] for name in words.relation_types},
        }

    def nodes(self, label: str) -> list[dict[str, object]]:
        return self.rows[label]

    def edges(self, relation: str) -> list[dict[str, object]]:
        return self.rows[relation]

    def __getattr__(self, name: str) -> object:
        return getattr(self._graph, name)


def judged_one_by_one(graph: Tables) -> Found:
    """Give everything in a graph that breaks a shape."""
    rules, data = shapes_graph(), Graph()
    about: dict[URIRef, tuple[str, str]] = {}
    for number, (kind, uid, triples) in enumerate(_stated(graph)):
        subject = URIRef(f"urn:row:{number}")
        about[subject] = (kind, uid)
        data.add((subject, RDF.type, KG[kind]))
        for name, value in triples:
            if name.startswith("^"):
                data.add((value, KG[name[1:]], subject))
            else:
                data.add((subject, RDF[name] if name in ("subject", "object") else KG[name], value))
    for label in vocabulary().node_types:
        data.add((URIRef(f"urn:label:{label}"), RDF.type, KG[label]))
    _, report, _ = validate(data, shacl_graph=rules, inference="none")
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, shape, constraint = (
            report.value(result, SH[name]) for name in ("focusNode", "sourceShape", "sourceConstraintComponent")
        )
        if focus in about:
            path = value_of(rules, shape, "path")  # type: ignore[arg-type]
            name = "" if path is None else of_path(rules, path)
            found.add((focus, name, str(constraint).rpartition("#")[2].removesuffix("ConstraintComponent")))
    return Counter((*about[focus], name, rule) for focus, name, rule in found)


def _stated(graph: Tables) -> Iterator[tuple[str, str, list[tuple[str, URIRef | Literal]]]]:
    """Every node and edge with all there is to say of it."""
    words, texts, home = vocabulary(), graph.texts(), homes(graph)
    labels = {str(row["uid"]): label for label in words.node_types for row in graph.nodes(label)}
    edges = [(name, row) for name in words.relation_types for row in graph.edges(name)]
    for label, node_type in words.node_types.items():
        for row in graph.nodes(label):
            uid = str(row["uid"])
            triples = [*_literals(row, node_type.properties), *_spans(row, texts, [home.get(uid)])]
            for number, (name, edge) in enumerate(edges):
                other = URIRef(f"urn:edge:{number}")
                triples += [(name, other)] * (edge["source"] == uid) + [(f"^{name}", other)] * (edge["target"] == uid)
            yield label, uid, triples
    for name, row in edges:
        source, target = str(row["source"]), str(row["target"])
        triples = [*_literals(row, words.relation_types[name].properties)]
        triples += _spans(row, texts, [home.get(target), home.get(source)])
        for end, uid in (("subject", source), ("object", target)):
            triples.append((end, URIRef(f"urn:label:{labels[uid]}" if uid in labels else "urn:nothing")))
        yield name, f"{source} → {target}", triples


def _literals(row: Row, properties: object) -> Iterator[tuple[str, Literal]]:
    for each in properties:  # type: ignore[attr-defined]
        value = row.get(each.name)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            number = each.kind == "number" and isinstance(item, int) and not isinstance(item, bool)
            # A double is written with its datatype: for rdflib a number of Python's is one of its own choice.
            yield each.name, Literal(str(item), datatype=XSD.double) if number else Literal(item)


def _spans(row: Row, texts: Mapping[str, str], documents: list[str | None]) -> Iterator[tuple[str, Literal]]:
    uid = next(filter(None, documents), None)
    for before, quote in (("span", "quote"), ("source", "source_quote"), ("target", "target_quote")):
        start, end = row.get(f"{before}_start"), row.get(f"{before}_end")
        said = row.get(quote)
        if before != "span":
            # Both ends of a likeness of the small graph stand in one document.
            uid = uid or documents[-1]
        if not isinstance(start, int) or not isinstance(end, int):
            if said is not None:
                yield f"{before}_in_text", Literal(False)
            continue
        text = texts.get(uid or "", "")
        within = 0 <= start < end <= len(text)
        yield f"{before}_in_text", Literal(within)
        if within and said is not None:
            there = "".join(text[start:end].split())
            yield f"{quote}_in_text", Literal(there == "".join(str(said).split()))
