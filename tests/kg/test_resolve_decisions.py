"""The file of decisions: reading it as people edit it, adding to it, and what no longer applies."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import (
    Decision,
    Decisions,
    PrintedBody,
    decisions_path,
    read_decisions,
    resolve_bodies,
    unused_decisions,
)
from kg.resolve.decisions import append_decision, parse_decisions
from ontology.errors import InputError, UsageError
from ontology.findings import message

HEADER = "kind,subject,verdict,object,who,when,why"
FINANCE = "body,990100:市财政局,same,990100:市财政和国资局,甲,2026-01-02,挂牌"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{FINANCE}\n".encode(),
        f"{HEADER}\r\n{FINANCE}\r\n".encode("utf-8-sig"),
        f"{HEADER}\n{FINANCE}".encode("gb18030"),
        f"{HEADER}\n{FINANCE}".replace(",", ";").encode("gbk"),
        f"{HEADER}\n{FINANCE}".replace(",", "\t").encode("utf-16"),
        f"\n KIND ,Subject,verdict,object,who,when,why,note\n{FINANCE},x\n,,,,,,\n\n".encode(),
    ],
    ids=["utf-8", "byte order mark", "gb18030", "semicolons", "utf-16 tabs", "untidy"],
)
def test_a_file_is_read_as_people_and_spreadsheets_write_it(content: bytes) -> None:
    [decision] = parse_decisions(content).lines
    assert decision == Decision(
        "body", "990100:市财政局", "same", "990100:市财政和国资局", "甲", "2026-01-02", "挂牌", decision.line
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind,subject\nbody,1:甲", "the header lacks verdict, object"),
        (f"{HEADER}\nbodies,1:甲,same,1:乙,,,", "“bodies” is no kind of decision"),
        (f"{HEADER}\nbody,1:甲,assign,1:乙,,,", "“assign” is no verdict about a body"),
        (f"{HEADER}\nbody,1:甲,same,,,,", "no object"),
        (f"{HEADER}\nbody,,same,1:乙,,,", "no subject"),
        (f"{HEADER}\nbody,1:甲,same,1:甲,,,", "subject and object are the same"),
        (f"{HEADER}\ntheme,d/1,assign,a b c d,,,", "4 themes"),
    ],
)
def test_a_line_that_is_no_decision_is_named(text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_decisions(text.encode(), "g.decisions.csv")
    assert raised.value.message.startswith(told)
    assert raised.value.where == f"g.decisions.csv:{1 if 'header' in told else 2}"
    assert raised.value.advice


def test_bytes_of_no_encoding_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither UTF-8 nor GB 18030"):
        parse_decisions(b"kind\xff\xff\xff")
    with pytest.raises(InputError, match="No such file"):
        read_decisions(tmp_path / "absent.csv")


def test_the_file_stands_beside_the_graph(tmp_path: Path) -> None:
    assert decisions_path(tmp_path / "city-graph") == tmp_path / "city-graph.decisions.csv"


def test_a_later_line_takes_the_place_of_an_earlier_one() -> None:
    rows = [
        Decision("function", "1:甲", "assign", "audit"),
        Decision("body", "1:甲", "same", "1:乙"),
        Decision("theme", "d/1", "assign", "trade"),
        Decision("function", "1:甲", "assign", "justice"),
        Decision("body", "1:乙", "unsure", "1:甲"),
    ]
    assert Decisions(tuple(rows)).in_force == (rows[2], rows[3])


# ------------------------------------------------------------------------------------------------ adding

NEW = Decision("function", "990100:市花卉局", "assign", "forestry", "乙", "2026-03-04", "=1+1")
LINE = "function,990100:市花卉局,assign,forestry,乙,2026-03-04,'=1+1"


def test_the_first_decision_makes_a_file_that_excel_opens(tmp_path: Path) -> None:
    path = tmp_path / "g.decisions.csv"
    append_decision(path, NEW)
    assert path.read_bytes() == f"\ufeff{HEADER}\r\n{LINE}\r\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["g.decisions.csv"]


@pytest.mark.parametrize(
    ("before", "encoding", "added"),
    [
        (f"{HEADER}\n{FINANCE}\n", "utf-8", f"{LINE}\r\n"),
        (f"{HEADER}\n{FINANCE}", "gb18030", f"\r\n{LINE}\r\n"),
        (f"{HEADER}\n{FINANCE}\n".replace(",", "\t"), "utf-16", LINE.replace(",", "\t") + "\r\n"),
        ("who,object,verdict,subject,kind\n", "utf-8-sig", "乙,forestry,assign,990100:市花卉局,function\r\n"),
    ],
    ids=["utf-8", "gb18030 without an end of line", "utf-16", "other columns"],
)
def test_a_line_is_added_and_the_rest_stays_byte_for_byte(
    tmp_path: Path, before: str, encoding: str, added: str
) -> None:
    path = tmp_path / "g.decisions.csv"
    path.write_bytes(before.encode(encoding))
    append_decision(path, NEW)
    plain = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    assert path.read_bytes() == before.encode(encoding) + added.encode(plain)
    assert read_decisions(path).lines[-1].object == "forestry"


def test_nothing_is_added_to_a_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,age\n甲,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="the header lacks"):
        append_decision(path, NEW)
    assert path.read_text("utf-8") == "name,age\n甲,3\n"


def test_a_decision_that_makes_no_sense_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no object"):
        append_decision(tmp_path / "g.csv", Decision("function", "1:甲", "assign"))
    assert list(tmp_path.iterdir()) == []


CELL = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="'=+-@＝＋－＠"), min_size=1)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
def test_what_is_added_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("d") / "g.csv"
    for subject, who, why in cells:
        append_decision(path, Decision("function", subject, "assign", "audit", who, "2026-01-02", why))
    assert [(one.subject, one.who, one.why) for one in read_decisions(path).lines] == cells


# ------------------------------------------------------------------------------------------------ no longer applying


def test_a_decision_that_does_not_hold_is_a_finding() -> None:
    printed = [PrintedBody(name, "990100", "示例市") for name in ("市财政局", "市审计局", "市统计局")]
    rows = (
        Decision("body", "990100:市财政局", "same", "990100:市统计局", line=2),
        Decision("body", "990100:财政局", "different", "990100:市审计局", line=3),
        Decision("function", "990100:市审计局", "assign", "auditing", line=4),
        Decision("function", "990100:市商务局", "assign", "commerce", line=5),
        Decision("theme", "d/一", "assign", "trade", line=6),
        Decision("theme", "d/二", "assign", "trade", line=7),
        Decision("theme", "d/三", "assign", "commerce", line=8),
    )
    decisions = Decisions(rows, "g.decisions.csv")
    bodies = resolve_bodies(printed, decisions)
    findings = unused_decisions(decisions, bodies, {"d/一": ["trade"], "d/三": ["trade"]})
    assert {finding.code for finding in findings} == {"decision-unused"}
    assert {finding.file for finding in findings} == {"g.decisions.csv"}
    assert [message(finding, "en").rpartition("applies: ")[2] for finding in findings] == [
        "there is no body 990100:财政局",
        "there is no line of work auditing, or another decision stands against it",
        "there is no body 990100:市商务局",
        "there is no action d/二",
        "not all of these are themes: commerce",
    ]
    assert findings[0].quote == "body,990100:财政局,different,990100:市审计局"
    assert "第 3 行" in message(findings[0], "zh")


def test_decisions_that_hold_are_no_findings() -> None:
    printed = [PrintedBody(name, "990100", "示例市") for name in ("市财政局", "市统计局")]
    decisions = Decisions((Decision("body", "990100:市财政局", "same", "990100:市统计局"),))
    assert unused_decisions(decisions, resolve_bodies(printed, decisions), {}) == []


def test_bodies_of_different_places_are_never_the_same(tmp_path: Path) -> None:
    one, other = PrintedBody("市财政局", "990100", "示例市"), PrintedBody("市财政局", "990200", "甲市")
    decided = Decision("body", "990100:市财政局", "same", "990200:市财政局", line=2)
    bodies = resolve_bodies([one, other], Decisions((decided,), "g.csv"))
    assert [bodies[item].uid[:6] for item in (one, other)] == ["990100", "990200"]
    [finding] = unused_decisions(Decisions((decided,), "g.csv"), bodies, {})
    assert "the two bodies belong to different places" in message(finding, "en")
    with pytest.raises(UsageError, match=r"bodies of different places \(990100, 990200\) cannot be the same"):
        append_decision(tmp_path / "g.csv", decided)
    assert parse_decisions(f"{HEADER}\nbody,990100:市财政局,same,990200:市财政局,,,".encode(), "g.csv").lines == (
        decided,
    )


def test_a_merged_body_is_called_as_the_body_that_gives_the_uid() -> None:
    known = [PrintedBody("市花卉局", "990100", "示例市")] * 3
    called = [PrintedBody("市园艺局", "990100", "示例市")]
    decided = Decision("body", "990100:市花卉局", "same", "990100:市园艺局")
    body = resolve_bodies([*known, *called], Decisions((decided,)))[known[0]]
    assert (body.name, body.aliases) == ("市园艺局", ("市花卉局",))
