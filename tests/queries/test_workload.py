"""The one way to count, on two invented cities small enough to count by hand."""

from __future__ import annotations

import pytest

from kg.engine import Engine
from kg.records import GraphRecords, Row
from kg.tables import checked
from ontology.errors import UsageError
from queries.counting import Switches
from queries.workload import Load, WorkloadReport, workload

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


@pytest.fixture(scope="module")
def store() -> Engine:
    return Engine.from_records(checked(GraphRecords(NODES, EDGES, {}, (), ())))


def _of(report: WorkloadReport, city: str) -> dict[str, tuple[int, ...]]:
    """Body → lead, joint, support, solo."""
    return {load.body: (load.lead, load.joint, load.support, load.solo) for load in report.loads if load.city == city}


def test_a_responsibility_counts_once_per_body_and_holder(store: Engine) -> None:
    report = workload(store, city="甲市")
    assert _of(report, "甲市") == {
        "市审计局": (2, 2, 0, 1),  # leads (1) and (2), jointly 一/2 and (3); alone only in (2)
        "市财政局": (1, 2, 1, 1),  # leads section 一 alone, jointly 一/2 and (3), supports 一/1
        "市数据局": (1, 1, 1, 0),  # leads 一/1, jointly 一/2, supports (1)
    }
    assert report.loads[2] == Load("甲市", 3, "市数据局", "b:data", 1, 1, 1, 3, 3 / 11, 0)
    assert [(load.rank, load.total) for load in report.loads] == [(1, 4), (1, 4), (3, 3)]


def test_switches_count_what_is_left_out_and_the_report_says_so(store: Engine) -> None:
    plain = workload(store, city="甲市")
    assert {row.what: (row.responsibilities, row.counted) for row in plain.counting} == {
        "action": (5, True), "numbered": (5, True), "sentence": (0, True), "section": (1, True),
        "note": (2, False), "collective": (1, False), "inherited": (0, False), "text": (1, False),
        "study": (1, False), "merged": (0, False),
    }  # fmt: skip
    wide = workload(store, city="甲市", switches=Switches(notes=True, collectives=True))
    assert _of(wide, "甲市")["各区县政府"] == (0, 0, 1, 0)
    assert _of(wide, "甲市")["开发区"] == (0, 0, 2, 0)
    assert [row.counted for row in wide.counting if row.what in ("note", "collective")] == [True, True]
    assert _of(workload(store, city="乙市"), "乙市") == {"市发改局": (1, 0, 0, 1)}
    assert _of(workload(store, city="乙市", switches=Switches(inherited=True)), "乙市") == {"市发改局": (2, 0, 0, 2)}


def test_level_action_rolls_tasks_up_with_the_highest_role(store: Engine) -> None:
    report = workload(store, city="甲市", level="action")
    assert _of(report, "甲市") == {
        "市审计局": (1, 1, 0, 0),  # 一/3: sole lead of a task outranks the joint lead of another
        "市财政局": (1, 2, 1, 1),
        "市数据局": (1, 1, 1, 0),
    }
    assert [row.responsibilities for row in report.counting if row.what == "merged"] == [2]
    assert [behind.holders for behind in report.documents] == [4, 0]


def test_lines_of_work_count_once_per_holder_whoever_carries_them(store: Engine) -> None:
    report = workload(store, city="甲市", by="function")
    assert _of(report, "甲市") == {
        "监督检查": (3, 2, 1, 2),  # 财政局 and 审计局 both: section, (1), (2) lead; 一/2, (3) once each; 一/1 support
        "财政": (1, 2, 1, 1),
        "数据": (1, 1, 1, 0),
    }


def test_lists_without_a_lead_are_read_both_ways(store: Engine) -> None:
    (reading,) = workload(store, city="甲市").readings
    # Lists: the heading, 一/1, 一/2, (1), (2), (3); only 一/2 names several bodies and no lead.
    assert (reading.lists, reading.unled) == (6, 1)
    # All joint: 审计局 4 leads, 财政局 3, 数据局 2. First listed (财政局): 财政局 3, 审计局 3, 数据局 1.
    assert [(change.body, change.rank, change.rank_by_order) for change in reading.changes] == [("市财政局", 2, 1)]
    (change,) = reading.changes
    assert (change.leads, change.leads_by_order) == (3, 3)


def test_concentration_of_all_and_of_leads(store: Engine) -> None:
    everything, leads = workload(store, city="甲市").concentration
    assert (everything.of, everything.bodies, everything.responsibilities) == ("all", 3, 11)
    assert everything.hhi == pytest.approx((16 + 16 + 9) / 121)
    assert everything.effective == pytest.approx(121 / 41)
    assert everything.top3 == pytest.approx(1.0)
    assert (leads.of, leads.responsibilities) == ("lead", 9)
    assert leads.gini == pytest.approx(4 / 27)  # rising 2 3 4: (-4 + 0 + 8) / (3 · 9)


def test_solo_leads_name_the_places(store: Engine) -> None:
    report = workload(store, city="甲市")
    assert {(lead.body, lead.count, lead.refs) for lead in report.solo_leads} == {
        ("市审计局", 1, ("一/3/(2)",)),
        ("市财政局", 1, ("一",)),
    }


def test_cities_are_counted_apart_and_studies_never(store: Engine) -> None:
    report = workload(store)
    assert [load.city for load in report.loads] == ["甲市", "甲市", "甲市", "乙市"]
    assert sum(load.share for load in report.loads if load.city == "乙市") == pytest.approx(1)
    behind = [row.source for row in report.documents]
    assert [(source.city, source.status, source.year, source.counted) for source in behind] == [
        ("甲市", "draft", 2024, True),
        ("甲市", "issued", None, False),
        ("乙市", "issued", 2023, True),
    ]


@pytest.mark.parametrize("name", ["甲市", "甲", "110000", ["甲市"]])
def test_a_city_goes_by_name_short_name_or_code(store: Engine, name: str | list[str]) -> None:
    assert {load.city for load in workload(store, city=name).loads} == {"甲市"}


def test_an_unknown_city_is_answered_with_those_there_are(store: Engine) -> None:
    with pytest.raises(UsageError, match="甲市、乙市"):
        workload(store, city="丙市")


def test_pandas_gives_a_row_a_body(store: Engine) -> None:
    frame = workload(store, city="甲市").to_pandas()
    assert list(frame["total"]) == [4, 4, 3]
    assert list(frame.columns)[:4] == ["city", "rank", "body", "uid"]
