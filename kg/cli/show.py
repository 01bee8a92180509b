"""``kg show``: one node, its relations, and the source sentence behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import click

from kg.cli.naming import found
from kg.cli.shared import Output, graph_option, kg_command, opened, output_options
from kg.output import Column, Label, Table

if TYPE_CHECKING:
    from kg.store import GraphStore

_NODE = "MATCH (n:`{label}`) WHERE n.uid = $uid RETURN n"
_EDGES = (
    "MATCH (n:`{label}`)-[r]->(other) WHERE n.uid = $uid "
    "RETURN 'out' AS direction, type(r) AS relation, labels(other)[0] AS label, other.uid AS uid, other.name AS name, "
    "other.ref AS ref, r",
    "MATCH (n:`{label}`)<-[r]-(other) WHERE n.uid = $uid "
    "RETURN 'in' AS direction, type(r) AS relation, labels(other)[0] AS label, other.uid AS uid, other.name AS name, "
    "other.ref AS ref, r",
)
_DOCUMENTS = (
    "MATCH (d:Document) WHERE d.uid IN $uids RETURN d.uid AS uid, d.uid AS document, d.file AS file, d.name AS name",
    "MATCH (d:Document)-[:HAS_SECTION]->(h:Section) WHERE h.uid IN $uids "
    "RETURN h.uid AS uid, d.uid AS document, d.file AS file, d.name AS name",
    "MATCH (d:Document)-[:HAS_ACTION]->(h:Action) WHERE h.uid IN $uids "
    "RETURN h.uid AS uid, d.uid AS document, d.file AS file, d.name AS name",
    "MATCH (d:Document)-[:HAS_ACTION]->(:Action)-[:HAS_TASK]->(h:Task) WHERE h.uid IN $uids "
    "RETURN h.uid AS uid, d.uid AS document, d.file AS file, d.name AS name",
)


@kg_command(
    "show",
    zh="显示一个节点：属性、按类型分组的关系，以及每条关系的原文和出处。ID 可以是编号、名称或其开头。",
    en="Show one node: properties, relations by kind, and the source sentence and place of each. "
    "ID is a uid, a name or the beginning of one.",
    examples=("kg show 市财政局", "kg show 510300:市场监管 --format json"),
)
@click.argument("node", metavar="ID")
@graph_option
@output_options
def command(node: str, graph: str, output: Output) -> None:
    """Show the node."""
    store = opened(graph)
    label, uid = found(store, node)
    output.write(*_tables(store, label, uid))


# ------------------------------------------------------------------------------------------------ the two tables


@dataclass(frozen=True, slots=True)
class _Place:
    document: str
    file: str
    name: str


def _tables(store: GraphStore, label: str, uid: str) -> list[Table]:
    properties = _properties(next(iter(store.run(_NODE.format(label=label), {"uid": uid})))["n"])
    edges = [row for query in _EDGES for row in store.run(query.format(label=label), {"uid": uid})]
    places = _places(store, [uid, *(str(edge["uid"]) for edge in edges)])
    # A target or a work cited stands where the holder that states it stands.
    home = places.get(uid) or next((places[str(edge["uid"])] for edge in edges if str(edge["uid"]) in places), None)
    lines = _Lines(store)
    rows = sorted((_edge_row(edge, uid, home, places, lines) for edge in edges), key=_order)
    return [_node_table(label, properties, home, lines), _relations(rows)]


def _properties(value: object) -> dict[str, object]:
    return {key: item for key, item in value.items() if key != "labels"} if isinstance(value, Mapping) else {}


def _places(store: GraphStore, uids: Sequence[str]) -> dict[str, _Place]:
    """The document of every holder (document, section, action, task) among ``uids``."""
    return {
        str(row["uid"]): _Place(str(row["document"]), str(row["file"]), str(row["name"]))
        for query in _DOCUMENTS
        for row in store.run(query, {"uids": list(dict.fromkeys(uids))})
    }


class _Lines:
    """Text and line numbers of documents, each read once."""

    def __init__(self, store: GraphStore) -> None:
        self._text = cache(store.text)

    def sentence(self, place: _Place, span: tuple[int, int]) -> str:
        return "".join(self._text(place.document)[slice(*span)].split())

    def line(self, place: _Place, start: int) -> int:
        return self._text(place.document).count("\n", 0, start) + 1


def _span(properties: Mapping[str, object]) -> tuple[int, int] | None:
    start, end = properties.get("span_start"), properties.get("span_end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def _edge_row(
    edge: Mapping[str, object], uid: str, home: _Place | None, places: Mapping[str, _Place], lines: _Lines
) -> dict[str, object]:
    properties = {key: value for key, value in _properties(edge["r"]).items() if key != "type"}
    other = str(edge["uid"])
    span = _span(properties)
    place = places.get(other) or (home if uid in places else None)
    return {
        "relation": edge["relation"],
        "direction": edge["direction"],
        "label": edge["label"],
        "name": edge["name"],
        "joint": properties.get("joint") or None,
        "basis": properties.get("basis"),
        "inherited": properties.get("inherited") or None,
        "quote": properties.get("quote"),
        "document": place.name if place else None,
        "file": place.file if place else None,
        "line": lines.line(place, span[0]) if place and span else None,
        "ref": edge["ref"] or other,
        "uid": other,
        "properties": properties,
    }


def _order(row: Mapping[str, object]) -> tuple[object, ...]:
    """Relations that go out first, each kind in the order of the text."""
    line, properties = row["line"], row["properties"]
    order = properties.get("order") if isinstance(properties, Mapping) else None
    return (
        row["direction"] == "in",
        str(row["relation"]),
        str(row["label"]),
        str(row["document"]),
        line if isinstance(line, int) else 0,
        order if isinstance(order, int) else 0,
        str(row["uid"]),
    )


def _node_table(label: str, properties: Mapping[str, object], home: _Place | None, lines: _Lines) -> Table:
    from ontology.vocabulary import vocabulary

    node_type = vocabulary().node_types[label]
    rows: list[dict[str, object]] = [
        {"property": known.name, "zh": known.zh, "en": known.en, "value": properties[known.name]}
        for known in node_type.properties
        if properties.get(known.name) not in (None, [])
    ]
    if home and (span := _span(properties)):
        place = f"{home.file}:{lines.line(home, span[0])}"
        rows.append({"property": "place", "zh": "出处", "en": "place", "value": place})
        if "text" not in properties and "quote" not in properties:
            sentence = lines.sentence(home, span)
            rows.append({"property": "sentence", "zh": "原文", "en": "sentence", "value": sentence})
    columns = (
        Column("property", "属性", "property"),
        Column("zh", "中文", "Chinese", drop=2),
        Column("en", "英文", "English", drop=3),
        Column("value", "值", "value"),
    )
    name = str(properties.get("name", ""))
    title = Label(f"{node_type.zh}：{name}", f"{node_type.en}: {name}")
    return Table("node", columns, rows, title)


def _relations(rows: Sequence[dict[str, object]]) -> Table:
    grouped = [{"group": _group(row), **row} for row in rows]
    columns = (
        Column("group", "关系", "relation"),
        Column("ref", "编号", "ref"),
        Column("name", "名称", "name"),
        Column("joint", "共同", "joint", drop=4, words={True: Label("是", "yes")}),
        Column("inherited", "继承", "inherited", drop=3, words={True: Label("是", "yes")}),
        Column("basis", "依据", "basis", drop=5),
        Column("quote", "原文", "source"),
        Column("line", "行", "line", "count"),
        Column("file", "文件", "file", drop=6),
        Column("document", "文件名称", "document", drop=7),
        Column("relation", "关系", "relation", machine=True),
        Column("direction", "方向", "direction", machine=True),
        Column("label", "类型", "label", machine=True),
        Column("uid", "编号", "uid", machine=True),
        Column("properties", "属性", "properties", machine=True),
    )
    return Table(
        "relations",
        tuple(_filled(columns, grouped)),
        grouped,
        Label(f"关系（{len(rows)}）", f"Relations ({len(rows)})"),
        section="group",
        section_titles=_titles(grouped),
    )


def _group(row: Mapping[str, object]) -> str:
    return f"{row['relation']} → {row['label']}" if row["direction"] == "out" else f"{row['relation']} ← {row['label']}"


def _filled(columns: Iterable[Column], rows: Sequence[Mapping[str, object]]) -> Iterator[Column]:
    """The columns that hold anything: most relations have no quote and no role."""
    return (column for column in columns if any(row.get(column.key) is not None for row in rows))


def _titles(rows: Sequence[Mapping[str, object]]) -> dict[str, Label]:
    from ontology.vocabulary import vocabulary

    words = vocabulary()
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row["group"])] = counts.get(str(row["group"]), 0) + 1
    titles: dict[str, Label] = {}
    for row in rows:
        group, relation, node = str(row["group"]), str(row["relation"]), str(row["label"])
        zh, en = words.relation_types[relation].zh, words.relation_types[relation].en
        arrow = "→" if row["direction"] == "out" else "←"
        titles[group] = Label(
            f"{zh} {relation} {arrow} {words.node_types[node].zh}（{counts[group]}）",
            f"{en} {relation} {arrow} {words.node_types[node].en} ({counts[group]})",
        )
    return titles
