"""The page of dependencies: who cannot deliver without whom, and which bodies hold a plan together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.output import Label
from kg.views.charts import Bar, bars
from kg.views.city import base_of
from kg.views.document import Href, nowhere
from kg.views.facts import Facts
from kg.views.page import Page
from kg.views.sections import Cell, Filter, Grid, Row, Section, number, sections_page, share, text
from kg.views.words import plain
from queries.dependencies import Crowd, DependencyReport, Member, Pair

MOST_PAIRS, MOST_CROWDS, MOST_ASKED = 300, 300, 15


def dependencies_page(facts: Facts, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of dependencies of every city of the graph."""
    report = facts.dependencies
    cities = [network.city for network in report.networks]
    sections = [
        _networks(report),
        _asked(report.members),
        _members(report, href),
        _pairs(report.pairs, href),
        _crowds(report.crowds, facts, href),
    ]
    return sections_page(
        Label("部门间依赖", "Dependencies between bodies"),
        sections,
        lead=base_of(list(facts.documents.values())),
        filters=(Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),),
        home=home,
    )


def _more(total: int, most: int) -> Label:
    left = max(0, total - most)
    return Label(f"另有 {left} 行未列出。" if left else "", f"{left} more rows are not listed." if left else "")


def _networks(report: DependencyReport) -> Section:
    heads = (
        (Label("城市", "city"), ""),
        (Label("部门", "bodies"), "n"),
        (Label("有联系的对数", "tied pairs"), "n"),
        (Label("密度", "density"), "n"),
        (Label("关键节点", "single points"), "n"),
        (Label("协作群", "groups"), "n"),
        (Label("多部门举措", "shared actions"), "n"),
    )
    rows = [
        Row(
            (
                text(one.city), number(one.bodies), number(one.ties), share(one.density or 0.0),
                number(one.single_points), number(one.groups), number(one.shared),
            ),
            {"city": (one.city,)},
        )
        for one in report.networks
    ]  # fmt: skip
    note = Label(
        "两个部门在同一举措中牵头与配合，或共同牵头，即有联系；密度为实有联系占可能联系的份额；关键节点：没有它，其他部门会失去联系。",
        "Two bodies are tied where one leads and the other supports an action, or both lead it. Density: tied pairs of "
        "all possible. Single point: without it others lose touch.",
    )
    return Section(Label("各城市", "Cities"), note, grid=Grid(heads, rows))


def _asked(members: Sequence[Member]) -> Section:
    """The bodies that most others ask for support."""
    ordered = sorted(members, key=lambda one: (-one.asked_by, -one.asked_actions, one.uid))[:MOST_ASKED]
    several = len({one.city for one in members}) > 1
    rows = [
        Bar(plain(f"{one.body}（{one.city}）" if several else one.body), (("support", one.asked_by),))
        for one in ordered
    ]
    note = Label("有多少个牵头部门要它配合。", "How many leads ask it for support.")
    picture = bars(rows, unit=Label("要求配合的部门数", "bodies that ask for it"), name_letters=22)
    return Section(Label("被要求配合最多的部门", "Asked by most"), note, picture=picture, name="asked")


def _members(report: DependencyReport, href: Href) -> Section:
    heads = (
        (Label("城市", "city"), ""),
        (Label("部门", "body"), ""),
        (Label("联系部门", "partners"), "n"),
        (Label("要求它配合的部门", "asked by"), "n"),
        (Label("它要求配合的部门", "asks"), "n"),
        (Label("共同牵头部门", "leads with"), "n"),
        (Label("中介度", "betweenness"), "n"),
        (Label("失去它会断开", "cut off without it"), "n"),
    )
    ordered = sorted(report.members, key=lambda one: (-one.betweenness, -one.partners, one.uid))
    rows = [
        Row(
            (
                text(one.city), text(one.body, href(one.uid)), number(one.partners), number(one.asked_by),
                number(one.asks), number(one.joint), share(one.betweenness), number(one.cuts_off),
            ),
            {"city": (one.city,)},
        )
        for one in ordered
    ]  # fmt: skip
    note = Label(
        "中介度：其他部门之间最短联系路径中经过它的份额（本市内，0–100%）。",
        "Betweenness: the part of the shortest paths between two others that runs through it (in its city).",
    )
    return Section(Label(f"部门（{len(rows)}）", f"Bodies ({len(rows)})"), note, grid=Grid(heads, rows))


def _pairs(pairs: Sequence[Pair], href: Href) -> Section:
    heads = (
        (Label("城市", "city"), ""),
        (Label("甲", "first"), ""),
        (Label("乙", "second"), ""),
        (Label("共同举措", "shared actions"), "n"),
        (Label("甲牵头乙配合", "first leads"), "n"),
        (Label("乙牵头甲配合", "second leads"), "n"),
        (Label("共同牵头", "joint"), "n"),
        (Label("重合度", "overlap"), "n"),
    )
    ordered = sorted(pairs, key=lambda one: (-one.actions, one.city, one.first_uid, one.second_uid))
    rows = [
        Row(
            (
                text(one.city), text(one.first, href(one.first_uid)), text(one.second, href(one.second_uid)),
                number(one.actions), number(one.first_asks), number(one.second_asks), number(one.joint),
                share(one.overlap),
            ),
            {"city": (one.city,)},
        )
        for one in ordered[:MOST_PAIRS]
    ]  # fmt: skip
    more = _more(len(ordered), MOST_PAIRS)
    note = Label(
        f"重合度：共同举措占举措较少一方全部举措的份额。{more.zh}",
        f"Overlap: shared actions of all actions of the body that has fewer. {more.en}",
    )
    return Section(Label("共事最多的两个部门", "Pairs with most shared work"), note, grid=Grid(heads, rows))


def _crowds(crowds: Sequence[Crowd], facts: Facts, href: Href) -> Section:
    heads = (
        (Label("城市", "city"), ""),
        (Label("举措", "action"), ""),
        (Label("部门数", "bodies"), "n"),
        (Label("牵头", "leads"), "n"),
        (Label("配合", "supports"), "n"),
        (Label("沟通线", "channels"), "n"),
    )
    ordered = sorted(crowds, key=lambda one: (-one.bodies, one.uid))
    rows = []
    for one in ordered[:MOST_CROWDS]:
        holder = facts.holders[one.uid]
        way = href(holder.document)
        cells = (
            text(one.city), Cell(plain(f"{one.ref} {one.heading}"), f"{way}#p{holder.span[0]}" if way else None),
            number(one.bodies), number(one.leads), number(one.supports), number(one.channels),
        )  # fmt: skip
        rows.append(Row(cells, {"city": (one.city,)}))
    more = _more(len(ordered), MOST_CROWDS)
    note = Label(
        f"沟通线：n 个部门之间两两沟通，共 n(n−1)/2 条。{more.zh}",
        f"Channels: n bodies have n(n − 1)/2 pairs that must talk. {more.en}",
    )
    return Section(Label("牵涉部门最多的举措", "Actions with most bodies"), note, grid=Grid(heads, rows))
