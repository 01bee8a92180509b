"""Numbers with units, operators and time words: one row a pattern, expected values worked out by hand."""

import pytest

from loaders.quantities import baselines, half_width, period, quantities, reading, time_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好评率达96.5%", [(96.5, None, "%", "share")]),
        ("费率不高于3‰", [(3, None, "‰", "share")]),
        ("提高2个百分点", [(2, None, "个百分点", "share")]),
        ("放大至6倍", [(6, None, "倍", "share")]),
        ("7个工作日内", [(7, None, "个工作日", "duration")]),
        ("不超过30分钟", [(30, None, "分钟", "duration")]),
        ("压缩到3个月", [(3, None, "个月", "duration")]),
        ("投资12亿元", [(12, None, "亿元", "money")]),
        ("营收2.5万亿元", [(2.5, None, "万亿元", "money")]),
        ("培训1.6万人次", [(1.6, None, "万人次", "count")]),
        ("引进1,200家", [(1200, None, "家", "count")]),
        ("走访500余户", [(500, None, "户", "count")]),
        ("评分达88分", [(88, None, "分", "score")]),
        ("下降8%-12%", [(8, 12, "%", "share")]),
        ("新建3至5个", [(3, 5, "个", "count")]),
        ("举办1—2场", [(1, 2, "场", "count")]),
        ("分别为7个、8个、9个小时", [(n, None, "个小时", "duration") for n in (7, 8, 9)]),
        ("分别为2.5、5个工作日", [(2.5, None, "个工作日", "duration"), (5, None, "个工作日", "duration")]),
        ("每季度调度两次以上", [(2, None, "次", "count")]),
        ("用户突破60万。", [(60, None, "万", "count")]),
        ("抽检6批次/千人", [(6, None, "批次/千人", "count")]),
        ("亩均投入2500元/亩", [(2500, None, "元/亩", "money")]),
        (
            "存储总量10EB，算力14EFlops，容量200kW",
            [(10, None, "EB", "count"), (14, None, "EFlops", "count"), (200, None, "kW", "count")],
        ),
        ("面积不少于500㎡，储气306万方", [(500, None, "㎡", "count"), (306, None, "万方", "count")]),
        # An index has no unit, unless one is printed.
        ("发展指数达到118左右", [(118, None, "", "score")]),
        ("满意度指数达到90分", [(90, None, "分", "score")]),
        # Numbers that belong to a name have no unit here.
        ("接入5G网络，办好7×24小时热线和第3批名单", []),
        ("召开一次会议", []),
    ],
)
def test_numbers_with_their_units(text: str, expected: list[tuple[float, float | None, str, str]]) -> None:
    assert [(q.value, q.value_max, q.unit, q.kind) for q in quantities(text)] == expected


def test_full_width_digits_keep_their_places() -> None:
    assert half_width("共９０．５％（其中）") == "共90.5%(其中)"


@pytest.mark.parametrize(
    ("before", "after", "op"),
    [
        ("好评率达到", "", "eq"),
        ("好评率达到", "以上", "ge"),
        ("好评率不低于", "", "ge"),
        ("企业总数突破", "", "ge"),
        ("时限压减至", "", "le"),
        ("时限压减至", "以内", "le"),
        ("时限由7天压缩到承诺时限", "", "le"),
        ("费率不超过", "", "le"),
        ("费率降至", "以下", "le"),
        ("满意度提升至", "", "eq"),
        ("满意度提升至", "以上", "ge"),
        ("总额增长", "", "inc"),
        ("总额同比增长", "以上", "inc_ge"),
        ("贷款增长不低于", "", "inc_ge"),
        ("次数平均减少", "", "dec"),
        ("成本降低", "以上", "dec_ge"),
        ("入住率达", "左右", "eq"),
    ],
)
def test_operator_words(before: str, after: str, op: str) -> None:
    assert reading(before, after).op == op


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("到2027年，", None, ["2027"]),
        ("2026年6月底前", None, ["2026-06"]),
        ("9月底前", 2024, ["2024-09"]),
        ("9月底前", None, []),
        ("年底前", 2024, ["2024"]),
        ("到2027年年底", 2024, ["2027"]),
        ("全年", 2024, ["2024"]),
        ("每年底", 2024, []),
        ("两年内", 2024, []),
        ("2024—2026年", None, ["2026"]),
        ("到“十四五”末", None, ["2025"]),
        # Years that only measure.
        ("在2023年基础上", 2024, []),
        ("较2022年", 2024, []),
        ("自2023年起", 2024, []),
    ],
)
def test_deadlines(text: str, year: int | None, expected: list[str]) -> None:
    assert [t.deadline for t in time_words(text, year)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("审批环节由5个压减至3个", "5个"),
        ("停水次数在2023年基础上减少", "2023"),
        ("在市级40项清单基础上，再新增", "市级40项清单"),
        ("时限比法定时限平均减少", "法定时限"),
    ],
)
def test_what_a_change_is_measured_against(text: str, expected: str) -> None:
    assert [base for base, _, _ in baselines(text)] == [expected]


def test_period_of_a_frequency() -> None:
    assert [period(t) for t in ("每月召开", "每季度召开", "每年召开", "召开")] == ["month", "quarter", "year", None]
