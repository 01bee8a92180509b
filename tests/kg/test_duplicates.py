"""The same document in two files is one; much alike ones are told; the rest is left as it is."""

from __future__ import annotations

from kg.duplicates import bare_text, without_repeats
from loaders.reader import read_document
from ontology.records import PolicyDocument

SENTENCES = [
    f"（{n}）第{n}项工作。推行第{n * 7}号清单，公开第{n * 13}类办事指南，由窗口统一受理。（市甲局负责）\n"
    for n in range(1, 60)
]
PLAN = "示例市工作方案\n一、主要任务\n" + "".join(SENTENCES)


def document(text: str, file: str) -> PolicyDocument:
    return read_document(text.encode(), file)


def test_white_space_width_and_punctuation_make_no_other_document() -> None:
    other = PLAN.replace("，", ",\n").replace("（", "(").replace("）", ")").replace("1", "１")
    kept, findings = without_repeats([document(other, "乙.txt"), document(PLAN, "甲.txt")])
    # 乙 comes before 甲 in order of code points.
    assert [each.facts.file for each in kept] == ["乙.txt"]
    assert [(f.code, f.file, dict(f.values)["other"]) for f in findings] == [("same-document", "甲.txt", "乙.txt")]


def test_a_draft_and_its_issued_version_are_both_kept_and_told() -> None:
    draft = PLAN.replace(SENTENCES[10], "").replace(SENTENCES[30], "")
    kept, left_out = without_repeats([document(PLAN, "b.txt"), document(draft, "a.txt")])
    assert (len(kept), left_out) == (2, [])
    assert [(f.file, dict(f.values)["other"]) for d in kept for f in d.findings if f.code == "near-duplicate"] == [
        ("b.txt", "a.txt")
    ]


def test_two_plans_of_one_kind_are_not_told() -> None:
    other = (
        PLAN.replace("推行", "取消")
        .replace("公开", "编制")
        .replace("窗口统一", "专员上门")
        .replace("第", "某")
        .replace("清单", "目录")
    )
    kept, left_out = without_repeats([document(PLAN, "a.txt"), document(other, "b.txt")])
    assert left_out == []
    assert not any(f.code == "near-duplicate" for d in kept for f in d.findings)


def test_the_order_of_documents_decides_nothing() -> None:
    given = [document(PLAN, "a.txt"), document(PLAN + "\n", "b.txt"), document(PLAN[:-60], "c.txt")]
    for order in (given, given[::-1]):
        kept, left_out = without_repeats(order)
        assert {each.facts.file for each in kept} == {"a.txt", "c.txt"}
        assert [each.file for each in left_out] == ["b.txt"]


def test_bare_text_keeps_letters_and_digits() -> None:
    assert bare_text("《甲》 Ａ１，\n乙。①") == "甲a1乙1"


def test_real_plans_are_all_different(shared: object) -> None:
    from pathlib import Path

    assert isinstance(shared, Path)
    files = sorted((shared / "seeds").glob("*.txt")) + sorted((shared / "field").glob("sd*.txt"))
    documents = [read_document(file.read_bytes(), file.name) for file in files]
    kept, left_out = without_repeats(documents)
    assert (kept, left_out) == (documents, [])
