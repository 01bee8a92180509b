"""Checks a graph against the ontology: SHACL shapes, what breaks them, in words.

pyshacl is the judge, and takes milliseconds a node or edge: far too long for a large graph. But a shape of
:mod:`kg.shapes` looks at no more of a node than a few names, alone or together (``position`` and ``list_size``): a
*group*. Two nodes of one label with the same values in a group both keep its shapes or both break them. So of every
label or relation, group and combination of values that occurs in it pyshacl gets one node or edge that has it, whole,
and what that one breaks all break that agree with it in the group. Of values that no shape reads there is no more to
agree in than datatype, number and whether they are empty; of numbers that are only held against limits, their place
among these; of edges that are counted, the number up to one more than the highest limit.
The values of every node in every group are judged: nothing is drawn by chance.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import floor
from typing import TYPE_CHECKING

from kg.export.triples import KG
from kg.export.whole import Row
from kg.shapes import SH, Sight, aspect, highest_count, local, of_path, shapes_graph, sights, value_of
from loaders.flat import squeezed
from ontology.vocabulary import NodeType, PropertyType, RelationType, vocabulary
from queries.documents import Tables, homes

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_Seen = tuple[tuple[str, str], ...]
"""What is seen of a property: its literals as (datatype, text)."""
_TRUTH: Mapping[bool, _Seen] = {truth: (("boolean", str(truth).lower()),) for truth in (False, True)}
_DATATYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "integer", float: "double"}
_SAMPLE = "…"


@dataclass(frozen=True, slots=True)
class _SpanNames:
    """A span and its quote among the properties of a row.

    ``within`` and ``same`` are what is stated of them besides, for RDF does not have the texts: whether the span lies
    in the text, and whether the quote is what stands there. ``ends`` are where to look for the document.
    """

    start: str
    end: str
    quote: str
    within: str
    same: str
    shown: str
    ends: tuple[str, ...]


_SPANS = (
    _SpanNames("span_start", "span_end", "quote", "span_in_text", "quote_in_text", "span", ("uid", "target", "source")),
    *(
        _SpanNames(
            f"{end}_start",
            f"{end}_end",
            f"{end}_quote",
            f"{end}_in_text",
            f"{end}_quote_in_text",
            f"{end}_span",
            (end,),
        )
        for end in ("source", "target")
    ),
)
_FACTS = {name: spans for spans in _SPANS for name in (spans.within, spans.same)}
_ENDS = ("subject", "object")
_SIDES = dict(zip(_ENDS, ("source", "target"), strict=True))


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
    checked = _Checked(graph, rules)
    results = _broken(checked.data(), rules)
    return Report(checked.nodes, checked.edges, tuple(checked.violations(results)))


# ------------------------------------------------------------------------------------------------ what shapes see


class _Kind:
    """A label or relation: the names that its shapes look at, and all its rows by what there is to be seen of them.

    What is seen of a row is a value for each of ``names``: its properties, the facts about its spans, then for a node
    how many edges it has, for an edge the labels at its ends, empty where nothing is there.
    """

    def __init__(self, owner: NodeType | RelationType, sight: Sight) -> None:
        self.name = owner.label if isinstance(owner, NodeType) else owner.name
        self.sight = sight
        self.properties = [(each, _stand_in(each.name, sight)) for each in owner.properties]
        known = {each.name for each in owner.properties}
        self.spans = [each for each in _SPANS if {each.start, each.end} <= known]
        facts = [name for each in self.spans for name in (each.within, each.same)]
        relations = vocabulary().relation_types
        self.counted = sorted({name for group in sight.groups for name in group if name.removeprefix("^") in relations})
        self.ends = () if isinstance(owner, NodeType) else _ENDS
        self.names = (*(each.name for each in owner.properties), *facts, *self.counted, *self.ends)
        places = {name: place for place, name in enumerate(self.names)}
        self.groups = [tuple(places[name] for name in group) for group in sight.groups]
        self.rows: dict[tuple[object, ...], list[Row]] = defaultdict(list)

    def covering(self) -> Iterator[tuple[object, ...]]:
        """Give of what was seen as much as shows every combination of values in every group."""
        shown: list[set[tuple[object, ...]]] = [set() for _ in self.groups]
        for seen in self.rows:
            new = False
            for group, before in zip(self.groups, shown, strict=True):
                values = tuple(seen[place] for place in group)
                if values not in before:
                    before.add(values)
                    new = True
            if new:
                yield seen

    def agreeing(self, seen: tuple[object, ...], group: int) -> Iterator[tuple[tuple[object, ...], Row]]:
        """Give the rows that have the same values in a group, in order of uid, with what was seen of them."""
        places = self.groups[group]
        values = [seen[place] for place in places]
        found = [
            (other, row)
            for other, rows in self.rows.items()
            if [other[place] for place in places] == values
            for row in rows
        ]
        return iter(
            sorted(found, key=lambda pair: (str(pair[1].get("uid", pair[1].get("source"))), str(pair[1].get("target"))))
        )


class _Checked:
    """The nodes and edges of a graph, those that shapes cannot tell apart together."""

    def __init__(self, graph: Tables, rules: Graph) -> None:
        words = vocabulary()
        seen = sights(rules)
        self._many = highest_count(rules)
        self._texts, self._homes = graph.texts(), homes(graph)
        self._squeezed = cache(squeezed)
        self._named: dict[str, Row] = {}
        labels: dict[str, str] = {}
        nodes = {label: graph.nodes(label) for label in words.node_types}
        edges = {relation: graph.edges(relation) for relation in words.relation_types}
        self.nodes, self.edges = (sum(map(len, rows.values())) for rows in (nodes, edges))
        for label, rows in nodes.items():
            labels.update((str(row["uid"]), label) for row in rows)
            self._named.update((str(row["uid"]), row) for row in rows)
        self._kinds = [_Kind(owner, seen[name]) for name, owner in words.node_types.items()]
        self._counts = _counts(edges, {name for kind in self._kinds for name in kind.counted})
        for kind in self._kinds:
            for row in nodes[kind.name]:
                kind.rows[(*self._values(kind, row), *self._numbers(kind, row))].append(row)
        for name, relation in words.relation_types.items():
            kind = _Kind(relation, seen[name])
            self._kinds.append(kind)
            for row in edges[name]:
                ends = labels.get(str(row["source"]), ""), labels.get(str(row["target"]), "")
                kind.rows[(*self._values(kind, row), *ends)].append(row)
        self._judged = [(kind, values) for kind in self._kinds for values in kind.covering()]

    def _values(self, kind: _Kind, row: Row) -> list[object]:
        """What is seen of the properties and spans of a row."""
        found: list[object] = []
        for each, stand_in in kind.properties:
            value = row.get(each.name)
            if value is None:
                found.append(())
            elif isinstance(value, list | tuple):
                found.append(_literals(value, each, each.name in kind.sight.read, self._many))
            else:
                found.append((_literal(stand_in(value), each),))
        for spans in kind.spans:
            found += self._facts(spans, row)
        return found

    def _numbers(self, kind: _Kind, row: Row) -> Iterator[int]:
        uid = str(row["uid"])
        return (min(self._counts[name][uid], self._many) for name in kind.counted)

    def _document(self, row: Row, ends: Iterable[str] = ("uid", "target", "source")) -> str:
        """The document a node or edge stands in, by uid; an edge stands where its target does, else its source."""
        for end in ends:
            if (uid := row.get(end)) is not None and (home := self._homes.get(str(uid))):
                return home
        return ""

    def _facts(self, spans: _SpanNames, row: Row) -> tuple[_Seen, _Seen]:
        """Whether a span of a row lies in its document's text, and whether the quote is what stands there."""
        start, end, quote = row.get(spans.start), row.get(spans.end), row.get(spans.quote)
        if not isinstance(start, int) or not isinstance(end, int):
            return () if quote is None else _TRUTH[False], ()
        text = self._texts.get(self._document(row, spans.ends), "")
        within = 0 <= start < end <= len(text)
        if quote is None or not within:
            return _TRUTH[within], ()
        there = text[start:end]
        return _TRUTH[True], _TRUTH[there == quote or self._squeezed(there) == self._squeezed(str(quote))]

    def data(self) -> Graph:
        """Give what pyshacl is to judge as RDF: ``urn:judged:0`` and so on."""
        from rdflib import RDF, XSD, Graph, Literal, URIRef

        data = Graph(bind_namespaces="none")
        first: dict[str, URIRef] = {}
        for number, (kind, _) in enumerate(self._judged):
            first.setdefault(kind.name, URIRef(f"urn:judged:{number}"))
        for number, (kind, values) in enumerate(self._judged):
            subject = URIRef(f"urn:judged:{number}")
            data.add((subject, RDF.type, _term(kind.name)))
            for name, value in zip(kind.names, values, strict=True):
                if name in kind.ends:
                    # The end of an edge is stood for by any node of its label: shapes ask for its class alone.
                    data.add((subject, RDF[name], first.get(str(value), URIRef("urn:absent"))))
                elif name in kind.counted:
                    relation, back = _term(name.removeprefix("^")), name.startswith("^")
                    for other in (URIRef(f"urn:other:{place}") for place in range(int(str(value)))):
                        data.add((other, relation, subject) if back else (subject, relation, other))
                elif isinstance(value, tuple):
                    for datatype, text in value:
                        data.add(
                            (
                                subject,
                                _term(name),
                                Literal(text) if datatype == "string" else Literal(text, datatype=XSD[datatype]),
                            )
                        )
        return data

    def violations(self, results: Iterable[_Result]) -> Iterator[Violation]:
        """Give what the results mean for each node and edge that agrees with the one that was judged."""
        told: set[tuple[object, ...]] = set()
        for result in sorted(results, key=lambda result: (result.judged, result.property, result.rule)):
            kind, values = self._judged[result.judged]
            group = kind.sight.group_of[result.shape]
            same = tuple(values[place] for place in kind.groups[group])
            what = (kind.name, group, same, result.property, result.rule, result.en)
            if what in told:
                continue
            told.add(what)
            for _, row in kind.agreeing(values, group):
                yield self._violation(kind, row, result)

    def _violation(self, kind: _Kind, row: Row, result: _Result) -> Violation:
        ends = [str(row[side]) for side in ("source", "target") if side in row]
        uid = " → ".join(ends) if ends else str(row["uid"])
        names = [str(self._named.get(end, {}).get("name") or end) for end in ends] or [str(row.get("name") or uid)]
        document = self._document(row)
        name, value = self._shown(row, result)
        return Violation(
            kind=kind.name, uid=uid, name=" → ".join(names), document=document,
            file=str(self._named.get(document, {}).get("file") or ""), property=name, value=value,
            rule=result.rule, zh=result.zh, en=result.en,
        )  # fmt: skip

    def _shown(self, row: Row, result: _Result) -> tuple[str, object]:
        """What of a row is wrong, and what it has there."""
        name = result.property
        if name in _FACTS:
            spans = _FACTS[name]
            place = f"{row.get(spans.start)}–{row.get(spans.end)}"
            return (spans.shown, place) if name == spans.within else (spans.quote, row.get(spans.quote))
        if name in _SIDES:
            return name, row.get(_SIDES[name])
        if result.counted in self._counts:
            return name, self._counts[result.counted][str(row["uid"])]
        return name, row.get(name)


def _counts(edges: Mapping[str, Sequence[Row]], names: Iterable[str]) -> dict[str, Counter[str]]:
    """How many edges go out of every node, by relation, and come in, by ``^`` and relation, of those in ``names``."""
    return {
        name: Counter(str(row["target" if name.startswith("^") else "source"]) for row in edges[name.removeprefix("^")])
        for name in names
    }


def _stand_in(name: str, sight: Sight) -> Callable[[object], object]:
    """Give what makes of a value another that the shapes see as the same."""
    if name in sight.limits:
        return partial(_between, sight.limits[name])
    return _itself if name in sight.read else _sample


def _itself(value: object) -> object:
    return value


def _sample(value: object) -> object:
    """A value of the same type, empty where it is."""
    return (value and _SAMPLE) if isinstance(value, str) else type(value)()


def _between(limits: Sequence[float], value: object) -> object:
    """A number that is as far as ``value`` in the order of the limits, and a whole one where it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value in limits or value != value:
        return value
    place = bisect(limits, value)
    below = limits[place - 1] if place else limits[0] - 2
    if isinstance(value, int):
        return floor(below) + 1
    return (below + limits[place]) / 2 if place < len(limits) else below + 1


def _literal(value: object, of: PropertyType) -> tuple[str, str]:
    """A value as (datatype, text): of the type it has, for the shapes to see where the ontology asks for another."""
    own = _DATATYPES[type(value)]
    if own == "integer" and of.kind == "number":
        own = "double"
    return own, str(value).lower() if own == "boolean" else str(value)


def _literals(values: Iterable[object], of: PropertyType, read: bool, many: int) -> _Seen:
    """The values of a list, each once; of texts that no shape reads as many as there are, ``many`` for more."""
    found = dict.fromkeys(_literal(value, of) for value in values)
    if read:
        return tuple(found)
    texts = sum(datatype == "string" and text != "" for datatype, text in found)
    others = (each for each in found if each[0] != "string" or not each[1])
    return (*(("string", _SAMPLE * place) for place in range(1, min(texts, many) + 1)), *others)


@cache
def _term(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(KG + name)


# ------------------------------------------------------------------------------------------------ results in words


@dataclass(frozen=True, slots=True)
class _Result:
    """One result of the validation: which of what was judged breaks which constraint of which shape, in words.

    ``property`` is what the shape is about, empty where it is about several; ``counted`` where it counts edges.
    """

    judged: int
    shape: Node
    property: str
    counted: str
    rule: str
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
_END_WORDS = {"subject": ("起点", "its start"), "object": ("终点", "its end")}
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
    for result in report.subjects(RDF.type, URIRef(f"{SH}ValidationResult")):
        said = {
            local(name): value for name, value in report.predicate_objects(result) if local(name) != "resultMessage"
        }
        messages = {
            str(getattr(text, "language", None)): str(text)
            for text in report.objects(result, URIRef(f"{SH}resultMessage"))
        }
        rule = local(said["sourceConstraintComponent"]).removesuffix("ConstraintComponent")
        path = value_of(rules, said["sourceShape"], "path")
        name = "" if path is None else of_path(rules, path)
        words = _labels(name)
        limit = _limit(rules, said["sourceShape"], _LIMITS.get(rule, ""))
        zh, en = _IN_WORDS.get("End" if name in _SIDES else rule, ("{zh}：{rule}", "{en}: {rule}"))
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
            int(local(said["focusNode"]).rpartition(":")[2]), said["sourceShape"], name,
            "" if path is None else aspect(rules, path), rule,
            messages.get("zh") or zh.format(**filled), messages.get("en") or en.format(**filled),
        )  # fmt: skip


def _limit(rules: Graph, shape: Node, name: str) -> str:
    """What a constraint compares with, as text: a number, a pattern, the values of a list."""
    found = value_of(rules, shape, name)
    if found is None:
        return ""
    if name == "in":
        return ", ".join(str(item) for item in rules.items(found))
    return local(found) if name in ("datatype", "lessThanOrEquals") else str(found)


def _labels(name: str) -> tuple[str, str]:
    """A property, relation or end of an edge in Chinese and English; the name itself where it is none."""
    words = vocabulary()
    relation = words.relation_types.get(name)
    if relation is not None:
        return f"{relation.zh}（{name}）", f"{relation.en} ({name})"
    owned = [owner.properties for owner in words.node_types.values()]
    owned += [owner.properties for owner in words.relation_types.values()]
    found = next((each for properties in owned for each in properties if each.name == name), None)
    return (found.zh, found.en) if found else _END_WORDS.get(name, (name, name))
