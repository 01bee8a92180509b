"""The page of one document: its whole text, every responsibility and target marked where it is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from kg.output import Label
from kg.views.facts import Duty, DutyRole, Facts, Promise
from kg.views.page import Page, short_name
from kg.views.passage import blocks, marks_of
from kg.views.words import BASES, CERTAINTIES, KINDS, OPERATORS, PERIODS, ROLES, STATUSES, WORDS, both, known, plain
from loaders.flat import squeezed
from ontology.findings import CLASS_NAMES, READ_CLASSES, advice, message
from ontology.records import Finding

Href = Callable[[str], str | None]
"""The way from a page to the page of a node, by uid; None where there is none."""


_ROLES: tuple[DutyRole, ...] = ("lead", "joint", "support")


def nowhere(_: str) -> None:
    """The way to other pages from a page that stands alone."""


def document_page(facts: Facts, uid: str, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of the document ``uid``."""
    plan, text = facts.documents[uid], facts.texts[uid]
    duties = {f"d{number}": duty for number, duty in enumerate(_printed(facts, uid))}
    targets = {f"t{number}": target for number, target in enumerate(facts.targets_of_documents.get(uid, ()))}
    findings = {f"f{number}": found for number, found in enumerate(facts.findings.get(uid, ())) if found.span}
    holders = facts.holders_of_documents.get(uid, ())
    places = {
        *(duty.span[0] for duty in duties.values()),
        *(holder.span[0] for holder in holders),
        *(found.span.start for found in findings.values() if found.span),
    }
    marks = list(marks_of(text, duties, targets))
    items = {key: duty_item(facts, duty, href) for key, duty in duties.items()}
    items |= {key: target_item(facts, target, href) for key, target in targets.items()}
    return Page(
        template="document.html",
        title=plain(plan.name),
        values={
            "plan": plan,
            "kind": known(KINDS, plan.kind),
            "status": known(STATUSES, plan.status),
            "city_href": href(plan.city.uid),
            "figures": _figures(facts, uid),
            "outline": [holder for holder in holders if holder.kind != "task"],
            "blocks": blocks(text, facts.accounts[uid], marks, places),
            "anchors": places | {mark.start for mark in marks},
            "classes": {name: Label(*names) for name, names in CLASS_NAMES.items()},
            "read_classes": READ_CLASSES,
            "findings": [_finding(found) for found in findings.values()],
            "share": _read_share(facts, uid),
        },
        data=_with_words_once(items),
        home=home,
    )


def _with_words_once(items: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Items with their labels and values as numbers in one list of words: a long text repeats few of them often."""
    numbers: dict[tuple[str, ...], int] = {}
    smaller = {
        key: {
            **item,
            "facts": [
                [numbers.setdefault(tuple(words), len(numbers)) for words in row]
                for row in cast("list[list[list[str]]]", item["facts"])
            ],
        }
        for key, item in items.items()
    }
    return {"items": smaller, "words": [list(words) for words in numbers]}


def _printed(facts: Facts, uid: str) -> Sequence[Duty]:
    return [duty for duty in facts.duties_of_documents.get(uid, ()) if not duty.inherited]


def _figures(facts: Facts, uid: str) -> list[tuple[str, Label, int]]:
    """Responsibilities of one document by role, as reports count them, and its targets."""
    roles = Counter(duty.role for duty in facts.counted_of_documents.get(uid, ()))
    counted = [(role, ROLES[role], roles[role]) for role in _ROLES]
    return [*counted, ("target", ROLES["target"], len(facts.targets_of_documents.get(uid, ())))]


def _read_share(facts: Facts, uid: str) -> float:
    """Which part of the printed characters (0–1) stands in headings, actions, tasks, clauses and targets."""
    lengths: Counter[bool] = Counter()
    for stretch in facts.accounts[uid]:
        printed = squeezed(facts.texts[uid][stretch.span.start : stretch.span.end])
        lengths[stretch.belongs in READ_CLASSES] += len(printed)
    return lengths[True] / max(1, lengths.total())


def duty_item(facts: Facts, duty: Duty, href: Href) -> Mapping[str, object]:
    """Give what the panel shows of one responsibility."""
    holder, body = facts.holders[duty.holder], facts.bodies[duty.body]
    rows = (
        (WORDS["role"], known(ROLES, duty.role)),
        (Label("原文名称", "as printed"), plain(duty.printed)),
        (Label("职责用语", "verb"), plain(duty.duty)),
        (WORDS["action"], plain(f"{holder.ref} {holder.heading}")),
        (Label("依据", "basis"), known(BASES, duty.basis)),
        (Label("把握", "certainty"), known(CERTAINTIES, duty.certainty)),
        (Label("名单位次", "place in the list"), plain(f"{duty.position} / {duty.list_size}")),
        (Label("时限", "due"), plain(holder.due)),
    )
    return {"title": short_name(body.name), "href": href(body.uid), "facts": _filled(rows)}


def target_item(facts: Facts, target: Promise, href: Href) -> Mapping[str, object]:
    """Give what the panel shows of one target."""
    holder = facts.holders.get(target.holder)
    indicator = facts.terms.get(target.indicator)
    rows = (
        (Label("数值", "value"), amount(target)),
        (Label("期限", "deadline"), plain(target.deadline)),
        (Label("基期", "baseline"), plain(target.baseline)),
        (Label("指标", "indicator"), Label(indicator.zh, indicator.en) if indicator else plain("")),
        (WORDS["action"], plain(f"{holder.ref} {holder.heading}" if holder else "")),
    )
    return {
        "title": short_name(target.name), "href": href(target.indicator), "facts": _filled(rows),
    }  # fmt: skip


def amount(target: Promise) -> Label:
    """Give a target's number in words: operator, value or range, unit, period."""
    value = f"{target.value:g}" if target.value_max is None else f"{target.value:g}–{target.value_max:g}"
    sign, per = known(OPERATORS, target.op), known(PERIODS, target.per)
    return Label(f"{sign.zh}{value} {target.unit}{per.zh}", f"{sign.en}{value} {target.unit}{per.en}")


def _filled(rows: Iterable[tuple[Label, Label]]) -> list[list[list[str]]]:
    return [[both(name), both(value)] for name, value in rows if value.zh.strip()]


def _finding(found: Finding) -> Mapping[str, object]:
    return {
        "severity": found.severity,
        "text": Label(message(found, "zh"), message(found, "en")),
        "advice": Label(advice(found, "zh"), advice(found, "en")),
        "quote": found.quote,
        "start": found.span.start if found.span else 0,
    }
