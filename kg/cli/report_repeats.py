"""``kg report repeats``: what one plan says twice."""

from __future__ import annotations

from kg.cli.report_overlap import TOP, named_cities
from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options
from kg.output import Column, Label, Table
from queries.repeats import Repeat, repeats


@kg_command(
    "repeats",
    zh="""同一方案中两处所做的同一件事：牵头部门是否不同，同一指标的数字是否不同。不一致的排在前面。""",
    en="""What one plan says twice: whether other bodies lead, and whether numbers on one indicator disagree.

    Those that disagree come first.""",
    examples=("kg report repeats --cities 自贡市", "kg report repeats --differing --format csv"),
)
@option("--cities", multiple=True, metavar="NAME[,NAME]", zh="只看这些城市的方案。", en="Only plans of these cities.")
@option("--differing", is_flag=True, zh="只列牵头或数字不同的。", en="Only those with other leads or numbers.")
@option("--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too.")
@graph_option
@output_options
def command(cities: tuple[str, ...], differing: bool, everything: bool, graph: str, output: Output) -> None:
    """Print the report."""
    found = repeats(opened(graph), cities=named_cities(cities))
    kept = [repeat for repeat in found if not differing or repeat.other_leads or repeat.other_numbers]
    output.write(repeat_table(kept, None if everything else TOP))


def repeat_table(found: list[Repeat], top: int | None = TOP) -> Table:
    """A row a repetition, both places side by side."""
    columns = (
        Column("city", "城市", "city"),
        Column("score", "得分", "score", "ratio", drop=4),
        Column("a_ref", "前处", "first"),
        Column("b_ref", "后处", "second"),
        Column("shared", "共有词", "shared terms"),
        Column("numbers", "不同的数字", "numbers that differ"),
        Column("a_leads", "前处牵头", "leads, first", drop=2),
        Column("b_leads", "后处牵头", "leads, second", drop=2),
        Column("other_leads", "牵头不同", "other leads"),
        Column("a_quote", "前处原文", "sentence, first", drop=6),
        Column("b_quote", "后处原文", "sentence, second", drop=6),
        Column("document", "文件", "document", machine=True),
    )
    rows = [
        {
            "city": repeat.pair.one.source.city or repeat.pair.one.source.name,
            "score": repeat.pair.score,
            "a_ref": repeat.pair.one.ref,
            "b_ref": repeat.pair.other.ref,
            "shared": list(repeat.pair.shared),
            "numbers": [f"{one.indicator}: {one.text} / {other.text}" for one, other in repeat.other_numbers],
            "a_leads": list(repeat.pair.one.leads),
            "b_leads": list(repeat.pair.other.leads),
            "other_leads": repeat.other_leads,
            "a_quote": repeat.pair.one_quote,
            "b_quote": repeat.pair.other_quote,
            "document": repeat.pair.one.source.file,
        }
        for repeat in found
    ]
    note = Label(
        "共有词在两句原文中都出现；得分为共有的少见词占两句少见词的比重（0–1）。",
        "Shared terms stand in both sentences; the score is their share of the rare words of both (0–1).",
    )
    return Table(
        "repeats", columns, rows, Label("同一方案中的重复", "Said twice in one plan"), (note,), section="city", top=top
    )
