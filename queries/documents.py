"""One document as reports on reading see it, the same whether it was read just now or lies in a graph's tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ontology.records import Action, Finding, PolicyDocument, Responsibility, Section, Stretch, Task

UnitKind = Literal["section", "action", "task"]


class Tables(Protocol):
    """A graph's record tables; an opened graph folder has them."""

    def nodes(self, label: str) -> Sequence[Mapping[str, object]]:
        """Give the nodes of a label."""
        ...

    def edges(self, relation: str) -> Sequence[Mapping[str, object]]:
        """Give the edges of a relation with ``source`` and ``target``."""
        ...

    def texts(self) -> Mapping[str, str]:
        """Give the texts of all documents, by uid."""
        ...

    def accounts(self) -> Mapping[str, Sequence[Stretch]]:
        """Give the account of every document's text, by uid."""
        ...

    def findings(self) -> Sequence[Finding]:
        """Give what was found wrong."""
        ...


@dataclass(frozen=True, slots=True)
class Unit:
    """A section heading, action or task: where it stands, and whether a lead is named there."""

    kind: UnitKind
    ref: str
    start: int
    end: int
    led: bool


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read of one document.

    ``units`` are in order of the text. ``bodies`` are the different names printed as responsible, ``certainties``
    counts responsibilities by certainty; neither holds duties stated in running text, whose sentences are ``duties``.
    """

    file: str
    name: str | None
    city: str | None
    kind: str | None
    status: str | None
    text: str
    account: Sequence[Stretch]
    units: Sequence[Unit]
    bodies: frozenset[str]
    certainties: Mapping[str, int]
    duties: Sequence[tuple[int, int]]
    findings: Sequence[Finding]


# ------------------------------------------------------------------------------------------------ just read


def from_reading(document: PolicyDocument) -> ReadDocument:
    """A document as the reader gives it."""
    facts = document.facts
    named = [record for holder, _ in _holders(document) for record in holder.responsibilities]
    return ReadDocument(
        file=facts.file,
        name=facts.title,
        city=facts.city or facts.province,
        kind=facts.kind,
        status=facts.status,
        text=document.text,
        account=document.account,
        units=_in_order(
            Unit(kind, holder.ref, holder.span.start, holder.span.end, _leads(holder.responsibilities))
            for holder, kind in _holders(document)
        ),
        bodies=frozenset(record.body for record in named),
        certainties=Counter(record.certainty for record in named),
        duties=_distinct((record.clause.start, record.clause.end) for record in document.mentions),
        findings=document.findings,
    )


def _holders(document: PolicyDocument) -> Iterator[tuple[Section | Action | Task, UnitKind]]:
    for section in document.sections:
        yield section, "section"
    for action in document.actions:
        yield action, "action"
        for task in action.tasks:
            yield task, "task"


def _leads(records: Iterable[Responsibility]) -> bool:
    return any(record.role == "lead" for record in records)


_ORDER: Mapping[UnitKind, int] = {"section": 0, "action": 1, "task": 2}


def _in_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda unit: (unit.start, _ORDER[unit.kind], unit.end, unit.ref)))


def _distinct(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(set(spans)))


# ------------------------------------------------------------------------------------------------ in a graph


def from_tables(tables: Tables) -> list[ReadDocument]:
    """All documents of a graph, in order of file and uid."""
    home = _homes(tables)
    named, duties = _responsibilities(tables, home)
    led = {str(edge["target"]) for edges in named.values() for relation, edge in edges if relation == "LEADS"}
    units = _units(tables, home, led)
    cities = _cities(tables)
    texts, accounts = tables.texts(), tables.accounts()
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in tables.findings():
        findings[finding.document].append(finding)
    return [
        ReadDocument(
            file=_text(row["file"]) or "",
            name=_text(row["name"]),
            city=cities.get(uid),
            kind=_text(row["kind"]),
            status=_text(row["status"]),
            text=texts.get(uid, ""),
            account=accounts.get(uid, ()),
            units=_in_order(units[uid]),
            bodies=frozenset(str(edge["printed_name"]) for _, edge in named[uid]),
            certainties=Counter(str(edge["certainty"]) for _, edge in named[uid]),
            duties=_distinct(duties[uid]),
            findings=findings[uid],
        )
        for row in sorted(tables.nodes("Document"), key=lambda row: (str(row["file"]), str(row["uid"])))
        for uid in (str(row["uid"]),)
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _place(row: Mapping[str, object]) -> tuple[int, int]:
    start, end = row["span_start"], row["span_end"]
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (0, 0)


def homes(tables: Tables) -> dict[str, str]:
    """Give the document of everything that stands in a text, by uid: itself, its sections, actions, tasks, targets."""
    home = {str(row["uid"]): str(row["uid"]) for row in tables.nodes("Document")} | _homes(tables)
    targets = {str(edge["target"]): home.get(str(edge["source"])) for edge in tables.edges("SETS")}
    return home | {target: document for target, document in targets.items() if document is not None}


def _homes(tables: Tables) -> dict[str, str]:
    """The document of every section, action and task."""
    home = {
        str(edge["target"]): str(edge["source"])
        for relation in ("HAS_SECTION", "HAS_ACTION")
        for edge in tables.edges(relation)
    }
    tasks = {str(edge["target"]): str(edge["source"]) for edge in tables.edges("HAS_TASK")}
    return home | {task: home[action] for task, action in tasks.items() if action in home}


_Named = dict[str, list[tuple[str, Mapping[str, object]]]]


def _responsibilities(tables: Tables, home: Mapping[str, str]) -> tuple[_Named, dict[str, list[tuple[int, int]]]]:
    """By document: what clauses and headings print as (relation, edge), and the sentences that state a duty."""
    named: _Named = defaultdict(list)
    duties: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for relation in ("LEADS", "SUPPORTS"):
        for edge in tables.edges(relation):
            document = home.get(str(edge["target"]))
            if document is None or edge["inherited"]:
                continue
            if edge["basis"] == "text":
                duties[document].append(_place(edge))
            else:
                named[document].append((relation, edge))
    return named, duties


def _units(tables: Tables, home: Mapping[str, str], led: set[str]) -> dict[str, list[Unit]]:
    kinds: Mapping[str, UnitKind] = {"Section": "section", "Action": "action", "Task": "task"}
    units: dict[str, list[Unit]] = defaultdict(list)
    for label, kind in kinds.items():
        for row in tables.nodes(label):
            uid = str(row["uid"])
            if uid in home:
                units[home[uid]].append(Unit(kind, _text(row["ref"]) or "", *_place(row), uid in led))
    return units


def _cities(tables: Tables) -> dict[str, str]:
    names = {str(row["uid"]): str(row["name"]) for row in tables.nodes("City")}
    issued = {str(edge["target"]): names.get(str(edge["source"]), "") for edge in tables.edges("ISSUED")}
    return {str(edge["source"]): names.get(str(edge["target"]), "") for edge in tables.edges("ABOUT")} | issued
