"""``kg diff``: what changed from one version of a plan, or of a graph, to another."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kg.cli.shared import NamedPath, Output, encoding_option, kg_command, opened, option, output_options
from kg.output import Column, Label, Table
from queries.measures import Measure, MeasureStore
from queries.versions import Changes, changes

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP = 30


@kg_command(
    "diff",
    zh="""比较同一方案的两个版本（征求意见稿与印发稿、去年与今年），或两个图谱：保留、新增、删去的举措，牵头部门的变化，
    指标的提高、降低和删除。

    每一方可以是文件、文件夹或图谱文件夹。有无差别，退出码都是 0。""",
    en="""Compare two versions of a plan (draft and issued, last year and this), or two graphs: measures kept, added and
    dropped, leads that moved, targets raised, lowered and gone.

    Each side is a file, a folder of files or a graph folder. The exit code is 0, whether or not anything differs.""",
    examples=("kg diff draft.txt issued.txt", "kg diff plans-2024/ plans-2025/ --format xlsx -o diff.xlsx"),
)
@click.argument("before", type=NamedPath(path_type=Path, exists=True))
@click.argument("after", type=NamedPath(path_type=Path, exists=True))
@option("--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too.")
@encoding_option
@output_options
def command(before: Path, after: Path, everything: bool, encoding: str | None, output: Output) -> None:
    """Print what changed."""
    with ExitStack() as stack:
        sides = [_side(path, encoding, stack) for path in (before, after)]
        found = changes(*sides)
    output.write(*diff_tables(found, None if everything else TOP))


def _side(path: Path, encoding: str | None, stack: ExitStack) -> MeasureStore:
    """A graph as it is; files as a graph built for this once."""
    if (path / "CURRENT").is_file():
        return opened(str(path))
    from kg.cli.build import build_graph

    folder = Path(stack.enter_context(TemporaryDirectory(prefix="kg-diff-"))) / "graph"
    reading, _ = build_graph([path], folder, encoding, overlaps=False)
    reading.tell_problems()
    return opened(str(folder))


def diff_tables(found: Changes, top: int | None = TOP) -> list[Table]:
    """The changes as tables."""
    return [
        _summary(found),
        _measures("added", found.added, Label("新增", "Added"), top),
        _measures("dropped", found.dropped, Label("删去", "Dropped"), top),
        _leads(found, top),
        _targets(found, top),
        _kept(found, top),
    ]


def _summary(found: Changes) -> Table:
    words: dict[object, Label] = {
        "kept": Label("保留的举措", "measures kept"),
        "reworded": Label("其中文字有改动", "of them reworded"),
        "added": Label("新增的举措", "measures added"),
        "dropped": Label("删去的举措", "measures dropped"),
        "leads": Label("牵头部门有变", "leads moved"),
        **{f"target {change}": Label(f"指标：{label.zh}", f"targets {label.en}") for change, label in _CHANGE.items()},
    }
    counts = {
        "kept": len(found.kept),
        "reworded": sum(
            row.before.text != row.after.text or row.before.heading != row.after.heading for row in found.kept
        ),
        "added": len(found.added),
        "dropped": len(found.dropped),
        "leads": sum(bool(row.leads_gone or row.leads_new) for row in found.kept),
        **{f"target {change}": sum(row.change == change for row in found.targets) for change in _CHANGE},
    }
    columns = (Column("what", "项目", "what", words=words), Column("count", "条数", "number", "count"))
    rows = [{"what": what, "count": count} for what, count in counts.items()]
    return Table("summary", columns, rows, Label("两个版本的差别", "What changed"))


_CHANGE: dict[object, Label] = {
    "raised": Label("提高", "raised"),
    "lowered": Label("降低", "lowered"),
    "changed": Label("改动", "changed"),
    "gone": Label("删除", "gone"),
    "new": Label("新增", "new"),
}


def _measures(name: str, rows: Sequence[Measure], title: Label, top: int | None) -> Table:
    columns = (
        Column("city", "城市", "city", drop=2),
        Column("ref", "编号", "ref"),
        Column("heading", "举措", "action"),
        Column("leads", "牵头", "leads", drop=1),
        Column("file", "文件名", "file", machine=True),
    )
    listed = [
        {
            "city": measure.source.city,
            "ref": measure.ref,
            "heading": measure.heading,
            "leads": list(measure.leads),
            "file": measure.source.file,
        }
        for measure in rows
    ]
    return Table(name, columns, listed, title, top=top)


def _leads(found: Changes, top: int | None) -> Table:
    columns = (
        Column("before", "原编号", "ref before"),
        Column("after", "新编号", "ref after"),
        Column("heading", "举措", "action", drop=1),
        Column("leads_gone", "不再牵头", "no longer leads"),
        Column("leads_new", "改由牵头", "leads now"),
    )
    rows = [
        {
            "before": row.before.ref,
            "after": row.after.ref,
            "heading": row.after.heading,
            "leads_gone": list(row.leads_gone),
            "leads_new": list(row.leads_new),
        }
        for row in found.kept
        if row.leads_gone or row.leads_new
    ]
    return Table("leads", columns, rows, Label("牵头部门的变化", "Leads that moved"), top=top)


def _targets(found: Changes, top: int | None) -> Table:
    columns = (
        Column("change", "变化", "change", words=_CHANGE),
        Column("target", "指标", "target"),
        Column("before", "原承诺", "before"),
        Column("after", "现承诺", "after"),
        Column("ref", "编号", "ref", drop=1),
    )
    rows = [
        {
            "change": row.change,
            "target": next(promise.name for promise in (row.after, row.before) if promise),
            "before": row.before.text if row.before else None,
            "after": row.after.text if row.after else None,
            "ref": row.measure.ref,
        }
        for row in found.targets
    ]
    return Table("targets", columns, rows, Label("指标的变化", "Targets that changed"), top=top)


def _kept(found: Changes, top: int | None) -> Table:
    columns = (
        Column("before", "原编号", "ref before"),
        Column("after", "新编号", "ref after"),
        Column("likeness", "相似度", "likeness", "share"),
        Column("before_heading", "原举措", "action before"),
        Column("after_heading", "现举措", "action after", drop=1),
    )
    rows = [
        {
            "before": row.before.ref,
            "after": row.after.ref,
            "likeness": row.likeness,
            "before_heading": row.before.heading,
            "after_heading": row.after.heading,
        }
        for row in found.kept
    ]
    return Table("kept", columns, rows, Label("保留的举措", "Measures kept"), top=top)
