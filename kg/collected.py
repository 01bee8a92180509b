"""Where a graph's rows are put together: every node once, every row with all properties the ontology gives it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.records import Row, Value
from ontology.vocabulary import Vocabulary


@dataclass(slots=True)
class Collected:
    """The rows of a graph in the making: by label and by (source label, relation, target label), each node once."""

    schema: Vocabulary
    nodes: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    edges: dict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    repeats: Counter[str] = field(default_factory=Counter)

    def node(self, label: str, uid: str, **properties: Value) -> str:
        """Add a node and give its uid; a node of the same uid stays as it is."""
        names = [p.name for p in self.schema.node_types[label].properties]
        self.nodes[label].setdefault(uid, dict.fromkeys(names) | {"uid": uid} | properties)
        return uid

    def fresh_uid(self, uid: str) -> str:
        """``uid``, or with ~2, ~3 … where the document repeats an outline number."""
        self.repeats[uid] += 1
        return uid if self.repeats[uid] == 1 else f"{uid}~{self.repeats[uid]}"

    def edge(self, source: tuple[str, str], relation: str, target: tuple[str, str], **properties: Value) -> None:
        """Add an edge between (label, uid) and (label, uid)."""
        names = [p.name for p in self.schema.relation_types[relation].properties]
        row: Row = {"source": source[1], "target": target[1]} | dict.fromkeys(names) | properties
        self.edges[source[0], relation, target[0]].append(row)
