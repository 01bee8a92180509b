"""What every reader of a format gives: one text, and where each stretch of it stands in the file.

A reader is a function ``read(content, file, encoding) -> SourceText``. It writes what it finds, in reading order, with
a :class:`SourceWriter`; everything behind the text (outline, clauses, targets) knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ontology.records import Finding


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text stands in the file from ``start`` (offset of the text) on, until the next place.

    ``page`` and ``paragraph`` count from 1; ``cell`` names a table and a cell in it (表1!B3, 任务分工!C7).
    """

    start: int
    page: int | None = None
    paragraph: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class CellText:
    """A printed cell before it has a place: row and column of its first corner (from 0), its extent, its page."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell: ``text[start:end]`` of the document; merged cells once, with the rows and columns they cover."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table in place: its stretch of the text, its cells in order of rows, and its size.

    ``name`` is that of its sheet, or empty.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    height: int
    width: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, the map from its offsets to pages, paragraphs and cells, and its tables, in order."""

    text: str
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class SourceWriter:
    """Writes the text of a document block by block and keeps where each block stands."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _places: list[Place] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def block(self, text: str, *, page: int | None = None, paragraph: int | None = None) -> None:
        """A paragraph or line, with its line end."""
        self._places.append(Place(self._length, page, paragraph))
        self._write(f"{text}\n")

    def pages(self, parts: Iterable[tuple[str, int]]) -> None:
        """A paragraph that may go on over pages: its pieces, each with its page."""
        for text, page in parts:
            if not self._places or self._places[-1].page != page or self._places[-1].cell is not None:
                self._places.append(Place(self._length, page))
            self._write(text)
        self._write("\n")

    def gap(self) -> None:
        """An empty line: what follows opens a paragraph."""
        if self._parts and self._parts[-1] != "\n":
            self._write("\n")

    def table(self, cells: Iterable[CellText], *, name: str = "", width: int = 0) -> None:
        """A table: rows as lines, cells divided by tabs.

        ``name`` is that of its sheet (else the table's number), ``width`` its columns where the last ones may be empty.
        """
        begin = self._length
        label = name or f"表{len(self._tables) + 1}"
        placed: list[Cell] = []
        row = 0
        height = 0
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            while row < cell.row:
                self._write("\n")
                row += 1
            if placed and placed[-1].row == cell.row:
                self._write("\t")
            corner = f"{label}!{column_name(cell.column)}{cell.row + 1}"
            self._places.append(Place(self._length, page=cell.page, cell=corner))
            start = self._length
            self._write(cell.text)
            placed.append(Cell(start, self._length, cell.row, cell.column, cell.rows, cell.columns))
            height, width = max(height, cell.row + cell.rows), max(width, cell.column + cell.columns)
        self._tables.append(Table(begin, self._length, tuple(placed), height, width, name))
        self._write("\n")

    def finished(self, findings: Iterable[Finding] = ()) -> SourceText:
        """All that was written."""
        return SourceText("".join(self._parts), tuple(self._places), tuple(self._tables), tuple(findings))


def column_name(column: int) -> str:
    """The letters of a column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
