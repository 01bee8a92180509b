"""The whole graph in the order every export writes it: by the ontology, then by uid, the same from any store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ontology.vocabulary import NodeType, RelationType, vocabulary
from queries.documents import Tables

Row = Mapping[str, object]


def all_nodes(graph: Tables) -> Iterator[tuple[NodeType, list[Row]]]:
    """Give every kind of node with its nodes, sorted by uid."""
    for node_type in vocabulary().node_types.values():
        yield node_type, sorted(graph.nodes(node_type.label), key=lambda row: str(row["uid"]))


def all_edges(
    graph: Tables, needed: Callable[[RelationType], bool] = lambda _: True
) -> Iterator[tuple[RelationType, list[Row]]]:
    """Give every relation that is ``needed`` with its edges, sorted by their ends and then by their properties."""
    for relation in filter(needed, vocabulary().relation_types.values()):
        order = partial(_edge_order, [property_type.name for property_type in relation.properties])
        yield relation, sorted(graph.edges(relation.name), key=order)


def numbered(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """Give the sorted edges of one relation, each with its number among those between the same two nodes, from 1."""
    seen: Counter[tuple[object, object]] = Counter()
    for row in rows:
        ends = (row["source"], row["target"])
        seen[ends] += 1
        yield seen[ends], row


def edge_keys(relation: RelationType, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Give the edges, each with a key that no other edge has: ``LEADS source → target``, with ``#2`` for a second."""
    for number, row in numbered(rows):
        repeat = f" #{number}" if number > 1 else ""
        yield f"{relation.name} {row['source']} → {row['target']}{repeat}", row


def _edge_order(names: Sequence[str], row: Row) -> tuple[object, ...]:
    values = (row.get(name) for name in names)
    return (
        str(row["source"]),
        str(row["target"]),
        *(() if value is None else tuple(value) if isinstance(value, list | tuple) else (value,) for value in values),
    )
