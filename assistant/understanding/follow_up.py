"""Talk that goes on: an utterance that leaves something out takes it from the turn before."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from assistant.calendar import code, span
from assistant.language.text import fold
from assistant.types import Comparison, Found, Reading
from assistant.understanding import narrowing
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.shapes import Shape

SPEAKS_OF_TALK = ("follow_up", "correct", "chart")
"""Intents that have no shape of their own: they change the reading before."""

OWN_SHAPE = (
    "trend",
    "turning",
    "why",
    "share",
    "progress",
    "average",
    "definition",
    "unit",
    "source",
    "last_update",
    "compare",
)
"""Shapes that an utterance without an indicator can turn the one before into …"""

ABOUT = ("definition", "unit", "source", "last_update")
"""Shapes about an indicator itself, which names no place or period of its own."""

OWN_BASE = ("plan", "same_period_last_year")
"""What a figure is held against that is told by its own period alone: one that is named is no other base."""

PARTS = ("month", "quarter")
"""Parts of a year that a plan of the year says nothing of."""

OF_SEVERAL = ("rank", "extreme", "filter", "breakdown")
"""Shapes about several places; one place named after all of them asks for its own figure."""

LOOSE = (
    "out_of_scope",
    "coverage",
    "identity",
    "help",
    "greet",
    "thanks",
    "goodbye",
    "repeat",
    "count",
    "list",
    "report",
)
"""Intents that a bare place or period is taken for where its words are few; after a figure it more likely goes on."""

LOOSE_UNDER = 0.93
"""… unless Rasa is surer than this."""

SMALL_TALK = ("identity", "help", "greet", "thanks", "goodbye")
"""Intents that nothing is asked for with: neither a number nor a rate."""

OF_PLACES = ("list", "count")
"""Intents about the places there are, not about figures of them."""

WEAK = ("fuzzy", "grammar", "default")
"""How indicators are found by some of their words, by a counted noun or by a member, not by their names."""

UNDER = 0.7
"""… but not below this confidence."""


def inherited(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The same values, marked as taken from the turn before."""
    return tuple(
        span.model_copy(update={"match": "context", "start": -1, "end": -1, "text": "", "role": ""}) for span in found
    )


def said(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Those that were named, not only implied."""
    return tuple(span for span in found if span.match != "default")


def are_weak(reading: Reading) -> bool:
    """Whether no indicator of a reading was found by its own name."""
    return all(found.match in WEAK for found in reading.indicators)


def codes(found: tuple[Found, ...]) -> frozenset[str]:
    """The codes of what was found."""
    return frozenset(each.code for each in found)


def leans_on_context(
    reading: Reading, shapes: dict[str, Shape], *, rated: bool = False, numbered: bool = False, bare: bool = False
) -> bool:
    """Whether a reading is incomplete by itself but would be complete after another one.

    ``rated``: few words that ask for a rate, a plan or a reason ("đạt tỷ lệ bao nhiêu?", "vì sao?");
    ``numbered``: … for a number of what was spoken of ("được bao nhiêu rồi?"), or one each ("theo từng huyện");
    ``bare``: no word says anything but names ("vẫn tháng ấy, nhưng ở Châu Đức?").
    """
    if reading.unknown:
        return False
    if reading.intent in SPEAKS_OF_TALK:
        return True
    if said(reading.indicators):
        return False
    names = bool(reading.places or reading.periods or reading.grouping or reading.dimensions or reading.order)
    names = names or rated or numbered or reading.per is not None
    unlikely = (rated or numbered) and reading.intent in (*SMALL_TALK, *OF_PLACES)
    unlikely = unlikely or (reading.order is not None and reading.intent in OF_PLACES)
    unlikely = unlikely or reading.per is not None or (reading.planned and reading.intent == "out_of_scope")
    unlikely = unlikely or (bare and reading.intent == "out_of_scope")
    sure = reading.intent_score >= LOOSE_UNDER and not unlikely
    if reading.intent in LOOSE and not sure and names and not reading.domains:
        return True
    return "indicator" in shapes[reading.intent].needs


def same(reading: Reading, before: Reading) -> bool:
    """Whether only what was spoken of is named again, with neither a place nor a period: "chỗ nào … đông nhất?"."""
    named = {found.code for found in said(reading.indicators)}
    anew = reading.places or reading.periods or reading.unknown or reading.intent in ABOUT
    return bool(named) and not anew and named <= {found.code for found in before.indicators}


def of_that_kind(reading: Reading, before: Reading) -> Reading:
    """The reading whose "nơi nào", "ba chỗ nào" means places of the kind, and in the area, that were told one by one just
    before: "còn ít nhất là ba nơi nào" after three communes of a district."""
    kinds = [found for found in before.grouping if ":" not in found.code or found.code.startswith("facility:")]
    vague = [found for found in reading.grouping if not narrowing.VAGUE.isdisjoint(fold(found.text).split())]
    if len(kinds) != 1 or len(vague) != 1 or len(reading.grouping) != 1 or reading.places:
        return reading
    of_kind = vague[0].model_copy(update={"code": kinds[0].code})
    return reading.model_copy(update={"grouping": (of_kind,), "areas": inherited(before.areas)})


def merge(reading: Reading, before: Reading) -> Reading:
    """What an utterance means after ``before``: what it names replaces, what it leaves out is inherited."""
    reading = _stretched(reading, before)
    if reading.intent == "average":
        before = before.model_copy(update={"periods": _as_one(before.periods)})
    places = reading.places
    apart = {found.code.removeprefix("dimension:") for found in reading.grouping}
    if apart and not reading.dimensions:  # "tách hai loại ấy ra" after one of them
        kept = tuple(found for found in before.dimensions if found.code.partition(":")[0] not in apart)
        before = before.model_copy(update={"dimensions": kept})
    named: dict[str, Any] = {
        "indicators": said(reading.indicators) or inherited(before.indicators),
        "areas": reading.areas if places else inherited(before.areas),
        "facilities": reading.facilities if places else inherited(before.facilities),
        "agencies": reading.agencies if places else inherited(before.agencies),
        "periods": reading.periods or inherited(before.periods),
        "dimensions": _members(reading.dimensions, before.dimensions)
        if same(reading, before) or not said(reading.indicators)
        else reading.dimensions,
        "left_out": reading.left_out or (inherited(before.left_out) if not reading.grouping else ()),
        "grouping": reading.grouping or inherited(before.grouping),
        "order": reading.order or before.order,
        "limit": reading.limit or before.limit,
        "threshold": reading.threshold or before.threshold,
        "comparison": reading.comparison or before.comparison,
        "per": reading.per or (before.per if not said(reading.indicators) else None),
        "scale": reading.scale if reading.per else before.scale,
        "planned": reading.planned or before.planned,
        "cumulative": reading.cumulative or before.cumulative,
        "standing": reading.standing
        or (before.standing and reading.intent in (*LOOSE, "follow_up", "correct") and not reading.grouping),
        "domains": reading.domains or before.domains,
    }
    if places and before.places and all(found.role == "base" for found in places):
        both = inherited(before.places) + places
        named |= {field: tuple(f for f in both if f.kind == kind) for kind, field in PLACE_FIELDS.items()}
    if not places and any(not found.code.startswith(("period:", "dimension:")) for found in reading.grouping):
        # "đơn vị nào thấp nhất" after one agency asks of all of them.
        named |= {"facilities": (), "agencies": ()}
    intent = _intent(reading, before)
    if intent == "chart":
        intent = "trend" if before.intent in ("value", "change") else before.intent
    if intent != before.intent and intent in (*OWN_SHAPE, "change") and intent != "progress":
        named["planned"] = reading.planned  # "diễn biến từ 2021 đến 2025?" after a plan asks for what was done
    if intent in ("value", "trend"):
        named |= {"order": None, "limit": None, "threshold": None, "comparison": None}
    if intent in ("value", "change", "trend") and not reading.grouping:
        named["grouping"] = ()
    if intent == "trend" != before.intent and not reading.periods and len(before.periods) < 2:
        named[
            "periods"
        ] = ()  # a course holds its stretch: "Long Đất thì sao?" after one from the beginning of the year
    if intent == "change" and len(reading.periods) == 1 and before.periods and not _replaces(reading, before):
        named |= _against(reading, before)
    return reading.model_copy(update=named | {"intent": intent})


def _stretched(reading: Reading, before: Reading) -> Reading:
    """ "Từ tháng 1 đến tháng 9 thì sao?" after one figure asks for that of the whole stretch; several years for their course."""
    ends = [found.period for found in reading.periods if found.period and found.role in ("from", "to")]
    going_on = reading.intent in ("follow_up", "correct") and before.intent == "value"
    if not going_on or len(ends) != 2 or ends[0].start > ends[1].end or (held := reading.comparison) is None:
        return reading
    if held.kind != "period" or held.direction:
        return reading
    whole = span(ends[0].start, ends[1].end)
    if whole.start.year != whole.end.year:
        return reading.model_copy(update={"intent": "trend", "intent_score": 1.0})
    found = reading.periods[1].model_copy(update={"period": whole, "code": code(whole), "role": ""})
    return reading.model_copy(update={"periods": (found,), "comparison": None})


def _as_one(periods: tuple[Found, ...]) -> tuple[Found, ...]:
    """The stretch from the first of two periods to the second, which a mean is taken over; others as they are."""
    ends = [found.period for found in periods if found.period]
    if len(ends) != 2 or ends[0].start > ends[1].end or ends[0].grain != ends[1].grain:
        return periods
    whole = span(ends[0].start, ends[1].end)
    return (periods[0].model_copy(update={"period": whole, "code": code(whole), "role": ""}),)


def _replaces(reading: Reading, before: Reading) -> bool:
    """Whether a period that is named replaces the one before: "quý 2 thì thế nào?" after a change from the quarter before,
    "kế hoạch giao cho năm 2026 là bao nhiêu?", "so với cùng kỳ thì tháng 9 tăng hay giảm?"."""
    if reading.periods[0].role:
        return False
    if reading.comparison is not None:
        return reading.comparison.kind in OWN_BASE
    held = before.comparison is None or before.comparison.kind != "period"
    return held and (reading.intent in ("follow_up", "correct", "value") or reading.intent in LOOSE)


def together(reading: Reading, before: Reading, earlier: Reading) -> Reading:
    """A change between the periods of two readings of the same; the reading as it is where they are no such two."""
    same = all(
        {found.code for found in getattr(before, field)} == {found.code for found in getattr(earlier, field)}
        for field in ("indicators", "areas", "facilities", "agencies", "dimensions")
    )
    ends = [found for each in (earlier, before) if len(each.periods) == 1 for found in each.periods if found.period]
    if not same or len(ends) != 2 or ends[0].code == ends[1].code:
        return reading
    first, last = sorted(inherited(tuple(ends)), key=lambda found: found.period.end if found.period else date.min)
    base, subject = (found.model_copy(update={"role": role}) for found, role in ((first, "base"), (last, "subject")))
    direction = reading.comparison.direction if reading.comparison else ""
    return reading.model_copy(
        update={"periods": (subject, base), "comparison": Comparison(kind="period", direction=direction)}
    )


def _intent(reading: Reading, before: Reading) -> str:
    if reading.standing:
        return "rank"
    if reading.intent == "chart":
        return "chart"
    if reading.grouping and all(found.code.startswith("period:") for found in reading.grouping):
        return "average" if reading.intent == "average" and reading.intent_score >= UNDER else "trend"
    if reading.intent == "why" and reading.intent_score >= UNDER and before.intent == "change":
        return "why"  # "sao mà nó tăng vậy, huyện nào làm tăng"
    if reading.grouping and reading.threshold and reading.intent == "filter":
        return "filter"  # "huyện nào trên 95%?"
    if reading.grouping and not reading.order:
        return before.intent if before.intent in ("rank", "extreme") else "breakdown"
    if reading.order and (reading.grouping or before.grouping):
        if reading.intent == "rank" and reading.limit is None and reading.intent_score >= UNDER:
            return "rank"
        return "extreme" if reading.limit in (None, 1) else "rank"
    if any(found.role == "base" for found in reading.periods):
        return "change"
    held = reading.comparison.kind if reading.comparison is not None else "place"
    if held == "period" and (len(reading.periods) < 2 or (reading.intent == "trend" and reading.intent_score >= UNDER)):
        held = "place"  # "từ 2021 đến 2025" is one stretch
    if held != "place":
        return "change"
    if any(found.role == "denominator" for found in reading.areas):
        return "share"
    if len(reading.places) > 1 or any(found.role == "base" for found in reading.places):
        return "compare"
    names = reading.places or reading.periods or reading.dimensions
    if reading.intent in OWN_SHAPE and reading.intent_score >= UNDER and not (names and reading.intent in ABOUT):
        return reading.intent
    if before.intent in ABOUT and reading.intent in OWN_SHAPE and reading.intent not in ABOUT:
        return reading.intent
    if before.intent in ABOUT and names:
        return "value"
    if before.intent in OF_SEVERAL and reading.places and not (before.places or reading.dimensions):
        return "value"
    if before.intent == "compare" and len(before.places) > 1 and len(reading.places) == 1:
        return "value"
    if before.intent == "share" and said(reading.indicators) and not (reading.dimensions or same(reading, before)):
        return "value"
    return before.intent


def _members(new: tuple[Found, ...], old: tuple[Found, ...]) -> tuple[Found, ...]:
    """A new member replaces the old one of its dimension."""
    replaced = {found.code.split(":")[0] for found in new}
    return new + inherited(tuple(found for found in old if found.code.split(":")[0] not in replaced))


def _against(reading: Reading, before: Reading) -> dict[str, object]:
    """ "So với năm 2020?": the period named is the base, the one before stays the subject."""
    base = tuple(found.model_copy(update={"role": "base"}) for found in reading.periods[:1])
    subject = tuple(found.model_copy(update={"role": "subject"}) for found in inherited(before.periods[:1]))
    direction = reading.comparison.direction if reading.comparison else ""
    return {"periods": subject + base, "comparison": Comparison(kind="period", direction=direction)}


def corrected(reading: Reading, text: str, cues: Cues) -> Reading:
    """ "Khoan, anh nói lộn, Xuyên Mộc mới đúng" puts the place named in that of the one before."""
    names = reading.places or reading.periods or reading.dimensions
    if not names or said(reading.indicators) or not cues.find("mistaken", text):
        return reading
    update: dict[str, object] = {"intent": "correct", "intent_score": 1.0}
    if len(reading.areas) == len(reading.places) > 1:  # "Bà Rịa hả, không, Phú Mỹ mới đúng"
        update |= {"areas": (max(reading.areas, key=lambda found: found.start),), "comparison": None}
    return reading.model_copy(update=update)


def asks_plan(evidence: Evidence, cues: Cues) -> bool:
    """Whether nothing is said but words of a plan: "dự toán giao?" asks what it is, not how far things are."""
    told = cues.spoken(("against", "aim", "there", "then", "together"), evidence.text)
    named = [(slot.start, slot.end) for slot in evidence.places]
    named += [(found.start, found.end) for found in evidence.periods]
    words = (
        word.group()
        for word in re.finditer(r"\w+", evidence.text)
        if not any(start <= word.start() < end for start, end in named)
    )
    rest = {word for word in words if word not in told and fold(word) not in cues.filler and word not in cues.chat}
    done = any(cue.code == "done" for cue in cues.find("fulfilled", evidence.text))
    return "plan" in evidence.marks and not (rest or done or evidence.versus)


def asked_for(merged: Reading, evidence: Evidence, cues: Cues) -> Reading:
    """One figure in the shape that the words ask for: its plan, its reasons, its turn, its change."""
    planned = "plan" in evidence.marks and merged.intent == "share" and not evidence.share
    asked = merged.planned or asks_plan(evidence, cues)
    if asked and merged.intent == "progress":
        return merged.model_copy(update={"planned": True})
    if (merged.intent not in ("value", "change", "why", *ABOUT) and not planned) or merged.grouping:
        return merged
    if "plan" in evidence.marks:
        plan = Comparison(kind="plan")
        return merged.model_copy(update={"intent": "progress", "comparison": plan, "planned": asked})
    if evidence.why or (evidence.turning and not evidence.about):
        return merged.model_copy(update={"intent": "why" if evidence.why else "turning"})
    if (evidence.direction or evidence.moved) and not evidence.places:
        held = merged.comparison or Comparison(kind="previous_period")
        return merged.model_copy(update={"intent": "change", "comparison": held})
    return merged


def without_plan(reading: Reading, before: Reading, evidence: Evidence, *, done: bool) -> Reading:
    """The reading before as one about what was done alone, where a plan was spoken of and the words speak of none: "huyện nào
    thấp nhất?", "riêng tháng trước được mấy người?"."""
    held = before.comparison is not None and before.comparison.kind == "plan"
    if not held or "plan" in evidence.marks or evidence.aimed:
        return before
    short = any(found.period and found.period.grain in PARTS and not found.role for found in reading.periods)
    if (reading.order and not done) or (short and evidence.how_many and not (evidence.rate or evidence.versus)):
        return before.model_copy(update={"planned": False, "comparison": None, "intent": "value"})
    return before
