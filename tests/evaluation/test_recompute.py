"""The recomputation against still plainer SQL on the same snapshot files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from assistant.evaluation.recompute import Recomputer, stretch
from assistant.house import House


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2025/2026", "2025-09-01", "2026-08-31"),
        ("2026-01..2026-06", "2026-01-01", "2026-06-30"),
        ("2023..2025", "2023-01-01", "2025-12-31"),
        ("2026-10-15", "2026-10-15", "2026-10-15"),
    ],
)
def test_stretch(code: str, first: str, last: str) -> None:
    assert stretch(code) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.fixture(scope="module")
def recomputer(house: House) -> Iterator[Recomputer]:
    made = Recomputer(house.settings.data_dir, house.catalogue)
    yield made
    made.close()


def plain(house: House, domain: str, sql: str) -> float:
    """One number straight from a snapshot file."""
    folder = house.settings.data_dir / "warehouse" / domain
    file = folder / f"{(folder / 'current').read_text(encoding='utf-8').strip()}.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    assert row[0] is not None
    return float(row[0])


VISITS = "select sum(value) from fact where indicator = 'hea_visits' and kind = 'actual'"


def test_flows_add_up_over_the_months(recomputer: Recomputer, house: House) -> None:
    whole = plain(house, "health", f"{VISITS} and year(period_start) = 2025")
    assert recomputer.value("hea_visits", "77", "2025", {}) == pytest.approx(whole)
    quarters = [recomputer.value("hea_visits", "77", f"2025-Q{quarter}", {}) for quarter in (1, 2, 3, 4)]
    assert sum(value or 0 for value in quarters) == pytest.approx(whole)


def test_a_place_holds_what_lies_below_it(recomputer: Recomputer, house: House) -> None:
    below = plain(
        house,
        "health",
        f"{VISITS} and period_start = '2025-03-01' and place in (select code from place where district = '747')",
    )
    assert recomputer.value("hea_visits", "747", "2025-03", {}) == pytest.approx(below)
    districts = house.catalogue.children("77", "district", date(2025, 3, 1))
    parts = [recomputer.value("hea_visits", place, "2025-03", {}) or 0 for place in districts]
    assert sum(parts) == pytest.approx(recomputer.value("hea_visits", "77", "2025-03", {}))


def test_of_stocks_the_last_stands(recomputer: Recomputer, house: House) -> None:
    assert house.catalogue.indicator("hea_beds").adds.time == "last"
    last = plain(
        house,
        "health",
        "select sum(value) from fact where indicator = 'hea_beds' and kind = 'actual' and period_end = '2025-12-31'",
    )
    assert recomputer.value("hea_beds", "77", "2025", {}) == pytest.approx(last)
    assert recomputer.value("hea_beds", "77", "2023..2025", {}) == pytest.approx(last)


def test_a_ratio_is_made_of_its_sums(recomputer: Recomputer, house: House) -> None:
    sums = [
        plain(
            house,
            "public_administration",
            f"select sum(value) from fact where indicator = '{code}' and kind = 'actual' and year(period_start) = 2025",
        )
        for code in ("adm_on_time", "adm_resolved")
    ]
    rate = recomputer.value("adm_on_time_rate", "77", "2025", {})
    assert rate == pytest.approx(100 * sums[0] / sums[1])
    assert rate is not None
    assert 0 < rate < 100


def test_members_add_up_to_the_whole(recomputer: Recomputer) -> None:
    whole = recomputer.value("soc_population", "747", "2025", {})
    parts = [recomputer.value("soc_population", "747", "2025", {"sex": sex}) or 0 for sex in ("male", "female")]
    assert min(parts) > 0
    assert sum(parts) == pytest.approx(whole)


@pytest.mark.parametrize(
    ("indicator", "place", "period"),
    [
        ("hea_visits", "77", "1999"),
        ("hea_visits", "no-such-place", "2025"),
        ("adm_on_time_rate", "77", "1999"),
        ("hea_visits", "77", "2026-12"),
    ],
)
def test_what_is_not_stored_is_nothing(recomputer: Recomputer, indicator: str, place: str, period: str) -> None:
    assert recomputer.value(indicator, place, period, {}) is None


def test_the_latest_stretch(recomputer: Recomputer) -> None:
    assert recomputer.latest("hea_visits", "77") == (date(2026, 10, 1), date(2026, 10, 31))
    assert recomputer.latest("hea_beds", "77") == (date(2025, 1, 1), date(2025, 12, 31))
    assert recomputer.latest("adm_on_time_rate", "77") == (date(2026, 10, 1), date(2026, 10, 31))
    assert recomputer.latest("edu_pupils", "77") == (date(2026, 9, 1), date(2027, 8, 31))
    october = recomputer.value("hea_visits", "77", "2026-10", {})
    assert october is not None
    assert recomputer.value("hea_visits", "77", "latest", {}) == october


PEOPLE = (
    "select sum(value) from fact where indicator = 'soc_population' and kind = 'actual' "
    "and place_kind = 'district' and year(period_start) = 2025"
)
DENGUE = (
    "select sum(value) from fact where indicator = 'hea_dengue_cases' and kind = 'actual' and place_kind = 'district'"
)


@pytest.mark.parametrize(
    ("period", "when"),
    [("2025", "year(period_start) = 2025"), ("2026-10", "period_start = date '2026-10-01'")],
)
def test_a_ratio_made_by_a_question_takes_the_people_of_its_year_or_the_latest(
    recomputer: Recomputer, house: House, period: str, when: str
) -> None:
    cases, people = plain(house, "health", f"{DENGUE} and {when}"), plain(house, "socio_economy", PEOPLE)
    value = recomputer.value("hea_dengue_cases--soc_population--10000", "77", period, {})
    assert value == pytest.approx(10_000 * cases / people)


def test_money_per_head_is_told_in_the_next_smaller_unit(recomputer: Recomputer, house: House) -> None:
    revenue = recomputer.value("soc_budget_revenue", "77", "2025", {})
    people = plain(house, "socio_economy", PEOPLE)
    assert revenue is not None
    value = recomputer.value("soc_budget_revenue--soc_population--1", "77", "2025", {})
    assert value == pytest.approx(1000 * revenue / people)
