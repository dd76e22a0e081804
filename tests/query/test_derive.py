"""Arithmetic on figures, by tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query import derive
from assistant.types import Figure
from tests.query.conftest import period


def figure(value: float, when: str = "2024", place: str = "77") -> Figure:
    return Figure(
        indicator="people",
        place=place,
        place_kind="district",
        period=period(when),
        value=value,
        unit="người",
        as_of=date(2024, 12, 31),
        source="Sở Một",
        snapshot="s",
    )


def series(*values: float) -> list[Figure]:
    return [figure(value, str(2000 + year)) for year, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "base", "absolute", "percent", "direction"),
    [
        (530, 518, 12, pytest.approx(2.3166, abs=1e-4), "up"),
        (90, 100, -10, -10, "down"),
        (100, 100, 0, 0, "same"),
        (5, 0, 5, None, "up"),
        (0, 0, 0, None, "same"),
        (-5, -10, 5, 50, "up"),
        (5, -10, 15, 150, "up"),
    ],
)
def test_change(value: float, base: float, absolute: float, percent: float | None, direction: str) -> None:
    found = derive.change(figure(value), figure(base))
    assert (found.absolute, found.percent, found.direction) == (absolute, percent, direction)


@pytest.mark.parametrize(
    ("values", "order", "limit", "ranks"),
    [
        ([3, 1, 2], "desc", None, [(1, 3), (2, 2), (3, 1)]),
        ([3, 1, 2], "asc", 1, [(1, 1)]),
        ([5, 7, 7, 1], "desc", None, [(1, 7), (1, 7), (3, 5), (4, 1)]),
        ([5, 7, 7, 1], "desc", 1, [(1, 7), (1, 7)]),
        ([5, 5, 7], "desc", 2, [(1, 7), (2, 5), (2, 5)]),
        ([], "desc", 3, []),
    ],
)
def test_rank(values: list[float], order: str, limit: int | None, ranks: list[tuple[int, float]]) -> None:
    found = derive.rank([figure(value) for value in values], "asc" if order == "asc" else "desc", limit)
    assert [(item.rank, item.figure.value) for item in found] == ranks
    assert all(item.tied == (values.count(item.figure.value) > 1) for item in found)


@pytest.mark.parametrize(("part", "whole", "percent"), [(25, 100, 25), (0, 100, 0), (5, 0, None)])
def test_share(part: float, whole: float, percent: float | None) -> None:
    assert derive.share(figure(part), figure(whole)).percent == percent


@pytest.mark.parametrize(
    ("actual", "plan", "percent", "remaining"), [(75, 100, 75, 25), (120, 100, 120, -20), (5, 0, None, -5)]
)
def test_progress(actual: float, plan: float, percent: float | None, remaining: float) -> None:
    found = derive.progress(figure(actual), figure(plan))
    assert (found.percent, found.remaining) == (percent, remaining)


def test_average_in_order_of_time() -> None:
    found = derive.average([figure(6, "2024-03"), figure(1, "2024-01"), figure(2, "2024-02")])
    assert (found.value, found.count, found.first.value, found.last.value) == (3, 3, 1, 6)
    with pytest.raises(ValueError, match="at least one"):
        derive.average([])


@pytest.mark.parametrize(
    ("values", "direction", "slope", "turns"),
    [
        ([1, 2, 3, 4], "up", 1, []),
        ([4, 3, 2], "down", -1, []),
        ([100, 100.1, 99.9, 100], "same", pytest.approx(-0.02), [100.1, 99.9]),
        ([1, 5, 5, 2, 6], "up", pytest.approx(0.7), [5, 2]),
        ([7], "same", 0, []),
    ],
)
def test_trend(values: list[float], direction: str, slope: float, turns: list[float]) -> None:
    found = derive.trend(series(*values))
    assert (found.direction, found.slope) == (direction, slope)
    assert [point.value for point in found.turning_points] == turns
    assert (found.highest.value, found.lowest.value) == (max(values), min(values))
    assert (found.change is None) == (len(values) == 1)


def test_a_trend_needs_figures() -> None:
    with pytest.raises(ValueError, match="at least one"):
        derive.trend([])


def test_contributions_say_how_much_each_part_moved_the_whole() -> None:
    parts = [derive.change(figure(12), figure(10)), derive.change(figure(18), figure(20))]
    rising = derive.change(figure(108), figure(100))
    assert [item.percent for item in derive.contributions(parts, rising)] == [25, -25]
    still = derive.change(figure(30), figure(30))
    assert [item.percent for item in derive.contributions(parts, still)] == [None, None]


@given(st.lists(st.integers(min_value=-1000, max_value=1000), min_size=1, max_size=30))
def test_ranks_never_overtake_values(values: list[int]) -> None:
    ranked = derive.rank([figure(value) for value in values])
    assert [item.rank for item in ranked] == [1 + sum(other > item.figure.value for other in values) for item in ranked]


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(2, 20))
def test_the_slope_of_a_line_is_its_slope(start: int, gradient: int, count: int) -> None:
    assert derive.slope([start + gradient * step for step in range(count)]) == pytest.approx(gradient)
