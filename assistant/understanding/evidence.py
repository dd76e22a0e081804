"""What an utterance holds: the slots of a covering sorted by what they are good for, and the cue words outside of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.catalogue.loader import Catalogue
from assistant.language.text import has_marks
from assistant.types import Found, Threshold
from assistant.understanding import elsewhere, narrowing, narrowing_members, narrowing_periods, not_asked, singled
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.lattice import Covering, Slot

LATELY = re.compile(
    r"\s+(?:năm|nam|tháng|thang|quý|quy|tuần|tuan|hôm|hom|ngày|ngay)\s+(?:nay|gần|gan|qua|vừa|vua|trước|truoc|rồi|roi)\b"
)
"""What follows "mấy" where it asks for no number ("mấy năm nay")."""

WHICH = re.compile(r"(?:\s+\w+){0,3}\s+(?:nào|nao)\b")
"""What follows words that point to no place spoken of but ask for one ("của trường cấp ba nào")."""

OR = re.compile(r"\bhay\b(?! là không)")
"""What stands between two ways of counting, of which one is asked for."""

IN_PERCENT = re.compile(r"\d%")
"""A number of percent, which a rate is held against ("đã qua mốc 70% chưa")."""

COUNTED = re.compile(r"(?<!\w)(?:số|so|lượng|luong|tổng|tong)(?!\w)")
"""Words that say that something is counted."""

ENDS = ("from", "to")
"""Roles of the two ends of a stretch."""

NOT_SO_MANY = re.compile(r"(?<!\w)(?:trong (?:số |so )?|(?:lớp|lop|khối|khoi|cấp|cap|hạng|hang) )$")
"""What stands before how many there are of those that are looked at ("trong bảy huyện, nơi nào …"), or before a number that
names ("lớp mười hai")."""

PERCENT, HALF = "%", 50.0
"""The unit of rates, and half of the whole in it."""

ONLY_ITS_END = 1
"""Words of a superlative outside of a name that ends with its beginning ("không khí trong lành | nhất")."""

GUESSED = ("fuzzy", "default", "grammar")
"""How an indicator is found whose name was not said."""

SCALE = "scale"
"""Cues that ask which scale a figure is told on."""

OUTRIGHT = 0.85
"""Score from which a name found by its letters or words counts like one said outright."""


@dataclass
class Evidence:
    """What an utterance holds, sorted by what it is good for."""

    text: str
    stops: Collection[int] = ()
    """Where words of it follow a stop."""
    indicators: list[Slot] = field(default_factory=list)
    places: list[Slot] = field(default_factory=list)
    left_out: list[Slot] = field(default_factory=list)
    """Places that are no part of the groups."""
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
    """The place of one among its like is asked for ("đứng thứ mấy"), or an order by that ("xếp hạng")."""
    position: bool = False
    """… of one, and those it stands among are none to be told one by one ("đứng thứ mấy trong các huyện")."""
    latest: bool = False
    """The last figure there is is asked for in so many words ("lần gần nhất")."""
    figures: bool = False
    """Figures are wanted without a word for how many ("cho xin số")."""
    share: bool = False
    """A part of a whole is asked for in so many words ("chiếm")."""
    each: bool = False
    """One figure for each is asked for in so many words ("theo", "từng")."""
    beyond: bool = False
    """Something no figures tell is asked for in so many words ("số điện thoại", "có nên")."""
    summed: bool = False
    """One figure for a whole stretch "từ … đến …" is asked for ("cộng từ tháng 1 đến tháng 10")."""
    moved: bool = False
    """A change is asked for without saying which way ("thay đổi")."""
    moment: bool = False
    """One period is named, no longer than what the indicator is told for: there is no course within it."""
    aimed: bool = False
    """A plan or how far things are is spoken of, be it in a name ("tiến độ giải ngân")."""
    about: str = ""
    """The shape that asks about the figure instead of for it, where words say so ("tính kiểu gì": definition)."""
    stored: bool = False
    """Which figures there are is asked for in so many words ("có số liệu")."""
    sourced: bool = False
    """Where figures come from is spoken of ("nguồn", "ai báo cáo")."""
    unit: bool = False
    """The unit of figures is asked for in so many words ("theo đơn vị gì")."""
    mean: bool = False
    """A mean is asked for in so many words ("bình quân", "chia đều")."""
    rate: bool = False
    """Percent or rate is asked for in words outside the names."""
    hundred: bool = False
    """… as so many of a hundred of what is counted: "cứ một trăm hộ thì mấy hộ nghèo"."""
    rate_led: bool = False
    """… before what is counted, or before any word for a change: "tỷ lệ … tăng hay giảm" asks how the rate moved."""
    level: bool = False
    """It is asked how high something stands, and no word says that it is counted ("bên nào được chấm hài lòng cao hơn")."""
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

    def without_members(self) -> Evidence:
        """The same without the members named."""
        return replace(self, members=[])

    @property
    def named(self) -> bool:
        """Whether an indicator, or a member of what one is broken down by, was named in its own words."""
        return any(slot.best.match != "fuzzy" or slot.best.score >= OUTRIGHT for slot in self.indicators + self.members)

    @property
    def outright(self) -> bool:
        """Whether it asks for figures in so many words."""
        told = (self.how_many, self.groups, self.order, self.direction, self.rate, self.figures, self.share, self.moved)
        return any((*told, self.threshold, self.cumulative, self.versus, self.per))

    @property
    def asks(self) -> bool:
        """Whether it asks for figures in so many words, or speaks of a time that figures are stored for."""
        return bool(self.outright or self.periods or self.relative)

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
            "places": len(self.places) > 1,
            "facility": any(slot.best.kind == "facility" for slot in self.places),
            "period": self.periods,
            "periods": len(self.periods) > 1,
            "range": not (self.how_many or self.summed) and ends,
            "summed": self.summed,
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
            "stored": self.stored,
            "sourced": self.sourced or self.about == "source",
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
    aside = [*not_asked.included(text, cues, stops), *not_asked.denied(text, cues, stops)]
    evidence.members = narrowing.not_aside(evidence.members, aside)
    kept = narrowing.not_aside(evidence.indicators, aside)
    evidence.indicators = kept if kept or evidence.members else evidence.indicators
    numbered = cues.find("how_many", text)
    if len(evidence.indicators) > 1 and not evidence.groups and cues.find("order", text):
        counted = cues.find("counted", text)
        evidence.indicators, evidence.groups = narrowing.numbered(evidence.indicators, counted, evidence.numbers)
    if len(evidence.indicators) > 1:
        evidence.indicators = narrowing.not_where(evidence.indicators, text)
        evidence.indicators = narrowing.without_units(evidence.indicators, catalogue)
        evidence.indicators = narrowing.not_grouped(evidence.indicators, evidence.groups, numbered, catalogue)
        evidence.indicators = narrowing.without_heads(evidence.indicators, text, stops, catalogue, evidence.places)
        evidence.indicators = narrowing.without_around(evidence.indicators, numbered, text, stops, catalogue)
        evidence.indicators = narrowing.not_of_all(evidence.indicators, cues.find("together", text))
        evidence.indicators = narrowing.asked_for(evidence.indicators, numbered, text, evidence.places)
        evidence.indicators = narrowing.without_wider(evidence.indicators, numbered, catalogue)
        evidence.indicators = narrowing.once(evidence.indicators)
    if has_marks(text) and narrowing.unlikely(evidence.indicators, evidence.members, catalogue):
        evidence.indicators = []
    limits = [cue.end + 1 for cue in cues.find("operator", text)]
    if narrowing.are_counted(evidence.groups, [found for found in evidence.numbers if found.start in limits]):
        evidence.indicators = [slot for slot in evidence.indicators if slot.best.match not in GUESSED]
        if not evidence.indicators:  # "huyện nào có trên 5 trường mầm non"
            evidence.indicators, evidence.groups = narrowing.counting(evidence.groups, catalogue)
    if not evidence.indicators:
        evidence.indicators = narrowing_members.implied(evidence.members, evidence.groups, catalogue)
    if not evidence.indicators:
        evidence.indicators, evidence.groups = narrowing.counting(evidence.groups, catalogue)
    asked = [slot for slot in evidence.groups if not narrowing.of_the_name(slot, evidence.indicators, catalogue)]
    evidence.grouped_by_name = len(asked) < len(evidence.groups)
    evidence.groups = asked
    evidence.members = narrowing_members.of_indicator(evidence.members, evidence.indicators, catalogue)
    evidence.members = narrowing_members.not_aside(evidence.members, evidence.indicators, stops, numbered, catalogue)
    evidence.members = narrowing_members.not_beside(evidence.members, evidence.groups, text, stops)
    evidence.members = narrowing.not_left_out(evidence.members, cues, text, stops)
    evidence.groups = narrowing.by_kind(evidence.groups, evidence.indicators, catalogue)
    evidence.groups = narrowing.most_exact(evidence.groups, evidence.members, catalogue)
    evidence.groups = narrowing.once(evidence.groups)  # "cho các huyện thì huyện nào cao nhất"
    if evidence.places:
        evidence.groups = narrowing.without(evidence.groups, cues.find("both", text))  # "cô cần cả hai huyện"
    there = [cue for cue in cues.find("there", text) if not WHICH.match(text, cue.end)]
    pointing = [cue for cue in there if not any(slot.start < cue.start < slot.end for slot in evidence.members)]
    evidence.members = narrowing.without(evidence.members, pointing)  # "của bệnh viện đó", but "đường xã đó"
    evidence.groups = narrowing.without(evidence.groups, there)  # "trong huyện, ba xã nào …"
    groups = narrowing.one_by_one(evidence.groups, numbered, text)
    evidence.members += narrowing.of_the_kind(evidence.groups, groups, evidence.indicators, catalogue)
    evidence.groups = groups
    if not cues.find("order", text):
        evidence.groups = narrowing.of_those_named(evidence.groups, evidence.places, catalogue)
        evidence.groups = narrowing.asked_after(evidence.groups, stops, cues.find("how_many", text))
    evidence.places, evidence.unknown = elsewhere.told_aside(
        evidence.places, evidence.unknown, text, stops, cues, catalogue
    )
    evidence.places = narrowing.corrected(evidence.places, cues, text)
    evidence.members = narrowing.corrected(evidence.members, cues, text)
    evidence.periods = narrowing.corrected(evidence.periods, cues, text)
    evidence.indicators = narrowing.not_denied(evidence.indicators, cues, text)
    evidence.places = narrowing.not_denied(evidence.places, cues, text)
    evidence.periods = narrowing.not_denied(narrowing_periods.without_told(evidence.periods, cues, text), cues, text)
    evidence.periods, evidence.tied = narrowing_periods.without_again(evidence.periods, evidence.tied)
    evidence.periods = narrowing_periods.without_today(evidence.periods)
    evidence.periods = narrowing_periods.without_wholes(evidence.periods, evidence.groups)
    evidence.periods = narrowing_periods.of_school_years(evidence.periods, evidence.indicators, catalogue)
    evidence.periods = narrowing_periods.of_years(evidence.periods, evidence.indicators, catalogue)
    evidence.periods = narrowing_periods.of_stocks(evidence.periods, evidence.indicators, catalogue)
    if numbered and not evidence.groups:
        evidence.periods, evidence.numbers = narrowing_periods.together(evidence.periods, evidence.numbers, cues, text)
    names = [slot for slot in covering if slot.slot not in ("number", "period")]

    def outside(group: str) -> list[Cue]:
        """Cues that are no part of a name; a name may stand inside ("nhiều học sinh nhất") or hold one end of it."""
        return [
            cue for cue in cues.find(group, text) if not any(s.start <= cue.start and cue.end <= s.end for s in names)
        ]

    evidence.order = _order(text, evidence.indicators, cues) or _telling(outside("order"))
    if evidence.order is not None and len(evidence.indicators) > 1:
        evidence.indicators = narrowing.ordered(evidence.indicators, evidence.order.code, catalogue)
    directions = outside("direction")
    evidence.direction = next(iter(directions), None)
    evidence.against = outside("against")
    evidence.versus = narrowing_periods.held_after(outside("versus"), [*evidence.periods, *evidence.relative], text)
    denials = cues.find("denied", text)
    rates = [cue for cue in outside("rate") if not any(0 <= cue.start - denial.end <= 1 for denial in denials)]
    evidence.hundred = bool(outside("hundred"))
    evidence.rate = bool(rates or evidence.hundred or IN_PERCENT.search(text))
    changes = [*directions, *outside("moved")]
    if rates and len(evidence.indicators) > 1:
        evidence.indicators = narrowing.rated(evidence.indicators, rates[0].start, catalogue)
    if rates:
        heads = any(rates[0].start < slot.start for slot in evidence.indicators[:1])
        evidence.rate_led = bool(changes or heads) and all(rates[0].end <= cue.start for cue in changes)
    evidence.level = bool(outside("level")) and not any(COUNTED.search(text, 0, s.end) for s in evidence.indicators)
    evidence.aimed = bool(cues.find("aim", text))
    units, about = cues.find("unit", text), [] if evidence.periods else cues.find("about", text)
    scaled = any(cue.code == SCALE for cue in about)  # "theo đơn vị gì, thang mấy" is told by the definition
    evidence.unit = bool(units) and not scaled
    evidence.stored = bool(cues.find("stored", text))
    evidence.sourced = bool(cues.find("sourced", text))
    evidence.about = "unit" if evidence.unit else "definition" if scaled else about[0].code if about else ""
    if about and OR.search(text, about[0].start):  # "tỷ lệ thất nghiệp là tính trên tổng dân số hay tính trên ai"
        told = [slot for slot in evidence.indicators if slot.start < about[0].start]
        evidence.indicators = told or evidence.indicators
    evidence.groups = [
        slot
        for slot in evidence.groups
        if not any(cue.start < slot.end and slot.start < cue.end for cue in [*units, *about])
    ]
    evidence.mean = bool(cues.find("mean", text))
    placed = any(not slot.best.code.startswith(("period:", "dimension:")) for slot in evidence.groups)
    beyond = [cue for cue in outside("beyond") if cue.code != "who" or not _touches(cue, evidence)]
    if any(slot.best.match == "exact" for slot in evidence.indicators):  # "giữ rừng ngon nhất, xét độ che phủ rừng"
        beyond = [cue for cue in beyond if not _is_order(cue, evidence.order)]
    beyond = [cue for cue in beyond if not any(each.start <= cue.start and cue.end <= each.end for each in about)]
    evidence.beyond = any(cue.code != "name" or not placed for cue in beyond)
    evidence.moved = bool(outside("moved"))
    evidence.moment = _is_moment(evidence, catalogue)
    standing = cues.find("standing", text)
    evidence.standing = bool(standing)
    if position := next((cue for cue in standing if cue.code == "position"), None):
        evidence.groups = [slot for slot in evidence.groups if slot.start < position.start]
        evidence.position = not evidence.groups
    evidence.latest = bool(cues.find("latest", text)) and not evidence.periods
    evidence.figures = text.startswith(("số ", "so ")) or bool(cues.find("figures", text))
    means = [cue.end + 1 for cue in cues.find("mean", text)]
    evidence.each = any(
        cue.start not in means for cue in cues.find("each", text)
    )  # "bình quân mỗi khách" is one figure
    evidence.share = bool(cues.find("share", text))
    if evidence.share:
        evidence.members = singled.out(evidence.members, evidence.indicators, cues, text)
    asking = [] if evidence.about else cues.find("how_many", text)
    evidence.counts = len(asking)
    evidence.how_many = any(not LATELY.match(text, cue.end) for cue in asking)
    together = [*cues.find("together", text), *cues.find("summed", text)]
    if evidence.how_many and together and not cues.find("each", text):
        evidence.groups = [slot for slot in evidence.groups if not slot.best.code.startswith("dimension:")]
    done = [cue for cue in outside("fulfilled") if cue.code == "done"]
    denied = [cue for cue in done if any(0 <= cue.start - denial.end <= len(" số ") for denial in denials)]
    evidence.undone = evidence.how_many and len(done) == len(denied)  # "… chứ không phải số thực hiện"
    by_kind = any(slot.best.code.startswith("dimension:") for slot in evidence.groups)
    evidence.why = bool(outside("why")) and not evidence.about and not by_kind
    evidence.turning = bool(outside("turning"))
    if evidence.turning and directions:
        evidence.direction = directions[-1]  # "tăng giảm thế nào, từ bao giờ giảm"
    evidence.cumulative = bool(outside("cumulative"))
    evidence.summed = _is_summed(evidence, cues, catalogue)
    evidence.fulfilment = next(iter(cues.find("fulfilment", text)), None)
    for cue in outside("each_indicator") if any(cue.code == "plan" for cue in evidence.against) else ():
        if any(cue.start < stop < cue.end for stop in stops):
            continue  # "mười tháng nay bao nhiêu, chỉ tiêu năm đặt mấy"
        found = Found(kind="group", code="indicator", text=text[cue.start : cue.end], start=cue.start, end=cue.end)
        evidence.groups.append(Slot("group", cue.start, cue.end, (found,)))
    _limits(evidence, outside("operator"), outside("trailing"))
    evidence.indicators = _halved(evidence, cues.find("half", text), catalogue)
    if evidence.threshold is not None and len(evidence.indicators) > 1:
        evidence.indicators = narrowing.tested(evidence.indicators, evidence.numbers)
    return evidence


def _order(text: str, indicators: list[Slot], cues: Cues) -> Cue | None:
    """The superlative that no word of an indicator's name is taken for: "tốt nghiệp … thấp nhất" is no "tốt … nhất"; its own
    words side by side are one, though a name ends with the first ("giải ngân chậm nhất")."""
    for cue in cues.find("order", text):
        crossed = [slot for slot in indicators if slot.start < cue.start < slot.end < cue.end]
        if any(len(text[slot.end : cue.end].split()) == ONLY_ITS_END for slot in crossed):
            return cue
    for slot in indicators:
        text = text[: slot.start] + "_" * (slot.end - slot.start) + text[slot.end :]
    return _telling(cues.find("order", text))


def _touches(cue: Cue, evidence: Evidence) -> bool:
    """Whether a cue stands right beside the superlative, but for a period: "thấp nhất là ai", "chậm nhất tháng 10 là ai"."""
    order = evidence.order
    if order is None:
        return False
    between = next(
        (found for found in evidence.periods if order.end + 1 == found.start and found.end + 1 == cue.start), None
    )
    return cue.start - order.end == 1 or order.start - cue.end == 1 or between is not None


def _is_order(cue: Cue, order: Cue | None) -> bool:
    """Whether the words of a cue are those of the superlative."""
    return order is not None and order.start <= cue.start and cue.end <= order.end


def _telling(orders: list[Cue]) -> Cue | None:
    """The first superlative that tells the way of sorting, else the first: "top 3 … thấp nhất" is ascending."""
    return next((cue for cue in orders if cue.code != "first"), next(iter(orders), None))


def _is_summed(evidence: Evidence, cues: Cues, catalogue: Catalogue) -> bool:
    """Whether "từ … đến …" is one stretch to add up: in so many words, or by asking for "số …" from January on, of what adds
    up over time, with no word for its course: "cho xin số vụ lừa đảo từ tháng 1 đến tháng 10"."""
    ends = [found for found in evidence.periods if found.role in ENDS]
    if len(ends) < len(ENDS) or any(slot.best.code.startswith("period:") for slot in evidence.groups):
        return False
    if cues.find("summed", evidence.text):
        return True
    first, last = ends[0].period, ends[-1].period
    if not evidence.figures or evidence.moved or cues.find("course", evidence.text) or first is None or last is None:
        return False
    begins = first.grain == last.grain == "month" and first.start.month == 1 and first.start.year == last.start.year
    entries = [catalogue.indicator(slot.best.code) for slot in evidence.indicators]
    return begins and all(entry.adds.time == "sum" for entry in entries)


def _is_long(found: Found) -> bool:
    """Whether a period is several years told as one."""
    period = found.period
    return period is not None and period.grain == "span" and (period.end - period.start).days > 366


def _is_moment(evidence: Evidence, catalogue: Catalogue) -> bool:
    if len(evidence.periods) != 1 or not evidence.indicators:
        return False
    period, grain = evidence.periods[0].period, catalogue.indicator(evidence.indicators[0].best.code).grain
    return period is not None and (period.grain == grain or period.grain in ("day", "month"))


def _halved(evidence: Evidence, halves: list[Cue], catalogue: Catalogue) -> list[Slot]:
    """The rate that "quá nửa" tests, where one is named before it: "rừng che phủ quá nửa diện tích"; else all indicators."""
    for cue in halves:
        for slot in reversed(evidence.indicators):
            if slot.start < cue.start and catalogue.indicator(slot.best.code).unit == PERCENT:
                evidence.threshold = Threshold(operator=cue.code, value=HALF)  # type: ignore[arg-type]
                return [slot]
    return evidence.indicators


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
        elif value.is_integer() and 1 <= value <= 100 and not NOT_SO_MANY.search(evidence.text, 0, number.start):
            evidence.limit = int(value)
