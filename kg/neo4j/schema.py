"""What the ontology asks of a Neo4j database: one uid a node, an index on names. Community has no other constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from kg.neo4j.connection import Connection

BOOK = "KgGraph"
"""The one node that says what was loaded, and who is loading."""
PAPER = "KgDocument"
"""A node a document: its text, which stretch belongs to what, and its findings."""
RUN = "KgRun"
"""A node for every load that changed something."""
KEYS = {BOOK: "name", PAPER: "document", RUN: "token"}
"""The bookkeeping labels and the property that tells their nodes apart. Their nodes have no uid."""
_SECONDS = 600.0


def constraints() -> dict[str, str]:
    """Give the statements that make every uid stand once, by the name of the constraint."""
    keys = dict.fromkeys(vocabulary().node_types, "uid") | KEYS
    return {
        f"{label.lower()}_{key}": f"CREATE CONSTRAINT {label.lower()}_{key} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for label, key in keys.items()
    }


def indexes() -> dict[str, str]:
    """Give the statements that make names quick to find, by the name of the index."""
    return {
        f"{label.lower()}_name": f"CREATE INDEX {label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)"
        for label in vocabulary().node_types
    }


def make_constraints(connection: Connection) -> None:
    """Make the constraints that are not there yet."""
    there = {str(row[0]) for row in connection.read("SHOW CONSTRAINTS YIELD name RETURN name")}
    _run(connection, [text for name, text in constraints().items() if name not in there])


def make_indexes(connection: Connection) -> None:
    """Make the indexes that are not there yet; the server fills them by itself."""
    there = {str(row[0]) for row in connection.read("SHOW INDEXES YIELD name RETURN name")}
    _run(connection, [text for name, text in indexes().items() if name not in there])


def _run(connection: Connection, statements: list[str]) -> None:
    def work(tx: ManagedTransaction) -> None:
        for text in statements:
            tx.run(text).consume()

    if statements:
        connection.transact(work, timeout=_SECONDS, write=True)
