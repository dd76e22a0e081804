"""What periods that stand together make of each other, and of the words around them: shared years, ends of stretches, bases."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant import calendar as cal
from assistant.calendar import latest_complete, span, year
from assistant.language.period_makers import Made
from assistant.language.text import fold, has_marks
from assistant.types import Grain, Period

_CONNECTOR = re.compile(r" ?(?:cho )?(?:den|toi|sang)(?: het| cuoi| nam| cac)* ?| ?- ?")
_AND = re.compile(r" (?:va |voi |hay |hoac |so voi |so sanh voi )?(?:cua )?")
_IN_YEARS = re.compile(r" (?:trong |cua |o )?(?:cac|nhung)(?: nam)? ")
_OF_ANOTHER = re.compile(
    r" (?:(?:ay|do|nay) )?(?:ma|nhung)(?: la)?(?: cua| hoi| vao| tinh| trong)* |(?: cua)? (?:ay|do) cua "
)
"""What moves a period to another year: "mười tháng ấy mà của năm ngoái"."""
_ALSO = re.compile(r"(?: thi)? cung(?: (?:la|tinh|trong|vao|hoi|dung|chi))* ")
"""What repeats a period in the year said before it: "năm ngoái cũng mười tháng"."""
_FROM = re.compile(r"(?:^| )(?:tinh |ke )?tu(?: hoi| dao| dip| dot)?(?: cuoi| dau| giua)?(?: nam)? $")
_NOT_FROM = re.compile(r"(?:^| )(?:(?<!bat )dau|vat|thu|quy|thang|chu|luat|giao) tu(?: nam)? $")
"""Where "tu" is no "từ": "đầu tư năm 2024"."""
_BEYOND = re.compile(
    r"(?:^| )(?<!nam )(?<!biet )(?<!hoi )(?<!coi )(?<!xem )(?<!bao )(?<!noi )"
    r"(?:(?:ke |tinh )?(?:tu |den )?)?(?P<side>truoc|sau)(?: nam| thoi diem| moc| thang| ngay)? $"
)
_BASE = re.compile(
    r"(?:^| )(?:(?:so|chenh|chenh lech|lech|hon kem|cach) voi(?: hoi| muc| so lieu)?(?: cua)?|hon|kem) $"
    r"|^(?:(?:the|vay|con) )?so(?! voi| sanh)(?: (?!(?:thang|quy|nam|tuan|ngay|hoc)(?! (?:do|ay)\b))[^\W\d]+){1,4} voi $"
)
"""What the period behind it is a base of: "so với", "chênh với", or "so ô tô với" where an utterance begins so."""
_TO_END = re.compile(r"(?:^| )(?:(?:den|toi) (?:het|cuoi)|het) $")
_UP_TO = re.compile(r"(?:^| )(?:tinh )?(?:den|toi)(?: het| thoi diem)?(?: ngay)? $")
_STRETCH = re.compile(r"(?:(?:trong )?(?:giai doan|thoi ky|khoang thoi gian|thoi gian|khoang) )(?:tu )?(?:nam )?$")
_UNTIL_NOW = re.compile(
    r" (?:den|toi|cho den|cho toi) (nay|bay gio|gio|hien nay|hien tai|thoi diem nay)\b| tro (lai day|di)\b"
)


@dataclass(frozen=True)
class Hit:
    """Words that make a period, before roles are given."""

    start: int
    end: int
    made: Made
    role: str = ""


def join_ends(text: str, hits: list[Hit], today: date) -> list[Hit]:
    """Years passed between neighbours, the two ends of "từ … đến …", and stretches said as one."""
    folded = fold(text)
    hits = pass_years(folded, hits)
    joined: list[Hit] = []
    index = 0
    while index < len(hits):
        hit = hits[index]
        before = folded[: hit.start]
        if hit.role:
            joined.append(hit)
            index += 1
            continue
        following = hits[index + 1] if index + 1 < len(hits) else None
        if following is not None and _are_ends(text, hit, following):
            first, last = _share_year(hit, following)
            index += 2
            whole = _STRETCH.search(before)
            if whole and first.made.period and last.made.period and first.made.period.start <= last.made.period.end:
                period = span(first.made.period.start, last.made.period.end)
                joined.append(Hit(whole.start(), last.end, Made(period)))
                continue
            joined += [replace(_certain(first), role="from"), replace(_certain(last), role="to")]
            continue
        index += 1
        joined += _alone(text, hit, hits, today)
    return joined


def pass_years(folded: str, hits: list[Hit]) -> list[Hit]:
    """Neighbours joined by "và" or "so với" share the year that was said; a bare year repeats the stretch before it."""
    hits = list(hits)

    def joined(index: int) -> bool:
        return bool(_AND.fullmatch(folded[hits[index].end : hits[index + 1].start]))

    for index in reversed(range(len(hits) - 1)):
        if joined(index):
            first, last = _share_year(hits[index], hits[index + 1], apart=HALF_A_YEAR)
            if first.made.period != last.made.period:  # "tháng 10 và tháng 10 năm ngoái"
                hits[index], hits[index + 1] = first, last
    hits = _moved(folded, hits)
    opened: set[int] = set()
    for index in range(len(hits) - 1):
        before, after = hits[index].made.period, hits[index + 1].made.period
        years = bool(hits[index].made.in_year and _IN_YEARS.fullmatch(folded[hits[index].end : hits[index + 1].start]))
        if not (years or joined(index)) or before is None or after is None:
            continue
        if (hits[index + 1].made.bare or (years and after.grain == "year")) and _is_within_year(before):
            repeated = cal.moved(before, 12 * (after.start.year - before.start.year))
            start = hits[index].start if years else hits[index + 1].start
            hits[index + 1] = replace(hits[index + 1], start=start, made=Made(repeated, 0.9))
            opened |= {index} if years else set()
    return [hit for index, hit in enumerate(hits) if index not in opened]


def _moved(folded: str, hits: list[Hit]) -> list[Hit]:
    """The hits with a period and the other year it is wanted of as one."""
    kept: list[Hit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        moved = _in_other_year(folded[before.end : hit.start], before.made.period, hit.made.period) if before else None
        if before is None or moved is None:
            kept.append(hit)
        else:
            kept[-1] = Hit(before.start, hit.end, Made(moved, 0.95))
    return kept


def _in_other_year(between: str, first: Period | None, second: Period | None) -> Period | None:
    """The one of two periods that is no year, in the year that the other is, where the words ``between`` say so."""
    if first is None or second is None:
        return None
    if second.grain == "year" and _is_within_year(first) and _OF_ANOTHER.fullmatch(between):
        return cal.moved(first, 12 * (second.start.year - first.start.year))
    if first.grain == "year" and _is_within_year(second) and _ALSO.fullmatch(between):
        return cal.moved(second, 12 * (first.start.year - second.start.year))
    return None


def _is_within_year(period: Period) -> bool:
    return period.grain not in ("year", "school_year") and (period.end - period.start).days < 366


def _alone(text: str, hit: Hit, hits: list[Hit], today: date) -> list[Hit]:
    """A period that is no end of a stretch with the next one, with what the words before it make of it."""
    folded = fold(text)
    before, period = folded[: hit.start], hit.made.period
    if period is None:
        return [hit]
    if _UNTIL_NOW.match(folded, hit.end) and period.grain != "span":
        return _open_end(folded, hit, today)
    if _is_from(text, hit.start):
        return [_since(hit, today) if len(hits) == 1 else replace(_certain(hit), role="from")]
    beyond = _BEYOND.search(before)
    if beyond and not hit.made.relative and all(other.end <= beyond.start("side") for other in hits[: hits.index(hit)]):
        return [_beyond(hit, beyond, today)]
    if _UP_TO.search(before) and (whole_year := _up_to(folded, hit)) is not None:
        return [replace(hit, made=Made(whole_year))]
    if _TO_END.search(before) and period.grain in ("month", "quarter"):
        return [replace(hit, made=Made(cal.to_month(period.end.year, period.end.month), hit.made.score))]
    return [hit]


def _is_from(text: str, start: int) -> bool:
    """Whether "từ" stands before, and not the "tư" of "đầu tư"."""
    folded = fold(text)[:start]
    if not _FROM.search(folded) or _NOT_FROM.search(folded):
        return False
    return not has_marks(text) or "từ" in text[:start].split()[-3:]


def _since(hit: Hit, today: date) -> Hit:
    """ "kể từ năm 2019": up to the last month, quarter … that is over."""
    period = _certain(hit).made.period
    assert period is not None
    end = max(_last(period, today).end, period.end)
    return replace(hit, made=Made(span(period.start, end), max(hit.made.score, 0.9)))


def _to_date(today: date) -> Period:
    """The running year up to its last complete month; in January, January."""
    return span(date(today.year, 1, 1), max(latest_complete("month", today).end, cal.month_end(today.year, 1)))


def _last(period: Period, today: date) -> Period:
    """The last period like this one that is over; of the running year its last month."""
    if period.grain == "year" and period.start.year == today.year:
        return latest_complete("month", today)
    if period.grain == "span":
        return latest_complete("month" if cal.whole_months(period) else "day", today)
    return latest_complete(period.grain, today)


def _beyond(hit: Hit, beyond: re.Match[str], today: date) -> Hit:
    """ "trước năm 2020", "sau ngày 1/7/2025": all before, or all after up to what is over; the words said before count."""
    period = hit.made.period
    assert period is not None
    if beyond["side"] == "truoc":
        made = Made(span(cal.BEGINNING, period.start - timedelta(days=1)), 0.9)
    else:
        start = period.end + timedelta(days=1)
        end = latest_complete(
            "month" if period.grain == "year" and start.year == today.year else period.grain, today
        ).end
        if end < start:
            return hit
        made = Made(span(start, end), 0.9)
    return replace(hit, start=beyond.start("side"), made=made)


def _are_ends(text: str, first: Hit, last: Hit) -> bool:
    folded = fold(text)
    if first.made.period is None or last.made.period is None:
        return False
    between = folded[first.end : last.start]
    if not _CONNECTOR.fullmatch(between):
        return False
    grains = {first.made.period.grain, last.made.period.grain}
    return len(grains) == 1 or _is_from(text, first.start)


def _up_to(folded: str, hit: Hit) -> Period | None:
    """What "đến cuối năm 2023" and "tính đến 30/9/2024" cover: the year, or its months up to then."""
    period = hit.made.period
    if period is None:
        return None
    if folded[hit.start : hit.end].startswith("cuoi nam"):
        return year(period.start.year)
    if period.grain == "day" and period.end == cal.month_end(period.end.year, period.end.month):
        return cal.to_month(period.end.year, period.end.month)
    return None


def _certain(hit: Hit) -> Hit:
    """A bare number at one end of a stretch is a year after all."""
    return replace(hit, made=replace(hit.made, score=max(hit.made.score, 0.95))) if hit.made.bare else hit


HALF_A_YEAR = 183
"""Days: "tháng 7 so với tháng 6" goes back one month, "tháng 12 và tháng 1" goes on by one."""


def _share_year(first: Hit, last: Hit, apart: int = 0) -> tuple[Hit, Hit]:
    """A year said at one of two neighbours holds for the other; the first may be the later one by ``apart`` days."""
    if first.made.period is None or last.made.period is None:
        return first, last
    if first.made.in_month and last.made.period.grain == "day" and not last.made.in_month:
        with suppress(ValueError):  # "ngày 31 đến ngày 5/9"
            day_before = Made(first.made.in_month(last.made.period), in_year=last.made.in_year)
            return replace(first, made=day_before), replace(last, made=replace(last.made, other=None))
    if first.made.in_year and not last.made.in_year and last.made.period.grain != "year":
        period = first.made.in_year(last.made.period.start.year)
        if (period.start - last.made.period.start).days > apart:
            period = first.made.in_year(last.made.period.start.year - 1)
        return replace(first, made=replace(first.made, period=period, in_year=None, other=None)), last
    if last.made.in_year and not first.made.in_year and first.made.period.grain not in ("year", "school_year"):
        period = last.made.in_year(first.made.period.start.year)
        if (first.made.period.start - period.start).days > apart:
            period = last.made.in_year(first.made.period.start.year + 1)
        return first, replace(last, made=replace(last.made, period=period, in_year=None, other=None))
    if first.made.in_year and last.made.in_year and (first.made.period.start - last.made.period.start).days > apart:
        period = first.made.in_year(last.made.period.start.year - 1)
        if period.start <= last.made.period.start and first.made.period.grain == last.made.period.grain:
            return replace(first, made=replace(first.made, period=period, other=None)), last
    return first, last


def _open_end(folded: str, hit: Hit, today: date) -> list[Hit]:
    """ "từ năm 2015 đến nay": the other end is the latest complete period of that grain; "giai đoạn 2015 đến nay" is one."""
    first = replace(_certain(hit), role="from")
    match, period = _UNTIL_NOW.match(folded, hit.end), hit.made.period
    assert match is not None and period is not None
    now = max(latest_complete(period.grain, today), period, key=lambda period: period.start)
    if period.grain == "year" and period.start.year >= today.year:
        return [replace(hit, end=match.end(), made=Made(_to_date(today)))]
    if whole := _STRETCH.search(folded[: hit.start]):
        return [Hit(whole.start(), match.end(), Made(span(period.start, now.end)))]
    group = 1 if match[1] else 2
    return [first, Hit(match.start(group), match.end(group), Made(now), role="to")]


def with_bases(text: str, hits: list[Hit]) -> list[Hit]:
    """What follows "so với" is the base of a comparison; "tháng trước" there means the one before the month asked about."""
    folded = fold(text)
    main = main_period(folded, hits)
    based: list[Hit] = []
    for hit in hits:
        made = hit.made
        if made.code.startswith("same:") and main and int(made.code[5:]) == main.start.year - 1:
            made = replace(made, code="same_last_year")
        if _BASE.search(folded[: hit.start]) or made.period is None:
            fits = main is None or made.period is None or main.grain == made.period.grain
            if made.relative and (fits or made.relative == "same_last_year"):
                made = replace(made, period=None, code=made.relative, other=None)
            hit = replace(hit, made=made, role=hit.role or "base")
        elif made.code.startswith("previous:") and based and based[-1].made.period is not None:
            spoken_of = based[-1].made.period  # "năm 2023 và năm trước đó"
            hit = replace(hit, made=Made(stepped_back(made.code, spoken_of)))
        based.append(hit)
    return based


def main_period(folded: str, hits: list[Hit]) -> Period | None:
    """The first period that is no base."""
    return next((hit.made.period for hit in hits if hit.made.period and not _BASE.search(folded[: hit.start])), None)


def stepped_back(code: str, asked: Period) -> Period:
    """What a code says of the period asked about: "same_last_year", "same:2023", "previous", "previous:month:2".

    A grain shorter than that period steps from its beginning (of a running total from its end): the month before a quarter.
    A longer one moves it: the year before a month is that month of the year before.
    """
    if code.startswith("same:"):
        return cal.moved(asked, 12 * (int(code[5:]) - asked.start.year))
    if code == "same_last_year":
        return cal.same_last_year(asked)
    _, _, unit = code.partition(":")
    if not unit:
        return cal.previous(asked)
    named, _, count = unit.partition(":")
    grain, back = GRAINS[named], -int(count or 1)
    months = 12 if grain == "school_year" else cal.MONTHS[grain]
    if asked.grain == grain:
        return cal.step(asked, back)
    if cal.whole_months(asked) > months:
        return cal.step(cal.holding(grain, asked.end if asked.cumulative else asked.start), back)
    return cal.moved(asked, back * months)


GRAINS: dict[str, Grain] = {"month": "month", "quarter": "quarter", "year": "year", "school_year": "school_year"}
"""What a code may step by."""
