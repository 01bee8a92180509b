"""Word: the numbers that it prints, and what is and is not part of the text."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders.formats import read_source
from loaders.formats.numbering import number_in
from tests.loaders.formats.writers import add_item, add_list, add_table, docx_of, saved, use_list

PLAN = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def lines(document) -> list[str]:
    return read_source(saved(document), "a.docx").text.splitlines()


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        ("chineseCountingThousand", 10, "十"), ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"), ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"), ("chineseCounting", 23, "二十三"), ("chineseCounting", 100, "一〇〇"),
        ("japaneseCounting", 111, "百十一"), ("ideographDigital", 12, "一二"), ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "甲"), ("ideographZodiac", 2, "丑"), ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"), ("upperLetter", 27, "AA"), ("lowerLetter", 2, "b"),
        ("upperRoman", 14, "XIV"), ("lowerRoman", 9, "ix"), ("decimalZero", 7, "07"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("decimalEnclosedFullstop", 3, "3."), ("bullet", 5, ""),
        ("unheardOf", 4, "4"),
    ],
)  # fmt: skip
def test_formats_of_numbers(form: str, number: int, printed: str) -> None:
    assert number_in(form, number) == printed


def test_lists_are_numbered_as_word_prints_them() -> None:
    document = docx.Document()
    number = add_list(document, PLAN)
    for text, depth in [
        ("准入", 0),
        ("开办", 1),
        ("登记", 2),
        ("办结", 2),
        ("注销", 1),
        ("简化", 2),
        ("监管", 0),
        ("检查", 1),
    ]:
        add_item(document, text, number, depth)
    assert lines(document) == [
        "一、准入",
        "（一）开办",
        "1.登记",
        "2.办结",
        "（二）注销",
        "1.简化",
        "二、监管",
        "（一）检查",
    ]


def test_a_list_used_again_goes_on_or_begins_anew() -> None:
    document = docx.Document()
    first = add_list(document, [("decimal", "%1.")])
    goes_on = use_list(document, 78, first)
    anew = use_list(document, 79, first, {0: 1})
    for text, number in [("甲", first), ("乙", first), ("丙", goes_on), ("丁", anew), ("戊", anew)]:
        add_item(document, text, number, 0)
    assert lines(document) == ["1.甲", "2.乙", "3.丙", "1.丁", "2.戊"]


def test_patterns_with_several_levels_and_styles() -> None:
    document = docx.Document()
    number = add_list(document, [("upperLetter", "%1."), ("decimal", "%1.%2 ")])
    style = document.styles["Heading 2"].element
    style.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="1"/><w:numId w:val="{number}"/></w:numPr>')
    )
    add_item(document, "甲", number, 0)
    document.add_paragraph("乙", style="Heading 2")
    document.add_paragraph("丙", style="Heading 2")
    assert lines(document) == ["A.甲", "A.1 乙", "A.2 丙"]


def test_numbers_alone_in_the_cells_of_a_table() -> None:
    document = docx.Document()
    number = add_list(document, [("decimal", "%1")])
    add_table(document, [["序号", "任务"], [None, "甲"], [None, "乙"]])
    for row in (1, 2):
        add_item(document, "", number, 0)
        made = document.paragraphs[-1]._p
        cell = document.tables[0].cell(row, 0)._tc
        cell.remove(cell.p_lst[0])
        cell.append(made)
    assert lines(document)[:3] == ["序号\t任务", "1 \t甲".replace(" ", ""), "2\t乙"]


def test_merged_cells_stand_once_and_keep_their_extent() -> None:
    document = docx.Document()
    add_table(document, [["甲", None, "乙"], [1, 2, 3], [None, 5, 6]], [(0, 0, 0, 1), (1, 0, 2, 0)])
    source = read_source(saved(document), "a.docx")
    assert source.text == "甲\t乙\n1\t2\t3\n5\t6\n"
    extents = [(source.text[c.start : c.end], c.row, c.column, c.rows, c.columns) for c in source.tables[0].cells]
    assert extents[0] == ("甲", 0, 0, 1, 2)
    assert extents[2] == ("1", 1, 0, 2, 1)


def paragraph_with(inner: str) -> bytes:
    document = docx.Document()
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{inner}</w:p>"))
    return saved(document)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            f"{run('保留')}<w:ins>{run('新增')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>",
            "保留新增\n",
        ),
        (f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>", "新处\n"),
        (f"{run('上')}<w:r><w:br/></w:r>{run('下')}", "上\n下\n"),
        (f"{run('甲')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "甲\n"),
        (
            f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            "链接控件\n",
        ),
        (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('域')}", "域\n"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
            "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r>"
            f"</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('正文')}",
            "正文\n框内\n",
        ),
    ],
    ids=["changes", "moved", "soft break", "hidden", "wrapped", "fields", "text box once"],
)
def test_what_is_part_of_the_text(inner: str, text: str) -> None:
    assert read_source(paragraph_with(inner), "a.docx").text == text


def test_headers_footers_and_contents_are_left_out() -> None:
    assert read_source(docx_of("甲市方案\n一、任务"), "a.docx").text == "甲市方案\n一、任务\n"
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、任务\t3", style="toc 1")
    document.add_paragraph("一、任务")
    assert lines(document) == ["一、任务"]


def test_footnotes_stand_at_the_end() -> None:
    content = saved(docx_with_note())
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        "<w:footnote w:id='2'><w:p><w:r><w:t>脚注文字。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert read_source(out.getvalue(), "a.docx").text == "正文。\n脚注文字。\n"


def docx_with_note():
    document = docx.Document()
    document.add_paragraph("正文。")
    return document


def test_paragraphs_are_counted() -> None:
    source = read_source(docx_of("甲\n\n乙\n丙"), "a.docx")
    assert [(source.text[p.start], p.paragraph) for p in source.places] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_the_strict_form_of_the_standard_is_read_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of("甲市方案"))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = re.sub(
                    rb"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                    content,
                )
            target.writestr(name, content)
    assert read_source(out.getvalue(), "a.docx").text == "甲市方案\n"
