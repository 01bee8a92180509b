"""What the hand-made annotations of two plans say, read without the program, and the program's graph of each plan."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kg.assemble import assemble
from kg.engine import Engine
from kg.tables import checked
from loaders.reader import read_file


def gold_of(shared: Path, plan: str) -> dict[str, Any]:
    """The annotations of a plan."""
    found: dict[str, Any] = json.loads((shared / "gold" / "seeds" / f"{plan}.json").read_text(encoding="utf-8"))
    return found


def entities_of(shared: Path, plan: str) -> dict[str, str]:
    """Printed name → the one body it stands for."""
    rows = json.loads((shared / "gold" / "departments.json").read_text(encoding="utf-8"))
    return {row["name"]: row["entity"] for row in rows if row["doc"] == plan}


def units_of(gold: dict[str, Any], *, rolled_up: bool) -> list[tuple[str, dict[str, Any]]]:
    held = [(section["ref"], unit) for section in gold["sections"] for unit in section.get("lead", ())]
    for action in gold["actions"]:
        held += [(action["ref"], unit) for unit in action["units"]]
        for task in action["tasks"]:
            held += [(action["ref"] if rolled_up else task["ref"], unit) for unit in task["units"]]
    return held


@cache
def store_of(shared: Path, plan: str) -> Engine:
    """The graph of one plan."""
    (file,) = (shared / "seeds").glob(f"{plan}_*.txt")
    return Engine.from_records(checked(assemble([read_file(file)])))
