"""``kg report workload``: the workload of bodies or lines of work, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import click

from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say, warn
from kg.output import Column, Label, Table, wrapped
from queries.workload import NO_FUNCTION, By, Level, Source, What, WorkloadReport, workload

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
@option(
    "--city",
    "cities",
    multiple=True,
    metavar="NAME",
    zh="只看这个城市（名称或代码），可重复。",
    en="Only this city, by name or code; repeatable.",
)
@option(
    "--level", type=click.Choice(["printed", "action"]), default="printed", show_default=True,
    zh="printed 按原文所在的条目计；action 归并到举措。", en="Count where it is printed, or by action.",
)  # fmt: skip
@option(
    "--by", type=click.Choice(["department", "function"]), default="department", show_default=True,
    zh="按部门，或按条线（各市相同的工作领域）。", en="By body, or by line of work (the same in every city).",
)  # fmt: skip
@option("--notes", is_flag=True, zh="计入整份文件附注的责任。", en="Also count what a document-wide note adds.")
@option(
    "--collectives",
    is_flag=True,
    zh="计入统称（市级相关部门、各区县政府等）。",
    en="Also count collectives (all counties, all departments concerned).",
)
@option(
    "--inherited", is_flag=True, zh="计入任务由举措继承的责任。", en="Also count what tasks inherit from their action."
)
@option("--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too.")
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    level: str,
    by: str,
    notes: bool,
    collectives: bool,
    inherited: bool,
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
        notes=notes,
        collectives=collectives,
        inherited=inherited,
    )
    if report.loads:
        output.write(*workload_tables(report, None if everything else TOP))
        return
    if output.path is None and output.format in ("table", "md"):
        click.echo(wrapped(_nothing_counted(report)))
        return
    output.write(*workload_tables(report))
    warn(_nothing_counted(report))


def _nothing_counted(report: WorkloadReport) -> str:
    """Says that nobody is responsible for anything, and what was left out."""
    cities = list(dict.fromkeys(source.city for source in report.sources))
    zh = "、".join(city or _NO_CITY.zh for city in cities) or "图谱"
    en = ", ".join(city or _NO_CITY.en for city in cities) or "this graph"
    switches = " ".join(
        f"--{_WHAT[row.what][1]}" for row in report.counting if row.responsibilities and _WHAT[row.what][1]
    )
    return say(
        f"{zh}：没有读到可计入的责任部门" + (f"；未计入的可用 {switches} 计入。" if switches else "。"),
        f"{en}: no responsible body was found"
        + (f"; what was left out is counted with {switches}." if switches else "."),
    )


def workload_tables(report: WorkloadReport, top: int | None = TOP) -> list[Table]:
    """The report as tables: workload, concentration, solo leads, two readings, documents, how it was counted."""
    titles = {city: _city_title(city, report) for city in {source.city for source in report.sources}}
    return [
        _workload(report, titles, top),
        _concentration(report),
        _solo_leads(report, titles, top),
        _readings(report, titles, top),
        _sources(report),
        _counting(report),
    ]


# ------------------------------------------------------------------------------------------------ words

_STATUS: dict[object, Label] = {"draft": Label("征求意见稿", "draft"), "issued": Label("已印发", "issued")}
_KIND: dict[object, Label] = {
    "plan": Label("方案", "plan"),
    "study": Label("研究", "study"),
    "register": Label("台账", "register"),
}
_NOBODY = Label("无记录", "none")
_CITY = Column("city", "城市", "city")
_NO_CITY = Label("城市不明", "city unknown")
_UNASSIGNED = "（未归入条线 no line of work）"

_WHAT: dict[What, tuple[Label, str]] = {
    "action": (Label("举措写明的责任", "printed by an action"), ""),
    "numbered": (Label("编号任务写明的责任", "printed by a numbered task"), ""),
    "sentence": (Label("句子任务写明的责任", "printed by a sentence"), ""),
    "section": (Label("章节标题写明的责任", "printed by a section heading"), ""),
    "note": (Label("整份文件附注加入的责任", "added by a document-wide note"), "notes"),
    "collective": (
        Label("统称（各区县政府、相关部门等）", "collectives (all counties, departments concerned)"),
        "collectives",
    ),
    "inherited": (Label("任务由举措继承的责任", "inherited by tasks from their action"), "inherited"),
    "text": (Label("正文句子中的职责", "duties stated in running text"), ""),
    "study": (Label("研究报告中的责任", "named by studies"), ""),
    "merged": (Label("同一部门同一条目重复，只计一次", "same body and holder again, counted once"), ""),
}

# Machines read the bare name: a spreadsheet would take the dashes for a formula.
_SWITCHES: dict[object, Label] = {name: Label(f"--{name}", f"--{name}") for _, name in _WHAT.values() if name}


def _city_title(city: str, report: WorkloadReport) -> Label:
    """The city with the status and year of the documents behind its figures."""
    behind = [source for source in report.sources if source.city == city and source.counted]
    zh, en = (city or _NO_CITY.zh), (city or _NO_CITY.en)
    if len(behind) == 1:
        mark = _mark(behind[0])
        return Label(f"{zh}（{mark.zh}）", f"{en} ({mark.en})")
    marks = [_mark(source) for source in behind]
    return Label(
        f"{zh}（{len(behind)} 份文件：{'；'.join(dict.fromkeys(mark.zh for mark in marks))}）",
        f"{en} ({len(behind)} documents: {'; '.join(dict.fromkeys(mark.en for mark in marks))})",
    )


def _mark(source: Source) -> Label:
    status = _STATUS.get(source.status or "", _NOBODY)
    year = _year(source)
    return Label(f"{status.zh} {year}".strip(), f"{status.en} {year}".strip())


def _year(source: Source) -> str:
    first, last = source.period
    if first is not None and last is not None and last != first:
        return f"{first}–{last}"
    return str(source.year or first or "")


def _named(body: str, uid: str) -> str:
    return _UNASSIGNED if uid == NO_FUNCTION else body


# ------------------------------------------------------------------------------------------------ tables


def _carrier(report: WorkloadReport) -> Column:
    return Column("body", "部门", "body") if report.by == "department" else Column("function", "条线", "line of work")


def _workload(report: WorkloadReport, titles: dict[str, Label], top: int | None) -> Table:
    body = _carrier(report)
    columns = (
        _CITY,
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
            body.key: _named(load.body, load.uid),
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
        names = "、".join(city or _NO_CITY.zh for city in silent)
        notes.append(Label(f"没有读到责任部门的城市：{names}。", f"No responsible body was found for: {names}."))
    title = {
        "printed": Label("工作量（按原文所在条目计）", "Workload, counted where it is printed"),
        "action": Label("工作量（按举措计）", "Workload, counted by action"),
    }[report.level]
    return Table("workload", columns, rows, title, tuple(notes), section="city", section_titles=titles, top=top)


def _concentration(report: WorkloadReport) -> Table:
    carriers = ("部门数", "bodies") if report.by == "department" else ("条线数", "lines")
    of: dict[object, Label] = {"all": Label("全部", "all"), "lead": Label("牵头", "leads")}
    columns = (
        _CITY,
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
        _CITY,
        _carrier(report),
        Column("count", "项数", "number", "count"),
        Column("refs", "所在条目", "where"),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": lead.city,
            _carrier(report).key: _named(lead.body, lead.uid),
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
        _CITY,
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
            _carrier(report).key: _named(change.body, change.uid),
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
        zh, en = (reading.city or _NO_CITY.zh), (reading.city or _NO_CITY.en)
        changed = len(reading.changes)
        yield Label(
            f"{zh}：{reading.lists} 个名单中 {reading.unled} 个列出多个部门而未写明牵头；{changed} 个部门名次有变。",
            f"{en}: {reading.unled} of {reading.lists} lists name several bodies and no lead; "
            + ("1 body changes rank." if changed == 1 else f"{changed} bodies change rank."),
        )
    yield Label(
        "牵头含共同牵头。共同：名单中各部门共同牵头（以上各表用此读法）；"
        "首位：排在首位的牵头，其余配合。名次按牵头数，– 为不再牵头。",
        "leads: lead and joint lead. joint: every body of such a list leads (the reading of the tables above); "
        "first: the first listed leads, the others support. Ranks by number of leads; – where none is left.",
    )


def _sources(report: WorkloadReport) -> Table:
    columns = (
        _CITY,
        Column("document", "文件", "document"),
        Column("kind", "类型", "kind", drop=1, words=_KIND),
        Column("status", "状态", "status", words=_STATUS),
        Column("year", "年份", "year"),
        Column("counted", "计入", "counted"),
        Column("holders", "条目数", "holders", "count", drop=2),
        Column("responsibilities", "责任数", "number", "count"),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": source.city,
            "document": source.document,
            "kind": source.kind,
            "status": source.status,
            "year": _year(source) or None,
            "counted": source.counted,
            "holders": source.holders,
            "responsibilities": source.responsibilities,
            "uid": source.uid,
        }
        for source in report.sources
    ]
    return Table("documents", columns, rows, Label("所依据的文件", "Documents behind these figures"))


def _counting(report: WorkloadReport) -> Table:
    columns = (
        Column("what", "种类", "what", words={what: label for what, (label, _) in _WHAT.items()}),
        Column("responsibilities", "责任数", "number", "count"),
        Column("counted", "计入", "counted"),
        Column("switch", "开关", "switch", words=_SWITCHES),
    )
    rows = [
        {
            "what": row.what,
            "responsibilities": row.responsibilities,
            "counted": row.counted,
            "switch": _WHAT[row.what][1] or None,
        }
        for row in report.counting
    ]
    return Table(
        "counting", columns, rows, Label("计入与未计入", "What is counted and what is left out"), _mixed(report)
    )


def _mixed(report: WorkloadReport) -> tuple[Label, ...]:
    """A warning where numbered tasks and sentences, units of different size, were counted together."""
    held = {row.what: row.responsibilities for row in report.counting}
    if report.level == "printed" and held["numbered"] and held["sentence"]:
        return (
            Label(
                "编号任务与句子大小不同，不宜相加比较：用 --level action 按举措计。",
                "Numbered tasks and sentences differ in size and do not add up: --level action counts by action.",
            ),
        )
    return ()
