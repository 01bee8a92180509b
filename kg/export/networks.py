"""The graph for network software: GraphML (yEd, Cytoscape, igraph) and GEXF (Gephi), written line by line.

Both carry every property that has a value; what is null is left out, for readers take an empty text for a value. A list
is one text, a JSON array. ``type`` is the kind of node or the relation, ``label`` what to show. Characters that XML
cannot hold are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.export.whole import Row, all_edges, all_nodes, edge_keys
from ontology.vocabulary import NodeType, PropertyType, RelationType, vocabulary
from queries.documents import Tables

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML_TYPES = {"string": "string", "integer": "long", "number": "double", "boolean": "boolean", "strings": "string"}
_LABEL = PropertyType("label", "string", "", "", "", "")
_TYPE = PropertyType("type", "string", "", "", "", "")

_Values = Mapping[str, object]


def graphml(graph: Tables) -> Iterator[str]:
    """Give the lines of a GraphML file."""
    words = vocabulary()
    node_keys, edge_keys_ = _keys("n", words.node_types.values()), _keys("e", words.relation_types.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for owner, keys in (("node", node_keys), ("edge", edge_keys_)):
        for name, (key, kind) in keys.items():
            yield f'<key id="{key}" for="{owner}" attr.name="{name}" attr.type="{_GRAPHML_TYPES[kind]}"/>'
    yield '<graph edgedefault="directed">'
    for uid, values in _nodes(graph):
        yield f"<node id={_quoted(uid)}>{_data(values, node_keys)}</node>"
    for key, source, target, values in _edges(graph):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(key)} {ends}>{_data(values, edge_keys_)}</edge>"
    yield "</graph>"
    yield "</graphml>"


def gexf(graph: Tables) -> Iterator[str]:
    """Give the lines of a GEXF 1.3 file; ``kind`` of an edge is its relation, so that Gephi keeps parallel edges."""
    words = vocabulary()
    node_keys, edge_keys_ = _keys("n", words.node_types.values()), _keys("e", words.relation_types.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield '<graph defaultedgetype="directed" mode="static">'
    for owner, keys in (("node", node_keys), ("edge", edge_keys_)):
        yield f'<attributes class="{owner}">'
        for name, (key, kind) in keys.items():
            if name != "label":
                yield f'<attribute id="{key}" title="{name}" type="{_GRAPHML_TYPES[kind]}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for uid, values in _nodes(graph):
        yield f"<node id={_quoted(uid)} label={_quoted(values['label'])}>{_attvalues(values, node_keys)}</node>"
    yield "</nodes>"
    yield "<edges>"
    for key, source, target, values in _edges(graph):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        shown = f"label={_quoted(values['label'])} kind={_quoted(values['type'])}"
        yield f"<edge id={_quoted(key)} {ends} {shown}>{_attvalues(values, edge_keys_)}</edge>"
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _nodes(graph: Tables) -> Iterator[tuple[object, _Values]]:
    for node_type, rows in all_nodes(graph):
        for row in rows:
            own = _valued(row, node_type.properties)
            yield row["uid"], {"type": node_type.label, "label": row["name"], **own}


def _edges(graph: Tables) -> Iterator[tuple[str, object, object, _Values]]:
    for relation, rows in all_edges(graph):
        for key, row in edge_keys(relation, rows):
            values = {"type": relation.name, "label": relation.zh, **_valued(row, relation.properties)}
            yield key, row["source"], row["target"], values


def _valued(row: Row, properties: Sequence[PropertyType]) -> _Values:
    return {each.name: value for each in properties if (value := row.get(each.name)) is not None}


def _keys(prefix: str, owners: Iterable[NodeType | RelationType]) -> dict[str, tuple[str, str]]:
    """Every property of nodes or edges with its short id and its kind."""
    kinds = {each.name: each.kind for each in (_TYPE, _LABEL, *(each for owner in owners for each in owner.properties))}
    return {name: (f"{prefix}{number}", kind) for number, (name, kind) in enumerate(kinds.items())}


def _data(values: _Values, keys: Mapping[str, tuple[str, str]]) -> str:
    return "".join(f'<data key="{keys[name][0]}">{escape(_text(value))}</data>' for name, value in values.items())


def _attvalues(values: _Values, keys: Mapping[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<attvalue for="{keys[name][0]}" value={_quoted(value)}/>' for name, value in values.items() if name != "label"
    )
    return f"<attvalues>{inner}</attvalues>"


def _quoted(value: object) -> str:
    # A line break inside an attribute is read as a space unless it is written as a reference.
    return quoteattr(_text(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_XML.sub("", str(value))
