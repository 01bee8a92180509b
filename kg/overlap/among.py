"""The measures of a few documents of a graph compared anew, so that its size does not cut their lists short."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kg.overlap.edges import likenesses
from kg.overlap.units import units
from kg.records import GraphRecords, Row
from kg.store import GraphStore
from ontology.records import Finding, Stretch
from queries.rows import Rows

_NODES = ("Document", "Section", "Action", "Task", "Indicator", "Function")
_EDGES = ("ISSUED", "HAS_ACTION", "HAS_TASK", "GROUPS", "LEADS", "SUPPORTS", "PERFORMS", "SETS", "MEASURES")


class Among:
    """A graph as it is, but its OVERLAPS and REPEATS are those of some of its documents, in full."""

    def __init__(self, store: GraphStore, documents: Collection[str]) -> None:
        """Compare the measures of ``documents``, given by uid."""
        self._store = store
        self._likenesses = _compared(store, documents)

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Ask the graph itself."""
        return self._store.run(text, params, timeout=timeout, read_only=read_only)

    def nodes(self, label: str) -> Sequence[Mapping[str, object]]:
        """Give the graph's nodes of a label."""
        return self._store.nodes(label)

    def edges(self, relation: str) -> Sequence[Mapping[str, object]]:
        """Give the edges of a relation; those between measures as compared now."""
        known = self._likenesses.get(relation)
        return self._store.edges(relation) if known is None else known

    def texts(self) -> Mapping[str, str]:
        """Give the graph's texts."""
        return self._store.texts()

    def accounts(self) -> Mapping[str, Sequence[Stretch]]:
        """Give the graph's accounts of them."""
        return self._store.accounts()

    def findings(self) -> Sequence[Finding]:
        """Give the graph's findings."""
        return self._store.findings()


def _compared(store: GraphStore, documents: Collection[str]) -> dict[str, list[Row]]:
    records = GraphRecords(
        nodes={label: store.nodes(label) for label in _NODES},
        edges={("", relation, ""): store.edges(relation) for relation in _EDGES},
        texts=store.texts(),
        findings=(),
        inputs=(),
    )
    names = {str(row["uid"]): str(row["name"]) for label in ("Indicator", "Function") for row in records.nodes[label]}
    found: dict[str, list[Row]] = {"OVERLAPS": [], "REPEATS": []}
    every = [unit for unit in units(records) if unit.document in documents]
    for (_, relation, _), rows in likenesses(every, names).items():
        found[relation] += rows
    return found
