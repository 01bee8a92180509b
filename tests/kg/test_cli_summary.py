"""``kg report summary``: every number it tells is printed by the command it names."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from kg.cli.report_summary import printed_value
from kg.graph import open_graph
from kg.output import cell_width
from queries.summary import MOST_FACTS, summary
from tests.kg.cli_helpers import kg, plans

AGREED = """广元市优化服务工作方案

一、主要任务

（一）便利开办
1.网上办理率达到98%。（市数据局、市财政局负责）
2.网上办理率达到96%。（各有关部门负责）
"""


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summary")
    (folder / "plan.txt").write_text(AGREED, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    kg("build", samples, folder / "plan.txt", plans(folder), folder / "empty.txt", "-o", folder / "kg graph")
    return folder / "kg graph"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_is_printed_by_its_command(graph: Path, lang: str) -> None:
    facts = summary(open_graph(graph)).facts
    page = kg("--lang", lang, "report", "summary", "--graph", graph, "--format", "json")
    told = json.loads(page.stdout)["findings"]
    assert [row["about"] for row in told] == [fact.about for fact in facts]
    assert len(facts) == MOST_FACTS
    for fact, row in zip(facts, told, strict=True):
        program, *arguments = shlex.split(row["command"])
        assert program == "kg"
        again = kg("--lang", lang, *arguments)
        assert again.exit_code in (0, 1), again.stderr
        for name in fact.printed:
            value = printed_value(fact.values[name])
            whole = rf"(?<![\d.]){re.escape(value)}(?![\d.]*\d)"
            assert re.search(whole, again.stdout), (fact.about, name, value)
            assert re.search(whole, row["finding"]), (fact.about, name, value)


def test_what_was_read_and_what_was_not(graph: Path) -> None:
    read = summary(open_graph(graph)).read
    assert (len(read.documents), read.not_read) == (11, ("empty.txt",))
    rows = json.loads(kg("report", "summary", "--graph", graph, "--format", "json").stdout)["read"]
    assert [row["what"] for row in rows] == [
        "documents", "cities", "actions", "responsibilities", "bodies", "targets", "doubtful places", "files not read",
    ]  # fmt: skip
    assert rows[-1] == {"what": "files not read", "count": 1, "note": "empty.txt"}
    assert rows[0]["count"] == 11


@pytest.mark.parametrize(("lang", "width"), [("zh", 80), ("en", 80), ("zh", 120), ("en", 120)])
def test_the_page_fits_the_terminal(graph: Path, lang: str, width: int) -> None:
    lines = kg("--lang", lang, "report", "summary", "--graph", graph, env={"COLUMNS": str(width)}).stdout.splitlines()
    assert max(cell_width(line) for line in lines) <= width
    assert len(lines) < 90


def test_a_graph_of_one_small_plan_tells_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(AGREED, encoding="utf-8")
    kg("build", tmp_path / "plan.txt", "-o", tmp_path / "g")
    report = summary(open_graph(tmp_path / "g"))
    assert [fact.about for fact in report.facts] == [
        "heaviest", "concentrated", "several-leads", "unanswered", "undated", "disagree", "only-collectives",
    ]  # fmt: skip
    assert dict(report.facts[0].values)["all"] == 2
    assert report.to_pandas()["command"][5] == "kg lint --code numbers-disagree --code units-disagree --severity info"
    assert dict(report.facts[3].values) == {"nobody": 0, "collective": 1, "targets": 2}
