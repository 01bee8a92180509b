"""Every finding the reader can make: declared, documented, found where it should be and not where it should not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from loaders.reader import read_documents
from ontology.findings import CLASS_NAMES, FINDING_KINDS, FindingKind, advice, found, message
from ontology.records import Finding, Span

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "findings.md").read_text("utf-8")


def raised() -> set[str]:
    """The codes that stand in a call of ``found`` anywhere in loaders/."""
    codes: set[str] = set()
    for file in sorted((ROOT / "loaders").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "found":
                first = ast.walk(node.args[0])
                codes |= {
                    part.value for part in first if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return codes


def codes_in(text: str) -> set[str]:
    """The codes found in a text; U+FFFD stands for a byte that is no UTF-8."""
    file = "a.csv" if text.startswith("文件,") else "a.txt"
    documents = read_documents(text.encode().replace("\ufffd".encode(), b"\xff"), file)
    return {finding.code for document in documents for finding in document.findings}


def section(kind: FindingKind) -> str:
    """What the page says about a code."""
    return f"""### {kind.code}

{kind.severity}, about {"our reading" if kind.about == "reading" else "the plan"}

- {kind.zh}。{kind.advice_zh}。
- {kind.en}. {kind.advice_en}.

Found in:

```text
{kind.example}
```

Not found in:

```text
{kind.sound}
```
"""


def test_what_the_reader_raises_is_declared() -> None:
    assert raised() == {
        "ambiguous-place", "damaged-byte", "duty-outside-clause", "label-outside-clause", "marker-word", "no-outline",
        "outline-missing", "outline-number", "outline-repeated", "register-cell", "sentence-outside-units",
    }  # fmt: skip
    assert raised() <= set(FINDING_KINDS)


@pytest.mark.parametrize("code", sorted(raised()))
def test_it_is_found_in_its_example_and_not_in_the_sound_text(code: str) -> None:
    kind = FINDING_KINDS[code]
    assert code in codes_in(kind.example)
    assert code not in codes_in(kind.sound)


def test_no_warning_stands_on_a_sound_text() -> None:
    sound = {code for raised_code in raised() for code in codes_in(FINDING_KINDS[raised_code].sound)}
    assert {FINDING_KINDS[code].severity for code in sound} <= {"info"}


def test_the_page_says_what_the_table_says() -> None:
    assert re.findall(r"^### (\S+)$", PAGE, re.M) == list(FINDING_KINDS)
    for kind in FINDING_KINDS.values():
        assert section(kind) in PAGE
    for names in CLASS_NAMES.values():
        assert "| {} | {} |".format(*names) in PAGE


def test_messages_name_the_values_in_both_languages() -> None:
    finding = found("sentence-outside-units", "甲.txt", quote="请抓好落实。", span=Span(3, 9), why="cover letter")
    assert (finding.severity, finding.about) == ("info", "reading")
    assert message(finding, "zh") == "举措之外的句子（印发通知）含有职责用语、单位或数量"
    assert (
        message(finding, "en")
        == "a sentence outside the plan's actions (cover letter) has a word of duty, a body or a count in it"
    )
    assert message(found("damaged-byte", "甲.txt", character=7), "zh") == "第 7 个字符无法解码"
    assert advice(finding, "zh") == "查看原文；此句内容未进入图谱"
    # A graph of a later version may hold codes that are not known here.
    later = Finding("of-tomorrow", "warning", "plan", "甲.txt")
    assert (message(later, "zh"), advice(later, "en")) == ("of-tomorrow", "")
