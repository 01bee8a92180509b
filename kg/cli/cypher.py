"""``kg cypher``: a question in Cypher, an answer as a table."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options, say, warn
from kg.output import table_of
from ontology.errors import InputError, UsageError


def pairs_of(pairs: Sequence[str]) -> dict[str, str]:
    """Give the texts of ``k=v`` pairs by name.

    Raises:
        UsageError: a pair without a name, a name that stands twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--param {pair}: no name and value", advice="write --param city=自贡市")
        if name.strip() in found:
            raise UsageError(f"--param {name.strip()} is given twice", advice="leave one of them out")
        found[name.strip()] = value
    return found


def value_of(text: str) -> object:
    """A value that reads as JSON is taken so (5, true, ["a"]), any other is text."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def parameters(pairs: Sequence[str]) -> dict[str, object]:
    """Give the values of ``k=v`` pairs by name; see :func:`pairs_of` and :func:`value_of`."""
    return {name: value_of(value) for name, value in pairs_of(pairs).items()}


def _warn_of_unused(params: Mapping[str, object], text: str) -> None:
    for name in params:
        if not re.search(rf"\$(?:{re.escape(name)}(?!\w)|`{re.escape(name)}`)", text):
            warn(say(f"提示：查询中没有参数 ${name}", f"note: the query has no parameter ${name}"), color="yellow")


def finite_seconds(_: click.Context, __: click.Parameter, value: float) -> float:
    """A number of seconds that is one."""
    # A range lets nan through: it is neither above nor below anything.
    if not math.isfinite(value):
        raise click.BadParameter(say("须为有限的秒数", "must be a finite number of seconds"))
    return value


def question(text: str) -> str:
    """The text of a question: itself, what standard input gives for ``-``, what the file has for ``@FILE``."""
    if text == "-":
        return sys.stdin.read()
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a UTF-8 text"
        raise InputError(
            f"cannot be read ({why})", where=text[1:], advice="name a text file that holds Cypher"
        ) from error


@kg_command(
    "cypher",
    zh="用 Cypher 查询图谱，只读。TEXT 可以是 - （标准输入）或 @文件。",
    en="Ask the graph in Cypher, reading only. TEXT may be - for standard input, or @FILE.",
    examples=(
        "kg cypher 'MATCH (c:City)-[:ISSUED]->(d) RETURN c.name AS city, d.name AS plan'",
        "kg cypher 'MATCH (d:Department)-[:LEADS]->(a) WHERE d.name CONTAINS $part RETURN a.name' --param part=财政",
        "kg cypher @question.cypher --format csv > answer.csv",
    ),
)
@click.argument("text")
@option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    zh="查询参数，可重复。",
    en="A parameter of the query; repeatable.",
)
@option(
    "--write",
    is_flag=True,
    zh="允许查询修改图谱；改动只在本次查询内有效，不写入文件夹。",
    en="Let the query change the graph while it runs; nothing is written to the folder.",
)
@option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True, metavar="SECONDS",
    callback=finite_seconds, zh="最长运行秒数。", en="Stop after this many seconds.",
)  # fmt: skip
@graph_option
@output_options
def command(text: str, params: tuple[str, ...], write: bool, timeout: float, graph: str, output: Output) -> None:
    """Run one query."""
    asked, given = question(text), parameters(params)
    rows = opened(graph).run_isolated(asked, given, timeout=timeout, read_only=not write)
    _warn_of_unused(given, asked)
    for warning in rows.warnings:
        warn(say("提示：", "note: ") + warning, color="yellow")
    output.write(table_of("rows", rows.columns, rows.rows))
