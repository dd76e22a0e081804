"""What each way of saying a period makes of its words; the ways themselves stand in ``period_rules.py``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant import calendar as cal
from assistant.language.period_words import (
    FIGURES,
    HERE_WORDS,
    NEXT_WORDS,
    SERIES_MONTH,
    SERIES_QUARTER,
    small_number,
    year_is_short,
    year_number,
    years_back,
)
from assistant.language.text import fold, has_marks
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
    parts: tuple[tuple[int, int, Period], ...] = ()
    """Several periods said in one ("tháng 1-6/2024", "tháng 9, 10 và 11"): first and last offset, and what each is."""
    ends: bool = False
    """``parts`` are the two ends of a stretch."""
    bare: bool = False
    """A number that may be a year, without a word that says so."""
    vague: bool = False
    """Gives way to any period that is said more exactly ("mấy năm nay, từ 2021 đến 2025")."""
    other: Period | None = None
    """What the words mean as well, or nearly."""
    tied: bool = False
    """Whether ``other`` is as likely as ``period``."""
    in_month: Callable[[Period], Period] | None = None
    """Set for a day whose month was not said: the same day of another month."""


Maker = Callable[[re.Match[str], date], Made | None]

_UNITS: dict[str, Grain] = {
    "thang": "month",
    "quy": "quarter",
    "nam": "year",
    "nam hoc": "school_year",
    "ngay": "day",
    "hom": "day",
}


SOON = 62
"""Days: what begins so soon may be meant where no year was said ("tháng 12", asked in November)."""


def _year(match: re.Match[str], today: date) -> int | None:
    """The year a match names; None where it names none."""
    groups = match.groupdict()
    for name in ("year", "figures", "short"):
        if groups.get(name):
            return year_number(groups[name], today)
    return today.year + years_back(groups["ref"]) if groups.get("ref") else None


def said_or_latest(
    match: re.Match[str],
    today: date,
    make: Callable[[int], Period],
    begun: Callable[[Period], date] | None = None,
    score: float = 1.0,
) -> Made:
    """The period in the year that was said, or else in the latest year in which it has begun.

    "vừa rồi", "này" and "tới" after it choose the year as well. Without any of them, the coming one is another meaning
    where it begins soon, and last year's where this year's is not over yet.
    """
    said = _year(match, today)
    if said is not None:
        return Made(make(said), score)
    begins = begun or _start
    this_year = make(today.year)
    near = fold(match.groupdict().get("near") or "")
    if near in HERE_WORDS:
        return Made(this_year, score)
    if near in NEXT_WORDS:
        return Made(this_year if this_year.start > today else make(today.year + 1), score)
    if near:
        return Made(this_year if this_year.end < today else make(today.year - 1), score)
    if begins(this_year) > today:
        soon = (begins(this_year) - today).days <= SOON
        return Made(make(today.year - 1), score, in_year=make, other=this_year if soon else None, tied=soon)
    running = this_year.end >= today and this_year.grain in ("month", "quarter", "half")
    return Made(this_year, score, in_year=make, other=make(today.year - 1) if running else None)


def _start(period: Period) -> date:
    return period.start


def last_month(period: Period) -> date:
    """The first day of the last month: a running total is asked about once its last month has begun."""
    return period.end.replace(day=1)


def word_before(match: re.Match[str]) -> str:
    """The word before a match, without marks; empty at the start."""
    words = match.string[: match.start()].split()
    return fold(words[-1]) if words else ""


_NUMBERED_THINGS = frozenset(
    re.findall(
        r"\w+", "lớp khối quận phường quý tháng cấp loại đợt kỳ khóa tổ ấp khu hạng nhóm vùng tầng top đội thứ mục"
    )
)
_NUMBERED_UNMARKED = frozenset(map(fold, _NUMBERED_THINGS)) - {"thu", "muc", "to"}
_ALL_OF_THEM = frozenset(["các", "cac", "mọi", "moi"])


def is_numbered(match: re.Match[str]) -> bool:
    """Whether the number a match begins with belongs to the word before it ("lớp 5 | năm nay", "trường số 2 | năm qua");
    one of all of them has none ("các khối | mười tháng")."""
    words = ["", "", *match.string[: match.start()].split()]
    if words[-2] in _ALL_OF_THEM:
        return False
    if not has_marks(match.string):
        return words[-1] in _NUMBERED_UNMARKED or (words[-1] == "so" and words[-2] in ("truong", "doi", "phong", "lo"))
    return words[-1] in _NUMBERED_THINGS or (words[-1] == "số" and words[-2] != "tổng")


_MANY = frozenset(re.findall(r"\w+", "cac nhung may nhieu vai tung moi hang hanh theo so trong"))
"""After one of these, "tháng năm 2024" is the months of a year, and "năm trước" is no single year."""
_ONE = re.compile(r"\b(?:mới|máy) \Z")
"""… but "đăng ký mới năm nay", "xe máy năm ngoái"."""


def make_month(match: re.Match[str], today: date) -> Made | None:
    number = small_number(match["month"])
    before = word_before(match)
    if (
        fold(match["month"]) in ("nam", "tu")
        and match["month"] != "tư"
        and (before in _MANY - {"trong"} | {"mot"} or before.isdigit())
    ):
        return None
    if match["month"] == "sau":
        if has_marks(match.string):
            return None  # "tháng sau" is the next one
        made = said_or_latest(match, today, lambda year: cal.month(year, number))
        return replace(made, other=cal.step(cal.holding("month", today), 1), tied=True) if made.in_year else made
    return said_or_latest(match, today, lambda year: cal.month(year, number))


def make_series(match: re.Match[str], today: date) -> Made | None:
    """ "tháng 1-6 năm 2024", "tháng 3 đến 6" (two ends), "tháng 9, 10 và 11", "quý I và II/2024".

    The year of the last holds for all.
    """
    build, most = (cal.month, 12) if fold(match["unit"]) == "thang" else (cal.quarter, 4)
    item = SERIES_MONTH if most == 12 else SERIES_QUARTER
    said = [
        (match.start("list") + one.start(), match.start("list") + one.end(), small_number(one[0]))
        for one in item.finditer(match["list"])
    ]
    if not all(1 <= number <= most for _, _, number in said):
        return None
    last = said[-1][2]
    latest = said_or_latest(match, today, lambda year: build(year, last)).period
    if latest is None:
        return None
    parts: list[tuple[int, int, Period]] = []
    year = latest.start.year
    for start, end, number in reversed(said):
        if parts and number > small_number(match.string[parts[0][0] : parts[0][1]]):
            year -= 1
        parts.insert(0, (start, end, build(year, number)))
    first = (match.start("unit"), parts[0][1], parts[0][2])
    closing = (parts[-1][0], match.end(), parts[-1][2])
    linked = bool(re.search(r"[-]|\b(?:va|voi|hoac|hay|den|toi)\b", fold(match["list"])))
    if len(said) == 2 and not (linked or match["list"][0] in "123456789i" or has_marks(match.string)):
        return None  # "thang bay ba ria"
    if len(said) == 2 and not linked and said[1][2] <= said[0][2] and not match["list"][0].isdigit():
        return None  # "quý ba một ngày đêm"
    ends = bool(re.search(r"-|đến|tới|\b(?:den|toi)\b", match["list"]))
    ends = ends or (match["list"][0] == "i" and len(said) == 2 and not linked and said[1][2] > said[0][2] + 1)
    if ends and len(said) != 2:
        return None
    return Made(None, parts=(first, *parts[1:-1], closing), ends=ends)


def make_quarter(match: re.Match[str], today: date) -> Made:
    number = small_number(match["quarter"])
    return said_or_latest(match, today, lambda year: cal.quarter(year, number))


def make_edge_of_year(number_of_month: int) -> Maker:
    """ "đầu năm", "giữa năm", "cuối năm": January, June, December."""

    def make(match: re.Match[str], today: date) -> Made:
        return said_or_latest(match, today, lambda year: cal.month(year, number_of_month), None, 0.85)

    return make


def make_edge_of_quarter(match: re.Match[str], today: date) -> Made:
    """ "đầu quý", "cuối quý": the latest such month that has begun."""
    place = {"dau": 0, "giua": 1, "cuoi": 2}[fold(match["edge"])]
    first = cal.shift(cal.holding("quarter", today).start, place)
    return Made(cal.holding("month", first if first <= today else cal.shift(first, -3)), 0.85)


def make_edge(match: re.Match[str], today: date) -> Made:
    """ "tháng đầu năm", "quý cuối năm"."""
    last = fold(match["edge"]) == "cuoi"
    if fold(match["unit"]) == "thang":
        return said_or_latest(match, today, lambda year: cal.month(year, 12 if last else 1))
    return said_or_latest(match, today, lambda year: cal.quarter(year, 4 if last else 1))


def make_running(match: re.Match[str], today: date) -> Made | None:
    """ "9 tháng đầu năm 2024", "9 tháng năm 2024", "lũy kế 3 quý": from January."""
    months = small_number(match["count"]) * (3 if fold(match["unit"]) in ("quy", "q") else 1)
    if not 1 <= months <= 12 or is_numbered(match):
        return None
    return said_or_latest(match, today, lambda year: cal.to_month(year, months), last_month)


_NO_RUNNING = frozenset(re.findall(r"\w+", "duoi tren hon moi sau tu den toi tre vong khoang gan cach han cham suot"))


def make_bare_running(match: re.Match[str], today: date) -> Made | None:
    """ "thu 9 tháng": without more, the first months of the year; not in "trẻ dưới 6 tháng", "quá hạn 3 tháng". The latest
    months are meant as well, "trong 2 tháng" no less."""
    if fold(match["unit"]) == "t":
        return make_running(match, today)
    said = match.string[: match.start()].endswith(" mới ") or word_before(match) not in _NO_RUNNING
    made = make_running(match, today) if said else None  # "cấp mới 10 tháng"
    if made is None or made.period is None:
        return made
    lately = _run(cal.latest_complete("month", today), small_number(match["count"]))
    other = lately if lately != made.period else None
    return replace(made, score=0.75, other=other, tied=other is not None and word_before(match) == "trong")


def make_running_to(match: re.Match[str], today: date) -> Made:
    """ "lũy kế đến tháng 9 năm 2024", "từ đầu năm 2024 đến 30/9", "từ đầu năm ngoái đến quý III năm nay"."""
    groups = match.groupdict()
    months = 3 * small_number(groups["quarter"]) if groups.get("quarter") else small_number(groups["month"])

    def make(year: int) -> Period:
        if groups.get("day"):
            return cal.span(date(year, 1, 1), date(year, months, small_number(groups["day"])))
        return cal.to_month(year, months)

    if groups.get("began") or groups.get("since"):
        began = today.year + years_back(groups["since"]) if groups["since"] else year_number(groups["began"], today)
        last = _year(match, today)
        return Made(make(began) if last is None else cal.span(date(began, 1, 1), make(max(began, last)).end))
    return said_or_latest(match, today, make, last_month)


def make_closing(match: re.Match[str], today: date) -> Made | None:
    """ "6 tháng cuối năm": the last months of a year."""
    months = small_number(match["count"]) * (3 if fold(match["unit"]) == "quy" else 1)
    if not 1 <= months < 12:
        return None

    def make(year: int) -> Period:
        return cal.span(date(year, 13 - months, 1), date(year, 12, 31))

    return said_or_latest(match, today, make, last_month)


def make_half(match: re.Match[str], today: date) -> Made:
    second = fold(match["edge"]) in ("cuoi", "sau")
    return said_or_latest(match, today, lambda year: cal.half(year, 2 if second else 1), last_month)


def make_to_date(match: re.Match[str], today: date) -> Made:
    """ "từ đầu năm đến nay": January to the last complete month; in January, January."""
    year = _year(match, today) or today.year
    end = max(cal.latest_complete("month", today).end, cal.month_end(year, 1))
    return Made(cal.span(date(year, 1, 1), end))


def make_current_stretch(match: re.Match[str], today: date) -> Made:
    """ "từ đầu tháng đến nay", "từ đầu năm học": the period that is running."""
    if fold(match["unit"]) == "tuan":
        return Made(cal.week(today))
    return Made(cal.holding(_UNITS[fold(match["unit"])], today))


_WHOLE_PLAN = re.compile(r"\b(?:ke hoach|du toan|chi tieu|muc tieu) ca nam roi$")
""" "Đạt mấy phần trăm kế hoạch cả năm rồi?": the plan of the year, how far by now."""


def make_whole_year(match: re.Match[str], today: date) -> Made | None:
    year = _year(match, today)
    if year is None:
        return None
    if match.groupdict().get("ref"):
        many = word_before(match) in _MANY - {"trong", "theo", "so"} and not _ONE.search(match.string, 0, match.start())
        if many or _WHOLE_PLAN.search(fold(match.string[: match.end()])):
            return None
        relative: Relative = "same_last_year" if year == today.year - 1 else ""
        return Made(cal.year(year), relative=relative)
    return Made(cal.year(year), 0.85 if year_is_short(match["year"]) else 1.0)


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for text without its marks, and for text that has them ("cả tỉnh" is no "ca")."""
    return re.compile(fold(pattern)), re.compile(pattern)


_BIG_COUNTS = _both(
    r"^(?:%|‰| (?:học sinh|giáo viên|sinh viên|người|hồ sơ|ca(?! (?:tỉnh|nước|huyện))|lượt|hộ|trẻ|em|bác sĩ|y sĩ|y tá|"
    r"điều dưỡng|đồng|tỷ|triệu|nghìn|ngàn|ha|héc|tấn|tạ|con(?! (?:số|mấy|bao nhiêu))|cái|chiếc|km|m2|mét|giường|"
    r"doanh nghiệp|lao động|bệnh nhân|lớp|dân(?! số)|thai|phụ nữ|cán bộ|phần trăm|phòng|usd|đô)\b)"
)
_COUNTING = _both(
    r"\b(?:hơn|trên|dưới|khoảng|gần|vượt|đạt|thiếu|bằng|thêm|tổng|có|chưa (?:tới|đến|đầy|quá)|không (?:quá|tới|đến|đầy)|"
    r"tối (?:thiểu|đa)) $"
)
"""After one of these a number counts something …"""
_PAST = re.compile(r"\bquá $")
_AMOUNTS = re.compile(r" (?:(?:den|toi) \d{4,}|tro (?:len|xuong))\b| ?- ?\d{4,}\b")
"""… and before one of these, unless the other is a year as well."""
_YEAR_AFTER = re.compile(rf"\b{FIGURES}$")
_NUMBERED = re.compile(
    r"(?:quyet dinh|nghi quyet|thong tu|nghi dinh|cong van|van ban|chi thi|to trinh|phuong|quan|top)(?: so)?$"
)


def make_bare_year(match: re.Match[str], today: date) -> Made | None:
    """A number alone that may be a year, unless it counts something or names a document."""
    marked = has_marks(match.string)
    after, before = match.string[match.end() :], match.string[: match.start()]
    if _BIG_COUNTS[marked].match(after) or _COUNTING[marked].search(before) or _PAST.search(before):
        return None
    amounts = _AMOUNTS.match(fold(after))
    if amounts and not _YEAR_AFTER.search(amounts[0]):
        return None
    if _NUMBERED.search(fold(match.string[: match.start()]).strip()):
        return None
    return Made(cal.year(year_number(match["figures"], today)), 0.8 if match["figures"].isdigit() else 0.7, bare=True)


_SCHOOL = re.compile(
    fold(
        r"\b(?:học sinh|giáo viên|trường|lớp|học|mầm non|mẫu giáo|tiểu học|trung học|tốt nghiệp|nhà trẻ|giáo dục|tuyển sinh)\b"
    )
)


def make_two_years(match: re.Match[str], today: date) -> Made | None:
    """ "2015-2020" is a stretch of years; "2023-2024" among school words is a school year."""
    first, last = year_number(match["first"], today), year_number(match["last"], today)
    if last <= first:
        return None
    school = last == first + 1 and match.groupdict().get("stretch") is None and _SCHOOL.search(fold(match.string))
    period = cal.school_year(first) if school else cal.span(date(first, 1, 1), date(last, 12, 31))
    return Made(period, 1.0 if match.groupdict().get("stretch") else 0.9)


def make_related(grain: Grain, by: int) -> Maker:
    """The running period of a grain, or one some lengths away: "tháng này", "quý trước", "năm học tới"."""

    def make(_: re.Match[str], today: date) -> Made:
        relative: Relative = "previous" if by == -1 else ""
        return Made(cal.step(cal.holding(grain, today), by), relative=relative)

    return make


def make_lately(match: re.Match[str], today: date) -> Made | None:
    """ "3 tháng qua", "5 năm gần nhất": complete ones, up to the last."""
    count, unit = small_number(match["count"]), fold(match["unit"])
    if count < 1 or is_numbered(match):
        return None
    if unit in ("ngay", "tuan"):
        length = count * (7 if unit == "tuan" else 1)
        return Made(cal.span(today - timedelta(days=length), today - timedelta(days=1)))
    newest = "" if fold(match.groupdict().get("lately") or "") in _OVER else _newest(unit)
    return Made(_run(cal.latest_complete(_UNITS[unit], today), count), code=newest)


_OVER = ("", "vua qua", "vua roi", "moi roi", "moi day", "roi", "qua")
"""Words for what is over; the others ("gần đây") mean the newest there are figures of."""


def _newest(unit: str) -> str:
    """The code of the newest of a unit: of school years the running one, whose figures are kept from its beginning."""
    return "latest:school_year" if unit == "nam hoc" else ""


def _run(last: Period, count: int) -> Period:
    """``count`` periods that end with ``last``."""
    return cal.span(cal.step(last, 1 - count).start, last.end)


_SOME = {"thang": 12, "quy": 8, "ngay": 7, "hom": 7, "nam": 5, "nam hoc": 5}
"""How many are meant by "mấy", "những … gần đây", as a guess."""


def make_some_lately(match: re.Match[str], today: date) -> Made:
    """ "những năm gần đây", "mấy hôm nay": as many as one would look at."""
    unit = fold(match["unit"])
    if unit == "tuan":
        return Made(cal.span(cal.week(today, -4).start, cal.week(today, -1).end), 0.75, vague=True)
    return Made(_run(cal.latest_complete(_UNITS[unit], today), _SOME[unit]), 0.75, vague=True)


def make_half_year_lately(_: re.Match[str], today: date) -> Made:
    """ "nửa năm qua": six complete months."""
    return Made(_run(cal.latest_complete("month", today), 6))


def make_latest(match: re.Match[str], today: date) -> Made:
    """ "tháng gần nhất", "quý mới nhất": the last that is over."""
    unit = fold(match["unit"])
    return Made(cal.latest_complete(_UNITS[unit], today), 0.95, code=_newest(unit))


def make_decade(match: re.Match[str], _: date) -> Made:
    """ "những năm 2010", "những năm 90", "thập niên 2010"."""
    first = int(match["decade"]) + (1900 if len(match["decade"]) == 2 else 0)
    return Made(cal.span(date(first, 1, 1), date(first + 9, 12, 31)))


def make_here_in_another_year(match: re.Match[str], today: date) -> Made | None:
    """ "tháng này năm ngoái", "quý này năm 2024"."""
    year, unit = _year(match, today), fold(match["unit"])
    if year is None:
        return None
    here = cal.week(today) if unit == "tuan" else cal.holding(_UNITS[unit], today)
    if unit == "tuan":  # the same weekdays, 52 weeks a year
        return Made(cal.step(here, -52 * (today.year - year)))
    return Made(cal.moved(here, 12 * (year - today.year)))


def make_coming(match: re.Match[str], today: date) -> Made | None:
    count, unit = small_number(match["count"]), fold(match["unit"])
    if unit == "tuan" or count < 1 or is_numbered(match):
        return None
    last = cal.step(cal.holding(_UNITS[unit], today), count)
    return Made(_run(last, count))


def make_ago(match: re.Match[str], today: date) -> Made | None:
    """ "3 năm trước", "cách đây 2 tháng": one period, so many lengths back."""
    count, unit = small_number(match["count"]), fold(match["unit"])
    if is_numbered(match):
        return None
    if unit == "tuan":
        return Made(cal.week(today, -count), 0.95)
    return Made(cal.step(cal.holding(_UNITS[unit], today), -count), 0.95)


def make_same_period(match: re.Match[str], today: date) -> Made:
    groups = match.groupdict()
    if groups.get("before"):
        return Made(None, code="previous")
    year = _year(match, today)
    if year is None or (year == today.year - 1 and groups.get("ref")):
        return Made(None, code="same_last_year")
    return Made(None, code=f"same:{year}")


def make_that_before(match: re.Match[str], today: date) -> Made | None:
    """ "năm trước đó", "hai quý trước đó", "tháng trước đó nữa": before what was spoken of; with nothing, before today."""
    groups, unit = match.groupdict(), fold(match["unit"])
    count = small_number(groups["count"]) if groups.get("count") else 1
    if is_numbered(match):
        return None
    back = count + 1 if groups.get("more") else count
    code = f"previous:{_UNITS[unit]}" + (f":{count}" if count > 1 else "")
    relative: Relative = "" if back > 1 else "same_last_year" if unit == "nam" else "previous"
    return Made(cal.step(cal.holding(_UNITS[unit], today), -back), code=code, relative=relative)


def make_previous(_match: re.Match[str], _today: date) -> Made:
    return Made(None, code="previous")
