"""Indicators × cities, on two invented cities small enough to fill the cells by hand: see two_cities.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.engine import Engine
from kg.tables import checked
from ontology.vocabulary import vocabulary
from queries.body import Promised
from queries.indicators import Cell, IndicatorReport, Scheme, indicators
from tests.queries.two_cities import EDGES, NODES, two_cities

NATIONAL = 18
B_READY = 10


@pytest.fixture(scope="module")
def store() -> Engine:
    """甲市: 一/1 and 一/3 on entry, 一/3 also touches tax; 一/2 on tax. 乙市's action on entry, the study's as well.

    Targets: one of 一/1, one of the task 一/3/(1), one of 一/2.
    """
    themes = [
        {"uid": "h:entry", "name": "准入", "scheme": "b-ready:Business Entry；national:开办企业"},
        {"uid": "h:tax", "name": "税", "scheme": "b-ready:Taxation；national:纳税"},
        {"uid": "h:other", "name": "别的", "scheme": None},
    ]
    addresses = [
        {"source": action, "target": theme, "main": main}
        for action, theme, main in (
            ("a:1", "h:entry", True), ("a:3", "h:entry", True), ("a:3", "h:tax", False), ("a:2", "h:tax", True),
            ("a:2", "h:other", False), ("a:4", "h:entry", True), ("a:5", "h:entry", True),
        )
    ]  # fmt: skip
    targets = [
        {"uid": f"g:{n}", "name": f"目标{n}", "op": "le", "value": n, "unit": "天", "deadline": "2025", "quote": "…",
         "span_start": n}
        for n in (1, 2, 3)
    ]  # fmt: skip
    records = replace(
        two_cities(),
        nodes={**NODES, "Theme": themes, "Target": targets, "Indicator": [{"uid": "n:1", "name": "时长"}]},
        edges={
            **EDGES,
            ("Action", "ADDRESSES", "Theme"): addresses,
            ("Action", "SETS", "Target"): [{"source": "a:1", "target": "g:1"}, {"source": "a:2", "target": "g:3"}],
            ("Task", "SETS", "Target"): [{"source": "t:1", "target": "g:2"}],
            ("Target", "MEASURES", "Indicator"): [{"source": f"g:{n}", "target": "n:1"} for n in (1, 2, 3)],
        },
    )
    return Engine.from_records(checked(records))


def _cell(report: IndicatorReport, notation: str, city: str) -> Cell:
    [found] = [cell for cell in report.cells if (cell.notation, cell.city) == (notation, city)]
    return found


def test_a_cell_says_who_leads_what_with_which_targets(store: Engine) -> None:
    cell = _cell(indicators(store), "开办企业", "甲市")
    assert [measure.ref for measure in cell.measures] == ["一/1", "一/3"]
    # 数据 leads 一/1 itself, 审计 two tasks of 一/3 alone and one jointly, 财政 one task jointly.
    assert cell.leads == (("市数据局", 1), ("市审计局", 1), ("市财政局", 1))
    assert cell.supports == 0
    assert cell.targets == (Promised("目标1", "≤1天", "2025", "…"), Promised("目标2", "≤2天", "2025", "…"))
    assert [(source.status, source.year) for source in cell.sources] == [("draft", 2024)]


def test_an_action_that_only_touches_an_indicator_is_counted_apart(store: Engine) -> None:
    report = indicators(store)
    assert len(_cell(report, "纳税", "甲市").measures) == 1
    assert _cell(report, "纳税", "甲市").besides == 1


def test_an_empty_cell_stays_and_studies_fill_none(store: Engine) -> None:
    report = indicators(store)
    assert report.cities == ("甲市", "乙市")
    assert len(report.cells) == NATIONAL * 2
    assert _cell(report, "纳税", "乙市").is_empty
    assert [measure.uid for measure in _cell(report, "开办企业", "乙市").measures] == ["a:4"]


def test_indicators_over_cities_name_the_line_of_work_that_leads(store: Engine) -> None:
    rows = {row.indicator.notation: row for row in indicators(store).over_cities}
    entry = rows["开办企业"]
    assert (entry.cities, entry.measures, entry.targets) == (2, 3, 2)
    # 甲市: 数据, 财政 and 监督检查 all lead there; 乙市's body has no line of work. The first by name stands.
    assert (entry.leader, entry.leader_cities) == ("数据", 1)
    assert (rows["办理破产"].cities, rows["办理破产"].leader) == (0, "")


@pytest.mark.parametrize(("scheme", "number"), [("national", NATIONAL), ("b-ready", B_READY)])
def test_every_indicator_of_a_scheme_has_a_theme(scheme: Scheme, number: int) -> None:
    store = Engine.from_records(
        checked(
            replace(
                two_cities(),
                nodes={
                    **NODES,
                    "Theme": [
                        {"uid": theme.uid, "name": theme.zh, "scheme": "；".join(theme.notations) or None}
                        for theme in vocabulary().themes.values()
                    ],
                },
            )
        )
    )
    found = indicators(store, scheme=scheme).indicators
    assert len(found) == number
    assert all(indicator.themes for indicator in found)
    notations = {
        notation.partition(":")[2]
        for theme in vocabulary().themes.values()
        for notation in theme.notations
        if notation.startswith(f"{scheme}:")
    }
    assert {indicator.notation for indicator in found} == notations


def test_pandas_gives_a_row_a_cell(store: Engine) -> None:
    frame = indicators(store, scheme="b-ready", city="甲市").to_pandas()
    assert len(frame) == B_READY
    assert frame.loc[frame["notation"] == "Business Entry", "measures"].item() == 2
