"""The page of overlap: what several cities do alike, who leads it there, by which number; what only one does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.output import Label
from kg.views.charts import Shade, heat
from kg.views.city import base_of
from kg.views.document import Href, nowhere
from kg.views.evidence import Evidence, Said
from kg.views.facts import Facts
from kg.views.page import Page, short_name
from kg.views.sections import Cell, Filter, Grid, Row, Section, number, sections_page, text
from kg.views.words import both, plain
from queries.measures import Likeness, Measure
from queries.overlap import OverlapReport

MOST_PAIRS, MOST_ALONE = 400, 600
"""Rows of the two tables at most; how many more there are is said."""


def overlap_page(facts: Facts, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page that compares the measures of the cities of the graph."""
    report = facts.overlap
    evidence = Evidence(facts, href)
    items: dict[str, object] = {}
    themes = {term.zh: term.words for term in facts.terms.values() if term.uid.startswith("theme:")}
    found = [
        _heat(report, themes),
        _gaps(report, themes),
        _pairs(facts, report, themes, href, evidence, items),
        _alone(report, themes, href),
    ]
    named = dict.fromkeys(cell.theme for cell in report.cells if cell.theme)
    return sections_page(
        Label("城市之间的重合", "What cities do alike"),
        [section for section in found if section],
        lead=base_of(list(facts.documents.values())),
        filters=(
            Filter("city", Label("城市", "city"), [(name, plain(name)) for name in report.cities]),
            Filter("theme", Label("主题", "theme"), [(name, themes.get(name, plain(name))) for name in named]),
        ),
        data={"items": items, **evidence.data()},
        home=home,
    )


def _heat(report: OverlapReport, themes: dict[str, Label]) -> Section | None:
    """Themes by city, in measures; the cities compare by shares, since plans count in units of different size."""
    columns = list(dict.fromkeys(cell.theme for cell in report.cells if cell.theme))
    rows = list(report.cities)
    shades = {
        (rows.index(cell.city), columns.index(cell.theme)): Shade(cell.measures, cell.share)
        for cell in report.cells
        if cell.theme and cell.measures
    }
    if not shades:
        return None
    note = Label(
        "数字为以该主题为主的措施数，颜色为占该城市措施的份额，点为没有找到（不等于没有做）。",
        "Numbers are measures by main theme, shades their share of the city's, dots: none found (not: none done).",
    )
    picture = heat(
        [plain(city) for city in rows],
        [themes.get(theme, plain(theme)) for theme in columns],
        shades,
        words=Label("城市与主题", "cities and themes"),
    )
    return Section(Label("城市与主题", "Cities and themes"), note, picture=picture, name="overlap")


def _gaps(report: OverlapReport, themes: dict[str, Label]) -> Section | None:
    """The themes that at least half of the cities have and some have not."""
    without: defaultdict[str, list[str]] = defaultdict(list)
    having: defaultdict[str, list[str]] = defaultdict(list)
    for cell in report.cells:
        if cell.gap:
            without[cell.theme].append(cell.city)
        elif cell.measures:
            having[cell.theme].append(cell.city)
    if not without:
        return None
    heads = (
        (Label("主题", "theme"), ""),
        (Label("有此类措施的城市数", "cities that have it"), "n"),
        (Label("没有找到的城市", "not found in"), ""),
    )
    rows = [
        Row(
            (Cell(themes.get(theme, plain(theme))), number(len(having[theme])), text("、".join(cities))),
            {"theme": (theme,), "city": cities},
        )
        for theme, cities in sorted(without.items(), key=lambda pair: (-len(having[pair[0]]), pair[0]))
    ]
    note = Label("半数以上城市有而这些城市没有找到的主题。", "Themes that at least half of the cities have.")
    return Section(Label("空白", "Gaps"), note, grid=Grid(heads, rows))


def _pairs(
    facts: Facts,
    report: OverlapReport,
    themes: dict[str, Label],
    href: Href,
    evidence: Evidence,
    items: dict[str, object],
) -> Section | None:
    """The likest measures of two cities side by side, with leads and numbers."""
    if not report.pairs:
        return None
    heads = (
        (Label("相似度（0–1）", "likeness (0–1)"), "n"),
        (Label("主题", "theme"), ""),
        (Label("城市", "city"), ""),
        (Label("措施", "measure"), ""),
        (Label("另一城市", "other city"), ""),
        (Label("另一措施", "other measure"), ""),
    )
    rows = []
    for pair in report.pairs[:MOST_PAIRS]:
        key = f"o{len(items)}"
        items[key] = _item(facts, pair, evidence)
        one, other = pair.one, pair.other
        cells = (
            text(f"{pair.score:.2f}", look="n"),
            Cell(themes.get(one.theme, plain(one.theme))),
            text(one.source.city, look="short"),
            _measure(one, href),
            text(other.source.city, look="short"),
            _measure(other, href),
        )
        tags = {"city": (one.source.city, other.source.city), "theme": (*one.themes, *other.themes)}
        rows.append(Row(cells, tags, key))
    more = len(report.pairs) - len(rows)
    note = Label(
        f"相似度不低于 {report.least:g} 的措施，由用词、指标和条线得出，需人工核对；点击一行可看两处原文。"
        + (f"另有 {more} 对未列出。" if more else ""),
        f"Measures with a likeness of {report.least:g} or more, from words, indicators and lines of work; to be "
        "checked by a reader. Click a row for both sentences."
        + (f" {more} more pairs are not listed." if more else ""),
    )
    title = Label(f"相似的措施（{len(report.pairs)} 对）", f"Measures that do the same ({len(report.pairs)} pairs)")
    return Section(title, note, grid=Grid(heads, rows))


def _item(facts: Facts, pair: Likeness, evidence: Evidence) -> dict[str, object]:
    """What the panel shows of two measures: what they share, and the sentence of each."""
    places = facts.places_of_likenesses[pair.one.uid, pair.other.uid]
    sides = ((pair.one, pair.one_quote, places[0]), (pair.other, pair.other_quote, places[1]))
    name = pair.shared[0] if pair.shared else ""
    rows = (
        (Label("共同用词", "shared words"), pair.shared),
        (Label("共同指标", "same indicators"), pair.same_indicators),
        (Label("共同条线", "same lines of work"), pair.same_functions),
    )
    return {
        "title": f"{pair.one.source.city} — {pair.other.source.city}",
        "facts": [[both(label), short_name("、".join(words))] for label, words in rows if words],
        "evidence": [evidence.of(Said(side.source.uid, side.uid, place, quote, name)) for side, quote, place in sides],
    }


def _alone(report: OverlapReport, themes: dict[str, Label], href: Href) -> Section | None:
    """The measures to which no other city has a like one."""
    if not report.alone:
        return None
    heads = (
        (Label("城市", "city"), ""),
        (Label("主题", "theme"), ""),
        (Label("措施", "measure"), ""),
    )
    rows = [
        Row(
            (text(one.source.city, look="short"), Cell(themes.get(one.theme, plain(one.theme))), _measure(one, href)),
            {"city": (one.source.city,), "theme": one.themes},
        )
        for one in report.alone[:MOST_ALONE]
    ]
    more = len(report.alone) - len(rows)
    note = Label(
        f"在其他城市没有找到相似度达到 {report.least:g} 的措施。" + (f"另有 {more} 项未列出。" if more else ""),
        f"No other city has a measure with a likeness of {report.least:g} or more."
        + (f" {more} more are not listed." if more else ""),
    )
    title = Label(f"只有一个城市做的（{len(report.alone)}）", f"What only one city does ({len(report.alone)})")
    return Section(title, note, grid=Grid(heads, rows))


def _measure(one: Measure, href: Href) -> Cell:
    """A measure in words: its place, its heading, who leads it, its numbers."""
    leads = _listed(one.leads)
    numbers = _listed([f"{target.name} {target.text}" for target in one.targets])
    name = short_name(f"{one.ref} {one.heading or one.text}", 60)
    return Cell(
        Label(
            name + (f" · {leads} 牵头" if leads else "") + (f" · {numbers}" if numbers else ""),
            name + (f" · led by {leads}" if leads else "") + (f" · {numbers}" if numbers else ""),
        ),
        href(one.source.uid),
    )


def _listed(words: Sequence[str]) -> str:
    return "、".join(short_name(word, 40) for word in words[:3]) + ("…" if len(words) > 3 else "")
