"""The summary for who has one minute: what was read, what was not, and ten findings with their numbers.

Every number is one that another command prints; the fact names that command. Nothing is counted here that the reports
on workload, targets and what falls due, and the findings of the graph, do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from queries.counting import counting
from queries.due import DueReport, due_of
from queries.lookups import lookup
from queries.sources import Source
from queries.targets import Promise, StoreWithFindings, TargetsReport, targets_of
from queries.workload import WorkloadReport, workload_of

if TYPE_CHECKING:
    import pandas as pd

About = Literal[
    "heaviest", "concentrated", "solo", "several-leads", "no-measure", "unanswered", "undated", "peak", "compared",
    "disagree", "only-collectives", "damaged",
]  # fmt: skip
MOST_FACTS = 10
LEAST_RESPONSIBILITIES = 30
"""Shares of cities with fewer responsibilities say little."""
LEAST_BODIES = 10
_DISAGREE = ("numbers-disagree", "units-disagree")
_DAMAGED = ("doubled-words", "unbalanced-marks", "leftover-code")


class GivenFile(Protocol):
    """A file a graph was made of: its name, and whether it was read or failed."""

    @property
    def file(self) -> str:
        """Its name."""
        ...

    @property
    def outcome(self) -> str:
        """``read`` or ``failed``."""
        ...


class StoreWithInputs(StoreWithFindings, Protocol):
    """A store that also knows the files it was made of."""

    def inputs(self) -> Sequence[GivenFile]:
        """Give the files, those that could not be read included."""
        ...


@dataclass(frozen=True, slots=True)
class WasRead:
    """What a graph was made of.

    ``documents`` are all that were read, with kind, status and year. ``responsibilities`` count once per body and
    holder that prints it (notes, collectives and studies left out), ``bodies`` those that bear one. ``doubtful`` are
    places that reading warns about, ``not_read`` the files that are not in the graph.
    """

    documents: tuple[Source, ...]
    actions: int
    tasks: int
    targets: int
    responsibilities: int
    bodies: int
    doubtful: int
    not_read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One finding: what it is ``about``, its numbers and names, and the ``command`` that prints the numbers.

    ``behind`` are the documents the numbers rest on where they are of one city, else empty: all that were read.
    ``printed`` names the values that stand in the output of the command.
    """

    about: About
    values: Mapping[str, int | float | str]
    printed: tuple[str, ...]
    command: tuple[str, ...]
    behind: tuple[Source, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryReport:
    """What was read, and the facts, what matters most first."""

    read: WasRead
    facts: tuple[Fact, ...]

    def to_pandas(self) -> pd.DataFrame:
        """The facts as a data frame: what each is about, its values and its command."""
        import pandas as pd

        rows = [[fact.about, dict(fact.values), " ".join(("kg", *fact.command))] for fact in self.facts]
        return pd.DataFrame(rows, columns=["about", "values", "command"])


def summary(store: StoreWithInputs) -> SummaryReport:
    """Give what was read into ``store`` and up to ten findings."""
    counted = counting(store)
    promised = targets_of(store, counted)
    found = store.findings()
    figures = _Figures(
        workload_of(store, counted),
        promised,
        due_of(store, counted, promised.promises),
        Counter(finding.code for finding in found),
    )
    sizes = {str(row["label"]): int(str(row["number"])) for row in store.run(lookup("sizes"))}
    read = WasRead(
        documents=tuple(counted.documents.values()),
        actions=sizes["Action"],
        tasks=sizes["Task"],
        targets=sizes["Target"],
        responsibilities=sum(load.total for load in figures.workload.loads),
        bodies=len({load.uid for load in figures.workload.loads}),
        doubtful=sum(one.about == "reading" and one.severity != "info" for one in found),
        not_read=tuple(given.file for given in store.inputs() if given.outcome == "failed"),
    )
    facts = (fact for make in _FACTS for fact in make(figures))
    return SummaryReport(read, tuple(islice(facts, MOST_FACTS)))


@dataclass(frozen=True, slots=True)
class _Figures:
    workload: WorkloadReport
    targets: TargetsReport
    due: DueReport
    findings: Mapping[str, int]

    def of(self, city: str) -> tuple[Source, ...]:
        """The documents of a city that count."""
        return tuple(row.source for row in self.due.documents if row.source.city == city and row.source.counted)


# ------------------------------------------------------------------------------------------------ workload


def _heaviest(figures: _Figures) -> Iterator[Fact]:
    """The body with the largest share of its city's responsibilities."""
    totals = {row.city: row.responsibilities for row in figures.workload.concentration if row.of == "all"}
    cities = _telling({city: total for city, total in totals.items() if city}, LEAST_RESPONSIBILITIES)
    loads = [load for load in figures.workload.loads if load.city in cities]
    if loads:
        load = max(loads, key=lambda load: (load.share, load.total, load.uid))
        yield Fact(
            "heaviest",
            {"city": load.city, "body": load.body, "total": load.total, "all": totals[load.city], "share": load.share},
            ("body", "total", "all", "share"),
            ("report", "workload", "--city", load.city),
            figures.of(load.city),
        )


def _telling(sizes: Mapping[str, int], least: int) -> set[str]:
    """The cities of at least this size; all where none is."""
    return {city for city, size in sizes.items() if size >= least} or set(sizes)


def _concentrated(figures: _Figures) -> Iterator[Fact]:
    """The city whose three bodies that lead most lead the largest share."""
    rows = {row.city: row for row in figures.workload.concentration if row.of == "lead" and row.city}
    cities = _telling({city: row.bodies for city, row in rows.items()}, LEAST_BODIES)
    if cities:
        row = max((rows[city] for city in cities), key=lambda row: (row.top3, row.city))
        yield Fact(
            "concentrated",
            {"city": row.city, "top3": row.top3, "bodies": row.bodies},
            ("top3", "bodies"),
            ("report", "workload", "--city", row.city),
            figures.of(row.city),
        )


def _solo(figures: _Figures) -> Iterator[Fact]:
    """The body that leads most often with nobody beside it."""
    alone = [lead for lead in figures.workload.solo_leads if lead.city]
    if alone:
        lead = max(alone, key=lambda lead: (lead.count, lead.uid))
        yield Fact(
            "solo",
            {"city": lead.city, "body": lead.body, "count": lead.count},
            ("body", "count"),
            ("report", "workload", "--city", lead.city),
            figures.of(lead.city),
        )


# ------------------------------------------------------------------------------------------------ findings


def _found(about: About, codes: Sequence[str]) -> Callable[[_Figures], Iterator[Fact]]:
    """How many findings of some codes there are."""

    def fact(figures: _Figures) -> Iterator[Fact]:
        count = sum(figures.findings[code] for code in codes)
        if count:
            chosen = tuple(word for code in codes for word in ("--code", code))
            yield Fact(about, {"count": count}, ("count",), ("lint", *chosen, "--severity", "info"))

    return fact


# ------------------------------------------------------------------------------------------------ targets and time


def _unanswered(figures: _Figures) -> Iterator[Fact]:
    """Targets for which no named body answers."""
    answers = Counter(one.answered for one in figures.targets.promises)
    if answers["nobody"] or answers["collective"]:
        values = {"nobody": answers["nobody"], "collective": answers["collective"], "targets": answers.total()}
        yield Fact("unanswered", values, ("nobody", "collective", "targets"), ("report", "targets"))


def _undated(figures: _Figures) -> Iterator[Fact]:
    """Targets that say by when."""
    total, dated = len(figures.targets.promises), sum(one.deadline is not None for one in figures.targets.promises)
    if dated < total:
        yield Fact("undated", {"dated": dated, "targets": total}, ("dated", "targets"), ("report", "targets"))


def _peak(figures: _Figures) -> Iterator[Fact]:
    """The time for which most falls due."""
    if figures.due.periods:
        peak = max(figures.due.periods, key=lambda period: (period.due, period.day))
        values: dict[str, int | float | str] = {
            "printed": peak.printed,
            "count": peak.due,
            "cities": peak.cities,
            "all": len(figures.due.dues),
        }
        yield Fact("peak", values, ("printed", "count", "cities", "all"), ("report", "calendar"))


def _most_compared(figures: _Figures) -> Iterator[Fact]:
    """The indicator on which most cities promise, among those that compare whatever the size of the place."""
    ranked = [row for row in figures.targets.compared if row.rank is not None]
    if ranked:
        name, cities = ranked[0].indicator_name, ranked[0].cities
        rows = [row.promise for row in ranked if row.promise.indicator == ranked[0].promise.indicator]
        yield Fact(
            "compared",
            {"indicator": name, "cities": cities, "best": rows[0].city, "least": rows[-1].city},
            ("indicator", "cities", "best", "least"),
            ("report", "targets", "--about", name),
            promises=(rows[0], rows[-1]),
        )


_FACTS: tuple[Callable[[_Figures], Iterator[Fact]], ...] = (
    _heaviest,
    _concentrated,
    _solo,
    _found("several-leads", ("several-leads",)),
    _unanswered,
    _undated,
    _found("no-measure", ("no-measure",)),
    _peak,
    _found("disagree", _DISAGREE),
    _most_compared,
    _found("only-collectives", ("only-collectives",)),
    _found("damaged", _DAMAGED),
)
"""What is told, in this order; what a graph has nothing of falls away."""
