"""What a story told before the question names, where the question names its own: "Phú Mỹ toàn nhà máy, tai nạn giao thông chia
ra từng huyện" asks of no place, "bà con Châu Đức sợ dịch tả heo, khách du lịch tháng 10 …" of no outbreaks."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import has_marks
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.evidence import OUTRIGHT, Evidence
from assistant.understanding.lattice import Slot

ASKS = ("how_many", "rate", "share", "each", "standing", "about", "unit", "which_of", "why", "course")
"""Cues of what is asked: what is said before the first of them may be told only."""

HOLDS = ("versus", "against", "moved", "both", "than")
"""Cues by which one thing is held against another."""

STRANGE = 2
"""Words outside of names, none that are said in any question, from which what is said before a stop is a story; one is enough
where it has a figure of its own."""

PROVINCE = re.compile(
    r"(?<!ngoài )(?<!ngoai )(?<!các )(?<!cac )\b(?:tỉnh|tinh)\b(?! (?:ủy|uy|bạn|ban|khác|khac|lân|lan)\b)"
)
"""How the province is named where it is no name: "độ che phủ rừng của tỉnh"."""

WIDE = ("district", "agency")
"""Groups whose members lie in no district: who asks for each of them asks of the whole province."""

LED = "led"
"""Cues of lists that lead to their members."""

PLURAL = ("mấy", "may")
"""A word for a number that is a plural in what is only told."""


def without(evidence: Evidence, cues: Cues, catalogue: Catalogue) -> None:
    """Takes out of the evidence what is named in a story up to a stop, of each kind that is named, outright, in what is asked
    behind it. Nothing where things told are held against others, or pointed to."""
    end = _end(evidence, cues)
    if not end:
        return
    text = evidence.text
    asked = [slot for slot in evidence.indicators if slot.start >= end]
    fields = {catalogue.indicator(slot.best.code).domain for slot in asked}
    told = [slot for slot in evidence.indicators if slot.start < end]
    alike = any(
        catalogue.indicator(slot.best.code).domain in fields for slot in told
    )  # may be a list: "số vụ, tỷ lệ …"
    if not alike and any(slot.best.score >= OUTRIGHT for slot in asked):
        evidence.indicators = asked
    places = [slot for slot in evidence.places if slot.start >= end]
    periods = [found for found in evidence.periods if found.start >= end]
    within = len(places) > 1 or len(periods) > 1 or any(found.start >= end for found in evidence.relative)
    held = not within and any(cue.start >= end for group in HOLDS for cue in cues.find(group, text))
    pointed = any(
        cue.start >= end for group in ("there", "that") for cue in _apart(cues.find(group, text), evidence.places)
    )
    listed = any(slot.start == end for slot in places) and any(slot.end + 1 == end for slot in evidence.places)
    named = bool(places) or PROVINCE.search(text, end) is not None
    if not (pointed or listed) and ((named and not held) or _is_wide(evidence, end, catalogue)):
        evidence.places = places
    if periods and not held and not any(cue.start >= end for cue in cues.find("then", text)):
        evidence.periods = periods


def _end(evidence: Evidence, cues: Cues) -> int:
    """Where the story ends: the last stop before anything is asked, after something that is no part of the question, with an
    indicator named behind it; 0 without one."""
    text = evidence.text
    asks = _apart([cue for group in ASKS for cue in cues.find(group, text)], [*evidence.indicators, *evidence.groups])
    asks = [cue for cue in asks if not _is_plural(cue, asks, evidence)]
    first = min([*(cue.start for cue in asks), *(slot.start for slot in evidence.groups)], default=len(text))
    last = max((slot.start for slot in evidence.indicators), default=0)
    holding = [cue.start for group in HOLDS for cue in cues.find(group, text)]
    ends = [stop for stop in evidence.stops if stop <= min(first, last) and not any(at < stop for at in holding)]
    strange = [word.start() for word in _strange(evidence, cues)]
    end = max(
        (end for begin, end in pairwise([0, *sorted(ends)]) if any(begin <= at < end for at in strange)), default=0
    )
    if any(cue.start == end and cue.code == LED for cue in cues.find("lists", text)):
        return 0  # "UBND huyện nhận hồ sơ tháng mười, tách hộ tôi: nộp mạng, nộp tay"
    asked = {slot.best.code for slot in evidence.indicators if slot.start >= end}
    own = any(slot.best.code not in asked for slot in evidence.indicators)
    return end if sum(at < end for at in strange) >= (1 if own else STRANGE) else 0


def _is_plural(cue: Cue, asks: Collection[Cue], evidence: Evidence) -> bool:
    """Whether a "mấy" that begins a clause counts nothing, with a stop before what asks: "mấy chủ tiệm than khó, tháng 10 …"."""
    if evidence.text[cue.start : cue.end] not in PLURAL or cue.start not in {0, *evidence.stops}:
        return False
    return any(cue.start < stop <= other.start for stop in evidence.stops for other in asks)


def _apart(found: Collection[Cue], slots: Collection[Slot]) -> list[Cue]:
    """The cues that are part of no name."""
    return [cue for cue in found if not any(slot.start < cue.end and cue.start < slot.end for slot in slots)]


def _is_wide(evidence: Evidence, end: int, catalogue: Catalogue) -> bool:
    """Whether one figure is asked for, behind the story, for each of something that lies in none of the places told."""
    groups = {slot.best.code for slot in evidence.groups if slot.start >= end}
    kinds = {catalogue.place_kind(slot.best.code) for slot in evidence.places if slot.start < end}
    return bool(groups.intersection(WIDE)) and kinds <= {"district", "commune", "agency"} and bool(kinds)


def _strange(evidence: Evidence, cues: Cues) -> list[re.Match[str]]:
    """The words that are part of no name and not said in any question."""
    slots = (*evidence.indicators, *evidence.places, *evidence.members, *evidence.groups, *evidence.domains)
    held = [(slot.start, slot.end) for slot in slots]
    held += [(found.start, found.end) for found in (*evidence.periods, *evidence.relative, *evidence.numbers)]
    usual = cues.opening | cues.chat if has_marks(evidence.text) else cues.filler | cues.chat
    return [
        word
        for word in re.finditer(r"\w+", evidence.text)
        if word.group() not in usual and not any(start <= word.start() < stop for start, stop in held)
    ]
