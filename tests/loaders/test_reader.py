"""Whole documents: what is an action, a task, a section; whose clause is whose; nothing lost, nothing raised."""

import contextlib
import os
import pickle
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import find_files, read_document
from loaders.files import shown_name
from loaders.flat import squeezed
from ontology.errors import InputError, KgError
from ontology.records import PolicyDocument, Span

PLAN = """甲州市2025年工作方案
为做好工作，制定本方案。
一、工作目标
到2025年，服务事项网上可办率达到95%。
二、主要任务
（一）开办企业〔牵头部门（单位）：市甲局〕
1.目标任务。企业开办时间压减至1个工作日内。
2.工作举措。
（1）推进一窗受理，优化流程，精简材料，让企业少跑路。（市甲局牵头，市乙局配合）
（2）推广电子印章，拓展应用场景，方便企业线上办事。（市甲局、市丙局按职责分工负责）
（二）完善监管
推行信用监管。开展联合检查。（市丁局负责）
三、保障措施
（一）加强领导。市甲局负责日常工作。建立机制。
"""


def read(text: str) -> PolicyDocument:
    return read_document(text.encode(), "plan.txt")


def units(holder) -> list[str]:
    return [f"{r.body}:{r.role}:{r.basis}" for r in holder.responsibilities]


def test_sections_actions_and_tasks() -> None:
    document = read(PLAN)
    assert [(s.ref, s.heading) for s in document.sections] == [
        ("一", "工作目标"),
        ("二", "主要任务"),
        ("三", "保障措施"),
    ]
    assert [(a.ref, a.heading) for a in document.actions] == [
        ("二/（一）", "开办企业"),
        ("二/（二）", "完善监管"),
        ("三/（一）", "加强领导"),
    ]
    assert [task.ref for task in document.actions[0].tasks] == ["二/（一）/(1)", "二/（一）/(2)"]
    assert [(t.ref, t.text) for t in document.actions[1].tasks] == [
        ("二/（二）/①", "推行信用监管。"),
        ("二/（二）/②", "开展联合检查。"),
    ]


def test_clauses_go_to_the_smallest_unit_they_close() -> None:
    document = read(PLAN)
    first, second, _ = document.actions
    assert units(first) == ["市甲局:lead:section"]
    assert units(first.tasks[0]) == ["市甲局:lead:clause", "市乙局:support:clause"]
    assert units(first.tasks[1]) == ["市甲局:lead:clause", "市丙局:lead:clause"]
    assert units(second) == ["市丁局:lead:clause"]
    assert all(task.responsibilities == () for task in second.tasks)


def test_several_clauses_in_one_action_stand_on_its_sentences() -> None:
    document = read(
        "一、任务\n（一）准入。公布清单。完善机制。（市甲局负责）开展评估。（市乙局负责）加强监督。\n（二）监管。检查。\n"
    )
    action = document.actions[0]
    assert action.responsibilities == ()
    assert [units(task) for task in action.tasks] == [[], ["市甲局:lead:clause"], ["市乙局:lead:clause"], []]


def test_goals_stand_on_the_section_and_aims_of_an_action_on_the_action() -> None:
    document = read(PLAN)
    assert [(t.name, t.value, t.deadline) for t in document.targets] == [("服务事项网上可办率", 95.0, "2025")]
    [target] = document.actions[0].targets
    assert (target.value, target.unit, target.op, target.task) == (1.0, "个工作日", "le", None)


def test_people_responsible_are_no_duty() -> None:
    document = read("一、任务\n（一）领导。各部门主要负责人亲自抓。实行首问负责制。\n（二）监管。加强检查。\n")
    assert not [f for f in document.findings if "负责" in f.quote]


def test_a_duty_in_a_sentence_is_a_mention() -> None:
    document = read(PLAN)
    assert [(m.body, m.role, m.basis) for m in document.mentions] == [("市甲局", "lead", "text")]


CLOSING = "各地各部门要加强组织实施，确保各项举措落地见效。\n"


def test_a_closing_paragraph_behind_the_last_clause_belongs_to_no_action() -> None:
    plan = "一、任务\n（一）准入。公布清单。完善机制。（市甲局负责）\n（二）监管。联合检查。公示结果。（市乙局负责）\n"
    document = read(plan + CLOSING)
    last = document.actions[-1]
    assert units(last) == ["市乙局:lead:clause"]
    assert [task.text for task in last.tasks] == ["联合检查。", "公示结果。"]
    assert [f.quote for f in document.findings if f.code == "sentence-outside-units"] == []
    assert [u.why for u in document.unattributed] == ["imprint"]


def test_words_behind_a_clause_stay_where_other_actions_have_them_too() -> None:
    plan = "一、任务\n（一）准入。公布清单。（市甲局负责）\n加强评估。\n（二）监管。联合检查。（市乙局负责）\n"
    assert [task.text for task in read(plan + CLOSING).actions[-1].tasks] == ["联合检查。", CLOSING.strip()]


def test_notes_reach_every_later_action_with_a_clause() -> None:
    document = read(
        "一、任务\n（一）准入。公布清单。（市甲局，各县（区）人民政府，以下工作均需县（区）落实，不再列出）\n"
        "（二）监管。加强检查。（市乙局）\n（三）宣传。加强报道。\n"
    )
    assert [units(action) for action in document.actions] == [
        ["市甲局:lead:clause", "各县（区）人民政府:support:clause"],
        ["市乙局:lead:clause", "各县（区）人民政府:support:note"],
        [],
    ]


def test_instruments_are_cited_with_their_numbers() -> None:
    document = read(
        "一、任务\n（一）准入。落实《优化营商环境条例》和《关于改革的意见》（甲发〔2024〕3号）要求。\n（二）监管。检查。\n"
    )
    assert [(c.title, c.doc_no) for c in document.actions[0].citations] == [
        ("优化营商环境条例", None),
        ("关于改革的意见", "甲发〔2024〕3号"),
    ]


def test_a_text_without_outline_is_a_finding() -> None:
    assert [f.code for f in read("这里没有任何标题，只是一段普通的话。").findings] == ["no-outline"]


def test_reading_is_pure_and_picklable() -> None:
    document = read(PLAN)
    assert read(PLAN) == document
    assert pickle.loads(pickle.dumps(document)) == document


def spans(document: PolicyDocument) -> list[tuple[Span, str]]:
    """Every span with what its slice must hold, white space left out."""
    found = [(r.span, r.body) for r in document.mentions]
    for action in document.actions:
        found += [(r.span, r.body) for holder in (action, *action.tasks) for r in holder.responsibilities]
        found += [(r.clause, r.body) for holder in (action, *action.tasks) for r in holder.responsibilities]
        found += [(action.heading_span, action.heading), (action.span, action.heading)]
    return found


def proved(document: PolicyDocument) -> bool:
    return all(body in squeezed(document.text[s.start : s.end]) for s, body in spans(document))


def test_every_span_slices_back_to_what_it_proves() -> None:
    assert proved(read(PLAN))
    assert len(spans(read(PLAN))) > 15


@pytest.mark.parametrize("name", ["yanchuan-comma", "linlan-semicolon", "qingxu-verbs", "hewang-none"])
def test_samples_cut_anywhere_are_read(name: str, samples: Path) -> None:
    text = (samples / f"{name}.txt").read_text("utf-8")
    for cut in range(1, len(text), 211):
        assert proved(read(text[:cut]) if text[:cut].strip() else read(PLAN))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        alphabet="一二三、（）。，；：:()〔〕“”《》\n 市局县区政府负责牵头单位配合1239.%达到第章条年月#①②等及和均需不再列出以下",
        max_size=400,
    )
)
def test_random_text_raises_nothing_but_input_errors(text: str) -> None:
    try:
        document = read(text)
    except InputError:
        return
    assert proved(document)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_input_errors(content: bytes) -> None:
    with contextlib.suppress(KgError):
        assert read_document(content, "random.txt").facts.file == "random.txt"


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_shuffled_lines_are_read(chance) -> None:
    lines = PLAN.splitlines()
    chance.shuffle(lines)
    assert proved(read("\n".join(lines)))


def test_real_plans_cut_damaged_and_shuffled_are_read(shared: Path) -> None:
    chance = random.Random(2026)
    for path in sorted((shared / "field").glob("*.txt")):
        content = path.read_bytes()
        text = content.decode("utf-8")
        damaged = bytearray(content)
        for _ in range(10):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        lines = text.splitlines()
        chance.shuffle(lines)
        cut = text[: chance.randrange(1, len(text))]
        for case in (bytes(damaged), "\n".join(lines).encode(), cut.encode(), text.replace("\n", "").encode()):
            with contextlib.suppress(InputError):
                assert proved(read_document(case, path.name)), path.name


def test_characters_that_print_nothing_reach_no_name() -> None:
    document = read("一、任务\n（一）准入。公布清单。（市\u202e甲\u200b局\x1b牵头）\n（二）监管。检查。\n")
    assert units(document.actions[0]) == ["市甲局:lead:clause"]


def test_a_file_name_of_an_old_archive_is_told(tmp_path: Path) -> None:
    assert shown_name(Path(os.fsdecode("甲市方案.txt".encode("gbk")))) == "甲市方案.txt"
    assert shown_name(tmp_path / "甲市.txt") == "甲市.txt"


def test_folders_are_walked_and_files_taken_once(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("乙", "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("甲", "utf-8")
    (tmp_path / "picture.ico").write_bytes(b"")
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [path.name for path in found] == ["b.txt", "a.md"]


def test_missing_paths_and_empty_folders_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_files([tmp_path / "absent"])
    with pytest.raises(InputError, match="no readable file"):
        find_files([tmp_path])
