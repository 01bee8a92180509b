"""Words of invented actions, and the themes they show."""

import pytest

from kg.resolve import Decision, Decisions, ThemeChoice, resolve_themes
from kg.resolve.themes import theme_candidates


def themes(heading: str, body: str = "", sections: tuple[str, ...] = ()) -> list[str]:
    return [choice.theme for choice in resolve_themes(heading, body, sections)]


@pytest.mark.parametrize(
    ("heading", "main"),
    [
        ("让开办企业更快", "business-entry"),
        ("压减施工许可时间", "construction-permits"),
        ("降低企业用电成本", "electricity"),
        ("改进供水和燃气报装", "water-gas"),
        ("不动产登记当天办完", "property-registration"),
        ("盘活闲置土地", "land-supply"),
        ("办税少跑腿", "taxation"),
        ("通关再提速", "trade"),
        ("鼓励外商投资", "foreign-investment"),
        ("破产案件快审", "insolvency"),
        ("解决融资难", "finance"),
        ("保护中小投资者", "investor-protection"),
        ("诉前调解纠纷", "dispute-resolution"),
        ("稳定就业", "labour"),
        ("政府采购全程上网", "procurement"),
        ("招标投标全程上网", "bidding"),
        ("深化高效办成一件事", "government-services"),
        ("严格保护知识产权", "intellectual-property"),
        ("开展公平竞争审查", "fair-competition"),
        ("规范行政执法检查", "enforcement"),
        ("开展信用修复", "credit"),
        ("建设法治政府", "rule-of-law"),
        ("扶持科技创新", "innovation"),
        ("引进高层次人才", "talent"),
        ("惠企政策免申即享", "policy-delivery"),
        ("办好企业诉求", "business-dialogue"),
        ("抓好招商引资", "investment-promotion"),
        ("办好工业园区", "parks"),
        ("支持专精特新企业发展", "enterprise-growth"),
        ("延伸产业链", "industry"),
        ("发展冷链物流", "logistics"),
        ("汇聚公共数据", "digital"),
        ("改进环评", "environment"),
        ("增加养老服务", "public-services"),
        ("扩大消费", "consumption"),
        ("推动区域合作", "branding"),
        ("加强督导考核", "oversight"),
    ],
)
def test_a_heading_alone_shows_the_main_theme(heading: str, main: str) -> None:
    assert themes(heading)[0] == main


def test_the_heading_outweighs_a_long_body() -> None:
    assert themes("优化纳税服务", "通过数据共享、大数据、电子证照开展服务。" * 20)[0] == "taxation"


def test_the_body_decides_where_the_heading_says_nothing() -> None:
    assert themes("再上一个台阶", "新增充电桩，改造配电网，减少停电。")[0] == "electricity"


def test_a_section_heading_helps_only_a_little() -> None:
    assert themes("再上一个台阶", "汇总。", ("建设数字政府",)) == []
    assert themes("办税更方便", "", ("建设数字政府",))[0] == "taxation"


def test_one_main_theme_and_up_to_two_more_with_the_words_that_decided() -> None:
    choices = resolve_themes("发展冷链物流和跨境电商", "", ())
    assert [(one.theme, one.main, one.evidence) for one in choices] == [
        ("logistics", True, ("物流", "冷链")),
        ("trade", False, ("跨境电商",)),
    ]
    # 30 points (物流 6, 冷链 4) to 12 (跨境电商 4): 0.71 of both, and 0.4 of the first.
    assert [one.score for one in choices] == [0.9, 0.56]


def test_a_longer_term_wins_over_terms_inside_it() -> None:
    assert themes("政府采购") == ["procurement"]
    assert resolve_themes("政府采购", "", ())[0].evidence == ("政府采购",)


def test_line_breaks_inside_a_term_do_not_hide_it() -> None:
    assert themes("知识\n产权") == ["intellectual-property"]


def test_words_without_any_term_have_no_theme() -> None:
    assert resolve_themes("其他事项", "另行通知。", ()) == ()


def test_two_themes_that_are_too_close_give_none_but_stay_candidates() -> None:
    # 用电 5 and 融资 5 in the heading: neither leads.
    assert resolve_themes("改进用电和融资", "", ()) == ()
    candidates = theme_candidates("改进用电和融资", "", ())
    assert [(one.theme, one.main, one.score) for one in candidates] == [
        ("electricity", False, 0.42),
        ("finance", False, 0.42),
    ]


def test_the_title_of_the_document_helps_where_the_action_says_little() -> None:
    assert themes("改进用电和融资") == []
    choices = resolve_themes("改进用电和融资", "", (), title="示例市获得电力提升方案")
    assert choices[0].theme == "electricity"


def test_a_clearer_lead_never_has_a_lower_score() -> None:
    headings = ["用电" + "、用电" * more + "和融资" for more in range(9)]
    scores = [theme_candidates(heading, "", ())[0].score for heading in headings]
    assert scores == sorted(scores)
    assert scores[0] < 0.6 < scores[-1]


def test_a_decision_about_an_action_stands_before_its_words() -> None:
    decided = Decisions((Decision("theme", "d/一", "assign", "labour trade", "甲", "2026-01-02", "会商"),))
    assert resolve_themes("优化纳税服务", "", (), action="d/一", decisions=decided) == (
        ThemeChoice("labour", 1.0, True, ("decision: 甲 2026-01-02 会商",)),
        ThemeChoice("trade", 1.0, False, ("decision: 甲 2026-01-02 会商",)),
    )
    assert resolve_themes("优化纳税服务", "", (), action="d/二", decisions=decided)[0].theme == "taxation"


def test_a_decision_that_names_no_theme_changes_nothing() -> None:
    decided = Decisions((Decision("theme", "d/一", "assign", "commerce"),))
    assert resolve_themes("优化纳税服务", "", (), action="d/一", decisions=decided)[0].theme == "taxation"
