"""A site of the sample plans and of one hostile document, and a Chromium that tells of all it does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from kg.cli import cli

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG = "长" * 100_000
HOSTILE = f"""戏台市</title><script>window.ran=1</script>优化服务实施方案（2024—2026年）

一、“<script>window.ran=2</script>”与</script><script>window.ran=3</script>改革

（一）简化登记<img src="https://example.invalid/a.png" onerror="window.ran=4">。推行 javascript:window.ran=5 办理，到2026年，网上办理率达到95%。（市<b onclick="window.ran=6">局牵头，市'"数据局配合）

（二）\u202e反写的字\u202c与\u200f方向。推行告知承诺。（市财政局牵头，市税务局配合）

（三）{LONG}推行一次办结。（市{LONG}局牵头，市财政局配合）
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page did that no page may do."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def kg(*arguments: object) -> None:
    """Run a command that must succeed, with Chinese labels."""
    done = CliRunner().invoke(cli, [str(part) for part in arguments], env={"KG_LANG": "zh", "KG_GRAPH": ""})
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one these tests are skipped on a laptop and fail in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium here: install the package chromium to run the tests of pages"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A graph of the sample plans and the hostile document."""
    folder = tmp_path_factory.mktemp("graph")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    kg("build", *sorted(samples.glob("*.txt")), hostile, "-o", folder / "g")
    return folder / "g"


@pytest.fixture(scope="session")
def site(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all pages of the graph."""
    folder = tmp_path_factory.mktemp("site")
    kg("site", "--graph", graph, "-o", folder)
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page, wide."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def seen(page: Page) -> Seen:
    """What ``page`` says on its console as an error, and what it asks for besides files."""
    return watched(page)


def watched(page: Page) -> Seen:
    """Listen to a page: errors, refusals of the policy, requests; nothing but files is let through."""
    found = Seen()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.said.append(message.text)

    def route(asked: Route) -> None:
        if asked.request.url.startswith("file://"):
            asked.continue_()
        else:
            found.asked.append(asked.request.url)
            asked.abort()

    page.on("console", said)
    page.on("pageerror", lambda error: found.said.append(str(error)))
    page.route("**/*", route)
    return found
