"""What an utterance points at in the talk before it: the period next to that spoken of, the district around a place, what was
said a while ago."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.calendar import step
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.language.periods import code, resolve
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Period, Reading
from assistant.understanding import follow_up, spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.units import Asked

SAME_FIRST = re.compile(r"(?:(?:còn|thế|vậy|thì|con|the|vay|thi) )*(?:cùng|cung) ")
"""An utterance that begins with "cùng kỳ" asks for the figure of then, not for what it is held against."""

HELD = re.compile(r"(?:(?:còn|thế|vậy|con|the|vay) )?so (?!với|voi|sánh|sanh).+? (?:với|voi) ")
"""An utterance that begins with "so ô tô với tháng trước" holds the figure against what follows."""

ALL_OF_IT = re.compile(
    r"\b(?:cả|ca|toàn|toan|nguyên|nguyen|chung|hết|het) (?:huyện|huyen|thành phố|thanh pho|thị xã|thi xa)\b"
    r"(?! (?:nào|nao))"
)
"""Words for all of the district around a place."""

JOINS = re.compile(r"\b(?:với|voi|và|va|lẫn|lan|cùng|cung|cộng|cong)\b")
"""What stands between two that are asked for."""

IN_IT = re.compile(
    r"\b(?:trong|ở|o) (?:huyện|huyen|thành phố|thanh pho|thị xã|thi xa)\b(?: (?:đó|do|này|nay|ấy|ay))?(?! (?:nào|nao))"
)
"""Words for the district around a commune, where no name follows: "trong huyện xã nào nhiều nhất?"."""

LAST_YEAR = re.compile(r"\b(?:cùng|cung) (?:kỳ|ky|thời điểm|thoi diem) (?:năm|nam) (?:ngoái|ngoai|rồi|roi|qua)\b")
"""Words that mean the same period of the year before this one, whatever was spoken of."""

DENIED = 2
"""Words right after a denial that are not meant ("bỏ số vụ")."""

DAYS = {"day": 1, "month": 28, "quarter": 90, "half": 181, "year": 365, "school_year": 334, "span": 1}
"""Least days of a period of each grain; a school year may be given without its summer."""

HAS = re.compile(r"\b(?:có|co) (?:mấy|may|bao nhiêu|bao nhieu|nhiêu|nhieu)\b")
"""Words that ask how many there are."""

THIS = re.compile(r" (?:ấy|này|kia|nói trên|noi tren|đó(?= (?!em|anh|chị|con|cháu|chú|cô|bạn)))\b")
"""What follows the name of an indicator that was spoken of; "bao nhiêu hộ nghèo đó em?" speaks of none."""


def at_named(indicators: Iterable[Found], text: str) -> bool:
    """Whether an indicator is named as the one spoken of: "sản lượng ấy ở Châu Đức?"."""
    return any(found.end > 0 and THIS.match(text, found.end) for found in indicators)


class Pointing:
    """Finds what words that only point mean; keeps nothing of any conversation."""

    def __init__(self, catalogue: Catalogue, cues: Cues, likely: LikelyIndicators) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self.likely = likely

    def at_next(self, reading: Reading, before: Reading, text: str) -> Reading:
        """ "Tháng sau đó?" is the period right after the one spoken of."""
        asked = before.periods[0].period if len(before.periods) == 1 else None
        if asked is None or not self.cues.find("next", text):
            return reading
        period = step(asked, 1)
        return reading.model_copy(update={"periods": (Found(kind="period", code=code(period), period=period),)})

    def at_previous(self, reading: Reading, before: Reading, evidence: Evidence, today: date) -> Reading:
        """ "Tháng trước đó?" is the period right before the one spoken of, "cùng kỳ là bao nhiêu?" that of the year before;
        held against it where the words hold two."""
        years = LAST_YEAR.search(evidence.text) is not None
        if len(before.periods) > 1 and not (years and evidence.how_many):
            return reading
        then = [] if reading.periods else self.cues.find("then", evidence.text)
        if any(cue.start <= each.start and each.end < cue.end for each in evidence.relative for cue in then):
            intent = "value" if reading.intent == "change" else reading.intent  # "cùng thời gian này" is no "cùng kỳ"
            return reading.model_copy(update={"comparison": None, "intent": intent})
        asked = before.periods[0].period if before.periods else None
        reading = self._in_another_year(reading, asked, evidence)
        found = [each for each in reading.periods if each.code.startswith("previous")]
        alone = not (evidence.versus or evidence.direction or evidence.moved or HELD.match(evidence.text))
        if not found and not reading.periods and alone:
            found = [each for each in evidence.relative if each.code.startswith("previous")]
            figure = evidence.how_many or SAME_FIRST.match(evidence.text)
            if not found and figure and "last_year" in evidence.marks:
                found = [each for each in evidence.relative if each.code.startswith("same")]
                found = found or [Found(kind="period", code="same_last_year")]
        if not found or (asked is None and not found[0].code.startswith("same")):
            return reading
        meant = found[0].model_copy(update={"role": ""})
        if asked is not None:
            over = years and meant.code.startswith("same") and asked.end.year == today.year - 1
            period = asked if over else resolve(meant, asked)  # "Xuyên Mộc cùng kỳ năm ngoái?" after those of last year
            meant = meant.model_copy(update={"period": period, "code": code(period)})
        update: dict[str, object] = {
            "periods": tuple(meant if each == found[0] else each for each in reading.periods) or (meant,)
        }
        if alone:
            update |= {"comparison": None, "intent": "value" if reading.intent == "change" else reading.intent}
        return reading.model_copy(update=update)

    def _in_another_year(self, reading: Reading, asked: Period | None, evidence: Evidence) -> Reading:
        """ "Tháng đó năm ngoái?" is the month spoken of, in the year that is named."""
        named = [found for found in reading.periods if found.period and found.period.grain == "year"]
        if asked is None or len(named) != 1 or len(reading.periods) > 1 or not self.cues.find("then", evidence.text):
            return reading
        if (asked.end - asked.start).days + 1 >= DAYS["year"] or named[0].period is None:
            return reading
        period = resolve(Found(kind="period", code=f"same:{named[0].period.start.year}"), asked)
        found = named[0].model_copy(update={"period": period, "code": code(period)})
        return reading.model_copy(update={"periods": (found,)})

    def around(self, before: Reading, text: str) -> Found | None:
        """The district of the place spoken of, where the words speak of all of it: "cả huyện thì sao?" after a commune, or of
        the communes there: "trong huyện xã nào nhiều nhất?"."""
        places = [found.code for found in before.places]
        if len(places) != 1 or not (ALL_OF_IT.search(text) or IN_IT.search(text)):
            return None
        above = [code for code in self.catalogue.ancestors(places[0]) if self.catalogue.kind_of(code) == "district"]
        return Found(kind="area", code=above[0], match="context") if len(above) == 1 else None

    def one_of(self, best: Candidate, before: Reading) -> Reading:
        """The reading before about the one of its indicators that alone is told by the words, those denied aside: "bỏ số vụ đi,
        số người chết cộng chín tháng đầu năm?"."""
        entries = [self.catalogue.indicators.get(found.code) for found in before.indicators]
        if len(entries) < 2 or None in entries or best.reading.indicators:
            return before
        text, marked = best.evidence.text, has_marks(best.evidence.text)
        ends = [cue.end for cue in self.cues.find("denied", text)]
        aside = {word for end in ends for word in text[end:].split()[:DENIED]}
        said = self.likely.named([word for word in best.loose if word not in aside], marked=marked)
        own = [spelled.words_of(entry, marked=marked) for entry in entries if entry]
        told = Counter(word for words in own for word in words & said)
        kept = [
            found
            for found, words in zip(before.indicators, own, strict=True)
            if any(told[word] == 1 for word in words & said)
        ]
        return before.model_copy(update={"indicators": tuple(kept)}) if len(kept) == 1 else before

    def back(self, best: Candidate, before: Reading, spoken: list[Reading]) -> Reading | None:
        """The reading of earlier that the words return to: "trở lại số thành lập mới hồi nãy"; None where they return to
        none, or name something in full."""
        text = best.evidence.text
        found = self.cues.find("back", text)
        outright = [each for each in best.reading.indicators if each.match not in follow_up.WEAK]
        if not found or outright:
            return None
        marked = has_marks(text)
        aside = {word for cue in found for word in text[cue.start : cue.end].split()}
        said = self.likely.named([word for word in best.loose if word not in aside], marked=marked)
        said -= best.asked.measures | self.cues.chat
        named = follow_up.codes(best.reading.indicators)
        spoken = [each for each in spoken if follow_up.codes(each.indicators) == named] or spoken
        for reading in spoken if said else ():
            entries = [self.catalogue.indicator(found.code) for found in reading.indicators if "--" not in found.code]
            if len(entries) == 1 and said <= spelled.words_of(entries[0], marked=marked):
                same = follow_up.codes(reading.indicators) == follow_up.codes(before.indicators)
                return None if same else reading
        return None

    def counted(self, best: Candidate, before: Reading, spoken: Sequence[Reading]) -> Reading:
        """The reading before; about what was spoken of before that, where only this is told in what is counted now: "Châu Đức
        mấy vụ?" after drownings and the children who died; or further back, the last first."""
        asked = best.asked
        domains = {entry.domain for entry in self._entries(before) if entry}
        named = [
            found
            for found in best.reading.indicators
            if found.match != "fuzzy" or self.catalogue.indicators[found.code].domain in domains
        ]  # "địa phương nào bị phạt nhiều vụ nhất?" after fines names no offences of another field
        if not asked.kinds or asked.measured or named or self._fits(before, asked):
            return before
        others = [each for each in spoken if follow_up.codes(each.indicators) != follow_up.codes(before.indicators)]
        for each in others:
            if self._fits(each, asked) and domains & {entry.domain for entry in self._entries(each) if entry}:
                return before.model_copy(update={"indicators": each.indicators, "dimensions": each.dimensions})
        return before

    def at_spoken(self, best: Candidate, before: Reading, spoken: Sequence[Reading]) -> Reading:
        """The reading before, about the rate spoken of earlier where "tỷ lệ này" points at one, or about what is told apart by a
        word; and what was done, where a plan was asked for and now how many there are: "Phú Mỹ có mấy cái?"."""
        text = best.evidence.text
        rates = [cue for cue in self.cues.find("rate", text) if THIS.match(text, cue.end)]
        told = [entry for entry in self._entries(before) if entry]
        if rates and told and all(entry.unit != "%" for entry in told):
            for each in spoken:
                entries = [entry for entry in self._entries(each) if entry]
                if len(entries) == 1 and entries[0].unit == "%" and entries[0].domain == told[0].domain:
                    return before.model_copy(update={"indicators": follow_up.inherited(each.indicators)})
        named = best.reading.places or best.reading.periods
        if before.planned and named and HAS.search(text) and not ("plan" in best.evidence.marks or best.evidence.aimed):
            return before.model_copy(update={"planned": False, "intent": "value", "comparison": None})
        return self.told_apart(best, before, spoken)

    def told_apart(self, best: Candidate, before: Reading, spoken: Sequence[Reading]) -> Reading:
        """The reading before; about what was spoken of earlier of the same field and unit, where a word is said that only its
        name has: "vì sao số ca mắc nhiều hơn?" after those who fell ill and those who died."""
        told = [entry for entry in self._entries(before) if entry]
        if len(told) != 1 or best.reading.indicators or best.reading.dimensions:
            return before
        marked = has_marks(best.evidence.text)
        said = (
            {word for word in best.loose if fold(word) not in self.cues.filler} - best.asked.measures - self.cues.chat
        )
        own = spelled.words(told[0].name, marked=marked)
        if said & own - spelled.words(told[0].unit, marked=marked):
            return before
        for each in spoken:
            entries = [entry for entry in self._entries(each) if entry]
            if len(entries) != 1 or (entries[0].domain, entries[0].unit) != (told[0].domain, told[0].unit):
                continue
            if said & (spelled.words(entries[0].name, marked=marked) - own):
                return before.model_copy(update={"indicators": follow_up.inherited(each.indicators)})
        return before

    def grown(self, best: Candidate, before: Reading) -> Candidate:
        """The candidate as one that asks for a figure, where what was spoken of tells a growth: "quý 3 năm ngoái tăng bao
        nhiêu?" after the growth of the economy asks for that of then."""
        evidence, reading = best.evidence, best.reading
        told = {word for entry in self._entries(before) if entry for word in normalise(entry.name, marked=True).split()}
        spoken = evidence.text[evidence.direction.start : evidence.direction.end] if evidence.direction else ""
        held = evidence.against or evidence.moved or evidence.relative or reading.grouping or evidence.order
        if not spoken or not evidence.how_many or held or follow_up.said(reading.indicators):
            return best
        if not {fold(word) for word in spoken.split()} <= set(map(fold, told)) or not reading.periods:
            return best
        update = {"intent": "follow_up", "intent_score": 1.0, "comparison": None}
        evidence = replace(evidence, direction=None, versus=None)
        return best._replace(reading=reading.model_copy(update=update), evidence=evidence)

    def at_those(self, reading: Reading, before: Reading, text: str) -> bool:
        """Whether things are named, in the plural, that what was spoken of is of, somewhere else: "các khu công nghiệp bên
        Châu Đức thì sao?" after the waste water of industrial zones."""
        told = [entry for entry in self._entries(before) if entry]
        found = reading.indicators[0] if len(reading.indicators) == len(told) == 1 else None
        if found is None or not found.text or found.code == told[0].code or not reading.places:
            return False
        several = any(cue.end + 1 == found.start for cue in self.cues.find("plural", text))
        wholes = [name for name in spelled.names(told[0], marked=has_marks(text)) if name != found.text]
        held = any(f" {found.text} " in f" {name} " for name in wholes)
        return several and held and bool(self.cues.find("how_about", text))

    def both_named(self, best: Candidate, before: Reading, spoken: Sequence[Reading]) -> Reading:
        """The reading before, about its indicator and one before that where each is told by a word that only it has: "nhận với
        trả lời hết thảy bao nhiêu?" after what was received and what was answered."""
        if best.reading.indicators or not JOINS.search(best.evidence.text):
            return before
        said, marked = set(best.loose) - set(best.asked.measures), has_marks(best.evidence.text)
        for each in spoken:
            entries = [entry for entry in (*self._entries(each), *self._entries(before)) if entry]
            if len(entries) != 2 or entries[0].domain != entries[1].domain or entries[0].code == entries[1].code:
                continue
            first, second = (spelled.words(entry.name, marked=marked) for entry in entries)
            if said & (first - second) and said & (second - first):
                return before.model_copy(update={"indicators": (*each.indicators, *before.indicators)})
        return before

    def _entries(self, reading: Reading) -> list[Indicator | None]:
        return [self.catalogue.indicators.get(found.code) for found in reading.indicators]

    def _fits(self, reading: Reading, asked: Asked) -> bool:
        """Whether what a reading is about is told in what is asked for."""
        entries = self._entries(reading)
        return bool(entries) and all(entry and asked.fits(entry.unit) for entry in entries)
