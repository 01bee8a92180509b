"""``kg report coverage``: what of each document was read, and what was not."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.reading import documents_to_report
from kg.cli.shared import (
    NamedPath,
    Output,
    encoding_option,
    graph_option,
    kg_command,
    option,
    output_options,
    say,
    warn,
)
from kg.output import Column, Label, Table
from ontology.findings import CLASS_NAMES, READ_CLASSES, SET_ASIDE_CLASSES
from ontology.records import StretchClass
from queries.coverage import DUTY_WORDS, MARKER_WORDS, Coverage, CoverageReport, coverage, figures

_TOTAL: dict[object, Label] = {None: Label("合计", "total")}


@kg_command(
    "coverage",
    zh="""每份文件：读出多少、搁置多少及原因、存疑多少；条款、部门、举措、没有牵头的举措；责任的把握；标志词在条款内外。

    占比以非空白字符为 100%，每个字符只归一类。给出 PATH 时重新读取这些文件，否则取图谱。
    最后一行为合计（csv、json 中 file 为空）。""",
    en="""Per document: how much was read, set aside (and why) or left in findings; clauses, bodies, actions, actions
    without a lead; how sure the responsibilities are; marker words inside and outside clauses.

    Shares are of the characters that are no white space; every character is in one class. With PATHs these files are
    read afresh, without the graph is taken. The last row is the total (in csv and json its file is empty).""",
    examples=(
        "kg report coverage",
        "kg report coverage plans/ --fail-under 95",
        "kg report coverage plans/ -o coverage.xlsx",
    ),
)
@click.argument("paths", nargs=-1, type=NamedPath(path_type=Path), metavar="[PATH]...")
@option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    zh="牵头、责任单位、责任部门三个词，在全部文件中位于责任条款内或已读作职责的句子内的比例低于此百分数时，"
    "退出码为 1；列为问题的不算读出。文件中没有这些词时不作判断。",
    en="Exit with 1 where, over all documents together, less than this percentage of the words 牵头, 责任单位 and "
    "责任部门 stands in a recognised clause or in a sentence that was read as a duty; those listed as findings count "
    "as not read. Where no such word occurs nothing is compared.",
)
@encoding_option
@graph_option
@output_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    fail_under: float | None,
    encoding: str | None,
    graph: str,
    output: Output,
) -> None:
    """Print the report."""
    given = documents_to_report(context, paths, graph, encoding)
    report = coverage(given.documents)
    output.write(*_tables(report))
    read = report.total.marker(DUTY_WORDS).read
    below = fail_under is not None and read is not None and read * 100 < fail_under
    if below:
        words = "、".join(DUTY_WORDS)
        warn(
            say(
                f"{words}：读出 {read:.2%}，低于 {fail_under:g}%",
                f"{words}: {read:.2%} were read, less than {fail_under:g} %",
            ),
            color="red",
        )
    if given.lost or below:
        context.exit(3 if given.lost else 1)


def _tables(report: CoverageReport) -> list[Table]:
    return [_documents(report), _responsibilities(report), _characters(report.total), _markers(report.total)]


def _documents(report: CoverageReport) -> Table:
    detail = [
        Column(key, label, label, "number", machine=True)
        for key, label in (
            *((f"share_{_slug(name)}", CLASS_NAMES[name][1]) for name in (*READ_CLASSES, *SET_ASIDE_CLASSES)),
            *((key, key) for key in _MACHINE),
        )
    ]
    columns = (
        Column("file", "文件", "file", words=_TOTAL),
        Column("city", "城市", "city"),
        Column("characters", "字符", "characters", "count", drop=6),
        Column("read", "读出", "read", "share"),
        Column("set_aside", "搁置", "set aside", "share"),
        Column("in_findings", "待查", "to check", "share"),
        Column("actions", "举措", "actions", "count", drop=1),
        Column("unled", "无牵头", "no lead", "count"),
        Column("clauses", "条款", "clauses", "count", drop=3),
        Column("markers_in_clauses", "词在条款内", "words in", "count", drop=5),
        Column("markers_outside", "词在条款外", "words out", "count", drop=4),
        Column("duty_words_read", "牵头词读出", "duty words", "share"),
        Column("errors", "错误", "errors", "count", drop=7),
        Column("warnings", "警告", "warnings", "count", drop=2),
        Column("infos", "提示", "infos", "count", drop=8),
        *detail,
    )
    notes = (
        Label(
            "读出：标题、举措、任务、责任条款和目标指标；搁置：引言、落款等，原因见下；待查：举措之外含有职责用语的句子。"
            "占比以非空白字符为 100%。",
            "read: headings, actions, tasks, clauses and targets of goal sections; set aside: preamble, imprint and "
            "the like, by reason below; to check: sentences outside the actions with a word of duty. Shares are of the "
            "characters that are no white space.",
        ),
        Label(
            f"无牵头：举措及其任务、所在标题都没有牵头部门。词：{'、'.join(MARKER_WORDS)}；"
            f"牵头词读出：{'、'.join(DUTY_WORDS)}在条款或已读作职责的句子内的比例。",
            f"no lead: actions for which neither they, their tasks nor a heading above names one. words in, out: "
            f"{'、'.join(MARKER_WORDS)} inside and outside clauses; duty words: share of {'、'.join(DUTY_WORDS)} in a "
            "clause or in a sentence read as a duty.",
        ),
    )
    count = len(report.documents)
    title = Label(f"读取覆盖率（{count} 份文件）", f"Coverage of {count} document{'s' * (count != 1)}")
    return Table("documents", columns, [figures(row) for row in _rows(report)], title, notes)


_MACHINE = (
    "kind", "status", "documents", "blank", "unaccounted", "tasks", "bodies", "responsibilities", "printed",
    "convention", "guess", "markers", "markers_in_sentences", "markers_in_findings", "markers_nowhere", "duty_words",
)  # fmt: skip
"""Figures that stand in csv and json only, or in another table for people."""


def _slug(name: StretchClass) -> str:
    return name.replace(" ", "_").replace("-", "_")


def _rows(report: CoverageReport) -> tuple[Coverage, ...]:
    return (*report.documents, report.total)


def _responsibilities(report: CoverageReport) -> Table:
    columns = (
        Column("file", "文件", "file", words=_TOTAL),
        Column("bodies", "部门名称", "bodies", "count"),
        Column("responsibilities", "责任", "responsibilities", "count"),
        Column("printed", "写明", "printed", "share"),
        Column("convention", "惯例", "convention", "share"),
        Column("guess", "推测", "guess", "share"),
    )
    note = Label(
        "写明：动词、标签或文中规则写明角色；惯例：此类名单的通常读法；推测：文中没有依据。部门名称按原文计，合计为各文件之和。",
        "printed: a verb, a label or a printed rule gives the role; convention: the usual reading of such lists; "
        "guess: nothing in the text says it. bodies: different names as printed; the total adds up all documents.",
    )
    rows = [{column.key: figures(row)[column.key] for column in columns} for row in _rows(report)]
    return Table("responsibilities", columns, rows, Label("责任的把握", "How sure the responsibilities are"), (note,))


def _characters(total: Coverage) -> Table:
    columns = (
        Column("class", "类别", "class", words={name: Label(*names) for name, names in _CLASSES.items()}),
        Column("fate", "处理", "what became of it", words=_FATES),
        Column("characters", "字符", "characters", "count"),
        Column("share", "占比", "share", "share"),
    )
    counts: list[tuple[str, str, int, float | None]] = [
        *((name, "read", total.classes[name], total.share(name)) for name in READ_CLASSES),
        ("finding", "finding", total.classes["finding"], total.share("finding")),
        *((name, "set aside", total.classes[name], total.share(name)) for name in SET_ASIDE_CLASSES),
        ("unaccounted", "lost", total.unaccounted, total.unaccounted / total.printed if total.printed else None),
        ("white space", "blank", total.blank, None),
    ]
    rows = [
        {"class": name, "fate": fate, "characters": count, "share": share}
        for name, fate, count, share in counts
        if count or fate == "lost"
    ]
    rows.append({"class": None, "fate": None, "characters": total.characters, "share": None})
    return Table("characters", columns, rows, Label("每个字符归入何处", "Where every character is"))


_CLASSES: dict[object, tuple[str, str]] = {
    **dict(CLASS_NAMES.items()),
    "unaccounted": ("未归类", "in no class"),
    "white space": ("空白", "white space"),
    None: ("合计", "total"),
}
_FATES: dict[object, Label] = {
    "read": Label("读出", "read"),
    "finding": Label("待查", "to check"),
    "set aside": Label("搁置", "set aside"),
    "lost": Label("遗漏", "lost"),
    "blank": Label("不计", "not counted"),
}


def _markers(total: Coverage) -> Table:
    columns = (
        Column("word", "标志词", "word", words=_TOTAL),
        Column("count", "次数", "number", "count"),
        Column("clause", "条款内", "in clauses", "count"),
        Column("sentence", "职责句内", "in sentences", "count"),
        Column("finding", "列为问题", "in findings", "count"),
        Column("nowhere", "无着落", "nowhere", "count"),
        Column("read", "读出", "read", "share"),
    )
    marked = [*((word, total.marker((word,))) for word in MARKER_WORDS), (None, total.marker())]
    rows = [
        {
            "word": word,
            "count": markers.total,
            "clause": markers.clause,
            "sentence": markers.sentence,
            "finding": markers.finding,
            "nowhere": markers.nowhere,
            "read": markers.read,
        }
        for word, markers in marked
    ]
    note = Label(
        "读出：在责任条款内，或在读作职责的句子内。其余逐条列出：kg lint --severity info。",
        "read: in a clause, or in a sentence read as a duty. The others one by one: kg lint --severity info.",
    )
    return Table("markers", columns, rows, Label("标志词", "Marker words"), (note,))
