"""Figures from stored rows: adding up over places, members and time, and never over a gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.query.engine import QueryEngine
from assistant.query.request import Cell, Missing, Request
from assistant.types import Figure
from tests.query.conftest import (
    ISLAND,
    NORTH,
    NORTH_1,
    NORTH_2,
    OLD_SOUTH,
    PROVINCE,
    SOUTH,
    SOUTH_1,
    Fill,
    period,
    row,
)


def ask(engine: QueryEngine, indicator: str, place: str, when: str, **dims: str) -> Figure | Missing:
    request = Request(indicator=indicator, places=(place,), dimensions=(dims,), periods=(period(when),))
    return next(iter(engine.resolve((request,))[0].values()))


def value(engine: QueryEngine, indicator: str, place: str, when: str, **dims: str) -> float | str:
    """The value, or the reason why there is none."""
    outcome = ask(engine, indicator, place, when, **dims)
    return outcome.value if isinstance(outcome, Figure) else outcome.reason


def months(indicator: str, place: str, year: int, values: dict[int, float], **more: Any) -> list[Any]:
    return [row(indicator, place, f"{year}-{month:02}", number, **more) for month, number in values.items()]


def test_a_stored_figure_carries_everything(fill: Fill) -> None:
    engine = fill(row("pupils", PROVINCE, "2024", 530, preliminary=True, source="Sở Một"))
    figure = ask(engine, "pupils", PROVINCE, "2024")
    assert isinstance(figure, Figure)
    assert (figure.value, figure.unit, figure.place_kind, figure.period) == (530, "cái", "province", period("2024"))
    assert figure.preliminary and figure.illustrative and figure.source == "Sở Một"
    assert figure.as_of == date(2024, 12, 31)
    info = engine.warehouse.current("education")
    assert info is not None and figure.snapshot == info.id


def test_total_and_members_are_never_counted_twice(fill: Fill) -> None:
    engine = fill(
        row("pupils", PROVINCE, "2024", 100),
        row("pupils", PROVINCE, "2024", 60, dimensions={"sex": "male"}),
        row("pupils", PROVINCE, "2024", 40, dimensions={"sex": "female"}),
        row("pupils", PROVINCE, "2024", 70, dimensions={"level": "mid"}),
        row("pupils", PROVINCE, "2024", 30, dimensions={"level": "high"}),
    )
    assert value(engine, "pupils", PROVINCE, "2024") == 100
    assert value(engine, "pupils", PROVINCE, "2024", sex="female") == 40
    assert value(engine, "pupils", PROVINCE, "2024", level="mid") == 70
    assert value(engine, "pupils", PROVINCE, "2024", level="mid", sex="male") == "no_breakdown"


def test_a_total_that_is_kept_is_not_made_up_from_members(fill: Fill) -> None:
    engine = fill(
        row("pupils", PROVINCE, "2023", 100),
        row("pupils", PROVINCE, "2024", 60, dimensions={"level": "mid"}),
        row("pupils", PROVINCE, "2024", 40, dimensions={"level": "high"}),
    )
    assert value(engine, "pupils", PROVINCE, "2024") == "no_period"


def test_members_add_up_only_when_all_are_there(fill: Fill) -> None:
    engine = fill(
        *[row("pupils", PROVINCE, "2023", 10, dimensions={"sex": sex}) for sex in ("male", "female")],
        row("pupils", PROVINCE, "2024", 11, dimensions={"sex": "male"}),
        row("pupils", PROVINCE, "2025", 12, dimensions={"sex": "male"}),
        row("pupils", PROVINCE, "2025", 12, dimensions={"sex": "female"}),
        row("toddlers", PROVINCE, "2024", 5, dimensions={"sex": "female"}),
    )
    assert value(engine, "pupils", PROVINCE, "2023") == 20
    assert value(engine, "pupils", PROVINCE, "2024") == "incomplete"
    assert value(engine, "toddlers", PROVINCE, "2024") == "no_breakdown"
    assert value(engine, "toddlers", PROVINCE, "2024", sex="female") == 5


def test_communes_add_up_to_districts_and_the_province_with_the_island_beside_them(fill: Fill) -> None:
    engine = fill(
        row("people", NORTH_1, "2024", 1),
        row("people", NORTH_2, "2024", 2),
        row("people", SOUTH_1, "2024", 4),
        row("people", ISLAND, "2024", 8),
    )
    assert value(engine, "people", NORTH, "2024") == 3
    assert value(engine, "people", SOUTH, "2024") == 4
    assert value(engine, "people", ISLAND, "2024") == 8
    assert value(engine, "people", PROVINCE, "2024") == 15


def test_districts_and_communes_both_kept_in_full_are_not_added_together(fill: Fill) -> None:
    engine = fill(
        *[row("people", place, "2024", 1) for place in (NORTH_1, NORTH_2, SOUTH_1)],
        row("people", NORTH, "2024", 2),
        row("people", SOUTH, "2024", 1),
        row("people", ISLAND, "2024", 8),
    )
    assert value(engine, "people", PROVINCE, "2024") == 11


def test_a_missing_commune_makes_the_sum_incomplete_and_is_named(fill: Fill) -> None:
    engine = fill(
        *[row("people", place, "2023", 1) for place in (NORTH_1, NORTH_2, SOUTH_1, ISLAND)],
        *[row("people", place, "2024", 1) for place in (NORTH_1, SOUTH_1, ISLAND)],
    )
    outcome = ask(engine, "people", PROVINCE, "2024")
    assert isinstance(outcome, Missing)
    assert (outcome.reason, outcome.absent) == ("incomplete", (NORTH_2,))
    assert value(engine, "people", NORTH, "2024") == "incomplete"
    assert value(engine, "people", SOUTH, "2024") == 1
    assert value(engine, "people", PROVINCE, "2023") == 4


def test_a_school_that_opened_later_or_closed_long_ago_leaves_sums_whole(fill: Fill) -> None:
    engine = fill(
        *[row("pupils", "sch-1", str(year), 100) for year in range(2020, 2026)],
        *[row("pupils", "sch-2", str(year), 10) for year in range(2020, 2022)],
        *[row("pupils", "sch-3", str(year), 1) for year in range(2024, 2026)],
    )
    expected: dict[str, float | str] = {"2021": 110, "2022": "incomplete", "2023": 100, "2024": 101, "2025": 101}
    assert {year: value(engine, "pupils", PROVINCE, year) for year in expected} == expected
    assert value(engine, "pupils", "sch-2", "2021") == 10


def test_flows_sum_over_months_and_stocks_do_not(fill: Fill) -> None:
    every = {month: float(month) for month in range(1, 13)}
    engine = fill(*months("visits", PROVINCE, 2024, every), *months("doctors", PROVINCE, 2024, every))
    assert value(engine, "visits", PROVINCE, "2024") == 78
    assert value(engine, "visits", PROVINCE, "2024-Q2") == 15
    assert value(engine, "visits", PROVINCE, "2024-01..2024-06") == 21
    assert value(engine, "doctors", PROVINCE, "2024") == 12
    assert value(engine, "doctors", PROVINCE, "2024-Q2") == 6


def test_running_totals_are_their_value_at_the_end(fill: Fill) -> None:
    rising = {month: 10.0 * month for month in range(1, 13)}
    engine = fill(*months("revenue", PROVINCE, 2024, rising), *months("revenue", PROVINCE, 2025, rising))
    assert value(engine, "revenue", PROVINCE, "2024") == 120
    assert value(engine, "revenue", PROVINCE, "2024-01..2024-06") == 60
    assert value(engine, "revenue", PROVINCE, "2024-01..2025-12") == 240
    october = ask(engine, "revenue", PROVINCE, "2024-10")
    assert isinstance(october, Figure) and october.value == 100
    assert october.period.cumulative and october.period.start == date(2024, 1, 1)


def test_a_month_that_is_missing_makes_the_year_incomplete(fill: Fill) -> None:
    gap = {month: 1.0 for month in range(1, 13) if month != 5}
    engine = fill(*months("visits", PROVINCE, 2024, gap))
    outcome = ask(engine, "visits", PROVINCE, "2024")
    assert isinstance(outcome, Missing)
    assert (outcome.reason, outcome.absent_periods) == ("incomplete", (period("2024-05"),))
    assert value(engine, "visits", PROVINCE, "2024-05") == "no_period"
    assert value(engine, "visits", PROVINCE, "2024-Q1") == 3


def test_a_month_missing_in_one_commune_makes_the_quarter_incomplete(fill: Fill) -> None:
    engine = fill(
        *months("visits", NORTH_1, 2024, dict.fromkeys(range(1, 7), 1.0)),
        *months("visits", NORTH_2, 2024, {1: 1, 3: 1, 4: 1, 5: 1, 6: 1}),
    )
    assert value(engine, "visits", NORTH, "2024-Q1") == "incomplete"
    assert value(engine, "visits", NORTH, "2024-Q2") == 6


def test_means_are_means_over_areas_and_time(fill: Fill) -> None:
    engine = fill(
        *months("hours", NORTH_1, 2024, {1: 2, 2: 4, 3: 6}), *months("hours", NORTH_2, 2024, {1: 4, 2: 6, 3: 8})
    )
    assert value(engine, "hours", NORTH, "2024-01") == 3
    assert value(engine, "hours", NORTH, "2024-Q1") == 5


def test_means_over_areas_of_sums_over_members(fill: Fill) -> None:
    engine = fill(
        *[
            row("hours", place, "2024-01", number, dimensions={"sex": sex})
            for place, sex, number in [
                (NORTH_1, "male", 1),
                (NORTH_1, "female", 3),
                (NORTH_2, "male", 5),
                (NORTH_2, "female", 7),
            ]
        ]
    )
    assert value(engine, "hours", NORTH, "2024-01") == 8


def test_ratios_are_computed_from_added_parts_not_averaged(fill: Fill) -> None:
    engine = fill(
        row("pupils", NORTH_1, "2024", 100),
        row("classes", NORTH_1, "2024", 2),
        row("pupils", NORTH_2, "2024", 100),
        row("classes", NORTH_2, "2024", 8),
    )
    assert value(engine, "class_size", NORTH_1, "2024") == 50
    assert value(engine, "class_size", NORTH, "2024") == 20


def test_a_ratio_takes_a_part_from_another_domain(fill: Fill) -> None:
    engine = fill(row("doctors", PROVINCE, "2024-12", 50), row("people", PROVINCE, "2024", 100_000))
    figure = ask(engine, "doctor_rate", PROVINCE, "2024")
    assert isinstance(figure, Figure) and figure.value == 5 and figure.unit == "cái"
    assert engine.domains_read(("doctor_rate",)) == {"health", "economy"}
    request = Request(indicator="doctor_rate", places=(PROVINCE,), periods=(period("2024"),))
    outcome = engine.resolve((request,), frozenset({"health"}))[0]
    assert [missing.indicator for missing in outcome.values() if isinstance(missing, Missing)] == ["people"]


def test_a_ratio_over_zero_is_undefined(fill: Fill) -> None:
    engine = fill(row("pupils", PROVINCE, "2024", 5), row("classes", PROVINCE, "2024", 0))
    assert value(engine, "class_size", PROVINCE, "2024") == "undefined"


def test_never_forbids(fill: Fill) -> None:
    engine = fill(
        *months("index", NORTH, 2024, dict.fromkeys(range(1, 13), 100.0)),
        *months("index", SOUTH, 2024, dict.fromkeys(range(1, 13), 100.0)),
    )
    assert value(engine, "index", NORTH, "2024-03") == 100
    assert value(engine, "index", NORTH, "2024") == "no_grain"
    assert value(engine, "index", PROVINCE, "2024-03") == "no_breakdown"


def test_what_there_is_instead_is_told(fill: Fill) -> None:
    engine = fill(*[row("people", NORTH, str(year), 1) for year in range(2010, 2016)])
    before = ask(engine, "people", NORTH, "2009")
    assert isinstance(before, Missing) and before.reason == "no_period"
    assert (before.available_from, before.available_to) == (date(2010, 1, 1), date(2015, 12, 31))
    finer = ask(engine, "people", NORTH, "2012-05")
    assert isinstance(finer, Missing) and (finer.reason, finer.grain) == ("no_grain", "year")
    smaller = ask(engine, "people", NORTH_1, "2012")
    assert isinstance(smaller, Missing) and (smaller.reason, smaller.place_kind) == ("no_place", "district")
    assert value(engine, "visits", NORTH, "2012") == "no_period"


def test_districts_that_were_renamed(fill: Fill) -> None:
    engine = fill(
        *[row("people", NORTH, str(year), 1) for year in (2018, 2019, 2020, 2021)],
        *[row("people", ISLAND, str(year), 1) for year in (2018, 2019, 2020, 2021)],
        *[row("people", OLD_SOUTH, str(year), 10) for year in (2018, 2019)],
        *[row("people", SOUTH, str(year), 20) for year in (2020, 2021)],
    )
    expected = {"2018": 12, "2019": 12, "2020": 22, "2021": 22}
    assert {year: value(engine, "people", PROVINCE, year) for year in expected} == expected
    assert value(engine, "people", OLD_SOUTH, "2021") == "no_place"
    assert value(engine, "people", SOUTH, "2018") == "no_place"


def test_units_carried_on_by_the_sample_province_are_expected_for_ever(fill: Fill) -> None:
    engine = fill(
        *[row("people", NORTH, str(year), 1) for year in (2018, 2019, 2020, 2021)],
        *[row("people", OLD_SOUTH, str(year), 10) for year in (2018, 2019, 2020)],
        frozen=date(2019, 6, 30),
    )
    assert value(engine, "people", PROVINCE, "2020") == 11
    assert value(engine, "people", PROVINCE, "2021") == "incomplete"


def test_school_years_are_periods_of_their_own(fill: Fill) -> None:
    engine = fill(row("exams", PROVINCE, "2023/2024", 7))
    assert value(engine, "exams", PROVINCE, "2023/2024") == 7
    assert value(engine, "exams", PROVINCE, "2022/2023") == "no_period"
    assert value(engine, "exams", PROVINCE, "2024") == "no_grain"


def test_agencies_add_up_to_the_area_they_govern(fill: Fill) -> None:
    engine = fill(row("visits", "agy-1", "2024-01", 5), row("visits", "agy-2", "2024-01", 2))
    assert value(engine, "visits", "agy-2", "2024-01") == 2
    assert value(engine, "visits", NORTH, "2024-01") == 2
    assert value(engine, "visits", PROVINCE, "2024-01") == 7


def test_plans_and_actual_figures_do_not_mix(fill: Fill) -> None:
    engine = fill(row("visits", PROVINCE, "2024", 100, kind="plan"), row("visits", PROVINCE, "2024", 60))
    request = Request(indicator="visits", places=(PROVINCE,), periods=(period("2024"),))
    planned = request.model_copy(update={"kind": "plan"})
    fetched = engine.fetch_many((request, planned))
    assert [figure.value for figures in fetched for figure in figures.values()] == [60, 100]


def test_a_block_of_cells_comes_in_order_and_leaves_gaps_out(fill: Fill) -> None:
    engine = fill(row("people", NORTH, "2023", 1), row("people", NORTH, "2024", 2), row("people", ISLAND, "2024", 4))
    request = Request(indicator="people", places=(ISLAND, NORTH), periods=(period("2023"), period("2024")))
    fetched = engine.fetch(request)
    assert [(cell.place, figure.value) for cell, figure in fetched.items()] == [(ISLAND, 4), (NORTH, 1), (NORTH, 2)]
    assert engine.explain(request, Cell(ISLAND, (), period("2023"))).reason == "no_period"
    with pytest.raises(ValueError, match="not empty"):
        engine.explain(request, Cell(NORTH, (), period("2024")))


def test_codes_cannot_smuggle_sql(fill: Fill) -> None:
    engine = fill(row("people", NORTH, "2024", 1))
    request = Request(
        indicator="people", places=(NORTH,), dimensions=({"sex": "x' OR '1'='1"},), periods=(period("2024"),)
    )
    assert engine.fetch(request) == {}
