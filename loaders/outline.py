"""The outline of an official document: markers, headings and what stands below them.

A marker style is a row of :data:`STYLES`. Numbering continuity decides between a heading and a number in a sentence:
a marker is believed where it continues a list or opens one, and where a line or a sentence begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
#: What may stand behind a sentence without making it a heading: a clause.
ONLY_CLAUSE = re.compile(r"[。；]?(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|[\u4e00-\u9fff]{2,8}：[^。]*)?[。；]?")
SENTENCE_END = frozenset("。！？；：")
CLOSING = frozenset("。！？；：）”》’")
OPEN_END = frozenset("，、（“《‘和与及或的")
WHOLE_WORD_END = re.compile("(?:参与|普及|涉及|目的|标的|总和)$")
SENTENCE_CLOSED = frozenset("。！？”）")
#: A short sentence that opens a paragraph and has others behind it: 服务更便捷。推进改革…
LEAD_IN_LINE = re.compile("[^。，]{3,16}。.")
GOES_ON = frozenset("“”《》）‘’，、；：")
CLOSES = frozenset("”’》")
#: A bracket that explains a heading, no clause.
GLOSS = re.compile("（(?![^（）]*(?:牵头|责任|负责|配合|单位|部门|局|委|厅|办))")
LONGEST_HEADING = 45
LONGEST_PLAIN_HEADING = 26
LONGEST_PRINTED_HEADING = 90
LONGEST_MEASURE = 1500
LONGEST_REST = 12
SHORTEST_HEADING = 6
LONGEST_TITLE_LINES = 3
#: Words that open a sentence: with one of them the text goes on behind a heading that lost its end mark.
OPENS_SENTENCE = re.compile("依托|立足|围绕|聚焦|支持|加快|推动|鼓励|充分|深入|大力|积极|全面|通过")
MOST_SKIPPED = 3

#: Headings that only name a part of the plan's form: what stands below belongs to the unit above them.
SCAFFOLD = re.compile(
    r"(?:主要|重点|具体|工作|改革|任务)?(?:任务|措施|举措|内容)(?:及(?:要求|措施|分工))?|"
    r"(?:工作|主要|具体|重点|改革)(?:任务|措施|举措|内容)|任务(?:措施|举措|清单)|推进举措|实施举措|创新举措"
)
GOAL_SCAFFOLD = re.compile(r"(?:工作|主要|总体|任务|具体|年度|发展|提升|改革|预期)*(?:目标|目标任务|任务目标)(?:要求)?")
#: Sections that say what for, not what to do.
GOAL_SECTION = re.compile(
    r"(?:总体|指导|基本|工作|主要|发展|预期|目标|建设|行动|改革|年度|具体|阶段|实施|攻坚|创建|提升|奋斗|推进|整治|活动)*"
    r"(?:(?<!工作)要求|目标|思想|思路|原则|总则|愿景|定位|背景|意义)"
    r"(?:[和与及、](?:总体|基本|主要|工作)*(?:要求|目标|思路|原则|任务目标))*"
)
ATTACHMENTS = re.compile(r"附件?(?:[：（1一]|$)")
CLOSING_LINE = re.compile(
    r"（由于篇幅|附件(?:[：:0-9一二三四五]|$)|附[：:]|抄送|主送|信息公开(?:选项|属性)|公开方式|（此件|（信息公开|（联系人|联系人[：:]|政策咨询"
)
#: From when the paper holds, and who explains it (本措施自2023年6月1日起施行): of no unit where it opens a line.
VALIDITY = re.compile(
    r"(?:本|以上|上述|各项?|各条)(?:实施|行动|若干|工作|政策|改革)?"
    r"(?:意见|办法|措施|方案|政策|举措|细则|规定|通知|条款|文件)"
    r"(?:自[^。]{2,24}(?:起|后)(?:施行|实施|执行|生效)|有效期|由[^。]{2,24}解释)"
)

#: The title of a plan in lines of its own, between two plans of one file.
PLAN_TITLE = re.compile(
    r"[^。，；：]{5,60}(?:计划|方案|意见|措施|要点|清单|规划|条例|办法|规定|纲要|细则|指引|举措|政策|安排)(?:（[^（）]{1,24}）)?"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One believed marker: ``start`` and ``end`` are flat places, ``printed`` the ref it gives."""

    style: MarkerStyle
    number: int
    start: int
    end: int
    printed: str


@dataclass(slots=True)
class Node:
    """One unit of the outline, with places in the flat text.

    ``heading`` is the stretch of its heading (or first sentence), ``own_end`` where its first child begins,
    ``end`` where it ends. ``alone`` says that a line break, not a full stop, ended the heading.
    """

    marker: Marker
    heading: tuple[int, int]
    body: int
    own_end: int
    end: int
    alone: bool
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    headed: bool = False

    @property
    def ref(self) -> str:
        """The outline path: markers as printed, joined by ``/``; scaffold headings leave no step."""
        steps = [node.marker.printed for node in self.path()]
        return "/".join(step for step in steps if step)

    def path(self) -> list[Node]:
        """The node and those above it, outermost first."""
        node: Node | None = self
        found: list[Node] = []
        while node is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    def last(self) -> Node:
        """The last unit below the node, itself where there is none."""
        return self.children[-1].last() if self.children else self

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class NumberingFault:
    """A place where the outline's numbers jump or repeat."""

    marker: Marker
    expected: int


@dataclass(frozen=True, slots=True)
class Outline:
    """``roots`` are the outermost units, ``start`` and ``end`` the flat stretch they cover.

    ``heads`` are the titles and preambles of further plans in the same file, which belong to no unit.
    """

    roots: tuple[Node, ...]
    start: int
    end: int
    faults: tuple[NumberingFault, ...]
    heads: tuple[tuple[int, int], ...] = ()

    def walk(self) -> Iterator[Node]:
        """All units in order."""
        for root in self.roots:
            yield from root.walk()


def read_outline(flat: FlatText, start: int, end: int) -> Outline:
    """The outline of ``flat`` between two flat places."""
    end = _attachment_list(flat, start, end)
    markers, faults = _believed_markers(flat, start, end)
    markers, faults = _mended(flat, markers, faults)
    if len(markers) < 2:
        markers, faults = _unnumbered_markers(flat, start, end), []
    stop = _outline_end(flat, markers, end)
    roots = _tree(flat, markers, stop)
    heads = tuple(_cut_heads(flat, roots))
    _cut_run_on(flat.folded, roots)
    _mark_headed(flat.folded, roots)
    return Outline(tuple(roots), markers[0].start if markers else stop, stop, tuple(faults), heads)


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
        if number == 0 or match.end() >= end or (at > start and at not in inline and _is_open(text, at)):
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


def _is_open(text: str, end: int) -> bool:
    """Whether the text before ``end`` breaks off: at an opening or joining character, but not at 参与 or 目的."""
    return text[end - 1] in OPEN_END and WHOLE_WORD_END.search(text, max(0, end - 2), end) is None


def _closes_labelled_list(text: str, at: int) -> bool:
    """Whether the line before ``at`` belongs to a labelled list (责任单位：…), which ends without a full stop."""
    begin = max(text.rfind("。", max(0, at - 300), at) + 1, at - 300, 0)
    return LABEL.match(text, begin) is not None


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


def _attachment_list(flat: FlatText, start: int, end: int) -> int:
    """Where a closing list of attachments begins (附件：1.… 2.…), behind which no sentence stands; else ``end``."""
    text = flat.folded
    last_stop = text.rfind("。", start, end)
    return next((line for line in flat.lines if last_stop < line < end and ATTACHMENTS.match(text, line, end)), end)


def _paragraph_end(flat: FlatText, place: int, end: int) -> int:
    """Where the paragraph of ``place`` ends; one broken off by a page goes on behind the break."""
    text = flat.folded
    ends = (
        line for line in flat.lines if place < line < end and line in flat.paragraphs and text[line - 1] in "。！？"
    )
    return next(ends, end)


def _outline_end(flat: FlatText, markers: Sequence[Marker], end: int) -> int:
    """Where the last unit ends: before attachments, imprint and signature."""
    if not markers:
        return end
    last = markers[-1].end
    if markers[-1].style is LEAD_IN:
        return _paragraph_end(flat, last, end)
    lines = [line for line in flat.lines if last < line < end]
    for index, line in enumerate(lines):
        line_end = lines[index + 1] if index + 1 < len(lines) else end
        text = flat.folded[line:line_end]
        alone = line_end == end and flat.folded[line - 1] in "。）" and SIGNATURE.fullmatch(text)
        closes = CLOSING_LINE.match(text) or VALIDITY.match(flat.folded, line, end)
        if closes or alone or _is_signature(text, flat.folded[line_end : line_end + 16]):
            return line
    return end


SIGNATURE = re.compile(r"[\u4e00-\u9fff]{2,24}(?:人民政府|办公室|办公厅|委员会|领导小组|局|厅)(?:（代章）)?$")
DATE_START = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def _is_signature(line: str, following: str) -> bool:
    return bool(SIGNATURE.fullmatch(line) and DATE_START.match(following))


def _tree(flat: FlatText, markers: Sequence[Marker], end: int) -> list[Node]:
    roots: list[Node] = []
    stack: list[Node] = []
    markers = [marker for marker in markers if marker.start < end]
    starts = [*(marker.start for marker in markers), end]
    for marker, own_end in zip(markers, starts[1:], strict=True):
        heading_start, heading_end, body, alone = _heading(flat, marker, own_end)
        node = Node(marker, (heading_start, heading_end), body, own_end, end, alone)
        while stack and stack[-1].marker.style.rank >= marker.style.rank:
            stack.pop().end = marker.start
        if stack:
            node.parent = stack[-1]
            stack[-1].children.append(node)
        else:
            roots.append(node)
        stack.append(node)
    return roots


def _cut_heads(flat: FlatText, roots: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Take the heads of further plans, before numbering that starts anew, out of the units they stand behind."""
    for root, following in pairwise(roots):
        anew = following.marker.number == 1 and following.marker.style is root.marker.style
        last = root.last()
        if anew and (begin := _plan_head(flat, last.body, following.marker.start)) is not None:
            for node in last.path():
                node.end = begin
            last.own_end = begin
            yield begin, following.marker.start


def _plan_head(flat: FlatText, start: int, end: int) -> int | None:
    """Where the title of the next plan stands in lines of its own, or the closing formula before it."""
    lines = [*(line for line in flat.lines if start < line < end), end]
    for index, line in enumerate(lines[:-1]):
        stops = lines[index + 1 : index + 1 + LONGEST_TITLE_LINES]
        if flat.folded[line - 1] in SENTENCE_CLOSED and (
            VALIDITY.match(flat.folded, line, end) or any(PLAN_TITLE.fullmatch(flat.folded, line, s) for s in stops)
        ):
            return line
    return None


def _heading(flat: FlatText, marker: Marker, limit: int) -> tuple[int, int, int, bool]:
    """Start and end of the heading, start of the body, and whether a line break ended the heading."""
    text = flat.folded
    begin = marker.end
    _, line_end = flat.line_of(marker.start)
    line_end = min(line_end, limit)
    stop = _full_stop(text, begin, min(limit, begin + 4 * LONGEST_PRINTED_HEADING))
    # A heading that fills its line, or breaks off in it, goes on in the next one.
    line_start = marker.start
    while stop is None or stop >= line_end:
        full = line_end - line_start >= flat.width and line_end not in flat.paragraphs
        broken = line_end <= begin or _breaks_off(flat, line_end, stop)
        if line_end >= limit or not (full or broken) or (stop is None and line_end - begin > LONGEST_PRINTED_HEADING):
            break
        _, after = flat.line_of(line_end)
        if after - line_start > flat.longest:
            line_start = line_end
        line_end = min(after, limit)
    if (stop is None or stop >= line_end) and marker.style is not INLINE:
        return begin, max(line_end, begin), line_end, True
    if stop is None or stop >= limit:
        return begin, limit, limit, True
    return begin, stop, stop + 1, False


def _breaks_off(flat: FlatText, line_end: int, stop: int | None) -> bool:
    """Whether a heading goes on behind ``line_end``: PDF lines break at punctuation and at quotation marks."""
    text = flat.folded
    if _is_open(text, line_end) or text[line_end : line_end + 1] in GOES_ON or GLOSS.match(text, line_end):
        return True
    little_left = stop is not None and stop - line_end <= LONGEST_REST and line_end not in flat.paragraphs
    return text[line_end - 1] in CLOSES and little_left


def _full_stop(text: str, start: int, end: int) -> int | None:
    """The first sentence end outside brackets and quotation marks."""
    depth = 0
    for place in range(start, end):
        character = text[place]
        if character in "（“《":
            depth += _closed_before_stop(text, place, end)
        elif character in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and character in "。！？":
            return place
    return None


_CLOSES = dict(zip("（“《", "）”》", strict=True))


def _closed_before_stop(text: str, place: int, end: int) -> bool:
    """Whether the bracket or quotation mark opened at ``place`` is closed again soon: plans lose closing marks."""
    closing = text.find(_CLOSES[text[place]], place, min(end, place + 60))
    again = text.find(text[place], place + 1, end)
    return closing >= 0 and (text[place] != "“" or again < 0 or closing < again)


def _cut_run_on(text: str, roots: Sequence[Node]) -> None:
    """Cut headings that run on into their text because the end mark is lost, where those beside them are short."""
    for group in (roots, *(node.children for root in roots for node in root.walk())):
        lengths = sorted(node.heading[1] - node.heading[0] for node in group)
        if not lengths or lengths[len(lengths) // 2] > LONGEST_PLAIN_HEADING:
            continue
        for node in group:
            begin, end = node.heading
            comma = text.find("，", begin, end)
            opens = OPENS_SENTENCE.search(text, begin + SHORTEST_HEADING, comma if comma >= 0 else end)
            if end - begin > LONGEST_HEADING and opens is not None:
                node.heading, node.body = (begin, opens.start()), opens.start()


def _mark_headed(text: str, roots: Sequence[Node]) -> None:
    """Decide, for every style of the document, whether its units have headings of their own or are sentences."""
    votes: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    siblings: dict[tuple[int, str], list[bool]] = defaultdict(list)
    nodes = [node for root in roots for node in root.walk()]
    for node in nodes:
        length = node.heading[1] - node.heading[0]
        followed = bool(node.children) or ONLY_CLAUSE.fullmatch(text, node.body, node.own_end) is None
        vote = votes[node.marker.style.name]
        sentence_like = length > LONGEST_PLAIN_HEADING and "，" in text[node.heading[0] : node.heading[1]]
        siblings[id(node.parent), node.marker.style.name].append(
            length > LONGEST_HEADING or sentence_like or not followed
        )
        if length > LONGEST_HEADING or sentence_like:
            vote[1] += 1
        elif followed:
            vote[0] += 1 if not node.alone or node.children or node.own_end - node.body > 20 else 0.5
        else:
            vote[1] += 0.5
    for node in nodes:
        headed, plain = votes[node.marker.style.name]
        always = node.marker.style.rank in (0, 1, 2, 9)
        group = siblings[id(node.parent), node.marker.style.name]
        sentences = len(group) > 1 and all(group)
        by_vote = always or node.parent is None or (headed > plain and not sentences)
        node.headed = by_vote and node.marker.style is not INLINE


def is_goal(heading: str) -> bool:
    """Whether a heading opens a section of aims (总体要求, 工作目标 …)."""
    return GOAL_SECTION.fullmatch(heading) is not None


def is_scaffold(heading: str) -> bool:
    """Whether a heading names only a part of the form (工作举措, 主要任务 …)."""
    return SCAFFOLD.fullmatch(heading) is not None


def is_goal_scaffold(heading: str) -> bool:
    """Whether a heading inside an action opens its aims (目标任务)."""
    return GOAL_SCAFFOLD.fullmatch(heading) is not None


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """The flat places just after each sentence of ``text[start:end]``: at 。 outside brackets, and at the end."""
    ends: list[int] = []
    depth = 0
    for place in range(start, end):
        character = text[place]
        if character in "（《":
            depth += 1
        elif character in "）》":
            depth = max(0, depth - 1)
        elif character == "。" and depth == 0:
            after = place + 1
            while after < end and text[after] in "”’":
                after += 1
            ends.append(after)
    if not ends or ends[-1] < end:
        ends.append(end)
    return ends


def node_at(nodes: Sequence[Node], starts: Sequence[int], place: int) -> Node | None:
    """The deepest unit that holds ``place``; ``nodes`` in order with ``starts`` their places."""
    index = bisect_right(starts, place) - 1
    node: Node | None = nodes[index] if index >= 0 else None
    while node is not None and place >= node.end:
        node = node.parent
    return node
