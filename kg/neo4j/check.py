"""Comparing a database with a graph folder: counts and a checksum a kind, from what is really stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.neo4j.load import Loaded, Theirs, compared
from kg.neo4j.rows import checksum, content, document_of, edge_columns, node_columns, owned_labels
from ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.neo4j.connection import Connection
    from kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Compared:
    """One label or relation: how many there are in the graph and in the database, and what they add up to.

    In the database only that counts which belongs to the graph's documents and to what they share.
    """

    kind: str
    name: str
    graph: int
    database: int
    graph_checksum: str
    database_checksum: str

    @property
    def same(self) -> bool:
        """Whether the database holds exactly what the graph does."""
        return self.graph == self.database and self.graph_checksum == self.database_checksum


def check(graph: GraphStore, connection: Connection) -> list[Compared]:
    """Compare every label, every relation and the texts, in the ontology's order."""
    mine = Loaded.of(graph)
    theirs, plan = compared(mine, connection, prune=False)
    found = []
    for label in vocabulary().node_types:
        names = node_columns(label)
        stale = set(plan.stale_nodes.get(label, ()))
        there = [row for uid, row in theirs.nodes[label].items() if uid in mine.nodes[label] or uid in stale]
        found.append(
            _compared(
                "node", label,
                [content(row, names) for row in mine.nodes[label].values()],
                [content(row, names) for row in there],
            )
        )  # fmt: skip
    for relation in vocabulary().relation_types:
        here = [
            content(row, ("source", "target", *edge_columns(relation)))
            for key, rows in mine.edges.items()
            if key[1] == relation
            for row in rows
        ]
        found.append(_compared("edge", relation, here, _edges(relation, mine, theirs)))
    texts = [content(paper, sorted(paper)) for paper in mine.papers.values()]
    stored = [content(paper, sorted(paper)) for uid, paper in theirs.papers.items() if uid in mine.documents]
    found.append(_compared("text", "Document", texts, stored))
    return found


def _edges(relation: str, mine: Loaded, theirs: Theirs) -> list[str]:
    owned, names = owned_labels(), ("source", "target", *edge_columns(relation))
    found = []
    for key, rows in theirs.edges.items():
        if key[1] != relation:
            continue
        for source, target, _, stored in rows:
            parts = [uid for uid, label in ((source, key[0]), (target, key[2])) if label in owned]
            if any(document_of(uid, theirs.others) for uid in parts):
                continue
            if parts or source in mine.nodes[key[0]]:
                found.append(content({"source": source, "target": target, **stored}, names))
    return found


def _compared(kind: str, name: str, here: Sequence[str], there: Sequence[str]) -> Compared:
    return Compared(kind, name, len(here), len(there), checksum(here), checksum(there))
