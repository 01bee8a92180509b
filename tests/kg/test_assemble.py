"""Documents to nodes and edges: one body, one instrument, quotes that prove, ids that stay."""

from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.records import GraphRecords, Row
from loaders import read_document, read_file
from ontology.records import PolicyDocument
from ontology.vocabulary import vocabulary

PLAN = """自贡市2025年工作方案
一、任务
（一）准入。落实《优化营商环境条例》。推广电子证照，服务事项网办率达到90%。（市市场监管局牵头，市财政局、各区县政府配合）
（二）监管。加强联合检查。（市市场监督管理局负责）
"""


@pytest.fixture(scope="module")
def document() -> PolicyDocument:
    return read_document(PLAN.encode(), "zigong.txt")


@pytest.fixture(scope="module")
def records(document: PolicyDocument) -> GraphRecords:
    return assemble([document])


def rows(records: GraphRecords, relation: str) -> list[Row]:
    return [row for (_, name, _), found in records.edges.items() if name == relation for row in found]


def test_variants_of_one_body_meet_in_one_node(records: GraphRecords) -> None:
    [body] = [row for row in records.nodes["Department"] if row["aliases"]]
    assert {body["name"], *body["aliases"]} == {"市市场监管局", "市市场监督管理局"}
    assert body["uid"].startswith("510300:")


def test_the_city_stands_in_its_province(records: GraphRecords) -> None:
    assert {(row["uid"], row["name"], row["level"]) for row in records.nodes["City"]} == {
        ("510300", "自贡市", "prefecture"),
        ("510000", "四川省", "province"),
    }
    assert [(row["source"], row["target"]) for row in rows(records, "PART_OF")] == [("510300", "510000")]


def test_ids_tell_what_they_name(records: GraphRecords) -> None:
    title = "510300/自贡市2025年工作方案"
    assert [row["uid"] for row in records.nodes["Document"]] == [title]
    assert [row["uid"] for row in records.nodes["Action"]] == [f"{title}/一/（一）", f"{title}/一/（二）"]
    assert [row["uid"] for row in records.nodes["Target"]] == [f"{title}/一/（一）/②#服务事项网办率:eq90%"]


def test_printed_edges_stand_where_they_are_printed_and_are_inherited_below(records: GraphRecords) -> None:
    leads = rows(records, "LEADS")
    printed = [row for row in leads if not row["inherited"]]
    assert [(row["target"].rsplit("/", 1)[-1], row["printed_name"]) for row in printed] == [
        ("（一）", "市市场监管局"),
        ("（二）", "市市场监督管理局"),
    ]
    assert {row["target"].rsplit("/", 1)[-1] for row in leads if row["inherited"]} == {"①", "②"}
    assert [row["collective"] for row in rows(records, "SUPPORTS") if row["printed_name"] == "各区县政府"] == [True] * 3


def test_every_quote_is_the_slice_of_the_text(records: GraphRecords) -> None:
    [text] = records.texts.values()
    proved = [row for found in records.edges.values() for row in found if row.get("quote")]
    assert len(proved) == 4 + 7 + 1 + 1  # printed, inherited, the target, the instrument
    assert all("".join(text[row["span_start"] : row["span_end"]].split()) == row["quote"] for row in proved)


def test_instruments_are_nodes(records: GraphRecords) -> None:
    [instrument] = records.nodes["Instrument"]
    assert (instrument["uid"], instrument["name"]) == ("instrument:中国:优化营商环境条例", "优化营商环境条例")
    assert (instrument["kind"], instrument["scope"], instrument["doc_no"]) == ("regulation", "中国", None)


def test_every_row_has_every_property_of_the_ontology(records: GraphRecords) -> None:
    schema = vocabulary()
    for label, found in records.nodes.items():
        names = {p.name for p in schema.node_types[label].properties}
        assert all(set(row) == names for row in found), label
    for (source, relation, target), found in records.edges.items():
        assert (source, target) in schema.relation_types[relation].pairs
        names = {p.name for p in schema.relation_types[relation].properties} | {"source", "target"}
        assert all(set(row) == names for row in found), relation


def test_a_target_measures_an_indicator_in_its_unit() -> None:
    text = (
        "自贡市方案\n1.融资。担保贷款余额达到2000万元以上，新发放担保贷款占比达到40%。（市财政局）\n2.乙事。说明乙。\n"
    )
    records = assemble([read_document(text.encode(), "x.txt")])
    found = {row["uid"]: row for row in records.nodes["Indicator"]}
    amount = found["indicator:担保贷款额:amount:亿元:higher"]
    assert (amount["family"], amount["dimension"], amount["direction"]) == ("担保贷款", "amount", "higher")
    [edge] = [row for row in rows(records, "MEASURES") if row["target"] == amount["uid"]]
    assert edge["strict"] is True
    assert edge["factor"] == pytest.approx(1e-4)
    assert edge["source"] == "CITY/自贡市方案/1/①#担保贷款余额:ge2000万元".replace("CITY", "510300")


def test_a_task_keeps_the_word_of_its_stage() -> None:
    text = "自贡市方案\n1.甲事。积极探索甲办法。公布乙清单。（市财政局）\n2.乙事。全面推行丙制度。\n"
    records = assemble([read_document(text.encode(), "x.txt")])
    assert [(row["stage"], row["stage_word"]) for row in records.nodes["Task"]] == [
        ("探索", "积极探索"),
        (None, None),
        ("全面推行", "全面推行"),
    ]


def test_a_renamed_city_keeps_its_code_and_its_names() -> None:
    old = read_document("襄樊市2009年方案\n1.甲事。说明甲。（市财政局）\n2.乙事。说明乙。\n".encode(), "old.txt")
    new = read_document("襄阳市2023年方案\n1.甲事。说明甲。（市财政局）\n2.乙事。说明乙。\n".encode(), "new.txt")
    assert (old.facts.city, new.facts.city) == ("襄樊市", "襄阳市")
    alone, both = assemble([old]), assemble([old, new])
    for records in (alone, both):
        [city] = [row for row in records.nodes["City"] if row["level"] == "prefecture"]
        assert (city["uid"], city["name"], city["former_names"]) == ("420600", "襄阳市", ["襄樊市"])
    assert len(rows(both, "PART_OF")) == 1


def test_a_study_is_about_its_city_and_issued_by_nobody() -> None:
    study = read_document(
        "## 自贡一流环境研究\n\n自贡要改革。自贡要开放。\n\n### 服务\n\n办事便捷化。推进改革。\n".encode(), "s.txt"
    )
    records = assemble([study])
    assert len(rows(records, "ABOUT")) == 1
    assert rows(records, "ISSUED") == []


def test_the_order_of_documents_does_not_matter(samples: Path) -> None:
    documents = [read_file(path) for path in sorted(samples.glob("*.txt"))]
    assert assemble(documents) == assemble(documents[::-1])


def test_another_city_changes_nothing_of_the_first(document: PolicyDocument, samples: Path) -> None:
    def of_zigong(records: GraphRecords) -> list[Row]:
        return [row for row in records.nodes["Department"] if str(row["uid"]).startswith("510300")]

    other = read_file(samples / "qingxu-verbs.txt")
    assert of_zigong(assemble([document])) == of_zigong(assemble([other, document]))
    assert len(of_zigong(assemble([document]))) == 3


def test_another_city_changes_no_node_and_no_edge_of_the_first(document: PolicyDocument, samples: Path) -> None:
    """Shared are indicators, instruments, functions and themes; a shared one may gain members, never lose one."""
    alone = assemble([document])
    both = assemble([*(read_file(path) for path in sorted(samples.glob("*.txt"))), document])
    for label in ("City", "Document", "Section", "Action", "Task", "Department", "Target", "Indicator"):
        assert [row for row in alone.nodes.get(label, ()) if row not in both.nodes[label]] == [], label
    for key, found in alone.edges.items():
        assert [row for row in found if row not in both.edges[key]] == [], key


def test_repeated_outline_numbers_give_different_ids() -> None:
    text = "自贡市方案\n1.甲事。说明甲。（市财政局）\n2.乙事。说明乙。\n2.丙事。说明丙。\n3.丁事。说明丁。\n"
    records = assemble([read_document(text.encode(), "x.txt")])
    assert [str(row["uid"]).rsplit("/", 1)[-1] for row in records.nodes["Action"]] == ["1", "2", "2~2", "3"]
