"""The graph as a Cypher script: constraints, then nodes and edges in batches, for a database that is empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeVar

from kg.export.whole import Row, all_edges, all_nodes
from ontology.vocabulary import PropertyType
from queries.documents import Tables

_BATCH = 500
_NOT_IN_STRINGS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_T = TypeVar("_T")


def statements(graph: Tables) -> Iterator[str]:
    """Give the script, a statement a line.

    Nodes are merged by uid, edges created: run it once. Properties without a value are not set.
    """
    kinds = list(all_nodes(graph))
    for node_type, _ in kinds:
        name = f"{node_type.label.lower()}_uid"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{node_type.label}) REQUIRE n.uid IS UNIQUE;"
    for node_type, rows in kinds:
        for batch in _batches(rows):
            maps = ", ".join(_map(row, node_type.properties) for row in batch)
            yield f"UNWIND [{maps}] AS row MERGE (n:{node_type.label} {{uid: row.uid}}) SET n = row;"
    for relation, rows in all_edges(graph):
        by_ends = sorted(rows, key=_labels)
        for (source, target), group in groupby(by_ends, key=_labels):
            for batch in _batches(group):
                listed = ", ".join(
                    f"[{_literal(row['source'])}, {_literal(row['target'])}, {_map(row, relation.properties)}]"
                    for row in batch
                )
                yield (
                    f"UNWIND [{listed}] AS row "
                    f"MATCH (a:{source} {{uid: row[0]}}) MATCH (b:{target} {{uid: row[1]}}) "
                    f"CREATE (a)-[r:{relation.name}]->(b) SET r = row[2];"
                )


def _labels(row: Row) -> tuple[str, str]:
    return str(row["source_label"]), str(row["target_label"])


def _batches(rows: Iterable[_T]) -> Iterator[Sequence[_T]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _map(row: Row, properties: Sequence[PropertyType]) -> str:
    pairs = (f"{each.name}: {_literal(row[each.name])}" for each in properties if row.get(each.name) is not None)
    return "{" + ", ".join(pairs) + "}"


def _literal(value: object) -> str:
    """A value as Cypher writes it; text escaped so that it can end neither its string nor its line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    quoted = json.dumps(str(value), ensure_ascii=False)
    return _NOT_IN_STRINGS.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
