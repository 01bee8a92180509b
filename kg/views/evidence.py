"""The sentences behind a page: each once, with its document, and a way to see it in its surroundings.

In a site the way leads to the page of the document. A page that stands alone carries the texts of the documents it
quotes, compressed, and opens them itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.views.document import Href
from kg.views.facts import Duty, Facts, Promise
from kg.views.page import around, packed, short_name
from kg.views.words import KINDS, STATUSES, both, known

IN_A_SITE = 160
"""Characters of a sentence where the page of its document is a link away."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that is proof by itself; ``name`` is what to keep of it where it must be cut."""

    document: str
    holder: str
    span: tuple[int, int]
    quote: str
    name: str


class Evidence:
    """Collects the sentences that one page quotes."""

    def __init__(self, facts: Facts, href: Href) -> None:
        """Take where sentences come from and where they can be seen."""
        self._facts, self._href = facts, href
        self._documents: dict[str, int] = {}
        self._sentences: dict[tuple[str, int, int, str], int] = {}
        self._rows: list[dict[str, object]] = []

    def of(self, record: Duty | Promise | Said) -> int:
        """Give the number of the sentence that proves a responsibility, a target or a likeness."""
        key = (record.document, *record.span, record.holder)
        if key not in self._sentences:
            self._sentences[key] = len(self._rows)
            holder = self._facts.holders.get(record.holder)
            start, end = record.span
            self._rows.append(
                {
                    "d": self._documents.setdefault(record.document, len(self._documents)),
                    "r": holder.ref if holder else "",
                    "h": short_name(holder.heading, 60) if holder else "",
                    "q": self._quote(record),
                    "s": start,
                    "e": end,
                }
            )
        return self._sentences[key]

    def _quote(self, record: Duty | Promise | Said) -> str:
        """The sentence; where its document is a link away, what stands around the name in it."""
        name = record.printed if isinstance(record, Duty) else record.name
        return around(record.quote, name, IN_A_SITE) if self._href(record.document) else record.quote

    def data(self) -> dict[str, object]:
        """Give the sentences and their documents as ``page.js`` takes them."""
        return {"evidence": self._rows, "documents": [self._document(uid) for uid in self._documents]}

    def _document(self, uid: str) -> dict[str, object]:
        plan, href = self._facts.documents[uid], self._href(uid)
        return {
            "name": short_name(plan.name),
            "city": short_name(plan.city.name),
            "note": [f"{word} {plan.year or ''}".strip() for word in both(known(STATUSES, plan.status or plan.kind))]
            if plan.kind != "study"
            else both(known(KINDS, plan.kind)),
            "href": href,
            "text": None if href else packed(self._facts.texts[uid]),
        }
