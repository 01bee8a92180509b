"""The outline of an official document: units with headings, and what stands below them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.flat import FlatText
from loaders.markers import (
    INLINE,
    LEAD_IN,
    LONGEST_PRINTED_HEADING,
    SENTENCE_CLOSED,
    Marker,
    NumberingFault,
    is_open,
    read_markers,
)

#: What may stand behind a sentence without making it a heading: a clause.
ONLY_CLAUSE = re.compile(r"[。；]?(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|[\u4e00-\u9fff]{2,8}：[^。]*)?[。；]?")
GOES_ON = frozenset("“”《》）‘’，、；：")
CLOSES = frozenset("”’》")
#: A bracket that explains a heading, no clause.
GLOSS = re.compile("（(?![^（）]*(?:牵头|责任|负责|配合|单位|部门|局|委|厅|办))")
LONGEST_HEADING = 45
LONGEST_PLAIN_HEADING = 26
LONGEST_REST = 12
SHORTEST_HEADING = 6
LONGEST_TITLE_LINES = 3
#: Words that open a sentence: with one of them the text goes on behind a heading that lost its end mark.
OPENS_SENTENCE = re.compile("依托|立足|围绕|聚焦|支持|加快|推动|鼓励|充分|深入|大力|积极|全面|通过")
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
    markers, faults = read_markers(flat, start, end)
    stop = _outline_end(flat, markers, end)
    roots = _tree(flat, markers, stop)
    heads = tuple(_cut_heads(flat, roots))
    _cut_run_on(flat.folded, roots)
    _mark_headed(flat.folded, roots)
    return Outline(tuple(roots), markers[0].start if markers else stop, stop, tuple(faults), heads)


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
    if is_open(text, line_end) or text[line_end : line_end + 1] in GOES_ON or GLOSS.match(text, line_end):
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
