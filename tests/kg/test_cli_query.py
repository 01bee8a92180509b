"""``kg query`` and ``kg shell`` as a user meets them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import get_args

import pytest

from kg.cli.completion import offers
from kg.cli.saved import CODES
from kg.cli.shell import entries, is_complete
from kg.resolve.instruments import INSTRUMENT_KINDS
from ontology.records import Basis, Certainty, DocumentKind, DocumentStatus, Operator, TaskForm
from tests.kg.cli_helpers import kg, kg_process, plans


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    assert kg("build", plans(folder), "-o", folder / "graph").exit_code == 0
    return folder / "graph"


def test_without_a_name_the_questions_are_listed_in_both_languages() -> None:
    assert "Which items does one body lead with nobody beside it?" in kg("query").stdout
    assert "工作量" in kg("--lang", "zh", "query").stdout
    listed = json.loads(kg("query", "--format", "json").stdout)
    assert {"subject", "name", "zh", "en", "parameters"} == listed[0].keys()


def test_a_question_is_asked_with_its_parameters_and_answers_under_its_labels(graph: Path) -> None:
    result = kg("query", "solo_leads", "--param", "city=云岭", "--graph", graph, "--format", "json")
    assert [(row["ref"], row["body"], row["status"]) for row in json.loads(result.stdout)] == [
        ("一/（一）/3", "市数据局", "draft")
    ]
    table = kg("--lang", "zh", "query", "solo_leads", "--graph", graph).stdout
    assert "条目编号" in table
    assert "征求意见稿" in table
    assert "参数：" in table


def test_every_code_an_answer_can_hold_has_words_in_both_languages() -> None:
    kinds = {kind for kind, _ in INSTRUMENT_KINDS} | {"policy"}
    roles = {"lead", "joint", "support", "mixed", "action", "task", "target"}
    known = {*get_args(Operator), *get_args(Basis), *get_args(Certainty), *get_args(DocumentKind)}
    known |= {*get_args(DocumentStatus), *get_args(TaskForm), *kinds, *roles, "higher", "lower"}
    assert known - set(CODES) == set()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("solo_lead",), "did you mean solo_leads"),
        (("workload", "--param", "citty=x"), "did you mean city"),
        (("reach",), "needs a value for body"),
        (("reach", "--param", "body=x", "--param", "steps=two"), "expected integer"),
        (("--show",), "no question is named"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_near(graph: Path, arguments: tuple[str, ...], told: str) -> None:
    result = kg("query", *arguments, "--graph", graph)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_value_that_names_nothing_is_told_with_near_names(graph: Path) -> None:
    result = kg("query", "workload", "--param", "city=云领市", "--graph", graph)
    assert "nothing in the graph is named 云领市; near: 云岭市" in result.stderr


def test_show_prints_param_lines_and_the_statement() -> None:
    lines = kg("query", "reach", "--param", "body=市财政局", "--show").stdout.splitlines()
    assert lines[:2] == [':param body => "市财政局";', ":param steps => 2;"]
    assert lines[-1] == "ORDER BY step, body_uid;"


def test_the_shell_runs_statements_from_a_pipe_and_goes_on_after_an_error(graph: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.csv"
    text = (
        ":param part=云\nMATCH (c:City)\nWHERE c.name STARTS WITH $part\nRETURN c.name AS name; RETURN 'a;b' AS x;\n"
        f":csv {answer}\nRETURN nothing;\nCREATE (n:City);\n:quory\n:query solo_leads city=云岭\nRETURN 7 AS last"
    )
    result = kg("shell", "--graph", graph, text=text)
    assert result.exit_code == 2
    assert "云岭市" in result.stdout
    assert answer.read_text(encoding="utf-8-sig") == "x\na;b\n"
    assert "Undefined variable 'nothing'" in result.stderr
    assert "would change the graph" in result.stderr
    assert "did you mean :query?" in result.stderr
    assert result.stdout.rstrip().endswith("7")


def test_quit_ends_the_pipe_and_schema_and_queries_are_printed(graph: Path) -> None:
    result = kg("shell", "--graph", graph, text=":help\n:schema\n:queries\n:quit\nRETURN 99 AS never;\n")
    assert result.exit_code == 0
    assert "HAS_ACTION" in result.stdout
    assert "always_together" in result.stdout
    assert "99" not in result.stdout


def test_statements_are_split_at_semicolons_that_end_them() -> None:
    text = "RETURN 1; RETURN ';' AS x\n  ;\n:help\n// only a comment;\nRETURN 2"
    assert [entry.strip() for entry in entries(text.splitlines(keepends=True))] == [
        "RETURN 1;", "RETURN ';' AS x\n  ;", ":help", "RETURN 2",
    ]  # fmt: skip
    assert not is_complete("MATCH (n)\n")
    assert not is_complete("RETURN ';")
    assert is_complete("RETURN ';';")
    assert is_complete(":schema")


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("MATCH (d:Dep", "Department"), ("MATCH (d)-[r:LEA", "LEADS"), ("MATCH (d)-[:LEADS|SUP", "SUPPORTS"),
        ("MATCH (d:Department) WHERE d.ali", "aliases"), ("MAT", "MATCH"), (":quer", ":queries"),
        (":query always", "always_together"), (":query reach bo", "body="),
    ],
)  # fmt: skip
def test_tab_offers_what_fits_there(before: str, offered: str) -> None:
    found = [word for word, typed, _ in offers(before) if word.lower().startswith(typed.lower())]
    assert offered in found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_prompt_takes_lines_keeps_history_and_survives_an_interruption(graph: Path, tmp_path: Path) -> None:
    import pty
    import select
    import time

    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {
            "KG_LANG": "en",
            "XDG_STATE_HOME": str(tmp_path),
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "COLUMNS": "100",
        }
        os.execv(sys.executable, [sys.executable, "-m", "kg", "shell", "--graph", str(graph)])
    seen = b""

    def until(text: bytes) -> None:
        nonlocal seen
        deadline = time.monotonic() + 30
        while text not in seen:
            assert time.monotonic() < deadline, seen.decode(errors="replace")
            if select.select([terminal], [], [], 0.2)[0]:
                seen += os.read(terminal, 65536)
        seen = b""

    until(b"kg>")
    os.write(terminal, b"RETURN 40 +\r")
    os.write(terminal, b"2 AS answer;\r")
    until(b"1 row")
    slow = b"UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS s;\r"
    os.write(terminal, slow)
    time.sleep(1.5)
    os.write(terminal, b"\x03")
    until(b"interrupted")
    os.write(terminal, b":quit\r")
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert status == 0
    [history] = tmp_path.rglob("shell-history")
    assert "+2 AS answer;" in history.read_text(encoding="utf-8")


def test_the_shell_names_a_graph_that_is_not_there(tmp_path: Path) -> None:
    result = kg_process("shell", "--graph", "nowhere", cwd=tmp_path)
    assert result.returncode == 3
    assert "there is no graph here" in result.stderr
