"""Duties stated in sentences outside clauses: X负责日常工作, 由X牵头. Shown, never counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from loaders.clauses import Clause
from loaders.conventions import TO_BE_RESPONSIBLE
from loaders.flat import FlatText
from loaders.names import is_clear_body, split_names
from ontology.records import Responsibility, Role

DUTY = re.compile(f"牵头(?:负责)?|(?:具体|统筹|主要)?{TO_BE_RESPONSIBLE}|会同|配合")
BOUNDARY = re.compile("[，。；：！？”）]|由|其中")
LONGEST_SUBJECT = 120


def read_mentions(
    flat: FlatText, stretches: Iterable[tuple[int, int]], clauses: Sequence[Clause]
) -> Iterator[Responsibility]:
    """Every duty whose subject is a list of bodies, in the flat ``stretches``, outside ``clauses``."""
    starts = [clause.start for clause in clauses]
    for start, end in stretches:
        for match in DUTY.finditer(flat.folded, start, end):
            index = bisect_right(starts, match.start()) - 1
            if index < 0 or match.start() >= clauses[index].end:
                yield from _subjects(flat, start, end, match)


def _subjects(flat: FlatText, start: int, end: int, duty: re.Match[str]) -> Iterator[Responsibility]:
    text = flat.folded
    floor = max(start, duty.start() - LONGEST_SUBJECT)
    begin = floor
    for boundary in BOUNDARY.finditer(text, floor, duty.start()):
        begin = boundary.end()
    names = split_names(text, begin, duty.start())
    if not names or not all(is_clear_body(text[name.start : name.end]) for name in names):
        return
    stop = text.find("。", duty.end(), end)
    sentence = flat.span(begin, stop + 1 if stop >= 0 else end)
    role: Role = "support" if duty[0] == "配合" else "lead"
    for position, name in enumerate(names, 1):
        yield Responsibility(
            body=flat.flat[name.start : name.end],
            role=role,
            duty=duty[0],
            joint=role == "lead" and len(names) > 1,
            basis="text",
            collective=name.collective,
            position=position,
            list_size=len(names),
            certainty="printed",
            rule="sentence",
            span=flat.span(name.start, name.end),
            clause=sentence,
        )
