"""``kg formats``, and folders of mixed formats."""

from __future__ import annotations

import json
from pathlib import Path

from loaders.formats import FORMATS
from tests.kg.cli_helpers import COMMA, VERBS, kg
from tests.loaders.formats.writers import docx_of, html_of, pdf_of


def test_the_table_names_what_is_read_and_what_to_do_with_the_rest() -> None:
    rows = json.loads(kg("formats", "--format", "json").stdout)
    assert [row["key"] for row in rows] == list(FORMATS)
    assert {row["key"] for row in rows if row["read"]} == {"text", "docx", "pdf", "html", "xlsx", "csv"}
    assert all(row["advice"] for row in rows)
    chinese = kg("--lang", "zh", "formats").stdout
    assert "旧版 Word 或 WPS 文档" in chinese
    assert "另存为 .docx" in chinese


def test_a_mixed_folder_is_built_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "page_files").mkdir(parents=True)
    (folder / "甲.docx").write_bytes(docx_of(COMMA))
    (folder / "乙.pdf").write_bytes(pdf_of(VERBS))
    (folder / "丙.htm").write_bytes(html_of(VERBS.replace("海棠", "云溪"), charset="gb2312"))
    (folder / "丁.doc").write_bytes(b"{\\rtf1 x}")
    (folder / "~$甲.docx").write_bytes(b"x")
    (folder / "page_files" / "logo.png").write_bytes(b"\x89PNG")
    result = kg("build", folder, "-o", tmp_path / "g")
    assert result.exit_code == 3
    assert "3 documents" in result.stdout
    assert result.stderr.count("not read: ") == 1
    assert "丁.doc" in result.stderr
    assert "save it as .docx" in result.stderr.replace("\n", " ").replace("  ", " ")
    again = kg("--lang", "zh", "build", folder, "-o", tmp_path / "g")
    assert "另存为 .docx" in again.stderr
