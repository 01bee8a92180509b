"""Targets: numbers worked out by hand on two plans of invented cities, and on real plans from the annotations alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.build import write_graph
from kg.graph import Graph, open_graph
from loaders.reader import read_document, read_file
from ontology.errors import UsageError
from queries.targets import Promise, TargetsReport, targets

FIRST = """广元市优化服务工作方案

一、目标要求
到2025年，企业开办时间压缩至2个工作日以内。

二、主要任务

（一）便利开办（牵头单位：市市场监管局）
1.简化登记流程，网上办理率达到95%。
2.到2025年，新增自助服务点20个。（市数据局牵头，市财政局配合）
3.企业满意率不低于90%。（各有关部门负责）
"""
SECOND = """自贡市优化服务工作方案
（征求意见稿）

一、主要任务

（一）便利开办
1.企业开办时间压缩至1个工作日以内。（市市场监管局牵头）
2.2024年网上办理率达到98%。（市数据局牵头）
"""
STUDY = """自贡市营商环境研究报告
一、研究背景
二、主要问题
（一）登记
网上办理率达到50%。
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(tmp_path_factory.mktemp("targets"), {"甲.txt": FIRST, "乙.txt": SECOND, "丙.txt": STUDY})


def graph_of(folder: Path, texts: dict[str, str]) -> Graph:
    documents = [read_document(text.encode(), name) for name, text in texts.items()]
    write_graph(assemble(documents), folder / "g")
    return open_graph(folder / "g")


def _in(report: TargetsReport, city: str) -> dict[str, Promise]:
    return {one.name: one for one in report.promises if one.city == city}


def test_a_target_falls_to_the_bodies_nearest_to_it(graph: Graph) -> None:
    found = _in(targets(graph), "广元市")
    assert {name: (one.leads, one.supports, one.answered) for name, one in found.items()} == {
        "企业开办时间": ((), (), "nobody"),  # a goal: no action, no heading with bodies
        "网上办理率": (("市市场监管局",), (), "body"),  # the task names nobody, its action does
        "自助服务点": (("市数据局",), ("市财政局",), "body"),
        "企业满意率": ((), (), "collective"),  # its own list names collectives alone
    }


def test_numbers_of_one_indicator_stand_beside_each_other(graph: Graph) -> None:
    report = targets(graph)
    assert [(row.promise.city, row.rank, row.promise.compared) for row in report.compared] == [
        ("自贡市", 1, 1), ("广元市", 2, 2),  # a time: less promises more
        ("自贡市", 1, 98), ("广元市", 2, 95),  # a rate: more promises more
    ]  # fmt: skip
    assert {row.cities for row in report.compared} == {2}


def test_studies_promise_nothing_and_every_document_is_named(graph: Graph) -> None:
    rows = {row.source.file: (row.source.status, row.targets, row.dated, row.led) for row in targets(graph).documents}
    assert rows == {"甲.txt": ("issued", 4, 2, 2), "乙.txt": ("draft", 2, 1, 2), "丙.txt": ("issued", 0, 0, 0)}


def test_targets_are_chosen_by_city_and_by_words(graph: Graph) -> None:
    assert {one.city for one in targets(graph, city="自贡").promises} == {"自贡市"}
    assert [one.name for one in targets(graph, about="开办时间").promises] == ["企业开办时间", "企业开办时间"]
    with pytest.raises(UsageError, match="no document of"):
        targets(graph, city="雅安")


def test_two_numbers_for_one_thing(tmp_path: Path) -> None:
    one = "广元市甲方案\n一、任务\n（一）开办\n到2025年，网上办理率达到95%。（市甲局牵头）\n（二）监管\n开展检查。（市乙局牵头）\n"
    graph = graph_of(tmp_path, {"a.txt": one, "b.txt": one.replace("甲方案", "乙方案").replace("95%", "90%")})
    [found] = targets(graph).disagreements
    assert {found.value, found.other} == {"90%", "95%"}
    assert found.document != found.other_document
    inside = one.replace("开展检查", "到2025年，网上办理率达到90%")
    [found] = targets(graph_of(tmp_path / "2", {"a.txt": inside})).disagreements
    assert (found.value, found.other, found.document) == ("90%", "95%", found.other_document)


def test_records_become_a_data_frame(graph: Graph) -> None:
    frame = targets(graph, city="自贡市").to_pandas()
    assert list(frame["name"]) == ["企业开办时间", "网上办理率"]
    assert list(frame["value"]) == [1, 98]
    assert targets(graph, about="没有").to_pandas().columns.tolist() == frame.columns.tolist()


# ------------------------------------------------------------------------------------------------ annotations


def _annotated(gold: dict[str, Any], *, optional: bool) -> Counter[tuple[object, ...]]:
    """Every target of the annotations, those that count neither way among them or not,
    as (ref, number, unit, deadline, leads), by the rules of the guidelines alone.

    ``ref`` is the task it stands on, else the action; a task without bodies falls to its action, then to headings.
    """
    sections = {section["ref"]: section.get("lead", []) for section in gold["sections"]}
    found: Counter[tuple[object, ...]] = Counter()
    for action in gold["actions"]:
        tasks = {task["ref"]: task["units"] for task in action["tasks"]}
        headings = [units for ref, units in sections.items() if units and action["ref"].startswith(f"{ref}/")]
        for target in action["targets"]:
            if target.get("optional") and not optional:
                continue
            places = [tasks.get(target["task"], []), action["units"], *headings]
            leads: set[str] = set()
            for units in places:
                named = [unit for unit in units if unit["basis"] != "note" and unit["role"] == "lead"]
                if named:
                    leads = {unit["name"] for unit in named if not unit.get("collective")}
                    break
            found[target["task"] or action["ref"], target["value"], target["unit"], target["deadline"], len(leads)] += 1
    return found


@pytest.mark.parametrize("plan", ["000", "002"])
def test_targets_of_real_plans_follow_from_the_annotations(shared: Path, tmp_path: Path, plan: str) -> None:
    gold = json.loads((shared / "gold" / "seeds" / f"{plan}.json").read_text(encoding="utf-8"))
    (file,) = (shared / "seeds").glob(f"{plan}_*.txt")
    write_graph(assemble([read_file(file)]), tmp_path / "g")
    report = targets(open_graph(tmp_path / "g"))
    found = Counter((one.ref, one.value, one.unit, one.deadline, len(one.leads)) for one in report.promises if one.ref)
    assert _annotated(gold, optional=False) <= found <= _annotated(gold, optional=True)
