"""``kg neo4j check``: whether a database holds exactly what a graph folder does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.neo4j_address import folder_only, server_options
from kg.cli.neo4j_load import KINDS
from kg.cli.shared import Output, graph_option, kg_command, output_options
from kg.output import Column, Label, Table

if TYPE_CHECKING:
    from kg.neo4j.check import Compared


@kg_command(
    "check",
    zh="""核对数据库与图谱文件夹：每类节点和关系的数量与校验和，按实际存储的内容计算。

    数据库中的其他文件不参与核对。全部一致时退出码为 0，否则为 1。""",
    en="""Compare a database with a graph folder: the number of every kind of node and relation, and a checksum of what
    is really stored.

    The database's other documents are left out. The exit code is 0 where all is the same and 1 where it is not.""",
    examples=("kg neo4j check --graph kg-graph", "kg neo4j check --format csv > check.csv"),
)
@server_options
@graph_option
@output_options
@click.pass_context
def command(
    context: click.Context, uri: str | None, user: str | None, database: str | None, graph: str, output: Output
) -> None:
    """Compare."""
    from kg.neo4j.check import check
    from kg.neo4j.connection import Connection, address_of

    source = folder_only(graph)
    address = address_of(uri, user, database)
    with Connection(address) as connection:
        compared = check(source, connection)
    output.write(check_table(compared, str(address)))
    if not all(each.same for each in compared):
        context.exit(1)


def check_table(compared: Sequence[Compared], where: str) -> Table:
    """The comparison as a table, a row a label, relation or kind of text."""
    columns = (
        Column("kind", "种类", "kind", words=KINDS),
        Column("name", "名称", "name"),
        Column("graph", "图谱", "graph", "count"),
        Column("database", "数据库", "database", "count"),
        Column("same", "一致", "same", words={True: Label("是", "yes"), False: Label("否", "NO")}),
        Column("graph_checksum", "图谱校验和", "checksum of graph", drop=2),
        Column("database_checksum", "数据库校验和", "checksum of database", drop=1),
    )
    rows = [{column.key: getattr(each, column.key) for column in columns} for each in compared]
    differ = sum(not each.same for each in compared)
    title = (
        Label(f"{where}：{differ} 类不一致", f"{where}: {differ} kinds differ")
        if differ
        else Label(f"{where}：与图谱一致", f"{where}: the same as the graph")
    )
    note = Label("不一致时再装载一次：kg neo4j load。", "Where they differ, load again: kg neo4j load.")
    return Table("check", columns, rows, title, (note,) if differ else ())
