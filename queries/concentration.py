"""How unequally a load is spread: shares, Herfindahl–Hirschman, effective number, Gini.

Each function takes the loads of all bodies that carry any (positive numbers, in any order) and raises ``ValueError``
where there is none: nothing is spread over nobody.
"""

from __future__ import annotations

from collections.abc import Sequence


def top_share(loads: Sequence[float], count: int) -> float:
    """The part of the whole that the ``count`` largest loads make up, 0 to 1: the concentration ratio CR_k."""
    return sum(sorted(loads, reverse=True)[:count]) / _whole(loads)


def herfindahl(loads: Sequence[float]) -> float:
    """The Herfindahl–Hirschman index: the sum of squared shares, from 1/n (all carry the same) to 1 (one carries all).

    Source: O. C. Herfindahl, Concentration in the Steel Industry (1950); A. O. Hirschman, The Paternity of an Index,
    American Economic Review 54 (1964). Often printed times 10,000; here as a fraction.
    """
    whole = _whole(loads)
    return sum((load / whole) ** 2 for load in loads)


def effective_number(loads: Sequence[float]) -> float:
    """How many bodies of equal load would be concentrated as much: 1 / HHI, from 1 to n.

    Source: M. Laakso and R. Taagepera, "Effective" Number of Parties, Comparative Political Studies 12 (1979).
    """
    return 1 / herfindahl(loads)


def gini(loads: Sequence[float]) -> float:
    """The Gini coefficient: 0 where all carry the same, (n - 1)/n where one of n carries all.

    Half the mean difference between any two loads, relative to the mean load; computed from the loads in rising order
    as ``sum((2i - n - 1) x_i) / (n sum(x))``. Source: C. Gini, Variabilità e mutabilità (1912).
    """
    number = len(loads)
    weighted = sum((2 * place - number - 1) * load for place, load in enumerate(sorted(loads), start=1))
    return weighted / (number * _whole(loads))


def _whole(loads: Sequence[float]) -> float:
    whole = sum(loads)
    if whole <= 0:
        raise ValueError("no load to share out")
    return whole
