"""Facts given beside the files: they overrule what is guessed, and what nobody knows is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.meta import Given, given_facts
from loaders.reader import documents_in
from ontology.errors import UsageError

PLAN = "示例市2023年工作方案\n一、开办企业\n到年底，压缩办理时间至3个工作日以内。（市甲局负责）\n二、完善监管\n开展检查。（市乙局负责）\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    return tmp_path


def facts(folder: Path, named: Path | None = None) -> dict[str, Given]:
    return {path.name: given for path, given in given_facts(sorted(folder.glob("*.txt")), named).items()}


def test_toml_and_csv_say_the_same(folder: Path, tmp_path: Path) -> None:
    toml, table = tmp_path / "m.toml", tmp_path / "m.csv"
    toml.write_text('[[document]]\nfile = "甲.txt"\nissued = 2024-03-01\nperiod = 2024\nstatus = "draft"\n', "utf-8")
    table.write_text("file,issued,period,status,city\n甲.txt,2024年3月1日,2024,draft,\n", encoding="utf-8-sig")
    expected = Given(issued="2024-03-01", period=(2024, 2024), status="draft")
    assert facts(folder, toml)["甲.txt"] == facts(folder, table)["甲.txt"] == expected
    assert facts(folder, toml)["乙.txt"] == Given()


def test_a_sidecar_speaks_of_its_folder_and_what_is_named_by_hand_overrules_it(folder: Path, tmp_path: Path) -> None:
    (folder / "kg-meta.csv").write_text("file,city,kind\n*.txt,自贡市,study\n", encoding="utf-8")
    by_hand = tmp_path / "m.csv"
    by_hand.write_text("file,city\n甲.txt,广元市\n", encoding="utf-8")
    assert facts(folder, by_hand) == {
        "甲.txt": Given(city="广元市", kind="study"), "乙.txt": Given(city="自贡市", kind="study"),
    }  # fmt: skip


def test_what_is_given_rules_the_reading(folder: Path) -> None:
    given = Given(city="自贡市", title="另一方案", period=(2030, 2030), kind="study", status="draft")
    (document,) = documents_in(folder / "甲.txt", given=given)
    said = document.facts
    assert (said.city, said.adcode, said.title, said.kind, said.status) == (
        "自贡市",
        "510300",
        "另一方案",
        "study",
        "draft",
    )
    assert said.given == ("city", "title", "period", "kind", "status")
    # 到年底 means the year of the period.
    assert document.actions[0].targets[0].deadline == "2030"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("file,city\n丙.txt,自贡市\n", "there is no file 丙.txt"),
        ("file,place\n甲.txt,自贡市\n", "there is no fact 'place'"),
        ("file,status\n甲.txt,final\n", "status cannot be 'final'"),
        ("file,issued\n甲.txt,soon\n", "issued cannot be 'soon'"),
        ("file,period\n甲.txt,2026-2024\n", "period cannot be '2026-2024'"),
        ("city\n自贡市\n", "file is missing"),
        ("file,city\n甲.txt,自贡市,四川省\n", "more cells than there are headings"),
    ],
)
def test_what_nobody_knows_is_told_with_its_line(folder: Path, tmp_path: Path, content: str, said: str) -> None:
    named = tmp_path / "m.csv"
    named.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        facts(folder, named)
    assert caught.value.where == f"{named}:2"


def test_toml_that_is_none_or_holds_anything_else_is_refused(folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "m.toml"
    for content in ("file = 甲.txt", 'city = "自贡市"\n', "[document]\nfile = 'a'\n"):
        named.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError):
            facts(folder, named)


def test_a_sidecar_twice_is_refused(folder: Path) -> None:
    for name in ("kg-meta.csv", "kg-meta.toml"):
        (folder / name).write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="there are both"):
        facts(folder)


def test_nothing_is_given_for_a_register_from_elsewhere(tmp_path: Path) -> None:
    register = tmp_path / "台账.csv"
    register.write_text("文件,编号,部门,角色\n甲,一,市甲局,牵头\n", encoding="utf-8")
    with pytest.raises(UsageError, match="a register says the facts of its documents itself"):
        documents_in(register, given=Given(city="自贡市"))
