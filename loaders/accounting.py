"""The account of a text: what belongs to no heading, action, task or clause, and why; and what reading is unsure of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from loaders.clauses import Clause
from loaders.conventions import LABEL
from loaders.facts import Head
from loaders.flat import FlatText
from loaders.outline import Outline
from loaders.structure import Structure
from ontology.records import Finding, Span, Unattributed, UnattributedReason

CONTEXT = 24


def unattributed(flat: FlatText, head: Head, outline: Outline, structure: Structure) -> Iterator[Unattributed]:
    """The stretches outside headings, actions, tasks and clauses, in order, with the reason of each."""
    if not flat.flat:
        return
    if head.plan_start > 0:
        yield _stretch(
            flat, 0, min(head.plan_start, outline.start or head.plan_start), "cover letter" if head.doc_no else "title"
        )
    if outline.start > head.plan_start:
        yield _stretch(flat, head.plan_start, outline.start, "preamble")
    for node in sorted([*structure.sections, *structure.goals], key=lambda n: n.marker.start):
        end = node.own_end if node in structure.sections else node.end
        if end > node.body:
            yield _stretch(flat, node.body, end, "section lead-in" if node in structure.sections else "goal")
    if outline.end < len(flat.flat):
        yield _stretch(flat, outline.end, len(flat.flat), "imprint")


def _stretch(flat: FlatText, start: int, end: int, why: UnattributedReason) -> Unattributed:
    return Unattributed(flat.span(start, end), why)


def reading_findings(
    file: str, flat: FlatText, outline: Outline, structure: Structure, clauses: Sequence[Clause]
) -> Iterator[Finding]:
    """Where reading is unsure: no outline, numbers that jump, a label outside every clause."""
    if not structure.actions:
        yield Finding(
            "no-outline",
            "error",
            "reading",
            file,
            "no outline was found: no numbered headings and no lead-in headings",
            advice="check that the file is a plan and that its line breaks were kept",
        )
    for fault in outline.faults:
        yield Finding(
            "outline-number",
            "warning",
            "reading",
            file,
            f"the outline goes on with {fault.marker.printed}, expected number {fault.expected}",
            advice="check whether a heading was missed or misread",
            quote=flat.flat[fault.marker.start : fault.marker.start + CONTEXT],
            span=flat.span(fault.marker.start, fault.marker.end),
        )
    starts = [clause.start for clause in clauses]
    for match in LABEL.finditer(flat.folded, outline.start, outline.end):
        index = bisect_right(starts, match.start()) - 1
        if match.lastgroup in ("lead", "responsible", "support") and (index < 0 or match.start() >= clauses[index].end):
            yield Finding(
                "label-outside-clause",
                "warning",
                "reading",
                file,
                f"the label {match[0]} stands outside every clause that was recognised",
                advice="read the place; the bodies named there are not in the graph",
                quote=flat.flat[match.start() : match.end() + CONTEXT],
                span=_span(flat, match.start(), match.end()),
            )


def _span(flat: FlatText, start: int, end: int) -> Span:
    return flat.span(start, end)
