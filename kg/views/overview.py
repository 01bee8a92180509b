"""The first page: what the graph holds, three pictures, and the way to everything else."""

from __future__ import annotations

from collections import Counter

from kg.output import Label
from kg.views.charts import Bar, Shade, bars, heat
from kg.views.city import base_of, documents_section
from kg.views.document import Href, nowhere
from kg.views.facts import Facts
from kg.views.page import Page
from kg.views.sections import Cell, Figure, Filter, Grid, Row, Section, number, sections_page, share, text
from kg.views.words import KINDS, STATUSES, plain

_LINES = 15


def overview_page(
    facts: Facts, href: Href = nowhere, links: tuple[tuple[Label, str], ...] = (), home: str | None = None
) -> Page:
    """Give the first page; ``links`` lead to the pages of questions."""
    plans = list(facts.documents.values())
    sections = [
        _figures(facts),
        *_work(facts),
        *_heat(facts),
        documents_section(facts, plans, href),
        _bodies(facts, href),
    ]
    cities = list(dict.fromkeys(plan.city.name for plan in plans if plan.city.name))
    return sections_page(
        Label("责任关系图谱", "Responsibility graph"),
        sections,
        lead=base_of(plans),
        filters=(
            Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),
            Filter("kind", Label("类别", "kind"), [(kind, KINDS[kind]) for kind in KINDS]),
            Filter("status", Label("状态", "status"), [(status, STATUSES[status]) for status in STATUSES]),
        ),
        links=links,
        home=home,
    )


def _figures(facts: Facts) -> Section:
    kinds = Counter(holder.kind for holder in facts.holders.values())
    roles = Counter(duty.role for duty in facts.counted)
    cities = {plan.city.uid for plan in facts.documents.values()}
    figures = (
        Figure(f"{len(facts.documents):,}", Label("份文件", "documents")),
        Figure(f"{len(cities):,}", Label("个城市（地区）", "places")),
        Figure(f"{kinds['action']:,}", Label("项举措", "actions")),
        Figure(f"{kinds['task']:,}", Label("项任务", "tasks")),
        Figure(f"{len(facts.loads):,}", Label("个有责任的部门", "bodies with responsibilities")),
        Figure(f"{roles['lead']:,}", Label("项牵头", "leads"), "lead"),
        Figure(f"{roles['joint']:,}", Label("项共同牵头", "joint leads"), "joint"),
        Figure(f"{roles['support']:,}", Label("项配合", "supports"), "support"),
        Figure(f"{len(facts.targets):,}", Label("个目标值", "targets"), "target"),
    )
    return Section(Label("概况", "At a glance"), figures=figures)


def _work(facts: Facts) -> list[Section]:
    """Who carries most: lines of work where there are several cities, else bodies."""
    roles: dict[Label, Counter[str]] = {}
    several = len({load.city for load in facts.loads.values()}) > 1
    for duty in facts.counted:
        body = facts.bodies[duty.carrier]
        names = [facts.terms[uid].words for uid in body.functions[:1]] if several else [plain(body.name)]
        for name in names:
            roles.setdefault(name, Counter())[duty.role] += 1
    order = sorted(roles, key=lambda name: (-roles[name].total(), name.zh))[:_LINES]
    rows = [Bar(name, [(role, roles[name][role]) for role in ("lead", "joint", "support")]) for name in order]
    if not rows:
        return []
    title = Label("各条线的责任", "Responsibilities by line of work") if several else Label("工作量", "Workload")
    note = Label(f"责任最多的 {len(rows)} 个，各城市合计。", f"The {len(rows)} that carry most, over all cities.")
    picture = bars(rows, unit=Label("责任数", "responsibilities"))
    return [Section(title, note, picture=picture, name="workload", legend=True)]


def _heat(facts: Facts) -> list[Section]:
    """Themes by city: a number is actions by main theme, a shade their share, a dot a gap."""
    counts: Counter[tuple[str, str]] = Counter()
    for _, theme, city in facts.counted_actions:
        if city in facts.cities:
            counts[city, theme] += 1
    cities = list(
        dict.fromkeys(plan.city.uid for plan in facts.documents.values() if any(c == plan.city.uid for c, _ in counts))
    )
    of_city: Counter[str] = Counter()
    of_theme: Counter[str] = Counter()
    for (city, theme), count in counts.items():
        of_city[city] += count
        of_theme[theme] += count
    themes = sorted(of_theme, key=lambda theme: (-of_theme[theme], theme))
    row_of = {city: row for row, city in enumerate(cities)}
    column_of = {theme: column for column, theme in enumerate(themes)}
    shades = {
        (row_of[city], column_of[theme]): Shade(count, count / of_city[city]) for (city, theme), count in counts.items()
    }
    if not shades:
        return []
    note = Label(
        "数字为以该主题为主的举措数，颜色为占该城市举措的份额，点为没有找到（不等于没有做）。",
        "Numbers are actions by main theme, shades their share of the city's, dots: none found (not: none done).",
    )
    picture = heat(
        [plain(facts.cities[city].name) for city in cities],
        [facts.terms[theme].words for theme in themes],
        shades,
        words=Label("城市与主题", "cities and themes"),
    )  # fmt: skip
    return [Section(Label("城市与主题", "Cities and themes"), note, picture=picture, name="themes")]


def _bodies(facts: Facts, href: Href) -> Section:
    heads = (
        (Label("城市", "city"), ""),
        (Label("部门", "body"), ""),
        (Label("条线", "line of work"), ""),
        (Label("责任", "responsibilities"), "n"),
        (Label("占该市份额", "share of the city's"), "n"),
    )
    rows = []
    for uid, load in facts.loads.items():
        body = facts.bodies[uid]
        works = [facts.terms[one] for one in body.functions if one in facts.terms]
        words = Label("、".join(work.zh for work in works), ", ".join(work.en for work in works))
        cells = (
            text(load.city, href(body.city)),
            text(body.name, href(uid)),
            Cell(words),
            number(load.total),
            share(load.share),
        )
        rows.append(Row(cells, {"city": (facts.cities[body.city].name if body.city in facts.cities else "",)}))
    return Section(Label(f"部门（{len(rows)}）", f"Bodies ({len(rows)})"), grid=Grid(heads, rows))
