"""Workload of two real plans against counts that follow from the hand-made annotations alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.engine import Engine
from kg.tables import checked
from loaders.reader import read_file
from queries.counting import Level, Switches
from queries.workload import workload

Counts = dict[str, Counter[str]]
HIGHEST = ("lead", "joint", "support")


def _entities(shared: Path, plan: str) -> dict[str, str]:
    """Printed name → the one body it stands for."""
    rows = json.loads((shared / "gold" / "departments.json").read_text(encoding="utf-8"))
    return {row["name"]: row["entity"] for row in rows if row["doc"] == plan}


def _units(gold: dict[str, Any], *, rolled_up: bool) -> list[tuple[str, dict[str, Any]]]:
    held = [(section["ref"], unit) for section in gold["sections"] for unit in section.get("lead", ())]
    for action in gold["actions"]:
        held += [(action["ref"], unit) for unit in action["units"]]
        for task in action["tasks"]:
            held += [(action["ref"] if rolled_up else task["ref"], unit) for unit in task["units"]]
    return held


def _expected(
    shared: Path, plan: str, *, rolled_up: bool = False, notes: bool = False, collectives: bool = False
) -> Counts:
    gold = json.loads((shared / "gold" / "seeds" / f"{plan}.json").read_text(encoding="utf-8"))
    entities = _entities(shared, plan)
    roles: dict[tuple[str, str], set[str]] = {}
    for holder, unit in _units(gold, rolled_up=rolled_up):
        if (unit["basis"] == "note" and not notes) or (unit.get("collective") and not collectives):
            continue
        role = "support" if unit["role"] == "support" else "joint" if unit.get("joint") else "lead"
        roles.setdefault((entities[unit["name"]], holder), set()).add(role)
    counts: Counts = {}
    for (entity, _), found in roles.items():
        counts.setdefault(entity, Counter())[next(role for role in HIGHEST if role in found)] += 1
    return counts


def _store(shared: Path, plan: str) -> Engine:
    (file,) = (shared / "seeds").glob(f"{plan}_*.txt")
    return Engine.from_records(checked(assemble([read_file(file)])))


@pytest.mark.parametrize("plan", ["000", "002"])
def test_counts_of_every_body_follow_from_the_annotations(shared: Path, plan: str) -> None:
    store, entities = _store(shared, plan), _entities(shared, plan)
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
    (reading,) = workload(_store(shared, "000")).readings
    assert (reading.lists, reading.unled) == (39, 14)
