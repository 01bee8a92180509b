"""Registers: what rows say, what cells may hold, and that one bad cell loses nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from loaders.reader import read_documents
from loaders.register_columns import COLUMNS, as_date, as_years
from loaders.samples import sample_registers
from ontology.errors import InputError
from ontology.findings import message
from ontology.records import PolicyDocument

HEADINGS = (
    "文件,城市,期间,状态,编号,标题,任务,部门,角色,共同,职责用语,指标,关系,数值,单位,达标时间,主题,完成时限,层级\n"
)


def read(rows: str, headings: str = HEADINGS, file: str = "台账.csv") -> tuple[PolicyDocument, ...]:
    return read_documents((headings + rows).encode(), file)


def test_a_row_is_a_fact_and_blank_cells_go_on_with_the_row_above() -> None:
    (document,) = read(
        "示例市方案,示例市,2024-2026,征求意见稿,二,主要任务,,,,,,,,,,,,,章节\n"
        ",,,,二/（一）,便利开办,,市甲局,牵头,,牵头,,,,,,,2025年6月,\n"
        ",,,,,,,市乙局,配合,,,,,,,,,,\n"
        ",,,,二/（一）,便利开办,推行网上办理。,市丙局,牵头,,,网上办理率,≥,95,%,2026年底,,,\n"
        ",,,,,,,,,,,办理时间,不超过,1,个工作日,,,,\n"
    )
    assert (document.facts.title, document.facts.city, document.facts.adcode) == ("示例市方案", "示例市", None)
    assert (document.facts.period, document.facts.status, document.facts.kind) == ((2024, 2026), "draft", "register")
    assert [(section.ref, section.heading) for section in document.sections] == [("二", "主要任务")]
    (action,) = document.actions
    assert (action.ref, action.heading, action.due) == ("二/（一）", "便利开办", "2025-06")
    assert [(r.body, r.role, r.joint, r.position, r.list_size) for r in action.responsibilities] == [
        ("市甲局", "lead", False, 1, 2), ("市乙局", "support", False, 2, 2),
    ]  # fmt: skip
    (task,) = action.tasks
    assert (task.ref, task.form, task.text) == ("二/（一）/①", "sentence", "推行网上办理。")
    assert [(t.name, t.op, t.value, t.unit, t.deadline, t.task) for t in action.targets] == [
        ("网上办理率", "ge", 95, "%", "2026", task.ref), ("办理时间", "le", 1, "个工作日", None, task.ref),
    ]  # fmt: skip
    assert document.findings == ()


def test_spans_point_into_cells_and_prove_the_fact() -> None:
    (document,) = read("示例市方案,示例市,,,一,便利开办,,市甲局,牵头,,,办理时间,不超过,3,天,,,,\n")
    (record,), (target,) = document.actions[0].responsibilities, document.actions[0].targets
    assert document.text[record.span.start : record.span.end] == "市甲局"
    assert document.text[record.clause.start : record.clause.end].split() == ["市甲局", "牵头"]
    assert document.text[target.span.start : target.span.end].split() == ["办理时间", "不超过", "3", "天"]
    assert record.span.cell == "表1!H2"


def test_a_quote_is_the_proof_where_it_holds_the_name() -> None:
    headings = "文件,编号,标题,部门,角色,原文\n"
    (document,) = read(
        "甲方案,一,开办,市甲局,牵头,（市甲局牵头，市乙局配合）\n,,,市丙局,配合,（市甲局牵头）\n", headings
    )
    first, second = document.actions[0].responsibilities
    assert document.text[first.clause.start : first.clause.end] == "（市甲局牵头，市乙局配合）"
    assert document.text[second.clause.start : second.clause.end].split() == ["市丙局", "配合"]


def test_several_bodies_in_one_cell_share_the_role_and_several_leads_are_joint() -> None:
    (document,) = read(
        "甲方案,示例市,,,一,开办,,市甲局、市政务服务和数据局,牵头,,,,,,,,,,\n,,,,,,,各县（市、区）政府,配合,,,,,,,,,,\n"
    )
    assert [(r.body, r.joint, r.collective) for r in document.actions[0].responsibilities] == [
        ("市甲局", True, False), ("市政务服务和数据局", True, False), ("各县（市、区）政府", False, True),
    ]  # fmt: skip


def test_rows_whose_document_cells_agree_are_one_document() -> None:
    documents = read(
        "甲方案,甲市,,,一,开办,,市甲局,牵头,,,,,,,,,,\n"
        "甲方案,乙市,,,一,开办,,市乙局,牵头,,,,,,,,,,\n"
        "甲方案,甲市,,,一,开办,,市丙局,配合,,,,,,,,,,\n"
    )
    assert [(d.facts.city, len(d.actions[0].responsibilities)) for d in documents] == [("甲市", 2), ("乙市", 1)]


def test_english_headings_and_words_in_any_order_are_read() -> None:
    (document,) = read("lead,Body A,1,entry,plan x\n", "role,body,ref,heading,document\n", "a.csv")
    assert document.facts.title == "plan x"
    assert document.actions[0].heading == "entry"


def test_the_place_is_told_by_its_name_or_its_code() -> None:
    headings = "文件,城市,区划代码,编号,部门,角色\n"
    known = read("甲,自贡市,,一,市甲局,牵头\n", headings)[0].facts
    coded = read("甲,朝阳区,110105,一,市甲局,牵头\n", headings)[0].facts
    (unclear,) = read("甲,朝阳区,,一,市甲局,牵头\n", headings)
    assert (known.city, known.province, known.adcode) == ("自贡市", "四川省", "510300")
    assert (coded.city, coded.adcode) == ("朝阳区", "110105")
    assert (unclear.facts.city, unclear.facts.adcode) == ("朝阳区", None)
    assert [finding.code for finding in unclear.findings] == ["ambiguous-place"]


@pytest.mark.parametrize(
    ("row", "column", "allowed"),
    [
        ("甲,示例市,,,一,开办,,市丙局,主办方,,,,,,,,,,", "角色", "牵头、配合"),
        ("甲,示例市,,,一,开办,,市丙局,,,,,,,,,,,", "角色", "有部门就须写明：牵头、配合"),
        ("甲,示例市,,,一,开办,,,牵头,,,,,,,,,,", "部门", "有角色或职责用语就须写明部门"),
        ("甲,示例市,,,一,开办,,,,,,办理率,不低于,九成,%,,,,", "数值", "一个数，如 95，单位另填"),
        ("甲,示例市,,,一,开办,,,,,,办理率,左右,95,%,,,,", "关系", "等于、不低于、不超过、增长、增长不低于、下降、下降不低于"),
        ("甲,示例市,,,一,开办,,,,,,办理率,不低于,,%,,,,", "数值", "有指标就须写明数值"),
        ("甲,示例市,,,一,开办,,,,,,,不低于,95,%,,,,", "指标", "有数值就须写明指标"),
        ("甲,示例市,,,一,开办,,,,,,办理率,不低于,95,%,不久,,,", "达标时间", "2026、2026-06 或 2026-06-30"),
        ("甲,示例市,,,一,开办,,,,,,,,,,,无此主题,,", "主题", "kg schema 所列主题的名称或编号"),
        ("甲,示例市,,,,,推行。,市丙局,牵头,,,,,,,,,,", "标题", "举措的编号或标题"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_with_its_place_and_loses_nothing_else(row: str, column: str, allowed: str) -> None:
    (document,) = read(f"{row}\n甲,示例市,,,二,退出,,市乙局,牵头,,,退出率,等于,100,%,,,,\n")
    first = document.findings[0]
    assert first.code == "register-cell"
    assert dict(first.values)["column"] == column
    assert dict(first.values)["allowed_zh"] == allowed
    assert f"第 2 行“{column}”栏" in message(first, "zh")
    last = document.actions[-1]
    assert ([r.body for r in last.responsibilities], [t.value for t in last.targets]) == (["市乙局"], [100])


def test_a_bad_role_leaves_the_target_of_its_row() -> None:
    (document,) = read("甲,示例市,,,一,开办,,市丙局,主办方,,,办理率,等于,95,%,,,,\n")
    assert (document.actions[0].responsibilities, len(document.actions[0].targets)) == ((), 1)


def test_a_register_without_rows_says_so() -> None:
    with pytest.raises(InputError, match="no rows below its headings"):
        read("")


def test_a_text_that_was_disarmed_for_spreadsheets_comes_back() -> None:
    (document,) = read("甲,示例市,,,一,'=开办,,市甲局,牵头,,,,,,,,,,\n")
    assert document.actions[0].heading == "=开办"


def test_every_printed_character_stands_in_one_class() -> None:
    (document,) = read("甲方案,示例市,,,一,便利 开办,推行。,市甲局,牵头,,,,,,,,,,\n,,,,,,,市乙局,配合,,,,,,,,,,\n")
    covered = "".join(document.text[s.span.start : s.span.end] for s in document.account)
    assert "".join(covered.split()) == "".join(document.text.split())


@pytest.mark.parametrize(
    ("text", "date"),
    [("2026", "2026"), ("2026年底", "2026"), ("2025年6月", "2025-06"), ("2025/6/3", "2025-06-03"), ("2025-13", None),
     ("明年", None), ("２０２５年６月底前", "2025-06")],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert as_date(text) == date


@pytest.mark.parametrize(
    ("text", "years"),
    [("2025", (2025, 2025)), ("2024—2026年", (2024, 2026)), ("2024年至2026年", (2024, 2026)), ("2026-2024", None), ("三年", None)],
)  # fmt: skip
def test_years(text: str, years: tuple[int, int] | None) -> None:
    assert as_years(text) == years


def test_every_column_is_explained_in_both_languages_under_a_name_of_its_own() -> None:
    assert all(column.note_zh and column.note_en for column in COLUMNS)
    names = [name for column in COLUMNS for name in (column.zh, column.key)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "actions", "tasks", "responsibilities", "targets"),
    [("巴中", 42, 0, 242, 22), ("广元", 57, 0, 262, 28), ("张掖", 31, 0, 0, 41), ("自贡", 21, 90, 391, 55)],
)
def test_the_sample_registers_are_read_whole(
    name: str, actions: int, tasks: int, responsibilities: int, targets: int
) -> None:
    (sample,) = [each for each in sample_registers() if each.name == f"{name}.csv"]
    (document,) = read_documents(sample.read_bytes(), sample.name)
    held = [*document.actions, *(task for action in document.actions for task in action.tasks)]
    assert (document.facts.city, document.findings) == (f"{name}市", ())
    assert len(document.actions) == actions
    assert sum(len(action.tasks) for action in document.actions) == tasks
    assert sum(len(holder.responsibilities) for holder in held) == responsibilities
    assert len(document.targets) + sum(len(action.targets) for action in document.actions) == targets


def test_the_sample_registers_agree_with_the_plans(shared: Path) -> None:
    """What reading the plans gives differs from the registers only where their README says so."""
    differences = {}
    for name, seed in (("巴中", "000"), ("广元", "001"), ("自贡", "002"), ("张掖", "004")):
        (sample,) = [each for each in sample_registers() if each.name == f"{name}.csv"]
        (plan,) = (shared / "seeds").glob(f"{seed}_*.txt")
        (register,) = read_documents(sample.read_bytes(), sample.name)
        (document,) = read_documents(plan.read_bytes(), plan.name)
        differences[name] = ((_said(register) - _said(document)).total(), (_said(document) - _said(register)).total())
    assert differences == {"巴中": (0, 0), "广元": (1, 1), "自贡": (1, 1), "张掖": (2, 2)}


def _said(document: PolicyDocument) -> Counter[tuple[object, ...]]:
    held = [*document.sections, *document.actions, *(task for action in document.actions for task in action.tasks)]
    targets = [(action.ref, target) for action in document.actions for target in action.targets]
    targets += [("", target) for target in document.targets]
    return Counter((h.ref, r.body, r.role, r.basis, r.joint) for h in held for r in h.responsibilities) + Counter(
        (ref, t.op, t.value, t.value_max, t.unit, t.per, t.deadline, t.baseline) for ref, t in targets
    )
