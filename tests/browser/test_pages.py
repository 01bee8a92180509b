"""Pages as a reader meets them, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Seen, kg

pytestmark = pytest.mark.browser

# What lies outside the width of the screen and can only be reached by moving the whole page sideways.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Pairs of words in pictures and of things in the head of a page that lie over each other.
OVERLAPS = """() => {
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const groups = [document.querySelectorAll(".top > *:not(:empty)"), document.querySelectorAll(".filters > *"),
    document.querySelectorAll("main > *"),
    ...[...document.querySelectorAll("figure svg")].map((svg) =>
      [...svg.querySelectorAll("text")].filter((text) => !text.hasAttribute("transform")))];
  const found = [];
  for (const group of groups) {
    const all = [...group].filter(seen).slice(0, 150).map((one) => [one.textContent.slice(0, 20), one.getBoundingClientRect()]);
    all.forEach(([name, box], at) => all.slice(at + 1).forEach(([other, its]) => {
      if (over(box, its)) found.push(`${name} / ${other}`);
    }));
  }
  return found;
}"""
QUESTIONS = ("index", "network", "dependencies", "targets", "due", "findings")
CLAUSE = "责任单位：市住建局；市自然资源和规划局、市数据局"


def files_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def page_with(site: Path, folder: str, words: str) -> Path:
    """The page of a folder of the site whose title has the words."""
    [found] = [path for path in (site / folder).glob("*.html") if f"<title>{words}" in path.read_text("utf-8")]
    return found


def test_every_page_opens_in_silence_and_asks_nothing(page: Page, seen: Seen, site: Path) -> None:
    opened = 0
    for path in files_of(site):
        page.goto(path.as_uri())
        expect(page.locator("h1").first).to_be_visible()
        opened += 1
        assert (path.name, seen.said, seen.asked) == (path.name, [], [])
        assert page.evaluate("window.ran") is None, path
    assert opened > 40


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_fit_their_screen(page: Page, site: Path, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(f"localStorage.setItem('kg.lang', '{language}')")
    wrong = {}
    for path in files_of(site):
        page.goto(path.as_uri())
        if (over := page.evaluate(OVERFLOW)) > 0:
            wrong[path.relative_to(site).as_posix()] = over
        elif found := page.evaluate(OVERLAPS):
            wrong[path.relative_to(site).as_posix()] = found[:4]
    assert wrong == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_hostile_document_is_text(page: Page, seen: Seen, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(page_with(site, "documents", "戏台市").as_uri())
    text = page.locator("article.text").text_content() or ""
    assert "</script><script>window.ran=3</script>" in text
    assert "反写的字[U+202C]与[U+200F]方向" in text
    assert page.locator("article.text script, article.text img, article.text b").count() == 0
    page.locator("article.text mark", has_text="市<b").first.click()
    expect(page.locator("#panel")).to_be_visible()
    assert '市<bonclick="window.ran=6">局' in (page.locator("#panel").text_content() or "")
    assert page.locator("#panel b, #panel img").count() == 0
    assert page.evaluate("window.ran") is None
    assert (seen.said, seen.asked) == ([], [])


def test_names_of_any_length_are_cut_where_they_are_names(site: Path) -> None:
    for path in files_of(site):
        if path.parent.name != "documents":
            assert "长" * 3_000 not in path.read_text("utf-8"), path


def test_search_finds_by_keyboard(page: Page, site: Path) -> None:
    page.goto((site / "targets.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("接电 临岚")
    rows = page.locator("tr[data-find]:visible")
    assert rows.count() < 20
    for row in rows.all():
        assert "临岚" in row.inner_text()
    expect(page.locator("#found")).to_have_text(str(rows.count()))
    page.keyboard.press("Escape")
    assert page.locator("tr[data-find]:visible").count() > 200


def test_filters_keep_what_they_name(page: Page, site: Path) -> None:
    page.goto((site / "targets.html").as_uri())
    page.select_option('[data-filter="city"]', "临岚市")
    cities = {row.locator("td").first.inner_text().strip() for row in page.locator("tr[data-find]:visible").all()}
    assert cities == {"临岚市"}


def test_roles_can_be_filtered_on_the_page_of_bodies(page: Page, site: Path) -> None:
    page.goto(page_with(site, "bodies", "其他部门（临岚市").as_uri())
    supports = page.locator('tr[data-role="support"]:visible')
    assert supports.count() > 10
    page.uncheck('[data-filter="role"][value="support"]')
    expect(supports).to_have_count(0)


def test_a_page_opens_with_the_filters_the_command_set(page: Page, graph: Path, tmp_path: Path) -> None:
    kg(
        "view",
        "department",
        "市数据局",
        "--city",
        "临岚市",
        "--role",
        "lead",
        "--graph",
        graph,
        "-o",
        tmp_path / "a.html",
    )
    page.goto((tmp_path / "a.html").as_uri())
    assert page.locator('tr[data-role="lead"]:visible').count() == 3
    expect(page.locator('tr[data-role="support"]:visible')).to_have_count(0)
    page.check('[data-filter="role"][value="support"]')
    expect(page.locator('tr[data-role="support"]:visible').first).to_be_visible()


def test_the_panel_shows_the_sentence_and_leads_to_it_in_its_text(page: Page, site: Path) -> None:
    page.goto(theme_of(site, "优化工程审批流程").as_uri())
    page.locator("tr[data-item]", has_text="优化工程审批流程").click(position={"x": 4, "y": 4})
    panel = page.locator("#panel")
    expect(panel.locator("blockquote").first).to_have_text(CLAUSE)
    expect(panel.locator(".place").first).to_contain_text("临岚市")
    panel.get_by_role("button", name="在原文中查看").first.click()
    expect(page.locator(":target")).to_be_visible()
    expect(page.locator("article.text p:has(:target)")).to_have_text(CLAUSE)
    assert page.locator(":target").evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 243, 168)"


def theme_of(site: Path, heading: str) -> Path:
    return next(path for path in sorted((site / "themes").glob("*.html")) if heading in path.read_text("utf-8"))


def test_a_page_that_stands_alone_opens_the_text_at_the_sentence(
    page: Page, seen: Seen, graph: Path, tmp_path: Path
) -> None:
    kg("view", "department", "市住建局", "--city", "临岚市", "--graph", graph, "-o", tmp_path / "a.html")
    page.goto((tmp_path / "a.html").as_uri())
    expect(page.locator("h1")).to_contain_text("住")
    page.locator("tr[data-find]", has_text="优化工程审批流程").get_by_role("button").first.click()
    reader = page.locator("#reader")
    expect(reader).to_be_visible()
    expect(reader.locator("mark")).to_have_text(CLAUSE)
    expect(reader.locator("mark")).to_be_in_viewport()
    expect(reader.locator(".text")).to_contain_text("小型工业项目全流程审批时间控制在15个工作日以内")
    assert (seen.said, seen.asked) == ([], [])


def test_like_measures_stand_side_by_side_with_both_sentences(page: Page, seen: Seen, site: Path) -> None:
    page.goto((site / "overlap.html").as_uri())
    page.select_option('[data-filter="city"]', "临岚市")
    row = page.locator("tr[data-item]:visible").first
    assert "临岚市" in row.inner_text()
    row.click(position={"x": 4, "y": 4})
    expect(page.locator("#panel blockquote")).to_have_count(2)
    expect(page.locator("#panel .place", has_text="临岚市")).to_have_count(1)
    page.locator("#panel li", has_text="临岚市").get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text("临岚市")
    assert (seen.said, seen.asked) == ([], [])


def test_the_language_changes_and_is_kept(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    expect(page.locator("h1")).to_have_text("责任关系图谱Responsibility graph")
    assert page.locator("h1").inner_text() == "责任关系图谱"
    page.click("#language")
    assert page.locator("h1").inner_text() == "Responsibility graph"
    page.goto((site / "due.html").as_uri())
    assert page.locator("h1").inner_text() == "What falls due"


def test_a_node_and_a_line_of_the_network_show_their_sentences(page: Page, seen: Seen, site: Path) -> None:
    page.goto((site / "network.html").as_uri())
    page.select_option("#scene", label="临岚市")
    page.wait_for_selector('#network[data-ready^="city:"]')
    click_place(page, "(network, node) => network.getPosition(node('住').id)")
    expect(page.locator("#panel h2")).to_contain_text("住")
    expect(page.locator("#panel blockquote").first).to_contain_text("责任单位：")
    page.locator("#panel .close").click()
    click_place(
        page,
        """(network, node) => {
          const [from, to] = [node('住'), node('自然资源')];
          const line = Object.values(network.body.edges).find((one) => one.fromId === from.id && one.toId === to.id);
          return line.edgeType.getPoint(0.5);
        }""",
    )
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel dl")).to_contain_text("共同举措")
    expect(page.locator("#panel blockquote").first).to_contain_text("责任单位：")
    assert (seen.said, seen.asked) == ([], [])


def click_place(page: Page, place: str) -> None:
    """Zoom to a place of the network, given as a function of it, and click there."""
    at = page.evaluate(
        f"""() => {{
          const network = page.network();
          const node = (name) => network.body.data.nodes.get({{ filter: (one) => one.own.name[0].includes(name) }})[0];
          const at = ({place})(network, node);
          network.moveTo({{ position: at, scale: 1.5, animation: false }});
          network.redraw();
          return network.canvasToDOM(at);
        }}"""
    )
    page.locator("#network canvas").click(position=at)


def test_the_network_says_what_it_hides_and_finds_by_name(page: Page, site: Path) -> None:
    page.goto((site / "network.html").as_uri())
    expect(page.locator("#said")).to_contain_text("未显示")
    page.select_option("#scene", label="临岚市")
    page.fill("#find", "住房城乡建设")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("住")


def test_pictures_can_be_taken_away(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    for kind in ("SVG", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=kind).first.click()
        assert Path(waiting.value.path()).stat().st_size > 1_000
