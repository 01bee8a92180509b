"""The one interface that every command reads a graph through, and the one way to open what has it.

A graph folder that ``kg build`` wrote has it (:class:`kg.graph.Graph`). Whatever else holds a graph gives the same
rows, records and texts, so that a command need not know what it reads.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

from kg.records import InputFile, Row
from ontology.errors import UsageError
from ontology.records import Finding, Stretch
from queries.documents import Tables
from queries.rows import Rows, Store

if TYPE_CHECKING:
    import networkx as nx


class GraphStore(Store, Protocol):
    """A graph opened for reading. Satisfies :class:`queries.rows.Store` and :class:`queries.documents.Tables`."""

    def cypher(self, text: str, /, *, timeout: float | None = None, **params: object) -> Rows:
        """Run one Cypher statement that only reads: ``graph.cypher("… $city …", city="示例市")``."""
        ...

    def run_isolated(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run a statement of a stranger where it can do no harm to this process.

        ``timeout`` is in seconds, ``memory`` in MB. What a write changes with ``read_only=False`` ends with it.
        """
        ...

    def nodes(self, label: str) -> list[Row]:
        """Give all nodes of a label, sorted by uid, each with every property of the label."""
        ...

    def edges(self, relation: str) -> list[Row]:
        """Give all edges of a relation, with ``source_label``, ``source``, ``target_label``, ``target``."""
        ...

    def text(self, document_uid: str) -> str:
        """Give the text of a document as it was read: what all spans point into."""
        ...

    def texts(self) -> dict[str, str]:
        """Give the texts of all documents, by uid."""
        ...

    def accounts(self) -> dict[str, list[Stretch]]:
        """Give which stretch of every document's text belongs to what, by uid, in order."""
        ...

    def findings(self) -> list[Finding]:
        """Give what was found wrong, by file and place."""
        ...

    def inputs(self) -> Sequence[InputFile]:
        """Give the files the graph was made of, those that could not be read included."""
        ...

    def to_networkx(self) -> nx.MultiDiGraph:
        """Give the whole graph for algorithms; see :func:`networkx_of`."""
        ...


def is_address(graph: str | os.PathLike[str]) -> bool:
    """Whether ``graph`` names a server and not a folder."""
    return "://" in os.fspath(graph)


def open_store(graph: str | os.PathLike[str] = "kg-graph") -> GraphStore:
    """Open the graph folder that ``kg build`` wrote, or the database at a ``neo4j://`` or ``bolt://`` address.

    Who signs in, with which password and to which database, is in the environment (``NEO4J_USERNAME``,
    ``NEO4J_PASSWORD``, ``NEO4J_DATABASE``).

    Raises:
        UsageError: an address that is none of a Neo4j server.
        GraphError: no usable graph there.
        BackendError: the server does not answer.
    """
    if is_address(graph):
        from kg.neo4j.connection import address_of
        from kg.neo4j.store import open_database

        return open_database(address_of(os.fspath(graph)))
    from kg.graph import open_graph

    return open_graph(graph)


def networkx_of(graph: Tables, labels: Sequence[str], relations: Sequence[str]) -> nx.MultiDiGraph:
    """Give a whole graph for algorithms.

    A node's key is its uid; ``label`` and its properties are attributes. An edge's key is its relation, with #2, #3 …
    where the same relation joins the same two nodes again; ``relation`` and its properties are attributes.
    """
    import networkx as nx

    whole = nx.MultiDiGraph()
    for label in labels:
        for row in graph.nodes(label):
            whole.add_node(row["uid"], label=label, **{key: value for key, value in row.items() if key != "uid"})
    ends = ("source", "target", "source_label", "target_label")
    for relation in relations:
        parallel: Counter[tuple[object, object]] = Counter()
        for row in graph.edges(relation):
            source, target = row["source"], row["target"]
            parallel[source, target] += 1
            count = parallel[source, target]
            key = relation if count == 1 else f"{relation}#{count}"
            properties = {name: value for name, value in row.items() if name not in ends}
            whole.add_edge(source, target, key=key, relation=relation, **properties)
    return whole


def no_such(kind: str, name: str, names: Sequence[str]) -> UsageError:
    """Give the error for a name that is not there, with the nearest ones that are."""
    near = get_close_matches(name, names, 3, 0.5)
    listed = near or names[:20]
    advice = f"{'did you mean' if near else 'there are'}: {', '.join(listed)}" if listed else "there are none"
    return UsageError(f"there is no {kind} {name}", advice=advice)
