"""Indicators of all targets of a build: the rules of names, then what people decided.

A decision names indicators, and names as printed, that a target has by itself: which other targets there are does not
change what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.resolve.decisions import NO_DECISIONS, Decision, Decisions
from kg.resolve.indicators import Indicator, Measure, measure
from ontology.records import Operator, Period, Target


@dataclass(frozen=True, slots=True)
class PrintedTarget:
    """What of a target its indicator is told by."""

    name: str
    unit: str
    op: Operator
    per: Period | None

    @classmethod
    def of(cls, target: Target) -> PrintedTarget:
        """Give what a target prints."""
        return cls(target.name, target.unit, target.op, target.per)


@dataclass(frozen=True, slots=True)
class Measures:
    """The measure of every target, and what decisions may call an indicator with the uid it has in the graph."""

    of: Mapping[PrintedTarget, Measure]
    references: Mapping[str, str]


def name_reference(indicator: str, name: str) -> str:
    """Give what decisions call one printed name of an indicator: its uid, # and the name."""
    return f"{indicator}#{name}"


def resolve_indicators(targets: Iterable[PrintedTarget], decisions: Decisions = NO_DECISIONS) -> Measures:
    """Give every target its indicator.

    A printed name that somebody told apart from its indicator has one of its own, whose uid is the reference to the
    name. Indicators decided to be the same have the uid of the object, where their numbers are of one unit (all words
    of counting are one); what is told apart stays apart, also where it would be joined through a third.
    """
    resolution = _Resolution({target: _measured(target) for target in targets}, decisions)
    return Measures(resolution.measures(), resolution.references())


def _measured(target: PrintedTarget) -> Measure:
    return measure(target.name, target.unit, target.op, target.per)


class _Resolution:
    def __init__(self, measured: Mapping[PrintedTarget, Measure], decisions: Decisions) -> None:
        self.measured = measured
        # Should two ways of printing an indicator ever tell its family differently, the order of targets is no reason.
        by_family = sorted((one.indicator for one in measured.values()), key=lambda one: one.family, reverse=True)
        self.known = {one.uid: one for one in by_family}
        self.names = {
            name_reference(one.indicator.uid, target.name): (one.indicator.uid, target.name)
            for target, one in measured.items()
        }
        self.roots: dict[str, str] = {}
        different = decisions.of("indicator", "different")
        self._split(different)
        self._join(decisions.of("indicator", "same"), {frozenset(self._pair(one)) for one in different})

    def measures(self) -> dict[PrintedTarget, Measure]:
        """Give the measure of every target."""
        return {target: self._measure(target, one) for target, one in self.measured.items()}

    def _measure(self, target: PrintedTarget, one: Measure) -> Measure:
        uid = self._root(self._own(target, one))
        return one if uid == one.indicator.uid else replace(one, indicator=self.known[uid])

    def references(self) -> dict[str, str]:
        """Give the uid in the graph by uid of the rules, and by reference to a printed name."""
        names = {reference: self._root(self._uid(reference) or "") for reference in self.names}
        return names | {uid: self._root(uid) for uid in self.known}

    def _own(self, target: PrintedTarget, one: Measure) -> str:
        reference = name_reference(one.indicator.uid, target.name)
        return reference if reference in self.known else one.indicator.uid

    def _uid(self, reference: str) -> str | None:
        """The indicator a reference leads to before anything is joined."""
        if reference in self.known:
            return reference
        return self.names[reference][0] if reference in self.names else None

    def _pair(self, decision: Decision) -> tuple[str, str]:
        return (self._uid(decision.subject) or decision.subject, self._uid(decision.object) or decision.object)

    def _root(self, uid: str) -> str:
        while uid in self.roots:
            uid = self.roots[uid]
        return uid

    def _split(self, different: Iterable[Decision]) -> None:
        for decision in different:
            subject, other = self._pair(decision)
            # Both inside one indicator: the printed name leaves it, the subject's where both are names.
            apart = next((one for one in (decision.subject, decision.object) if one in self.names), None)
            if subject == other and apart is not None:
                uid, name = self.names[apart]
                self.known[apart] = replace(self.known[uid], uid=apart, name=name)

    def _join(self, same: Iterable[Decision], different: set[frozenset[str]]) -> None:
        groups = {uid: {uid} for uid in self.known}
        for decision in same:
            pair = [self._uid(decision.subject), self._uid(decision.object)]
            if None in pair:
                continue
            subject, other = (self._root(str(uid)) for uid in pair)
            apart = any(len(one & groups[subject]) == 1 == len(one & groups[other]) for one in different)
            if subject == other or apart or not _comparable(self.known[subject], self.known[other]):
                continue
            self.roots[subject] = other
            groups[other] |= groups.pop(subject)


def _comparable(one: Indicator, other: Indicator) -> bool:
    """Whether numbers of one can stand beside those of the other: one unit, or two words of counting."""
    counted = one.dimension == other.dimension == "count" and one.unit.endswith("/年") == other.unit.endswith("/年")
    return one.unit == other.unit or counted
