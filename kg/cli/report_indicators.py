"""``kg report indicators``: the indicators of business environments × cities, who leads what with which targets."""

from __future__ import annotations

from typing import cast

import click

from kg.cli.counted import (
    CITY,
    STATUS,
    all_option,
    city_marks,
    city_name,
    city_option,
    counting_table,
    documents_table,
    switch_options,
    years,
)
from kg.cli.shared import Output, graph_option, kg_command, language, opened, option, output_options, say
from kg.output import Column, Label, Table
from queries.counting import Switches
from queries.indicators import Cell, IndicatorReport, Scheme, indicators

TOP = 12
"""Rows a block shows on a terminal; pipes and the other formats get all."""
FEW = 4
"""Cities that stand side by side on a terminal; where there are more, it shows how many have each indicator."""


@kg_command(
    "indicators",
    zh="""指标牵头一览：营商环境评价 18 项指标（或 B-READY 十个主题）× 城市：谁牵头、几项举措、什么目标、哪年方案。

    举措按其主要主题归入指标，牵头含共同牵头，任务归并到举措。空格表示在读到的方案中没有找到，不表示没有做。""",
    en="""The 18 indicators of the national evaluation of business environments (or the ten topics of B-READY) × cities:
    who leads, how many measures, which targets, by the plan of which year.

    An action belongs to the indicator of its main theme; leads are alone or joint, tasks are rolled up to their action.
    An empty cell says that nothing was found in the plans that were read, not that nothing is done.""",
    examples=(
        "kg report indicators --city 自贡市 --city 巴中市",
        "kg report indicators --scheme b-ready",
        "kg report indicators -o 指标牵头一览.xlsx",
    ),
)
@option(
    "--scheme", type=click.Choice(["national", "b-ready"]), default="national", show_default=True,
    zh="national 国家营商环境评价；b-ready 世界银行营商环境成熟度。",
    en="The national evaluation (营商环境评价), or the World Bank's B-READY.",
)  # fmt: skip
@city_option
@switch_options
@all_option
@graph_option
@output_options
def command(
    scheme: str, cities: tuple[str, ...], switches: Switches, everything: bool, graph: str, output: Output
) -> None:
    """Print the report."""
    report = indicators(
        opened(graph), scheme=cast("Scheme", scheme), city=cities, switches=switches, english=language() == "en"
    )
    many = output.on_screen and len(report.cities) > FEW and not everything
    output.write(*(overview_tables(report) if many else indicator_tables(report, None if everything else TOP)))


def overview_tables(report: IndicatorReport) -> list[Table]:
    """What a terminal shows of many cities: a line an indicator, and how it was counted."""
    return [_over_cities(report), counting_table(report.counting, printed_level=False)]


def indicator_tables(report: IndicatorReport, top: int | None = TOP) -> list[Table]:
    """The whole report: who leads in each city, each cell in full, indicators over cities, documents, counting."""
    return [
        _matrix(report),
        _cells(report, top),
        *([_over_cities(report)] if len(report.cities) > 1 else []),
        documents_table(report.documents),
        counting_table(report.counting, printed_level=False),
    ]


# ------------------------------------------------------------------------------------------------ tables

_EMPTY = Label(
    "空格表示在读到的方案中没有找到以它为主要主题的举措，不表示没有做。",
    "An empty cell says that no action with it as main theme was found in the plans that were read, "
    "not that nothing is done.",
)
_TITLES: dict[Scheme, Label] = {
    "national": Label("营商环境评价 18 项指标牵头一览", "The 18 indicators of the national evaluation: who leads"),
    "b-ready": Label("B-READY 十个主题牵头一览", "The ten topics of B-READY: who leads"),
}
_SHOWN_LEADS = 3


def _named(report: IndicatorReport) -> dict[str, str]:
    return {indicator.notation: say(indicator.zh, indicator.en) for indicator in report.indicators}


def _leads(cell: Cell) -> list[str] | None:
    """The bodies that lead most, with the number of their actions where they lead several."""
    shown = [f"{name} ×{count}" if count > 1 else name for name, count in cell.leads[:_SHOWN_LEADS]]
    more = len(cell.leads) - _SHOWN_LEADS
    return [*shown, *([say(f"另 {more} 个", f"{more} more")] if more > 0 else [])] or None


def _in_short(cell: Cell) -> str | None:
    if cell.is_empty:
        return None
    leads = "、".join(_leads(cell) or [say("（未写明牵头）", "(no lead named)")])
    return say(
        f"{leads}；举措 {len(cell.measures)}，目标 {len(cell.targets)}",
        f"{leads}; measures {len(cell.measures)}, targets {len(cell.targets)}",
    )


def _matrix(report: IndicatorReport) -> Table:
    """Indicators down, cities across: who leads, how many measures and targets."""
    marks = city_marks(behind.source for behind in report.documents)
    named = _named(report)
    columns = (
        Column("indicator", "指标", "indicator"),
        *(
            Column(
                city or "?",
                f"{city_name(city).zh}（{marks[city].zh}）",
                f"{city_name(city).en} ({marks[city].en})",
                drop=place if place > 1 else 0,
            )
            for place, city in enumerate(report.cities)
        ),
        Column("notation", "指标编号", "notation", machine=True),
    )
    rows: dict[str, dict[str, object]] = {
        notation: {"indicator": name, "notation": notation} for notation, name in named.items()
    }
    for cell in report.cells:
        rows[cell.notation][cell.city or "?"] = _in_short(cell)
    return Table("matrix", columns, list(rows.values()), _TITLES[report.scheme], (_EMPTY,))


def _cells(report: IndicatorReport, top: int | None) -> Table:
    named = _named(report)
    columns = (
        Column("indicator", "指标", "indicator"),
        CITY,
        Column("year", "年份", "year"),
        Column("status", "状态", "status", drop=5, words=STATUS),
        Column("leads", "牵头", "leads"),
        Column("supports", "配合部门数", "supporting", "count", drop=6),
        Column("actions", "举措数", "measures", "count", drop=3),
        Column("measures", "举措", "measures", drop=2),
        Column("targets", "目标", "targets", drop=1),
        Column("besides", "另涉及", "besides", "count", drop=4),
        Column("refs", "条目", "where", drop=7),
        Column("notation", "指标编号", "notation", machine=True),
        Column("uids", "举措编号", "uids", machine=True),
    )
    rows: list[dict[str, object]] = [
        {
            "indicator": named[cell.notation],
            "city": cell.city,
            "year": [year for year in dict.fromkeys(map(years, cell.sources)) if year] or None,
            "status": next(iter({source.status for source in cell.sources})) if _alike(cell) else None,
            "leads": _leads(cell),
            "supports": cell.supports,
            "actions": len(cell.measures),
            "measures": [measure.heading for measure in cell.measures] or None,
            "targets": [
                f"{target.name} {target.number}" + (f"（{target.deadline}）" if target.deadline else "")
                for target in cell.targets
            ]
            or None,
            "besides": cell.besides,
            "refs": [measure.ref for measure in cell.measures] or None,
            "notation": cell.notation,
            "uids": [measure.uid for measure in cell.measures],
        }
        for cell in report.cells
        if not cell.is_empty or cell.besides
    ]
    counts = {row.indicator.notation: row.cities for row in report.over_cities}
    titles = {
        name: Label(
            f"{name}（{counts[notation]} 个城市）", f"{name} ({counts[notation]} of {len(report.cities)} cities)"
        )
        for notation, name in named.items()
    }
    notes = (
        Label(
            "牵头：含共同牵头，×n 为牵头的举措数，举措自身写明的在前。另涉及：涉及该指标而以别的主题为主的举措数；"
            "只有这一项的城市其余留空。状态留空：几份文件不一。",
            "leads: alone or jointly, ×n the actions led, those first that the action itself names. "
            "besides: actions that touch it with another main theme; a city with nothing else is empty otherwise. "
            "No status: several documents differ.",
        ),
        _EMPTY,
    )
    title = Label("各市各指标", "Every indicator in every city")
    return Table("cells", columns, rows, title, notes, section="indicator", section_titles=titles, top=top)


def _alike(cell: Cell) -> bool:
    return len({source.status for source in cell.sources}) == 1


def _over_cities(report: IndicatorReport) -> Table:
    columns = (
        Column("indicator", "指标", "indicator"),
        Column("cities", "有的城市", "cities", "count"),
        Column("share", "占比", "share", "share", drop=3),
        Column("measures", "举措", "measures", "count", drop=1),
        Column("targets", "目标", "targets", "count", drop=1),
        Column("leader", "多由谁牵头（条线）", "led mostly by"),
        Column("leader_cities", "其城市", "its cities", "count", drop=2),
        Column("themes", "对应主题", "themes", drop=4),
        Column("notation", "指标编号", "notation", machine=True),
    )
    rows: list[dict[str, object]] = [
        {
            "indicator": say(row.indicator.zh, row.indicator.en),
            "cities": row.cities,
            "share": row.cities / len(report.cities) if report.cities else None,
            "measures": row.measures,
            "targets": row.targets,
            "leader": row.leader or None,
            "leader_cities": row.leader_cities if row.leader else None,
            "themes": list(row.indicator.theme_names),
            "notation": row.indicator.notation,
        }
        for row in report.over_cities
    ]
    number = len(report.cities)
    notes = (
        Label(
            f"共 {number} 个城市有方案。有的城市：至少一项举措以它为主要主题。"
            "多由谁牵头：在最多城市牵头（含共同）的条线。--city 看各市由谁牵头。",
            f"{number} cities have a plan. cities: where an action has it as main theme. led mostly by: the line of "
            "work that leads (alone or jointly) in most of them. --city shows who leads in a city.",
        ),
        _EMPTY,
    )
    return Table("over_cities", columns, rows, Label("各指标在多少城市有举措", "Indicators over cities"), notes)
