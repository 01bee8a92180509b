"""``kg extract``: what is found in documents, without building a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from kg.cli.promised import OPERATORS
from kg.cli.reading import read_paths
from kg.cli.shared import NamedPath, Output, encoding_option, kg_command, line_output_options, meta_option, say, warn
from kg.output import Column, Label, Table, to_json, write_lines
from ontology.records import Action, PolicyDocument, Responsibility, Target


@kg_command(
    "extract",
    zh="""读取文件，打印其中的责任和指标，不建图谱。

    --format json 和 jsonl 每行一个 JSON 对象，对应一份文件。""",
    en="""Read documents and print the responsibilities and targets found in them, without building a graph.

    --format json and jsonl print one JSON object a document, one a line.""",
    examples=(
        "kg extract plan.txt",
        "kg extract plans/ --format json > plans.jsonl",
        "kg extract plans/ -o found.xlsx",
    ),
)
@click.argument("paths", nargs=-1, required=True, type=NamedPath(path_type=Path))
@encoding_option
@meta_option
@line_output_options
@click.pass_context
def command(
    context: click.Context, paths: tuple[Path, ...], encoding: str | None, meta: Path | None, output: Output
) -> None:
    """Print what was found."""
    reading = read_paths(paths, encoding, meta)
    reading.tell_problems()
    # A document without an outline has nothing to list, but its record says what became of its text.
    documents = (*reading.documents, *reading.empty)
    body_ids = _BodyIds(documents)
    if documents and output.format in ("json", "jsonl"):
        for path in write_lines(_json_lines(documents, body_ids), output.path):
            warn(say(f"已写入 {path}", f"wrote {path}"))
    elif documents:
        output.write(_responsibilities(documents, body_ids), _targets(documents))
    if reading.problems:
        context.exit(3)


class _BodyIds:
    """The resolver's id of every body, resolved over all documents at once as a build does."""

    def __init__(self, documents: Sequence[PolicyDocument]) -> None:
        from kg.assemble import printed_bodies, printed_body
        from kg.resolve import resolve_bodies

        self._printed_body = printed_body
        self._bodies = resolve_bodies(name for document in documents for name in printed_bodies(document))

    def of(self, document: PolicyDocument, name: str) -> str | None:
        body = self._bodies.get(self._printed_body(document, name))
        return body.uid if body else None


def _theme_ids(document: PolicyDocument, action: Action) -> list[str]:
    from kg.assemble import action_themes

    return [choice.theme for choice in action_themes(document, action)]


def _json_lines(documents: Iterable[PolicyDocument], body_ids: _BodyIds) -> Iterator[str]:
    from loaders.extract import to_json as record

    for document in documents:
        yield to_json(
            record(
                document,
                department=partial(body_ids.of, document),
                themes=partial(_theme_ids, document),
            )
        )


# ------------------------------------------------------------------------------------------------ rows


def _held(document: PolicyDocument) -> Iterator[tuple[str, str, str, Responsibility]]:
    """Every responsibility with its holder's ref, the holder's kind, and the heading it stands under."""
    for section in document.sections:
        for record in section.responsibilities:
            yield section.ref, "section", section.heading, record
    for action in document.actions:
        for record in action.responsibilities:
            yield action.ref, "action", action.heading, record
        for task in action.tasks:
            for record in task.responsibilities:
                yield task.ref, "task", action.heading, record
    for record in document.mentions:
        yield "", "text", "", record


_YES: dict[object, Label] = {True: Label("是", "yes"), False: Label("", "")}
_ROLE: dict[object, Label] = {"lead": Label("牵头", "lead"), "support": Label("配合", "support")}


def _responsibilities(documents: Sequence[PolicyDocument], body_ids: _BodyIds) -> Table:
    columns = (
        Column("file", "文件", "file"),
        Column("city", "城市", "city", drop=9),
        Column("ref", "编号", "ref"),
        Column("holder", "条目", "holder", drop=8),
        Column("heading", "标题", "heading", drop=2),
        Column("body", "部门（原文）", "body as printed"),
        Column("role", "角色", "role", words=_ROLE),
        Column("joint", "共同", "joint", words=_YES),
        Column("duty", "动词", "duty", drop=3),
        Column("basis", "依据", "basis", drop=1),
        Column("collective", "统称", "collective", drop=6, words=_YES),
        Column("certainty", "把握", "certainty", drop=4),
        Column("department", "部门编号", "department", drop=7),
        Column("line", "行", "line", "count", drop=5),
    )
    rows = [
        {
            "file": document.facts.file,
            "city": document.facts.city,
            "ref": ref,
            "holder": holder,
            "heading": heading,
            "body": record.body,
            "role": record.role,
            "joint": record.joint,
            "duty": record.duty,
            "basis": record.basis,
            "collective": record.collective,
            "certainty": record.certainty,
            "department": body_ids.of(document, record.body),
            "line": _line(document, record.span.start),
        }
        for document in documents
        for ref, holder, heading, record in _held(document)
    ]
    return Table("responsibilities", columns, rows, Label("责任", "Responsibilities"), section="file")


def _line(document: PolicyDocument, offset: int) -> int:
    return document.text.count("\n", 0, offset) + 1


def _promised(document: PolicyDocument) -> Iterator[tuple[str, Target]]:
    for target in document.targets:
        yield "", target
    for action in document.actions:
        for target in action.targets:
            yield target.task or action.ref, target


def _targets(documents: Sequence[PolicyDocument]) -> Table:
    columns = (
        Column("file", "文件", "file"),
        Column("city", "城市", "city", drop=6),
        Column("ref", "编号", "ref", drop=1),
        Column("name", "指标", "target"),
        Column("op", "关系", "op", words=OPERATORS),
        Column("value", "数值", "value", "number"),
        Column("value_max", "上限", "up to", "number", drop=4),
        Column("unit", "单位", "unit"),
        Column("per", "每", "per", drop=3),
        Column("deadline", "期限", "deadline"),
        Column("baseline", "基期", "baseline", drop=5),
        Column("quote", "原文", "quote", drop=2),
        Column("line", "行", "line", "count", drop=5),
    )
    rows = [
        {
            "file": document.facts.file,
            "city": document.facts.city,
            "ref": ref,
            "name": target.name,
            "op": target.op,
            "value": target.value,
            "value_max": target.value_max,
            "unit": target.unit,
            "per": target.per,
            "deadline": target.deadline,
            "baseline": target.baseline,
            "quote": "".join(document.text[target.span.start : target.span.end].split()),
            "line": _line(document, target.span.start),
        }
        for document in documents
        for ref, target in _promised(document)
    ]
    return Table("targets", columns, rows, Label("指标", "Targets"), section="file")
