"""Places through the years: renamed, merged and moved divisions, and names that several bear."""

import csv
from pathlib import Path

import pytest

from loaders import read_document
from loaders.places import Place, ambiguous_places, gazetteer, place_by_frequency, places_named


def codes(text: str, year: int | None = None, context: str = "") -> list[str]:
    return [place.adcode for place in places_named(text, year=year, context=context)]


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("襄樊市工作方案", None, ["420600"]),  # renamed 襄阳市 in 2010
        ("襄阳市工作方案", None, ["420600"]),
        ("莱芜市工作方案", 2017, ["371200"]),  # merged into 济南市 in 2019
        ("思茅市工作方案", 2005, ["530800"]),  # a prefecture from 2003, then renamed 普洱市
        ("思茅市工作方案", 2001, ["532701"]),  # a county-level city before
        ("巢湖市工作方案", 2009, ["341400"]),  # a prefecture until 2011
        ("巢湖市工作方案", 2020, ["340181"]),
        ("巢湖市工作方案", None, ["340181"]),
        ("重庆市黔江区工作方案", 2023, ["500000", "500114"]),
        ("凉山彝族自治州工作方案", 2023, ["513400"]),
        ("重庆市渝北区工作方案", None, ["500000", "500112"]),
        ("河南省济源市工作方案", None, ["410000", "419001"]),
        ("杭州市下城区工作方案", 2019, ["330100", "330103"]),  # dissolved in 2021
        ("示例高新区工作方案", None, []),
    ],
)
def test_names_of_a_time(text: str, year: int | None, found: list[str]) -> None:
    assert codes(text, year) == found


def test_a_division_knows_its_years_and_its_names() -> None:
    known = gazetteer()
    assert known.by_code["371200"].last is not None
    assert known.by_code["420600"].last is None
    assert known.former["420600"] == ("襄樊市",)
    assert known.by_code["419001"].prefecture is None


def test_a_name_of_several_places_is_decided_by_what_the_text_names_or_left_open() -> None:
    assert codes("朝阳区工作方案") == []
    assert codes("朝阳区工作方案", context="长春市支持试点，长春新区先行。") == ["220104"]
    [bearers] = ambiguous_places("朝阳区工作方案")
    assert {place.adcode for place in bearers} == {"110105", "220104"}
    assert ambiguous_places("北京市朝阳区工作方案") == []


def test_a_text_about_a_whole_province_is_not_about_the_city_it_names_most() -> None:
    text = "全省推进，全省落实，省级统筹。支持济南、青岛先行，济南带头，济南示范。"
    assert place_by_frequency(text) == gazetteer().by_name["山东省"][0]
    assert place_by_frequency("全市推进，市级统筹。济南带头，济南示范。") == gazetteer().by_name["济南市"][0]


def test_every_place_lies_in_one_that_is_known() -> None:
    known = gazetteer()
    assert len(known.by_name) > 2500
    for place in known.by_code.values():
        assert known.by_code[f"{place.adcode[:2]}0000"].level == "province"
        assert isinstance(place, Place)


def test_real_plans_land_on_their_place(shared: Path) -> None:
    with (shared / "field" / "index.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = []
    for row in rows:
        # The file's own name holds the place; the text alone must tell it.
        facts = read_document((shared / "field" / row["file"]).read_bytes(), "plan.txt").facts
        if not row["place"].endswith(facts.city or facts.province or "?") or facts.adcode is None:
            wrong.append(row["file"])
    assert len(rows) == 112
    assert len(wrong) <= 1, wrong
