"""Readings to plans and results: defaults, running years, grants, and what every shape asks for."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.access.models import Grants
from assistant.catalogue.loader import Catalogue
from assistant.query.engine import QueryEngine
from assistant.query.plan import NotPlannable, Plan, Result
from assistant.query.planner import plan
from assistant.types import Comparison, Found, Reading, Threshold
from assistant.warehouse.facts import FactRow
from tests.query.conftest import (
    CLOCK,
    ISLAND,
    NORTH,
    NORTH_1,
    NORTH_2,
    PROVINCE,
    SOUTH,
    SOUTH_1,
    Fill,
    make_engine,
    period,
    row,
)

EVERYTHING = Grants({"education": None, "health": None, "economy": None})


def read(
    intent: str,
    indicator: str | tuple[str, ...] = (),
    place: str | tuple[str, ...] = (),
    when: str | tuple[str, ...] = (),
    *,
    group: str | tuple[str, ...] = (),
    member: str | tuple[str, ...] = (),
    **more: Any,
) -> Reading:
    """A reading from codes."""

    def found(kind: Any, codes: str | tuple[str, ...]) -> tuple[Found, ...]:
        listed = (codes,) if isinstance(codes, str) else codes
        return tuple(Found(kind=kind, code=code, start=position) for position, code in enumerate(listed))

    places = (place,) if isinstance(place, str) else place
    whens = (when,) if isinstance(when, str) else when
    return Reading(
        intent=intent,
        indicators=found("indicator", indicator),
        areas=found("area", tuple(code for code in places if code.isdigit())),
        facilities=found("facility", tuple(code for code in places if code.startswith(("sch", "hos")))),
        agencies=found("agency", tuple(code for code in places if code.startswith("agy"))),
        dimensions=found("member", member),
        grouping=found("group", group),
        periods=tuple(Found(kind="period", code=text, period=period(text)) for text in whens),
        **more,
    )


def planned(engine: QueryEngine, reading: Reading, grants: Grants = EVERYTHING) -> Plan | NotPlannable:
    return plan(
        reading,
        catalogue=engine.catalogue,
        warehouse=engine.warehouse,
        engine=engine,
        grants=grants,
        clock=CLOCK,
    )


def answer(engine: QueryEngine, reading: Reading, grants: Grants = EVERYTHING) -> Result:
    made = planned(engine, reading, grants)
    assert isinstance(made, Plan), made
    return engine.run(made)


def refusal(engine: QueryEngine, reading: Reading, grants: Grants = EVERYTHING) -> NotPlannable:
    made = planned(engine, reading, grants)
    assert isinstance(made, NotPlannable), made
    return made


def values(result: Result, role: Any = "main") -> list[float]:
    return [figure.value for figure in result.parts[0].figures.get(role, ())]


def notes(result: Result) -> set[str]:
    return {note.kind for note in result.plan.notes}


@pytest.fixture(scope="module")
def engine(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> QueryEngine:
    """Visits by month in communes up to October 2026, people and pupils by year, plans for 2026."""
    rows: list[FactRow] = []
    for year in (2024, 2025, 2026):
        for month in range(1, 13 if year < 2026 else 11):
            for place, size in ((NORTH_1, 1), (NORTH_2, 2), (SOUTH_1, 4), (ISLAND, 8)):
                when = f"{year}-{month:02}"
                rows.append(row("visits", place, when, size * (year - 2023)))
                rows.append(row("doctors", place, when, 10 * size + month))
            rows.append(row("revenue", PROVINCE, f"{year}-{month:02}", 100.0 * month * (year - 2023)))
    for place, size in ((NORTH, 3), (SOUTH, 4), (ISLAND, 8)):
        rows.append(row("visits", place, "2026", 40.0 * size, kind="plan", as_of=period("2026-01").end))
    rows.append(row("revenue", PROVINCE, "2026", 4000, kind="plan", as_of=period("2026-01").end))
    for year in range(2015, 2026):
        for place, size in ((NORTH, 1000), (SOUTH, 2000), (ISLAND, 3000)):
            rows.append(row("people", place, str(year), size + year))
        for place, size in (("sch-1", 100), ("sch-2", 200), ("sch-3", 300)):
            level = "high" if place == "sch-3" else "mid"
            for sex, part in (("male", 0.5), ("female", 0.5)):
                dimensions = {"level": level, "sex": sex}
                rows.append(row("pupils", place, str(year), (size + year - 2015) * part * 2, dimensions=dimensions))
        rows.append(row("exams", PROVINCE, f"{year - 1}/{year}", year))
    return make_engine(rows, catalogue, tmp_path_factory.mktemp("data"))


def test_a_value_says_which_period_and_place_were_taken(engine: QueryEngine) -> None:
    result = answer(engine, read("value", "visits"))
    assert values(result) == [45]
    assert result.figures[0].period == period("2026-10") and result.figures[0].place == PROVINCE
    assert notes(result) == {"period_default", "place_default"}


@pytest.mark.parametrize(
    ("indicator", "place", "when", "expected"),
    [
        ("visits", NORTH, "2025", 72),
        ("visits", NORTH, "2025-Q1", 18),
        ("doctors", SOUTH, "2025", 52),
        ("revenue", PROVINCE, "2025", 2400),
        ("people", PROVINCE, "2020", 12060),
        ("people", NORTH, "2020", 3020),
        ("exams", PROVINCE, "2020", 2020),
        ("exams", PROVINCE, "2019/2020", 2020),
        ("pupils", "sch-3", "2015", 600),
    ],
)
def test_values(engine: QueryEngine, indicator: str, place: str, when: str, expected: float) -> None:
    assert values(answer(engine, read("value", indicator, place, when))) == [expected]


def test_the_running_year_is_a_flow_so_far_and_a_stock_at_its_last_month(engine: QueryEngine) -> None:
    flow = answer(engine, read("value", "visits", PROVINCE, "2026"))
    assert values(flow) == [450] and notes(flow) == {"partial"}
    assert flow.figures[0].period.cumulative and flow.figures[0].period.end == period("2026-10").end
    stock = answer(engine, read("value", "doctors", SOUTH, "2026"))
    assert values(stock) == [50] and stock.figures[0].period == period("2026-10") and notes(stock) == {"partial"}
    total = answer(engine, read("value", "revenue", PROVINCE, "2026"))
    assert values(total) == [3000]


@pytest.mark.parametrize(
    ("indicator", "place", "when", "reason"),
    [
        ("visits", PROVINCE, "2027", "future"),
        ("visits", PROVINCE, "2026-12", "future"),
        ("visits", PROVINCE, "2026-11", "after"),
        ("visits", PROVINCE, "2019", "before"),
        ("people", NORTH_1, "2020", "place_not_kept"),
        ("people", "sch-1", "2020", "place_not_kept"),
        ("pupils", "hos-1", "2020", "place_not_kept"),
        ("classes", PROVINCE, "2020", "not_loaded"),
        ("class_size", PROVINCE, "2020", "not_loaded"),
    ],
)
def test_what_there_cannot_be_is_said(engine: QueryEngine, indicator: str, place: str, when: str, reason: str) -> None:
    refused = refusal(engine, read("value", indicator, place, when))
    assert (refused.status, refused.reason) == ("no_data", reason)
    if reason == "before":
        assert refused.available_from == period("2024-01").start and refused.available_to == period("2026-10").end


def test_a_breakdown_that_is_not_kept(engine: QueryEngine) -> None:
    refused = refusal(engine, read("value", "people", NORTH, "2020", member="sex:female"))
    assert (refused.reason, refused.dimension) == ("no_breakdown", "sex")


def test_members_that_another_indicator_counts(engine: QueryEngine) -> None:
    assert refusal(engine, read("value", "pupils", PROVINCE, "2020", member="level:low")).indicator == "toddlers"
    share = planned(engine, read("share", "pupils", PROVINCE, "2020", member="level:low"))
    assert isinstance(share, Plan) and share.parts[0].indicator == "pupils", "a share stays with its whole"


def test_compare_puts_places_side_by_side(engine: QueryEngine) -> None:
    result = answer(engine, read("compare", "people", (SOUTH, NORTH), "2020"))
    assert values(result) == [4020, 3020]
    (change,) = result.parts[0].derived.changes
    assert (change.absolute, change.direction, change.base.place) == (1000, "up", NORTH)


def test_compare_of_two_periods_is_a_change(engine: QueryEngine) -> None:
    result = answer(engine, read("compare", "people", NORTH, ("2020", "2015")))
    assert result.plan.shape == "change"
    assert result.parts[0].derived.changes[0].absolute == 5


@pytest.mark.parametrize(
    ("indicator", "when", "comparison", "main", "base"),
    [
        ("visits", "2026-10", None, 45, 45),
        ("visits", "2026-01", "previous_period", 45, 30),
        ("visits", "2026-10", "same_period_last_year", 45, 30),
        ("visits", "2026", None, 450, 300),
        ("visits", ("2025", "2026"), None, 450, 300),
        ("revenue", "2026-10", None, 3000, 2000),
        ("people", "2020", None, 12060, 12057),
        ("people", (), None, 12075, 12072),
    ],
)
def test_change_chooses_its_base(
    engine: QueryEngine, indicator: str, when: Any, comparison: Any, main: float, base: float
) -> None:
    held = Comparison(kind=comparison, direction="up") if comparison else None
    result = answer(engine, read("change", indicator, PROVINCE, when, comparison=held))
    assert (values(result), values(result, "base")) == ([main], [base])
    assert result.parts[0].derived.changes[0].absolute == main - base


def test_rank_extreme_and_filter(engine: QueryEngine) -> None:
    ranked = answer(engine, read("rank", "people", (), "2020", group="district", order="desc", limit=2))
    assert [(item.rank, item.figure.place) for item in ranked.parts[0].derived.ranking] == [(1, ISLAND), (2, SOUTH)]
    least = answer(engine, read("extreme", "visits", (), "2025-01", group="commune", order="asc"))
    assert [item.figure.place for item in least.parts[0].derived.ranking] == [NORTH_1]
    over = answer(
        engine, read("filter", "people", (), "2020", group="district", threshold=Threshold(operator="gt", value=4020))
    )
    assert [item.figure.place for item in over.parts[0].derived.ranking] == [ISLAND]
    assert over.parts[0].derived.candidates == 3
    behind = answer(
        engine, read("filter", "visits", (), (), group="district", comparison=Comparison(kind="plan", direction="down"))
    )
    assert [round(item.percent or 0) for item in behind.parts[0].derived.progress] == [75, 75, 75]


def test_schools_are_ranked_inside_a_district_and_by_level(engine: QueryEngine) -> None:
    inside = answer(engine, read("rank", "pupils", NORTH, "2015", group="facility:school"))
    assert [item.figure.place for item in inside.parts[0].derived.ranking] == ["sch-2", "sch-1"]


def test_months_can_be_ranked(engine: QueryEngine) -> None:
    result = answer(engine, read("extreme", "doctors", SOUTH, "2025", group="period:month"))
    assert result.parts[0].derived.ranking[0].figure.period == period("2025-12")
    assert result.parts[0].derived.candidates == 12


@pytest.mark.parametrize(
    ("indicator", "when", "group", "count", "first", "last"),
    [
        ("visits", (), (), 12, "2025-11", "2026-10"),
        ("visits", "2025", (), 12, "2025-01", "2025-12"),
        ("visits", "2026", "period:quarter", 3, "2026-Q1", "2026-Q3"),
        ("people", (), (), 5, "2021", "2025"),
        ("people", ("2016", "2019"), (), 4, "2016", "2019"),
        ("people", "2017", (), 3, "2015", "2017"),
        ("people", (), "period:month", 5, "2021", "2025"),
        ("exams", (), (), 5, "2020/2021", "2024/2025"),
        ("people", "2015..2020", (), 6, "2015", "2020"),
        ("visits", "2024..2025", "period:month", 24, "2024-01", "2025-12"),
        ("visits", "2024..2025", (), 2, "2024", "2025"),
        ("visits", "2025..2026", (), 22, "2025-01", "2026-10"),
        ("visits", "2025-01..2026-06", (), 18, "2025-01", "2026-06"),
        ("exams", "2021..2024", (), 4, "2021/2022", "2024/2025"),
    ],
)
def test_trend_takes_a_sensible_stretch(
    engine: QueryEngine, indicator: str, when: Any, group: Any, count: int, first: str, last: str
) -> None:
    result = answer(engine, read("trend", indicator, PROVINCE, when, group=group))
    figures = result.parts[0].figures["main"]
    assert (len(figures), figures[0].period, figures[-1].period) == (count, period(first), period(last))


@pytest.mark.parametrize(
    ("code", "last_stored", "first", "last"),
    [
        ("latest:school_year", "2025/2026", "2023/2024", "2025/2026"),
        ("latest:school_year", "2026/2027", "2024/2025", "2026/2027"),
        ("2023-09..2026-08", "2026/2027", "2023/2024", "2025/2026"),
    ],
)
def test_the_newest_school_years_are_those_with_figures(
    fill: Fill, code: str, last_stored: str, first: str, last: str
) -> None:
    stored = range(2020, int(last_stored[:4]) + 1)
    engine = fill(*[row("exams", PROVINCE, f"{year}/{year + 1}", 10.0) for year in stored])
    named = Found(kind="period", code=code, period=period("2023/2024..2025/2026"))
    result = answer(engine, read("trend", "exams", PROVINCE).model_copy(update={"periods": (named,)}))
    figures = result.parts[0].figures["main"]
    assert [figure.period for figure in (figures[0], figures[-1])] == [period(first), period(last)]
    assert len(figures) == 3


def test_the_standing_of_one_place_is_among_its_like(engine: QueryEngine) -> None:
    result = answer(engine, read("rank", "people", NORTH, "2020", standing=True))
    assert result.plan.group == "district" and result.plan.places == (NORTH,)
    assert {figure.place for figure in result.parts[0].figures["main"]} >= {NORTH, SOUTH}
    assert result.parts[0].figures["main"][0].place == NORTH, "its own figure is told first"


def test_share_of_a_member_and_of_a_place(engine: QueryEngine) -> None:
    girls = answer(engine, read("share", "pupils", PROVINCE, "2015", member="sex:female"))
    assert girls.parts[0].derived.shares[0].percent == 50
    north = answer(engine, read("share", "people", NORTH, "2020"))
    assert north.parts[0].derived.shares[0].percent == pytest.approx(100 * 3020 / 12060)


def test_a_member_singled_out_is_a_share_of_those_listed(engine: QueryEngine) -> None:
    reading = read("share", "pupils", PROVINCE, "2015", member=("sex:male", "sex:female"))
    roles = ("denominator", "numerator")
    members = tuple(
        found.model_copy(update={"role": role}) for found, role in zip(reading.dimensions, roles, strict=True)
    )
    result = answer(engine, reading.model_copy(update={"dimensions": members}))
    (share,) = result.parts[0].derived.shares
    assert (share.part.dimensions, share.whole.value, share.percent) == ({"sex": "female"}, 1200, 50)


def test_breakdown_has_its_whole(engine: QueryEngine) -> None:
    by_level = answer(engine, read("breakdown", "pupils", PROVINCE, "2015", group="dimension:level"))
    assert values(by_level) == [600, 600] and by_level.parts[0].derived.total == 1200
    by_district = answer(engine, read("breakdown", "visits", PROVINCE, "2025-01", group="district"))
    assert [item.percent for item in by_district.parts[0].derived.shares] == [
        20,
        pytest.approx(80 / 3),
        pytest.approx(160 / 3),
    ]
    by_itself = answer(engine, read("breakdown", "people", PROVINCE, "2020"))
    assert by_itself.plan.group == "district" and "group_default" in notes(by_itself)


@pytest.mark.parametrize("when", [(), "2026", "2026-10"])
def test_progress_holds_the_year_so_far_against_the_plan(engine: QueryEngine, when: Any) -> None:
    result = answer(engine, read("progress", "revenue", PROVINCE, when))
    (progress,) = result.parts[0].derived.progress
    assert (progress.actual.value, progress.plan.value, progress.percent, progress.remaining) == (3000, 4000, 75, 1000)
    visits = answer(engine, read("progress", "visits", PROVINCE, when))
    assert [item.actual.value for item in visits.parts[0].derived.progress] == [450]


@pytest.mark.parametrize(
    ("when", "intent"), [((), "progress"), ("2026", "value"), ("2026-10", "progress"), ("2026-01..2026-10", "value")]
)
def test_the_plan_itself_goes_before_what_was_done(engine: QueryEngine, when: Any, intent: str) -> None:
    result = answer(engine, read(intent, "revenue", PROVINCE, when, planned=True))
    assert (values(result), values(result, "done"), result.figures[0].kind) == ([4000], [3000], "plan")
    assert result.parts[0].derived.progress[0].percent == 75


def test_a_plan_without_anything_done_stands_alone(fill: Fill) -> None:
    rows = [row("visits", PROVINCE, year, 500.0, kind="plan") for year in ("2025", "2026", "2027")]
    engine = fill(row("visits", PROVINCE, "2025", 400.0), *rows)
    result = answer(engine, read("progress", "visits", PROVINCE, "2027", planned=True))
    assert (values(result), values(result, "done")) == ([500], [])
    both = answer(engine, read("progress", "visits", PROVINCE, ("2025", "2026"), planned=True))
    assert [figure.period for figure in both.parts[0].figures["main"]] == [period("2025"), period("2026")]
    beyond = refusal(engine, read("progress", "visits", PROVINCE, "2028", planned=True))
    assert (beyond.reason, beyond.period) == ("no_plan", period("2028"))


@pytest.mark.parametrize("intent", ["breakdown", "rank", "extreme"])
def test_plans_of_each_district(engine: QueryEngine, intent: str) -> None:
    result = answer(engine, read(intent, "visits", (), "2026", group="district", planned=True))
    figures = result.parts[0].figures["main"]
    assert {figure.kind for figure in figures} == {"plan"} and len(figures) == 3


def test_a_limit_against_plans_is_one_of_what_is_done_of_them(fill: Fill) -> None:
    done = [row("visits", place, "2025", value) for place, value in ((NORTH, 90.0), (SOUTH, 60.0), (ISLAND, 95.0))]
    plans = [row("visits", place, "2025", 100.0, kind="plan") for place in (NORTH, SOUTH, ISLAND)]
    against, limit = Comparison(kind="plan"), Threshold(operator="gt", value=80)
    result = answer(
        fill(*done, *plans),
        read("filter", "visits", PROVINCE, "2025", group="district", threshold=limit, comparison=against),
    )
    assert [item.actual.place for item in result.parts[0].derived.progress] == [ISLAND, NORTH]


def test_two_plans_make_no_plan_of_their_rate(fill: Fill) -> None:
    rows = [row(part, PROVINCE, "2025", value) for part, value in (("doctors", 7.0), ("people", 10_000.0))]
    rows += [
        row(part, PROVINCE, "2025", value, kind="plan") for part, value in (("doctors", 9.0), ("people", 10_000.0))
    ]
    made = planned(fill(*rows), read("progress", "doctor_rate", PROVINCE, "2025"))
    assert isinstance(made, NotPlannable) or "plan" not in made.parts[0].requests


def test_a_count_without_a_plan_is_held_against_the_one_of_its_rate(fill: Fill) -> None:
    engine = fill(
        row("doctors", PROVINCE, "2025-12", 7.0),
        row("people", PROVINCE, "2025", 10_000.0),
        row("doctor_rate", PROVINCE, "2025", 8.0, kind="plan"),
    )
    result = answer(engine, read("progress", "doctors", PROVINCE, "2025"))
    assert (result.parts[0].indicator, values(result), values(result, "plan")) == ("doctor_rate", [7], [8])


def test_no_plan(engine: QueryEngine) -> None:
    against = Comparison(kind="plan")
    assert refusal(engine, read("progress", "people", NORTH, "2020", comparison=against)).reason == "no_plan"


def test_how_far_a_figure_is_that_has_no_plan(engine: QueryEngine) -> None:
    assert values(answer(engine, read("progress", "people", NORTH, "2020"))) == [3020]


@pytest.mark.parametrize(("when", "told"), [("2027", "plan"), ("2026", "plan"), ("2025", "actual")])
def test_progress_of_a_year_in_which_nothing_is_done_yet_is_its_plan(fill: Fill, when: str, told: str) -> None:
    plans = [row("people", PROVINCE, year, 500.0, kind="plan") for year in ("2025", "2026", "2027")]
    engine = fill(row("people", PROVINCE, "2025", 400.0), *plans)
    result = answer(engine, read("progress", "people", PROVINCE, when, comparison=Comparison(kind="plan")))
    assert result.figures[0].kind == told


def test_the_same_period_last_year_of_the_latest_figures(engine: QueryEngine) -> None:
    reading = read("value", "visits", PROVINCE)
    same = Found(kind="period", code="same_last_year")
    result = answer(engine, reading.model_copy(update={"periods": (same,)}))
    assert result.figures[0].period == period("2025-10")


def test_average_per_month(engine: QueryEngine) -> None:
    result = answer(engine, read("average", "visits", PROVINCE, "2026"))
    average = result.parts[0].derived.average
    assert average is not None and (average.value, average.count) == (45, 10)


def test_several_indicators_are_several_parts_and_refusals_stand_beside(engine: QueryEngine) -> None:
    made = planned(engine, read("value", ("visits", "people"), PROVINCE, "2025"))
    assert isinstance(made, Plan) and [part.indicator for part in made.parts] == ["visits", "people"]
    assert made.domains == {"health", "economy"}
    partly = planned(engine, read("value", ("visits", "pupils"), PROVINCE, "2025"), Grants({"health": None}))
    assert isinstance(partly, Plan) and partly.domains == {"health"}
    assert [(item.status, item.domains) for item in partly.refused] == [("denied", ("education",))]
    public = planned(engine, read("value", ("visits", "people"), PROVINCE, "2025"), Grants({"health": None}))
    assert isinstance(public, Plan) and not public.refused


def test_report_takes_headline_indicators(engine: QueryEngine) -> None:
    result = answer(engine, read("report", (), PROVINCE, (), domains=("health",)))
    assert [part.indicator for part in result.parts] == ["visits", "doctors", "doctor_rate"]
    assert result.plan.shape == "report" and result.parts[0].derived.changes


def test_looking_things_up(engine: QueryEngine) -> None:
    schools = planned(engine, read("list", (), NORTH, group="facility:school"))
    assert isinstance(schools, Plan) and schools.listed == ("sch-1", "sch-2")
    districts = planned(engine, read("count", (), (), group="district"))
    assert isinstance(districts, Plan) and districts.listed == (NORTH, SOUTH, ISLAND)
    covered = planned(engine, read("coverage", "visits"))
    assert isinstance(covered, Plan) and {item.kind for item in covered.coverage} == {"actual", "plan"}
    known = planned(engine, read("coverage", (), domains=("health",)))
    assert isinstance(known, Plan) and known.listed == ("visits", "doctors", "doctor_rate")
    updated = planned(engine, read("last_update", "visits"))
    assert isinstance(updated, Plan) and updated.updates[0].latest == period("2026-10")
    meant = planned(engine, read("definition", "visits"))
    assert isinstance(meant, Plan) and meant.parts[0].requests == {} and engine.run(meant).figures == ()


@pytest.mark.parametrize(
    "intent", ["value", "compare", "change", "rank", "trend", "share", "definition", "last_update"]
)
def test_a_domain_that_is_not_granted_is_denied_whatever_was_asked(engine: QueryEngine, intent: str) -> None:
    refused = refusal(engine, read(intent, "visits", PROVINCE, "2031"), Grants({"education": None}))
    assert (refused.status, refused.reason, refused.domains) == ("denied", "domain", ("health",))


def test_a_public_part_needs_no_grant(engine: QueryEngine) -> None:
    made = planned(engine, read("value", "doctor_rate", NORTH, "2025"), Grants({"health": None}))
    assert isinstance(made, Plan) and made.domains == {"health", "economy"}
    assert values(engine.run(made)) == [pytest.approx(10_000 * 54 / 3025)]


def test_grants_for_one_area(engine: QueryEngine) -> None:
    north = Grants({"health": frozenset({NORTH}), "education": None, "economy": None})
    assert values(answer(engine, read("value", "visits", (), "2025-01"), north)) == [6]
    assert values(answer(engine, read("value", "visits", NORTH_2, "2025-01"), north)) == [4]
    for reading in (
        read("value", "visits", SOUTH, "2025-01"),
        read("value", "visits", PROVINCE, "2025-01"),
        read("compare", "visits", (NORTH, SOUTH), "2025-01"),
        read("share", "visits", NORTH, "2025-01"),
        read("rank", "visits", PROVINCE, "2025-01", group="district"),
    ):
        refused = refusal(engine, reading, north)
        assert (refused.status, refused.reason, refused.domains) == ("denied", "place", ("health",))
    ranked = answer(engine, read("rank", "visits", (), "2025-01", group="commune"), north)
    assert {figure.place for figure in ranked.figures} == {NORTH_1, NORTH_2}


def test_questions_without_an_indicator_or_with_unknown_names(engine: QueryEngine) -> None:
    assert refusal(engine, read("value")).reason == "no_indicator"
    assert refusal(engine, read("dance", "visits")).reason == "unknown_shape"
    stranger = read("value", "pupils", unknown=(Found(kind="unknown", code="facility:school", text="trường Hoa Hồng"),))
    assert refusal(engine, stranger).text == "trường Hoa Hồng"
