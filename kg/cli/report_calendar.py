"""``kg report calendar``: the register (台账) of what falls due when, and for whom; also as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from kg.cli.calendar_file import write_calendar
from kg.cli.counted import CITY, STATUS, all_option, city_option, city_titles, sources_table, years
from kg.cli.promised import PERIODS, in_short, led_by, promised
from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say, warn
from kg.output import Column, Label, Table
from ontology.errors import UsageError
from queries.due import DueReport, Work, due, last_day
from queries.sources import Source

TOP = 15
"""Rows a city shows on a terminal; pipes and the other formats get all."""


class _Day(click.ParamType[date]):
    """A day, month or year, taken for its first or last day."""

    name = "day"

    def __init__(self, of: Callable[[date, str], date]) -> None:
        self.of = of

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day meant."""
        last = last_day(str(value))
        if last is None:
            self.fail(
                say(
                    f"{value} 不是日期，应如 2025、2025-06 或 2025-06-30",
                    f"{value} is no day; write 2025, 2025-06 or 2025-06-30",
                )
            )
        return self.of(last, str(value))


def _first_day(last: date, printed: str) -> date:
    return last if len(printed) == 10 else last.replace(day=1) if len(printed) == 7 else last.replace(month=1, day=1)


@kg_command(
    "calendar",
    zh="""台账：什么事项何时到期、由谁负责；哪些事项每月、每季度、每年要做。

    取自责任条款中的完成时限、指标的期限和正文中的频次（每月、每季度……）。只写年份或月份的，按其最后一天计。
    -o 台账.xlsx 写成表格，-o 台账.ics 写成日历文件，可导入各种日历软件。研究报告不计。""",
    en="""The register of what falls due when, and for whom; and of what is to be done every month, quarter or year.

    Taken from the time limits of clauses, the deadlines of targets and words of frequency in the text (每月, 每季度).
    A printed year or month ends on its last day. -o due.xlsx writes a workbook, -o due.ics a calendar file that any
    calendar program imports. Studies do not count.""",
    examples=(
        "kg report calendar",
        "kg report calendar --city 巴中市 --body 发展改革委",
        "kg report calendar --from 2025-01 --to 2025-06 -o due.xlsx",
        "kg report calendar --city 巴中市 -o due.ics",
    ),
)
@city_option
@option(
    "--body", metavar="NAME",
    zh="只看名称含有这些字的部门牵头或配合的。", en="Only what a body with these words in its name leads or supports.",
)  # fmt: skip
@option(
    "--from", "since", metavar="DAY", type=_Day(_first_day),
    zh="只看这一天（或年、月）起到期的。", en="Only what falls due from this day, month or year on.",
)  # fmt: skip
@option(
    "--to", "until", metavar="DAY", type=_Day(lambda last, _: last),
    zh="只看到这一天（或年、月）为止到期的。", en="Only what falls due up to this day, month or year.",
)  # fmt: skip
@all_option
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    body: str | None,
    since: date | None,
    until: date | None,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the register."""
    as_calendar = output.path is not None and output.path.suffix.lower() == ".ics"
    if as_calendar and output.format != "table":
        raise UsageError(
            say(f".ics 与 --format {output.format} 不一致", f".ics and --format {output.format} disagree"),
            where=str(output.path),
            advice=say("去掉 --format，或换一个扩展名", "leave --format out, or name another suffix"),
        )
    report = due(opened(graph), city=cities, body=body, since=since, until=until)
    if output.path is None or not as_calendar:
        output.write(*calendar_tables(report, None if everything or output.path is not None else TOP))
        return
    written, without_day = write_calendar(report, output.path)
    warn(say(f"已写入 {output.path}：{written} 个事件", f"wrote {output.path}: {_count(written, 'event')}"))
    if without_day:
        warn(
            say(
                f"{without_day} 项没有日期（文件未写明时间，或长期坚持），未写入日历",
                f"{without_day} without a day (the document does not say its time, or it goes on) are not in the "
                "calendar",
            )
        )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def calendar_tables(report: DueReport, top: int | None = TOP) -> list[Table]:
    """The report as tables: what falls due, what is done again, by time, by body, documents."""
    behind = {row.source.uid: row.source for row in report.documents}
    return [
        _dues(report, behind, top),
        _again(report, behind, top),
        _periods(report),
        _bodies(report, behind, top),
        _documents(report),
    ]


_WORK = (
    Column("what", "事项", "what"),
    Column("promised", "承诺", "promised", drop=1),
    Column("lead", "牵头", "led by"),
    Column("support", "配合", "supported by", drop=4),
    Column("ref", "编号", "ref", drop=2),
    Column("heading", "举措", "action", drop=6),
    Column("status", "状态", "status", drop=3, words=STATUS),
    Column("quote", "原文", "quote", drop=7),
    *(Column(key, key, key, machine=True) for key in ("year", "answered", "document", "uid")),
)


def _work(work: Work, behind: dict[str, Source]) -> dict[str, object]:
    return {
        "city": work.city,
        "what": in_short(work.what),
        "promised": promised(work.promise) if work.promise else None,
        "lead": led_by(work.who.leads, work.who.answered),
        "support": list(work.who.supports),
        "ref": work.ref,
        "heading": work.heading,
        "status": behind[work.document].status,
        "quote": work.promise.quote if work.promise else work.what,
        "year": years(behind[work.document]),
        "answered": work.who.answered,
        "document": work.document,
        "uid": work.uid,
    }


_KINDS: dict[object, Label] = {"limit": Label("完成时限", "time limit"), "target": Label("指标期限", "target")}


def _dues(report: DueReport, behind: dict[str, Source], top: int | None) -> Table:
    columns = (
        CITY,
        Column("day", "到期日", "due"),
        Column("kind", "种类", "kind", drop=5, words=_KINDS),
        *_WORK,
        Column("printed", "原文期限", "as printed", machine=True),
    )
    rows = [
        {"day": one.day.isoformat(), "kind": one.kind, **_work(one.work, behind), "printed": one.printed}
        for one in report.dues
    ]
    limits = sum(one.kind == "limit" for one in report.dues)
    notes = (
        Label(
            f"共 {len(rows)} 项：{limits} 项来自条款中的完成时限，{len(rows) - limits} 项为有期限的指标；"
            "只写年份或月份的，按其最后一天。",
            f"{_count(len(rows), 'item')}: {limits} time limits of clauses, {len(rows) - limits} targets with a "
            "deadline; a printed year or month ends on its last day.",
        ),
    )
    title = Label("到期事项", "What falls due")
    return Table(
        "calendar", columns, rows, title, notes, section="city", section_titles=city_titles(behind.values()), top=top
    )


def _again(report: DueReport, behind: dict[str, Source], top: int | None) -> Table:
    columns = (
        CITY,
        Column("every", "频次", "every", words={None: Label("", ""), **PERIODS}),
        *_WORK,
        Column("first", "首次", "first", drop=5),
        Column("last", "末次", "until", drop=5),
    )
    rows = [
        {
            "every": one.every or one.printed,
            **_work(one.work, behind),
            "first": one.first.isoformat() if one.first else None,
            "last": one.last.isoformat() if one.last else None,
        }
        for one in report.standing
    ]
    notes = (
        Label(
            f"共 {len(rows)} 项，一条任务的同一频次只计一次。首次：印发之日所在周期的最后一天；"
            "末次：文件所定时间的末尾；空白为文件未写明时间。",
            f"{_count(len(rows), 'item')}; a task counts once a period. first: last day of the period of issue; "
            "until: end of the plan's time; empty where the document does not say its time.",
        ),
    )
    title = Label("反复或长期要做的", "What is done again, or goes on")
    return Table(
        "again", columns, rows, title, notes, section="city", section_titles=city_titles(behind.values()), top=top
    )


def _periods(report: DueReport) -> Table:
    columns = (
        Column("day", "到期日", "due"),
        Column("printed", "原文期限", "as printed"),
        Column("due", "事项", "items", "count"),
        Column("limits", "完成时限", "time limits", "count", drop=2),
        Column("targets", "指标", "targets", "count", drop=2),
        Column("cities", "城市数", "cities", "count", drop=1),
    )
    rows = [
        {
            "day": row.day.isoformat(),
            "printed": row.printed,
            "due": row.due,
            "limits": row.limits,
            "targets": row.targets,
            "cities": row.cities,
        }
        for row in report.periods
    ]
    return Table("periods", columns, rows, Label("何时到期多少", "How much falls due when"))


def _bodies(report: DueReport, behind: dict[str, Source], top: int | None) -> Table:
    columns = (
        CITY,
        Column("body", "牵头部门", "body that leads"),
        Column("due", "到期事项", "due", "count"),
        Column("first", "最早", "first", drop=1),
        Column("last", "最晚", "last", drop=1),
        Column("standing", "反复或长期", "again", "count", drop=2),
    )
    rows = [
        {
            "city": row.city,
            "body": row.body,
            "due": row.due,
            "first": row.first.isoformat() if row.first else None,
            "last": row.last.isoformat() if row.last else None,
            "standing": row.standing,
        }
        for row in report.bodies
    ]
    note = Label("共同牵头的，每个部门各计一次。", "What several lead jointly counts for each of them.")
    title = Label("由谁负责", "For whom")
    return Table(
        "bodies", columns, rows, title, (note,), section="city", section_titles=city_titles(behind.values()), top=top
    )


def _documents(report: DueReport) -> Table:
    counts = (
        Column("due", "到期事项", "due", "count"),
        Column("standing", "反复或长期", "again", "count"),
    )
    return sources_table([(row.source, {"due": row.due, "standing": row.standing}) for row in report.documents], counts)
