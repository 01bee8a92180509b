"""Where a clause may stand: brackets, also such as were never closed, and runs of labelled lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from loaders.conventions import LABEL, NOTE, VERB
from loaders.flat import FlatText
from loaders.names import ENDS_LIKE_BODY

LONGEST_CLAUSE = 900
LONGEST_DUE = 40
BRACKET = re.compile("[（）]")
NOT_IN_LIST = re.compile("各级|要|认真|应当|按照|贯彻|坚持|加强")


def bracket_groups(text: str, start: int, end: int, stops: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Outermost brackets of folded text, from bracket to bracket, and whether they are closed.

    A bracket still open at one of ``stops`` (sorted) ends there: plans lose brackets.
    """
    opened: list[int] = []
    closed: list[tuple[int, int, bool]] = []
    stop = iter(stops)
    boundary = next(stop, end)
    for match in BRACKET.finditer(text, start, end):
        place = match.start()
        while place >= boundary:
            yield from _unclosed(opened, closed, boundary)
            boundary = next(stop, len(text) + 1)
        if match[0] == "（":
            opened.append(place)
        elif opened:
            closed.append((opened.pop(), place + 1, True))
            if not opened:
                yield closed[-1]
                closed.clear()
    yield from _unclosed(opened, closed, min(boundary, end))


def _unclosed(opened: list[int], closed: list[tuple[int, int, bool]], boundary: int) -> Iterator[tuple[int, int, bool]]:
    """What is left of brackets where a unit ends: those never closed, up to there, and those closed inside them."""
    yield from ((place, boundary, False) for place in opened)
    yield from closed
    opened.clear()
    closed.clear()


def label_runs(flat: FlatText, start: int, end: int, stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of labelled lists outside brackets, not beyond a stop: 牵头单位：…。责任单位：…。完成时限：…。"""
    text = flat.folded
    reached = start
    for match in LABEL.finditer(text, start, end):
        if match.start() < reached or not _opens_label(flat, match.start(), start):
            continue
        last = stops[bisect_right(stops, match.start())] if stops[-1] > match.start() else end
        stop = _labelled_end(flat, match, last)
        while (following := LABEL.match(text, stop, last)) is not None:
            stop = _labelled_end(flat, following, last)
        reached = stop
        yield match.start(), stop


def _opens_label(flat: FlatText, place: int, start: int) -> bool:
    return place == start or place in flat.line_set or flat.folded[place - 1] in "。；）！？"


def _labelled_end(flat: FlatText, label: re.Match[str], end: int) -> int:
    """Where the list behind a label ends: at its full stop, or with the last line that still names bodies."""
    text = flat.folded
    stop = text.find("。", label.end(), min(end, label.end() + LONGEST_CLAUSE))
    following = LABEL.search(text, label.end(), min(end, label.end() + LONGEST_CLAUSE))
    limit = min(place for place in (stop + 1 or end, following.start() if following else end, end))
    if label.lastgroup in ("division", "person") or (label.lastgroup == "due" and limit - label.end() <= LONGEST_DUE):
        return limit
    _, line_end = flat.line_of(label.end() - 1)
    while line_end < limit and _goes_on(flat, label.end(), line_end, limit, label.lastgroup == "due"):
        _, line_end = flat.line_of(line_end)
    reached = min(line_end, limit)
    if reached < limit or text[reached - 1] != "。":
        remark = _remark_end(text, reached, end)
        return remark or reached
    return _remark_end(text, reached, end) or reached


def _remark_end(text: str, place: int, end: int) -> int | None:
    """The end of a remark on reading (分号前为牵头单位…；以下…不再列出) that follows a labelled list."""
    window = text[place : min(end, place + 200)]
    best = None
    if (
        rule := re.match(
            r"(?:注：)?(?:分号|逗号|顿号|排名|排列|列)[^。]{2,60}牵头[^。]{0,60}?(?:下同|$|。|(?=；以下)|(?=；下列))",
            window,
        )
    ) is not None:
        best = rule.end()
    if (note := NOTE.match(window, best or 0)) is not None:
        best = note.end()
    if best is not None and window[best : best + 1] == "。":
        best += 1
    return place + best if best is not None else None


def _goes_on(flat: FlatText, list_start: int, line_end: int, limit: int, is_due: bool) -> bool:
    """Whether a labelled list goes on in the line that begins at ``line_end``."""
    text = flat.folded
    before = text[line_end - 1]
    if before in "。":
        return False
    begin, _ = flat.line_of(line_end - 1)
    _, after = flat.line_of(line_end)
    line = text[line_end : min(after, limit)]
    listed = text[list_start:line_end]
    last = re.split("[、，；：]", listed)[-1]
    if before in "、，；和及与：（" or line[0] in "、，；）。等" or listed.count("（") > listed.count("）"):
        return True
    if VERB.match(line) is not None and ENDS_LIKE_BODY.search(last) is not None:
        return True
    full = line_end - begin >= flat.width
    first = re.split("[、，；。]", line, maxsplit=1)[0]
    complete = ENDS_LIKE_BODY.search(last) is not None
    if is_due or (complete and (not full or NOT_IN_LIST.match(first) is not None)):
        return False
    return ENDS_LIKE_BODY.search(last + first) is not None and len(last + first) <= 40
