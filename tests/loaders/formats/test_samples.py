"""The sample plans written as Word, PDF and web pages and read back: the same units and targets as the plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders import read_document
from ontology.records import PolicyDocument
from tests.loaders.formats.writers import docx_of, html_of, pdf_of


def units(document: PolicyDocument) -> list[tuple[str, str, str, bool, str]]:
    holders = [(s.ref, s.responsibilities) for s in document.sections]
    holders += [(a.ref, a.responsibilities) for a in document.actions]
    holders += [(t.ref, t.responsibilities) for a in document.actions for t in a.tasks]
    return sorted((ref, r.body, r.role, r.joint, r.basis) for ref, records in holders for r in records)


def targets(document: PolicyDocument) -> list[tuple[str, str, str, float, str]]:
    promised = [*document.targets, *(target for action in document.actions for target in action.targets)]
    return sorted((t.task or "", t.name, t.op, t.value, t.unit) for t in promised)


def f1(found: list, wanted: list) -> float:
    same = sum(min(found.count(each), wanted.count(each)) for each in set(wanted))
    return 2 * same / (len(found) + len(wanted)) if found or wanted else 1.0


def proved(document: PolicyDocument) -> bool:
    """Whether every name stands where its span says, and every printed character is accounted for."""
    records = [r for a in document.actions for h in (a, *a.tasks) for r in h.responsibilities]
    told = "".join(document.text[s.span.start : s.span.end] for s in document.account)
    return all("".join(document.text[r.span.start : r.span.end].split()) == r.body for r in records) and "".join(
        told.split()
    ) == "".join(document.text.split())


FORMATS: dict[str, tuple[Callable[[str], bytes], float]] = {
    "docx": (docx_of, 1.0),
    "html": (html_of, 1.0),
    "gb2312 page": (lambda text: html_of(text, charset="gb2312"), 1.0),
    "pdf": (pdf_of, 0.98),
    "pdf with long lines": (lambda text: pdf_of(text, characters=38, size=11), 0.98),
}


@pytest.mark.parametrize("sample", ["qingxu-verbs", "yanchuan-comma", "linlan-semicolon", "hewang-none"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_sample_read_back_says_the_same(form: str, sample: str, samples: Path) -> None:
    text = (samples / f"{sample}.txt").read_text("utf-8")
    write, least = FORMATS[form]
    plain = read_document(text.encode(), "plan.txt")
    again = read_document(write(text), "plan")
    assert proved(again)
    assert f1(units(again), units(plain)) >= least
    assert f1(targets(again), targets(plain)) >= least
    assert (again.facts.city, again.facts.title, again.facts.issued) == (
        plain.facts.city,
        plain.facts.title,
        plain.facts.issued,
    )
