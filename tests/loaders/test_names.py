"""Lists of bodies: what is one name and what joins two."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.flat import FOLD
from loaders.names import is_body, is_clear_body, is_collective, split_names


def names(text: str) -> list[str]:
    folded = text.translate(FOLD)
    return [text[name.start : name.end] for name in split_names(folded, 0, len(folded))]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("市财政局、市审计局", ["市财政局", "市审计局"]),
        ("市财政局，市审计局；市统计局", ["市财政局", "市审计局", "市统计局"]),
        ("市财政局和市审计局", ["市财政局", "市审计局"]),
        ("市政务服务和数据管理局", ["市政务服务和数据管理局"]),
        ("市政务服务和数据管理局及各区县政府", ["市政务服务和数据管理局", "各区县政府"]),
        ("市自然资源和规划局与市住房和城乡建设局", ["市自然资源和规划局", "市住房和城乡建设局"]),
        ("市财政局、市审计局等市级有关部门", ["市财政局", "市审计局", "市级有关部门"]),
        ("市财政局、市审计局等有关部门（单位）", ["市财政局", "市审计局", "有关部门（单位）"]),
        ("市财政局、市审计局等", ["市财政局", "市审计局"]),
        ("市财政局等部门", ["市财政局"]),
        ("市财政局等单位", ["市财政局"]),
        ("各县、市、区政府及功能区管委", ["各县、市、区政府", "功能区管委"]),
        ("各县（市）、区人民政府", ["各县（市）、区人民政府"]),
        ("省法院，各市〔州〕、县〔市、区〕人民法院", ["省法院", "各市〔州〕、县〔市、区〕人民法院"]),
        ("各县〔区〕人民政府、甲市经开区", ["各县〔区〕人民政府", "甲市经开区"]),
        ("各开发区管委会、区县（市）政府", ["各开发区管委会", "区县（市）政府"]),
        ("市委编办（登记中心）", ["市委编办（登记中心）"]),
        ("市发展改革委、市场监管局、税务局", ["市发展改革委", "市场监管局", "税务局"]),
        ("“双随机、一公开”联席会议成员单位、市司法局", ["“双随机、一公开”联席会议成员单位", "市司法局"]),
        ("市直有关部门及各地", ["市直有关部门", "各地"]),
        ("市直各部门，中、省驻甲有关单位", ["市直各部门", "中、省驻甲有关单位"]),
        ("济南市、省直有关单位", ["济南市", "省直有关单位"]),
    ],
)
def test_list_is_split_into_names(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected


def test_separator_before_a_name_is_kept() -> None:
    text = "市财政局，市审计局、市统计局"
    assert [name.gap for name in split_names(text, 0, len(text))] == ["", "，", "、"]


@pytest.mark.parametrize(
    "name", ["市级有关部门", "各区县政府", "市信用体系建设联席会议成员单位", "有关部门（单位）", "各县（区）人民政府"]
)
def test_collectives_are_told(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize(
    "name", ["相关区政府", "有关园区管委会", "县、区政府", "市、县（市、区）人民政府", "甲州等市人民政府"]
)
def test_collectives_of_local_bodies_are_told(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize("name", ["市政府", "市财政局", "甲市经开区管委会", "市委组织部", "国网甲市供电公司"])
def test_single_bodies_are_no_collectives(name: str) -> None:
    assert not is_collective(name)


def test_an_ordinary_word_is_no_clear_body() -> None:
    assert not is_body("航空港")
    assert not is_clear_body("同一登记机关")
    assert not is_clear_body("以下简称领导小组")
    assert is_clear_body("甲市供电公司")


@given(
    st.lists(
        st.sampled_from(["市财政局", "市审计局", "市委组织部", "各区县政府", "市政务服务和数据管理局"]),
        min_size=1,
        max_size=8,
    )
)
def test_splitting_a_joined_list_gives_its_names_back(bodies: list[str]) -> None:
    assert names("、".join(bodies)) == bodies


@given(st.text(alphabet="市局、，和及等（）“”各县区政府 部门", max_size=60))
def test_every_name_lies_in_the_list(text: str) -> None:
    folded = text.translate(FOLD)
    found = split_names(folded, 0, len(folded))
    assert all(0 <= name.start < name.end <= len(text) for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
