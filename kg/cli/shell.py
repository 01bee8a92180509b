"""``kg shell``: a prompt for Cypher over one graph, reading only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.cypher import finite_seconds, pairs_of, value_of
from kg.cli.saved import answer_table, list_table, warn_of_unknown_names
from kg.cli.shared import graph_option, kg_command, language, opened, option, refuse_inside_graph, say, warn
from kg.output import Table, table_of, write_tables
from kg.statement import statements_in
from ontology.errors import KgError, UsageError
from queries.rows import Rows
from queries.saved import saved_query

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from kg.store import GraphStore

HELP: tuple[tuple[str, str, str], ...] = (
    (":help", "本说明", "this help"),
    (":schema", "节点、关系及其属性", "kinds of nodes and relations with their properties"),
    (":queries", "保存好的问题", "the saved questions"),
    (":query NAME k=v …", "运行一个保存好的问题", "ask a saved question"),
    (":param k=v", "设定参数 $k，供以后的查询使用；不带参数时列出", "set $k for what follows; without k=v: list them"),
    (":csv FILE", "把上一个结果写入 CSV 文件", "write the last answer to a CSV file"),
    (":quit", "退出（也可按 Ctrl-D）", "leave (so does Ctrl-D)"),
)


@kg_command(
    "shell",
    zh="""交互式 Cypher 提示符，只读。语句以分号结束，可写多行；:help 列出命令。

    Tab 补全标签、关系、属性和问题名称；历史记录跨次保存；Ctrl-C 中断正在运行的查询。
    标准输入不是终端时逐条运行其中的语句。""",
    en="""A prompt for Cypher, reading only. A statement ends in a semicolon and may take several lines;
    :help lists commands.

    Tab completes labels, relations, properties and saved questions; the history is kept; Ctrl-C stops a running
    question. Where standard input is no terminal its statements are run one by one.""",
    examples=("kg shell", "kg shell --graph kg-demo", "kg shell < questions.cypher"),
)
@option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, metavar="SECONDS",
    callback=finite_seconds, zh="每个查询最长运行秒数。", en="Stop a question after this many seconds.",
)  # fmt: skip
@graph_option
@click.pass_context
def command(context: click.Context, timeout: float, graph: str) -> None:
    """Read and run until the end."""
    shell = Shell(opened(graph), timeout)
    if sys.stdin.isatty():
        _converse(shell, prompt_session(_history()))
        return
    for entry in entries(sys.stdin):
        if not shell.run(entry):
            break
    if shell.failed:
        context.exit(2)


@dataclass
class Shell:
    """What one session knows: its graph, the parameters set, the last answer and whether anything failed."""

    store: GraphStore
    timeout: float = 60.0
    params: dict[str, object] = field(default_factory=dict)
    last: Table | None = None
    failed: bool = False

    def run(self, entry: str) -> bool:
        """Run one statement or command; gives whether to go on. What goes wrong is told, and ends nothing."""
        text = entry.strip()
        try:
            if text.startswith(":"):
                return self._command(text.rstrip(";").strip())
            self._ask(text)
        except KgError as error:
            self.failed = True
            warn(say("错误：", "error: ") + str(error), color="red")
        except KeyboardInterrupt:
            self.failed = True
            warn(say("已中断", "interrupted"), color="yellow")
        return True

    def _ask(self, text: str) -> None:
        rows = self._rows(text, self.params)
        for warning in rows.warnings:
            warn(say("提示：", "note: ") + warning, color="yellow")
        self._show(table_of("rows", rows.columns, rows.rows))

    def _rows(self, text: str, params: Mapping[str, object]) -> Rows:
        # In a process of its own, so that Ctrl-C and the time limit end it whatever it does.
        return self.store.run_isolated(text, params, timeout=self.timeout)

    def _show(self, table: Table) -> None:
        self.last = table
        write_tables([table], lang=language())
        count = len(table.rows)
        warn(say(f"{count} 行", f"{count} row{'' if count == 1 else 's'}"))

    def _command(self, text: str) -> bool:
        word, *arguments = text.split()
        commands: Mapping[str, Callable[[list[str]], None]] = {
            ":help": self._help, ":schema": self._schema, ":queries": self._queries, ":query": self._query,
            ":param": self._param, ":csv": self._csv,
        }  # fmt: skip
        if word in (":quit", ":exit", ":q"):
            return False
        if word not in commands:
            near = get_close_matches(word, [*commands, ":quit"], 1)
            advice = say("你是指 ", "did you mean ") + f"{near[0]}?" if near else ":help"
            raise UsageError(say(f"没有命令 {word}", f"there is no command {word}"), advice=advice)
        commands[word](arguments)
        return True

    def _help(self, _: list[str]) -> None:
        width = max(len(usage) for usage, _, _ in HELP)
        for usage, zh, en in HELP:
            click.echo(f"{usage:<{width}}  {say(zh, en)}")
        click.echo(
            say("其他输入是 Cypher，以 ; 结束，可写多行。", "Anything else is Cypher: it ends in ; and may take lines.")
        )

    def _schema(self, _: list[str]) -> None:
        from kg.cli.schema import schema_tables

        write_tables(schema_tables(), lang=language())

    def _queries(self, _: list[str]) -> None:
        write_tables([list_table(language())], lang=language())

    def _query(self, arguments: list[str]) -> None:
        if not arguments:
            raise UsageError(say("没有问题名称", "no question is named"), advice=":queries")
        query = saved_query(arguments[0])
        values = query.filled(pairs_of(arguments[1:]))
        rows = self._rows(query.text, values)
        warn_of_unknown_names(self.store, query, values, rows)
        self._show(answer_table(query, values, rows))

    def _param(self, arguments: list[str]) -> None:
        if not arguments:
            rows = [{"name": name, "value": value} for name, value in sorted(self.params.items())]
            write_tables([table_of("parameters", ("name", "value"), rows)], lang=language())
            return
        # A value may hold spaces: the line is one pair.
        (name, value), *_ = pairs_of([" ".join(arguments)]).items()
        self.params[name] = value_of(value.strip())

    def _csv(self, arguments: list[str]) -> None:
        if self.last is None:
            raise UsageError(say("还没有结果", "there is no answer yet"), advice=say("先提问", "ask first"))
        if not arguments:
            raise UsageError(say("没有文件名", "no file is named"), advice=":csv answer.csv")
        path = Path(" ".join(arguments)).expanduser()
        refuse_inside_graph(path)
        for written in write_tables([self.last], "csv", path, lang=language()):
            warn(say(f"已写入 {written}", f"wrote {written}"))


def entries(lines: Iterable[str]) -> Iterator[str]:
    """The statements and commands in lines of text; what is left unfinished at the end is the last statement."""
    pending = ""
    for line in lines:
        if not pending.strip() and line.lstrip().startswith(":"):
            yield line
            continue
        found, pending = statements_in(pending + line)
        yield from found
    if statements_in(pending + "\n;")[0]:
        yield pending


# ------------------------------------------------------------------------------------------------ at a terminal


def _converse(shell: Shell, session: PromptSession[str]) -> None:
    warn(
        say(
            "输入 Cypher，以 ; 结束；:help 列出命令，Ctrl-D 退出。",
            "Cypher, ending in ;  :help lists commands, Ctrl-D leaves.",
        )
    )
    while True:
        try:
            text = session.prompt("kg> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        for entry in entries(text.splitlines(keepends=True)):
            if not shell.run(entry):
                return


def _history() -> Path:
    """Where the history lies: the user's folder for such state on this system."""
    from platformdirs import user_state_path

    folder = user_state_path("responsibility-kg", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        warn(say(f"历史记录不能保存：{error}", f"the history cannot be kept: {error}"), color="yellow")
        return Path()
    return folder / "shell-history"


def prompt_session(history: Path) -> PromptSession[str]:
    """A prompt that completes from the ontology and goes on to a new line until a statement ends."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.history import FileHistory, InMemoryHistory
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from kg.cli.completion import CypherCompleter

    keys = KeyBindings()
    session: PromptSession[str]

    @keys.add("enter", filter=Condition(lambda: not is_complete(session.default_buffer.text)))
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    session = PromptSession(
        history=FileHistory(str(history)) if history.name else InMemoryHistory(),
        completer=CypherCompleter(),
        complete_while_typing=False,
        key_bindings=keys,
        multiline=True,
        prompt_continuation=lambda width, *_: "·" * (width - 1) + " ",
    )

    @keys.add("enter", filter=Condition(lambda: is_complete(session.default_buffer.text)))
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return session


def is_complete(text: str) -> bool:
    """Whether a text at the prompt is to be run: nothing, a command, or statements each with its semicolon."""
    if not text.strip() or text.lstrip().startswith(":"):
        return True
    found, rest = statements_in(text)
    return bool(found) and not rest.strip()
