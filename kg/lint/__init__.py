"""What a careful editor would mark in a plan: one function a check, all of them in :data:`CHECKS`.

A check sees one document with its bodies and measures resolved (:class:`~kg.lint.plan.Plan`) and gives findings about
the plan itself, of the code it stands under. What is doubtful is left alone: a finding must be worth the editor's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.lint.duties import only_collectives, same_work, several_leads, several_names, without_lead
from kg.lint.numbers import no_measure, numbers_disagree, past_deadline, units_disagree
from kg.lint.plan import Plan
from kg.lint.wording import doubled_words, leftovers, unbalanced_marks
from ontology.records import Finding

__all__ = ["CHECKS", "Plan", "findings_of"]

Check = Callable[[Plan], Iterator[Finding]]

#: Every check by the code it raises.
CHECKS: Mapping[str, Check] = {
    "action-without-lead": without_lead,
    "only-collectives": only_collectives,
    "several-leads": several_leads,
    "no-measure": no_measure,
    "numbers-disagree": numbers_disagree,
    "units-disagree": units_disagree,
    "deadline-before-issue": past_deadline,
    "body-several-names": several_names,
    "same-work-twice": same_work,
    "doubled-words": doubled_words,
    "unbalanced-marks": unbalanced_marks,
    "leftover-code": leftovers,
}


def findings_of(plan: Plan) -> tuple[Finding, ...]:
    """All findings of a document: those of its reading, then those about the plan, which studies have none of."""
    document = plan.document
    if document.facts.kind != "plan":
        return document.findings
    return (*document.findings, *(finding for check in CHECKS.values() for finding in check(plan)))
