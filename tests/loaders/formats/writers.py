"""Writing plans as the files that offices send: Word, PDF, web page, spreadsheet, with the libraries' own writers."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from functools import cache

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

CHINESE_FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
SIZE = 14.0
LEFT, TOP, BOTTOM = 85.0, 105.0, 100.0
CHARACTERS = 28
LEADING = 24.0

Rows = Sequence[Sequence[str | int | float | None]]


def docx_of(text: str) -> bytes:
    """Every line a paragraph, with a header and page footer on each page."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料，注意保存"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    """A Word document as its bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_list(
    document, levels: Sequence[tuple[str, str]], number: int = 77, starts: dict[int, int] | None = None
) -> int:
    """A list of Word: (format, pattern) of each level; gives its number for :func:`add_item`."""
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">' + "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f"{abstract}</w:abstractNum>"))
    return use_list(document, number, number, starts)


def use_list(document, number: int, abstract: int, starts: dict[int, int] | None = None) -> int:
    """Another use of a list, which can begin anew."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in (starts or {}).items()
    )
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>')
    )
    return number


def add_item(document, text: str, number: int, depth: int):
    """A paragraph of a list."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def add_table(document, rows: Rows, merged: Sequence[tuple[int, int, int, int]] = ()) -> None:
    """A table; ``merged`` are (top, left, bottom, right)."""
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None:
                table.cell(y, x).text = str(value)
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))


@cache
def font() -> str:
    """A font with Chinese characters (Debian: fonts-wqy-zenhei)."""
    pdfmetrics.registerFont(TTFont("zh", CHINESE_FONT))
    return "zh"


class Pdf:
    """Pages of an official document: a header and a number on each, lines of 28 characters."""

    def __init__(self, *, header: str = "示例文件汇编", characters: int = CHARACTERS, size: float = SIZE) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        self.header, self.characters, self.size = header, characters, size
        self.page = 0
        self._open_page()

    def _open_page(self) -> None:
        self.page += 1
        self.canvas.setFont(font(), 9)
        self.canvas.drawCentredString(A4[0] / 2, A4[1] - 45, self.header)
        self.canvas.drawCentredString(A4[0] / 2, 60, f"— {self.page} —")
        self.canvas.setFont(font(), self.size)
        self.y = A4[1] - TOP

    def break_page(self) -> None:
        """Go on with the next page."""
        self.canvas.showPage()
        self._open_page()

    def line(self, text: str, x: float = LEFT) -> None:
        """One printed line."""
        if self.y < BOTTOM:
            self.break_page()
        self.canvas.drawString(x, self.y, text)
        self.y -= LEADING * self.size / SIZE

    def paragraph(self, text: str, indent: int = 2) -> None:
        """A paragraph, broken into lines; Chinese ones begin two characters in."""
        room = self.characters - indent
        x = LEFT + indent * self.size
        while text:
            taken, width = 0, 0.0
            while taken < len(text) and (width := width + (0.5 if text[taken].isascii() else 1.0)) <= room:
                taken += 1
            self.line(text[:taken], x)
            text, room, x = text[taken:], self.characters, LEFT

    def saved(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.out.getvalue()


def pdf_of(text: str, **settings) -> bytes:
    """Every line of a text a paragraph of a PDF."""
    pdf = Pdf(**settings)
    for line in text.splitlines():
        stripped = line.strip()
        if stripped:
            pdf.paragraph(stripped, 2 if line[:1].isspace() or len(stripped) > CHARACTERS else 0)
        else:
            pdf.y -= LEADING / 2
    return pdf.saved()


def html_of(text: str, *, charset: str = "utf-8") -> bytes:
    """A page of a government site: menu, place, the text in a soup of divs, footer."""
    lines = "".join(
        f'<div class="p"><p style="text-indent:2em">&nbsp;&nbsp;{html.escape(line)}</p></div>\n'
        for line in text.splitlines()
    )
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>通知公告_示例市人民政府</title><style>p {{ margin: 0 }}</style><script>var share = "分享。";</script></head>
<body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div>当前位置：<a href="/">首页</a> &gt; 政策文件</div><div class="wrap"><div><div id="zoom">{lines}</div></div>
<div style="display:none">隐藏的文字。</div></div><div class="foot">版权所有：示例市人民政府 备案号 0000</div></body></html>"""
    return page.encode("gb18030" if charset == "gb2312" else charset)


def html_table(rows: Rows, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> str:
    """A table; ``spans`` are (rows, columns) of cells that cover others, which are left out as None."""
    spans = spans or {}
    lines = []
    for y, row in enumerate(rows):
        cells = []
        for x, value in enumerate(row):
            if value is not None:
                down, across = spans.get((y, x), (1, 1))
                text = html.escape(str(value)).replace("\n", "<br>")
                cells.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def xlsx_of(rows: Rows, merged: Sequence[tuple[int, int, int, int]] = (), sheet: str = "任务分工") -> bytes:
    """A sheet; ``merged`` are (top, left, bottom, right)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None:
                page.write(y, x, value)
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return out.getvalue()
