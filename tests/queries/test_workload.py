"""The one way to count, on two invented cities small enough to count by hand: see two_cities.py."""

from __future__ import annotations

import pytest

from kg.engine import Engine
from kg.tables import checked
from ontology.errors import UsageError
from queries.counting import Switches
from queries.workload import Load, WorkloadReport, workload
from tests.queries.two_cities import two_cities


@pytest.fixture(scope="module")
def store() -> Engine:
    return Engine.from_records(checked(two_cities()))


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
