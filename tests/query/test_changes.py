"""Where a change came from, ratios a question makes, running totals, turns, plans: what is fetched and what follows."""

from __future__ import annotations

import pytest

from assistant.access.models import Grants
from assistant.catalogue.loader import Catalogue
from assistant.query.engine import QueryEngine
from assistant.query.plan import NotPlannable, Plan
from assistant.types import Comparison, Found, Threshold
from tests.query.conftest import ISLAND, NORTH, NORTH_1, NORTH_2, PROVINCE, SOUTH, SOUTH_1, make_engine, period, row
from tests.query.test_planner import answer, notes, planned, read, values

PEOPLE = Found(kind="indicator", code="people")
PREVIOUS = Comparison(kind="previous_period")


@pytest.fixture(scope="module")
def engine(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> QueryEngine:
    """Visits that rise by 30 in the south and fall by 6 in the north; people, doctors, revenue and its plan."""
    rows = []
    visits = {NORTH_1: (20, 16), NORTH_2: (20, 18), SOUTH_1: (40, 70), ISLAND: (5, 5)}
    for place, (before, now) in visits.items():
        rows += [row("visits", place, "2026-09", before), row("visits", place, "2026-10", now)]
        rows += [row("visits", place, f"2026-{month:02}", 10) for month in range(1, 9)]
        rows += [row("visits", place, f"2025-{month:02}", 5) for month in range(1, 13)]
    for place, size in ((NORTH, 1000), (SOUTH, 2000), (ISLAND, 500)):
        rows += [row("people", place, str(year), size) for year in (2024, 2025)]
    for month, value in enumerate((10, 30, 20, 15, 40, 60, 55, 50, 45, 41), start=1):
        rows.append(row("index", PROVINCE, f"2026-{month:02}", value))
        rows.append(row("revenue", PROVINCE, f"2026-{month:02}", 100.0 * month))
    rows.append(row("revenue", PROVINCE, "2026", 1500, kind="plan", as_of=period("2026-01").end))
    return make_engine(rows, catalogue, tmp_path_factory.mktemp("data"))


def test_why_tells_the_parts_that_add_up_to_the_change(engine: QueryEngine) -> None:
    result = answer(engine, read("why", "visits", PROVINCE, "2026-10", comparison=PREVIOUS))
    derived = result.parts[0].derived
    assert (result.plan.shape, result.plan.group) == ("why", "district")
    assert values(result) == [109] and values(result, "base") == [85]
    assert [(each.change.figure.place, each.change.absolute) for each in derived.contributions] == [
        (SOUTH, 30),
        (ISLAND, 0),
        (NORTH, -6),
    ]
    assert sum(each.percent or 0 for each in derived.contributions) == pytest.approx(100)
    assert result.figures[0].place == PROVINCE


def test_why_goes_one_kind_of_place_down_and_names_the_group_asked_for(engine: QueryEngine) -> None:
    inside = answer(engine, read("why", "visits", NORTH, "2026-10", comparison=PREVIOUS))
    assert inside.plan.group == "commune"
    assert [each.change.absolute for each in inside.parts[0].derived.contributions] == [-4, -2]
    named = answer(engine, read("why", "visits", PROVINCE, "2026-10", group="commune", comparison=PREVIOUS))
    places = [each.change.figure.place for each in named.parts[0].derived.contributions]
    assert (named.plan.group, places[0], places[-1]) == ("commune", SOUTH_1, NORTH_1)


def test_why_of_what_does_not_add_up_has_no_parts(engine: QueryEngine) -> None:
    result = answer(engine, read("why", "index", PROVINCE, "2026-10", comparison=PREVIOUS))
    assert result.parts[0].derived.changes and not result.parts[0].derived.contributions


def test_a_made_ratio_is_computed_place_by_place_with_the_latest_denominator(engine: QueryEngine) -> None:
    made = answer(engine, read("breakdown", "visits", PROVINCE, "2026-10", group="district", per=PEOPLE, scale=1000))
    assert values(made) == [34, 35, 10]
    assert made.plan.domains == {"health", "economy"} and made.figures[0].indicator == "visits--people--1000"
    standing = [note for note in made.plan.notes if note.kind == "standing"]
    assert [(note.indicator, note.period) for note in standing] == [("people", period("2025"))]


def test_a_made_ratio_of_the_same_year_needs_no_note(engine: QueryEngine) -> None:
    made = answer(engine, read("value", "visits", NORTH, "2025", per=PEOPLE, scale=1000))
    assert values(made) == [120] and "standing" not in notes(made)


def test_each_component_of_a_made_ratio_needs_its_grant(engine: QueryEngine) -> None:
    asked = read("value", "visits", NORTH, "2026-10", per=Found(kind="indicator", code="revenue"))
    refused = planned(engine, asked, Grants({"health": None}))
    assert isinstance(refused, NotPlannable) and (refused.status, refused.domains) == ("denied", ("economy",))
    public = planned(engine, read("value", "visits", NORTH, "2026-10", per=PEOPLE), Grants({"health": None}))
    assert isinstance(public, Plan)


def test_running_totals_start_in_january(engine: QueryEngine) -> None:
    result = answer(engine, read("value", "visits", NORTH, "2026-09", cumulative=True))
    assert values(result) == [200] and values(result, "base") == [90]
    assert result.figures[0].period.cumulative
    unnamed = answer(engine, read("value", "visits", NORTH, cumulative=True))
    assert values(unnamed) == [234] and "period_default" in notes(unnamed)
    stock = answer(engine, read("value", "people", NORTH, "2025", cumulative=True))
    assert not stock.figures[0].period.cumulative


def test_turning_keeps_peak_trough_and_since_when(engine: QueryEngine) -> None:
    result = answer(engine, read("turning", "index", PROVINCE, "2026-10"))
    trend = result.parts[0].derived.trend
    assert result.plan.shape == "turning" and trend is not None and trend.since is not None
    assert (trend.highest.value, trend.lowest.value, trend.last_step) == (60, 10, "down")
    assert trend.since.period == period("2026-06")
    assert [figure.value for figure in trend.turning_points] == [30, 15, 60]


def test_a_running_plan_has_an_even_pace(engine: QueryEngine) -> None:
    only = answer(engine, read("progress", "revenue", PROVINCE)).parts[0].derived.progress[0]
    assert (only.remaining, only.months_left, only.reached) == (500, 2, False)
    assert only.expected == pytest.approx(100 * 10 / 12)


def test_every_plan_at_once(engine: QueryEngine) -> None:
    reading = read("filter", (), (), group="indicator", comparison=Comparison(kind="plan"))
    result = answer(engine, reading)
    assert result.plan.shape == "plans" and [part.indicator for part in result.parts] == ["revenue"]
    denied = planned(engine, reading.model_copy(update={"domains": ("economy",)}), Grants({"health": None}))
    assert isinstance(denied, NotPlannable) and denied.status == "denied"


def test_places_named_side_by_side_are_filtered_themselves(engine: QueryEngine) -> None:
    threshold = Threshold(operator="gt", value=50)
    result = answer(engine, read("filter", "visits", (NORTH, SOUTH), "2026-10", group="district", threshold=threshold))
    assert [each.figure.place for each in result.parts[0].derived.ranking] == [SOUTH]
    assert result.parts[0].derived.candidates == 2
    without = answer(engine, read("filter", "visits", PROVINCE, "2026-10", group="district"))
    assert without.plan.shape == "rank"


def test_three_periods_stand_side_by_side(engine: QueryEngine) -> None:
    result = answer(engine, read("change", "visits", NORTH, ("2026-08", "2026-09", "2026-10")))
    assert (result.plan.shape, values(result)) == ("value", [20, 40, 34])


def test_a_report_on_a_place_takes_turns_between_the_domains_granted(engine: QueryEngine) -> None:
    every = answer(engine, read("report", (), NORTH))
    assert [part.indicator for part in every.parts][:1] == ["visits"]
    assert {"visits", "people"} <= {part.indicator for part in every.parts}
    one = answer(engine, read("report", (), NORTH), Grants({"economy": None}))
    assert {part.indicator for part in one.parts} == {"people"}
    none = planned(engine, read("report", (), NORTH), Grants({}))
    assert isinstance(none, NotPlannable) and none.status == "denied"


def test_plans_that_are_not_kept_for_a_group_are_no_plans_reached(engine: QueryEngine) -> None:
    asked = read("filter", "visits", PROVINCE, group="district", comparison=Comparison(kind="plan"))
    refused = planned(engine, asked)
    assert isinstance(refused, NotPlannable) and (refused.reason, refused.place_kind) == ("no_plan", "district")
