"""Talk before a question, dictated without a stop: "chú đang trên xe lên Châu Đức con coi giùm đàn bò quý ba là mấy con"."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold
from assistant.types import Found
from assistant.understanding import narrowing, spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.clauses import LAST
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.lattice import Slot

FURTHER = re.compile(r"\b(?:thêm|luôn|nữa|cả)\b")
"""What is asked besides what was said before."""

WHICH = re.compile(r"\b(?:nào|nao|đâu|dau|ai)\b")
"""Words that ask which one."""

LEADS = "leads"
"""Cues that lead from talk to a question."""

TALK = (LEADS, "people", "needs", "purpose", "spoken_of", "whose")
"""Cues of talk about a question, which ask nothing."""

LISTS = "lists"
"""Cues between things told one by one, words that stand anywhere else as well ("là", "những", "rồi")."""

PLURAL = ("mấy", "may")
"""A word for a number that may be no more than a plural ("để trả lời mấy chủ tàu")."""

ASKS = ("how_many", "order", "rate", "share", "each", "standing", "about", "unit")
"""Cues of what is asked …"""

HOLDS = ("versus", "moved", "direction", "against")
"""… and of what figures are held against others by."""

TOLD = 12
"""Words outside of names from which an utterance is more than a question …"""

LONG = 10
"""… from which its question is looked for where nothing leads to it …"""

STORY = 8
"""Words outside of names before a question from which its members are told aside."""

STRANGE = 3
"""Words outside of names before a question, no fillers, from which they are a story."""

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
    asking = _asking(evidence, stops, cues)
    last = max((stop for stop in stops if asking and stop <= asking[0]), default=0)
    several = len({slot.best.code for slot in evidence.indicators}) > 1
    if last and several and all(slot.end <= last for slot in evidence.indicators):
        return True
    outside = [word for word in _outside(evidence) if word.start() < last]
    if len(outside) >= STORY and evidence.members and all(slot.end <= last for slot in evidence.members):
        return True  # "bác có đứa cháu gái dạy ở đó, nghe nói đông lắm, năm học này trường đó bao nhiêu học trò"
    begins = [cue.start for cue in cues.find(LEADS, evidence.text) if cue.start in stops]
    if not begins or _goes_further(evidence, begins[0]):
        return False
    if any(at < begins[0] for at in asking):
        return False
    times = {found.start < begins[0] for found in evidence.periods}
    places = {slot.start < begins[0] for slot in evidence.places}
    return any(slot.start < begins[0] for slot in evidence.indicators) or len(times) > 1 or len(places) > 1


def _goes_further(evidence: Evidence, begin: int) -> bool:
    """Whether more is asked besides what was said; "vậy cả Long Đất" only names the whole of a place."""
    whole = {slot.start for slot in evidence.places}
    return any(further.end() + 1 not in whole for further in FURTHER.finditer(evidence.text, begin))


def is_inside(evidence: Evidence, stop: int) -> bool:
    """Whether a stop is part of a name: "5 xã, thị trấn của huyện". An indicator's may be made up on both sides of one."""
    return any(slot.start < stop < slot.end for slot in _named(evidence) if slot not in evidence.indicators)


def opening(candidate: Candidate, stops: Collection[int], cues: Cues) -> list[int]:
    """Where the question begins after a person who first tells what they are about to do, up to a stop, with no indicator in
    that and nothing asked: "anh sắp vô gặp hội khách sạn, công suất buồng phòng …"; or what it is for, whatever that names:
    "để ước số thu lệ phí, tôi cần biết …"; or the news that gave rise to it: "vừa nghe tin cháy kho, tháng mười cháy mấy vụ"."""
    evidence = candidate.evidence
    aims = [cue.start for cue in cues.find("purpose", evidence.text)]
    asking = _asking(evidence, stops, cues)
    if aims and not aims[0]:
        return _long([stop for stop in stops if all(stop <= at for at in asking)], evidence.text)
    news = [cue.start for cue in cues.find("news", evidence.text)]
    if news and len(evidence.text[: news[0]].split()) < LAST:
        return _long([stop for stop in stops if all(stop <= at for at in asking)], evidence.text)
    named = [slot.start for slot in evidence.indicators if slot.best.match != "default"]
    first = min([*named, *asking], default=0)
    return _long([stop for stop in stops if 0 in needing(evidence.text, cues) and stop <= first], evidence.text)


def told_before(candidate: Candidate, ends: Collection[int], cues: Cues) -> list[int]:
    """Where the question begins after sentences, which end there, that ask nothing and name hardly more than a place or a time,
    where the question names its own: "Cuối năm phải tổng kết. Từ đầu năm đến hết tháng 10 …"."""
    evidence = candidate.evidence
    slots = [*evidence.members, *evidence.groups]
    asked = [cue.start for group in (*ASKS, *HOLDS) for cue in cues.find(group, evidence.text)]
    held = [cue.start for group in HOLDS for cue in cues.find(group, evidence.text)]

    def is_told(end: int) -> bool:
        """Whether what is said up to there is only told."""
        if any(at < end for at in (*asked, *(slot.start for slot in slots))) or any(at >= end for at in held):
            return False
        codes = {slot.best.code for slot in evidence.indicators if slot.start >= end}
        named = ([slot.start for slot in evidence.places], [found.start for found in evidence.periods])
        twice = any(min(starts, default=end) < end <= max(starts, default=0) for starts in named)
        return twice and all(slot.best.code in codes or slot.best.match == "fuzzy" for slot in evidence.indicators)

    return _long([end for end in ends if is_told(end)][-1:], evidence.text)


def storied(candidate: Candidate, stops: Collection[int], cues: Cues) -> list[int]:
    """Where the question may begin after a story, up to a stop, that asks nothing and speaks of other figures or places than the
    question: "dân phàn nàn ống nước bể hoài, tỷ lệ thất thoát nước sạch ở đâu cao nhất"."""
    evidence, text = candidate.evidence, candidate.evidence.text
    inside = [(slot.start, slot.end) for slot in evidence.indicators]
    held = [cue.start for group in HOLDS for cue in cues.find(group, text)]
    held = [at for at in held if not any(start <= at < end for start, end in inside)]  # "giảm nghèo" holds nothing
    first = min([*held, *(cue.start for group in ASKS for cue in cues.find(group, text))], default=0)
    slots = [*evidence.indicators, *evidence.places]
    words = [
        each for each in _outside(evidence) if each.group() not in cues.chat and fold(each.group()) not in cues.filler
    ]

    def is_story(begin: int, end: int) -> bool:
        """Whether what is said in between is a story."""
        told = {slot.best.code for slot in slots if begin <= slot.start and slot.end <= end}
        asked = {slot.best.code for slot in slots if slot.start >= end}
        return bool(told - asked) and sum(begin <= each.start() < end for each in words) >= STRANGE

    starts = [*(start for start, _ in inside), *(slot.start for slot in evidence.members)]
    ends = sorted(stop for stop in stops if stop <= first and any(start >= stop for start in starts))
    return _long([end for begin, end in pairwise([0, *ends]) if is_story(begin, end)], text)


def reasoned(text: str, stops: Collection[int], cues: Cues) -> list[int]:
    """Where what is asked follows its reason, up to a stop, with nothing asked before: "bà con than quá tải, nên …"."""
    hence = [cue.start for cue in cues.find("hence", text) if cue.start in stops]
    asked = [cue.start for group in ASKS if group != "order" for cue in cues.find(group, text)]
    first = min(asked, default=len(text))
    return _long([at for at in hence[:1] if at <= first], text)


def reported(text: str, stops: Collection[int], cues: Cues) -> list[int]:
    """Where a report is asked for after what it is for, up to a stop: "mai giao ban với công an, gom giúp cô một bản về …"."""
    asked = [cue.start for cue in cues.find("reported", text)]
    return _long([max(before) for at in asked[:1] if (before := [stop for stop in stops if stop <= at])], text)


def is_aside(evidence: Evidence, begin: int, cues: Cues) -> bool:
    """Whether the superlative only belongs to what is told before: "Đất đai là chỗ dân kêu nhiều nhất, nên cho biết …"."""
    order = evidence.order
    asked = [*cues.find("how_many", evidence.text), *cues.find("which_of", evidence.text)]
    asks = any(cue.start < begin for cue in asked) or WHICH.search(evidence.text, 0, begin)
    return order is not None and order.end <= begin and not asks


def needing(text: str, cues: Cues) -> list[int]:
    """Where a person is named who needs, wants or is about to do something."""
    said = {cue.start for cue in cues.find("needs", text)}
    return [cue.start for cue in cues.find("people", text) if cue.end + 1 in said]


def _asking(evidence: Evidence, stops: Collection[int], cues: Cues) -> list[int]:
    """Where numbers are asked for, without the first "mấy" where it is a plural in what a person tells, up to a stop, before
    another: "chị đi thăm mấy trường vùng sâu, …  bao nhiêu học sinh"."""
    asking = cues.find("how_many", evidence.text)
    if len(asking) > 1 and evidence.text[asking[0].start : asking[0].end] in PLURAL:
        told = any(start < asking[0].start for start in needing(evidence.text, cues))
        if told and any(asking[0].end < stop <= asking[1].start for stop in stops):
            return [cue.start for cue in asking[1:]]
    return [cue.start for cue in asking]


def is_asked(candidate: Candidate, cues: Cues, catalogue: Catalogue) -> bool:
    """Whether an utterance says hardly anything but what it asks."""
    return off(candidate, cues, catalogue) <= ASKED


def off(
    candidate: Candidate, cues: Cues, catalogue: Catalogue, spoken: Collection[Found] = (), *, start: int = 0
) -> int:
    """How many words of an utterance, from ``start`` on, neither ask, nor name what is asked or was ``spoken`` of, nor are said
    in between."""
    text, found = candidate.evidence.text, (*candidate.reading.indicators, *spoken)
    cued = [
        (cue.start, cue.end) for group in cues.groups if group not in (*TALK, LISTS) for cue in cues.find(group, text)
    ]
    entries = [catalogue.indicators[each.code] for each in found if each.code in catalogue.indicators]
    known = cues.filler.union(*(spelled.words_of(entry, marked=False) for entry in entries))
    return sum(
        word.start() >= start
        and word.group() not in cues.chat
        and fold(word.group()) not in known
        and not any(begin <= word.start() < end for begin, end in cued)
        for word in _outside(candidate.evidence)
    )


def is_in_list(candidate: Candidate, at: int, cues: Cues, catalogue: Catalogue) -> bool:
    """Whether members of the indicator named before stand one by one around here, which begin no question of their own: "vi phạm
    giao thông chia theo lỗi: nồng độ cồn, quá tải, lỗi khác"."""
    evidence = candidate.evidence
    for slot in evidence.indicators:
        own = catalogue.broken_down_by(slot.best.code) if slot.best.code in catalogue.indicators else frozenset()
        told = [each for each in evidence.members if slot.end <= each.start and each.best.code.partition(":")[0] in own]
        if len({each.best.code for each in told}) < 2:
            continue
        led = [
            cue.start for cue in cues.find("lists", evidence.text) if cue.code == "led" and slot.end <= cue.start < at
        ]
        if (min(led, default=told[0].start)) <= at <= told[-1].end:
            return True  # "kim ngạch xuất khẩu tách ra cho tôi: nhà nước bao nhiêu, …"
    return False


def is_of_part(whole: Candidate, asked: Candidate, at: int, catalogue: Catalogue) -> bool:
    """Whether the figure named before only is a part of the one asked for in less words: "hồ sơ chưa xong mà quá hạn, tới cuối
    tháng mười còn tồn mấy bộ"."""
    told = [slot.best.code for slot in whole.evidence.indicators if slot.start < at]
    codes = [found.code for found in asked.reading.indicators if found.match == "fuzzy" and " " not in found.text]
    return any(narrowing.is_part(one, other, catalogue) for one in told for other in codes)


def led(text: str, cues: Cues) -> list[int]:
    """Where something follows words that lead from talk to a question ("con coi giùm"), the earliest first."""
    return _long({cue.end + 1 for cue in cues.find(LEADS, text)}, text)


def named(evidence: Evidence, stops: Collection[int]) -> list[int]:
    """Where a question may begin that nothing leads to: at a time, a place, a group or after a stop; the earliest first."""
    starts = {slot.start for slot in (*evidence.places, *evidence.groups)} | set(stops)
    return _long(starts | {found.start for found in (*evidence.periods, *evidence.relative)}, evidence.text)


def _long(starts: Collection[int], text: str) -> list[int]:
    return [at for at in sorted(starts) if len(text[:at].split()) >= LAST <= len(text[at:].split())][-TRIED:]


def _named(evidence: Evidence) -> list[Slot]:
    """All names."""
    slots = [*evidence.indicators, *evidence.places, *evidence.members, *evidence.groups, *evidence.domains]
    return [*slots, evidence.per] if evidence.per else slots


def _outside(evidence: Evidence) -> list[re.Match[str]]:
    """The words outside of all names."""
    held = [(slot.start, slot.end) for slot in _named(evidence)]
    held += [(found.start, found.end) for found in (*evidence.periods, *evidence.relative, *evidence.numbers)]
    words = re.finditer(r"\w+", evidence.text)
    return [word for word in words if not any(start <= word.start() < end for start, end in held)]
