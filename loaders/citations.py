"""Laws, regulations, policies and lists cited by name: 《…》 with a document number and a short title where printed."""

from __future__ import annotations

import re

from ontology.records import Citation, Span

CITED = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,60})?)》"
    r"(?:（(?!）)(?P<doc_no>[\u4e00-\u9fff]{1,14}（\d{4}）(?:第)?\d{1,4}号)?"
    r"[，,、；;]?(?:以下(?:均|统|并)?[简统]?称(?:为)?[《“\"](?P<short>[^《》“”\"]{2,40})[》”\"])?）)?"
)


def read_citations(folded: str, flat: str, start: int, end: int) -> list[Citation]:
    """The instruments cited in ``flat[start:end]``; spans are flat places, 《》, number and short title included."""
    return [
        Citation(
            flat[m.start("title") : m.end("title")],
            _printed(flat, m, "doc_no"),
            Span(m.start(), m.end()),
            short=_printed(flat, m, "short"),
        )
        for m in CITED.finditer(folded, start, end)
    ]


def _printed(flat: str, match: re.Match[str], group: str) -> str | None:
    return flat[match.start(group) : match.end(group)] if match[group] else None
