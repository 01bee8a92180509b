"""``kg report dependencies``: who asks whom for support, and what hangs on whom, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from kg.cli.counted import (
    CITY,
    all_option,
    city_marks,
    city_option,
    city_titles,
    counting_table,
    documents_table,
    level_option,
    nothing_counted,
    rows_of,
    switch_options,
)
from kg.cli.naming import found
from kg.cli.shared import Output, graph_option, kg_command, language, opened, option, output_options, say, warn
from kg.output import Column, Label, Table, wrapped
from ontology.errors import UsageError
from queries.absence import AbsenceReport, Effect, absence
from queries.counting import By, Counted, Level, Reading, Switches
from queries.dependencies import DependencyReport, dependencies

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TOP = 12
"""Rows a city shows on a terminal; pipes and the other formats get all."""
FEW = 3
"""Cities whose own networks a terminal shows; where there are more, it shows the overview only."""


@kg_command(
    "dependencies",
    zh="""谁向谁要支持、谁离不开谁：牵头→配合网络，以共同举措数为权重。

    每个部门的协作部门数、被谁请求、请求谁、中介度、是否单点；共同工作最多的部门对；经常一起工作的部门组；
    部门最多的举措；多个城市时按条线比较。--without 显示缺了某个部门，哪些举措没有牵头或配合。
    计算公式和出处见 docs/methods.md。""",
    en="""Who asks whom for support and what hangs on whom: the network lead → support, weighted by actions.

    Per body: partners, who asks it, whom it asks, betweenness, whether it is a single point; pairs with most shared
    work; groups that work together; actions with most bodies; over several cities, lines of work compared. --without
    shows what would stand without a lead or support. Formulas and sources: docs/methods.md.""",
    examples=(
        "kg report dependencies --city 自贡市",
        "kg report dependencies --city 自贡市 --without 市财政局",
        "kg report dependencies --by function --format xlsx -o dependencies.xlsx",
    ),
)
@city_option
@option(
    "--without", "without", metavar="BODY",
    zh="缺了这个部门（名称或编号）会怎样。", en="What would be lost without this body, by name or uid.",
)  # fmt: skip
@level_option("printed")
@option(
    "--by", type=click.Choice(["department", "function"]), default="department", show_default=True,
    zh="以部门，或以条线（各市相同的工作领域）为节点。", en="Tie bodies, or lines of work (the same in every city).",
)  # fmt: skip
@option(
    "--reading", type=click.Choice(["joint", "order"]), default="joint", show_default=True,
    zh="名单未写明牵头时：joint 各部门共同牵头；order 排在首位的牵头，其余配合。",
    en="Lists that name no lead: all lead jointly, or the first listed leads and the others support.",
)  # fmt: skip
@switch_options
@all_option
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    without: str | None,
    level: str,
    by: str,
    reading: str,
    switches: Switches,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    store = opened(graph)
    top = None if everything else TOP
    if without is not None:
        if by == "function":
            raise UsageError("--without takes a body, --by function has none", advice="leave --by out")
        _, uid = found(store, without, "Department", cities)
        lacking = absence(
            store, uid, city=cities, level=cast("Level", level), reading=cast("Reading", reading), switches=switches
        )
        output.write(*absence_tables(lacking, top))
        return
    report = dependencies(
        store,
        city=cities,
        level=cast("Level", level),
        by=cast("By", by),
        reading=cast("Reading", reading),
        switches=switches,
        english=language() == "en",
    )
    if not report.networks and output.path is None and output.format in ("table", "md"):
        click.echo(wrapped(nothing_counted(report.documents, report.counting)))
        return
    if output.on_screen and len(report.networks) > FEW and not everything:
        output.write(*overview_tables(report))
    else:
        output.write(*dependency_tables(report, top))
    if not report.networks:
        warn(nothing_counted(report.documents, report.counting))


def overview_tables(report: DependencyReport) -> list[Table]:
    """What a terminal shows of many cities: a line a city, the lines of work compared, how it was counted."""
    return [_networks(report, TOP), _across(report, TOP), _counting(report.counting, report.level)]


def dependency_tables(report: DependencyReport, top: int | None = TOP) -> list[Table]:
    """The whole report as tables."""
    titles = city_titles(behind.source for behind in report.documents)
    tables = [
        _networks(report, None),
        *(make(report, titles, top) for make in (_members, _single_points, _askings, _pairs, _groups, _crowds)),
    ]
    if report.across:
        tables += [_across(report, top), _in_cities(report, top)]
    return [*tables, documents_table(report.documents), _counting(report.counting, report.level)]


# ------------------------------------------------------------------------------------------------ words

_UID = Column("uid", "编号", "uid", machine=True)
_READING: dict[Reading, Label] = {
    "joint": Label(
        "名单未写明牵头时按各部门共同牵头计；--reading order 改为排在首位的牵头。",
        "Where a list names no lead, all of it lead jointly; --reading order takes the first listed for the lead.",
    ),
    "order": Label(
        "名单未写明牵头时按排在首位的牵头、其余配合计。",
        "Where a list names no lead, the first listed leads and the others support.",
    ),
}
_LEVEL: dict[Level, Label] = {
    "printed": Label(
        "协作：同一条目（举措、任务或标题）写明两者，且至少一个牵头；数量按举措计。",
        "Tied are two that one entry (action, task, heading) names, where one of them leads; numbers count actions.",
    ),
    "action": Label(
        "协作：同一举措（含其任务）写明两者，且至少一个牵头；数量按举措计。",
        "Tied are two that one action (its tasks included) names, where one of them leads; numbers count actions.",
    ),
}
_Titles = dict[str, Label]


def _node(report: DependencyReport) -> tuple[str, str]:
    return ("部门", "body") if report.by == "department" else ("条线", "line of work")


def _counting(counting: tuple[Counted, ...], level: Level) -> Table:
    return counting_table(counting, printed_level=level == "printed")


# ------------------------------------------------------------------------------------------------ tables


def _networks(report: DependencyReport, top: int | None) -> Table:
    marks = city_marks(behind.source for behind in report.documents)
    columns = (
        CITY,
        Column("documents", "依据", "documents", drop=6),
        Column("actions", "举措", "actions", "count", drop=5),
        Column("shared", "多方举措", "shared", "count"),
        Column("bodies", *(("部门", "bodies") if report.by == "department" else ("条线", "lines")), "count"),
        Column("alone", "无协作", "alone", "count", drop=4),
        Column("ties", "协作对", "ties", "count"),
        Column("density", "密度", "density", "share", drop=1),
        Column("parts", "块", "parts", "count", drop=3),
        Column("single_points", "单点", "single points", "count"),
        Column("groups", "组", "groups", "count", drop=2),
        Column("modularity", "模块度", "modularity", "ratio", drop=7),
    )
    rows = [
        {**row, "documents": say(marks[network.city].zh, marks[network.city].en)}
        for network, row in zip(report.networks, rows_of(report.networks), strict=True)
    ]
    notes = [
        _LEVEL[report.level],
        _READING[report.reading],
        Label(
            "多方举措：写明两个以上部门。密度：实有协作对占可能的比例。块：互不相连的部分。单点：缺了它，有的部门与其余失去联系。",
            "shared: actions that name two and more. density: ties of all possible ones. parts: pieces that nothing "
            "joins. single points: without them others lose touch with the rest.",
        ),
    ]
    if report.by == "function":
        notes.append(
            Label(
                "一个部门承担几个条线时代表每个条线；未归入条线的部门不计。",
                "A body with several lines of work stands for each; bodies without one are left out.",
            )
        )
    return Table("networks", columns, rows, Label("协作网络", "Networks"), tuple(notes), top=top)


def _members(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    columns = (
        CITY,
        Column("body", *_node(report)),
        Column("partners", "协作", "partners", "count"),
        Column("asked_by", "请求方", "asked by", "count"),
        Column("asked_actions", "配合项", "supports", "count", drop=3),
        Column("asks", "所请", "asks", "count"),
        Column("asks_actions", "牵头项", "leads", "count", drop=3),
        Column("joint", "共同", "joint", "count", drop=2),
        Column("betweenness", "中介度", "between", "share"),
        Column("cuts_off", "可切断", "cuts off", "count", drop=1),
        Column("group", "组", "group", "count", drop=4),
        _UID,
    )
    notes = (
        Label(
            "协作：有协作的部门数，其中请求方牵头而由它配合，所请由它牵头而来配合，共同与它共同牵头。"
            "配合项、牵头项：相应的举措数。中介度：其他两者间最短路径经过它的比例。可切断：缺了它，与其余失去联系的部门数。",
            "partners: different bodies tied to it; asked by: those that lead with its support; asks: those that "
            "support it; joint: those it leads with. supports, leads: the actions so. between: the part of the "
            "shortest paths between two others through it. cuts off: bodies that lose touch with the rest without it.",
        ),
    )
    title = Label("谁处在中间", "Who is tied to how many")
    return _blocks("bodies", columns, report.members, title, titles, top, notes)


def _single_points(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    columns = (
        CITY,
        Column("body", *_node(report)),
        Column("lost", "缺了它即失去联系的", "would lose touch"),
        _UID,
    )
    title = Label("单点：缺了它，网络断开", "Single points: the network breaks without them")
    return _blocks("single_points", columns, report.single_points, title, titles, top)


def _askings(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    columns = (
        CITY,
        Column("lead", "牵头", "lead"),
        Column("support", "配合", "support"),
        Column("actions", "举措", "actions", "count"),
        Column("entries", "条目", "entries", "count", drop=2),
        Column("share", "占牵头项", "of its leads", "share"),
        Column("refs", "所在条目", "where", drop=1),
        Column("lead_uid", "牵头编号", "lead uid", machine=True),
        Column("support_uid", "配合编号", "support uid", machine=True),
    )
    notes = (
        Label(
            "占牵头项：在该部门有配合的牵头举措中所占比例。",
            "of its leads: of all actions that the lead leads with any support.",
        ),
    )
    return _blocks(
        "askings", columns, report.askings, Label("谁请谁配合", "Who asks whom for support"), titles, top, notes
    )


def _pairs(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    zh, en = _node(report)
    columns = (
        CITY,
        Column("first", f"{zh}甲", f"{en} A"),
        Column("second", f"{zh}乙", f"{en} B"),
        Column("actions", "举措", "actions", "count"),
        Column("entries", "条目", "entries", "count", drop=3),
        Column("first_asks", "甲请乙", "A asks B", "count", drop=1),
        Column("second_asks", "乙请甲", "B asks A", "count", drop=1),
        Column("joint", "共同", "joint", "count", drop=1),
        Column("overlap", "重合", "overlap", "share", drop=2),
        Column("first_uid", "甲编号", "A uid", machine=True),
        Column("second_uid", "乙编号", "B uid", machine=True),
    )
    notes = (
        Label(
            "举措：两者协作的举措数，一项可兼有几种方式。重合：占两者中举措较少一方全部举措的比例。",
            "actions: in which the two are tied, one may be so in several ways. overlap: of all actions of the one "
            "that has fewer.",
        ),
    )
    return _blocks(
        "pairs", columns, report.pairs, Label("共同工作最多的", "Pairs with most shared work"), titles, top, notes
    )


def _groups(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    columns = (
        CITY,
        Column("number", "组", "group", "count"),
        Column("bodies", "成员（组内协作多者在前）", "members, the most tied first"),
        Column("inside", "组内占比", "inside", "share"),
    )
    notes = (
        Label(
            "组：协作多于随机预期（Louvain 法，固定种子）。组内占比：其成员的协作中留在组内的比例，以举措数为权重。",
            "Groups are tied more than chance would have it (Louvain, fixed seed). inside: the part of their members' "
            "ties, weighted by actions, that stays among them.",
        ),
    )
    title = Label("经常一起工作的", "Groups that work together")
    return _blocks("groups", columns, report.groups, title, titles, top, notes)


def _crowds(report: DependencyReport, titles: _Titles, top: int | None) -> Table:
    columns = (
        CITY,
        Column("ref", "条目", "where", drop=1),
        Column("heading", "举措", "action"),
        Column("bodies", "部门", "bodies", "count"),
        Column("leads", "牵头", "leads", "count"),
        Column("supports", "配合", "supports", "count"),
        Column("channels", "沟通线", "channels", "count", drop=2),
        Column("document", "文件", "document", drop=3),
        _UID,
    )
    notes = (
        Label(
            "含举措下各任务写明的部门，各计一次。沟通线：n 个部门两两之间有 n(n−1)/2 条。",
            "Bodies named by the action or its tasks, each once. channels: n bodies have n(n−1)/2 between them.",
        ),
    )
    title = Label("部门最多的举措（协调成本）", "Actions with most bodies: the cost of coordination")
    return _blocks("crowds", columns, report.crowds, title, titles, top, notes)


def _blocks(
    name: str,
    columns: tuple[Column, ...],
    records: Sequence[DataclassInstance],
    title: Label,
    titles: _Titles,
    top: int | None,
    notes: tuple[Label, ...] = (),
) -> Table:
    """A table whose cities are blocks of their own."""
    return Table(
        name, columns, rows_of(records), title, notes if records else (), section="city", section_titles=titles, top=top
    )


# ------------------------------------------------------------------------------------------------ over cities


def _across(report: DependencyReport, top: int | None) -> Table:
    columns = (
        Column("function", "条线", "line of work"),
        Column("cities", "城市", "cities", "count"),
        Column("reach", "协作面", "reach", "share"),
        Column("asked", "被请求", "asked", "share"),
        Column("most_asked", "最高", "most", "share", drop=2),
        Column("most_asked_city", "城市", "where", drop=2),
        Column("joint", "共同", "joint", "share"),
        Column("asks", "请求", "asks", "share"),
        Column("most_asks", "最高", "most", "share", drop=3),
        Column("most_asks_city", "城市", "where", drop=3),
        Column("single_point_in", "单点城市", "single in", "count", drop=1),
        _UID,
    )
    notes = (
        Label(
            f"共 {len(report.networks)} 个城市有责任部门。被请求、请求、共同："
            "由它配合、由它牵头而有配合、与别的条线共同牵头的，占该市多方举措的比例；"
            "协作面：与之协作的条线占该市其他条线的比例。均取有此条线的城市的中位数。",
            f"{len(report.networks)} cities name responsible bodies. asked, asks, joint: of the city's shared "
            "actions, those it supports, leads with support, leads with others; reach: of the city's other lines of "
            "work, those tied to it. Medians over the cities that have it.",
        ),
        Label("各市计数单位大小不同，只比较占比。", "Cities count units of different size: compare shares only."),
    )
    title = Label("按条线比较各市", "Lines of work compared over cities")
    return Table("across", columns, rows_of(report.across), title, notes, top=top)


def _in_cities(report: DependencyReport, top: int | None) -> Table:
    columns = (
        Column("function", "条线", "line of work"),
        CITY,
        Column("reach", "协作面", "reach", "share"),
        Column("asked", "被请求", "asked", "share"),
        Column("asks", "请求", "asks", "share"),
        Column("joint", "共同", "joint", "share"),
        Column("betweenness", "中介度", "between", "share"),
        Column("single_point", "单点", "single point"),
        _UID,
    )
    rows = sorted(report.in_cities, key=lambda row: (row.uid, -row.asked, row.city))
    title = Label("各条线在各市", "Every line of work in every city")
    return Table("in_cities", columns, rows_of(rows), title, section="function", top=top)


# ------------------------------------------------------------------------------------------------ without one body


def absence_tables(report: AbsenceReport, top: int | None = TOP) -> list[Table]:
    """What is lost without a body: actions by effect, leads that wait for it, bodies out of touch, documents."""
    return [
        _losses(report, top),
        _waiting(report, top),
        _cut_off(report),
        documents_table(report.documents),
        _counting(report.counting, report.level),
    ]


_EFFECT: dict[Effect, Label] = {
    "no lead": Label("失去牵头", "left without a lead"),
    "no support": Label("失去全部配合", "left without support"),
    "fewer leads": Label("少一个共同牵头", "one joint lead less"),
    "less support": Label("少一个配合", "one support less"),
}


def _losses(report: AbsenceReport, top: int | None) -> Table:
    counts = Counter(row.effect for row in report.losses)
    titles: dict[str, Label] = {
        effect: Label(f"{label.zh}（{counts[effect]}）", f"{label.en} ({counts[effect]})")
        for effect, label in _EFFECT.items()
    }
    columns = (
        Column("effect", "后果", "effect", words=dict(_EFFECT.items())),
        CITY,
        Column("ref", "条目", "where"),
        Column("heading", "举措", "action"),
        Column("leads", "余下牵头", "leads left"),
        Column("supports", "余下配合", "support left"),
        Column("document", "文件", "document", drop=1),
        _UID,
    )
    notes = (_READING[report.reading],)
    title = Label(f"缺了{report.name}（{report.uid}）", f"Without {report.name} ({report.uid})")
    return Table(
        "losses", columns, rows_of(report.losses), title, notes, section="effect", section_titles=titles, top=top
    )


def _waiting(report: AbsenceReport, top: int | None) -> Table:
    columns = (
        CITY,
        Column("lead", "牵头部门", "lead"),
        Column("entries", "有配合的牵头条目", "leads", "count"),
        Column("asks", "其中请它", "ask it", "count"),
        Column("share", "占比", "share", "share"),
        Column("only", "只请它", "only it", "count"),
        _UID,
    )
    notes = (
        Label(
            "条目：举措、任务或标题。占比以该部门牵头而有配合的条目为 100%；只请它：没有其他部门配合。",
            "leads: entries (actions, tasks, headings) it leads with any support, 100% of share; only it: with no "
            "other support.",
        ),
    )
    title = Label("等它配合的牵头部门", "Leads that wait for it")
    return Table("waiting", columns, rows_of(report.waiting), title, notes if report.waiting else (), top=top)


def _cut_off(report: AbsenceReport) -> Table:
    columns = (CITY, Column("body", "部门", "body"))
    rows = [{"city": city, "body": body} for city, body in report.cut_off]
    return Table("cut_off", columns, rows, Label("与其余部门失去联系的", "Bodies that would lose touch with the rest"))
