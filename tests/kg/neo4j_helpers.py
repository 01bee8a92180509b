"""A database to work on in a test: emptied first, loaded from records."""

from __future__ import annotations

from pathlib import Path

from kg.build import write_graph
from kg.graph import Graph, open_graph
from kg.neo4j.connection import Connection, address_of
from kg.records import GraphRecords


def emptied(address: str) -> Connection:
    """A connection to the database with nothing in it; constraints stay."""
    connection = Connection(address_of(address))
    with connection.session(write=True) as session:
        # Piece by piece: the memory of a small server does not hold a large graph that goes in one transaction.
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS").consume()
    return connection


def changed(connection: Connection, text: str, **params: object) -> None:
    """Change the database behind the loader's back."""
    connection.transact(lambda tx: tx.run(text, params).consume(), timeout=60.0, write=True)


def folder_of(records: GraphRecords, folder: Path) -> Graph:
    """The records as a graph folder, opened."""
    write_graph(records, folder)
    return open_graph(folder)
