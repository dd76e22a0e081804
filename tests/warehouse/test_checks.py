"""Rows that are no figures, each with the reason it is set aside for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalogue.loader import Catalogue
from assistant.warehouse.checks import rules
from assistant.warehouse.facts import FactRow
from assistant.warehouse.layout import snapshot_file
from assistant.warehouse.series import bulges, steps
from tests.warehouse.conftest import build, row

MALE, FEMALE = {"sex": "male"}, {"sex": "female"}

ODD_ROWS = [
    (row("nothing"), "unknown_indicator", "Mã chỉ tiêu “nothing” không có trong danh mục."),
    (row("hea_beds"), "other_domain", "Chỉ tiêu thuộc lĩnh vực khác (health)."),
    (row(place="sch-9"), "unknown_place", "“sch-9”"),
    (row(dimensions={"colour": "red"}), "unknown_dimension", "“colour:red”"),
    (row(dimensions={"sex": "neither"}), "unknown_member", "“sex:neither”"),
    (row(dimensions={"level": "primary"}), "unknown_member", "“level:primary”"),
    (row(value=math.nan), "not_a_number", "Giá trị không phải là số."),
    (row(value=math.inf), "not_a_number", "Giá trị không phải là số."),
    (row(start=date(2015, 1, 2)), "calendar", "02/01/2015 - 31/12/2015"),
    (row(grain="month"), "calendar", "01/01/2015 - 31/12/2015"),
    (row(start=date(2015, 12, 31), end=date(2015, 1, 1)), "calendar", "không đúng lịch"),
    (row(grain="school_year", start=date(2015, 9, 1), end=date(2016, 5, 31)), "calendar", "01/09/2015 - 31/05/2016"),
    (row(year=1815), "calendar", "không đúng lịch"),
    (row(year=2031), "future", "01/01/2031 - 31/12/2031 chưa đến"),
    (row(value=-100), "negative", "Giá trị âm (-100)"),
    (row("edu_rate", value=100.5), "share", "Giá trị 100.5% nằm ngoài"),
    (row(value=20.5), "fraction", "Giá trị lẻ (20.5)"),
    (row(doubt="Nguồn ghi sai cột."), "doubt", "Nguồn ghi sai cột."),
]

SOUND_ROWS = [
    row(),
    row(value=0),
    row("edu_change", value=-100),
    row("edu_per_class", value=35.5),
    row("edu_rate", value=100),
    row(year=2031, kind="plan"),
    row(dimensions=FEMALE),
    row(place="sch-1", grain="month", start=date(2024, 2, 1), end=date(2024, 2, 29)),
    row(grain="quarter", start=date(2024, 4, 1), end=date(2024, 6, 30)),
    row(grain="half", start=date(2024, 7, 1), end=date(2024, 12, 31)),
    row(grain="school_year", start=date(2024, 9, 1), end=date(2025, 8, 31)),
]


def kept_and_set_aside(
    rows: list[FactRow], catalogue: Catalogue, folder: Path
) -> tuple[list[tuple[int, float]], list[tuple[int, str, str]]]:
    """(year, value) of the figures to answer from; (row number, issue, reason) of those set aside."""
    info = build(rows, catalogue, folder)
    with duckdb.connect(str(snapshot_file(folder, info.domain, info.id)), read_only=True) as connection:
        kept = connection.execute("SELECT year(period_start), value FROM fact ORDER BY ALL").fetchall()
        aside = connection.execute("SELECT row, issue, reason FROM quarantine ORDER BY row").fetchall()
    assert (info.rows, info.quarantined) == (len(kept), len(aside))
    return kept, aside


def test_each_odd_row_is_set_aside_with_its_reason(small: Catalogue, tmp_path: Path) -> None:
    kept, aside = kept_and_set_aside([odd for odd, _, _ in ODD_ROWS], small, tmp_path)
    assert kept == []
    assert [issue for _, issue, _ in aside] == [issue for _, issue, _ in ODD_ROWS]
    for (_, _, reason), (_, _, said) in zip(aside, ODD_ROWS, strict=True):
        assert said in reason


@pytest.mark.parametrize("sound", SOUND_ROWS, ids=str)
def test_a_sound_row_is_kept(sound: FactRow, small: Catalogue, tmp_path: Path) -> None:
    kept, aside = kept_and_set_aside([sound], small, tmp_path)
    assert (kept, aside) == ([(sound.start.year, sound.value)], [])


def test_quarantine_keeps_the_row_as_text(small: Catalogue, tmp_path: Path) -> None:
    info = build([row(value=-3.5, dimensions=FEMALE, preliminary=True, reference="a.csv, dòng 7")], small, tmp_path)
    with duckdb.connect(str(snapshot_file(tmp_path, "education", info.id)), read_only=True) as connection:
        cursor = connection.execute("SELECT * FROM quarantine")
        found = dict(zip([column[0] for column in cursor.description], cursor.fetchall()[0], strict=True))
    assert found["indicator"] == "edu_pupils"
    assert found["dimensions"] == "sex:female"
    assert (found["period_start"], found["period_end"]) == ("2015-01-01", "2015-12-31")
    assert (found["value"], found["preliminary"], found["reference"]) == ("-3.5", "true", "a.csv, dòng 7")


def test_the_same_figure_twice_stands_once(small: Catalogue, tmp_path: Path) -> None:
    assert kept_and_set_aside([row(), row()], small, tmp_path) == ([(2015, 1000)], [])


def test_of_two_as_of_days_the_later_stands(small: Catalogue, tmp_path: Path) -> None:
    rows = [row(value=1200, as_of=date(2026, 10, 31)), row(value=1000, as_of=date(2026, 9, 30))]
    assert kept_and_set_aside(rows, small, tmp_path) == ([(2015, 1200)], [])


def test_two_values_for_one_cell_are_both_set_aside(small: Catalogue, tmp_path: Path) -> None:
    kept, aside = kept_and_set_aside([row(value=1000), row(value=1010), row(year=2016)], small, tmp_path)
    assert kept == [(2016, 1000)]
    assert [(number, issue) for number, issue, _ in aside] == [(0, "conflict"), (1, "conflict")]
    assert "1000; 1010" in aside[0][2] or "1010; 1000" in aside[0][2]


def test_of_two_values_the_one_its_members_add_up_to_stands(small: Catalogue, tmp_path: Path) -> None:
    members = [row(value=510, dimensions=MALE), row(value=500, dimensions=FEMALE)]
    kept, aside = kept_and_set_aside([row(value=1000), row(value=1010), *members], small, tmp_path)
    assert kept == [(2015, 500), (2015, 510), (2015, 1010)]
    assert [(number, issue) for number, issue, _ in aside] == [(0, "conflict")]


def test_members_that_miss_their_total_are_set_aside(small: Catalogue, tmp_path: Path) -> None:
    cell = [row(value=1000), row(value=400, dimensions=MALE), row(value=500, dimensions=FEMALE)]
    kept, aside = kept_and_set_aside([*cell, row(year=2016)], small, tmp_path)
    assert kept == [(2016, 1000)]
    assert [(number, issue) for number, issue, _ in aside] == [(0, "members"), (1, "members"), (2, "members")]
    assert "900 ≠ 1000" in aside[0][2]


@pytest.mark.parametrize(
    "male, female",
    [(500, 500), (499, 500), (502, 500), (400, None)],
    ids=["equal", "rounded down", "rounded up", "one missing"],
)
def test_members_that_agree_with_their_total_are_kept(
    male: float, female: float | None, small: Catalogue, tmp_path: Path
) -> None:
    rows = [row(value=1000), row(value=male, dimensions=MALE)]
    rows += [row(value=female, dimensions=FEMALE)] if female else []
    assert kept_and_set_aside(rows, small, tmp_path)[1] == []


def test_one_member_above_the_total_is_set_aside(small: Catalogue, tmp_path: Path) -> None:
    kept, aside = kept_and_set_aside([row(value=1000), row(value=1100, dimensions=MALE)], small, tmp_path)
    assert kept == []
    assert len(aside) == 2


def series(*values: float) -> list[tuple[int, float]]:
    return list(enumerate(values))


STEPS = [
    ("thousands, then persons", (21000, 23000, 26000, 28000, 31000, 40_233_000), [5]),
    ("persons, then two in thousands", (40_000, 41_000, 42_000, 43_000, 44_000, 45_000, 46, 47), [6, 7]),
    ("no side is short", (21, 23, 26, 40_233, 46_517), [0, 1, 2, 3, 4]),
    ("one wild value in the middle", (1000, 1010, 99_000, 1020, 1030, 1040), [2]),
    ("small counts may leap", (1, 2, 120, 3), []),
    ("growth", (100, 1000, 10_000, 100_000), []),
    ("zero says nothing", (0, 5000, 0, 5000), []),
]


@pytest.mark.parametrize("values, expected", [case[1:] for case in STEPS], ids=[case[0] for case in STEPS])
def test_steps(values: tuple[float, ...], expected: list[int]) -> None:
    assert [number for number, _, _ in steps(series(*values), rules())] == expected


BULGES = [
    ("two years of eighty libraries", (9, 9, 9, 80, 80, 9, 9), [3, 4]),
    ("beds in the wrong column", (20, 20, 490, 20, 20), [2]),
    ("a new level", (9, 9, 80, 80, 80), []),
    ("at the end nobody knows", (9, 9, 9, 80), []),
    ("a dip", (900, 910, 90, 920), [2]),
    ("small numbers", (1, 1, 7, 1), []),
]


@pytest.mark.parametrize("values, expected", [case[1:] for case in BULGES], ids=[case[0] for case in BULGES])
def test_bulges(values: tuple[float, ...], expected: list[int]) -> None:
    assert [number for number, _, _ in bulges(series(*values), rules())] == expected


def test_a_bulge_is_set_aside_and_the_rest_kept(small: Catalogue, tmp_path: Path) -> None:
    values = [90, 90, 90, 800, 800, 90]
    kept, aside = kept_and_set_aside([row(year=2010 + n, value=v) for n, v in enumerate(values)], small, tmp_path)
    assert kept == [(2010, 90), (2011, 90), (2012, 90), (2015, 90)]
    assert [issue for _, issue, _ in aside] == ["bulge", "bulge"]


def test_a_change_of_unit_is_set_aside(small: Catalogue, tmp_path: Path) -> None:
    values = [20_000, 23_000, 26_000, 28_000, 30_000, 40_233_000]
    kept, aside = kept_and_set_aside([row(year=2010 + n, value=v) for n, v in enumerate(values)], small, tmp_path)
    assert [year for year, _ in kept] == [2010, 2011, 2012, 2013, 2014]
    assert [(number, issue) for number, issue, _ in aside] == [(5, "step")]
    assert "30000 → 40233000" in aside[0][2]


@given(st.lists(st.floats(min_value=1000, max_value=40_000), min_size=2, max_size=30))
@settings(deadline=None)
def test_a_series_within_the_factor_is_never_doubted(values: list[float]) -> None:
    assert list(steps(series(*values), rules())) == []


@given(
    st.lists(st.integers(min_value=1000, max_value=5000), min_size=4, max_size=20),
    st.data(),
)
@settings(deadline=None)
def test_one_value_in_another_unit_is_always_found(values: list[int], data: st.DataObject) -> None:
    odd = data.draw(st.integers(min_value=1, max_value=len(values) - 2))
    changed = [value * 1000 if number == odd else value for number, value in enumerate(values)]
    assert odd in [number for number, _, _ in steps(series(*changed), rules())]


def test_no_row_is_lost(small: Catalogue, tmp_path: Path) -> None:
    rows: Iterator[FactRow] = (odd for odd, _, _ in ODD_ROWS)
    kept, aside = kept_and_set_aside([*rows, *SOUND_ROWS[2:]], small, tmp_path)
    assert len(kept) + len(aside) == len(ODD_ROWS) + len(SOUND_ROWS) - 2
