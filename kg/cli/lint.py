"""``kg lint``: what is wrong or doubtful in documents, with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import cast

import click

from kg.cli.reading import documents_to_report
from kg.cli.shared import (
    NamedPath,
    Output,
    encoding_option,
    graph_option,
    kg_command,
    language,
    option,
    output_options,
    say,
)
from kg.output import Column, Label, Table
from ontology.errors import UsageError
from ontology.findings import FINDING_KINDS, SEVERITIES, advice, message
from ontology.records import About, Severity
from queries.findings import PlacedFinding, placed_findings, selected

_SEVERITY: dict[object, Label] = {
    "error": Label("错误", "error"),
    "warning": Label("警告", "warning"),
    "info": Label("提示", "info"),
}
_VALUE = re.compile(r"\{\w+\}")
_ABOUT: dict[object, Label] = {"reading": Label("读取", "reading"), "plan": Label("方案", "plan")}


@kg_command(
    "lint",
    zh="""列出有误或存疑之处：程序没有读懂的（reading），和方案本身的（plan）。每条都有位置、原文和建议。

    给出 PATH 时重新读取这些文件；否则取图谱中记录的问题。有问题列出时退出码为 1，没有为 0；
    有文件不能读取时其余照常检查，退出码为 3。""",
    en="""List what is wrong or doubtful: what was not understood (reading), and what the plan itself gets wrong (plan).

    With PATHs these files are read afresh; without, the findings that the graph keeps are shown. The exit code is 1
    where findings are listed and 0 where none are; a file that cannot be read is told, the others are checked, and
    the exit code is 3.""",
    examples=(
        "kg lint plans/",
        "kg lint plans/ --severity info --code marker-word",
        "kg lint --graph kg-graph --format csv",
        "kg lint --list-codes",
    ),
)
@click.argument("paths", nargs=-1, type=NamedPath(path_type=Path), metavar="[PATH]...")
@option(
    "--about", type=click.Choice(["reading", "plan", "all"]), default="all", show_default=True,
    zh="只看读取方面的，或方案本身的。", en="Findings about our reading, or about the plan itself.",
)  # fmt: skip
@option(
    "--severity", type=click.Choice(SEVERITIES), default="warning", show_default=True,
    zh="列出的最低等级。", en="The lightest that is shown.",
)  # fmt: skip
@option("--code", "codes", multiple=True, metavar="CODE", zh="只看这种问题，可重复。", en="Only this code; repeatable.")
@option("--off", multiple=True, metavar="CODE", zh="不看这种问题，可重复。", en="Without this code; repeatable.")
@option("--list-codes", is_flag=True, zh="列出所有问题种类。", en="List all codes with their meaning.")
@encoding_option
@graph_option
@output_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    about: str,
    severity: str,
    codes: tuple[str, ...],
    off: tuple[str, ...],
    list_codes: bool,
    encoding: str | None,
    graph: str,
    output: Output,
) -> None:
    """List the findings."""
    _refuse_unknown((*codes, *off))
    if list_codes:
        output.write(_codes())
        return
    given = documents_to_report(context, paths, graph, encoding, checked=True)
    everything = selected(
        placed_findings(given.documents, given.findings),
        about=None if about == "all" else cast("About", about), codes=codes, off=off,
    )  # fmt: skip
    shown = selected(everything, severity=cast("Severity", severity))
    severities = {placed.finding.severity for placed in everything}
    lightest: Severity = next((each for each in SEVERITIES if each in severities), "info")
    output.write(_findings(shown, len(given.documents), len(everything) - len(shown), lightest))
    if given.lost or shown:
        context.exit(3 if given.lost else 1)


def _refuse_unknown(codes: Collection[str]) -> None:
    for code in codes:
        if code not in FINDING_KINDS:
            near = get_close_matches(code, FINDING_KINDS, 1)
            raise UsageError(
                say(f"没有问题种类 {code!r}", f"there is no code {code!r}"),
                advice=say(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
                if near
                else say("全部种类：kg lint --list-codes", "all codes: kg lint --list-codes"),
            )


def _findings(shown: Sequence[PlacedFinding], documents: int, hidden: int, lightest: Severity) -> Table:
    """The findings as a table; ``hidden`` more are lighter than what is shown, down to ``lightest``."""
    columns = (
        Column("file", "文件", "file"),
        Column("line", "行", "line", "count", drop=2),
        Column("ref", "编号", "ref", drop=4),
        Column("severity", "等级", "severity", words=_SEVERITY),
        Column("about", "关于", "about", drop=3, words=_ABOUT),
        Column("code", "种类", "code"),
        Column("quote", "原文", "quote", drop=1),
        Column("message", "说明", "message"),
        Column("advice", "建议", "advice", machine=True),
        Column("start", "起", "start", "count", machine=True),
        Column("end", "止", "end", "count", machine=True),
    )
    rows = [_row(placed) for placed in shown]
    counts = Counter(placed.finding.severity for placed in shown)
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    zh = "，".join(f"{counts[name]} 条{_SEVERITY[name].zh}" for name in severities if counts[name])
    en = ", ".join(_count(counts[name], _SEVERITY[name].en) for name in severities if counts[name])
    title = Label(f"{documents} 份文件：{zh or '没有问题'}", f"{_count(documents, 'document')}: {en or 'no findings'}")
    return Table("findings", columns, rows, title, tuple(_notes(shown, hidden, lightest)), section="file")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _row(placed: PlacedFinding) -> dict[str, object]:
    finding = placed.finding
    return {
        "file": finding.file,
        "line": placed.line,
        "ref": placed.ref,
        "severity": finding.severity,
        "about": finding.about,
        "code": finding.code,
        "quote": finding.quote,
        "message": message(finding, language()),
        "advice": advice(finding, language()),
        "start": finding.span.start if finding.span else None,
        "end": finding.span.end if finding.span else None,
    }


def _notes(shown: Sequence[PlacedFinding], hidden: int, lightest: Severity) -> list[Label]:
    """What each code on the list asks for, and what the list leaves out."""
    counts = Counter(placed.finding.code for placed in shown)
    notes = [
        Label(f"{code}（{count}）：{kind.advice_zh}。", f"{code} ({count}): {kind.advice_en}.")
        for code, kind in FINDING_KINDS.items()
        if (count := counts[code])
    ]
    if hidden:
        notes.append(
            Label(
                f"另有 {hidden} 条较轻的未列出：--severity {lightest}。",
                f"Not listed, being lighter: {hidden} (--severity {lightest}).",
            )
        )
    return notes


def _codes() -> Table:
    columns = (
        Column("code", "种类", "code"),
        Column("severity", "等级", "severity", words=_SEVERITY),
        Column("about", "关于", "about", drop=3, words=_ABOUT),
        Column("message", "含义", "meaning"),
        Column("advice", "建议", "what to do", drop=1),
        Column("example", "示例", "example", machine=True),
    )
    chinese = language() == "zh"
    rows = [
        {
            "code": kind.code,
            "severity": kind.severity,
            "about": kind.about,
            "message": _VALUE.sub("…", kind.zh if chinese else kind.en),
            "advice": kind.advice_zh if chinese else kind.advice_en,
            "example": kind.example,
        }
        for kind in FINDING_KINDS.values()
    ]
    return Table("codes", columns, rows, Label("问题种类", "Codes of findings"))
