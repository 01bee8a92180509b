"""Validation: the samples conform, and each kind of planted fault is found and said in words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph import open_graph
from kg.records import Row
from kg.validate import validate
from tests.kg.cli_helpers import kg

Tables = tuple[dict[str, list[Row]], dict[str, list[Row]]]


class _Planted:
    """A graph whose rows a test has changed."""

    def __init__(self, graph: object, nodes: dict[str, list[Row]], edges: dict[str, list[Row]]) -> None:
        self._graph, self._nodes, self._edges = graph, nodes, edges

    def nodes(self, label: str) -> list[Row]:
        return self._nodes.get(label, [])

    def edges(self, relation: str) -> list[Row]:
        return self._edges.get(relation, [])

    def __getattr__(self, name: str) -> object:
        return getattr(self._graph, name)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("validate") / "g"
    assert kg("build", samples, "-o", folder).exit_code == 0
    return folder


def test_the_samples_conform(sound: Path) -> None:
    result = kg("validate", "--graph", sound)
    assert (result.exit_code, "they conform" in result.stdout) == (0, True)


FAULTS: list[tuple[str, str, str, object, str]] = [
    ("Task", "form", "In", "list", "form can only be one of numbered, sentence"),
    ("Task", "text", "MinCount", None, "text is missing"),
    ("Task", "uid", "MinLength", "", "identifier is empty"),
    ("Task", "order", "MinInclusive", 0, "order is less than 1"),
    ("Document", "sha256", "Pattern", "xyz", "SHA-256 is not written as it should be: ^[0-9a-f]{64}$"),
    ("Task", "span", "HasValue", ("span_end", 10**7), "the span is empty, or lies outside the text of its document"),
    ("LEADS", "quote", "HasValue", ("quote", "凭空"), "the quote is not what the text has there"),
    ("LEADS", "position", "LessThanOrEquals", 99, "position is more than list size"),
    ("LEADS", "basis", "In", "rumour", "basis can only be one of clause, section, note, text"),
    (
        "LEADS",
        "object",
        "MinCount",
        ("target", "nowhere"),
        "its end does not exist, or is no node this relation can join",
    ),
    ("SUPPORTS", "joint", "HasValue", True, "only a lead can be joint"),
]


@pytest.mark.parametrize(("kind", "name", "rule", "planted", "words"), FAULTS)
def test_a_planted_fault_is_found(sound: Path, kind: str, name: str, rule: str, planted: object, words: str) -> None:
    from ontology.vocabulary import vocabulary

    graph = open_graph(sound)
    nodes = {label: graph.nodes(label) for label in vocabulary().node_types}
    edges = {relation: graph.edges(relation) for relation in vocabulary().relation_types}
    rows = copy.deepcopy(nodes.get(kind) or edges[kind])
    field, value = planted if isinstance(planted, tuple) else (name, planted)
    rows[0][field] = value  # type: ignore[assignment]
    (nodes if kind in nodes else edges)[kind] = rows
    found = validate(_Planted(graph, nodes, edges)).violations  # type: ignore[arg-type]
    assert (kind, name, rule, words) in {(each.kind, each.property, each.rule, each.en) for each in found}


def _doubled(relation: str) -> Callable[[dict[str, list[Row]]], None]:
    def change(edges: dict[str, list[Row]]) -> None:
        edges[relation] = [*edges[relation], {**edges[relation][0], "source": edges[relation][-1]["source"]}]

    return change


def test_a_task_of_two_actions_and_one_of_none_are_found(sound: Path) -> None:
    from ontology.vocabulary import vocabulary

    graph = open_graph(sound)
    nodes = {label: graph.nodes(label) for label in vocabulary().node_types}
    edges = {relation: graph.edges(relation) for relation in vocabulary().relation_types}
    _doubled("HAS_TASK")(edges)
    lost = edges["HAS_TASK"].pop(1)
    found = validate(_Planted(graph, nodes, edges)).violations  # type: ignore[arg-type]
    counted = {(each.uid, each.rule) for each in found if each.property == "HAS_TASK"}
    assert {(lost["target"], "MinCount"), (edges["HAS_TASK"][0]["target"], "MaxCount")} <= counted
