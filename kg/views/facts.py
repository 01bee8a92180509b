"""A graph as pages need it: read once, tied together.

The record tables give what is shown, every responsibility among it; what of it counts, and how, is asked of
``queries.counting`` and ``queries.workload``, so that a page and a report never differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal, Protocol, TypeVar

from kg.output import Label
from ontology.records import Finding, Stretch
from queries.counting import Counting, carriers, counting, duties
from queries.counting import Duty as CountedDuty
from queries.dependencies import DependencyReport, dependencies
from queries.documents import Tables
from queries.overlap import OverlapReport, overlap
from queries.review import UNREVIEWED_PREFIX
from queries.rows import Store
from queries.sources import sources
from queries.workload import Load, workload

T = TypeVar("T")
DutyRole = Literal["lead", "joint", "support"]
TieKind = Literal["support", "joint", "note", "theme"]
HolderKind = Literal["section", "action", "task"]


@dataclass(frozen=True, slots=True)
class City:
    """A jurisdiction."""

    uid: str
    name: str
    adcode: str
    level: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A document with its city: the one that issued it, or that a study is about.

    ``year`` is that of issue, else the first of its period.
    """

    uid: str
    name: str
    city: City
    kind: str
    status: str
    doc_no: str
    issuer: str
    issued: str
    year: int | None
    period: tuple[int | None, int | None]
    file: str
    convention: str
    characters: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A section, action or task. ``action`` is the uid of a task's action, else its own; ``span`` its code points."""

    uid: str
    kind: HolderKind
    ref: str
    heading: str
    document: str
    action: str
    due: str
    order: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Body:
    """A responsible body of one city. ``functions`` are uids of lines of work, the main one first."""

    uid: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    city: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One responsibility as printed: ``span`` is its clause in the text, ``quote`` the same without breaks."""

    body: str
    holder: str
    document: str
    role: DutyRole
    duty: str
    basis: str
    certainty: str
    rule: str
    collective: bool
    inherited: bool
    printed: str
    position: int
    list_size: int
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Promise:
    """One target: ``holder`` is the uid of what sets it (document, section, action or task).

    ``value`` times ``factor`` is its number in the unit of its ``indicator``.
    """

    uid: str
    name: str
    holder: str
    document: str
    op: str
    value: float
    value_max: float | None
    unit: str
    per: str
    deadline: str
    baseline: str
    indicator: str
    factor: float
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """A theme, function, indicator or instrument by its two names (the same where there is but one)."""

    uid: str
    zh: str
    en: str

    @property
    def words(self) -> Label:
        """The two names."""
        return Label(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Shared:
    """The bodies of one action, with one responsibility of each."""

    document: str
    leads: Mapping[str, Duty]
    supports: Mapping[str, Duty]
    noted: Mapping[str, Duty]

    def pairs(self) -> Iterator[tuple[str, str, TieKind, Duty]]:
        """Who is tied to whom by this action, how, and what proves it."""
        for lead in self.leads:
            for support, duty in self.supports.items():
                yield lead, support, "support", duty
            for noted, duty in self.noted.items():
                yield lead, noted, "note", duty
        for one, other in combinations(sorted(self.leads), 2):
            yield one, other, "joint", self.leads[one]


class Readable(Store, Tables, Protocol):
    """A graph that gives its tables and answers Cypher: a folder or a server."""


class Facts:
    """Everything in a graph that a page can show, each table read when it is first needed."""

    def __init__(self, graph: Readable, cities: Sequence[str] = ()) -> None:
        """Take the graph; nothing is read yet. ``cities`` keeps the documents of these places, by name or code."""
        self._tables = graph
        self._store: Readable = graph
        self._wanted = tuple(cities) or None

    @cached_property
    def counting(self) -> Counting:
        """Which responsibilities count, as printed: notes, collectives and inherited ones left out."""
        return counting(self._store, city=self._wanted)

    @cached_property
    def counted(self) -> Sequence[CountedDuty]:
        """What counts: one duty a body and holder, with its highest role."""
        counts = self.counting
        return duties(counts.counted, carriers(self._store, "department"), counts.holder_of)

    @cached_property
    def counted_of_bodies(self) -> Mapping[str, Sequence[CountedDuty]]:
        """What counts of each body."""
        return _grouped((duty.carrier, duty) for duty in self.counted)

    @cached_property
    def counted_of_holders(self) -> Mapping[str, Sequence[CountedDuty]]:
        """What counts under each section, action or task."""
        return _grouped((duty.holder, duty) for duty in self.counted)

    @cached_property
    def counted_of_documents(self) -> Mapping[str, Sequence[CountedDuty]]:
        """What counts in each document."""
        return _grouped((self.holders[duty.holder].document, duty) for duty in self.counted)

    @cached_property
    def actions_of_themes(self) -> Mapping[str, Sequence[str]]:
        """The actions (uids) about each theme, whether or not it is their main one."""
        return _grouped((theme, action) for action, themes in self.themes_of_actions.items() for theme in themes)

    @cached_property
    def counted_actions(self) -> Sequence[tuple[str, str, str]]:
        """(action, main theme, uid of the city) of every action with a theme in a document that is not a study."""
        return [
            (action, themes[0], plan.city.uid)
            for action, themes in self.themes_of_actions.items()
            for plan in (self.documents[self.holders[action].document],)
            if plan.kind != "study"
        ]

    @cached_property
    def shared_actions(self) -> Sequence[Shared]:
        """Each action that counts, its tasks with it, with its bodies, each in its highest role."""
        found: list[Shared] = []
        counted = {(duty.carrier, duty.holder): duty.role for duty in self.counted}
        actions: defaultdict[str, tuple[dict[str, Duty], dict[str, Duty], dict[str, Duty]]] = defaultdict(
            lambda: ({}, {}, {})
        )
        for duty in self.duties:
            role = counted.get((duty.body, duty.holder))
            leads, supports, noted = actions[self.holders[duty.holder].action]
            if role == duty.role:
                (supports if role == "support" else leads).setdefault(duty.body, duty)
            elif duty.basis == "note" and not duty.inherited and self.documents[duty.document].kind != "study":
                noted.setdefault(duty.body, duty)
        for leads, supports, noted in actions.values():
            if leads or supports:
                found.append(
                    Shared(
                        next(iter((*leads.values(), *supports.values()))).document,
                        leads,
                        {body: duty for body, duty in supports.items() if body not in leads},
                        {body: duty for body, duty in noted.items() if body not in leads and body not in supports},
                    )
                )
        return found

    @cached_property
    def shared_of_documents(self) -> Mapping[str, Sequence[Shared]]:
        """The actions with several bodies of each document."""
        return _grouped((shared.document, shared) for shared in self.shared_actions)

    @cached_property
    def dependencies(self) -> DependencyReport:
        """Who is tied to whom, in each city."""
        return dependencies(self._store, city=self._wanted)

    @cached_property
    def overlap(self) -> OverlapReport:
        """What several cities do alike, and what only one of them does."""
        return overlap(self._store, cities=self._wanted or ())

    @cached_property
    def places_of_likenesses(self) -> Mapping[tuple[str, str], tuple[tuple[int, int], tuple[int, int]]]:
        """Where the sentences of two measures that do the same stand, by their uids, each in its document."""
        return {
            (str(edge["source"]), str(edge["target"])): (_span(edge, "source_"), _span(edge, "target_"))
            for edge in self._tables.edges("OVERLAPS")
        }

    @cached_property
    def loads(self) -> Mapping[str, Load]:
        """The workload of each body within its city."""
        return {load.uid: load for load in workload(self._store, city=self._wanted).loads}

    @cached_property
    def cities(self) -> Mapping[str, City]:
        """Every jurisdiction, by uid."""
        return {
            str(row["uid"]): City(str(row["uid"]), _text(row["name"]), _text(row["adcode"]), _text(row["level"]))
            for row in self._tables.nodes("City")
        }

    @cached_property
    def documents(self) -> Mapping[str, Plan]:
        """Every document, by uid, in order of its city's code and its year."""
        homes = {str(edge["source"]): str(edge["target"]) for edge in self._tables.edges("ABOUT")}
        homes |= {str(edge["target"]): str(edge["source"]) for edge in self._tables.edges("ISSUED")}
        plans = [_plan(row, self.cities.get(homes.get(str(row["uid"]), ""))) for row in self._tables.nodes("Document")]
        if self._wanted:
            kept = sources(self._store, self._wanted)
            plans = [plan for plan in plans if plan.uid in kept]
        plans.sort(key=lambda plan: (plan.city.adcode, plan.city.name, plan.year or 0, plan.uid))
        return {plan.uid: plan for plan in plans}

    @cached_property
    def holders(self) -> Mapping[str, Holder]:
        """Every section, action and task, by uid, in order of the text."""
        documents = {
            str(edge["target"]): str(edge["source"])
            for relation in ("HAS_SECTION", "HAS_ACTION")
            for edge in self._tables.edges(relation)
        }
        actions = {str(edge["target"]): str(edge["source"]) for edge in self._tables.edges("HAS_TASK")}
        kinds: Mapping[str, HolderKind] = {"Section": "section", "Action": "action", "Task": "task"}
        found: list[Holder] = []
        for label, kind in kinds.items():
            for row in self._tables.nodes(label):
                uid = str(row["uid"])
                action = actions.get(uid, uid)
                found.append(_holder(row, kind, documents[action], action))
        found = [holder for holder in found if holder.document in self.documents]
        found.sort(key=lambda holder: (holder.document, holder.span[0], -holder.span[1], holder.uid))
        return {holder.uid: holder for holder in found}

    @cached_property
    def holders_of_documents(self) -> Mapping[str, Sequence[Holder]]:
        """The sections, actions and tasks of each document, in order of the text."""
        return _grouped((holder.document, holder) for holder in self.holders.values())

    @cached_property
    def holders_of_actions(self) -> Mapping[str, Sequence[str]]:
        """Each action's uid with those of its tasks, the action first."""
        return _grouped((holder.action, holder.uid) for holder in self.holders.values())

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Every body, by uid."""
        cities = {str(edge["source"]): str(edge["target"]) for edge in self._tables.edges("IN")}
        functions = _grouped((str(edge["source"]), str(edge["target"])) for edge in self._tables.edges("PERFORMS"))
        return {
            uid: Body(
                uid, _text(row["name"]), _text(row["kind"]), tuple(_strings(row["aliases"])), cities.get(uid, ""),
                tuple(functions.get(uid, ())),
            )
            for row in self._tables.nodes("Department")
            for uid in (str(row["uid"]),)
        }  # fmt: skip

    @cached_property
    def duties(self) -> Sequence[Duty]:
        """Every responsibility, inherited ones included, in order of the text."""
        found = [
            _duty(edge, relation, self.holders[str(edge["target"])].document)
            for relation in ("LEADS", "SUPPORTS")
            for edge in self._tables.edges(relation)
            if str(edge["target"]) in self.holders
        ]
        return sorted(found, key=lambda duty: (duty.document, duty.span, duty.holder, duty.position, duty.body))

    @cached_property
    def duties_of_bodies(self) -> Mapping[str, Sequence[Duty]]:
        """The responsibilities of each body."""
        return _grouped((duty.body, duty) for duty in self.duties)

    @cached_property
    def duties_of_documents(self) -> Mapping[str, Sequence[Duty]]:
        """The responsibilities each document prints."""
        return _grouped((duty.document, duty) for duty in self.duties)

    @cached_property
    def duties_of_holders(self) -> Mapping[str, Sequence[Duty]]:
        """The responsibilities of each section, action or task."""
        return _grouped((duty.holder, duty) for duty in self.duties)

    @cached_property
    def targets(self) -> Sequence[Promise]:
        """Every target, in order of the text."""
        rows = {str(row["uid"]): row for row in self._tables.nodes("Target")}
        measures = {str(edge["source"]): edge for edge in self._tables.edges("MEASURES")}
        found = [
            _promise(rows[uid], edge, self._document_of(str(edge["source"])), measures.get(uid, {}))
            for edge in self._tables.edges("SETS")
            for uid in (str(edge["target"]),)
        ]
        found = [target for target in found if target.document in self.documents]
        return sorted(found, key=lambda target: (target.document, target.span, target.uid))

    @cached_property
    def strict_indicators(self) -> frozenset[str]:
        """The indicators whose numbers compare."""
        return frozenset(str(edge["target"]) for edge in self._tables.edges("MEASURES") if edge["strict"])

    @cached_property
    def targets_of_holders(self) -> Mapping[str, Sequence[Promise]]:
        """The targets each document, section, action or task sets."""
        return _grouped((target.holder, target) for target in self.targets)

    @cached_property
    def targets_of_documents(self) -> Mapping[str, Sequence[Promise]]:
        """The targets each document prints."""
        return _grouped((target.document, target) for target in self.targets)

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Every theme, function, indicator and instrument, by uid."""
        return {
            str(row["uid"]): Term(str(row["uid"]), name, _text(row.get("name_en")) or name)
            for label in ("Theme", "Function", "Indicator", "Instrument")
            for row in self._tables.nodes(label)
            for name in (_text(row["name"]).removeprefix(UNREVIEWED_PREFIX),)
        }

    @cached_property
    def themes_of_actions(self) -> Mapping[str, Sequence[str]]:
        """The themes (uids) of each action, the main one first."""
        edges = sorted(
            (edge for edge in self._tables.edges("ADDRESSES") if str(edge["source"]) in self.holders),
            key=lambda edge: (str(edge["source"]), not edge["main"], str(edge["target"])),
        )
        return _grouped((str(edge["source"]), str(edge["target"])) for edge in edges)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The text of every document."""
        return self._tables.texts()

    @cached_property
    def accounts(self) -> Mapping[str, Sequence[Stretch]]:
        """Which stretch of every text belongs to what."""
        return self._tables.accounts()

    @cached_property
    def findings(self) -> Mapping[str, Sequence[Finding]]:
        """What was found wrong or doubtful, by document; under "" what stands in none."""
        return _grouped((finding.document, finding) for finding in self._tables.findings())

    def _document_of(self, holder: str) -> str:
        found = self.holders.get(holder)
        return found.document if found else holder


def _plan(row: Mapping[str, object], city: City | None) -> Plan:
    issued = _text(row["issued"])
    first, last = _whole(row["period_start"]), _whole(row["period_end"])
    return Plan(
        uid=str(row["uid"]), name=_text(row["name"]), city=city or City("", "", "", ""), kind=_text(row["kind"]),
        status=_text(row["status"]), doc_no=_text(row["doc_no"]), issuer=_text(row["issuer"]), issued=issued,
        year=int(issued[:4]) if issued[:4].isdigit() else first, period=(first, last), file=_text(row["file"]),
        convention=_text(row["convention"]), characters=_whole(row["characters"]) or 0,
    )  # fmt: skip


def _holder(row: Mapping[str, object], kind: HolderKind, document: str, action: str) -> Holder:
    return Holder(
        uid=str(row["uid"]), kind=kind, ref=_text(row["ref"]), heading=_text(row["name"]), document=document,
        action=action, due=_text(row.get("due")), order=_whole(row["order"]) or 0, span=_span(row),
    )  # fmt: skip


def _duty(edge: Mapping[str, object], relation: str, document: str) -> Duty:
    role: DutyRole = "support" if relation == "SUPPORTS" else "joint" if edge["joint"] else "lead"
    return Duty(
        body=str(edge["source"]), holder=str(edge["target"]), document=document, role=role, duty=_text(edge["duty"]),
        basis=_text(edge["basis"]), certainty=_text(edge["certainty"]), rule=_text(edge["rule"]),
        collective=bool(edge["collective"]), inherited=bool(edge["inherited"]), printed=_text(edge["printed_name"]),
        position=_whole(edge["position"]) or 0, list_size=_whole(edge["list_size"]) or 0, quote=_text(edge["quote"]),
        span=_span(edge),
    )  # fmt: skip


def _promise(
    row: Mapping[str, object], edge: Mapping[str, object], document: str, measure: Mapping[str, object]
) -> Promise:
    return Promise(
        uid=str(row["uid"]), name=_text(row["name"]), holder=str(edge["source"]), document=document,
        op=_text(row["op"]), value=_number(row["value"]) or 0.0, value_max=_number(row["value_max"]),
        unit=_text(row["unit"]), per=_text(row["per"]), deadline=_text(row["deadline"]),
        baseline=_text(row["baseline"]),
        indicator=_text(measure.get("target")), factor=_number(measure.get("factor")) or 1.0,
        quote=_text(edge["quote"]), span=_span(edge),
    )  # fmt: skip


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return dict(groups)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _strings(value: object) -> Iterator[str]:
    yield from (str(item) for item in value) if isinstance(value, list | tuple) else ()


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _span(row: Mapping[str, object], of: str = "span_") -> tuple[int, int]:
    return (_whole(row[f"{of}start"]) or 0, _whole(row[f"{of}end"]) or 0)
