"""The measures of some documents of a graph compared anew: also pairs less alike than those that a graph keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from kg.overlap.edges import likenesses
from kg.overlap.units import Unit, units
from kg.records import GraphRecords, Row
from kg.store import GraphStore
from ontology.records import Finding, Stretch
from queries.rows import Rows

_NODES = ("Document", "Section", "Action", "Task", "Indicator", "Function")
_EDGES = ("ISSUED", "HAS_ACTION", "HAS_TASK", "GROUPS", "LEADS", "SUPPORTS", "PERFORMS", "SETS", "MEASURES")
#: How many pairs are compared at most, about.
PAIRS = 500_000


class Among:
    """A graph as it is, but its OVERLAPS and REPEATS are those of some of its documents, OVERLAPS from 0.001 on.

    ``of_each_document`` is with how many measures of every other document one was compared, None where it was all.
    """

    def __init__(self, store: GraphStore, documents: Collection[str]) -> None:
        """Compare the measures of ``documents``, given by uid."""
        self._store = store
        every, names = _measures(store, documents)
        most = _of_each_document(every)
        longest = max(Counter(unit.document for unit in every).values(), default=0)
        self.of_each_document = most if most < longest else None
        self._likenesses: dict[str, list[Row]] = {"OVERLAPS": [], "REPEATS": []}
        for (_, relation, _), rows in likenesses(every, names, of_each_document=most).items():
            self._likenesses[relation] += rows

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


def _of_each_document(every: Sequence[Unit]) -> int:
    others = len({unit.document for unit in every}) - 1
    return max(1, PAIRS // max(1, len(every) * others))


def _measures(store: GraphStore, documents: Collection[str]) -> tuple[list[Unit], dict[str, str]]:
    """The measures to compare, and the names of indicators and lines of work by uid."""
    records = GraphRecords(
        nodes={label: store.nodes(label) for label in _NODES},
        edges={("", relation, ""): store.edges(relation) for relation in _EDGES},
        texts=store.texts(),
        findings=(),
        inputs=(),
    )
    names = {str(row["uid"]): str(row["name"]) for label in ("Indicator", "Function") for row in records.nodes[label]}
    return [unit for unit in units(records) if unit.document in documents], names
