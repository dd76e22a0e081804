"""Why something is asked, told after the question: "… cứu được bao nhiêu người, anh cần để ký giấy khen cho anh em"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.understanding import narration
from assistant.understanding.candidate import Candidate
from assistant.understanding.clauses import LAST
from assistant.understanding.cues import Cue, Cues

TOLD = 2
"""Words that name nothing and ask nothing which a reason has at the least."""

SHORTEST = 2
"""Words before a reason that is led to after a stop ("cảm ơn em, chị sẽ …")."""

ASKING = ("each", "against", "share", "about", "unit", "why", "turning")
"""Cues that ask for figures beside words for a number …"""

PLURAL = ("mấy", "may")
"""… among which this is no more than a plural after words that tell what something is for ("để trả lời mấy chủ tàu")."""


def begins(candidate: Candidate, stops: Collection[int], cues: Cues, catalogue: Catalogue) -> list[tuple[int, bool]]:
    """Where in an utterance nothing more may be asked, the earliest first: at a person who needs something or at "để", which
    lead to a reason, or after a stop; with whether it is led to."""
    text = candidate.evidence.text
    aims = [cue.start for cue in cues.find("purpose", text)]
    leads = {*aims, *_needs(cues.find("people", text), cues.find("needs", text))}
    long = (
        start
        for start in sorted({*stops, *leads})
        if len(text[:start].split()) >= (SHORTEST if start in stops and start in leads else LAST)
    )
    return [
        (start, start in leads)
        for start in long
        if _is_told(
            candidate,
            start,
            aims,
            cues,
            catalogue,
            least=TOLD - (start in leads and start in stops),
            is_led=start in leads,
        )
    ]


def _needs(people: Sequence[Cue], needs: Sequence[Cue]) -> list[int]:
    """Where a person is named who needs, wants or is about to do something."""
    said = {cue.start for cue in needs}
    return [cue.start for cue in people if cue.end + 1 in said]


def _is_told(
    candidate: Candidate,
    start: int,
    aims: Collection[int],
    cues: Cues,
    catalogue: Catalogue,
    *,
    least: int,
    is_led: bool,
) -> bool:
    """Whether from here on something is told that is no part of what is asked, in so many words at the ``least``, and nothing
    is asked."""
    text = candidate.evidence.text
    aim = min((at for at in aims if at >= start), default=len(text))
    asked = any(cue.end <= start for cue in cues.find("how_many", text))
    for cue in cues.find("how_many", text):
        people = any(cue.end + 1 == person.start for person in cues.find("people", text))
        plural = text[cue.start : cue.end] in PLURAL and (cue.start > aim or people or (is_led and asked))
        if cue.start >= start and not plural:
            return False
    if any(start <= cue.start for group in ASKING for cue in cues.find(group, text)) or _holds(candidate, start, cues):
        return False
    orders = [cue.start for cue in cues.find("order", text)]
    if candidate.evidence.groups and orders and min(orders) >= start:
        return False
    told = len(text[aim:].split()) - 1 if aim < len(text) else narration.off(candidate, cues, catalogue, start=start)
    return told >= least


def _holds(candidate: Candidate, start: int, cues: Cues) -> bool:
    """Whether from here on figures are held against those of a place or a time that is named: "cần so với tháng 9", but not
    "cần đối chiếu với tờ trình"."""
    evidence = candidate.evidence
    slots = [slot.start for slot in (*evidence.places, *evidence.members, *evidence.groups)]
    named = [*slots, *(found.start for found in (*evidence.periods, *evidence.relative))]
    held = [cue.end for cue in cues.find("versus", evidence.text) if cue.start >= start]
    return any(at >= min(held) for at in named) if held else False
