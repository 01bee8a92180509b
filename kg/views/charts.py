"""Pictures drawn as SVG: plain shapes with classes for their colours, readable on paper, without a script.

A chart gives markup that holds no style of its own (the policy of a page forbids it); texts are escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kg.output import Label
from kg.views.page import LONGEST_NAME, short_name, shown

_ROW, _LETTER, _WIDTH = 26, 13, 760


MANY = 20
"""Columns of a heat map beyond which they stand closer."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, what it is made of as (class, number), whether it stands out, and what a click shows."""

    name: Label
    parts: Sequence[tuple[str, float]]
    strong: bool = False
    item: str = ""


def bars(rows: Sequence[Bar], *, unit: Label, name_letters: int = 21) -> Markup:
    """Give stacked horizontal bars with their totals, the longest filling the width."""
    left = name_letters * _LETTER
    most = max((sum(value for _, value in row.parts) for row in rows), default=0) or 1
    scale = (_WIDTH - left - 70) / most
    shapes = Markup("").join(_bar(row, number, left, scale, name_letters) for number, row in enumerate(rows))
    return _svg(_WIDTH, len(rows) * _ROW + 4, unit, shapes)


def _bar(row: Bar, number: int, left: int, scale: float, letters: int) -> Markup:
    top = number * _ROW
    at, shapes = float(left), []
    for kind, value in row.parts:
        if value:
            shapes.append(
                Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                    kind, _places(at), top + 4, _places(value * scale), _ROW - 9
                )
            )
            at += value * scale
    total = sum(value for _, value in row.parts)
    words = Markup('<text x="{}" y="{}" text-anchor="end" font-size="13"{}>{}</text>').format(
        left - 8, top + 18, Markup(' font-weight="700"') if row.strong else "", _cut(row.name, letters)
    )
    count = Markup('<text class="soft" x="{}" y="{}" font-size="12">{}</text>').format(
        _places(at + 6), top + 18, f"{total:g}"
    )
    parts = " · ".join(f"{value:g}" for _, value in row.parts)
    item = Markup(' data-item="{}" tabindex="0"').format(row.item) if row.item else ""
    title = Markup("<title>{}: {}</title>").format(short_name(row.name.zh), parts)
    return Markup("<g{}>{}{}{}{}</g>").format(item, title, words, Markup("").join(shapes), count)


def lorenz(values: Sequence[float], *, words: Label) -> Markup:
    """Give the Lorenz curve of ``values``: share of bodies (across) against share of what they carry (up)."""
    size, pad = 260, 34
    ordered = sorted(values)
    total = sum(ordered) or 1
    points, running = [(0.0, 0.0)], 0.0
    for number, value in enumerate(ordered, start=1):
        running += value
        points.append((number / len(ordered), running / total))
    line = " ".join(f"{_places(pad + x * size)},{_places(pad + (1 - y) * size)}" for x, y in points)
    frame = Markup('<rect class="rule" x="{0}" y="{0}" width="{1}" height="{1}"/>').format(pad, size)
    even = Markup('<line class="rule" x1="{0}" y1="{1}" x2="{1}" y2="{0}"/>').format(pad, pad + size)
    curve = Markup('<polyline class="curve" points="{}"/>').format(line)
    ticks = Markup("").join(
        Markup(
            '<text class="soft" x="{0}" y="{1}" font-size="11" text-anchor="middle">{2}%</text>'
            '<text class="soft" x="{3}" y="{4}" font-size="11" text-anchor="end">{2}%</text>'
        ).format(pad + size * p // 100, pad + size + 16, p, pad - 5, pad + size - size * p // 100 + 4)
        for p in (0, 50, 100)
    )
    return _svg(size + 2 * pad, size + 2 * pad, words, Markup("{}{}{}{}").format(frame, even, curve, ticks))


@dataclass(frozen=True, slots=True)
class Shade:
    """One cell of a heat map: its number, the share (0–1) that decides its shade, what a click shows."""

    value: int
    share: float
    item: str = ""


def heat(
    rows: Sequence[Label], columns: Sequence[Label], cells: Mapping[tuple[int, int], Shade], *, words: Label
) -> Markup:
    """Give a heat map; ``cells`` by (row, column), a pair without a cell is a gap and marked as one.

    Shades go by the share, so that a city with few actions can be compared with one that has many.
    """
    left, top, wide = 13 * _LETTER, 10 * _LETTER, 44 if len(columns) <= MANY else 28
    shades = max((cell.share for cell in cells.values()), default=0.0) or 1.0
    heads = Markup("").join(
        Markup('<text font-size="12" text-anchor="start" transform="translate({} {}) rotate(-50)">{}</text>').format(
            left + number * wide + wide // 2, top - 6, _cut(name, 12)
        )
        for number, name in enumerate(columns)
    )
    lines: list[Markup] = []
    for row, name in enumerate(rows):
        y = top + row * _ROW
        lines.append(
            Markup('<text x="{}" y="{}" text-anchor="end" font-size="12">{}</text>').format(
                left - 8, y + 17, _cut(name, 13)
            )
        )
        for column in range(len(columns)):
            lines.append(_cell(cells.get((row, column)), left + column * wide, y, wide, shades, name, columns[column]))
    width = left + len(columns) * wide + 5 * _LETTER
    return _svg(width, top + len(rows) * _ROW + 4, words, heads + Markup("").join(lines))


def _cell(cell: Shade | None, x: int, y: int, wide: int, most: float, row: Label, column: Label) -> Markup:
    if cell is None or not cell.value:
        return Markup('<text class="soft" x="{}" y="{}" text-anchor="middle" font-size="11">·</text>').format(
            x + wide // 2, y + 17
        )
    shade = 1 + min(4, int(5 * cell.share / most))
    item = Markup(' data-item="{}" tabindex="0"').format(cell.item) if cell.item else ""
    return Markup(
        '<g{}><title>{} · {}: {} ({:.1%})</title><rect class="shade{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="on{}" x="{}" y="{}" text-anchor="middle" font-size="12">{}</text></g>'
    ).format(
        item, short_name(row.zh), short_name(column.zh), cell.value, cell.share, shade, x + 1, y + 1, wide - 2,
        _ROW - 2, shade, x + wide // 2, y + 17, cell.value,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dot:
    """One promise in a dot plot: who made it, its number as a place and in words, its deadline, what a click shows."""

    name: Label
    value: float
    words: Label
    deadline: str
    draft: bool = False
    item: str = ""


def dots(rows: Sequence[Dot], *, words: Label) -> Markup:
    """Give one line a promise, its dot where its number is; the axis begins at 0 where that is near."""
    left, right = 11 * _LETTER, 170
    low, high = min(row.value for row in rows), max(row.value for row in rows)
    low = 0.0 if low >= 0 and (low <= 0.5 * high or low == high) else low
    span = (high - low) or 1.0
    lines = Markup("").join(
        _dot(row, number, left, left + (row.value - low) / span * (_WIDTH - left - right), _WIDTH - right)
        for number, row in enumerate(rows)
    )
    ends = Markup(
        '<text class="soft" x="{}" y="12" font-size="11">{:g}</text>'
        '<text class="soft" x="{}" y="12" font-size="11" text-anchor="end">{:g}</text>'
    ).format(left, low, _WIDTH - right, high)
    return _svg(_WIDTH, len(rows) * _ROW + 22, words, ends + lines)


def _dot(row: Dot, number: int, left: int, x: float, end: int) -> Markup:
    y = number * _ROW + 32
    item = Markup(' data-item="{}" tabindex="0"').format(row.item) if row.item else ""
    return Markup(
        '<g{}><title>{}: {}</title><text x="{}" y="{}" text-anchor="end" font-size="13">{}</text>'
        '<line class="rule" x1="{}" y1="{}" x2="{}" y2="{}"/><circle class="{}" cx="{}" cy="{}" r="6"/>'
        '<text x="{}" y="{}" font-size="12"><tspan>{}</tspan> <tspan class="soft">{}</tspan></text></g>'
    ).format(
        item, short_name(row.name.zh), short_name(row.words.zh), left - 10, y + 4, _cut(row.name, 12), left, y, end, y,
        "hollow" if row.draft else "target", _places(x), y, end + 12, y + 4, _both(row.words), shown(row.deadline),
    )  # fmt: skip


def _svg(width: int, height: int, words: Label, shapes: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">{}</svg>').format(
        width, height, width, short_name(f"{words.zh} / {words.en}"), shapes
    )


def _cut(name: Label, letters: int) -> Markup:
    """A name in both languages, cut to the width of so many Chinese characters; Latin letters take 4/7 of one."""
    zh, en = (
        escape(whole if len(whole) <= most else whole[: most - 1] + "…")
        for whole, most in ((short_name(name.zh), letters), (short_name(name.en), _latin(name.en, letters)))
    )
    return zh if zh == en else Markup('<tspan class="zh">{}</tspan><tspan class="en">{}</tspan>').format(zh, en)


def _both(words: Label) -> Markup:
    """Words in both languages, of which the page shows one."""
    return _cut(words, LONGEST_NAME)


def _latin(name: str, letters: int) -> int:
    return letters * 7 // 4 if name.isascii() else letters


def _places(value: float) -> str:
    return f"{value:.1f}"
