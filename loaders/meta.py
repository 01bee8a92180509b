"""Facts given by hand beside the files: what overrules a document's title, place, date, period, kind and status.

They stand in TOML (a table ``[[document]]`` each) or CSV (a row each) with the same names: ``file`` and any of
:data:`FACTS`. ``file`` is a name or a pattern (``*`` and ``?``). A file of facts is named on the command line, or lies
as ``kg-meta.toml`` or ``kg-meta.csv`` in a folder and speaks of the files in that folder, not of those further below.
"""

from __future__ import annotations

import csv
import datetime
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import cast, get_args

from loaders.encoding import decode
from loaders.facts import Head
from loaders.files import SIDECARS, read_bytes, shown_name, shown_path
from loaders.places import jurisdiction, most_specific, places_named
from loaders.register_columns import as_date, as_years
from ontology.errors import UsageError, Words
from ontology.records import DocumentKind, DocumentStatus


@dataclass(frozen=True, slots=True)
class Given:
    """The facts given for a document; None where nothing is given. ``issued`` and ``period`` as in DocumentFacts."""

    city: str | None = None
    title: str | None = None
    issued: str | None = None
    period: tuple[int, int] | None = None
    kind: DocumentKind | None = None
    status: DocumentStatus | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Which facts are given."""
        return tuple(name for name in FACTS if getattr(self, name) is not None)

    def over(self, other: Given) -> Given:
        """These facts, and those of ``other`` where these say nothing."""
        return replace(other, **{name: getattr(self, name) for name in self.names})

    def told(self, head: Head) -> Head:
        """What a document says about itself, these facts in place of its own."""
        head = replace(head, **{name: getattr(self, name) for name in self.names if name != "city"})
        if self.city is None:
            return head
        place = most_specific(places_named(self.city))
        city, province = jurisdiction(place) if place is not None else (self.city, None)
        return replace(
            head, place=place, city=city, province=province, adcode=place.adcode if place else None, bearers=()
        )


FACTS: tuple[str, ...] = tuple(each.name for each in fields(Given))
NOTHING = Given()
_ALLOWED: Mapping[str, tuple[str, str]] = {
    "issued": ("2024-03-01、2024-03 或 2024", "2024-03-01, 2024-03 or 2024"),
    "period": ("2025 或 2024-2026", "2025 or 2024-2026"),
    "kind": ("plan、study、register", "plan, study, register"),
    "status": ("issued、draft", "issued, draft"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: which file or files, what is given, and where the entry stands."""

    pattern: str
    given: Given
    where: str


@dataclass(frozen=True, slots=True)
class Meta:
    """All entries of one file of facts, in order. ``folder`` is where a sidecar holds, None for one named by hand."""

    entries: tuple[_Entry, ...]
    folder: Path | None = None

    def given(self, file: Path) -> Given:
        """What is given for a file; a later entry overrules an earlier one."""
        facts = NOTHING
        if self.folder is None or file.parent == self.folder:
            for entry in self.entries:
                if _fits(entry, file):
                    facts = entry.given.over(facts)
        return facts

    def refuse_unknown(self, files: Sequence[Path]) -> None:
        """Raise UsageError for an entry that speaks of none of ``files``."""
        for entry in self.entries:
            if not any(_fits(entry, file) for file in files):
                raise UsageError(
                    Words(f"没有文件“{entry.pattern}”", f"there is no file {entry.pattern}"),
                    where=entry.where,
                    advice=Words(
                        "写文件名（含扩展名），可用 * 和 ?；文件须在要读取的文件之中",
                        "give the name of a file that is read, with its suffix; * and ? may stand in it",
                    ),
                )


def _fits(entry: _Entry, file: Path) -> bool:
    return fnmatchcase(shown_name(file), entry.pattern)


def given_facts(files: Sequence[Path], named: Path | None = None) -> Mapping[Path, Given]:
    """What is given for each of ``files``: by the file of facts ``named``, then by the sidecar of its folder.

    Raises:
        InputError: a file of facts cannot be read.
        UsageError: it names a file, a fact or a value that nobody knows.
    """
    by_hand = read_meta(named) if named is not None else None
    if by_hand is not None:
        by_hand.refuse_unknown(files)
    sidecars = {folder: _sidecar(folder) for folder in dict.fromkeys(file.parent for file in files)}
    facts = {}
    for file in files:
        beside = sidecars[file.parent]
        given = beside.given(file) if beside is not None else NOTHING
        facts[file] = by_hand.given(file).over(given) if by_hand is not None else given
    return facts


def _sidecar(folder: Path) -> Meta | None:
    """The file of facts of a folder, whose entries must speak of files in that folder."""
    present = [folder / name for name in SIDECARS if (folder / name).is_file()]
    if not present:
        return None
    if len(present) > 1:
        raise UsageError(
            Words(f"同一文件夹中有 {' 和 '.join(SIDECARS)}", f"there are both {' and '.join(SIDECARS)} in this folder"),
            where=shown_path(folder),
            advice=Words("只留一个", "keep one of them"),
        )
    meta = replace(read_meta(present[0]), folder=folder)
    meta.refuse_unknown([path for path in folder.iterdir() if path.is_file() and path.name not in SIDECARS])
    return meta


def read_meta(path: Path) -> Meta:
    """The entries of a TOML or CSV file of facts. Raises as :func:`given_facts` does."""
    content = read_bytes(path)
    text, _ = decode(content, shown_name(path))
    where = shown_path(path)
    if path.suffix.lower() not in (".toml", ".csv"):
        raise UsageError(
            Words("文件信息须是 .toml 或 .csv", "facts of files stand in a .toml or .csv file"),
            where=where,
            advice=Words("见 docs/registers.md", "see docs/registers.md"),
        )
    rows = _toml_rows(text, where) if path.suffix.lower() == ".toml" else _csv_rows(text, where)
    return Meta(tuple(_entry(row, place) for row, place in rows))


def _toml_rows(text: str, where: str) -> Iterator[tuple[Mapping[str, object], str]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            Words(f"TOML 有误：{error}", f"this is no TOML: {error}"),
            where=where,
            advice=Words("文字加引号；每份文件一段 [[document]]", "quote texts; one [[document]] for each file"),
        ) from error
    entries = content.pop("document", [])
    if content or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(
            Words("只应有 [[document]] 段", "only tables [[document]] are known here"),
            where=where,
            advice=Words('如 [[document]]、file = "甲.txt"、city = "示例市"', 'such as [[document]], file = "a.txt"'),
        )
    for number, entry in enumerate(entries, 1):
        yield entry, f"{where} [[document]] {number}"


def _csv_rows(text: str, where: str) -> Iterator[tuple[Mapping[str, object], str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        if None in row:
            raise UsageError(
                Words("这一行的格数多于标题", "this row has more cells than there are headings"),
                where=f"{where}:{reader.line_num}",
                advice=Words("含逗号的文字加引号", "quote texts with commas in them"),
            )
        filled = {key.strip(): value.strip() for key, value in row.items() if value and value.strip()}
        if filled:
            yield filled, f"{where}:{reader.line_num}"


def _entry(row: Mapping[str, object], where: str) -> _Entry:
    unknown = [key for key in row if key != "file" and key not in FACTS]
    if unknown:
        names = ", ".join(("file", *FACTS))
        raise UsageError(
            Words(f"没有“{unknown[0]}”这一项", f"there is no fact {unknown[0]!r}"),
            where=where,
            advice=Words(f"可填：{names}", f"known are: {names}"),
        )
    pattern = row.get("file")
    if not isinstance(pattern, str) or not pattern:
        raise UsageError(
            Words("没有写 file", "file is missing"), where=where, advice=Words("写明文件名", "name the file")
        )
    return _Entry(pattern, Given(**dict(_facts(row, where))), where)  # type: ignore[arg-type]


def _facts(row: Mapping[str, object], where: str) -> Iterable[tuple[str, object]]:
    for name in FACTS:
        if name not in row:
            continue
        value = _fact(name, row[name])
        if value is None:
            zh, en = _ALLOWED.get(name, ("文字", "a text"))
            raise UsageError(
                Words(f"{name} 不能是“{row[name]}”", f"{name} cannot be {row[name]!r}"),
                where=where,
                advice=Words(f"应为：{zh}", f"it is: {en}"),
            )
        yield name, value


def _fact(name: str, value: object) -> object:
    """A fact as records hold it, None where the value is none."""
    if isinstance(value, datetime.date | int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return None
    if name == "issued":
        return as_date(value)
    if name == "period":
        return as_years(value)
    if name in ("kind", "status"):
        allowed = cast("tuple[str, ...]", get_args(DocumentKind if name == "kind" else DocumentStatus))
        return value if value in allowed else None
    return value.strip()
