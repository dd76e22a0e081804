"""Days, weeks and parts of months: what each way of saying one makes of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from assistant import calendar as cal
from assistant.language.period_makers import Made, Maker, Relative, is_numbered, said_or_latest, word_before
from assistant.language.period_words import small_number
from assistant.language.text import fold
from assistant.types import Period


def make_week(by: int) -> Maker:
    """Monday to Sunday."""

    def make(_: re.Match[str], today: date) -> Made:
        relative: Relative = "previous" if by == -1 else ""
        return Made(cal.week(today, by), relative=relative)

    return make


def make_week_of_year(match: re.Match[str], today: date) -> Made:
    """ "tuần 45", "tuần thứ 45 năm 2025": the weeks of ISO 8601, by which diseases are reported."""
    number = int(match["week"])
    return said_or_latest(match, today, lambda year: cal.week(date.fromisocalendar(year, number, 1)))


def make_days(by: int) -> Maker:
    """Today, yesterday …"""

    def make(match: re.Match[str], today: date) -> Made | None:
        if match[0] == "toi nay":
            return None  # without marks it says up to when rather than this evening
        return Made(cal.holding("day", today + timedelta(days=by)))

    return make


def make_day(match: re.Match[str], today: date) -> Made | None:
    """ "ngày 5 tháng 9 năm 2024", "ngày 5/9"."""
    number, number_of_month = small_number(match["day"]), small_number(match["month"])

    def make(year: int) -> Period:
        return cal.day(year, number_of_month, number)

    return said_or_latest(match, today, make)


def make_loose_day(match: re.Match[str], today: date) -> Made | None:
    """ "15 tháng 10", not in "lớp 5 tháng 10"."""
    made = None if is_numbered(match) else make_day(match, today)
    return replace(made, score=0.95) if made else None


_BEFORE_DAYS = frozenset(re.findall(r"\w+", "den toi het tu truoc sau vao sang trua chieu toi dem dip le hom moc diem"))


_DAY_BEFORE = re.compile(r"\d/\d{1,2} (?:và |va )?$")


def make_bare_day(match: re.Match[str], today: date) -> Made | None:
    """ "đến 30/9", "dịp 2/9", "lễ 30/4 và 1/5"; "2/3 số trường" is a part of them."""
    is_day = word_before(match) in _BEFORE_DAYS or _DAY_BEFORE.search(match.string[: match.start()])
    return make_day(match, today) if is_day else None


def _last_day(match: re.Match[str], today: date) -> tuple[int, int, Period] | None:
    """The last of several days with where it stands; None for what is no day, or stands where none is said."""
    last = make_day(match, today)
    loose = match.groupdict().get("loose") == "" and word_before(match) not in _BEFORE_DAYS
    return None if last is None or last.period is None or loose else (match.start("day"), match.end(), last.period)


def make_days_between(match: re.Match[str], today: date) -> Made | None:
    """ "dịp 30/4-1/5": both ends, in the year of the last."""
    if (last := _last_day(match, today)) is None:
        return None
    *_, period = last
    first = cal.day(period.end.year, small_number(match["first_month"]), small_number(match["first"]))
    if first.start > period.start:
        first = cal.moved(first, -12)
    return Made(None, parts=((match.start(), match.end("first_month"), first), last), ends=True)


def make_days_of_month(match: re.Match[str], today: date) -> Made | None:
    """ "từ 1-15/10", "ngày 1 đến 15 tháng 10": both ends."""
    if (last := _last_day(match, today)) is None:
        return None
    *_, period = last
    first = period.end.replace(day=small_number(match["first"]))
    parts = ((match.start(), match.end("first"), cal.holding("day", first)), last)
    return Made(None, parts=parts, ends=True) if first < period.end else None


def make_day_of_this_month(match: re.Match[str], today: date) -> Made:
    """ "ngày 15": the latest such day; "ngày 15 tháng này", "ngày 15 tháng trước"."""
    number = small_number(match["day"])
    groups = match.groupdict()
    back = 0 if groups.get("here") else 1 if groups.get("last") else int(number > today.day)
    first = cal.shift(today.replace(day=1), -back)
    only = cal.day(first.year, first.month, number)
    if groups.get("here") or groups.get("last"):
        return Made(only)
    return Made(only, 0.75, in_month=lambda other: cal.day(other.end.year, other.end.month, number))


def make_iso_day(match: re.Match[str], _: date) -> Made:
    """ "2024-09-05"."""
    return Made(cal.day(int(match["y"]), int(match["m"]), int(match["d"])))


def _part_of(match: re.Match[str], month: Period) -> Period | None:
    """The part of a month that is said: its first or last days, a half, a week of seven days."""
    groups = match.groupdict()
    length = (month.end - month.start).days + 1
    late = fold(groups.get("edge") or "") in ("cuoi", "sau")
    if groups.get("days"):
        days = small_number(groups["days"])
    elif groups.get("half"):
        days = length - 15 if late else 15
    else:
        days = 7
    if not 1 <= days <= length:
        return None
    if groups.get("nth"):
        first = month.start + timedelta(days=7 * (small_number(groups["nth"]) - 1))
        return cal.span(first, min(first + timedelta(days=6), month.end)) if first <= month.end else None
    if late:
        return cal.span(month.end - timedelta(days=days - 1), month.end)
    return cal.span(month.start, month.start + timedelta(days=days - 1))


def part_of_month(make: Maker) -> Maker:
    """ "10 ngày đầu tháng 11", "nửa cuối tháng trước", "tuần thứ hai của tháng 10", of the month ``make`` makes."""

    def part(match: re.Match[str], today: date) -> Made | None:
        month = make(match, today)
        if month is None or month.period is None or is_numbered(match):
            return None
        period = _part_of(match, month.period)
        return Made(period) if period else None

    return part
