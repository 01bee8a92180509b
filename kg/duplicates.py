"""Which of the documents given are one and the same, and which are nearly so.

The same plan in two formats differs in white space, width and punctuation: what remains without them is hashed, and
documents of one hash are one. Documents that are much alike (a draft and its issued version, two scans) are found by
their sketches: the smallest hashes of all runs of :data:`RUN` characters (Broder, "On the resemblance and containment
of documents", 1997). An index over the sketches gives the candidates, so that the work grows with the documents and not
with their pairs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ontology.findings import found
from ontology.records import Finding, PolicyDocument

RUN = 8
SKETCH = 200
#: Documents that share so much of their runs (Jaccard) are told as nearly the same.
NEAR = 0.6
#: A hash that so many documents have is a set phrase and says nothing of any two.
MOST_SHARED = 50
_LEFT_OUT = re.compile(r"[\W_]+")


def without_repeats(documents: Sequence[PolicyDocument]) -> tuple[list[PolicyDocument], list[Finding]]:
    """The documents, each once, with findings on those much like another; and a finding for each left out.

    Of several that are the same the first by name of file stays. The order of ``documents`` is kept.
    """
    ordered = sorted(range(len(documents)), key=lambda index: _order(documents[index]))
    bare = {index: bare_text(documents[index].text) for index in ordered}
    first: dict[str, int] = {}
    left_out: dict[int, Finding] = {}
    for index in ordered:
        key = hashlib.sha256(bare[index].encode("utf-8", "surrogatepass")).hexdigest()
        kept = first.setdefault(key, index)
        if kept != index:
            left_out[index] = found("same-document", documents[index].facts.file, other=documents[kept].facts.file)
    kept_ones = [index for index in ordered if index not in left_out]
    near: dict[int, list[Finding]] = defaultdict(list)
    for one, other, share in _alike([(index, bare[index]) for index in kept_ones]):
        near[other].append(
            found("near-duplicate", documents[other].facts.file, other=documents[one].facts.file, share=f"{share:.0%}")
        )
    kept_documents = [
        replace(document, findings=(*document.findings, *near[index])) if near.get(index) else document
        for index, document in enumerate(documents)
        if index not in left_out
    ]
    return kept_documents, [left_out[index] for index in sorted(left_out)]


def bare_text(text: str) -> str:
    """The letters and digits of a text, in one width: what stays the same from format to format."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text)).lower()


def _order(document: PolicyDocument) -> tuple[str, ...]:
    facts = document.facts
    return facts.file, facts.sha256, facts.title or "", facts.status


def _alike(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts that are much alike, with the share of their runs that both have, as the sketches estimate it."""
    sketches = {index: _sketch(text) for index, text in texts}
    holders: dict[int, list[int]] = defaultdict(list)
    for index, sketch in sketches.items():
        for value in sketch:
            holders[value].append(index)
    for index, sketch in sketches.items():
        shared: Counter[int] = Counter()
        for value in sketch:
            before = holders[value]
            if len(before) <= MOST_SHARED:
                shared.update(other for other in before[: before.index(index)])
        for other in sorted(shared):
            share = _resemblance(sketches[other], sketch)
            if share >= NEAR:
                yield other, index, share


def _sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the runs of a text; of the whole text where it is shorter than a run."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    length = max(1, len(codes) - RUN + 1)
    hashes = np.zeros(length, dtype=np.uint64)
    for place in range(min(RUN, len(codes))):
        hashes = hashes * np.uint64(0x100000001B3) + codes[place : place + length]
    # The finalizer of splitmix64: without it the smallest sums would be those of small code points.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    hashes ^= hashes >> np.uint64(31)
    return frozenset(int(value) for value in np.unique(hashes)[:SKETCH])


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """The Jaccard resemblance of two texts, estimated from the smallest hashes of their union."""
    smallest = sorted(one | other)[: min(SKETCH, max(len(one), len(other)))]
    return sum(value in one and value in other for value in smallest) / len(smallest) if smallest else 0.0
