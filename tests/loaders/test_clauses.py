"""What each convention makes of a clause. Bodies are written name:role, a star marks a joint lead."""

import pytest

from loaders.clauses import Clause, due_date, find_clauses
from loaders.conventions import LABEL, LABELS, PRINTED_RULES, VERB, VERBS, printed_rule
from loaders.flat import flatten


def clauses(text: str, year: int | None = 2025) -> list[tuple[Clause, list[str]]]:
    flat = flatten(text)
    found = find_clauses(flat, 0, len(flat.flat), year)
    return [(c, [f"{flat.flat[u.start : u.end]}:{u.role}{'*' if u.joint else ''}" for u in c.units]) for c in found]


def only(text: str) -> list[str]:
    found = clauses(text)
    assert len(found) == 1, [bodies for _, bodies in found]
    return found[0][1]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        # verbs
        ("（市甲局牵头，市乙局、市丙局按职责分工负责）", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        ("（市甲局、市乙局牵头，各区县政府配合）", ["市甲局:lead*", "市乙局:lead*", "各区县政府:support"]),
        ("（市甲局牵头；各区县政府落实）", ["市甲局:lead", "各区县政府:support"]),
        ("（市甲局负责）", ["市甲局:lead"]),
        ("（市甲局、市乙局按职责分工负责）", ["市甲局:lead*", "市乙局:lead*"]),
        ("（市甲局及市级相关单位按职责分工负责）", ["市甲局:lead*", "市级相关单位:lead*"]),
        ("（市甲局负责，市乙局配合）", ["市甲局:lead", "市乙局:support"]),
        ("（市甲局按职责分工负责，各区县政府负责落实）", ["市甲局:lead", "各区县政府:support"]),
        ("（市甲局会同市乙局负责）", ["市甲局:lead", "市乙局:support"]),
        ("(市甲局牵头,市乙局配合)", ["市甲局:lead", "市乙局:support"]),
        ("（市甲局牵头，市乙局、市丙局）", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        # bare lists
        ("（市甲局，市乙局、市丙局）", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        ("（市甲局、市乙局）", ["市甲局:lead*", "市乙局:lead*"]),
        ("（市甲局）", ["市甲局:lead"]),
        # labels
        ("（责任单位：市甲局、市乙局）", ["市甲局:lead*", "市乙局:lead*"]),
        ("（责任单位：市甲局）", ["市甲局:lead"]),
        ("（牵头单位：市甲局；责任单位：市乙局、市丙局）", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        ("（牵头单位：市甲局、市乙局；配合单位：市丙局）", ["市甲局:lead*", "市乙局:lead*", "市丙局:support"]),
        ("（责任单位：市甲局牵头；市乙局落实）", ["市甲局:lead", "市乙局:support"]),
        ("〔牵头部门（单位）：市甲局〕", ["市甲局:lead"]),
        ("（责任处室：法规处、各相关处室）", ["法规处:lead*", "各相关处室:lead*"]),
        (
            "（责任单位：市甲局、市乙局，各县（市、区）政府）",
            ["市甲局:lead*", "市乙局:lead*", "各县（市、区）政府:support"],
        ),
        (
            "〔任务分解：市甲局、市乙局做好信息发布；各县政府加强宣传〕",
            ["市甲局:lead*", "市乙局:lead*", "各县政府:lead*"],
        ),
        ("〔任务分解：市甲局牵头做好规章清理，各县政府做好本地工作〕", ["市甲局:lead", "各县政府:support"]),
    ],
)
def test_bracket_after_a_sentence(clause: str, expected: list[str]) -> None:
    assert only(f"推进改革。{clause}") == expected


def test_labelled_lines_form_one_clause_with_its_time_limit() -> None:
    [(clause, bodies)] = clauses("推进改革。\n牵头单位：市甲局。责任单位：市乙局、市丙\n局。完成时限：2025年6月。\n")
    assert bodies == ["市甲局:lead", "市乙局:support", "市丙局:support"]
    assert clause.due == "2025-06"


def test_a_labelled_list_ends_with_the_line_that_names_bodies() -> None:
    assert only("推进改革。\n责任单位：市甲局、市乙局\n继续做好其他工作。") == ["市甲局:lead*", "市乙局:lead*"]


def test_a_labelled_list_goes_on_over_an_empty_line_after_a_separator() -> None:
    assert only("推进改革。\n\n责任单位：市甲局、\n\n市乙局\n\n") == ["市甲局:lead*", "市乙局:lead*"]


def test_people_are_left_out() -> None:
    assert only("推进改革。（牵头领导：王某；责任单位：市甲局）") == ["市甲局:lead"]


def test_a_bracket_left_open_ends_at_the_next_unit() -> None:
    text = "推进改革。（市甲局牵头，市乙局配合2.加强监管。"
    flat = flatten(text)
    [clause] = find_clauses(flat, 0, len(text), 2025, [text.index("2.")])
    assert [flat.flat[u.start : u.end] for u in clause.units] == ["市甲局", "市乙局"]


@pytest.mark.parametrize(
    "text",
    [
        "办理证照（含个体工商户）更方便。",
        "推进四港（铁路港、公路港、水运港、航空港）联动。",
        "实行三员互动（部门培养一名解读员、园区明确一名服务员）机制。",
        "建立机制（以下简称领导小组）。",
        "由同一机关（同一登记机关）办理。",
    ],
)
def test_other_brackets_are_no_clauses(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    ("rule", "clause", "expected"),
    [
        (
            "分号前为牵头单位，分号后为配合单位。",
            "责任单位：市甲局、市乙局；市丙局",
            ["市甲局:lead*", "市乙局:lead*", "市丙局:support"],
        ),
        ("分号前为牵头单位，分号后为配合单位。", "责任单位：市甲局、市乙局", ["市甲局:lead*", "市乙局:lead*"]),
        ("逗号前为牵头单位。", "责任单位：市甲局，市乙局、市丙局", ["市甲局:lead", "市乙局:support", "市丙局:support"]),
        (
            "排名第一位的为牵头单位。",
            "责任单位：市甲局、市乙局，市丙局",
            ["市甲局:lead", "市乙局:support", "市丙局:support"],
        ),
    ],
)
def test_a_rule_printed_in_the_document_decides(rule: str, clause: str, expected: list[str]) -> None:
    assert only(f"注：{rule}\n推进改革。\n{clause}\n") == expected


def test_a_note_over_all_items_names_its_bodies() -> None:
    text = "推进改革。（市甲局牵头。以下各项均需各县、市、区政府及功能区管委会落实，不再逐一列出）"
    [(clause, bodies)] = clauses(text)
    assert bodies == ["市甲局:lead"]
    assert [text[u.start : u.end] for u in clause.note] == ["各县、市、区政府", "功能区管委会"]


def test_a_note_with_a_level_word_means_the_local_bodies_of_its_clause() -> None:
    text = "推进改革。（市甲局，各县（区）人民政府、甲市经开区，以下工作均需县（区）落实，不再列出）"
    [(clause, bodies)] = clauses(text)
    assert bodies == ["市甲局:lead", "各县（区）人民政府:support", "甲市经开区:support"]
    assert [text[u.start : u.end] for u in clause.note] == ["各县（区）人民政府", "甲市经开区"]


@pytest.mark.parametrize(
    ("words", "year", "due"),
    [
        ("2025年7月底前", None, "2025-07"),
        ("2025年12月", None, "2025-12"),
        ("6月底前完成", 2025, "2025-06"),
        ("2025年6月30日前", None, "2025-06-30"),
        ("2025年底前", None, "2025"),
        ("持续推进", 2025, "持续推进"),
        ("6月底前", None, "6月底前"),
    ],
)
def test_time_limits(words: str, year: int | None, due: str) -> None:
    assert due_date(words, year) == due


def test_a_time_limit_inside_a_bracket() -> None:
    [(clause, bodies)] = clauses("推进改革。（市甲局负责，2025年11月底前完成）")
    assert (bodies, clause.due) == (["市甲局:lead"], "2025-11")


@pytest.mark.parametrize("row", LABELS, ids=lambda row: row.kind)
def test_every_label_row_reads_its_example(row) -> None:
    match = LABEL.match(row.example)
    assert match is not None
    assert match.lastgroup == row.kind


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.kind)
def test_every_verb_row_reads_its_example(row) -> None:
    assert row.kind in {match.lastgroup for match in VERB.finditer(row.example)}


@pytest.mark.parametrize("row", PRINTED_RULES, ids=lambda row: row.name)
def test_every_printed_rule_reads_its_example(row) -> None:
    assert printed_rule(f"说明：{row.example}。") is row


def test_positions_count_through_the_whole_list() -> None:
    [(clause, _)] = clauses("推进改革。（市甲局，市乙局、市丙局）")
    assert [(u.position, u.list_size) for u in clause.units] == [(1, 3), (2, 3), (3, 3)]


def test_rules_and_certainty() -> None:
    found = clauses("甲事。（市甲局牵头）乙事。（市甲局，市乙局）丙事。（市甲局、市乙局）")
    assert [clause.units[0].rule for clause, _ in found] == ["verb-lead", "comma", "list-shared"]
