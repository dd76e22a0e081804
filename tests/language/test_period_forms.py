"""The many ways of naming a period (``period_forms.txt``), on several days, and those that could mean two."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import calendar
from assistant.language import numbers, periods
from assistant.language.periods import LEANING, TIED
from assistant.language.text import fold, normalise
from assistant.types import Found, Period

TODAY = date(2026, 11, 21)


def _forms() -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "period_forms.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.partition(" =") for line in lines if not line.startswith("#")]
    return [(said, [code.strip() for code in codes.split("|") if code.strip()]) for said, _, codes in rows]


FORMS = _forms()
UNCLEAR_WITHOUT_MARKS = ("năm kìa", "hôm kìa", "tháng sau", "từ hè tới giờ", "trong hè", "quá 2000 lượt")


def best(text: str, today: date) -> list[Found]:
    """The likeliest period of all words that name one."""
    found: dict[tuple[int, int], Found] = {}
    for item in periods.find(text, today):
        found.setdefault((item.start, item.end), item)
    return list(found.values())


def named(text: str, today: date = TODAY) -> list[str]:
    return [f"{found.code}:{found.role}".rstrip(":") for found in best(text, today)]


@pytest.mark.parametrize(("said", "codes"), FORMS)
def test_every_form(said: str, codes: list[str]) -> None:
    assert named(normalise(said)) == codes
    if said not in UNCLEAR_WITHOUT_MARKS:
        assert named(fold(normalise(said))) == codes


@pytest.mark.parametrize("said", [said for said, codes in FORMS if len(codes) == 1 and ":" not in codes[0]])
def test_the_same_in_a_question(said: str) -> None:
    """A period is found among other words as it is alone."""
    code = named(normalise(said))
    asked = normalise(f"Toàn tỉnh tiếp nhận bao nhiêu hồ sơ {said} vậy?")
    assert named(asked) == code or said.startswith(("đến", "hết", "lễ"))


JANUARY, LEAP, QUARTER_END, SUMMER, LAST = (
    date(2026, 1, 5),
    date(2024, 2, 29),
    date(2026, 9, 30),
    date(2026, 7, 15),
    date(2026, 12, 31),
)
OTHER_DAYS = [
    (JANUARY, "tháng trước", "2025-12"),
    (JANUARY, "quý trước", "2025-Q4"),
    (JANUARY, "tháng 12", "2025-12"),
    (JANUARY, "tháng 1", "2026-01"),
    (JANUARY, "cuối năm", "2025-12"),
    (JANUARY, "6 tháng đầu năm", "2025-01..2025-06"),
    (JANUARY, "từ đầu năm đến nay", "2026-01"),
    (JANUARY, "năm học này", "2025/2026"),
    (JANUARY, "học kỳ này", "2026-01..2026-05"),
    (JANUARY, "học kỳ trước", "2025-09..2025-12"),
    (JANUARY, "hè vừa rồi", "2025-06..2025-08"),
    (JANUARY, "tuần trước", "2025-12-29..2026-01-04"),
    (JANUARY, "hôm qua", "2026-01-04"),
    (JANUARY, "ba tháng gần đây", "2025-Q4"),
    (LEAP, "hôm nay", "2024-02-29"),
    (LEAP, "ngày này năm ngoái", "2023-02-28"),
    (LEAP, "tháng này năm ngoái", "2023-02"),
    (LEAP, "tháng sau", "2024-03"),
    (LEAP, "3 tháng qua", "2023-11..2024-01"),
    (LEAP, "trong vòng 2 năm", "2022..2023"),
    (QUARTER_END, "quý này", "2026-Q3"),
    (QUARTER_END, "quý trước", "2026-Q2"),
    (QUARTER_END, "quý 4", "2025-Q4"),
    (QUARTER_END, "9 tháng", "2026-01..2026-09"),
    (QUARTER_END, "đầu năm học", "2026/2027"),
    (SUMMER, "năm học vừa qua", "2025/2026"),
    (SUMMER, "năm học tới", "2026/2027"),
    (SUMMER, "năm học mới", "2026/2027"),
    (SUMMER, "học kỳ vừa rồi", "2026-01..2026-05"),
    (SUMMER, "hè này", "2026-06..2026-08"),
    (JANUARY, "năm ngoái, tháng 9", "2025-09"),
    (JANUARY, "hè vừa rồi, tháng 7 ấy", "2025-07"),
    (JANUARY, "trước Tết", "2026-01"),
    (JANUARY, "sau Tết", "2025-02"),
    (JANUARY, "cuối quý", "2025-12"),
    (JANUARY, "mấy quý gần đây", "2024..2025"),
    (JANUARY, "năm học này, tháng 10", "2025-10"),
    (LEAP, "ba tháng hè", "2023-06..2023-08"),
    (LEAP, "ra Tết", "2023-02"),
    (LEAP, "từ hè tới giờ", "2023-06..2024-01"),
    (SUMMER, "năm nay, quý 2", "2026-Q2"),
    (SUMMER, "đầu quý", "2026-07"),
    (SUMMER, "mấy hôm nay", "2026-07-08..2026-07-14"),
    (LAST, "cuối quý", "2026-12"),
    (LAST, "cuối năm", "2026-12"),
    (LAST, "tháng sau", "2027-01"),
    (LAST, "năm nay", "2026"),
    (LAST, "từ đầu năm đến nay", "2026-01..2026-11"),
]


@pytest.mark.parametrize(("today", "said", "code"), OTHER_DAYS)
def test_on_other_days(today: date, said: str, code: str) -> None:
    assert named(normalise(said), today) == [code]


SPOKEN_OF = [
    ("tháng trước đó", "2026-10", "2026-09"),
    ("tháng trước đó nữa", "2026-09", "2026-08"),
    ("tháng trước đó", "2026-Q3", "2026-06"),
    ("tháng trước đó", "2026-01..2026-10", "2026-09"),
    ("quý trước đó", "2026-Q1", "2025-Q4"),
    ("năm trước đó", "2024", "2023"),
    ("một năm trước đó", "2024-10", "2023-10"),
    ("hai năm trước đó", "2024", "2022"),
    ("năm trước đó", "2021..2025", "2020"),
    ("năm trước đó", "2026-01..2026-10", "2025-01..2025-10"),
    ("năm học trước đó", "2024/2025", "2023/2024"),
    ("quý liền trước", "2025-Q4", "2025-Q3"),
    ("năm học ngay trước", "2025/2026", "2024/2025"),
    ("cùng tháng năm trước đó", "2025-10", "2024-10"),
    ("kỳ trước", "2025-Q2", "2025-Q1"),
]


@pytest.mark.parametrize(("said", "spoken_of", "code"), SPOKEN_OF)
def test_before_what_was_spoken_of(said: str, spoken_of: str, code: str) -> None:
    (found,) = periods.find(normalise(said), TODAY)
    assert calendar.code(periods.resolve(found, calendar.parse_code(spoken_of))) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("tháng trước đó", "2026-10"),
        ("tháng liền trước", "2026-10"),
        ("năm trước đó", "2025"),
        ("tháng trước đó nữa", "2026-09"),
    ],
)
def test_with_nothing_spoken_of_it_is_before_today(said: str, code: str) -> None:
    (found,) = periods.find(normalise(said), TODAY)
    assert found.period == calendar.parse_code(code)


TWO = [
    (TODAY, "tháng 12", ["2025-12", "2026-12"], TIED),
    (TODAY, "tháng mười hai", ["2025-12", "2026-12"], TIED),
    (TODAY, "cuối năm", ["2025-12", "2026-12"], TIED),
    (TODAY, "6 tháng cuối năm", ["2025-07..2025-12", "2026-07..2026-12"], TIED),
    (TODAY, "quý 4", ["2026-Q4", "2025-Q4"], LEANING),
    (TODAY, "trong 2 tháng", ["2026-01..2026-02", "2026-09..2026-10"], TIED),
    (TODAY, "thang sau", ["2026-06", "2026-12"], TIED),
    (QUARTER_END, "quý 4", ["2025-Q4", "2026-Q4"], TIED),
    (JANUARY, "dịp Tết", ["2025-01", "2026-02"], TIED),
    (SUMMER, "năm học trước", ["2024/2025", "2025/2026"], TIED),
]


@pytest.mark.parametrize(("today", "said", "codes", "apart"), TWO)
def test_words_that_could_mean_two(today: date, said: str, codes: list[str], apart: float) -> None:
    likelier, other = periods.find(normalise(said), today)
    assert [likelier.code, other.code] == codes
    assert (likelier.start, likelier.end, likelier.text) == (other.start, other.end, other.text)
    assert likelier.score - other.score == pytest.approx(apart)


@pytest.mark.parametrize(
    "said",
    ["tháng 12 năm 2025", "tháng 12 vừa rồi", "tháng 12 này", "quý 4 năm nay", "cuối năm ngoái", "tháng 9", "năm 25"],
)
def test_words_that_mean_one(said: str) -> None:
    assert len(periods.find(normalise(said), TODAY)) == 1


def test_a_year_said_beside_it_leaves_one_meaning() -> None:
    assert len(periods.find(normalise("từ tháng 11 đến tháng 12 năm 2025"), TODAY)) == 2


DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))
YEARS = st.integers(2001, 2039)


def _spoken_years(year: int) -> list[str]:
    """The ways a year of this century is said aloud."""
    short = year % 100
    ways = [numbers.in_words(year), numbers.in_words(year).replace("nghìn", "ngàn").replace("linh", "lẻ")]
    if short % 10:
        digits = " ".join(numbers.in_words(int(digit)) for digit in str(year))
        ways += [digits] if short > 9 and short % 10 != 5 else []
    ways += [f"hai không {numbers.in_words(short)}"] if short > 9 else []
    return ways


@given(YEARS, st.integers(1, 12), st.data())
def test_months_are_found_however_written(year: int, month: int, data: st.DataObject) -> None:
    said = [f"tháng {month}/{year}", f"t{month}/{year}", f"tháng {month:02}-{year}", f"{month}/{year}"]
    spoken = data.draw(st.sampled_from(_spoken_years(year)))
    said += [
        f"tháng {month} năm {year}",
        f"tháng {numbers.in_words(month)} năm {spoken}",
        f"tháng {month} năm {spoken}",
    ]
    text = normalise(data.draw(st.sampled_from(said)))
    for written in (text, fold(text)):
        assert [found.period for found in periods.find(written, TODAY)] == [calendar.month(year, month)]


@given(YEARS, st.integers(1, 4), st.data())
def test_quarters_are_found_however_written(year: int, quarter: int, data: st.DataObject) -> None:
    roman = ("I", "II", "III", "IV")[quarter - 1]
    said = [f"quý {quarter}/{year}", f"Q{quarter}/{year}", f"quý {roman}/{year}", f"{year}-Q{quarter}"]
    said += [f"quý {numbers.in_words(quarter)} năm {data.draw(st.sampled_from(_spoken_years(year)))}"]
    text = normalise(data.draw(st.sampled_from(said)))
    for written in (text, fold(text)):
        assert [found.period for found in periods.find(written, TODAY)] == [calendar.quarter(year, quarter)]


@given(YEARS, st.data())
def test_school_years_are_found_however_written(year: int, data: st.DataObject) -> None:
    first, last = (data.draw(st.sampled_from(_spoken_years(one))) for one in (year, year + 1))
    said = [f"năm học {year}-{year + 1}", f"NH {year}-{year + 1}", f"năm học {year}/{year + 1}", f"{year}/{year + 1}"]
    said += [f"năm học {first} đến {last}", f"năm học {first}"]
    text = normalise(data.draw(st.sampled_from(said)))
    for written in (text, fold(text)):
        assert [found.period for found in periods.find(written, TODAY)] == [calendar.school_year(year)]


@given(st.builds(calendar.holding, st.sampled_from(["day", "month", "quarter", "year", "school_year"]), DAYS))
def test_codes_are_found_in_a_text(period: Period) -> None:
    assert [found.period for found in periods.find(normalise(calendar.code(period)), TODAY)] == [period]


@given(DAYS, st.booleans())
def test_open_and_closed_stretches_are_said_and_found_again(day: date, week: bool) -> None:
    period = calendar.week(day) if week else calendar.span(calendar.BEGINNING, day)
    for words in (periods.say(period), periods.speak(period)):
        text = normalise(words)
        assert [found.period for found in periods.find(text, TODAY)] == [period], text
        assert [found.period for found in periods.find(fold(text), TODAY)] == [period], text


RELATIVE = [
    "năm nay", "năm ngoái", "năm kia", "năm tới", "tháng này", "tháng trước", "tháng trước nữa", "tháng tới", "quý này",
    "quý trước", "quý trước nữa", "quý sau", "năm học này", "năm học trước nữa", "năm học tới", "học kỳ này", "học kỳ tới",
    "đầu năm", "giữa năm", "từ đầu năm đến nay", "3 tháng qua", "5 năm gần nhất", "4 quý gần đây", "2 năm trước",
    "cách đây 3 tháng", "tháng 5", "quý 2", "9 tháng đầu năm", "mùa hè", "tháng này năm ngoái", "trong vòng 3 năm",
    "tháng 12 tới", "tháng 3 vừa rồi", "nửa năm qua", "mấy năm nay",
]  # fmt: skip


@given(DAYS, st.sampled_from(RELATIVE))
def test_relative_periods_move_with_the_clock(today: date, said: str) -> None:
    """A year later the same words mean the same a year later."""
    text = normalise(said)
    (now,), (then,) = best(text, today), best(text, calendar.shift(today, 12))
    assert now.period is not None
    assert then.period == calendar.moved(now.period, 12)
    assert now.match == then.match == "grammar"


@given(DAYS)
def test_neighbouring_days_weeks_and_months_touch(today: date) -> None:
    for near, far in (("hôm nay", "hôm qua"), ("hôm qua", "hôm kia"), ("tuần này", "tuần trước"), ("tháng này", "tháng trước"),
                      ("tuần trước", "tuần trước nữa"), ("quý trước", "quý trước nữa"), ("năm ngoái", "năm kia")):  # fmt: skip
        later, earlier = (best(normalise(said), today)[0].period for said in (near, far))
        assert later is not None and earlier is not None
        assert later.start - earlier.end == timedelta(days=1)


@given(YEARS, st.integers(1, 4), st.booleans())
def test_what_explains_a_quarter_leaves_one_period(year: int, quarter: int, named_first: bool) -> None:
    months = f"từ tháng {3 * quarter - 2} đến tháng {3 * quarter}"
    said = f"năm {year}, quý {quarter}, tức {months}" if named_first else f"năm {year}, {months}, tức là quý {quarter}"
    text = normalise(said)
    for written in (text, fold(text)):
        assert [found.period for found in periods.find(written, TODAY)] == [calendar.quarter(year, quarter)]


@given(YEARS, st.integers(1, 11))
def test_neighbours_of_a_list_stay_apart(year: int, month: int) -> None:
    text = normalise(f"tháng {month}/{year}, tháng {month + 1}/{year}")
    wanted = [calendar.month(year, number) for number in (month, month + 1)]
    assert [found.period for found in periods.find(text, TODAY)] == wanted
