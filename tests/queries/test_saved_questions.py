"""Every saved question, held to its header, to rows worked out by hand, and to the record tables, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.engine import Engine
from kg.neo4j.load import load
from kg.overlap.edges import with_overlaps
from kg.records import GraphRecords, Row
from kg.store import open_store
from kg.tables import checked, ontology_schema
from loaders.reader import read_file
from queries.rows import Store
from queries.saved import SavedQuery, ask, saved_queries
from tests.kg.neo4j_helpers import emptied, folder_of
from tests.queries.saved_graph import EXPECTED, HAND
from tests.queries.truth import ANSWERS, Truth

Opened = Callable[[str, GraphRecords], Store]
"""Gives the store that holds a graph, by the graph's name; each graph is loaded once."""


@pytest.fixture(scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    if request.param == "embedded":
        yield _embedded()
        return
    server = request.getfixturevalue("neo4j_server")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield _on_neo4j(server.address, tmp_path_factory)


def _embedded() -> Opened:
    known = frozenset(ontology_schema().nodes) | frozenset(ontology_schema().edges)
    stores: dict[str, Store] = {}

    def opened(name: str, records: GraphRecords) -> Store:
        if name not in stores:
            stores[name] = Engine.from_records(records, known)
        return stores[name]

    return opened


def _on_neo4j(address: str, folders: pytest.TempPathFactory) -> Opened:
    """A Community server has one database: it holds the graph that was asked for last."""
    store: dict[str, Store] = {}

    def opened(name: str, records: GraphRecords) -> Store:
        if name not in store:
            store.clear()
            with emptied(address) as connection:
                load(folder_of(records, folders.mktemp(name) / "graph"), connection)
            store[name] = open_store(address)
        return store[name]

    return opened


class _Tables:
    """The record tables as an opened graph gives them."""

    def __init__(self, records: GraphRecords) -> None:
        self._records = records

    def nodes(self, label: str) -> list[Row]:
        return list(self._records.nodes.get(label, ()))

    def edges(self, relation: str) -> list[Row]:
        return [row for (_, name, _), rows in self._records.edges.items() if name == relation for row in rows]


def _truth(records: GraphRecords) -> Truth:
    return Truth(_Tables(records), records.nodes)  # type: ignore[arg-type]


_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,), "code": (str,), "texts": (list,), "count": (int,), "share": (float,), "ratio": (float,), "decimal": (float,),
    "number": (int, float), "flag": (bool,), "id": (str, int, list),
}  # fmt: skip


@pytest.mark.parametrize("name", saved_queries())
def test_a_question_keeps_its_header_and_answers_with_the_rows_worked_out_by_hand(engine: Opened, name: str) -> None:
    query, (given, expected) = saved_queries()[name], EXPECTED[name]
    rows = ask(engine("hand", checked(HAND)), name, **given)
    assert rows.columns == tuple(column.name for column in query.columns)
    assert rows.warnings == ()
    shown = [column.name for column in query.columns if column.kind != "id"]
    assert [tuple(row[key] for key in shown) for row in rows] == expected
    for row in rows:
        for column in query.columns:
            value = row[column.name]
            assert value is None or isinstance(value, _TYPES[column.kind]), (column.name, value)


def _files(name: str, request: pytest.FixtureRequest) -> GraphRecords:
    folder: Path = request.getfixturevalue(name if name == "samples" else "shared")
    files = sorted((folder if name == "samples" else folder / "seeds").glob("*.txt"))
    return checked(with_overlaps(assemble([read_file(file) for file in files])))


GRAPHS: dict[str, GraphRecords] = {}

SWITCHED: Mapping[str, object] = {"notes": True, "collectives": True, "min_shared": 1, "min_rate": 0.5, "min_bodies": 2}
"""A second value for parameters that have a default."""

CHOSEN: Mapping[str, Mapping[str, str]] = {
    "samples": {
        "body": "市税务局",
        "first": "青墟市",
        "second": "河望市",
        "city": "青墟",
        "theme": "政务服务",
        "function": "发展和改革",
    },
    "seeds": {
        "body": "市财政局",
        "first": "巴中市",
        "second": "自贡市",
        "city": "5103",
        "theme": "政务服务",
        "function": "人民银行",
    },
}
COMMON = {"indicator": "", "instrument": "条例"}


@pytest.mark.parametrize("name", saved_queries())
@pytest.mark.parametrize("graph", ["samples", "seeds"])
def test_a_question_agrees_with_the_record_tables(
    engine: Opened, name: str, graph: str, request: pytest.FixtureRequest
) -> None:
    records = GRAPHS.setdefault(graph, GRAPHS.get(graph) or _files(graph, request))
    truths = TRUTHS.setdefault(graph, TRUTHS.get(graph) or _truth(records))
    query = saved_queries()[name]
    for given in _tries(query, graph):
        values = query.filled(given)
        rows = [
            tuple(row[column.name] for column in query.columns)
            for row in engine(graph, records).run(query.text, values)
        ]
        assert sorted(map(repr, rows)) == sorted(map(repr, truths.answer(name, **values))), values


TRUTHS: dict[str, Truth] = {}


def _tries(query: SavedQuery, graph: str) -> list[dict[str, Any]]:
    chosen = {**COMMON, **CHOSEN[graph]}
    if query.name == "chain":
        chosen |= {"first": "市财政局", "second": "市公安局"}
    needed: dict[str, Any] = {one.name: chosen[one.name] for one in query.parameters if one.default is None}
    switched = {one.name: SWITCHED[one.name] for one in query.parameters if one.name in SWITCHED}
    in_city = {one.name: chosen["city"] for one in query.parameters if one.name == "city"}
    return [needed, {**needed, **switched, **in_city}]


def test_every_question_has_an_answer_of_its_own_by_hand_and_from_the_tables() -> None:
    assert set(saved_queries()) == set(EXPECTED) == set(ANSWERS)
    assert len(saved_queries()) >= 36
    assert all(rows for _, rows in EXPECTED.values())
