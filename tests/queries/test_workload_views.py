"""Workload by theme, of two cities side by side, over cities, and as a list: see two_cities.py for the counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.engine import Engine
from kg.tables import checked
from ontology.errors import UsageError
from queries.comparison import comparison
from queries.counting import By, Level
from queries.workload import workload
from queries.workload_list import responsibilities
from queries.workload_themes import workload_by_theme
from tests.queries.two_cities import EDGES, NODES, two_cities

# 一/1 and 一/3 are about services, 一/2 about money; 乙市's action is about money. One theme is not the main one.
THEMES = [
    ("a:1", "h:services", True),
    ("a:3", "h:services", True),
    ("a:2", "h:money", True),
    ("a:4", "h:money", True),
    ("a:2", "h:services", False),
]


@pytest.fixture(scope="module")
def store() -> Engine:
    """The two cities, with themes, and 发改局 of 乙市 doing 财政 as well."""
    themes = [
        {"uid": "h:services", "name": "政务", "name_en": "services"},
        {"uid": "h:money", "name": "财税", "name_en": None},
    ]
    addresses = [{"source": action, "target": theme, "main": main} for action, theme, main in THEMES]
    performs = [*EDGES["Department", "PERFORMS", "Function"], {"source": "b:plan", "target": "f:money"}]
    records = replace(
        two_cities(),
        nodes={**NODES, "Theme": themes},
        edges={
            **EDGES,
            ("Action", "ADDRESSES", "Theme"): addresses,
            ("Department", "PERFORMS", "Function"): performs,
        },
    )
    return Engine.from_records(checked(records))


def test_a_responsibility_belongs_to_the_main_theme_of_its_action(store: Engine) -> None:
    rows = {
        row.theme: (row.actions, row.bodies, row.lead, row.joint, row.support, row.total)
        for row in workload_by_theme(store, city="甲市").loads
    }
    assert rows == {
        "政务": (2, 3, 3, 2, 2, 7),  # 一/1: 数据 leads, 财政 supports; (1): 审计, 数据; (2): 审计; (3): 财政, 审计
        "财税": (1, 3, 0, 3, 0, 3),
        "": (1, 1, 1, 0, 0, 1),  # the heading
    }


def test_each_theme_names_who_leads_most_of_it(store: Engine) -> None:
    rows = workload_by_theme(store).loads
    assert [(row.city, row.theme_en, row.leader, row.leads, row.rank) for row in rows] == [
        ("甲市", "services", "市审计局", 3, 1),
        ("甲市", "财税", "市审计局", 1, 2),
        ("甲市", "", "市财政局", 1, 3),
        ("乙市", "财税", "市发改局", 1, 1),
    ]
    assert rows[0].share == pytest.approx(7 / 11)


def test_two_cities_compare_by_shares(store: Engine) -> None:
    report = comparison(store, "甲市", "乙市")
    # 甲市: 监督检查 6, 财政 4, 数据 3 of 13; 乙市: 财政 1 of 1.
    assert [(row.name, row.first_total, row.second_total) for row in report.shares] == [
        ("财政", 4, 1),
        ("监督检查", 6, 0),
        ("数据", 3, 0),
    ]
    first = report.shares[0]
    assert (first.first, first.second, first.difference) == (pytest.approx(4 / 13), 1, pytest.approx(-9 / 13))
    assert (first.first_leads, first.second_leads) == (pytest.approx(3 / 4), 1)
    assert report.similarity == pytest.approx(4 / 13)


def test_two_cities_compare_by_theme(store: Engine) -> None:
    report = comparison(store, "乙", "甲", by="theme")
    assert (report.first, report.second) == ("乙市", "甲市")
    assert report.similarity == pytest.approx(3 / 11)
    assert report.shares[0].name == "财税"


def test_a_comparison_needs_two_cities(store: Engine) -> None:
    with pytest.raises(UsageError, match="one city"):
        comparison(store, "甲", "甲市")
    with pytest.raises(UsageError, match="no document of '丙市'"):
        comparison(store, "甲", "丙市")


def test_lines_of_work_are_compared_over_cities(store: Engine) -> None:
    rows = {row.function: row for row in workload(store, by="function").across}
    money = rows["财政"]
    assert (money.cities, money.least_city, money.most_city, money.most) == (2, "甲市", "乙市", 1)
    assert money.share == pytest.approx((4 / 13 + 1) / 2)
    assert money.leads == pytest.approx((3 / 4 + 1) / 2)
    assert rows["数据"].cities == 1
    assert workload(store).across == ()


@pytest.mark.parametrize("level", ["printed", "action"])
@pytest.mark.parametrize("by", ["department", "function"])
def test_a_list_holds_what_a_row_counts(store: Engine, by: By, level: Level) -> None:
    report = workload(store, by=by, level=level)
    for load in report.loads:
        rows = responsibilities(store, of=load.uid, city=load.city, by=by, level=level).rows
        counts = [sum(row.role == role for row in rows) for role in ("lead", "joint", "support")]
        assert counts == [load.lead, load.joint, load.support], load


def test_a_list_by_theme_holds_every_body(store: Engine) -> None:
    rows = responsibilities(store, of="政务", by="theme").rows
    assert [(row.body, row.role, row.ref) for row in rows] == [
        ("市数据局", "lead", "一/1"),
        ("市审计局", "lead", "一/3/(1)"),
        ("市审计局", "lead", "一/3/(2)"),
        ("市审计局", "joint", "一/3/(3)"),
        ("市财政局", "joint", "一/3/(3)"),
        ("市财政局", "support", "一/1"),
        ("市数据局", "support", "一/3/(1)"),
    ]


def test_a_part_of_a_name_is_enough_and_an_unknown_one_is_told(store: Engine) -> None:
    assert {row.body for row in responsibilities(store, of="审计").rows} == {"市审计局"}
    with pytest.raises(UsageError, match="no row '气象局'"):
        responsibilities(store, of="气象局")


def test_pandas_gives_a_row_each(store: Engine) -> None:
    assert len(workload_by_theme(store).to_pandas()) == 4
    assert len(comparison(store, "甲市", "乙市").to_pandas()) == 3
    assert len(responsibilities(store, of="审计").to_pandas()) == 4


def test_lines_of_work_and_themes_go_by_their_english_names_where_asked(store: Engine) -> None:
    functions = [{"uid": "f:data", "name": "数据", "name_en": "Data"}, *NODES["Function"][1:]]
    english = Engine.from_records(checked(replace(two_cities(), nodes={**NODES, "Function": functions})))
    names = {load.body for load in workload(english, city="甲市", by="function", english=True).loads}
    assert names == {"Data", "财政", "监督检查"}  # those without an English name keep theirs
    assert {row.of for row in responsibilities(store, of="h:services", by="theme", english=True).rows} == {"services"}
