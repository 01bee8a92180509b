"""A text without its white space, and the way back.

Plans come with line breaks anywhere: inside names, before punctuation, between digits. Reading therefore works on
the *flat* text (all white space removed) and maps every place back to the text as read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.formats.source import Place
from ontology.records import Span

#: One character for one: what means the same in a clause, whatever its width.
FOLD = str.maketrans(
    {
        **dict(zip("(),;:!?", "（），；：！？", strict=True)),
        **dict.fromkeys("〔［[【﹝〈", "（"),
        **dict.fromkeys("〕］]】﹞〉", "）"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "．": ".",
        "﹒": ".",
        "\ue010": ".",  # the full stop of a common typesetting system, in its private area
        "％": "%",
        "﹑": "、",
        "｡": "。",
    }
)

#: Characters that print nothing: control characters, soft hyphens, direction marks, joiners (first and last codes).
_INVISIBLE = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
)  # fmt: skip
INVISIBLE = frozenset(chr(code) for first, last in _INVISIBLE for code in range(first, last + 1))
#: A printed line has at least so many characters before it is full.
NARROWEST = 20


@dataclass(frozen=True)
class FlatText:
    """``flat`` is the text without white space; ``folded`` the same, one character for one, in one width.

    ``offsets[i]`` is the place of ``flat[i]`` in ``text``; ``lines`` holds the flat places where lines begin,
    ``paragraphs`` those that follow an empty line. All places are code points.
    """

    text: str
    flat: str
    folded: str
    offsets: array[int]
    lines: array[int]
    paragraphs: frozenset[int]
    places: Sequence[Place] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the text as read of ``flat[start:end]`` (not empty), with page, paragraph and cell."""
        begin, stop = self.offsets[start], self.offsets[end - 1] + 1
        index = bisect_right(self.places, begin, key=_start_of) - 1
        if index < 0:
            return Span(begin, stop)
        place = self.places[index]
        return Span(begin, stop, place.page, place.paragraph, place.cell)

    def place(self, offset: int) -> int:
        """The flat place of the first printed character at or after ``offset`` of the text."""
        return bisect_left(self.offsets, offset)

    @cached_property
    def line_set(self) -> frozenset[int]:
        """The flat places where lines begin, as a set."""
        return frozenset(self.lines)

    def line_of(self, place: int) -> tuple[int, int]:
        """Start and end (flat) of the line that holds ``place``."""
        index = bisect_right(self.lines, place) - 1
        end = self.lines[index + 1] if index + 1 < len(self.lines) else len(self.flat)
        return self.lines[index], end

    @cached_property
    def longest(self) -> int:
        """More characters than one printed line holds."""
        return int(self.width / 0.8) + 2

    @cached_property
    def width(self) -> int:
        """The length beyond which a line counts as full, so that its end says nothing (9 of 10 lines are shorter)."""
        lengths = sorted(b - a for a, b in zip(self.lines, [*self.lines[1:], len(self.flat)], strict=True))
        return max(NARROWEST, int(0.8 * lengths[int(0.95 * (len(lengths) - 1))])) if lengths else NARROWEST


def _start_of(place: Place) -> int:
    return place.start


def squeezed(text: str) -> str:
    """A text without white space and characters that print nothing: what its flat view holds."""
    return "".join(c for c in text if not c.isspace() and c not in INVISIBLE)


def flatten(text: str, places: Sequence[Place] = ()) -> FlatText:
    """The flat view of ``text``, made in one pass; ``places`` say where its stretches stand in the file."""
    flat: list[str] = []
    offsets, lines, paragraphs = array("q"), array("q"), []
    at = 0
    empty_before = True
    for line in text.splitlines(keepends=True):
        begin = len(flat)
        for place, character in enumerate(line, at):
            if not character.isspace() and character not in INVISIBLE:
                flat.append(character)
                offsets.append(place)
        if len(flat) > begin:
            lines.append(begin)
            if empty_before:
                paragraphs.append(begin)
        empty_before = len(flat) == begin
        at += len(line)
    joined = "".join(flat)
    return FlatText(text, joined, joined.translate(FOLD), offsets, lines, frozenset(paragraphs), places)
