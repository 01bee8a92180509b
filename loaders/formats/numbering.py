"""The numbers that Word prints before paragraphs of lists; they stand nowhere in the text of the file.

ISO/IEC 29500-1, 17.9: a paragraph (or its style) names a list (``numId``) and a level; the list points to an abstract
one with nine levels, each with a format, a start and a pattern such as ``（%1）``, and can override starts and levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.formats.xml import children, first, value

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def counted(number: int, digits: str = _DIGITS, tens: str = "十百千", zero: str = "零", one_ten: str = "") -> str:
    """A number below 10,000 in Chinese words: 十二, 二十, 一百零五. ``one_ten`` stands before 十 in 10 to 19."""
    if number == 0:
        return zero
    printed = ""
    pending = False
    figures = str(number)
    for place, figure in enumerate(figures):
        power = len(figures) - place - 1
        if figure == "0":
            pending = bool(printed)
            continue
        printed += zero if pending else ""
        pending = False
        leading_ten = power == 1 and figure == "1" and not printed
        printed += (one_ten if leading_ten else digits[int(figure)]) + (tens[power - 1] if power else "")
    return printed


def _chinese_counting(number: int) -> str:
    return counted(number) if number < 100 else _figures(number)


def _figures(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _japanese(number: int) -> str:
    return re.sub("一(?=[十百千])", "", counted(number, zero=""))


def _roman(number: int) -> str:
    printed = ""
    for worth, letters in _ROMAN:
        while number >= worth:
            printed, number = printed + letters, number - worth
    return printed


def _letter(number: int) -> str:
    """A … Z, AA, BB … as Word counts."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    for begin, last in ((1, 0x2460), (21, 0x3251), (36, 0x32B1)):
        if begin <= number < begin + (20 if begin == 1 else 15):
            return chr(last + number - begin)
    return str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


#: Formats of levels (ST_NumberFormat). What a program prints as one small sign (⒈, ⑴, ㊀) is written out.
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": str,
    "decimalFullWidth2": str,
    "decimalHalfWidth": str,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "ordinal": lambda number: f"{number}.",
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": counted,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": _japanese,
    "koreanDigital2": _japanese,
    "ideographDigital": _figures,
    "japaneseDigitalTenThousand": _figures,
    "taiwaneseDigital": _figures,
    "chineseLegalSimplified": lambda number: counted(number, _LEGAL, "拾佰仟", one_ten="壹"),
    "ideographLegalTraditional": lambda number: counted(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟", one_ten="壹"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "ideographEnclosedCircle": lambda number: f"（{counted(number)}）",
    "bullet": lambda number: "",
    "none": lambda number: "",
}


def number_in(form: str, number: int) -> str:
    """A number as Word prints it in a format; an unknown format counts in Arabic figures, as Word does."""
    return _FORMATS.get(form, str)(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``restart`` is the level after which it begins anew (None: any above it; -1: never)."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it: its abstract list, its levels and the starts it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: _Element | None) -> Numbering:
        """The lists of ``numbering.xml``."""
        if root is None:
            return cls()
        abstract = {value(each, "abstractNumId", own=True) or "": each for each in children(root, "abstractNum")}
        by_style = {value(each, "styleLink"): each for each in abstract.values() if value(each, "styleLink")}
        lists: dict[str, _List] = {}
        for num in children(root, "num"):
            key = value(num, "abstractNumId") or ""
            definition = abstract.get(key)
            if definition is None:
                continue
            definition = by_style.get(value(definition, "numStyleLink"), definition)
            levels = dict(_level(each) for each in children(definition, "lvl"))
            starts: dict[int, int] = {}
            for override in children(num, "lvlOverride"):
                depth = _whole(value(override, "ilvl", own=True), 0)
                levels |= dict(_level(each) for each in children(override, "lvl"))
                if (start := value(override, "startOverride")) is not None:
                    starts[depth] = _whole(start, 1)
            lists[value(num, "numId", own=True) or ""] = _List(key, levels, starts)
        return cls(lists)

    def level_of_style(self, num: str, style: str) -> int | None:
        """The level of a list that is tied to a style."""
        found = self._lists.get(num)
        return next((depth for depth, level in found.levels.items() if level.style == style), None) if found else None

    def next(self, num: str, depth: int) -> str:
        """What is printed before the next paragraph of a list at a level; empty where the list is unknown."""
        found = self._lists.get(num)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        if not found.begun:
            found.begun = True
            for each in found.starts:
                counts[each] = None
        here = counts[depth]
        counts[depth] = self._start(found, depth) if here is None else here + 1
        for below in range(depth + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or (restart >= 0 and depth < restart):
                counts[below] = None
        return self._printed(found, counts, depth)

    def _start(self, found: _List, depth: int) -> int:
        return found.starts.get(depth, found.levels.get(depth, Level()).start)

    def _printed(self, found: _List, counts: list[int | None], depth: int) -> str:
        level = found.levels[depth]

        def number(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            reached = counts[above]
            form = found.levels.get(above, Level()).form
            decimal = level.legal and form not in ("bullet", "none")
            return number_in("decimal" if decimal else form, self._start(found, above) if reached is None else reached)

        return "" if level.form == "bullet" else re.sub(r"%([1-9])", number, level.pattern)


def _level(element: _Element) -> tuple[int, Level]:
    restart = value(element, "lvlRestart")
    form = value(element, "numFmt") or _alternate_format(element) or "decimal"
    legal = first(element, "isLgl")
    return _whole(value(element, "ilvl", own=True), 0), Level(
        start=_whole(value(element, "start"), 1),
        form=form,
        pattern=value(element, "lvlText") or "",
        restart=None if restart is None else (-1 if restart == "0" else _whole(restart, 0)),
        legal=legal is not None and value(element, "isLgl") not in ("0", "false"),
        style=value(element, "pStyle"),
    )


def _alternate_format(element: _Element) -> str | None:
    """The format behind ``mc:AlternateContent``, which newer ones are wrapped in: its fallback."""
    wrapped = first(element, "AlternateContent")
    fallback = first(wrapped, "Fallback") if wrapped is not None else None
    return value(fallback, "numFmt") if fallback is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    """A number as written in an attribute; ``otherwise`` where it makes no sense."""
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else otherwise
