"""Pages without a browser: what they are made of, and the laws that hold for any text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.charts import Bar, Dot, Shade, bars, dots, heat, lorenz
from kg.views.page import Page, around, file_stem, json_text, render, short_name, shown
from kg.views.passage import Mark, blocks
from kg.views.words import plain
from ontology.records import Span, Stretch
from tests.kg.cli_helpers import kg, plans

HOSTILE = "</script><script>alert(1)</script>\u202e&\"'<!--"


def text_of(page: str) -> str:
    """The words of a page's markup, without tags."""
    return re.sub(r"<[^>]*>", "", page)


@given(
    text=st.text(alphabet="甲乙 \n。a<", min_size=1, max_size=60),
    cuts=st.lists(st.integers(0, 60), max_size=6),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_the_pieces_of_a_text_are_the_text(text: str, cuts: list[int], spans: list[tuple[int, int]]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    account = [Stretch(Span(start, end), "unattributed") for start, end in pairwise(edges)]
    marks = [Mark(*sorted(span), "lead", f"d{number}") for number, span in enumerate(spans) if span[0] != span[1]]
    found = blocks(text, account, marks, cuts)
    pieces = [piece for block in found for piece in block.pieces]
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        covering = {mark for mark in marks if mark.start <= piece.start < mark.end}
        assert set(piece.marks) == covering or not piece.text


def test_lines_of_running_text_are_joined_and_latin_words_stay_apart() -> None:
    text = "办理时\n限 use\nof"
    [block] = blocks(text, [Stretch(Span(0, len(text)), "task")], [])
    assert [piece.text for piece in block.pieces] == ["办理时限 use of"]


@pytest.mark.parametrize(
    ("heading", "alone"), [("（二）", True), ("3.", True), ("（二）改革", False), ("二手车", False)]
)
def test_a_number_of_the_outline_stands_with_what_follows(heading: str, alone: bool) -> None:
    [block] = blocks(heading, [Stretch(Span(0, len(heading)), "heading")], [])
    assert block.is_marker is alone


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_json_cannot_leave_its_element(value: object) -> None:
    written = json_text({"value": value})
    assert not set("<>&") & set(written)
    json.loads(written)


def test_text_that_turns_is_shown_by_its_code() -> None:
    assert shown("a\u202eb\u200f\x1b[31mc") == "a[U+202E]b[U+200F]c"
    assert json.loads(json_text([HOSTILE])) == [HOSTILE.replace("\u202e", "[U+202E]")]


def test_names_are_cut_and_say_how_long_they_were() -> None:
    assert short_name("局" * 100_000) == "局" * 200 + "… (100,000)"
    assert short_name("市财政局") == "市财政局"


def test_a_quote_is_cut_around_its_name() -> None:
    assert around("甲" * 50 + "市财政局" + "乙" * 50, "市财政局", 20) == "…" + "甲" * 6 + "市财政局" + "乙" * 10 + "…"
    assert around("市财政局牵头", "市财政局", 20) == "市财政局牵头"


def test_names_of_files_are_ascii_and_differ_with_the_uid() -> None:
    stems = {file_stem(uid) for uid in ("市财政局", "市税务局", "../../etc/passwd", "a/b", "a.b", "CON")}
    assert len(stems) == 6
    for stem in stems:
        assert re.fullmatch(r"(?:[A-Za-z0-9][\w.-]*-)?[0-9a-f]{10}", stem, re.ASCII), stem
    assert file_stem("市财政局") == file_stem("市财政局")


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page() -> None:
    page = render(
        Page("sections.html", plain(HOSTILE), {"lead": plain(HOSTILE), "sections": [], "filters": [], "links": []}),
        "zh",
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    parts = [
        *re.findall(r"<script>(.*?)</script>", page, re.DOTALL),
        *re.findall(r"<style>(.*?)</style>", page, re.DOTALL),
    ]
    digests = {f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts}
    assert set(re.findall(r"'sha256-[^']*'", allowed)) == digests
    assert allowed.startswith("default-src 'none'; ")
    assert "unsafe" not in allowed
    assert "http" not in allowed
    assert "alert(1)</script>" not in page


@pytest.mark.parametrize(
    "picture",
    [
        bars([Bar(plain(HOSTILE), (("lead", 2),))], unit=plain(HOSTILE)),
        heat([plain(HOSTILE)], [plain(HOSTILE)], {(0, 0): Shade(1, 0.5, "m0")}, words=plain(HOSTILE)),
        dots([Dot(plain(HOSTILE), 1.0, plain(HOSTILE), HOSTILE, item="t0")], words=plain(HOSTILE)),
        lorenz([1, 2], words=plain(HOSTILE)),
    ],
)  # fmt: skip
def test_pictures_escape_what_they_show(picture: str) -> None:
    assert "<script" not in picture
    assert "<!--" not in picture
    assert "\u202e" not in picture
    assert "style=" not in picture


def test_empty_pictures_are_drawn_without_a_fault() -> None:
    assert bars([], unit=plain("责任数")).startswith("<svg")
    assert lorenz([0, 0], words=plain("")).startswith("<svg")


def test_pages_of_the_command(tmp_path: Path) -> None:
    kg("build", plans(tmp_path), "-o", tmp_path / "g")
    done = kg(
        "view", "department", "市数据局", "--city", "云岭市", "--graph", tmp_path / "g", "-o", tmp_path / "a.html"
    )
    assert done.exit_code == 0, done.output
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "简化登记流程" in text_of(page)
    assert "://" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert kg("view", "department", "--graph", tmp_path / "g").exit_code == 2
    unknown = kg("view", "theme", "没有的主题", "--graph", tmp_path / "g")
    assert (unknown.exit_code, "no theme '没有的主题'" in unknown.output) == (2, True)
    no_filter = kg("view", "overview", "--role", "lead", "--graph", tmp_path / "g", "-o", tmp_path / "b.html")
    assert (no_filter.exit_code, (tmp_path / "b.html").exists()) == (2, False)
    assert kg("view", "overview", "市数据局", "--graph", tmp_path / "g").exit_code == 2


def test_a_site_is_written_into_its_own_folder_only(tmp_path: Path) -> None:
    kg("build", plans(tmp_path), "-o", tmp_path / "g")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("x", encoding="utf-8")
    refused = kg("site", "--graph", tmp_path / "g", "-o", tmp_path / "other")
    assert refused.exit_code == 2
    for _ in range(2):
        done = kg("site", "--graph", tmp_path / "g", "-o", tmp_path / "site")
        assert done.exit_code == 0, done.output
    site = tmp_path / "site"
    for path in site.rglob("*.html"):
        for href in re.findall(r'href="([^"#]+)', path.read_text("utf-8")):
            assert (path.parent / href).resolve().is_file(), (path, href)
