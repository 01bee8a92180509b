"""What of a graph a person should look at: bodies, names, actions without a theme, targets that share an indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.departments import Department
from queries.lookups import lookup
from queries.numbers import printed_number
from queries.rows import Store
from queries.sources import sources

UNREVIEWED_PREFIX = "core:"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a name is printed, one sentence it stands in, and the uid of the node that holds that sentence."""

    times: int
    quote: str
    where: str


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action without a main theme, with the words a theme is told by."""

    uid: str
    title: str
    heading: str
    body: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasuredTarget:
    """One target whose number can be compared: what it prints, its indicator, and where it stands.

    ``number`` is written as in ``≥95%``; ``file`` is the document's, ``holder`` the uid of the node that sets it.
    """

    indicator: str
    indicator_name: str
    family: str
    name: str
    op: str
    unit: str
    per: str | None
    number: str
    quote: str
    file: str
    holder: str


NO_EVIDENCE = Evidence(0, "", "")


def is_unreviewed(body: Department) -> bool:
    """Whether nobody has reviewed the line of work of a body."""
    return not body.works or body.works[0].function.startswith(UNREVIEWED_PREFIX)


def evidence_of(store: Store, bodies: Iterable[str]) -> dict[tuple[str, str], Evidence]:
    """Give the evidence for every printed name of these bodies, by uid of the body and name."""
    found: dict[tuple[str, str], Evidence] = {}
    for row in store.run(lookup("quotes_of_bodies"), {"bodies": sorted(bodies)}):
        key = (str(row["body"]), str(row["printed"]))
        first = found.get(key, Evidence(0, str(row["quote"]), str(row["holder"])))
        found[key] = Evidence(first.times + 1, first.quote, first.where)
    return found


def open_actions(store: Store) -> list[OpenAction]:
    """Give every action without a main theme, by uid."""
    rows = list(store.run(lookup("themes_of_actions")))
    settled = {str(row["action"]) for row in rows if row["main"] is True}
    wanted = {str(row["action"]): row for row in rows if str(row["action"]) not in settled}
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.run(lookup("words_of_actions"), {"actions": sorted(wanted)}):
        texts[str(row["action"])].append(str(row["text"]))
    sections: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.run(lookup("section_headings")):
        sections[str(row["document"])].append((str(row["ref"]), str(row["heading"])))
    return [
        OpenAction(
            uid,
            str(row["title"]),
            str(row["heading"]),
            "".join(texts[uid]),
            tuple(heading for ref, heading in sections[str(row["document"])] if str(row["ref"]).startswith(f"{ref}/")),
        )
        for uid, row in sorted(wanted.items())
    ]


def measured_targets(store: Store) -> list[MeasuredTarget]:
    """Give every target that is strictly comparable, by indicator, name and uid."""
    files = {uid: source.file for uid, source in sources(store).items()}
    return [
        MeasuredTarget(
            str(row["indicator"]),
            str(row["indicator_name"]),
            str(row["family"]),
            str(row["name"]),
            str(row["op"]),
            str(row["unit"]),
            None if row["per"] is None else str(row["per"]),
            printed_number(row),
            str(row["quote"]),
            _file_of(str(row["holder"]), files),
            str(row["holder"]),
        )
        for row in store.run(lookup("measured_targets"))
    ]


def _file_of(holder: str, files: Mapping[str, str]) -> str:
    """The file of the document whose uid the uid of a node begins with."""
    uid = holder
    while uid and uid not in files:
        uid = uid.rpartition("/")[0]
    return files.get(uid, "")
