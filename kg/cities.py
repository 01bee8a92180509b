"""Places as a tree: the City node of a code, with the prefecture and the province above it."""

from __future__ import annotations

from kg.collected import Collected
from loaders.places import Place, gazetteer


def add_city(rows: Collected, adcode: str) -> str | None:
    """Add the place of a code and those above it; its uid, or None where no division has the code.

    The node has today's name (or the last): a plan that says 襄樊市 and one that says 襄阳市 share it, and which plans
    are in the graph does not decide its name.
    """
    known = gazetteer()
    place = known.by_code.get(adcode)
    if place is None:
        return None
    new = adcode not in rows.nodes["City"]
    rows.node(
        "City",
        adcode,
        name=place.name,
        adcode=adcode,
        level=place.level,
        former_names=list(known.former.get(adcode, ())),
        last_year=place.last,
    )
    above = _code_above(place)
    if new and above is not None and (parent := add_city(rows, above)) is not None:
        rows.edge(("City", adcode), "PART_OF", ("City", parent))
    return adcode


def _code_above(place: Place) -> str | None:
    if place.level == "province":
        return None
    prefecture = place.adcode[:4] + "00"
    return prefecture if place.level == "county" and prefecture in gazetteer().by_code else place.adcode[:2] + "0000"
