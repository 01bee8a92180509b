"""``kg sparql``: a question in SPARQL, an answer as a table."""

from __future__ import annotations

from difflib import get_close_matches
from typing import cast

import click

from kg.cli.cypher import finite_seconds, parameters, question
from kg.cli.export import check_base
from kg.cli.shared import Output, graph_option, kg_command, language, option, output_options, say, warn
from kg.export import DEFAULT_BASE
from kg.output import Column, Label, Table, table_of
from kg.sparql import DEFAULT_TIMEOUT, Engine, ask_isolated
from ontology.errors import UsageError
from queries.sparql import SavedQuestion, saved_questions


@kg_command(
    "sparql",
    zh="""用 SPARQL 查询图谱的 RDF（与 kg export ttl 相同），只读。

    TEXT 是 SPARQL、- （标准输入）、@文件，或已存问题的名称；不给 TEXT 则列出已存问题。
    不联网：SERVICE、FROM 和更新语句一律拒绝。装有 pyoxigraph 时由它回答，否则由 rdflib 回答。""",
    en="""Ask the graph in SPARQL, over the RDF that kg export ttl writes, reading only.

    TEXT is SPARQL, - for standard input, @FILE, or the name of a saved question; without TEXT these are listed.
    Nothing leaves this machine: SERVICE, FROM and updates are refused. pyoxigraph answers where it is installed,
    else rdflib.""",
    examples=(
        "kg sparql workload --format xlsx -o workload.xlsx",
        "kg sparql evidence --param name=市财政局",
        "kg sparql 'SELECT ?name WHERE { ?city a kg:City ; kg:name ?name }'",
        "kg sparql @question.rq --timeout 300",
    ),
)
@click.argument("text", required=False)
@option(
    "--param", "params", multiple=True, metavar="NAME=VALUE",
    zh="变量的值，可重复；<…> 为 IRI。", en="The value of a variable; repeatable; <…> is an IRI.",
)  # fmt: skip
@option(
    "--engine", type=click.Choice(["rdflib", "pyoxigraph"]),
    zh="由哪个引擎回答；默认取已安装的较快者。", en="Which engine answers; by default the faster one installed.",
)  # fmt: skip
@option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=DEFAULT_TIMEOUT, show_default=True,
    metavar="SECONDS", callback=finite_seconds,
    zh="最长秒数，含读取图谱。", en="Stop after this many seconds, reading the graph included.",
)  # fmt: skip
@option(
    "--base", metavar="IRI", default=DEFAULT_BASE, show_default=True,
    zh="图谱 IRI 的开头。", en="What the IRIs of the graph begin with.",
)  # fmt: skip
@graph_option
@output_options
def command(
    text: str | None,
    params: tuple[str, ...],
    engine: str | None,
    timeout: float,
    base: str,
    graph: str,
    output: Output,
) -> None:
    """Run one question."""
    saved = saved_questions()
    if text is None:
        output.write(_listed(saved))
        return
    given = parameters(params)
    if text in saved:
        asked = _with_values(saved[text], given)
    else:
        _refuse_misspelt(text, saved)
        asked = question(text)
    answer = ask_isolated(
        graph, asked, given, engine=cast("Engine | None", engine), base=check_base(base), timeout=timeout
    )
    output.write(table_of("rows", answer.rows.columns, answer.rows.rows))
    warn(
        say(
            f"由 {answer.engine} 回答，读入 {answer.triples} 个三元组",
            f"answered by {answer.engine} over {answer.triples} triples",
        )
    )


def _listed(saved: dict[str, SavedQuestion]) -> Table:
    columns = (
        Column("name", "名称", "name"),
        Column("answers", "回答什么", "what it answers"),
        Column("parameters", "须给的变量", "needs a value for"),
    )
    rows = [
        {
            "name": each.name,
            "answers": each.zh if language() == "zh" else each.en,
            "parameters": [f"--param {name}=…" for name in each.parameters],
        }
        for each in saved.values()
    ]
    return Table("questions", columns, rows, Label("已存的 SPARQL 问题", "Saved questions in SPARQL"))


def _with_values(saved: SavedQuestion, given: dict[str, object]) -> str:
    missing = [name for name in saved.parameters if name not in given]
    if missing:
        options = " ".join(f"--param {name}=…" for name in missing)
        raise UsageError(
            say(
                f"{saved.name} 需要变量的值：{'、'.join(missing)}",
                f"{saved.name} needs a value for {', '.join(missing)}",
            ),
            advice=say(f"加上 {options}", f"add {options}"),
        )
    return saved.text


def _refuse_misspelt(text: str, saved: dict[str, SavedQuestion]) -> None:
    """A single word is no SPARQL: it is a name, and there is no such one."""
    if text.isidentifier() or text.replace("-", "").isalnum():
        near = get_close_matches(text, saved, 1)
        raise UsageError(
            say(f"没有已存问题 {text!r}", f"there is no saved question {text!r}"),
            advice=say(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
            if near
            else say("全部：kg sparql", "all of them: kg sparql"),
        )
