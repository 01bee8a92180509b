"""All pages of a graph in one folder, linked with each other.

A body with many responsibilities has a page of its own; the others of a city share one, so that a site of many cities
can still be mailed. Names of files are ASCII and depend on nothing but the uid of what they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from kg.output import Label, Lang
from kg.views.city import city_page
from kg.views.department import department_page
from kg.views.dependencies import dependencies_page
from kg.views.document import Href, document_page
from kg.views.facts import Facts
from kg.views.findings import findings_page
from kg.views.network import network_page
from kg.views.overlap import overlap_page
from kg.views.overview import overview_page
from kg.views.page import Page, file_stem, render
from kg.views.promises import due_page, targets_page
from kg.views.theme import theme_page

OWN_PAGE = 25
"""Responsibilities from which a body has a page of its own."""

Make = Callable[[Href, str | None], Page]
"""A page in the making: it takes the way to other pages and the way home."""

QUESTIONS: Mapping[str, tuple[Label, Callable[..., Page]]] = {
    "network.html": (Label("协作网络", "Who works with whom"), network_page),
    "overlap.html": (Label("城市之间的重合", "What cities do alike"), overlap_page),
    "dependencies.html": (Label("部门间依赖", "Dependencies between bodies"), dependencies_page),
    "targets.html": (Label("目标值比较", "Targets compared"), targets_page),
    "due.html": (Label("到期事项", "What falls due"), due_page),
    "findings.html": (Label("存疑之处", "Findings"), findings_page),
}
"""The pages of questions over the whole graph: file, title, what makes it."""


def write_site(facts: Facts, folder: Path, lang: Lang, done: Callable[[], None] = lambda: None) -> list[Path]:
    """Write every page into ``folder``; ``done`` is called behind each. Gives the files, the first page first."""
    places = _places(facts)
    written: list[Path] = []
    for name, make in _pages(facts, places).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        home = None if name == "index.html" else _way(name, "index.html")
        page = make(partial(_href, places, name), home)
        path.write_text(render(page, lang), encoding="utf-8", newline="\n")
        written.append(path)
        done()
    return written


def count_pages(facts: Facts) -> int:
    """Give how many pages a site of the graph has."""
    return len(_pages(facts, _places(facts)))


def _pages(facts: Facts, places: Mapping[str, str]) -> dict[str, Make]:
    """Every page by the name of its file."""
    links = tuple((title, name) for name, (title, _) in QUESTIONS.items())
    pages: dict[str, Make] = {"index.html": partial(_overview, facts, links)}
    for name, (_, make) in QUESTIONS.items():
        pages[name] = partial(make, facts)
    sharing: defaultdict[str, list[str]] = defaultdict(list)
    for uid, place in places.items():
        name = place.partition("#")[0]
        match name.split("/")[0]:
            case "cities":
                pages[name] = partial(city_page, facts, uid)
            case "documents":
                pages[name] = partial(document_page, facts, uid)
            case "themes":
                pages[name] = partial(theme_page, facts, uid)
            case "bodies":
                sharing[name].append(uid)
    for name, uids in sharing.items():
        pages[name] = partial(department_page, facts, uids)
    return pages


def _overview(facts: Facts, links: tuple[tuple[Label, str], ...], href: Href, home: str | None) -> Page:
    return overview_page(facts, href, links, home)


def _places(facts: Facts) -> dict[str, str]:
    """Where each node is shown: the file, with the place in it for those that share one."""
    return dict(_each_place(facts))


def _each_place(facts: Facts) -> Iterator[tuple[str, str]]:
    for plan in facts.documents.values():
        yield plan.uid, f"documents/{file_stem(plan.uid)}.html"
        if plan.city.uid in facts.cities:
            yield plan.city.uid, f"cities/{file_stem(plan.city.uid)}.html"
    for theme in sorted({theme for themes in facts.themes_of_actions.values() for theme in themes}):
        yield theme, f"themes/{file_stem(theme)}.html"
    for uid, body in facts.bodies.items():
        if uid not in facts.duties_of_bodies:
            continue
        load = facts.loads.get(uid)
        if load and load.total >= OWN_PAGE:
            yield uid, f"bodies/{file_stem(uid)}.html"
        else:
            yield uid, f"bodies/{file_stem('others of ' + body.city)}.html#{file_stem(uid)}"


def _href(places: Mapping[str, str], page: str, uid: str) -> str | None:
    place = places.get(uid)
    return None if place is None else _way(page, place)


def _way(page: str, place: str) -> str:
    """The relative address of one file of the site from another."""
    up = "../" * (len(PurePosixPath(page).parts) - 1)
    return up + place
