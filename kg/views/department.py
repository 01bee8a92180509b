"""The page of one body: all it leads, leads jointly and supports, with whom, by which number and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.output import Label
from kg.views.charts import Bar, bars
from kg.views.document import Href, amount, nowhere
from kg.views.evidence import Evidence
from kg.views.facts import Body, Duty, Facts, Holder, Plan, Promise
from kg.views.page import Page, short_name
from kg.views.words import BODY_KINDS, known, plain
from queries.workload import Load

NEIGHBOURS = 12
"""Bodies of the same city that stand beside this one in the picture of workload."""
PARTNERS, PARTNERS_SHARED = 15, 5
"""Partners that are shown before the rest is said as a number: on a page of its own, on one that bodies share."""


@dataclass(frozen=True, slots=True)
class Row:
    """One holder that names the body: what it says, and the numbers of the sentences that prove it."""

    holder: Holder
    action: Holder
    plan: Plan
    href: str | None
    role: str
    duties: Sequence[Duty]
    counted: bool
    why_not: Label | None
    themes: Sequence[Label]
    targets: Sequence[tuple[Promise, Label]]
    evidence: Sequence[int]


@dataclass(frozen=True, slots=True)
class Partner:
    """A body of the same holders: how many it shares, and in which roles the two meet."""

    body: Body
    href: str | None
    shared: int
    leads: int
    led: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows of one body. ``load`` is None where nothing of it counts."""

    body: Body
    kind: Label
    functions: Sequence[tuple[Label, str | None]]
    load: Load | None
    picture: Markup | None
    rows: Sequence[Row]
    plans: Sequence[Plan]
    themes: Sequence[Label]
    partners: Sequence[Partner]
    more_partners: int


def department_page(facts: Facts, uids: Sequence[str], href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of one body, or of several bodies of one city that share it."""
    evidence = Evidence(facts, href)
    sheets = [_sheet(facts, uid, href, evidence, alone=len(uids) == 1) for uid in uids]
    city = facts.cities.get(sheets[0].body.city)
    place = f"（{city.name}）" if city else ""
    names = Label("其他部门", "other bodies") if len(sheets) > 1 else plain(short_name(sheets[0].body.name))
    plans = {plan.uid: plan for sheet in sheets for plan in sheet.plans}
    themes = {theme.zh: theme for sheet in sheets for theme in sheet.themes}
    return Page(
        template="department.html",
        title=Label(names.zh + place, names.en + place),
        values={
            "sheets": sheets,
            "city": city,
            "city_href": href(city.uid) if city else None,
            "plans": list(plans.values()),
            "numbers": {plan: number for number, plan in enumerate(plans, start=1)},
            "themes": [themes[key] for key in sorted(themes)],
        },
        data=evidence.data(),
        home=home,
    )


def _sheet(facts: Facts, uid: str, href: Href, evidence: Evidence, *, alone: bool) -> Sheet:
    body = facts.bodies[uid]
    rows = _rows(facts, uid, href, evidence)
    partners = _partners(facts, uid, href)
    most = PARTNERS if alone else PARTNERS_SHARED
    return Sheet(
        body=body,
        kind=known(BODY_KINDS, body.kind),
        functions=[(facts.terms[one].words, href(one)) for one in body.functions if one in facts.terms],
        load=facts.loads.get(uid),
        picture=_picture(facts, uid) if alone else None,
        rows=rows,
        plans=list({row.plan.uid: row.plan for row in rows}.values()),
        themes=list({theme.zh: theme for row in rows for theme in row.themes}.values()),
        partners=partners[:most],
        more_partners=max(0, len(partners) - most),
    )


def _rows(facts: Facts, uid: str, href: Href, evidence: Evidence) -> list[Row]:
    """The holders that name the body, in order of the documents and their texts; inherited ones left out."""
    by_holder: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty in facts.duties_of_bodies.get(uid, ()):
        if not duty.inherited:
            by_holder[duty.holder].append(duty)
    counted = {duty.holder: duty.role for duty in facts.counted_of_bodies.get(uid, ())}
    order = {document: place for place, document in enumerate(facts.documents)}
    rows = [
        _row(facts, facts.holders[holder], found, counted.get(holder), href, evidence)
        for holder, found in by_holder.items()
    ]
    return sorted(rows, key=lambda row: (order[row.plan.uid], row.holder.span))


def _row(
    facts: Facts, holder: Holder, found: Sequence[Duty], counted: str | None, href: Href, evidence: Evidence
) -> Row:
    highest = min(found, key=lambda duty: ("lead", "joint", "support").index(duty.role))
    plan = facts.documents[holder.document]
    return Row(
        holder=holder,
        action=facts.holders[holder.action],
        plan=plan,
        href=href(plan.uid),
        role=counted or highest.role,
        duties=found,
        counted=counted is not None,
        why_not=None if counted else _why_not(highest, plan),
        themes=[facts.terms[theme].words for theme in facts.themes_of_actions.get(holder.action, ())],
        targets=[(target, amount(target)) for target in facts.targets_of_holders.get(holder.uid, ())],
        # In a site the text is one link away; a page that stands alone carries it.
        evidence=[] if href(plan.uid) else list(dict.fromkeys(evidence.of(duty) for duty in found)),
    )


def _why_not(duty: Duty, plan: Plan) -> Label:
    """Why a responsibility is shown and not counted."""
    if plan.kind == "study":
        return Label("研究报告，不计", "of a study, not counted")
    if duty.collective:
        return Label("统称，不计", "a collective, not counted")
    return {
        "note": Label("全文通用说明，不计", "of a document-wide note, not counted"),
        "text": Label("正文叙述，不计", "in running text, not counted"),
    }.get(duty.basis, Label("不计", "not counted"))


def _partners(facts: Facts, uid: str, href: Href) -> list[Partner]:
    """Who is named with the body, by how many holders they share; ``leads``: it leads this body, ``led``: is led."""
    shared: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    led: Counter[str] = Counter()
    for mine in facts.counted_of_bodies.get(uid, ()):
        for other in facts.counted_of_holders[mine.holder]:
            if other.carrier == uid:
                continue
            shared[other.carrier] += 1
            leads[other.carrier] += mine.role == "support" and other.role != "support"
            led[other.carrier] += mine.role != "support" and other.role == "support"
    ordered = sorted(shared, key=lambda other: (-shared[other], other))
    return [Partner(facts.bodies[one], href(one), shared[one], leads[one], led[one]) for one in ordered]


def _picture(facts: Facts, uid: str) -> Markup | None:
    """The body among those of its city that carry most."""
    mine = facts.loads.get(uid)
    if mine is None:
        return None
    loads = sorted((load for load in facts.loads.values() if load.city == mine.city), key=lambda load: load.rank)
    chosen = loads[:NEIGHBOURS] if mine in loads[:NEIGHBOURS] else [*loads[: NEIGHBOURS - 1], mine]
    rows = [
        Bar(
            plain(f"{load.rank} {load.body}"),
            (("lead", load.lead), ("joint", load.joint), ("support", load.support)),
            strong=load.uid == uid,
        )
        for load in chosen
    ]
    return bars(rows, unit=Label("责任数", "responsibilities"))
