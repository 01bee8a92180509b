"""What a check of a plan sees: the document as read, the body behind every name, the measure behind every target."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.resolve.indicators import Measure
from loaders.flat import FlatText, flatten, squeezed
from ontology.findings import found
from ontology.records import Action, Finding, PolicyDocument, Responsibility, Section, Span, Target, Task

QUOTED = 60
AROUND = 12


@dataclass(frozen=True)
class Plan:
    """One plan to be checked. ``body`` gives the uid of a printed name, ``measure`` what a target measures."""

    document: PolicyDocument
    body: Callable[[str], str]
    measure: Callable[[Target], Measure]

    @cached_property
    def flat(self) -> FlatText:
        """The text without white space, with the way back."""
        return flatten(self.document.text)

    @cached_property
    def unit_starts(self) -> tuple[int, ...]:
        """The flat places where sections, actions and numbered tasks begin, in order."""
        document = self.document
        numbered = [task for action in document.actions for task in action.tasks if task.form == "numbered"]
        units: list[Section | Action | Task] = [*document.sections, *document.actions, *numbered]
        return tuple(sorted({self.flat.place(unit.span.start) for unit in units}))

    @cached_property
    def holders(self) -> tuple[tuple[Section | Action | Task, tuple[Responsibility, ...]], ...]:
        """Every section, action and task that prints who is responsible, with what it prints."""
        document = self.document
        units: list[Section | Action | Task] = [*document.sections]
        for action in document.actions:
            units += [action, *action.tasks]
        return tuple((unit, unit.responsibilities) for unit in units if unit.responsibilities)

    def targets(self) -> Iterator[Target]:
        """Every target of the document."""
        yield from self.document.targets
        for action in self.document.actions:
            yield from action.targets

    def words(self, span: Span) -> str:
        """The text of a span without white space."""
        return squeezed(self.document.text[span.start : span.end])

    def at(self, code: str, span: Span, *, quote: str | None = None, **values: object) -> Finding:
        """A finding about a stretch of the text; its words are the quote unless another is given."""
        words = self.words(span) if quote is None else quote
        short = words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"
        return found(code, self.document.facts.file, quote=short, span=span, **values)

    def around(self, code: str, start: int, end: int, **values: object) -> Finding:
        """A finding about a flat stretch, quoted with a few characters on both sides."""
        quote = self.flat.flat[max(0, start - AROUND) : end + AROUND]
        return self.at(code, self.flat.span(start, end), quote=quote, **values)

    def line(self, span: Span) -> int:
        """The line a span begins in, from 1."""
        return bisect_right(self._breaks, span.start - 1) + 1

    @cached_property
    def _breaks(self) -> list[int]:
        return [place for place, character in enumerate(self.document.text) if character == "\n"]
