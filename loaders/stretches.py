"""Every printed character of a text in exactly one class: heading, action, task, clause, or what stands outside."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from loaders.clauses import Clause
from loaders.flat import FlatText
from loaders.outline import Node
from loaders.structure import Structure
from ontology.records import Stretch, StretchClass


@dataclass(frozen=True, slots=True)
class Layer:
    """A flat stretch and its class; of layers that overlap, the later one has the character."""

    start: int
    end: int
    belongs: StretchClass


def stretches(
    flat: FlatText, outside: Iterable[Layer], structure: Structure, clauses: Sequence[Clause]
) -> tuple[Stretch, ...]:
    """The account of ``flat``, in order. What no layer covers is in no stretch."""
    layers = list(chain(outside, _units(structure), _headings(structure), _clause_layers(clauses)))
    owner = array("q", [-1]) * len(flat.flat)
    for number, layer in enumerate(layers):
        owner[layer.start : layer.end] = array("q", [number]) * (layer.end - layer.start)
    return tuple(
        Stretch(flat.span(start, end), layers[number].belongs) for start, end, number in _runs(owner) if number >= 0
    )


def _units(structure: Structure) -> Iterator[Layer]:
    for action in structure.actions:
        yield Layer(action.node.marker.start, action.node.end, "action")
        for task in action.tasks:
            for start, end in task.stretches:
                yield Layer(start, end, "task")


def _headings(structure: Structure) -> Iterator[Layer]:
    nodes: list[Node] = [*structure.sections, *structure.goals, *(action.node for action in structure.actions)]
    for node in nodes:
        yield Layer(node.marker.start, max(node.body, node.marker.end), "heading")


def _clause_layers(clauses: Iterable[Clause]) -> Iterator[Layer]:
    return (Layer(clause.start, clause.end, "clause") for clause in clauses)


def _runs(owner: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    start = 0
    for place in range(1, len(owner) + 1):
        if place == len(owner) or owner[place] != owner[start]:
            yield start, place, owner[start]
            start = place
