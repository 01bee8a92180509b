"""Targets: what plans promise by number, who answers for it, by when; what cities promise alike, and what disagrees.

A target counts once where the plan prints it. Who answers is read as in :mod:`queries.answering`. Numbers are compared
where the graph says so (a strict MEASURES edge), in the unit of the indicator. Studies promise nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from ontology.records import Finding
from queries.answering import Answered, WhoAnswers
from queries.counting import Counting, counting
from queries.lookups import lookup
from queries.rows import Rows, Store
from queries.sources import Source

if TYPE_CHECKING:
    import pandas as pd

_HOLDERS = ("documents", "sections", "actions", "tasks")
_DISAGREE = ("numbers-disagree", "units-disagree")


class StoreWithFindings(Store, Protocol):
    """A store that also keeps what was found wrong about the plans."""

    def findings(self) -> Sequence[Finding]:
        """Give what was found wrong."""
        ...


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of a plan.

    ``value`` (to ``value_max`` for a range) is in ``unit`` as printed, ``compared`` the same in ``compared_unit``, that
    of the indicator; None where the number cannot be compared with those of other plans. ``op`` is eq, ge, le, inc,
    inc_ge, dec or dec_ge. ``dimension`` is rate, count, duration, amount or change; ``direction`` says which number
    promises more, higher or lower. ``ref`` and ``heading`` are
    where it stands; both are empty for a target outside all headings.
    """

    city: str
    document: str
    ref: str
    heading: str
    name: str
    op: str
    value: float
    value_max: float | None
    unit: str
    per: str | None
    deadline: str | None
    baseline: str | None
    quote: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    answered: Answered
    indicator: str
    indicator_name: str
    compared: float | None
    compared_unit: str
    dimension: str
    direction: str
    uid: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One promise beside those of other cities on one indicator.

    ``rank`` 1 promises most (the highest or the lowest number, as ``direction`` says), equals share a rank; it counts
    promises, of which a city may have several. Counts and amounts have no rank: they grow with the place. ``cities`` is
    how many cities promise something on the indicator.
    """

    indicator_name: str
    cities: int
    rank: int | None
    promise: Promise


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two numbers for one thing: inside one plan (``document`` once), or in two plans of a city for one time."""

    city: str
    name: str
    value: str
    document: str
    other: str
    other_document: str


@dataclass(frozen=True, slots=True)
class Promising:
    """A document with how many targets it sets, and how many of them have a deadline and a named lead."""

    source: Source
    targets: int
    dated: int
    led: int


@dataclass(frozen=True, slots=True)
class TargetsReport:
    """The targets of some cities, in order of city, document and place."""

    promises: tuple[Promise, ...]
    compared: tuple[Compared, ...]
    disagreements: tuple[Disagreement, ...]
    documents: tuple[Promising, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``promises`` as a data frame, one row a target."""
        import pandas as pd

        names = [field.name for field in fields(Promise)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.promises], columns=names)


def targets(
    store: StoreWithFindings, *, city: str | Sequence[str] | None = None, about: str | None = None
) -> TargetsReport:
    """Give the targets in the plans of ``store``.

    ``city`` keeps cities by name (巴中市, 巴中) or code (511900), ``about`` targets whose name or indicator holds
    these words.

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    return targets_of(store, counting(store, city=city), about=about)


def targets_of(store: StoreWithFindings, counted: Counting, *, about: str | None = None) -> TargetsReport:
    """The same of what was already counted in ``store``."""
    plans = {uid: source for uid, source in counted.documents.items() if source.counted}
    who = WhoAnswers(counted)
    promises = tuple(
        promise
        for promise in promises_of(store, plans, who)
        if about is None or about in promise.name or about in promise.indicator_name
    )
    return TargetsReport(
        promises,
        tuple(_compared(promises)),
        tuple(_disagreements(store, plans, promises, about)),
        tuple(_documents(counted.documents.values(), promises)),
    )


def promises_of(store: Store, plans: Mapping[str, Source], who: WhoAnswers) -> Iterator[Promise]:
    """Give every target of ``plans``, in their order and that of the text."""
    rows: list[Mapping[str, object]] = []
    for holder in _HOLDERS:
        found: Rows = store.run(lookup(f"targets_of_{holder}"))
        rows += [row for row in found if row["document"] in plans]
    order = {uid: place for place, uid in enumerate(plans)}
    for row in sorted(rows, key=lambda row: (order[str(row["document"])], _number(row["place"]), str(row["uid"]))):
        yield _promise(row, plans[str(row["document"])], who)


def _promise(row: Mapping[str, object], source: Source, who: WhoAnswers) -> Promise:
    ref, value = _text(row["ref"]), _number(row["value"])
    answering = who.of(source.uid, _text(row["holder"]), _text(row["action"]), ref)
    return Promise(
        city=source.city,
        document=source.uid,
        ref=ref,
        heading=_text(row["heading"]),
        name=_text(row["name"]),
        op=_text(row["op"]),
        value=value,
        value_max=None if row["value_max"] is None else _number(row["value_max"]),
        unit=_text(row["unit"]),
        per=_text(row["per"]) or None,
        deadline=_text(row["deadline"]) or None,
        baseline=_text(row["baseline"]) or None,
        quote=_text(row["quote"]),
        leads=answering.leads,
        supports=answering.supports,
        answered=answering.answered,
        indicator=_text(row["indicator"]),
        indicator_name=_text(row["indicator_name"]),
        # Factors such as 1/60 leave traces in the last places.
        compared=round(value * _number(row["factor"]), 6) if row["strict"] else None,
        compared_unit=_text(row["indicator_unit"]),
        dimension=_text(row["dimension"]),
        direction=_text(row["direction"]),
        uid=_text(row["uid"]),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


# ------------------------------------------------------------------------------------------------ side by side


def _compared(promises: Iterable[Promise]) -> Iterator[Compared]:
    """The indicators on which several cities promise something, most cities first, each from the most ambitious on."""
    groups: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.compared is not None:
            groups[promise.indicator].append(promise)
    shared = [(len({one.city for one in group}), group) for group in groups.values()]
    for cities, group in sorted(shared, key=lambda item: (-item[0], -len(item[1]), item[1][0].indicator)):
        if cities > 1:
            ordered = sorted(group, key=_ambition)
            for promise in ordered:
                sized = promise.dimension in ("count", "amount")
                rank = None if sized else 1 + sum(_ambition(other) < _ambition(promise) for other in ordered)
                yield Compared(promise.indicator_name, cities, rank, promise)


def _ambition(promise: Promise) -> float:
    value = promise.compared or 0.0
    return value if promise.direction == "lower" else -value


def _disagreements(
    store: StoreWithFindings, plans: Mapping[str, Source], promises: Sequence[Promise], about: str | None
) -> Iterator[Disagreement]:
    """What the plans contradict inside themselves, as found at the build; then what two plans of a city say apart."""
    for finding in store.findings():
        if finding.code in _DISAGREE and finding.document in plans:
            said = dict(finding.values)
            if about is None or about in said["name"]:
                place = plans[finding.document]
                yield Disagreement(place.city, said["name"], said["value"], place.uid, said["other"], place.uid)
    groups: dict[object, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.compared is not None and promise.deadline:
            groups[promise.city, promise.indicator, promise.deadline, promise.op[:3]].append(promise)
    for group in groups.values():
        for one, other in pairwise(group):
            if one.document != other.document and one.compared != other.compared:
                yield Disagreement(
                    one.city, other.name, f"{other.value:g}{other.unit}", other.document,
                    f"{one.value:g}{one.unit}", one.document,
                )  # fmt: skip


def _documents(documents: Iterable[Source], promises: Iterable[Promise]) -> Iterator[Promising]:
    of: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        of[promise.document].append(promise)
    for source in documents:
        found = of[source.uid]
        dated = sum(one.deadline is not None for one in found)
        yield Promising(source, len(found), dated, sum(one.answered == "body" for one in found))
