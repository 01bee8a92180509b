"""``kg report workload``: the workload of bodies or lines of work, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import click

from kg.cli.counted import (
    CITY,
    all_option,
    carrier_name,
    city_name,
    city_option,
    city_titles,
    counting_table,
    documents_table,
    level_option,
    nothing_counted,
    switch_options,
)
from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, warn
from kg.output import Column, Label, Table, wrapped
from queries.counting import By, Level, Switches
from queries.workload import WorkloadReport, workload

TOP = 15
"""Rows a city shows on a terminal; pipes and the other formats get all."""


@kg_command(
    "workload",
    zh="""谁牵头、共同牵头、配合多少项，占比多少，负担集中到什么程度，谁独自牵头。

    同一部门在同一条（举措、任务或标题）下只计一次，取最高角色。整份文件的附注、统称（各区县政府等）
    和由举措继承的责任默认不计，可用开关计入。没有写明牵头的名单按两种读法给出。""",
    en="""Who leads alone, leads jointly and supports how much, with shares, concentration and solo leads.

    A responsibility counts once per body and holder (action, task or heading) that prints it, with the highest role.
    Notes over a whole document, collectives and what tasks inherit from their action are left out unless switched on.
    Lists that name no lead are shown in both readings.""",
    examples=(
        "kg report workload",
        "kg report workload --city 自贡市 --level action",
        "kg report workload --by function --format xlsx -o workload.xlsx",
    ),
)
@city_option
@level_option("printed")
@option(
    "--by", type=click.Choice(["department", "function"]), default="department", show_default=True,
    zh="按部门，或按条线（各市相同的工作领域）。", en="By body, or by line of work (the same in every city).",
)  # fmt: skip
@switch_options
@all_option
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    level: str,
    by: str,
    switches: Switches,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    report = workload(
        opened(graph),
        city=cities,
        level=cast("Level", level),
        by=cast("By", by),
        switches=switches,
    )
    if report.loads:
        output.write(*workload_tables(report, None if everything else TOP))
        return
    if output.path is None and output.format in ("table", "md"):
        click.echo(wrapped(nothing_counted(report.documents, report.counting)))
        return
    output.write(*workload_tables(report))
    warn(nothing_counted(report.documents, report.counting))


def workload_tables(report: WorkloadReport, top: int | None = TOP) -> list[Table]:
    """The report as tables: workload, concentration, solo leads, two readings, documents, how it was counted."""
    titles = city_titles(behind.source for behind in report.documents)
    return [
        _workload(report, titles, top),
        _concentration(report),
        _solo_leads(report, titles, top),
        _readings(report, titles, top),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=report.level == "printed"),
    ]


# ------------------------------------------------------------------------------------------------ tables


def _carrier(report: WorkloadReport) -> Column:
    return Column("body", "部门", "body") if report.by == "department" else Column("function", "条线", "line of work")


def _workload(report: WorkloadReport, titles: dict[str, Label], top: int | None) -> Table:
    body = _carrier(report)
    columns = (
        CITY,
        Column("rank", "名次", "rank", "count", drop=2),
        body,
        Column("lead", "牵头", "lead", "count"),
        Column("joint", "共同牵头", "joint lead", "count"),
        Column("support", "配合", "support", "count"),
        Column("total", "合计", "total", "count"),
        Column("share", "占比", "share", "share"),
        Column("solo", "独自牵头", "solo", "count", drop=1),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": load.city,
            "rank": load.rank,
            body.key: carrier_name(load.body, load.uid),
            "lead": load.lead,
            "joint": load.joint,
            "support": load.support,
            "total": load.total,
            "share": load.share,
            "solo": load.solo,
            "uid": load.uid,
        }
        for load in report.loads
    ]
    notes = [
        Label(
            "合计 = 牵头 + 共同牵头 + 配合（项）；占比以本市全部责任为 100%；独自牵头：牵头而无其他部门参与。",
            "total = lead + joint lead + support (responsibilities); share of all in the same city; "
            "solo: of lead, with no other body beside it.",
        )
    ]
    if report.by == "function":
        notes.append(
            Label("一个部门承担几个条线时，在每个条线各计一次。", "A body with several lines of work counts in each.")
        )
    if len(titles) > 1:
        notes.append(
            Label("各市计数单位大小不同，只比较占比。", "Cities count units of different size: compare shares only.")
        )
    silent = [city for city in titles if city not in {load.city for load in report.loads}]
    if silent:
        names = [city_name(city) for city in silent]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        notes.append(Label(f"没有读到责任部门的城市：{zh}。", f"No responsible body was found for: {en}."))
    title = {
        "printed": Label("工作量（按原文所在条目计）", "Workload, counted where it is printed"),
        "action": Label("工作量（按举措计）", "Workload, counted by action"),
    }[report.level]
    return Table("workload", columns, rows, title, tuple(notes), section="city", section_titles=titles, top=top)


def _concentration(report: WorkloadReport) -> Table:
    carriers = ("部门数", "bodies") if report.by == "department" else ("条线数", "lines")
    of: dict[object, Label] = {"all": Label("全部", "all"), "lead": Label("牵头", "leads")}
    columns = (
        CITY,
        Column("of", "范围", "of", words=of),
        Column("responsibilities", "责任数", "number", "count", drop=2),
        Column("bodies", *carriers, "count", drop=1),
        Column("top3", "前3占比", "top 3", "share"),
        Column("top10", "前10占比", "top 10", "share"),
        Column("hhi", "HHI", "HHI", "ratio"),
        Column("effective", "有效数", "effective", "decimal"),
        Column("gini", "基尼系数", "Gini", "ratio"),
    )
    rows = [
        {
            "city": row.city,
            "of": row.of,
            "responsibilities": row.responsibilities,
            "bodies": row.bodies,
            "top3": row.top3,
            "top10": row.top10,
            "hhi": row.hhi,
            "effective": row.effective,
            "gini": row.gini,
        }
        for row in report.concentration
    ]
    note = Label(
        "牵头：含共同牵头。HHI：占比平方和，1 为一家独担；有效数 = 1/HHI，即负担相等时的个数；基尼系数 0 为完全平均。",
        "leads: lead and joint lead. HHI: sum of squared shares, 1 where one body carries all; "
        "effective = 1/HHI, as many of equal load; Gini: 0 where all carry the same.",
    )
    return Table("concentration", columns, rows, Label("集中度", "Concentration"), (note,))


def _solo_leads(report: WorkloadReport, titles: dict[str, Label], top: int | None) -> Table:
    columns = (
        CITY,
        _carrier(report),
        Column("count", "项数", "number", "count"),
        Column("refs", "所在条目", "where"),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": lead.city,
            _carrier(report).key: carrier_name(lead.body, lead.uid),
            "count": lead.count,
            "refs": list(lead.refs),
            "uid": lead.uid,
        }
        for lead in report.solo_leads
    ]
    title = Label("独自牵头（条目下没有其他部门）", "Solo leads: no other counted body under the holder")
    return Table("solo_leads", columns, rows, title, section="city", section_titles=titles, top=top)


def _readings(report: WorkloadReport, titles: dict[str, Label], top: int | None) -> Table:
    columns = (
        CITY,
        _carrier(report),
        Column("leads", "牵头·共同", "leads: joint", "count"),
        Column("rank", "名次·共同", "rank: joint", "count"),
        Column("leads_by_order", "牵头·首位", "leads: first", "count"),
        Column("rank_by_order", "名次·首位", "rank: first", "count", words={None: Label("–", "–")}),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": change.city,
            _carrier(report).key: carrier_name(change.body, change.uid),
            "leads": change.leads,
            "rank": change.rank,
            "leads_by_order": change.leads_by_order,
            "rank_by_order": change.rank_by_order,
            "uid": change.uid,
        }
        for reading in report.readings
        for change in reading.changes
    ]
    return Table(
        "readings",
        columns,
        rows,
        Label(
            "名单未写明牵头时的两种读法：名次有变的部门",
            "Lists that name no lead, read both ways: bodies whose rank changes",
        ),
        tuple(_reading_notes(report)),
        section="city",
        section_titles=titles,
        top=top,
    )


def _reading_notes(report: WorkloadReport) -> Iterator[Label]:
    for reading in report.readings:
        name = city_name(reading.city)
        changed = len(reading.changes)
        yield Label(
            f"{name.zh}：{reading.lists} 个名单中 {reading.unled} 个列出多个部门而未写明牵头；"
            f"{changed} 个部门名次有变。",
            f"{name.en}: {reading.unled} of {reading.lists} lists name several bodies and no lead; "
            + ("1 body changes rank." if changed == 1 else f"{changed} bodies change rank."),
        )
    yield Label(
        "牵头含共同牵头。共同：名单中各部门共同牵头（以上各表用此读法）；"
        "首位：排在首位的牵头，其余配合。名次按牵头数，– 为不再牵头。",
        "leads: lead and joint lead. joint: every body of such a list leads (the reading of the tables above); "
        "first: the first listed leads, the others support. Ranks by number of leads; – where none is left.",
    )
