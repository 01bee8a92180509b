"""Uptake: which recommendations of a study the plans of its city pick up, where, led by whom, with which target."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ontology.errors import UsageError
from queries.measures import Likeness, Measure, MeasureStore, likenesses, measures
from queries.sources import Source, sources

LEAST = 0.5
"""Studies use other words than plans: a lower score than between plans already means uptake."""


@dataclass(frozen=True, slots=True)
class Uptake:
    """One recommendation and the measures that pick it up, the likest first; none where it is picked up nowhere."""

    recommendation: Measure
    picked_up: tuple[Likeness, ...]


def uptake(store: MeasureStore, study: str, *, least: float = LEAST) -> tuple[Source, list[Uptake]]:
    """Follow the recommendations of a study, named by its file, the beginning of its file's name, its title or uid.

    Raises:
        UsageError: no study, or several, of that name.
    """
    document, documents = study_and_plans(store, study)
    known = measures(store, documents)
    found: defaultdict[str, list[Likeness]] = defaultdict(list)
    for pair in likenesses(store, "OVERLAPS", known, least):
        one = pair if pair.one.source.uid == document.uid else pair.turned
        if one.one.source.uid == document.uid and one.other.source.uid != document.uid:
            found[one.one.uid].append(one)
    return document, [
        Uptake(measure, tuple(found[uid])) for uid, measure in known.items() if measure.source.uid == document.uid
    ]


def study_and_plans(store: MeasureStore, study: str) -> tuple[Source, dict[str, Source]]:
    """Give a study, and by uid all documents that its uptake is about: itself and the plans of its city."""
    every = sources(store)
    document = _study(every, study)
    plans = {uid: source for uid, source in every.items() if source.counted and source.city == document.city}
    return document, {document.uid: document, **plans}


def _study(every: dict[str, Source], wanted: str) -> Source:
    studies = [source for source in every.values() if source.kind == "study"]
    exact = [source for source in studies if wanted in (source.uid, source.name, source.file)]
    found = exact or [source for source in studies if source.file.startswith(wanted) or wanted in source.name]
    if len(found) != 1:
        names = "、".join(source.file for source in found or studies) or "none"
        message = f"{wanted!r} names {'several studies' if found else 'no study of this graph'}"
        raise UsageError(message, advice=f"studies here: {names}")
    return found[0]
