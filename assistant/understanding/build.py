"""Builds a Reading from evidence and an intent: roles, limits, comparisons."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calendar import code, span
from assistant.catalogue.adhoc import own_ratio
from assistant.catalogue.loader import Catalogue
from assistant.language.text import fold
from assistant.types import Comparison, ComparisonKind, Found, Reading
from assistant.understanding import narrowing
from assistant.understanding.cues import Cue
from assistant.understanding.evidence import ENDS, PERCENT, Evidence
from assistant.understanding.lattice import Slot

PLACE_FIELDS = {"area": "areas", "facility": "facilities", "agency": "agencies"}
"""Kind of place to the reading's field that holds it."""


PLAIN = {"desc": "desc", "asc": "asc", "first": "desc"}
"""Which way the cues of order sort, those aside for which it depends on what is sorted."""

TWO_ENDED = ("change", "compare", "trend", "why", "follow_up", "correct", "chart")
"""Shapes in which "từ … đến …" names two ends; the others speak of the whole stretch."""


STANDING = ("rank", "extreme", "count", "value", "compare", "breakdown", "follow_up")
"""Shapes that "đứng thứ mấy" may be taken for."""

AGAINST_PLAN = ("filter", "compare", "progress", "rank", "extreme")
"""Shapes in which "kế hoạch", "tiến độ" are what the figure is held against."""

OF_PLAN = re.compile(r"(?:%|phan tram) (?:chi tieu|ke hoach|muc tieu|du toan|nghi quyet|so giao)\b")
"""A limit in percent of what was planned."""

QUARTERS = re.compile(r"(?<!\w)(?:quý|quy)(?!\w)")
"""The word for quarters in a period."""

GROUPED = ("district", "commune")
"""Kinds of areas that one figure each is asked for."""

SAME_NAME = 0.06
"""Difference in score up to which two areas bear the words as their name: one with its kind, one as a synonym."""


def _is_its_own_mean(evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether a mean over the one period named is the figure itself: nothing finer is stored, or it is a rate."""
    if evidence.groups or not evidence.indicators or len(evidence.periods) > 1:
        return False
    entries = [catalogue.indicator(slot.best.code) for slot in evidence.indicators]
    return evidence.moment or all(entry.ratio is not None or entry.adds.time == "mean" for entry in entries)


def _is_mean_of_one(evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether "mỗi" is said of what the one indicator, a mean, is divided by, or of what nothing is grouped by."""
    entries = [catalogue.indicator(slot.best.code) for slot in evidence.indicators]
    means = len(entries) == 1 and entries[0].ratio is not None and entries[0].unit != "%"
    return means and any(word in narrowing.EACH[:2] for word in evidence.text.split())


def places(evidence: Evidence, catalogue: Catalogue, *, keep_whole: bool) -> tuple[list[Found], list[Slot]]:
    """The places meant, and the slots that could mean several.

    A place that contains another named one only locates it ("xã Bình Ba huyện Châu Đức"), unless the question sets
    part against whole (``keep_whole``).
    """
    chosen: list[Found] = []
    unsure: list[Slot] = []
    for slot in (_of_the_time(each, evidence.periods, catalogue) for each in evidence.places):
        equals = slot.equals()
        others = {found.code for other in evidence.places if other is not slot for found in other.candidates}
        located = [found for found in equals if others.intersection(catalogue.ancestors(found.code))]
        if located and len({found.code for found in located}) == 1:
            chosen.append(located[0])
            continue
        codes = {found.code for found in equals if found.kind == equals[0].kind}
        if len(codes) > 1:
            unsure.append(slot)
        chosen.append(equals[0])
    targets = [slot.best.code for slot in evidence.groups if slot.best.code in GROUPED]
    if evidence.order is not None and targets and len(chosen) > 1:
        around = [found for found in chosen if found.kind != "area" or not _is_of(found, targets, catalogue)]
        chosen = around or chosen  # "phường nào của Bà Rịa đông nhất, Phước Trung phải không"
    if not keep_whole:
        inside = {ancestor for found in chosen for ancestor in catalogue.ancestors(found.code)}
        chosen = [found for found in chosen if found.code not in inside] or chosen
    at = evidence.versus.end if evidence.versus else 0
    first = min((found.start for found in [*chosen, *evidence.periods] if found.start >= at), default=0)
    if any(period.start == first for period in evidence.periods):
        return chosen, unsure  # "so với 2024 ở Vũng Tàu": the period is the base
    return _with_roles(chosen, evidence), unsure


def _goes_through(evidence: Evidence) -> bool:
    """Whether figures one after the other are asked for, in a stretch of time."""
    return any(slot.best.code.startswith("period:") for slot in evidence.groups)


def _is_told_by_quarter(evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether the course of monthly figures is asked for in a stretch told in quarters: "qua ba quý đầu năm lên xuống ra sao"."""
    monthly = any(catalogue.indicator(slot.best.code).grain == "month" for slot in evidence.indicators)
    return monthly and not _goes_through(evidence) and any(map(QUARTERS.search, (p.text for p in evidence.periods)))


def _is_of(found: Found, kinds: list[str], catalogue: Catalogue) -> bool:
    """Whether an area is itself one of the kind that is ordered."""
    return found.code in catalogue.areas and catalogue.areas[found.code].kind in kinds


def _of_the_time(slot: Slot, periods: list[Found], catalogue: Catalogue) -> Slot:
    """The slot with those areas of its name that existed in a period named ("Phú Mỹ năm 2019": the town, not the city)."""
    days = [day for found in periods if found.period for day in (found.period.start, found.period.end)]
    there = tuple(
        found
        for found in slot.candidates
        if found.kind != "area" or any(catalogue.exists(found.code, day) for day in days)
    )
    if not there or there[0].score < slot.best.score - SAME_NAME:
        return slot
    return Slot(slot.slot, slot.start, slot.end, there)


def _with_roles(found: list[Found], evidence: Evidence) -> list[Found]:
    """What stands after "so với" is the base of a comparison."""
    if evidence.versus is None:
        return found
    at = evidence.versus.start
    return [span.model_copy(update={"role": "base" if span.start > at else "subject"}) for span in found]


def periods_of(evidence: Evidence, intent: str) -> list[Found]:
    """The periods in order, with roles; "cùng kỳ" and its like stay out.

    "Từ tháng 3 đến tháng 7" is one stretch in shapes that hold no two ends against each other.
    """
    spans = evidence.periods
    whole = (
        evidence.cumulative or evidence.summed or (intent not in TWO_ENDED and (evidence.how_many or intent != "value"))
    )
    if whole and [span.role for span in spans] == ["from", "to"]:
        first, last = spans
        if first.period and last.period and first.period.start <= last.period.end:
            stretch = span(first.period.start, last.period.end)
            told = {"start": first.start, "text": evidence.text[first.start : last.end], "role": ""}
            return [last.model_copy(update=told | {"period": stretch, "code": code(stretch)})]
    if any(span.role for span in spans):
        return spans
    if evidence.versus and any(0 <= span.start - evidence.versus.end <= 1 for span in evidence.relative):
        return spans  # "so với năm trước, năm 2026 …": what was named is not the base
    return _with_roles(spans, evidence)


def _side_by_side(evidence: Evidence) -> bool:
    """Whether periods are held against each other, none of them the year of a plan around the others."""
    periods = [found.period for found in evidence.periods if found.period]
    return len(periods) > 1 and not any(
        one is not other and one.contains(other) for one in periods for other in periods
    )


def _tests_plan(evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether a limit is one of how much of the plan is done, not of the figure: "giải ngân trên 70% kế hoạch năm" is a rate
    itself, "còn thiếu trên 12 giáo viên" a number."""
    units = {catalogue.indicator(slot.best.code).unit for slot in evidence.indicators}
    return evidence.rate and PERCENT not in units


def comparison(evidence: Evidence, intent: str, place_count: int, catalogue: Catalogue) -> Comparison | None:
    """What the figure is held against, if anything."""
    direction = evidence.direction.code if evidence.direction else ""
    presumed = evidence.fulfilment.code if evidence.fulfilment and not direction else direction
    codes = [cue.code for cue in evidence.against]
    if intent == "filter" and OF_PLAN.search(fold(evidence.text)):
        codes.append("plan")
    kind: ComparisonKind | None = None
    relative = {span.code.split(":")[0] for span in evidence.relative}
    if "same_period_last_year" in codes or relative & {"same_last_year", "same"}:
        kind = "same_period_last_year"
    elif "previous_period" in codes or "previous" in relative:
        kind = "previous_period"
    elif "plan" in codes and intent in AGAINST_PLAN and not (intent == "compare" and _side_by_side(evidence)):
        kind, direction = "plan", presumed
        if intent == "filter" and evidence.threshold is not None and not _tests_plan(evidence, catalogue):
            kind = None
    elif place_count > 1 and intent == "compare":
        kind = "place"
    elif len(periods_of(evidence, intent)) > 1:
        kind = "period"
    elif intent == "turning" and direction:
        kind = "previous_period"
    elif intent in ("change", "why"):
        kind = "period" if evidence.versus and evidence.periods else "previous_period"
    return Comparison(kind=kind, direction=direction) if kind else None  # type: ignore[arg-type]


def _divided(
    indicators: tuple[Found, ...], evidence: Evidence, catalogue: Catalogue
) -> tuple[tuple[Found, ...], Found | None, int]:
    """The indicators with what they are divided by; a ratio that the catalogue has stands in place of its parts."""
    if evidence.per is None:
        return indicators, None, 1
    below, scale = evidence.per.best, int(evidence.per.candidates[-1].code)
    if len(indicators) == 1:
        own = own_ratio(catalogue.indicators, indicators[0].code, below.code, scale)
        if own is not None:
            return (indicators[0].model_copy(update={"code": own}),), None, 1
    return indicators, below, scale


def direction_of(order: Cue | None, indicators: tuple[Found, ...], catalogue: Catalogue) -> str | None:
    """Which end of the ranking is asked for; "tốt nhất" and "nhanh nhất" are the lowest where less is better or it is a time."""
    if order is None or order.code in PLAIN:
        return PLAIN[order.code] if order else None
    entry = catalogue.indicator(indicators[0].code) if indicators else None
    turned = {
        "best": entry is not None and entry.good == "down",
        "fast": entry is not None and entry.unit in narrowing.DURATIONS,
    }
    turned |= {"worst": not turned["best"], "slow": not turned["fast"]}
    return "asc" if turned[order.code] else "desc"


def build(evidence: Evidence, intent: str, confidence: float, catalogue: Catalogue) -> tuple[Reading, list[Slot]]:
    """The reading of one intent, and the place slots that could mean several places."""
    if intent == "breakdown" and len(evidence.members) > 1 and not evidence.groups:
        intent = "compare"
    if intent == "count" and evidence.indicators and evidence.how_many and not evidence.groups:
        intent = "value"  # "bị lừa mất tổng cộng bao nhiêu tiền" counts nothing that is listed
    limited = evidence.threshold is not None and evidence.groups and evidence.order is None
    if limited and (intent == "breakdown" or (intent == "value" and not evidence.how_many)):
        intent = "filter"  # "những địa phương nào có rừng che phủ quá 20 phần trăm diện tích"
    if intent == "share" and any(catalogue.indicator(slot.best.code).ratio for slot in evidence.indicators[1:]):
        intent = "value"  # "giải ngân được mấy tỷ, và tỷ lệ giải ngân là bao nhiêu phần trăm"
    placed = any(not slot.best.code.startswith(("period:", "dimension:")) for slot in evidence.groups)
    if intent in ("breakdown", "average") and evidence.order is not None and placed:
        intent = "extreme" if evidence.limit in (None, 1) else "rank"  # "trường nào đội sổ toàn tỉnh"
    told = len(evidence.periods) == 1 or (len(evidence.periods) > len(ENDS) and evidence.how_many and not evidence.rate)
    if intent == "change" and evidence.order is None and told and _goes_through(evidence):
        intent = "trend"  # "từ đầu năm tới giờ mỗi tháng đi lên kiểu gì"
    kinds = {slot.best.code for slot in evidence.groups if slot.best.code.startswith("dimension:")}
    asked = {f"dimension:{slot.best.code.partition(':')[0]}" for slot in evidence.members}
    if kinds and evidence.each and not evidence.share and asked <= kinds:
        evidence = evidence.without_members()  # "chia theo loại cơ sở: giường bệnh viện rồi trung tâm y tế này kia"
    if intent == "trend" and evidence.groups and not _goes_through(evidence) and evidence.each:
        intent = "breakdown"  # "các vụ cháy từ tháng 1 đến tháng 10, phân theo nguyên nhân"
    each = evidence.each and evidence.how_many and not evidence.groups
    if intent == "breakdown" and each and _is_mean_of_one(evidence, catalogue):
        intent = "value"  # "mỗi lượt khách chi bình quân bao nhiêu"
    if intent == "breakdown" and len(evidence.indicators) > 1 and not evidence.groups:
        intent = "value"  # "bác sĩ, điều dưỡng, hộ sinh mỗi loại mấy người"
    if evidence.grouped_by_name and not evidence.groups and intent in ("breakdown", "average", "trend"):
        intent = "value"
    if intent == "value" and "range" in evidence.marks:
        intent = "trend"
    tests = evidence.threshold is not None or evidence.fulfilment is not None
    if intent == "filter" and evidence.how_many and not (evidence.groups or tests):
        intent = "progress"  # "kế hoạch năm nay đặt mức thu nhập là bao nhiêu"
    if intent in ("trend", "value") and evidence.mean and evidence.how_many and _goes_through(evidence):
        intent = "average"  # "từ đầu năm tới nay trung bình mỗi tháng tiếp bao nhiêu lượt"
    if intent == "trend" and _is_told_by_quarter(evidence, catalogue):
        found = Found(kind="group", code="period:quarter", text="", start=0, end=0)
        evidence = replace(evidence, groups=[*evidence.groups, Slot("group", 0, 0, (found,))])
    if intent == "filter" and evidence.places and not evidence.groups:
        # "Châu Đức có trên 93% không?" asks of this one
        intent = "progress" if "plan" in evidence.marks and evidence.indicators else "value"
    if intent == "value" and evidence.share and evidence.members and evidence.rate:
        intent = "share"
    if intent == "average" and _is_its_own_mean(evidence, catalogue):
        intent = "value"
    beside = max(len(evidence.places), len(evidence.periods), len(evidence.members))
    if intent == "compare" and len(evidence.indicators) > 1 and beside < 2 and evidence.versus is None:
        intent = "value"  # "lượt khách với doanh thu của Côn Đảo"
    if intent == "change" and evidence.versus is not None and len(evidence.periods) < 2:
        sides = {slot.start < evidence.versus.start for slot in evidence.members}
        intent = "compare" if len(sides) > 1 else intent  # "khách tây so với khách ta"
    if evidence.position and intent in STANDING:
        intent = "rank"
    whole = intent in ("compare", "share") or evidence.versus is not None
    where, unsure = places(evidence, catalogue, keep_whole=whole)
    by_kind = {field: tuple(found for found in where if found.kind == kind) for kind, field in PLACE_FIELDS.items()}
    indicators, per, scale = _divided(tuple(slot.best for slot in evidence.indicators), evidence, catalogue)
    named = [catalogue.indicator(found.code).domain for found in indicators if found.match != "default"]
    named += [slot.best.code for slot in evidence.domains]
    order = direction_of(evidence.order, indicators, catalogue)
    # "Vũng Tàu với Bà Rịa, nơi nào …", "năm 2025 với năm 2024, năm nào …" ask of those named, not of all there are.
    side_by_side = intent == "compare" and max(len(where), len(evidence.periods), len(evidence.members)) > 1
    reading = Reading(
        intent=intent,
        intent_score=confidence,
        indicators=indicators,
        areas=by_kind["areas"],
        facilities=by_kind["facilities"],
        agencies=by_kind["agencies"],
        dimensions=tuple(slot.best for slot in evidence.members),
        periods=tuple(periods_of(evidence, intent)),
        left_out=tuple(slot.best for slot in evidence.left_out) if evidence.groups else (),
        grouping=() if side_by_side else tuple(slot.best for slot in evidence.groups),
        order=order,  # type: ignore[arg-type]
        limit=evidence.limit,
        threshold=evidence.threshold,
        comparison=comparison(evidence, intent, len(where), catalogue),
        per=per,
        scale=scale,
        planned=evidence.undone and (intent == "progress" or "plan" in evidence.marks),
        standing=evidence.position and intent == "rank",
        cumulative=evidence.cumulative,
        domains=tuple(dict.fromkeys(named)),
        unknown=tuple(evidence.unknown),
    )
    return reading, unsure
