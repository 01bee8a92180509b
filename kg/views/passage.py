"""A document's text as a page shows it: blocks in reading order, cut where something is marked.

A block is one stretch of the account (heading, action, task, clause …). Line ends that came from the width of a printed
line go inside what was read as running text; everywhere else they stay. Places are code points of the text as read,
so that any span of the graph leads to its place on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg.views.facts import Duty, Promise
from loaders.flat import flatten, squeezed
from ontology.findings import READ_CLASSES
from ontology.records import Stretch, StretchClass

_BREAKS = re.compile(r"[ \t\u3000]*\r?\n\s*")
_MARKER = re.compile(r"\s*[（(]?[一二三四五六七八九十百0-9０-９.．①-⑳]{1,8}[）)、.．]?\s*")
_WIDE = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’…—]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with a meaning: ``kind`` is lead, joint, support or target, ``item`` what a click shows."""

    start: int
    end: int
    kind: str
    item: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two cuts, with the marks that cover it, the narrowest last."""

    start: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the account with its pieces."""

    belongs: StretchClass
    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def is_marker(self) -> bool:
        """Whether this is nothing but a number of the outline, which stands with what follows it: （二）."""
        return self.belongs in READ_CLASSES and bool(_MARKER.fullmatch("".join(piece.text for piece in self.pieces)))


def blocks(text: str, account: Sequence[Stretch], marks: Iterable[Mark], places: Iterable[int] = ()) -> list[Block]:
    """Give the blocks of a text; it is also cut at ``places``, which something may lead to."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind, mark.item))
    cuts = sorted({*places, *(mark.start for mark in ordered), *(mark.end for mark in ordered)})
    found: list[Block] = []
    first_cut = first_mark = 0
    for stretch in account:
        start, end = stretch.span.start, stretch.span.end
        while first_cut < len(cuts) and cuts[first_cut] <= start:
            first_cut += 1
        last_cut = first_cut
        while last_cut < len(cuts) and cuts[last_cut] < end:
            last_cut += 1
        while first_mark < len(ordered) and ordered[first_mark].end <= start:
            first_mark += 1
        here = [mark for mark in _starting_before(ordered, first_mark, end) if mark.end > start]
        pieces = (
            Piece(a, _read_on(text, a, b, stretch.belongs), tuple(m for m in here if m.start <= a and m.end >= b))
            for a, b in pairwise([start, *cuts[first_cut:last_cut], end])
        )
        found.append(Block(stretch.belongs, start, end, tuple(pieces)))
    return found


def _starting_before(ordered: Sequence[Mark], first: int, end: int) -> Iterator[Mark]:
    for mark in ordered[first:]:
        if mark.start >= end:
            return
        yield mark


def _read_on(text: str, start: int, end: int, belongs: StretchClass) -> str:
    """The text of a span, its printed lines joined where it is running text."""
    part = text[start:end]
    if belongs not in READ_CLASSES:
        return part

    def joined(found: re.Match[str]) -> str:
        before = text[start + found.start() - 1 : start + found.start()] if start + found.start() else ""
        after = text[start + found.end() : start + found.end() + 1]
        wide = not before or not after or _WIDE.match(before) or _WIDE.match(after)
        return "" if wide else " "

    return _BREAKS.sub(joined, part)


def marks_of(text: str, duties: Mapping[str, Duty], targets: Mapping[str, Promise]) -> Iterator[Mark]:
    """Give a mark for every name of a body in a clause and for every target; each has a key that the mark carries."""
    printed = [(key, duty) for key, duty in duties.items() if duty.basis != "note"]
    printed.sort(key=lambda pair: (pair[1].span, pair[1].position))
    for span, group in groupby(printed, key=lambda pair: pair[1].span):
        yield from _names_in(text, span, list(group))
    for key, target in targets.items():
        yield Mark(*target.span, "target", key)


def _names_in(text: str, span: tuple[int, int], duties: Sequence[tuple[str, Duty]]) -> Iterator[Mark]:
    """The printed names in one clause, each behind the one before it; the whole clause for one that is not found."""
    clause = flatten(text[slice(*span)])
    after = 0
    for key, duty in duties:
        name = squeezed(duty.printed)
        at = clause.flat.find(name, after)
        at = clause.flat.find(name) if at < 0 else at
        if at < 0 or not name:
            yield Mark(*span, duty.role, key)
            continue
        after = at + len(name)
        yield Mark(span[0] + clause.offsets[at], span[0] + clause.offsets[after - 1] + 1, duty.role, key)
