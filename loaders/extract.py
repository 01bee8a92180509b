"""A document as JSON, in the shape analysts and the scoring scripts read (one object a document)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from loaders.flat import squeezed
from ontology.findings import advice, message
from ontology.records import Action, Finding, PolicyDocument, Responsibility, Section, Span, Target, Task

Json = dict[str, Any]


def to_json(
    document: PolicyDocument,
    *,
    department: Callable[[str], str | None] = lambda body: None,
    themes: Callable[[Action], Sequence[str]] = lambda action: (),
) -> Json:
    """One document as plain JSON values.

    ``department`` gives the id of a body by its printed name, ``themes`` the theme ids of an action, main one first;
    both come from the resolver.
    """
    facts = asdict(document.facts)
    facts["period"] = list(document.facts.period) if document.facts.period else None
    return {
        "document": facts,
        "sections": [_section(section, department) for section in document.sections],
        "actions": [_action(action, document.text, department, list(themes(action))) for action in document.actions],
        "mentions": [_unit(record, department) for record in document.mentions],
        "document_targets": [_target(target, document.text) for target in document.targets],
        "unattributed": [{**_places(item.span), "why": item.why} for item in document.unattributed],
        "findings": [_finding(finding) for finding in document.findings],
    }


def _places(span: Span) -> Json:
    places: Json = {"start": span.start, "end": span.end}
    return places | {k: v for k, v in (("page", span.page), ("paragraph", span.paragraph), ("cell", span.cell)) if v}


def _section(section: Section, department: Callable[[str], str | None]) -> Json:
    return {
        "ref": section.ref,
        "heading": section.heading,
        "units": [_unit(record, department) for record in section.responsibilities],
        **_places(section.span),
    }


def _action(action: Action, text: str, department: Callable[[str], str | None], themes: list[str]) -> Json:
    return {
        "ref": action.ref,
        "heading": action.heading,
        "units": [_unit(record, department) for record in action.responsibilities],
        "due": action.due,
        "tasks": [_task(task, department) for task in action.tasks],
        "targets": [_target(target, text) for target in action.targets],
        "citations": [
            {"title": c.title, "doc_no": c.doc_no, "task": c.task, **_places(c.span)} for c in action.citations
        ],
        "themes": themes,
        **_places(action.span),
    }


def _task(task: Task, department: Callable[[str], str | None]) -> Json:
    return {
        "ref": task.ref,
        "form": task.form,
        "text": task.text,
        "units": [_unit(record, department) for record in task.responsibilities],
        "due": task.due,
        **_places(task.span),
    }


def _unit(record: Responsibility, department: Callable[[str], str | None]) -> Json:
    return {
        "name": record.body,
        "role": record.role,
        "joint": record.joint,
        "duty": record.duty,
        "basis": record.basis,
        "collective": record.collective,
        "position": record.position,
        "list_size": record.list_size,
        "certainty": record.certainty,
        "rule": record.rule,
        "department": department(record.body),
        **_places(record.span),
    }


def _target(target: Target, text: str) -> Json:
    return {
        "name": target.name,
        "op": target.op,
        "value": target.value,
        "value_max": target.value_max,
        "unit": target.unit,
        "per": target.per,
        "deadline": target.deadline,
        "baseline": target.baseline,
        "quote": squeezed(text[target.span.start : target.span.end]),
        "task": target.task,
        **_places(target.span),
    }


def _finding(finding: Finding) -> Json:
    row: Json = {
        "code": finding.code,
        "about": finding.about,
        "severity": finding.severity,
        "message": message(finding, "en"),
        "advice": advice(finding, "en"),
        "quote": finding.quote,
    }
    return row | (_places(finding.span) if finding.span else {})
