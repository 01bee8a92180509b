"""The stage of a task: the first clause that shows one decides, and its first word."""

import pytest

from kg.resolve.stages import Stage, stage_of


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("探索建立甲机制。", Stage("探索", "探索")),
        ("积极探索甲办法，在全市推广。", Stage("探索", "积极探索")),
        ("开展“一业一证”改革试点。", Stage("试点", "试点")),
        ("在乙区先行先试。", Stage("试点", "先行先试")),
        ("扩大甲改革试点范围。", Stage("试点", "试点")),
        ("推广应用电子印章。", Stage("推广", "推广应用")),
        ("推行包容审慎监管。", Stage("推广", "推行")),
        ("全面推行告知承诺制，探索信用承诺。", Stage("全面推行", "全面推行")),
        ("推动甲平台市县全覆盖。", Stage("全面推行", "全覆盖")),
        ("常态化开展走访。", Stage("常态化", "常态化")),
        ("建立政企沟通长效机制。", Stage("常态化", "长效机制")),
    ],
)
def test_stages(text: str, stage: Stage) -> None:
    assert stage_of(text) == stage


def test_the_first_step_is_the_promise() -> None:
    assert stage_of("先开展甲试点，再向全市推广。") == Stage("试点", "试点")


def test_experience_of_a_trial_that_is_spread_is_spread() -> None:
    assert stage_of("总结甲试点经验，有序复制推广。") == Stage("推广", "复制推广")


@pytest.mark.parametrize(
    "text",
    [
        "压缩办理时间。", "按照国家试点要求开展评估。", "加大宣传推广力度。", "宣传可复制、可推广的经验。", "认定一批示范企业。",
        "执行甲办法（试行）。", "支持试点企业用好政策。", "被认定为试点的企业给予奖励。",
    ],
)  # fmt: skip
def test_words_that_show_no_stage(text: str) -> None:
    assert stage_of(text) is None
