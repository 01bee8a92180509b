"""Who is meant by the local governments of a place (各县（市、区）人民政府), by GB/T 2260 of the plan's year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.resolve.bodies import Body, PrintedBody, body_references, levels_meant, read_name
from loaders.places import SUFFIX, Place, divisions_within

_WORDS = ("旗", "县", "市", "州", "盟", "区")


def members_of_collectives(
    printed: Iterable[tuple[PrintedBody, int | None]], bodies: Mapping[PrintedBody, Body]
) -> list[tuple[Body, Body]]:
    """Give (collective, member) for every collective of local governments of a place that has a code, by uids.

    ``printed`` has every printed name with the year of its plan (None: now); ``bodies`` is what they were resolved to.
    A government that a plan of the place names itself is that body, any other one has the uid its own plan would give.
    """
    named = {body.uid: body for body in bodies.values()}
    references = body_references(bodies)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for item in bodies:
        forms[item.adcode or ""].add(item.name)
    found: dict[tuple[str, str], tuple[Body, Body]] = {}
    for item, year in sorted(set(printed), key=lambda pair: (pair[0].adcode or "", pair[0].name, pair[1] or 0)):
        whole = bodies[item]
        for place in _meant(item, year):
            uid = _named(place, item, forms[item.adcode or ""], references)
            member = named.get(uid) or _government(place)
            if member.uid != whole.uid:
                found.setdefault((whole.uid, member.uid), (whole, member))
    return [found[key] for key in sorted(found)]


def _meant(item: PrintedBody, year: int | None) -> Iterator[Place]:
    code = item.adcode or ""
    if not (len(code) == 6 and code.isdecimal()):
        return
    levels = levels_meant(item.name, code, item.city or "")
    if levels:
        for place in divisions_within(code, year):
            if (place.level, _word(place)) in levels:
                yield place


def _word(place: Place) -> str:
    """县 for an autonomous county, 区 for a forestry district; a prefecture that is a 地区 is none of these."""
    if place.level == "prefecture" and place.name.endswith("地区"):
        return "地区"
    return next((word for word in _WORDS if place.name.endswith(word)), "")


def _named(place: Place, item: PrintedBody, forms: set[str], references: Mapping[str, str]) -> str:
    """Give the uid of the body a plan of the place prints for this government, else the uid it has by itself."""
    short = SUFFIX.sub("", place.name)
    for name in dict.fromkeys((place.name, short + _word(place))):
        for before in ("", item.city or ""):
            for after in ("人民政府", "政府", ""):
                form = f"{before}{name}{after}"
                if form in forms and f"{item.adcode}:{form}" in references:
                    return references[f"{item.adcode}:{form}"]
    own = _government(place).uid
    return references.get(own, own)


def _government(place: Place) -> Body:
    """The government of a place that no plan names."""
    name = f"{place.name}人民政府"
    reading = read_name(name, place.adcode, place.name)
    return Body(f"{place.adcode}:{reading.key}", name, reading.kind, (), reading.function, reading.why, place.adcode)
