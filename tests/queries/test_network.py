"""Measures of networks, against values worked out by hand and against another library."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.network import betweenness, density, groups, parts, single_points

# Two triangles joined by one node:  0 – 1 – 2 – 0,  2 – 3,  3 – 4 – 5 – 3.  6 stands alone.
BOW = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)]


def test_what_stands_between_two_halves_carries_their_paths() -> None:
    # 2 lies between {0, 1} and {3, 4, 5}: 6 pairs; 3 between {0, 1, 2} and {4, 5}: 6 pairs. Seven nodes: 15 pairs each.
    assert betweenness(7, BOW) == pytest.approx([0, 0, 6 / 15, 6 / 15, 0, 0, 0])


def test_paths_of_equal_length_share_what_they_carry() -> None:
    # A square: each of the two diagonal pairs has two shortest paths, half of one pair for each node, of 3 pairs.
    assert betweenness(4, [(0, 1), (1, 2), (2, 3), (0, 3)]) == pytest.approx([1 / 6] * 4)


def test_nothing_lies_between_two() -> None:
    assert betweenness(2, [(0, 1)]) == [0, 0]
    assert betweenness(3, []) == [0, 0, 0]


def test_a_single_point_is_known_by_what_it_cuts_off() -> None:
    # Without 2: {0, 1} and {3, 4, 5}, the larger stays. Without 3: {0, 1, 2} and {4, 5}.
    assert single_points(7, BOW) == {2: [0, 1], 3: [4, 5]}
    assert single_points(4, [(0, 1), (1, 2), (2, 3), (0, 3)]) == {}


def test_parts_and_density() -> None:
    assert parts(7, BOW) == [[0, 1, 2, 3, 4, 5], [6]]
    assert density(7, len(BOW)) == pytest.approx(7 / 21)
    assert density(1, 0) is None


def test_groups_are_the_two_triangles() -> None:
    found = groups(7, dict.fromkeys(BOW, 1))
    assert found.members == ((0, 1, 2), (3, 4, 5))
    # Each triangle: 3 of 7 ties inside, ends 7 of 14: 2 · (3/7 − (7/14)²) = 5/14.
    assert found.modularity == pytest.approx(5 / 14)
    assert groups(3, {}).members == ()


def test_weights_decide_who_belongs_together() -> None:
    # A square whose opposite sides are heavy: the heavy pairs are the groups.
    assert groups(4, {(0, 1): 9, (1, 2): 1, (2, 3): 9, (0, 3): 1}).members == ((0, 1), (2, 3))


TIES = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda tie: tie[0] < tie[1]), max_size=30)


@settings(max_examples=40)
@given(TIES)
def test_betweenness_and_single_points_agree_with_networkx(ties: set[tuple[int, int]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from(ties)
    expected = nx.betweenness_centrality(graph)
    assert betweenness(12, list(ties)) == pytest.approx([expected[node] for node in range(12)])
    assert set(single_points(12, list(ties))) == set(nx.articulation_points(graph))


@settings(max_examples=20)
@given(TIES, st.randoms())
def test_the_order_of_ties_does_not_matter(ties: set[tuple[int, int]], random: object) -> None:
    shuffled = list(ties)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(12, dict.fromkeys(shuffled, 1)) == groups(12, dict.fromkeys(sorted(ties), 1))
    assert single_points(12, shuffled) == single_points(12, sorted(ties))
