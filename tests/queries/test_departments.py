"""Printed names and their bodies, on the small graph made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.engine import Engine
from kg.tables import checked
from ontology.errors import UsageError
from queries.departments import Work, departments, printed_names
from queries.review import evidence_of, is_unreviewed, open_actions
from tests.kg.small_graph import EDGES, NODES, small_graph


@pytest.fixture(scope="module")
def store() -> Engine:
    return Engine.from_records(checked(small_graph()))


def test_every_name_stands_once_a_document_with_its_body_and_how_often_it_leads(store: Engine) -> None:
    rows = [
        (row.doc, row.city, row.name, row.department.uid, row.department.kind, row.leads, row.supports)
        for row in printed_names(store)
    ]
    # 甲局: two edges at the action, one at the section; the task only inherits.
    assert rows == [
        ("方案.txt", "示例市", "乙局", "990100/乙", "bureau", 0, 1),
        ("方案.txt", "示例市", "甲局", "990100/甲", "bureau", 3, 0),
    ]


def test_a_city_is_named_by_name_code_or_short_name(store: Engine) -> None:
    assert len(printed_names(store, city="示例市")) == len(printed_names(store, city=["示例", "990100"])) == 2
    assert printed_names(store, city="示例省") == []
    with pytest.raises(UsageError, match="no document of '乙市'") as raised:
        printed_names(store, city="乙市")
    assert raised.value.advice == "cities in it: 示例省、示例市"


def test_the_line_of_work_a_combined_name_adds_comes_last() -> None:
    performs = EDGES["Department", "PERFORMS", "Function"]
    beside = {"source": "990100/甲", "target": "f-乙", "why": "scheme, part of the name: 乙类工作"}
    records = replace(
        small_graph(),
        nodes={**NODES, "Function": [*NODES["Function"], {"uid": "f-乙", "name": "乙类工作", "name_en": None}]},
        edges={**EDGES, ("Department", "PERFORMS", "Function"): [beside, *performs]},
    )
    body = departments(Engine.from_records(checked(records)))["990100/甲"]
    assert body.works == (
        Work("f-甲", "甲类工作", "kind A work", "name"),
        Work("f-乙", "乙类工作", "乙类工作", "scheme, part of the name: 乙类工作"),
    )
    assert body.aliases == ("甲局", "市甲局")


def test_a_body_without_a_line_of_work_is_unreviewed(store: Engine) -> None:
    assert {uid: is_unreviewed(body) for uid, body in departments(store).items()} == {
        "990100/甲": False,
        "990100/乙": True,
    }


def test_evidence_is_the_sentence_and_how_often_the_name_is_printed(store: Engine) -> None:
    [(key, evidence)] = evidence_of(store, ["990100/甲"]).items()
    assert key == ("990100/甲", "甲局")
    assert (evidence.times, evidence.quote, evidence.where) == (3, "（甲局牵头，乙局配合）", "d1/a1")


def test_an_action_without_a_main_theme_is_open_with_the_words_around_it() -> None:
    unsure = [{**row, "main": False} for row in EDGES["Action", "ADDRESSES", "Theme"]]
    records = replace(small_graph(), edges={**EDGES, ("Action", "ADDRESSES", "Theme"): unsure})
    [action] = open_actions(Engine.from_records(checked(records)))
    assert (action.uid, action.title, action.heading) == ("d1/a1", "示例市便民改革方案", "压缩办理时限")
    assert action.body == "办理时限压缩至3个工作日以内。"
    assert open_actions(Engine.from_records(checked(small_graph()))) == []
