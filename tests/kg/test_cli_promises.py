"""``kg report targets`` and ``kg report calendar``: what they print, and the calendar file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from kg.output import cell_width
from tests.kg.cli_helpers import kg, plans

DATED = """广元市2024年优化服务工作方案

一、主要任务

（一）便利开办
1.简化登记流程。（市市场监管局牵头，市税务局配合，2024年6月底前完成）
2.到2024年，网上办理率达到95%。（市数据局牵头）
（二）加强监管
每季度通报检查情况。（市司法局牵头）
（三）健全机制
总结经验做法。（市司法局牵头，长期坚持）

广元市人民政府
2024年2月10日
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "dated.txt").write_text(DATED, encoding="utf-8")
    kg("build", tmp_path / "dated.txt", plans(tmp_path), "-o", tmp_path / "g")
    return tmp_path / "g"


def test_targets_say_who_and_when(graph: Path) -> None:
    rows = json.loads(kg("report", "targets", "--graph", graph, "--format", "json").stdout)["targets"]
    assert [(row["city"], row["name"], row["promised"], row["deadline"], row["lead"]) for row in rows] == [
        ("云岭市", "网上办理率", "95%", "2026", "市市场监管局"),
        ("云岭市", "审批时限平均时限", "≤ 3个工作日", "2025", "市数据局、市财政局"),
        ("海棠市", "自助点", "up by 20个", None, "市市场监管局"),
        ("广元市", "网上办理率", "95%", "2024", "市数据局"),
    ]
    assert {row["status"] for row in rows} == {"issued", "draft"}


@pytest.mark.parametrize("report", ["targets", "calendar"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_tables_fit_the_terminal(graph: Path, report: str, lang: str, width: int) -> None:
    result = kg("--lang", lang, "report", report, "--graph", graph, env={"COLUMNS": str(width)})
    assert result.exit_code == 0
    assert max(cell_width(line) for line in result.stdout.splitlines()) <= width
    assert ("到期" if lang == "zh" else "due") in result.stdout or report == "targets"


def test_the_register_as_a_workbook(graph: Path, tmp_path: Path) -> None:
    kg("--lang", "zh", "report", "calendar", "--graph", graph, "--city", "广元", "-o", tmp_path / "台账.xlsx")
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("城市", "到期日", "种类")
    assert [row[:4] for row in rows[1:3]] == [
        ("广元市", "2024-06-30", "完成时限", "简化登记流程"),
        ("广元市", "2024-12-31", "指标期限", "网上办理率"),
    ]


def test_the_register_as_a_calendar(graph: Path, tmp_path: Path) -> None:
    written = kg("report", "calendar", "--graph", graph, "--city", "广元", "-o", tmp_path / "due.ics")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == (
        f"wrote {tmp_path / 'due.ics'}: 3 events\n"
        "1 without a day (the document does not say its time, or it goes on) are not in the calendar\n"
    )
    events = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in events] == [
        ("广元市：简化登记流程", date(2024, 6, 30)),
        ("广元市：网上办理率 95%", date(2024, 12, 31)),
        ("广元市：每季度通报检查情况", date(2024, 3, 31)),
    ]
    assert events[2]["RRULE"].to_ical().decode() == "FREQ=MONTHLY;UNTIL=20241231;INTERVAL=3;BYMONTHDAY=-1"
    assert "led by: 市市场监管局\nsupported by: 市税务局\n" in str(events[0]["DESCRIPTION"])
    assert "status of the document: issued 2024" in str(events[0]["DESCRIPTION"])
    again = kg("--lang", "zh", "report", "calendar", "--graph", graph, "--city", "广元", "-o", tmp_path / "2.ics")
    assert "3 个事件" in again.stderr
    chinese = Calendar.from_ical((tmp_path / "2.ics").read_bytes()).walk("VEVENT")
    assert "牵头：市市场监管局" in str(chinese[0]["DESCRIPTION"])
    assert [event["UID"] for event in chinese] == [event["UID"] for event in events]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "due.ics", "--format", "csv"], "leave --format out"),
        (["--from", "soon"], "soon is no day; write 2025, 2025-06 or 2025-06-30"),
        (["--city", "雅安"], "no document of '雅安'"),
    ],
)
def test_wrong_usage_is_told(graph: Path, options: list[str], told: str) -> None:
    result = kg("report", "calendar", "--graph", graph, *options)
    assert result.exit_code == 2
    assert told in result.stderr
