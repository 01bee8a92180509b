"""Coverage: every character in one class, every marker word placed; from a reading and from a graph the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.assemble import assemble, with_plan_findings
from kg.build import write_graph
from loaders.conventions import MARKER_WORD
from loaders.files import find_files
from loaders.reader import documents_in, read_document
from ontology.records import PolicyDocument
from queries import coverage as counting
from queries.coverage import Coverage, Markers, coverage, figures
from queries.documents import ReadDocument, from_reading, from_tables
from queries.findings import placed_findings, selected

PLAN = """示例市工作方案
请认真抓好落实。
一、工作目标
到2025年，办结率达到95%。
二、主要任务
（一）开办企业。压缩办理
时间。（市甲局牵头，市乙局配合）
（二）完善监管
1.联合检查。（市丙局、市丁局）
2.信用监管，主管部门负责
公示。
（三）加强宣传。公布结果。
"""


def counted(*texts: str) -> Coverage:
    read = (from_reading(read_document(text.encode(), f"{place}.txt")) for place, text in enumerate(texts))
    return coverage(read).total


def test_every_character_of_a_small_plan_is_in_the_class_worked_out_by_hand() -> None:
    total = counted(PLAN)
    assert {name: count for name, count in total.classes.items() if count} == {
        # 一、工作目标 6, 二、主要任务 6, （一）开办企业。 8, （二）完善监管 7, （三）加强宣传。 8
        "heading": 35,
        # 压缩办理时间。 7, 联合检查。 5, 信用监管，主管部门负责公示。 14, 公布结果。 5
        "task": 31,
        # the markers 1. and 2.
        "action": 4,
        # （市甲局牵头，市乙局配合） 13, （市丙局、市丁局） 9
        "clause": 22,
        # 到2025年，办结率达到95%。
        "target": 16,
        # 示例市工作方案
        "title": 7,
        # 请认真抓好落实。
        "finding": 8,
    }
    assert (total.characters, total.blank, total.unaccounted) == (len(PLAN), 12, 0)
    assert total.share("clause") == 22 / 123


def test_counts_of_a_small_plan() -> None:
    total = counted(PLAN)
    # Nobody is named for （三）; 市丙局、市丁局 lead jointly by the reading that nothing in the text confirms.
    assert (total.actions, total.unled, total.tasks, total.clauses, total.bodies) == (3, 1, 4, 2, 4)
    assert dict(total.certainties) == {"printed": 2, "guess": 2}
    assert total.markers["牵头"] == Markers(clause=1)
    assert total.markers["配合"] == Markers(clause=1)
    assert total.markers["负责"] == Markers(finding=1)
    assert total.markers["落实"] == Markers(finding=1)
    assert total.marker() == Markers(clause=2, finding=2)
    assert (total.marker().outside, total.marker().read) == (2, 0.5)
    assert dict(total.findings) == {"error": 0, "warning": 1, "info": 1}


def test_a_lead_in_a_heading_above_counts_for_the_actions_below() -> None:
    heading = "一、任务（市甲局牵头）\n（一）准入。公布清单。\n（二）监管。开展检查。\n二、保障\n（一）宣传。公布结果。\n（二）考核。定期检查。\n"
    total = counted(heading)
    assert (total.actions, total.unled) == (4, 2)


def test_documents_add_up() -> None:
    one, both = counted(PLAN), counted(PLAN, PLAN)
    assert (both.documents, both.characters, both.bodies) == (2, 2 * one.characters, 8)
    assert both.marker() == one.marker() + one.marker()
    assert both.share("task") == one.share("task")


def test_a_duty_read_from_a_sentence_is_read() -> None:
    total = counted("一、准入\n由市甲局牵头，建立机制。\n二、监管\n开展检查。（市乙局负责）\n")
    assert total.markers["牵头"] == Markers(sentence=1)
    assert total.marker(("牵头",)).read == 1.0


def test_a_text_without_outline_is_accounted_for() -> None:
    total = counted("这里没有任何标题。\n只是一段话，要抓好落实。\n")
    assert {name: count for name, count in total.classes.items() if count} == {"preamble": 9, "finding": 12}
    assert total.unaccounted == 0
    assert (total.responsibilities, total.certain("guess"), total.marker(("牵头",)).read) == (0, None, None)


def test_marker_words_are_those_of_the_reader() -> None:
    assert counting._MARKER.pattern == MARKER_WORD.pattern


def graph_of(documents: list[PolicyDocument], folder: Path) -> list[ReadDocument]:
    write_graph(assemble(documents), folder)
    return from_tables(kg.open(folder))


def read_all(*folders: Path) -> list[PolicyDocument]:
    return [document for file in find_files(folders) for document in documents_in(file)]


@pytest.mark.parametrize("where", ["samples", "real"])
def test_nothing_is_lost_and_a_graph_says_what_the_reading_says(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if where == "samples":
        documents = read_all(request.getfixturevalue("samples"))
    else:
        shared = request.getfixturevalue("shared")
        documents = read_all(shared / "seeds", shared / "field")
    fresh = [from_reading(document) for document in documents]
    report = coverage(fresh)
    assert len(report.documents) == len(documents)
    for row, document in zip(report.documents, sorted(documents, key=lambda d: d.facts.file), strict=True):
        assert row.blank + sum(row.classes.values()) == row.characters == len(document.text), row.file
        assert row.unaccounted == 0
        # In a register 落实 in a heading is a word like any other: its duties stand in cells of their own.
        assert row.kind == "register" or row.marker().nowhere == 0, row.file
    kept = graph_of([document for document in documents if document.actions or document.sections], tmp_path / "g")
    assert [figures(row) for row in coverage(kept).documents] == [
        figures(row) for row in report.documents if row.actions
    ]
    edited = [from_reading(document) for document in with_plan_findings(documents)]
    assert [(p.finding.code, p.line, p.ref) for p in placed_findings(kept)] == [
        (p.finding.code, p.line, p.ref) for p in placed_findings(edited) if p.finding.code != "no-outline"
    ]
    assert len(report.to_pandas()) == len(documents)


def test_findings_have_line_and_outline_ref_and_can_be_chosen() -> None:
    document = from_reading(read_document(PLAN.encode(), "plan.txt"))
    placed = placed_findings([document])
    assert [(p.finding.code, p.line, p.ref) for p in placed] == [
        ("sentence-outside-units", 2, None),
        ("duty-outside-clause", 10, "二/（二）/2"),
    ]
    assert selected(placed, severity="warning") == selected(placed, codes=["duty-outside-clause"]) == placed[1:]
    assert selected(placed, off=["duty-outside-clause"]) == placed[:1]
    assert selected(placed, about="plan") == []
