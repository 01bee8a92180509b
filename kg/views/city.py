"""The page of one city: its documents, who carries how much, who leads whom, what it is about, what it promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from kg.output import Label
from kg.views.charts import Bar, Shade, bars, heat, lorenz
from kg.views.document import Href, nowhere
from kg.views.evidence import Evidence
from kg.views.facts import Duty, Facts, Plan
from kg.views.page import Page, short_name
from kg.views.promises import target_grid
from kg.views.sections import Cell, Figure, Grid, Row, Section, number, sections_page, share, tag, text
from kg.views.words import ROLES, both, plain
from queries.concentration import effective_number, gini, top_share
from queries.workload import Load

HEAVIEST = 15
"""Bodies in the picture of workload; the table below it has all."""
IN_MATRIX = 14
"""Leads and supports in the matrix."""
_PROOFS = 8


def city_page(facts: Facts, uid: str, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of the city ``uid``."""
    plans = [plan for plan in facts.documents.values() if plan.city.uid == uid]
    counted = {plan.uid for plan in plans if plan.kind != "study"}
    loads = loads_of(facts, counted)
    evidence = Evidence(facts, href)
    items: dict[str, object] = {}
    targets = [
        target for plan in plans if plan.uid in counted for target in facts.targets_of_documents.get(plan.uid, ())
    ]
    sections = [documents_section(facts, plans, href)]
    if loads:
        sections += [*_workload(loads, href), *_matrix(facts, counted, evidence, items), _themes(facts, counted, href)]
    if targets:
        grid = target_grid(facts, targets, href, evidence, items)
        sections.append(Section(Label(f"目标值（{len(targets)}）", f"Targets ({len(targets)})"), grid=grid))
    return sections_page(
        plain(facts.cities[uid].name),
        sections,
        lead=base_of(plans),
        data={"items": items, **evidence.data()},
        home=home,
    )


def base_of(plans: Collection[Plan]) -> Label:
    """Give the documents that figures rest on, in words: how many, of which years, drafts and studies among them."""
    counted = [plan for plan in plans if plan.kind != "study"]
    years = sorted({plan.year for plan in counted if plan.year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "—"
    drafts = sum(plan.status == "draft" for plan in counted)
    studies = len(plans) - len(counted)
    return Label(
        f"依据 {len(counted)} 份文件（{span} 年），其中征求意见稿 {drafts} 份；另有研究 {studies} 份，不计入。"
        "口径：一个部门在一处举措或任务计一次；通用说明、统称与继承的责任不计。",
        f"Documents: {len(counted)} ({span}), drafts among them: {drafts}; studies, not counted: {studies}. "
        "A body counts once for each action or task; notes, collectives and inherited responsibilities do not count.",
    )


def loads_of(facts: Facts, documents: Collection[str]) -> list[Load]:
    """Give the workloads of the bodies that some documents of one city name, the heaviest first."""
    named = {duty.carrier for uid in documents for duty in facts.counted_of_documents.get(uid, ())}
    return sorted((facts.loads[uid] for uid in named), key=lambda load: (-load.total, load.uid))


def documents_section(facts: Facts, plans: Sequence[Plan], href: Href) -> Section:
    """Give the table of documents with what was read from each."""
    heads = (
        (Label("文件", "document"), ""),
        (Label("城市", "city"), ""),
        (Label("类别", "kind"), ""),
        (Label("状态", "status"), ""),
        (Label("年份", "year"), "n"),
        (Label("举措", "actions"), "n"),
        (Label("责任", "responsibilities"), "n"),
        (Label("目标值", "targets"), "n"),
    )
    rows = [
        Row(
            (
                text(plan.name, href(plan.uid)),
                text(plan.city.name, href(plan.city.uid)),
                tag(plan.kind),
                tag(plan.status),
                text(str(plan.year or ""), look="n"),
                number(sum(one.kind == "action" for one in facts.holders_of_documents.get(plan.uid, ()))),
                number(len(facts.counted_of_documents.get(plan.uid, ()))),
                number(len(facts.targets_of_documents.get(plan.uid, ()))),
            ),
            {"city": (plan.city.name,), "kind": (plan.kind,), "status": (plan.status,)},
        )
        for plan in plans
    ]
    return Section(Label(f"文件（{len(plans)}）", f"Documents ({len(plans)})"), grid=Grid(heads, rows))


def _workload(loads: Sequence[Load], href: Href) -> list[Section]:
    totals = [load.total for load in loads]
    rows = [
        Bar(plain(load.body), (("lead", load.lead), ("joint", load.joint), ("support", load.support)))
        for load in loads[:HEAVIEST]
    ]
    figures = (
        Figure(str(len(loads)), Label("个部门有责任", "bodies with responsibilities")),
        Figure(f"{sum(totals):,}", Label("项责任", "responsibilities")),
        Figure(f"{top_share(totals, 3):.1%}", Label("前三个部门所占份额", "share of the three heaviest")),
        Figure(f"{effective_number(totals):.1f}", Label("等效部门数（1/HHI）", "effective number of bodies (1/HHI)")),
        Figure(f"{gini(totals):.2f}", Label("基尼系数（0 平均，1 集中）", "Gini coefficient (0 even, 1 concentrated)")),
    )
    more = len(loads) - len(rows)
    note = Label(
        f"图中为责任最多的 {len(rows)} 个部门" + (f"，其余 {more} 个见下表。" if more else "。"),
        f"The {len(rows)} heaviest bodies" + (f"; {more} more stand in the table below." if more else "."),
    )
    heads = (
        (Label("位次", "rank"), "n"),
        (Label("部门", "body"), ""),
        *((ROLES[one], "n") for one in ("lead", "joint", "support")),
        (Label("合计", "total"), "n"),
        (Label("份额", "share"), "n"),
        (Label("独自牵头", "led alone"), "n"),
    )
    table = [
        Row(
            (
                number(load.rank), text(load.body, href(load.uid)), number(load.lead), number(load.joint),
                number(load.support), number(load.total), share(load.share), number(load.solo),
            )
        )
        for load in loads
    ]  # fmt: skip
    return [
        Section(
            Label("工作量", "Workload"), note, figures,
            bars(rows, unit=Label("责任数", "responsibilities")), "workload",
            legend=True, grid=Grid(heads, table),
        ),
        Section(
            Label("集中程度", "Concentration"),
            Label(
                "洛伦兹曲线：横轴为部门累计比例（由轻到重），纵轴为责任累计比例；越弯越集中。",
                "Lorenz curve: bodies from the lightest (across) against their share of all responsibilities (up); "
                "the more it bends, the more concentrated.",
            ),
            picture=lorenz(totals, words=Label("洛伦兹曲线", "Lorenz curve")),
            name="lorenz",
        ),
    ]  # fmt: skip


def _matrix(facts: Facts, documents: set[str], evidence: Evidence, items: dict[str, object]) -> list[Section]:
    """Who leads (rows) and who supports (columns) in the same actions, for those with most."""
    proofs: defaultdict[tuple[str, str], list[Duty]] = defaultdict(list)
    for document in sorted(documents):
        for shared in facts.shared_of_documents.get(document, ()):
            for lead, support, kind, duty in shared.pairs():
                if kind == "support":
                    proofs[lead, support].append(duty)
    leads: Counter[str] = Counter()
    supports: Counter[str] = Counter()
    for (lead, support), duties in proofs.items():
        leads[lead] += len(duties)
        supports[support] += len(duties)
    if not proofs:
        return []
    rows = [uid for uid, _ in sorted(leads.items(), key=lambda pair: (-pair[1], pair[0]))[:IN_MATRIX]]
    columns = [uid for uid, _ in sorted(supports.items(), key=lambda pair: (-pair[1], pair[0]))[:IN_MATRIX]]
    cells: dict[tuple[int, int], Shade] = {}
    for row, lead in enumerate(rows):
        for column, support in enumerate(columns):
            duties = proofs.get((lead, support), [])
            if duties:
                key = f"m{row}-{column}"
                names = [short_name(facts.bodies[uid].name) for uid in (lead, support)]
                more = len(duties) - _PROOFS
                items[key] = {
                    "title": " → ".join(names),
                    "facts": [[both(Label("共同举措", "shared actions")), str(len(duties))]],
                    "evidence": [evidence.of(duty) for duty in duties[:_PROOFS]],
                    "more": both(Label(f"另有 {more} 处未列出", f"{more} more places are not listed"))
                    if more > 0
                    else None,
                }
                cells[row, column] = Shade(len(duties), len(duties) / leads[lead], key)
    note = Label(
        f"行牵头、列配合，数字为共同举措数，颜色为占该牵头部门的份额；各取最多的 {IN_MATRIX} 个，点击可看原文。",
        f"Rows lead, columns support; numbers are shared actions, shades their share of the lead's; the "
        f"{IN_MATRIX} with most of each. Click a cell for the sentences.",
    )
    picture = heat(
        [plain(facts.bodies[uid].name) for uid in rows],
        [plain(facts.bodies[uid].name) for uid in columns],
        cells,
        words=Label("牵头与配合矩阵", "lead and support matrix"),
    )  # fmt: skip
    return [Section(Label("谁牵头、谁配合", "Who leads whom"), note, picture=picture, name="lead-support")]


def _themes(facts: Facts, documents: set[str], href: Href) -> Section:
    counts: Counter[str] = Counter()
    for document in sorted(documents):
        for holder in facts.holders_of_documents.get(document, ()):
            counts.update(facts.themes_of_actions.get(holder.uid, ())[:1])
    total = sum(counts.values()) or 1
    heads = ((Label("主题", "theme"), ""), (Label("举措", "actions"), "n"), (Label("份额", "share"), "n"))
    rows = [
        Row((_term(facts, uid, href), number(count), share(count / total)))
        for uid, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    note = Label("按举措的主要主题计。", "By the main theme of each action.")
    return Section(Label("主题", "Themes"), note, grid=Grid(heads, rows))


def _term(facts: Facts, uid: str, href: Href) -> Cell:
    term = facts.terms[uid]
    return Cell(Label(term.zh, term.en), href(uid))
