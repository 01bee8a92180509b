"""The graph as the database holds it: what is read of it and how it is written, a statement a kind.

Every property is the ontology's: nodes and edges carry nothing of ours. An edge is told from others by everything it
says, so that one which is there already is never written twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.records import Row, Value
from kg.tables import EdgeKey
from ontology.vocabulary import vocabulary

OWNING = ("HAS_SECTION", "HAS_ACTION", "HAS_TASK", "SETS")
"""The relations whose target is a part of the document that its source belongs to."""
BATCH_ROWS = 2000
BATCH_BYTES = 4_000_000
Content = str


def owned_labels() -> frozenset[str]:
    """Give the labels whose nodes belong to one document, ``Document`` included; all others are shared."""
    relations = vocabulary().relation_types
    return frozenset({"Document", *(target for name in OWNING for _, target in relations[name].pairs)})


def document_of(uid: str, documents: Iterable[str]) -> str | None:
    """Give the document of ``documents`` that a node belongs to: its uid begins with the document's."""
    known = documents if isinstance(documents, frozenset | set | dict) else set(documents)
    while uid and uid not in known:
        uid = uid.rpartition("/")[0]
    return uid or None


def node_columns(label: str) -> tuple[str, ...]:
    """Give the names of a label's properties in the ontology's order."""
    return tuple(each.name for each in vocabulary().node_types[label].properties)


def edge_columns(relation: str) -> tuple[str, ...]:
    """Give the names of a relation's properties in the ontology's order."""
    return tuple(each.name for each in vocabulary().relation_types[relation].properties)


def edge_keys() -> Iterator[EdgeKey]:
    """Give every (source label, relation, target label) of the ontology."""
    for relation in vocabulary().relation_types.values():
        for source, target in relation.pairs:
            yield source, relation.name, target


def values(row: Mapping[str, object], names: Sequence[str]) -> list[object]:
    """Give the properties of a row in order, as the writing statements take them."""
    return [row.get(name) for name in names]


def whole(stored: Mapping[str, object], names: Sequence[str]) -> Row:
    """Give a stored map as a row with every property of its kind."""
    return {name: _value(stored.get(name)) for name in names}


def _value(value: object) -> Value:
    return [str(item) for item in value] if isinstance(value, list) else value  # type: ignore[return-value]


def content(row: Mapping[str, object], names: Sequence[str]) -> Content:
    """Give a text that two rows share where they say the same."""
    return json.dumps([row.get(name) for name in names], ensure_ascii=False)


def checksum(contents: Iterable[Content]) -> str:
    """Give the SHA-256 of rows, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(contents)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def batches(rows: Iterable[object]) -> Iterator[list[object]]:
    """Cut rows into batches by count and by bytes."""
    batch: list[object] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += _bytes(row)
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _bytes(value: object) -> int:
    """About how long a row is on its way to the server; Chinese takes three bytes a character."""
    if isinstance(value, str):
        return 3 * len(value) + 2
    if isinstance(value, dict):
        return _bytes(list(value.values()))
    if isinstance(value, list | tuple):
        strings = sum(len(item) for item in value if isinstance(item, str))
        return 3 * strings + 9 * len(value) + sum(_bytes(item) for item in value if isinstance(item, list))
    return 9


# ------------------------------------------------------------------------------------------------ reading


def read_nodes(label: str) -> str:
    """The statement that gives all nodes of a label."""
    return f"MATCH (n:{label}) RETURN properties(n)"


def read_parts(label: str) -> str:
    """The statement that gives the nodes of a label that belong to ``$documents``."""
    if label == "Document":
        return "UNWIND $documents AS uid MATCH (n:Document {uid: uid}) RETURN properties(n)"
    return f"UNWIND $documents AS uid MATCH (n:{label}) WHERE n.uid STARTS WITH uid + '/' RETURN properties(n)"


def read_edges(key: EdgeKey) -> str:
    """The statement that gives all edges between two labels: both ends, the edge's id, its properties."""
    source, relation, target = key
    return f"MATCH (a:{source})-[r:{relation}]->(b:{target}) RETURN a.uid, b.uid, elementId(r), properties(r)"


def read_edges_of_parts(key: EdgeKey, owned: frozenset[str]) -> str:
    """The same for edges whose source, or else target, belongs to ``$documents``; all where neither belongs to any."""
    source, relation, target = key
    if source not in owned and target not in owned:
        return read_edges(key)
    end, label = ("a", source) if source in owned else ("b", target)
    if label == "Document":
        where = f"MATCH ({end}:Document {{uid: uid}})"
    else:
        where = f"MATCH ({end}:{label}) WHERE {end}.uid STARTS WITH uid + '/'"
    return (
        f"UNWIND $documents AS uid {where} MATCH (a:{source})-[r:{relation}]->(b:{target}) "
        "RETURN a.uid, b.uid, elementId(r), properties(r)"
    )


# ------------------------------------------------------------------------------------------------ writing
# A statement takes its rows inside a map: for a list the server plans anew whenever its length is of another order.


def write_nodes(label: str) -> str:
    """The statement that makes nodes of ``$batch.rows`` (values in order), or gives those there these values."""
    # Naming each property costs the server a third less than SET n = row, and leaves an analyst's own where they are.
    names = node_columns(label)
    given = ", ".join(f"n.`{name}` = row[{place}]" for place, name in enumerate(names) if name != "uid")
    return f"UNWIND $batch.rows AS row MERGE (n:{label} {{uid: row[{names.index('uid')}]}}) SET {given}"


def delete_nodes(label: str) -> str:
    """The statement that removes the nodes of ``$batch.rows`` (uids) with their edges."""
    return f"UNWIND $batch.rows AS uid MATCH (n:{label} {{uid: uid}}) DETACH DELETE n"


def create_edges(key: EdgeKey) -> str:
    """The statement that makes the edges of ``$batch.rows``: source, target, then the values in order."""
    source, relation, target = key
    given = ", ".join(f"`{name}`: row[{place}]" for place, name in enumerate(edge_columns(relation), 2))
    return (
        f"UNWIND $batch.rows AS row MATCH (a:{source} {{uid: row[0]}}) MATCH (b:{target} {{uid: row[1]}}) "
        f"CREATE (a)-[:{relation} {{{given}}}]->(b)"
    )


def set_edges(key: EdgeKey) -> str:
    """The statement that gives the edges of ``$batch.rows`` (id, then the values in order) other properties."""
    _, relation, _ = key
    given = ", ".join(f"r.`{name}` = row[{place}]" for place, name in enumerate(edge_columns(relation), 1))
    return f"UNWIND $batch.rows AS row MATCH ()-[r:{relation}]->() WHERE elementId(r) = row[0] SET {given}"


def delete_edges(key: EdgeKey) -> str:
    """The statement that removes the edges of ``$batch.rows`` (ids)."""
    _, relation, _ = key
    return f"UNWIND $batch.rows AS id MATCH ()-[r:{relation}]->() WHERE elementId(r) = id DELETE r"
