"""The Cypher that the reports themselves read a store with: one text a file, each the same on every engine."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def lookup(name: str) -> str:
    """Give the Cypher text of one lookup, by the name of its file."""
    return resources.files(__name__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
