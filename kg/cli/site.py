"""``kg site``: all interactive pages of a graph, linked, in one folder."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.reading import progress
from kg.cli.shared import NamedPath, graph_option, kg_command, language, opened, option, refuse_inside_graph, say, warn
from ontology.errors import UsageError

_MADE = "kg-site.txt"
"""A file that says a folder was made here; a folder without it that holds anything is not written into."""


@kg_command(
    "site",
    zh="""生成全部交互网页，互相链接：总览、城市、部门、主题、目标值、依赖、文件原文等。

    文件夹可整个压缩邮寄；双击 index.html 打开，不访问网络。""",
    en="""Make all interactive pages, linked: overview, cities, bodies, themes, targets, documents and more.

    The folder can be zipped and mailed; index.html opens by double click and asks no network.""",
    examples=("kg site", "kg site --graph kg-demo -o demo-site --open"),
)
@option(
    "-o", "--output", "folder", type=NamedPath(path_type=Path, file_okay=False), default="kg-site", show_default=True,
    metavar="DIR", zh="写入的文件夹。", en="Folder to write.",
)  # fmt: skip
@option("--open", "open_it", is_flag=True, zh="生成后在浏览器中打开。", en="Open it in the browser.")
@graph_option
def command(folder: Path, open_it: bool, graph: str) -> None:
    """Write the site."""
    from kg.views.facts import Facts
    from kg.views.site import count_pages, write_site

    refuse_inside_graph(folder)
    _refuse_other_folders(folder)
    facts = Facts(opened(graph))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MADE).write_text("kg site\n", encoding="utf-8")
    with progress(count_pages(facts), say("生成网页", "writing pages")) as advance:
        written = write_site(facts, folder, language(), advance)
    size = sum(path.stat().st_size for path in written) / 1_000_000
    warn(
        say(
            f"已写入 {folder}：{len(written)} 个网页，{size:.1f} MB；打开 {written[0]}",
            f"wrote {folder}: {len(written)} pages, {size:.1f} MB; open {written[0]}",
        )
    )
    if open_it:
        click.launch(str(written[0].resolve()))


def _refuse_other_folders(folder: Path) -> None:
    """Raise unless pages may be written here: nothing there yet, empty, or a site."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MADE).is_file():
        raise UsageError(
            say("此文件夹里有其他文件", "this folder holds other files"),
            where=str(folder),
            advice=say("用 -o 换一个文件夹", "name another folder with -o"),
        )
