"""What falls due as a calendar file (RFC 5545): an all-day event a thing, repeated work as a repeating event."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.counted import city_name, mark
from kg.cli.promised import in_short, led_by, promised
from kg.cli.shared import say
from kg.output import clean_text, write_bytes
from queries.due import Due, DueReport, Every, Standing, Work
from queries.sources import Source

if TYPE_CHECKING:
    from icalendar import Event

#: How each period repeats; a month, quarter or half-year on its last day.
_RULES: Mapping[Every, Mapping[str, object]] = {
    "week": {"FREQ": "WEEKLY"},
    "month": {"FREQ": "MONTHLY", "BYMONTHDAY": -1},
    "quarter": {"FREQ": "MONTHLY", "INTERVAL": 3, "BYMONTHDAY": -1},
    "half-year": {"FREQ": "MONTHLY", "INTERVAL": 6, "BYMONTHDAY": -1},
    "year": {"FREQ": "YEARLY"},
}


def write_calendar(report: DueReport, output: Path) -> tuple[int, int]:
    """Write the events of ``report``; gives how many were written, and how many things have no day and were left out.

    The same report gives the same file: times of writing are the days of the events.

    Raises:
        UsageError: ``output`` cannot be written.
    """
    from icalendar import Calendar

    behind = {row.source.uid: row.source for row in report.documents}
    calendar = Calendar()
    calendar.add("prodid", "-//responsibility-kg//kg report calendar//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("责任台账", "What falls due"))
    events = [_due(one, behind) for one in report.dues]
    events += [_standing(one, behind) for one in report.standing if one.first is not None]
    for event in events:
        calendar.add_component(event)
    write_bytes(calendar.to_ical(), output)
    return len(events), len(report.dues) + len(report.standing) - len(events)


def _due(one: Due, behind: Mapping[str, Source]) -> Event:
    return _event(one.work, one.day, f"due {one.printed}", behind[one.work.document])


def _standing(one: Standing, behind: Mapping[str, Source]) -> Event:
    if one.every is None or one.first is None:
        raise ValueError(f"{one.work.uid} has no first day")
    event = _event(one.work, one.first, one.every, behind[one.work.document])
    event.add("rrule", {**_RULES[one.every], "UNTIL": one.last})
    return event


def _event(work: Work, day: date, told_apart_by: str, source: Source) -> Event:
    from icalendar import Event

    city = city_name(work.city)
    promise = promised(work.promise) if work.promise else ""
    event = Event()
    key = hashlib.sha256(f"{work.uid} {told_apart_by}".encode()).hexdigest()[:32]
    event.add("uid", f"{key}@responsibility-kg")
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", clean_text(f"{say(city.zh, city.en)}：{in_short(work.what)} {promise}".rstrip()))
    event.add("description", clean_text("\n".join(_description(work, promise, source))))
    event.add("categories", [clean_text(say(city.zh, city.en))])
    event.add("transp", "TRANSPARENT")
    return event


def _description(work: Work, promise: str, source: Source) -> list[str]:
    supports = "、".join(work.who.supports)
    lines = [
        f"{work.what} {promise}".rstrip(),
        f"{say('牵头：', 'led by: ')}{led_by(work.who.leads, work.who.answered)}",
        f"{say('配合：', 'supported by: ')}{supports}" if supports else "",
        f"{say('出处：', 'source: ')}{source.name} {work.ref} {work.heading}".rstrip(),
        f"{say('文件状态：', 'status of the document: ')}{say(mark(source).zh, mark(source).en)}",
        f"{say('原文：', 'quote: ')}{work.promise.quote}" if work.promise else "",
    ]
    return [line for line in lines if line]
