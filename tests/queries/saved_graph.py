"""A graph small enough to answer every saved question by hand, and the answers, worked out by hand.

甲市 issued a plan in 2024, 乙市 drafted one for 2025; a study is about 甲市 and never counts::

    甲方案  一 总则                 target 满意率 90 %
            一/1 开办  due 2025-06  数据局 leads, 财政局 and 审计局 support; in running text 财政局 has a duty
            一/2 用地               数据局、财政局 jointly; task 一/2/1 inherits both; target 满意率 80 %
    乙方案  一/1 登记               乙数据局 leads, the collective 各县 supports
            一/2 巡查               only 各县, its role a guess; a note adds 乙数据局
            一/3 公示               nobody
    甲研究  names 数据局
"""

from __future__ import annotations

from typing import Any

from kg.records import GraphRecords, Row


def _node(uid: str, name: str, **properties: Any) -> Row:
    return {"uid": uid, "name": name, **properties}


def _edge(source: str, target: str, **properties: Any) -> Row:
    return {"source": source, "target": target, **properties}


def _named(body: str, holder: str, quote: str, **properties: Any) -> Row:
    plain: Row = {
        "duty": "", "joint": False, "collective": False, "position": 1, "list_size": 1, "basis": "clause",
        "certainty": "printed", "rule": "verb", "inherited": False, "printed_name": "", "span_start": 1, "span_end": 2,
    }  # fmt: skip
    return _edge(body, holder, quote=quote, **{**plain, **properties})


def _target(uid: str, name: str, op: str, value: float, unit: str, deadline: str | None, quote: str) -> Row:
    return _node(uid, name, op=op, value=value, unit=unit, deadline=deadline, quote=quote)


OPEN, LAND, REGISTER = "（数据局牵头，财政局、审计局配合）", "（数据管理局、财政局）", "（数据局牵头，各县配合）"
JOINT = {"joint": True, "rule": "order", "certainty": "convention"}
ALL = {"collective": True, "printed_name": "各县"}
HAND = GraphRecords(
    {
        "City": [_node("c:1", "甲市", adcode="110000"), _node("c:2", "乙市", adcode="120000")],
        "Document": [
            _node("d:1", "甲方案", kind="plan", status="issued", issued="2024-03-01", doc_no="甲政1号", convention="comma"),
            _node("d:2", "乙方案", kind="plan", status="draft", period_start=2025),
            _node("d:3", "甲研究", kind="study", status="issued"),
        ],
        "Section": [_node("s:1", "总则", ref="一", heading="总则")],
        "Action": [
            _node("a:1", "开办", ref="一/1", heading="开办", due="2025-06"),
            _node("a:2", "用地", ref="一/2", heading="用地"),
            _node("a:3", "登记", ref="一/1", heading="登记"),
            _node("a:4", "巡查", ref="一/2", heading="巡查"),
            _node("a:5", "公示", ref="一/3", heading="公示"),
            _node("a:6", "研究", ref="一", heading="研究"),
        ],
        "Task": [_node("t:1", "压缩", ref="一/2/1", form="numbered", text="压缩", stage="试点")],
        "Department": [
            _node("b:data", "数据局", kind="bureau", aliases=["数据管理局"]),
            _node("b:money", "财政局", kind="bureau", aliases=[]),
            _node("b:audit", "审计局", kind="bureau", aliases=[]),
            _node("b:data2", "乙数据局", kind="bureau", aliases=[]),
            _node("b:all", "各县", kind="local-government", aliases=[]),
        ],
        "Function": [_node("f:data", "数据"), _node("f:money", "财政"), _node("function:core:all", "各县")],
        "Theme": [_node("th:1", "开办企业"), _node("th:2", "用地")],
        "Target": [
            _target("g:1", "时限", "le", 3, "个工作日", "2025", "压缩至3个工作日"),
            _target("g:2", "时限", "le", 5, "个工作日", None, "压缩至5个工作日"),
            _target("g:3", "满意率", "ge", 90, "%", "2025-12", "满意率达到90%"),
            _target("g:4", "满意率", "ge", 80, "%", "2025-12", "满意率达到80%"),
        ],
        "Indicator": [
            _node("i:1", "办理时间", unit="个工作日", direction="lower"),
            _node("i:2", "满意率", unit="%", direction="higher"),
        ],
        "Instrument": [_node("n:1", "条例", kind="regulation"), _node("n:2", "办法", kind="policy", doc_no="乙政2号")],
    },
    {
        ("City", "ISSUED", "Document"): [_edge("c:1", "d:1"), _edge("c:2", "d:2")],
        ("Document", "ABOUT", "City"): [_edge("d:3", "c:1")],
        ("Document", "ISSUED_BY", "Department"): [_edge("d:1", "b:data")],
        ("Document", "HAS_SECTION", "Section"): [_edge("d:1", "s:1", order=1)],
        ("Document", "HAS_ACTION", "Action"): [
            *(_edge("d:1", uid, order=n) for n, uid in enumerate(("a:1", "a:2"), 1)),
            *(_edge("d:2", uid, order=n) for n, uid in enumerate(("a:3", "a:4", "a:5"), 1)),
            _edge("d:3", "a:6", order=1),
        ],
        ("Action", "HAS_TASK", "Task"): [_edge("a:2", "t:1", order=1)],
        ("Department", "LEADS", "Action"): [
            _named("b:data", "a:1", OPEN, printed_name="数据局"),
            _named("b:money", "a:1", "财政局负责资金", printed_name="财政局", basis="text", rule="sentence", span_start=9),
            _named("b:data", "a:2", LAND, printed_name="数据管理局", **JOINT),
            _named("b:money", "a:2", LAND, printed_name="财政局", **JOINT),
            _named("b:data2", "a:3", REGISTER, printed_name="数据局"),
            _named("b:all", "a:4", "（各县）", rule="order", certainty="guess", **ALL),
            _named("b:data", "a:6", "（数据局）", printed_name="数据局"),
        ],
        ("Department", "LEADS", "Task"): [
            _named("b:data", "t:1", LAND, printed_name="数据管理局", inherited=True, **JOINT),
            _named("b:money", "t:1", LAND, printed_name="财政局", inherited=True, **JOINT),
        ],
        ("Department", "SUPPORTS", "Action"): [
            _named("b:money", "a:1", OPEN, printed_name="财政局"),
            _named("b:audit", "a:1", OPEN, printed_name="审计局"),
            _named("b:all", "a:3", REGISTER, **ALL),
            _named("b:data2", "a:4", "以上均由数据局督办", basis="note", rule="note", printed_name="数据局"),
        ],
        ("Department", "IN", "City"): [
            *(_edge(uid, "c:1") for uid in ("b:data", "b:money", "b:audit")),
            *(_edge(uid, "c:2") for uid in ("b:data2", "b:all")),
        ],
        ("Department", "PERFORMS", "Function"): [
            _edge("b:data", "f:data"), _edge("b:data2", "f:data"), _edge("b:money", "f:money"),
            _edge("b:all", "function:core:all"),
        ],
        ("Action", "ADDRESSES", "Theme"): [
            _edge("a:1", "th:1", main=True), _edge("a:3", "th:1", main=True), _edge("a:2", "th:2", main=True),
            _edge("a:3", "th:2", main=False), _edge("a:6", "th:2", main=True),
        ],
        ("Action", "SETS", "Target"): [_edge("a:1", "g:1"), _edge("a:3", "g:2"), _edge("a:2", "g:4")],
        ("Section", "SETS", "Target"): [_edge("s:1", "g:3")],
        ("Target", "MEASURES", "Indicator"): [
            *(_edge(uid, "i:1", strict=True, factor=1) for uid in ("g:1", "g:2")),
            *(_edge(uid, "i:2", strict=True, factor=1) for uid in ("g:3", "g:4")),
        ],
        ("Action", "CITES", "Instrument"): [
            _edge(uid, "n:1", quote="《条例》", span_start=3, span_end=7) for uid in ("a:1", "a:3")
        ],
        ("Document", "CITES", "Instrument"): [_edge("d:2", "n:2", quote="《办法》", span_start=0, span_end=4)],
        ("Action", "OVERLAPS", "Action"): [_edge("a:1", "a:3", score=0.8, shared=["登记"])],
        ("Action", "REPEATS", "Action"): [_edge("a:1", "a:2", score=0.6, shared=["办理"])],
    },
    {}, (), (),
)  # fmt: skip

ISSUED, DRAFT, MIXED = ("issued", 2024), ("draft", 2025), ("mixed", 2025)
ONE, TWO = ("甲方案", *ISSUED), ("乙方案", *DRAFT)

EXPECTED: dict[str, tuple[dict[str, Any], list[tuple[Any, ...]]]] = {
    "workload": ({}, [
        ("甲市", "数据局", 1, 1, 0, 2, 0.4, *ISSUED), ("甲市", "财政局", 0, 1, 1, 2, 0.4, *ISSUED),
        ("甲市", "审计局", 0, 0, 1, 1, 0.2, *ISSUED), ("乙市", "乙数据局", 1, 0, 0, 1, 1.0, *DRAFT),
    ]),
    "solo_leads": ({}, [("乙市", "乙数据局", "一/1", "登记", *TWO)]),
    "joint_leads": ({}, [("甲市", "一/2", "用地", ["数据局", "财政局"], 2, *ONE)]),
    "most_asked": ({}, [("甲市", "审计局", 1, 1, *ISSUED), ("甲市", "财政局", 1, 1, *ISSUED)]),
    "never_lead": ({}, [("甲市", "审计局", 1, *ISSUED)]),
    "function_load": ({}, [("数据", 2, 2, 1, 0, 3, *MIXED), ("财政", 1, 0, 1, 1, 2, *ISSUED)]),
    "uneven_functions": ({"min_cities": 1}, [
        ("数据", 2, 1.0, "甲市", 1.0, "乙市", 0.0), ("财政", 1, 0.5, "甲市", 0.5, "甲市", 0.0),
    ]),
    "kinds_of_bodies": ({}, [("甲市", "bureau", 3, 1, 2, 2, 5, *ISSUED), ("乙市", "bureau", 1, 1, 0, 0, 1, *DRAFT)]),
    "collectives_only": ({}, [("乙市", "一/2", "巡查", ["各县"], *TWO)]),
    "duties_of_function": ({"function": "数据"}, [
        ("甲市", "数据局", "数据", 1, 1, 0, 2, *ISSUED), ("乙市", "乙数据局", "数据", 1, 0, 0, 1, *DRAFT),
    ]),
    "always_together": ({"min_shared": 1}, [
        ("甲市", "数据局", "财政局", 2, 2, 2, 1.0), ("甲市", "审计局", "数据局", 1, 1, 2, 1.0),
        ("甲市", "审计局", "财政局", 1, 1, 2, 1.0),
    ]),
    "colead_pairs": ({"min_shared": 1}, [("甲市", "数据局", "财政局", 1, *ISSUED)]),
    "who_asks_whom": ({"min_shared": 1}, [("甲市", "数据局", "审计局", 1, *ISSUED), ("甲市", "数据局", "财政局", 1, *ISSUED)]),
    "reach": ({"body": "审计局"}, [(1, "数据局", "bureau"), (1, "财政局", "bureau")]),
    "chain": ({"first": "审计局", "second": "财政局"}, [(1, ["审计局", "财政局"], "甲市")]),
    "partners": ({}, [("甲市", "数据局", 2, 2), ("甲市", "财政局", 2, 2), ("甲市", "审计局", 2, 1), ("乙市", "乙数据局", 0, 1)]),
    "busiest_actions": ({"min_bodies": 2}, [("甲市", "一/1", "开办", 3, 1, 3, *ONE), ("甲市", "一/2", "用地", 2, 2, 1, *ONE)]),
    "coordination_cost": ({"many": 2}, [("甲市", 2, 2.5, 3, 4, 1, 0.5, *ISSUED), ("乙市", 1, 1.0, 1, 0, 0, 0.0, *DRAFT)]),
    "one_lead_only": ({"min_supports": 1}, [("甲市", "审计局", "数据局", 1, *ISSUED), ("甲市", "财政局", "数据局", 1, *ISSUED)]),
    "lost_without": ({"body": "数据管理局"}, [("甲市", "数据局", "一/1", "开办", 2, *ONE)]),
    "theme_leads": ({}, [
        ("开办企业", "甲市", "数据局", 1, *ISSUED), ("开办企业", "乙市", "乙数据局", 1, *DRAFT),
        ("用地", "甲市", "数据局", 1, *ISSUED), ("用地", "甲市", "财政局", 1, *ISSUED),
    ]),
    "theme_functions": ({}, [("开办企业", "数据", 2, 2, *MIXED), ("用地", "数据", 1, 1, *ISSUED), ("用地", "财政", 1, 1, *ISSUED)]),
    "theme_coverage": ({}, [("开办企业", 2, 2, *MIXED), ("用地", 1, 1, *ISSUED)]),
    "themes_of_few_cities": ({}, [("用地", 1, "甲市", 1, *ISSUED)]),
    "missing_themes": ({}, [("乙市", "用地", 1, 0.5)]),
    "missing_functions": ({}, [("甲市", "各县", 1, 0.5), ("乙市", "财政", 1, 0.5)]),
    "two_cities": ({"first": "甲市", "second": "120000"}, [("开办企业", 1, 0.5, 1, 1.0), ("用地", 1, 0.5, 0, 0.0)]),
    "actions_of_theme": ({"theme": "开办企业"}, [
        ("甲市", "一/1", "开办", ["数据局"], *ONE), ("乙市", "一/1", "登记", ["乙数据局"], *TWO),
    ]),
    "targets_by_deadline": ({}, [("甲市", "2025", 3, 2, *ISSUED), ("乙市", "", 1, 1, *DRAFT)]),
    "targets_without_body": ({}, [("甲市", "满意率", "ge", 90.0, None, "%", "2025-12", "一", "满意率达到90%", *ONE)]),
    "targets_without_deadline": ({}, [("乙市", 1, 1, 1.0, *DRAFT), ("甲市", 3, 0, 0.0, *ISSUED)]),
    "targets_of_bodies": ({}, [("甲市", "数据局", 2, 2, *ISSUED), ("甲市", "财政局", 1, 1, *ISSUED), ("乙市", "乙数据局", 1, 0, *DRAFT)]),
    "due_in_year": ({}, [
        ("2025", "target", "甲市", "一/1", "压缩至3个工作日", ["数据局"], *ONE),
        ("2025-06", "action", "甲市", "一/1", "开办", ["数据局"], *ONE),
        ("2025-12", "target", "甲市", "一", "满意率达到90%", [], *ONE),
        ("2025-12", "target", "甲市", "一/2", "满意率达到80%", ["数据局", "财政局"], *ONE),
    ]),
    "disagreeing_targets": ({}, [("办理时间", "个工作日", 2, 2, 3.0, 5.0, "lower", *MIXED)]),
    "indicator_values": ({"indicator": "办理"}, [
        ("办理时间", "甲市", "le", 3.0, None, "个工作日", True, "2025", "压缩至3个工作日", *ONE),
        ("办理时间", "乙市", "le", 5.0, None, "个工作日", True, None, "压缩至5个工作日", *TWO),
    ]),
    "contradicting_targets": ({}, [
        ("甲市", "满意率", "2025-12", 80.0, 90.0, "%", ["满意率达到90%", "满意率达到80%"], *ONE),
    ]),
    "common_indicators": ({}, [("办理时间", "个工作日", 2, 2, 2, *MIXED)]),
    "cited_instruments": ({}, [("条例", None, "regulation", 2, 1.0, 2, *MIXED), ("办法", "乙政2号", "policy", 1, 0.5, 1, *DRAFT)]),
    "citations": ({"instrument": "条"}, [("条例", "甲市", "一/1", "《条例》", *ONE), ("条例", "乙市", "一/1", "《条例》", *TWO)]),
    "theme_instruments": ({}, [("开办企业", "条例", 2, 2, *MIXED)]),
    "documents": ({}, [
        ("甲市", "甲方案", "plan", "issued", 2024, 1, 2, 1, 3, "comma"),
        ("乙市", "乙方案", "plan", "draft", 2025, 0, 3, 0, 1, None),
        ("甲市", "甲研究", "study", "issued", None, 0, 1, 0, 0, None),
    ]),
    "plans_by_year": ({}, [(2024, 1, 1, 0, 1), (2025, 1, 0, 1, 1)]),
    "issuers": ({}, [("甲市", "数据局", "bureau", "甲方案", "甲政1号", "2024-03-01", "issued")]),
    "stages": ({}, [("甲市", "试点", "numbered", 1, *ISSUED)]),
    "evidence": ({"body": "财政局"}, [
        ("甲市", "财政局", "lead", "一/1", "开办", "财政局负责资金", "财政局", "text", "printed", *ONE),
        ("甲市", "财政局", "support", "一/1", "开办", OPEN, "财政局", "clause", "printed", *ONE),
        ("甲市", "财政局", "joint", "一/2", "用地", LAND, "财政局", "clause", "convention", *ONE),
    ]),
    "to_check": ({}, [("乙市", "一/2", "各县", "lead", "order", "（各县）", *TWO)]),
    "sources_of_duties": ({}, [("甲市", "甲方案", 5, 0, 0, 1, 0, 0, *ISSUED), ("乙市", "乙方案", 3, 0, 1, 0, 2, 1, *DRAFT)]),
    "rules": ({}, [
        ("甲市", "甲方案", "verb", "printed", 3, *ISSUED), ("甲市", "甲方案", "order", "convention", 2, *ISSUED),
        ("乙市", "乙方案", "verb", "printed", 2, *DRAFT), ("乙市", "乙方案", "note", "printed", 1, *DRAFT),
        ("乙市", "乙方案", "order", "guess", 1, *DRAFT),
    ]),
    "without_lead": ({}, [("乙市", "一/3", "公示", 0, *TWO)]),
    "names_of_bodies": ({"min_names": 2}, [("甲市", "数据局", ["数据局", "数据管理局"], 2)]),
    "unreviewed_bodies": ({}, [
        ("甲市", "审计局", "bureau", None, 1), ("乙市", "各县", "local-government", "各县", 2),
    ]),
    "overlaps": ({"city": "乙市", "other": "甲市"}, [
        (0.8, "乙市", "一/1", "登记", ["乙数据局"], "甲市", "一/1", "开办", ["数据局"], ["登记"], "draft", "issued", 2025, 2024),
    ]),
    "overlapping_cities": ({}, [("甲市", "乙市", 1, 0.8, *MIXED)]),
    "repeats": ({}, [(0.6, "甲市", "一/1", "开办", ["数据局"], "一/2", "用地", ["数据局", "财政局"], False, ["办理"], *ONE)]),
}  # fmt: skip
"""Question → the values asked with, and its rows in order without the columns that only machines read."""
