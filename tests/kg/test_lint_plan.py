"""What is wrong about a plan itself: found in the example of each code, not in the sound text, and in real plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.assemble import with_plan_findings
from kg.lint import CHECKS
from loaders.reader import read_document, read_file
from ontology.findings import FINDING_KINDS, message
from ontology.records import Finding

#: Numbers of the outline are judged while it is read.
CODES = sorted([*CHECKS, "outline-missing", "outline-repeated"])


def about(text: str) -> list[Finding]:
    """What is found about the plan in a text."""
    [document] = with_plan_findings([read_document(text.encode(), "示例市.txt")])
    return [finding for finding in document.findings if finding.about == "plan"]


def codes(text: str) -> list[str]:
    return [finding.code for finding in about(text)]


def plan(*actions: str) -> str:
    """A plan of numbered actions; each text has its heading in the first line."""
    return "\n".join(f"{number}、{action}" for number, action in zip("一二三四五六", actions, strict=False))


def test_every_code_about_plans_has_a_check() -> None:
    assert sorted(code for code, kind in FINDING_KINDS.items() if kind.about == "plan") == CODES


@pytest.mark.parametrize("code", CODES)
def test_it_is_found_in_its_example_and_not_in_the_sound_text(code: str) -> None:
    kind = FINDING_KINDS[code]
    assert code in codes(kind.example)
    assert code not in codes(kind.sound)


def test_a_misnumbered_plan_is_told_once() -> None:
    document = read_document(FINDING_KINDS["outline-missing"].example.encode(), "a.txt")
    assert [finding.code for finding in document.findings] == ["outline-missing"]


def test_numbers_of_other_times_levels_and_cases_do_not_disagree() -> None:
    for first, second in (
        ("2024年破产案件结案率达80%。", "2025年破产案件结案率达85%。"),
        ("市级破产案件结案率达80%。", "县级破产案件结案率达85%。"),
        ("破产案件结案率达80%，力争达85%。", "开展检查。"),
        ("竣工联合验收办理时限不超过5个工作日。", "竣工联合验收办理时限不超过8个工作日。"),
    ):
        text = plan(f"改造项目\n开展工作。{first}（市甲局负责）", f"基站项目\n开展工作。{second}（市乙局负责）")
        assert "numbers-disagree" not in codes(text), first


def test_the_two_numbers_and_the_line_of_the_other_are_named() -> None:
    [finding] = [f for f in about(FINDING_KINDS["numbers-disagree"].example) if f.code == "numbers-disagree"]
    assert message(finding, "en") == "破产案件结案率 is 85% here and 80% in line 2"


def test_short_lists_and_full_names_are_one_name() -> None:
    for one, other in (("市场监管局", "市市场监管局"), ("示例市公安局", "市公安局"), ("甲区", "甲区政府")):
        text = plan(f"开办企业\n压缩时间。（{one}负责）", f"完善监管\n开展检查。（{other}负责）")
        assert "body-several-names" not in codes(text), one


def test_what_each_place_does_for_itself_is_not_done_twice() -> None:
    work = "每年举办场景对接活动不少于2场，提供场景服务不少于50次，促进新技术应用。"
    text = plan(f"甲地\n{work}（广元市财政局负责）", f"乙地\n{work}（自贡市财政局负责）")
    assert "same-work-twice" not in codes(text)


@pytest.mark.parametrize(
    "sound",
    [
        '推行“一件事"改革，优化流程。',
        "1）压缩时间；2）公开结果。",
        "依据《关于印发〈示例办法〉的通知》优化流程。",
        "推进（含县（市、区））改革。",
    ],
)
def test_marks_that_close_in_their_own_way_are_sound(sound: str) -> None:
    assert "unbalanced-marks" not in codes(plan(f"开办企业\n{sound}（市甲局负责）", "完善监管\n检查。（市乙局负责）"))


def test_words_that_rightly_stand_twice_are_sound() -> None:
    sound = "围绕产业产业链缺失环节，由市市场监管局一事一议，不以创新为目的的除外，推进各县县级改革。"
    assert "doubled-words" not in codes(plan(f"开办企业\n{sound}（市甲局负责）", "完善监管\n检查。（市乙局负责）"))


def test_studies_are_not_edited() -> None:
    text = FINDING_KINDS["unbalanced-marks"].example.replace("（市甲局负责）", "").replace("（市乙局负责）", "")
    assert codes(f"示例市营商环境研究报告\n{text}") == []


def test_real_plans_with_two_numbers(shared: Path) -> None:
    files = sorted(path for name in ("002", "004") for path in (shared / "seeds").glob(f"{name}*"))
    found = {
        (document.facts.file[:3], finding.code): dict(finding.values)
        for document in with_plan_findings([read_file(file) for file in files])
        for finding in document.findings
        if finding.code in ("numbers-disagree", "units-disagree", "leftover-code")
    }
    assert {key: (values.get("value"), values.get("other")) for key, values in found.items()} == {
        ("002", "units-disagree"): ("15个", "15个工作日"),
        ("004", "numbers-disagree"): ("85％", "80%"),
        ("004", "leftover-code"): (None, None),
    }
