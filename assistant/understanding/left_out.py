"""Places that are no part of what is ordered or told one by one: "huyện nào nhiều vụ cháy nhất, không kể Vũng Tàu"."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.types import Found, Reading
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.lattice import Covering, Slot

JOINED = re.compile(r"\s*(?:(?:và|va|với|voi|cùng|cung|lẫn|lan|hay|hoặc|hoac)\s+)?(?:cả |ca |luôn |luon )?")
"""What stands between two places that are left out together."""

MORE = re.compile(r"\b(?:nữa|nua|luôn|luon|thêm|them)\b")
"""Words by which more is left out than was before."""

CUES = ("denied", "leaves_out")
"""Cues before such a place, or around it ("ngoài Vũng Tàu ra")."""

OTHERS = ("period", "dimension", "indicator")
"""Groups of no places."""

BESIDE = "beside"
"""Code of cues that leave out only what a stop follows: "ngoài Vũng Tàu, huyện nào …", but "ngoài Côn Đảo huyện …"."""


def apart(text: str, covering: Covering, cues: Cues, stops: Collection[int]) -> tuple[Covering, list[Slot], list[Cue]]:
    """The covering without the places that are left out, these, and the words that do so; all of the covering where nothing
    is told by place, or it is told by what was spoken of before."""
    cued = [cue for group in CUES for cue in cues.find(group, text)]
    left_out: list[Slot] = []
    leaving: list[Cue] = []
    for slot in (each for each in covering if cued and each.slot == "place" and each.best.kind != "unknown"):
        before = [cue for cue in cued if _leaves_out(cue, slot, stops)]
        if before or (left_out and JOINED.fullmatch(text, left_out[-1].end, slot.start)):
            left_out.append(slot)
            leaving += before
    if not any(slot.slot == "group" and is_of_places(slot.best) for slot in covering):
        return covering, left_out, leaving
    return tuple(slot for slot in covering if slot not in left_out), left_out, leaving


def grouped(evidence: Evidence, covering: Covering) -> None:
    """Gives back the group that only its members left out tell of: "các huyện trừ Vũng Tàu"."""
    if evidence.left_out and not evidence.groups:
        evidence.groups = [slot for slot in covering if slot.slot == "group" and is_of_places(slot.best)][:1]


def next_turn(best: Candidate, before: Reading) -> Candidate:
    """What leaves out some of the places told one by one before: "bỏ Vũng Tàu ra thì sao?"."""
    left_out = tuple(slot.best for slot in best.evidence.left_out)
    if not left_out or best.reading.grouping or not any(map(is_of_places, before.grouping)):
        return best
    codes = {found.code for found in left_out}
    if MORE.search(best.evidence.text):
        left_out = (*(found for found in before.left_out if found.code not in codes), *left_out)
    kept = {
        field: tuple(found for found in getattr(best.reading, field) if found.code not in codes)
        for field in PLACE_FIELDS.values()
    }
    intent = {"intent": "follow_up", "intent_score": 1.0}
    return best._replace(reading=best.reading.model_copy(update=kept | intent | {"left_out": left_out}))


def is_of_places(group: Found) -> bool:
    """Whether something is told place by place."""
    return group.code.partition(":")[0] not in OTHERS


def _leaves_out(cue: Cue, slot: Slot, stops: Collection[int]) -> bool:
    stands = 0 <= slot.start - cue.end <= 1 or cue.start < slot.start < slot.end < cue.end
    return stands and (cue.code != BESIDE or slot.end + 1 in stops)
