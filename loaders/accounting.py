"""The account of a text: what belongs to no heading, action, task or clause, and why; and what reading is unsure of.

A sentence that names a duty or promises a number is never set aside as unattributed: outside the plan's units it
becomes a finding, so that nothing is dropped silently.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.clauses import Clause
from loaders.conventions import LABEL, MARKER_WORD, TO_BE_RESPONSIBLE
from loaders.facts import Head
from loaders.flat import FlatText
from loaders.markers import ANY_MARKER, NumberingFault, chinese_number
from loaders.outline import Outline, sentence_ends
from loaders.stretches import Layer, stretches
from loaders.structure import Structure
from ontology.findings import found
from ontology.records import Finding, Responsibility, Stretch, Target, Unattributed, UnattributedReason

CONTEXT = 24
#: A marker word right behind a body's name, or a label: a duty that reading should have understood.
DUTY_OF_BODY = re.compile(
    r"(?:局|委|厅|办|办公室|政府|部门|单位|管委会|领导小组|中心|法院|检察院|海关|银行|支行|集团|公司)(?:（[^（）]*）)?等?(?:要|应|须|需|分别|共同|具体|积极|主要|统一|统筹|按职责|按照职责分工)*"
    rf"(?P<word>牵头|{TO_BE_RESPONSIBLE}|配合|落实)"
)
LOOK_BACK = 40
NUMBER = re.compile(r"[一二三四五六七八九十百零〇]+|\d+|[①-⑳]")
BODY_OR_COUNT = re.compile(
    r"(?:市|省|区|县|州|各|有关|相关)[^，。；、：（）“”]{0,12}?(?:局|厅|办公室|部门|单位|政府|管委会)"
    r"|\d(?:%|‰|个|项|家|户|次|万|亿|件|名|天|小时|分钟|公里|倍)"
)
Fate = Literal["aside", "target", "finding"]


@dataclass(frozen=True, slots=True)
class Account:
    """What is left over: stretches set aside with their reason, and findings about the rest; and the whole account."""

    unattributed: tuple[Unattributed, ...]
    findings: tuple[Finding, ...]
    stretches: tuple[Stretch, ...]


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
    outside: list[Layer] = []
    findings: list[Finding] = [*_outline_findings(file, flat, outline, structure)]
    for start, end, why in _regions(flat, head, outline, structure):
        for begin, stop, fate in _sorted_sentences(flat, start, end, why, promised):
            outside.append(Layer(begin, stop, why if fate == "aside" else fate))
            if fate == "aside":
                set_aside.append(Unattributed(flat.span(begin, stop), why))
            elif fate == "finding":
                findings.append(_outside(file, flat, begin, stop, why))
    findings += _label_findings(file, flat, outline, clauses)
    findings += _marker_findings(file, flat, structure, clauses, mentions)
    return Account(tuple(set_aside), tuple(findings), stretches(flat, outside, structure, clauses))


def account_of_table(
    file: str,
    flat: FlatText,
    outside: Iterable[Layer],
    structure: Structure,
    clauses: Sequence[Clause],
    mentions: Sequence[Responsibility],
) -> Account:
    """The account of a task table: ``outside`` are its header and remarks, which belong to no unit."""
    layers = list(outside)
    account = stretches(flat, layers, structure, clauses)
    set_aside = tuple(Unattributed(each.span, "imprint") for each in account if each.belongs == "imprint")
    return Account(set_aside, tuple(_marker_findings(file, flat, structure, clauses, mentions)), account)


def _regions(
    flat: FlatText, head: Head, outline: Outline, structure: Structure
) -> Iterator[tuple[int, int, UnattributedReason]]:
    """The stretches outside headings, actions, tasks and clauses, in order."""
    first = outline.start if structure.actions or structure.sections else len(flat.flat)
    if head.plan_start > 0:
        letter = head.doc_no is not None or "。" in flat.folded[: head.plan_start]
        yield 0, min(head.plan_start, first), "cover letter" if letter else "title"
    if first > head.plan_start:
        yield head.plan_start, first, "preamble"
    for node in sorted([*structure.sections, *structure.goals], key=lambda n: n.marker.start):
        is_section = node in structure.sections
        end = node.own_end if is_section else node.end
        begin = max([node.body, *(clause.end for clause in structure.heading_clauses.get(node.marker.start, ()))])
        if end > begin:
            yield begin, end, "section lead-in" if is_section else "goal"
    yield from ((start, end, "preamble") for start, end in outline.heads)
    if outline.end < len(flat.flat) and first < len(flat.flat):
        yield outline.end, len(flat.flat), "imprint"


def _sorted_sentences(
    flat: FlatText, start: int, end: int, why: UnattributedReason, promised: Sequence[int]
) -> Iterator[tuple[int, int, Fate]]:
    """Runs of sentences that may be set aside, and single sentences that may not: a promised target, or a finding."""
    begin = run = start
    for stop in sentence_ends(flat.folded, start, end):
        if _says_something(flat, begin, stop, why, promised):
            if run < begin:
                yield run, begin, "aside"
            promises = bisect_right(promised, stop - 1) > bisect_right(promised, begin - 1)
            yield begin, stop, "target" if promises else "finding"
            run = stop
        begin = stop
    if run < end:
        yield run, end, "aside"


def _says_something(flat: FlatText, start: int, end: int, why: UnattributedReason, promised: Sequence[int]) -> bool:
    """Whether a sentence has a word of duty, promises a number, or (letters aside) names a body or counts."""
    if MARKER_WORD.search(flat.folded, start, end):
        return True
    if why not in ("title", "cover letter", "imprint") and BODY_OR_COUNT.search(flat.folded, start, end):
        return True
    return bisect_right(promised, end - 1) > bisect_right(promised, start - 1)


def _outside(file: str, flat: FlatText, start: int, end: int, why: str) -> Finding:
    quote = _shortened(flat.flat[start:end])
    return found("sentence-outside-units", file, quote=quote, span=flat.span(start, end), why=why)


def _outline_findings(file: str, flat: FlatText, outline: Outline, structure: Structure) -> Iterator[Finding]:
    if not structure.actions:
        yield found("no-outline", file)
    for fault in outline.faults:
        yield found(
            "outline-repeated"
            if fault.marker.number < fault.expected
            else "outline-number"
            if _stands_before(flat, outline, fault)
            else "outline-missing",
            file,
            quote=flat.flat[fault.marker.start : fault.marker.start + CONTEXT],
            span=flat.span(fault.marker.start, fault.marker.end),
            printed=fault.marker.printed,
            expected=fault.expected,
        )


def _stands_before(flat: FlatText, outline: Outline, fault: NumberingFault) -> bool:
    """Whether the number that was to come stands anywhere before a fault: then reading may have missed a heading."""
    marker = fault.marker
    ends = (node.marker.end for node in outline.walk() if node.marker.style is marker.style)
    before = max((end for end in ends if end < marker.start), default=outline.start)
    numbers = (NUMBER.search(match[0]) for match in ANY_MARKER.finditer(flat.folded, before, marker.start))
    return any(number is not None and chinese_number(number[0]) == fault.expected for number in numbers)


def _label_findings(file: str, flat: FlatText, outline: Outline, clauses: Sequence[Clause]) -> Iterator[Finding]:
    for match in LABEL.finditer(flat.folded, outline.start, outline.end):
        if match.lastgroup in ("lead", "responsible", "support") and not _within(clauses, match.start()):
            yield found(
                "label-outside-clause",
                file,
                quote=flat.flat[match.start() : match.end() + CONTEXT],
                span=flat.span(match.start(), match.end()),
                label=match[0].rstrip("："),
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
            duties = DUTY_OF_BODY.finditer(flat.folded, max(start, match.start() - LOOK_BACK), match.end())
            sure = any(duty.start("word") == match.start() for duty in duties)
            yield found(
                "duty-outside-clause" if sure else "marker-word",
                file,
                quote=flat.flat[max(0, match.start() - CONTEXT) : match.end() + CONTEXT],
                span=flat.span(match.start(), match.end()),
                word=match[0],
            )


def _within(clauses: Sequence[Clause], place: int) -> bool:
    index = bisect_right(clauses, place, key=lambda clause: clause.start) - 1
    return index >= 0 and place < clauses[index].end


def _inside(stretches: Sequence[tuple[int, int]], place: int) -> bool:
    index = bisect_right(stretches, place, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and place <= stretches[index][1]


def _shortened(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
