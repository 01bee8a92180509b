"""Elements of Office files by their local names: the same in both namespaces of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def name_of(element: _Element) -> str:
    """The local name; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The children of a name, in order."""
    return (child for child in element if name_of(child) == name)


def first(element: _Element | None, *path: str) -> _Element | None:
    """The first child of a name, and so on down the path; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its local name."""
    return next((str(text) for key, text in element.attrib.items() if str(key).rsplit("}", 1)[-1] == name), None)


def value(element: _Element, name: str, *, own: bool = False) -> str | None:
    """The ``val`` of a child, as most settings are written; with ``own`` the element's attribute of that name."""
    if own:
        return attribute(element, name)
    child = first(element, name)
    return attribute(child, "val") if child is not None else None


def is_on(element: _Element | None, name: str) -> bool:
    """Whether a switch is there and not turned off."""
    child = first(element, name) if element is not None else None
    return child is not None and attribute(child, "val") not in ("0", "false", "off")
