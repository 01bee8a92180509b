"""The vocabulary as frozen records, read once a process from the Turtle beside this module.

``responsibility.ttl`` defines classes, relations and properties (OWL), ``themes.ttl`` and ``functions.ttl`` the two
concept schemes (SKOS). Nothing of them is repeated here: this module only knows how Turtle states them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

PropertyKind = Literal["string", "integer", "number", "boolean", "strings"]

_FOLDER = Path(__file__).parent
_FILES = ("responsibility.ttl", "themes.ttl", "functions.ttl")
ONTOLOGY = "https://w3id.org/responsibility-kg/ontology"
"""IRI of the ontology; its terms are this, # and their name."""

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class PropertyType:
    """A property of nodes or edges. ``kind`` says what it holds; ``strings`` is a list of strings.

    ``broader`` are the IRIs of the properties of other vocabularies that this one is a case of.
    """

    name: str
    kind: PropertyKind
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeType:
    """A class: its label in the graph and its properties, ``uid`` and ``name`` first, in the ontology's order.

    ``broader`` are the IRIs of the classes of other vocabularies that it belongs to.
    """

    label: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    properties: tuple[PropertyType, ...]
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation: every (source label, target label) it may join, and the properties of its edges.

    ``broader`` are the IRIs of the relations of other vocabularies that it is a case of, ``inverse`` of those that it
    is a case of read backwards (a body LEADS an action: the action prov:wasAssociatedWith the body).
    """

    name: str
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    pairs: tuple[tuple[str, str], ...]
    properties: tuple[PropertyType, ...]
    broader: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of actions.

    ``broader`` is the uid of the top concept above it, None for a top concept. ``terms`` are words that show the
    theme, each with its weight. ``notations`` are what other schemes call it, the scheme in front: ``national:`` the
    indicators of the national evaluation of business environments (营商环境评价), ``b-ready:`` the World Bank's topics.
    """

    uid: str
    zh: str
    en: str
    broader: str | None
    terms: tuple[tuple[str, float], ...]
    notations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A line of government work, the same in every city.

    ``body_kind`` is the kind of the bodies with this function. ``same`` holds the name cores (without level and suffix)
    of the body that has this work by name, the full one first: 发展和改革, 发展改革, 发改. ``suffix`` is what the full
    name of that body ends in. ``carried_by`` holds the cores of other bodies that do this work, a tuple of written
    forms each, the full one first.
    """

    uid: str
    zh: str
    en: str
    body_kind: str
    suffix: str
    same: tuple[str, ...]
    carried_by: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the ontology defines. ``version`` is a hash of its files: it changes whenever they do."""

    node_types: Mapping[str, NodeType]
    relation_types: Mapping[str, RelationType]
    themes: Mapping[str, Theme]
    functions: Mapping[str, Function]
    version: str


@cache
def vocabulary() -> Vocabulary:
    """Give the vocabulary; the files are read at the first call of a process."""
    from rdflib import Graph

    sources = [(_FOLDER / name).read_bytes() for name in _FILES]
    graph = Graph(bind_namespaces="none")
    for source in sources:
        graph.parse(data=source, format="turtle")
    reader = _Reader(graph)
    return Vocabulary(
        node_types=_by(lambda node: node.label, reader.node_types()),
        relation_types=_by(lambda relation: relation.name, reader.relation_types()),
        themes=_by(lambda theme: theme.uid, reader.themes()),
        functions=_by(lambda function: function.uid, reader.functions()),
        version=hashlib.sha256(b"\0".join(sources)).hexdigest()[:16],
    )


def shapes() -> bytes:
    """Give the Turtle of the SHACL shapes: what must hold beyond what the vocabulary itself says."""
    return (_FOLDER / "shapes.ttl").read_bytes()


def _by(key: Callable[[_Record], str], records: Iterable[_Record]) -> Mapping[str, _Record]:
    return MappingProxyType({key(record): record for record in records})


class _Reader:
    """Reads records out of the parsed Turtle. RDF has no order: it comes from lists, or from sorting."""

    def __init__(self, graph: Graph) -> None:
        from rdflib import OWL, RDF, RDFS, SKOS, XSD, Namespace, URIRef

        self._is_iri: Callable[[Node], bool] = lambda node: isinstance(node, URIRef)
        self._graph = graph
        self._owl, self._rdf, self._rdfs, self._skos = OWL, RDF, RDFS, SKOS
        self._kg = Namespace(ONTOLOGY + "#")
        self._ontology = URIRef(ONTOLOGY)
        self._kinds: dict[Node | None, PropertyKind] = {
            XSD.string: "string", XSD.integer: "integer", XSD.double: "number", XSD.boolean: "boolean",
        }  # fmt: skip
        self._properties: dict[Node, PropertyType] = {}

    def node_types(self) -> list[NodeType]:
        return [
            NodeType(
                _local(node), *self._words(node), self._property_list(node), self._iris(node, self._rdfs.subClassOf)
            )
            for node in self._listed(self._ontology, self._kg.classes)
        ]

    def relation_types(self) -> list[RelationType]:
        return [
            RelationType(
                _local(node), *self._words(node), self._pairs(node), self._property_list(node),
                self._iris(node, self._rdfs.subPropertyOf), self._inverse(node),
            )
            for node in self._listed(self._ontology, self._kg.relations)
        ]  # fmt: skip

    def themes(self) -> list[Theme]:
        return [self._theme(node) for node in self._concepts(self._kg.Theme)]

    def functions(self) -> list[Function]:
        return [self._function(node) for node in self._concepts(self._kg.Function)]

    def _concepts(self, kind: Node) -> list[Node]:
        return sorted(self._graph.subjects(self._rdf.type, kind), key=str)

    def _theme(self, node: Node) -> Theme:
        broader = self._one(node, self._skos.broader)
        notations = (
            f"{_local(getattr(notation, 'datatype', None))}:{notation}"
            for notation in self._graph.objects(node, self._skos.notation)
        )
        words = self._text(node, self._kg.terms, "").split()
        terms = zip(words[::2], map(float, words[1::2]), strict=True)
        return Theme(
            _local(node), *self._labels(node, self._skos.prefLabel),
            _local(broader) if broader else None, tuple(terms), tuple(sorted(notations)),
        )  # fmt: skip

    def _function(self, node: Node) -> Function:
        zh, en = self._labels(node, self._skos.prefLabel)
        others = {str(label) for label in self._graph.objects(node, self._skos.altLabel)}
        carried_by = sorted(str(core) for core in self._graph.objects(node, self._kg.carriedBy))
        return Function(
            _local(node), zh, en,
            self._text(node, self._kg.bodyKind, "bureau"),
            self._text(node, self._kg.suffix, "局"),
            (zh, *sorted(others, key=lambda form: (-len(form), form))),
            tuple(tuple(core.split()) for core in carried_by),
        )  # fmt: skip

    def _pairs(self, relation: Node) -> tuple[tuple[str, str], ...]:
        sources = self._classes_of(relation, self._rdfs.domain)
        targets = self._classes_of(relation, self._rdfs.range)
        return tuple((source, target) for source in sources for target in targets)

    def _classes_of(self, relation: Node, end: Node) -> list[str]:
        node = self._one(relation, end)
        if node is None:
            raise ValueError(f"{relation} has no {end}")
        return [_local(member) for member in self._listed(node, self._owl.unionOf) or [node]]

    def _property_list(self, node: Node) -> tuple[PropertyType, ...]:
        return tuple(self._property(member) for member in self._listed(node, self._kg.properties))

    def _property(self, node: Node) -> PropertyType:
        if node not in self._properties:
            kind = self._kinds[self._one(node, self._rdfs.range)]
            if (node, self._rdf.type, self._owl.FunctionalProperty) not in self._graph:
                kind = "strings"
            broader = self._iris(node, self._rdfs.subPropertyOf)
            self._properties[node] = PropertyType(_local(node), kind, *self._words(node), broader)
        return self._properties[node]

    def _words(self, node: Node) -> tuple[str, str, str, str]:
        return *self._labels(node, self._rdfs.label), *self._labels(node, self._skos.definition)

    def _labels(self, node: Node, relation: Node) -> tuple[str, str]:
        texts = {getattr(text, "language", None): str(text) for text in self._graph.objects(node, relation)}
        return texts["zh"], texts["en"]

    def _iris(self, node: Node, relation: Node) -> tuple[str, ...]:
        """What ``node`` has as ``relation``, without what has no name."""
        return tuple(sorted(str(found) for found in self._graph.objects(node, relation) if self._is_iri(found)))

    def _inverse(self, node: Node) -> tuple[str, ...]:
        above = self._graph.objects(node, self._rdfs.subPropertyOf)
        return tuple(sorted(str(found) for each in above for found in self._graph.objects(each, self._owl.inverseOf)))

    def _one(self, node: Node, relation: Node) -> Node | None:
        return next(iter(self._graph.objects(node, relation)), None)

    def _text(self, node: Node, relation: Node, default: str) -> str:
        found = self._one(node, relation)
        return default if found is None else str(found)

    def _listed(self, node: Node, relation: Node) -> list[Node]:
        head = self._one(node, relation)
        return [] if head is None else list(self._graph.items(head))


def _local(node: object) -> str:
    return str(node).replace("#", "/").rpartition("/")[2]
