"""Concentration of a load, with values worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.concentration import effective_number, gini, herfindahl, top_share

LOADS = st.lists(st.integers(min_value=1, max_value=500), min_size=1, max_size=60)


def test_four_bodies_of_which_one_carries_half() -> None:
    loads = [1, 5, 2, 2]  # shares 0.1, 0.5, 0.2, 0.2
    assert top_share(loads, 1) == pytest.approx(0.5)
    assert top_share(loads, 3) == pytest.approx(0.9)
    assert top_share(loads, 10) == pytest.approx(1.0)
    assert herfindahl(loads) == pytest.approx(0.34)  # 0.01 + 0.25 + 0.04 + 0.04
    assert effective_number(loads) == pytest.approx(1 / 0.34)
    # Rising 1 2 2 5 with weights -3 -1 1 3: (-3 - 2 + 2 + 15) / (4 · 10)
    assert gini(loads) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("loads", "hhi", "effective", "inequality"),
    [([7, 7, 7, 7], 0.25, 4.0, 0.0), ([9], 1.0, 1.0, 0.0), ([1, 3], 0.625, 1.6, 0.25)],
)
def test_extremes(loads: list[int], hhi: float, effective: float, inequality: float) -> None:
    assert herfindahl(loads) == pytest.approx(hhi)
    assert effective_number(loads) == pytest.approx(effective)
    assert gini(loads) == pytest.approx(inequality)


@given(LOADS)
def test_gini_is_half_the_relative_mean_difference(loads: list[int]) -> None:
    pairs = [abs(one - other) for one in loads for other in loads]
    expected = Fraction(sum(pairs), 2 * len(loads) * sum(loads))
    assert gini(loads) == pytest.approx(float(expected))


@given(LOADS)
def test_bounds_and_order(loads: list[int]) -> None:
    assert 1 - 1e-9 <= effective_number(loads) <= len(loads) + 1e-9
    assert herfindahl(loads) == pytest.approx(herfindahl(sorted(loads)))
    assert top_share(loads, 3) <= top_share(loads, 10) + 1e-12


def test_nothing_is_spread_over_nobody() -> None:
    for measure in (herfindahl, gini, effective_number, lambda loads: top_share(loads, 3)):
        with pytest.raises(ValueError, match="no load"):
            measure([])
