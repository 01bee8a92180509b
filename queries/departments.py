"""Departments: every name of a body as a document prints it, the body it was resolved to, and what that body does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.lookups import lookup
from queries.rows import Store
from queries.sources import sources

FUNCTION_PREFIX = "function:"
BESIDE = "scheme, part of the name"
"""How the reason begins where a line of work is one that a combined name spells out beside its first."""


@dataclass(frozen=True, slots=True)
class Work:
    """A line of work of a body: its plain id, its names, and why the body has it."""

    function: str
    zh: str
    en: str
    why: str


@dataclass(frozen=True, slots=True)
class Department:
    """One body: uid, the name shown, other names, kind, place (城市), and lines of work, the main one first."""

    uid: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    city: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name one document prints, the body it means, and how often it leads and supports there.

    ``doc`` is the file of the document, ``document`` its uid, ``city`` the place that issued it.
    """

    doc: str
    document: str
    city: str
    name: str
    department: Department
    leads: int
    supports: int


def printed_names(store: Store, *, city: str | Sequence[str] | None = None) -> list[PrintedName]:
    """Give every name of every document, each once, by document, body and name.

    Inherited responsibilities print no name and do not count. ``city`` keeps documents by their place's name or code.

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    documents = sources(store, city)
    bodies = departments(store)
    times: Counter[tuple[str, str, str, str]] = Counter()
    for table in ("names_in_sections", "names_in_actions", "names_in_tasks"):
        for row in store.run(lookup(table)):
            key = (str(row["document"]), str(row["body"]), str(row["printed"]), str(row["role"]))
            times[key] += int(str(row["times"]))
    names = sorted({key[:3] for key in times if key[0] in documents})
    return [
        PrintedName(
            documents[document].file,
            document,
            documents[document].city,
            name,
            bodies[body],
            times[document, body, name, "LEADS"],
            times[document, body, name, "SUPPORTS"],
        )
        for document, body, name in names
    ]


def departments(store: Store) -> dict[str, Department]:
    """Give every body of the graph by uid."""
    found: dict[str, Department] = {}
    for row in store.run(lookup("bodies")):
        body = found.setdefault(str(row["uid"]), _department(row))
        work = _work(row)
        if work is not None and work not in body.works:
            found[body.uid] = replace(body, works=_main_first([*body.works, work]))
    return found


def _department(row: Mapping[str, object]) -> Department:
    aliases = row["aliases"]
    return Department(
        str(row["uid"]),
        _text(row["name"]),
        _text(row["kind"]),
        tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        _text(row["city"]),
        (),
    )


def _work(row: Mapping[str, object]) -> Work | None:
    if row["function"] is None:
        return None
    function = str(row["function"]).removeprefix(FUNCTION_PREFIX)
    zh = _text(row["function_name"])
    return Work(function, zh, _text(row["function_name_en"]) or zh, _text(row["why"]))


def _main_first(works: Iterable[Work]) -> tuple[Work, ...]:
    return tuple(sorted(works, key=lambda work: (work.why.startswith(BESIDE), work.function)))


def _text(value: object) -> str:
    return "" if value is None else str(value)
