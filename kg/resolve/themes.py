"""From an action's words to its themes: weighted terms, with the words that decided kept as evidence.

The terms and their weights are those of ``ontology/themes.ttl``. A term counts where it stands: most in the action's
heading, less in its body, little in the headings of the sections around it and in the title. Longer terms win over
terms inside them. Scores are calibrated on annotated plans; where the two best themes are too close, or the words too
few, no theme is given rather than a wrong one. ``docs/resolution.md`` has the figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log2

from kg.resolve.decisions import NO_DECISIONS, Decision, Decisions
from ontology.vocabulary import vocabulary

# A heading names the subject, a body illustrates it at length, a section or the title only frames it.
_HEADING = 3.0
_BODY = 12.0
_SECTION = 0.6
_SECTION_ABOVE = 0.5
_TITLE = 0.45
_FURTHER = 0.3
_MOST = 3
_EVIDENCE = 8

# Share of right main themes among annotated actions, by the lead of the best theme over the second: points of the
# first over points of both, in steps that only rise (isotonic regression).
_MAIN_IS_RIGHT = ((0.80, 0.98), (0.65, 0.90), (0.60, 0.84), (0.55, 0.83), (0.525, 0.82), (0.0, 0.42))
# The same for a further theme, by its points over those of the main one: whether annotators named it, too.
_FURTHER_IS_RIGHT = ((0.70, 0.92), (0.50, 0.77), (0.40, 0.56), (0.0, 0.45))
# Below this more main themes are wrong than right; fewer points than a section heading and a passing word give are
# no evidence at all.
SURE = 0.6
_ENOUGH_POINTS = 5.0


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme of an action.

    ``score`` is how often annotators agreed with a choice as clear as this one, 0 to 1; 1 for a decision. ``main``
    marks the first. ``evidence`` holds the terms that gave the points, the strongest first.
    """

    theme: str
    score: float
    main: bool
    evidence: tuple[str, ...]


def resolve_themes(
    heading: str,
    body: str,
    section_headings: Sequence[str],
    *,
    title: str = "",
    action: str = "",
    given: Sequence[str] = (),
    decisions: Decisions = NO_DECISIONS,
) -> tuple[ThemeChoice, ...]:
    """Choose the themes of an action: the main one first, then up to two more; none where that would be a guess.

    ``body`` is the text of its tasks, without responsibility clauses (names of bodies are no subjects);
    ``section_headings`` are the headings above it, the outermost first; ``title`` is that of the document. Where
    ``decisions`` hold one for the uid ``action``, it stands; else the themes ``given`` by a register.
    """
    decision = decisions.themes_by_action.get(action)
    if decision is not None and (decided := _decided(decision)):
        return decided
    candidates = theme_candidates(heading, body, section_headings, title=title)
    chosen = candidates if candidates and candidates[0].main else ()
    same = given and chosen and chosen[0].theme == given[0] and {choice.theme for choice in chosen} == set(given)
    if given and not same:
        return tuple(ThemeChoice(theme, 1.0, place == 0, ("register",)) for place, theme in enumerate(given))
    return chosen


def _decided(decision: Decision) -> tuple[ThemeChoice, ...]:
    """What somebody decided; nothing if a name is no theme, which is reported as a decision that does not apply."""
    known = vocabulary().themes
    if any(theme not in known for theme in decision.themes):
        return ()
    why = "decision: " + " ".join(part for part in (decision.who, decision.when, decision.why) if part)
    return tuple(
        ThemeChoice(theme, 1.0, place == 0, (why.strip(),))
        for place, theme in enumerate(dict.fromkeys(decision.themes))
    )


def theme_candidates(
    heading: str, body: str, section_headings: Sequence[str], *, title: str = ""
) -> tuple[ThemeChoice, ...]:
    """Rank the themes an action's words point to, up to three; the first is ``main`` only if it is sure enough."""
    points: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part, scale in _scaled_parts(heading, body, section_headings, title):
        for (theme, term), value in part.items():
            points[theme][term] += value * scale
    totals = {theme: sum(terms.values()) for theme, terms in points.items()}
    ranked = sorted(totals, key=lambda theme: (-totals[theme], theme))[:_MOST]
    if not ranked:
        return ()
    best = totals[ranked[0]]
    second = totals[ranked[1]] if len(ranked) > 1 else 0.0
    sure = _at(_MAIN_IS_RIGHT, best / (best + second)) if best >= _ENOUGH_POINTS else _MAIN_IS_RIGHT[-1][1]
    main = ThemeChoice(ranked[0], sure, sure >= SURE, _strongest(points[ranked[0]]))
    return (
        main,
        *(
            ThemeChoice(
                theme, min(sure, _at(_FURTHER_IS_RIGHT, totals[theme] / best)), False, _strongest(points[theme])
            )
            for theme in ranked[1:]
            if totals[theme] >= _FURTHER * best
        ),
    )


def _at(steps: Sequence[tuple[float, float]], value: float) -> float:
    return next(score for start, score in steps if value >= start)


_Points = dict[tuple[str, str], float]


def _scaled_parts(heading: str, body: str, section_headings: Sequence[str], title: str) -> list[tuple[_Points, float]]:
    in_body = _points(body)
    parts = [(_points(heading), _HEADING), (in_body, _BODY / (sum(in_body.values()) or 1.0))]
    scale = _SECTION
    for section in reversed(section_headings):
        parts.append((_points(section), scale))
        scale *= _SECTION_ABOVE
    parts.append((_points(title), _TITLE))
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
