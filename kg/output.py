"""One writer for every listing: tables on a terminal, CSV, JSON, JSON Lines, Markdown and Excel.

A command makes :class:`Table` records and hands them to :func:`write_tables`; no command formats anything itself.
Machine formats (``csv``, ``json``, ``jsonl``) carry the column keys and numbers as numbers; formats for people
(``table``, ``md``, ``xlsx``) carry labels in Chinese or English. All cell text is untrusted: terminal escapes and
control characters are taken out, spreadsheets never run it.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, zip_longest
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from ontology.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Lang = Literal["zh", "en"]
Format = Literal["table", "csv", "json", "jsonl", "md", "xlsx"]
Kind = Literal["text", "count", "share", "ratio", "decimal", "number"]

FORMATS: tuple[Format, ...] = ("table", "csv", "json", "jsonl", "md", "xlsx")
NARROWEST = 12
"""Screen columns that text which may be dropped keeps at least, as long as something can still be dropped."""
WHOLE = 24
"""Screen columns that text which is never dropped keeps at least, likewise: most names of bodies on one line."""

_SUFFIXES: Mapping[str, Format] = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".md": "md", ".xlsx": "xlsx", ".txt": "table",
}  # fmt: skip
_NOT_WRITTEN = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".doc", ".docx", ".pdf", ".htm", ".html"})
"""Suffixes that promise a form there is no writer for."""


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` in the rows and in machine formats, labels for people, how its values read.

    ``kind``: ``text``; ``count`` a whole number; ``share`` a fraction of 1 shown as a percentage; ``ratio`` and
    ``decimal`` a number shown with three decimals and one; ``number`` as it is. ``drop``: 0 stays on every terminal,
    else the highest goes first. ``words`` says for people what codes among the values mean; machine formats keep the
    codes. A ``machine`` column (an id) stands in csv, json and jsonl only.
    """

    key: str
    zh: str
    en: str
    kind: Kind = "text"
    drop: int = 0
    words: Mapping[object, Label] = field(default_factory=dict)
    machine: bool = False

    @property
    def right(self) -> bool:
        """Whether values line up at the right, as numbers do."""
        return self.kind != "text"

    def label(self, lang: Lang) -> str:
        """The heading in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Table:
    """One table: ``name`` is its key in JSON and its sheet or file name, ``title`` and ``notes`` are for people.

    ``section`` names a column whose runs of equal values stand as blocks of their own on a terminal, headed by
    ``section_titles`` (the value itself where absent); ``top`` limits the rows of each block there, and only there.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, object]]
    title: Label | None = None
    notes: tuple[Label, ...] = ()
    section: str | None = None
    section_titles: Mapping[str, Label] = field(default_factory=dict)
    top: int | None = None

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns people see."""
        return tuple(column for column in self.columns if not column.machine)


def table_of(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> Table:
    """A table of rows whose columns are only known now; the later one stands the sooner a narrow screen drops it."""
    return Table(name, tuple(_column_of(key, place, rows) for place, key in enumerate(columns)), rows)


def _column_of(key: str, place: int, rows: Sequence[Mapping[str, object]]) -> Column:
    values = [row.get(key) for row in rows]
    numeric = any(value is not None for value in values) and all(
        value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values
    )
    return Column(key, key, key, "number" if numeric else "text", drop=place)


def format_for(chosen: Format | None, output: Path | None, *, json_in_lines: bool = False) -> Format:
    """The format asked for, else the one the output's suffix names, else ``table``.

    ``json_in_lines``: what is written as ``json`` is ``jsonl`` as well, so either suffix fits.

    Raises:
        UsageError: the suffix promises another format than the one asked for, or one that is not written.
    """
    suffix = output.suffix.lower() if output is not None else ""
    if suffix in _NOT_WRITTEN:
        advice = f"name one of these: {' '.join(_SUFFIXES)}"
        raise UsageError(f"{suffix} files are not written", where=str(output), advice=advice)
    named = _SUFFIXES.get(suffix)
    # Text of every form may stand in a .txt file.
    fits = named in (None, chosen) or (suffix == ".txt" and chosen != "xlsx")
    fits = fits or (json_in_lines and {named, chosen} == {"json", "jsonl"})
    if chosen is not None and not fits:
        advice = f"leave --format out, or end the name in .{chosen if chosen != 'table' else 'txt'}"
        raise UsageError(f"{suffix} and --format {chosen} disagree", where=str(output), advice=advice)
    return chosen or named or "table"


def write_tables(
    tables: Sequence[Table], format: Format = "table", output: Path | None = None, *, lang: Lang = "en"
) -> list[Path]:
    """Write ``tables`` to ``output`` or, without one, to standard output; gives the files written.

    CSV holds one table a file: with ``output`` the second and later tables go to ``STEM-NAME.csv`` beside it, on
    standard output only the first is written and a line on standard error says so. A file replaces an older one only
    when it is complete.

    Raises:
        UsageError: xlsx without ``output``, or an ``output`` that cannot be written.
    """
    if format == "xlsx":
        if output is None:
            raise UsageError("an Excel workbook cannot go to the terminal", advice="name a file: -o report.xlsx")
        with replacing(output) as temporary:
            _write_workbook(tables, temporary, lang)
        return [output]
    if format == "csv":
        return _write_csv_files(tables, output)
    if output is None:
        _write_text(tables, format, sys.stdout, lang, _screen_width())
        return []
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        _write_text(tables, format, stream, lang, None)
    return [output]


def write_lines(lines: Iterable[str], output: Path | None) -> list[Path]:
    """Write lines (one JSON record each) as they come, to ``output`` or standard output; gives the files written."""
    if output is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return []
    # Excel takes a CSV file without a mark for one in the code page of the system.
    encoding = "utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"
    with replacing(output) as temporary, temporary.open("w", encoding=encoding, newline="\n") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    return [output]


def write_bytes(content: bytes, output: Path) -> None:
    """Write a file of another form, which replaces an older one only when it is complete.

    Raises:
        UsageError: an ``output`` that cannot be written.
    """
    with replacing(output) as temporary:
        temporary.write_bytes(content)


def _write_text(tables: Sequence[Table], format: Format, stream: IO[str], lang: Lang, width: int | None) -> None:
    if format == "json":
        stream.write(_json_text(tables))
    elif format == "jsonl":
        stream.writelines(_json_lines(tables))
    elif format == "md":
        stream.write("\n".join(_markdown(table, lang) for table in tables))
    else:
        _write_terminal(tables, stream, lang, width)


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A path beside ``output`` to write to, which takes its place at the end. Raises UsageError where it cannot."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(output)
    except OSError as error:
        advice = "make the folder first, or name another file" if not output.parent.is_dir() else "name another file"
        raise UsageError(f"cannot be written ({error.strerror})", where=str(output), advice=advice) from error
    finally:
        temporary.unlink(missing_ok=True)


# ------------------------------------------------------------------------------------------------ text made harmless

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # operating system commands: titles, links
    r"|\x1b[PX^_].*?(?:\x1b\\|$)"  # strings for the device
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequences: colours, cursor
    r"|\x1b[ -/]*[0-~]?",
    re.DOTALL,
)
# Tab, line feed and carriage return are white space; the bidirectional controls can make a line read as another.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def clean_text(text: str) -> str:
    """``text`` without terminal escapes, control characters and direction overrides; line breaks stay."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


@lru_cache(maxsize=1 << 16)
def _one_line(text: str) -> str:
    # Names and numbers have nothing to take out, and tables have little else.
    if text.isalnum():
        return text
    return _SPACES.sub(" ", clean_text(text)).strip()


def _joined(value: object, lang: Lang) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {("zh", True): "是", ("zh", False): "否", ("en", True): "yes", ("en", False): "no"}[lang, value]
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e15 else repr(value)
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_joined(item, lang) for item in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


_SHOWN: Mapping[Kind, Callable[[float], str]] = {
    "count": lambda value: f"{value:d}" if isinstance(value, int) else f"{value:.0f}",
    "share": lambda value: f"{value:.1%}",
    "ratio": lambda value: f"{value:.3f}",
    "decimal": lambda value: f"{value:.1f}",
}


def _shown(value: object, column: Column, lang: Lang) -> str:
    """A value as it stands in a table for people: one line, units with the number."""
    if column.kind in _SHOWN and isinstance(value, int | float) and not isinstance(value, bool):
        return _SHOWN[column.kind](value)
    return _one_line(_worded(value, column, lang))


def _worded(value: object, column: Column, lang: Lang) -> str:
    word = column.words.get(value) if column.words and isinstance(value, str | bool | int | None) else None
    return word.text(lang) if word else _joined(value, lang)


# ------------------------------------------------------------------------------------------------------- JSON


def _other(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def _plain(value: object) -> object:
    """``value`` with null for numbers that JSON has no word for."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def to_json(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON, Chinese as it is, invisible and control characters escaped so that a terminal shows them."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=_other)
    except ValueError:
        text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, indent=indent, default=_other)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _records(table: Table) -> Iterable[dict[str, object]]:
    return ({column.key: row.get(column.key) for column in table.columns} for row in table.rows)


def _json_text(tables: Sequence[Table]) -> str:
    if len(tables) == 1:
        return _rows_text(tables[0], "") + "\n"
    parts = (f"  {to_json(table.name)}: {_rows_text(table, '  ')}" for table in tables)
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows_text(table: Table, margin: str) -> str:
    """One row a line: small, and still kind to a reader and to a line-by-line diff."""
    rows = [f"{margin}  {to_json(row)}" for row in _records(table)]
    return "[\n" + ",\n".join(rows) + f"\n{margin}]" if rows else "[]"


def _json_lines(tables: Sequence[Table]) -> Iterable[str]:
    for table in tables:
        name = {"table": table.name} if len(tables) > 1 else {}
        for row in _records(table):
            yield to_json({**name, **row}) + "\n"


# ------------------------------------------------------------------------------------------------------- CSV

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run this text: it opens with ``= + - @`` (or a full-width one) and is no number."""
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    text = clean_text(_joined(value, "en"))
    return f"'{text}" if is_formula(text) else text


def _write_csv(table: Table, stream: IO[str]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_csv_cell(column.key) for column in table.columns])
    writer.writerows([_csv_cell(row.get(column.key)) for column in table.columns] for row in table.rows)


def _write_csv_files(tables: Sequence[Table], output: Path | None) -> list[Path]:
    if output is None:
        _write_csv(tables[0], sys.stdout)
        if len(tables) > 1:
            others = ", ".join(table.name for table in tables[1:])
            sys.stdout.flush()
            told = f"CSV holds one table; not written: {others} (-o FILE.csv gives a file for each)"
            sys.stderr.write(wrapped(told) + "\n")
        return []
    paths = [output, *(output.with_name(f"{output.stem}-{table.name}{output.suffix}") for table in tables[1:])]
    for table, path in zip(tables, paths, strict=True):
        # Excel takes a CSV file without a byte order mark for the local code page.
        with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as stream:
            _write_csv(table, stream)
    return paths


# ------------------------------------------------------------------------------------------------------- Markdown

_MARKDOWN = re.compile(r"([\\|`*_<>\[\]])")


def _markdown_cell(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _markdown(table: Table, lang: Lang) -> str:
    lines = [f"## {_markdown_cell(table.title.text(lang))}", ""] if table.title else []
    lines.append("| " + " | ".join(_markdown_cell(_one_line(column.label(lang))) for column in table.shown) + " |")
    lines.append("|" + "|".join("---:" if column.right else "---" for column in table.shown) + "|")
    for row in table.rows:
        cells = (_markdown_cell(_shown(row.get(column.key), column, lang)) for column in table.shown)
        lines.append("| " + " | ".join(cells) + " |")
    if table.notes:
        lines += ["", *(f"- {_markdown_cell(note.text(lang))}" for note in table.notes)]
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------------------------- Excel

_EXCEL_CELL = 32_767
_EXCEL_FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "count": "0",
    "share": "0.0%",
    "ratio": "0.000",
    "decimal": "0.0",
    "number": "General",
}
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']+")


def _write_workbook(tables: Sequence[Table], path: Path, lang: Lang) -> None:
    with new_workbook(path) as workbook:
        used: set[str] = set()
        for table in tables:
            _write_sheet(workbook, workbook.add_worksheet(_sheet_name(table, used)), table, lang)
        notes = [note.text(lang) for table in tables for note in table.notes]
        if notes:
            sheet = workbook.add_worksheet(_free_name("说明" if lang == "zh" else "notes", used))
            sheet.set_column(0, 0, 100, workbook.add_format({"text_wrap": True, "valign": "top"}))
            for place, note in enumerate(notes):
                sheet.write_string(place, 0, note)


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """An Excel workbook to fill, closed afterwards; texts stay texts, and the same content gives the same bytes."""
    import datetime

    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    workbook = xlsxwriter.Workbook(str(path), options)
    workbook.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    yield workbook
    try:
        workbook.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _sheet_name(table: Table, used: set[str]) -> str:
    return _free_name(_NOT_IN_SHEET_NAME.sub(" ", _one_line(table.name)).strip() or "table", used)


def _free_name(name: str, used: set[str]) -> str:
    """A sheet name nobody has yet: at most 31 characters, capitals and small letters alike."""
    short, number = name[:31], 1
    while short.casefold() in used:
        number += 1
        short = f"{name[:27]} {number}"
    used.add(short.casefold())
    return short


def _write_sheet(workbook: Workbook, sheet: Worksheet, table: Table, lang: Lang) -> None:
    head = {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}
    heading, disarmed_heading = workbook.add_format(head), workbook.add_format({**head, "quote_prefix": True})
    for place, column in enumerate(table.shown):
        shape = {"num_format": _EXCEL_FORMATS[column.kind], "valign": "top", "text_wrap": column.kind == "text"}
        normal = workbook.add_format(shape)
        disarmed = workbook.add_format({**shape, "quote_prefix": True})
        label = clean_text(column.label(lang))
        widest = max(
            [cell_width(label), *(cell_width(_shown(row.get(column.key), column, lang)) for row in table.rows)]
        )
        sheet.set_column(place, place, min(60, widest + 2))
        sheet.write_string(0, place, label, disarmed_heading if is_formula(label) else heading)
        for line, row in enumerate(table.rows, start=1):
            value = row.get(column.key)
            if isinstance(value, bool) or not isinstance(value, int | float):
                text = clean_text(_worded(value, column, lang))
                text = text if len(text) <= _EXCEL_CELL else text[: _EXCEL_CELL - 1] + "…"
                if text:
                    sheet.write_string(line, place, text, disarmed if is_formula(text) else normal)
            elif math.isfinite(value):
                sheet.write_number(line, place, value, normal)
    sheet.freeze_panes(1, 0)
    # A list is handed out on paper, too: A4 across, as wide as the page, its heading on each.
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.shown) - 1, 0))


# ------------------------------------------------------------------------------------------------------- terminal

_GAP = 2
_WORDS = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("、，。；：！？）］｝】》」』〉”’〕…%％,.;:!?)]}")
_NEVER_LAST = frozenset("（［｛【《「『〈“‘〔([{")


def _screen_width() -> int | None:
    """Columns of the terminal, or of ``COLUMNS``; None where output goes into a pipe, which takes any width."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        from shutil import get_terminal_size

        return max(get_terminal_size().columns, 40)
    return None


def on_screen() -> bool:
    """Whether standard output is read by a person now, who cannot take in more than some screens."""
    return _screen_width() is not None


@lru_cache(maxsize=1 << 16)
def cell_width(text: str) -> int:
    """Terminal columns ``text`` takes: two for a wide Chinese character."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, Latin words whole, no line opening with 、 or closing with （."""
    if cell_width(text) <= width:
        return [text]
    lines: list[list[str]] = [[]]
    for word in _pieces(text, width):
        line = lines[-1]
        if sum(map(cell_width, line)) + cell_width(word) > width and line:
            moved = _moved_words(line, word, width)
            lines.append([*moved, word] if moved or not word.isspace() else [])
        elif line or not word.isspace() or len(lines) == 1:
            line.append(word)
    return ["".join(line).rstrip() for line in lines if line] or [""]


def wrapped(text: str) -> str:
    """A message for people, its lines wrapped to the screen if there is one."""
    width = _screen_width()
    return text if width is None else "\n".join(part for line in text.split("\n") for part in wrap(line, width))


def _pieces(text: str, width: int) -> Iterable[str]:
    for match in _WORDS.finditer(text):
        word = match.group()
        yield from (word[start : start + width] for start in range(0, len(word), max(width, 1)))


def _moved_words(line: list[str], word: str, width: int) -> list[str]:
    """What must leave ``line`` with ``word``: a bracket left open at its end, or a character before a closing mark.

    Nothing moves where it would not fit into a line with ``word``.
    """
    moved: list[str] = []
    if len(line) > 1 and (word[0] in _NEVER_FIRST or line[-1] in _NEVER_LAST):
        moved = line[-2:] if len(line) > 2 and line[-2] in _NEVER_LAST else line[-1:]
    if not moved or sum(map(cell_width, moved)) + cell_width(word) > width:
        return []
    del line[-len(moved) :]
    return moved


@dataclass(frozen=True, slots=True)
class _Layout:
    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    dropped: tuple[Column, ...]


def _layout(table: Table, columns: tuple[Column, ...], lang: Lang, width: int | None) -> _Layout:
    """Which columns fit into ``width`` and how wide each is; running text shrinks first, then columns go."""
    natural = {
        column.key: max(
            [
                cell_width(column.label(lang)),
                *(cell_width(_shown(row.get(column.key), column, lang)) for row in table.rows),
            ]
        )
        for column in columns
    }
    kept, dropped = list(columns), []
    while width is not None and _narrowest(kept, natural, lang) > width and (going := _next_to_drop(kept)):
        kept.remove(going)
        dropped.append(going)
    widths = [natural[column.key] for column in kept]
    if width is not None:
        room = width - _GAP * (len(kept) - 1)
        floors = [_floor(column, natural[column.key], lang) for column in kept]
        droppable = [place for place, column in enumerate(kept) if column.drop and not column.right]
        texts = [place for place, column in enumerate(kept) if not column.right]
        for places, least in ((droppable, floors), (texts, floors), (texts, [2] * len(kept))):
            _shrink(widths, places, least, room)
    return _Layout(tuple(kept), tuple(widths), tuple(dropped))


def _shrink(widths: list[int], places: Sequence[int], least: Sequence[int], room: int) -> None:
    """Take the excess over ``room`` from the widest of ``places`` first, down to the ``least`` of each."""
    while sum(widths) > room and (open_ := [place for place in places if widths[place] > least[place]]):
        widest = max(open_, key=lambda place: widths[place])
        second = max((widths[place] for place in open_ if place != widest), default=0)
        target = max(least[widest], min(second, widths[widest] - 1), widths[widest] - (sum(widths) - room))
        widths[widest] = target


def _floor(column: Column, natural: int, lang: Lang) -> int:
    if column.right:
        return natural
    return min(natural, max(NARROWEST, cell_width(column.label(lang))) if column.drop else WHOLE)


def _narrowest(columns: Sequence[Column], natural: Mapping[str, int], lang: Lang) -> int:
    return sum(_floor(column, natural[column.key], lang) for column in columns) + _GAP * (len(columns) - 1)


def _next_to_drop(columns: Sequence[Column]) -> Column | None:
    droppable = [column for column in columns if column.drop]
    return max(reversed(droppable), key=lambda column: column.drop) if len(columns) > 1 and droppable else None


Style = Literal["", "bold", "bold cyan", "dim"]


def _write_terminal(tables: Sequence[Table], stream: IO[str], lang: Lang, width: int | None) -> None:
    dropped: dict[str, str] = {}
    hidden = 0
    for place, table in enumerate(tables):
        layout = _layout(table, tuple(column for column in table.shown if column.key != table.section), lang, width)
        dropped.update({column.key: column.label(lang) for column in layout.dropped})
        top = table.top if width is not None else None
        hidden += sum(max(len(rows) - top, 0) for _, rows in _blocks(table, lang)) if top is not None else 0
        _print([("", "")] * bool(place), stream)
        _print(_terminal_lines(table, layout, lang, width, top), stream)
    stream.flush()
    if dropped or hidden:
        sys.stderr.write(wrapped(_left_out(list(dropped.values()), hidden, lang)) + "\n")


def _print(lines: Iterable[tuple[str, Style]], stream: IO[str]) -> None:
    """Write lines; a terminal gets colours, what is no terminal lines without blanks at their end."""
    if not stream.isatty():
        stream.writelines(f"{line.rstrip()}\n" for line, _ in lines)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, color_system=None if "NO_COLOR" in os.environ else "auto")
    for line, style in lines:
        console.print(Text(line, style), soft_wrap=True)


def _terminal_lines(
    table: Table, layout: _Layout, lang: Lang, width: int | None, top: int | None
) -> Iterator[tuple[str, Style]]:
    """Title, blocks of rows and notes of one table, each line with its style."""
    if table.title:
        yield from _styled(table.title.text(lang), width, "bold")
    for number, (title, rows) in enumerate(_blocks(table, lang)):
        if title:
            if number or table.title:
                yield "", ""
            yield from _styled(title, width, "bold cyan")
        if rows:
            yield from _row_lines(_filled(layout, rows) if table.section else layout, rows[:top], lang)
        if top is not None and len(rows) > top:
            yield f"… {len(rows) - top} " + ("行未显示" if lang == "zh" else "more rows"), "dim"
    if not table.rows:
        yield ("（无）" if lang == "zh" else "(none)"), "dim"
    for note in table.notes:
        yield from _styled(note.text(lang), width, "dim")


def _styled(text: str, width: int | None, style: Style) -> Iterator[tuple[str, Style]]:
    lines = [_one_line(text)] if width is None else wrap(_one_line(text), width)
    return ((line, style) for line in lines)


def _filled(layout: _Layout, rows: Sequence[Mapping[str, object]]) -> _Layout:
    """The layout without columns that are empty all through a block."""
    filled = [
        (column, width)
        for column, width in zip(layout.columns, layout.widths, strict=True)
        if any(row.get(column.key) is not None for row in rows)
    ]
    return _Layout(tuple(column for column, _ in filled), tuple(width for _, width in filled), layout.dropped)


def _left_out(dropped: Sequence[str], hidden: int, lang: Lang) -> str:
    if lang == "zh":
        parts = [f"{'、'.join(dropped)} 列"] * bool(dropped) + [f"{hidden} 行"] * bool(hidden)
        return f"屏幕上未显示：{'；'.join(parts)}。全部内容：加宽窗口，输出到管道，或换一种 --format"
    parts = [f"columns {', '.join(dropped)}"] * bool(dropped) + [f"{hidden} rows"] * bool(hidden)
    return f"Not shown on this screen: {'; '.join(parts)}. All of it: a wider window, a pipe, or another --format"


def _blocks(table: Table, lang: Lang) -> Iterable[tuple[str | None, Sequence[Mapping[str, object]]]]:
    if table.section is None:
        yield None, table.rows
        return
    key = table.section
    for value, rows in groupby(table.rows, key=lambda row: row.get(key)):
        title = table.section_titles.get(str(value))
        yield (title.text(lang) if title else _joined(value, lang)), list(rows)


def _row_lines(layout: _Layout, rows: Sequence[Mapping[str, object]], lang: Lang) -> Iterator[tuple[str, Style]]:
    headings = [_one_line(column.label(lang)) for column in layout.columns]
    for line in _side_by_side(layout, headings):
        yield line, "bold"
    yield "─" * (sum(layout.widths) + _GAP * (len(layout.widths) - 1)), "dim"
    for row in rows:
        for line in _side_by_side(layout, [_shown(row.get(column.key), column, lang) for column in layout.columns]):
            yield line, ""


def _side_by_side(layout: _Layout, cells: Sequence[str]) -> Iterator[str]:
    """One row of a table as lines: cells wrapped to their widths, numbers to the right."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, layout.widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        yield (" " * _GAP).join(
            " " * (width - cell_width(part)) + part if column.right else part + " " * (width - cell_width(part))
            for part, width, column in zip(parts, layout.widths, layout.columns, strict=True)
        )
