"""The one writer of listings, in each of its forms."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.output import (
    Column,
    Format,
    Label,
    Table,
    cell_width,
    clean_text,
    format_for,
    is_formula,
    table_of,
    wrap,
    write_lines,
    write_tables,
)
from ontology.errors import UsageError

LOADS = Table(
    "workload",
    (
        Column("city", "城市", "city"),
        Column("rank", "名次", "rank", "count", drop=2),
        Column("body", "部门", "body"),
        Column("lead", "牵头", "lead", "count"),
        Column("share", "占比", "share", "share"),
        Column("quote", "原文", "quote", drop=1),
    ),
    [
        {
            "city": "甲市",
            "rank": 1,
            "body": "市财政局",
            "lead": 12,
            "share": 0.1234,
            "quote": "由市财政局牵头，每季度通报一次",
        },
        {"city": "甲市", "rank": 2, "body": "市审计局", "lead": 3, "share": 0.05, "quote": None},
        {"city": "乙市", "rank": 1, "body": "市数据局", "lead": 7, "share": 1.0, "quote": "=HYPERLINK(1)"},
    ],
    Label("工作量", "Workload"),
    (Label("占比以全市为准", "share of the city"),),
    section="city",
    section_titles={"甲市": Label("甲市（征求意见稿 2024）", "甲市 (draft 2024)")},
)
COUNTS = Table(
    "counts", (Column("what", "种类", "what"), Column("n", "数量", "number", "count")), [{"what": "总计", "n": 22}]
)


@pytest.fixture(autouse=True)
def _pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


def test_a_pipe_gets_every_column_and_row(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([LOADS], lang="zh")
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "工作量",
        "",
        "甲市（征求意见稿 2024）",
        "名次  部门      牵头    占比  原文",
        "─" * 60,
        "   1  市财政局    12   12.3%  由市财政局牵头，每季度通报一次",
        "   2  市审计局     3    5.0%",
        "",
        "乙市",
        "名次  部门      牵头    占比  原文",
        "─" * 60,
        "   1  市数据局     7  100.0%  =HYPERLINK(1)",
        "占比以全市为准",
    ]
    assert err == ""


def test_a_narrow_screen_loses_what_matters_least_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    write_tables([LOADS], lang="en")
    out, err = capsys.readouterr()
    assert max(cell_width(line) for line in out.splitlines()) <= 40
    assert "rank" not in out
    assert "市财政局" in out
    assert "由市财政局牵" in out  # running text is wrapped before anything else goes
    assert err.splitlines() == [
        "Not shown on this screen: columns rank.",
        "All of it: a wider window, a pipe, or",
        "another --format",
    ]


def test_a_screen_shows_the_first_rows_of_each_block(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    monkeypatch.setenv("COLUMNS", "100")
    write_tables([replace(LOADS, top=1)], lang="zh")
    out, err = capsys.readouterr()
    assert "市审计局" not in out
    assert "… 1 行未显示" in out
    assert "1 行" in err


@given(st.text(alphabet="市财政局，。（）、《》 abc12%x", max_size=80), st.integers(min_value=4, max_value=40))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapping_follows_chinese_typesetting() -> None:
    assert wrap("市财政局、市审计局", 8) == ["市财政", "局、市审", "计局"]  # 、 opens no line
    assert wrap("甲乙丙（丁）", 8) == ["甲乙丙", "（丁）"]  # （ closes none
    assert wrap("see plan.txt now", 8) == ["see", "plan.txt", "now"]


def test_json_is_one_list_or_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([LOADS], "json")
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "city": "甲市",
        "rank": 1,
        "body": "市财政局",
        "lead": 12,
        "share": 0.1234,
        "quote": "由市财政局牵头，每季度通报一次",
    }
    write_tables([LOADS, COUNTS], "json")
    both = json.loads(capsys.readouterr().out)
    assert list(both) == ["workload", "counts"]
    assert both["counts"] == [{"what": "总计", "n": 22}]


def test_json_lines_name_the_table_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([COUNTS], "jsonl")
    write_tables([COUNTS, COUNTS], "jsonl")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [{"what": "总计", "n": 22}, *[{"table": "counts", "what": "总计", "n": 22}] * 2]


def test_json_holds_no_number_that_is_none_and_no_hidden_control(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([table_of("rows", ["a", "b"], [{"a": float("nan"), "b": "x\x9b31m\u202ey"}])], "json")
    out = capsys.readouterr().out
    assert "\x9b" not in out
    assert "\u202e" not in out
    assert json.loads(out) == [{"a": None, "b": "x\x9b31m\u202ey"}]


def test_csv_on_standard_output_is_the_first_table(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([LOADS, COUNTS], "csv")
    out, err = capsys.readouterr()
    rows = list(csv.reader(out.splitlines()))
    assert rows[0] == ["city", "rank", "body", "lead", "share", "quote"]
    assert rows[3] == ["乙市", "1", "市数据局", "7", "1.0", "'=HYPERLINK(1)"]
    assert not out.startswith("\ufeff")
    assert "not written: counts" in err


def test_csv_files_open_in_excel_one_a_table(tmp_path: Path) -> None:
    written = write_tables([LOADS, COUNTS], "csv", tmp_path / "load.csv")
    assert [path.name for path in written] == ["load.csv", "load-counts.csv"]
    assert written[1].read_bytes() == b"\xef\xbb\xbf" + "what,n\n总计,22\n".encode()


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("=1+1", True), ("+cmd|' /C calc'!A0", True), ("-2+3", True), ("@SUM(A1)", True), ("\t=1", True),
        ("＝1+1", True), (" =1", True), ("-5", False), ("+3.5", False),
        ("-12%", False), ("市财政局", False), ("a=b", False), ("", False),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_might_run(text: str, runs: bool) -> None:
    assert is_formula(text) is runs


def test_excel_has_a_sheet_a_table_and_runs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "load.xlsx"
    assert write_tables([LOADS, COUNTS], "xlsx", target, lang="zh") == [target]
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["workload", "counts", "说明"]
    sheet = book["workload"]
    assert [cell.value for cell in sheet[1]] == ["城市", "名次", "部门", "牵头", "占比", "原文"]
    assert (sheet["D2"].value, sheet["E2"].value, sheet["E2"].number_format) == (12, 0.1234, "0.0%")
    assert (sheet["F4"].value, sheet["F4"].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet["F4"].quotePrefix
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert book["说明"]["A1"].value == "占比以全市为准"
    first = target.read_bytes()
    write_tables([LOADS, COUNTS], "xlsx", target, lang="zh")
    assert target.read_bytes() == first


def test_headings_run_no_more_than_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = table_of("rows", ["=1+1", "n"], [{"=1+1": "x", "n": 1}])
    write_tables([asked], "csv")
    assert capsys.readouterr().out.splitlines()[0] == "'=1+1,n"
    write_tables([asked], "xlsx", tmp_path / "a.xlsx")
    first, second = openpyxl.load_workbook(tmp_path / "a.xlsx")["rows"][1]
    assert (first.value, first.data_type, first.quotePrefix, second.quotePrefix) == ("=1+1", "s", True, False)


def test_excel_takes_long_text_and_odd_names(tmp_path: Path) -> None:
    odd = [Table("a/b:" * 20 + str(n), (Column("a", "a", "a"),), [{"a": "长" * 40_000}]) for n in (1, 2)]
    write_tables(odd, "xlsx", tmp_path / "odd.xlsx")
    book = openpyxl.load_workbook(tmp_path / "odd.xlsx")
    assert len({name.casefold() for name in book.sheetnames}) == 2
    value = book.worksheets[0]["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_markdown_keeps_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    write_tables([table_of("rows", ["a|b", "n"], [{"a|b": "x|y\n*z*", "n": 3}])], "md")
    assert capsys.readouterr().out == "| a\\|b | n |\n|---|---:|\n| x\\|y \\*z\\* | 3 |\n"


def test_terminal_escapes_never_reach_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    nasty = "\x1b]0;title\x07\x1b[31m市\x1b[0m财\x9b2J政\u202e局\x00\r\n[bold]次[/bold]"
    assert clean_text(nasty) == "市财政局\r\n[bold]次[/bold]"
    write_tables([table_of("rows", ["a"], [{"a": nasty}])])
    assert capsys.readouterr().out.splitlines()[-1] == "市财政局 [bold]次[/bold]"


def test_values_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"a": True, "b": ["市财政局", "市审计局"], "c": None, "d": 0.5, "e": {"x": 1}}
    write_tables([table_of("rows", list(row), [row])], lang="zh")
    assert capsys.readouterr().out.splitlines()[-1].split() == ["是", "市财政局、市审计局", "0.5", '{"x":', "1}"]


def test_the_suffix_names_the_format() -> None:
    assert format_for(None, None) == "table"
    assert format_for(None, Path("a.XLSX")) == "xlsx"
    assert format_for(None, Path("a.unknown")) == "table"
    assert format_for("json", Path("a.txt")) == "json"
    assert format_for("xlsx", Path("a.xlsx")) == "xlsx"
    assert format_for("json", Path("a.jsonl"), json_in_lines=True) == "json"


@pytest.mark.parametrize(
    ("chosen", "name", "told"),
    [
        ("csv", "a.xlsx", "leave --format out, or end the name in .csv"),
        ("json", "a.csv", "disagree"),
        ("xlsx", "a.txt", "disagree"),
        ("json", "a.jsonl", "disagree"),
        ("table", "a.md", "end the name in .txt"),
        (None, "a.xls", "name one of these: .csv"),
        ("xlsx", "a.xls", ".xls files are not written"),
    ],
)
def test_a_suffix_never_promises_another_form(chosen: Format | None, name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        format_for(chosen, Path(name))


def test_a_file_that_cannot_be_written_is_an_error_that_helps(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"-o report\.xlsx"):
        write_tables([COUNTS], "xlsx")
    forms: tuple[Format, ...] = ("csv", "json", "xlsx", "md", "table")
    for form in forms:
        with pytest.raises(UsageError, match="make the folder first"):
            write_tables([COUNTS], form, tmp_path / "absent" / "file")


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "rows.jsonl"
    target.write_text("old", encoding="utf-8")

    def lines() -> object:
        yield "new"
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_lines(lines(), target)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]
    assert target.read_text(encoding="utf-8") == "old"


def test_colour_is_for_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert not sys.stdout.isatty()
    write_tables([LOADS])
    assert "\x1b" not in capsys.readouterr().out
