"""Files that are damaged, locked, misnamed or made to do harm: a clear message, bounded time and memory, others go on."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from loaders.formats import FORMATS, format_of, read_source
from loaders.guarded import GuardedReader
from ontology.errors import FormatError, InputError
from tests.loaders.formats.writers import docx_of, html_of, pdf_of, xlsx_of

PLAN = "甲市2025年方案\n一、准入\n（一）开办。推行网上办理。（市甲局负责）\n（二）注销。简化材料。（市乙局负责）\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, prolog: str = "") -> bytes:
    text = f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": text.encode()})


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("content", "file", "key"),
    [
        (PLAN.encode(), "a.docx", "text"), (docx_of(PLAN), "a.txt", "docx"), (pdf_of(PLAN), "a.doc", "pdf"),
        (html_of(PLAN), "a.doc", "html"), (xlsx_of([["甲", "乙"]]), "a.xls", "xlsx"), (b"a,b\n1,2\n", "a.csv", "csv"),
        (ole("WordDocument"), "a.docx", "doc"), (ole("Workbook"), "a.doc", "xlsx"), (ole("Workbook"), "a.et", "et"),
        (b"{\\rtf1 x}", "a.doc", "rtf"), (zipped({"OFD.xml": b"<a/>"}), "a.ofd", "ofd"),
        (zipped({"a.txt": b"x"}), "a.zip", "archive"), (b"Rar!\x1a\x07", "a.rar", "archive"),
        (b"\x89PNG\r\n", "a.pdf", "image"), (b"\xff\xd8\xff\xe0", "a.jpg", "image"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "a.mht", "mht"),
        ("\ufeff<html><body>甲</body></html>".encode("utf-16"), "a.htm", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "a.doc", "xml"),
    ],
)  # fmt: skip
def test_the_content_tells_what_a_file_is(content: bytes, file: str, key: str) -> None:
    assert format_of(content, file).key == key


@pytest.mark.parametrize(
    ("content", "said", "zh"),
    [
        (b"", "empty", "空"),
        (ole("EncryptedPackage"), "password", "密码"),
        (ole("WordDocument"), "save it as .docx", "另存为 .docx"),
        (b"{\\rtf1 x}", "save it as .docx", "另存为 .docx"),
        (b"\x89PNG\r\n", "OCR", "OCR"),
        (zipped({"a.txt": b"x"}), "unpack", "解压"),
        (docx_of(PLAN)[:-2000], "damaged", "损坏"),
        (pdf_of(PLAN)[:200], "damaged", "损坏"),
        (b"%PDF-1.7\n garbage", "damaged", "损坏"),
        (word("", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'), "entities", "实体"),
        (word("<w:p><w:r><w:t>甲</w:r></w:p>"), "damaged", "损坏"),
        (zipped({"word/document.xml": b"<a/>"}), "no document", "没有正文"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "damaged", "损坏"),
        (b"<html><body><script>x</script></body></html>", "no text", "没有文字"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content: bytes, said: str, zh: str) -> None:
    with pytest.raises(InputError) as caught:
        read_source(content, "甲市方案.docx")
    assert said in str(caught.value)
    assert zh in caught.value.told("zh")
    assert caught.value.where == "甲市方案.docx"
    assert caught.value.advice


def test_zip_bombs_are_not_unpacked() -> None:
    huge = word("<w:p/>" + " " * 70_000_000)
    assert len(huge) < 1_000_000
    begun = time.process_time()
    with pytest.raises(InputError, match="unpacked"):
        read_source(huge, "a.docx")
    assert time.process_time() - begun < 1


def test_a_sheet_with_a_cell_far_away_is_refused_before_it_is_loaded() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    parts = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()}
    with pytest.raises(InputError, match="17,179,869,184 cells"):
        read_source(zipped(parts), "a.xlsx")


def test_nothing_linked_is_fetched_and_macros_are_not_run() -> None:
    linked = word(
        f'<w:p><w:r><w:t>{PLAN}</w:t></w:r></w:p><w:altChunk xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships" r:id="rId9"/>'
    )
    assert "推行网上办理" in read_source(linked, "a.docm").text
    page = b'<html><body><iframe src="file:///etc/hostname"></iframe><p>' + PLAN.encode() + b"</p></body></html>"
    assert "推行网上办理" in read_source(page, "a.html").text


@pytest.fixture(scope="module")
def reader():
    with GuardedReader(seconds=60, mebibytes=900) as reader:
        yield reader


def test_the_process_beside_reads_the_same(reader: GuardedReader) -> None:
    (document,) = reader.read(docx_of(PLAN), "a.docx")
    assert [(a.heading, [r.body for r in a.responsibilities]) for a in document.actions] == [
        ("开办", ["市甲局"]),
        ("注销", ["市乙局"]),
    ]
    with pytest.raises(FormatError, match=r"\.docx") as caught:
        reader.read(ole("WordDocument"), "b.doc")
    assert "另存为 .docx" in caught.value.told("zh")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot bound the memory of a process")
def test_a_reader_that_takes_too_much_memory_loses_only_its_file(reader: GuardedReader) -> None:
    long = "一、推行网上办理。\n" * 1_000_000
    with GuardedReader(seconds=60, mebibytes=400) as small, pytest.raises(InputError, match="memory"):
        small.read(long.encode(), "a.txt")
    assert len(reader.read(docx_of(PLAN), "b.docx")) == 1


def test_a_reader_that_takes_too_long_is_ended_whatever_stage_it_is_in() -> None:
    """The text is there at once; what is behind it is what takes its time."""
    long = ("（一）推行网上办理，（市甲局" * 40_000).encode()
    with GuardedReader(seconds=1.5) as hasty:
        begun = time.monotonic()
        with pytest.raises(InputError, match="seconds"):
            hasty.read(b"<html><body>" + long * 8 + b"</body></html>", "a.html")
        assert time.monotonic() - begun < 10


def test_plain_text_is_read_without_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    with GuardedReader(seconds=0) as reader:
        (document,) = reader.documents_in(tmp_path / "a.txt")
    assert len(document.actions) == 2


def test_every_format_that_is_not_read_says_how_to_convert() -> None:
    for each in FORMATS.values():
        assert each.advice
        assert each.advice.zh
