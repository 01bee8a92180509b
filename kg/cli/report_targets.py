"""``kg report targets``: what is promised by number, by whom and when; cities compared; what disagrees."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cli.counted import CITY, STATUS, all_option, city_option, city_titles, mark, sources_table, years
from kg.cli.promised import compared, led_by, promised
from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say
from kg.output import Column, Label, Table
from queries.sources import Source
from queries.targets import Promising, TargetsReport, targets

TOP = 15
"""Rows a city shows on a terminal; pipes and the other formats get all."""
MOST_INDICATORS = 12
"""Indicators compared on a terminal, those of most cities first."""


@kg_command(
    "targets",
    zh="""方案承诺的数量指标：由谁牵头、何时完成；各市在同一指标上的承诺；互相矛盾的数字。

    任务没有写明责任单位时，取其举措或上级标题的。只比较单位和口径相同的数字；数量和金额随地方大小而定，不排名次。
    研究报告中的数字不计。""",
    en="""What plans promise by number: who leads it and by when; cities beside each other; numbers that disagree.

    Where a task names no bodies, those of its action or of a heading above answer. Only numbers of one unit and meaning
    are compared; counts and amounts grow with the place and have no rank. Numbers in studies do not count.""",
    examples=(
        "kg report targets",
        "kg report targets --city 自贡市 --all",
        "kg report targets --about 办电 --format csv",
        "kg report targets -o targets.xlsx",
    ),
)
@city_option
@option(
    "--about", metavar="WORDS",
    zh="只看名称或指标含有这些字的。", en="Only targets whose name or indicator holds these words.",
)  # fmt: skip
@all_option
@graph_option
@output_options
def command(cities: tuple[str, ...], about: str | None, everything: bool, graph: str, output: Output) -> None:
    """Print the report."""
    report = targets(opened(graph), city=cities, about=about)
    output.write(*targets_tables(report, None if everything or output.path is not None else TOP))


def targets_tables(report: TargetsReport, top: int | None = TOP) -> list[Table]:
    """The report as tables: targets, comparison, disagreements, documents."""
    behind = {row.source.uid: row.source for row in report.documents}
    return [
        _targets(report, behind, top),
        _comparison(report, behind, top),
        _disagreements(report, behind),
        _documents(report.documents),
    ]


def _targets(report: TargetsReport, behind: dict[str, Source], top: int | None) -> Table:
    columns = (
        CITY,
        Column("ref", "编号", "ref", drop=1),
        Column("heading", "举措", "action", drop=5),
        Column("name", "指标", "target"),
        Column("promised", "承诺", "promised"),
        Column("deadline", "期限", "deadline"),
        Column("lead", "牵头", "led by"),
        Column("support", "配合", "supported by", drop=4),
        Column("status", "状态", "status", drop=3, words=STATUS),
        Column("year", "年份", "year", drop=2),
        Column("quote", "原文", "quote", drop=6),
        *(
            Column(key, key, key, machine=True)
            for key in (
                "op",
                "value",
                "value_max",
                "unit",
                "per",
                "baseline",
                "answered",
                "indicator",
                "document",
                "uid",
            )
        ),
    )
    rows = [
        {
            "city": one.city,
            "ref": one.ref,
            "heading": one.heading,
            "name": one.name,
            "promised": promised(one),
            "deadline": one.deadline,
            "lead": led_by(one.leads, one.answered),
            "support": list(one.supports),
            "status": behind[one.document].status,
            "year": years(behind[one.document]),
            "quote": one.quote,
            "op": one.op,
            "value": one.value,
            "value_max": one.value_max,
            "unit": one.unit,
            "per": one.per,
            "baseline": one.baseline,
            "answered": one.answered,
            "indicator": one.indicator,
            "document": one.document,
            "uid": one.uid,
        }
        for one in report.promises
    ]
    total = len(rows)
    led = sum(one.answered == "body" for one in report.promises)
    collective = sum(one.answered == "collective" for one in report.promises)
    dated = sum(one.deadline is not None for one in report.promises)
    notes = (
        Label(
            f"共 {total} 个指标：{led} 个有明确的牵头部门，{collective} 个只有统称，"
            f"{total - led - collective} 个没有写明；{dated} 个写明期限。",
            f"{_count(total, 'target')}: {led} with a named lead, {collective} with collectives only, "
            f"{total - led - collective} with nobody named; {dated} with a deadline.",
        ),
    )
    title = Label("数量指标", "Targets")
    return Table(
        "targets", columns, rows, title, notes, section="city", section_titles=city_titles(behind.values()), top=top
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


_BETTER = {
    "higher": Label("越高承诺越多", "higher promises more"),
    "lower": Label("越低承诺越多", "lower promises more"),
}


def _comparison(report: TargetsReport, behind: dict[str, Source], top: int | None) -> Table:
    columns = (
        Column("indicator", "指标", "indicator"),
        Column("rank", "名次", "rank", "count", drop=2, words={None: Label("–", "–")}),
        CITY,
        Column("promised", "承诺", "promised"),
        Column("deadline", "期限", "deadline", drop=1),
        Column("behind", "文件", "document"),
        Column("name", "原文名称", "name as printed", drop=3),
        Column("ref", "编号", "ref", drop=4),
        *(
            Column(key, key, key, machine=True)
            for key in ("cities", "op", "compared", "unit", "direction", "status", "year", "document", "uid")
        ),
    )
    shown = list(dict.fromkeys(row.promise.indicator for row in report.compared))
    kept = set(shown if top is None else shown[:MOST_INDICATORS])
    titles: dict[str, Label] = {}
    rows = []
    for row in report.compared:
        one, source = row.promise, behind[row.promise.document]
        if one.indicator not in kept:
            continue
        better = _BETTER.get(one.direction, Label("", ""))
        titles[one.indicator] = Label(
            f"{row.indicator_name}（{row.cities} 市，{better.zh}）",
            f"{row.indicator_name} ({row.cities} cities, {better.en})",
        )
        rows.append(
            {
                "indicator": one.indicator,
                "rank": row.rank,
                "city": one.city,
                "promised": compared(one),
                "deadline": one.deadline,
                "behind": say(mark(source).zh, mark(source).en),
                "name": one.name,
                "ref": one.ref,
                "cities": row.cities,
                "op": one.op,
                "compared": one.compared,
                "unit": one.compared_unit,
                "direction": one.direction,
                "status": source.status,
                "year": years(source),
                "document": one.document,
                "uid": one.uid,
            }
        )
    notes = [
        Label(
            "名次：承诺最多的为 1，相同的并列；– 为数量或金额，随地方大小而定，不排名次。承诺已换算为同一单位。",
            "rank: 1 promises most, equals share a rank; – for counts and amounts, which grow with the place. "
            "All numbers of an indicator are in one unit.",
        )
    ]
    if len(kept) < len(shown):
        notes.append(
            Label(
                f"共 {len(shown)} 个指标有两个以上城市承诺，此处列出城市最多的 {len(kept)} 个；全部：--all。",
                f"{len(shown)} indicators are promised by two or more cities; the {len(kept)} of most cities are shown "
                "here. All: --all.",
            )
        )
    title = Label("各市在同一指标上的承诺", "Cities beside each other")
    return Table("comparison", columns, rows, title, tuple(notes), section="indicator", section_titles=titles)


def _disagreements(report: TargetsReport, behind: dict[str, Source]) -> Table:
    columns = (
        CITY,
        Column("name", "指标", "target"),
        Column("value", "一处", "here"),
        Column("other", "另一处", "there"),
        Column("where", "位置", "where"),
        Column("document", "文件", "document", machine=True),
        Column("other_document", "另一文件", "other document", machine=True),
    )
    rows = [
        {
            "city": row.city,
            "name": row.name,
            "value": row.value,
            "other": row.other,
            "where": _where(behind[row.document], behind[row.other_document]),
            "document": row.document,
            "other_document": row.other_document,
        }
        for row in report.disagreements
    ]
    notes = (
        Label(
            "同一份方案中的矛盾另见 kg lint --code numbers-disagree。",
            "Inside one plan: see kg lint --code numbers-disagree.",
        ),
    )
    title = Label("互相矛盾的数字", "Numbers that disagree")
    return Table("disagreements", columns, rows, title, notes)


def _where(one: Source, other: Source) -> str:
    if one == other:
        return say(f"同一份方案（{mark(one).zh}）", f"in one plan ({mark(one).en})")
    return say(f"{mark(one).zh}；{mark(other).zh}", f"{mark(one).en}; {mark(other).en}")


def _documents(documents: Sequence[Promising]) -> Table:
    counts = (
        Column("targets", "指标", "targets", "count"),
        Column("dated", "有期限", "dated", "count", drop=3),
        Column("led", "有牵头", "led", "count", drop=4),
    )
    given = [(row.source, {"targets": row.targets, "dated": row.dated, "led": row.led}) for row in documents]
    return sources_table(given, counts)
