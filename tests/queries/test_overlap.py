"""Overlap, repetition, uptake and change, on plans of invented cities and on the seeds."""

import json
from pathlib import Path

import pytest

import kg
from kg.graph import Graph, open_graph
from kg.store import GraphStore
from ontology.errors import UsageError
from queries.measures import likenesses, measures
from queries.overlap import overlap
from queries.repeats import repeats
from queries.sources import sources
from queries.uptake import uptake
from queries.versions import changes
from tests.kg.cli_helpers import kg as run

EAST = """东屿市2024年优化营商环境方案

一、重点任务

（一）便利企业开办。推行电子营业执照和电子印章同步发放，简易注销登记全程网办，网办率达到90%以上。（市市场监管局牵头，市税务局配合）

（二）推动远程异地评标。全面推行电子保函替代保证金，招标投标全流程电子化率达到95%。（市发展改革委牵头，市财政局配合）

（三）办好海岛旅游。开辟三条观鸟游线。（市文化和旅游局负责）
"""
WEST = """西岭市2025年优化营商环境方案

一、重点任务

（一）规范招标投标。推广远程异地评标，以电子保函替代投标保证金，招标投标全流程电子化率达到100%。（市数据局牵头，市财政局配合）

（二）方便市场准入。同步发放电子营业执照、电子印章，完善简易注销登记。（市市场监管局牵头，市税务局配合）

（三）保护古树名木。建立一树一档。（市林业局负责）
"""


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("two")
    (folder / "east.txt").write_text(EAST, encoding="utf-8")
    (folder / "west.txt").write_text(WEST, encoding="utf-8")
    assert run("build", folder / "east.txt", folder / "west.txt", "-o", folder / "graph").exit_code == 0
    return open_graph(folder / "graph")


def test_the_same_measures_are_matched_across_cities_whatever_their_order(two_cities: Graph) -> None:
    report = overlap(two_cities)
    assert {frozenset((pair.one.heading, pair.other.heading)) for pair in report.pairs} == {
        frozenset(("便利企业开办", "方便市场准入")),
        frozenset(("推动远程异地评标", "规范招标投标")),
    }


def test_what_is_shared_stands_in_both_sentences(two_cities: Graph) -> None:
    bidding = next(
        pair for pair in overlap(two_cities).pairs if "规范招标投标" in (pair.one.heading, pair.other.heading)
    )
    assert {"电子保函", "保证金"} <= set(bidding.shared)
    for term in bidding.shared:
        assert term in bidding.one_quote
        assert term in bidding.other_quote


def test_who_leads_elsewhere_who_promises_more_and_what_only_one_city_does(two_cities: Graph) -> None:
    report = overlap(two_cities)
    (elsewhere,) = report.differing
    assert {*elsewhere.one.leads, *elsewhere.other.leads} == {"市发展改革委", "市数据局"}
    assert [(row.city, row.rank, row.promise.value) for row in report.compared] == [
        ("西岭市", 1, 100),
        ("东屿市", 2, 95),
    ]
    assert [measure.heading for measure in report.alone] == ["办好海岛旅游", "保护古树名木"]
    (unnumbered,) = report.unnumbered
    assert (unnumbered.one.source.city, unnumbered.other.source.city) == ("东屿市", "西岭市")


def test_cities_named_are_compared_anew_and_alike(two_cities: Graph) -> None:
    graph = two_cities.path
    rows = [
        {(row["a"]["ref"], row["b"]["ref"]): row["score"] for row in json.loads(answer.stdout)}
        for answer in (
            run("report", "overlap", "--pairs", "--format", "json", "--graph", graph),
            run("report", "overlap", "--pairs", "--format", "json", "--graph", graph, "--cities", "东屿市,西岭市"),
        )
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) >= 2


def test_a_theme_that_only_the_other_city_has_is_a_gap(two_cities: Graph) -> None:
    gaps = {(cell.theme, cell.city) for cell in overlap(two_cities).cells if cell.gap}
    assert ("教育医疗等公共服务", "西岭市") in gaps
    assert not {city for theme, city in gaps if theme == "招标投标与公共资源交易"}


def test_long_lists_are_cut_and_say_so(two_cities: Graph) -> None:
    answer = run("report", "overlap", "--graph", two_cities.path, "--most", 1)
    assert "1 of 2 rows; --most 0 lists all." in answer.stdout


def test_an_unknown_theme_is_told_with_those_there_are(two_cities: Graph) -> None:
    with pytest.raises(UsageError, match="no measure has the theme"):
        overlap(two_cities, theme="海洋牧场")


def test_a_build_without_overlaps_has_none(tmp_path: Path) -> None:
    (tmp_path / "east.txt").write_text(EAST, encoding="utf-8")
    (tmp_path / "west.txt").write_text(WEST, encoding="utf-8")
    run("build", tmp_path / "east.txt", tmp_path / "west.txt", "-o", tmp_path / "graph", "--no-overlaps")
    assert kg.open(tmp_path / "graph").edges("OVERLAPS") == []


def test_a_plan_that_says_a_thing_twice_with_another_lead_and_number(tmp_path: Path) -> None:
    twice = EAST + (
        "\n（四）推动远程异地评标常态化。推行电子保函替代保证金，招标投标全流程电子化率达到80%。（市数据局牵头，市财政局配合）\n"
    )
    (tmp_path / "twice.txt").write_text(twice, encoding="utf-8")
    run("build", tmp_path / "twice.txt", "-o", tmp_path / "graph")
    first, *_ = repeats(kg.open(tmp_path / "graph"))
    assert (first.pair.one.ref, first.pair.other.ref) == ("一/（二）", "一/（四）")
    assert first.other_leads
    assert [(one.value, other.value) for one, other in first.other_numbers] == [(95, 80)]


def test_two_versions_of_a_plan(tmp_path: Path) -> None:
    issued = (
        EAST.replace("90%以上", "95%以上").replace("达到95%。", "达到85%。").replace("市发展改革委牵头", "市数据局牵头")
        .replace("（三）办好海岛旅游。开辟三条观鸟游线。（市文化和旅游局负责）", "（三）办理破产。设立破产专项资金。（市财政局负责）")
    )  # fmt: skip
    for name, text in (("draft", EAST), ("issued", issued)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        run("build", tmp_path / f"{name}.txt", "-o", tmp_path / name)
    found = changes(kg.open(tmp_path / "draft"), kg.open(tmp_path / "issued"))
    assert [measure.heading for measure in found.dropped] == ["办好海岛旅游"]
    assert [measure.heading for measure in found.added] == ["办理破产"]
    assert [(row.after.ref, len(row.leads_gone), len(row.leads_new)) for row in found.kept if row.leads_new] == [
        ("一/（二）", 1, 1)
    ]
    assert [(row.change, row.before.value, row.after.value) for row in found.targets if row.before and row.after] == [
        ("raised", 90, 95),
        ("lowered", 95, 85),
    ]
    result = run("diff", tmp_path / "draft.txt", tmp_path / "issued", "--format", "json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["kept"]) == 2


# ------------------------------------------------------------------------------------------------ the seeds


@pytest.fixture(scope="module")
def seeds(seed_graph: Path) -> GraphStore:
    return kg.open(seed_graph)


def test_every_shared_term_stands_in_both_sentences_and_every_sentence_in_its_text(seeds: GraphStore) -> None:
    texts = {uid: "".join(text.split()) for uid, text in seeds.texts().items()}
    known = measures(seeds, sources(seeds))
    for relation in ("OVERLAPS", "REPEATS"):
        for pair in likenesses(seeds, relation, known):
            assert all(term in pair.one_quote and term in pair.other_quote for term in pair.shared)
            assert pair.one_quote in texts[pair.one.source.uid]
            assert pair.other_quote in texts[pair.other.source.uid]


def test_the_ranking_holds_against_pairs_annotated_by_hand_whatever_else_is_in_the_graph(
    shared: Path, tmp_path: Path
) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_overlap", shared / "score" / "score_overlap.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {scorer.pair(row) for row in json.loads((shared / "gold" / "overlap.json").read_text(encoding="utf-8"))}
    others = sorted((shared / "field").glob("*.txt"))[:4]
    run("build", shared / "seeds", *others, "-o", tmp_path / "graph", "--no-overlaps")
    listed = run("report", "overlap", "--graph", tmp_path / "graph", "--pairs", "--format", "json")
    ranked: dict[object, float] = {}
    for row in json.loads(listed.stdout):
        place = scorer.pair(row)
        if {side[0] for side in place} == {"000", "002"}:
            ranked[place] = max(row["score"], ranked.get(place, 0.0))
    order = sorted(ranked, key=lambda place: -ranked[place])
    hits = [number for number, place in enumerate(order, 1) if place in gold]
    assert sum(count / number for count, number in enumerate(hits, 1)) / len(gold) >= 0.68
    assert len(set(order[: len(gold)]) & gold) / len(gold) >= 0.62


def test_a_graph_keeps_the_likest_pairs_and_lower_ones_are_compared_anew(two_cities: Graph) -> None:
    assert [row["score"] for row in two_cities.edges("OVERLAPS") if row["score"] < 0.5] == []
    address = ("report", "overlap", "--graph", two_cities.path, "--format", "json")
    low = json.loads(run(*address, "--pairs").stdout)
    high = json.loads(run(*address, "--pairs", "--min-score", "0.5").stdout)
    assert min(row["score"] for row in low) < 0.5 <= min(row["score"] for row in high)
    assert [row for row in low if row["score"] >= 0.5] == high
    assert {row["score"] for row in high} == {row["score"] for row in two_cities.edges("OVERLAPS")}


def test_most_recommendations_of_the_study_are_found_in_the_plan(seeds: GraphStore) -> None:
    _, found = uptake(seeds, "003")
    where = {one.recommendation.heading: {pair.other.ref for pair in one.picked_up} for one in found}
    # Read by hand: what each recommendation became in the plan of its city.
    truth = {
        "政策宣传精准化": "二/（六）/23", "政策调整动态化": "二/（六）/23", "政务服务便捷化": "二/（二）/5",
        "主动服务意识强化": "二/（九）/32", "市场监管公正化": "二/（一）/3", "法治环境优化": "二/（三）/11",
        "政策兑现保障": "二/（六）/23", "沟通机制常态化": "二/（九）/32", "合作发展协同化": "二/（四）/16",
        "亲清关系构建": "二/（九）/32",
    }  # fmt: skip
    assert [heading for heading, ref in truth.items() if ref not in where[heading]] == []
