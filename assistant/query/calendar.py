"""Arithmetic on periods, without a word of Vietnamese: which period holds a day, what tiles what, one step back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from assistant.types import Grain, Period

MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Length in months of the grains that tile the calendar."""

COARSEST_FIRST: tuple[Grain, ...] = ("year", "school_year", "half", "quarter", "month", "day", "span")


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def shift(day: date, months: int) -> date:
    """The same day some months later (earlier for negative), or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def holding(grain: Grain, day: date) -> Period:
    """The period of this grain that holds the day; a ``span`` of one day for ``span``.

    A school year runs from 1 September to 31 August, as in the warehouse.
    """
    if grain in MONTHS:
        length = MONTHS[grain]
        first = date(day.year, (day.month - 1) // length * length + 1, 1)
        return Period(grain=grain, start=first, end=shift(first, length) - timedelta(days=1))
    if grain == "school_year":
        begins = day.year if day.month >= 9 else day.year - 1
        return Period(grain=grain, start=date(begins, 9, 1), end=date(begins + 1, 8, 31))
    return Period(grain=grain, start=day, end=day)


def split(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The periods of ``grain`` that tile ``period`` exactly, in order; empty where they do not."""
    if period.grain == grain:
        return (period,)
    if grain in ("school_year", "span"):
        return ()
    tiles: list[Period] = []
    day = period.start
    while day <= period.end:
        tile = holding(grain, day)
        if tile.start != day or tile.end > period.end:
            return ()
        tiles.append(tile)
        day = tile.end + timedelta(days=1)
    return tuple(tiles)


def step(period: Period, count: int) -> Period:
    """The period ``count`` lengths later (earlier for negative): the month before, the school year after."""
    if period.grain == "school_year":
        return _moved(period, 12 * count)
    if period.grain in MONTHS:
        return holding(period.grain, shift(period.start, MONTHS[period.grain] * count))
    if months := whole_months(period):
        return _moved(period, months * count)
    days = ((period.end - period.start).days + 1) * count
    return period.model_copy(
        update={"start": period.start + timedelta(days=days), "end": period.end + timedelta(days=days)}
    )


def year_before(period: Period) -> Period:
    """The same stretch one year earlier."""
    return _moved(period, -12)


def whole_months(period: Period) -> int:
    """How many whole calendar months the period is made of; 0 where it cuts one."""
    if period.start.day != 1 or period.end != month_end(period.end.year, period.end.month):
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


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


def _moved(period: Period, months: int) -> Period:
    ends = shift(period.end, months)
    if period.end == month_end(period.end.year, period.end.month):
        ends = month_end(ends.year, ends.month)
    return period.model_copy(update={"start": shift(period.start, months), "end": ends})
