"""Web pages: the article with its tables in place, without scripts, menus and what else surrounds it.

The article is the smallest element that holds every sentence (。) of the page, so that no sentence can be lost; its
title is added where it stands outside. Numbers that browsers print for ``<ol>`` are written. Nothing linked is fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.encoding import decode
from loaders.facts import TITLE_WORD
from loaders.formats.numbering import number_in
from loaders.formats.source import CellText, SourceText, SourceWriter
from ontology.errors import InputError, Words
from ontology.records import Finding

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LEFT_OUT = frozenset(
    {
        "script", "style", "noscript", "template", "nav", "aside", "footer", "head", "title", "select", "option",
        "button", "textarea", "iframe", "object", "svg", "canvas", "audio", "video", "map", "dialog",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
        "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_TITLE_META = ('meta[name="ArticleTitle"]', 'meta[property="og:title"]')
#: The name of the site behind a page's title: 某某方案_示例市人民政府, 某某方案 - 政策文件.
_SITE = re.compile(r"\s*[_|—–]\s*[^_|—–]*$|\s-\s[^-]*$")
_ORDERED = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WHITE = re.compile(r"\s+")
_SENTENCE = "。"
#: The farthest a cell can reach; pages of strangers can say anything.
_MOST_ROWS, _MOST_COLUMNS = 2000, 100
_DEEPEST = 2000
_SHORTEST_TITLE = 6
_HEAD = 4000


def read(content: bytes, file: str, encoding: str | None) -> SourceText:
    """The text of a page. Raises what :func:`loaders.encoding.decode` raises, and InputError where there is no text."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    text, damage = _decoded(content, file, encoding)
    try:
        parser = LexborHTMLParser(text)
    except SelectolaxError as error:
        raise InputError(
            Words("网页无法解析", "this page cannot be parsed"),
            where=file,
            advice=Words("用浏览器打开，另存为“仅 HTML”", "open it in a browser and save it as “HTML only”"),
        ) from error
    if parser.body is None:
        raise _empty(file)
    article = _article(parser.body)
    title = _title(parser)
    writer = SourceWriter()
    if title and _squeezed(title) not in _squeezed(_head(article)):
        writer.block(title)
    _Page(writer).walk(article)
    source = writer.finished(damage)
    if not source.text.strip():
        raise _empty(file)
    return source


def _empty(file: str) -> InputError:
    return InputError(
        Words("网页中没有文字", "there is no text in this page"),
        where=file,
        advice=Words("等网页显示完整后再另存", "save it again once the browser shows it whole"),
    )


def _decoded(content: bytes, file: str, encoding: str | None) -> tuple[str, tuple[Finding, ...]]:
    """The page as text: by the mark at its beginning, by what it declares, or told from its bytes."""
    declared = _CHARSET.search(content[:8192])
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if encoding is None and declared is not None and not marked:
        name = declared[1].decode("ascii", "replace").lower()
        try:
            return content.decode("gb18030" if name in ("gb2312", "gbk") else name), ()
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(content, file, encoding)


def _squeezed(text: str) -> str:
    return _WHITE.sub("", text)


def _title(parser: LexborHTMLParser) -> str:
    """What the page calls its article, in its metadata or its own title; empty where neither is the title of a plan."""
    named = [node.attributes.get("content") or "" for name in _TITLE_META for node in parser.css(name)]
    for text in [*named, *(node.text() for node in parser.css("title"))]:
        words = _WHITE.sub(" ", text).strip()
        while (shorter := _SITE.sub("", words)) != words:
            words = shorter
        if len(words) >= _SHORTEST_TITLE and TITLE_WORD.search(_squeezed(words)):
            return words
    return ""


def _head(article: LexborNode) -> str:
    """The first words that an element prints."""
    words = ""
    for node in _visible(article):
        if node.tag == "-text":
            words += node.text_content or ""
        if len(words) > _HEAD:
            break
    return words


def _article(body: LexborNode) -> LexborNode:
    """The smallest element that holds every sentence of the page; the whole body where there is none."""
    common: list[LexborNode] | None = None
    for text in _sentences(body):
        path = _path(text, body)
        if common is None:
            common = path
            continue
        length = 0
        while length < min(len(common), len(path)) and common[length].mem_id == path[length].mem_id:
            length += 1
        del common[length:]
        if length <= 1:
            break
    if not common:
        return body
    # Inside a paragraph, a cell or a table there is no article: the next element around them is.
    while len(common) > 1 and (
        common[-1].tag not in _BLOCKS or common[-1].tag in _PARTS or _is_only_a_table(common[-1])
    ):
        common.pop()
    return common[-1]


_PARTS = frozenset(
    {
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dd",
        "dt",
    }
)  # fmt: skip


def _is_only_a_table(element: LexborNode) -> bool:
    """Whether nothing stands beside the tables of an element: its title is then outside."""
    beside = (node for node in _visible(element, enter_tables=False) if node.tag == "-text")
    return not any((node.text_content or "").strip() for node in beside)


def _sentences(body: LexborNode) -> Iterator[LexborNode]:
    for node in _visible(body):
        if node.tag == "-text" and _SENTENCE in (node.text_content or ""):
            yield node


def _visible(top: LexborNode, *, enter_tables: bool = True) -> Iterator[LexborNode]:
    """All nodes that print something, in order; what is left out is not entered."""
    stack = [top]
    while stack:
        node = stack.pop()
        if node.mem_id != top.mem_id and node.next is not None:
            stack.append(node.next)
        if node.tag in _LEFT_OUT or _is_hidden(node):
            continue
        yield node
        if node.child is not None and (enter_tables or node.tag != "table"):
            stack.append(node.child)


def _is_hidden(node: LexborNode) -> bool:
    if node.tag is None or node.tag.startswith("-"):
        return False
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _path(node: LexborNode, top: LexborNode) -> list[LexborNode]:
    """The elements around a node, from ``top`` down."""
    path: list[LexborNode] = []
    above = node.parent
    while above is not None:
        path.append(above)
        if above.mem_id == top.mem_id:
            break
        above = above.parent
    return path[::-1]


@dataclass(slots=True)
class _Page:
    """Writes a page as paragraphs and tables."""

    source: SourceWriter = field(default_factory=SourceWriter)
    paragraphs: int = 0
    _line: list[str] = field(default_factory=list)
    _counts: dict[int, int] = field(default_factory=dict)

    def walk(self, top: LexborNode) -> None:
        """Write what stands in an element."""
        stack: list[tuple[LexborNode, bool]] = [(top, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._end_line()
                continue
            if node.mem_id != top.mem_id and node.next is not None:
                stack.append((node.next, False))
            if node.tag in _LEFT_OUT or _is_hidden(node):
                continue
            if node.tag == "-text":
                self._line.append(_text_of(node))
            elif node.tag == "br":
                self._end_line()
            elif node.tag == "table" and (grid := _grid(node)) is not None:
                self._end_line()
                self.source.table(grid)
            elif node.child is not None and len(stack) < _DEEPEST:
                if node.tag in _BLOCKS:
                    self._end_line()
                    stack.append((node, True))
                if node.tag == "li":
                    self._line.append(self._number(node))
                stack.append((node.child, False))
        self._end_line()

    def _end_line(self) -> None:
        text = "".join(self._line).strip()
        self._line.clear()
        for line in text.split("\n"):
            if line.strip():
                self.paragraphs += 1
                self.source.block(line.strip(), paragraph=self.paragraphs)

    def _number(self, item: LexborNode) -> str:
        """What browsers print before an item of a numbered list."""
        parent = item.parent
        if parent is None or parent.tag != "ol" or _UNNUMBERED.search(_style(parent) + _style(item)):
            return ""
        own = _whole(item.attributes.get("value"), -1)
        start = _whole(parent.attributes.get("start"), 1)
        number = own if own >= 0 else self._counts.get(parent.mem_id, start - 1) + 1
        self._counts[parent.mem_id] = number
        return number_in(_ORDERED.get(parent.attributes.get("type") or "1", "decimal"), number) + "."


def _style(node: LexborNode) -> str:
    return (node.attributes.get("style") or "") + ";"


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,5}", text.strip()) else otherwise


def _text_of(node: LexborNode) -> str:
    text = node.text_content or ""
    in_pre = node.parent is not None and node.parent.tag == "pre"
    return text if in_pre else _WHITE.sub(" ", text)


def _grid(table: LexborNode) -> list[CellText] | None:
    """The cells of a table; None where it only lays out the page: one column, one row, or tables inside."""
    if table.css_first("table table") is not None:
        return None
    cells: list[CellText] = []
    taken: set[tuple[int, int]] = set()
    number = -1
    for node in _visible(table):
        if node.tag == "tr":
            number += 1
        elif node.tag in ("td", "th"):
            row = max(number, 0)
            column = 0
            while (row, column) in taken:
                column += 1
            down = min(max(_whole(node.attributes.get("rowspan"), 1), 1), _MOST_ROWS)
            across = min(max(_whole(node.attributes.get("colspan"), 1), 1), _MOST_COLUMNS)
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            inner = _Page()
            inner.walk(node)
            cells.append(CellText(row, column, inner.source.finished().text.strip("\n"), down, across))
    height = number + 1
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if height < 2 or width < 2:
        return None
    return [
        CellText(cell.row, cell.column, cell.text, min(cell.rows, height - cell.row), cell.columns)
        for cell in cells
        if cell.text
    ]
