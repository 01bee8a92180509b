"""``kg neo4j load``: bring a database to what a graph folder says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.neo4j_address import folder_only, server_options
from kg.cli.shared import Output, graph_option, kg_command, option, output_options, say, warn
from kg.output import Column, Label, Table

if TYPE_CHECKING:
    from kg.neo4j.load import LoadReport


@kg_command(
    "load",
    zh="""把图谱文件夹装载到 Neo4j 数据库。先比较，只写入差异：重复装载不改变任何内容；中断后再装载一次即可。

    只移除本图谱所含文件中不再存在的内容；数据库中的其他文件保留，未能读入的文件也保留原有内容。
    加 --prune 时，移除本图谱没有的文件。密码取自环境变量 NEO4J_PASSWORD。""",
    en="""Load a graph folder into a Neo4j database. Both are compared first and only the difference is written: a
    second load changes nothing, and a load that was broken off is repeated by loading again.

    Removed is only what this graph's own documents no longer hold. The database's other documents stay, and so does
    what it has of files that could not be read; --prune removes documents that this graph lacks. The password is in
    the environment, in NEO4J_PASSWORD.""",
    examples=(
        "kg neo4j load --graph kg-graph --uri neo4j://localhost:7687",
        "kg neo4j load --dry-run",
        "kg neo4j load --prune --database plans",
    ),
)
@option(
    "--prune", is_flag=True,
    zh="移除数据库中本图谱没有的文件。", en="Remove the database's documents that this graph lacks.",
)  # fmt: skip
@option(
    "--dry-run", is_flag=True,
    zh="只列出将新增、更改和移除多少，不写入。", en="Only count what would be made, changed and removed.",
)  # fmt: skip
@server_options
@graph_option
@output_options
def command(
    prune: bool,
    dry_run: bool,
    uri: str | None,
    user: str | None,
    database: str | None,
    graph: str,
    output: Output,
) -> None:
    """Load."""
    from kg.neo4j.connection import Connection, address_of
    from kg.neo4j.load import load

    source = folder_only(graph)
    address = address_of(uri, user, database)
    with Connection(address) as connection, _progress() as told:
        report = load(source, connection, prune=prune, dry_run=dry_run, versions=source.manifest.versions, told=told)
    output.write(changes_table(report, str(address)))
    if report.kept and not prune:
        warn(
            say(
                f"数据库中另有 {report.kept} 份文件保留不动",
                f"{report.kept} other documents of the database stay as they are",
            )
        )


def changes_table(report: LoadReport, where: str) -> Table:
    """What a load makes, changes and removes, a row a kind that changes."""
    columns = (
        Column("kind", "种类", "kind", words=KINDS),
        Column("name", "名称", "name"),
        Column("created", "新增", "created", "count"),
        Column("updated", "更改", "updated", "count"),
        Column("removed", "移除", "removed", "count"),
    )
    rows: list[dict[str, object]] = [
        {"kind": change.kind, "name": change.name, "created": change.created, "updated": change.updated,
         "removed": change.removed}
        for change in report.changes
        if change.total
    ]  # fmt: skip
    total = {
        name: sum(getattr(change, name) for change in report.changes) for name in ("created", "updated", "removed")
    }
    if not rows:
        title = Label(f"{where}：没有变化", f"{where}: nothing changes" if report.dry_run else f"{where}: no change")
    else:
        rows.append({"kind": None, "name": None, **total})
        title = (
            Label(f"{where}：将要写入", f"{where}: what would be written")
            if report.dry_run
            else Label(f"{where}：已写入", f"{where}: written")
        )
    return Table("changes", columns, rows, title)


KINDS: dict[object, Label] = {
    "node": Label("节点", "node"),
    "edge": Label("关系", "relation"),
    "text": Label("原文与问题", "text and findings"),
    None: Label("合计", "total"),
}


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(say("装载", "loading"), total=None)

        def told(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        yield told
