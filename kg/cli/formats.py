"""``kg formats``: which kinds of file are read, and what to do with the others."""

from __future__ import annotations

from kg.cli.shared import Output, kg_command, language, output_options
from kg.output import Column, Label, Table
from loaders.formats import FORMATS
from ontology.errors import in_language

_READ: dict[object, Label] = {True: Label("是", "yes"), False: Label("否", "no")}


@kg_command(
    "formats",
    zh="列出能读取的文件格式；不能读取的，说明怎样转换。格式按内容判断，与扩展名无关。",
    en="List the kinds of file that are read, and how to convert the others. The content tells what a file is, not its "
    "name.",
    examples=("kg formats", "kg formats --format json"),
)
@output_options
def command(output: Output) -> None:
    """Print the table."""
    output.write(_formats())


def _formats() -> Table:
    columns = (
        Column("key", "代号", "key", machine=True),
        Column("name", "格式", "kind"),
        Column("suffixes", "扩展名", "suffixes"),
        Column("read", "可读取", "read", words=_READ),
        Column("advice", "说明", "remarks"),
    )
    rows = [
        {
            "key": each.key,
            "name": in_language(each.name, language()),
            "suffixes": " ".join(each.suffixes),
            "read": each.reader is not None,
            "advice": in_language(each.advice, language()),
        }
        for each in FORMATS.values()
    ]
    return Table("formats", columns, rows, Label("文件格式", "Kinds of file"))
