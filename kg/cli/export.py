"""``kg export``: the graph in the formats of other software."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.cli.shared import (
    Command,
    NamedPath,
    debug_option,
    graph_option,
    lang_option,
    opened,
    option,
    refuse_inside_graph,
    say,
    warn,
)
from kg.export import DEFAULT_BASE, EXPORT_FORMATS, ExportFormat
from kg.output import write_lines
from ontology.errors import UsageError

_BASE = re.compile(r"(?:https?://[^/\s]|urn:[A-Za-z0-9])[^\s<>\"{}|\\^`?#;]*[/:]")


class _ExportCommand(Command):
    """Lists the formats below the options."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("格式", "Formats")):
            formatter.write_dl([(form.name, say(form.zh, form.en)) for form in EXPORT_FORMATS.values()])
        super().format_epilog(ctx, formatter)


@click.command(
    "export",
    cls=_ExportCommand,
    zh="""把整个图谱写成其他软件的格式。

    单个文件的格式写到标准输出或 -o 所指文件；csv、parquet 等一类一个文件的，写入 -o 所指文件夹。
    同一图谱每次写出的内容逐字节相同。""",
    en="""Write the whole graph in the format of other software.

    Formats of one file go to standard output or to the file named by -o; those of a file per kind (csv, parquet …) go
    into the folder named by -o. The same graph gives the same bytes every time.""",
    examples=(
        "kg export ttl -o graph.ttl",
        "kg export gexf --graph kg-demo -o graph.gexf",
        "kg export csv -o tables/",
        "kg export register -o 台账.xlsx",
        "kg export nt --base https://example.org/plans/ | gzip > graph.nt.gz",
    ),
)
@click.argument("form", type=click.Choice([*EXPORT_FORMATS]), metavar="FORMAT")
@option(
    "-o", "--output", type=NamedPath(path_type=Path, allow_dash=True),
    zh="写入的文件，或文件夹（csv、parquet 等）；- 为标准输出。",
    en="The file, or the folder (csv, parquet …), to write; - for standard output.",
)  # fmt: skip
@option(
    "--base", metavar="IRI",
    zh=f"RDF 中 IRI 的开头，以 / 或 : 结尾；默认 {DEFAULT_BASE}",
    en=f"What IRIs in RDF begin with, ending in / or :; by default {DEFAULT_BASE}",
)  # fmt: skip
@graph_option
@lang_option
@debug_option
def command(form: str, output: Path | None, base: str | None, graph: str) -> None:
    """Write the graph."""
    chosen = EXPORT_FORMATS[form]
    target = None if output == Path("-") else output
    _refuse(chosen, target, base)
    source = opened(graph)
    if chosen.is_folder and target is not None:
        chosen.fill(source, target)
        warn(say(f"已写入 {target}", f"wrote {target}"))
        return
    if chosen.workbook and target is not None and target.suffix.lower() == ".xlsx":
        chosen.book(source, target)
        warn(say(f"已写入 {target}", f"wrote {target}"))
        return
    for path in write_lines(chosen.lines(source, base or DEFAULT_BASE), target):
        warn(say(f"已写入 {path}", f"wrote {path}"))


def _refuse(chosen: ExportFormat, target: Path | None, base: str | None) -> None:
    """Refuse what makes no sense before anything is read.

    Raises:
        UsageError: a base that is none or that the format has no use for; no folder, or a file, for a folder format;
            a folder for a file format; a place inside a graph folder.
    """
    if base is not None and not chosen.takes_base:
        raise UsageError(
            say(f"{chosen.name} 中没有 IRI", f"there are no IRIs in {chosen.name}"),
            advice=say("去掉 --base", "leave --base out"),
        )
    if base is not None:
        check_base(base)
    if target is None and chosen.is_folder:
        raise UsageError(
            say(f"{chosen.name} 是多个文件，不能写到标准输出", f"{chosen.name} is several files, not one stream"),
            advice=say("用 -o 指定文件夹", "name a folder: -o tables/"),
        )
    if target is None:
        return
    if target.exists() and target.is_dir() != chosen.is_folder:
        raise UsageError(
            say("是文件，不是文件夹", "is a file; this format needs a folder")
            if chosen.is_folder
            else say("是文件夹，不是文件", "is a folder; this format is one file"),
            where=str(target),
            advice=say("换一个名称", f"name another, for example -o graph{chosen.suffix}"),
        )
    refuse_inside_graph(target / "." if not chosen.is_folder else target / "nodes")


def check_base(base: str) -> str:
    """Give the base back where IRIs can begin with it.

    Raises:
        UsageError: it is no absolute IRI that ends in ``/`` or ``:``.
    """
    if not _BASE.fullmatch(base):
        raise UsageError(
            say(f"--base {base}：不能作为 IRI 的开头", f"--base {base}: no IRI can begin with it"),
            advice=say("例如 --base https://example.org/plans/", "for example --base https://example.org/plans/"),
        )
    return base
