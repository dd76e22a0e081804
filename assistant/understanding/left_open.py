"""What is kept of the turn before where the words leave it open: the period that is held against a base, the whole around a
place."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.catalogue.models import Indicator
from assistant.types import Found, Reading
from assistant.understanding import follow_up
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence

ABOUT_AS_LONG = 3
"""Days by which two periods differ at the most that figures are held against each other of: months, years, running totals."""

POINTED = re.compile(r"\b(?:này|nay|đó|do|ấy|ay|kia) $")
"""What stands at the end of what is pointed at."""

WITHIN = re.compile(
    r"\b(?:ở|o|tại|tai|của|cua|trong|là|la|trên|tren|dưới|duoi) (?:(?:tp|huyện|huyen|thành phố|thanh pho|xã|xa) )?$"
)
"""What stands before a place in which something has a share, and before what has it."""


def is_made_of(spoken: Collection[Indicator], evidence: Evidence, cues: Cues) -> bool:
    """Whether only what the rate spoken of is made of is named, after it was asked how it is told: "tính thế nào, chia cho số hộ
    hay số dân?", "con số này tính thế nào, chia cho khách lưu trú hay cho tất cả lượt khách?"."""
    named = {slot.best.code for slot in evidence.indicators}
    asked = min((cue.start for cue in cues.find("about", evidence.text)), default=0)
    if POINTED.search(evidence.text, 0, asked) and all(slot.start > asked for slot in evidence.indicators):
        return bool(spoken)
    ratios = [entry.ratio for entry in spoken if entry.ratio is not None and entry.code not in named]
    return len(spoken) == len(ratios) == 1 and not named.isdisjoint(ratios[0].parts)


def subject(reading: Reading, before: Reading) -> Reading:
    """The reading with the period before it, where only the one is named that it is held against: "số vụ ma túy so với mười
    tháng năm 2025 tăng hay giảm?" after those who were arrested in ten months of this year."""
    bases = reading.periods
    spoken = [found for found in before.periods if found.role != "base"]
    if len(bases) != 1 or bases[0].role != "base" or len(spoken) != 1:
        return reading
    (base,), (held,) = bases, spoken
    if base.period is None or held.period is None or held.code == base.code:
        return reading
    days = [(each.end - each.start).days for each in (base.period, held.period)]
    if abs(days[0] - days[1]) > ABOUT_AS_LONG:
        return reading
    asked = follow_up.inherited((held,))[0].model_copy(update={"role": "subject"})
    return reading.model_copy(update={"periods": (asked, base)})


def stands_at_end(spoken: Collection[Indicator], before: Reading) -> bool:
    """Whether what was spoken of is told by the year and was asked for at its end: "cận nghèo?" after the poor at the end of
    2023."""
    ends = [found.period.end for found in before.periods if found.period]
    yearly = all(entry.grain == "year" for entry in spoken)
    return yearly and bool(ends) and all((end.month, end.day) == (12, 31) for end in ends)


def part(merged: Reading, reading: Reading, evidence: Evidence, province: str) -> Reading:
    """The share of a place of the whole province, where only the place is named and the members are those spoken of: "Châu Đức
    chiếm mấy phần trăm?" after the area of pepper is no share of pepper there."""
    named = reading.areas and not (reading.facilities or reading.agencies or reading.grouping)
    kept = merged.dimensions and all(found.match == "context" for found in merged.dimensions)
    if (
        merged.intent != "share"
        or not (named and kept and evidence.share)
        or any(f.code == province for f in merged.areas)
    ):
        return merged
    return merged.model_copy(update={"areas": (*merged.areas, _whole(province))})


def part_of_all(reading: Reading, evidence: Evidence, cues: Cues, province: str) -> Reading:
    """The same, where a place is named before the words for a share and the members after them: "Châu Đức chiếm mấy phần trăm
    diện tích tiêu?"."""
    shares = cues.find("share", evidence.text)
    if reading.intent != "share" or not shares or len(reading.places) != len(reading.areas) or reading.grouping:
        return reading
    if not reading.areas or not reading.dimensions or any(found.code == province for found in reading.areas):
        return reading
    if any(found.role for found in reading.dimensions):
        return reading
    if any(WITHIN.search(evidence.text, 0, max(found.start, 0)) for found in (*reading.areas, *reading.dimensions)):
        return reading  # "ở Châu Đức chiếm mấy phần trăm là tiêu"
    before = all(0 <= found.start < shares[0].start for found in reading.areas)
    after = all(found.start > shares[0].start for found in reading.dimensions)
    return reading.model_copy(update={"areas": (*reading.areas, _whole(province))}) if before and after else reading


def _whole(province: str) -> Found:
    return Found(kind="area", code=province, match="context", role="denominator")
