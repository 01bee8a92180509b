"""``kg report``: the group of reports."""

from __future__ import annotations

import click

from kg.cli.shared import LazyGroup, debug_option, lang_option


@click.group(
    "report",
    cls=LazyGroup,
    zh="报告。",
    en="Reports.",
    examples=("kg report workload --city 自贡市",),
    commands_by_name={
        "workload": ("kg.cli.report_workload", "Who leads and supports how much.", "谁牵头、配合多少，负担是否集中。"),
    },
)
@lang_option
@debug_option
def command() -> None:
    """Run ``kg report``."""
