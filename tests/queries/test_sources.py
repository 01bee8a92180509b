"""The documents behind figures: places told apart, years, and how a place is named."""

from __future__ import annotations

import pytest

from kg.engine import Engine
from kg.records import GraphRecords, Row
from kg.tables import checked
from ontology.errors import UsageError
from queries.sources import cities_of, sources


@pytest.fixture(scope="module")
def store() -> Engine:
    """Two places called 中区, of two provinces, one plan each; 示例市 only has a study."""
    cities: list[Row] = [
        {"uid": "c1", "name": "中区", "adcode": "110102"},
        {"uid": "c2", "name": "中区", "adcode": "120102"},
        {"uid": "c3", "name": "示例市", "adcode": "130100"},
    ]
    documents: list[Row] = [
        {"uid": "d1", "name": "方案一", "kind": "plan", "issued": "2023-05-06", "period_start": 2024},
        {"uid": "d2", "name": "方案二", "kind": "plan", "period_start": 2021, "period_end": 2025},
        {"uid": "d3", "name": "研究", "kind": "study"},
    ]
    records = GraphRecords(
        {"City": cities, "Document": documents},
        {
            ("City", "ISSUED", "Document"): [{"source": "c1", "target": "d1"}, {"source": "c2", "target": "d2"}],
            ("Document", "ABOUT", "City"): [{"source": "d3", "target": "c3"}],
        },
        {},
        (),
        (),
    )
    return Engine.from_records(checked(records))


def test_places_of_one_name_carry_their_code(store: Engine) -> None:
    assert cities_of(sources(store).values()) == ["中区（110102）", "中区（120102）", "示例市"]


def test_the_year_is_that_of_issue_else_the_first_of_the_period(store: Engine) -> None:
    found = sources(store)
    assert [(source.year, source.counted) for source in found.values()] == [(2023, True), (2021, True), (None, False)]


@pytest.mark.parametrize(
    ("wanted", "uids"),
    [("110102", ["d1"]), ("中区", ["d1", "d2"]), ("中区（120102）", ["d2"]), (["中", "示例"], ["d1", "d2", "d3"])],
)
def test_a_place_goes_by_name_short_name_or_code(store: Engine, wanted: str | list[str], uids: list[str]) -> None:
    assert list(sources(store, wanted)) == uids


def test_an_unknown_place_is_answered_with_those_there_are(store: Engine) -> None:
    with pytest.raises(UsageError, match="cities in it: 中区（110102）、中区（120102）、示例市"):
        sources(store, "乙市")
