"""Pages made of sections: figures, a picture, a table to search and filter. One template shows them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kg.output import Label
from kg.views.page import Page
from kg.views.words import KINDS, ROLES, STATUSES, known, plain


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts; ``kind`` (lead, joint, support, target) gives its colour."""

    value: str
    words: Label
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: words, where they lead, and how they look.

    ``look``: ``n`` a number, ``short`` never broken, ``role lead`` …, ``tag draft`` …, ``quote``.
    """

    words: Label
    href: str | None = None
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the values filters look at (by filter), what a click shows."""

    cells: Sequence[Cell]
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    item: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings with their looks, and rows."""

    heads: Sequence[tuple[Label, str]]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the tables: rows whose tag ``key`` holds the chosen value stay. ``choices``: (value, words)."""

    key: str
    words: Label
    choices: Sequence[tuple[str, Label]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page. ``name`` is the picture's file name; ``legend`` tells roles apart; ``note`` says the base."""

    title: Label
    note: Label | None = None
    figures: Sequence[Figure] = ()
    picture: Markup | None = None
    name: str = "picture"
    legend: bool = False
    grid: Grid | None = None


def sections_page(
    title: Label,
    sections: Sequence[Section],
    *,
    lead: Label | None = None,
    filters: Sequence[Filter] = (),
    links: Sequence[tuple[Label, str]] = (),
    data: Mapping[str, object] | None = None,
    home: str | None = None,
) -> Page:
    """Give a page of sections; ``lead`` is a line below the title, ``links`` lead to other pages."""
    return Page(
        template="sections.html",
        title=title,
        values={
            "lead": lead,
            "sections": sections,
            "filters": [one for one in filters if len(one.choices) > 1],
            "links": links,
        },
        data=data or {},
        home=home,
    )


def text(words: str, href: str | None = None, look: str = "") -> Cell:
    """Give a cell of what a document says."""
    return Cell(plain(words), href, look)


def number(value: float, form: str = ",") -> Cell:
    """Give a cell of a number."""
    return Cell(plain(format(value, form)), None, "n")


def share(value: float) -> Cell:
    """Give a cell of a share (0–1) as a percentage."""
    return Cell(plain(f"{value:.1%}"), None, "n")


def tag(code: str) -> Cell:
    """Give a cell of a document's kind or status."""
    return Cell(known({**KINDS, **STATUSES}, code), None, f"tag {code}" if code else "")


def role(code: str) -> Cell:
    """Give a cell of a role."""
    return Cell(known(ROLES, code), None, f"role {code}")
