"""``kg report uptake STUDY``: what became of a study's recommendations."""

from __future__ import annotations

import click

from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options
from kg.output import Column, Label, Table
from queries.sources import Source
from queries.uptake import LEAST, Uptake, study_and_plans, uptake


@kg_command(
    "uptake",
    zh="""研究报告的每条建议被本市方案的哪项举措采纳，由谁牵头，指标多少；未被采纳的也列出。

    STUDY：文件名（或其开头）或标题。""",
    en="""For every recommendation of a study: which measures of its city's plans pick it up, who leads them, with which
    target; and which are picked up nowhere.

    STUDY is its file name, the beginning of it, or its title.""",
    examples=("kg report uptake 003", "kg report uptake 003 --format xlsx -o uptake.xlsx"),
)
@click.argument("study")
@option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=LEAST,
    show_default=True,
    zh="相似得分下限。",
    en="Lowest score.",
)
@graph_option
@output_options
def command(study: str, min_score: float, graph: str, output: Output) -> None:
    """Print the report."""
    from kg.overlap.among import Among

    store = opened(graph)
    document, found = uptake(Among(store, study_and_plans(store, study)[1]), study, least=min_score)
    output.write(uptake_table(document, found), nowhere_table(found))


def uptake_table(document: Source, found: list[Uptake]) -> Table:
    """A row a recommendation and measure that picks it up."""
    columns = (
        Column("recommendation", "建议", "recommendation"),
        Column("city", "城市", "city", drop=5),
        Column("ref", "编号", "ref"),
        Column("heading", "采纳的举措", "picked up in"),
        Column("leads", "牵头", "leads", drop=2),
        Column("targets", "指标", "targets", drop=3),
        Column("score", "得分", "score", "ratio"),
        Column("shared", "共有词", "shared terms", drop=1),
        Column("quote", "建议原文", "sentence of the study", drop=6),
        Column("measure_quote", "举措原文", "sentence of the plan", drop=6),
        Column("document", "文件", "document", machine=True),
    )
    rows = [
        {
            "recommendation": one.recommendation.heading,
            "city": pair.other.source.city,
            "ref": pair.other.ref,
            "heading": pair.other.heading,
            "leads": list(pair.other.leads),
            "targets": [f"{promise.name} {promise.text}" for promise in pair.other.targets],
            "score": pair.score,
            "shared": list(pair.shared),
            "quote": pair.one_quote,
            "measure_quote": pair.other_quote,
            "document": pair.other.source.file,
        }
        for one in found
        for pair in one.picked_up
    ]
    taken = sum(bool(one.picked_up) for one in found)
    note = Label(f"{len(found)} 条建议中 {taken} 条被采纳。", f"{taken} of {len(found)} recommendations are picked up.")
    return Table("uptake", columns, rows, Label(f"{document.name}：建议的采纳", f"Uptake of {document.name}"), (note,))


def nowhere_table(found: list[Uptake]) -> Table:
    """The recommendations picked up nowhere."""
    columns = (Column("ref", "编号", "ref"), Column("recommendation", "建议", "recommendation"))
    rows = [
        {"ref": one.recommendation.ref, "recommendation": one.recommendation.heading}
        for one in found
        if not one.picked_up
    ]
    return Table("nowhere", columns, rows, Label("未被采纳的建议", "Picked up nowhere"))
