"""Who answers for an action: nobody, only collectives, several at once; one body, or one work, written twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.lint.plan import Plan
from loaders.flat import squeezed
from ontology.records import Action, Finding, Responsibility, Section, Task

#: Parts that say how the plan is carried out; nobody expects a body behind each of their points.
_CARRYING_OUT = re.compile(
    r"保障|组织(?:领导|实施)|工作要求|有关要求|工作机制|总体|目标|原则|附则|实施步骤|督[导促查]|考核|宣传"
)
_FEWEST_SIBLINGS = 3


def without_lead(plan: Plan) -> Iterator[Finding]:
    """Actions and numbered tasks for which nobody leads, where nearly all others beside them have a lead.

    A list headed 责任 (责任单位：甲局、乙局配合) answers for the work, though 配合 stands behind it.
    """
    document = plan.document
    doubtful = [f.span.start for f in document.findings if f.span and f.code.endswith("outside-clause")]
    told = [*doubtful, *(record.span.start for record in document.mentions)]
    for units in _beside_each_other(plan):
        bare = [unit for unit in units if not _is_led(unit) and not _answered_for(plan, unit)]
        if len(units) < _FEWEST_SIBLINGS or 4 * len(bare) > len(units):
            continue
        for unit in bare:
            understood = not any(unit.span.start <= place < unit.span.end for place in told)
            name, span = (unit.heading, unit.heading_span) if isinstance(unit, Action) else (unit.ref, unit.span)
            if understood and not _CARRYING_OUT.search(plan.words(span)):
                yield plan.at("action-without-lead", span, heading=name, led=len(units) - len(bare))


def _beside_each_other(plan: Plan) -> Iterator[Sequence[Action | Task]]:
    """The actions under one heading, and the numbered tasks of one action, where nothing above them names a lead."""
    led_above = [section.ref for section in plan.document.sections if _leads(section.responsibilities)]
    siblings: dict[str, list[Action]] = defaultdict(list)
    for action in plan.document.actions:
        if any(action.ref.startswith(f"{ref}/") for ref in led_above):
            continue
        siblings[action.ref.rpartition("/")[0]].append(action)
        if not action.responsibilities:
            yield [task for task in action.tasks if task.form == "numbered"]
    yield from siblings.values()


def _leads(records: Iterable[Responsibility]) -> bool:
    return any(record.role == "lead" for record in records)


def _is_led(unit: Action | Task) -> bool:
    tasks = unit.tasks if isinstance(unit, Action) else ()
    return _leads(unit.responsibilities) or any(_leads(task.responsibilities) for task in tasks)


def _answered_for(plan: Plan, unit: Action | Task) -> bool:
    return any("责任" in plan.words(record.clause) for record in unit.responsibilities)


def only_collectives(plan: Plan) -> Iterator[Finding]:
    """Actions and tasks that name collectives alone; a body named by the action answers for its tasks."""
    named_above = {
        task.ref
        for action in plan.document.actions
        if any(not record.collective for record in action.responsibilities)
        for task in action.tasks
    }
    for unit, records in plan.holders:
        if isinstance(unit, Section) or unit.ref in named_above:
            continue
        if all(record.collective and record.basis == "clause" for record in records):
            clause = min(records, key=lambda record: record.span.start).clause
            names = "、".join(dict.fromkeys(record.body for record in records))
            yield plan.at("only-collectives", clause, names=names)


def several_leads(plan: Plan) -> Iterator[Finding]:
    """Clauses in which several named bodies lead together and none of them alone."""
    for _, records in plan.holders:
        leads = [record for record in records if record.role == "lead" and record.basis != "note"]
        named = {plan.body(record.body) for record in leads if not record.collective}
        if len(named) > 1 and all(record.joint for record in leads):
            yield plan.at("several-leads", min(leads, key=lambda record: record.span.start).clause, count=len(named))


def several_names(plan: Plan) -> Iterator[Finding]:
    """Bodies that the plan calls by several names, told where the rarer name stands first."""
    printed: dict[str, dict[str, list[Responsibility]]] = defaultdict(lambda: defaultdict(list))
    for _, records in plan.holders:
        for record in records:
            if not record.collective:
                printed[plan.body(record.body)][_bare(record.body)].append(record)
    for names in printed.values():
        usual, *others = sorted(names, key=lambda name: (-len(names[name]), name))
        told = [usual]
        for name in others:
            if not any(_elliptic(name, other) for other in told):
                told.append(name)
                yield plan.at(
                    "body-several-names", min(names[name], key=lambda record: record.span.start).span,
                    name=name, usual=usual, times=len(names[name]), usual_times=len(names[usual]),
                )  # fmt: skip


_GLOSS = re.compile(r"（[^（）]*）|\([^()]*\)")
_DASH = re.compile(r"[-－—–]+")


def _bare(name: str) -> str:
    return _DASH.sub("—", _GLOSS.sub("", name)) or name


def _elliptic(one: str, other: str) -> bool:
    """Whether one name only leaves out what the other begins or ends with: 市场监管局, 市市场监管局; 甲区, 甲区政府."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) or long.startswith(short)


# ------------------------------------------------------------------------------------------------ one work twice

_GRAM = 8
_SHORTEST = 24
_ALIKE = 0.8


def same_work(plan: Plan) -> Iterator[Finding]:
    """Tasks of different actions that say the same in nearly the same words, under different leads."""
    works = [
        (task, grams, leads)
        for action in plan.document.actions
        for task in action.tasks
        if len(squeezed(task.text)) >= _SHORTEST
        and (leads := _lead_bodies(plan, task.responsibilities or action.responsibilities))
        for grams in (_grams(squeezed(task.text)),)
    ]
    holding: dict[str, list[int]] = defaultdict(list)
    for number, (task, grams, leads) in enumerate(works):
        shared = Counter(other for gram in grams for other in holding[gram])
        for gram in grams:
            holding[gram].append(number)
        for other, count in shared.most_common(1):
            earlier, earlier_grams, earlier_leads = works[other]
            alike = count / max(len(grams), len(earlier_grams)) >= _ALIKE
            if (
                alike
                and _others_of_one_place(leads, earlier_leads)
                and not _varied(squeezed(task.text), squeezed(earlier.text))
            ):
                yield plan.at("same-work-twice", task.span, line=plan.line(earlier.span), other=earlier.ref)


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _GRAM] for place in range(len(text) - _GRAM + 1))


def _lead_bodies(plan: Plan, records: Iterable[Responsibility]) -> frozenset[str]:
    return frozenset(plan.body(record.body) for record in records if record.role == "lead")


def _others_of_one_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no body is in both; what each place does for itself is not done twice."""
    places = [{uid.partition(":")[0] for uid in bodies} for bodies in (one, other)]
    return not one & other and bool(places[0] & places[1])


def _varied(one: str, other: str) -> bool:
    """Whether two texts of one mould speak of different numbers."""
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)
