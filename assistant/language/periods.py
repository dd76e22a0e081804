"""Vietnamese periods: finding them in an utterance and saying them. The arithmetic stands in ``calendar.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant import calendar as cal
from assistant.calendar import (
    code,
    day,
    half,
    holding,
    latest_complete,
    month,
    parse_code,
    previous,
    quarter,
    same_last_year,
    school_year,
    span,
    split,
    step,
    year,
)
from assistant.language.period_makers import Made
from assistant.language.period_rules import RULES
from assistant.language.text import fold, has_marks
from assistant.types import Found, Period

__all__ = [
    "code", "day", "find", "half", "holding", "latest_complete", "month", "parse_code", "previous", "quarter", "resolve",
    "same_last_year", "say", "school_year", "span", "speak", "split", "step", "year",
]  # fmt: skip

_CONNECTOR = re.compile(r" ?(?:cho )?(?:den|toi|sang)(?: het| cuoi| nam| cac)* ?| ?- ?")
_AND = re.compile(r" (?:va |voi |hay |hoac |so voi |so sanh voi )?(?:cua )?")
_IN_YEARS = re.compile(r" (?:trong |cua |o )?(?:cac|nhung)(?: nam)? ")
_FROM = re.compile(r"(?:^| )(?:tinh |ke )?tu(?: cuoi| dau| giua)?(?: nam)? $")
_NOT_FROM = re.compile(r"(?:^| )(?:dau|vat|thu|quy|thang|chu|luat|giao) tu(?: nam)? $")
"""Where "tu" is no "từ": "đầu tư năm 2024"."""
_BEYOND = re.compile(
    r"(?:^| )(?:(?:ke |tinh )?(?:tu |den )?)?(?P<side>truoc|sau)(?: nam| thoi diem| moc| thang| ngay)? $"
)
_BASE = re.compile(r"(?:^| )(?:so voi(?: hoi| muc| so lieu)?(?: cua)?|hon|kem) $")
_TO_END = re.compile(r"(?:^| )(?:(?:den|toi) (?:het|cuoi)|het) $")
_UP_TO = re.compile(r"(?:^| )(?:tinh )?(?:den|toi)(?: het| thoi diem)?(?: ngay)? $")
_STRETCH = re.compile(r"(?:(?:trong )?(?:giai doan|thoi ky|khoang thoi gian|thoi gian|khoang) )(?:tu )?(?:nam )?$")
_UNTIL_NOW = re.compile(
    r" (?:den|toi|cho den|cho toi) (nay|bay gio|hien nay|hien tai|thoi diem nay)\b| tro (lai day|di)\b"
)


@dataclass(frozen=True)
class _Hit:
    """Words that make a period, before roles are given."""

    start: int
    end: int
    made: Made
    role: str = ""


def find(text: str, today: date) -> list[Found]:
    """The periods of a normalised utterance, in order; different words never overlap.

    A period without a year is the latest one that has begun. "từ … đến …" gives two, with roles ``from`` and ``to``; the
    second of a comparison ("so với …") has the role ``base``. ``period`` is None, and ``code`` says what to resolve against
    the period asked about, for "cùng kỳ" (``same_last_year``, or ``same:2023`` where a year was said) and for "kỳ trước",
    "so với tháng trước" (``previous``); ``resolve`` does it.

    Words that could mean two periods give two ``Found`` over the same words, the likelier first: ``TIED`` below it where
    nothing tells which was meant ("tháng 12" asked in November), ``LEANING`` below where one is likelier ("quý 4" before
    it is over).
    """
    hits = _chosen(text, today)
    hits = [hit for hit in hits if not hit.made.vague or all(other.made.vague for other in hits)]
    hits = _join_ends(text, hits, today)
    hits = _bases(text, hits)
    return [found for hit in hits for found in _founds(text, hit)]


def resolve(found: Found, asked: Period) -> Period:
    """The period a ``Found`` means beside the period asked about."""
    if found.period is not None:
        return found.period
    if found.code.startswith("same:"):
        return cal.moved(asked, 12 * (int(found.code[5:]) - asked.start.year))
    return same_last_year(asked) if found.code == "same_last_year" else previous(asked)


TIED, LEANING = 0.003, 0.05
"""How much less a second meaning scores: where nothing tells which was meant, and where one is likelier."""


def _founds(text: str, hit: _Hit) -> Iterator[Found]:
    """What the words mean, best first."""
    made = hit.made
    yield _found(text, hit, made.period, made.score)
    if made.other is not None and made.period is not None and hit.role in ("", "base"):
        yield _found(text, hit, made.other, made.score - (TIED if made.tied else LEANING))


def _found(text: str, hit: _Hit, period: Period | None, score: float) -> Found:
    return Found(
        kind="period",
        code=code(period) if period else hit.made.code,
        text=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        score=score,
        match="grammar",
        role=hit.role,
        period=period,
    )


def _chosen(text: str, today: date) -> list[_Hit]:
    """The longest matches that do not overlap; of equally long ones the first rule's.

    In text with diacritics a bare "nam" is *male* or *south*, never *year*.
    """
    hits: list[_Hit] = []
    marked = has_marks(text)
    for pattern, make in RULES:
        for match in pattern.finditer(text):
            try:
                made = make(match, today)
            except ValueError:
                continue
            if made is not None and not (marked and match[0].startswith("nam ")):
                hits.append(_Hit(match.start(), match.end(), made))
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return [single for hit in sorted(kept, key=lambda hit: hit.start) for single in _singles(hit)]


def _singles(hit: _Hit) -> list[_Hit]:
    """The hit, or one for each period said in it."""
    if not hit.made.parts:
        return [hit]
    roles = ("from", "to") if hit.made.ends else ("",) * len(hit.made.parts)
    return [
        _Hit(start, end, Made(period), role) for (start, end, period), role in zip(hit.made.parts, roles, strict=True)
    ]


def _join_ends(text: str, hits: list[_Hit], today: date) -> list[_Hit]:
    """Years passed between neighbours, the two ends of "từ … đến …", and stretches said as one."""
    folded = fold(text)
    hits = _pass_years(folded, hits)
    joined: list[_Hit] = []
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
                joined.append(_Hit(whole.start(), last.end, Made(period)))
                continue
            joined += [replace(_certain(first), role="from"), replace(_certain(last), role="to")]
            continue
        index += 1
        joined += _alone(text, hit, hits, today)
    return joined


def _pass_years(folded: str, hits: list[_Hit]) -> list[_Hit]:
    """Neighbours joined by "và" or "so với" share the year that was said; a bare year repeats the stretch before it."""
    hits = list(hits)

    def joined(index: int) -> bool:
        return bool(_AND.fullmatch(folded[hits[index].end : hits[index + 1].start]))

    for index in reversed(range(len(hits) - 1)):
        if joined(index):
            hits[index], hits[index + 1] = _share_year(hits[index], hits[index + 1], apart=HALF_A_YEAR)
    opened: set[int] = set()
    for index in range(len(hits) - 1):
        before, after = hits[index].made.period, hits[index + 1].made.period
        years = bool(hits[index].made.in_year and _IN_YEARS.fullmatch(folded[hits[index].end : hits[index + 1].start]))
        if not (years or joined(index)) or before is None or after is None:
            continue
        if (hits[index + 1].made.bare or (years and after.grain == "year")) and before.grain in _WITHIN_YEAR:
            repeated = cal.moved(before, 12 * (after.start.year - before.start.year))
            start = hits[index].start if years else hits[index + 1].start
            hits[index + 1] = replace(hits[index + 1], start=start, made=Made(repeated, 0.9))
            opened |= {index} if years else set()
    return [hit for index, hit in enumerate(hits) if index not in opened]


_WITHIN_YEAR = ("day", "month", "quarter", "half", "span")


def _alone(text: str, hit: _Hit, hits: list[_Hit], today: date) -> list[_Hit]:
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


def _since(hit: _Hit, today: date) -> _Hit:
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
    return latest_complete("day" if period.grain == "span" else period.grain, today)


def _beyond(hit: _Hit, beyond: re.Match[str], today: date) -> _Hit:
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


def _are_ends(text: str, first: _Hit, last: _Hit) -> bool:
    folded = fold(text)
    if first.made.period is None or last.made.period is None:
        return False
    between = folded[first.end : last.start]
    if not _CONNECTOR.fullmatch(between):
        return False
    grains = {first.made.period.grain, last.made.period.grain}
    return len(grains) == 1 or _is_from(text, first.start)


def _up_to(folded: str, hit: _Hit) -> Period | None:
    """What "đến cuối năm 2023" and "tính đến 30/9/2024" cover: the year, or its months up to then."""
    period = hit.made.period
    if period is None:
        return None
    if folded[hit.start : hit.end].startswith("cuoi nam"):
        return year(period.start.year)
    if period.grain == "day" and period.end == cal.month_end(period.end.year, period.end.month):
        return cal.to_month(period.end.year, period.end.month)
    return None


def _certain(hit: _Hit) -> _Hit:
    """A bare number at one end of a stretch is a year after all."""
    return replace(hit, made=replace(hit.made, score=max(hit.made.score, 0.95))) if hit.made.bare else hit


HALF_A_YEAR = 183
"""Days: "tháng 7 so với tháng 6" goes back one month, "tháng 12 và tháng 1" goes on by one."""


def _share_year(first: _Hit, last: _Hit, apart: int = 0) -> tuple[_Hit, _Hit]:
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


def _open_end(folded: str, hit: _Hit, today: date) -> list[_Hit]:
    """ "từ năm 2015 đến nay": the other end is the latest complete period of that grain; "giai đoạn 2015 đến nay" is one."""
    first = replace(_certain(hit), role="from")
    match, period = _UNTIL_NOW.match(folded, hit.end), hit.made.period
    assert match is not None and period is not None
    now = max(latest_complete(period.grain, today), period, key=lambda period: period.start)
    if period.grain == "year" and period.start.year >= today.year:
        return [replace(hit, end=match.end(), made=Made(_to_date(today)))]
    if whole := _STRETCH.search(folded[: hit.start]):
        return [_Hit(whole.start(), match.end(), Made(span(period.start, now.end)))]
    group = 1 if match[1] else 2
    return [first, _Hit(match.start(group), match.end(group), Made(now), role="to")]


def _bases(text: str, hits: list[_Hit]) -> list[_Hit]:
    """What follows "so với" is the base of a comparison; "tháng trước" there means the one before the month asked about."""
    folded = fold(text)
    main = next((hit.made.period for hit in hits if hit.made.period and not _BASE.search(folded[: hit.start])), None)
    based = []
    for hit in hits:
        made = hit.made
        if made.code.startswith("same:") and main and int(made.code[5:]) == main.start.year - 1:
            made = replace(made, code="same_last_year")
        if _BASE.search(folded[: hit.start]) or made.period is None:
            fits = main is None or made.period is None or main.grain == made.period.grain
            if made.relative and (fits or made.relative == "same_last_year"):
                made = replace(made, period=None, code=made.relative, other=None)
            hit = replace(hit, made=made, role=hit.role or "base")
        based.append(hit)
    return based


def say(period: Period) -> str:
    """The period as it is written in a sentence: "tháng 10 năm 2024", "6 tháng đầu năm 2024", "giai đoạn 2015-2020"."""
    start, end = period.start, period.end
    if start == cal.BEGINNING and period.grain == "span":
        return f"trước {say(_after(end))}"
    match period.grain:
        case "day":
            return f"ngày {start.day} tháng {start.month} năm {start.year}"
        case "month":
            return f"tháng {start.month} năm {start.year}"
        case "quarter":
            return f"quý {('I', 'II', 'III', 'IV')[start.month // 3]} năm {start.year}"
        case "half":
            return f"6 tháng {'đầu' if start.month == 1 else 'cuối'} năm {start.year}"
        case "year":
            return f"năm {start.year}"
        case "school_year":
            return f"năm học {start.year}-{end.year}"
    months = cal.whole_months(period)
    if not months:
        return f"thời gian từ ngày {start.day}/{start.month}/{start.year} đến ngày {end.day}/{end.month}/{end.year}"
    if start.month == 1 and end.month == 12:
        return f"giai đoạn {start.year}-{end.year}" if start.year != end.year else f"năm {start.year}"
    if start.year != end.year:
        return f"giai đoạn từ tháng {start.month} năm {start.year} đến tháng {end.month} năm {end.year}"
    if start.month == 1:
        return f"{months} tháng đầu năm {end.year}"
    if end.month == 12:
        return f"{months} tháng cuối năm {end.year}"
    return f"giai đoạn từ tháng {start.month} đến tháng {end.month} năm {end.year}"


def _after(end: date) -> Period:
    """What begins after a stretch without a beginning: a year, a month or a day."""
    begins = end + timedelta(days=1)
    if begins.day != 1:
        return cal.holding("day", begins)
    return month(begins.year, begins.month) if begins.month > 1 else year(begins.year)


def speak(period: Period) -> str:
    """The period spelled out for the ear: "tháng mười năm hai nghìn không trăm hai mươi tư"."""
    from assistant.language import spoken

    return spoken.spell(say(period))
