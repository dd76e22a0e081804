"""Which of the periods found an utterance asks about: not the day on which a person does something, and of what is told by
school years the year that ends with the summer named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant import calendar
from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks
from assistant.types import Found
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.lattice import Slot

SEVERAL = 2
"""Periods that are told one by one."""

WEEK = 7
"""Days of the longest period in which a person says to do something, besides what is asked."""

LAST_MONTH = 12
"""The month with which a year ends."""

APART = ("each", "moved", "direction", "versus", "order", "which_of")
"""Cues that ask for periods side by side one by one, or hold them against each other."""

UP_TO = re.compile(r"(?:tinh )?(?:(?:cho )?(?:den|toi) (?:het |cuoi )?)?thang\b")
"""How the end of a stretch is said of which the beginning is not."""

COUNTS = {"hai": 2, "2": 2, "ba": 3, "3": 3, "bon": 4, "4": 4}
"""How many periods were named …"""

COUNT = re.compile(rf"(?:ca )?({'|'.join(COUNTS)}) (thang|quy|nam)(?: luon)?")
"""… where they are only counted after that."""

GRAINS = {"thang": "month", "quy": "quarter", "nam": "year"}
"""What they are counted in."""

SO = re.compile(r"(?<!\w)so(?= \Z)")
"""What a period is held against after, where no more is said …"""

WITH = re.compile(r" (?:với|voi) ")
"""… and where it is held against another itself: "so mười tháng đầu năm 2026 | với | cùng kỳ"."""

SUMMER = (6, 8)
"""The first and last month of the summer, with which a school year ends."""


def without_told(periods: list[Found], cues: Cues, text: str) -> list[Found]:
    """ "Sáng mai chị đi trao quà", "tuần sau anh họp" tell when a person does something; no figures of then are asked for."""
    needs = {cue.start for cue in cues.find("needs", text)}
    people = {cue.start for cue in cues.find("people", text) if cue.code == "person" and cue.end + 1 in needs}
    told = [found for found in periods if found.end + 1 in people]
    later = [found for found in periods if told and found.start > told[0].end and not _is_short(found)]
    alone = [found for found in told if not (_is_short(found) or later)]  # "Tết này bác tính đi, cuối năm ngoái …"
    kept = [found for found in periods if found not in told or found in alone]
    aims = [cue.start for cue in cues.find("purpose", text)]
    held = any(aims and cue.start > aims[0] for cue in cues.find("versus", text))
    asked = [found for found in kept if held or not aims or found.start < aims[0]]
    return asked or kept  # "… tháng 10, tôi cần để bố trí quà Tết"


def without_wholes(periods: list[Found], groups: list[Slot]) -> list[Found]:
    """Periods without those that several others lie in which are told one by one: "ba quý vừa qua …, quý một, quý hai, quý ba mỗi
    quý bao nhiêu"."""
    grains = {slot.best.code.removeprefix("period:") for slot in groups if slot.best.code.startswith("period:")}
    parts = [found.period for found in periods if found.period and found.period.grain in grains]

    def is_whole(found: Found) -> bool:
        within = [each for each in parts if found.period and found.period != each and found.period.contains(each)]
        return len(within) >= SEVERAL

    return [found for found in periods if not is_whole(found)]


def without_again(periods: list[Found], tied: list[Slot]) -> tuple[list[Found], list[Slot]]:
    """Without a stretch that only counts those named before: "tháng 10 có khá hơn tháng 9 không, cho xin cả hai tháng"."""
    again = set()
    for at, found in enumerate(periods):
        count = COUNT.fullmatch(fold(found.text))
        named = [each for each in periods[:at] if each.period and count and each.period.grain == GRAINS[count[2]]]
        if count and len(named) == COUNTS.get(count[1], 0):
            again.add(found.start)
    return [found for found in periods if found.start not in again], [slot for slot in tied if slot.start not in again]


def _is_short(found: Found) -> bool:
    """Whether a period is no longer than a week."""
    return found.period is not None and (found.period.end - found.period.start).days < WEEK


def without_today(periods: list[Found]) -> list[Found]:
    """ "Chiều nay anh họp, tháng 10 có mấy vụ" asks of the month, so does "tuần tới anh họp, …": a day or a week that is not
    written in digits gives way to longer periods."""
    longer = [
        found
        for found in periods
        if (found.period is not None and (found.period.end - found.period.start).days >= WEEK)
        or any(map(str.isdigit, found.text))
    ]
    return longer or periods


def of_school_years(periods: list[Found], indicators: list[Slot], catalogue: Catalogue) -> list[Found]:
    """A summer is the end of the school year that what is told by school years is of: "thi tốt nghiệp hồi hè rồi"."""
    if not indicators or any(catalogue.indicator(slot.best.code).grain != "school_year" for slot in indicators):
        return periods
    return [_of_school_year(found) if found.period else found for found in periods]


def of_years(periods: list[Found], indicators: list[Slot], catalogue: Catalogue) -> list[Found]:
    """The end of a year is that year of what is told once a year: "từ cuối 2021 tới cuối 2025" goes through five years."""
    if not indicators or any(catalogue.indicator(slot.best.code).grain != "year" for slot in indicators):
        return periods
    return [_of_year(found) if found.role in ("from", "to") else found for found in periods]


def _of_year(found: Found) -> Found:
    if found.period is None or found.period.grain != "month" or found.period.end.month != LAST_MONTH:
        return found
    period = calendar.year(found.period.end.year)
    return found.model_copy(update={"period": period, "code": calendar.code(period)})


def of_stocks(periods: list[Found], indicators: list[Slot], catalogue: Catalogue) -> list[Found]:
    """ "Tới cuối tháng mười còn tồn mấy bộ" asks how many there are at the end of the month, not over the months up to it."""
    entries = [catalogue.indicator(slot.best.code) for slot in indicators]
    if len(periods) != 1 or not entries or any(e.adds.time != "last" or e.grain != "month" for e in entries):
        return periods
    found = periods[0]
    if found.period is None or found.role or not found.period.cumulative or not UP_TO.match(fold(found.text)):
        return periods
    period = calendar.holding("month", found.period.end)
    return [found.model_copy(update={"period": period, "code": calendar.code(period)})]


def together(periods: list[Found], numbers: list[Found], cues: Cues, text: str) -> tuple[list[Found], list[Found]]:
    """Months or quarters one after the other as one stretch, where their number is said before them and nothing asks for each:
    "ba tháng sáu bảy tám có mấy vụ". With the numbers that are left."""
    begins = {found.end + 1: found for found in numbers}
    at = next((at for at, found in enumerate(periods) if found.start in begins), len(periods))
    around, periods = periods[:at], periods[at:]
    before = begins[periods[0].start] if len(periods) >= SEVERAL else None
    if before is None or float(before.code) != len(periods):
        return [*around, *periods], numbers
    if any(found.role for found in periods) or any(cues.find(group, text) for group in APART):
        return [*around, *periods], numbers
    held = [found.period for found in periods if found.period]
    follow = all(one.grain == other.grain and calendar.step(one, 1) == other for one, other in pairwise(held))
    stretch = calendar.span(held[0].start, held[-1].end) if follow else None
    if stretch is None or len(held) < len(periods) or any(found.period != stretch for found in around):
        return [*around, *periods], numbers
    told = {"end": periods[-1].end, "text": text[periods[0].start : periods[-1].end]}
    whole = periods[0].model_copy(update=told | {"period": stretch, "code": calendar.code(stretch)})
    return [whole], [found for found in numbers if found is not before]


def _of_school_year(found: Found) -> Found:
    if found.period is None or (found.period.start.month, found.period.end.month) != SUMMER or found.role:
        return found
    period = calendar.holding("school_year", found.period.start)
    return found.model_copy(update={"period": period, "code": calendar.code(period)})


def held_after(versus: Sequence[Cue], periods: Sequence[Found], text: str) -> Cue | None:
    """After what stands what a figure is held against; also the word "so" right before a period, however that is written:
    "so t9 thì sao"."""
    said = (match for each in periods if has_marks(text) for match in SO.finditer(text, 0, max(each.start, 0)))
    cue = next(iter(versus), None) or next((Cue("versus", *match.span()) for match in said), None)
    first = next((each for each in periods if cue and 0 <= each.start - cue.start <= len("so ")), None)
    other = first and WITH.match(text, first.end)
    if first is None or not other or all(each.start != other.end() for each in periods):
        return cue
    return Cue("versus", other.start() + 1, other.end() - 1)
