"""The account of a text: what belongs to no heading, action, task or clause, and why; and what reading is unsure of.

A sentence that names a duty or promises a number is never set aside as unattributed: outside the plan's units it
becomes a finding, so that nothing is dropped silently.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.clauses import Clause
from loaders.conventions import LABEL, MARKER_WORD
from loaders.facts import Head
from loaders.flat import FlatText
from loaders.outline import Outline, sentence_ends
from loaders.structure import Structure
from ontology.records import Finding, Responsibility, Severity, Target, Unattributed, UnattributedReason

CONTEXT = 24
#: A marker word right behind a body's name, or a label: a duty that reading should have understood.
DUTY_OF_BODY = re.compile(
    r"(?:局|委|厅|办|办公室|政府|部门|单位|管委会|领导小组|中心|法院|检察院|海关|银行|支行|集团|公司)(?:（[^（）]*）)?等?(?:要|应|须|需|分别|共同|具体|积极|主要|统一|统筹|按职责|按照职责分工)*"
    r"(?P<word>牵头|负责(?!人|同志)|配合|落实)"
)
LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Account:
    """What is left over: stretches set aside with their reason, and findings about the rest."""

    unattributed: tuple[Unattributed, ...]
    findings: tuple[Finding, ...]


def take_account(
    file: str,
    flat: FlatText,
    head: Head,
    outline: Outline,
    structure: Structure,
    clauses: Sequence[Clause],
    mentions: Sequence[Responsibility],
    targets: Iterable[Target],
) -> Account:
    """The account of one document. ``mentions`` are its duties in sentences, ``targets`` those of goal sections."""
    promised = sorted(flat.place(target.span.start) for target in targets)
    set_aside: list[Unattributed] = []
    findings: list[Finding] = [*_outline_findings(file, flat, outline, structure)]
    for start, end, why in _regions(flat, head, outline, structure):
        for begin, stop, kept in _sorted_sentences(flat, start, end, promised):
            if kept:
                set_aside.append(Unattributed(flat.span(begin, stop), why))
            else:
                findings.append(_outside(file, flat, begin, stop, why))
    findings += _label_findings(file, flat, outline, clauses)
    findings += _marker_findings(file, flat, structure, clauses, mentions)
    return Account(tuple(set_aside), tuple(findings))


def _regions(
    flat: FlatText, head: Head, outline: Outline, structure: Structure
) -> Iterator[tuple[int, int, UnattributedReason]]:
    """The stretches outside headings, actions, tasks and clauses, in order."""
    first = outline.start if structure.actions or structure.sections else len(flat.flat)
    if head.plan_start > 0:
        yield 0, min(head.plan_start, first), "cover letter" if head.doc_no else "title"
    if first > head.plan_start:
        yield head.plan_start, first, "preamble"
    for node in sorted([*structure.sections, *structure.goals], key=lambda n: n.marker.start):
        is_section = node in structure.sections
        end = node.own_end if is_section else node.end
        begin = max([node.body, *(clause.end for clause in structure.heading_clauses.get(node.marker.start, ()))])
        if end > begin:
            yield begin, end, "section lead-in" if is_section else "goal"
    if outline.end < len(flat.flat) and first < len(flat.flat):
        yield outline.end, len(flat.flat), "imprint"


def _sorted_sentences(flat: FlatText, start: int, end: int, promised: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Runs of sentences that may be set aside (True), and single sentences that may not (False)."""
    begin = run = start
    for stop in sentence_ends(flat.folded, start, end):
        if _says_something(flat, begin, stop, promised):
            if run < begin:
                yield run, begin, True
            if bisect_right(promised, stop - 1) == bisect_right(promised, begin - 1):
                yield begin, stop, False
            run = stop
        begin = stop
    if run < end:
        yield run, end, True


def _says_something(flat: FlatText, start: int, end: int, promised: Sequence[int]) -> bool:
    if MARKER_WORD.search(flat.folded, start, end):
        return True
    return bisect_right(promised, end - 1) > bisect_right(promised, start - 1)


def _outside(file: str, flat: FlatText, start: int, end: int, why: str) -> Finding:
    return Finding(
        "sentence-outside-units",
        "info",
        "reading",
        file,
        f"a sentence that may name a duty stands outside the plan's actions ({why})",
        advice="read it; nothing of it is in the graph",
        quote=_shortened(flat.flat[start:end]),
        span=flat.span(start, end),
    )


def _outline_findings(file: str, flat: FlatText, outline: Outline, structure: Structure) -> Iterator[Finding]:
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


def _label_findings(file: str, flat: FlatText, outline: Outline, clauses: Sequence[Clause]) -> Iterator[Finding]:
    for match in LABEL.finditer(flat.folded, outline.start, outline.end):
        if match.lastgroup in ("lead", "responsible", "support") and not _within(clauses, match.start()):
            yield Finding(
                "label-outside-clause",
                "warning",
                "reading",
                file,
                f"the label {match[0]} stands outside every clause that was recognised",
                advice="read the place; the bodies named there are not in the graph",
                quote=flat.flat[match.start() : match.end() + CONTEXT],
                span=flat.span(match.start(), match.end()),
            )


def _marker_findings(
    file: str, flat: FlatText, structure: Structure, clauses: Sequence[Clause], mentions: Sequence[Responsibility]
) -> Iterator[Finding]:
    """Every marker word of a heading or action outside clauses and mentions: a warning behind a body's name."""
    told = sorted((flat.place(m.clause.start), flat.place(m.clause.end - 1)) for m in mentions)
    places = [(node.marker.end, node.body) for node in structure.sections]
    places += [(action.node.marker.end, action.node.end) for action in structure.actions]
    for start, end in sorted(places):
        for match in MARKER_WORD.finditer(flat.folded, start, end):
            if _within(clauses, match.start()) or LABEL.match(flat.folded, match.start()):
                continue
            if _inside(told, match.start()):
                continue
            behind_body = DUTY_OF_BODY.search(flat.folded, max(start, match.start() - LOOK_BACK), match.end())
            sure = behind_body is not None and behind_body.start("word") == match.start()
            severity: Severity = "warning" if sure else "info"
            yield Finding(
                "duty-outside-clause" if sure else "marker-word",
                severity,
                "reading",
                file,
                f"{match[0]} behind a body's name, outside every clause" if sure else f"{match[0]} in running text",
                advice="read the place; this duty is not in the graph" if sure else "",
                quote=flat.flat[max(0, match.start() - CONTEXT) : match.end() + CONTEXT],
                span=flat.span(match.start(), match.end()),
            )


def _within(clauses: Sequence[Clause], place: int) -> bool:
    index = bisect_right(clauses, place, key=lambda clause: clause.start) - 1
    return index >= 0 and place < clauses[index].end


def _inside(stretches: Sequence[tuple[int, int]], place: int) -> bool:
    index = bisect_right(stretches, place, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and place <= stretches[index][1]


def _shortened(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
