"""From an action's words to its themes: weighted terms, with the words that decided kept as evidence.

The terms and their weights are those of ``ontology/themes.ttl``. A term counts where it stands: most in the action's
heading, less in its body, little in the headings of the sections around it. Longer terms win over terms inside them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log2

from ontology.vocabulary import vocabulary

# A heading names the subject, a body illustrates it at length, a section only frames it.
_HEADING = 3.0
_BODY = 14.0
_SECTION = 0.6
_SECTION_ABOVE = 0.5
_FURTHER = 0.3
_MOST = 3
_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme of an action.

    ``score`` is its share of all points the action's words give, 0 to 1. ``main`` marks the first. ``evidence`` holds
    the terms that gave the points, the strongest first.
    """

    theme: str
    score: float
    main: bool
    evidence: tuple[str, ...]


def resolve_themes(heading: str, body: str, section_headings: Sequence[str]) -> tuple[ThemeChoice, ...]:
    """Choose the themes of an action: the main one first, then up to two more; none if no term occurs.

    ``body`` is the text of its tasks, without responsibility clauses (names of bodies are no subjects);
    ``section_headings`` are the headings above it, the outermost first.
    """
    points: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part, scale in _scaled_parts(heading, body, section_headings):
        for (theme, term), value in part.items():
            points[theme][term] += value * scale
    totals = {theme: sum(terms.values()) for theme, terms in points.items()}
    everything = sum(totals.values())
    ranked = sorted(totals, key=lambda theme: (-totals[theme], theme))[:_MOST]
    return tuple(
        ThemeChoice(theme, round(totals[theme] / everything, 4), place == 0, _strongest(points[theme]))
        for place, theme in enumerate(ranked)
        if totals[theme] >= _FURTHER * totals[ranked[0]]
    )


_Points = dict[tuple[str, str], float]


def _scaled_parts(heading: str, body: str, section_headings: Sequence[str]) -> list[tuple[_Points, float]]:
    in_body = _points(body)
    parts = [(_points(heading), _HEADING), (in_body, _BODY / (sum(in_body.values()) or 1.0))]
    scale = _SECTION
    for section in reversed(section_headings):
        parts.append((_points(section), scale))
        scale *= _SECTION_ABOVE
    return parts


def _points(text: str) -> _Points:
    """Give each (theme, term) of a text its points: the weight, damped where the term repeats."""
    found = Counter(_pattern().findall(re.sub(r"\s+", "", text)))
    return {
        (theme, term): weight * log2(1 + count)
        for term, count in found.items()
        for theme, weight in _themes_of_terms()[term]
    }


def _strongest(terms: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(terms, key=lambda term: (-terms[term], term))[:_EVIDENCE])


@cache
def _themes_of_terms() -> dict[str, list[tuple[str, float]]]:
    themes: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for theme in vocabulary().themes.values():
        for term, weight in theme.terms:
            themes[term].append((theme.uid, weight))
    return dict(themes)


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_themes_of_terms(), key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, longest_first)))
