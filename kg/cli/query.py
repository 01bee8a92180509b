"""``kg query``: the library of saved questions."""

from __future__ import annotations

import json

import click

from kg.cli.cypher import finite_seconds, pairs_of
from kg.cli.saved import answer_table, list_table, warn_of_unknown_names
from kg.cli.shared import Output, graph_option, kg_command, language, opened, option, output_options
from ontology.errors import UsageError
from queries.saved import SavedQuery, saved_query


@kg_command(
    "query",
    zh="""列出、运行或打印保存好的问题。

    不带名称时列出全部问题；带名称时运行一个，参数用 --param 给出，未给出的用缺省值；
    --show 打印其 Cypher，可在 Neo4j 中使用。""",
    en="""List, ask or print the saved questions.

    Without a NAME all questions are listed. With one it is asked; parameters are given with --param, those left out
    take their default. --show prints the Cypher to take to Neo4j.""",
    examples=(
        "kg query",
        "kg query workload --param city=自贡市",
        "kg query evidence --param body=市财政局 --format xlsx -o evidence.xlsx",
        "kg query always_together --show",
    ),
)
@click.argument("name", required=False)
@option(
    "--param", "params", multiple=True, metavar="NAME=VALUE",
    zh="问题的参数，可重复。", en="A parameter of the question; repeatable.",
)  # fmt: skip
@option(
    "--show", is_flag=True,
    zh="打印问题的说明和 Cypher，不运行。", en="Print the question's header and Cypher, do not ask it.",
)  # fmt: skip
@option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, metavar="SECONDS",
    callback=finite_seconds, zh="最长运行秒数。", en="Stop after this many seconds.",
)  # fmt: skip
@graph_option
@output_options
def command(name: str | None, params: tuple[str, ...], show: bool, timeout: float, graph: str, output: Output) -> None:
    """List, ask or print."""
    if name is None:
        if params or show:
            raise UsageError("no question is named", advice="kg query lists their names")
        output.write(list_table(language()))
        return
    query = saved_query(name)
    given = pairs_of(params)
    if show:
        click.echo(shown(query, given), nl=False)
        return
    values = query.filled(given)
    store = opened(graph)
    rows = store.run(query.text, values, timeout=timeout)
    warn_of_unknown_names(store, query, values, rows)
    output.write(answer_table(query, values, rows))


def shown(query: SavedQuery, given: dict[str, str]) -> str:
    """The Cypher for Neo4j Browser and cypher-shell: a ``:param`` line for every value, then the statement."""
    placeholders = {parameter.name: "…" for parameter in query.parameters if parameter.default is None}
    values = query.filled({**placeholders, **given})
    lines = [f":param {name} => {json.dumps(value, ensure_ascii=False)};" for name, value in values.items()]
    return "\n".join([*lines, query.text.rstrip()]) + ";\n"
