"""``kg report overlap``: what several cities do alike, and what only one of them does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say, warn
from kg.output import Column, Label, Table
from queries.measures import KEPT, Likeness, Measure
from queries.overlap import LEAST, OverlapReport, overlap
from queries.sources import sources

if TYPE_CHECKING:
    from kg.overlap.among import Among
    from kg.store import GraphStore

TOP = 15
MOST = 200
WIDE = 6
"""Up to so many cities the matrix has a column a city; beyond, it says how many have a theme and who lacks it."""


@kg_command(
    "overlap",
    zh="""各市做的同一件事：主题与城市对照、最相近的举措及双方牵头部门和指标、指标比较、只有一市在做的事、牵头条线的差别。

    比较的是编号任务，没有编号任务的举措则整条比较。研究报告不计入。""",
    en="""What cities do alike: themes by city, the likest measures with lead bodies and targets of both, targets
    compared by indicator, what only one city does, and which lines of work lead the same measure.

    Compared are numbered measures, and actions that have none. Studies are left out.""",
    examples=(
        "kg report overlap --cities 巴中市,自贡市",
        "kg report overlap --theme 招标投标与公共资源交易 --min-score 0.7",
        "kg report overlap --pairs --format json -o pairs.json",
    ),
)
@option("--cities", multiple=True, metavar="NAME[,NAME]", zh="只比较这些城市（名称或代码，逗号分隔或重复）。",
        en="Compare only these cities, by name or code; separated by commas or repeated.")  # fmt: skip
@option("--theme", metavar="NAME", zh="只看这个主题。", en="Only measures of this theme.")
@option("--min-score", type=click.FloatRange(0, 1), default=None, metavar="X",
        zh="相似得分下限，默认 0.75；--pairs 默认 0，列出全部可比的对。",
        en="Lowest score; 0.75 by default, with --pairs 0: every pair that has something in common.")  # fmt: skip
@option(
    "--pairs",
    is_flag=True,
    zh="只列举措对及得分，低于下限以外的也列出。",
    en="Only the pairs with their scores, also those below the usual threshold.",
)
@option(
    "--most",
    type=click.IntRange(min=0),
    default=MOST,
    show_default=True,
    metavar="N",
    zh="每张举措表最多列出多少行，0 为全部；--pairs 总是列出全部。",
    en="Rows of each table of measures, 0 for all; --pairs always lists all.",
)
@option("--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too.")
@graph_option
@output_options
def command(
    cities: tuple[str, ...],
    theme: str | None,
    min_score: float | None,
    pairs: bool,
    most: int,
    everything: bool,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    names = named_cities(cities)
    least = min_score if min_score is not None else 0.0 if pairs else LEAST
    store = opened(graph)
    # A graph keeps the likest pairs; whoever names cities or looks lower sees all of them.
    compared = _compared_anew(store, names) if names or pairs or least < KEPT else store
    report = overlap(compared, cities=names, theme=theme, least=least)
    top = None if everything else TOP
    output.write(*([pair_table(report.pairs)] if pairs else overlap_tables(report, top, most or None)))


def _compared_anew(store: GraphStore, names: Sequence[str]) -> Among:
    from kg.overlap.among import Among

    among = Among(store, {uid for uid, source in sources(store, names).items() if source.counted})
    if among.of_each_document is not None:
        warn(
            say(
                f"文件很多：每条举措只与每份文件中用词最近的 {among.of_each_document} 条比较；"
                "用 --cities 指定城市可全部比较",
                f"these are many documents: each measure was compared with the {among.of_each_document} of every other "
                "document that are nearest by their words; name cities with --cities to compare all",
            )
        )
    return among


def named_cities(given: Iterable[str]) -> list[str]:
    """The names in values of ``--cities``, which may hold several."""
    return [name.strip() for value in given for name in re.split("[,，、]", value) if name.strip()]


def pair_table(pairs: Iterable[Likeness]) -> Table:
    """All pairs, a row a pair: where they stand, how alike they are and by what."""
    columns = (
        Column("a", "一方", "one side"),
        Column("b", "另一方", "other side"),
        Column("score", "得分", "score", "ratio"),
        Column("shared", "共有词", "shared terms", drop=1),
    )
    rows = [
        {"a": _place(pair.one), "b": _place(pair.other), "score": pair.score, "shared": list(pair.shared)}
        for pair in pairs
    ]
    return Table("pairs", columns, rows, Label("相近的举措", "Measures alike"))


def _place(measure: Measure) -> dict[str, str]:
    return {"doc": measure.source.file, "ref": measure.ref}


def overlap_tables(report: OverlapReport, top: int | None = TOP, most: int | None = MOST) -> list[Table]:
    """The report as tables; each of those that list measures has ``most`` rows at most and says how many it leaves."""
    tables = [
        _matrix(report),
        _matches(report, top),
        _targets(report, top),
        _unnumbered(report, top),
        _alone(report, top),
        _differing(report, top),
        _documents(report, top),
    ]
    return [_cut(table, most) if table.name in _LISTS else table for table in tables]


_LISTS = ("matches", "targets", "unnumbered", "only", "functions")


def _cut(table: Table, most: int | None) -> Table:
    count = len(table.rows)
    if most is None or count <= most:
        return table
    note = Label(
        f"共 {count} 行，列出前 {most} 行；--most 0 列出全部。", f"{most} of {count} rows; --most 0 lists all."
    )
    return replace(table, rows=table.rows[:most], notes=(*table.notes, note))


_NO_THEME = Label("（主题不明）", "(no sure theme)")
_NO_CITY = Label("城市不明", "city unknown")


def _city(name: str) -> str:
    return name or f"{_NO_CITY.zh} {_NO_CITY.en}"


def _matrix(report: OverlapReport) -> Table:
    theme = Column("theme", "主题", "theme", words={"": _NO_THEME})
    rows: dict[str, dict[str, object]] = {}
    wide = len(report.cities) <= WIDE
    for cell in report.cells:
        row = rows.setdefault(cell.theme, {"theme": cell.theme, "total": 0, "having": 0, "gaps": []})
        if wide:
            row[f"measures:{cell.city}"] = cell.measures
            row[f"share:{cell.city}"] = cell.share
        row["total"] = _count(row["total"]) + cell.measures
        row["having"] = _count(row["having"]) + (cell.measures > 0)
        if cell.gap and isinstance(row["gaps"], list):
            row["gaps"].append(_city(cell.city))
    columns: list[Column] = [theme]
    if wide:
        for place, city in enumerate(report.cities):
            name = _city(city)
            columns.append(Column(f"measures:{city}", name, name, "count"))
            columns.append(Column(f"share:{city}", f"{name}占比", f"share {name}", "share", drop=1 + place))
    else:
        columns += [Column("total", "条数", "measures", "count"), Column("having", "城市数", "cities", "count")]
    columns.append(Column("gaps", "空白", "gap"))
    notes = (
        Label(
            "单位：条（编号任务或举措，按主要主题计）；占比以本市全部条目为 100%。空白：至少半数城市有而该市没有。",
            "In measures (numbered measures or actions, by main theme); share of all measures of the city. "
            "gap: at least half of the cities have some, this one has none.",
        ),
    )
    return Table("themes", tuple(columns), list(rows.values()), Label("主题与城市", "Themes by city"), notes)


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def side_columns(key: str, zh: str, en: str) -> tuple[Column, ...]:
    """Columns of one of two measures side by side."""
    return (
        Column(f"{key}_city", f"{zh}城市", f"city {en}"),
        Column(f"{key}_ref", f"{zh}编号", f"ref {en}"),
        Column(f"{key}_heading", f"{zh}举措", f"action {en}", drop=2),
        Column(f"{key}_leads", f"{zh}牵头", f"leads {en}", drop=4),
        Column(f"{key}_targets", f"{zh}指标", f"targets {en}", drop=5),
        Column(f"{key}_quote", f"{zh}原文", f"sentence {en}", drop=7),
        Column(f"{key}_document", f"{zh}文件", f"document {en}", machine=True),
    )


def side_row(key: str, measure: Measure, quote: str) -> dict[str, object]:
    """What stands in the columns of ``side_columns``."""
    return {
        f"{key}_city": _city(measure.source.city),
        f"{key}_ref": measure.ref,
        f"{key}_heading": measure.heading,
        f"{key}_leads": list(measure.leads),
        f"{key}_targets": [f"{promise.name} {promise.text}" for promise in measure.targets],
        f"{key}_quote": quote,
        f"{key}_document": measure.source.file,
    }


_SHARED = (
    Column("score", "得分", "score", "ratio"),
    Column("shared", "共有词", "shared terms"),
    Column("same_indicators", "相同指标", "same indicators", drop=6),
    Column("same_functions", "相同牵头条线", "same lead line", drop=3),
)


def _shared_row(pair: Likeness) -> dict[str, object]:
    return {
        "score": pair.score,
        "shared": list(pair.shared),
        "same_indicators": list(pair.same_indicators),
        "same_functions": list(pair.same_functions),
    }


def likeness_table(
    name: str, pairs: Sequence[Likeness], title: Label, notes: tuple[Label, ...] = (), top: int | None = TOP
) -> Table:
    """Pairs of measures side by side: where, who leads, by which number, what they share, and both sentences."""
    rows = [
        {
            **side_row("a", pair.one, pair.one_quote),
            **side_row("b", pair.other, pair.other_quote),
            **_shared_row(pair),
        }
        for pair in pairs
    ]
    return Table(
        name, (*_SHARED, *side_columns("a", "甲", "A"), *side_columns("b", "乙", "B")), rows, title, notes, top=top
    )


def _matches(report: OverlapReport, top: int | None) -> Table:
    note = Label(
        f"得分 0–1，{report.least:g} 起列出；共有词在两句原文中都出现。",
        f"Score 0–1, from {report.least:g} on; shared terms stand in both sentences.",
    )
    return likeness_table("matches", report.pairs, Label("最相近的举措", "Likest measures"), (note,), top)


def _targets(report: OverlapReport, top: int | None) -> Table:
    columns = (
        Column("indicator", "指标", "indicator"),
        Column("rank", "承诺名次", "rank", "count", words={None: Label("–", "–")}),
        Column("city", "城市", "city"),
        Column("value", "承诺", "promise"),
        Column("deadline", "期限", "by when", drop=1),
        Column("ref", "编号", "ref", drop=2),
        Column("leads", "牵头", "leads", drop=3),
        Column("document", "文件", "document", machine=True),
    )
    rows = [
        {
            "indicator": row.indicator,
            "rank": row.rank,
            "city": _city(row.city),
            "value": row.promise.text,
            "deadline": row.promise.deadline,
            "ref": row.measure.ref,
            "leads": list(row.measure.leads),
            "document": row.measure.source.file,
        }
        for row in report.compared
    ]
    note = Label(
        "同一指标、至少两市有数；名次 1 承诺最多，– 为数值不可比。",
        "One indicator with numbers of two cities at least; rank 1 promises most, – does not compare.",
    )
    return Table("targets", columns, rows, Label("指标比较", "Targets compared"), (note,), top=top)


def _unnumbered(report: OverlapReport, top: int | None) -> Table:
    columns = (
        Column("a_city", "有数城市", "with a number"),
        Column("a_ref", "编号", "ref A"),
        Column("a_targets", "承诺", "promise"),
        Column("b_city", "无数城市", "without"),
        Column("b_ref", "编号（无数）", "ref B"),
        Column("shared", "共有词", "shared terms", drop=1),
        Column("score", "得分", "score", "ratio", drop=2),
    )
    rows = [
        {**side_row("a", pair.one, ""), **side_row("b", pair.other, ""), **_shared_row(pair)}
        for pair in report.unnumbered
    ]
    kept = [{column.key: row[column.key] for column in columns} for row in rows]
    return Table(
        "unnumbered",
        columns,
        kept,
        Label("同一件事，只有一方有数", "The same measure, a number on one side only"),
        top=top,
    )


def _alone(report: OverlapReport, top: int | None) -> Table:
    columns = (
        Column("city", "城市", "city"),
        Column("ref", "编号", "ref"),
        Column("heading", "举措", "action"),
        Column("theme", "主题", "theme", drop=1, words={"": _NO_THEME}),
        Column("leads", "牵头", "leads", drop=2),
        Column("document", "文件", "document", machine=True),
    )
    rows = [
        {
            "city": _city(measure.source.city),
            "ref": measure.ref,
            "heading": measure.heading,
            "theme": measure.theme,
            "leads": list(measure.leads),
            "document": measure.source.file,
        }
        for measure in report.alone
    ]
    return Table("only", columns, rows, Label("只有一市在做", "What only one city does"), section="city", top=top)


def _differing(report: OverlapReport, top: int | None) -> Table:
    columns = (
        Column("score", "得分", "score", "ratio", drop=1),
        Column("shared", "共有词", "shared terms"),
        Column("a_city", "甲城市", "city A"),
        Column("a_ref", "甲编号", "ref A", drop=2),
        Column("a_functions", "甲牵头条线", "line A"),
        Column("b_city", "乙城市", "city B"),
        Column("b_ref", "乙编号", "ref B", drop=2),
        Column("b_functions", "乙牵头条线", "line B"),
    )
    rows = [
        {
            "score": pair.score,
            "shared": list(pair.shared),
            "a_city": _city(pair.one.source.city),
            "a_ref": pair.one.ref,
            "a_functions": list(pair.one.functions),
            "b_city": _city(pair.other.source.city),
            "b_ref": pair.other.ref,
            "b_functions": list(pair.other.functions),
        }
        for pair in report.differing
    ]
    return Table(
        "functions",
        columns,
        rows,
        Label("同一件事，牵头条线不同", "The same measure, led by other lines of work"),
        top=top,
    )


_STATUS: dict[object, Label] = {"draft": Label("征求意见稿", "draft"), "issued": Label("已印发", "issued")}


def _documents(report: OverlapReport, top: int | None) -> Table:
    columns = (
        Column("city", "城市", "city"),
        Column("document", "文件", "document"),
        Column("status", "状态", "status", words=_STATUS),
        Column("year", "年份", "year"),
        Column("file", "文件名", "file", machine=True),
    )
    rows = [
        {
            "city": _city(source.city),
            "document": source.name,
            "status": source.status,
            "year": str(source.year) if source.year else None,
            "file": source.file,
        }
        for source in report.sources
    ]
    return Table("documents", columns, rows, Label("所依据的文件", "Documents behind these figures"), top=top)
