"""Measures as reports on overlap, repetition and change see them: what a plan does, who leads it, by which number.

A measure is a numbered measure where an action has them, else the action. Its leads are those its own clause names, or
where it prints none, those of its action; duties stated in running text are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from queries.documents import Tables
from queries.rows import Store
from queries.sources import Source

KEPT = 0.5
"""The score from which a graph keeps OVERLAPS."""


class MeasureStore(Store, Tables, Protocol):
    """A graph that answers Cypher and gives its tables."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of a measure. ``factor`` turns its ``value`` into the ``unit`` numbers of its indicator compare in."""

    indicator: str
    name: str
    op: str
    value: float
    value_max: float | None
    printed_unit: str
    deadline: str | None
    unit: str
    factor: float
    direction: str
    strict: bool
    quote: str

    @property
    def compared(self) -> float:
        """The number in the indicator's unit."""
        return self.value * self.factor

    @property
    def text(self) -> str:
        """The number as a person reads it: ≥90%, ≤3个工作日, +25%."""
        sign = {"ge": "≥", "le": "≤", "inc": "+", "inc_ge": "≥+", "dec": "−", "dec_ge": "≥−"}.get(self.op, "")
        most = f"–{self.value_max:g}" if self.value_max is not None else ""
        due = f" ({self.deadline})" if self.deadline else ""
        return f"{sign}{self.value:g}{most}{self.printed_unit}{due}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. ``theme`` is the name of its action's main theme, empty where none was sure."""

    uid: str
    source: Source
    ref: str
    action: str
    heading: str
    theme: str
    themes: tuple[str, ...]
    leads: tuple[str, ...]
    functions: tuple[str, ...]
    targets: tuple[Promise, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two measures that do the same; ``shared`` terms stand in both quotes."""

    one: Measure
    other: Measure
    score: float
    shared: tuple[str, ...]
    same_indicators: tuple[str, ...]
    same_functions: tuple[str, ...]
    one_quote: str
    other_quote: str

    @property
    def turned(self) -> Likeness:
        """The same seen from the other side."""
        return Likeness(
            self.other, self.one, self.score, self.shared, self.same_indicators, self.same_functions,
            self.other_quote, self.one_quote,
        )  # fmt: skip


def measures(store: MeasureStore, documents: Mapping[str, Source]) -> dict[str, Measure]:
    """Give the measures of ``documents`` by uid, in order of document and text."""
    return {measure.uid: measure for measure in _Reader(store, documents).measures()}


def likenesses(store: MeasureStore, relation: str, known: Mapping[str, Measure], least: float = 0.0) -> list[Likeness]:
    """Give the edges of OVERLAPS or REPEATS between ``known`` measures, the likest first."""
    found = [
        Likeness(
            one=known[str(row["source"])],
            other=known[str(row["target"])],
            score=_number(row["score"]),
            shared=_strings(row["shared"]),
            same_indicators=_strings(row["same_indicators"]),
            same_functions=_strings(row["same_functions"]),
            one_quote=_text(row["source_quote"]),
            other_quote=_text(row["target_quote"]),
        )
        for row in store.edges(relation)
        if row["source"] in known and row["target"] in known and _number(row["score"]) >= least
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.one.uid, pair.other.uid))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, Sequence) and not isinstance(value, str) else ()


class _Reader:
    def __init__(self, store: MeasureStore, documents: Mapping[str, Source]) -> None:
        self.store, self.documents = store, documents
        self.actions = {str(row["uid"]): row for row in store.nodes("Action")}
        self.tasks = {str(row["uid"]): row for row in store.nodes("Task")}
        self.tasks_of = self._targets("HAS_TASK")
        self.themes = self._themes()
        names = {
            str(row["uid"]): _text(row["name"]) for label in ("Department", "Function") for row in store.nodes(label)
        }
        works = defaultdict(list)
        for row in store.edges("PERFORMS"):
            works[str(row["source"])].append(names[str(row["target"])])
        self.leads: defaultdict[str, list[str]] = defaultdict(list)
        self.functions: defaultdict[str, list[str]] = defaultdict(list)
        for row in sorted(store.edges("LEADS"), key=lambda row: _number(row["position"])):
            if row["basis"] != "text" and not row["inherited"]:
                self.leads[str(row["target"])].append(names[str(row["source"])])
                if not row["collective"]:
                    self.functions[str(row["target"])] += works[str(row["source"])]
        self.promises = self._promises()

    def measures(self) -> Iterator[Measure]:
        for row in sorted(self.store.edges("HAS_ACTION"), key=lambda row: (str(row["source"]), _number(row["order"]))):
            source = self.documents.get(str(row["source"]))
            if source is not None:
                yield from self._of_action(source, str(row["target"]))

    def _of_action(self, source: Source, action: str) -> Iterator[Measure]:
        tasks = self.tasks_of[action]
        numbered = [uid for uid in tasks if self.tasks[uid]["form"] == "numbered"]
        for uid in numbered:
            yield self._measure(source, action, uid, _text(self.tasks[uid]["ref"]), (uid,))
        if not numbered:
            yield self._measure(source, action, action, _text(self.actions[action]["ref"]), (action, *tasks))

    def _measure(self, source: Source, action: str, uid: str, ref: str, holders: Sequence[str]) -> Measure:
        def of(found: Mapping[str, list[str]]) -> tuple[str, ...]:
            own = [name for holder in holders for name in found.get(holder, [])]
            return tuple(dict.fromkeys(own or found.get(action, [])))

        themes = self.themes.get(action, [])
        return Measure(
            uid=uid,
            source=source,
            ref=ref,
            action=action,
            heading=_text(self.actions[action]["heading"]),
            theme=next((name for main, name in themes if main), ""),
            themes=tuple(name for _, name in themes),
            leads=of(self.leads),
            functions=of(self.functions),
            targets=tuple(promise for holder in holders for promise in self.promises.get(holder, ())),
            text="".join(_text(self.tasks[holder]["text"]) for holder in holders if holder in self.tasks),
        )

    def _targets(self, relation: str) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in sorted(self.store.edges(relation), key=lambda row: (str(row["source"]), _number(row["order"]))):
            found[str(row["source"])].append(str(row["target"]))
        return found

    def _themes(self) -> dict[str, list[tuple[bool, str]]]:
        names = {str(row["uid"]): _text(row["name"]) for row in self.store.nodes("Theme")}
        found: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
        for row in self.store.edges("ADDRESSES"):
            found[str(row["source"])].append((bool(row["main"]), names[str(row["target"])]))
        return {action: sorted(rows, reverse=True) for action, rows in found.items()}

    def _promises(self) -> dict[str, list[Promise]]:
        indicators = {str(row["uid"]): row for row in self.store.nodes("Indicator")}
        measured = {str(row["source"]): row for row in self.store.edges("MEASURES")}
        targets = {str(row["uid"]): row for row in self.store.nodes("Target")}
        found: defaultdict[str, list[Promise]] = defaultdict(list)
        for edge in self.store.edges("SETS"):
            row, how = targets[str(edge["target"])], measured[str(edge["target"])]
            indicator = indicators[str(how["target"])]
            most = row["value_max"]
            promise = Promise(
                indicator=_text(indicator["name"]),
                name=_text(row["name"]),
                op=_text(row["op"]),
                value=_number(row["value"]),
                value_max=_number(most) if most is not None else None,
                printed_unit=_text(row["unit"]),
                deadline=_text(row["deadline"]) or None,
                unit=_text(indicator["unit"]),
                factor=_number(how["factor"]),
                direction=_text(indicator["direction"]),
                strict=bool(how["strict"]),
                quote=_text(row["quote"]),
            )
            found[str(edge["source"])].append(promise)
        return found
