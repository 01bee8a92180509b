"""The graph as JSON of nodes and links, as networkx and D3 read it: one node or link a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.export.whole import Row, all_edges, all_nodes, edge_keys
from kg.output import to_json
from ontology.vocabulary import PropertyType
from queries.documents import Tables


def node_link(graph: Tables) -> Iterator[str]:
    """Give the lines of the file.

    A node has ``id`` (its uid), ``label`` and its properties; a link ``source``, ``target``, ``key``, ``relation`` and
    its properties. Properties without a value are null.
    """
    yield '{"directed": true, "multigraph": true, "graph": {},'
    yield '"nodes": ['
    yield from _listed(
        {"id": row["uid"], "label": node_type.label, **_properties(row, node_type.properties)}
        for node_type, rows in all_nodes(graph)
        for row in rows
    )
    yield '], "links": ['
    yield from _listed(
        {
            "source": row["source"],
            "target": row["target"],
            "key": key,
            "relation": relation.name,
            **_properties(row, relation.properties),
        }
        for relation, rows in all_edges(graph)
        for key, row in edge_keys(relation, rows)
    )
    yield "]}"


def _properties(row: Row, properties: Iterable[PropertyType]) -> dict[str, object]:
    return {each.name: row.get(each.name) for each in properties}


def _listed(records: Iterable[dict[str, object]]) -> Iterator[str]:
    before = ""
    for record in records:
        if before:
            yield f"{before},"
        before = to_json(record)
    if before:
        yield before
