"""Spreadsheets: .xlsx, .xlsm, .xlsb, .xls and .ods through python-calamine, .csv and .tsv as text.

Every visible sheet is a table in place. Formulas are not computed and macros never run: what the file keeps as the
value of a cell is read. How large a sheet is is looked at before it is loaded, since a single cell far away makes it
billions of cells large.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from loaders.encoding import decode
from loaders.formats.archive import Archive
from loaders.formats.source import CellText, SourceText, SourceWriter
from ontology.errors import InputError, Words

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: The most cells one sheet may span, empty ones included.
MOST_CELLS = 2_000_000
#: The most characters of a cell, the limit of Excel.
LONGEST_CELL = 32_767
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(?<!/)>')
_DELIMITERS = (",", "\t", ";", "，", "|")
_SPLIT_ADVICE = Words("拆分表格，或只留需要的工作表", "split the table, or keep only the sheets that are needed")


def read(content: bytes, file: str, encoding: str | None) -> SourceText:
    """The sheets of a workbook, in order. Raises InputError for one that is damaged, protected or too large."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if content.startswith(b"PK"):
        _refuse_wide_sheets(content, file)
    writer = SourceWriter()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible:
                _write_sheet(writer, workbook.get_sheet_by_name(sheet.name), file)
    except PasswordError as error:
        raise InputError(
            Words("表格设有密码", "the workbook is protected by a password"),
            where=file,
            advice=Words("打开后去掉密码，另存再读", "open it, take the password off and save it again"),
        ) from error
    except CalamineError as error:
        raise InputError(
            Words(f"表格已损坏（{error}）", f"the workbook is damaged ({error})"),
            where=file,
            advice=Words("用 Excel 或 WPS 打开并另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        ) from error
    return writer.finished()


def read_csv(content: bytes, file: str, encoding: str | None) -> SourceText:
    """A table of values divided by commas, tabs or semicolons: the one that gives the most even rows."""
    text, damage = decode(content, file, encoding)
    rows = _rows_of(text)
    writer = SourceWriter()
    if rows:
        _refuse_large(len(rows) * max(map(len, rows)), file)
        writer.table(_filled((), rows))
    return writer.finished(damage)


def _rows_of(text: str) -> list[list[str]]:
    """The rows, empty ones at the end left out."""
    delimiter = max(_DELIMITERS, key=lambda each: _evenness(text, each))
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows = [[value.strip() for value in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the commonest width, and that width; (0, 0) where nothing is divided."""
    sample = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
    widths = [len(row) for row in sample if row]
    common = max(set(widths), key=widths.count, default=1)
    return (widths.count(common), common) if common > 1 else (0, 0)


def _write_sheet(writer: SourceWriter, sheet: CalamineSheet, file: str) -> None:
    if sheet.end is None or sheet.start is None:
        return
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    _refuse_large(height * width, file, sheet.name)
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    writer.table(_filled(sheet.merged_cell_ranges or [], rows), name=sheet.name)
    writer.gap()


def _filled(
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], rows: Sequence[Sequence[str]]
) -> Iterator[CellText]:
    """The cells that print something, merged ones once with their extent."""
    extent: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    height = len(rows)
    for (top, left), (bottom, right) in merged:
        if top >= height:
            continue
        bottom = min(bottom, height - 1)
        extent[top, left] = (bottom - top + 1, right - left + 1)
        width = max(map(len, rows[top : bottom + 1]), default=0)
        covered |= {(y, x) for y in range(top, bottom + 1) for x in range(left, min(right + 1, width))} - {(top, left)}
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text and (y, x) not in covered:
                down, across = extent.get((y, x), (1, 1))
                yield CellText(y, x, text, down, across)


def _shown(value: object) -> str:
    """The value of a cell as people read it: 3 and not 3.0, dates as 2025-06-30, percentages as the number kept."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()


def _refuse_wide_sheets(content: bytes, file: str) -> None:
    """Refuse a sheet whose filled cells lie so far apart that the table between them would fill the memory."""
    with Archive(content, file) as archive:
        for name in archive.names(r"xl/worksheets/[^/]+\.xml"):
            bottom = right = 0
            for chunk in archive.chunks(name, overlap=256):
                for match in _FILLED_CELL.finditer(chunk):
                    bottom, right = max(bottom, int(match[2])), max(right, _column(match[1]))
            _refuse_large(bottom * right, file, name.rsplit("/", 1)[-1])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_large(cells: int, file: str, sheet: str = "") -> None:
    if cells > MOST_CELLS:
        name = f" {sheet}" if sheet else ""
        raise InputError(
            Words(
                f"工作表{name}有 {cells:,} 个单元格，最多读取 {MOST_CELLS:,} 个",
                f"sheet{name} spans {cells:,} cells, more than the {MOST_CELLS:,} that are read",
            ),
            where=file,
            advice=_SPLIT_ADVICE,
        )
