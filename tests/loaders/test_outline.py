"""Outlines: which numbers are headings."""

import pytest

from loaders.flat import flatten
from loaders.markers import chinese_number
from loaders.outline import is_goal, is_scaffold, read_outline


def outline(text: str) -> list[tuple[str, str]]:
    flat = flatten(text)
    found = read_outline(flat, 0, len(flat.flat))
    return [(node.ref, flat.flat[node.heading[0] : node.heading[1]].rstrip("。")) for node in found.walk()]


def refs(text: str) -> list[str]:
    return [ref for ref, _ in outline(text)]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("一百零二", 102), ("7", 7), ("③", 3)],
)
def test_chinese_numbers(printed: str, value: int) -> None:
    assert chinese_number(printed) == value


def test_four_levels_with_their_refs() -> None:
    text = "一、总任务\n（一）优化准入\n1.便利登记。简化材料。\n（1）开展试点。选一个区。\n（2）全面推开。\n2.便利注销。简化公告。\n（二）优化监管\n"
    assert refs(text) == [
        "一",
        "一/（一）",
        "一/（一）/1",
        "一/（一）/1/(1)",
        "一/（一）/1/(2)",
        "一/（一）/2",
        "一/（二）",
    ]


def test_half_width_brackets_give_the_same_refs() -> None:
    assert refs("一、任务\n(一)准入\n(二)监管\n") == ["一", "一/（一）", "一/（二）"]


def test_numbering_goes_on_across_sections() -> None:
    text = "（一）准入\n1.甲事。说明。\n2.乙事。说明。\n（二）监管\n3.丙事。说明。\n4.丁事。说明。\n"
    assert refs(text) == ["（一）", "（一）/1", "（一）/2", "（二）", "（二）/3", "（二）/4"]


def test_a_heading_without_its_end_mark_is_cut_where_its_text_begins() -> None:
    text = (
        "一、任务\n1.打造领航型企业。全面推行链长制。\n2.培育高成长企业。激发活力。\n"
        "3.促进大中小企业融合融通支持领航型企业发挥链主作用，借助商会和产业平台，在工艺攻关、产品配套等方面，带动中小企业。"
        "鼓励合作。\n"
    )
    assert outline(text)[-1] == ("一/3", "促进大中小企业融合融通")


def test_numbers_in_a_sentence_are_no_headings() -> None:
    text = "一、任务\n（一）准入。按照（三）项要求办理。提高1.5倍，推动一、二、三产业融合。\n（二）监管。加强检查。\n"
    assert refs(text) == ["一", "一/（一）", "一/（二）"]


def test_a_line_break_before_a_number_in_a_sentence() -> None:
    text = (
        "一、任务\n"
        + "推动现代农业、先进制造业与现代服务业深度融合发展，促进第一产业和\n二、三产业协同，形成新的增长点和完整的产业链条，带动就业增收。\n"
        * 3
        + "二、保障\n"
    )
    assert refs(text) == ["一", "二"]


def test_chapters_and_articles() -> None:
    assert refs("第一章 总则\n第一条 为了规范。\n第二条 适用于本市。\n第二章 准入\n第三条 登记。\n") == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第二章",
        "第二章/第三条",
    ]


def test_a_heading_ends_at_its_full_stop_or_line() -> None:
    text = "（一）提升服务便利度。持续推进改革，公布清单。\n（二）深化园区服务\n推动建设驿站，编制手册。\n"
    assert outline(text) == [("（一）", "提升服务便利度"), ("（二）", "深化园区服务")]


def test_a_heading_that_breaks_off_goes_on_in_the_next_line() -> None:
    text = "一、\n优化营商环境。\n全面发布政策。\n二、推广存量房\n“带押过户”。\n细化流程，明确清单。\n"
    assert outline(text) == [("一", "优化营商环境"), ("二", "推广存量房“带押过户”")]


def test_a_skipped_and_a_repeated_number_are_believed_and_reported() -> None:
    flat = flatten("1.甲事。说明甲。\n2.乙事。说明乙。\n2.丙事。说明丙。\n4.丁事。说明丁。\n")
    found = read_outline(flat, 0, len(flat.flat))
    assert [node.ref for node in found.walk()] == ["1", "2", "2", "4"]
    assert [(fault.marker.number, fault.expected) for fault in found.faults] == [(2, 3), (4, 3)]


def test_measures_that_are_sentences_have_no_heading() -> None:
    text = "（一）开办企业\n" + "".join(
        f"（{n}）推进第{n}项改革，简化材料，压缩时间，方便企业办理各类事项。（市甲局负责）\n" for n in range(1, 5)
    )
    flat = flatten(text)
    nodes = list(read_outline(flat, 0, len(flat.flat)).walk())
    assert [node.headed for node in nodes] == [True, False, False, False, False]


def test_a_study_without_numbers_has_lead_ins() -> None:
    text = "## 打造一流环境研究\n\n导言。\n\n### 当好引导员\n\n政策宣传精准化。利用数据推送政策。\n\n政策执行规范化。完善监督。\n\n### 做好服务员\n\n服务便捷化。推进改革。\n"
    assert outline(text) == [
        ("1", "当好引导员"),
        ("1/1", "政策宣传精准化"),
        ("1/2", "政策执行规范化"),
        ("2", "做好服务员"),
        ("2/1", "服务便捷化"),
    ]


def test_the_imprint_ends_the_outline() -> None:
    flat = flatten(
        "一、任务。做好工作。\n二、保障。加强领导。\n\n抄送：市委办公室。\n甲市人民政府办公室\n2025年3月1日印发\n"
    )
    found = read_outline(flat, 0, len(flat.flat))
    assert flat.flat[found.end :].startswith("抄送")


@pytest.mark.parametrize(
    "line", ["本措施自印发之日起施行，有效期2年。", "各政策举措自印发之日\n起执行，由牵头单位解释。"]
)
def test_from_when_the_paper_holds_ends_the_outline(line: str) -> None:
    flat = flatten(f"一、任务。做好工作。\n二、保障。加强领导。\n{line}\n")
    assert flat.flat[read_outline(flat, 0, len(flat.flat)).end :] == line.replace("\n", "")


@pytest.mark.parametrize("heading", ["总体要求", "总体目标", "工作目标", "指导思想", "总体要求和目标", "发展目标"])
def test_goal_headings(heading: str) -> None:
    assert is_goal(heading)


@pytest.mark.parametrize("heading", ["工作要求", "主要任务", "加强组织领导", "明确目标责任考核"])
def test_other_headings_are_no_goals(heading: str) -> None:
    assert not is_goal(heading)


def test_scaffold_headings() -> None:
    assert is_scaffold("工作举措")
    assert is_scaffold("主要任务")
    assert not is_scaffold("优化服务举措落实")
