"""Who is tied to whom, on two invented cities small enough to count by hand: see two_cities.py.

In 甲市, where it is printed: 一/1 数据 asks 财政; 一/2 all three lead jointly; 一/3/(1) 审计 asks 数据; 一/3/(3) 财政 and
审计 lead jointly. 财政 leads the heading 一 and 审计 一/3/(2) alone.
"""

from __future__ import annotations

import pytest

from kg.engine import Engine
from kg.tables import checked
from queries.absence import absence
from queries.counting import Switches
from queries.dependencies import DependencyReport, dependencies
from tests.queries.two_cities import two_cities


@pytest.fixture(scope="module")
def store() -> Engine:
    return Engine.from_records(checked(two_cities()))


def _pairs(report: DependencyReport) -> dict[tuple[str, str], tuple[int, ...]]:
    """Bodies → actions, entries, first asks, second asks, joint."""
    return {
        (row.first, row.second): (row.actions, row.entries, row.first_asks, row.second_asks, row.joint)
        for row in report.pairs
    }


def test_a_network_counts_shared_actions(store: Engine) -> None:
    network, other = dependencies(store).networks
    assert (network.city, network.actions, network.shared) == ("甲市", 4, 3)  # the heading 一, 一/1, 一/2, 一/3
    assert (network.bodies, network.alone, network.ties, network.density) == (3, 0, 3, 1)
    assert (network.parts, network.single_points) == (1, 0)
    assert (other.city, other.actions, other.shared, other.bodies, other.alone, other.ties) == ("乙市", 1, 0, 1, 1, 0)


def test_pairs_say_who_asks_whom_and_who_leads_together(store: Engine) -> None:
    report = dependencies(store, city="甲市")
    assert _pairs(report) == {
        ("市审计局", "市数据局"): (2, 2, 1, 0, 1),  # jointly 一/2, asks in 一/3/(1)
        ("市审计局", "市财政局"): (2, 2, 0, 0, 2),  # jointly 一/2 and 一/3/(3)
        ("市数据局", "市财政局"): (2, 2, 1, 0, 1),  # asks in 一/1, jointly 一/2
    }
    # 审计 is named in 一/2 and 一/3, 数据 in 一/1, 一/2 and 一/3, 财政 in all four.
    assert {(row.first, row.second): row.overlap for row in report.pairs} == {
        ("市审计局", "市数据局"): 1,
        ("市审计局", "市财政局"): 1,
        ("市数据局", "市财政局"): pytest.approx(2 / 3),
    }


def test_members_have_partners_askers_and_asked(store: Engine) -> None:
    rows = {
        row.body: (row.partners, row.asked_by, row.asked_actions, row.asks, row.asks_actions, row.joint)
        for row in dependencies(store, city="甲市").members
    }
    assert rows == {
        "市审计局": (2, 0, 0, 1, 1, 2),
        "市数据局": (2, 1, 1, 1, 1, 2),
        "市财政局": (2, 1, 1, 0, 0, 2),
    }


def test_askings_name_the_places(store: Engine) -> None:
    rows = dependencies(store, city="甲市").askings
    assert [(row.lead, row.support, row.actions, row.share, row.refs) for row in rows] == [
        ("市审计局", "市数据局", 1, 1, ("一/3/(1)",)),
        ("市数据局", "市财政局", 1, 1, ("一/1",)),
    ]


def test_level_action_ties_what_one_action_names(store: Engine) -> None:
    # 一/3: 审计 leads, 财政 leads jointly, 数据 supports: 财政 asks 数据 as well.
    assert _pairs(dependencies(store, city="甲市", level="action")) == {
        ("市审计局", "市数据局"): (2, 2, 1, 0, 1),
        ("市审计局", "市财政局"): (2, 2, 0, 0, 2),
        ("市数据局", "市财政局"): (3, 3, 1, 1, 1),
    }


def test_a_list_without_a_lead_can_be_read_by_order(store: Engine) -> None:
    # 一/2 prints 财政 first: it asks 数据 and 审计, who do not meet there.
    assert _pairs(dependencies(store, city="甲市", reading="order")) == {
        ("市审计局", "市数据局"): (1, 1, 1, 0, 0),
        ("市审计局", "市财政局"): (2, 2, 0, 1, 1),
        ("市数据局", "市财政局"): (2, 2, 1, 1, 0),
    }


def test_crowded_actions_count_the_channels_between_their_bodies(store: Engine) -> None:
    rows = [(row.ref, row.bodies, row.leads, row.supports, row.channels) for row in dependencies(store).crowds]
    assert rows == [("一/2", 3, 3, 0, 3), ("一/3", 3, 2, 1, 3), ("一/1", 2, 1, 1, 1)]
    noted = dependencies(store, switches=Switches(notes=True, collectives=True)).crowds
    assert [(row.ref, row.bodies, row.channels) for row in noted] == [("一/2", 4, 6), ("一/1", 4, 6), ("一/3", 3, 3)]


def test_lines_of_work_are_tied_by_different_bodies_only(store: Engine) -> None:
    # 财政局 does 财政 and 监督检查; that it leads the heading alone ties the two to nothing.
    report = dependencies(store, city="甲市", by="function")
    assert _pairs(report) == {
        ("监督检查", "数据"): (3, 3, 1, 1, 1),  # 一/1: 数据 asks 财政局; 一/2 jointly; (1): 审计 asks 数据
        ("监督检查", "财政"): (2, 2, 0, 0, 2),  # 审计 and 财政局 lead 一/2 and (3) jointly
        ("数据", "财政"): (2, 2, 1, 0, 1),
    }


def test_cities_compare_by_shares_of_their_shared_actions(store: Engine) -> None:
    report = dependencies(store)
    rows = {row.function: (row.city, row.asks, row.asked, row.joint, row.reach) for row in report.in_cities}
    third = pytest.approx(1 / 3)
    assert rows == {
        "数据": ("甲市", third, third, third, 1),
        "监督检查": ("甲市", third, third, pytest.approx(2 / 3), 1),
        "财政": ("甲市", 0, third, pytest.approx(2 / 3), 1),
    }
    assert {(row.function, row.cities, row.most_asked_city) for row in report.across} == {
        ("数据", 1, "甲市"),
        ("监督检查", 1, "甲市"),
        ("财政", 1, "甲市"),
    }


def test_without_a_body_some_actions_lose_their_lead_and_some_their_support(store: Engine) -> None:
    report = absence(store, "b:data")
    assert [(row.ref, row.effect, row.leads, row.supports) for row in report.losses] == [
        ("一/1", "no lead", (), ("市财政局",)),
        ("一/3/(1)", "no support", ("市审计局",), ()),
        ("一/2", "fewer leads", ("市审计局", "市财政局"), ()),
    ]
    assert [(row.lead, row.entries, row.asks, row.share, row.only) for row in report.waiting] == [
        ("市审计局", 1, 1, 1, 1)
    ]
    assert report.cut_off == ()
    assert [behind.source.name for behind in report.documents] == ["甲市方案"]


def test_pandas_gives_a_row_a_body_and_a_row_a_loss(store: Engine) -> None:
    assert list(dependencies(store, city="甲市").to_pandas()["partners"]) == [2, 2, 2]
    assert list(absence(store, "b:data").to_pandas()["effect"]) == ["no lead", "no support", "fewer leads"]
