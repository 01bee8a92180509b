"""What falls due when, and for whom: time limits of clauses, deadlines of targets, and what is done again.

A printed month or year ends on its last day. Who answers is read as in :mod:`queries.answering`. What is done again
(每月, 每季度, 每半年, 每年) counts once a task and period; sums paid by the year (每年补贴50万元) are no work. Studies
set no dates.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from queries.answering import Answering, WhoAnswers
from queries.counting import Counting, counting
from queries.lookups import lookup
from queries.rows import Store
from queries.sources import Source
from queries.targets import Promise, promises_of

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["limit", "target"]
Every = Literal["week", "month", "quarter", "half-year", "year"]
EVERY: tuple[Every, ...] = ("week", "month", "quarter", "half-year", "year")


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, where the plan says so, and who answers for it.

    ``what`` is the heading of an action, the words of a task, or the name of the target in ``promise``. ``uid`` is that
    of the action, task or target.
    """

    uid: str
    city: str
    document: str
    ref: str
    heading: str
    what: str
    promise: Promise | None
    who: Answering


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: a ``limit`` printed in a clause (完成时限), or a ``target`` with a deadline.

    ``day`` is its last day, ``printed`` what the plan says: "YYYY", "YYYY-MM" or "YYYY-MM-DD".
    """

    day: date
    printed: str
    kind: Kind
    work: Work


@dataclass(frozen=True, slots=True)
class Standing:
    """Work without a last day: done ``every`` period from ``first`` to ``last``, or going on (``printed``: 长期坚持).

    ``every`` is None for what goes on. ``first`` is the last day of the period the plan was issued in, ``last`` the end
    of the plan's time; both None where the document does not say its time.
    """

    every: Every | None
    printed: str
    first: date | None
    last: date | None
    work: Work


@dataclass(frozen=True, slots=True)
class DueFor:
    """How much of what a body leads in a city falls due, first and last when; how much of it is done again."""

    city: str
    body: str
    due: int
    first: date | None
    last: date | None
    standing: int


@dataclass(frozen=True, slots=True)
class Period:
    """How much falls due as printed (``printed`` is "YYYY", "YYYY-MM" or a day), in how many cities."""

    day: date
    printed: str
    due: int
    limits: int
    targets: int
    cities: int


@dataclass(frozen=True, slots=True)
class Dating:
    """A document with how much of it falls due, and how much is done again or goes on."""

    source: Source
    due: int
    standing: int


@dataclass(frozen=True, slots=True)
class DueReport:
    """What falls due in the plans, in order of city and day."""

    dues: tuple[Due, ...]
    standing: tuple[Standing, ...]
    periods: tuple[Period, ...]
    bodies: tuple[DueFor, ...]
    documents: tuple[Dating, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``dues`` as a data frame, one row a thing that falls due."""
        import pandas as pd

        columns = ["day", "printed", "kind", "city", "document", "ref", "what", "leads", "supports", "answered", "uid"]
        rows = [
            [
                one.day, one.printed, one.kind, one.work.city, one.work.document, one.work.ref, one.work.what,
                one.work.who.leads, one.work.who.supports, one.work.who.answered, one.work.uid,
            ]
            for one in self.dues
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)


def due(
    store: Store,
    *,
    city: str | Sequence[str] | None = None,
    body: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> DueReport:
    """Give what falls due in the plans of ``store``, by city and day.

    ``city`` keeps cities by name (巴中市, 巴中) or code (511900), ``body`` what a body with these words in its name
    leads or supports, ``since`` and ``until`` days (both included; what is done again has no day and stays).

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    counted = counting(store, city=city)
    plans = {uid: source for uid, source in counted.documents.items() if source.counted}
    promises = tuple(promises_of(store, plans, WhoAnswers(counted)))
    return due_of(store, counted, promises, body=body, since=since, until=until)


def due_of(
    store: Store,
    counted: Counting,
    promises: Sequence[Promise],
    *,
    body: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> DueReport:
    """The same of what was already counted in ``store``, and of the ``promises`` found there."""
    plans = {uid: source for uid, source in counted.documents.items() if source.counted}
    who = WhoAnswers(counted)
    order = {uid: place for place, uid in enumerate(plans)}
    cities = {city: place for place, city in reversed(list(enumerate(source.city for source in plans.values())))}
    dues = [
        one
        for one in (*_limits(store, plans, who), *_deadlines(promises))
        if _is_for(one.work, body) and (since is None or since <= one.day) and (until is None or one.day <= until)
    ]
    dues.sort(key=lambda one: (cities[one.work.city], one.day, order[one.work.document]))
    standing = [one for one in _standing(store, plans, who, promises) if _is_for(one.work, body)]
    standing.sort(key=lambda one: (cities[one.work.city], _place_of(one.every), order[one.work.document]))
    return DueReport(
        tuple(dues),
        tuple(standing),
        tuple(_periods(dues)),
        tuple(_bodies(dues, standing, cities)),
        tuple(_documents(counted.documents.values(), dues, standing)),
    )


def _is_for(work: Work, body: str | None) -> bool:
    return body is None or any(body in name for name in (*work.who.leads, *work.who.supports))


def _place_of(every: Every | None) -> int:
    return len(EVERY) if every is None else EVERY.index(every)


# ------------------------------------------------------------------------------------------------ days

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def last_day(printed: str) -> date | None:
    """The last day of a printed "YYYY", "YYYY-MM" or "YYYY-MM-DD"; None for other words and impossible days."""
    match = _DATE.fullmatch(printed)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3] or monthrange(year, month)[1]))
    except ValueError:
        return None


_MONTHS: Mapping[Every, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def end_of_period(every: Every, day: date) -> date:
    """The last day of the period that ``day`` lies in; weeks end on Friday."""
    if every == "week":
        return day + timedelta(days=(4 - day.weekday()) % 7)
    months = _MONTHS[every]
    month = -(-day.month // months) * months
    return date(day.year, month, monthrange(day.year, month)[1])


# ------------------------------------------------------------------------------------------------ what falls due


def _limits(store: Store, plans: Mapping[str, Source], who: WhoAnswers) -> Iterator[Due]:
    for row in _clauses_with_limits(store, plans):
        day = last_day(str(row["due"]))
        if day is not None:
            yield Due(day, str(row["due"]), "limit", _work(row, str(row["words"]), plans, who))


def _clauses_with_limits(store: Store, plans: Mapping[str, Source]) -> Iterator[Mapping[str, object]]:
    for table in ("dues_of_actions", "dues_of_tasks"):
        yield from (row for row in store.run(lookup(table)) if row["document"] in plans)


def _work(row: Mapping[str, object], what: str, plans: Mapping[str, Source], who: WhoAnswers) -> Work:
    document, holder, ref = str(row["document"]), str(row["holder"]), str(row["ref"] or "")
    return Work(
        uid=holder,
        city=plans[document].city,
        document=document,
        ref=ref,
        heading=str(row["heading"] or ""),
        what=what,
        promise=None,
        who=who.of(document, holder, str(row["action"]), ref),
    )


def _promised_work(one: Promise) -> Work:
    who = Answering(one.leads, one.supports, one.answered)
    return Work(one.uid, one.city, one.document, one.ref, one.heading, one.name, one, who)


def _deadlines(promises: Iterable[Promise]) -> Iterator[Due]:
    for one in promises:
        day = last_day(one.deadline or "")
        if day is not None:
            yield Due(day, str(one.deadline), "target", _promised_work(one))


# ------------------------------------------------------------------------------------------------ what is done again

#: Words of frequency, each with its period.
_FREQUENCIES: Sequence[tuple[re.Pattern[str], Every]] = (
    (re.compile(r"每周"), "week"),
    (re.compile(r"每个?月(?![费租的])|[按逐]月"), "month"),
    (re.compile(r"每个?季度?(?!的)|[按逐]季度?"), "quarter"),
    (re.compile(r"每半年(?!的)"), "half-year"),
    (re.compile(r"每年(?!的)|[按逐]年(?!度)"), "year"),
)
#: What is done, not long behind a word of frequency. Sums and hours that are granted by the year are nothing to do.
_DOING = re.compile(
    r"[^。；]{0,24}?(?:听取|开展|提交|通报|调度|召开|汇报|报送|上报|报告|梳理|组织|举办|发布|公布|公开|曝光|选[树拔择]|评选|"
    r"认定|培育|遴选|实施|推[动进出]|制定|监测|反馈|汇总|撰写|打造|引[进育]|帮扶|形成|检查|调研|分析|评估|更新|编制|"
    r"开放|谋划|布局|确定|上线|会商|督[导查]|研究|转化|攻克|宣传)"
)
_GRANTED = re.compile(
    r"[^。；，]{0,40}?(?:最高|上限|补[贴助缴]|奖[励补]|退还|缴|免[征收]|不超过[^。；]{0,8}元|万元|课时|小时|享受)"
)
_FOR_EACH = re.compile(r"(?:每[户人家个名][^，。；]{0,6}|小时|[7七]天、)$")


def frequencies(words: str) -> dict[Every, str]:
    """What a text says is done again: the period, and the words from its clause on. One a period, the first."""
    found: dict[Every, str] = {}
    for pattern, every in _FREQUENCIES:
        for match in pattern.finditer(words):
            begin = max(words.rfind(mark, 0, match.start()) for mark in "。；") + 1
            end = min((place for mark in "。；" if (place := words.find(mark, match.end())) >= 0), default=len(words))
            done = _DOING.match(words, match.end()) and not _GRANTED.match(words, match.end())
            if done and not _FOR_EACH.search(words, begin, match.start()):
                found.setdefault(every, words[begin:end])
    return found


def _standing(
    store: Store, plans: Mapping[str, Source], who: WhoAnswers, promises: Iterable[Promise]
) -> Iterator[Standing]:
    times = _times(store, plans)
    told: set[tuple[str, str, Every]] = set()
    for one in promises:
        every = next((every for every in EVERY if every == one.per), None)
        if every is not None:
            told.add((one.document, one.ref, every))
            yield Standing(every, "", *_from_to(every, times[one.document]), _promised_work(one))
    for task in store.run(lookup("repeated_tasks")):
        document, ref = str(task["document"]), str(task["ref"])
        if document in plans:
            for period, words in frequencies(str(task["words"])).items():
                if (document, ref, period) not in told:
                    yield Standing(period, "", *_from_to(period, times[document]), _work(task, words, plans, who))
    for row in _clauses_with_limits(store, plans):
        if last_day(str(row["due"])) is None:
            yield Standing(None, str(row["due"]), None, None, _work(row, str(row["words"]), plans, who))


_Times = tuple[date | None, date | None]


def _times(store: Store, plans: Mapping[str, Source]) -> dict[str, _Times]:
    """The day each plan was issued (else the first of its first year) and the last of its last year."""
    times: dict[str, _Times] = {}
    for document in store.run(lookup("documents")):
        source = plans.get(str(document["uid"]))
        if source is not None:
            first, last = source.period[0] or source.year, source.period[1] or source.year
            begin = last_day(str(document["issued"] or "")) or (date(first, 1, 1) if first else None)
            times[source.uid] = begin, date(last, 12, 31) if last else None
    return times


def _from_to(every: Every, times: _Times) -> _Times:
    begin, end = times
    first = end_of_period(every, begin) if begin else None
    # A plan issued behind its own time (a year's tasks published the next spring) has no period left.
    return (first, end) if first and end and first <= end else (None, None)


# ------------------------------------------------------------------------------------------------ figures


def _periods(dues: Iterable[Due]) -> Iterator[Period]:
    groups: dict[tuple[date, str], list[Due]] = defaultdict(list)
    for one in dues:
        groups[one.day, one.printed].append(one)
    for (day, printed), group in sorted(groups.items()):
        kinds = Counter(one.kind for one in group)
        cities = len({one.work.city for one in group})
        yield Period(day, printed, len(group), kinds["limit"], kinds["target"], cities)


def _bodies(dues: Iterable[Due], standing: Iterable[Standing], cities: Mapping[str, int]) -> Iterator[DueFor]:
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    again: Counter[tuple[str, str]] = Counter()
    for one in dues:
        for name in one.work.who.leads:
            days[one.work.city, name].append(one.day)
    for other in standing:
        again.update((other.work.city, name) for name in other.work.who.leads)
    for city, name in sorted({*days, *again}, key=lambda key: (cities[key[0]], -len(days[key]), -again[key], key[1])):
        found = days[city, name]
        yield DueFor(city, name, len(found), min(found, default=None), max(found, default=None), again[city, name])


def _documents(documents: Iterable[Source], dues: Iterable[Due], standing: Iterable[Standing]) -> Iterator[Dating]:
    dated = Counter(one.work.document for one in dues)
    again = Counter(one.work.document for one in standing)
    for source in documents:
        yield Dating(source, dated[source.uid], again[source.uid])
