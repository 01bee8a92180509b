"""``kg template``: an empty register to fill in by hand."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.shared import NamedPath, kg_command, option, refuse_inside_graph, say, warn
from kg.output import replacing, write_lines
from ontology.errors import UsageError


@kg_command(
    "template",
    zh="""写出空白的责任台账，供人工填写后用 kg build 读取。

    .xlsx 有下拉列表、示例行和逐栏的填写说明；.csv 只有标题和示例行。示例行用毕删除。""",
    en="""Write an empty register (责任台账) to be filled in by hand and read by kg build.

    An .xlsx has drop-downs, an example row and a sheet that explains every column; a .csv has headings and the example
    row. Delete the example row when you are done with it.""",
    examples=("kg template register -o 台账.xlsx", "kg template register -o register.csv"),
)
@click.argument("what", type=click.Choice(["register"]), metavar="register")
@option(
    "-o", "--output", required=True, type=NamedPath(path_type=Path, dir_okay=False),
    zh="要写的文件：.xlsx 或 .csv。", en="The file to write: .xlsx or .csv.",
)  # fmt: skip
def command(what: str, output: Path) -> None:
    """Write the template."""
    from kg.export.register import csv_of, example_row, write_workbook

    refuse_inside_graph(output)
    if output.exists():
        raise UsageError(
            say("文件已存在", "the file exists"),
            where=str(output),
            advice=say("换一个文件名，以免覆盖已填内容", "name another, so that nothing filled in is lost"),
        )
    suffix = output.suffix.lower()
    if suffix == ".xlsx":
        with replacing(output) as temporary:
            write_workbook([example_row()], temporary)
    elif suffix == ".csv":
        write_lines(csv_of([example_row()]), output)
    else:
        raise UsageError(
            say(f"不能写 {suffix or '没有扩展名的文件'}", f"{suffix or 'a file without suffix'} is not written"),
            where=str(output),
            advice=say("用 .xlsx 或 .csv", f"end the name of the {what} in .xlsx or .csv"),
        )
    warn(say(f"已写入 {output}", f"wrote {output}"))
