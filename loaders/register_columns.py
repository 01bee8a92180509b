"""The columns of a register (责任台账): their names, what they take, and what they mean.

One table serves everybody: the reader recognises a register by it, the template and its notes sheet are made from it,
and the export writes by it. ``docs/registers.md`` explains how rows are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from loaders.conventions import RULE_NAMES
from loaders.flat import squeezed

CellKind = Literal["text", "word", "number", "count", "years", "date", "adcode", "themes", "names"]
Group = Literal["document", "holder", "responsibility", "target", "citation"]


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column. ``zh`` is its heading, ``key`` is taken as well.

    ``words`` maps every word a cell may hold to what it stands for; the first word of each value is the one written.
    ``group`` says which fact the cell belongs to: a cell that cannot be read loses that fact only. ``further`` columns
    are those the export adds so that nothing is lost; people need not fill them. ``example`` is a cell of the example
    row.
    """

    key: str
    zh: str
    kind: CellKind
    group: Group
    note_zh: str
    note_en: str
    example: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    further: bool = False
    width: int = 12

    @property
    def choices(self) -> tuple[str, ...]:
        """The words written for the values, in order: those of a drop-down."""
        first: dict[str, str] = {}
        for word, value in self.words.items():
            first.setdefault(value, word)
        return tuple(first.values())

    def written(self, value: str) -> str:
        """The word for a value."""
        return next((word for word, meant in self.words.items() if meant == value), value)


_STATUS = {"已印发": "issued", "征求意见稿": "draft", "issued": "issued", "draft": "draft"}
_KIND = {"方案": "plan", "研究": "study", "台账": "register", "plan": "plan", "study": "study", "register": "register"}
_LEVEL = {
    "章节": "section", "举措": "action", "任务": "task",
    "section": "section", "action": "action", "task": "task",
}  # fmt: skip
_FORM = {"编号": "numbered", "句子": "sentence", "numbered": "numbered", "sentence": "sentence"}
_ROLE = {"牵头": "lead", "配合": "support", "lead": "lead", "support": "support"}
_YES = {"是": "yes", "否": "no", "yes": "yes", "no": "no"}
_DUTY = {word: word for word in ("牵头", "负责", "配合", "按职责分工负责", "落实", "协助", "参与")}
_BASIS = {
    "条款": "clause", "标题": "section", "统一说明": "note", "正文": "text",
    "clause": "clause", "section": "section", "note": "note", "text": "text",
}  # fmt: skip
_OP = {
    "等于": "eq", "不低于": "ge", "不超过": "le", "增长": "inc", "增长不低于": "inc_ge", "下降": "dec",
    "下降不低于": "dec_ge", "达到": "eq", "=": "eq", "＝": "eq", "≥": "ge", "≤": "le", "eq": "eq", "ge": "ge",
    "le": "le",
    "inc": "inc", "inc_ge": "inc_ge", "dec": "dec", "dec_ge": "dec_ge",
}  # fmt: skip
_PER = {"每月": "month", "每季度": "quarter", "每年": "year", "month": "month", "quarter": "quarter", "year": "year"}
_RULE = {name: name for name in RULE_NAMES}

COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn(
        "document", "文件", "text", "document",
        "文件标题。空白表示与上一行相同；各行文件栏目相同者为一份文件。",
        "Title of the document. Blank: as in the row above; rows whose document cells agree are one document.",
        "示例市优化营商环境行动方案", width=26,
    ),
    RegisterColumn(
        "city", "城市", "text", "document",
        "行政区全称，如 示例市、示例省；同名的在“区划代码”中写明。空白同上一行。",
        "Full name of the place that issued it (of a study: that it is about). Blank: as above.", "示例市",
    ),
    RegisterColumn(
        "period", "期间", "years", "document",
        "年份或起止年份：2025、2024-2026。空白同上一行。",
        "A year, or first and last: 2025, 2024-2026. Blank: as above.",
        "2024-2026",
    ),
    RegisterColumn(
        "status", "状态", "word", "document",
        "已印发或征求意见稿；整份不填按已印发。", "Issued or draft; issued where nothing is said.", "已印发", _STATUS,
    ),
    RegisterColumn(
        "ref", "编号", "text", "holder",
        "举措（或章节）在原文中的编号路径，用 / 连接。编号、标题、任务都空白的行，接着上一行的举措或任务写。",
        "Outline path of the action (or section), its marks joined by /. A row without ref, heading and task goes on "
        "with the action or task of the row above.",
        "二/（一）/1", width=14,
    ),
    RegisterColumn(
        "heading", "标题", "text", "holder",
        "举措的标题；用自己的话概括也可以。", "Heading of the action, as printed or in your words.",
        "便利企业开办", width=24,
    ),
    RegisterColumn(
        "task", "任务", "text", "holder",
        "举措之下的一项任务；填写后，本行的责任和指标属于该任务，否则属于举措。重复和重叠按这里的用词比较。",
        "A task under the action: where it is filled, the row is about the task, else about the action. Repeats and "
        "overlaps compare its words.",
        "推行企业开办全程网上办理。", width=34,
    ),
    RegisterColumn(
        "body", "部门", "names", "responsibility",
        "责任单位，写原文所用名称。宜一行一个；一格多个用顿号或换行隔开，角色相同。",
        "Responsible body, as printed. One a row at best; several in one cell (、 or line breaks) share the role.",
        "市市场监管局", width=22,
    ),
    RegisterColumn("role", "角色", "word", "responsibility", "牵头或配合；有部门必填。",
                   "Lead or support; needed wherever a body stands.", "牵头", _ROLE),
    RegisterColumn(
        "joint", "共同", "word", "responsibility",
        "是否与其他单位共同牵头。不填：同一事项有几个牵头单位即为“是”。",
        "Whether it leads jointly with others. Blank: yes where several bodies lead the same item.", "否", _YES,
    ),
    RegisterColumn("duty", "职责用语", "text", "responsibility", "原文的动词；可选列出的，也可另写。",
                   "The verb as printed; one of the list or another.", "牵头", _DUTY, width=14),
    RegisterColumn(
        "basis", "依据", "word", "responsibility",
        "责任写在哪里：条款（责任条款）、标题、统一说明（全文适用的说明）、正文（句子里，计数时不计）。不填按条款。",
        "Where it is printed: in a clause, a heading, a note for the whole document, or running text (never counted). "
        "Blank: clause.",
        "条款", _BASIS,
    ),
    RegisterColumn("target", "指标", "text", "target", "指标名称；有数值必填。",
                   "What is measured; needed with a value.",
                   "企业开办时间", width=22),
    RegisterColumn("op", "关系", "word", "target",
                   "等于、不低于、不超过、增长…、下降…；不填按等于。也可写 = ≥ ≤。",
                   "How the value is meant; blank: equal. = ≥ ≤ are taken, too.", "不超过", _OP),
    RegisterColumn("value", "数值", "number", "target", "只写数字，单位写在“单位”栏。",
                   "The number alone; its unit stands in the unit column.", "1", width=8),
    RegisterColumn("max", "上限", "number", "target", "范围的上限（85-90 中的 90）。", "Upper end of a range.",
                   width=8),
    RegisterColumn("unit", "单位", "text", "target", "原文的单位：%、个工作日、亿元 ……",
                   "The unit as printed.", "个工作日",
                   width=10),
    RegisterColumn("per", "频次", "word", "target", "每月、每季度或每年几次时填写。", "The period of a frequency.", "",
                   _PER, width=8),
    RegisterColumn("deadline", "达标时间", "date", "target", "2026、2026-06 或 2026-06-30。",
                   "When it is to be reached.",
                   "2026"),
    RegisterColumn("baseline", "基准", "text", "target", "与什么时候相比，如 2023。",
                   "What a change is measured against.",
                   width=8),
    RegisterColumn(
        "theme", "主题", "themes", "holder",
        "举措的主题，最主要的在前，用；隔开；不填由程序按用词判断。",
        "Themes of the action, the main one first, ； between; blank: chosen by the words.", "市场准入与退出", width=16,
    ),
    RegisterColumn("due", "完成时限", "text", "holder", "举措或任务的完成时限：日期或原文用语。",
                   "When the action or task is due: a date, or the words.", "2025-12"),
    RegisterColumn("level", "层级", "word", "holder", "章节（只归类的标题）须注明；举措和任务由“任务”栏可知。",
                   "Section must be said; action and task show in the task column.", "", _LEVEL, further=True),
    RegisterColumn("task_ref", "任务编号", "text", "holder", "任务的编号路径；不填按次序为①②③。",
                   "Outline path of the task; blank: ①②③ in order.", further=True, width=14),
    RegisterColumn("form", "任务形式", "word", "holder", "编号的措施，或一句话；不填由编号可知。",
                   "A numbered measure, or a sentence; blank: told by the ref.", "", _FORM, further=True),
    RegisterColumn("kind", "类别", "word", "document", "方案、研究或台账；不填为台账。",
                   "Plan, study or register; blank: register.", "", _KIND, further=True),
    RegisterColumn("adcode", "区划代码", "adcode", "document", "六位行政区划代码（GB/T 2260）。",
                   "Six-digit code of the place (GB/T 2260).", further=True),
    RegisterColumn("doc_no", "文号", "text", "document", "发文字号。", "Number of the document.",
                   further=True, width=16),
    RegisterColumn("issuer", "发文机关", "text", "document", "发文机关。", "The body that issued it.",
                   further=True, width=16),
    RegisterColumn("issued", "印发日期", "date", "document", "2024-03-01。", "Date of issue.", further=True),
    RegisterColumn("source", "来源文件", "text", "document", "取自哪个文件；来源不同的不合为一份。",
                   "The file it was taken from; what comes from different files is kept apart.",
                   further=True, width=16),
    RegisterColumn("position", "序位", "count", "responsibility", "该单位在原文名单中的次序。",
                   "The place of the body in its list.", further=True, width=8),
    RegisterColumn("list_size", "名单单位数", "count", "responsibility", "原文名单中的单位数。",
                   "How many bodies the list has.", further=True, width=8),
    RegisterColumn("rule", "读法", "word", "responsibility", "由哪条惯例得出角色；不填为台账写明。",
                   "The convention that gave the role; blank: the register says it.", "", _RULE, further=True),
    RegisterColumn("cites", "依据文件", "text", "citation", "所引文件：《…》（文号）。",
                   "What is cited: 《…》（number）.",
                   further=True, width=24),
    RegisterColumn("quote", "原文", "text", "citation", "作为证据的原文；须含部门名称。不填则以本行为据。",
                   "The sentence that proves it, with the body's name in it; blank: the row itself.",
                   further=True, width=40),
)  # fmt: skip

BY_KEY: Mapping[str, RegisterColumn] = MappingProxyType({column.key: column for column in COLUMNS})

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?:底|末)?前?")
_YEARS = re.compile(r"(\d{4})年?(?:(?:[-—–~]+|至|到)(\d{4})年?)?")


def as_date(text: str) -> str | None:
    """A date as "YYYY", "YYYY-MM" or "YYYY-MM-DD", or None where the text is none."""
    match = _DATE.fullmatch(squeezed(unicodedata.normalize("NFKC", text)))
    if match is None:
        return None
    year, month, day = match.groups()
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def as_years(text: str) -> tuple[int, int] | None:
    """A first and a last year (2024-2026年, 2025), or None where the text is none."""
    match = _YEARS.fullmatch(squeezed(unicodedata.normalize("NFKC", text)))
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if first <= last else None
