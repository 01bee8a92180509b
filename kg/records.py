"""What the graph is made of: rows of nodes and edges, ready for any store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ontology.records import Finding, Stretch

Value = str | int | float | bool | None | list[str]
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file a build was given: its name, SHA-256 and what became of it.

    ``outcome`` is ``read`` or ``failed``; ``message`` says why it failed.
    """

    file: str
    sha256: str | None
    outcome: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class GraphRecords:
    """A whole graph as rows.

    ``nodes`` maps a label to rows, each with ``uid``, ``name`` and every property the ontology gives the label (None
    where absent), sorted by uid. ``edges`` maps (source label, relation, target label) to rows with ``source`` and
    ``target`` (uids) and every property of the relation, sorted. ``texts`` maps a Document's uid to its text as read,
    ``accounts`` to the stretches of it, each in one class.
    """

    nodes: Mapping[str, Sequence[Row]]
    edges: Mapping[tuple[str, str, str], Sequence[Row]]
    texts: Mapping[str, str]
    findings: Sequence[Finding]
    inputs: Sequence[InputFile]
    accounts: Mapping[str, Sequence[Stretch]] = field(default_factory=dict)
