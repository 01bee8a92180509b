"""Markers of an outline: 一、 （一） 1. （1） ①, and which of them are believed.

A marker style is a row of :data:`STYLES`. Numbering continuity decides between a heading and a number in a sentence:
a marker is believed where it continues a list or opens one, and where a line or a sentence begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.conventions import LABEL
from loaders.flat import FlatText

CHINESE_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"


@dataclass(frozen=True, slots=True)
class MarkerStyle:
    """One way of numbering: ``pattern`` has one group, the number; a lower ``rank`` stands higher in the outline."""

    name: str
    rank: int
    pattern: str
    example: str


STYLES = (
    MarkerStyle("chapter", 1, rf"第({CHINESE_NUMBER})[章编]", "第一章 总则"),
    MarkerStyle("part", 2, rf"第({CHINESE_NUMBER})(?:部分|节)", "第一节 准入"),
    MarkerStyle("chinese", 3, rf"({CHINESE_NUMBER})[、.](?![、.])", "一、主要任务"),
    MarkerStyle("article", 4, rf"第({CHINESE_NUMBER}|\d{{1,3}})条", "第一条 为了"),
    MarkerStyle("chinese-bracket", 5, rf"（({CHINESE_NUMBER})）", "（一）优化准入"),
    MarkerStyle("arabic", 6, r"(?<![\d.])(\d{1,3})[.、]{1,2}(?=\d{4}年|\d{1,2}[A-Z]|[^\d.、])", "1.优化准入"),
    MarkerStyle("arabic-bracket", 7, r"（?(?<!\d)(\d{1,3})）", "（1）优化准入"),
    MarkerStyle("circled", 8, r"([①-⑳])", "①优化准入"),
)
ANY_MARKER = re.compile("|".join(f"(?P<{s.name.replace('-', '_')}>{s.pattern})" for s in STYLES))
BY_GROUP = {style.name.replace("-", "_"): style for style in STYLES}
UNNUMBERED = MarkerStyle("heading", 0, r"(#{1,6})", "### 服务企业")
INLINE = MarkerStyle("inline", 7, r"（(\d{1,2})）|([①-⑳])", "…等问题，（1）制定规划。（2）研究标准。")
LEAD_IN = MarkerStyle("lead-in", 9, r"()", "服务更便捷。")
NUMBER_BEFORE_TEXT = re.compile(r"(?<![\d.])(\d{1,3})(?P<dot>[.、]{0,2})(?=[“\u4e00-\u9fff])(?![年月日个项家%])")
SENTENCE_END = frozenset("。！？；：")
CLOSING = frozenset("。！？；：）”》’")
OPEN_END = frozenset("，、（“《‘和与及或的")
WHOLE_WORD_END = re.compile("(?:参与|普及|涉及|目的|标的|总和)$")
SENTENCE_CLOSED = frozenset("。！？”）")
#: A short sentence that opens a paragraph and has others behind it: 服务更便捷。推进改革…
LEAD_IN_LINE = re.compile("[^。，]{3,16}。.")
LONGEST_PRINTED_HEADING = 90
LONGEST_MEASURE = 1500
MOST_SKIPPED = 3


@dataclass(frozen=True, slots=True)
class Marker:
    """One believed marker: ``start`` and ``end`` are flat places, ``printed`` the ref it gives."""

    style: MarkerStyle
    number: int
    start: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class NumberingFault:
    """A place where the outline's numbers jump or repeat."""

    marker: Marker
    expected: int


def read_markers(flat: FlatText, start: int, end: int) -> tuple[list[Marker], list[NumberingFault]]:
    """The believed markers between two flat places, in order, and where their numbers jump or repeat."""
    markers, faults = _mended(flat, *_believed_markers(flat, start, end))
    return (markers, faults) if len(markers) > 1 else (_unnumbered_markers(flat, start, end), [])


def _mended(
    flat: FlatText, markers: list[Marker], faults: list[NumberingFault]
) -> tuple[list[Marker], list[NumberingFault]]:
    """Markers that damage hid where one Arabic number is missing: its dot lost, or run into the line before."""
    found: list[Marker] = []
    kept: list[NumberingFault] = []
    for fault in faults:
        hidden = _hidden_marker(flat, markers, fault)
        if hidden is None:
            kept.append(fault)
        else:
            found.append(hidden)
    return sorted([*markers, *found], key=lambda m: m.start), kept


def _hidden_marker(flat: FlatText, markers: Sequence[Marker], fault: NumberingFault) -> Marker | None:
    """The one Arabic marker missing before a fault, where its number can still be seen."""
    text, after, number = flat.folded, fault.marker, fault.expected
    before = max((m.start for m in markers if m.style is after.style and m.start < after.start), default=-1)
    if after.style.name != "arabic" or after.number != number + 1 or before < 0:
        return None
    for match in NUMBER_BEFORE_TEXT.finditer(text, before + 4, after.start):
        begins_line = match.start() in flat.line_set and text[match.start() - 1] in CLOSING
        if int(match[1]) == number and (begins_line or match["dot"]):
            return Marker(after.style, number, match.start(), match.end(), str(number))
    return None


_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}


def chinese_number(text: str) -> int:
    """The value of a number below 1000 in Chinese, Arabic or circled figures. 0 where it makes no sense."""
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    total, digit = 0, 0
    for character in text:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _candidates(flat: FlatText, start: int, end: int) -> Iterator[tuple[Marker, int]]:
    """Possible markers with the strength of their place: 2 begins a paragraph, 1 a full line goes over, 0 in a line."""
    text, lines = flat.folded, flat.line_set
    inline = _inline_measures(flat, start, end)
    for match in ANY_MARKER.finditer(text, start, end):
        style = _style_of(match)
        number = chinese_number(match[_group_index(style)])
        at = match.start()
        if number == 0 or match.end() >= end or (at > start and at not in inline and is_open(text, at)):
            continue
        if at in inline or at == start or at in flat.paragraphs:
            strength = 2
        elif at in lines:
            begin, _ = flat.line_of(at - 1)
            full = at - begin >= flat.width
            before = text[at - 1]
            strength = 2 if before in CLOSING or not full or _closes_labelled_list(text, at) else 1
        elif text[at - 1] in "。）！" and style.name != "circled":
            strength = 0
        else:
            continue
        yield Marker(INLINE if at in inline else style, number, at, match.end(), _printed(style, match)), strength


INLINE_MEASURE = re.compile(INLINE.pattern)


def _inline_measures(flat: FlatText, start: int, end: int) -> frozenset[int]:
    """Numbered measures that run on in one paragraph: （1）…。（2）…。, each behind a full stop or a clause."""
    text = flat.folded
    runs: list[list[int]] = []
    for match in INLINE_MEASURE.finditer(text, start, end):
        number, place = chinese_number(match[1] or match[2]), match.start()
        before = text[place - 1]
        if number == 1 and before in "，：；。）":
            runs.append([place])
        elif runs and number == len(runs[-1]) + 1 and before in "。）" and place - runs[-1][-1] < LONGEST_MEASURE:
            runs[-1].append(place)
    return frozenset(place for run in runs if any(p not in flat.line_set for p in run[1:]) for place in run)


def is_open(text: str, end: int) -> bool:
    """Whether the text before ``end`` breaks off: at an opening or joining character, but not at 参与 or 目的."""
    return text[end - 1] in OPEN_END and WHOLE_WORD_END.search(text, max(0, end - 2), end) is None


def _closes_labelled_list(text: str, at: int) -> bool:
    """Whether the line before ``at`` belongs to a labelled list (责任单位：…), which ends without a full stop."""
    begin = max(text.rfind("。", max(0, at - 300), at) + 1, at - 300, 0)
    return LABEL.match(text, begin) is not None


def marker_at(text: str, place: int, end: int) -> Marker | None:
    """The marker that stands at a flat place of folded text, whatever stands around it; None where there is none."""
    match = ANY_MARKER.match(text, place, end)
    if match is None or match.end() >= end:
        return None
    style = _style_of(match)
    number = chinese_number(match[_group_index(style)])
    return Marker(style, number, place, match.end(), _printed(style, match)) if number else None


_GROUP_INDEX = {style.name: ANY_MARKER.groupindex[style.name.replace("-", "_")] + 1 for style in STYLES}


def _group_index(style: MarkerStyle) -> int:
    return _GROUP_INDEX[style.name]


def _style_of(match: re.Match[str]) -> MarkerStyle:
    return next(style for group, style in BY_GROUP.items() if match[group] is not None)


def _printed(style: MarkerStyle, match: re.Match[str]) -> str:
    number = match[_group_index(style)]
    if style.name == "chinese-bracket":
        return f"（{number}）"
    if style.name == "arabic-bracket":
        return f"({number})"
    if style.name in ("chapter", "part", "article"):
        return match[0]
    return number


def _believed_markers(flat: FlatText, start: int, end: int) -> tuple[list[Marker], list[NumberingFault]]:
    candidates = list(_candidates(flat, start, end))
    following: set[tuple[str, int]] = set()
    opens_list: list[bool] = [False] * len(candidates)
    for index in range(len(candidates) - 1, -1, -1):
        marker, _ = candidates[index]
        opens_list[index] = (marker.style.name, marker.number + 1) in following
        following.add((marker.style.name, marker.number))
    believed: list[Marker] = []
    faults: list[NumberingFault] = []
    stack: list[Marker] = []
    last: dict[int, int] = {}
    for (marker, strength), continued in zip(candidates, opens_list, strict=True):
        rank = marker.style.rank
        above = next((m for m in reversed(stack) if m.style.rank <= rank), None)
        open_number = above.number if above is not None and above.style.rank == rank else None
        if not _believable(flat, marker, strength, continued, open_number, last.get(rank), believed):
            continue
        expected = (open_number if open_number is not None else last.get(rank, 0)) + 1
        if marker.number not in (expected, 1, last.get(rank, 0) + 1) and (open_number is not None or rank in last):
            faults.append(NumberingFault(marker, expected))
        while stack and stack[-1].style.rank >= rank:
            stack.pop()
        stack.append(marker)
        last[rank] = marker.number
        believed.append(marker)
    return believed, faults


def _believable(
    flat: FlatText,
    marker: Marker,
    strength: int,
    continued: bool,
    open_number: int | None,
    last_number: int | None,
    believed: Sequence[Marker],
) -> bool:
    expected = {1} if open_number is None else {open_number + 1}
    if open_number is None and last_number is not None:
        expected.add(last_number + 1)
    in_order = marker.number in expected
    after_heading = bool(believed) and _only_heading_between(flat, believed[-1], marker)
    if strength == 2:
        if in_order:
            return True
        if open_number is None and last_number is None:
            return marker.style.rank <= 5
        if open_number is None:
            return last_number is not None and last_number <= marker.number <= last_number + MOST_SKIPPED
        return marker.number == 1 or open_number <= marker.number <= open_number + MOST_SKIPPED
    if strength == 1:
        return in_order and (after_heading or (marker.number > 1 and continued))
    if marker.style.rank >= 7:
        return False
    return in_order and (marker.number > 1 or continued)


def _only_heading_between(flat: FlatText, previous: Marker, marker: Marker) -> bool:
    between = flat.folded[previous.end : marker.start]
    return 0 < len(between) <= LONGEST_PRINTED_HEADING and not any(c in "。；" for c in between)


def _unnumbered_markers(flat: FlatText, start: int, end: int) -> list[Marker]:
    """Headings of a text without numbers: ``#`` lines, short lines of their own, and lead-ins that open a paragraph.

    A line opens something only behind a sentence end or a heading: page breaks fall inside sentences too.
    """
    text = flat.folded
    found: list[Marker] = []
    bounds = [*(line for line in flat.lines if start <= line < end), end]
    with_hashes = any(text[line] == "#" for line in bounds[:-1])
    heading_end = start
    for line, line_end in pairwise(bounds):
        hashes = _hashes(text, line)
        stop = text.find("。", line, line_end)
        opens = line == heading_end or text[line - 1] in SENTENCE_CLOSED
        titled = with_hashes and opens and line != heading_end and stop < 0 and _is_title_line(flat, line, line_end)
        if hashes or titled:
            found.append(Marker(UNNUMBERED, 0, line, line + hashes, ""))
            heading_end = line_end
        elif opens and line in flat.paragraphs and LEAD_IN_LINE.match(text, line, line_end):
            found.append(Marker(LEAD_IN, 0, line, line, ""))
    return _numbered(text, found)


def _numbered(text: str, markers: Sequence[Marker]) -> list[Marker]:
    """The markers counted from 1, lead-ins anew below every heading; a title with fewer # than all others is none."""
    levels = [_hashes(text, marker.start) for marker in markers if marker.style is UNNUMBERED]
    has_title = len(levels) > 1 and markers[0].style is UNNUMBERED and 0 < levels[0] < min(n or 9 for n in levels[1:])
    sections = leads = 0
    numbered: list[Marker] = []
    for marker in markers[has_title:]:
        if marker.style is UNNUMBERED:
            sections, leads = sections + 1, 0
        else:
            leads += 1
        number = sections if marker.style is UNNUMBERED else leads
        numbered.append(Marker(marker.style, number, marker.start, marker.end, str(number)))
    return numbered


def _hashes(text: str, place: int) -> int:
    end = place
    while end < len(text) and text[end] == "#":
        end += 1
    return end - place


def _is_title_line(flat: FlatText, line: int, line_end: int) -> bool:
    whole = line in flat.paragraphs and (line_end in flat.paragraphs or line_end == len(flat.flat))
    return whole and 4 < line_end - line <= 30 and flat.folded[line_end - 1] not in SENTENCE_END
