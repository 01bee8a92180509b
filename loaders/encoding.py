"""Bytes to text: UTF-8, UTF-16 and GB18030, told apart without guessing.

A wrong guess is worse than a question: where no encoding is clear, :class:`ontology.errors.EncodingError` asks for one.
A few damaged bytes in an otherwise clear file do not lose it: each becomes U+FFFD and a finding with its place.
"""

from __future__ import annotations

import codecs
import re

from ontology.errors import EncodingError, FormatError, InputError, UsageError, Words
from ontology.findings import found
from ontology.records import Finding, Span

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ISOLATED = ["utf_8", "gb18030", "utf_16_le", "utf_16_be"]
#: What Chinese official text is made of; anything else in number means that the encoding was not the right one.
EXPECTED = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2460-\u24ff\x20-\x7e\s·×℃‰—…“”‘’]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CLEAR = 0.97
COMMON = 0.9
SAMPLE = 100_000
MOST_DAMAGE = 0.002
MOST_DAMAGE_BY_HAND = 0.02


def decode(content: bytes, file: str, encoding: str | None = None) -> tuple[str, tuple[Finding, ...]]:
    """The text of ``content`` and a finding for every damaged place.

    ``encoding`` overrules detection. Raises InputError for an empty file, FormatError for one that is not text,
    EncodingError where no encoding is clear, UsageError for an encoding nobody knows.
    """
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise InputError(
            Words("文件是空的", "the file is empty"),
            where=file,
            advice=Words("检查下载或复制是否完整", "check that the download or copy is complete"),
        )
    if encoding is not None:
        return _decode_as(content, file, encoding)
    for mark, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _damage_reported(content[len(mark) :].decode(name, errors="replace"), file)
    _refuse_binary(content, file)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    repaired = content.decode("utf-8", errors="replace")
    if _clear(repaired) and repaired.count("\ufffd") <= max(3, len(repaired) * MOST_DAMAGE):
        return _damage_reported(repaired, file)
    detected = _detected(content)
    if detected is None:
        raise EncodingError(
            Words(
                "编码不明（按 UTF-8、UTF-16、GB18030 都读不出通顺的中文）",
                "the encoding is not clear (neither UTF-8, UTF-16 nor GB18030 gives readable Chinese)",
            ),
            where=file,
            advice=Words(
                "指明编码：--encoding gb18030（或 utf-16、big5 等）",
                "say which one it is: --encoding gb18030 (or utf-16, big5, …)",
            ),
        )
    return _damage_reported(content.decode(detected, errors="replace"), file)


def _decode_as(content: bytes, file: str, encoding: str) -> tuple[str, tuple[Finding, ...]]:
    try:
        text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    except LookupError:
        raise UsageError(
            Words(f"没有编码 {encoding!r}", f"unknown encoding {encoding!r}"),
            advice=Words("如 utf-8、gb18030、utf-16、big5", "for example utf-8, gb18030, utf-16 or big5"),
        ) from None
    sample = text[:SAMPLE]
    readable = len(EXPECTED.findall(sample)) >= CLEAR * len(sample)
    if not readable or text.count("\ufffd") > max(3, len(text) * MOST_DAMAGE_BY_HAND):
        raise EncodingError(
            Words(
                f"按 {encoding} 读不出通顺的中文",
                f"read as {encoding} this is no readable Chinese",
            ),
            where=file,
            advice=Words(
                "去掉 --encoding 自动识别，或改用 utf-8、gb18030、utf-16、big5",
                "leave --encoding out to have it found, or name another: utf-8, gb18030, utf-16, big5",
            ),
        )
    return _damage_reported(text, file)


def _refuse_binary(content: bytes, file: str) -> None:
    sample = content[:65536]
    if b"\x00" in sample and _detected(content) is None:
        raise FormatError(
            Words("这是二进制文件，不是文本", "this is a binary file, not plain text"),
            where=file,
            advice=Words(
                "用原来的软件打开，另存为 .docx 或 .txt；能读取的格式：kg formats",
                "open it in its own program and save it as .docx or .txt; what is read: kg formats",
            ),
        )


def _detected(content: bytes) -> str | None:
    """The one encoding under which the bytes are clear Chinese text, or None."""
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=ISOLATED).best()
    candidates = [best.encoding] if best is not None else []
    # One damaged byte makes every strict decoding fail; then the clear one among the lenient ones is taken.
    candidates += [name for name in ("gb18030", "utf-16-le", "utf-16-be") if name not in candidates]
    clear = [name for name in candidates if _clear(content[: 4 * SAMPLE].decode(name, errors="replace"))]
    return clear[0] if clear else None


def _clear(text: str) -> bool:
    """Whether a text is Chinese as offices write it: expected characters, and among the Chinese ones common ones.

    A wrong decoding gives rare characters; the common ones are those of the first level of GB 2312.
    """
    sample = text[:SAMPLE]
    chinese = CHINESE.findall(sample)
    common = sum(b"\xb0" <= character.encode("gb2312", "ignore")[:1] <= b"\xd7" for character in chinese)
    return bool(chinese) and common >= COMMON * len(chinese) and len(EXPECTED.findall(sample)) >= CLEAR * len(sample)


def _damage_reported(text: str, file: str) -> tuple[str, tuple[Finding, ...]]:
    places = [match.start() for match in re.finditer("\ufffd", text)]
    return text, tuple(
        found(
            "damaged-byte",
            file,
            quote=text[max(0, place - 12) : place + 12].replace("\n", " "),
            span=Span(place, place + 1),
            character=place + 1,
        )
        for place in places
    )
