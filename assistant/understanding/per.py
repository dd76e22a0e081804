"""What a figure is divided by: "trên 10.000 dân", "tính trên đầu người", "trên một trường". Words are in ``cues.yml``.

The phrase becomes one slot of a covering, out of Rasa's sight: the question keeps its shape without it.
"""

from __future__ import annotations

import re

from assistant.catalogue.catalogue import Catalogue
from assistant.types import Found
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.lattice import PER, Covering, Slot, placed

ON = ("trên ", "tren ")
"""Words that lead to people or to a limit."""

HAVING = re.compile(r"\b(?:có|co|còn|con|đạt|dat|được|duoc|thiếu|thieu) $")
"""Words after which "trên" leads to how much there is."""


def attach(text: str, covering: Covering, cues: Cues, catalogue: Catalogue) -> Covering:
    """The covering with the phrase as a slot, in place of the number and the name it is made of; as it was where
    nothing is divided. The slot's candidates are the denominator, an indicator, and the number of it."""
    named = [slot for slot in covering if slot.slot not in ("number", "period")]
    leads = [cue for cue in cues.find("per_lead", text) if not (_inside(cue, named) or _tests(text, cue))]
    found = [*_heads(text, covering, cues, leads), *_named(text, covering, cues, leads, catalogue)]
    most = max(found, key=lambda slot: int(slot.candidates[-1].code), default=None)  # "theo đầu dân, cứ 100.000 người"
    return covering if most is None else placed(covering, [most])


def _tests(text: str, cue: Cue) -> bool:
    """Whether "trên" only says how much there is: "huyện nào có | trên 30 sản phẩm"."""
    return text.startswith(ON, cue.start) and HAVING.search(text, 0, cue.start) is not None


def _heads(text: str, covering: Covering, cues: Cues, leads: list[Cue]) -> list[Slot]:
    """Per so many people: a word for them after a number or one of the words that lead to it."""
    found = []
    for cue in cues.find("per", text):
        code, _, scale = cue.code.partition(":")
        others = [slot for slot in covering if slot.slot == "indicator" and not _over(slot, cue)]
        around = [slot for slot in covering if slot.slot in ("indicator", "place", "period") and _over(slot, cue)]
        if any(slot.slot != "indicator" or slot.best.code != code for slot in around):
            continue
        number = next((slot for slot in _numbers(covering) if slot.start <= cue.start <= slot.end + 1), None)
        start = min(cue.start, number.start) if number else cue.start
        last = number.end if number else start  # "tính trên một vạn dân": the number begins within the words
        lead = next((each for each in leads if each.start < start and start - 1 <= each.end <= last), None)
        said = [slot.best.code for slot in others]
        unsaid = not said and (_is_limit(text, lead, covering) if lead else not _asked_after(text, cue, cues))
        if (lead is None and number is None) or said == [code] or unsaid:
            continue
        found.append(_slot(text, lead.start if lead else start, cue.end, code, number, scale or "1"))
    return found


def _is_limit(text: str, lead: Cue, covering: Covering) -> bool:
    """Whether "trên" leads to a number that places are held against: "huyện nào có trên một trăm nghìn dân"."""
    groups = any(slot.slot == "group" for slot in covering)
    return lead.code == "on" or (groups and text[lead.start : lead.end].startswith(ON))


def _asked_after(text: str, cue: Cue, cues: Cues) -> bool:
    """Whether something else is counted behind the words for people: "một vạn dân thì được mấy cái?"."""
    return any(asked.start > cue.end for asked in cues.find("how_many", text))


def _named(text: str, covering: Covering, cues: Cues, leads: list[Cue], catalogue: Catalogue) -> list[Slot]:
    """Per one of something that is counted: an indicator's name, or a kind of facility, named as a group or barely.

    What is divided is another indicator, or what a number is asked of ("mỗi lớp bình quân bao nhiêu em").
    """
    indicators = [slot for slot in covering if slot.slot == "indicator"]
    asking = cues.find("how_many", text)
    below = [(slot.start, slot.end, slot.best.code) for slot in covering if slot.slot in ("indicator", "group")]
    below += [
        (cue.start, cue.end, cue.code)
        for cue in cues.find("counted", text)
        if not any(_over(slot, cue) for slot in covering)
    ]
    for begin, end, code in below:
        number = next((each for each in _numbers(covering) if 0 <= begin - each.end <= 1), None)
        start = number.start if number else begin
        lead = next((each for each in leads if 0 <= start - each.end <= 1 or 0 <= begin - each.end <= 1), None)
        others = [slot for slot in indicators if (slot.start, slot.end) != (begin, end)]
        counted = lead is not None and lead.code == "each" and any(not _within(cue, lead.start, end) for cue in asking)
        if lead is None or not (others or counted):
            continue
        if code.startswith("facility:") and lead.code != "mean":
            code = catalogue.facility_kinds[code.partition(":")[2]].counted_by
        elif number is None and lead.code != "each":
            continue
        if code in catalogue.indicators and catalogue.indicator(code).ratio is None:
            return [_slot(text, lead.start, end, code, number, "1")]
    return []


def _slot(text: str, start: int, end: int, code: str, number: Slot | None, scale: str) -> Slot:
    count = number.best.code if number and number.best.code.isdigit() and int(number.best.code) else scale
    words = text[start:end]
    below = Found(kind="indicator", code=code, text=words, start=start, end=end, match="grammar", role="denominator")
    return Slot(PER, start, end, (below, below.model_copy(update={"kind": "number", "code": count})))


def _numbers(covering: Covering) -> list[Slot]:
    return [slot for slot in covering if slot.slot == "number"]


def _over(slot: Slot, cue: Cue) -> bool:
    return slot.start < cue.end and cue.start < slot.end


def _within(cue: Cue, start: int, end: int) -> bool:
    return start <= cue.start and cue.end <= end


def _inside(cue: Cue, slots: list[Slot]) -> bool:
    return any(slot.start <= cue.start and cue.end <= slot.end for slot in slots)
