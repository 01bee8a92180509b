"""Sources: the documents behind every figure, with their place, status and year, and how a place is named.

Status (draft or issued) and year stand beside every figure. Studies speak about a place and never enter its counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ontology.errors import UsageError
from queries.lookups import lookup
from queries.rows import Store

_PLACE_SUFFIXES = ("自治州", "地区", "省", "市", "州", "盟", "县", "区", "旗")


@dataclass(frozen=True, slots=True)
class Source:
    """One document.

    ``city`` is the place that issued it, or that a study is about: its name, with the code where two places of the
    graph share it, empty where nothing says which. ``year`` is that of issue, else the first of its ``period``.
    """

    uid: str
    name: str
    file: str
    kind: str | None
    status: str | None
    year: int | None
    period: tuple[int | None, int | None]
    city: str
    adcode: str

    @property
    def counted(self) -> bool:
        """Whether it can enter a city's counts: all but studies."""
        return self.kind != "study"

    def is_of(self, wanted: str) -> bool:
        """Whether it is of the place that ``wanted`` names: by name (巴中市, 巴中) or code (511900)."""
        return wanted == self.city or is_place(wanted, self.city.partition("（")[0], self.adcode)


def is_place(wanted: str, name: str, adcode: str) -> bool:
    """Whether ``wanted`` names a place: by name, by name without 市, 县 …, or by code."""
    return wanted in {name, adcode, *(name.removesuffix(suffix) for suffix in _PLACE_SUFFIXES)} - {""}


def sources(store: Store, city: str | Sequence[str] | None = None) -> dict[str, Source]:
    """Give the documents by uid, in order of code, city and uid; only those of ``city`` where given.

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    found: dict[str, Source] = {}
    for row in store.run(lookup("documents")):
        found.setdefault(str(row["uid"]), _source(row))
    documents = sorted(_told_apart(found.values()), key=lambda source: (source.adcode, source.city, source.uid))
    wanted = (city,) if isinstance(city, str) else tuple(city or ())
    for name in wanted:
        if not any(source.is_of(name) for source in documents):
            cities = "、".join(cities_of(documents))
            raise UsageError(f"no document of {name!r} in this graph", advice=f"cities in it: {cities or 'none'}")
    return {source.uid: source for source in documents if not wanted or any(source.is_of(name) for name in wanted)}


def cities_of(documents: Iterable[Source]) -> list[str]:
    """Give the known cities of documents, each once, in their order."""
    return list(dict.fromkeys(source.city for source in documents if source.city))


def _source(row: Mapping[str, object]) -> Source:
    side = "issuer" if row["issuer_uid"] is not None else "subject"
    first, last = _year(row["period_start"]), _year(row["period_end"])
    issued = _text(row["issued"])[:4]
    return Source(
        uid=str(row["uid"]),
        name=_text(row["name"]),
        file=_text(row["file"]),
        kind=_text(row["kind"]) or None,
        status=_text(row["status"]) or None,
        year=int(issued) if issued.isdigit() else first,
        period=(first, last),
        city=_text(row[f"{side}_name"]),
        adcode=_text(row[f"{side}_adcode"]),
    )


def _told_apart(documents: Iterable[Source]) -> list[Source]:
    """The documents, with the code behind the name of places that share it: 鼓楼区 of two cities are two."""
    given = list(documents)
    codes: dict[str, set[str]] = defaultdict(set)
    for source in given:
        codes[source.city].add(source.adcode)
    return [
        replace(source, city=f"{source.city}（{source.adcode}）")
        if len(codes[source.city]) > 1 and source.city and source.adcode
        else source
        for source in given
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _year(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
