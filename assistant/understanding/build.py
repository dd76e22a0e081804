"""Builds a Reading from a covering, its cues and an intent: roles, limits, comparisons."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from assistant.calendar import code, span
from assistant.catalogue.adhoc import own_ratio
from assistant.catalogue.loader import Catalogue
from assistant.types import Comparison, ComparisonKind, Found, Reading, Threshold
from assistant.understanding import narrowing, singled
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.lattice import Covering, Slot

PLACE_FIELDS = {"area": "areas", "facility": "facilities", "agency": "agencies"}
"""Kind of place to the reading's field that holds it."""


TWO_ENDED = ("change", "compare", "trend", "why", "follow_up", "correct", "chart")
"""Shapes in which "từ … đến …" names two ends; the others speak of the whole stretch."""


LATELY = re.compile(
    r"\s+(?:năm|nam|tháng|thang|quý|quy|tuần|tuan|hôm|hom|ngày|ngay)\s+(?:nay|gần|gan|qua|vừa|vua|trước|truoc|rồi|roi)\b"
)
"""What follows "mấy" where it asks for no number ("mấy năm nay")."""

IN_PERCENT = re.compile(r"\d%")
"""A number of percent, which a rate is held against ("đã qua mốc 70% chưa")."""

OUTRIGHT = 0.85
"""Score from which a name found by its letters or words counts like one said outright."""

SAME_NAME = 0.06
"""Difference in score up to which two areas bear the words as their name: one with its kind, one as a synonym."""


@dataclass
class Evidence:
    """What an utterance holds, sorted by what it is good for."""

    text: str
    stops: Collection[int] = ()
    """Where words of it follow a stop."""
    indicators: list[Slot] = field(default_factory=list)
    places: list[Slot] = field(default_factory=list)
    members: list[Slot] = field(default_factory=list)
    periods: list[Found] = field(default_factory=list)
    tied: list[Slot] = field(default_factory=list)
    """Words that mean several periods, with nothing to tell which."""
    relative: list[Found] = field(default_factory=list)
    """Periods that only mean something next to another one ("cùng kỳ")."""
    groups: list[Slot] = field(default_factory=list)
    domains: list[Slot] = field(default_factory=list)
    numbers: list[Found] = field(default_factory=list)
    unknown: list[Found] = field(default_factory=list)
    order: Cue | None = None
    direction: Cue | None = None
    against: list[Cue] = field(default_factory=list)
    versus: Cue | None = None
    how_many: bool = False
    """A number is asked for in so many words ("bao nhiêu", "mấy")."""
    counts: int = 0
    """How many times "bao nhiêu" or "mấy" is said."""
    standing: bool = False
    """The place of one among its like is asked for ("đứng thứ mấy")."""
    latest: bool = False
    """The last figure there is is asked for in so many words ("lần gần nhất")."""
    figures: bool = False
    """Figures are wanted without a word for how many ("cho xin số")."""
    share: bool = False
    """A part of a whole is asked for in so many words ("chiếm")."""
    part: bool = False
    """A place within the province is named."""
    each: bool = False
    """One figure for each is asked for in so many words ("theo", "từng")."""
    beyond: bool = False
    """Something no figures tell is asked for in so many words ("số điện thoại", "có nên")."""
    moved: bool = False
    """A change is asked for without saying which way ("thay đổi")."""
    moment: bool = False
    """One period is named, no longer than what the indicator is told for: there is no course within it."""
    aimed: bool = False
    """A plan or how far things are is spoken of, be it in a name ("tiến độ giải ngân")."""
    about: str = ""
    """The shape that asks about the figure instead of for it, where words say so ("tính kiểu gì": definition)."""
    unit: bool = False
    """The unit of figures is asked for in so many words ("theo đơn vị gì")."""
    mean: bool = False
    """A mean is asked for in so many words ("bình quân", "chia đều")."""
    rate: bool = False
    """Percent or rate is asked for in words outside the names."""
    threshold: Threshold | None = None
    limit: int | None = None
    per: Slot | None = None
    """What the figure is divided by, with the number of it."""
    fulfilment: Cue | None = None
    """Which side of the plan is asked for ("chưa đạt", "vượt")."""
    undone: bool = False
    """A number is asked for, and no word asks what was done of a plan: of a plan it is the plan itself."""
    why: bool = False
    """The reason of a change is asked for in so many words ("vì sao", "do đâu")."""
    turning: bool = False
    """The turn of a series is asked for ("từ bao giờ", "đạt đỉnh")."""
    cumulative: bool = False
    """Running totals are asked for ("lũy kế")."""
    grouped_by_name: bool = False
    """What looked like a group belongs to the indicator's name ("thu nhập bình quân mỗi tháng")."""

    @property
    def named(self) -> bool:
        """Whether an indicator, or a member of what one is broken down by, was named in its own words."""
        return any(slot.best.match != "fuzzy" or slot.best.score >= OUTRIGHT for slot in self.indicators + self.members)

    @property
    def asks(self) -> bool:
        """Whether it asks for figures in so many words, or speaks of a time that figures are stored for."""
        told = (self.how_many, self.periods, self.relative, self.groups, self.order, self.direction, self.rate)
        return any(
            (*told, self.figures, self.share, self.moved, self.threshold, self.cumulative, self.versus, self.per)
        )

    @cached_property
    def marks(self) -> frozenset[str]:
        """The names of evidence that ``data/rules/shapes.yml`` speaks of; read once all of it is gathered."""
        groups = {slot.best.code.split(":")[0] for slot in self.groups}
        ends = {"from", "to"} <= {span.role for span in self.periods}
        long = any(map(_is_long, self.periods))
        dimensions = {slot.best.code.partition(":")[0] for slot in self.members}
        marks = {
            "indicator": self.indicators or "indicator" in groups,
            "indicators": len(self.indicators) > 1,
            "place": self.places,
            "part": self.part,
            "places": len(self.places) > 1,
            "facility": any(slot.best.kind == "facility" for slot in self.places),
            "period": self.periods,
            "periods": len(self.periods) > 1,
            "range": not self.how_many and ends,
            "member": self.members,
            "members": len(self.members) > 1,
            "group": groups,
            "each": self.each,
            "latest": self.latest,
            "standing": self.standing,
            "share": self.share,
            "each_member": len(self.members) > len(dimensions) == 1 and self.how_many and not (self.share or self.rate),
            "rate": self.rate,
            "facility_group": "facility" in groups,
            "place_group": groups - {"period", "dimension"},
            "period_group": "period" in groups,
            "dimension_group": "dimension" in groups,
            "domain": self.domains,
            "number": self.numbers or self.limit,
            "order": self.order,
            "direction": self.direction,
            "versus": self.versus or any(span.role == "base" for span in self.periods),
            "threshold": self.threshold,
            "unknown": self.unknown,
            "how_many": self.how_many,
            "beyond": self.beyond,
            "moved": self.moved,
            "moment": self.moment,
            "mean": self.mean,
            "unit": self.unit,
            "aimed": self.aimed,
            "single": self.how_many and "period" not in groups and not long,
            "fulfilment": self.fulfilment,
            "total": self.how_many and ends,
            "stretch": not self.how_many and long,
            "apart": len(self.periods) > 1 and not ends,
            "last_year": any(cue.code == "same_period_last_year" for cue in self.against)
            or any(span.code != "previous" for span in self.relative),
            "previous": any(cue.code == "previous_period" for cue in self.against)
            or any(span.code == "previous" for span in self.relative),
            "plan": any(cue.code == "plan" for cue in self.against),
            "why": self.why,
            "turning": self.turning,
            "each_indicator": "indicator" in groups,
        }
        return frozenset(name for name, present in marks.items() if present)


def gather(text: str, covering: Covering, cues: Cues, catalogue: Catalogue, stops: Collection[int] = ()) -> Evidence:
    """Sorts the slots of a covering and reads the cue words that stand outside names; ``stops`` are where words follow one."""
    evidence = Evidence(text, stops=stops)
    for slot in covering:
        best = slot.best
        match slot.slot:
            case "indicator":
                evidence.indicators.append(slot)
            case "place" if best.kind == "unknown":
                evidence.unknown.append(best)
            case "place":
                evidence.places.append(slot)
            case "member":
                evidence.members.append(slot)
            case "group":
                evidence.groups.append(slot)
            case "per":
                evidence.per = slot
            case "domain":
                evidence.domains.append(slot)
            case "number":
                evidence.numbers.append(best)
            case "period":
                if len(slot.equals()) > 1:
                    evidence.tied.append(slot)
                (evidence.periods if best.period else evidence.relative).append(best)
    if len(evidence.indicators) > 1:
        evidence.indicators = narrowing.without_units(evidence.indicators, catalogue)
        evidence.indicators = narrowing.without_heads(evidence.indicators, text, stops, catalogue)
        evidence.indicators = narrowing.asked_for(evidence.indicators, cues.find("how_many", text), text)
    if not evidence.indicators:
        evidence.indicators = narrowing.implied(evidence.members, catalogue)
    if not evidence.indicators:
        evidence.indicators, evidence.groups = narrowing.counting(evidence.groups, catalogue)
    asked = [slot for slot in evidence.groups if not narrowing.of_the_name(slot, evidence.indicators, catalogue)]
    evidence.grouped_by_name = len(asked) < len(evidence.groups)
    evidence.groups = asked
    evidence.members = narrowing.of_indicator(evidence.members, evidence.indicators, catalogue)
    evidence.groups = narrowing.by_kind(evidence.groups, evidence.indicators, catalogue)
    evidence.groups = narrowing.most_exact(evidence.groups, evidence.members, catalogue)
    evidence.groups = narrowing.one_by_one(evidence.groups, cues.find("how_many", text), text)
    evidence.places = narrowing.not_denied(evidence.places, cues, text)
    evidence.periods = narrowing.without_today(narrowing.not_denied(evidence.periods, cues, text))
    names = [slot for slot in covering if slot.slot not in ("number", "period")]

    def outside(group: str) -> list[Cue]:
        """Cues that are no part of a name; a name may stand inside ("nhiều học sinh nhất") or hold one end of it."""
        return [
            cue for cue in cues.find(group, text) if not any(s.start <= cue.start and cue.end <= s.end for s in names)
        ]

    evidence.order = next(iter(outside("order")), None)
    if evidence.order is not None and len(evidence.indicators) > 1:
        evidence.indicators = narrowing.ordered(evidence.indicators, evidence.order.code, catalogue)
    directions = outside("direction")
    evidence.direction = next(iter(directions), None)
    evidence.against = outside("against")
    evidence.versus = next(iter(outside("versus")), None)
    evidence.rate = bool(outside("rate") or IN_PERCENT.search(text))
    evidence.aimed = bool(cues.find("aim", text))
    units, about = cues.find("unit", text), [] if evidence.periods else cues.find("about", text)
    evidence.unit = bool(units)
    evidence.about = "unit" if units else about[0].code if about else ""
    evidence.groups = [
        slot
        for slot in evidence.groups
        if not any(cue.start < slot.end and slot.start < cue.end for cue in [*units, *about])
    ]
    evidence.mean = bool(cues.find("mean", text))
    evidence.beyond = bool(outside("beyond"))
    evidence.moved = bool(outside("moved"))
    evidence.moment = _is_moment(evidence, catalogue)
    evidence.standing = bool(cues.find("standing", text))
    evidence.latest = bool(cues.find("latest", text)) and not evidence.periods
    evidence.figures = text.startswith(("số ", "so ")) or bool(cues.find("figures", text))
    evidence.each = bool(cues.find("each", text))
    evidence.part = any(slot.best.code != catalogue.province.code for slot in evidence.places)
    evidence.share = bool(cues.find("share", text))
    if evidence.share:
        evidence.members = singled.out(evidence.members, evidence.indicators, cues, text)
    asking = [] if evidence.about else cues.find("how_many", text)
    evidence.counts = len(asking)
    evidence.how_many = any(not LATELY.match(text, cue.end) for cue in asking)
    evidence.undone = evidence.how_many and not any(cue.code == "done" for cue in outside("fulfilled"))
    evidence.why = bool(outside("why")) and not evidence.about
    evidence.turning = bool(outside("turning"))
    if evidence.turning and directions:
        evidence.direction = directions[-1]  # "tăng giảm thế nào, từ bao giờ giảm"
    evidence.cumulative = bool(outside("cumulative"))
    evidence.fulfilment = next(iter(cues.find("fulfilment", text)), None)
    for cue in outside("each_indicator") if any(cue.code == "plan" for cue in evidence.against) else ():
        found = Found(kind="group", code="indicator", text=text[cue.start : cue.end], start=cue.start, end=cue.end)
        evidence.groups.append(Slot("group", cue.start, cue.end, (found,)))
    _limits(evidence, outside("operator"), outside("trailing"))
    return evidence


def _is_long(found: Found) -> bool:
    """Whether a period is several years told as one."""
    period = found.period
    return period is not None and period.grain == "span" and (period.end - period.start).days > 366


def _is_moment(evidence: Evidence, catalogue: Catalogue) -> bool:
    if len(evidence.periods) != 1 or not evidence.indicators:
        return False
    period, grain = evidence.periods[0].period, catalogue.indicator(evidence.indicators[0].best.code).grain
    return period is not None and (period.grain == grain or period.grain in ("day", "month"))


def _is_its_own_mean(evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether a mean over the one period named is the figure itself: nothing finer is stored, or it is a rate."""
    if evidence.groups or not evidence.indicators or len(evidence.periods) > 1:
        return False
    entries = [catalogue.indicator(slot.best.code) for slot in evidence.indicators]
    return evidence.moment or all(entry.ratio is not None or entry.adds.time == "mean" for entry in entries)


def _limits(evidence: Evidence, operators: list[Cue], trailing: list[Cue]) -> None:
    """Numbers are a threshold after "trên", "dưới" …, a limit next to a superlative or before a group."""
    for number in evidence.numbers:
        value = float(number.code)
        before = next((cue for cue in operators if 0 <= number.start - cue.end <= 1), None)
        after = next((cue for cue in trailing if 0 <= cue.start - number.end <= 20), None)
        if after or before:
            code = (after or before).code  # type: ignore[union-attr]
            if code == "ge" and before and not after and evidence.text[before.start : before.end] in ("từ", "tu"):
                continue
            evidence.threshold = Threshold(operator=code, value=value)  # type: ignore[arg-type]
            if before and evidence.order and evidence.order.start <= before.start and before.end <= evidence.order.end:
                evidence.order = None  # "ít nhất 20 trường"
        elif value.is_integer() and 1 <= value <= 100:
            evidence.limit = int(value)


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
    if not keep_whole:
        inside = {ancestor for found in chosen for ancestor in catalogue.ancestors(found.code)}
        chosen = [found for found in chosen if found.code not in inside] or chosen
    at = evidence.versus.end if evidence.versus else 0
    first = min((found.start for found in [*chosen, *evidence.periods] if found.start >= at), default=0)
    if any(period.start == first for period in evidence.periods):
        return chosen, unsure  # "so với 2024 ở Vũng Tàu": the period is the base
    return _with_roles(chosen, evidence), unsure


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
    whole = intent not in TWO_ENDED and (evidence.how_many or intent != "value")
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


def comparison(evidence: Evidence, intent: str, place_count: int) -> Comparison | None:
    """What the figure is held against, if anything."""
    direction = evidence.direction.code if evidence.direction else ""
    presumed = evidence.fulfilment.code if evidence.fulfilment and not direction else direction
    codes = [cue.code for cue in evidence.against]
    kind: ComparisonKind | None = None
    relative = {span.code.split(":")[0] for span in evidence.relative}
    if "same_period_last_year" in codes or relative & {"same_last_year", "same"}:
        kind = "same_period_last_year"
    elif "previous_period" in codes or "previous" in relative:
        kind = "previous_period"
    elif "plan" in codes and intent in ("filter", "compare", "progress", "rank", "extreme"):
        kind, direction = "plan", presumed
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
    if order is None or order.code in ("desc", "asc"):
        return order.code if order else None
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
    if evidence.grouped_by_name and not evidence.groups and intent in ("breakdown", "average", "trend"):
        intent = "value"
    if intent == "value" and "range" in evidence.marks:
        intent = "trend"
    if intent == "filter" and evidence.places and not evidence.groups and "plan" not in evidence.marks:
        intent = "value"  # "Châu Đức có trên 93% không?" asks of this one
    if intent == "average" and _is_its_own_mean(evidence, catalogue):
        intent = "value"
    beside = max(len(evidence.places), len(evidence.periods), len(evidence.members))
    if intent == "compare" and len(evidence.indicators) > 1 and beside < 2 and evidence.versus is None:
        intent = "value"  # "lượt khách với doanh thu của Côn Đảo"
    if intent == "change" and evidence.versus is not None and len(evidence.periods) < 2:
        sides = {slot.start < evidence.versus.start for slot in evidence.members}
        intent = "compare" if len(sides) > 1 else intent  # "khách tây so với khách ta"
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
        grouping=() if side_by_side else tuple(slot.best for slot in evidence.groups),
        order=order,  # type: ignore[arg-type]
        limit=evidence.limit,
        threshold=evidence.threshold,
        comparison=comparison(evidence, intent, len(where)),
        per=per,
        scale=scale,
        planned=evidence.undone and (intent == "progress" or "plan" in evidence.marks),
        cumulative=evidence.cumulative,
        domains=tuple(dict.fromkeys(named)),
        unknown=tuple(evidence.unknown),
    )
    return reading, unsure
