"""Task tables in spreadsheets, Word, web pages and PDF: what they say is what the same plan says in prose."""

from __future__ import annotations

import io

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from loaders import read_document
from loaders.header import HEADER_WORDS, column_kind
from tests.loaders.formats.test_samples import proved, targets, units
from tests.loaders.formats.writers import Pdf, add_table, font, html_of, html_table, saved, xlsx_of

TITLE = "云岭市2025年优化营商环境重点任务分工表"
HEADER = ["序号", "重点任务", "工作内容", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    ["一、优化准入环境", None, None, None, None, None],
    [1, "推行网上办理", "建设企业开办专区，网上办理率达到95%。设置综合窗口20个。", "市市场监管局", "市公安局\n市税务局", "2025年6月底前"],
    [2, "压缩办理时间", "企业开办时间压缩至1个工作日以内。", "市市场监管局、市数据局", "各区县政府", "2025年9月底前"],
    ["二、强化要素保障", None, None, None, None, None],
    [3, "扩大融资供给", "全年新增普惠小微贷款30亿元。", "市委金融办", "人行云岭市分行、市财政局", "2025年12月底前"],
]  # fmt: skip
PROSE = """云岭市2025年优化营商环境重点任务分工

一、优化准入环境
1.推行网上办理。建设企业开办专区，网上办理率达到95%。设置综合窗口20个。（牵头单位：市市场监管局；配合单位：市公安局、市税务局；完成时限：2025年6月底前）
2.压缩办理时间。企业开办时间压缩至1个工作日以内。（牵头单位：市市场监管局、市数据局；配合单位：各区县政府；完成时限：2025年9月底前）
二、强化要素保障
3.扩大融资供给。全年新增普惠小微贷款30亿元。（牵头单位：市委金融办；配合单位：人行云岭市分行、市财政局；完成时限：2025年12月底前）
"""
WIDE = [(1, 0, 1, 5), (4, 0, 4, 5)]


def xlsx() -> bytes:
    title: list[str | int | None] = [TITLE, None, None, None, None, None]
    shifted = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in WIDE]
    return xlsx_of([title, HEADER, *ROWS], [(0, 0, 0, 5), *shifted])


def csv() -> bytes:
    quoted = [",".join(f'"{"" if value is None else value}"' for value in row) for row in [[TITLE], HEADER, *ROWS]]
    return "\r\n".join(quoted).encode("gb18030")


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    add_table(document, [HEADER, *ROWS], WIDE)
    return saved(document)


def page() -> bytes:
    table = html_table([HEADER, *ROWS], {(1, 0): (1, 6), (4, 0): (1, 6)})
    return html_of(TITLE + "\n@").replace(b"@", table.encode())


def ruled_pdf(room: float = A4[1]) -> bytes:
    """A table with ruling lines; where the page is short it goes on over pages with its header on each."""
    style = ParagraphStyle("cell", fontName=font(), fontSize=9, leading=12, wordWrap="CJK")
    out = io.BytesIO()
    cells = [
        [Paragraph(str(value).replace("\n", "<br/>"), style) if value is not None else "" for value in row]
        for row in [HEADER, *ROWS]
    ]
    table = Table(cells, colWidths=[35, 80, 140, 80, 85, 75], repeatRows=1)
    wide = [("SPAN", (0, top), (5, top)) for top, *_ in WIDE]
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *wide])
    )
    title = Paragraph(TITLE, ParagraphStyle("title", fontName=font(), fontSize=16, leading=30, alignment=1))
    SimpleDocTemplate(out, pagesize=(A4[0], room), topMargin=40, bottomMargin=40).build([title, table])
    return out.getvalue()


def plain_pdf() -> bytes:
    """A table without any line, only columns."""
    pdf = Pdf(header="", size=9, characters=46)
    pdf.line(TITLE, 180)
    places = [60, 90, 170, 330, 415, 495]
    widths = [3, 8, 16, 8, 8, 8]

    def row(values: list, gap: float) -> None:
        pieces = [
            [part[at : at + width] for part in str(value or "").split("\n") for at in range(0, len(part), width)]
            for value, width in zip(values, widths, strict=True)
        ]
        for number in range(max(map(len, pieces))):
            for x, lines in zip(places, pieces, strict=True):
                if number < len(lines):
                    pdf.canvas.drawString(x, pdf.y, lines[number])
            pdf.y -= 13
        pdf.y -= gap

    for values in [HEADER, *ROWS]:
        if values[1] is None:
            pdf.canvas.drawString(60, pdf.y, str(values[0]))
            pdf.y -= 23
        else:
            row(values, 10)
    return pdf.saved()


@pytest.mark.parametrize(
    "content", [xlsx(), csv(), word(), page(), ruled_pdf(), ruled_pdf(250), plain_pdf()],
    ids=["xlsx", "csv", "docx", "html", "pdf", "pdf over pages", "pdf without lines"],
)  # fmt: skip
def test_a_task_table_says_what_prose_says(content: bytes) -> None:
    prose = read_document(PROSE.encode(), "plan.txt")
    table = read_document(content, "table.csv" if b"%PDF" not in content and content[:2] != b"PK" else "table")
    assert [(s.ref, s.heading) for s in table.sections] == [("一", "优化准入环境"), ("二", "强化要素保障")]
    assert [(a.ref, a.heading, a.due) for a in table.actions] == [
        ("一/1", "推行网上办理", "2025-06"), ("一/2", "压缩办理时间", "2025-09"), ("二/3", "扩大融资供给", "2025-12"),
    ]  # fmt: skip
    assert [(t.ref, t.text) for a in table.actions for t in a.tasks] == [
        ("一/1/①", "建设企业开办专区，网上办理率达到95%。"),
        ("一/1/②", "设置综合窗口20个。"),
        ("一/2/①", "企业开办时间压缩至1个工作日以内。"),
        ("二/3/①", "全年新增普惠小微贷款30亿元。"),
    ]
    assert units(table) == units(prose)
    assert targets(table) == targets(prose)
    assert table.facts.title == TITLE
    assert (table.facts.city, table.facts.period) == ("云岭市", (2025, 2025))
    assert proved(table)
    assert [finding.code for finding in table.findings] == []


def test_places_point_into_the_cell() -> None:
    first = read_document(xlsx(), "a.xlsx").actions[0]
    assert [(r.body, r.span.cell) for r in first.responsibilities] == [
        ("市市场监管局", "任务分工!D4"), ("市公安局", "任务分工!E4"), ("市税务局", "任务分工!E4"),
    ]  # fmt: skip
    assert [t.span.cell for t in first.targets] == ["任务分工!C4", "任务分工!C4"]
    over_pages = read_document(ruled_pdf(250), "a.pdf").actions
    assert [a.responsibilities[0].span.page for a in over_pages] == [1, 1, 2]


def test_merged_groups_hold_their_rows_and_headers_of_two_rows_are_read() -> None:
    rows = [
        ["工作类别", "序号", "任务内容", "责任分工", None, "2025年目标"],
        [None, None, None, "牵头单位", "责任单位", None],
        ["优化准入", 1, "推行网上办理，建设综合窗口，提供帮办服务。", "市市场监管局", "市公安局", "办理率达到95%以上"],
        [None, 2, "推行证照联办。", "市数据局", "市税务局、市财政局", "办理时间压缩至3个工作日"],
        ["强化保障", 3, "开展银企对接，帮助企业融资，降低融资成本。", "市委金融办", None, "新增贷款20亿元"],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5), (2, 0, 3, 0)]
    document = read_document(xlsx_of(rows, merged), "b.xlsx")
    assert [(a.ref, a.heading) for a in document.actions] == [("1", "优化准入"), ("2", "强化保障")]
    assert units(document) == [
        ("1/1", "市公安局", "support", False, "clause"), ("1/1", "市市场监管局", "lead", False, "clause"),
        ("1/2", "市数据局", "lead", False, "clause"), ("1/2", "市税务局", "support", False, "clause"),
        ("1/2", "市财政局", "support", False, "clause"), ("2/3", "市委金融办", "lead", False, "clause"),
    ]  # fmt: skip
    assert [(t.task, t.op, t.value, t.unit, t.deadline) for a in document.actions for t in a.targets] == [
        ("1/1", "ge", 95.0, "%", "2025"), ("1/2", "le", 3.0, "个工作日", "2025"), ("2/3", "inc", 20.0, "亿元", "2025"),
    ]  # fmt: skip


def test_bare_values_are_targets_of_what_stands_beside_them() -> None:
    rows = [
        ["序号", "指标名称", "单位", "2025年目标值", "责任部门"],
        [1, "企业开办时间", "个工作日", "≤0.5", "市市场监管局"],
        [2, "不动产登记网上办理率", "%", 95, "市自然资源局"],
        [3, "新登记经营主体", "万户", "3-4", "市市场监管局"],
    ]
    document = read_document(xlsx_of(rows), "c.xlsx")
    assert [(t.name, t.op, t.value, t.value_max, t.unit, t.deadline) for a in document.actions for t in a.targets] == [
        ("企业开办时间", "le", 0.5, None, "个工作日", "2025"),
        ("不动产登记网上办理率", "eq", 95.0, None, "%", "2025"),
        ("新登记经营主体", "eq", 3.0, 4.0, "万户", "2025"),
    ]
    assert [r.body for a in document.actions for r in a.responsibilities] == [
        "市市场监管局",
        "市自然资源局",
        "市市场监管局",
    ]


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("市甲局\n市乙局", ["市甲局:lead", "市乙局:lead"]),
        ("市甲局 市乙局　市丙局", ["市甲局:lead", "市乙局:lead", "市丙局:lead"]),
        ("市人力资源和社\n会保障局、市财政局", ["市人力资源和社会保障局:lead", "市财政局:lead"]),
        ("市政府\n办公室", ["市政府办公室:lead"]),
        ("各县（市、区）\n人民政府", ["各县（市、区）人民政府:lead"]),
        ("市甲局牵头\n市乙局、市丙局配合", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        ("牵头单位：市甲局\n配合单位：市乙局", ["市甲局:lead", "市乙局:support"]),
        ("市甲局等有关部门", ["市甲局:lead", "有关部门:lead"]),
        ("另行明确", []),
    ],
)
def test_bodies_in_one_cell(printed: str, bodies: list[str]) -> None:
    document = read_document(xlsx_of([["序号", "任务", "责任单位"], [1, "推行网办。加快建设。", printed]]), "d.xlsx")
    assert [f"{r.body}:{r.role}" for a in document.actions for r in a.responsibilities] == bodies


def test_a_table_below_a_heading_of_the_text_belongs_to_it() -> None:
    document = docx.Document()
    for line in ("云岭市行动方案", "一、总体要求", "坚持问题导向。", "二、重点任务"):
        document.add_paragraph(line)
    add_table(document, [HEADER, *(row for row in ROWS if row[1])])
    document.add_paragraph("三、保障措施")
    document.add_paragraph("（一）加强领导。市政府办公室负责统筹。（市政府办公室负责）")
    document.add_paragraph("（二）加强宣传。公布办理结果。（市数据局负责）")
    read = read_document(saved(document), "e.docx")
    assert [a.ref for a in read.actions] == ["二/1", "二/2", "二/3", "三/（一）", "三/（二）"]
    assert [s.ref for s in read.sections] == ["二", "三"]
    assert proved(read)


def test_other_tables_stay_in_the_text() -> None:
    members = [["姓名", "单位", "职务"], ["甲某", "市政府", "组长"], ["乙某", "市财政局", "成员"]]
    document = docx.Document()
    document.add_paragraph("一、开办企业")
    document.add_paragraph("压缩时间。（市甲局负责）")
    document.add_paragraph("二、领导小组")
    add_table(document, members)
    read = read_document(saved(document), "f.docx")
    assert "甲某\t市政府\t组长" in read.text
    assert [r.body for a in read.actions for r in a.responsibilities] == ["市甲局"]


@pytest.mark.parametrize("row", HEADER_WORDS, ids=lambda row: row.kind)
def test_every_kind_of_header_is_known_by_its_example(row) -> None:
    assert column_kind(row.example) == row.kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("责任单位（排名第一位的为牵头单位）", "responsible"), ("牵头部门（单位）", "lead"), ("协办单位", "support"),
        ("具体举措", "text"), ("改革举措", "text"), ("目标任务", "text"), ("完成标准", "target"), ("计划完成时间", "due"),
        ("市级责任单位", "responsible"), ("牵头市领导", "person"), ("甲某某", None), ("推行网办。", None),
    ],
)  # fmt: skip
def test_headers_are_told_by_meaning(words: str, kind: str | None) -> None:
    assert column_kind(words) == kind
