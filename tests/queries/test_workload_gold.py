"""Workload of two real plans against counts that follow from the hand-made annotations alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from queries.counting import Level, Switches
from queries.workload import workload
from tests.queries.gold_counts import entities_of, gold_of, store_of, units_of

Counts = dict[str, Counter[str]]
HIGHEST = ("lead", "joint", "support")


def _expected(
    shared: Path, plan: str, *, rolled_up: bool = False, notes: bool = False, collectives: bool = False
) -> Counts:
    gold = gold_of(shared, plan)
    entities = entities_of(shared, plan)
    roles: dict[tuple[str, str], set[str]] = {}
    for holder, unit in units_of(gold, rolled_up=rolled_up):
        if (unit["basis"] == "note" and not notes) or (unit.get("collective") and not collectives):
            continue
        role = "support" if unit["role"] == "support" else "joint" if unit.get("joint") else "lead"
        roles.setdefault((entities[unit["name"]], holder), set()).add(role)
    counts: Counts = {}
    for (entity, _), found in roles.items():
        counts.setdefault(entity, Counter())[next(role for role in HIGHEST if role in found)] += 1
    return counts


@pytest.mark.parametrize("plan", ["000", "002"])
def test_counts_of_every_body_follow_from_the_annotations(shared: Path, plan: str) -> None:
    store, entities = store_of(shared, plan), entities_of(shared, plan)
    levels: tuple[Level, ...] = ("printed", "action")
    for level in levels:
        for notes in (False, True):
            for collectives in (False, True):
                report = workload(store, level=level, switches=Switches(notes, collectives))
                counted = {
                    entities[load.body]: +Counter(lead=load.lead, joint=load.joint, support=load.support)
                    for load in report.loads
                }
                expected = _expected(shared, plan, rolled_up=level == "action", notes=notes, collectives=collectives)
                assert counted == expected, (level, notes, collectives)


def test_lists_without_a_lead(shared: Path) -> None:
    (reading,) = workload(store_of(shared, "000")).readings
    assert (reading.lists, reading.unled) == (39, 14)
