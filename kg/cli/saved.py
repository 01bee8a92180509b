"""Saved questions as tables: what ``kg query`` and ``kg shell`` share."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from kg.cli.report_departments import KINDS
from kg.cli.shared import say, warn
from kg.output import Column, Kind, Label, Table
from queries.rows import Rows, Store
from queries.saved import SUBJECTS, ColumnKind, SavedColumn, SavedParameter, SavedQuery, saved_queries

_KINDS: Mapping[ColumnKind, Kind] = {
    "count": "count", "share": "share", "ratio": "ratio", "decimal": "decimal", "number": "number",
}  # fmt: skip

CODES: Mapping[object, Label] = {
    "issued": Label("已印发", "issued"),
    "draft": Label("征求意见稿", "draft"),
    "mixed": Label("印发和征求意见稿都有", "issued and draft"),
    "study": Label("研究", "study"),
    "register": Label("台账", "register"),
    "lead": Label("牵头", "lead"),
    "joint": Label("共同牵头", "joint lead"),
    "support": Label("配合", "support"),
    "clause": Label("责任条款", "clause"),
    "section": Label("标题", "heading"),
    "note": Label("附注", "note"),
    "text": Label("正文句子", "running text"),
    "printed": Label("明文", "printed"),
    "convention": Label("依惯例", "convention"),
    "guess": Label("推测", "guess"),
    "action": Label("举措", "action"),
    "task": Label("任务", "task"),
    "target": Label("目标值", "target"),
    "numbered": Label("编号任务", "numbered"),
    "sentence": Label("一句话", "sentence"),
    "eq": Label("达到", "reaches"),
    "ge": Label("不低于", "at least"),
    "le": Label("不高于", "at most"),
    "inc": Label("上升", "rises by"),
    "inc_ge": Label("上升不低于", "rises by at least"),
    "dec": Label("下降", "falls by"),
    "dec_ge": Label("下降不低于", "falls by at least"),
    "higher": Label("高", "higher"),
    "lower": Label("低", "lower"),
    **KINDS,
    "law": Label("法律", "law"),
    "regulation": Label("法规", "regulation"),
    "rules": Label("规章", "rules"),
    "policy": Label("政策", "policy"),
    "plan": Label("方案", "plan"),
    "standard": Label("标准", "standard"),
    "list": Label("清单", "list"),
    "form": Label("表单", "form"),
    "report": Label("报告", "report"),
    "treaty": Label("条约", "treaty"),
}
"""What the codes of answers mean; a code that is not here is shown as it is."""


def list_table(lang_of: str) -> Table:
    """All saved questions, subject by subject."""
    columns = (
        Column("subject", "类", "subject"),
        Column("name", "名称", "name"),
        Column(lang_of, "回答什么", "what it answers"),
        Column("parameters", "参数", "parameters", drop=1),
        Column("en" if lang_of == "zh" else "zh", "英文", "Chinese", machine=True),
    )
    rows = [
        {
            "subject": query.subject,
            "name": query.name,
            "zh": query.zh,
            "en": query.en,
            "parameters": [_shown(parameter) for parameter in query.parameters],
        }
        for query in saved_queries().values()
    ]
    note = Label(
        "kg query 名称 --param 参数=值 提问；--show 打印 Cypher。带 * 的参数必须给出。",
        "Ask with kg query NAME --param name=value; --show prints the Cypher. A parameter with * must be given.",
    )
    titles: dict[str, Label] = {subject: Label(zh, en) for subject, (zh, en) in SUBJECTS.items()}
    return Table("queries", columns, rows, notes=(note,), section="subject", section_titles=titles)


def _shown(parameter: SavedParameter) -> str:
    return f"{parameter.name}*" if parameter.default is None else parameter.name


def answer_table(query: SavedQuery, values: Mapping[str, object], rows: Rows) -> Table:
    """The answer to a saved question: headings of its header, what was asked and with which values."""
    asked = ", ".join(f"{name} = {value}" for name, value in values.items() if value != "")
    notes = (Label(f"参数：{asked}", f"Parameters: {asked}"),) if asked else ()
    columns = tuple(_column(column, place) for place, column in enumerate(query.columns))
    return Table(query.name, columns, rows.rows, Label(query.zh, query.en), notes)


def _column(column: SavedColumn, place: int) -> Column:
    words = CODES if column.kind == "code" else {}
    kept = 0 if place < 2 else place
    kind = _KINDS.get(column.kind, "text")
    return Column(column.name, column.zh, column.en, kind, kept, words, machine=column.kind == "id")


def warn_of_unknown_names(store: Store, query: SavedQuery, values: Mapping[str, object], rows: Rows) -> None:
    """Where nothing was found, say which value names nothing in the graph, and what is near."""
    if len(rows):
        return
    for parameter in query.parameters:
        value = values[parameter.name]
        if parameter.of is None or not isinstance(value, str) or not value:
            continue
        known = [str(row["name"]) for row in store.run(f"MATCH (n:{parameter.of}) RETURN DISTINCT n.name AS name")]
        extra = store.run(f"MATCH (n:{parameter.of}) WHERE n.uid = $value RETURN n.uid AS uid", {"value": value})
        if len(extra) or any(value in name for name in known):
            continue
        near = get_close_matches(value, sorted(known), 3, 0.4)
        warn(
            say(f"提示：图谱中没有 {value}", f"note: nothing in the graph is named {value}")
            + (say("；相近的有：", "; near: ") + "、".join(near) if near else ""),
            color="yellow",
        )
