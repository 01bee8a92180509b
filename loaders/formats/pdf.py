"""PDF with text, through pypdfium2: characters by their place on the page, lines, paragraphs, tables in place.

A PDF keeps characters in the order in which they were drawn. Here they are put in reading order: into lines by their
base line, two columns one after the other, lines of one paragraph joined, and page numbers, headers and footers (what
stands again and again in the margin) left out. Tables are cut out along their ruling lines, or by the columns below a
header (:mod:`loaders.formats.layout`). A page without text is a finding that names it: a scan.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders.formats.layout import Char, Grid, Line, columns_of, grids, is_header, lines_of, plain_tables, ruled_cells
from loaders.formats.source import SourceText, SourceWriter
from ontology.errors import FormatError, InputError, Words
from ontology.findings import found
from ontology.records import Finding

#: More than this is no plan; a reader would only be stopped later by time or memory.
MOST_PAGES = 2000
MOST_CHARS_OF_PAGE = 60_000
MOST_LINES_OF_PAGE = 20_000
#: The part of a page, above and below, in which what stands on many pages is a header or footer.
MARGIN = 0.1
PAGE_NUMBER = re.compile(
    r"[-—－–─―·•\s]*(?:第\s*)?[\divxIVX]{1,4}(?:\s*页)?(?:\s*[/／,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—－–─―·•\s]*"
)
_FULL = 1.6
_INDENT = 1.2
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_OPENS = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、.．章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳])"
)
_LATIN = re.compile("[A-Za-z]{2}")
_ENDS_SENTENCE = re.compile(r"[。！？；：）)]$")


def read(content: bytes, file: str, encoding: str | None) -> SourceText:
    """The text of a PDF. Raises InputError where it is locked, damaged or too long, FormatError for a scan."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(str(error), file) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise InputError(
                Words(
                    f"共 {count} 页，最多读取 {MOST_PAGES} 页",
                    f"{count} pages, more than the {MOST_PAGES} that are read",
                ),
                where=file,
                advice=Words("拆分文件，只留方案部分", "split the file and keep the plan"),
            )
        pages = [_page(document, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise _unreadable(str(error), file) from error
    finally:
        document.close()
    empty = [page.number for page in pages if page.is_scan]
    if not any(page.has_text for page in pages):
        raise FormatError(
            Words("PDF 中没有文字：是扫描件", "there is no text in this PDF: it is a scan"),
            where=file,
            advice=Words("先识别文字（OCR），存为 .docx", "recognise its text (OCR) and save it as .docx"),
        )
    furniture = _furniture(pages)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in furniture]
        if page.has_header:
            page.lines, page.tables = plain_tables(page.lines)
    writer = SourceWriter()
    _write(writer, pages)
    return writer.finished(_scans(file, empty))


def _unreadable(said: str, file: str) -> InputError:
    if "password" in said.lower():
        return InputError(
            Words("PDF 已加密，需要密码", "the PDF is encrypted and needs a password"),
            where=file,
            advice=Words("用密码打开后，打印或另存为无密码的 PDF", "open it with the password and save it without"),
        )
    return InputError(
        Words("PDF 已损坏", "the PDF is damaged"),
        where=file,
        advice=Words("重新下载，或用浏览器打开后“打印为 PDF”", "download it again, or print it as PDF from a browser"),
    )


def _scans(file: str, pages: Sequence[int]) -> Iterator[Finding]:
    return (found("page-without-text", file, page=page) for page in pages)


@dataclass(slots=True)
class Page:
    """A page: its lines outside tables and its tables, both with their place from the top."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    has_text: bool = False
    is_scan: bool = False
    has_header: bool = False


def _page(document: Any, number: int) -> Page:
    import pypdfium2.raw as raw

    page = document[number]
    try:
        text = page.get_textpage()
        try:
            chars, height, turned = _chars(raw, page, text)
        finally:
            text.close()
        result = Page(number + 1, height, has_text=len(chars) > 3)
        if not result.has_text:
            result.is_scan = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
            return result
        frames = grids(*_rules(raw, page, turned))
        inside: list[list[Char]] = [[] for _ in frames]
        outside: list[Char] = []
        for char in chars:
            at = next((i for i, frame in enumerate(frames) if frame.holds(char)), None)
            (outside if at is None else inside[at]).append(char)
        for frame, held in zip(frames, inside, strict=True):
            cells = ruled_cells(frame, held)
            if frame.lays_out(cells):
                outside += held
            else:
                result.tables.append(Grid(frame.top, frame.bottom, cells, len(frame.columns) - 1))
        result.lines = columns_of(lines_of(outside))
        result.has_header = not result.tables and any(is_header(line) for line in result.lines)
        if not result.has_header:
            result.lines = [line.settled() for line in result.lines]
        return result
    finally:
        page.close()


def _chars(raw: Any, page: Any, text: Any) -> tuple[list[Char], float, int]:
    """The printed characters of a page, turned upright, its height, and by how many degrees they were turned.

    Most of the characters decide; the others, watermarks at an angle, are left out.
    """
    width, height = _size(page)
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    found: list[tuple[str, float, float, float, float, float, float, int]] = []
    for index in range(min(text.count_chars(), MOST_CHARS_OF_PAGE)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box) or not raw.FPDFText_GetCharOrigin(text, index, x, y):
            continue
        angle = round(raw.FPDFText_GetCharAngle(text, index) * 57.29578) % 360
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if _RADICALS.match(character):
            character = unicodedata.normalize("NFKC", character)
        found.append((character, box.left, box.bottom, box.right, box.top, x.value, y.value, angle))
    if not found:
        return [], height, 0
    turned = Counter(each[-1] for each in found).most_common(1)[0][0]
    chars = [_upright(each, turned, width, height) for each in found if each[-1] == turned]
    return chars, width if turned in (90, 270) else height, turned


def _size(page: Any) -> tuple[float, float]:
    """Width and height of a page before it is turned for showing."""
    width, height = page.get_width(), page.get_height()
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def _turned(x: float, y: float, turned: int, width: float, height: float) -> tuple[float, float]:
    """A place of the page, counted from the top left of the text that is turned by ``turned`` degrees."""
    return {90: (y, x), 180: (width - x, y), 270: (height - y, width - x)}.get(turned, (x, height - y))


def _upright(
    char: tuple[str, float, float, float, float, float, float, int], turned: int, width: float, height: float
) -> Char:
    text, left, bottom, right, top, x, y, _ = char
    if turned == 0:
        return Char(text, left, right, height - top, height - bottom, height - y, max(top - bottom, 1.0))
    one = _turned(left, bottom, turned, width, height)
    other = _turned(right, top, turned, width, height)
    (begin, end), (above, below) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Char(text, begin, end, above, below, _turned(x, y, turned, width, height)[1], max(below - above, 1.0))


Rule = tuple[float, float, float]


def _rules(raw: Any, page: Any, turned: int) -> tuple[list[Rule], list[Rule]]:
    """The ruling lines: horizontal ones as (y, left, right), vertical ones as (x, top, bottom), turned as the text."""
    flat: list[Rule] = []
    upright: list[Rule] = []
    width, height = _size(page)
    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_float(), ctypes.c_float()
    for count, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > MOST_LINES_OF_PAGE:
            break
        raw.FPDFPageObj_GetMatrix(path, matrix)
        segments = raw.FPDFPath_CountSegments(path)
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for index in range(min(segments, 400)):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            across = matrix.a * x.value + matrix.c * y.value + matrix.e
            up = matrix.b * x.value + matrix.d * y.value + matrix.f
            point = _turned(across, up, turned, width, height)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
                _rule(before, point, flat, upright)
            if raw.FPDFPathSegment_GetClose(segment) and first is not None:
                _rule(point, first, flat, upright)
            before = point
    return flat, upright


def _rule(one: tuple[float, float], other: tuple[float, float], flat: list[Rule], upright: list[Rule]) -> None:
    if abs(one[1] - other[1]) < 1 and abs(one[0] - other[0]) > 4:
        flat.append((one[1], min(one[0], other[0]), max(one[0], other[0])))
    elif abs(one[0] - other[0]) < 1 and abs(one[1] - other[1]) > 4:
        upright.append((one[0], min(one[1], other[1]), max(one[1], other[1])))


# ------------------------------------------------------------------------------------------------ pages to text


def _write(writer: SourceWriter, pages: Sequence[Page]) -> None:
    """Write all pages: paragraphs joined over line ends and page ends, tables where they stand, whole."""
    open_parts: list[tuple[str, int]] = []
    open_table: Grid | None = None
    before: tuple[Line, bool] | None = None

    def close() -> None:
        nonlocal open_parts, open_table, before
        if open_parts:
            writer.pages(open_parts)
        if open_table is not None:
            writer.table(open_table.cells, width=open_table.width)
        open_parts, open_table, before = [], None, None

    for page in pages:
        blocks = {line.block for line in page.lines}
        margins = {block: _margins([line for line in page.lines if line.block == block]) for block in blocks}
        items: list[tuple[int, float, Line | Grid]] = [(line.block, line.base, line) for line in page.lines]
        items += [(_block_at(page.lines, grid.top), grid.top, grid.on(page.number)) for grid in page.tables]
        for number, (block, _, item) in enumerate(sorted(items, key=lambda each: each[:2])):
            if isinstance(item, Grid):
                if number == 0 and open_table is not None and open_table.width == item.width:
                    open_table = open_table.continued(item)
                else:
                    close()
                    open_table = item
                continue
            left, right = margins[block]
            text = item.text
            if before is None or not _goes_on(before, item, left):
                close()
            elif _LATIN.fullmatch(open_parts[-1][0][-1:] + text[:1]):
                text = f" {text}"
            open_parts.append((text, page.number))
            before = (item, item.right >= right - _FULL * item.size)
    close()


def _block_at(lines: Sequence[Line], top: float) -> int:
    """The block (column) that a table stands in: that of the last line above it."""
    return next((line.block for line in reversed(lines) if line.base <= top), 0)


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edge of a block of text: where most of its lines begin, and where the full ones end."""
    starts = sorted(line.left for line in lines)
    ends = sorted(line.right for line in lines)
    return starts[len(starts) // 10], ends[min(len(ends) - 1, int(len(ends) * 0.95))]


def _goes_on(before: tuple[Line, bool], line: Line, left: float) -> bool:
    """Whether a line goes on in the same paragraph as the one before it."""
    above, full = before
    if not full or line.left > left + _INDENT * line.size or abs(line.size - above.size) > 0.15 * line.size:
        return False
    return not (_ENDS_SENTENCE.search(above.text) and _OPENS.match(line.text))


def _furniture(pages: Sequence[Page]) -> set[int]:
    """The lines that are page numbers, headers and footers."""
    found: set[int] = set()
    repeated: dict[str, list[tuple[int, Line]]] = {}
    for page in pages:
        ordered = sorted(page.lines, key=lambda line: line.base)
        for line in {id(each): each for each in (*ordered[:2], *ordered[-2:])}.values():
            edge = min(line.base, page.height - line.base)
            outermost = line is ordered[0] or line is ordered[-1]
            if PAGE_NUMBER.fullmatch(line.text) and outermost and edge < 1.6 * MARGIN * page.height:
                found.add(id(line))
            elif edge < MARGIN * page.height:
                repeated.setdefault(re.sub(r"\d+", "0", line.text), []).append((page.number, line))
    enough = max(2, 0.3 * len(pages))
    for standing in repeated.values():
        if len({number for number, _ in standing}) >= enough:
            found |= {id(line) for _, line in standing}
    return found
