"""Checks a graph against the ontology: SHACL shapes, what breaks them, in words.

Half of the shapes follow from the vocabulary (datatypes, one value, which classes a relation joins), half stand in
``ontology/shapes.ttl``. They are of SHACL Core and look at one node or edge with its values and the number of its
edges, never further. So nodes and edges that agree in all of this are checked once: what pyshacl gets is one *profile*
each, with the text of properties that no shape compares replaced by a sample. Whatever a profile breaks, each of its
nodes breaks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.export.triples import KG
from kg.export.whole import Row, all_edges, all_nodes
from loaders.flat import squeezed
from ontology.vocabulary import PropertyType, RelationType, shapes, vocabulary
from queries.documents import Tables, homes

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DATATYPES = {"string": "string", "strings": "string", "integer": "integer", "number": "double", "boolean": "boolean"}
# A shape that asks no more than this of a property does not look at what its value says.
_LOOKS_AWAY = frozenset(("path", "datatype", "minCount", "maxCount", "minLength", "message", "class"))
_SAMPLE = "…"
_FACTS = {"span_in_text": "span", "quote_in_text": "quote"}
"""What is stated of a span besides, for RDF does not have the texts, and what it is about."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One node or edge that breaks a shape.

    ``kind`` is its label or relation, ``uid`` its uid (for an edge both ends, with an arrow), ``document`` the uid and
    ``file`` the file name of the document it stands in, empty where it stands in none. ``property`` is what is wrong,
    ``rule`` the SHACL constraint that is broken, such as ``MaxCount``.
    """

    kind: str
    uid: str
    name: str
    document: str
    file: str
    property: str
    value: object
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and everything that breaks a shape, in order of the ontology and of uids."""

    nodes: int
    edges: int
    violations: tuple[Violation, ...]


def validate(graph: Tables) -> Report:
    """Check every node and edge of a graph."""
    rules = shapes_graph()
    profiles = _Profiles(graph, _Asked(rules))
    results = _broken(profiles.data(), rules)
    return Report(profiles.nodes, profiles.edges, tuple(profiles.violations(results)))


def shapes_graph() -> Graph:
    """Give all shapes: those of ``ontology/shapes.ttl`` and those that follow from the vocabulary."""
    from rdflib import Graph

    rules = Graph(bind_namespaces="none")
    rules.parse(data=shapes(), format="turtle")
    rules.parse(data="\n".join(_generated()), format="turtle")
    _put_in_place(rules)
    return rules


def _put_in_place(rules: Graph) -> None:
    """Write what ``sh:node`` refers to in its place: the same shapes, but a result names the constraint within."""
    from rdflib import RDF, URIRef

    node = URIRef(f"{_SH}node")
    while referring := list(rules.subject_objects(node)):
        for shape, other in referring:
            rules.remove((shape, node, other))
            for name, value in rules.predicate_objects(other):
                if name != RDF.type:
                    rules.add((shape, name, value))


def _generated() -> Iterator[str]:
    yield f"@prefix kg: <{KG}> . @prefix sh: <{_SH}> . @prefix rdf: <{_RDF}> ."
    yield "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
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


# ------------------------------------------------------------------------------------------------ profiles


class _Asked:
    """What the shapes look at: values of properties, numbers of edges; ``many`` edges are as good as more."""

    def __init__(self, rules: Graph) -> None:
        from rdflib import URIRef

        self.values: set[str] = set()
        self.out: set[str] = set()
        self.into: set[str] = set()
        self.many = 1
        relations = vocabulary().relation_types
        for shape, path in rules.subject_objects(URIRef(f"{_SH}path")):
            inverse = (path, URIRef(f"{_SH}inversePath"), None) in rules
            name = _of_path(rules, path)
            constraints = {_local(constraint): value for constraint, value in rules.predicate_objects(shape)}
            if name in relations:
                (self.into if inverse else self.out).add(name)
                counts = (constraints.get(limit) for limit in ("minCount", "maxCount"))
                self.many = max([self.many, *(int(str(count)) + 1 for count in counts if count is not None)])
            elif set(constraints) - _LOOKS_AWAY:
                self.values.add(name)
                self.values.update(_local(value) for value in constraints.values() if str(value).startswith(KG))


@dataclass(frozen=True, slots=True)
class _Profile:
    """All that shapes see of a node or edge.

    ``values`` are in order of the properties, ``facts`` those of :data:`_FACTS`. A node has ``counts``, numbers of
    edges by (``out`` or ``into``, relation), an edge ``ends``, the labels at both ends, empty where nothing is there.
    """

    kind: str
    values: tuple[object, ...]
    facts: tuple[bool | None, ...]
    counts: tuple[tuple[tuple[str, str], int], ...] = ()
    ends: tuple[str, ...] = ()


class _Profiles:
    """The nodes and edges of a graph, those that shapes cannot tell apart together."""

    def __init__(self, graph: Tables, asked: _Asked) -> None:
        self._asked = asked
        self._texts, self._homes = graph.texts(), homes(graph)
        self._squeezed: dict[tuple[str, int, int], str] = {}
        self._members: dict[_Profile, list[Row]] = defaultdict(list)
        self._rows: dict[str, Row] = {}
        self.nodes = self.edges = 0
        labels: dict[str, str] = {}
        nodes, edges = list(all_nodes(graph)), list(all_edges(graph))
        for node_type, rows in nodes:
            labels.update((str(row["uid"]), node_type.label) for row in rows)
            self._rows.update((str(row["uid"]), row) for row in rows)
        counts = self._counts(edges)
        for node_type, rows in nodes:
            self.nodes += len(rows)
            for row in rows:
                numbers = tuple(sorted(counts[str(row["uid"])].items()))
                seen = self._seen(row, node_type.properties)
                self._members[_Profile(node_type.label, seen, self._facts(row), counts=numbers)].append(row)
        for relation, rows in edges:
            self.edges += len(rows)
            for row in rows:
                ends = (labels.get(str(row["source"]), ""), labels.get(str(row["target"]), ""))
                seen = self._seen(row, relation.properties)
                self._members[_Profile(relation.name, seen, self._facts(row), ends=ends)].append(row)
        self._profiles = list(self._members)

    def _seen(self, row: Row, properties: Sequence[PropertyType]) -> tuple[object, ...]:
        compared = self._asked.values
        values = ((each.name in compared, row.get(each.name)) for each in properties)
        return tuple(_hashable(value) if exact else _sample(value) for exact, value in values)

    def _counts(self, edges: Iterable[tuple[RelationType, Sequence[Row]]]) -> dict[str, Counter[tuple[str, str]]]:
        """By uid, how many edges go out and come in, of the relations that a shape counts."""
        counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for relation, rows in edges:
            for side, way, asked in (("source", "out", self._asked.out), ("target", "into", self._asked.into)):
                if relation.name in asked:
                    for uid, count in Counter(str(row[side]) for row in rows).items():
                        counts[uid][way, relation.name] = min(count, self._asked.many)
        return counts

    def _document(self, row: Row) -> str:
        """The document a node or edge stands in, by uid; an edge stands where its target does, else its source."""
        uids = (row.get("uid"), row.get("target"), row.get("source"))
        return next((home for uid in uids if (home := self._homes.get(str(uid)))), "")

    def _facts(self, row: Row) -> tuple[bool | None, ...]:
        """Whether the span of a row lies in its document's text, and whether the quote is what stands there."""
        start, end, quote = row.get("span_start"), row.get("span_end"), row.get("quote")
        if not isinstance(start, int) or not isinstance(end, int):
            return (None, None)
        document = self._document(row)
        text = self._texts.get(document, "")
        within = 0 <= start < end <= len(text)
        if quote is None or not within:
            return (within, None)
        place = (document, start, end)
        if place not in self._squeezed:
            self._squeezed[place] = squeezed(text[start:end])
        return (within, self._squeezed[place] == squeezed(str(quote)))

    def data(self) -> Graph:
        """Give the profiles as RDF: ``urn:profile:0`` and so on."""
        from rdflib import RDF, Graph, URIRef

        data = Graph(bind_namespaces="none")
        first: dict[str, URIRef] = {}
        for number, profile in enumerate(self._profiles):
            subject = URIRef(f"urn:profile:{number}")
            first.setdefault(profile.kind, subject)
            data.add((subject, RDF.type, _term(profile.kind)))
            for name, kind, value in self._stated(profile):
                for item in value if isinstance(value, tuple) else (value,):
                    data.add((subject, _term(name), _literal(item, kind)))
            for (way, relation), count in profile.counts:
                for other in (URIRef(f"urn:other:{place}") for place in range(count)):
                    source, target = (subject, other) if way == "out" else (other, subject)
                    data.add((source, _term(relation), target))
        # The end of an edge is stood for by any node of its label: shapes ask for its class alone.
        for number, profile in enumerate(self._profiles):
            for side, label in zip((RDF.subject, RDF.object), profile.ends, strict=False):
                data.add((URIRef(f"urn:profile:{number}"), side, first.get(label, URIRef("urn:absent"))))
        return data

    def _stated(self, profile: _Profile) -> Iterator[tuple[str, str, object]]:
        words = vocabulary()
        owner = words.node_types.get(profile.kind) or words.relation_types[profile.kind]
        for each, value in zip(owner.properties, profile.values, strict=True):
            if value is not None:
                yield each.name, each.kind, value
        for name, fact in zip(_FACTS, profile.facts, strict=True):
            if fact is not None:
                yield name, "boolean", fact

    def violations(self, results: Iterable[_Result]) -> Iterator[Violation]:
        """Give what the broken profiles mean for each of their nodes and edges."""
        for result in sorted(set(results), key=lambda result: (result.profile, result.property, result.rule)):
            profile = self._profiles[result.profile]
            for row in self._members[profile]:
                yield self._violation(profile, row, result)

    def _violation(self, profile: _Profile, row: Row, result: _Result) -> Violation:
        ends = [str(row[side]) for side in ("source", "target") if side in row]
        uid = " → ".join(ends) if ends else str(row["uid"])
        names = [str(self._rows.get(end, {}).get("name") or end) for end in ends] or [str(row.get("name") or uid)]
        document = self._document(row)
        name = _FACTS.get(result.property, result.property)
        value = f"{row.get('span_start')}–{row.get('span_end')}" if name == "span" else row.get(name, result.value)
        return Violation(
            kind=profile.kind, uid=uid, name=" → ".join(names), document=document,
            file=str(self._rows.get(document, {}).get("file") or ""), property=name, value=value,
            rule=result.rule, zh=result.zh, en=result.en,
        )  # fmt: skip


def _sample(value: object) -> object:
    """What stands for a value that no shape compares: a value of its kind, empty where it is."""
    if isinstance(value, str):
        return value and _SAMPLE
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(map(_sample, value)))
    return value if value is None or isinstance(value, bool) else type(value)()


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@cache
def _term(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(KG + name)


def _literal(value: object, kind: str) -> Literal:
    """A value as what it is, for the shapes to see where the ontology asks for another kind."""
    from rdflib import XSD, Literal

    own = {str: XSD.string, bool: XSD.boolean, int: XSD.integer, float: XSD.double}[type(value)]
    if own == XSD.string:
        return Literal(str(value))
    datatype = XSD.double if kind == "number" and own == XSD.integer else own
    return Literal(str(value).lower() if own == XSD.boolean else str(value), datatype=datatype)


def _local(node: object) -> str:
    return str(node).replace("#", "/").rpartition("/")[2]


# ------------------------------------------------------------------------------------------------ results in words


@dataclass(frozen=True, slots=True)
class _Result:
    """One result of the validation: which profile, what of it, which constraint, and that in words."""

    profile: int
    property: str
    rule: str
    value: str
    zh: str
    en: str


_IN_WORDS: Mapping[str, tuple[str, str]] = {
    "MinCount": ("缺少{zh}", "{en} is missing"),
    "MaxCount": ("{zh}多于 {limit} 个", "more than {limit} of {en}"),
    "MinLength": ("{zh}为空", "{en} is empty"),
    "Datatype": ("{zh}的类型不对，应为 {limit}", "{en} is of the wrong type, it should be {limit}"),
    "In": ("{zh}只能是 {limit}", "{en} can only be one of {limit}"),
    "Pattern": ("{zh}的写法不对，应符合 {limit}", "{en} is not written as it should be: {limit}"),
    "MinInclusive": ("{zh}小于 {limit}", "{en} is less than {limit}"),
    "MaxInclusive": ("{zh}大于 {limit}", "{en} is more than {limit}"),
    "LessThanOrEquals": ("{zh}大于{limit_zh}", "{en} is more than {limit_en}"),
    "HasValue": ("{zh}不是 {limit}", "{en} is not {limit}"),
    "End": ("{zh}不存在，或不是这种关系可连的节点", "{en} does not exist, or is no node this relation can join"),
}
"""What each constraint means where the shape itself does not say it."""
_ENDS = {"subject": ("起点", "its start"), "object": ("终点", "its end")}
_LIMITS = {
    "MinCount": "minCount", "MaxCount": "maxCount", "Datatype": "datatype", "In": "in", "Pattern": "pattern",
    "MinInclusive": "minInclusive", "MaxInclusive": "maxInclusive", "LessThanOrEquals": "lessThanOrEquals",
    "HasValue": "hasValue",
}  # fmt: skip


def _broken(data: Graph, rules: Graph) -> Iterator[_Result]:
    """Run pyshacl and give its results, those of shapes inside shapes once, where they belong."""
    from pyshacl import validate as run
    from rdflib import RDF, Graph, URIRef

    _, report, _ = run(
        data, shacl_graph=rules, inference="none", abort_on_first=False, meta_shacl=False, advanced=False
    )
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl gave no report: {report!r}")
    for result in report.subjects(RDF.type, URIRef(f"{_SH}ValidationResult")):
        said = {
            _local(name): value for name, value in report.predicate_objects(result) if _local(name) != "resultMessage"
        }
        messages = {
            str(getattr(text, "language", None)): str(text)
            for text in report.objects(result, URIRef(f"{_SH}resultMessage"))
        }
        rule = _local(said["sourceConstraintComponent"]).removesuffix("ConstraintComponent")
        path = _one(rules, said["sourceShape"], "path")
        name = "" if path is None else _of_path(rules, path)
        words = _labels(name)
        limit = _limit(rules, said["sourceShape"], _LIMITS.get(rule, ""))
        zh, en = _IN_WORDS.get("End" if name in _ENDS else rule, ("{zh}：{rule}", "{en}: {rule}"))
        limit_zh, limit_en = _labels(limit)
        filled = {
            "zh": words[0],
            "en": words[1],
            "limit": limit,
            "limit_zh": limit_zh,
            "limit_en": limit_en,
            "rule": rule,
        }
        yield _Result(
            int(_local(said["focusNode"]).rpartition(":")[2]), name, rule, str(said.get("value", "")),
            messages.get("zh") or zh.format(**filled), messages.get("en") or en.format(**filled),
        )  # fmt: skip


def _of_path(rules: Graph, path: Node) -> str:
    """The property or relation a path begins with."""
    return _local(_one(rules, path, "inversePath") or next(iter(rules.items(path)), None) or path)


def _one(graph: Graph, node: Node, name: str) -> Node | None:
    from rdflib import URIRef

    return next(iter(graph.objects(node, URIRef(_SH + name))), None)


def _limit(rules: Graph, shape: Node, name: str) -> str:
    """What a constraint compares with, as text: a number, a pattern, the values of a list."""
    found = _one(rules, shape, name)
    if found is None:
        return ""
    if name == "in":
        return ", ".join(str(item) for item in rules.items(found))
    return _local(found) if name in ("datatype", "lessThanOrEquals") else str(found)


def _labels(name: str) -> tuple[str, str]:
    """A property, relation or end of an edge in Chinese and English; the name itself where it is none."""
    words = vocabulary()
    relation = words.relation_types.get(name)
    if relation is not None:
        return f"{relation.zh}（{name}）", f"{relation.en} ({name})"
    owned = [owner.properties for owner in words.node_types.values()]
    owned += [owner.properties for owner in words.relation_types.values()]
    found = next((each for properties in owned for each in properties if each.name == name), None)
    return (found.zh, found.en) if found else _ENDS.get(name, (name, name))
