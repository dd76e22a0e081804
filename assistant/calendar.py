"""Periods as days: making them, stepping, splitting, and their codes. No word of Vietnamese, no data.

A school year runs from 1 September to 31 August of the next year: the yearly decisions on the school-year plan open it on
5 September and close teaching by 31 May; the summer counts to the year that ended.

One stretch has one form. A stretch from 1 January to the end of a later month of that year is a running total
(``cumulative``); of six months it is a half. Whole years, quarters, months and second halves take their own grain.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.types import Grain, Period

MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Length in months of the grains that tile the calendar year."""

COARSEST_FIRST: tuple[Grain, ...] = ("year", "school_year", "half", "quarter", "month", "day", "span")


BEGINNING = date(1900, 1, 1)
"""Where a stretch begins of which only the end was said ("trước năm 2020")."""


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def day(year: int, month: int, number: int) -> Period:
    """One day; raises ValueError for a day that is none."""
    only = date(year, month, number)
    return Period(grain="day", start=only, end=only)


def month(year: int, number: int) -> Period:
    """A calendar month, 1 to 12."""
    return Period(grain="month", start=date(year, number, 1), end=month_end(year, number))


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return Period(grain="quarter", start=date(year, 3 * number - 2, 1), end=month_end(year, 3 * number))


def half(year: int, number: int) -> Period:
    """A half year, 1 or 2; the first is a running total by its nature."""
    return Period(
        grain="half", start=date(year, 6 * number - 5, 1), end=month_end(year, 6 * number), cumulative=number == 1
    )


def year(number: int) -> Period:
    """A calendar year."""
    return Period(grain="year", start=date(number, 1, 1), end=date(number, 12, 31))


def school_year(first: int) -> Period:
    """The school year that begins in September of ``first``."""
    return Period(grain="school_year", start=date(first, 9, 1), end=date(first + 1, 8, 31))


def span(start: date, end: date) -> Period:
    """The period from one day to another, both included, in its one form; raises ValueError when they are reversed."""
    if end < start:
        raise ValueError(f"a period cannot end ({end}) before it starts ({start})")
    if start.day == 1 and end == month_end(end.year, end.month):
        months = _months(start, end)
        if months == 1:
            return month(start.year, start.month)
        if months == 12 and start.month == 1:
            return year(start.year)
        if months == 6 and start.month in (1, 7):
            return half(start.year, 1 if start.month == 1 else 2)
        if months == 3 and start.month in (4, 7, 10):
            return quarter(start.year, end.month // 3)
        if months == 12 and start.month == 9:
            return school_year(start.year)
        running = start.month == 1 and start.year == end.year
        return Period(grain="span", start=start, end=end, cumulative=running)
    if start == end:
        return Period(grain="day", start=start, end=end)
    return Period(grain="span", start=start, end=end)


def to_month(year_number: int, month_number: int) -> Period:
    """The running total from January to the end of a month."""
    return span(date(year_number, 1, 1), month_end(year_number, month_number))


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def whole_months(period: Period) -> int:
    """How many whole calendar months the period is made of; 0 where it cuts one."""
    if period.start.day != 1 or period.end != month_end(period.end.year, period.end.month):
        return 0
    return _months(period.start, period.end)


def years_of(period: Period) -> Grain | None:
    """By which years a stretch of two or more whole ones is counted; None for any other period."""
    if period.grain != "span" or whole_months(period) < 24 or whole_months(period) % 12:
        return None
    return {1: "year", 9: "school_year"}.get(period.start.month)  # type: ignore[return-value]


def shift(moment: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    index = moment.year * 12 + moment.month - 1 + months
    return date(index // 12, index % 12 + 1, min(moment.day, monthrange(index // 12, index % 12 + 1)[1]))


def moved(period: Period, months: int) -> Period:
    """The same stretch so many months later (earlier for negative); a month's last day stays a last day."""
    end = shift(period.end, months)
    if period.end == month_end(period.end.year, period.end.month):
        end = month_end(end.year, end.month)
    return period.model_copy(update={"start": shift(period.start, months), "end": end})


def step(period: Period, count: int) -> Period:
    """The period ``count`` lengths later (earlier for negative): the month before, the school year after."""
    if period.grain in MONTHS:
        return holding(period.grain, shift(period.start, MONTHS[period.grain] * count))
    if months := whole_months(period):
        shifted = moved(period, months * count)
        return shifted if period.grain != "span" else span(shifted.start, shifted.end)
    length = timedelta(days=((period.end - period.start).days + 1) * count)
    return period.model_copy(update={"start": period.start + length, "end": period.end + length})


def previous(period: Period) -> Period:
    """The period right before, of the same length; of a running total, the same stretch a year before."""
    return same_last_year(period) if period.cumulative else step(period, -1)


def same_last_year(period: Period) -> Period:
    """The same stretch one year earlier ("cùng kỳ")."""
    return moved(period, -12)


def holding(grain: Grain, moment: date) -> Period:
    """The period of this grain that holds the day; for ``span`` the day itself."""
    match grain:
        case "month":
            return month(moment.year, moment.month)
        case "quarter":
            return quarter(moment.year, (moment.month + 2) // 3)
        case "half":
            return half(moment.year, 1 if moment.month <= 6 else 2)
        case "year":
            return year(moment.year)
        case "school_year":
            return school_year(moment.year if moment.month >= 9 else moment.year - 1)
        case "day" | "span":
            return day(moment.year, moment.month, moment.day)


def week(moment: date, by: int = 0) -> Period:
    """The week, Monday to Sunday, that holds the day, or one so many weeks away."""
    monday = moment - timedelta(days=moment.weekday() - 7 * by)
    return span(monday, monday + timedelta(days=6))


def latest_complete(grain: Grain, today: date) -> Period:
    """The last period of this grain that had ended before today."""
    current = holding(grain, today)
    return holding(grain, current.start - timedelta(days=1))


def latest_months(count: int, today: date) -> Period:
    """The last ``count`` complete months."""
    end = latest_complete("month", today).end
    return span(shift(date(end.year, end.month, 1), 1 - count), end)


def split(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The periods of ``grain`` that lie wholly inside ``period``, in order."""
    pieces: list[Period] = []
    piece = holding(grain, period.start)
    if piece.start < period.start:
        piece = holding(grain, piece.end + timedelta(days=1))
    while piece.end <= period.end:
        pieces.append(piece)
        piece = holding(grain, piece.end + timedelta(days=1))
    return tuple(pieces)


def tiles(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The periods of ``grain`` that make up ``period`` exactly, in order; empty where they do not."""
    if period.grain == grain:
        return (period,)
    if grain in ("school_year", "span"):
        return ()
    pieces = split(period, grain)
    whole = pieces and pieces[0].start == period.start and pieces[-1].end == period.end
    return pieces if whole else ()


def to_date(period: Period, last: date) -> Period:
    """The running part of a period: from its first day to ``last``, marked as cumulative."""
    return Period(grain="span", start=period.start, end=last, cumulative=True)


def since_january(period: Period) -> Period:
    """The running total that ends with this period; a whole year stays what it is."""
    start = date(period.end.year, 1, 1)
    if period.start <= start and (period.grain == "year" or period.start < start):
        return period
    grain: Grain = period.grain if period.start == start else "span"
    return Period(grain=grain, start=start, end=period.end, cumulative=True)


def code(period: Period) -> str:
    """The period's code: "2024", "2024-10", "2024-Q3", "2023/2024", "2024-09-05", "2024-01..2024-06", "2015..2020"."""
    start, end = period.start, period.end
    match period.grain:
        case "day":
            return start.isoformat()
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start.year}-Q{end.month // 3}"
        case "year":
            return str(start.year)
        case "school_year":
            return f"{start.year}/{end.year}"
    if not whole_months(period):
        return f"{start.isoformat()}..{end.isoformat()}"
    if start.month == 1 and end.month == 12:
        return f"{start.year}..{end.year}"
    return f"{start:%Y-%m}..{end:%Y-%m}"


def parse_code(text: str) -> Period:
    """The period of a code; raises ValueError for anything else. "2024-H1" is understood as well."""
    if ".." in text:
        first, last = text.split("..", 1)
        return span(parse_code(first).start, parse_code(last).end)
    if match := re.fullmatch(r"(\d{4})/(\d{4})", text):
        if int(match[2]) != int(match[1]) + 1:
            raise ValueError(f"no school year: {text!r}")
        return school_year(int(match[1]))
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return quarter(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-H([12])", text):
        return half(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text):
        numbers = [int(number) for number in match.groups() if number]
        return (year, month, day)[len(numbers) - 1](*numbers)
    raise ValueError(f"no period: {text!r}")
