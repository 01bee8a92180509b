"""What falls due: days, repeated work and who answers, worked out by hand on two plans of invented cities."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.build import write_graph
from kg.graph import Graph, open_graph
from loaders.reader import read_document, read_file
from queries.due import Every, due, end_of_period, frequencies, last_day

PLAN = """广元市2024年优化服务工作方案

一、主要任务

（一）便利开办
1.简化登记流程。（市市场监管局牵头，市税务局配合，2024年6月底前完成）
2.到2024年，网上办理率达到95%。（市数据局牵头）
3.每季度通报办理情况，每年补贴企业50万元。（市数据局牵头）
（二）加强监管
每月召开两次联席会议。（市司法局牵头）

广元市人民政府
2024年2月10日
"""
OTHER = """自贡市2025年优化服务工作方案

一、主要任务

（一）便利开办
到2025年，新增自助服务点20个。（市数据局牵头）
（二）加强监管
开展检查。（市司法局牵头）
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("due")
    write_graph(
        assemble([read_document(PLAN.encode(), "甲.txt"), read_document(OTHER.encode(), "乙.txt")]), folder / "g"
    )
    return open_graph(folder / "g")


def test_a_printed_year_or_month_ends_on_its_last_day() -> None:
    assert last_day("2024") == date(2024, 12, 31)
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2024-02-10") == date(2024, 2, 10)
    assert (last_day("长期坚持"), last_day("2024-13"), last_day("2024-02-30"), last_day("")) == (None,) * 4


@pytest.mark.parametrize(
    ("every", "end"),
    [
        ("week", date(2024, 2, 16)),  # 10 February 2024 is a Saturday
        ("month", date(2024, 2, 29)), ("quarter", date(2024, 3, 31)), ("half-year", date(2024, 6, 30)),
        ("year", date(2024, 12, 31)),
    ],
)  # fmt: skip
def test_periods_end_on_their_last_day(every: Every, end: date) -> None:
    assert end_of_period(every, date(2024, 2, 10)) == end
    assert end_of_period(every, end) == end


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("每季度通报一次办理情况。", ["quarter"]),
        ("按月监测、按季通报贷款投放。", ["month", "quarter"]),
        ("每年给予企业50万元补贴。", []),
        ("每个机场每年最高补助100万元。", []),
        ("每周7天、每天24小时办理。", []),
        ("推行按季申报。", []),
        ("对每年的重点工作亲自把关。", []),
        ("优化流程；每半年开展一次检查；公开结果。", ["half-year"]),
    ],
)
def test_words_of_frequency_count_where_something_is_done(words: str, periods: list[Every]) -> None:
    assert list(frequencies(words)) == periods


def test_the_words_of_repeated_work_are_its_clause() -> None:
    assert frequencies("优化流程；每半年开展一次检查；公开结果。") == {"half-year": "每半年开展一次检查"}


def test_limits_and_targets_fall_due_in_order(graph: Graph) -> None:
    found = [(one.day, one.kind, one.work.city, one.work.who.leads, one.work.who.supports) for one in due(graph).dues]
    assert found == [
        (date(2025, 12, 31), "target", "自贡市", ("市数据局",), ()),
        (date(2024, 6, 30), "limit", "广元市", ("市市场监管局",), ("市税务局",)),
        (date(2024, 12, 31), "target", "广元市", ("市数据局",), ()),
    ]


def test_repeated_work_runs_from_issue_to_the_end_of_the_plan(graph: Graph) -> None:
    found = [(one.every, one.first, one.last, one.work.who.leads) for one in due(graph).standing]
    assert found == [
        ("month", date(2024, 2, 29), date(2024, 12, 31), ("市司法局",)),
        ("quarter", date(2024, 3, 31), date(2024, 12, 31), ("市数据局",)),
    ]


def test_days_and_bodies_choose(graph: Graph) -> None:
    assert [one.printed for one in due(graph, since=date(2024, 7, 1), until=date(2024, 12, 31)).dues] == ["2024"]
    assert [one.printed for one in due(graph, body="税务").dues] == ["2024-06"]
    assert due(graph, body="税务").standing == ()
    assert [one.printed for one in due(graph, city="自贡").dues] == ["2025"]


def test_by_time_and_by_body(graph: Graph) -> None:
    report = due(graph)
    assert [(row.printed, row.due, row.limits, row.targets, row.cities) for row in report.periods] == [
        ("2024-06", 1, 1, 0, 1), ("2024", 1, 0, 1, 1), ("2025", 1, 0, 1, 1),
    ]  # fmt: skip
    assert [(row.city, row.body, row.due, row.standing) for row in report.bodies] == [
        ("自贡市", "市数据局", 1, 0), ("广元市", "市数据局", 1, 1), ("广元市", "市市场监管局", 1, 0),
        ("广元市", "市司法局", 0, 1),
    ]  # fmt: skip
    assert report.to_pandas()["printed"].tolist() == ["2025", "2024-06", "2024"]


def test_days_of_real_plans_follow_from_the_annotations(shared: Path, tmp_path: Path) -> None:
    for plan in ("000", "002"):
        gold = json.loads((shared / "gold" / "seeds" / f"{plan}.json").read_text(encoding="utf-8"))
        (file,) = (shared / "seeds").glob(f"{plan}_*.txt")
        write_graph(assemble([read_file(file)]), tmp_path / plan)
        dated = [t["deadline"] for a in gold["actions"] for t in a["targets"] if t["deadline"]]
        report = due(open_graph(tmp_path / plan))
        assert Counter(one.printed for one in report.dues if one.work.ref.count("/") > 0) == Counter(dated), plan
