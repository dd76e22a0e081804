"""The grammar of Vietnamese periods: one rule per way of saying one. Choosing among overlapping rules is ``periods.py``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.language import calendar as cal
from assistant.language import lunar
from assistant.language.period_words import (
    ANY_FIGURES,
    COUNT,
    DAY,
    DIGIT_BY_DIGIT,
    FIGURES,
    HERE,
    LAST,
    LATELY,
    MONTH,
    NEXT,
    QUARTER,
    RELATIVE_YEAR,
    SHORT_YEAR,
    SPELLED,
    YEAR,
    compiled,
    small_number,
    year_number,
    year_is_short,
    years_back,
)
from assistant.language.text import fold
from assistant.types import Grain, Period

Relative = Literal["", "previous", "same_last_year"]


@dataclass(frozen=True)
class Made:
    """What a rule makes of its words."""

    period: Period | None
    score: float = 1.0
    in_year: Callable[[int], Period] | None = None
    """Set where no year was said: the same in another year."""
    relative: Relative = ""
    """What the words mean after "so với": "tháng trước" is the month before the one asked about."""
    code: str = ""
    """For what only the reader can resolve ("cùng kỳ"); otherwise the period's own code."""
    other_end: Period | None = None
    """The second of two periods said in one ("tháng 1-6/2024"): from ``period`` to this one."""
    bare: bool = False
    """A number that may be a year, without a word that says so."""


Maker = Callable[[re.Match[str], date], Made | None]

_UNITS: dict[str, Grain] = {
    "thang": "month",
    "quy": "quarter",
    "nam": "year",
    "nam hoc": "school_year",
    "ngay": "day",
}
_IN_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES}|{SPELLED})"
    rf"|[/-](?P<short>\d{{4}}|\d\d)|(?: của| trong)? (?P<ref>{RELATIVE_YEAR}))"
)
"""The year after a month or quarter: "năm 2024", "2024", "/2024", "năm ngoái"."""
_OF_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES})"
    rf"|(?: của| trong)? (?P<ref>{RELATIVE_YEAR})|(?: của| trong)? năm(?! (?:học|{DIGIT_BY_DIGIT})))"
)
"""The year after "6 tháng đầu", "cuối": as above, or just "năm"."""


def _year(match: re.Match[str], today: date) -> int | None:
    """The year a match names; None where it names none."""
    groups = match.groupdict()
    for name in ("year", "figures", "short"):
        if groups.get(name):
            return year_number(groups[name], today)
    return today.year + years_back(groups["ref"]) if groups.get("ref") else None


def _said_or_latest(
    match: re.Match[str], today: date, make: Callable[[int], Period], begun: Callable[[Period], date], score: float = 1.0
) -> Made:
    """The period in the year that was said, or else in the latest year in which it has begun."""
    said = _year(match, today)
    if said is not None:
        return Made(make(said), score)
    this_year = make(today.year)
    return Made(this_year if begun(this_year) <= today else make(today.year - 1), score, in_year=make)


def _start(period: Period) -> date:
    return period.start


def _last_month(period: Period) -> date:
    """The first day of the last month: a running total is asked about once its last month has begun."""
    return period.end.replace(day=1)


def _word_before(match: re.Match[str]) -> str:
    words = match.string[: match.start()].split()
    return fold(words[-1]) if words else ""


_MANY = frozenset("cac nhung may nhieu vai tung moi hang hanh theo so trong".split())
"""After one of these, "tháng năm 2024" is the months of a year, and "năm trước" is no single year."""


def _month(match: re.Match[str], today: date) -> Made | None:
    number = small_number(match["month"])
    before = _word_before(match)
    if fold(match["month"]) in ("nam", "tu") and match["month"] != "tư" and (before in _MANY - {"trong"} or before.isdigit()):
        return None
    return _said_or_latest(match, today, lambda year: cal.month(year, number), _start)


def _months(match: re.Match[str], today: date) -> Made:
    """ "tháng 1-6 năm 2024": from and to."""
    first, last = int(match["first"]), int(match["last"])
    latest = _said_or_latest(match, today, lambda year: cal.month(year, last), _start).period
    assert latest is not None
    year = latest.start.year
    return Made(cal.month(year if first <= last else year - 1, first), other_end=latest)


def _quarter(match: re.Match[str], today: date) -> Made:
    number = small_number(match["quarter"])
    return _said_or_latest(match, today, lambda year: cal.quarter(year, number), _start)


def _edge_of_year(number_of_month: int) -> Maker:
    """ "đầu năm", "giữa năm", "cuối năm": January, June, December."""

    def make(match: re.Match[str], today: date) -> Made:
        return _said_or_latest(match, today, lambda year: cal.month(year, number_of_month), _start, 0.85)

    return make


def _edge(match: re.Match[str], today: date) -> Made:
    """ "tháng đầu năm", "quý cuối năm"."""
    last = fold(match["edge"]) == "cuoi"
    if fold(match["unit"]) == "thang":
        return _said_or_latest(match, today, lambda year: cal.month(year, 12 if last else 1), _start)
    return _said_or_latest(match, today, lambda year: cal.quarter(year, 4 if last else 1), _start)


def _running(match: re.Match[str], today: date) -> Made | None:
    """ "9 tháng đầu năm 2024", "9 tháng năm 2024", "lũy kế 3 quý": from January."""
    months = small_number(match["count"]) * (3 if fold(match["unit"]) in ("quy", "q") else 1)
    if not 1 <= months <= 12:
        return None
    return _said_or_latest(match, today, lambda year: cal.to_month(year, months), _last_month)


def _running_to(match: re.Match[str], today: date) -> Made:
    """ "lũy kế đến tháng 9 năm 2024", "từ đầu năm đến hết quý III"."""
    groups = match.groupdict()
    months = small_number(groups["month"]) if groups.get("month") else 3 * small_number(groups["quarter"])
    return _said_or_latest(match, today, lambda year: cal.to_month(year, months), _last_month)


def _closing(match: re.Match[str], today: date) -> Made | None:
    """ "6 tháng cuối năm": the last months of a year."""
    months = small_number(match["count"]) * (3 if fold(match["unit"]) == "quy" else 1)
    if not 1 <= months < 12:
        return None

    def make(year: int) -> Period:
        return cal.span(date(year, 13 - months, 1), date(year, 12, 31))

    return _said_or_latest(match, today, make, _last_month)


def _half(match: re.Match[str], today: date) -> Made:
    second = fold(match["edge"]) in ("cuoi", "sau")
    return _said_or_latest(match, today, lambda year: cal.half(year, 2 if second else 1), _last_month)


def _to_date(match: re.Match[str], today: date) -> Made:
    """ "từ đầu năm đến nay": January to the last complete month; in January, January."""
    year = _year(match, today) or today.year
    end = max(cal.latest_complete("month", today).end, cal.month_end(year, 1))
    return Made(cal.span(date(year, 1, 1), end))


def _current_stretch(match: re.Match[str], today: date) -> Made:
    """ "từ đầu tháng đến nay", "từ đầu năm học": the period that is running."""
    return Made(cal.holding(_UNITS[fold(match["unit"])], today))


def _whole_year(match: re.Match[str], today: date) -> Made | None:
    year = _year(match, today)
    if year is None:
        return None
    if match.groupdict().get("ref"):
        if _word_before(match) in _MANY - {"trong", "theo", "so"}:
            return None
        relative: Relative = "same_last_year" if year == today.year - 1 else ""
        return Made(cal.year(year), relative=relative)
    return Made(cal.year(year), 0.85 if year_is_short(match["year"]) else 1.0)


_BIG_COUNTS = re.compile(
    fold(
        r"^(?:%|‰| (?:học sinh|giáo viên|sinh viên|người|hồ sơ|ca|lượt|hộ|trẻ|em|bác sĩ|y sĩ|y tá|điều dưỡng|đồng|tỷ|triệu|nghìn|"
        r"ngàn|ha|héc|tấn|tạ|con|cái|chiếc|km|m2|mét|giường|doanh nghiệp|lao động|bệnh nhân|lớp|dân(?! số)|thai|phụ nữ|cán bộ|"
        r"phần trăm|phòng|usd|đô)\b)"
    )
)
_COUNTING = frozenset(
    "hon tren duoi khoang gan vuot dat qua toi thieu da bang la co den den_muc them so".split()
) - {"la", "co", "den", "so", "qua", "toi", "da"}


def _bare_year(match: re.Match[str], today: date) -> Made | None:
    """A number alone that may be a year, unless it counts something or names a document."""
    after = fold(match.string[match.end() :])
    if _BIG_COUNTS.match(after) or _word_before(match) in _COUNTING:
        return None
    if re.search(r"(?:quyet dinh|nghi quyet|thong tu|nghi dinh|ke hoach|cong van|so|phuong|quan|top)(?: so)?$",
                 fold(match.string[: match.start()]).strip()) and _word_before(match) != "so":
        return None
    return Made(cal.year(year_number(match["figures"], today)), 0.8 if match["figures"].isdigit() else 0.7, bare=True)


_SCHOOL = re.compile(
    fold(r"\b(?:học sinh|giáo viên|trường|lớp|học|mầm non|mẫu giáo|tiểu học|trung học|tốt nghiệp|nhà trẻ|giáo dục|tuyển sinh)\b")
)


def _two_years(match: re.Match[str], today: date) -> Made | None:
    """ "2015-2020" is a stretch of years; "2023-2024" among school words is a school year."""
    first, last = int(match["first"]), int(match["last"])
    if last < 100:
        last += first // 100 * 100
    if last <= first:
        return None
    school = last == first + 1 and match.groupdict().get("stretch") is None and _SCHOOL.search(fold(match.string))
    period = cal.school_year(first) if school else cal.span(date(first, 1, 1), date(last, 12, 31))
    return Made(period, 1.0 if match.groupdict().get("stretch") else 0.9)


def _school_year(match: re.Match[str], today: date) -> Made | None:
    first = year_number(match["first"], today)
    groups = match.groupdict()
    last = year_number(groups["last"], today) if groups.get("last") else first + 1
    if last <= first:
        return None
    if last > first + 1:
        return Made(cal.span(date(first, 9, 1), date(last, 8, 31)))
    return Made(cal.school_year(first))


def _new_school_year(_: re.Match[str], today: date) -> Made:
    """ "năm học mới": from June on the one to come, otherwise the running one."""
    return Made(cal.holding("school_year", cal.shift(today, 3)))


def _month_of_school_year(match: re.Match[str], today: date) -> Made:
    number, first = small_number(match["month"]), year_number(match["first"], today)
    return Made(cal.month(first if number >= 9 else first + 1, number))


def _related(grain: Grain, by: int) -> Maker:
    """The running period of a grain, or one some lengths away: "tháng này", "quý trước", "năm học tới"."""

    def make(_: re.Match[str], today: date) -> Made:
        relative: Relative = "previous" if by == -1 else ""
        return Made(cal.step(cal.holding(grain, today), by), relative=relative)

    return make


def _week(by: int) -> Maker:
    """Monday to Sunday."""

    def make(_: re.Match[str], today: date) -> Made:
        monday = today - timedelta(days=today.weekday() - 7 * by)
        return Made(cal.span(monday, monday + timedelta(days=6)), relative="previous" if by == -1 else "")

    return make


def _days(by: int) -> Maker:
    def make(_: re.Match[str], today: date) -> Made:
        return Made(cal.holding("day", today + timedelta(days=by)))

    return make


def _day(match: re.Match[str], today: date) -> Made | None:
    number, number_of_month = small_number(match["day"]), small_number(match["month"])

    def make(year: int) -> Period:
        return cal.day(year, number_of_month, number)

    return _said_or_latest(match, today, make, _start)


def _day_of_this_month(match: re.Match[str], today: date) -> Made:
    """ "ngày 15": the latest such day; "ngày 15 tháng này", "ngày 15 tháng trước"."""
    number = small_number(match["day"])
    groups = match.groupdict()
    back = 0 if groups.get("here") else 1 if groups.get("last") else int(number > today.day)
    first = cal.shift(today.replace(day=1), -back)
    return Made(cal.day(first.year, first.month, number), 1.0 if groups.get("here") or groups.get("last") else 0.75)


def _iso_day(match: re.Match[str], _: date) -> Made:
    return Made(cal.day(int(match["y"]), int(match["m"]), int(match["d"])))


def _lately(match: re.Match[str], today: date) -> Made | None:
    """ "3 tháng qua", "5 năm gần nhất": complete ones, up to the last."""
    count, unit = small_number(match["count"]), fold(match["unit"])
    if count < 1:
        return None
    if unit in ("ngay", "tuan"):
        length = count * (7 if unit == "tuan" else 1)
        return Made(cal.span(today - timedelta(days=length), today - timedelta(days=1)))
    return Made(_run(cal.latest_complete(_UNITS[unit], today), count))


def _run(last: Period, count: int) -> Period:
    """``count`` periods that end with ``last``."""
    return cal.span(cal.step(last, 1 - count).start, last.end)


def _some_lately(match: re.Match[str], today: date) -> Made:
    """ "những năm gần đây": five years, or twelve months, as a guess."""
    unit = fold(match["unit"])
    return Made(_run(cal.latest_complete(_UNITS[unit], today), 12 if unit == "thang" else 5), 0.75)


def _coming(match: re.Match[str], today: date) -> Made | None:
    count, unit = small_number(match["count"]), fold(match["unit"])
    if unit == "tuan" or count < 1:
        return None
    last = cal.step(cal.holding(_UNITS[unit], today), count)
    return Made(_run(last, count))


def _ago(match: re.Match[str], today: date) -> Made | None:
    """ "3 năm trước", "cách đây 2 tháng": one period, so many lengths back."""
    count, unit = small_number(match["count"]), fold(match["unit"])
    if unit == "tuan":
        return None
    return Made(cal.step(cal.holding(_UNITS[unit], today), -count), 0.95)


def _new_year(match: re.Match[str], today: date) -> Made | None:
    """The month of Tết Nguyên đán."""

    def make(year: int) -> Period:
        first = lunar.new_year(year)
        if first is None:
            raise ValueError(f"Tết of {year} is not known")
        return cal.month(first.year, first.month)

    return _said_or_latest(match, today, make, _start, 0.9)


def _same_period(match: re.Match[str], today: date) -> Made:
    groups = match.groupdict()
    if groups.get("before"):
        return Made(None, code="previous")
    year = _year(match, today)
    said = groups.get("year") or groups.get("figures")
    return Made(None, code=f"same:{year}" if said else "same_last_year")


def _previous(_match: re.Match[str], _today: date) -> Made:
    return Made(None, code="previous")


_NO = r"(?<!từ )"
_UPTO = r"(?:đến|tới|cho đến|cho tới)(?: hết| cuối)?"
_MAYBE = rf"{_IN_YEAR}?"
_SCHOOL_NAME = "(?:năm học|niên khóa|niên học)"
_TIME_UNIT = "(?P<unit>tháng|quý|năm học|năm|tuần|ngày)"

_SOURCES: tuple[tuple[str, Maker], ...] = (
    # school years
    (rf"{_SCHOOL_NAME} (?P<first>\d{{4}})[-/ ](?P<last>\d{{4}}|\d\d)", _school_year),
    (rf"{_SCHOOL_NAME} (?P<first>\d\d)[-/](?P<last>\d\d)", _school_year),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})(?: (?:đến|tới))?(?: năm)? (?P<last>{YEAR})", _school_year),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})", _school_year),
    (rf"{_SCHOOL_NAME} {HERE}", _related("school_year", 0)),
    (rf"{_SCHOOL_NAME} {LAST}", _related("school_year", -1)),
    (rf"{_SCHOOL_NAME} {NEXT}", _related("school_year", 1)),
    (rf"{_SCHOOL_NAME} mới", _new_school_year),
    (
        rf"tháng (?P<month>{MONTH})(?: của| trong)? {_SCHOOL_NAME} (?P<first>\d{{4}})[-/]\d{{4}}",
        _month_of_school_year,
    ),
    # days
    (r"(?:ngày |hôm )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d{4})", _day),
    (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _iso_day),
    (rf"(?:ngày |hôm )(?:mùng |mồng )?(?P<day>{DAY}) tháng (?P<month>{MONTH}){_MAYBE}", _day),
    (rf"(?:mùng|mồng) (?P<day>{DAY}) tháng (?P<month>{MONTH}){_MAYBE}", _day),
    (rf"(?P<day>{DAY}) tháng (?P<month>{MONTH}) năm (?P<year>{YEAR})", _day),
    (rf"(?:ngày|hôm) (?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?: năm (?P<year>{YEAR}))?", _day),
    (rf"ngày (?:mùng |mồng )?(?P<day>{DAY}) tháng (?:(?P<here>{HERE})|(?P<last>{LAST}))", _day_of_this_month),
    (r"ngày (?:mùng |mồng )?(?P<day>3[01]|[12]\d|0?[1-9])(?! tháng)", _day_of_this_month),
    (r"(?:ngày )?hôm nay|trong ngày hôm nay", _days(0)),
    (r"(?:ngày )?hôm qua", _days(-1)),
    (r"(?:ngày )?hôm kia", _days(-2)),
    (r"ngày mai", _days(1)),
    (rf"tuần {HERE}", _week(0)),
    (rf"tuần {LAST}", _week(-1)),
    (rf"tuần {NEXT}", _week(1)),
    # months
    (rf"(?:tháng|thg) (?P<month>{MONTH}){_MAYBE}", _month),
    (rf"t(?P<month>1[0-2]|0?[1-9]){_MAYBE}", _month),
    (r"(?P<month>1[0-2]|0?[1-9])[/-](?P<short>(?:19|20)\d\d)", _month),
    (r"(?P<short>(?:19|20)\d\d)-(?P<month>1[0-2]|0[1-9])", _month),
    (rf"tháng (?P<first>1[0-2]|0?[1-9])-(?P<last>1[0-2]|0?[1-9]){_MAYBE}", _months),
    (rf"tháng {HERE}", _related("month", 0)),
    (rf"tháng {LAST}", _related("month", -1)),
    (r"tháng trước nữa", _related("month", -2)),
    (rf"tháng {NEXT}", _related("month", 1)),
    (rf"(?P<unit>tháng|quý) (?P<edge>đầu|cuối){_OF_YEAR}", _edge),
    # quarters
    (rf"(?:quý|qui|q\.?) ?(?P<quarter>{QUARTER}){_MAYBE}", _quarter),
    (r"(?P<short>(?:19|20)\d\d)-?q(?P<quarter>[1-4])", _quarter),
    (rf"quý {HERE}", _related("quarter", 0)),
    (rf"quý {LAST}", _related("quarter", -1)),
    (rf"quý {NEXT}", _related("quarter", 1)),
    # running totals and halves
    (rf"(?:lũy kế )?(?P<count>{COUNT}|1|một) (?P<unit>tháng|quý) đầu{_OF_YEAR}", _running),
    (rf"(?:lũy kế )?(?P<count>{COUNT}) (?P<unit>tháng|quý){_IN_YEAR}", _running),
    (rf"(?:lũy kế|cộng dồn) (?P<count>{COUNT}) (?P<unit>tháng|quý)(?: đầu năm)?{_MAYBE}", _running),
    (
        rf"(?:lũy kế|cộng dồn)(?: tính)?(?: từ đầu năm| từ tháng (?:1|một|giêng))?(?: {_UPTO})? tháng (?P<month>{MONTH}){_MAYBE}",
        _running_to,
    ),
    (rf"(?:lũy kế|cộng dồn)(?: tính)?(?: từ đầu năm)?(?: {_UPTO})? quý (?P<quarter>{QUARTER}){_MAYBE}", _running_to),
    (rf"(?:tính )?từ đầu năm {_UPTO} tháng (?P<month>{MONTH}){_MAYBE}", _running_to),
    (rf"(?:tính )?từ đầu năm {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", _running_to),
    (rf"tính {_UPTO} tháng (?P<month>{MONTH}){_MAYBE}", _running_to),
    (rf"tính {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", _running_to),
    (
        rf"(?:lũy kế |tính |kể )?từ đầu(?: năm (?P<year>{YEAR})| (?P<ref>{RELATIVE_YEAR})| năm(?! học))"
        r"(?: (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại|hiện nay|thời điểm này)| trở lại đây)?",
        _to_date,
    ),
    (r"lũy kế (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại|hiện nay|thời điểm này)", _to_date),
    (
        r"(?:tính |kể )?từ đầu (?P<unit>tháng|quý|năm học)(?! \d)"
        r"(?: (?:này|nay))?(?: (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại))?",
        _current_stretch,
    ),
    (rf"(?P<count>{COUNT}) (?P<unit>tháng|quý) cuối{_OF_YEAR}", _closing),
    (rf"nửa(?: năm)? (?P<edge>đầu|cuối|sau)(?:{_OF_YEAR})?", _half),
    (rf"nửa năm (?P<edge>đầu|cuối|sau){_MAYBE}", _half),
    # trailing and coming stretches
    (rf"(?:trong )?(?:vòng )?(?P<count>{COUNT}) {_TIME_UNIT}(?: liền| liên tiếp| liên tục)? {LATELY}", _lately),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} (?:tới|sắp tới|tiếp theo)", _coming),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} trước(?: đây)?", _ago),
    (rf"cách đây (?P<count>{COUNT}) {_TIME_UNIT}", _ago),
    (rf"(?:những|các|mấy|vài|nhiều) (?P<unit>năm học|năm|tháng) {LATELY}", _some_lately),
    # years
    (rf"năm (?P<year>{YEAR}|{SHORT_YEAR})", _whole_year),
    (rf"(?P<ref>{RELATIVE_YEAR})(?! học)", _whole_year),
    (
        rf"(?P<stretch>(?:giai đoạn|thời kỳ|nhiệm kỳ) (?:năm )?)?(?:các )?(?:năm )?(?P<first>{FIGURES})-(?P<last>{FIGURES}|\d\d)",
        _two_years,
    ),
    (rf"(?P<figures>{FIGURES})", _bare_year),
    (rf"(?P<figures>{DIGIT_BY_DIGIT})", _bare_year),
    (rf"(?:tháng )?đầu{_OF_YEAR}", _edge_of_year(1)),
    (rf"giữa{_OF_YEAR}(?! (?:và|với|đến))", _edge_of_year(6)),
    (rf"(?:tháng )?cuối{_OF_YEAR}", _edge_of_year(12)),
    (
        rf"(?:dịp |tháng |đợt )?tết(?: nguyên đán| âm lịch| ta)?(?! (?:dương|trung|độc))"
        rf"(?:(?: năm)? (?P<year>{ANY_FIGURES})| (?P<ref>{RELATIVE_YEAR}))?",
        _new_year,
    ),
    # what only the reader can resolve
    (
        rf"cùng (?:kỳ|thời điểm|thời gian|giai đoạn)(?: của)?(?: (?P<before>(?:tháng|quý|kỳ) trước)|{_IN_YEAR})?",
        _same_period,
    ),
    (r"kỳ (?:trước|liền trước|vừa qua|rồi)", _previous),
)

RULES = tuple((compiled(pattern), make) for pattern, make in _SOURCES)
"""In order of preference where two rules match the same words."""
