"""Reading many files for a command: one bad file never loses the others, progress shows on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.shared import language, opened, say, warn
from kg.records import InputFile
from ontology.errors import InputError, KgError, UsageError, Words
from ontology.findings import advice, message
from ontology.records import Finding, PolicyDocument

if TYPE_CHECKING:
    from queries.documents import ReadDocument


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the files a command was given.

    ``documents`` are those in which an outline was found, ``empty`` those without: nobody is responsible for anything
    there. ``problems`` holds a message for each file that is not among ``documents`` and for each cell of a register
    that could not be read, ``unread`` those of them about files that could not be read at all.
    """

    documents: tuple[PolicyDocument, ...]
    empty: tuple[PolicyDocument, ...]
    inputs: tuple[InputFile, ...]
    problems: tuple[str, ...]
    unread: tuple[str, ...] = ()

    def tell_problems(self) -> None:
        """Print a message for each file or cell that failed, on standard error."""
        _tell(self.problems)

    def tell_unread(self) -> None:
        """Print a message for each file that could not be read at all, on standard error."""
        _tell(self.unread)


def _tell(problems: Iterable[str]) -> None:
    for problem in problems:
        warn(say("未读入：", "not read: ") + problem, color="red")


def read_paths(paths: Sequence[Path], encoding: str | None = None, meta: Path | None = None) -> Reading:
    """Read every file that ``paths`` mean, folders walked, each file once; ``meta`` is a file of facts about them.

    Raises:
        UsageError: facts that are given name a file, a fact or a value that nobody knows.
    """
    from loaders.files import find_files, shown_name, shown_path
    from loaders.guarded import GuardedReader
    from loaders.meta import given_facts

    files: dict[Path, Path] = {}
    problems: list[str] = []
    unread: list[str] = []
    inputs: list[InputFile] = []
    for path in paths:
        try:
            for file in find_files([path]):
                files.setdefault(file.resolve(), file)
        except KgError as error:
            problems.append(error.told(language()))
            unread.append(error.told(language()))
            inputs.append(InputFile(shown_path(path), None, "failed", error.message))
    documents: list[PolicyDocument] = []
    empty: list[PolicyDocument] = []
    facts = given_facts(list(files.values()), meta)
    with GuardedReader() as reader, progress(len(files), say("读取文件", "reading")) as advance:
        for file in files.values():
            failed: list[KgError] = []
            found: Sequence[PolicyDocument] = ()
            try:
                found = reader.documents_in(file, encoding, facts[file])
            except Exception as error:
                failed.append(_problem(error, file))
                unread.append(failed[0].told(language()))
            outcome = "failed"
            for document in found:
                if problem := _emptiness(document, file):
                    empty.append(document)
                    failed.append(problem)
                else:
                    documents.append(document)
                    failed += _cells_not_read(document, file)
                    outcome = "read"
            problems += [problem.told(language()) for problem in failed]
            sha256 = found[0].facts.sha256 if found else None
            inputs.append(InputFile(shown_name(file), sha256, outcome, failed[0].message if failed else ""))
            advance()
    return Reading(tuple(documents), tuple(empty), tuple(inputs), tuple(problems), tuple(unread))


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report on reading is about.

    ``findings`` are those that stand in no document; ``lost`` says that a file could not be read.
    """

    documents: Sequence[ReadDocument]
    findings: Sequence[Finding]
    lost: bool


def documents_to_report(
    context: click.Context, paths: Sequence[Path], graph: str, encoding: str | None, *, checked: bool = False
) -> Reported:
    """The documents of ``paths``, read afresh, or without paths those of the graph.

    ``checked`` also looks for what is wrong about the plans themselves, which a graph knows anyway. Files that
    could not be read are told on standard error; those without an outline are reported like all others.

    Raises:
        UsageError: paths and --graph together.
    """
    from queries.documents import from_reading, from_tables

    if not paths:
        opened_graph = opened(graph)
        for given in opened_graph.inputs():
            if given.outcome == "failed":
                _tell([say(f"{given.file}：建图谱时未读入", f"{given.file}: left out when the graph was built")])
        loose = [finding for finding in opened_graph.findings() if not finding.document]
        return Reported(from_tables(opened_graph), loose, lost=False)
    if context.get_parameter_source("graph") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError(
            say("文件和 --graph 不能同时给出", "files and --graph cannot be given together"),
            advice=say("去掉其中一个", "leave one of them out"),
        )
    reading = read_paths(paths, encoding)
    reading.tell_unread()
    read = [*reading.documents, *reading.empty]
    if checked:
        from kg.assemble import with_plan_findings

        read = with_plan_findings(read)
    return Reported([from_reading(document) for document in read], (), lost=bool(reading.unread))


def _problem(error: Exception, file: Path) -> KgError:
    """The error as one that names the file; a fault of the reader loses this file only."""
    from loaders.files import shown_name, shown_path

    if isinstance(error, KgError):
        # A reader knows the file by its name alone; in a folder of many that is not enough.
        named = error.where or shown_name(file)
        inside = named.startswith((str(file), shown_name(file)))
        where = shown_path(file) if inside else named
        return type(error)(error.message, where=where, advice=error.advice)
    failure = f"{type(error).__name__}: {error}"
    return KgError(
        Words(f"读取程序出错（{failure}）", f"the reader failed ({failure})"),
        where=shown_path(file),
        advice=Words("这是程序的缺陷，请连同文件报告", "this is a fault of kg: please report it with the file"),
    )


def _cells_not_read(document: PolicyDocument, file: Path) -> list[KgError]:
    """What a register says in cells that could not be read."""
    return [
        InputError(
            Words(message(finding, "zh"), message(finding, "en")),
            where=str(file),
            advice=Words(advice(finding, "zh"), advice(finding, "en")),
        )
        for finding in document.findings
        if finding.code == "register-cell"
    ]


def _emptiness(document: PolicyDocument, file: Path) -> KgError | None:
    """Why nothing was found in a document that could be read; None where something was."""
    if document.actions or document.sections:
        return None
    errors = (found for found in document.findings if found.severity == "error")
    return next(
        (
            InputError(
                Words(message(found, "zh"), message(found, "en")),
                where=str(file),
                advice=Words(advice(found, "zh"), advice(found, "en")),
            )
            for found in errors
        ),
        InputError(
            Words("没有找到大纲", "no outline was found"),
            where=str(file),
            advice=Words("确认文件是方案", "check that the file is a plan"),
        ),
    )


@contextmanager
def progress(total: int, doing: str) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error where that is a terminal, nothing elsewhere; the caller advances it."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.advance(task)
