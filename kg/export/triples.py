"""The graph as RDF triples: which resource, which property, which value; ``kg.export.rdf`` writes them down.

- A node is ``<base><Label>/<uid>``, of its class and of the classes of other vocabularies above it (ORG, PROV, SKOS,
  Dublin Core). Its properties are literals.
- An edge is a plain triple, and where its relation has properties also a resource
  ``<base><RELATION>/<source>;<target>`` with ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` and the properties;
  ``;2`` stands behind a second edge of the same two nodes. Responsibilities are ``prov:Association`` besides.
- A span is ``<base>span/<document>;<start>-<end>``: an ``oa:SpecificResource`` of the document with a quote selector
  and a position selector (code points, half-open). One annotation ties it to everything that it proves, and each of
  these points to it by ``dcterms:source``.

Every resource has an IRI; there are no blank nodes. Characters that an IRI cannot hold, and ``;``, are percent-encoded.
A term is written as in N-Triples: ``<iri>``, ``"text"``, ``"3"^^<datatype>``, ``"text"@zh``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from kg.export.whole import Row, all_edges, numbered
from ontology.vocabulary import ONTOLOGY, NodeType, PropertyType, RelationType, vocabulary
from queries.documents import Tables, homes

KG = f"{ONTOLOGY}#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

TYPE = f"{RDF}type"
CONTEXT = 32
"""Characters before and after a quote that its selector gives."""

Pair = tuple[str, str]
"""IRI of a property and the term that is its value."""
Subject = tuple[str, list[Pair]]
"""IRI of a resource and what is said of it, unsorted."""
Star = frozenset[tuple[str, str | None]]
"""What is asked of one resource at once: properties, each with the term it must have, None for any."""
Wanted = frozenset[Star]
"""A resource that has all that a star asks for is wanted, with what the star asks for, and no other."""

_Plan = tuple[str, str, list[tuple[str, str]]]

_NOT_IN_IRI = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,=:@/\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]")
_DOTS = re.compile(r"(?<![^/])(\.{1,2})(?![^/])")
_NOT_IN_LITERAL = re.compile(r'[\x00-\x1f"\\\x7f-\x9f\u2028\u2029\ufeff]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DATATYPES = {"integer": f"{XSD}integer", "number": f"{XSD}double", "boolean": f"{XSD}boolean"}
_LANGUAGES = {"name": "zh", "name_en": "en"}
_ASSOCIATED = f"{PROV}wasAssociatedWith"
_CONCEPT = f"{SKOS}Concept"
_SPAN = ("span_start", "span_end")
_SPAN_PARTS = {
    "": "SpecificResource", ";quote": "TextQuoteSelector", ";position": "TextPositionSelector",
    ";annotation": "Annotation",
}  # fmt: skip
"""The resources of a span: what stands behind its IRI, and the class."""


def subjects(graph: Tables, base: str, wanted: Wanted | None = None) -> Iterator[Subject]:
    """Give every resource once, in order of its IRI; with ``wanted`` only what one of those stars asks for."""
    mapping = _Mapping(graph, base, wanted)
    for subject, pairs in mapping.subjects():
        kept = pairs if wanted is None else _asked_for(wanted, pairs)
        if kept:
            yield subject, kept


def literal(value: object, datatype: str = "", language: str = "") -> str:
    """A literal as N-Triples writes it."""
    text = str(value)
    if _NOT_IN_LITERAL.search(text):
        text = _NOT_IN_LITERAL.sub(_escaped, text)
    return f'"{text}"@{language}' if language else f'"{text}"^^<{datatype}>' if datatype else f'"{text}"'


def encoded(uid: str) -> str:
    """A uid as part of an IRI: readable, percent-encoded where it must be, different for different uids."""
    text = _NOT_IN_IRI.sub(_percent, uid)
    return _DOTS.sub(lambda match: "%2E" * len(match[1]), text) if "." in text else text


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    return _SHORT_ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _asked_for(wanted: Wanted, pairs: Iterable[Pair]) -> list[Pair]:
    said: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        said[name].append(value)
    kept: dict[Pair, None] = {}
    for star in wanted:
        if all(name in said and (fixed is None or fixed in said[name]) for name, fixed in star):
            for name, fixed in star:
                for value in said[name] if fixed is None else (fixed,):
                    kept[name, value] = None
    return list(kept)


def _value(kind: str, value: object) -> str:
    if kind == "boolean":
        return literal("true" if value else "false", _DATATYPES[kind])
    if kind == "number":
        return literal(repr(float(str(value))), _DATATYPES[kind])
    return literal(value, _DATATYPES.get(kind, ""))


class _Mapping:
    """Turns rows into triples; what is not wanted is not looked at."""

    def __init__(self, graph: Tables, base: str, wanted: Wanted | None) -> None:
        self._graph, self._base, self._wanted = graph, base, wanted
        self._names = frozenset(name for star in wanted or () for name, _ in star)
        self._words = vocabulary()
        self._encoded: dict[str, str] = {}
        self._edges: dict[str, list[Row]] = {}
        self._spans: dict[tuple[str, int, int], list[str]] = defaultdict(list)
        self._has_spans = wanted is None or any(map(_is_of_spans, self._names))
        self._homes = homes(graph) if self._has_spans else {}

    def subjects(self) -> Iterator[Subject]:
        """Every resource in order of its IRI: kinds in order of their names, each sorted in itself."""
        kinds: dict[str, Callable[[], Iterable[Subject]]] = {}
        for relation, rows in all_edges(self._graph, self._needs_rows):
            self._edges[relation.name] = rows
            if self._needs_statements(relation):
                kinds[f"{relation.name}/"] = partial(self._statements, relation)
        links = self._links()
        for node_type in self._words.node_types.values():
            kinds[f"{node_type.label}/"] = partial(self._nodes, node_type, links)
            if _CONCEPT in node_type.broader:
                kinds[node_type.label] = partial(self._scheme, node_type)
        for name in sorted(kinds):
            yield from kinds[name]()
        # "span/" sorts behind every label and relation, and all that points into texts is known by now.
        yield from self._span_resources()

    def _wants(self, name: str) -> bool:
        return self._wanted is None or name in self._names

    def _needs_rows(self, relation: RelationType) -> bool:
        """Whether anything that is wanted comes from the edges of a relation."""
        links = {KG + relation.name, *relation.broader, *relation.inverse, f"{PROV}qualifiedAssociation"}
        return any(map(self._wants, links)) or self._needs_statements(relation)

    def _needs_statements(self, relation: RelationType) -> bool:
        """Whether a star asks for no more than the resource of an edge can have, or the edges' spans are needed."""
        if not relation.properties:
            return False
        if self._wanted is None or any(name.startswith(OA) or name == TYPE for name in self._names):
            return True
        said = {
            f"{RDF}subject",
            f"{RDF}predicate",
            f"{RDF}object",
            f"{DCTERMS}source",
            f"{PROV}agent",
            f"{PROV}hadRole",
        }
        said |= {iri for each in relation.properties for iri in (KG + each.name, *each.broader)}
        own = (None, f"<{KG}{relation.name}>")
        return any(
            all(name in said and (name != f"{RDF}predicate" or fixed in own) for name, fixed in star)
            for star in self._wanted
        )

    def _iri(self, label: str, uid: object) -> str:
        return f"{self._base}{label}/{self._part(uid)}"

    def _part(self, uid: object) -> str:
        text = str(uid)
        known = self._encoded.get(text)
        if known is None:
            known = self._encoded[text] = encoded(text)
        return known

    def _statement(self, relation: RelationType, number: int, row: Row) -> str:
        repeat = f";{number}" if number > 1 else ""
        return f"{self._base}{relation.name}/{self._part(row['source'])};{self._part(row['target'])}{repeat}"

    def _links(self) -> Mapping[str, set[Pair]]:
        """The plain triples of all edges, by the IRI they start from."""
        links: dict[str, set[Pair]] = defaultdict(set)
        for name, rows in self._edges.items():
            relation = self._words.relation_types[name]
            forward = [iri for iri in (KG + name, *relation.broader) if self._wants(iri)]
            backward = [iri for iri in relation.inverse if self._wants(iri)]
            qualified = _is_association(relation) and self._wants(f"{PROV}qualifiedAssociation")
            if not (forward or backward or qualified):
                continue
            for number, row in numbered(rows):
                source = self._iri(str(row["source_label"]), row["source"])
                target = self._iri(str(row["target_label"]), row["target"])
                links[source].update((iri, f"<{target}>") for iri in forward)
                if backward:
                    links[target].update((iri, f"<{source}>") for iri in backward)
                if qualified:
                    statement = self._statement(relation, number, row)
                    links[target].add((f"{PROV}qualifiedAssociation", f"<{statement}>"))
        return links

    def _plan(self, properties: Iterable[PropertyType], concept: bool) -> list[_Plan]:
        """What to say of each property: its name, kind, and the (IRI, language) of every triple that is wanted."""
        plan: list[_Plan] = []
        for each in properties:
            said = [(KG + each.name, ""), *((iri, _LANGUAGES.get(each.name, "")) for iri in _above(each, concept))]
            kept = [(iri, language) for iri, language in said if self._wants(iri)]
            if kept:
                plan.append((each.name, each.kind, kept))
        return plan

    def _nodes(self, node_type: NodeType, links: Mapping[str, set[Pair]]) -> Iterator[Subject]:
        types = [(TYPE, f"<{iri}>") for iri in (KG + node_type.label, *node_type.broader)] if self._wants(TYPE) else []
        concept = _CONCEPT in node_type.broader
        if concept and self._wants(f"{SKOS}inScheme"):
            types.append((f"{SKOS}inScheme", f"<{self._base}{node_type.label}>"))
        plan = self._plan(node_type.properties, concept)
        spans = self._has_spans and _has_span(node_type.properties)
        rows = {self._iri(node_type.label, row["uid"]): row for row in self._graph.nodes(node_type.label)}
        for subject in sorted(rows):
            row = rows[subject]
            pairs = [*types, *_said(plan, row), *links.get(subject, ())]
            if spans:
                pairs += self._proved(subject, self._homes.get(str(row["uid"])), row)
            yield subject, pairs

    def _scheme(self, node_type: NodeType) -> Iterator[Subject]:
        labels = [(f"{SKOS}prefLabel", literal(text, language=language))
                  for text, language in ((node_type.zh, "zh"), (node_type.en, "en"))]  # fmt: skip
        yield f"{self._base}{node_type.label}", [(TYPE, f"<{SKOS}ConceptScheme>"), *labels]

    def _statements(self, relation: RelationType) -> Iterator[Subject]:
        association = _is_association(relation)
        types = [f"{RDF}Statement", *[f"{PROV}Association"] * association]
        fixed = [(TYPE, f"<{iri}>") for iri in types] + [(f"{RDF}predicate", f"<{KG}{relation.name}>")]
        fixed += [(f"{PROV}hadRole", f"<{KG}{relation.name}>")] * association
        from_source = [iri for iri in (f"{RDF}subject", *[f"{PROV}agent"] * association) if self._wants(iri)]
        to_target = [iri for iri in (f"{RDF}object",) if self._wants(iri)]
        fixed = [pair for pair in fixed if self._wants(pair[0])]
        plan = self._plan(relation.properties, concept=False)
        spans = self._has_spans and _has_span(relation.properties)
        rows = {self._statement(relation, number, row): row for number, row in numbered(self._edges.pop(relation.name))}
        for subject in sorted(rows):
            row = rows[subject]
            source = f"<{self._iri(str(row['source_label']), row['source'])}>"
            target = f"<{self._iri(str(row['target_label']), row['target'])}>"
            ends = [*((iri, source) for iri in from_source), *((iri, target) for iri in to_target)]
            pairs = [*fixed, *ends, *_said(plan, row)]
            if spans:
                home = self._homes.get(str(row["target"])) or self._homes.get(str(row["source"]))
                pairs += self._proved(subject, home, row)
            yield subject, pairs

    def _proved(self, subject: str, document: str | None, row: Row) -> list[Pair]:
        """The evidence of a resource: the span of its row, remembered for the spans' own resources."""
        start, end = row.get("span_start"), row.get("span_end")
        if document is None or not isinstance(start, int) or not isinstance(end, int):
            return []
        self._spans[document, start, end].append(subject)
        return [(f"{DCTERMS}source", f"<{self._span(document, start, end)}>")]

    def _span(self, document: str, start: int, end: int) -> str:
        return f"{self._base}span/{self._part(document)};{start}-{end}"

    def _span_resources(self) -> Iterator[Subject]:
        texts = self._graph.texts() if self._spans else {}
        places = {self._span(*key) + part: (key, part) for key in self._spans for part in _SPAN_PARTS}
        for subject in sorted(places):
            (document, start, end), part = places[subject]
            yield subject, list(self._span_part(part, document, start, end, texts.get(document, "")))

    def _span_part(self, part: str, document: str, start: int, end: int, text: str) -> Iterator[Pair]:
        span = self._span(document, start, end)
        yield TYPE, f"<{OA}{_SPAN_PARTS[part]}>"
        if part == "":
            yield f"{OA}hasSource", f"<{self._iri('Document', document)}>"
            yield f"{OA}hasSelector", f"<{span};quote>"
            yield f"{OA}hasSelector", f"<{span};position>"
        elif part == ";quote":
            yield f"{OA}exact", literal(text[start:end])
            yield f"{OA}prefix", literal(text[max(0, start - CONTEXT) : start])
            yield f"{OA}suffix", literal(text[end : end + CONTEXT])
        elif part == ";position":
            yield f"{OA}start", _value("integer", start)
            yield f"{OA}end", _value("integer", end)
        else:
            yield f"{OA}motivatedBy", f"<{OA}linking>"
            yield f"{OA}hasTarget", f"<{span}>"
            yield from ((f"{OA}hasBody", f"<{body}>") for body in self._spans[document, start, end])


def _said(plan: Iterable[_Plan], row: Row) -> Iterator[Pair]:
    for name, kind, said in plan:
        value = row.get(name)
        if value is None:
            continue
        for item in value if isinstance(value, list | tuple) else (value,):
            for iri, language in said:
                yield iri, literal(item, language=language) if language else _value(kind, item)


def _above(each: PropertyType, concept: bool) -> list[str]:
    """The properties of other vocabularies that a literal is given by as well.

    Not those of the selectors, which spans have, nor skos:inScheme, which names a resource. The label of a concept is
    its skos:prefLabel.
    """
    kept = [iri for iri in each.broader if not iri.startswith(OA) and iri != f"{SKOS}inScheme"]
    return [f"{SKOS}prefLabel" if concept and iri == f"{RDFS}label" else iri for iri in kept]


def _is_of_spans(iri: str) -> bool:
    return iri.startswith(OA) or iri in (TYPE, f"{DCTERMS}source")


def _has_span(properties: Iterable[PropertyType]) -> bool:
    return set(_SPAN) <= {each.name for each in properties}


def _is_association(relation: RelationType) -> bool:
    return _ASSOCIATED in relation.inverse
