"""Who answers for a place of a plan: the bodies it names, else those of its action, else those of a heading above.

That is how a plan is read: a target or a date in a task without a list of its own falls to the bodies of the action.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from queries.counting import Counting, Entry

Answered = Literal["body", "collective", "nobody"]


@dataclass(frozen=True, slots=True)
class Answering:
    """The bodies that answer for a place, by name: those that lead (alone or jointly) and those that support.

    ``answered`` says whether a named body leads, only collectives (各有关部门) do, or nobody does. Collectives stand
    in neither list.
    """

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    answered: Answered = "nobody"


NOBODY = Answering()


class WhoAnswers:
    """Who answers for every holder, by what it prints: notes, duties in running text and studies answer for nothing."""

    def __init__(self, counting: Counting) -> None:
        """Take all that was read; collectives answer whether they are counted or not."""
        by_holder: dict[str, list[Entry]] = defaultdict(list)
        entries = [entry for entry in counting.entries if _answers(entry, counting)]
        for entry in entries:
            by_holder[entry.holder].append(entry)
        self._of = {holder: _answering(entries) for holder, entries in by_holder.items()}
        headings = {(entry.document, entry.ref): entry.holder for entry in entries if entry.form == "section"}
        self._above: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for (document, ref), holder in sorted(headings.items(), key=lambda item: -len(item[0][1])):
            self._above[document].append((f"{ref}/", holder))

    def of(self, document: str, holder: str, action: str, ref: str) -> Answering:
        """Who answers for a holder: the nearest of it, its action and the headings above where somebody leads.

        Where nobody leads anywhere, the nearest place that names bodies.
        """
        headings = [uid for above, uid in self._above.get(document, ()) if ref.startswith(above)]
        places = [self._of[uid] for uid in (holder, action, *headings) if uid in self._of]
        return next((place for place in places if place.answered != "nobody"), places[0] if places else NOBODY)


def _answers(entry: Entry, counting: Counting) -> bool:
    printed = entry.basis not in ("note", "text") and not entry.inherited
    return printed and counting.documents[entry.document].counted


def _answering(entries: Sequence[Entry]) -> Answering:
    named = [entry for entry in entries if not entry.collective]
    leads = {entry.body: entry.name for entry in named if entry.role != "support"}
    supports = {entry.body: entry.name for entry in named if entry.body not in leads}
    together = any(entry.role != "support" for entry in entries)
    return Answering(
        tuple(leads.values()),
        tuple(supports.values()),
        "body" if leads else "collective" if together else "nobody",
    )
