"""Bytes to text without guessing."""

import pytest

from loaders.encoding import decode
from ontology.errors import EncodingError, FormatError, InputError, UsageError

TEXT = "甲市优化营商环境行动方案\n一、主要任务\n（一）便利准入。简化材料，压缩时间，提高效率。\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_text_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    text, findings = decode(TEXT.encode(encoding), "plan.txt")
    assert text == TEXT
    assert findings == ()


def test_utf_16_big_endian_with_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "plan.txt")[0] == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_is_a_finding_with_its_place(encoding: str) -> None:
    content = bytearray(TEXT.encode(encoding))
    content[60] = 0xFF
    text, findings = decode(bytes(content), "plan.txt")
    assert [finding.code for finding in findings] == ["damaged-byte"] * text.count("\ufffd")
    assert findings[0].span is not None
    assert text[findings[0].span.start] == "\ufffd"
    assert text.endswith(TEXT[-40:])


def test_an_encoding_named_by_hand_overrules() -> None:
    assert decode("甲市計畫".encode("big5"), "plan.txt", "big5")[0] == "甲市計畫"


def test_a_wrong_encoding_named_by_hand_is_refused() -> None:
    with pytest.raises(EncodingError, match="no readable Chinese"):
        decode(TEXT.encode("gb18030"), "plan.txt", "utf-8")
    with pytest.raises(EncodingError, match="no readable Chinese"):
        decode(TEXT.encode(), "plan.txt", "latin-1")


def test_an_unclear_encoding_is_a_question() -> None:
    with pytest.raises(EncodingError, match="--encoding") as caught:
        decode("éèêëìíîïðñòóôõö".encode("latin-1") * 30, "odd.txt")
    assert caught.value.where == "odd.txt"
    assert caught.value.exit_code == 3


def test_an_unknown_encoding_name() -> None:
    for name in ("utf-99", "base64"):
        with pytest.raises(UsageError, match="gb18030"):
            decode(TEXT.encode(), "plan.txt", name)


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        decode(content, "plan.txt")


def test_a_binary_file_is_no_text() -> None:
    with pytest.raises(FormatError, match="binary"):
        decode(bytes(range(256)) * 9, "plan.txt")
