"""Periods that bear a name: school years and semesters, Tết, the summer, years of the sexagenary cycle."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant import calendar as cal
from assistant.language import lunar
from assistant.language.period_makers import Made, Maker, last_month, said_or_latest, word_before
from assistant.language.period_words import HERE_WORDS, NEXT_WORDS, small_number, year_number
from assistant.language.text import fold
from assistant.types import Period

AROUND_TET = 20
"""Days from Tết to the month that is meant by "trước Tết", "sau Tết"."""

SUMMER = (6, 7, 8)
"""Months without lessons: the school year's plan ends teaching by 31 May and opens the next year in September."""


def make_school_year(match: re.Match[str], today: date) -> Made | None:
    """ "năm học 2023-2024", "năm học 2023"; more than one school year is a stretch."""
    first = year_number(match["first"], today)
    groups = match.groupdict()
    last = year_number(groups["last"], today) if groups.get("last") else first + 1
    if last <= first:
        return None
    if last > first + 1:
        return Made(cal.span(date(first, 9, 1), date(last, 8, 31)))
    return Made(cal.school_year(first))


def make_school_year_nearby(match: re.Match[str], today: date) -> Made:
    """ "năm học này", "năm học trước", "năm học tới", "năm học trước nữa"; "đầu năm học" is in the running one.

    In summer the running school year has closed: "vừa qua" means it, "trước" may mean it or the one before.
    """
    said = fold(match.groupdict().get("near") or "")
    running = cal.holding("school_year", today)
    summer = today.month in SUMMER
    before, after = cal.step(running, -1), cal.step(running, 1)
    if not said or said in HERE_WORDS:
        return Made(running, other=after if summer else None)
    if said in NEXT_WORDS:
        return Made(after)
    if said.endswith("nua"):
        return Made(cal.step(before, -1))
    if not summer:
        return Made(before, relative="previous")
    if said.startswith("truoc"):
        return Made(before, relative="previous", other=running, tied=True)
    return Made(running, relative="previous")


def make_new_school_year(_: re.Match[str], today: date) -> Made:
    """ "năm học mới": from June on the one to come, otherwise the running one."""
    return Made(cal.holding("school_year", cal.shift(today, 3)))


def month_of(make: Maker) -> Maker:
    """ "tháng 9 năm học 2023-2024": a month of the school year that ``make`` makes."""

    def month(match: re.Match[str], today: date) -> Made | None:
        year = make(match, today)
        if year is None or year.period is None or year.period.grain != "school_year":
            return None
        number, first = small_number(match["month"]), year.period.start.year
        return Made(cal.month(first if number >= 9 else first + 1, number))

    return month


def semester(first: int, number: int) -> Period:
    """A semester of the school year that begins in ``first``, in whole months: September to December, January to May.

    The yearly decisions on the school year's plan set 18 weeks from 5 September and 17 weeks that end by 31 May.
    """
    if number == 1:
        return cal.span(date(first, 9, 1), date(first, 12, 31))
    return cal.span(date(first + 1, 1, 1), date(first + 1, 5, 31))


def _semester_number(match: re.Match[str]) -> int:
    said = match["semester"]
    return {"dau": 1, "cuoi": 2}.get(fold(said)) or small_number(said)


def semester_of(make: Maker) -> Maker:
    """ "học kỳ I năm học 2025-2026": a semester of the school year that ``make`` makes."""

    def part(match: re.Match[str], today: date) -> Made | None:
        year = make(match, today)
        if year is None or year.period is None or year.period.grain != "school_year":
            return None
        return Made(semester(year.period.start.year, _semester_number(match)))

    return part


def make_semester(match: re.Match[str], today: date) -> Made:
    """ "học kỳ 2": the latest that has begun; "học kỳ này", "học kỳ trước", "học kỳ tới"."""
    first = cal.holding("school_year", today).start.year
    groups = match.groupdict()
    if groups.get("semester"):
        number = _semester_number(match)
        said = semester(first, number)
        return Made(said if said.start <= today else semester(first - 1, number))
    near = fold(groups["near"])
    index = 2 * first + (0 if today.month >= 9 else 1)
    if near in NEXT_WORDS:
        index += 1
    elif near not in HERE_WORDS and today.month not in SUMMER:
        index -= 1
    return Made(semester(index // 2, index % 2 + 1), relative="previous" if near not in HERE_WORDS | NEXT_WORDS else "")


def _new_year(year: int) -> Period:
    """The month of Tết Nguyên đán."""
    first = lunar.new_year(year)
    if first is None:
        raise ValueError(f"Tết of {year} is not known")
    return cal.month(first.year, first.month)


def make_new_year(match: re.Match[str], today: date) -> Made | None:
    """ "dịp Tết", "Tết năm ngoái", "Tết Bính Ngọ"."""
    if match.groupdict().get("stem"):
        year = lunar.cycle_year(match["stem"], match["branch"], today.year + 1)
        return Made(_new_year(year)) if year else None
    return said_or_latest(match, today, _new_year, None, 0.9)


def make_around_new_year(match: re.Match[str], today: date) -> Made | None:
    """ "trước Tết", "ra Tết": the month before or after it."""
    days = -AROUND_TET if fold(match["side"]) in ("truoc", "can", "giap", "sat") else AROUND_TET

    def month(year: int) -> Period:
        first = lunar.new_year(year)
        if first is None:
            raise ValueError(f"Tết of {year} is not known")
        return cal.holding("month", first + timedelta(days=days))

    return said_or_latest(match, today, month, None, 0.9)


def make_cycle_year(match: re.Match[str], today: date) -> Made | None:
    """ "năm Bính Ngọ"."""
    year = lunar.cycle_year(match["stem"], match["branch"], today.year + 1)
    return Made(cal.year(year), 0.95) if year else None


def make_first_of_january(match: re.Match[str], today: date) -> Made:
    """ "Tết Dương lịch": January."""
    return said_or_latest(match, today, lambda year: cal.month(year, 1), None, 0.9)


_BEFORE_SUMMER = frozenset(re.findall(r"\w+", "tu trong suot hoi dot sau truoc vao qua"))


def _before_summer(match: re.Match[str]) -> bool:
    """Whether "hè" is told as a time: "cả hè", but not the southern word at the end of "mổ mấy ca hè"."""
    return word_before(match) in _BEFORE_SUMMER or match.string[: match.start()].endswith("cả ")


def make_summer(match: re.Match[str], today: date) -> Made | None:
    """ "mùa hè", "hè năm ngoái": June to August; without marks "he" may be "hệ"."""
    if word_before(match) in ("the", "quan", "lien", "via"):
        return None
    if match[0] == "he" or (match[0] == "hè" and not _before_summer(match)):
        return None
    return said_or_latest(
        match, today, lambda year: cal.span(date(year, SUMMER[0], 1), cal.month(year, SUMMER[-1]).end), last_month, 0.9
    )
