"""Coverage: what of each document was read, what was set aside and why, and what is left to a reader's eye.

Every character is in one class: white space, or the class its stretch of the account has. Shares are of the printed
characters (all but white space). A *marker word* (牵头, 责任单位 …) announces a responsibility wherever it stands: it
is inside a clause, inside a sentence that was read as a duty, or listed as a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from ontology.findings import READ_CLASSES, SET_ASIDE_CLASSES
from ontology.records import Severity, StretchClass
from queries.documents import ReadDocument, Unit

if TYPE_CHECKING:
    import pandas as pd

MARKER_WORDS = ("牵头", "责任单位", "责任部门", "配合", "负责", "落实")
DUTY_WORDS = ("牵头", "责任单位", "责任部门")
"""Marker words that nearly always stand for a responsibility; the others are common in running text."""

_BLANK = re.compile("[\\s\ufeff\u200b]+")
#: 负责人 and 负责同志 are people.
#: The reader's own pattern (a test holds them together): 负责人, 负责同志, 负责制 are people and systems, no duties.
_MARKER = re.compile("牵头|责任单位|责任部门|配合|负责(?!人(?![工才员力事口民])|同志|任(?!务)|制(?![定作订]))|落实")

Where = Literal["clause", "sentence", "finding", "nowhere"]


@dataclass(frozen=True, slots=True)
class Markers:
    """Marker words: how many stand in a clause, in a sentence read as a duty, in a finding, and in none of these."""

    clause: int = 0
    sentence: int = 0
    finding: int = 0
    nowhere: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.clause + self.sentence + self.finding + self.nowhere

    @property
    def outside(self) -> int:
        """Those outside every clause."""
        return self.total - self.clause

    @property
    def read(self) -> float | None:
        """The share (0–1) in a clause or a sentence read as a duty; None where there are none."""
        return (self.clause + self.sentence) / self.total if self.total else None

    def __add__(self, other: Markers) -> Markers:
        return Markers(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Markers)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """One document, or all of them (``file`` None).

    ``characters`` counts all, ``blank`` the white space among them, ``classes`` the printed ones by class and
    ``unaccounted`` the printed ones in no class (none, unless a reader forgot them):
    ``characters == blank + sum(classes.values()) + unaccounted``. ``bodies`` are different printed names, added up
    over documents; ``unled`` actions with no lead in them, their tasks or a heading above. ``certainties`` and
    ``findings`` count by certainty and severity, ``markers`` by word.
    """

    file: str | None
    city: str | None
    kind: str | None
    status: str | None
    documents: int
    characters: int
    blank: int
    classes: Mapping[StretchClass, int]
    unaccounted: int
    clauses: int
    bodies: int
    actions: int
    unled: int
    tasks: int
    certainties: Mapping[str, int]
    markers: Mapping[str, Markers]
    findings: Mapping[Severity, int]

    @property
    def printed(self) -> int:
        """Characters that are no white space."""
        return self.characters - self.blank

    @property
    def responsibilities(self) -> int:
        """How many were read, of every certainty."""
        return sum(self.certainties.values())

    def share(self, *classes: StretchClass) -> float | None:
        """The share (0–1) of the printed characters that is in one of ``classes``."""
        return sum(self.classes[name] for name in classes) / self.printed if self.printed else None

    def certain(self, certainty: str) -> float | None:
        """The share (0–1) of the responsibilities that is of this certainty."""
        return self.certainties.get(certainty, 0) / self.responsibilities if self.responsibilities else None

    def marker(self, words: Iterable[str] = MARKER_WORDS) -> Markers:
        """The marker words ``words`` together."""
        return sum((self.markers[word] for word in words), Markers())


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Coverage of each document, in order of file, and of all together."""

    documents: tuple[Coverage, ...]
    total: Coverage

    def to_pandas(self) -> pd.DataFrame:
        """One row a document, figures as :func:`figures` names them."""
        import pandas as pd

        return pd.DataFrame([figures(document) for document in self.documents])


def coverage(documents: Iterable[ReadDocument]) -> CoverageReport:
    """Count each document and all of them."""
    counted = tuple(_coverage(document) for document in sorted(documents, key=lambda document: document.file))
    return CoverageReport(counted, _total(counted))


def figures(row: Coverage) -> dict[str, object]:
    """Every figure of one row, flat: counts as whole numbers, shares as fractions of 1."""
    marker, duty = row.marker(), row.marker(DUTY_WORDS)
    return {
        "file": row.file,
        "city": row.city,
        "kind": row.kind,
        "status": row.status,
        "documents": row.documents,
        "characters": row.characters,
        "blank": row.blank,
        "read": row.share(*READ_CLASSES),
        **{_key(name): row.share(name) for name in READ_CLASSES},
        "set_aside": row.share(*SET_ASIDE_CLASSES),
        **{_key(name): row.share(name) for name in SET_ASIDE_CLASSES},
        "in_findings": row.share("finding"),
        "unaccounted": row.unaccounted,
        "actions": row.actions,
        "unled": row.unled,
        "tasks": row.tasks,
        "clauses": row.clauses,
        "bodies": row.bodies,
        "responsibilities": row.responsibilities,
        "printed": row.certain("printed"),
        "convention": row.certain("convention"),
        "guess": row.certain("guess"),
        "markers": marker.total,
        "markers_in_clauses": marker.clause,
        "markers_outside": marker.outside,
        "markers_in_sentences": marker.sentence,
        "markers_in_findings": marker.finding,
        "markers_nowhere": marker.nowhere,
        "duty_words": duty.total,
        "duty_words_read": duty.read,
        "errors": row.findings["error"],
        "warnings": row.findings["warning"],
        "infos": row.findings["info"],
    }


def _key(name: StretchClass) -> str:
    """A class as the name of a figure: share_cover_letter."""
    return f"share_{name.replace(' ', '_').replace('-', '_')}"


# ------------------------------------------------------------------------------------------------ one document


def _coverage(document: ReadDocument) -> Coverage:
    text, account = document.text, document.account
    blank = _blanks(text)
    classes: dict[StretchClass, int] = dict.fromkeys((*READ_CLASSES, "finding", *SET_ASIDE_CLASSES), 0)
    for stretch in account:
        inside = text[stretch.span.start : stretch.span.end]
        classes[stretch.belongs] += len(inside) - _blanks(inside)
    kinds = Counter(unit.kind for unit in document.units)
    severities = Counter(finding.severity for finding in document.findings if finding.about == "reading")
    return Coverage(
        file=document.file,
        city=document.city,
        kind=document.kind,
        status=document.status,
        documents=1,
        characters=len(text),
        blank=blank,
        classes=classes,
        unaccounted=len(text) - blank - sum(classes.values()),
        clauses=sum(stretch.belongs == "clause" for stretch in account),
        bodies=len(document.bodies),
        actions=kinds["action"],
        unled=_unled(document.units),
        tasks=kinds["task"],
        certainties=document.certainties,
        markers=_markers(document),
        findings={severity: severities[severity] for severity in ("error", "warning", "info")},
    )


def _blanks(text: str) -> int:
    return sum(len(match[0]) for match in _BLANK.finditer(text))


def _unled(units: Sequence[Unit]) -> int:
    """Actions for which no lead is named: not by them, not by a task of theirs, not by a heading above."""
    led_sections = [unit for unit in units if unit.kind == "section" and unit.led]
    led_tasks = sorted(unit.start for unit in units if unit.kind == "task" and unit.led)
    return sum(
        not action.led
        and bisect_right(led_tasks, action.end - 1) == bisect_right(led_tasks, action.start - 1)
        and not any(action.ref.startswith(f"{above.ref}/") and above.start <= action.start for above in led_sections)
        for action in units
        if action.kind == "action"
    )


def _markers(document: ReadDocument) -> dict[str, Markers]:
    """Where each marker word stands, line breaks inside words left out."""
    clauses = [(s.span.start, s.span.end) for s in document.account if s.belongs == "clause"]
    listed = sorted((f.span.start, f.span.end) for f in document.findings if f.span and f.about == "reading")
    covers: Mapping[Where, _Cover] = {
        "clause": _Cover(clauses),
        "sentence": _Cover(document.duties),
        "finding": _Cover(listed),
    }
    flat, places = _without_blanks(document.text)
    counts: dict[str, Counter[Where]] = {word: Counter() for word in MARKER_WORDS}
    for match in _MARKER.finditer(flat):
        place = places(match.start())
        where: Where = next((name for name, cover in covers.items() if cover.holds(place)), "nowhere")
        counts[match[0]][where] += 1
    return {
        word: Markers(count["clause"], count["sentence"], count["finding"], count["nowhere"])
        for word, count in counts.items()
    }


class _Cover:
    """Spans, which may overlap; whether one of them holds a place."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, place: int) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


class _Places:
    """From a place in the text without white space to the place in the text."""

    def __init__(self, pieces: Sequence[tuple[int, int]]) -> None:
        self._flat = [flat for flat, _ in pieces]
        self._text = [text for _, text in pieces]

    def __call__(self, place: int) -> int:
        index = bisect_right(self._flat, place) - 1
        return self._text[index] + place - self._flat[index]


def _without_blanks(text: str) -> tuple[str, _Places]:
    words: list[str] = []
    pieces: list[tuple[int, int]] = []
    at = flat = 0
    for start, end in [*(match.span() for match in _BLANK.finditer(text)), (len(text), len(text))]:
        if start > at:
            words.append(text[at:start])
            pieces.append((flat, at))
            flat += start - at
        at = end
    return "".join(words), _Places(pieces)


# ------------------------------------------------------------------------------------------------ all together


def _total(rows: Sequence[Coverage]) -> Coverage:
    classes: Counter[StretchClass] = Counter()
    certainties: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    for row in rows:
        classes.update(row.classes)
        certainties.update(row.certainties)
        severities.update(row.findings)
    return Coverage(
        file=None,
        city=None,
        kind=None,
        status=None,
        documents=len(rows),
        characters=sum(row.characters for row in rows),
        blank=sum(row.blank for row in rows),
        classes={name: classes[name] for name in (*READ_CLASSES, "finding", *SET_ASIDE_CLASSES)},
        unaccounted=sum(row.unaccounted for row in rows),
        clauses=sum(row.clauses for row in rows),
        bodies=sum(row.bodies for row in rows),
        actions=sum(row.actions for row in rows),
        unled=sum(row.unled for row in rows),
        tasks=sum(row.tasks for row in rows),
        certainties=certainties,
        markers={word: sum((row.markers[word] for row in rows), Markers()) for word in MARKER_WORDS},
        findings={severity: severities[severity] for severity in ("error", "warning", "info")},
    )
