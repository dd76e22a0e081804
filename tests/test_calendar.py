"""Periods: what holds a day, what tiles what, one step back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import calendar
from assistant.calendar import parse_code as period
from assistant.types import Grain

DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))
GRAINS: st.SearchStrategy[Grain] = st.sampled_from(["month", "quarter", "half", "year", "school_year"])


@pytest.mark.parametrize(
    ("whole", "grain", "tiles"),
    [
        ("2024", "quarter", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("2024-Q2", "month", ["2024-04", "2024-05", "2024-06"]),
        ("2024-01..2024-06", "half", ["2024-H1"]),
        ("2024-02..2024-04", "quarter", []),
        ("2024-10", "year", []),
        ("2024", "school_year", []),
        ("2023/2024", "school_year", ["2023/2024"]),
    ],
)
def test_tiles(whole: str, grain: Grain, tiles: list[str]) -> None:
    assert calendar.tiles(period(whole), grain) == tuple(period(text) for text in tiles)


@pytest.mark.parametrize(
    ("now", "count", "then"),
    [
        ("2024-01", -1, "2023-12"),
        ("2024-Q1", -1, "2023-Q4"),
        ("2024", 2, "2026"),
        ("2023/2024", -1, "2022/2023"),
        ("2024-H1", -1, "2023-H2"),
        ("2024-01..2024-06", -1, "2023-H2"),
        ("2024-09..2024-10", -1, "2024-07..2024-08"),
    ],
)
def test_step(now: str, count: int, then: str) -> None:
    assert calendar.step(period(now), count) == period(then)


def test_a_same_last_year_february_of_a_leap_year() -> None:
    assert calendar.same_last_year(period("2025-02")) == period("2024-02")
    assert calendar.same_last_year(period("2024-01..2024-02")) == period("2023-01..2023-02")


@given(DAYS, GRAINS)
def test_a_period_holds_its_day_and_follows_the_one_before(day: date, grain: Grain) -> None:
    held = calendar.holding(grain, day)
    before = calendar.step(held, -1)
    assert held.start <= day <= held.end
    assert (held.start - before.end).days == 1
    assert calendar.step(before, 1) == held


@given(DAYS, st.sampled_from(["month", "quarter", "half", "year"]))
def test_tiles_cover_everything_once(day: date, grain: Grain) -> None:
    year = calendar.holding("year", day)
    tiles = calendar.tiles(year, grain)
    assert sum((tile.end - tile.start).days + 1 for tile in tiles) == (year.end - year.start).days + 1
    assert sum(tile.start <= day <= tile.end for tile in tiles) == 1


def test_splitting() -> None:
    assert [calendar.code(part) for part in calendar.split(calendar.year(2024), "quarter")] == [
        "2024-Q1",
        "2024-Q2",
        "2024-Q3",
        "2024-Q4",
    ]
    assert len(calendar.split(calendar.school_year(2023), "month")) == 12
    assert [calendar.code(part) for part in calendar.split(calendar.school_year(2023), "quarter")] == [
        "2023-Q4",
        "2024-Q1",
        "2024-Q2",
    ]
    assert calendar.split(calendar.month(2024, 2), "year") == ()
    assert len(calendar.split(calendar.month(2024, 2), "day")) == 29


@pytest.mark.parametrize("text", ["", "2024-13", "2023/2025", "2024-Q5", "x", "2020..2019", "same_last_year"])
def test_codes_that_are_none(text: str) -> None:
    with pytest.raises(ValueError):
        period(text)
