"""The sample province: the same every time, in agreement with itself, and up to the month before today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from assistant.catalogue.loader import Catalogue, load
from assistant.clock import ZONE
from assistant.errors import ConfigurationError
from assistant.warehouse.layout import current_id
from assistant.warehouse.snapshots import build_snapshot
from assistant.warehouse.store import Warehouse
from connectors import sample_recipes
from connectors.sample import UNITS_OF, generate, load_sample
from connectors.sample_grid import calendar

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
DOMAINS = tuple(dict.fromkeys(entry.domain for entry in load().indicators.values() if entry.kept))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load().as_of(UNITS_OF)


@pytest.fixture(scope="module")
def province(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder = tmp_path_factory.mktemp("sample")
    load_sample(folder, catalogue, today=TODAY, now=NOW)
    return Warehouse(folder, catalogue)


@pytest.fixture
def cursor(province: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with province.connection(frozenset(DOMAINS)) as opened:
        yield opened


def ask(cursor: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return cursor.execute(sql).fetchall()


def test_every_kept_indicator_has_a_recipe_and_every_recipe_an_indicator(catalogue: Catalogue) -> None:
    recipes = sample_recipes.load()
    kept = {code for code, entry in catalogue.indicators.items() if entry.kept}
    assert kept == set(recipes.indicators)
    planned = {code for code, entry in catalogue.indicators.items() if entry.has_plan and not entry.kept}
    assert planned == set(recipes.ratio_plans)


def test_nothing_is_set_aside_and_all_is_marked(province: Warehouse) -> None:
    infos = [province.current(domain) for domain in DOMAINS]
    assert {domain: info.quarantined for domain, info in zip(DOMAINS, infos, strict=True) if info} == dict.fromkeys(
        DOMAINS, 0
    )
    assert all(info is not None and info.illustrative and info.origin == "sample" for info in infos)
    assert 200_000 < sum(info.rows for info in infos if info) < 1_500_000


def test_every_source_says_that_it_is_illustrative(cursor: duckdb.DuckDBPyConnection) -> None:
    for domain in DOMAINS:
        assert ask(cursor, f"SELECT count(*) FROM {domain}.fact WHERE source NOT LIKE '%(số liệu minh họa)'") == [(0,)]


def test_every_kept_indicator_has_figures_up_to_the_last_complete_period(
    province: Warehouse, catalogue: Catalogue
) -> None:
    ends = {"month": date(2026, 10, 31), "quarter": date(2026, 9, 30), "year": date(2025, 12, 31)}
    for code, entry in catalogue.indicators.items():
        if entry.kept is None:
            continue
        latest = province.latest(code, entry.kept.grain)
        assert latest is not None, code
        school_year = date(2026, 8, 31) if entry.measure == "flow" else date(2027, 8, 31)
        assert latest.end == ends.get(entry.kept.grain, school_year), code


def test_plans_exist_where_the_catalogue_says_so(province: Warehouse, catalogue: Catalogue) -> None:
    for code, entry in catalogue.indicators.items():
        kinds = {row.kind for row in province.coverage(code)}
        assert ("plan" in kinds) == entry.has_plan, code


@pytest.mark.parametrize(
    "whole, part",
    [
        ("adm_resolved", "adm_late"),
        ("adm_resolved", "adm_on_time"),
        ("adm_pending", "adm_pending_overdue"),
        ("adm_received", "adm_digitised"),
        ("adm_feedback_received", "adm_feedback_answered"),
        ("adm_ratings", "adm_ratings_satisfied"),
        ("edu_exam_candidates", "edu_graduates"),
        ("edu_age5_children", "edu_age5_enrolled"),
        ("edu_rooms", "edu_rooms_solid"),
        ("edu_schools_all", "edu_standard_schools"),
        ("edu_teachers", "edu_teachers_qualified"),
        ("hea_visits", "hea_insured_visits"),
        ("hea_visits", "hea_inpatients"),
        ("hea_children_due", "hea_children_vaccinated"),
        ("hea_dengue_cases", "hea_dengue_deaths"),
        ("soc_population", "hea_insured"),
        ("soc_population", "soc_labour_force"),
        ("soc_labour_force", "soc_unemployed"),
        ("soc_households", "soc_poor_households"),
        ("eme_calls", "eme_false_calls"),
        ("eme_drownings", "eme_drowning_deaths"),
        ("eme_drowning_deaths", "eme_child_drowning_deaths"),
        ("eme_inspections", "eme_inspection_faults"),
        ("sec_crimes", "sec_crimes_solved"),
        ("sec_offenders", "sec_juvenile_offenders"),
        ("sec_addicts", "sec_rehab"),
        ("sec_reports", "sec_reports_resolved"),
        ("sec_foreigners", "sec_foreign_workers"),
        ("soc_population", "sec_digital_ids"),
        ("tra_accidents", "tra_deaths"),
        ("tra_roads", "tra_roads_paved"),
        ("tra_inspections", "tra_inspections_passed"),
        ("tra_violations", "tra_licences_revoked"),
        ("tou_visitors", "tou_overnight"),
        ("tou_rooms_available", "tou_rooms_sold"),
        ("tou_revenue", "tou_lodging_revenue"),
        ("agr_fishery_output", "agr_catch"),
        ("agr_crop_area", "agr_rice_area"),
        ("agr_grain_output", "agr_rice_output"),
        ("agr_vessels", "agr_vms_required"),
        ("agr_vms_required", "agr_vms_fitted"),
        ("agr_land_area", "agr_forest_area"),
        ("env_waste", "env_household_waste"),
        ("env_household_waste", "env_household_collected"),
        ("env_household_collected", "env_landfilled"),
        ("env_water_samples", "env_water_samples_passed"),
        ("env_zone_wastewater", "env_zone_wastewater_treated"),
    ],
)
def test_a_part_never_exceeds_its_whole(cursor: duckdb.DuckDBPyConnection, whole: str, part: str) -> None:
    every = " UNION ALL ".join(
        f"SELECT indicator, district, period_start, value FROM {domain}.fact JOIN {domain}.place ON code = place "
        "WHERE fact.kind = 'actual' AND place_kind <> 'commune'"
        for domain in DOMAINS
    )
    found = ask(
        cursor,
        f"""
        WITH sums AS (SELECT indicator, district, period_start, sum(value) AS value FROM ({every})
            WHERE indicator IN ('{whole}', '{part}') GROUP BY ALL)
        SELECT count(*), count(*) FILTER (part.value > whole.value)
        FROM sums AS part JOIN sums AS whole USING (period_start)
        WHERE part.indicator = '{part}' AND whole.indicator = '{whole}'
            AND part.district IS NOT DISTINCT FROM whole.district
        """,
    )
    assert found[0][0] > 0
    assert found[0][1] == 0


def test_on_time_and_late_make_up_the_resolved_in_every_cell(cursor: duckdb.DuckDBPyConnection) -> None:
    cells = ask(
        cursor,
        """
        SELECT count(*), count(*) FILTER (resolved <> on_time + late) FROM (
            SELECT place, procedure_field, channel, period_start,
                sum(value) FILTER (indicator = 'adm_resolved') AS resolved,
                sum(value) FILTER (indicator = 'adm_on_time') AS on_time,
                sum(value) FILTER (indicator = 'adm_late') AS late
            FROM public_administration.fact
            WHERE indicator IN ('adm_resolved', 'adm_on_time', 'adm_late') AND kind = 'actual' GROUP BY ALL)
        """,
    )
    assert cells[0][0] > 20_000
    assert cells[0][1] == 0


def test_pending_is_what_was_received_and_not_resolved(cursor: duckdb.DuckDBPyConnection) -> None:
    wrong = ask(
        cursor,
        """
        WITH flows AS (
            SELECT place, period_start, sum(value) FILTER (indicator = 'adm_received') AS received,
                sum(value) FILTER (indicator = 'adm_resolved') AS resolved,
                sum(value) FILTER (indicator = 'adm_pending') AS pending
            FROM public_administration.fact WHERE kind = 'actual' GROUP BY ALL
        ), running AS (
            SELECT *, sum(received - resolved) OVER (PARTITION BY place ORDER BY period_start) AS expected FROM flows
            WHERE received IS NOT NULL
        )
        SELECT count(*) FILTER (pending <> expected OR pending < 0), count(*) FROM running
        """,
    )
    assert wrong[0][0] == 0
    assert wrong[0][1] > 2000


def test_online_dossiers_are_those_received_online(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        cursor,
        """
        SELECT sum(value) FILTER (indicator = 'adm_received_online'),
            sum(value) FILTER (indicator = 'adm_received' AND channel = 'online')
        FROM public_administration.fact GROUP BY place, period_start
        HAVING bool_or(indicator = 'adm_received')
        """,
    )
    assert rows
    assert all(online == channel for online, channel in rows)


def test_communes_add_up_to_their_districts(cursor: duckdb.DuckDBPyConnection) -> None:
    for domain in ("health", "socio_economy"):
        found = ask(
            cursor,
            f"""
            WITH sums AS (
                SELECT indicator, district, period_start, round(sum(value), 6) AS value
                FROM {domain}.fact JOIN {domain}.place ON code = place WHERE place_kind = 'commune' GROUP BY ALL)
            SELECT count(*), count(*) FILTER (round(whole.value, 6) <> sums.value) FROM sums JOIN (
                SELECT indicator, place, period_start, sum(value) AS value FROM {domain}.fact
                WHERE place_kind = 'district' AND kind = 'actual' GROUP BY ALL) AS whole
            ON whole.indicator = sums.indicator AND whole.place = sums.district
                AND whole.period_start = sums.period_start
            """,
        )
        assert found[0][0] > 0
        assert found[0][1] == 0


@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        ("eme_fires", 120, 350),
        ("eme_fire_deaths", 1, 20),
        ("eme_drowning_deaths", 15, 90),
        ("eme_disasters", 30, 150),
        ("eme_sea_rescues", 40, 160),
        ("eme_ambulance_runs", 6_000, 25_000),
        ("sec_crimes", 600, 1_800),
        ("sec_drug_cases", 200, 700),
        ("sec_online_fraud", 60, 600),
        ("sec_id_cards", 60_000, 260_000),
        ("tra_accidents", 450, 750),
        ("tra_deaths", 130, 280),
        ("tra_freight", 6_000, 11_000),
        ("tra_port_cargo", 80_000, 140_000),
        ("tra_vehicles_new", 45_000, 65_000),
        ("tra_roads", 4_500, 5_200),
        ("tou_visitors", 12_000_000, 21_000_000),
        ("tou_revenue", 12_000, 25_000),
        ("tou_hotels", 140, 210),
        ("tou_guides", 400, 800),
        ("agr_rice_area", 19_000, 25_000),
        ("agr_rice_output", 95_000, 140_000),
        ("agr_fishery_output", 330_000, 400_000),
        ("agr_meat_output", 95_000, 135_000),
        ("env_waste", 800_000, 1_250_000),
        ("env_violations", 70, 200),
    ],
)
def test_a_year_of_the_province_is_plausible(
    cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue, code: str, least: float, most: float
) -> None:
    domain = catalogue.indicators[code].domain
    years = ask(
        cursor,
        f"SELECT year(period_start), sum(value) FROM {domain}.fact WHERE indicator = '{code}' AND kind = 'actual' "
        "AND year(period_start) < 2026 GROUP BY ALL",
    )
    assert len(years) == 7
    assert [(year, value) for year, value in years if not least <= value <= most] == []


def test_all_districts_have_a_population_and_the_province_a_plausible_one(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        cursor,
        "SELECT place, sum(value) FROM socio_economy.fact WHERE indicator = 'soc_population' AND place_kind = 'district' "
        "AND period_start = DATE '2023-01-01' GROUP BY place ORDER BY sum(value)",
    )
    assert len(rows) == 7
    assert rows[0][0] == "755"
    assert rows[-1][0] == "747"
    assert 1_150_000 < sum(value for _, value in rows) < 1_260_000


def test_a_school_reports_only_levels_it_has(cursor: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    both = {"primary_lower": {"primary", "lower_secondary"}, "lower_upper": {"lower_secondary", "upper_secondary"}}
    rows = ask(
        cursor,
        "SELECT DISTINCT place, level, ownership FROM education.fact WHERE indicator = 'edu_pupils' AND kind = 'actual'",
    )
    assert len({place for place, _, _ in rows}) >= 40
    for place, level, ownership in rows:
        own = catalogue.facilities[place].dimensions
        assert level in both.get(own["level"], {own["level"]})
        assert ownership == own["ownership"]


def test_schools_have_the_size_of_schools(cursor: duckdb.DuckDBPyConnection) -> None:
    sizes = ask(
        cursor,
        "SELECT sum(value) FROM education.fact WHERE indicator = 'edu_pupils' AND kind = 'actual' "
        "GROUP BY place, period_start",
    )
    assert all(350 <= size <= 2500 for (size,) in sizes)


def test_cumulative_figures_start_anew_each_year_and_never_fall(cursor: duckdb.DuckDBPyConnection) -> None:
    found = ask(
        cursor,
        """
        SELECT count(*) FILTER (month(period_start) > 1 AND value < before), count(*) FILTER (month(period_start) = 1
            AND value > before) FROM (SELECT period_start, value, lag(value) OVER (PARTITION BY place ORDER BY period_start)
            AS before FROM socio_economy.fact WHERE indicator = 'soc_public_investment' AND kind = 'actual')
        """,
    )
    assert found == [(0, 0)]


def test_gaps_are_there_and_only_there(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        cursor,
        "SELECT place, count(DISTINCT period_start) FROM education.fact WHERE indicator = 'edu_pupils' "
        "AND kind = 'actual' GROUP BY place",
    )
    counts = dict(rows)
    assert counts.pop("sch-cs-binh-chau") == 8
    assert set(counts.values()) == {9}


@pytest.mark.parametrize(
    "today, grain, first, last",
    [
        (date(2026, 11, 21), "month", "2019-01-01", "2026-12-31"),
        (date(2026, 11, 21), "year", "2019-01-01", "2026-12-31"),
        (date(2026, 11, 21), "school_year", "2018-09-01", "2027-08-31"),
        (date(2026, 8, 31), "school_year", "2018-09-01", "2026-08-31"),
    ],
)
def test_calendar(today: date, grain: Any, first: str, last: str) -> None:
    periods = calendar(grain, today)
    assert (periods[0].start.isoformat(), periods[-1].end.isoformat()) == (first, last)
    assert all((after.start - before.end).days == 1 for before, after in pairwise(periods))


def tables(catalogue: Catalogue, today: date = TODAY, seed: int | None = None) -> dict[str, pa.Table]:
    return dict(generate(catalogue, today, seed))


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(catalogue: Catalogue) -> None:
    first, again, other = tables(catalogue), tables(catalogue), tables(catalogue, seed=7)
    assert all(first[domain].equals(again[domain]) for domain in DOMAINS)
    assert not first["education"].equals(other["education"])


def test_a_later_day_in_the_month_changes_nothing_and_the_next_month_adds_one(catalogue: Catalogue) -> None:
    now, later = tables(catalogue), tables(catalogue, date(2026, 11, 30))
    assert all(now[domain].equals(later[domain]) for domain in DOMAINS)
    december = tables(catalogue, date(2026, 12, 1))
    assert len(december["health"]) > len(now["health"])


def test_a_second_load_does_nothing_until_something_changes(catalogue: Catalogue, tmp_path: Path) -> None:
    schools = {code: entry for code, entry in catalogue.indicators.items() if entry.domain == "education"}
    only = replace(catalogue, indicators=schools)
    first = load_sample(tmp_path, only, today=TODAY, now=NOW)
    again = load_sample(tmp_path, only, today=date(2026, 11, 30), now=NOW.replace(hour=10))
    assert [info.id for info in again] == [info.id for info in first] == [current_id(tmp_path, "education")]
    other = load_sample(tmp_path, only, today=TODAY, now=NOW.replace(hour=11), seed=7)
    assert other[0].id != first[0].id
    later = load_sample(tmp_path, only, today=date(2026, 12, 1), now=NOW.replace(month=12), seed=7)
    assert later[0].id == current_id(tmp_path, "education") != other[0].id


def test_it_never_joins_real_figures(catalogue: Catalogue, tmp_path: Path) -> None:
    build_snapshot("health", [], catalogue, tmp_path, origin="real", illustrative=False, now=NOW)
    with pytest.raises(ConfigurationError, match="holds real figures"):
        load_sample(tmp_path, catalogue, today=TODAY, now=NOW)
