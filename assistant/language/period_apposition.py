"""Periods said side by side of which one explains the other: "hè vừa rồi, tháng 7 ấy" is July, told in two ways."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import calendar as cal
from assistant.language.period_joins import Hit, stepped_back
from assistant.language.period_makers import Made
from assistant.types import Period

_BESIDE = re.compile(
    r" ?-? ?(?:(?:ay|do) )?(?:(?:tuc|nghia|cu the|chinh|hay|gom|bao gom)(?: la)? |la )?(?:(?:tinh |ke )?tu )?(?:cac |trong )?"
)
"""What may stand between two such periods; commas are gone by then."""
_SEASON = re.compile(r"\bhe\b")
"""A season, which is said beside a period of it as what happened then: "hè rồi lo đuối nước, tháng 7 mấy vụ"."""
_LISTED = re.compile(r" (?:va )?")
_OR = re.compile(r"\bhay $")


def years_from_wholes(folded: str, hits: list[Hit]) -> list[Hit]:
    """ "Năm 2025, quý 3": what is said without its year beside a longer stretch lies in that stretch."""
    hits = list(hits)
    for index in range(1, len(hits)):
        whole = hits[index - 1].made.period
        if whole is not None and not _is_running(whole) and _beside(folded, hits[index - 1], hits[index]):
            hits[index] = _inside(whole, hits[index])
    return hits


def _inside(whole: Period, hit: Hit) -> Hit:
    """The hit in the one year in which it lies in a stretch, where its own was not said."""
    make = hit.made.in_year
    if make is None:
        return hit
    periods = [make(year) for year in sorted({whole.start.year, whole.end.year})]
    inside = [period for period in periods if whole.start <= period.start and period.end <= whole.end]
    if len(inside) != 1:
        return hit
    return replace(hit, made=replace(hit.made, period=inside[0], in_year=None, other=None))


def without_appositions(folded: str, hits: list[Hit]) -> list[Hit]:
    """One period for two that mean the same or of which one lies in the other: the narrower; no lists.

    A running total is not narrowed: "tháng 10, 10 tháng đầu năm" are two.
    """
    said: list[list[Hit]] = []
    for unit in _units(_without_totals(folded, _without_seasons(folded, hits))):
        narrower = None
        if said and _beside(folded, said[-1][-1], unit[0]):
            whole = _stretch(said[-1])
            unit = [_inside(whole, unit[0])] if whole is not None and len(unit) == 1 < len(said[-1]) else unit
            narrower = _narrower(said[-1], unit)
        if narrower is None:
            said.append(unit)
        else:
            said[-1] = narrower
    return [hit for unit in said for hit in unit]


def without_explained_bases(folded: str, hits: list[Hit], main: Period | None) -> list[Hit]:
    """ "So với tháng trước, tháng 9": the base is told twice where the second is what the first comes to."""
    kept: list[Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.made.period is None
            and main is not None
            and _beside(folded, last, hit)
            and hit.made.period == stepped_back(last.made.code, main)
        ):
            kept[-1] = replace(hit, start=last.start, role="base")
        else:
            kept.append(hit)
    return kept


def _beside(folded: str, first: Hit, last: Hit) -> bool:
    between = folded[first.end : last.start]
    return bool(_BESIDE.fullmatch(between)) and not _OR.search(between)


def _units(hits: list[Hit]) -> list[list[Hit]]:
    """The hits one by one, the two ends of a stretch together."""
    units: list[list[Hit]] = []
    for hit in hits:
        if hit.role == "to" and units and units[-1][-1].role == "from":
            units[-1].append(hit)
        else:
            units.append([hit])
    return units


def _stretch(unit: list[Hit]) -> Period | None:
    first, last = unit[0].made.period, unit[-1].made.period
    if first is None or last is None:
        return None
    if len(unit) == 1:
        return first
    return cal.span(first.start, last.end) if first.start <= last.end else None


def _narrower(before: list[Hit], after: list[Hit]) -> list[Hit] | None:
    """Of two units the one that lies in the other, over the words of both; None where neither does."""
    first, last = _stretch(before), _stretch(after)
    if first is None or last is None:
        return None
    start, end = before[0].start, after[-1].end
    if (first.start, first.end) == (last.start, last.end):
        if len(after) > 1 and cal.years_of(last):  # "5 năm qua, từ 2021 đến 2025": year by year, as the two ends say
            return [replace(after[0], start=start), *after[1:]]
        single = next((unit[0] for unit in (before, after) if len(unit) == 1), None)
        score = max(hit.made.score for hit in before + after)
        period = single.made.period if single else first
        return [Hit(start, end, Made(period, score), single.role if single else "")]
    if _holds(first, last) and not _is_running(first):
        return [replace(_one(after[0]), start=start), *after[1:]]
    if _holds(last, first) and not _is_running(last):
        return [*before[:-1], replace(_one(before[-1]), end=end)]
    return None


def _one(hit: Hit) -> Hit:
    """The hit with its likelier meaning only, and sure of being one."""
    return replace(hit, made=replace(hit.made, other=None, score=max(hit.made.score, 0.9)))


def _without_seasons(folded: str, hits: list[Hit]) -> list[Hit]:
    """The hits without a season beside the only other period, which overlaps it."""
    seasons = [hit for hit in hits if _SEASON.search(folded[hit.start : hit.end])]
    if len(hits) != 2 or len(seasons) != 1:
        return hits
    whole, other = seasons[0].made.period, next(hit for hit in hits if hit not in seasons)
    part = other.made.period
    if whole is None or part is None or other.role or part.end < whole.start or whole.end < part.start:
        return hits
    return [other]


def _without_totals(folded: str, hits: list[Hit]) -> list[Hit]:
    """ "3 năm gần đây 2023, 2024 và 2025": a stretch before the parts that make it up only calls them together."""
    kept: list[Hit] = []
    for index, hit in enumerate(hits):
        if hit.made.period is not None and not hit.role and _adds_up(folded, hit, hits[index + 1 :]):
            hits[index + 1] = replace(hits[index + 1], start=hit.start)
        else:
            kept.append(hits[index])
    return kept


def _adds_up(folded: str, total: Hit, following: list[Hit]) -> bool:
    whole, end = total.made.period, total.made.period
    for index, hit in enumerate(following):
        part = hit.made.period
        if whole is None or end is None or part is None or hit.role:
            return False
        if index == 0:
            if part.start != whole.start or not _beside(folded, total, hit):
                return False
        elif (part.start - end.end).days != 1 or not _LISTED.fullmatch(folded[following[index - 1].end : hit.start]):
            return False
        end = part
        if part.end >= whole.end:
            return index > 0 and part.end == whole.end
    return False


def _holds(whole: Period, part: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end and whole != part


def _is_running(period: Period) -> bool:
    """Whether a stretch is told up to a month of its year ("10 tháng đầu năm"), next to which a month is another figure."""
    return period.cumulative
