"""Word documents (.docx, .docm): paragraphs with the numbers that Word prints, tables in place, text boxes, footnotes.

Read as printed when all tracked changes are accepted: inserted text is kept, deleted text left out. Headers, footers,
comments, hidden text and the generated table of contents are left out. Macros never run, nothing linked is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING

from loaders.formats.archive import Archive
from loaders.formats.numbering import Numbering
from loaders.formats.source import CellText, SourceText, SourceWriter
from loaders.formats.xml import attribute, children, first, is_on, name_of, value
from ontology.errors import InputError, Words

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What is not printed, or printed from elsewhere.
_LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr"}
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*\d|toc heading", re.I)
_WIDEST = 200


def read(content: bytes, file: str, encoding: str | None) -> SourceText:
    """The text of a document. Raises InputError where it is damaged or larger than it may be."""
    with Archive(content, file) as archive:
        main = _main_part(archive)
        root = archive.xml(main)
        body = first(root, "body")
        if body is None:
            raise InputError(
                Words("文件中没有正文", "there is no document in this file"),
                where=file,
                advice=Words("用 Word 或 WPS 打开并另存为 .docx", "open it in Word or WPS and save it as .docx"),
            )
        folder = main.rpartition("/")[0]
        beside = f"{folder}/" if folder else ""
        reader = _Reader(
            Styles.of(archive.xml(f"{beside}styles.xml")), Numbering.of(archive.xml(f"{beside}numbering.xml"))
        )
        reader.blocks(body)
        reader.notes(archive.xml(f"{beside}footnotes.xml"))
        reader.notes(archive.xml(f"{beside}endnotes.xml"))
    return reader.writer.finished()


def _main_part(archive: Archive) -> str:
    relations = archive.xml("_rels/.rels")
    for relation in children(relations, "Relationship") if relations is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return normpath((relation.get("Target") or "").lstrip("/"))
    return "word/document.xml"


@dataclass(frozen=True, slots=True)
class Styles:
    """What paragraph styles say of numbering: style → (list, level), inherited ones included."""

    lists: dict[str, tuple[str, int | None]]
    contents: frozenset[str]
    default: str | None = None

    @classmethod
    def of(cls, root: _Element | None) -> Styles:
        """The styles of ``styles.xml``."""
        own: dict[str, tuple[str | None, int | None]] = {}
        above: dict[str, str | None] = {}
        contents: set[str] = set()
        default = None
        for style in children(root, "style") if root is not None else ():
            key = attribute(style, "styleId") or ""
            if attribute(style, "type") not in (None, "paragraph"):
                continue
            if attribute(style, "default") in ("1", "true", "on"):
                default = key
            if _CONTENTS_STYLE.fullmatch(value(style, "name") or ""):
                contents.add(key)
            own[key] = _list_of(first(style, "pPr"))
            above[key] = value(style, "basedOn")
        lists: dict[str, tuple[str, int | None]] = {}
        for key in own:
            num, depth = _inherited(key, own, above)
            if num is not None:
                lists[key] = (num, depth)
        return cls(lists, frozenset(contents), default)


def _inherited(
    key: str, own: dict[str, tuple[str | None, int | None]], above: dict[str, str | None]
) -> tuple[str | None, int | None]:
    num: str | None = None
    depth: int | None = None
    at: str | None = key
    for _ in range(len(own) + 1):  # styles of damaged files can be based on each other
        if at is None or at not in own:
            break
        num, depth = num if num is not None else own[at][0], depth if depth is not None else own[at][1]
        at = above[at]
    return num, depth


def _list_of(properties: _Element | None) -> tuple[str | None, int | None]:
    """The list and level that paragraph properties name."""
    numbered = first(properties, "numPr")
    if numbered is None:
        return None, None
    depth = value(numbered, "ilvl")
    return value(numbered, "numId"), int(depth) if depth is not None and depth.isdecimal() else None


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    writer: SourceWriter = field(default_factory=SourceWriter)
    paragraphs: int = 0
    open_text: str = ""

    def blocks(self, container: _Element) -> None:
        """Write the paragraphs and tables of a container, in order."""
        for block in _blocks(container):
            if name_of(block) == "tbl":
                self._flush()
                self.writer.table(self._cells(block))
                continue
            text, boxes = self._paragraph(block)
            self.open_text += text
            if not _mark_is_deleted(block):
                self._flush(gap=not boxes)
            for box in boxes:
                self._flush()
                self.blocks(box)
        self._flush()

    def notes(self, root: _Element | None) -> None:
        """Write the footnotes at the end of the text."""
        for note in root if root is not None else ():
            if name_of(note) in ("footnote", "endnote") and attribute(note, "type") in (None, "normal"):
                self.blocks(note)

    def _flush(self, *, gap: bool = False) -> None:
        text, self.open_text = self.open_text, ""
        if text.strip():
            self.paragraphs += 1
            self.writer.block(text, paragraph=self.paragraphs)
        elif gap:
            self.writer.gap()

    def _paragraph(self, paragraph: _Element) -> tuple[str, list[_Element]]:
        """The text of a paragraph with its number, and the text boxes that hang on it."""
        style = value(properties, "pStyle") if (properties := first(paragraph, "pPr")) is not None else None
        if style in self.styles.contents:
            return "", []
        parts: list[str] = []
        boxes: list[_Element] = []
        _collect(paragraph, parts, boxes)
        # Empty paragraphs are counted too: columns of numbers in tables often hold nothing else.
        return self._number(properties, style or self.styles.default) + "".join(parts), boxes

    def _number(self, properties: _Element | None, style: str | None) -> str:
        num, depth = _list_of(properties)
        of_style, depth_of_style = self.styles.lists.get(style or "", (None, None))
        if num is None:
            num, depth = of_style, depth if depth is not None else depth_of_style
        if num is None or num == "0":
            return ""
        if depth is None:
            tied = self.numbering.level_of_style(num, style or "")
            depth = tied if tied is not None else 0
        printed = self.numbering.next(num, depth)
        return f"{printed} " if printed[-1:].isascii() and printed[-1:].isalnum() else printed

    def _cells(self, table: _Element) -> list[CellText]:
        """The cells of a table, merged ones once, with the rows and columns they cover."""
        cells: list[CellText] = []
        running: dict[int, int] = {}
        for number, row in enumerate(_rows(table)):
            column = _span_of(first(row, "trPr"), "gridBefore", 0)
            for cell in _inside(row, "tc"):
                properties = first(cell, "tcPr")
                width = _span_of(properties, "gridSpan", 1)
                merged = first(properties, "vMerge")
                goes_on = merged is not None and attribute(merged, "val") != "restart"
                if goes_on and column in running:
                    at = running[column]
                    above = cells[at]
                    cells[at] = CellText(above.row, above.column, above.text, number - above.row + 1, above.columns)
                else:
                    running.pop(column, None)
                    if merged is not None:
                        running[column] = len(cells)
                    cells.append(CellText(number, column, self._cell_text(cell), 1, width))
                column += width
        return [cell for cell in cells if cell.text]

    def _cell_text(self, cell: _Element) -> str:
        lines: list[str] = []
        for block in _blocks(cell):
            if name_of(block) == "tbl":
                lines += [inner.text for inner in self._cells(block)]
                continue
            text, boxes = self._paragraph(block)
            lines += [text, *(self._cell_text(box) for box in boxes)]
        return "\n".join(line.strip() for line in lines if line.strip())


def _blocks(container: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of a container, through what wraps them; a table of contents is passed over."""
    for child in container:
        name = name_of(child)
        if name in ("p", "tbl"):
            yield child
        elif name == "sdt":
            gallery = first(child, "sdtPr", "docPartObj", "docPartGallery")
            content = first(child, "sdtContent")
            if content is not None and (gallery is None or attribute(gallery, "val") != "Table of Contents"):
                yield from _blocks(content)
        elif name in ("ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(child)
        elif name == "AlternateContent":
            yield from _blocks(chosen) if (chosen := _chosen(child)) is not None else ()


def _inside(container: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, through what wraps them."""
    for child in container:
        name = name_of(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(child, wanted)


def _rows(table: _Element) -> Iterator[_Element]:
    return (row for row in _inside(table, "tr") if first(row, "trPr", "del") is None)


def _collect(element: _Element, parts: list[str], boxes: list[_Element]) -> None:
    """Add the printed text of what is inside a paragraph; text boxes are kept for later."""
    for child in element:
        name = name_of(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            if (chosen := _chosen(child)) is not None:
                _collect(chosen, parts, boxes)
        elif name in _LEFT_OUT or (name == "r" and is_on(first(child, "rPr"), "vanish")):
            continue
        else:
            _collect(child, parts, boxes)


def _chosen(alternate: _Element) -> _Element | None:
    """The first of the alternatives that says something: they hold the same for newer and older programs."""
    alternatives = (child for child in alternate if name_of(child) in ("Choice", "Fallback"))
    return next((each for each in alternatives if "".join(each.itertext()).strip()), first(alternate, "Choice"))


def _mark_is_deleted(paragraph: _Element) -> bool:
    return first(paragraph, "pPr", "rPr", "del") is not None


def _span_of(properties: _Element | None, name: str, otherwise: int) -> int:
    text = value(properties, name) if properties is not None else None
    return min(int(text), _WIDEST) if text is not None and text.isdecimal() else otherwise
