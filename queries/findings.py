"""Findings with their place in the document: line and outline ref."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ontology.findings import SEVERITIES
from ontology.records import About, Finding, Severity
from queries.documents import ReadDocument, Unit


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding, the line it begins in (from 1) and the outline path it stands under; None where it has no place."""

    finding: Finding
    line: int | None
    ref: str | None


def placed_findings(documents: Iterable[ReadDocument], others: Iterable[Finding] = ()) -> list[PlacedFinding]:
    """All findings of ``documents`` and ``others``, by file and place; those without a place come first in their file.

    ``others`` stand in no document, such as those of a file of decisions; a value named ``line`` is their line.
    """
    found = [placed for document in documents for placed in _placed(document)]
    found += [PlacedFinding(finding, _own_line(finding), None) for finding in others]
    return sorted(found, key=lambda placed: placed.finding.file)


def _own_line(finding: Finding) -> int | None:
    line = dict(finding.values).get("line", "")
    return int(line) if line.isdecimal() else None


def _placed(document: ReadDocument) -> list[PlacedFinding]:
    breaks = [place for place, character in enumerate(document.text) if character == "\n"]
    starts = [unit.start for unit in document.units]
    ordered = sorted(document.findings, key=lambda f: (f.span.start if f.span else -1, f.code, f.quote))
    return [
        PlacedFinding(
            finding,
            bisect_left(breaks, finding.span.start) + 1 if finding.span else None,
            _ref_at(document.units, starts, finding.span.start) if finding.span else None,
        )
        for finding in ordered
    ]


def _ref_at(units: Sequence[Unit], starts: Sequence[int], place: int) -> str | None:
    """The ref of the innermost task or action that holds ``place``, else of the section heading it stands behind."""
    for index in range(bisect_right(starts, place) - 1, -1, -1):
        unit = units[index]
        if place < unit.end or unit.kind == "section":
            return unit.ref or None
        if unit.kind == "action":
            return None
    return None


def selected(
    findings: Iterable[PlacedFinding],
    *,
    about: About | None = None,
    severity: Severity = "info",
    codes: Collection[str] = (),
    off: Collection[str] = (),
) -> list[PlacedFinding]:
    """Those about ``about``, at least as grave as ``severity``, of ``codes`` where given, without ``off``."""
    least = SEVERITIES.index(severity)
    return [
        placed
        for placed in findings
        if about in (None, placed.finding.about)
        and SEVERITIES.index(placed.finding.severity) >= least
        and (not codes or placed.finding.code in codes)
        and placed.finding.code not in off
    ]
