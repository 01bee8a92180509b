"""One file to one :class:`~ontology.records.PolicyDocument`.

``read_document`` is a pure function of bytes and file name, picklable in and out, so that a pool can run it:
bytes → text (formats) → flat text → head and outline → clauses → structure → targets, mentions, citations → account.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from loaders.accounting import account_of_table, take_account
from loaders.citations import read_citations
from loaders.clauses import Clause, find_clauses, responsibility
from loaders.conventions import RULE_NAMES, printed_rule
from loaders.facts import Head, read_head
from loaders.files import read_bytes, shown_name
from loaders.flat import FlatText, flatten
from loaders.formats import read_source
from loaders.formats.source import SourceText
from loaders.mentions import read_mentions
from loaders.meta import NOTHING, Given
from loaders.outline import Node, read_outline, sentence_ends
from loaders.register import read_register, register_headings
from loaders.roles import Unit
from loaders.structure import (
    ActionUnit,
    Stretch,
    Structure,
    TaskUnit,
    heading_text,
    read_structure,
    without_closing_words,
)
from loaders.tables import TableReading, TaskTable, prose_of, read_table, task_tables
from loaders.targets import read_targets
from ontology.errors import UsageError, Words
from ontology.findings import found
from ontology.records import (
    Action,
    Basis,
    Citation,
    DocumentFacts,
    DocumentKind,
    Finding,
    PolicyDocument,
    Responsibility,
    Section,
    Span,
    Target,
    Task,
    Unattributed,
)
from ontology.records import Stretch as AccountStretch

#: A year that opens a sentence of aims, and words by which a sentence has its own time.
GOAL_YEAR = re.compile(r"[^。，]{0,8}?(?:力争)?到((?:19|20)\d\d)年(?:底|末)?[，：]")
OWN_TIME = re.compile(r"(?:19|20)\d\d年|每年|年内|全年|当年")


def read_file(path: Path, encoding: str | None = None, given: Given = NOTHING) -> PolicyDocument:
    """Read a file of one document; as :func:`documents_in`."""
    return read_document(read_bytes(path), shown_name(path), encoding, given)


def documents_in(path: Path, encoding: str | None = None, given: Given = NOTHING) -> tuple[PolicyDocument, ...]:
    """Read the documents of one file. Raises ontology.errors.InputError (or a kind of it) where that fails."""
    return read_documents(read_bytes(path), shown_name(path), encoding, given)


def read_documents(
    content: bytes, file: str, encoding: str | None = None, given: Given = NOTHING
) -> tuple[PolicyDocument, ...]:
    """Read the documents of one file from its bytes: those of a register, else the one it is.

    ``file`` is the name it goes by; the facts ``given`` overrule what a document says. Raises UsageError for facts
    given for a register, which says them itself.
    """
    source = read_source(content, file, encoding)
    if not register_headings(source):
        return (_document(source, content, file, given),)
    if given.names:
        raise UsageError(
            Words("台账的文件信息写在台账中，不能另外给出", "a register says the facts of its documents itself"),
            where=file,
            advice=Words("改台账的相应栏目，去掉这一项", "change its cells, and leave it out of the facts given"),
        )
    return read_register(source, file, hashlib.sha256(content).hexdigest())


def read_document(content: bytes, file: str, encoding: str | None = None, given: Given = NOTHING) -> PolicyDocument:
    """Read one document that is no register; as :func:`read_documents`."""
    return _document(read_source(content, file, encoding), content, file, given)


def _document(source: SourceText, content: bytes, file: str, given: Given) -> PolicyDocument:
    tables = task_tables(source)
    flat = prose_of(source, tables) if tables else flatten(source.text, source.places)
    head = given.told(read_head(flat, file))
    outline = read_outline(flat, head.plan_start, len(flat.flat))
    clauses = find_clauses(flat, outline.start, outline.end, head.year, [n.marker.start for n in outline.walk()])
    outline = without_closing_words(flat, outline, clauses)
    structure, holders = _holding(flat, read_structure(flat, outline, clauses), tables)
    context = _Context(flat, head.year)
    goals = [(node, list(_goal_targets(context, node))) for node in structure.goals]
    promised = [target for _, targets in goals for target in targets]
    mentions = tuple(read_mentions(flat, [(u.node.body, u.node.end) for u in structure.actions], clauses))
    account = take_account(file, flat, head, outline, structure, clauses, mentions, promised)
    regions = [region for table in tables for region in table.regions]
    prose = _Part(
        _sections(context, structure, [node for node, targets in goals if targets]),
        _with_notes(context, structure, [_action(context, structure, unit) for unit in structure.actions]),
        mentions,
        tuple(_around(source.text, account.unattributed, regions)),
        tuple(_around(source.text, account.stretches, regions)),
        account.findings,
    )
    rule = printed_rule(flatten(source.text).folded) if tables else None
    of_tables = [
        _table_part(file, read_table(source, table, holder, head.year, rule), head.year)
        for table, holder in zip(tables, holders, strict=True)
    ]
    parts = [prose, *of_tables]
    actions = _in_order(action for part in parts for action in part.actions)
    facts = DocumentFacts(
        file=file,
        title=head.title,
        city=head.city,
        province=head.province,
        adcode=head.adcode,
        doc_no=head.doc_no,
        issuer=head.issuer,
        issued=head.issued,
        period=head.period,
        kind=given.kind or _kind(head, actions),
        status=head.status,
        characters=len(source.text),
        sha256=hashlib.sha256(content).hexdigest(),
        convention=_convention(flat, actions),
        given=given.names,
    )
    return PolicyDocument(
        facts=facts,
        text=source.text,
        sections=_in_order(section for part in parts for section in part.sections),
        actions=actions,
        mentions=tuple(mention for part in parts for mention in part.mentions),
        targets=tuple(promised),
        citations=tuple(_citations(context, [(0, outline.start), *((n.body, n.end) for n in structure.goals)], None)),
        unattributed=tuple(each for part in parts for each in part.unattributed),
        findings=(
            *source.findings,
            *_ambiguous_place(file, head),
            *(each for part in parts for each in part.findings if each.code != "no-outline" or not actions),
        ),
        account=_in_order(each for part in parts for each in part.account),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What the prose of a document says, or one of its task tables."""

    sections: Sequence[Section]
    actions: Sequence[Action]
    mentions: tuple[Responsibility, ...]
    unattributed: tuple[Unattributed, ...]
    account: tuple[AccountStretch, ...]
    findings: tuple[Finding, ...]


Placed = TypeVar("Placed", Section, Action, Unattributed, AccountStretch)


def _in_order(records: Iterable[Placed]) -> tuple[Placed, ...]:
    """The records of all parts in the order of the text."""
    return tuple(sorted(records, key=lambda record: record.span.start))


def _around(text: str, records: Iterable[Placed], regions: Sequence[tuple[int, int]]) -> Iterator[Placed]:
    """Stretches of the prose, cut where a task table stands between their ends."""
    for record in records:
        begin = record.span.start
        for start, end in [*regions, (len(text), len(text))]:
            if end <= begin:
                continue
            piece = text[begin : min(start, record.span.end)].rstrip()
            if piece:
                yield (
                    record
                    if len(piece) == record.span.end - record.span.start
                    else replace(record, span=replace(record.span, start=begin, end=begin + len(piece)))
                )
            begin = max(begin, end)
            begin += len(text[begin : record.span.end]) - len(text[begin : record.span.end].lstrip())
            if begin >= record.span.end:
                break


def _holding(flat: FlatText, structure: Structure, tables: Sequence[TaskTable]) -> tuple[Structure, list[Node | None]]:
    """The headings of the prose that only hold a task table: they are sections, and its rows stand below them."""
    holders: list[Node | None] = []
    for table in tables:
        place = flat.place(table.start)
        bare = (u for u in structure.actions if not u.tasks and not u.clauses and u.node.body <= place <= u.node.end)
        holders.append(max((unit.node for unit in bare), key=lambda node: node.marker.start, default=None))
    sections = {node.marker.start: node for node in holders if node is not None}
    if not sections:
        return structure, holders
    actions = tuple(unit for unit in structure.actions if unit.node.marker.start not in sections)
    return replace(structure, sections=(*structure.sections, *sections.values()), actions=actions), holders


def _table_part(file: str, table: TableReading, year: int | None) -> _Part:
    """A task table as the records that prose gives."""
    context = _Context(table.flat, year)
    units = table.structure.actions
    actions = [_action(context, table.structure, unit) for unit in units]
    years = [(table.flat.span(begin, end), named) for begin, end, named in table.years]
    actions = [
        replace(action, targets=_dated((*action.targets, *table.values.get(unit.node.marker.start, ())), years))
        for action, unit in zip(actions, units, strict=True)
    ]
    mentions = tuple(read_mentions(table.flat, [(u.node.body, u.node.end) for u in units], table.clauses))
    account = account_of_table(file, table.flat, table.layers, table.structure, table.clauses, mentions)
    return _Part(
        _sections(context, table.structure, ()),
        _with_notes(context, table.structure, actions),
        mentions,
        account.unattributed,
        account.stretches,
        account.findings,
    )


def _dated(targets: Sequence[Target], years: Sequence[tuple[Span, str]]) -> tuple[Target, ...]:
    """The targets in order; those in a column under a year are due in it."""
    dated = [
        replace(
            target,
            deadline=target.deadline or next((y for s, y in years if s.start <= target.span.start < s.end), None),
        )
        for target in targets
    ]
    return tuple(sorted(dated, key=lambda target: (target.span.start, target.span.end)))


def _ambiguous_place(file: str, head: Head) -> list[Finding]:
    """A finding where the document's place bears the name of several and nothing decides."""
    if not head.bearers:
        return []
    places = "、".join(f"{place.prefecture or place.province}{place.name}" for place in head.bearers)
    return [found("ambiguous-place", file, quote=head.bearers[0].name, name=head.bearers[0].name, places=places)]


@dataclass(frozen=True, slots=True)
class _Context:
    flat: FlatText
    year: int | None


def _action(context: _Context, structure: Structure, unit: ActionUnit) -> Action:
    node, flat = unit.node, context.flat
    holders = [(task.stretches, task.ref) for task in unit.tasks] + [(unit.loose, None)]
    in_heading = structure.heading_clauses.get(node.marker.start, [])
    targets = [target for stretches, ref in holders for target in _targets(context, stretches, ref, unit.heading)]
    citations = [citation for stretches, ref in holders for citation in _citations(context, stretches, ref)]
    return Action(
        ref=unit.ref,
        heading=unit.heading,
        heading_span=flat.span(*node.heading) if unit.heading else flat.span(node.marker.start, node.end),
        span=flat.span(node.marker.start, node.end),
        tasks=tuple(_task(context, task) for task in unit.tasks),
        responsibilities=(*_units(flat, in_heading, "section"), *_units(flat, unit.clauses, "clause")),
        targets=tuple(sorted(targets, key=lambda t: (t.span.start, t.span.end))),
        citations=tuple(sorted(citations, key=lambda c: c.span.start)),
        due=_due(unit.clauses),
    )


def _task(context: _Context, unit: TaskUnit) -> Task:
    flat = context.flat
    places = unit.stretches or [(clause.start, clause.end) for clause in unit.clauses]
    begin, end = places[0][0], places[-1][1]
    return Task(
        ref=unit.ref,
        form=unit.form,
        text="".join(flat.flat[start:stop] for start, stop in unit.stretches),
        span=flat.span(begin, end),
        responsibilities=tuple(_units(flat, unit.clauses, "clause")),
        due=_due(unit.clauses),
    )


def _units(flat: FlatText, clauses: Iterable[Clause], basis: Basis) -> list[Responsibility]:
    """The bodies of several clauses of one holder, each once per role."""
    found: dict[tuple[str, str], Responsibility] = {}
    for clause in clauses:
        for unit in clause.units:
            record = responsibility(flat, unit, clause, basis)
            found.setdefault((record.body, record.role), record)
    return list(found.values())


def _due(clauses: Iterable[Clause]) -> str | None:
    return next((clause.due for clause in clauses if clause.due), None)


def _targets(context: _Context, stretches: Iterable[Stretch], task: str | None, subject: str = "") -> Iterator[Target]:
    """The targets of some stretches; ``subject`` (the action's heading) completes names that cannot stand alone."""
    flat = context.flat
    for start, stop in stretches:
        for target in read_targets(flat.flat[start:stop], year=context.year, subject=subject):
            yield replace(target, span=flat.span(start + target.span.start, start + target.span.end), task=task)


def _goal_targets(context: _Context, node: Node) -> Iterator[Target]:
    """The targets of a goal section: the year that opens it (到2027年，…) holds until another one does."""
    text = context.flat.folded
    begin, year = node.body, None
    for end in sentence_ends(text, node.body, node.end):
        opening = GOAL_YEAR.match(text, begin, end)
        year = opening[1] if opening else year
        applies = opening is not None or OWN_TIME.search(text, begin, end) is None
        for target in _targets(context, [(begin, end)], None):
            yield replace(target, deadline=target.deadline or (year if applies else None))
        begin = end


def _citations(context: _Context, stretches: Iterable[Stretch], task: str | None) -> Iterator[Citation]:
    flat = context.flat
    for start, stop in stretches:
        for citation in read_citations(flat.folded, flat.flat, start, stop):
            yield replace(citation, span=flat.span(citation.span.start, citation.span.end), task=task)


def _with_notes(context: _Context, structure: Structure, actions: Sequence[Action]) -> list[Action]:
    """Add the bodies of notes over all items to every action from the note on that prints a clause."""
    covering: dict[str, tuple[Unit, Clause]] = {}
    result: list[Action] = []
    for unit, action in zip(structure.actions, actions, strict=True):
        clauses = [*unit.clauses, *(clause for task in unit.tasks for clause in task.clauses)]
        announced = {
            context.flat.flat[added.start : added.end]: (added, clause) for clause in clauses for added in clause.note
        }
        # A note speaks of what follows: of its own action only where another clause stands behind it.
        if announced and not any(clause.note for clause in clauses[-1:]):
            covering = announced | covering
        if clauses and covering:
            printed = {record.body for record in action.responsibilities}
            notes = [
                responsibility(context.flat, added, clause, "note")
                for body, (added, clause) in covering.items()
                if body not in printed
            ]
            action = replace(action, responsibilities=(*action.responsibilities, *notes))
        covering = announced | covering
        result.append(action)
    return result


def _sections(context: _Context, structure: Structure, goals: Iterable[Node]) -> list[Section]:
    """Sections and the goal sections that promise something, in order."""
    flat = context.flat
    return [
        Section(
            ref=node.ref,
            heading=heading_text(flat, node, structure.heading_clauses.get(node.marker.start, ())),
            span=flat.span(node.marker.start, max(node.heading[1], node.marker.start + 1)),
            responsibilities=tuple(_units(flat, structure.heading_clauses.get(node.marker.start, ()), "section")),
        )
        for node in sorted([*structure.sections, *goals], key=lambda node: node.marker.start)
    ]


def _kind(head: Head, actions: Sequence[Action]) -> DocumentKind:
    has_clauses = any(a.responsibilities or any(t.responsibilities for t in a.tasks) for a in actions)
    return "plan" if has_clauses else head.kind


def _convention(flat: FlatText, actions: Sequence[Action]) -> str:
    """One line on how the document marks lead and support, the commonest rule first with the number of bodies."""
    printed = [r for a in actions for r in a.responsibilities] + [
        r for a in actions for t in a.tasks for r in t.responsibilities
    ]
    records = [record for record in printed if record.basis != "note"]
    counts = Counter(record.rule for record in records)
    rule = printed_rule(flat.folded)
    parts = [rule.zh] if rule is not None else []
    parts += [
        f"{RULE_NAMES[name][1]}（{count}）" for name, count in counts.most_common() if not name.startswith("rule-")
    ]
    return "；".join(parts) if parts else "未写明责任单位"
