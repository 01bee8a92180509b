"""How reports print a promise: its number with relation, unit and period, and who answers for it."""

from __future__ import annotations

import re

from kg.cli.shared import say
from kg.output import Label
from queries.answering import Answered
from queries.targets import Promise

OPERATORS: dict[object, Label] = {
    "eq": Label("=", "="),
    "ge": Label("≥", "≥"),
    "le": Label("≤", "≤"),
    "inc": Label("增长", "up by"),
    "inc_ge": Label("增长 ≥", "up by ≥"),
    "dec": Label("下降", "down by"),
    "dec_ge": Label("下降 ≥", "down by ≥"),
}
PERIODS: dict[object, Label] = {
    "day": Label("每日", "daily"),
    "week": Label("每周", "weekly"),
    "month": Label("每月", "monthly"),
    "quarter": Label("每季度", "quarterly"),
    "half-year": Label("每半年", "half-yearly"),
    "year": Label("每年", "yearly"),
}
_NOT_NAMED: dict[Answered, Label] = {
    "collective": Label("（只有统称）", "(collectives only)"),
    "nobody": Label("（未写明）", "(nobody named)"),
}


def promised(promise: Promise) -> str:
    """What is promised, as one reads it: ≥ 95%, 增长 20家, 每年 2次."""
    number = f"{promise.value:g}" if promise.value_max is None else f"{promise.value:g}–{promise.value_max:g}"
    period = PERIODS.get(promise.per)
    words = (
        say(period.zh, period.en) if period else "",
        _relation(promise),
        f"{number}{promise.unit}",
    )
    return " ".join(word for word in words if word)


def _relation(promise: Promise) -> str:
    operator = OPERATORS.get(promise.op, Label(promise.op, promise.op))
    return "" if promise.op == "eq" else say(operator.zh, operator.en)


def compared(promise: Promise) -> str:
    """The same in the unit of the indicator; empty where the number cannot be compared."""
    if promise.compared is None:
        return ""
    words = (_relation(promise), f"{promise.compared:g}{promise.compared_unit}")
    return " ".join(word for word in words if word)


def led_by(leads: tuple[str, ...], answered: Answered) -> str:
    """The leading bodies, or that nobody is named."""
    if answered == "body":
        return "、".join(leads)
    label = _NOT_NAMED[answered]
    return say(label.zh, label.en)


_LONGEST = 40


def in_short(words: str) -> str:
    """The words of a task as a list shows them: its first clause, cut at a comma where that is long."""
    clause = re.split("[。；]", words, maxsplit=1)[0]
    if len(clause) <= _LONGEST:
        return clause
    comma = clause.rfind("，", 0, _LONGEST)
    return clause[: comma if comma > 0 else _LONGEST - 1] + "…"
