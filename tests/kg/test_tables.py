"""Record tables: the same graph comes back, and the same graph gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kg.records import GraphRecords, Row
from kg.tables import checked, data_hash, read_tables, read_text, write_tables
from ontology.errors import GraphError
from ontology.vocabulary import vocabulary
from tests.kg.small_graph import ACCOUNTS, FINDINGS, INPUTS, STUDY, TEXT, shuffled, small_graph


def written(records: GraphRecords, folder: Path) -> Path:
    folder.mkdir()
    write_tables(checked(records), folder)
    return folder


def test_the_small_graph_has_every_kind_of_node_and_relation() -> None:
    records = small_graph()
    assert set(records.nodes) == set(vocabulary().node_types)
    assert {relation for _, relation, _ in records.edges} == set(vocabulary().relation_types)


def test_tables_give_back_what_was_written(tmp_path: Path) -> None:
    back = read_tables(written(small_graph(), tmp_path / "tables"), INPUTS)
    assert back == replace(checked(small_graph()), findings=back.findings, inputs=INPUTS)
    assert back.nodes["City"] == [
        {
            "uid": "990000",
            "name": "示例省",
            "adcode": "990000",
            "level": "province",
            "former_names": [],
            "last_year": None,
        },
        {
            "uid": "990100",
            "name": "示例市",
            "adcode": "990100",
            "level": "prefecture",
            "former_names": ["旧市"],
            "last_year": 2020,
        },
    ]
    assert back.nodes["Target"][0]["value"] == 3.0
    assert [row["aliases"] for row in back.nodes["Department"]] == [[], ["甲局", "市甲局"]]
    assert [row["score"] for row in back.edges["Action", "ADDRESSES", "Theme"]] == [1.0, 2.5]
    assert back.texts == {"d1": TEXT, "d2": STUDY}
    assert set(back.findings) == set(FINDINGS)
    assert {uid: tuple(account) for uid, account in back.accounts.items()} == ACCOUNTS
    assert read_text(tmp_path / "tables", "d2") == STUDY
    assert read_text(tmp_path / "tables", "d3") is None


def test_the_order_of_the_input_leaves_no_trace_in_the_bytes(tmp_path: Path) -> None:
    first = written(small_graph(), tmp_path / "first")
    other = written(shuffled(small_graph()), tmp_path / "other")
    files = sorted(path.relative_to(first) for path in first.rglob("*.parquet"))
    assert len(files) == len(vocabulary().node_types) + len(vocabulary().relation_types) + 3
    for file in files:
        assert (first / file).read_bytes() == (other / file).read_bytes(), file
    assert data_hash(first) == data_hash(other)
    (other / "texts.parquet").write_bytes(b"PAR1")
    assert data_hash(first) != data_hash(other)


def test_every_column_of_the_ontology_stands_in_an_empty_table_too(tmp_path: Path) -> None:
    folder = written(GraphRecords({}, {}, {}, (), ()), tmp_path / "empty")
    for label, node in vocabulary().node_types.items():
        assert pq.read_schema(folder / "nodes" / f"{label}.parquet").names == [p.name for p in node.properties]
    leads = pq.read_schema(folder / "edges" / "LEADS.parquet")
    assert leads.names[:4] == ["source_label", "source", "target_label", "target"]
    assert str(leads.field("joint").type) == "bool"
    assert str(leads.field("span_start").type) == "int64"
    assert str(pq.read_schema(folder / "nodes" / "Target.parquet").field("value").type) == "double"
    assert leads.metadata is None or b"pandas" not in leads.metadata


CITY: Row = {"uid": "1", "name": "甲市", "adcode": None, "level": None}


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ({"Town": [CITY]}, {}, "unknown label: Town"),
        ({"City": [CITY, CITY]}, {}, "the uid 1 stands twice, as City and as City"),
        ({"City": [CITY], "Theme": [{"uid": "1", "name": "x"}]}, {}, "the uid 1 stands twice, as City and as Theme"),
        ({"City": [{**CITY, "mayor": "x"}]}, {}, "City 1: the ontology has no property mayor here"),
        ({"City": [{**CITY, "level": 2}]}, {}, "City 1.level should be of kind string, not 2"),
        ({"City": [{**CITY, "name": None}]}, {}, "a City has no name"),
        ({"Section": [{"uid": "s", "name": "x", "order": True}]}, {}, "Section s.order should be of kind integer"),
        ({"City": [CITY]}, {("City", "OWNS", "City"): []}, "unknown relation: OWNS"),
        ({"City": [CITY]}, {("City", "LEADS", "City"): [{}]}, "LEADS does not go from City to City"),
        (
            {"City": [CITY]},
            {("City", "PART_OF", "City"): [{"source": "1", "target": "2"}]},
            "PART_OF 1 → 2: there is no City 2",
        ),
    ],
)
def test_records_that_are_not_as_the_ontology_says_are_refused(
    nodes: dict[str, list[Row]], edges: dict[tuple[str, str, str], list[Row]], message: str
) -> None:
    with pytest.raises(GraphError) as caught:
        checked(GraphRecords(nodes, edges, {}, (), ()))
    assert message in caught.value.message


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    folder = written(small_graph(), tmp_path / "tables")
    (folder / "nodes" / "City.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    with pytest.raises(GraphError, match="cannot be read") as caught:
        read_tables(folder)
    assert caught.value.where == str(folder / "nodes" / "City.parquet")
    (folder / "texts.parquet").unlink()
    with pytest.raises(GraphError, match="missing") as caught:
        read_text(folder, "d1")
    assert caught.value.where == str(folder / "texts.parquet")
