"""Laws, regulations, policies and lists cited by name: 《…》 with a document number where one is printed."""

from __future__ import annotations

import re

from ontology.records import Citation, Span

CITED = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,60})?)》(?:（(?P<doc_no>[\u4e00-\u9fff]{1,14}（\d{4}）(?:第)?\d{1,4}号)）)?"
)


def read_citations(folded: str, flat: str, start: int, end: int) -> list[Citation]:
    """The instruments cited in ``flat[start:end]``; spans are flat places, 《》 and number included."""
    return [
        Citation(flat[m.start("title") : m.end("title")], _number(flat, m), Span(m.start(), m.end()))
        for m in CITED.finditer(folded, start, end)
    ]


def _number(flat: str, match: re.Match[str]) -> str | None:
    return flat[match.start("doc_no") : match.end("doc_no")] if match["doc_no"] else None
