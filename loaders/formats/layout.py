"""The geometry of a page: characters to lines, lines to columns, ruling lines to cells.

Places are in points from the top left corner; ``top`` is smaller than ``bottom``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from loaders.formats.source import CellText
from loaders.header import column_kind
from loaders.names import is_body, is_clear_body

SNAP = 2.5
SHORTEST_COLUMN = 8
GUTTER = 1.2
COLUMN_GAP = 0.6
ROW_GAP = 1.35
#: The column of a cell that fills its row: a section between the rows.
WHOLE_ROW = -1
LONGEST_WHOLE_ROW = 26
LONGEST_HEADER_LINE = 60


class Char(NamedTuple):
    """A printed character: its box, its base line, and the height of its box, near the size of its font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one base line. ``block`` numbers the columns of a page in reading order.

    ``chars`` are dropped (:meth:`settled`) once nothing is to be cut out of the line: a long document has millions.
    """

    left: float
    right: float
    base: float
    size: float
    text: str
    chars: tuple[Char, ...]
    block: int = 0

    @classmethod
    def of(cls, chars: Sequence[Char], block: int = 0) -> Line:
        """The line of some characters, which are in order from the left."""
        size = sorted(char.size for char in chars)[len(chars) // 2]
        return cls(chars[0].left, chars[-1].right, chars[0].base, size, _words(chars), tuple(chars), block)

    def settled(self) -> Line:
        """The line without the places of its characters."""
        return replace(self, chars=())

    def pieces(self, gap: float) -> list[Line]:
        """The line cut where nothing is printed over ``gap`` times its size."""
        found: list[list[Char]] = [[self.chars[0]]]
        for before, char in pairwise(self.chars):
            if char.left - before.right > gap * self.size:
                found.append([])
            found[-1].append(char)
        return [self] if len(found) == 1 else [Line.of(chars, self.block) for chars in found]


def _words(chars: Sequence[Char]) -> str:
    """What characters say; a space only where one stands between Latin words."""
    parts = [chars[0].text]
    for before, char in pairwise(chars):
        if char.left - before.right > 0.2 * char.size and before.text.isascii() and char.text.isascii():
            parts.append(" " if before.text.isalnum() and char.text.isalnum() else "")
        parts.append(char.text)
    return "".join(parts)


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Characters put into lines by their base lines, from the top; what was drawn twice (bold) stands once."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=_base):
        if lines and char.base - lines[-1][0].base < 0.35 * min(char.size, lines[-1][0].size):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [Line.of(_once(sorted(line, key=_left))) for line in lines]


def _left(char: Char) -> float:
    return char.left


def _base(char: Char) -> float:
    return char.base


def _once(chars: Sequence[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in chars:
        at = len(kept) - 1
        while at >= 0 and char.left - kept[at].left < 0.25 * char.size and kept[at].text != char.text:
            at -= 1
        if at < 0 or char.left - kept[at].left >= 0.25 * char.size:
            kept.append(char)
    return kept


def columns_of(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order: where a page has two columns, the left one before the right one.

    A line that crosses the gutter (a title) divides what stands above it from what stands below.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    block = 0

    def close() -> None:
        nonlocal block
        for side in sides:
            ordered.extend(replace(line, block=block) for line in side)
            block += bool(side)
            side.clear()

    for line in lines:
        left = [char for char in line.chars if (char.left + char.right) / 2 < gutter]
        right = [char for char in line.chars if (char.left + char.right) / 2 >= gutter]
        if left and right and right[0].left - left[-1].right < 0.5 * line.size:
            close()
            ordered.append(replace(line, block=block))
            block += 1
            continue
        for side, chars in zip(sides, (left, right), strict=True):
            if chars:
                side.append(Line.of(chars))
    close()
    return ordered


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the space between two columns stands, or None."""
    if len(lines) < SHORTEST_COLUMN:
        return None
    begin, end = min(line.left for line in lines), max(line.right for line in lines)
    middle = (begin + end) / 2
    votes = crossing = 0
    places: list[float] = []
    for line in lines:
        if not (line.left < middle < line.right):
            continue
        gaps = [
            (before.right, char.left)
            for before, char in pairwise(line.chars)
            if char.left - before.right > GUTTER * line.size
            and abs((before.right + char.left) / 2 - middle) < 0.1 * (end - begin)
        ]
        if len(gaps) == 1 and len(line.pieces(GUTTER)) == 2:
            votes += 1
            places.append((gaps[0][0] + gaps[0][1]) / 2)
        else:
            crossing += 1
    if votes < SHORTEST_COLUMN or votes < 3 * crossing:
        return None
    return sorted(places)[len(places) // 2]


# ------------------------------------------------------------------------------------------------ tables


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page: where it stands, its cells and how many columns it has."""

    top: float
    bottom: float
    cells: list[CellText]
    width: int

    def on(self, page: int) -> Grid:
        """The table with its page in every cell."""
        return replace(self, cells=[replace(cell, page=page) for cell in self.cells])

    def continued(self, other: Grid) -> Grid:
        """This table with the one at the head of the next page behind it; a row that the page broke is made whole."""
        height = max((cell.row + cell.rows for cell in self.cells), default=0)
        broken = self._breaks_off(other)
        cells = {(cell.row, cell.column): cell for cell in self.cells}
        last = {cell.column: corner for corner, cell in cells.items() if cell.row + cell.rows == height}
        for cell in other.cells:
            if broken and cell.row == 0 and (corner := last.get(cell.column)) is not None:
                cells[corner] = replace(cells[corner], text=cells[corner].text + cell.text)
            else:
                row = cell.row + height - broken
                cells[row, cell.column] = replace(cell, row=row)
        return replace(self, cells=list(cells.values()))

    def _breaks_off(self, other: Grid) -> bool:
        """Whether the first row of ``other`` goes on from the last of this: the column of numbers is empty in it."""
        numbers = {cell.column for cell in self.cells if column_kind(cell.text) == "number"}
        first = [cell for cell in other.cells if cell.row == 0]
        whole = any(cell.columns * 2 > self.width for cell in first)
        return bool(numbers and first) and not whole and not any(cell.column in numbers for cell in first)


@dataclass(slots=True)
class Frame:
    """Ruling lines that hang together: where columns and rows are divided, and which pieces of lines are drawn."""

    columns: list[float]
    rows: list[float]
    flat: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.rows[-1]

    def holds(self, char: Char) -> bool:
        """Whether a character stands inside."""
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        return self.columns[0] - 1 < x < self.columns[-1] + 1 and self.rows[0] - 1 < y < self.rows[-1] + 1

    def lays_out(self, cells: Sequence[CellText]) -> bool:
        """Whether it is only a box around text: one column, or one row of two (a row of more goes on from a table)."""
        columns = {cell.column for cell in cells if cell.text}
        rows = {cell.row for cell in cells if cell.text}
        return len(columns) < 2 or (len(rows) < 2 and len(self.columns) < 4)


def grids(flat: Sequence[tuple[float, float, float]], upright: Sequence[tuple[float, float, float]]) -> list[Frame]:
    """The frames that ruling lines form: at least two columns and a row."""
    parent = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    order = sorted(range(len(upright)), key=lambda at: upright[at][0])
    xs = [upright[at][0] for at in order]
    for i, (y, left, right) in enumerate(flat):
        for position in range(bisect_right(xs, left - SNAP), bisect_right(xs, right + SNAP)):
            at = order[position]
            _, top, bottom = upright[at]
            if top - SNAP <= y <= bottom + SNAP:
                parent[root(i)] = root(len(flat) + at)
    members: dict[int, tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]] = defaultdict(
        lambda: ([], [])
    )
    for i, rule in enumerate(flat):
        members[root(i)][0].append(rule)
    for i, rule in enumerate(upright):
        members[root(len(flat) + i)][1].append(rule)
    found = []
    for flats, uprights in members.values():
        columns, rows = _snapped(x for x, _, _ in uprights), _snapped(y for y, _, _ in flats)
        # Tables in three-line style have no lines at their sides; one that a page cuts none above or below.
        if columns and rows:
            columns = _snapped([*columns, min(left for _, left, _ in flats), max(right for _, _, right in flats)])
            rows = _snapped([*rows, min(top for _, top, _ in uprights), max(bottom for _, _, bottom in uprights)])
        if len(columns) > 2 and len(rows) > 1:
            found.append(Frame(columns, rows, flats, uprights))
    return sorted(found, key=lambda frame: frame.top)


def _snapped(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > SNAP:
            kept.append(place)
    return kept


def ruled_cells(frame: Frame, chars: Sequence[Char]) -> list[CellText]:
    """The cells of a frame: squares without a line between them are one."""
    width, height = len(frame.columns) - 1, len(frame.rows) - 1
    divided_right = {
        (row, column)
        for row in range(height)
        for column in range(width - 1)
        if _drawn(frame.upright, frame.columns[column + 1], frame.rows[row], frame.rows[row + 1])
    }
    divided_below = {
        (row, column)
        for row in range(height - 1)
        for column in range(width)
        if _drawn(frame.flat, frame.rows[row + 1], frame.columns[column], frame.columns[column + 1])
    }
    corner: dict[tuple[int, int], tuple[int, int]] = {}
    extent: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in corner:
                continue
            right, below = column, row
            while right + 1 < width and (row, right) not in divided_right and (row, right + 1) not in corner:
                right += 1
            while below + 1 < height and all((below, x) not in divided_below for x in range(column, right + 1)):
                below += 1
            extent[row, column] = (below - row + 1, right - column + 1)
            for y in range(row, below + 1):
                for x in range(column, right + 1):
                    corner.setdefault((y, x), (row, column))
    held: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        column = min(max(bisect_right(frame.columns, (char.left + char.right) / 2) - 1, 0), width - 1)
        row = min(max(bisect_right(frame.rows, (char.top + char.bottom) / 2) - 1, 0), height - 1)
        held[corner[row, column]].append(char)
    return [
        CellText(row, column, cell_text(lines_of(inside)), *extent[row, column])
        for (row, column), inside in sorted(held.items())
    ]


def _drawn(rules: Sequence[tuple[float, float, float]], place: float, begin: float, end: float) -> bool:
    """Whether a line is drawn at a place along most of a stretch."""
    covered = sum(max(0.0, min(stop, end) - max(start, begin)) for at, start, stop in rules if abs(at - place) <= SNAP)
    return covered > 0.6 * (end - begin)


def cell_text(lines: Sequence[Line]) -> str:
    """The text of a cell: full lines joined; a line end stays where a line ends before its time or between bodies."""
    if not lines:
        return ""
    right = max(line.right for line in lines)
    parts: list[str] = []
    texts = [line.text for line in lines]
    for line, text, following in zip(lines, texts, [*texts[1:], ""], strict=True):
        apart = is_body(text.split("、")[-1]) and is_clear_body(following.split("、")[0])
        parts += [text, "" if line.right > right - 1.1 * line.size and not apart else "\n"]
    return "".join(parts).strip("\n")


def is_header(line: Line) -> bool:
    """Whether a line reads as the header of a table: three pieces and more, most of them known as headers."""
    if len(line.text) > LONGEST_HEADER_LINE:
        return False
    kinds = [column_kind(piece.text) for piece in line.pieces(COLUMN_GAP)]
    return len(kinds) > 2 and sum(kind is not None for kind in kinds) * 3 >= 2 * len(kinds)


def plain_tables(lines: Sequence[Line]) -> tuple[list[Line], list[Grid]]:
    """Tables without ruling lines: what stands in columns below a line of headers; and the lines outside them."""
    for at, line in enumerate(lines):
        if not is_header(line):
            continue
        heads = line.pieces(COLUMN_GAP)
        body = [below for below in lines[at:] if below.block == line.block]
        edges = _column_edges(heads, body[1:])
        if edges is None:
            continue
        inside, rows = _plain_rows(body, edges)
        if len(rows) < 2:
            continue
        taken = {id(each) for each in inside}
        above = [each for each in lines if id(each) not in taken]
        cells = [
            CellText(number, max(column, 0), text, 1, len(edges) + 1 if column == WHOLE_ROW else 1)
            for number, row in enumerate(rows)
            for column, held in sorted(row.items())
            if (text := cell_text(held))
        ]
        return above, [Grid(inside[0].base - inside[0].size, inside[-1].base, cells, len(edges) + 1)]
    return list(lines), []


def _column_edges(heads: Sequence[Line], below: Sequence[Line]) -> list[float] | None:
    """Where columns are divided: in the space that no piece of the lines below covers, one between two headers."""
    cut = (line.pieces(COLUMN_GAP) for line in below)
    pieces = [piece for found in cut if len(found) > 1 for piece in found]
    edges: list[float] = []
    for one, other in pairwise(heads):
        begin, end = one.left, other.right
        crossing = [
            (max(piece.left, begin), min(piece.right, end))
            for piece in pieces
            if piece.right > begin and piece.left < end
        ]
        free = _free([*crossing, (one.left, one.right), (other.left, other.right)])
        middle = (one.right + other.left) / 2
        if not free:
            return None
        edges.append(min((abs((a + b) / 2 - middle), (a + b) / 2) for a, b in free)[1])
    return edges


def _free(taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spaces between intervals, the wider ones only."""
    found: list[tuple[float, float]] = []
    reached: float | None = None
    for begin, end in sorted(taken):
        if reached is not None and begin - reached > 2:
            found.append((reached, begin))
        reached = end if reached is None else max(reached, end)
    return found


def _plain_rows(body: Sequence[Line], edges: Sequence[float]) -> tuple[list[Line], list[dict[int, list[Line]]]]:
    """The lines of a table and its rows: a row begins behind a wider space, or with a cell in the first column."""
    gaps = sorted(b.base - a.base for a, b in pairwise(body))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    inside: list[Line] = []
    rows: list[dict[int, list[Line]]] = []
    for line in body:
        held: dict[int, list[Line]] = defaultdict(list)
        pieces = line.pieces(COLUMN_GAP)
        for piece in pieces:
            column = bisect_right(edges, (piece.left + piece.right) / 2)
            begun = bisect_right(edges, piece.left)
            if begun < len(edges) and piece.right > edges[begun] + 0.5 * piece.size:
                if len(pieces) > 1 or begun > 0 or piece.right - piece.left > LONGEST_WHOLE_ROW * piece.size:
                    return inside, rows  # text across the columns: the table has ended
                column = WHOLE_ROW
            held[column].append(piece)
        apart = not inside or line.base - inside[-1].base > ROW_GAP * usual
        if apart or WHOLE_ROW in held or WHOLE_ROW in rows[-1] or (0 in held and 0 in rows[-1]):
            rows.append(defaultdict(list))
        for column, found in held.items():
            rows[-1][column].extend(found)
        inside.append(line)
    return inside, rows
