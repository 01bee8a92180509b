"""Targets that measure the same thing share an indicator; what may be compared is strict, what belongs near is a family."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.indicators import Indicator, measure
from loaders import read_file
from ontology.records import Operator


def indicator(name: str, unit: str = "%", op: Operator = "ge") -> Indicator:
    return measure(name, unit, op).indicator


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("异地远程评标率", "异地远程评标占比"),
        ("异地远程评标率", "各行业远程异地评标比重"),
        ("远程异地评标占比", "远程异地评标项目占比"),
        ("远程异地评标占比", "工程建设项目远程异地评标占比"),
        ("电子招标投标项目不见面开标率", "网上“不见面”开标率"),
        ("政府性融资担保平均费率", "政府性融资担保机构平均担保费率"),
        ("民商事案件执行到位率", "民商事案件实际执行到位率"),
        ("依申请事项全程网办率", "依申请办理的政务服务事项可全程网办比例"),
        ("最多跑一次率", "“最多跑一次”事项占比"),
    ],
)
def test_names_of_one_rate(one: str, other: str) -> None:
    assert indicator(one) == indicator(other)
    assert (indicator(one).dimension, indicator(one).unit) == ("rate", "%")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业开办全流程办理时间", "企业平均开办时间"),
        ("办理正常出口退税的平均时间", "正常出口退（免）税平均办理时间"),
        ("民商事案件平均审理天数", "民商事案件平均结案时间"),
        ("高压单电源用户合计办电办理时间", "高压单电源用户全过程办电时间"),
        ("高压单电源用户用电报装时限", "高压单电源用户办电时间"),
        ("用水报装全流程办理时限", "用水报装时间"),
    ],
)
def test_names_of_one_time(one: str, other: str) -> None:
    assert indicator(one, "个工作日", "le") == indicator(other, "天", "le")
    assert (indicator(one, "天", "le").dimension, indicator(one, "天", "le").direction) == ("duration", "lower")


def test_a_total_is_neither_what_is_added_nor_what_is_raised() -> None:
    total = indicator("高新技术企业总量", "家", "eq")
    assert total == indicator("高新技术企业总数", "户", "ge") == indicator("高新技术企业", "万家", "eq")
    added = indicator("高新技术企业", "家", "inc")
    assert added == indicator("新增高新技术企业", "家", "ge")
    raised = indicator("引育高新技术企业", "户", "eq")
    assert (total.dimension, added.dimension, raised.dimension) == ("count", "change", "count")
    assert len({total, added, raised}) == 3
    assert {total.family, added.family, raised.family} == {"高新技术企业"}


def test_growth_of_trade_has_many_names_and_its_amount_is_only_related() -> None:
    growth = indicator("进出口总额", "%", "inc_ge")
    assert growth == indicator("外贸进出口总额", "％", "inc") == indicator("货物进出口", "%", "inc")
    assert growth == indicator("进出口总额增速", "%", "ge")
    amount = indicator("外贸进出口值", "亿元", "ge")
    assert (growth.dimension, amount.dimension) == ("change", "amount")
    assert growth.family == amount.family == "进出口"


def test_what_narrows_a_measure_keeps_it_apart_within_its_family() -> None:
    low = indicator("低压非居民用户全过程办电时间", "个工作日", "le")
    high = indicator("高压双电源用户办电时间", "个工作日", "le")
    assert (low.name, high.name) == ("办电时间（低压非居民）", "办电时间（高压双电源）")
    assert low.family == high.family == "办电"
    civil, firms = indicator("民商事案件执行到位率"), indicator("涉企案件实际执行到位率")
    assert civil != firms
    assert civil.family == firms.family


def test_a_share_of_cases_is_not_a_share_of_money_and_the_fastest_is_not_the_usual() -> None:
    assert indicator("甲事项比例") != indicator("甲事项金额比例")
    assert indicator("用气报装最快办理时间", "天", "le") != indicator("用气报装时间", "天", "le")
    assert indicator("扩建幼儿园", "所", "eq") != indicator("新建幼儿园", "所", "eq")


def test_a_fall_and_a_rise_are_two_and_the_greater_number_promises_more_in_both() -> None:
    fall, rise = indicator("跑动次数", "%", "dec"), indicator("跑动次数", "%", "inc")
    assert fall.uid == "indicator:跑动次数下降:change:%:higher"
    assert rise.uid == "indicator:跑动次数增长:change:%:higher"


@pytest.mark.parametrize(
    ("name", "unit", "op", "direction"),
    [
        ("政府性融资担保费率", "%", "eq", "lower"),
        ("审批环节", "个", "eq", "lower"),
        ("用气报装时间", "个工作日", "eq", "lower"),
        ("公示时间", "天", "eq", "higher"),
        ("信用修复及时率", "%", "eq", "higher"),
        ("信用修复及时率", "%", "le", "lower"),
    ],
)
def test_direction(name: str, unit: str, op: Operator, direction: str) -> None:
    assert indicator(name, unit, op).direction == direction


@pytest.mark.parametrize(
    ("unit", "shared", "factor"),
    [
        ("亿元", "亿元", 1), ("万元", "亿元", 1e-4), ("万亿元", "亿元", 1e4), ("亿美元", "亿美元", 1), ("户", "家", 1),
        ("万家", "家", 1e4), ("名", "人", 1), ("万人次", "人次", 1e4), ("场次", "次", 1), ("项", "个", 1), ("件", "个", 1),
        ("个工作日", "天", 1), ("日", "天", 1), ("分钟", "小时", 1 / 60), ("个月", "个月", 1), ("年", "个月", 12),
        ("‰", "%", 0.1), ("％", "%", 1), ("个百分点", "百分点", 1), ("万亩", "万平方米", 1e4 / 15), ("万公里", "公里", 1e4),
        ("EFlops", "EFLOPS", 1), ("万标准箱", "标准箱", 1e4),
    ],
)  # fmt: skip
def test_units_of_one_quantity(unit: str, shared: str, factor: float) -> None:
    measured = measure("甲事", unit, "eq")
    assert (measured.indicator.unit, measured.factor) == (shared, pytest.approx(factor))


def test_frequencies_compare_within_a_year() -> None:
    monthly, yearly = measure("召开座谈会", "次", "ge", "month"), measure("召开座谈会", "次", "ge", "year")
    assert monthly.indicator == yearly.indicator
    assert monthly.indicator.unit == "次/年"
    assert (monthly.factor, yearly.factor) == (12, 1)
    assert measure("召开座谈会", "次", "ge").indicator != yearly.indicator


@pytest.mark.parametrize("name", ["全流程办理时限", "审批时限", "办理", "其他区域达标率", "前两年"])
def test_a_name_that_does_not_stand_alone_is_not_strict(name: str) -> None:
    assert measure(name, "个工作日", "le").strict is False


def test_a_name_that_stands_alone_is_strict() -> None:
    assert measure("企业开办时间", "个工作日", "le").strict is True


@given(st.text(max_size=30), st.text(max_size=6), st.sampled_from(["eq", "ge", "le", "inc", "dec"]))
def test_any_name_gives_an_indicator_and_always_the_same(name: str, unit: str, op: Operator) -> None:
    measured = measure(name, unit, op)
    assert measured == measure(name, unit, op)
    assert measured.factor > 0
    assert measured.indicator.uid.startswith("indicator:")


def test_the_sample_plans_meet_in_the_measures_they_share(samples: Path) -> None:
    met: dict[str, set[str]] = {}
    for path in sorted(samples.glob("*.txt")):
        document = read_file(path)
        for target in (*document.targets, *(one for action in document.actions for one in action.targets)):
            uid = measure(target.name, target.unit, target.op, target.per).indicator.uid
            met.setdefault(uid, set()).add(path.stem.split("-")[0])
    assert met["indicator:远程异地评标率:rate:%:higher"] == {"hewang", "linlan", "qingxu", "yanchuan"}
    assert met["indicator:担保费率:rate:%:lower"] >= {"linlan", "qingxu", "yanchuan"}
    assert met["indicator:高新技术企业数:count:家:higher"] == {"hewang", "qingxu", "yanchuan"}
    assert met["indicator:办电时间（高压单电源）:duration:天:lower"] == {"qingxu", "yanchuan"}
    assert met["indicator:案件审理时间（民商事）:duration:天:lower"] >= {"hewang", "linlan"}
    assert met["indicator:破产案件审理时间（简单）:duration:个月:lower"] == {"qingxu", "yanchuan"}
