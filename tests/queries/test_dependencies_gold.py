"""The network of two real plans against ties that follow from the hand-made annotations alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import pytest

from queries.absence import absence
from queries.counting import Level
from queries.dependencies import dependencies
from tests.queries.gold_counts import entities_of, gold_of, store_of, units_of

Held = dict[str, dict[str, str]]


def _held(shared: Path, plan: str, level: Level) -> Held:
    """Holder → body → its highest role there, without notes and collectives."""
    entities = entities_of(shared, plan)
    held: Held = defaultdict(dict)
    for holder, unit in units_of(gold_of(shared, plan), rolled_up=level == "action"):
        if unit["basis"] != "note" and not unit.get("collective"):
            role = "support" if unit["role"] == "support" else "lead"
            body = entities[unit["name"]]
            held[holder][body] = min(role, held[holder].get(body, role))
    return held


def _action_of(shared: Path, plan: str) -> dict[str, str]:
    return {task["ref"]: action["ref"] for action in gold_of(shared, plan)["actions"] for task in action["tasks"]}


@pytest.mark.parametrize("plan", ["000", "002"])
@pytest.mark.parametrize("level", ["printed", "action"])
def test_askings_and_pairs_follow_from_the_annotations(shared: Path, plan: str, level: Level) -> None:
    entities, action_of = entities_of(shared, plan), _action_of(shared, plan)
    asks: dict[tuple[str, str], set[str]] = defaultdict(set)
    ties: dict[frozenset[str], set[str]] = defaultdict(set)
    for holder, named in _held(shared, plan, level).items():
        for first, second in permutations(named, 2):
            if named[first] == "lead":
                ties[frozenset((first, second))].add(action_of.get(holder, holder))
                if named[second] == "support":
                    asks[first, second].add(action_of.get(holder, holder))
    report = dependencies(store_of(shared, plan), level=level)
    assert {(entities[row.lead], entities[row.support]): row.actions for row in report.askings} == {
        pair: len(actions) for pair, actions in asks.items()
    }
    assert {frozenset((entities[row.first], entities[row.second])): row.actions for row in report.pairs} == {
        pair: len(actions) for pair, actions in ties.items()
    }
    assert ties


@pytest.mark.parametrize("plan", ["000", "002"])
def test_what_is_lost_without_a_body_follows_from_the_annotations(shared: Path, plan: str) -> None:
    store, entities, held = store_of(shared, plan), entities_of(shared, plan), _held(shared, plan, "printed")
    for member in dependencies(store).members[:12]:
        body = entities[member.body]
        expected: Counter[str] = Counter()
        for named in held.values():
            if body in named:
                alike = [other for other in named if other != body and named[other] == named[body]]
                kinds = ("no lead", "fewer leads") if named[body] == "lead" else ("no support", "less support")
                expected[kinds[bool(alike)]] += 1
        assert Counter(row.effect for row in absence(store, member.uid).losses) == expected, body
