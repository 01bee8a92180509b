"""Two invented cities, small enough to count by hand."""

from __future__ import annotations

from kg.records import GraphRecords, Row

# 甲市's plan (draft, 2024-2026):
#   action 一/1   clause "数据局，财政局、各区县政府":  数据局 leads, 财政局 and the collective support;
#                 note over all items: 开发区 supports
#   action 一/2   clause "财政局、数据局、审计局" names no lead: all joint;  note: 开发区 supports
#   action 一/3   no clause of its own; its numbered tasks print theirs:
#       一/3/(1)  "审计局牵头，数据局配合"
#       一/3/(2)  "审计局负责"
#       一/3/(3)  "财政局、审计局牵头" names two leads
#       一/3/(4)  prints nothing
#   section 一    heading names 财政局 as lead;  审计局 has a duty in running text at action 一/1
# 乙市's plan (issued 2023-05-06): action 一/1 "发改局牵头" with one inheriting sentence 一/1/①.
# A study on 甲市 names 数据局 as lead of its action 一.


def _node(uid: str, name: str, **properties: object) -> Row:
    return {"uid": uid, "name": name, **properties}  # type: ignore[dict-item]


def _edge(source: str, target: str, **properties: object) -> Row:
    return {"source": source, "target": target, **properties}  # type: ignore[dict-item]


def _named(body: str, holder: str, position: int, quote: str, **properties: object) -> Row:
    plain = {"joint": False, "basis": "clause", "duty": "", "inherited": False, "collective": False}
    return _edge(body, holder, position=position, quote=quote, **{**plain, **properties})


MIXED, UNLED, TWO = "（数据局，财政局、各区县政府）", "（财政局、数据局、审计局）", "（财政局、审计局牵头）"
NODES = {
    "City": [_node("c:1", "甲市", adcode="110000"), _node("c:2", "乙市", adcode="120000")],
    "Document": [
        _node("d:1", "甲市方案", kind="plan", status="draft", period_start=2024, period_end=2026),
        _node("d:2", "乙市方案", kind="plan", status="issued", issued="2023-05-06"),
        _node("d:3", "甲市研究", kind="study", status="issued"),
    ],
    "Section": [_node("s:1", "一", ref="一")],
    "Action": [
        _node("a:1", "一", ref="一/1"),
        _node("a:2", "二", ref="一/2"),
        _node("a:3", "三", ref="一/3"),
        _node("a:4", "四", ref="一/1"),
        _node("a:5", "五", ref="一"),
    ],
    "Task": [
        *(_node(f"t:{n}", f"任务{n}", ref=f"一/3/({n})", form="numbered") for n in (1, 2, 3, 4)),
        _node("t:5", "任务5", ref="一/1/①", form="sentence"),
    ],
    "Department": [
        _node("b:data", "市数据局", kind="bureau"),
        _node("b:money", "市财政局", kind="bureau"),
        _node("b:audit", "市审计局", kind="bureau"),
        _node("b:all", "各区县政府", kind="local-government"),
        _node("b:zone", "开发区", kind="development-zone"),
        _node("b:plan", "市发改局", kind="bureau"),
    ],
    "Function": [_node("f:data", "数据"), _node("f:money", "财政"), _node("f:check", "监督检查")],
}
EDGES = {
    ("City", "ISSUED", "Document"): [_edge("c:1", "d:1"), _edge("c:2", "d:2")],
    ("Document", "ABOUT", "City"): [_edge("d:3", "c:1")],
    ("Document", "HAS_SECTION", "Section"): [_edge("d:1", "s:1", order=1)],
    ("Document", "HAS_ACTION", "Action"): [
        *(_edge("d:1", f"a:{n}", order=n) for n in (1, 2, 3)),
        _edge("d:2", "a:4", order=1),
        _edge("d:3", "a:5", order=1),
    ],
    ("Action", "HAS_TASK", "Task"): [
        *(_edge("a:3", f"t:{n}", order=n) for n in (1, 2, 3, 4)),
        _edge("a:4", "t:5", order=1),
    ],
    ("Department", "LEADS", "Section"): [_named("b:money", "s:1", 1, "〔牵头单位：财政局〕", basis="section")],
    ("Department", "LEADS", "Action"): [
        _named("b:data", "a:1", 1, MIXED),
        _named("b:audit", "a:1", 1, "审计局负责日常监督", basis="text"),
        _named("b:money", "a:2", 1, UNLED, joint=True),
        _named("b:data", "a:2", 2, UNLED, joint=True),
        _named("b:audit", "a:2", 3, UNLED, joint=True),
        _named("b:plan", "a:4", 1, "（发改局牵头）", duty="牵头"),
        _named("b:data", "a:5", 1, "（数据局）"),
    ],
    ("Department", "SUPPORTS", "Action"): [
        _named("b:money", "a:1", 2, MIXED),
        _named("b:all", "a:1", 3, MIXED, collective=True),
        _named("b:zone", "a:1", 1, "以下均需开发区落实", basis="note"),
        _named("b:zone", "a:2", 1, "以下均需开发区落实", basis="note"),
    ],
    ("Department", "LEADS", "Task"): [
        _named("b:audit", "t:1", 1, "（审计局牵头，数据局配合）", duty="牵头"),
        _named("b:audit", "t:2", 1, "（审计局负责）", duty="负责"),
        _named("b:money", "t:3", 1, TWO, joint=True, duty="牵头"),
        _named("b:audit", "t:3", 2, TWO, joint=True, duty="牵头"),
        _named("b:plan", "t:5", 1, "（发改局牵头）", duty="牵头", inherited=True),
    ],
    ("Department", "SUPPORTS", "Task"): [_named("b:data", "t:1", 2, "（审计局牵头，数据局配合）", duty="配合")],
    ("Department", "PERFORMS", "Function"): [
        _edge("b:data", "f:data"),
        _edge("b:money", "f:money"),
        _edge("b:money", "f:check"),
        _edge("b:audit", "f:check"),
    ],
}


def two_cities() -> GraphRecords:
    """The graph above."""
    return GraphRecords(NODES, EDGES, {}, (), ())
