"""What the plan promises: nothing measurable, two numbers for one thing, a date that is past."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.lint.plan import Plan
from ontology.records import Action, Finding, Span, Target, Task

#: Anything that can be measured or dated. Figures of any kind count, for some words are hard to tell from promises.
_MEASURABLE = re.compile(
    r"\d|[①-⑳]?百分之|[一二三四五六七八九十两百千万]+(?:个|项|家|次|天|日|月|年|小时|分钟|成|倍|批|类|级|件|名|户|条|张|网|站|窗|门|网|端|码|证|照)"
    r"|[每逐][年月周季日]|年度|季度|年[底末内初]|月底|全覆盖|清零|零[^售星散件部食配]|定期|长期|常年|全年|按[月季年]|即时|当[天日月年]|半年|翻番|翻一番|随时|立即|实时"
    r"|全部|所有|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|最[\u4e00-\u9fff]"
)
_OUTLINE_NUMBER = re.compile(r"(?m)^\s*[（(]?\d{1,3}[）).．、]+|[①-⑳]")
_SHORTEST_ACTION = 60


def no_measure(plan: Plan) -> Iterator[Finding]:
    """Actions in whose whole text stands neither a number nor a time."""
    for action in plan.document.actions:
        if not action.tasks or action.targets or action.due or any(task.due for task in action.tasks):
            continue
        text = _OUTLINE_NUMBER.sub("", plan.document.text[action.span.start : action.span.end])
        text = "".join(text.split())
        led = action.responsibilities or any(task.responsibilities for task in action.tasks)
        if led and len(text) >= _SHORTEST_ACTION and not _MEASURABLE.search(text):
            yield plan.at("no-measure", action.heading_span)


# ------------------------------------------------------------------------------------------------ two numbers

_LEVELS = re.compile(
    r"省本级|市本级|省级|市级|区级|县级|国家级|乡镇|街道|村|城区|县城|各县|各区|县\(市、区\)|全省|全国|全市|全区|市直|区直"
)
_SPLIT = re.compile(r"其中|分别|其余|力争|一般|特殊|复杂|另外|优化至|最快|最高|最低|首[批次]")


def numbers_disagree(plan: Plan) -> Iterator[Finding]:
    """Pairs of targets that measure one thing until one time with two numbers."""
    groups: dict[object, list[Target]] = defaultdict(list)
    for target in plan.targets():
        measure = plan.measure(target)
        if measure.strict and measure.indicator.dimension in ("rate", "duration") and not target.baseline:
            levels = tuple(sorted(_LEVELS.findall(target.name)))
            groups[measure.indicator.uid, target.deadline, target.per, target.op in ("inc", "dec"), levels].append(
                target
            )
    for targets in groups.values():
        if len({_promised(plan, target) for target in targets}) == 2:
            first, second = _differing(plan, targets)
            if _apart(plan, first, second):
                yield plan.at(
                    "numbers-disagree", second.span,
                    name=second.name, value=_number(second), other=_number(first), line=plan.line(first.span),
                )  # fmt: skip


def _promised(plan: Plan, target: Target) -> tuple[float, float | None]:
    factor = plan.measure(target).factor
    return round(target.value * factor, 6), target.value_max and round(target.value_max * factor, 6)


def _differing(plan: Plan, targets: Sequence[Target]) -> tuple[Target, Target]:
    """The first target, and the first that disagrees with it."""
    ordered = sorted(targets, key=lambda target: target.span.start)
    return ordered[0], next(t for t in ordered if _promised(plan, t) != _promised(plan, ordered[0]))


def _apart(plan: Plan, first: Target, second: Target) -> bool:
    """Whether two targets stand in different sentences, neither of which splits what it promises into cases."""
    between = plan.document.text[first.span.end : second.span.start]
    split = any(_SPLIT.search(plan.words(target.span)) for target in (first, second))
    return "。" in between and not split and _of_the_whole(plan, first, second)


def _of_the_whole(plan: Plan, first: Target, second: Target) -> bool:
    """Whether both are about the whole place: a time limit under a heading may be that of the heading's cases alone."""
    timed = plan.measure(first).indicator.dimension == "duration"
    return not timed or any(target in plan.document.targets for target in (first, second))


def _number(target: Target) -> str:
    return (
        f"{target.value:g}{target.unit}"
        if target.value_max is None
        else f"{target.value:g}–{target.value_max:g}{target.unit}"
    )


_LONGEST_APART = 0.85
_FRONT = re.compile(r"^(?:其中|我[市省区县]|全[市省区县]|本[市省区县])+")


def units_disagree(plan: Plan) -> Iterator[Finding]:
    """Pairs of targets with one number for one thing, once counted and once timed: 15个 and 15个工作日."""
    groups: dict[float, list[Target]] = defaultdict(list)
    for target in plan.targets():
        groups[target.value].append(target)
    for targets in groups.values():
        counted = [target for target in targets if target.unit == "个"]
        timed = [target for target in targets if target.unit.startswith("个") and len(target.unit) > 1]
        for one in counted:
            other = next((each for each in timed if _same_thing(one, each)), None)
            if other is not None:
                yield plan.at(
                    "units-disagree", one.span,
                    name=one.name, value=_number(one), other=_number(other), line=plan.line(other.span),
                )  # fmt: skip


def _same_thing(one: Target, other: Target) -> bool:
    short, long = sorted((_pairs(one.name), _pairs(other.name)), key=len)
    return len(short) >= 6 and len(short & long) / len(short) >= _LONGEST_APART


def _pairs(name: str) -> frozenset[str]:
    core = _FRONT.sub("", name)
    return frozenset(core[place : place + 2] for place in range(len(core) - 1))


# ------------------------------------------------------------------------------------------------ time


def past_deadline(plan: Plan) -> Iterator[Finding]:
    """Deadlines before the day of issue, as exactly as both are printed."""
    issued = plan.document.facts.issued
    if issued is None:
        return
    told: set[tuple[int, str]] = set()
    for span, deadline in _deadlines(plan):
        if deadline < issued[: len(deadline)] and (span.start, deadline) not in told:
            told.add((span.start, deadline))
            yield plan.at("deadline-before-issue", span, deadline=deadline, issued=issued)


def _deadlines(plan: Plan) -> Iterator[tuple[Span, str]]:
    for target in plan.targets():
        if target.deadline:
            yield target.span, target.deadline
    for action in plan.document.actions:
        units: list[Action | Task] = [action, *action.tasks]
        for unit in units:
            if unit.due and re.fullmatch(r"\d{4}(?:-\d\d){0,2}", unit.due):
                span = unit.heading_span if isinstance(unit, Action) else unit.span
                yield span, unit.due
