"""``kg report``: the group of reports."""

from __future__ import annotations

import click

from kg.cli.shared import LazyGroup, debug_option, lang_option


@click.group(
    "report",
    cls=LazyGroup,
    zh="报告。",
    en="Reports.",
    examples=("kg report workload --city 自贡市", "kg report coverage plans/"),
    commands_by_name={
        "workload": ("kg.cli.report_workload", "Who leads and supports how much.", "谁牵头、配合多少，负担是否集中。"),
        "body": (
            "kg.cli.report_body",
            "All that one body is responsible for, with due dates, targets and quotes.",
            "部门责任清单：一个部门的全部责任，附期限、指标和原文。",
        ),
        "dependencies": (
            "kg.cli.report_dependencies",
            "Who asks whom for support, and what hangs on whom.",
            "谁请谁配合，什么离不开谁。",
        ),
        "targets": (
            "kg.cli.report_targets",
            "What is promised by number, by whom and when; cities compared.",
            "数量指标：谁负责、何时完成；各市对比。",
        ),
        "calendar": (
            "kg.cli.report_calendar",
            "What falls due when, and for whom (xlsx, ics).",
            "台账：何时到期、由谁负责（可导出 xlsx、ics）。",
        ),
        "summary": (
            "kg.cli.report_summary",
            "One page: what was read, and ten findings in plain words.",
            "一页摘要：读了什么，十条发现。",
        ),
        "indicators": (
            "kg.cli.report_indicators",
            "Indicators of business environments by city: who leads, which targets.",
            "营商环境指标牵头一览：各市由谁牵头、有何目标。",
        ),
        "departments": (
            "kg.cli.report_departments",
            "Every name of a body, the body it means, its line of work.",
            "每个部门名称对应的部门、类别和条线。",
        ),
        "overlap": (
            "kg.cli.report_overlap",
            "What cities do alike, who leads it there, by which number.",
            "各市做的同一件事，由谁牵头，指标多少。",
        ),
        "repeats": (
            "kg.cli.report_repeats",
            "What one plan says twice, with other leads or numbers.",
            "同一方案中的重复，牵头部门或数字是否一致。",
        ),
        "uptake": (
            "kg.cli.report_uptake",
            "Which recommendations of a study the plans pick up.",
            "研究报告的建议被方案采纳的情况。",
        ),
        "coverage": (
            "kg.cli.report_coverage",
            "What of each document was read, and what was not.",
            "每份文件读出了多少，哪些没有读出。",
        ),
    },
)
@lang_option
@debug_option
def command() -> None:
    """Run ``kg report``."""
