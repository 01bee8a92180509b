"""``kg report workload``: the workload of bodies or lines of work, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import click

from kg.cli.counted import (
    CITY,
    ROLE,
    all_option,
    carrier_name,
    city_marks,
    city_name,
    city_option,
    city_titles,
    counting_table,
    documents_table,
    level_option,
    nothing_counted,
    rows_of,
    switch_options,
)
from kg.cli.shared import Output, graph_option, kg_command, language, opened, option, output_options, say, warn
from kg.output import Column, Label, Table, wrapped
from ontology.errors import UsageError
from queries.comparison import ComparisonReport, Side, comparison
from queries.counting import NO_FUNCTION, Behind, By, Counted, Level, Switches
from queries.workload import WorkloadReport, workload
from queries.workload_list import Listing, Row, responsibilities
from queries.workload_themes import ThemeReport, workload_by_theme

TOP = 15
"""Rows a city shows on a terminal; pipes and the other formats get all."""
FEW = 5
"""Cities that a terminal shows in full; where there are more, it shows a line of each."""


@kg_command(
    "workload",
    zh="""谁牵头、共同牵头、配合多少项，占比多少，负担集中到什么程度，谁独自牵头。

    同一部门在同一条（举措、任务或标题）下只计一次，取最高角色。整份文件的附注、统称（各区县政府等）
    和由举措继承的责任默认不计，可用开关计入。没有写明牵头的名单按两种读法给出。
    --by theme 按主题计；--compare 按占比比较两个城市；--list 列出数字背后的每一项责任。""",
    en="""Who leads alone, leads jointly and supports how much, with shares, concentration and solo leads.

    A responsibility counts once per body and holder (action, task or heading) that prints it, with the highest role.
    Notes over a whole document, collectives and what tasks inherit from their action are left out unless switched on.
    Lists that name no lead are shown in both readings. --by theme counts by subject, --compare sets two cities side by
    side by shares, --list prints the responsibilities behind the figures.""",
    examples=(
        "kg report workload",
        "kg report workload --city 自贡市 --level action",
        "kg report workload --by theme --city 自贡市",
        "kg report workload --compare 自贡市 广元市",
        "kg report workload --city 自贡市 --list 市财政局",
        "kg report workload --by function --format xlsx -o workload.xlsx",
    ),
)
@city_option
@level_option("printed")
@option(
    "--by", type=click.Choice(["department", "function", "theme"]), default="department", show_default=True,
    zh="按部门、条线（各市相同的工作领域）或主题。",
    en="By body, by line of work (the same in every city), or by theme.",
)  # fmt: skip
@option(
    "--compare", "compared", nargs=2, metavar="A B",
    zh="按占比比较两个城市：按条线，加 --by theme 则按主题。",
    en="Compare two cities by shares: by line of work, with --by theme by theme.",
)  # fmt: skip
@option(
    "--list", "listed", is_flag=False, flag_value="", metavar="[NAME]",
    zh="列出数字背后的责任：全部，或只列名称或编号为 NAME 的一行。",
    en="Print the responsibilities behind the figures: all, or those of the row of this name or uid.",
)  # fmt: skip
@switch_options
@all_option
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    level: str,
    by: str,
    compared: tuple[str, str] | None,
    listed: str | None,
    switches: Switches,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    store = opened(graph)
    top = None if everything else TOP
    rolled, english = cast("Level", level), language() == "en"
    if compared:
        if cities or listed is not None:
            raise UsageError("--compare takes two cities and no --city or --list", advice="leave those out")
        side: Side = "theme" if by == "theme" else "function"
        output.write(
            *comparison_tables(
                comparison(store, *compared, by=side, level=rolled, switches=switches, english=english), top
            )
        )
        return
    if listed is not None:
        found = responsibilities(
            store, of=listed or None, city=cities, level=rolled, by=cast("Row", by), switches=switches, english=english
        )
        output.write(*list_tables(found, top))
        return
    if by == "theme":
        themes = workload_by_theme(store, city=cities, level=rolled, switches=switches)
        _write(output, theme_tables(themes, top), themes.documents, themes.counting, empty=not themes.loads)
        return
    report = workload(store, city=cities, level=rolled, by=cast("By", by), switches=switches, english=english)
    many = output.on_screen and len(report.readings) > FEW and not everything
    tables = overview_tables(report) if many else workload_tables(report, top)
    _write(output, tables, report.documents, report.counting, empty=not report.loads)


def _write(
    output: Output, tables: Sequence[Table], documents: Sequence[Behind], counting: Sequence[Counted], *, empty: bool
) -> None:
    """Write the tables; where nobody is responsible for anything a person is told that instead, a program as well."""
    if empty and output.path is None and output.format in ("table", "md"):
        click.echo(wrapped(nothing_counted(documents, counting)))
        return
    output.write(*tables)
    if empty:
        warn(nothing_counted(documents, counting))


def workload_tables(report: WorkloadReport, top: int | None = TOP) -> list[Table]:
    """The report as tables: workload, concentration, solo leads, two readings, documents, how it was counted."""
    titles = city_titles(behind.source for behind in report.documents)
    return [
        _workload(report, titles, top),
        *([_across(report, top)] if report.across else []),
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


def overview_tables(report: WorkloadReport) -> list[Table]:
    """What a terminal shows of many cities: a line a city, lines of work compared, how it was counted."""
    counting = counting_table(report.counting, printed_level=report.level == "printed")
    return [_cities(report), *([_across(report, TOP)] if report.across else []), counting]


def _cities(report: WorkloadReport) -> Table:
    """Every city in one line: how much, by how many, who carries most."""
    marks = city_marks(behind.source for behind in report.documents)
    carrier = _carrier(report)
    first = {load.city: load for load in reversed(report.loads)}
    readings = {reading.city: reading for reading in report.readings}
    columns = (
        CITY,
        Column("documents", "依据", "documents", drop=3),
        Column("responsibilities", "责任数", "number", "count"),
        Column("bodies", "部门数" if report.by == "department" else "条线数", "bodies", "count"),
        Column("most", f"最多的{carrier.zh}", f"most loaded {carrier.en}"),
        Column("share", "占比", "share", "share"),
        Column("top10", "前10占比", "top 10", "share", drop=1),
        Column("unled", "未写明牵头", "no lead", "share", drop=2),
    )
    rows = [
        {
            "city": row.city,
            "documents": say(marks[row.city].zh, marks[row.city].en),
            "responsibilities": row.responsibilities,
            "bodies": row.bodies,
            "most": carrier_name(first[row.city].body, first[row.city].uid),
            "share": first[row.city].share,
            "top10": row.top10,
            "unled": readings[row.city].unled / readings[row.city].lists if readings[row.city].lists else None,
        }
        for row in report.concentration
        if row.of == "all"
    ]
    notes = (
        Label(
            f"占比以本市全部责任为 100%。未写明牵头：列出几个部门而未写明牵头的名单占比。"
            f"共 {len(rows)} 个城市；--city 看一个城市，--all 看全部。",
            "share: of all responsibilities of the city. no lead: of its lists, those that name several bodies and no "
            f"lead. {len(rows)} cities: --city shows one in full, --all shows all.",
        ),
        Label("各市计数单位大小不同，只比较占比。", "Cities count units of different size: compare shares only."),
    )
    return Table("cities", columns, rows, Label("各市工作量", "Workload of every city"), notes)


def _across(report: WorkloadReport, top: int | None) -> Table:
    columns = (
        Column("function", "条线", "line of work"),
        Column("cities", "城市", "cities", "count"),
        Column("share", "占比", "share", "share"),
        Column("leads", "牵头比例", "leads", "share", drop=1),
        Column("most", "最高", "most", "share"),
        Column("most_city", "城市", "where", drop=2),
        Column("least", "最低", "least", "share", drop=3),
        Column("least_city", "城市", "where", drop=3),
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [{**row, "function": carrier_name(str(row["function"]), str(row["uid"]))} for row in rows_of(report.across)]
    notes = (
        Label(
            "占比：占该市全部责任的比例，取有此条线的城市的中位数；牵头比例：其责任中牵头（含共同牵头）的，取中位数。",
            "share: of all responsibilities of a city, the median over the cities that have this line of work; leads: "
            "of its responsibilities, those that lead (alone or jointly), the median.",
        ),
    )
    return Table("across", columns, rows, Label("按条线比较各市", "Lines of work compared over cities"), notes, top=top)


# ------------------------------------------------------------------------------------------------ by theme


def theme_tables(report: ThemeReport, top: int | None = TOP) -> list[Table]:
    """The workload by theme, the documents and how it was counted."""
    columns = (
        CITY,
        Column("rank", "名次", "rank", "count", drop=5),
        Column("theme", "主题", "theme"),
        Column("actions", "举措", "actions", "count", drop=2),
        Column("bodies", "部门", "bodies", "count", drop=2),
        Column("lead", "牵头", "lead", "count", drop=4),
        Column("joint", "共同牵头", "joint lead", "count", drop=4),
        Column("support", "配合", "support", "count", drop=4),
        Column("total", "合计", "total", "count"),
        Column("share", "占比", "share", "share"),
        Column("leader", "牵头最多", "leads most"),
        Column("leads", "其牵头", "its leads", "count", drop=1),
        Column("uid", "编号", "uid", machine=True),
        Column("leader_uid", "牵头最多编号", "leader uid", machine=True),
    )
    unsure = say("（主题不明）", "(no theme)")
    rows = [
        {
            **{key: value for key, value in row.items() if key != "theme_en"},
            "theme": say(load.theme, load.theme_en) or unsure,
            "leader": load.leader or None,
        }
        for load, row in zip(report.loads, rows_of(report.loads), strict=True)
    ]
    notes = (
        Label(
            "责任归入其举措的主要主题；标题写明的和主题不明的举措归入（主题不明）。"
            "合计 = 牵头 + 共同牵头 + 配合（项）；占比以本市全部责任为 100%；牵头最多、其牵头：含共同牵头。",
            "A responsibility belongs to the main theme of its action; headings and actions whose theme was not sure "
            "enough have none. total = lead + joint lead + support; share of all in the city; leads most, its leads: "
            "alone or jointly.",
        ),
        Label("各市计数单位大小不同，只比较占比。", "Cities count units of different size: compare shares only."),
    )
    title = Label("按主题的工作量", "Workload by theme")
    titles = city_titles(behind.source for behind in report.documents)
    return [
        Table("themes", columns, rows, title, notes, section="city", section_titles=titles, top=top),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=report.level == "printed"),
    ]


# ------------------------------------------------------------------------------------------------ two cities


def comparison_tables(report: ComparisonReport, top: int | None = TOP) -> list[Table]:
    """Two cities side by side, the documents and how it was counted."""
    marks = city_marks(behind.source for behind in report.documents)
    columns = (
        Column("name", "条线", "line of work") if report.by == "function" else Column("name", "主题", "theme"),
        Column("first", report.first, report.first, "share"),
        Column("second", report.second, report.second, "share"),
        Column("difference", "相差百分点", "points apart", "decimal"),
        Column("first_leads", "前者牵头", "1st leads", "share", drop=1),
        Column("second_leads", "后者牵头", "2nd leads", "share", drop=1),
        Column("first_total", "前者项数", "1st number", "count", drop=2),
        Column("second_total", "后者项数", "2nd number", "count", drop=2),
        Column("uid", "编号", "uid", machine=True),
    )
    unsure = say("（主题不明）", "(no theme)") if report.by == "theme" else carrier_name("", NO_FUNCTION)
    rows = [
        {
            **row,
            "name": shares.name or unsure,
            "difference": shares.difference * 100,
        }
        for shares, row in zip(report.shares, rows_of(report.shares), strict=True)
    ]
    first, second = marks[report.first], marks[report.second]
    title = Label(
        f"{report.first}（{first.zh}）与 {report.second}（{second.zh}）",
        f"{report.first} ({first.en}) and {report.second} ({second.en})",
    )
    notes = (
        Label(
            f"占比以各市全部责任为 100%。相似度（各行较小占比之和）：{report.similarity:.1%}。"
            "前者、后者牵头：其责任中牵头（含共同牵头）的比例。",
            f"shares of all responsibilities of each city. Similarity (the sum of the smaller shares): "
            f"{report.similarity:.1%}. leads: of its responsibilities, those that lead, alone or jointly.",
        ),
    )
    return [
        Table("comparison", columns, rows, title, notes, top=top),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=report.level == "printed"),
    ]


# ------------------------------------------------------------------------------------------------ what is behind


def list_tables(listing: Listing, top: int | None = TOP) -> list[Table]:
    """The responsibilities behind the figures, the documents they stand in."""
    columns = (
        CITY,
        Column("of", "归入", "counted in", drop=3),
        Column("body", "部门", "body"),
        Column("role", "职责", "role", words=dict(ROLE.items())),
        Column("ref", "条目", "where", drop=2),
        Column("heading", "举措", "action"),
        Column("quote", "原文", "quote", drop=1),
        Column("document", "文件", "document", drop=4),
        Column("of_uid", "归入编号", "counted in uid", machine=True),
        Column("uid", "部门编号", "uid", machine=True),
        Column("holder", "条目编号", "holder", machine=True),
    )
    counts = listing.counting
    titles = city_titles(counts.documents.values())
    title = Label(
        f"数字背后的责任（{len(listing.rows)} 项）", f"Responsibilities behind the figures ({len(listing.rows)})"
    )
    documents = {row.document for row in listing.rows}
    return [
        Table(
            "responsibilities", columns, rows_of(listing.rows), title, section="city", section_titles=titles, top=top
        ),
        documents_table([behind for behind in counts.behind() if behind.source.name in documents]),
    ]
