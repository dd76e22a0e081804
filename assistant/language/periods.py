"""Vietnamese periods: finding them in an utterance and saying them. The arithmetic stands in ``calendar.py``."""

from __future__ import annotations

from collections.abc import Iterator
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
from assistant.language.period_apposition import without_appositions, without_explained_bases, years_from_wholes
from assistant.language.period_joins import Hit, join_ends, main_period, stepped_back, with_bases
from assistant.language.period_makers import Made
from assistant.language.period_rules import RULES
from assistant.language.text import fold, has_marks
from assistant.types import Found, Period

__all__ = [
    "code", "day", "find", "half", "holding", "latest_complete", "month", "parse_code", "previous", "quarter", "resolve",
    "same_last_year", "say", "school_year", "span", "speak", "split", "step", "year",
]  # fmt: skip


def find(text: str, today: date) -> list[Found]:
    """The periods of a normalised utterance, in order; different words never overlap.

    A period without a year is the latest one that has begun. "từ … đến …" gives two, with roles ``from`` and ``to``; the
    second of a comparison ("so với …") has the role ``base``. ``period`` is None, and ``code`` says what to resolve against
    the period asked about, for "cùng kỳ" (``same_last_year``, or ``same:2023`` where a year was said) and for "kỳ trước",
    "so với tháng trước" (``previous``); ``resolve`` does it. "Năm trước đó" alone has a period, the one it means where
    nothing was spoken of before, and the code ``previous:year``, by which ``resolve`` steps from what was
    (``previous:month``, ``previous:quarter``, ``previous:school_year``; ``previous:year:2`` for two years).
    "5 năm học gần đây" has the code ``latest:school_year``: those that are over, or up to the running one where
    figures of that are kept (``query/scope.py``).

    Words that could mean two periods give two ``Found`` over the same words, the likelier first: ``TIED`` below it where
    nothing tells which was meant ("tháng 12" asked in November), ``LEANING`` below where one is likelier ("quý 4" before
    it is over).
    """
    hits = _chosen(text, today)
    hits = [hit for hit in hits if not hit.made.vague or all(other.made.vague for other in hits)]
    folded = fold(text)
    hits = without_appositions(folded, join_ends(text, years_from_wholes(folded, hits), today))
    hits = without_explained_bases(folded, with_bases(text, hits), main_period(folded, hits))
    return [found for hit in hits for found in _founds(text, hit)]


def resolve(found: Found, asked: Period) -> Period:
    """The period a ``Found`` means beside the period asked about."""
    if found.period is not None and not found.code.startswith("previous:"):
        return found.period
    return stepped_back(found.code, asked)


BARE = ("nam ", "tam ", "bay ", "bon ", "chin ")
"""Words of years and numbers without their marks, which mean others in text that has marks."""

TIED, LEANING = 0.003, 0.05
"""How much less a second meaning scores: where nothing tells which was meant, and where one is likelier."""


def _founds(text: str, hit: Hit) -> Iterator[Found]:
    """What the words mean, best first."""
    made = hit.made
    yield _found(text, hit, made.period, made.score)
    if made.other is not None and made.period is not None and hit.role in ("", "base"):
        yield _found(text, hit, made.other, made.score - (TIED if made.tied else LEANING))


def _found(text: str, hit: Hit, period: Period | None, score: float) -> Found:
    return Found(
        kind="period",
        code=hit.made.code or (code(period) if period else ""),
        text=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        score=score,
        match="grammar",
        role=hit.role,
        period=period,
    )


def _chosen(text: str, today: date) -> list[Hit]:
    """The longest matches that do not overlap; of equally long ones the first rule's.

    In text with diacritics a bare "nam" is *male* or *south*, never *year*, and "Thắng Tam" ends in no number.
    """
    hits: list[Hit] = []
    marked = has_marks(text)
    for pattern, make in RULES:
        for match in pattern.finditer(text):
            try:
                made = make(match, today)
            except ValueError:
                continue
            if made is not None and not (marked and match[0].startswith(BARE)):
                hits.append(Hit(match.start(), match.end(), made))
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return [single for hit in sorted(kept, key=lambda hit: hit.start) for single in _singles(hit)]


def _singles(hit: Hit) -> list[Hit]:
    """The hit, or one for each period said in it."""
    if not hit.made.parts:
        return [hit]
    roles = ("from", "to") if hit.made.ends else ("",) * len(hit.made.parts)
    return [
        Hit(start, end, Made(period), role) for (start, end, period), role in zip(hit.made.parts, roles, strict=True)
    ]


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
