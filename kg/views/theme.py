"""The page of one theme: which cities act on it, who leads there, by which numbers; which cities do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.output import Label
from kg.views.charts import Bar, bars
from kg.views.city import base_of
from kg.views.document import Href, amount, nowhere
from kg.views.evidence import Evidence
from kg.views.facts import Facts, Holder
from kg.views.page import Page
from kg.views.sections import Cell, Filter, Grid, Row, Section, number, sections_page, share, tag, text
from kg.views.words import plain

MOST_ACTIONS = 1_500
"""Rows of the table of actions at most; how many more there are is said."""


def theme_page(facts: Facts, uid: str, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of the theme ``uid``."""
    term = facts.terms[uid]
    evidence = Evidence(facts, href)
    items: dict[str, object] = {}
    actions = [facts.holders[action] for action in facts.actions_of_themes.get(uid, ())]
    actions = [action for action in actions if facts.documents[action.document].kind != "study"]
    order = {document: place for place, document in enumerate(facts.documents)}
    actions.sort(key=lambda action: (order[action.document], action.span))
    cities = list(dict.fromkeys(facts.documents[action.document].city.name for action in actions))
    rows = [_action_row(facts, action, href, evidence, items) for action in actions[:MOST_ACTIONS]]
    more = len(actions) - len(rows)
    heads = (
        (Label("城市", "city"), ""),
        (Label("年份", "year"), "n"),
        (Label("状态", "status"), ""),
        (Label("举措", "action"), ""),
        (Label("牵头", "lead"), ""),
        (Label("配合", "support"), "n"),
        (Label("目标值", "targets"), ""),
    )
    sections = [
        *_by_city(facts, uid, href),
        *_who_leads(facts, actions),
        Section(
            Label(f"举措（{len(actions)}）", f"Actions ({len(actions)})"),
            Label(
                "牵头含共同牵头及其任务的牵头；点击一行可看原文。" + (f"另有 {more} 项未列出。" if more else ""),
                "Leads include joint ones and those of its tasks. Click a row for the sentence."
                + (f" {more} more are not listed." if more else ""),
            ),
            grid=Grid(heads, rows),
        ),
    ]
    return sections_page(
        Label(f"主题：{term.zh}", f"Theme: {term.en}"),
        sections,
        lead=base_of(list(facts.documents.values())),
        filters=(Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),),
        data={"items": items, **evidence.data()},
        home=home,
    )


def _by_city(facts: Facts, uid: str, href: Href) -> list[Section]:
    """The share of each city's actions that have this main theme, and the cities that have none."""
    mine: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for _, main, city in facts.counted_actions:
        all_of[city] += 1
        mine[city] += main == uid
    order = sorted((city for city in mine if mine[city]), key=lambda city: (-mine[city] / all_of[city], city))
    without = [facts.cities[city].name for city in all_of if not mine[city] and city in facts.cities]
    heads = ((Label("城市", "city"), ""), (Label("举措", "actions"), "n"), (Label("占该市举措", "of its actions"), "n"))
    rows = [
        Row(
            (text(facts.cities[city].name, href(city)), number(mine[city]), share(mine[city] / all_of[city])),
            {"city": (facts.cities[city].name,)},
        )
        for city in order
        if city in facts.cities
    ]
    gap = "、".join(without)
    note = Label(
        "按主要主题计。" + (f"没有找到此类举措的城市：{gap}（没有找到不等于没有做）。" if gap else ""),
        "By main theme." + (f" No such action was found in: {gap} (not found does not mean not done)." if gap else ""),
    )
    return [Section(Label("各城市", "Cities"), note, grid=Grid(heads, rows))]


def _who_leads(facts: Facts, actions: Sequence[Holder]) -> list[Section]:
    """The lines of work that lead the theme's actions, over all cities."""
    chosen = sorted({action.uid for action in actions})
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for action in chosen:
        for duty in (one for uid in facts.holders_of_actions[action] for one in facts.counted_of_holders.get(uid, ())):
            for function in facts.bodies[duty.carrier].functions[:1]:
                roles[function][duty.role] += 1
    order = sorted(roles, key=lambda uid: (-roles[uid]["lead"] - roles[uid]["joint"], -roles[uid].total(), uid))
    rows = [
        Bar(facts.terms[uid].words, [(role, roles[uid][role]) for role in ("lead", "joint", "support")])
        for uid in order[:15]
    ]
    if not rows:
        return []
    note = Label("各城市合计；按条线，前 15 个。", "Over all cities, by line of work; the first 15.")
    picture = bars(rows, unit=Label("责任数", "responsibilities"))
    return [Section(Label("谁负责", "Who carries it"), note, picture=picture, name="theme", legend=True)]


def _action_row(facts: Facts, action: Holder, href: Href, evidence: Evidence, items: dict[str, object]) -> Row:
    plan = facts.documents[action.document]
    duties = [duty for uid in facts.holders_of_actions[action.uid] for duty in facts.duties_of_holders.get(uid, ())]
    printed = [duty for duty in duties if not duty.inherited and duty.basis not in ("note", "text")]
    leads = dict.fromkeys(facts.bodies[duty.body].name for duty in printed if duty.role != "support")
    supports = {duty.body for duty in printed if duty.role == "support"}
    targets = [
        target for uid in facts.holders_of_actions[action.uid] for target in facts.targets_of_holders.get(uid, ())
    ]
    key = f"a{len(items)}"
    numbers = [*(evidence.of(duty) for duty in printed), *(evidence.of(target) for target in targets)]
    items[key] = {
        "title": f"{plan.city.name} {action.ref} {action.heading}", "href": href(plan.uid),
        "evidence": list(dict.fromkeys(numbers))[:6],
    }  # fmt: skip
    promised = [amount(target) for target in targets[:3]]
    cells = (
        text(plan.city.name, href(plan.city.uid)),
        text(str(plan.year or ""), look="n"),
        tag(plan.status),
        text(f"{action.ref} {action.heading}", href(plan.uid)),
        text("、".join([*leads][:4]) + ("…" if len(leads) > 4 else "")),
        number(len(supports)),
        Cell(
            Label(
                "；".join(f"{target.name} {words.zh}" for target, words in zip(targets, promised, strict=False)),
                "; ".join(f"{target.name} {words.en}" for target, words in zip(targets, promised, strict=False)),
            )
        ),
    )
    return Row(cells, {"city": (plan.city.name,)}, key)
