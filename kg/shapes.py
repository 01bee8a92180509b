"""The SHACL shapes of a graph, and what each of them looks at.

Half of the shapes follow from the vocabulary (datatypes, one value, which classes a relation joins), half stand in
``ontology/shapes.ttl``. They are of SHACL Core, and of it only what looks at a node or edge itself: at its values, at
how many edges it has, at the classes of an edge's ends. A shape that looks further is refused, for
:mod:`kg.validate` relies on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.triples import KG, RDF, XSD
from ontology.vocabulary import PropertyType, shapes, vocabulary

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
_DATATYPES = {"string": "string", "strings": "string", "integer": "integer", "number": "double", "boolean": "boolean"}

_RANGES = frozenset(("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"))
_SAYS_NOTHING = frozenset(("type", "targetClass", "message", "severity", "path"))
_COUNTS = frozenset(("minCount", "maxCount"))
# A shape that asks no more than this of a property does not look at what its value says.
_LOOKS_AWAY = _SAYS_NOTHING | _COUNTS | {"datatype", "nodeKind", "class"}
_OF_VALUES = _LOOKS_AWAY | _RANGES | {"minLength", "maxLength", "pattern", "flags", "in", "hasValue"}
_COMPARES = frozenset(("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_LISTS = frozenset(("or", "and", "xone", "not"))


@dataclass(frozen=True, slots=True)
class Sight:
    """What the shapes of one label or relation look at.

    A name is that of a property, of a relation that goes out (``PART_OF``) or comes in (``^HAS_TASK``) and is counted,
    or ``subject`` and ``object``, the classes at the ends of an edge. ``read`` are the properties whose values a shape
    reads; of all others it sees datatype, number, and whether they are empty. ``limits`` are those of the properties
    that are only held against limits. ``groups`` are the names that are looked at together, ``group_of`` gives the
    place of a shape's group among them.
    """

    read: frozenset[str]
    limits: Mapping[str, tuple[float, ...]]
    groups: tuple[tuple[str, ...], ...]
    group_of: Mapping[Node, int]


def shapes_graph(turtle: bytes | None = None) -> Graph:
    """Give all shapes: those that follow from the vocabulary and those of ``turtle``, of the ontology by default."""
    from rdflib import Graph

    rules = Graph(bind_namespaces="none")
    rules.parse(data=shapes() if turtle is None else turtle, format="turtle")
    rules.parse(data="\n".join(_generated()), format="turtle")
    _put_in_place(rules)
    return rules


def _put_in_place(rules: Graph) -> None:
    """Write what ``sh:node`` refers to in its place: the same shapes, but a result names the constraint within."""
    from rdflib import RDF, URIRef

    node = URIRef(f"{SH}node")
    while referring := list(rules.subject_objects(node)):
        for shape, other in referring:
            rules.remove((shape, node, other))
            for name, value in rules.predicate_objects(other):
                if name != RDF.type:
                    rules.add((shape, name, value))


def _generated() -> Iterator[str]:
    yield f"@prefix kg: <{KG}> . @prefix sh: <{SH}> . @prefix rdf: <{RDF}> . @prefix xsd: <{XSD}> ."
    words = vocabulary()
    for node_type in words.node_types.values():
        yield f"kg:{node_type.label} a sh:NodeShape ; sh:targetClass kg:{node_type.label} ."
        for each in node_type.properties:
            yield f"kg:{node_type.label} sh:property [ {_property_shape(each)} ] ."
    for relation in words.relation_types.values():
        yield f"kg:{relation.name} a sh:NodeShape ; sh:targetClass kg:{relation.name} ."
        for place, path in enumerate(("rdf:subject", "rdf:object")):
            labels = dict.fromkeys(pair[place] for pair in relation.pairs)
            classes = " ".join(f"kg:{label}" for label in labels)
            # Asked by its type and not by sh:or of sh:class, which pyshacl takes several times as long for.
            ends = f"sh:path ( {path} rdf:type ) ; sh:minCount 1 ; sh:in ( {classes} )"
            yield f"kg:{relation.name} sh:property [ {ends} ] ."
        for each in relation.properties:
            yield f"kg:{relation.name} sh:property [ {_property_shape(each)} ] ."


def _property_shape(each: PropertyType) -> str:
    most = "" if each.kind == "strings" else " ; sh:maxCount 1"
    least = " ; sh:minCount 1 ; sh:minLength 1" if each.name == "uid" else ""
    least = " ; sh:minCount 1" if each.name == "name" else least
    return f"sh:path kg:{each.name} ; sh:datatype xsd:{_DATATYPES[each.kind]}{most}{least}"


# ------------------------------------------------------------------------------------------------ what they look at


def sights(rules: Graph) -> dict[str, Sight]:
    """Give what the shapes of every label and relation look at.

    Raises :class:`TypeError` for a shape that looks at more than a node or edge itself.
    """
    from rdflib import URIRef

    return {local(kind): _sight(rules, shape) for shape, kind in rules.subject_objects(URIRef(f"{SH}targetClass"))}


def highest_count(rules: Graph) -> int:
    """Give the number beyond which no shape tells how many there are."""
    from rdflib import URIRef

    limits = (int(str(limit)) for name in _COUNTS for limit in rules.objects(None, URIRef(SH + name)))
    return max(limits, default=0) + 1


def _sight(rules: Graph, shape: Node) -> Sight:
    look = _Look(rules)
    looks: dict[Node, set[str]] = defaultdict(set)
    for name, value in _constraints(rules, shape):
        if name == "property":
            look.at(value, looks[value])
        elif name in _LISTS:
            for inner in _listed(rules, name, value):
                look.at(inner, looks[shape])
        elif name not in _SAYS_NOTHING:
            raise TypeError(f"sh:{name} of {local(shape)} looks at more than its properties")
    sets = set(map(frozenset, looks.values()))
    groups = sorted(tuple(sorted(each)) for each in sets if not any(each < other for other in sets))
    places = {node: next(i for i, group in enumerate(groups) if seen <= set(group)) for node, seen in looks.items()}
    limits = {
        name: tuple(sorted(float(str(limit)) for _, limit in constraints))
        for name, constraints in look.read.items()
        if all(constraint in _RANGES for constraint, _ in constraints)
    }
    return Sight(frozenset(look.read), limits, tuple(groups), places)


class _Look:
    """Follows what the shapes inside a node shape look at.

    ``read`` are the constraints that read values, with what they compare with, by property.
    """

    def __init__(self, rules: Graph) -> None:
        self._rules = rules
        self.read: dict[str, list[tuple[str, Node]]] = defaultdict(list)

    def at(self, shape: Node, names: set[str]) -> None:
        """Add to ``names`` what a shape looks at."""
        constraints = _constraints(self._rules, shape)
        path = dict(constraints).get("path")
        if path is not None:
            names.add(aspect(self._rules, path))
            for name, value in constraints:
                self._values(of_path(self._rules, path), name, value, names)
            return
        for name, value in constraints:
            if name == "property":
                self.at(value, names)
            elif name in _LISTS:
                for inner in _listed(self._rules, name, value):
                    self.at(inner, names)
            elif name not in _SAYS_NOTHING:
                raise TypeError(f"sh:{name} looks at more than the properties of a node")

    def _values(self, owner: str, name: str, value: Node, names: set[str]) -> None:
        if name in _COMPARES:
            names.add(local(value))
            self.read[local(value)].append((name, value))
        elif name not in _OF_VALUES:
            raise TypeError(f"sh:{name} of {owner} looks at more than its values")
        if name not in _LOOKS_AWAY and not (name == "minLength" and str(value) in ("0", "1")):
            self.read[owner].append((name, value))


def _listed(rules: Graph, name: str, value: Node) -> list[Node]:
    return [value] if name == "not" else list(rules.items(value))


def _constraints(rules: Graph, shape: Node) -> list[tuple[str, Node]]:
    return [(local(name), value) for name, value in rules.predicate_objects(shape)]


def aspect(rules: Graph, path: Node) -> str:
    """What a path leads to, by name as in :class:`Sight`. Raises :class:`TypeError` for one that leads further."""
    from rdflib import BNode

    name = of_path(rules, path)
    if isinstance(path, BNode) and value_of(rules, path, "inversePath") is None and name not in ("subject", "object"):
        raise TypeError(f"a path from {name} on leads away from its node")
    return name if value_of(rules, path, "inversePath") is None else f"^{name}"


def of_path(rules: Graph, path: Node) -> str:
    """The property or relation a path begins with."""
    return local(value_of(rules, path, "inversePath") or next(iter(rules.items(path)), None) or path)


def value_of(rules: Graph, node: Node, name: str) -> Node | None:
    """What a shape or path has as ``sh:<name>``."""
    from rdflib import URIRef

    return next(iter(rules.objects(node, URIRef(SH + name))), None)


def local(node: object) -> str:
    """The name of a term without its namespace."""
    return str(node).replace("#", "/").rpartition("/")[2]
