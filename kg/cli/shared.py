"""What all commands share: language, help in two languages, errors as text, the options that stand everywhere."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from kg.output import FORMATS, Format, Lang, Table, clean_text, format_for, on_screen, wrapped, write_tables
from ontology.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.store import GraphStore

F = TypeVar("F", bound=Callable[..., Any])
R = TypeVar("R")

_LANG, _DEBUG = "kg.lang", "kg.debug"
INTERRUPTED, BROKEN_PIPE, UNEXPECTED = 130, 141, 70


# ------------------------------------------------------------------------------------------------ language


def default_language() -> Lang:
    """Chinese where the environment says so (``KG_LANG``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``), else English."""
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
    return "en"


def language() -> Lang:
    """The language of the running command: ``--lang``, else the environment's."""
    context = click.get_current_context(silent=True)
    return cast("Lang", context.meta.get(_LANG)) if context and _LANG in context.meta else default_language()


def say(zh: str, en: str) -> str:
    """The words in the language of the running command."""
    return zh if language() == "zh" else en


# ------------------------------------------------------------------------------------------------ help in two languages


class Option(click.Option):
    """An option whose help is there in both languages."""

    def __init__(self, *args: Any, zh: str = "", en: str = "", **attributes: Any) -> None:
        super().__init__(*args, **{**attributes, "help": en})
        self.zh = zh

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and help for the list of options."""
        english = self.help
        if self.zh and language() == "zh":
            self.help = self.zh
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


class Command(click.Command):
    """A command whose help is there in both languages, with examples."""

    def __init__(self, *args: Any, zh: str = "", en: str = "", examples: Sequence[str] = (), **attributes: Any) -> None:
        attributes["help"] = inspect.cleandoc(en)
        super().__init__(*args, **attributes)
        self.zh = inspect.cleandoc(zh)
        self.examples = tuple(examples)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, in the language of the user."""
        english = self.help
        if self.zh and language() == "zh":
            self.help = self.zh
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = english

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples to copy."""
        if self.examples:
            formatter.write_paragraph()
            formatter.write(say("示例：", "Examples:") + "\n")
            formatter.write("".join(f"  {example}\n" for example in self.examples))


class LazyGroup(Command, click.Group):
    """A group that imports a command's module only when the command is called, and shows errors as text."""

    def __init__(
        self, *args: Any, commands_by_name: Mapping[str, tuple[str, str, str]] | None = None, **attributes: Any
    ) -> None:
        super().__init__(*args, **attributes)
        self.commands_by_name = dict(commands_by_name or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order a newcomer needs them."""
        return list(self.commands_by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now: the object named ``command`` in its module."""
        if cmd_name not in self.commands_by_name:
            return None
        return cast("click.Command", import_module(self.commands_by_name[cmd_name][0]).command)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        click.Command.format_options(self, ctx, formatter)
        rows = [(name, say(zh, en)) for name, (_, en, zh) in self.commands_by_name.items()]
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a known error becomes text and its exit code."""
        if ctx.parent is not None:
            return super().invoke(ctx)
        _prepare_streams()
        with errors_as_text(ctx):
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


def _prepare_streams() -> None:
    """Let Chinese through on every console; a character that cannot be shown is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and os.name == "nt":
            reconfigure(encoding="utf-8", errors="replace")
        elif reconfigure is not None:
            reconfigure(errors="replace")


@contextmanager
def errors_as_text(ctx: click.Context) -> Iterator[None]:
    """Turn what went wrong into a message on standard error and an exit code; ``--debug`` keeps the traceback."""
    try:
        yield
    except BrokenPipeError:
        # The reader of the pipe left; what Python still holds for it must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ctx.exit(BROKEN_PIPE)
    except KeyboardInterrupt:
        warn(say("已中断", "interrupted"))
        ctx.exit(INTERRUPTED)
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except Exception as error:
        if ctx.meta.get(_DEBUG):
            import traceback

            click.echo(clean_text(traceback.format_exc()), err=True)
        ctx.exit(_told(error))


def _told(error: Exception) -> int:
    """Print what ``error`` says; gives the exit code."""
    prefix = say("错误：", "error: ")
    if isinstance(error, KgError):
        warn(f"{prefix}{error.told(language())}", color="red")
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        warn(f"{prefix}{error.filename}: {error.strerror}", color="red")
        return 3
    advice = say(
        "这是程序的缺陷；加 --debug 重新运行可看到详情", "this is a fault of kg; run again with --debug for the details"
    )
    warn(f"{prefix}{type(error).__name__}: {error}\n  → {advice}", color="red")
    return UNEXPECTED


def warn(message: str, color: str | None = None) -> None:
    """A message for the user, on standard error, wrapped to the screen."""
    click.secho(wrapped(clean_text(message)), err=True, fg=color)


def kg_command(
    name: str, *, zh: str, en: str, examples: Sequence[str]
) -> Callable[[Callable[..., object]], click.Command]:
    """A command with help in both languages and examples, and the options every command has."""

    def decorate(function: Callable[..., object]) -> click.Command:
        made = click.command(name, cls=Command, zh=zh, en=en, examples=examples)(function)
        for add in (debug_option, lang_option):
            made = add(made)
        return made

    return decorate


def option(*names: str, zh: str, en: str, **attributes: Any) -> Callable[[F], F]:
    """An option with help in both languages."""
    return click.option(*names, cls=Option, zh=zh, en=en, **attributes)


# ------------------------------------------------------------------------------------------------ shared options


class NamedPath(click.Path):
    """A path that names something: an empty one is a usage error, not the folder one stands in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, refused where it is empty."""
        if not str(value).strip():
            self.fail(say("路径为空", "the path is empty"), param, ctx)
        return super().convert(value, param, ctx)


def refuse_inside_graph(output: Path) -> None:
    """Refuse to write among the files of a graph.

    Raises:
        UsageError: ``output`` lies in a folder that holds a graph.
    """
    for folder in output.resolve().parents:
        if (folder / "CURRENT").is_file() and (folder / "versions").is_dir():
            raise UsageError(
                say(f"位于图谱文件夹 {folder} 之内", f"lies inside the graph folder {folder}"),
                where=str(output),
                advice=say("换一个位置", "name a place outside it"),
            )


def _refuse_input(output: Path, given: Mapping[str, object]) -> None:
    """Refuse an output that is one of the files the command reads."""
    from loaders.files import find_files

    if not output.exists():
        return
    target = output.resolve()
    for value in given.values():
        for path in value if isinstance(value, tuple) else (value,):
            read = [Path(path[1:])] if isinstance(path, str) and path.startswith("@") else []
            if isinstance(path, Path):
                with suppress(KgError):
                    read = find_files([path]) if path.is_dir() else [path]
            if any(file.resolve() == target for file in read):
                raise UsageError(
                    say("是要读取的文件，不能写入", "is a file this command reads and cannot be its output"),
                    where=str(output),
                    advice=say("换一个文件名", "name another file"),
                )


def _remember(key: str) -> Callable[[click.Context, click.Parameter, object], object]:
    def callback(context: click.Context, _: click.Parameter, value: object) -> object:
        if value:
            context.meta[key] = value
        return value

    return callback


lang_option = option(
    "--lang", type=click.Choice(["zh", "en"]), is_eager=True, expose_value=False, callback=_remember(_LANG),
    zh="标签所用语言；默认取系统语言。", en="Language of labels; by default the system's.",
)  # fmt: skip

debug_option = option(
    "--debug", is_flag=True, is_eager=True, expose_value=False, callback=_remember(_DEBUG),
    zh="出错时显示详情。", en="Show details of an error.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Output:
    """Where a listing goes and in which form."""

    format: Format
    path: Path | None

    @property
    def on_screen(self) -> bool:
        """Whether a table goes to a person at a terminal, and not to a file, a pipe or a program."""
        return self.format == "table" and self.path is None and on_screen()

    def write(self, *tables: Table) -> None:
        """Write the tables; says on standard error which files were written."""
        for path in write_tables(tables, self.format, self.path, lang=language()):
            warn(say(f"已写入 {path}", f"wrote {path}"))


def output_options(function: Callable[..., R]) -> Callable[..., R]:
    """``--format`` and ``-o/--output``, handed to the command as ``output: Output``."""
    return _with_output(function, json_in_lines=False)


def line_output_options(function: Callable[..., R]) -> Callable[..., R]:
    """The same for a command that prints one JSON object a line for ``json`` as for ``jsonl``."""
    return _with_output(function, json_in_lines=True)


def _with_output(function: Callable[..., R], *, json_in_lines: bool) -> Callable[..., R]:
    def wrapped(*args: Any, format: Format | None, output: Path | None, **options: Any) -> R:
        target = None if output == Path("-") else output
        if target is not None:
            refuse_inside_graph(target)
            _refuse_input(target, options)
        form = format_for(format, target, json_in_lines=json_in_lines)
        return function(*args, output=Output(form, target), **options)

    decorated: Callable[..., R] = update_wrapper(wrapped, function)
    for add in (
        option(
            "-o", "--output", type=NamedPath(path_type=Path, dir_okay=False, allow_dash=True),
            zh="写入文件，- 为标准输出；格式可由扩展名得出。",
            en="Write to this file, - for standard output; its suffix can name the format.",
        ),
        option(
            "--format", type=click.Choice(FORMATS),
            zh="输出格式；默认 table。", en="Form of the output; by default a table.",
        ),
    ):  # fmt: skip
        decorated = add(decorated)
    return decorated


def graph_option(function: Callable[..., R]) -> Callable[..., R]:
    """``--graph``: the folder or server to read, handed to the command as ``graph: str``."""
    return option(
        "--graph", envvar="KG_GRAPH", default="kg-graph", show_default=True, show_envvar=True, metavar="DIR|URI",
        zh="图谱文件夹，或 Neo4j 地址（neo4j://、bolt://）。",
        en="Folder of the graph, or address of a Neo4j server (neo4j://, bolt://).",
    )(function)  # fmt: skip


def encoding_option(function: Callable[..., R]) -> Callable[..., R]:
    """``--encoding``: how the files are written, handed to the command as ``encoding: str | None``."""
    return option(
        "--encoding", metavar="NAME",
        zh="文件编码，如 gb18030。", en="Encoding of the files, such as gb18030.",
    )(function)  # fmt: skip


def meta_option(function: Callable[..., R]) -> Callable[..., R]:
    """``--meta``: facts about the files, handed to the command as ``meta: Path | None``."""
    return option(
        "--meta", metavar="FILE", type=NamedPath(path_type=Path, dir_okay=False, exists=True),
        zh="给出文件信息（TOML 或 CSV：file, city, title, issued, period, kind, status），替代程序的判断；"
           "各文件夹中的 kg-meta.toml 或 kg-meta.csv 自动读取。",
        en="Facts about the files (TOML or CSV: file, city, title, issued, period, kind, status) in place of what is "
           "guessed; a kg-meta.toml or kg-meta.csv in a folder is read by itself.",
    )(function)  # fmt: skip


def opened(graph: str) -> GraphStore:
    """The graph behind ``--graph``; errors are those of :func:`kg.store.open_store`."""
    import kg

    return kg.open(graph)
