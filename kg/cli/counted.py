"""What all reports that count share on the command line: the switches, the documents behind, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.shared import option, say
from kg.output import Column, Label, Table
from queries.counting import NO_FUNCTION, Behind, Counted, Switches, What
from queries.sources import Source

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R")

CITY = Column("city", "城市", "city")
NO_CITY = Label("城市不明", "city unknown")
STATUS: dict[object, Label] = {"draft": Label("征求意见稿", "draft"), "issued": Label("已印发", "issued")}
KIND: dict[object, Label] = {
    "plan": Label("方案", "plan"),
    "study": Label("研究", "study"),
    "register": Label("台账", "register"),
}
ROLE: dict[object, Label] = {
    "lead": Label("牵头", "lead"),
    "joint": Label("共同牵头", "joint lead"),
    "support": Label("配合", "support"),
}
_NO_STATUS = Label("状态不明", "status unknown")
_UNASSIGNED = Label("（未归入条线）", "(no line of work)")

_WHAT: dict[What, tuple[Label, str]] = {
    "action": (Label("举措写明的责任", "printed by an action"), ""),
    "numbered": (Label("编号任务写明的责任", "printed by a numbered task"), ""),
    "sentence": (Label("句子任务写明的责任", "printed by a sentence"), ""),
    "section": (Label("章节标题写明的责任", "printed by a section heading"), ""),
    "note": (Label("整份文件附注加入的责任", "added by a document-wide note"), "notes"),
    "collective": (
        Label("统称（各区县政府、相关部门等）", "collectives (all counties, departments concerned)"),
        "collectives",
    ),
    "inherited": (Label("任务由举措继承的责任", "inherited by tasks from their action"), "inherited"),
    "text": (Label("正文句子中的职责", "duties stated in running text"), ""),
    "study": (Label("研究报告中的责任", "named by studies"), ""),
    "merged": (Label("同一部门同一条目重复，只计一次", "same body and holder again, counted once"), ""),
}

# Machines read the bare name: a spreadsheet would take the dashes for a formula.
_SWITCHES: dict[object, Label] = {name: Label(f"--{name}", f"--{name}") for _, name in _WHAT.values() if name}


# ------------------------------------------------------------------------------------------------ options


def city_option(function: Callable[..., R]) -> Callable[..., R]:
    """``--city``, repeatable, handed to the command as ``cities: tuple[str, ...]``."""
    return option(
        "--city", "cities", multiple=True, metavar="NAME",
        zh="只看这个城市（名称或代码），可重复。", en="Only this city, by name or code; repeatable.",
    )(function)  # fmt: skip


def all_option(function: Callable[..., R]) -> Callable[..., R]:
    """``--all``: no limit to what a terminal shows, handed to the command as ``everything: bool``."""
    return option(
        "--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too."
    )(function)


def level_option(default: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """``--level``, handed to the command as ``level: str``."""

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        return option(
            "--level", type=click.Choice(["printed", "action"]), default=default, show_default=True,
            zh="printed 按原文所在的条目计；action 归并到举措。", en="Count where it is printed, or by action.",
        )(function)  # fmt: skip

    return decorate


def switch_options(function: Callable[..., R]) -> Callable[..., R]:
    """``--notes``, ``--collectives`` and ``--inherited``, handed to the command as ``switches: Switches``."""
    from functools import update_wrapper

    def given(*args: Any, notes: bool, collectives: bool, inherited: bool, **options: Any) -> R:
        return function(*args, switches=Switches(notes, collectives, inherited), **options)

    decorated: Callable[..., R] = update_wrapper(given, function)
    for add in (
        option(
            "--inherited", is_flag=True,
            zh="计入任务由举措继承的责任。", en="Also count what tasks inherit from their action.",
        ),
        option(
            "--collectives", is_flag=True,
            zh="计入统称（市级相关部门、各区县政府等）。",
            en="Also count collectives (all counties, all departments concerned).",
        ),
        option(
            "--notes", is_flag=True,
            zh="计入整份文件附注的责任。", en="Also count what a document-wide note adds.",
        ),
    ):  # fmt: skip
        decorated = add(decorated)
    return decorated


# ------------------------------------------------------------------------------------------------ words


def city_name(city: str) -> Label:
    """The city, or that it is unknown."""
    return Label(city, city) if city else NO_CITY


def carrier_name(name: str, uid: str) -> str:
    """The name of a body or line of work; bodies without a line of work are one row, which says so."""
    return say(_UNASSIGNED.zh, _UNASSIGNED.en) if uid == NO_FUNCTION else name


def mark(source: Source) -> Label:
    """Status and year of a document: 已印发 2024."""
    status = STATUS.get(source.status, _NO_STATUS)
    return Label(f"{status.zh} {years(source)}".strip(), f"{status.en} {years(source)}".strip())


def years(source: Source) -> str:
    """The years a document plans for, else the year it was issued in; empty where neither is known."""
    first, last = source.period
    if first is not None and last is not None and last != first:
        return f"{first}–{last}"
    return str(source.year or first or "")


def city_titles(documents: Iterable[Source]) -> dict[str, Label]:
    """Each city with status and year of its documents that count, for the heading of a block."""
    return {
        city: Label(f"{city_name(city).zh}（{marks.zh}）", f"{city_name(city).en} ({marks.en})")
        for city, marks in city_marks(documents).items()
    }


def city_marks(documents: Iterable[Source]) -> dict[str, Label]:
    """Status and year of the documents of each city that count."""
    behind: dict[str, list[Label]] = {}
    for source in documents:
        behind.setdefault(source.city, []).extend([mark(source)] * source.counted)
    return {city: marks[0] if len(marks) == 1 else _together(marks) for city, marks in behind.items()}


def _together(marks: Sequence[Label]) -> Label:
    return Label(
        f"{len(marks)} 份文件：{'；'.join(dict.fromkeys(one.zh for one in marks))}",
        f"{len(marks)} documents: {'; '.join(dict.fromkeys(one.en for one in marks))}",
    )


def rows_of(records: Iterable[DataclassInstance]) -> list[dict[str, object]]:
    """Records as rows of a table, by the names of their fields."""
    return [{field.name: getattr(record, field.name) for field in fields(record)} for record in records]


# ------------------------------------------------------------------------------------------------ tables


def nothing_counted(documents: Sequence[Behind], counting: Sequence[Counted]) -> str:
    """Says that nobody is responsible for anything, and what was left out."""
    cities = [city_name(city) for city in dict.fromkeys(row.source.city for row in documents)]
    zh = "、".join(city.zh for city in cities) or "图谱"
    en = ", ".join(city.en for city in cities) or "this graph"
    switches = " ".join(f"--{_WHAT[row.what][1]}" for row in counting if row.responsibilities and _WHAT[row.what][1])
    return say(
        f"{zh}：没有读到可计入的责任部门" + (f"；未计入的可用 {switches} 计入。" if switches else "。"),
        f"{en}: no responsible body was found"
        + (f"; what was left out is counted with {switches}." if switches else "."),
    )


def documents_table(documents: Sequence[Behind]) -> Table:
    """The documents behind the figures, with status and year."""
    counts = (
        Column("holders", "条目数", "holders", "count", drop=2),
        Column("responsibilities", "责任数", "number", "count"),
    )
    given = [(row.source, {"holders": row.holders, "responsibilities": row.responsibilities}) for row in documents]
    return sources_table(given, counts)


def sources_table(documents: Sequence[tuple[Source, Mapping[str, object]]], counts: Sequence[Column]) -> Table:
    """The documents behind a report, with status and year, and what it counted of each in the columns ``counts``."""
    columns = (
        CITY,
        Column("document", "文件", "document"),
        Column("kind", "类型", "kind", drop=1, words=KIND),
        Column("status", "状态", "status", words=STATUS),
        Column("year", "年份", "year"),
        Column("counted", "计入", "counted"),
        *counts,
        Column("uid", "编号", "uid", machine=True),
    )
    rows = [
        {
            "city": source.city,
            "document": source.name,
            "kind": source.kind,
            "status": source.status,
            "year": years(source) or None,
            "counted": source.counted,
            **figures,
            "uid": source.uid,
        }
        for source, figures in documents
    ]
    return Table("documents", columns, rows, Label("所依据的文件", "Documents behind these figures"))


def counting_table(counting: Sequence[Counted], *, printed_level: bool) -> Table:
    """What was counted and what was left out; ``printed_level`` where tasks count on their own."""
    columns = (
        Column("what", "种类", "what", words={what: label for what, (label, _) in _WHAT.items()}),
        Column("responsibilities", "责任数", "number", "count"),
        Column("counted", "计入", "counted"),
        Column("switch", "开关", "switch", words=_SWITCHES),
    )
    rows = [
        {
            "what": row.what,
            "responsibilities": row.responsibilities,
            "counted": row.counted,
            "switch": _WHAT[row.what][1] or None,
        }
        for row in counting
    ]
    title = Label("计入与未计入", "What is counted and what is left out")
    return Table("counting", columns, rows, title, _mixed(counting) if printed_level else ())


def _mixed(counting: Sequence[Counted]) -> tuple[Label, ...]:
    """A warning where numbered tasks and sentences, units of different size, were counted together."""
    held = {row.what: row.responsibilities for row in counting}
    if not (held["numbered"] and held["sentence"]):
        return ()
    return (
        Label(
            "编号任务与句子大小不同，不宜相加比较：用 --level action 按举措计。",
            "Numbered tasks and sentences differ in size and do not add up: --level action counts by action.",
        ),
    )
