"""Intervals of shares, against values worked out elsewhere and against what they mean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.intervals import at_most, wilson

COUNTS = st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
        (95, 100, 0.8882, 0.9785),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS)
def test_wilson_holds_the_share_and_is_symmetric(counts: tuple[int, int]) -> None:
    hits, of = counts
    low, high = wilson(hits, of)
    assert -1e-9 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1 + 1e-9
    assert wilson(of - hits, of) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(
    ("hits", "of", "bound"),
    [(0, 100, 1 - 0.05 ** (1 / 100)), (0, 1, 0.95), (3, 3, 1.0), (0, 0, 1.0), (1, 2, math.sqrt(0.95))],
)
def test_upper_bound_where_it_can_be_written_down(hits: int, of: int, bound: float) -> None:
    assert at_most(hits, of) == pytest.approx(bound, abs=1e-9)


def test_upper_bound_of_none_is_nearly_three_in_n() -> None:
    assert at_most(0, 1200) == pytest.approx(3 / 1200, rel=0.01)


@given(COUNTS)
def test_upper_bound_leaves_five_per_cent_below(counts: tuple[int, int]) -> None:
    """With the bound for the share, so few hits or fewer come about one time in twenty."""
    hits, of = counts
    bound = at_most(hits, of)
    if hits < of:
        below = math.fsum(math.comb(of, k) * bound**k * (1 - bound) ** (of - k) for k in range(hits + 1))
        assert below == pytest.approx(0.05, abs=1e-6)
    assert hits / of <= bound <= 1
