"""The one interface that every command reads a graph through, and the one way to open what has it.

A graph folder that ``kg build`` wrote has it (:class:`kg.graph.Graph`). Whatever else holds a graph gives the same
rows, records and texts, so that a command need not know what it reads.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from kg.records import InputFile, Row
from ontology.errors import UsageError
from ontology.records import Finding, Stretch
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
        """Give the whole graph for algorithms; see :meth:`kg.graph.Graph.to_networkx`."""
        ...


def is_address(graph: str | os.PathLike[str]) -> bool:
    """Whether ``graph`` names a server and not a folder."""
    return "://" in os.fspath(graph)


def open_store(graph: str | os.PathLike[str] = "kg-graph") -> GraphStore:
    """Open the graph folder that ``kg build`` wrote.

    Raises:
        UsageError: an address instead of a folder.
        GraphError: no usable graph there.
    """
    if is_address(graph):
        raise UsageError(
            f"{graph} is an address; this version reads graph folders only",
            advice="name the folder that kg build wrote: --graph kg-graph",
        )
    from kg.graph import open_graph

    return open_graph(graph)
