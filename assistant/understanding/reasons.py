"""Why something is asked, told after the question: "… cứu được bao nhiêu người, anh cần để ký giấy khen cho anh em"."""

from __future__ import annotations

from collections.abc import Collection

from assistant.catalogue.catalogue import Catalogue
from assistant.understanding import narration
from assistant.understanding.candidate import Candidate
from assistant.understanding.clauses import EXCLAIMS, LAST
from assistant.understanding.cues import Cues

TOLD = 2
"""Words that name nothing and ask nothing which a reason has at the least."""

SHORTEST = 2
"""Words before a reason that is led to after a stop ("cảm ơn em, chị sẽ …")."""

SPOKEN_TO = ("em", "con", "cháu", "chau", "bạn", "ban")
"""Who answers: a stop and one of these begin an order."""

HELD = ("which_of", "than", "moved", "direction", "versus", "order", "course", "how_about")
"""Cues that ask for figures held against each other, or go on asking …"""

ASKING = ("each", "against", "share", "about", "unit", "why", "turning")
"""… and that ask for figures beside words for a number, wherever they stand."""


def begins(candidate: Candidate, stops: Collection[int], cues: Cues, catalogue: Catalogue) -> list[tuple[int, bool]]:
    """Where in an utterance nothing more may be asked, the earliest first: at a person who needs something or at "để", which
    lead to a reason, or after a stop; with whether it is led to."""
    text = candidate.evidence.text
    aims = [cue.start for cue in cues.find("purpose", text)]
    leads = {*aims, *narration.needing(text, cues)}
    persons = {cue.start for cue in cues.find("people", text) if text[cue.start : cue.end] not in SPOKEN_TO}
    persons &= set(stops)  # "…, anh khoe với khách du lịch"
    closed = {cue.end + 1 for cue in cues.find("how_about", text)}  # "riêng nước biển thì sao, dân du lịch họ quan tâm"
    long = (
        start
        for start in sorted({*stops, *leads})
        if len(text[:start].split()) >= (SHORTEST if start in stops and start in leads else LAST)
    )
    found = [
        (start, start in leads)
        for start in long
        if _is_told(
            candidate,
            start,
            aims,
            cues,
            catalogue,
            least=TOLD
            - (start in leads and start in stops) * (2 - _names(candidate, start))
            - (start in closed or start in persons - leads),
            is_led=start in leads,
        )
    ]
    led = [start for start, is_led in found if is_led]
    return [
        (start, is_led)
        for start, is_led in found
        if is_led or not _asks(candidate, start, min((at for at in led if at > start), default=start), cues)
    ]


def _asks(candidate: Candidate, start: int, end: int, cues: Cues) -> bool:
    """Whether something is named or asked in between: "Vũng Tàu với Phú Mỹ | , nơi nào nhiều vụ hơn | , để đưa vào báo cáo"."""
    evidence = candidate.evidence
    slots = [*evidence.indicators, *evidence.places, *evidence.members, *evidence.groups]
    names = [*(slot.start for slot in slots), *(found.start for found in (*evidence.periods, *evidence.relative))]
    asked = [cue.start for group in HELD for cue in cues.find(group, evidence.text)]
    return any(start <= at < end for at in (*names, *asked))


def _names(candidate: Candidate, start: int) -> bool:
    """Whether anything is named from here on, what it begins with aside ("báo chí đang hỏi")."""
    evidence = candidate.evidence
    slots = [*evidence.indicators, *evidence.places, *evidence.members, *evidence.groups]
    found = [*evidence.periods, *evidence.relative, *evidence.numbers]
    return any(at > start for at in [*(slot.start for slot in slots), *(each.start for each in found)])


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
    asks = [cue.start for group in ("how_many", *HELD, *ASKING) for cue in cues.find(group, text)]
    for cue in cues.find("how_many", text):
        people = any(cue.end + 1 == person.start for person in cues.find("people", text))
        ends = min((at for at in candidate.evidence.stops if at > start), default=len(text))
        some = cue.start == start and any(at < start for at in asks) and EXCLAIMS.search(text, start, ends) is not None
        plural = cue.start > aim or people or (is_led and asked) or some
        plural = text[cue.start : cue.end] in narration.PLURAL and plural
        if cue.start >= start and not plural:
            return False
    if any(start <= cue.start for group in ASKING for cue in cues.find(group, text)) or _holds(candidate, start, cues):
        return False
    groups = candidate.evidence.groups
    orders = [cue.start for cue in cues.find("order", text)]
    again = any(slot.start >= start for slot in groups) and any(at >= start for at in orders)
    left_out = any(slot.start >= start for slot in candidate.evidence.left_out)
    if again or left_out or (groups and orders and min(orders) >= start):
        return False  # "hỏi chỗ nào mổ nhiều nhất để mua máy. … bệnh viện nào phẫu thuật nhiều nhất"
    told = len(text[aim:].split()) - 1 if aim < len(text) else narration.off(candidate, cues, catalogue, start=start)
    compares = any(cue.start >= start for cue in cues.find("versus", text))  # "cần đối chiếu với hồ sơ của mình"
    return told + (is_led and compares) >= least


def _holds(candidate: Candidate, start: int, cues: Cues) -> bool:
    """Whether from here on figures are held against those of a place or a time that is named: "cần so với tháng 9", but not
    "cần đối chiếu với tờ trình"."""
    evidence = candidate.evidence
    slots = [slot.start for slot in (*evidence.places, *evidence.members, *evidence.groups)]
    named = [*slots, *(found.start for found in (*evidence.periods, *evidence.relative))]
    held = [cue.end for cue in cues.find("versus", evidence.text) if cue.start >= start]
    return any(at >= min(held) for at in named) if held else False
