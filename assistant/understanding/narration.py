"""Talk before a question, dictated without a stop: "chú đang trên xe lên Châu Đức con coi giùm đàn bò quý ba là mấy con"."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.clauses import LAST
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence

FURTHER = re.compile(r"\b(?:thêm|luôn|nữa|cả)\b")
"""What is asked besides what was said before."""

LEADS = "leads"
"""Cues that lead from talk to a question."""

TALK = (LEADS, "people", "needs", "purpose")
"""Cues of talk about a question, which ask nothing."""

TOLD = 12
"""Words outside of names from which an utterance is more than a question …"""

LONG = 10
"""… from which its question is looked for where nothing leads to it …"""

OFF = 4
"""… where so many of them are no fillers."""

ASKED = 3
"""Words outside of names, no fillers, that a question has at the most."""

TRIED = 6
"""Beginnings of each kind that are tried."""


def is_told(candidate: Candidate, cues: Cues, catalogue: Catalogue, *, served: bool) -> bool:
    """Whether an utterance says much that nothing is asked by, or more than a little where no figures are ``served`` for it."""
    served = served or candidate.evidence.beyond
    told = len(_outside(candidate.evidence)) >= (TOLD if served else TOLD // 2) and not candidate.evidence.about
    return told and off(candidate, cues, catalogue) >= (OFF if served else 1)


def is_long(evidence: Evidence) -> bool:
    """Whether so much is said outside of names that a question may begin where nothing leads to it."""
    return len(_outside(evidence)) >= LONG


def is_introduced(candidate: Candidate, stops: Collection[int], cues: Cues) -> bool:
    """Whether a question that something is said before names figures there that may not be asked for: "nghe dịch heo lan rộng,
    đàn heo còn bao nhiêu con", "viết báo cáo giảm nghèo, chị cần số hộ nghèo"."""
    evidence = candidate.evidence
    asking = [cue.start for cue in cues.find("how_many", evidence.text)]
    last = max((stop for stop in stops if asking and stop <= asking[0]), default=0)
    several = len({slot.best.code for slot in evidence.indicators}) > 1
    if last and several and all(slot.end <= last for slot in evidence.indicators):
        return True
    begins = [cue.start for cue in cues.find(LEADS, evidence.text) if cue.start in stops]
    if not begins or FURTHER.search(evidence.text, begins[0]):
        return False
    if any(at < begins[0] for at in asking):
        return False
    sides = {found.start < begins[0] for found in evidence.periods}
    return any(slot.start < begins[0] for slot in evidence.indicators) or len(sides) > 1


def opening(candidate: Candidate, stops: Collection[int], cues: Cues) -> list[int]:
    """Where the question begins after a person who first tells what they are about to do, up to a stop, with no indicator in
    that and nothing asked: "anh sắp vô gặp hội khách sạn, công suất buồng phòng …"."""
    evidence = candidate.evidence
    needs = {cue.start for cue in cues.find("needs", evidence.text)}
    people = [cue for cue in cues.find("people", evidence.text) if not cue.start and cue.end + 1 in needs]
    named = [slot.start for slot in evidence.indicators if slot.best.match != "default"]
    first = min([*named, *(cue.start for cue in cues.find("how_many", evidence.text))], default=0)
    return _long([stop for stop in stops if people and stop <= first], evidence.text)


def is_asked(candidate: Candidate, cues: Cues, catalogue: Catalogue) -> bool:
    """Whether an utterance says hardly anything but what it asks."""
    return off(candidate, cues, catalogue) <= ASKED


def off(
    candidate: Candidate, cues: Cues, catalogue: Catalogue, spoken: Collection[Found] = (), *, start: int = 0
) -> int:
    """How many words of an utterance, from ``start`` on, neither ask, nor name what is asked or was ``spoken`` of, nor are said
    in between."""
    text, found = candidate.evidence.text, (*candidate.reading.indicators, *spoken)
    cued = [(cue.start, cue.end) for group in cues.groups if group not in TALK for cue in cues.find(group, text)]
    entries = [catalogue.indicators[each.code] for each in found if each.code in catalogue.indicators]
    known = cues.filler.union(*(spelled.words_of(entry, marked=False) for entry in entries))
    return sum(
        word.start() >= start
        and word.group() not in cues.chat
        and fold(word.group()) not in known
        and not any(begin <= word.start() < end for begin, end in cued)
        for word in _outside(candidate.evidence)
    )


def led(text: str, cues: Cues) -> list[int]:
    """Where something follows words that lead from talk to a question ("con coi giùm"), the earliest first."""
    return _long({cue.end + 1 for cue in cues.find(LEADS, text)}, text)


def named(evidence: Evidence, stops: Collection[int]) -> list[int]:
    """Where a question may begin that nothing leads to: at a time, a place, a group or after a stop; the earliest first."""
    starts = {slot.start for slot in (*evidence.places, *evidence.groups)} | set(stops)
    return _long(starts | {found.start for found in (*evidence.periods, *evidence.relative)}, evidence.text)


def _long(starts: Collection[int], text: str) -> list[int]:
    return [at for at in sorted(starts) if len(text[:at].split()) >= LAST <= len(text[at:].split())][-TRIED:]


def _outside(evidence: Evidence) -> list[re.Match[str]]:
    """The words outside of all names."""
    slots = [*evidence.indicators, *evidence.places, *evidence.members, *evidence.groups, *evidence.domains]
    slots += [evidence.per] if evidence.per else []
    held = [(slot.start, slot.end) for slot in slots]
    held += [(found.start, found.end) for found in (*evidence.periods, *evidence.relative, *evidence.numbers)]
    words = re.finditer(r"\w+", evidence.text)
    return [word for word in words if not any(start <= word.start() < end for start, end in held)]
