"""``kg review`` and ``kg report departments``: from a doubt to a decision that every later build keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg as package
from tests.kg.cli_helpers import kg

PLAN = """云岭市优化服务三年计划（2024—2026年）

一、主要任务

（一）便利开办

1.简化登记流程。推行网上办理企业登记。（市市场监管局牵头，市税务局、市花卉局配合）

2.压缩登记时限。推行企业登记告知承诺。（市市场监管局牵头，市财政局配合）

3.公开办事指南。（市市场临管局牵头，市规划局配合）

4.改进其他事项。（市市场监管局牵头，市自然资源局配合）
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    plan, graph = tmp_path / "plan.txt", tmp_path / "g"
    plan.write_text(PLAN, encoding="utf-8")
    assert kg("build", plan, "-o", graph).exit_code == 0
    return graph


def listed(graph: Path, *options: str) -> list[dict[str, object]]:
    result = kg("review", "list", "--graph", graph, "--format", "json", *options)
    assert result.exit_code == 0
    return list(json.loads(result.stdout))


def rebuilt(graph: Path, *options: object) -> None:
    result = kg("build", graph.parent / "plan.txt", "-o", graph, *options)
    assert result.exit_code == 0


def decide(graph: Path, *words: str) -> None:
    result = kg("review", "decide", "--graph", graph, "--who", "甲", *words)
    assert result.exit_code == 0, result.stderr


def place(graph: Path) -> str:
    [row] = package.open(graph).cypher("MATCH (b:Department) WHERE b.name = '市财政局' RETURN b.uid AS uid")
    return str(row["uid"]).partition(":")[0]


def test_the_list_shows_what_is_in_doubt_with_the_sentence(graph: Path) -> None:
    rows = listed(graph)
    here = place(graph)
    assert [(row["kind"], row["subject"], row["object"], row["reason"]) for row in rows if row["kind"] != "theme"] == [
        ("body", f"{here}:市市场临管局", f"{here}:市市场监督管理局", "damaged"),
        ("function", f"{here}:市花卉局", "core:花卉", "unreviewed"),
    ]
    assert rows[0]["evidence"] == "（市市场临管局牵头，市规划局配合）"
    assert rows[0]["times"] == 1
    [unsure] = listed(graph, "--kind", "theme")
    assert unsure["name"] == "改进其他事项"


def test_a_narrow_screen_keeps_the_reason_and_what_decide_takes(graph: Path) -> None:
    shown = kg("review", "list", "--graph", graph, env={"COLUMNS": "80"}).stdout
    assert {"name", "reason", "subject", "object"} <= set(shown.splitlines()[3].split())
    assert "one character off" in shown


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "md"])
def test_the_list_has_every_form(graph: Path, form: str) -> None:
    result = kg("review", "list", "--graph", graph, "--format", form)
    assert result.exit_code == 0
    assert "市花卉局" in result.stdout


def test_a_decision_holds_from_the_next_build_on_and_leaves_with_its_withdrawal(graph: Path) -> None:
    here, before = place(graph), (graph / "CURRENT").read_bytes()
    [unsure] = listed(graph, "--kind", "theme")
    decide(graph, "function", f"{here}:市花卉局", "assign", "forestry", "--why", "三定方案")
    decide(graph, "body", f"{here}:市市场临管局", "different", f"{here}:市市场监管局")
    decide(graph, "theme", str(unsure["subject"]), "assign", "government-services")
    rebuilt(graph)
    # Told apart, the damaged name is a body that nobody knows.
    assert [(row["kind"], row["name"]) for row in listed(graph)] == [("function", "市市场临管局")]
    [row] = package.open(graph).cypher(
        "MATCH (b:Department)-[p:PERFORMS]->(f:Function) WHERE b.name = '市花卉局' RETURN f.name AS name, p.why AS why"
    )
    assert row["name"] == "林业和草原"
    assert str(row["why"]).startswith("decision: 甲 ")
    assert "decision-unused" not in package.open(graph).manifest.findings

    decide(graph, "function", f"{here}:市花卉局", "unsure")
    decide(graph, "body", f"{here}:市市场监管局", "unsure", f"{here}:市市场临管局")
    decide(graph, "theme", str(unsure["subject"]), "unsure")
    rebuilt(graph)
    assert (graph / "CURRENT").read_bytes() == before
    assert (graph.parent / "g.decisions.csv").read_text("utf-8-sig").count("\n") == 7


def test_a_build_never_touches_the_file_and_takes_another_where_told(graph: Path, tmp_path: Path) -> None:
    other = tmp_path / "审定.csv"
    other.write_bytes(f"kind,subject,verdict,object\nfunction,{place(graph)}:市花卉局,assign,audit\n".encode("gb18030"))
    before = other.read_bytes()
    rebuilt(graph, "--decisions", other)
    assert listed(graph, "--kind", "function") == []
    assert other.read_bytes() == before
    rebuilt(graph)
    assert len(listed(graph, "--kind", "function")) == 1


def test_a_decision_that_no_longer_applies_is_a_finding(graph: Path) -> None:
    file = graph.parent / "g.decisions.csv"
    file.write_text("kind,subject,verdict,object\nfunction,1:没有,assign,audit\n", encoding="utf-8")
    rebuilt(graph)
    assert package.open(graph).manifest.findings["decision-unused"] == {"warning": 1}


def test_a_file_with_a_wrong_line_stops_the_build(graph: Path) -> None:
    file, before = graph.parent / "g.decisions.csv", (graph / "CURRENT").read_bytes()
    file.write_text("kind,subject,verdict,object\nfunction,1:甲,agree,audit\n", encoding="utf-8")
    result = kg("build", graph.parent / "plan.txt", "-o", graph)
    assert result.exit_code == 3
    assert "g.decisions.csv:2: “agree” is no verdict about a function" in result.stderr
    assert (graph / "CURRENT").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("function", "1:没有", "assign", "audit"), "there is no body 1:没有"),
        (("function", "{here}:市花卉局", "assign", "forestri"), "did you mean forestry"),
        (("theme", "d/1", "assign", "trade"), "there is no action d/1"),
        (("body", "{here}:市花卉局", "assign", "audit"), "“assign” is no verdict about a body"),
        (("body", "{here}:市花卉局", "same"), "no object"),
    ],
)
def test_a_decision_about_nothing_is_refused(graph: Path, words: tuple[str, ...], told: str) -> None:
    here = place(graph)
    result = kg("review", "decide", "--graph", graph, *(word.format(here=here) for word in words))
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (graph.parent / "g.decisions.csv").exists()


def test_a_withdrawal_of_what_nobody_decided_is_told(graph: Path) -> None:
    result = kg("review", "decide", "--graph", graph, "function", f"{place(graph)}:市花卉局", "unsure")
    assert result.exit_code == 0
    assert "no decision about exactly this is in force" in result.stderr


def test_departments_are_listed_as_printed_with_body_kind_and_line_of_work(graph: Path) -> None:
    result = kg("report", "departments", "--graph", graph, "--format", "json")
    rows = {row["name"]: row for row in json.loads(result.stdout)}
    assert sorted(rows) == sorted(
        ["市市场监管局", "市税务局", "市花卉局", "市财政局", "市市场临管局", "市规划局", "市自然资源局"]
    )
    assert rows["市市场临管局"]["department"] == rows["市市场监管局"]["department"]
    tax = rows["市税务局"]
    assert (tax["doc"], tax["kind"], tax["function"]) == ("plan.txt", "central-branch", "taxation")
    assert (tax["leads"], tax["supports"]) == (0, 1)
    assert "市税务局" in kg("report", "departments", "--graph", graph, "--city", "云岭市").stdout
