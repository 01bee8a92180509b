"""What one body answers for, on two invented cities small enough to list by hand: see two_cities.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.engine import Engine
from kg.records import GraphRecords, Row
from kg.tables import checked
from queries.body import BodyReport, Promised, bodies_of, body_report
from queries.counting import Switches
from tests.queries.two_cities import EDGES, NODES, two_cities


def _target(uid: str, name: str, value: float, deadline: str | None) -> Row:
    return {
        "uid": uid, "name": name, "op": "ge", "value": value, "unit": "%", "deadline": deadline,
        "quote": f"{name}达到{value:g}%", "span_start": 1, "span_end": 2,
    }  # fmt: skip


def _with_promises() -> GraphRecords:
    """两市 with a time limit on 一/1, a target on 一/1, on its unnamed task and on the named task 一/3/(2)."""
    actions = [{**row, "due": "2025"} if row["uid"] == "a:1" else row for row in NODES["Action"]]
    tasks = [
        *NODES["Task"],
        {"uid": "t:9", "name": "任务9", "ref": "一/1/①", "form": "sentence", "text": "推行网上办理。"},
    ]
    nodes = {
        **NODES,
        "Action": actions,
        "Task": tasks,
        "Target": [
            _target("g:1", "网办率", 95, "2026"),
            _target("g:2", "办结率", 80, None),
            _target("g:3", "复核率", 60, None),
        ],
        "Instrument": [{"uid": "i:1", "name": "示例条例"}],
        "Theme": [{"uid": "h:1", "name": "政务", "name_en": "services"}],
    }
    edges = {
        **EDGES,
        ("Action", "HAS_TASK", "Task"): [
            *EDGES["Action", "HAS_TASK", "Task"],
            {"source": "a:1", "target": "t:9", "order": 1},
        ],
        ("Action", "SETS", "Target"): [{"source": "a:1", "target": "g:1"}],
        ("Task", "SETS", "Target"): [{"source": "t:9", "target": "g:2"}, {"source": "t:2", "target": "g:3"}],
        ("Task", "CITES", "Instrument"): [{"source": "t:9", "target": "i:1"}],
        ("Action", "ADDRESSES", "Theme"): [{"source": "a:1", "target": "h:1", "main": True}],
    }
    return replace(two_cities(), nodes=nodes, edges=edges)


@pytest.fixture(scope="module")
def store() -> Engine:
    return Engine.from_records(checked(_with_promises()))


def _listed(report: BodyReport) -> list[tuple[str, str, bool]]:
    return [(item.ref, item.role, item.counted) for item in report.items]


def test_everything_a_body_does_by_role_and_place(store: Engine) -> None:
    assert _listed(body_report(store, ["b:money"])) == [
        ("一", "lead", True),
        ("一/2", "joint", True),
        ("一/3/(3)", "joint", True),
        ("一/1", "support", True),
    ]


def test_duties_in_running_text_are_listed_and_not_counted(store: Engine) -> None:
    report = body_report(store, ["b:audit"])
    assert _listed(report)[-1] == ("一/1", "lead", False)
    [load] = report.loads
    assert (load.lead, load.joint, load.support, load.total, load.rank) == (2, 2, 0, 4, 1)
    assert load.share == pytest.approx(4 / 11)


def test_an_action_answers_for_its_tasks_that_name_nobody(store: Engine) -> None:
    first = body_report(store, ["b:data"]).items[0]
    assert (first.ref, first.heading, first.text, first.due, first.theme_en) == ("一/1", "", None, "2025", "services")
    assert first.targets == (
        Promised("网办率", "≥95%", "2026", "网办率达到95%"),
        Promised("办结率", "≥80%", None, "办结率达到80%"),
    )
    assert first.instruments == ("示例条例",)
    assert (first.leads, first.supports) == ((), ("市财政局",))


def test_a_task_answers_for_its_own_targets_alone(store: Engine) -> None:
    items = {item.ref: [target.name for target in item.targets] for item in body_report(store, ["b:audit"]).items}
    assert items["一/3/(2)"] == ["复核率"]
    assert items["一/3/(1)"] == items["一/2"] == []


def test_partners_are_those_that_count(store: Engine) -> None:
    noted = body_report(store, ["b:data"], switches=Switches(notes=True, collectives=True)).items[0]
    assert noted.supports == ("开发区", "市财政局", "各区县政府")


def test_only_cities_that_name_the_body_are_counted(store: Engine) -> None:
    report = body_report(store, ["b:plan"])
    assert [behind.source.city for behind in report.documents] == ["乙市"]
    assert sum(row.responsibilities for row in report.counting) == 2  # one printed, one inherited


def test_studies_are_no_plans(store: Engine) -> None:
    assert "d:3" not in {item.source.uid for item in body_report(store, ["b:data"]).items}


def test_a_line_of_work_is_all_bodies_that_do_it(store: Engine) -> None:
    assert bodies_of(store, "f:check") == ["b:audit", "b:money"]
    report = body_report(store, bodies_of(store, "f:check"))
    assert {load.uid for load in report.loads} == {"b:audit", "b:money"}


def test_pandas_gives_a_row_an_item(store: Engine) -> None:
    frame = body_report(store, ["b:money"]).to_pandas()
    assert list(frame["role"]) == ["lead", "joint", "joint", "support"]
    assert frame.columns[0] == "document"
