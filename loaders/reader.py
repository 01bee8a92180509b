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

from loaders.accounting import take_account
from loaders.citations import read_citations
from loaders.clauses import Clause, find_clauses, responsibility
from loaders.conventions import RULE_NAMES, printed_rule
from loaders.facts import Head, read_head
from loaders.files import read_bytes, shown_name
from loaders.flat import FlatText, flatten
from loaders.formats import read_source
from loaders.mentions import read_mentions
from loaders.outline import Node, read_outline, sentence_ends
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
from loaders.targets import read_targets
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
    Target,
    Task,
)

#: A year that opens a sentence of aims, and words by which a sentence has its own time.
GOAL_YEAR = re.compile(r"[^。，]{0,8}?(?:力争)?到((?:19|20)\d\d)年(?:底|末)?[，：]")
OWN_TIME = re.compile(r"(?:19|20)\d\d年|每年|年内|全年|当年")


def read_file(path: Path, encoding: str | None = None) -> PolicyDocument:
    """Read one file. Raises ontology.errors.InputError (or one of its kinds) where that is not possible."""
    return read_document(read_bytes(path), shown_name(path), encoding)


def read_document(content: bytes, file: str, encoding: str | None = None) -> PolicyDocument:
    """Read one document from its bytes; ``file`` is the name it goes by."""
    source = read_source(content, file, encoding)
    text = source.text
    flat = flatten(text, source.places)
    head = read_head(flat, file)
    outline = read_outline(flat, head.plan_start, len(flat.flat))
    clauses = find_clauses(flat, outline.start, outline.end, head.year, [n.marker.start for n in outline.walk()])
    outline = without_closing_words(flat, outline, clauses)
    structure = read_structure(flat, outline, clauses)
    context = _Context(flat, head.year)
    actions = _with_notes(context, structure, [_action(context, structure, unit) for unit in structure.actions])
    goals = [(node, list(_goal_targets(context, node))) for node in structure.goals]
    promised = [target for _, targets in goals for target in targets]
    mentions = tuple(read_mentions(flat, [(u.node.body, u.node.end) for u in structure.actions], clauses))
    account = take_account(file, flat, head, outline, structure, clauses, mentions, promised)
    sections = _sections(context, structure, [node for node, targets in goals if targets])
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
        kind=_kind(head, actions),
        status=head.status,
        characters=len(text),
        sha256=hashlib.sha256(content).hexdigest(),
        convention=_convention(flat, actions),
    )
    return PolicyDocument(
        facts=facts,
        text=text,
        sections=tuple(sections),
        actions=tuple(actions),
        mentions=mentions,
        targets=tuple(promised),
        citations=tuple(_citations(context, [(0, outline.start), *((n.body, n.end) for n in structure.goals)], None)),
        unattributed=account.unattributed,
        findings=(*source.findings, *_ambiguous_place(file, head), *account.findings),
        account=account.stretches,
    )


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
