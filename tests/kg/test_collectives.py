"""Collectives of local governments, and the governments they mean by GB/T 2260."""

from pathlib import Path

import pytest

import kg as package
from kg.assemble import assemble
from kg.records import GraphRecords
from kg.resolve.bodies import levels_meant
from loaders import read_document
from loaders.places import divisions_within
from tests.kg.cli_helpers import kg

PLAN = """自贡市2025年工作方案

一、任务

1.准入。推广电子证照。（市市场监管局牵头，各区县政府、荣县人民政府配合）

2.监管。加强联合检查。（各区政府负责）

3.服务。公布清单。（市级有关部门、有关区政府负责）
"""
DISTRICTS = ["510302:区政府", "510303:区政府", "510304:区政府", "510311:区政府"]


def built(*plans: str, expand: bool = True) -> GraphRecords:
    documents = [read_document(text.encode(), f"{place}.txt") for place, text in enumerate(plans)]
    return assemble(documents, expand_collectives=expand)


def members(records: GraphRecords, collective: str) -> list[str]:
    rows = records.edges.get(("Department", "HAS_MEMBER", "Department"), ())
    return [str(row["target"]) for row in rows if row["source"] == collective]


def test_a_collective_means_the_governments_of_the_levels_it_prints() -> None:
    records = built(PLAN)
    assert members(records, "510300:各区政府") == DISTRICTS
    # 荣县 is the body the plan names itself; 富顺县 has the id a plan of its own would give it.
    assert members(records, "510300:各县区政府") == ["510300:荣县政府", *DISTRICTS, "510322:县政府"]
    assert {row["source"] for row in records.edges["Department", "HAS_MEMBER", "Department"]} == {
        "510300:各区政府",
        "510300:各县区政府",
    }


def test_a_member_is_a_government_in_its_own_place() -> None:
    records = built(PLAN)
    [body] = [row for row in records.nodes["Department"] if row["uid"] == "510322:县政府"]
    assert (body["name"], body["kind"], body["aliases"]) == ("富顺县人民政府", "local-government", [])
    homes = {row["source"]: row["target"] for row in records.edges["Department", "IN", "City"]}
    assert homes["510322:县政府"] == "510322"
    assert ("510322", "510300") in {(row["source"], row["target"]) for row in records.edges["City", "PART_OF", "City"]}


def test_a_countys_own_plan_names_the_member() -> None:
    own = "富顺县2025年工作方案\n1.甲事。说明甲。（县政府）\n2.乙事。说明乙。（县财政局）\n"
    records = built(PLAN, own)
    assert "510322:县政府" in members(records, "510300:各县区政府")
    assert members(built(own, PLAN), "510300:各县区政府") == members(records, "510300:各县区政府")
    [body] = [row for row in records.nodes["Department"] if row["uid"] == "510322:县政府"]
    assert body["name"] == "县政府"


def test_expansion_adds_bodies_and_nothing_else() -> None:
    plain, expanded = built(PLAN, expand=False), built(PLAN)
    assert ("Department", "HAS_MEMBER", "Department") not in plain.edges
    grown = {key for key in expanded.edges if expanded.edges[key] != plain.edges.get(key)}
    assert grown == {
        ("City", "PART_OF", "City"),
        ("Department", "HAS_MEMBER", "Department"),
        ("Department", "IN", "City"),
        ("Department", "PERFORMS", "Function"),
    }
    assert {label for label in expanded.nodes if expanded.nodes[label] != plain.nodes[label]} == {"City", "Department"}
    assert all(row in expanded.nodes["Department"] for row in plain.nodes["Department"])
    assert built(PLAN) == expanded


def test_the_year_of_the_plan_decides() -> None:
    def names(adcode: str, year: int | None) -> set[str]:
        return {place.name for place in divisions_within(adcode, year)}

    # 杭州市 joined and parted districts in 2021.
    assert names("330100", 2020) - names("330100", 2021) == {"下城区", "江干区"}
    assert names("330100", 2021) - names("330100", 2020) == {"临平区", "钱塘区"}
    # The counties of a renamed prefecture stay.
    assert "襄城区" in names("420600", 2009) & names("420600", 2011)
    assert names("510322", None) == set()
    before = built("杭州市2020年工作方案\n1.甲事。说明甲。（各区政府）\n2.乙事。说明乙。（市财政局）\n")
    assert "330103:区政府" in members(before, "330100:各区政府")  # 下城区


@pytest.mark.parametrize(
    ("name", "adcode", "city", "meant"),
    [
        ("各县（市、区）人民政府", "510100", "成都市", "county:区 county:县 county:市"),
        ("各旗县区", "150500", "通辽市", "county:区 county:县 county:旗"),
        ("各市（州）人民政府", "510000", "四川省", "prefecture:州 prefecture:市"),
        ("各市、县（市、区）政府", "510000", "四川省", "county:区 county:县 county:市 prefecture:市"),
        ("各市、县（区）政府", "340000", "安徽省", "county:区 county:县 prefecture:市"),
        ("各设区市", "370000", "山东省", "prefecture:市"),
        ("各市（区）", "610000", "陕西省", "prefecture:市"),
        ("各区县政府", "500000", "重庆市", "county:区 county:县"),
        ("各地级以上市人民政府", "440000", "广东省", "prefecture:市"),
        ("各州、市、地区", "650000", "新疆维吾尔自治区", "prefecture:地区 prefecture:州 prefecture:市"),
        ("各地区", "510300", "自贡市", ""),
        ("各地区人民政府", "650000", "新疆维吾尔自治区", ""),
        ("各地", "510300", "自贡市", ""),
        ("有关区政府", "510300", "自贡市", ""),
        ("各乡镇街道", "510322", "富顺县", ""),
        ("市级有关部门", "510300", "自贡市", ""),
        ("荣县人民政府", "510300", "自贡市", ""),
    ],
)
def test_which_levels_a_name_means(name: str, adcode: str, city: str, meant: str) -> None:
    assert " ".join(sorted(":".join(pair) for pair in levels_meant(name, adcode, city))) == meant


def test_no_report_counts_a_member(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    plain, expanded = tmp_path / "a", tmp_path / "b"
    built_plain = kg("build", plan, "-o", plain)
    built_expanded = kg("build", plan, "-o", expanded, "--expand-collectives")
    assert built_plain.exit_code == built_expanded.exit_code == 0
    assert built_expanded.stdout == built_plain.stdout.replace(str(plain), str(expanded))
    for report in ("departments", "workload", "coverage"):
        one, other = (kg("report", report, "--graph", graph, "--format", "json") for graph in (plain, expanded))
        assert one.exit_code == other.exit_code == 0
        assert one.stdout == other.stdout, report
    opened = package.open(expanded)
    [row] = opened.cypher("MATCH (:Department)-[m:HAS_MEMBER]->(:Department) RETURN count(m) AS members")
    assert row["members"] == 10
    assert opened.manifest.settings == {"expand_collectives": True}
