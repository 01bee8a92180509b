"""``kg view``: one interactive page of the graph, as one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.shared import (
    NamedPath,
    graph_option,
    kg_command,
    language,
    opened,
    option,
    refuse_inside_graph,
    say,
    warn,
)
from kg.output import Lang
from ontology.errors import UsageError

if TYPE_CHECKING:
    from kg.store import GraphStore
    from kg.views.facts import Facts
    from kg.views.page import Page

_KINDS: Mapping[str, tuple[str, str]] = {
    "overview": ("总览", "the whole graph at a glance"),
    "network": ("协作网络", "who works with whom"),
    "department": ("一个部门的责任", "what one body carries (NAME: the body)"),
    "document": ("一份文件的原文与标注", "one document, marked (NAME: its title or file)"),
    "city": ("一个城市", "one city (NAME: the city)"),
    "theme": ("一个主题", "one theme over all cities (NAME: the theme)"),
    "overlap": ("城市之间的重合", "what cities do alike, and what only one does"),
    "dependencies": ("部门间依赖", "who cannot deliver without whom"),
    "targets": ("目标值比较", "targets compared"),
    "due": ("到期事项", "what falls due, and when"),
    "findings": ("存疑之处", "what is doubtful"),
}
_LABELS = {"department": "Department", "document": "Document", "city": "City", "theme": "Theme"}


def _page(kind: str, name: str | None, graph: GraphStore, facts: Facts, cities: tuple[str, ...]) -> Page:
    """The page that was asked for."""
    from kg.cli.naming import found
    from kg.views import city, department, dependencies, document, findings, network, overlap, overview, promises, theme

    if kind in _LABELS:
        if name is None:
            raise UsageError(
                say(f"{kind} 需要名称", f"{kind} needs a name"),
                advice=say(f"例如：kg view {kind} 名称", f"for example: kg view {kind} NAME"),
            )
        _, uid = found(graph, name, _LABELS[kind], cities if kind == "department" else ())
        made: Mapping[str, Callable[[], Page]] = {
            "department": lambda: department.department_page(facts, [uid]),
            "document": lambda: document.document_page(facts, uid),
            "city": lambda: city.city_page(facts, uid),
            "theme": lambda: theme.theme_page(facts, uid),
        }
        return made[kind]()
    if name is not None:
        raise UsageError(
            say(f"{kind} 不需要名称", f"{kind} takes no name"),
            advice=say("用 --city 限定城市", "narrow it with --city"),
        )
    whole: Mapping[str, Callable[[Facts], Page]] = {
        "overview": overview.overview_page,
        "network": network.network_page,
        "overlap": overlap.overlap_page,
        "dependencies": dependencies.dependencies_page,
        "targets": promises.targets_page,
        "due": promises.due_page,
        "findings": findings.findings_page,
    }
    return whole[kind](facts)


def _preset(render: Callable[[Page, Lang], str], page: Page, wanted: Mapping[str, Sequence[str]]) -> str:
    """The page with its filters set.

    Raises:
        UsageError: it has no such filter, or no such value in it.
    """
    made = render(replace(page, data={**page.data, "preset": wanted}) if wanted else page, language())
    for key, values in wanted.items():
        for value in values:
            box, choice = f'[^>]*value="{value}"', f'>(?:(?!</select>).)*<option value="{re.escape(value)}"'
            if not re.search(f'data-filter="{key}"(?:{box}|{choice})', made):
                raise UsageError(
                    say(f"此网页没有 {key} = {value} 的筛选", f"this page has no filter {key} = {value}"),
                    advice=say("打开网页查看可用的筛选", "open the page to see the filters it has"),
                )
    return made


@kg_command(
    "view",
    zh="""生成一个交互网页：一个文件，双击即可打开，不访问网络，可直接邮寄。

    KIND 缺省为 overview。""",
    en="""Make one interactive page: one file that opens by double click, asks no network and can be mailed.

    KIND is overview unless said.""",
    examples=(
        "kg view",
        "kg view department 市财政局 --city 自贡市 --open",
        "kg view department 市财政局 --city 自贡市 --role lead",
        "kg view network --city 自贡市 -o network.html",
    ),
)
@click.argument("kind", type=click.Choice([*_KINDS]), default="overview", metavar="[KIND]")
@click.argument("name", required=False)
@option(
    "--city", "cities", multiple=True, metavar="NAME",
    zh="只看这个城市（名称或代码），可重复。", en="Only this city, by name or code; repeatable.",
)  # fmt: skip
@option(
    "--theme", metavar="NAME", zh="网页打开时只看这个主题。", en="Open the page with this theme only.",
)  # fmt: skip
@option(
    "--role", "roles", multiple=True, type=click.Choice(["lead", "joint", "support"]),
    zh="网页打开时只看这种角色，可重复。", en="Open the page with this role only; repeatable.",
)  # fmt: skip
@option(
    "--kind", "kinds", type=click.Choice(["plan", "study", "register"]),
    zh="网页打开时只看这类文件。", en="Open the page with this kind of document only.",
)  # fmt: skip
@option(
    "-o", "--output", type=NamedPath(path_type=Path, dir_okay=False), metavar="FILE",
    zh="写入的文件；默认 kg-KIND.html。", en="File to write; kg-KIND.html unless said.",
)  # fmt: skip
@option("--open", "open_it", is_flag=True, zh="生成后在浏览器中打开。", en="Open it in the browser.")
@graph_option
def command(
    kind: str,
    name: str | None,
    cities: tuple[str, ...],
    theme: str | None,
    roles: tuple[str, ...],
    kinds: str | None,
    output: Path | None,
    open_it: bool,
    graph: str,
) -> None:
    """Write one page."""
    from kg.views.facts import Facts
    from kg.views.page import render

    target = output or Path(f"kg-{kind}.html")
    refuse_inside_graph(target)
    store = opened(graph)
    page = _page(kind, name, store, Facts(store, cities), cities)
    preset = {"theme": [theme] if theme else [], "role": [*roles], "kind": [kinds] if kinds else []}
    made = _preset(render, page, {key: values for key, values in preset.items() if values})
    target.write_text(made, encoding="utf-8", newline="\n")
    warn(say(f"已写入 {target}", f"wrote {target}"))
    if open_it:
        click.launch(str(target.resolve()))
