"""Titles in 《》, with the number and the short title behind them."""

import pytest

from loaders.citations import read_citations


@pytest.mark.parametrize(
    ("text", "title", "doc_no", "short"),
    [
        ("落实《甲省乙条例》要求。", "甲省乙条例", None, None),
        ("落实《甲省乙条例》（试行）。", "甲省乙条例", None, None),
        ("按《甲意见》（国办发（2022）3号）执行。", "甲意见", "国办发（2022）3号", None),
        ("按《甲意见》（国办发（2022）3号，以下简称《意见》）执行。", "甲意见", "国办发（2022）3号", "意见"),
        ("按《甲市乙方案》（以下简称“方案”）执行。", "甲市乙方案", None, "方案"),
        ("转发《甲厅关于印发《乙办法》的通知》。", "甲厅关于印发《乙办法》的通知", None, None),
    ],
)
def test_citations(text: str, title: str, doc_no: str | None, short: str | None) -> None:
    [found] = read_citations(text, text, 0, len(text))
    assert (found.title, found.doc_no, found.short) == (title, doc_no, short)
    assert text[found.span.start : found.span.end].startswith(f"《{title}》")


def test_the_span_holds_number_and_short_title() -> None:
    text = "按《甲意见》（国办发（2022）3号，以下简称《意见》）执行《意见》。"
    first, second = read_citations(text, text, 0, len(text))
    assert text[first.span.start : first.span.end] == "《甲意见》（国办发（2022）3号，以下简称《意见》）"
    assert (second.title, second.short) == ("意见", None)
