"""Documents to nodes and edges: one body, one theme, one instrument each, with the quote behind every edge."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.cities import add_city
from kg.collected import Collected
from kg.lint import Plan, findings_of
from kg.records import GraphRecords, InputFile, Row, Value
from kg.resolve import (
    NO_DECISIONS,
    Body,
    Decisions,
    PrintedBody,
    ThemeChoice,
    members_of_collectives,
    resolve_bodies,
    resolve_themes,
    unused_decisions,
)
from kg.resolve.decided import Measures, PrintedTarget, resolve_indicators
from kg.resolve.instruments import CitedTitle, Instrument, resolve_instruments
from kg.resolve.stages import stage_of
from loaders.flat import squeezed
from ontology.records import Action, Citation, Finding, PolicyDocument, Responsibility, Section, Span, Target, Task
from ontology.vocabulary import vocabulary

_Bodies = Mapping[PrintedBody, Body]
RELATION_OF_ROLE = {"lead": "LEADS", "support": "SUPPORTS"}


@dataclass(frozen=True, slots=True)
class _Holder:
    """A node that carries responsibilities, with the stretch of text it covers."""

    label: str
    uid: str
    span: Span


def assemble(
    documents: Sequence[PolicyDocument],
    inputs: Sequence[InputFile] = (),
    decisions: Decisions = NO_DECISIONS,
    *,
    expand_collectives: bool = False,
    loose: Sequence[Finding] = (),
) -> GraphRecords:
    """The graph of ``documents`` and ``decisions``. Deterministic: the order of documents does not matter.

    ``expand_collectives`` adds the governments that a collective of local governments means; they carry nothing.
    ``loose`` are findings that belong to no document of the graph.
    """
    ordered = sorted(documents, key=lambda d: (d.facts.adcode or "", d.facts.title or "", d.facts.file, d.facts.sha256))
    tables = Collected(vocabulary())
    bodies, measures = _resolved(ordered, decisions)
    instruments = resolve_instruments(cited for document in ordered for cited in cited_titles(document))
    _add_themes(tables)
    read: dict[str, PolicyDocument] = {}
    for document in ordered:
        read[_Assembly(tables, bodies, instruments, measures, document, decisions).run()] = document
    if expand_collectives:
        _add_members(tables, ordered, bodies)
    return GraphRecords(
        nodes={label: _sorted(rows.values(), ("uid",)) for label, rows in sorted(tables.nodes.items())},
        edges={key: _sorted(_distinct(rows), ("source", "target")) for key, rows in sorted(tables.edges.items())},
        texts={uid: document.text for uid, document in read.items()},
        findings=[
            *(
                replace(finding, document=uid)
                for uid, document in read.items()
                for finding in findings_of(_plan(document, bodies, measures))
            ),
            *loose,
            *unused_decisions(decisions, bodies, _themes_of_actions(tables), measures.references),
        ],
        inputs=sorted(inputs, key=lambda item: item.file),
        accounts={uid: document.account for uid, document in read.items()},
    )


def with_plan_findings(documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    """The documents, each with what is wrong about the plan itself among its findings, as a build finds it."""
    bodies, measures = _resolved(documents, NO_DECISIONS)
    return [replace(document, findings=findings_of(_plan(document, bodies, measures))) for document in documents]


def _resolved(documents: Sequence[PolicyDocument], decisions: Decisions) -> tuple[_Bodies, Measures]:
    names = (name for document in documents for name in printed_bodies(document))
    targets = (PrintedTarget.of(target) for document in documents for target in _all_targets(document))
    return resolve_bodies(names, decisions), resolve_indicators(targets, decisions)


def _plan(document: PolicyDocument, bodies: _Bodies, measures: Measures) -> Plan:
    return Plan(
        document,
        lambda name: bodies[printed_body(document, name)].uid,
        lambda target: measures.of[PrintedTarget.of(target)],
    )


def place_key(document: PolicyDocument) -> str:
    """What stands for the document's place in ids: the code, else the printed name, else the file's own name."""
    facts = document.facts
    return facts.adcode or facts.city or facts.province or facts.file.rsplit(".", 1)[0]


def printed_body(document: PolicyDocument, name: str) -> PrintedBody:
    """A name as this document prints it, ready for the resolver."""
    return PrintedBody(name, place_key(document), document.facts.city or document.facts.province or "")


def printed_bodies(document: PolicyDocument) -> Iterator[PrintedBody]:
    """Every name of a body the document prints: in clauses, headings and duties, and its issuer."""
    for record in _all_responsibilities(document):
        yield printed_body(document, record.body)
    if document.facts.issuer:
        yield printed_body(document, document.facts.issuer)


def cited_title(document: PolicyDocument, citation: Citation) -> CitedTitle:
    """A citation of this document, ready for the resolver."""
    facts, place = document.facts, place_key(document)
    # One file may hold several documents.
    source = ":".join((facts.file, facts.sha256, place, facts.title or "", facts.status))
    return CitedTitle(citation.title, citation.doc_no, citation.short, place, source)


def cited_titles(document: PolicyDocument) -> Iterator[CitedTitle]:
    """Every instrument the document cites."""
    for citation in document.citations:
        yield cited_title(document, citation)
    for action in document.actions:
        for citation in action.citations:
            yield cited_title(document, citation)


def _all_targets(document: PolicyDocument) -> Iterator[Target]:
    yield from document.targets
    for action in document.actions:
        yield from action.targets


def _all_responsibilities(document: PolicyDocument) -> Iterator[Responsibility]:
    for section in document.sections:
        yield from section.responsibilities
    for action in document.actions:
        yield from action.responsibilities
        for task in action.tasks:
            yield from task.responsibilities
    yield from document.mentions


def _sorted(rows: Iterable[Row], first: Sequence[str]) -> list[Row]:
    def key(row: Row) -> tuple[object, ...]:
        return (*(str(row[name]) for name in first), *(str(row[name]) for name in row))

    return sorted(rows, key=key)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    return list({repr(sorted(row.items())): row for row in rows}.values())


def _add_themes(tables: Collected) -> None:
    for theme in tables.schema.themes.values():
        scheme = [*theme.notations]
        tables.node("Theme", f"theme:{theme.uid}", name=theme.zh, name_en=theme.en, scheme="；".join(scheme) or None)
    for theme in tables.schema.themes.values():
        if theme.broader is not None:
            tables.edge(("Theme", f"theme:{theme.uid}"), "BROADER", ("Theme", f"theme:{theme.broader}"))


def _add_body(tables: Collected, body: Body, city: str | None = None) -> str:
    """Add a body with its lines of work and its place: that of its code, else ``city``."""
    if body.uid not in tables.nodes["Department"]:
        tables.node("Department", body.uid, name=body.name, kind=body.kind, aliases=list(body.aliases))
        for function, why in body.works:
            _performs(tables, body.uid, function, why)
        home = add_city(tables, body.adcode) or city
        if home is not None:
            tables.edge(("Department", body.uid), "IN", ("City", home))
    return body.uid


def _performs(tables: Collected, body: str, function: str, why: str) -> None:
    known = tables.schema.functions.get(function)
    uid = tables.node(
        "Function",
        f"function:{function}",
        name=known.zh if known else function,
        name_en=known.en if known else None,
    )
    tables.edge(("Department", body), "PERFORMS", ("Function", uid), why=why)


def _add_members(tables: Collected, documents: Sequence[PolicyDocument], bodies: Mapping[PrintedBody, Body]) -> None:
    """Tie every collective of local governments in the graph to the governments it means."""
    printed = [(name, _year(document)) for document in documents for name in printed_bodies(document)]
    for whole, member in members_of_collectives(printed, bodies):
        if whole.uid in tables.nodes["Department"]:
            tables.edge(("Department", whole.uid), "HAS_MEMBER", ("Department", _add_body(tables, member)))


def _year(document: PolicyDocument) -> int | None:
    """The year whose divisions a plan means: that of its issue, else the first of its period."""
    facts = document.facts
    return int(facts.issued[:4]) if facts.issued else facts.period[0] if facts.period else None


class _Assembly:
    """Puts one document into the tables."""

    def __init__(
        self,
        tables: Collected,
        bodies: Mapping[PrintedBody, Body],
        instruments: Mapping[CitedTitle, Instrument],
        measures: Measures,
        document: PolicyDocument,
        decisions: Decisions = NO_DECISIONS,
    ) -> None:
        self.tables, self.bodies, self.instruments, self.measures = tables, bodies, instruments, measures
        self.document, self.decisions = document, decisions
        self.place = place_key(document)
        self.city_name = document.facts.city or document.facts.province or ""
        self.holders: list[_Holder] = []

    def run(self) -> str:
        self.uid = self._document()
        self.city = self._city()
        self._published()
        sections = [self._section(order, section) for order, section in enumerate(self.document.sections, 1)]
        actions = [self._action(order, action) for order, action in enumerate(self.document.actions, 1)]
        self._group(sections, actions)
        self._goal_targets(sections)
        self._mentions()
        for citation in self.document.citations:
            self._cite(("Document", self.uid), citation)
        return self.uid

    def _document(self) -> str:
        facts = self.document.facts
        title = facts.title or facts.file.rsplit(".", 1)[0]
        draft = "（征求意见稿）" if facts.status == "draft" else ""
        first, last = facts.period or (None, None)
        return self.tables.node(
            "Document",
            self.tables.fresh_uid(f"{self.place}/{title}{draft}"),
            name=title,
            kind=facts.kind,
            status=facts.status,
            doc_no=facts.doc_no,
            issuer=facts.issuer,
            issued=facts.issued,
            period_start=first,
            period_end=last,
            file=facts.file,
            sha256=facts.sha256,
            characters=facts.characters,
            convention=facts.convention,
            given=list(facts.given),
        )

    def _city(self) -> str | None:
        """The document's city with those above it."""
        if not self.city_name:
            return None
        adcode = self.document.facts.adcode
        known = add_city(self.tables, adcode) if adcode else None
        return known or self.tables.node("City", self.place, name=self.city_name)

    def _published(self) -> None:
        """Tie the document to its city: a study is about it, a plan is issued by it and by a body of it."""
        if not self.city:
            return
        facts = self.document.facts
        document = ("Document", self.uid)
        if facts.kind == "study":
            self.tables.edge(document, "ABOUT", ("City", self.city))
            return
        self.tables.edge(("City", self.city), "ISSUED", document)
        if facts.issuer:
            self.tables.edge(document, "ISSUED_BY", ("Department", self._department(facts.issuer)))

    def _department(self, printed: str) -> str:
        return _add_body(self.tables, self.bodies[printed_body(self.document, printed)], self.city)

    def _part(
        self,
        whole: tuple[str, str],
        relation: str,
        label: str,
        order: int,
        part: Section | Action | Task,
        **properties: Value,
    ) -> _Holder:
        """Add a node for a part of the plan and tie it to its ``whole``, a (label, uid)."""
        uid = self.tables.node(
            label,
            self.tables.fresh_uid(f"{self.uid}/{part.ref}"),
            ref=part.ref,
            order=order,
            span_start=part.span.start,
            span_end=part.span.end,
            **properties,
        )
        self.tables.edge(whole, relation, (label, uid), order=order)
        return _Holder(label, uid, part.span)

    def _section(self, order: int, section: Section) -> _Holder:
        holder = self._part(
            ("Document", self.uid), "HAS_SECTION", "Section", order, section,
            name=section.heading, heading=section.heading,
        )  # fmt: skip
        for record in section.responsibilities:
            self._responsible(holder, record)
        return holder

    def _action(self, order: int, action: Action) -> _Holder:
        holder = self._part(
            ("Document", self.uid), "HAS_ACTION", "Action", order, action,
            name=action.heading, heading=action.heading, due=action.due,
        )  # fmt: skip
        self.holders.append(holder)
        tasks = {task.ref: self._task(holder.uid, number, task) for number, task in enumerate(action.tasks, 1)}
        for record in action.responsibilities:
            self._responsible(holder, record)
        for task in action.tasks:
            for record in task.responsibilities or action.responsibilities:
                self._responsible(tasks[task.ref], record, inherited=not task.responsibilities)
        for target in action.targets:
            self._target(tasks.get(target.task or "", holder), target)
        for citation in action.citations:
            place = tasks.get(citation.task or "", holder)
            self._cite((place.label, place.uid), citation)
        self._themes(holder.uid, action)
        return holder

    def _task(self, action_uid: str, order: int, task: Task) -> _Holder:
        stage = stage_of("".join(task.text.split()))
        holder = self._part(
            ("Action", action_uid), "HAS_TASK", "Task", order, task,
            name=_shortened(task.text), form=task.form, text=task.text, due=task.due,
            stage=stage.name if stage else None, stage_word=stage.word if stage else None,
        )  # fmt: skip
        self.holders.append(holder)
        return holder

    def _responsible(self, holder: _Holder, record: Responsibility, *, inherited: bool = False) -> None:
        self.tables.edge(
            ("Department", self._department(record.body)),
            RELATION_OF_ROLE[record.role],
            (holder.label, holder.uid),
            duty=record.duty,
            joint=record.joint,
            collective=record.collective,
            position=record.position,
            list_size=record.list_size,
            basis=record.basis,
            certainty=record.certainty,
            rule=record.rule,
            inherited=inherited,
            printed_name=record.body,
            quote=self._quote(record.clause, record.body),
            span_start=record.clause.start,
            span_end=record.clause.end,
        )

    def _quote(self, span: Span, holds: str = "") -> str:
        """The text of a span without white space; it must hold what it is to prove."""
        quote = squeezed(self.document.text[span.start : span.end])
        if holds not in quote:
            raise AssertionError(f"{self.document.facts.file}: {holds} is not in the quote at {span.start}")
        return quote

    def _target(self, holder: _Holder, target: Target) -> None:
        quote = self._quote(target.span)
        uid = self.tables.node(
            "Target",
            self.tables.fresh_uid(f"{holder.uid}#{target.name}:{target.op}{target.value:g}{target.unit}"),
            name=target.name,
            op=target.op,
            value=target.value,
            value_max=target.value_max,
            unit=target.unit,
            per=target.per,
            deadline=target.deadline,
            baseline=target.baseline,
            quote=quote,
            span_start=target.span.start,
            span_end=target.span.end,
        )
        self.tables.edge(
            (holder.label, holder.uid),
            "SETS",
            ("Target", uid),
            quote=quote,
            span_start=target.span.start,
            span_end=target.span.end,
        )
        self._measures(uid, target)

    def _measures(self, target_uid: str, target: Target) -> None:
        measured = self.measures.of[PrintedTarget.of(target)]
        known = measured.indicator
        indicator = self.tables.node(
            "Indicator",
            known.uid,
            name=known.name,
            family=known.family,
            dimension=known.dimension,
            unit=known.unit,
            direction=known.direction,
        )
        self.tables.edge(
            ("Target", target_uid),
            "MEASURES",
            ("Indicator", indicator),
            strict=measured.strict,
            factor=measured.factor,
        )

    def _cite(self, source: tuple[str, str], citation: Citation) -> None:
        known = self.instruments[cited_title(self.document, citation)]
        uid = self.tables.node(
            "Instrument",
            known.uid,
            name=known.name,
            doc_no=known.doc_no,
            kind=known.kind,
            scope=known.scope,
            aliases=list(known.aliases),
        )
        self.tables.edge(
            source,
            "CITES",
            ("Instrument", uid),
            quote=self._quote(citation.span, citation.title),
            span_start=citation.span.start,
            span_end=citation.span.end,
        )

    def _themes(self, action_uid: str, action: Action) -> None:
        for choice in action_themes(self.document, action, action_uid, self.decisions):
            self.tables.edge(
                ("Action", action_uid),
                "ADDRESSES",
                ("Theme", f"theme:{choice.theme}"),
                main=choice.main,
                score=round(choice.score, 3),
                evidence=list(choice.evidence),
            )

    def _group(self, sections: Sequence[_Holder], actions: Sequence[_Holder]) -> None:
        """Which section holds which section and action, by outline path and order in the text."""
        refs = [(s.ref, holder) for s, holder in zip(self.document.sections, sections, strict=True)]
        members = refs + [(a.ref, holder) for a, holder in zip(self.document.actions, actions, strict=True)]
        orders: dict[str, int] = defaultdict(int)
        for ref, holder in sorted(members, key=lambda member: member[1].span.start):
            above = [s for r, s in refs if ref.startswith(f"{r}/") and s.span.start <= holder.span.start]
            if above:
                parent = max(above, key=lambda s: (len(s.uid), s.span.start))
                orders[parent.uid] += 1
                self.tables.edge(
                    ("Section", parent.uid), "GROUPS", (holder.label, holder.uid), order=orders[parent.uid]
                )

    def _goal_targets(self, sections: Sequence[_Holder]) -> None:
        starts = [holder.span.start for holder in sections]
        for target in self.document.targets:
            index = bisect_right(starts, target.span.start) - 1
            self._target(sections[index] if index >= 0 else _Holder("Document", self.uid, Span(0, 0)), target)

    def _mentions(self) -> None:
        """Duties stated in sentences go to the task, or else the action, that holds the sentence."""
        holders = sorted(self.holders, key=lambda h: (h.span.start, -h.span.end))
        starts = [holder.span.start for holder in holders]
        for record in self.document.mentions:
            for index in range(bisect_right(starts, record.span.start) - 1, -1, -1):
                if holders[index].span.end >= record.span.end:
                    self._responsible(holders[index], record)
                    break


def _themes_of_actions(tables: Collected) -> dict[str, list[str]]:
    """The themes of every action, the main one first."""
    themes: dict[str, list[str]] = {uid: [] for uid in tables.nodes["Action"]}
    for row in tables.edges["Action", "ADDRESSES", "Theme"]:
        themes[str(row["source"])].append(str(row["target"]).removeprefix("theme:"))
    return themes


def action_themes(
    document: PolicyDocument, action: Action, uid: str = "", decisions: Decisions = NO_DECISIONS
) -> tuple[ThemeChoice, ...]:
    """The themes of an action, from its heading, its text, the headings above it and what was decided for its uid."""
    above = [section.heading for section in document.sections if action.ref.startswith(f"{section.ref}/")]
    body = "".join(task.text for task in action.tasks)
    title = document.facts.title or ""
    return resolve_themes(
        action.heading, body, above, title=title, action=uid, given=action.themes, decisions=decisions
    )


def _shortened(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
