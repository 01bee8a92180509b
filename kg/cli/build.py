"""``kg build``: from files to a graph folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from kg.cli.counted import KIND
from kg.cli.reading import Reading, read_paths
from kg.cli.shared import (
    NamedPath,
    encoding_option,
    kg_command,
    language,
    meta_option,
    option,
    refuse_inside_graph,
    say,
    warn,
)
from kg.output import Column, Label, Table, wrapped, write_tables
from kg.records import GraphRecords, Value
from ontology.errors import InputError
from ontology.findings import message
from ontology.records import Action, PolicyDocument, Responsibility, Section, Task

ON_SCREEN = 30
"""Documents a terminal shows; a pipe gets all."""


@kg_command(
    "build",
    zh="""由方案文件建立图谱：只含给出的文件，文件夹逐层查找。

    有文件不能读取时，其余照常建立，退出码为 3；没有一个能读取时，原有图谱不变。""",
    en="""Build a graph from plans: exactly the files given, folders walked.

    A file that cannot be read is reported, the rest is built, and the exit code is 3. Where nothing can be read nothing
    is written and an older graph stays as it is.""",
    examples=("kg build plans/", "kg build a.txt b.txt -o city-graph", "kg build old/ --encoding gb18030"),
)
@click.argument("paths", nargs=-1, required=True, type=NamedPath(path_type=Path))
@option(
    "-o",
    "--output",
    "folder",
    default="kg-graph",
    show_default=True,
    metavar="DIR",
    type=NamedPath(path_type=Path),
    zh="图谱文件夹。",
    en="Folder of the graph.",
)
@option(
    "--decisions",
    "decided",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    zh="决定文件（kg review）；默认为图谱旁的 <图谱>.decisions.csv，没有则不用。",
    en="File of decisions (kg review); by default <graph>.decisions.csv beside the graph, if it is there.",
)
@option(
    "--expand-collectives",
    "expand",
    is_flag=True,
    zh="为“各县（市、区）人民政府”等统称补出所指的各地政府（HAS_MEMBER）；不增加责任。",
    en="Add the governments that names such as 各县（市、区）人民政府 mean (HAS_MEMBER); no responsibility is added.",
)
@option(
    "--no-overlaps",
    is_flag=True,
    zh="不比较各文件的举措（OVERLAPS、REPEATS）；相应报告将为空。",
    en="Do not compare the measures of the documents (OVERLAPS, REPEATS); the reports on overlap stay empty.",
)
@encoding_option
@meta_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    folder: Path,
    encoding: str | None,
    meta: Path | None,
    decided: Path | None,
    expand: bool,
    no_overlaps: bool,
) -> None:
    """Build the graph."""
    refuse_inside_graph(folder)
    reading, records = build_graph(
        paths, folder, encoding, decided, meta, expand_collectives=expand, overlaps=not no_overlaps
    )
    write_tables([summary(reading.documents, records), facts_table(reading.documents)], lang=language())
    click.echo("\n" + wrapped(totals(reading.documents, records, folder)))
    for finding in records.findings:
        if finding.code == "same-document":
            warn(f"{finding.file}: {message(finding, language())}")
    reading.tell_problems()
    if reading.problems:
        context.exit(3)


def build_graph(
    paths: Sequence[Path],
    folder: Path,
    encoding: str | None = None,
    decided: Path | None = None,
    meta: Path | None = None,
    *,
    expand_collectives: bool = False,
    overlaps: bool = True,
) -> tuple[Reading, GraphRecords]:
    """Read ``paths`` and write the graph folder; gives what was read and what was written.

    ``decided`` is the file of decisions, by default the one beside the folder, if there is one;
    ``meta`` a file of facts; ``expand_collectives`` is as for :func:`kg.assemble.assemble`; without ``overlaps`` no
    measures are compared.

    Raises:
        InputError: not one file could be read; nothing is written.
        GraphLockedError: another process writes this folder.
    """
    from kg.assemble import assemble
    from kg.build import lock_graph, write_graph
    from kg.duplicates import without_repeats
    from kg.overlap.edges import with_overlaps
    from kg.resolve.decisions import NO_DECISIONS, decisions_path, read_decisions

    file = decided or decisions_path(folder)
    decisions = read_decisions(file) if decided or file.exists() else NO_DECISIONS
    with lock_graph(folder):
        reading = read_paths(paths, encoding, meta)
        if not reading.documents:
            reading.tell_problems()
            raise InputError(
                say("没有一个文件能读取，图谱未写入", "not one file could be read; nothing was written"),
                advice=say("按上面各行改正后再试", "mend what the lines above name and try again"),
            )
        documents, repeats = without_repeats(reading.documents)
        records = assemble(documents, reading.inputs, decisions, expand_collectives=expand_collectives, loose=repeats)
        if overlaps:
            records = with_overlaps(records)
        settings = {
            "encoding": encoding,
            "decisions": decisions.digest,
            "expand_collectives": expand_collectives,
            "no_overlaps": not overlaps,
            "given": {document.facts.file: _given(document) for document in documents if document.facts.given},
        }
        write_graph(records, folder, settings={name: value for name, value in settings.items() if value})
    return replace(reading, documents=tuple(documents)), records


def _given(document: PolicyDocument) -> dict[str, object]:
    """The facts that were given by hand, as the manifest keeps them."""
    return {name: getattr(document.facts, name) for name in document.facts.given}


# ------------------------------------------------------------------------------------------------ summary

_STATUS: dict[object, Label] = {
    "draft": Label("征求意见稿", "draft"),
    "issued": Label("已印发", "issued"),
    "study": Label("研究", "study"),
}


_FACT: dict[str, Label] = {
    "city": Label("城市", "city"),
    "title": Label("标题", "title"),
    "issued": Label("印发日期", "issued"),
    "period": Label("期间", "period"),
    "kind": Label("类别", "kind"),
    "status": Label("状态", "status"),
}


def facts_table(documents: Sequence[PolicyDocument]) -> Table:
    """What was taken for the facts of each document: from its text, or given by hand."""
    columns = (
        Column("file", "文件", "file"),
        Column("title", "标题", "title", drop=4),
        Column("city", "城市", "city"),
        Column("issued", "印发日期", "issued", drop=2),
        Column("period", "期间", "period", drop=1),
        Column("kind", "类别", "kind", drop=3, words=KIND),
        Column("status", "状态", "status", words=_STATUS),
        Column("given", "人工给出", "given"),
    )
    notes = (
        Label(
            "文件信息由程序从原文判断；“人工给出”所列的取自 --meta 或 kg-meta 文件。有误可用其更正。",
            "Facts are taken from the texts; those under “given” come from --meta or a kg-meta file, which is also how "
            "to correct one.",
        ),
    )
    return Table("facts", columns, [_facts_row(document) for document in documents], notes=notes, top=ON_SCREEN)


def _facts_row(document: PolicyDocument) -> dict[str, object]:
    facts = document.facts
    return {
        "file": facts.file,
        "title": facts.title,
        "city": facts.city or facts.province,
        "issued": facts.issued,
        "period": "-".join(map(str, dict.fromkeys(facts.period))) if facts.period else None,
        "kind": facts.kind,
        "status": facts.status,
        "given": [_FACT[name].text(language()) for name in facts.given],
    }


def summary(documents: Sequence[PolicyDocument], records: GraphRecords) -> Table:
    """What was read, a row a document."""
    columns = (
        Column("file", "文件", "file"),
        Column("city", "城市", "city"),
        Column("status", "状态", "status", drop=3, words=_STATUS),
        Column("actions", "举措", "actions", "count"),
        Column("tasks", "任务", "tasks", "count", drop=4),
        Column("bodies", "部门", "bodies", "count", drop=5),
        Column("responsibilities", "责任", "responsibilities", "count"),
        Column("certain", "写明", "printed", "share", drop=1),
        Column("targets", "指标", "targets", "count"),
        Column("findings", "问题", "findings", "count"),
    )
    notes = (
        Label(
            "写明：原文写明角色的责任所占比例，其余依惯例或推测。问题：错误和警告，用 kg lint 查看。",
            "printed: share of the responsibilities whose role the text prints; the others rest on convention or a "
            "guess. findings: errors and warnings; kg lint shows them.",
        ),
        Label(
            "部门：负有责任的部门，此处按各文件写出的名称计；合计中同一部门的不同写法和不同文件只计一次。",
            "bodies: those with a responsibility, here by printed name; the total counts a body once, however it is "
            "written and in however many documents.",
        ),
    )
    graver = Counter(finding.document for finding in records.findings if finding.severity != "info")
    found = {(row["file"], row["sha256"]): graver[str(row["uid"])] for row in records.nodes.get("Document", ())}
    rows = [_row(document, found[document.facts.file, document.facts.sha256]) for document in documents]
    return Table("documents", columns, rows, notes=notes, top=ON_SCREEN)


def _responsibilities(document: PolicyDocument) -> list[Responsibility]:
    tasks = [task for action in document.actions for task in action.tasks]
    holders: list[Section | Action | Task] = [*document.sections, *document.actions, *tasks]
    return [record for holder in holders for record in holder.responsibilities]


def _row(document: PolicyDocument, findings: int) -> dict[str, object]:
    named = _responsibilities(document)
    facts = document.facts
    return {
        "file": facts.file,
        "city": facts.city or facts.province,
        "status": "study" if facts.kind == "study" else facts.status,
        "actions": len(document.actions),
        "tasks": sum(len(action.tasks) for action in document.actions),
        "bodies": len({record.body for record in named}),
        "responsibilities": len(named),
        "certain": sum(record.certainty == "printed" for record in named) / len(named) if named else None,
        "targets": len(document.targets) + sum(len(action.targets) for action in document.actions),
        "findings": findings,
    }


def _responsible(records: GraphRecords) -> set[Value]:
    """The bodies of the responsibilities that are counted; what running text says is not."""
    return {
        row["source"]
        for (source, relation, _), rows in records.edges.items()
        if source == "Department" and relation in ("LEADS", "SUPPORTS")
        for row in rows
        if row["basis"] != "text"
    }


def totals(documents: Sequence[PolicyDocument], records: GraphRecords, folder: Path) -> str:
    """The graph in one line."""
    nodes = {label: len(rows) for label, rows in records.nodes.items()}
    cities = {row["source"] for row in records.edges.get(("City", "ISSUED", "Document"), ())}
    cities |= {row["target"] for row in records.edges.get(("Document", "ABOUT", "City"), ())}
    counts = (
        (len(documents), "份文件", "document", "documents"),
        (len(cities), "个城市", "city", "cities"),
        (nodes.get("Action", 0), "项举措", "action", "actions"),
        (nodes.get("Task", 0), "项任务", "task", "tasks"),
        (len(_responsible(records)), "个负有责任的部门", "body with a responsibility", "bodies with a responsibility"),
        (
            sum(len(_responsibilities(document)) for document in documents),
            "条责任",
            "responsibility",
            "responsibilities",
        ),
        (nodes.get("Target", 0), "个指标", "target", "targets"),
    )
    zh = "，".join(f"{count} {unit}" for count, unit, _, _ in counts)
    en = ", ".join(f"{count} {one if count == 1 else many}" for count, _, one, many in counts)
    return say(f"{folder}：{zh}", f"{folder}: {en}")
