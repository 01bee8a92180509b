"""Pictures of every page of the sample plans' site, wide and narrow, in both languages: ``make screenshots``.

They go into ``screenshots/`` (not kept); with ``--readme`` the two small ones of the README are made anew.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
PAGES = ("*.html", "cities/*.html", "documents/*.html", "bodies/*.html", "themes/*.html")
TALLEST = 4_000


def shoot(browser: Browser, page: Path, target: Path, width: int, height: int, lang: str, *, whole: bool) -> None:
    """Save a picture of a page in one width and language; ``whole``: down to its end, not only the first screen."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(f"localStorage.setItem('kg.lang', '{lang}')")
    shown = context.new_page()
    shown.goto(page.as_uri())
    if page.stem == "network":
        shown.wait_for_selector("#network[data-ready]")
    if whole:
        height = min(TALLEST, shown.evaluate("document.documentElement.scrollHeight"))
    shown.screenshot(path=target, full_page=whole, clip={"x": 0, "y": 0, "width": width, "height": height})
    context.close()


def made(folder: Path) -> Path:
    """Write the site of the sample plans into a folder."""
    here = ("--graph", folder / "graph", "-o")
    for step in (
        ("build", ROOT / "loaders" / "samples", "-o", folder / "graph"),
        ("site", *here, folder / "site"),
        ("view", "department", "市数据局", "--city", "临岚市", *here, folder / "department.html"),
        ("view", "network", "--city", "临岚市", *here, folder / "network.html"),
    ):
        subprocess.run([sys.executable, "-m", "kg", *map(str, step)], cwd=ROOT, check=True)
    return folder / "site"


def small(path: Path) -> None:
    """Reduce a picture to 64 colours."""
    from PIL import Image

    written = io.BytesIO()
    Image.open(path).convert("RGB").quantize(64).save(written, "PNG", optimize=True)
    path.write_bytes(written.getvalue())


def main() -> None:
    path = shutil.which("chromium") or sys.exit("no Chromium here: install the package chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        site = made(Path(scratch))
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        if "--readme" in sys.argv:
            pictures = ROOT / "docs" / "pictures"
            pictures.mkdir(exist_ok=True)
            for name in ("department", "network"):
                shoot(browser, Path(scratch) / f"{name}.html", pictures / f"{name}.png", 1000, 760, "zh", whole=False)
                small(pictures / f"{name}.png")
            return
        target = ROOT / "screenshots"
        target.mkdir(exist_ok=True)
        for page in (page for pattern in PAGES for page in sorted(site.glob(pattern))):
            for width, lang in ((1280, "zh"), (1280, "en"), (390, "zh"), (390, "en")):
                name = page.relative_to(site).as_posix().replace("/", "-").removesuffix(".html")
                shoot(browser, page, target / f"{name}-{width}-{lang}.png", width, 900, lang, whole=True)
        print(f"{len(list(target.glob('*.png')))} pictures in {target}")


if __name__ == "__main__":
    main()
