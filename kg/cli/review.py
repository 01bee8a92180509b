"""``kg review``: what a person should decide about bodies, lines of work, themes and indicators; writing it down."""

from __future__ import annotations

import click

from kg.cli.shared import LazyGroup, debug_option, lang_option


@click.group(
    "review",
    cls=LazyGroup,
    zh="""人工审定：列出存疑的部门合并、未审定的条线、没有把握的主题、新的指标组，并记录决定。

    决定写在图谱文件夹旁的 <图谱>.decisions.csv，建图时不改动它，每次 kg build 都照此执行；
    也可用 Excel 编辑。""",
    en="""Decide: list doubtful merges of bodies, lines of work nobody reviewed, unsure themes and new groups of
    indicators, and record decisions.

    Decisions stand in <graph>.decisions.csv beside the graph folder. No build changes it, every kg build replays it;
    it may be edited in Excel, too.""",
    examples=("kg review list", "kg review decide function 510300:市花卉局 assign forestry --why 三定方案"),
    commands_by_name={
        "list": ("kg.cli.review_list", "What is in doubt, with the evidence.", "列出存疑之处及其依据。"),
        "decide": ("kg.cli.review_decide", "Write down a decision.", "记录一条决定。"),
    },
)
@lang_option
@debug_option
def command() -> None:
    """Run ``kg review``."""
