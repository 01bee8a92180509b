"""What documents say about themselves."""

import pytest

from loaders.facts import Head, read_head
from loaders.flat import flatten
from loaders.places import gazetteer, place_by_frequency, places_named

COVER = """甲州市人民政府办公室关于印发甲州市2025年优化
营商环境工作要点的通知
甲政办发〔2025〕12 号
各县（市、区）人民政府，市政府各部门：
现将《甲州市2025年优化营商环境工作要点》印发给你们，请认真贯彻执行。
甲州市人民政府办公室
2025年3月14日
甲州市2025年优化营商环境工作要点
为优化营商环境，制定本要点。
一、任务
"""


def head(text: str) -> Head:
    return read_head(flatten(text))


def test_a_plan_behind_a_cover_letter() -> None:
    found = head(COVER)
    assert found.title == "甲州市2025年优化营商环境工作要点"
    assert found.doc_no == "甲政办发〔2025〕12号"
    assert found.issuer == "甲州市人民政府办公室"
    assert found.issued == "2025-03-14"
    assert found.period == (2025, 2025)
    assert (found.kind, found.status) == ("plan", "issued")
    flat = flatten(COVER)
    assert flat.flat[found.plan_start :].startswith("甲州市2025年优化营商环境工作要点为优化")


def test_an_invented_city_is_kept_as_printed_without_a_code() -> None:
    found = head(COVER)
    assert (found.city, found.province, found.adcode) == ("甲州市", None, None)


def test_the_first_of_many_signatures_is_the_issuer() -> None:
    signed = "甲州市中级人民法院\n甲州市财政局\n甲州海关\n甲州市破产管理人协会\n2025年"
    cover = COVER.replace("甲州市人民政府办公室\n2025年", signed).replace("人民政府办公室关于", "中级人民法院等关于")
    assert head(cover).issuer == "甲州市中级人民法院"


def test_a_remark_on_the_seal_is_not_the_issuer() -> None:
    signed = "甲州市信用领导小组办公室\n（甲州市发展和改革委员会\n乙银行甲州分行代章）\n2025年"
    cover = COVER.replace("甲州市人民政府办公室\n2025年", signed).replace("甲州市人民政府办公室关于印发", "")
    assert head(cover).issuer == "甲州市信用领导小组办公室"


def test_a_draft_over_several_years() -> None:
    found = head("甲州市营商环境建设三年计划（2024—2026年）\n（征求意见稿）\n为深入贯彻，制定本计划。\n一、目标\n")
    assert found.title == "甲州市营商环境建设三年计划（2024—2026年）"
    assert found.period == (2024, 2026)
    assert found.year == 2026
    assert found.status == "draft"


def test_the_first_heading_is_no_title() -> None:
    assert head("第一章 总则\n第一条 为了做好工作，制定本细则。\n第二章 分则\n").title is None


def test_a_title_in_the_letter_is_not_where_the_plan_begins() -> None:
    title = "全省乙行业优化营商环境升级方案"
    letter = f"甲州省乙厅关于印发《{title}》的通知\n各单位：\n省厅制定了\n《{title}》，现印发你们。\n"
    flat = flatten(f"{letter}{title}\n一、任务\n")
    assert flat.flat[read_head(flat).plan_start :].startswith(f"{title}一、")


def test_a_year_in_the_title_may_lack_its_word() -> None:
    assert head("数字甲州2021行动方案\n一、任务\n做好。\n").period == (2021, 2021)


def test_a_study() -> None:
    assert head("## 打造甲州一流营商环境研究\n\n在当今时代，环境重要。\n").kind == "study"


def test_the_imprint_gives_issuer_and_date() -> None:
    found = head("甲州市方案\n为做好工作。\n一、任务\n做好。\n抄送：市委。\n甲州市人民政府办公室\n2021年7月14日印发\n")
    assert (found.issuer, found.issued) == ("甲州市人民政府办公室", "2021-07-14")


def test_a_text_that_begins_in_the_middle_has_no_title() -> None:
    assert head("为加快发展，制定本计划。\n一、任务\n做好。\n").title is None


@pytest.mark.parametrize(
    ("title", "city", "province", "adcode"),
    [
        ("自贡市工作方案", "自贡市", "四川省", "510300"),
        ("山西省工作方案", None, "山西省", "140000"),
        ("重庆市工作方案", "重庆市", "重庆市", "500000"),
        ("上海市黄浦区工作方案", "黄浦区", "上海市", "310101"),
        ("甘孜藏族自治州工作方案", "甘孜藏族自治州", "四川省", "513300"),
    ],
)
def test_places_of_every_level(title: str, city: str | None, province: str, adcode: str) -> None:
    found = head(f"{title}\n为做好工作，制定本方案。\n一、任务\n做好。\n")
    assert (found.city, found.province, found.adcode) == (city, province, adcode)


def test_a_city_that_only_the_text_names() -> None:
    found = head(
        "全市提升年行动方案\n为打造“张掖服务”品牌，推广张掖经验，唱响张掖名片，制定本方案。\n一、任务\n做好。\n"
    )
    assert (found.city, found.province) == ("张掖市", "甘肃省")


def test_codes_have_six_digits() -> None:
    assert all(len(code) == 6 for code in gazetteer().by_code)


def test_an_ambiguous_county_needs_its_city() -> None:
    assert [place.adcode for place in places_named("鼓楼区")] == []
    assert [place.adcode for place in places_named("南京市鼓楼区")] == ["320100", "320106"]


def test_no_place_without_evidence() -> None:
    assert place_by_frequency("加强监管，优化服务。") is None


def test_a_title_goes_on_in_a_line_that_begins_with_jingji() -> None:
    found = head(
        "甲市市场监管局关于印发优化营商环境促进民营\n经济发展若干措施的通知（2023年3月1日）\n各县（区）：\n"
        "现将《优化营商环境促进民营经济发展若干措施》印发给你们。\n优化营商环境促进民营经济发展若干措施\n一、任务\n做好。\n"
    )
    assert found.title == "优化营商环境促进民营经济发展若干措施"


def test_the_number_of_a_paper_cited_over_a_line_end_is_not_its_own() -> None:
    assert head("甲州市方案\n为落实《意见》（乙\n党发〔2023〕4号），制定本方案。\n一、任务\n做好。\n").doc_no is None


def test_a_signature_over_two_lines() -> None:
    found = head(
        "关于印发全省工作方案的通知\n各市：\n现将《全省工作方案》印发给你们。\n省功能提升与工程项目审批\n"
        "改革联席会议办公室（代章）\n2023年6月14日\n全省工作方案\n一、任务\n做好。\n"
    )
    assert (found.issuer, found.city) == ("省功能提升与工程项目审批改革联席会议办公室", None)


def test_the_file_names_the_place_where_the_text_does_not() -> None:
    flat = flatten("工作方案\n为做好工作，制定本方案。\n一、任务\n做好。\n")
    assert (read_head(flat, "江西省.txt").province, read_head(flat, "plan.txt").province) == ("江西省", None)


def test_a_plan_of_a_division_that_is_no_more_lands_on_the_code_of_its_time() -> None:
    text = "巢湖市{}年工作方案\n为做好工作，制定本方案。\n一、任务\n做好。\n"
    assert (head(text.format(2009)).city, head(text.format(2009)).adcode) == ("巢湖市", "341400")
    assert head(text.format(2023)).adcode == "340181"


def test_a_county_name_of_several_places_is_decided_by_the_text_or_named_in_a_finding() -> None:
    plain = head("朝阳区工作方案\n为做好工作，制定本方案。\n一、任务\n做好。\n")
    assert (plain.city, plain.adcode, len(plain.bearers)) == ("朝阳区", None, 2)
    told = head("朝阳区工作方案\n按照长春市部署，支持长春新区，制定本方案。\n一、任务\n做好。\n")
    assert (told.city, told.province, told.adcode, told.bearers) == ("朝阳区", "吉林省", "220104", ())
