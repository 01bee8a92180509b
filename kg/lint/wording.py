"""Damage in the text: words printed twice, marks that do not close, what a word processor left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from kg.lint.plan import Plan
from ontology.records import Finding

#: What Word and converters leave in a text: broken references, fields, bookmarks, markup.
_LEFTOVER = re.compile(
    r"错误[!！](?:未|找不到|不能|文档中)[\u4e00-\u9fff]{2,12}"
    r"|Error!(?:Bookmarknotdefined|Referencesourcenotfound|Nobookmarknamegiven)"
    r"|\[bookmark:[^\[\]]{0,40}\]|HYPERLINK\\?[\"“l]|PAGEREF_Toc\d+|_Toc\d{6,}|\\\*MERGEFORMAT|\{\\rtf1"
    r"|&(?:nbsp|lt|gt|amp|quot);|</?(?:p|br|span|div|td|tr|table|font)(?:/?>|[a-z]+=[^<>]{0,80}>)"
)


def leftovers(plan: Plan) -> Iterator[Finding]:
    """What a word processor or converter left in the text."""
    for match in _LEFTOVER.finditer(plan.flat.flat):
        yield plan.around("leftover-code", *match.span(), word=match[0])


#: Words of three and more characters twice in a row, small words that never stand twice, marks that exclude each other.
_DOUBLED = (
    re.compile(r"([\u4e00-\u9fff]{3,12})\1"),
    re.compile(
        r"(?<![目标有众])(的)\1|(将)\2(?![来军士])|(和)\3(?![谐平美睦解])|(与)\4(?![会时国民])|(及)\5(?![时早格])"
    ),
    re.compile(r"([，、；。：])[，、；。]"),
)
_RIGHTLY_TWICE = re.compile(r"^(?:.*[一二三四五六七八九十].*|(.)\1*)$")


def doubled_words(plan: Plan) -> Iterator[Finding]:
    """Words and punctuation marks printed twice in a row, within a paragraph."""
    text, starts = plan.flat.folded, plan.flat.line_set
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _DOUBLED):
        middle = (match.start() + match.end()) // 2
        if middle in starts or (len(match[0]) > 2 and _RIGHTLY_TWICE.match(match[1])):
            continue
        yield plan.around("doubled-words", *match.span(), word=match[0])


# ------------------------------------------------------------------------------------------------ marks that close

_CLOSING = {"）": "（", "》": "《", "”": "“", "】": "【", "』": "『", "」": "「"}
_OPENING = frozenset(_CLOSING.values())
#: Quotation marks without a direction close what is open.
_STRAIGHT = frozenset('"＂')
_FARTHEST = {"（": 400, "“": 120, "《": 120}
_NUMBER_BEFORE = re.compile(r"(?:^|[^\d（])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")


def unbalanced_marks(plan: Plan) -> Iterator[Finding]:
    """Brackets and quotation marks that open or close alone, within one unit of the outline."""
    text = plan.flat.folded
    bounds = [0, *plan.unit_starts, len(text)]
    for start, end in pairwise(bounds):
        for place in _alone(text, start, end):
            yield plan.around("unbalanced-marks", place, place + 1, mark=plan.flat.flat[place])


def _alone(text: str, start: int, end: int) -> Iterator[int]:
    opened: list[int] = []
    for place in range(start, end):
        mark = text[place]
        if mark in _OPENING:
            opened.append(place)
        elif mark in _STRAIGHT:
            if opened and text[opened[-1]] == "“":
                opened.pop()
        elif mark in _CLOSING:
            wanted = _CLOSING[mark]
            while opened and (text[opened[-1]] != wanted or place - opened[-1] > _FARTHEST.get(wanted, 120)):
                if not any(text[other] == wanted for other in opened):
                    break
                yield opened.pop()
            if opened and text[opened[-1]] == wanted:
                opened.pop()
            elif not (mark == "）" and _NUMBER_BEFORE.search(text, max(start, place - 4), place)):
                yield place
    yield from opened
