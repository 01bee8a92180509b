"""Decisions about indicators: joined, parted, withdrawn, and told where they no longer apply."""

import json
from pathlib import Path

import pytest

import kg as package
from kg.assemble import assemble
from kg.records import GraphRecords
from kg.resolve import Decision, Decisions, PrintedTarget, resolve_indicators
from kg.resolve.decisions import Verdict
from loaders import read_document
from ontology.findings import message
from tests.kg.cli_helpers import kg

PLAN = """云岭市优化服务三年计划（2024—2026年）

一、主要任务

1.推广电子交易。远程异地评标率达到90%。（市数据局）

2.扩大电子交易。远程异地评标占比达到80%。（市数据局）

3.培育企业。新增高新技术企业20家。高新技术企业总数达到300家。（市科技局）

4.便利办电。低压非居民用户办电时间压缩至3个工作日。（市经信局）
"""
RATE = "indicator:远程异地评标率:rate:%:higher"
SHARE = f"{RATE}#远程异地评标占比"
ADDED = "indicator:高新技术企业增长:change:家:higher"
TOTAL = "indicator:高新技术企业数:count:家:higher"
POWER = "indicator:办电时间（低压非居民）:duration:天:lower"


def decided(*rows: tuple[str, Verdict, str]) -> Decisions:
    lines = (Decision("indicator", *row, line=line) for line, row in enumerate(rows, 2))
    return Decisions(tuple(lines), "g.decisions.csv")


def built(*rows: tuple[str, Verdict, str]) -> GraphRecords:
    return assemble([read_document(PLAN.encode(), "plan.txt")], (), decided(*rows))


def indicators(records: GraphRecords) -> dict[str, str]:
    """The indicator of every target by the target's name."""
    names = {row["uid"]: str(row["name"]) for row in records.nodes["Target"]}
    return {names[row["source"]]: str(row["target"]) for row in records.edges["Target", "MEASURES", "Indicator"]}


def reasons(records: GraphRecords) -> list[str]:
    return [message(one, "en").rpartition("applies: ")[2] for one in records.findings if one.code == "decision-unused"]


def test_without_decisions_the_rules_hold() -> None:
    found = indicators(built())
    assert set(found.values()) == {RATE, ADDED, TOTAL, POWER}
    assert found["远程异地评标率"] == found["远程异地评标占比"] == RATE


def test_a_printed_name_is_parted_from_its_indicator_and_stays_in_its_family() -> None:
    records = built((SHARE, "different", RATE))
    found = indicators(records)
    assert (found["远程异地评标率"], found["远程异地评标占比"]) == (RATE, SHARE)
    nodes = {row["uid"]: row for row in records.nodes["Indicator"]}
    assert (nodes[SHARE]["name"], nodes[SHARE]["family"]) == ("远程异地评标占比", nodes[RATE]["family"])
    assert reasons(records) == []


def test_indicators_are_joined_under_the_object() -> None:
    records = built((ADDED, "same", TOTAL))
    assert set(indicators(records).values()) == {RATE, TOTAL, POWER}
    assert ADDED not in {row["uid"] for row in records.nodes["Indicator"]}
    assert reasons(records) == []


@pytest.mark.parametrize(
    "row", [(SHARE, "different", RATE), (ADDED, "same", TOTAL)], ids=["a name parted", "two indicators joined"]
)
def test_a_decision_and_its_withdrawal_leave_no_trace(row: tuple[str, Verdict, str]) -> None:
    subject, _, other = row
    assert built(row) != built()
    assert built(row, (subject, "unsure", other)) == built()
    assert built(row, (other, "unsure", subject)) == built()


def test_what_is_told_apart_stays_apart_through_a_third() -> None:
    printed = [
        PrintedTarget(name, "家", op, None)
        for name, op in (("甲类企业总数", "ge"), ("乙类企业总数", "ge"), ("丙类企业总数", "ge"))
    ]  # fmt: skip
    one, other, third = (resolve_indicators([item]).of[item].indicator.uid for item in printed)
    found = resolve_indicators(
        printed, decided((one, "different", other), (one, "same", third), (other, "same", third))
    )
    assert [found.of[item].indicator.uid for item in printed] == [third, other, third]
    assert found.references == {
        one: third, other: other, third: third, f"{one}#甲类企业总数": third, f"{other}#乙类企业总数": other,
        f"{third}#丙类企业总数": third,
    }  # fmt: skip


def test_words_of_counting_are_one_unit_and_a_factor_stays() -> None:
    firms, sites = PrintedTarget("甲类企业总数", "万家", "ge", None), PrintedTarget("乙类企业总数", "个", "ge", None)
    uids = [resolve_indicators([item]).of[item].indicator.uid for item in (firms, sites)]
    found = resolve_indicators([firms, sites], decided((uids[0], "same", uids[1])))
    assert found.of[firms].indicator == found.of[sites].indicator
    assert (found.of[firms].factor, found.of[sites].factor) == (10000, 1)


def test_a_decision_that_does_not_hold_is_told() -> None:
    records = built(
        (RATE, "same", POWER),
        ("indicator:没有", "same", RATE),
        (f"{RATE}#没有", "different", RATE),
        (ADDED, "different", TOTAL),
        (SHARE, "same", RATE),
    )
    assert reasons(records) == [
        "their units differ, or other decisions say the opposite",
        "there is no indicator indicator:没有",
        f"there is no indicator {RATE}#没有",
    ]
    assert indicators(records) == indicators(built())


# ------------------------------------------------------------------------------------------------ kg review


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    assert kg("build", tmp_path / "plan.txt", "-o", tmp_path / "g").exit_code == 0
    return tmp_path / "g"


def listed(graph: Path) -> list[dict[str, object]]:
    result = kg("review", "list", "--kind", "indicator", "--graph", graph, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout))


def test_groups_are_listed_with_names_numbers_documents_and_quotes_until_they_are_decided(graph: Path) -> None:
    before, tables = listed(graph), (graph / "CURRENT").read_bytes()
    # Of two names, or two indicators, met equally often the first in code point order stands for the group.
    assert [(row["reason"], row["subject"], row["object"], row["times"]) for row in before] == [
        ("other name", f"{RATE}#远程异地评标率", RATE, 1),
        ("family", TOTAL, ADDED, 1),
    ]
    assert before[0]["evidence"] == (
        "远程异地评标率 90%（plan.txt）“远程异地评标率达到90%” | 远程异地评标占比 80%（plan.txt）“远程异地评标占比达到80%”"
    )
    for verdict, row in zip(("different", "same"), before, strict=True):
        words = ("indicator", row["subject"], verdict, row["object"])
        assert kg("review", "decide", "--graph", graph, *words).exit_code == 0
    assert listed(graph) == []
    assert kg("build", graph.parent / "plan.txt", "-o", graph).exit_code == 0
    assert listed(graph) == []
    assert "decision-unused" not in package.open(graph).manifest.findings
    for row in before:
        words = ("indicator", row["object"], "unsure", row["subject"])
        assert kg("review", "decide", "--graph", graph, *words).exit_code == 0
    assert kg("build", graph.parent / "plan.txt", "-o", graph).exit_code == 0
    assert (graph / "CURRENT").read_bytes() == tables
    assert listed(graph) == before


def test_a_decision_about_no_indicator_is_refused(graph: Path) -> None:
    result = kg("review", "decide", "--graph", graph, "indicator", "indicator:没有", "same", RATE)
    assert result.exit_code == 2
    assert "there is no indicator indicator:没有" in result.stderr
