"""The formats: what a file is, told by its content first and by its name only as a hint; which are read, and what to do
with the others.

:data:`FORMATS` is the one table: ``kg formats`` prints it, :func:`read_source` reads by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module

from loaders.formats.source import SourceText
from ontology.errors import FormatError, InputError, Words

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. ``reader`` is ``module:function`` in this package, or None where it is not read.

    ``advice`` says what to do with a file that is not read, or what to know of one that is.
    """

    key: str
    name: Words
    suffixes: tuple[str, ...]
    reader: str | None
    advice: Words


_SAVE_DOCX = Words("用 Word 或 WPS 打开，另存为 .docx", "open it in Word or WPS and save it as .docx")
_SAVE_XLSX = Words("用 Excel 或 WPS 打开，另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")
_UNPACK = Words("先解压，再读取其中的文件", "unpack it and read the files in it")

_TABLE = (
    Format(
        "text", Words("纯文本", "plain text"), (".txt", ".md"), "plain:read",
        Words("UTF-8、UTF-16 或 GB18030；其他编码用 --encoding 指明", "UTF-8, UTF-16 or GB18030; others by --encoding"),
    ),
    Format(
        "docx", Words("Word 文档", "Word document"), (".docx", ".docm"), "docx:read",
        Words("含自动编号、表格、文本框；修订按接受处理", "with numbering, tables, text boxes; changes accepted"),
    ),
    Format(
        "pdf", Words("PDF（有文字层）", "PDF with text"), (".pdf",), "pdf:read",
        Words("扫描件无文字层，须先识别（OCR）", "scans have no text: recognise it (OCR) first"),
    ),
    Format(
        "html", Words("网页", "web page"), (".html", ".htm", ".xhtml"), "html:read",
        Words("另存网页时选“仅 HTML”即可", "a page saved as “HTML only” is enough"),
    ),
    Format(
        "xlsx", Words("电子表格", "spreadsheet"), (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "spreadsheet:read",
        Words("任务分工表、责任清单等；隐藏的工作表不读", "task tables; hidden sheets are left out"),
    ),
    Format(
        "csv", Words("文本表格", "table as text"), (".csv",), "spreadsheet:read_csv",
        Words("逗号、制表符或分号分隔", "divided by commas, tabs or semicolons"),
    ),
    Format("doc", Words("旧版 Word 或 WPS 文档", "old Word or WPS document"), (".doc", ".wps"), None, _SAVE_DOCX),
    Format("rtf", Words("RTF 文档", "RTF document"), (".rtf",), None, _SAVE_DOCX),
    Format("odt", Words("OpenDocument 文档", "OpenDocument text"), (".odt",), None, _SAVE_DOCX),
    Format(
        "ofd", Words("OFD 版式文件", "OFD document"), (".ofd",), None,
        Words("用 OFD 阅读器或 WPS 打开，导出为 .pdf", "open it in an OFD reader or WPS, export a .pdf"),
    ),
    Format("et", Words("旧版 WPS 表格", "old WPS spreadsheet"), (".et",), None, _SAVE_XLSX),
    Format(
        "slides", Words("演示文稿", "slides"), (".ppt", ".pptx", ".dps"), None,
        Words("另存为 .pdf，或把文字粘贴到 .docx", "save it as .pdf, or paste its text into a .docx"),
    ),
    Format(
        "mht", Words("单个文件网页", "web archive"), (".mht", ".mhtml"), None,
        Words("用浏览器打开，另存为“仅 HTML”", "open it in a browser and save it as “HTML only”"),
    ),
    Format(
        "xml", Words("XML 文件", "XML file"), (".xml",), None,
        Words("用 Word 或 WPS 打开后另存为 .docx", "open it in Word or WPS and save it as .docx"),
    ),
    Format(
        "image", Words("图片或扫描件", "picture or scan"), (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), None,
        Words("先识别文字（OCR），存为 .docx 或 .txt", "recognise its text (OCR) and save it as .docx or .txt"),
    ),
    Format(
        "archive", Words("压缩包", "archive"), (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), None,
        _UNPACK,
    ),
    Format(
        "unknown", Words("无法识别的二进制文件", "binary file of an unknown kind"), (), None,
        Words("用原来的软件打开，另存为 .docx 或 .txt", "open it in its own program and save it as .docx or .txt"),
    ),
)  # fmt: skip

FORMATS: dict[str, Format] = {each.key: each for each in _TABLE}
_BY_SUFFIX = {suffix: each.key for each in _TABLE for suffix in each.suffixes}
#: Every suffix that a folder is searched for: what is read, and what a user must hear of because it is not.
SUFFIXES = frozenset(_BY_SUFFIX)

_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
#: Streams of the old Office container, in the order in which they decide.
_OLE = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "slides"),
    ("Workbook", "xlsx"),
)
_ZIPPED = (
    (rb"word/[^/]*document[^/]*\.xml", "docx"),
    (rb"xl/workbook\.(?:xml|bin)", "xlsx"),
    (rb"ppt/presentation\.xml", "slides"),
    (rb"OFD\.xml", "ofd"),
    (rb"mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet", "xlsx"),
    (rb"mimetypeapplication/vnd\.oasis\.opendocument\.text", "odt"),
)
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|table|meta|span|article)(?:\s[^<>]*)?>", re.I
)


def format_of(content: bytes, file: str) -> Format:
    """What a file is. Raises InputError for an Office file that is locked by a password."""
    key = _told_by_content(content, file)
    if key == "locked":
        raise InputError(
            Words("文件已加密，需要密码", "the file is encrypted and needs a password"),
            where=file,
            advice=Words("打开后去掉密码，另存再读", "open it, take the password off and save it again"),
        )
    return FORMATS[key]


def _told_by_content(content: bytes, file: str) -> str:
    head = content[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((key for pattern, key in _ZIPPED if re.search(pattern, content)), "archive")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        key = next((key for name, key in _OLE if name.encode("utf-16-le") in content), "doc")
        return "et" if key == "xlsx" and _suffix(file) == ".et" else key
    for signature, key in _SIGNATURES:
        if head.startswith(signature) and (signature != b"BM" or b"\x00" in head[:16]):
            return key
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if content[257:262] == b"ustar":
        return "archive"
    return _told_by_text(head, file)


def _told_by_text(head: bytes, file: str) -> str:
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"(?:from:|mime-version:)", plain, re.I) and b"multipart/related" in plain.lower():
        return "mht"
    if plain.startswith(b"<") and _HTML.search(plain):
        return "html"
    if plain.startswith(b"<?xml"):
        return "xml"
    return "csv" if _suffix(file) in (".csv", ".tsv") else "text"


def _suffix(file: str) -> str:
    match = re.search(r"\.\w+$", file.lower())
    return match[0] if match else ""


def read_source(content: bytes, file: str, encoding: str | None = None) -> SourceText:
    """The text of a file with its map.

    Raises FormatError for a kind that is not read, InputError (or one of its kinds) for a file that is damaged, locked
    or larger than it may be.
    """
    if not content:
        raise InputError(
            Words("文件是空的", "the file is empty"),
            where=file,
            advice=Words("检查下载或复制是否完整", "check that the download or copy is complete"),
        )
    found = format_of(content, file)
    if found.reader is None:
        raise FormatError(
            Words(f"这是{found.name.zh}，不能直接读取", f"this is not read here: {found.name}"),
            where=file,
            advice=found.advice,
        )
    module, function = found.reader.split(":")
    source = getattr(import_module(f"loaders.formats.{module}"), function)(content, file, encoding)
    assert isinstance(source, SourceText)  # noqa: S101
    return source
