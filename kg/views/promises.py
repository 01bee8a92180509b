"""Targets on pages: one table of them, the page that compares cities on indicators, the page of what falls due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.output import Label
from kg.views.charts import Dot, Shade, dots, heat
from kg.views.document import Href, amount, nowhere, target_item
from kg.views.evidence import Evidence
from kg.views.facts import Facts, Holder, Promise
from kg.views.page import Page
from kg.views.sections import Cell, Filter, Grid, Row, Section, sections_page, tag, text
from kg.views.words import plain

COMPARED = 24
"""Indicators that are drawn; the table has all targets."""


def target_grid(
    facts: Facts, targets: Iterable[Promise], href: Href, evidence: Evidence, items: dict[str, object]
) -> Grid:
    """Give a table of targets, each with its city, who answers for it, its deadline and its sentence."""
    heads = (
        (Label("城市", "city"), ""),
        (Label("目标值", "target"), ""),
        (Label("数值", "value"), "n"),
        (Label("期限", "deadline"), ""),
        (Label("责任部门", "responsible"), ""),
        (Label("状态", "status"), ""),
        (Label("编号", "ref"), ""),
    )
    rows = []
    for target in targets:
        plan = facts.documents[target.document]
        holder = facts.holders.get(target.holder)
        key = f"t{len(items)}"
        items[key] = {**target_item(facts, target, href), "evidence": [evidence.of(target)]}
        bodies = answerable(facts, holder)
        name = amount(target)
        rows.append(
            Row(
                (
                    text(plan.city.name, href(plan.city.uid)),
                    text(target.name),
                    Cell(name, None, "n"),
                    text(target.deadline),
                    text("、".join(bodies[:3]) + ("…" if len(bodies) > 3 else "")),
                    tag(plan.status if plan.kind != "study" else plan.kind),
                    text(holder.ref if holder else "", href(plan.uid)),
                ),
                {"city": (plan.city.name,), "year": (target.deadline[:4],)},
                key,
            )
        )
    return Grid(heads, rows)


def answerable(facts: Facts, holder: Holder | None) -> list[str]:
    """Give the names of who leads what sets a target: its own leads, else those of its action."""
    if holder is None:
        return []
    for uid in dict.fromkeys((holder.uid, holder.action)):
        leads = [duty.body for duty in facts.duties_of_holders.get(uid, ()) if duty.role != "support"]
        if leads:
            return [facts.bodies[body].name for body in dict.fromkeys(leads)]
    return []


def targets_page(facts: Facts, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of targets: cities compared on the indicators that several of them promise, then all targets."""
    evidence = Evidence(facts, href)
    items: dict[str, object] = {}
    targets = [target for target in facts.targets if facts.documents[target.document].kind != "study"]
    of_indicator: defaultdict[str, list[Promise]] = defaultdict(list)
    for target in targets:
        if target.indicator in facts.strict_indicators:
            of_indicator[target.indicator].append(target)
    compared = {uid: found for uid, found in of_indicator.items() if len(_cities(facts, found)) > 1}
    order = sorted(compared, key=lambda uid: (-len(_cities(facts, compared[uid])), uid))
    sections = [_comparison(facts, uid, compared[uid], href, evidence, items) for uid in order[:COMPARED]]
    cities = sorted({facts.documents[target.document].city.name for target in targets})
    years = sorted({target.deadline[:4] for target in targets if target.deadline})
    sections.append(
        Section(
            Label(f"全部目标值（{len(targets)}）", f"All targets ({len(targets)})"),
            Label("点击一行可看原文。", "Click a row for its sentence."),
            grid=target_grid(facts, targets, href, evidence, items),
        )
    )
    more = len(order) - COMPARED
    return sections_page(
        Label("目标值比较", "Targets compared"),
        sections,
        lead=Label(
            f"{len(compared)} 项指标有两个以上城市承诺了可比数值"
            + (f"，此处画出 {COMPARED} 项。" if more > 0 else "。"),
            f"{len(compared)} indicators carry comparable numbers of two cities or more"
            + (f"; {COMPARED} are drawn here." if more > 0 else "."),
        ),
        filters=(
            Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),
            Filter("year", Label("期限年份", "deadline year"), [(year, plain(year)) for year in years]),
        ),
        data={"items": items, **evidence.data()},
        home=home,
    )


def _cities(facts: Facts, targets: Sequence[Promise]) -> set[str]:
    return {facts.documents[target.document].city.uid for target in targets}


def _comparison(
    facts: Facts, indicator: str, targets: Sequence[Promise], href: Href, evidence: Evidence, items: dict[str, object]
) -> Section:
    rows = []
    for target in sorted(targets, key=lambda one: (-one.value * one.factor, one.document, one.uid)):
        plan = facts.documents[target.document]
        key = f"t{len(items)}"
        items[key] = {**target_item(facts, target, href), "evidence": [evidence.of(target)]}
        rows.append(
            Dot(
                plain(f"{plan.city.name} {plan.year or ''}"),
                target.value * target.factor,
                amount(target),
                target.deadline,
                plan.status == "draft",
                key,
            )
        )
    words = facts.terms[indicator]
    return Section(
        Label(words.zh, words.en),
        Label(
            "城市后为文件年份；空心点为征求意见稿。",
            "The year behind a city is its document's; hollow dots are drafts.",
        ),
        picture=dots(rows, words=Label(words.zh, words.en)),
        name="targets",
    )


def due_page(facts: Facts, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of what falls due: a picture of cities by quarter or year, and a table by date."""
    evidence = Evidence(facts, href)
    items: dict[str, object] = {}
    entries = sorted(_entries(facts), key=lambda entry: (entry[0], entry[2].document, entry[2].span))
    years = sorted({when[:4] for when, _, _ in entries})
    periods = sorted({_period(when) for when, _, _ in entries})
    due = {what.document for _, _, what in entries}
    cities = list(dict.fromkeys(plan.city.name for plan in facts.documents.values() if plan.uid in due))
    counts: Counter[tuple[str, str]] = Counter(
        (facts.documents[what.document].city.name, _period(when)) for when, _, what in entries
    )
    totals: Counter[str] = Counter()
    for (city, _), count in counts.items():
        totals[city] += count
    shades = {
        (cities.index(city), periods.index(period)): Shade(count, count / totals[city])
        for (city, period), count in counts.items()
    }
    heads = (
        (Label("期限", "due"), ""),
        (Label("城市", "city"), ""),
        (Label("事项", "what"), ""),
        (Label("责任部门", "responsible"), ""),
        (Label("状态", "status"), ""),
    )
    rows = [_due_row(facts, when, words, what, href, evidence, items) for when, words, what in entries]
    note = Label(
        "数字为到期的举措、任务和目标值；颜色为占该城市的份额。",
        "Numbers count actions, tasks and targets that fall due; shades are their share of the city's.",
    )
    sections = [
        Section(
            Label("各城市各季度", "Cities by quarter"),
            note,
            picture=heat(
                [plain(city) for city in cities],
                [plain(period) for period in periods],
                shades,
                words=Label("到期事项", "what falls due"),
            ),
            name="calendar",
        ),
        Section(Label(f"到期事项（{len(rows)}）", f"What falls due ({len(rows)})"), grid=Grid(heads, rows)),
    ]
    return sections_page(
        Label("到期事项", "What falls due"), sections if entries else sections[1:],
        filters=(
            Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),
            Filter("year", Label("年份", "year"), [(year, plain(year)) for year in years]),
        ),
        data={"items": items, **evidence.data()}, home=home,
    )  # fmt: skip


def _entries(facts: Facts) -> Iterable[tuple[str, Label, Holder | Promise]]:
    """(date, words, what) of everything that has a date: actions and tasks by their clause, targets by their text."""
    for holder in facts.holders.values():
        if holder.due[:4].isdigit() and facts.documents[holder.document].kind != "study":
            yield holder.due, plain(holder.heading), holder
    for target in facts.targets:
        if target.deadline and facts.documents[target.document].kind != "study":
            value = amount(target)
            yield target.deadline, Label(f"{target.name} {value.zh}", f"{target.name} {value.en}"), target


def _period(when: str) -> str:
    """The quarter of a date, or its year where it has no month: 2024 Q3."""
    return f"{when[:4]} Q{(int(when[5:7]) + 2) // 3}" if when[5:7].isdigit() else when[:4]


def _due_row(
    facts: Facts,
    when: str,
    words: Label,
    what: Holder | Promise,
    href: Href,
    evidence: Evidence,
    items: dict[str, object],
) -> Row:
    plan = facts.documents[what.document]
    if isinstance(what, Promise):
        holder, proof = facts.holders.get(what.holder), [evidence.of(what)]
    else:
        holder, proof = what, [evidence.of(duty) for duty in facts.duties_of_holders.get(what.uid, ())[:1]]
    key = f"w{len(items)}"
    items[key] = {"title": [words.zh, words.en], "facts": [[["期限", "due"], when]], "evidence": proof}
    bodies = answerable(facts, holder)
    cells = (
        text(when), text(plan.city.name, href(plan.city.uid)), Cell(words),
        text("、".join(bodies[:3]) + ("…" if len(bodies) > 3 else "")), tag(plan.status),
    )  # fmt: skip
    return Row(cells, {"city": (plan.city.name,), "year": (when[:4],)}, key)
