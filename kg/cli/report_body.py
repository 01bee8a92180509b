"""``kg report body``: all that a body, or a line of work over all cities, is responsible for: a list to hand out."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import cast

import click

from kg.cli.counted import (
    CITY,
    ROLE,
    STATUS,
    all_option,
    city_marks,
    city_option,
    counting_table,
    documents_table,
    level_option,
    switch_options,
    years,
)
from kg.cli.naming import found
from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say
from kg.output import Column, Label, Table
from queries.body import BodyReport, Item, bodies_of, body_report
from queries.counting import Level, Switches

TOP = 12
"""Rows a block shows on a terminal; pipes and the other formats get all."""


@kg_command(
    "body",
    zh="""部门责任清单：一个部门牵头、共同牵头、配合的全部事项，附期限、指标、协作部门、依据文件和原文。

    NAME 是部门的名称、别名、编号或其一部分；对应几个部门时列出编号供选择。加 --function 时 NAME 是条线（各市相同的
    工作领域），各市承担该条线的部门并列。正文句子中的职责列出而不计数。""",
    en="""All that one body leads, leads jointly or supports: time limits, targets, partners, instruments and quotes.

    NAME is a name, other name or uid of a body, or a part of one; where it fits several, their uids are listed. With
    --function NAME is a line of work (the same in every city), and the bodies of all cities that do it stand side by
    side. Duties stated in running text are listed and not counted.""",
    examples=(
        "kg report body 市财政局 --city 自贡市",
        "kg report body 510300:市财政局 -o 责任清单.xlsx",
        "kg report body 市场监督管理 --function --format xlsx -o supervision.xlsx",
    ),
)
@click.argument("name")
@option(
    "--function", "by_function", is_flag=True,
    zh="NAME 是条线，各市并列。", en="NAME is a line of work; all cities side by side.",
)  # fmt: skip
@city_option
@level_option("printed")
@switch_options
@all_option
@graph_option
@output_options
def command(
    name: str,
    by_function: bool,
    cities: tuple[str, ...],
    level: str,
    switches: Switches,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    store = opened(graph)
    _, uid = found(store, name, "Function" if by_function else "Department", () if by_function else cities)
    bodies = bodies_of(store, uid) if by_function else [uid]
    report = body_report(
        store, bodies, city=cities if by_function else None, level=cast("Level", level), switches=switches
    )
    top = None if everything else TOP
    shown = next(iter(store.run("MATCH (n) WHERE n.uid = $uid RETURN n.name AS name", {"uid": uid})))["name"]
    title = Label(f"{shown}（{uid}）", f"{shown} ({uid})")
    output.write(*(function_tables(report, title, top) if by_function else body_tables(report, title, top)))


def body_tables(report: BodyReport, title: Label, top: int | None = TOP) -> list[Table]:
    """One body: its list by role, its load among the bodies of each city, the documents, how it was counted."""
    return [
        _duties(report, title, top),
        _loads(report, None),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=False),
    ]


def function_tables(report: BodyReport, title: Label, top: int | None = TOP) -> list[Table]:
    """A line of work: each city's load, themes side by side, the list of every city, the documents, the counting."""
    return [
        _loads(report, top, title),
        _side_by_side(report, top),
        _duties(report, Label("各市事项", "Items of every city"), top, by_city=True),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=False),
    ]


# ------------------------------------------------------------------------------------------------ tables

_PARTS: dict[str, Label] = {**{str(role): label for role, label in ROLE.items()}, "text": Label("正文职责", "in text")}


def _part(item: Item) -> str:
    return item.role if item.counted else "text"


def _duties(report: BodyReport, title: Label, top: int | None, *, by_city: bool = False) -> Table:
    alone = not by_city and len({item.source.city for item in report.items}) == 1
    columns = (
        Column("city", "城市", "city", machine=alone),
        Column("part", "职责", "role", words=dict(_PARTS.items())),
        Column("body", "部门", "body", drop=5, machine=not by_city),
        Column("ref", "条目", "where", drop=6),
        Column("heading", "举措", "action", drop=7),
        Column("what", "事项", "what"),
        Column("due", "期限", "due", drop=2),
        Column("targets", "指标", "targets", drop=1),
        Column("leads", "其他牵头", "others lead", drop=3),
        Column("supports", "配合部门", "support", drop=3),
        Column("instruments", "依据文件", "instruments", drop=9),
        Column("quote", "责任原文", "quote", drop=10),
        Column("theme", "主题", "theme", drop=8),
        Column("document", "文件", "document", drop=12),
        Column("status", "状态", "status", drop=11, words=STATUS),
        Column("year", "年份", "year", drop=11),
        Column("target_quotes", "指标原文", "target quotes", machine=True),
        Column("uid", "部门编号", "uid", machine=True),
        Column("holder", "条目编号", "holder", machine=True),
        Column("document_uid", "文件编号", "document uid", machine=True),
    )
    section = "city" if by_city else "part"
    rows = [_row(item) for item in report.items]
    if not by_city:
        # One role after the other, whatever the city.
        rows.sort(key=lambda row: list(_PARTS).index(str(row["part"])))
    counts = Counter(str(row["part"]) for row in rows)
    titles = (
        {city: Label(f"{city}（{marks.zh}）", f"{city} ({marks.en})") for city, marks in _marks(report).items()}
        if by_city
        else {
            part: Label(f"{label.zh}（{counts[part]} 项）", f"{label.en} ({counts[part]})")
            for part, label in _PARTS.items()
        }
    )
    notes = (
        Label(
            "期限、指标和依据文件取自条目本身；举措一并计入其未另列部门的任务。未写明的留空。",
            "Time limits, targets and instruments are those of the entry; an action also answers for those of its "
            "tasks that name nobody. What is not printed is empty.",
        ),
    )
    return Table("duties", columns, rows, title, notes, section=section, section_titles=titles, top=top)


def _row(item: Item) -> dict[str, object]:
    return {
        "city": item.source.city,
        "part": _part(item),
        "body": item.body,
        "ref": item.ref,
        "heading": item.heading if item.text else None,
        "what": item.text or item.heading,
        "due": item.due,
        "targets": [
            f"{target.name} {target.number}" + (f"（{target.deadline}）" if target.deadline else "")
            for target in item.targets
        ]
        or None,
        "leads": list(item.leads) or None,
        "supports": list(item.supports) or None,
        "instruments": [f"《{name.strip('《》')}》" for name in item.instruments] or None,
        "quote": item.quote,
        "theme": say(item.theme, item.theme_en) or None,
        "document": item.source.name,
        "status": item.source.status,
        "year": years(item.source) or None,
        "target_quotes": [target.quote for target in item.targets],
        "uid": item.uid,
        "holder": item.holder,
        "document_uid": item.source.uid,
    }


def _marks(report: BodyReport) -> dict[str, Label]:
    return city_marks(behind.source for behind in report.documents)


def _loads(report: BodyReport, top: int | None, title: Label | None = None) -> Table:
    marks = _marks(report)
    columns = (
        CITY,
        Column("body", "部门", "body"),
        Column("lead", "牵头", "lead", "count"),
        Column("joint", "共同牵头", "joint lead", "count"),
        Column("support", "配合", "support", "count"),
        Column("total", "合计", "total", "count"),
        Column("share", "占比", "share", "share"),
        Column("rank", "名次", "rank", "count", drop=1),
        Column("targets", "指标数", "targets", "count", drop=2),
        Column("dated", "有期限", "dated", "count", drop=3),
        Column("documents", "依据", "documents", drop=4),
        Column("uid", "编号", "uid", machine=True),
    )
    held = {
        key: list(items)
        for key, items in groupby(
            sorted(report.items, key=lambda item: (item.source.city, item.uid)),
            key=lambda item: (item.source.city, item.uid),
        )
    }
    rows: list[dict[str, object]] = []
    for load in report.loads:
        items = [item for item in held.get((load.city, load.uid), ()) if item.counted]
        rows.append(
            {
                "city": load.city,
                "body": load.body,
                "lead": load.lead,
                "joint": load.joint,
                "support": load.support,
                "total": load.total,
                "share": load.share,
                "rank": load.rank,
                "targets": sum(len(item.targets) for item in items),
                "dated": sum(item.due is not None for item in items),
                "documents": say(marks[load.city].zh, marks[load.city].en) if load.city in marks else None,
                "uid": load.uid,
            }
        )
    notes = (
        Label(
            "占比、名次：在该市全部部门的责任中。指标数、有期限：其事项中写明的。各市只比较占比。",
            "share, rank: among the responsibilities of all bodies of the city. targets, dated: of its items. Compare "
            "cities by share only.",
        ),
    )
    return Table("loads", columns, rows, title or Label("负担", "Load"), notes, top=top)


def _side_by_side(report: BodyReport, top: int | None) -> Table:
    """Theme after theme, those of most cities first, what each city has the line of work do there."""
    columns = (
        Column("theme", "主题", "theme"),
        CITY,
        Column("part", "职责", "role", words=dict(_PARTS.items())),
        Column("body", "部门", "body", drop=2),
        Column("ref", "条目", "where", drop=3),
        Column("what", "事项", "what"),
        Column("targets", "指标", "targets", drop=1),
        Column("document", "文件", "document", drop=4),
        Column("uid", "部门编号", "uid", machine=True),
        Column("holder", "条目编号", "holder", machine=True),
    )
    unsure = say("（主题不明）", "(no theme sure enough)")
    themes: dict[str, list[Item]] = {}
    for item in report.items:
        if item.counted:
            themes.setdefault(say(item.theme, item.theme_en) or unsure, []).append(item)
    cities = {theme: len({item.source.city for item in items}) for theme, items in themes.items()}
    order = sorted(themes, key=lambda theme: (theme == unsure, -cities[theme], -len(themes[theme]), theme))
    rows = [{**_row(item), "theme": theme, "what": item.heading} for theme in order for item in themes[theme]]
    titles = {
        theme: Label(f"{theme}（{cities[theme]} 个城市）", f"{theme} ({cities[theme]} cities)") for theme in order
    }
    title = Label("各市同一主题并列", "The same theme side by side in all cities")
    return Table("side_by_side", columns, rows, title, section="theme", section_titles=titles, top=top)
