"""The number of a target as one line of print: ≥95%, +20家, ≤3个工作日, 2次/季度."""

from __future__ import annotations

from collections.abc import Mapping

_SIGNS = {"eq": "", "ge": "≥", "le": "≤", "inc": "+", "inc_ge": "+≥", "dec": "−", "dec_ge": "−≥"}
_PERIODS = {"month": "/月", "quarter": "/季度", "year": "/年"}


def printed_number(row: Mapping[str, object]) -> str:
    """Give the number of a row with ``op``, ``value``, ``value_max``, ``unit`` and ``per``."""
    most = "" if row["value_max"] is None else f"—{row['value_max']:g}"
    per = _PERIODS.get(str(row["per"]), "")
    return f"{_SIGNS.get(str(row['op']), '')}{row['value']:g}{most}{row['unit']}{per}"
