"""What was not said: when an indicator, a place or a period has to be asked back, and which ones are offered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Reading
from assistant.understanding import ask_back, narration
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.interpretation import QuestionBack
from assistant.understanding.likely import Likely
from assistant.understanding.shapes import Shape
from assistant.understanding.spans import ELSEWHERE, SpanFinder
from assistant.understanding.subject import TAKEN, Subject

OF_WHOM = re.compile(r" (?:của|cua) ")
"""What stands between a place and whose it is, where that points to it: "bệnh viện của ổng"."""

POINTS = re.compile(r"(?:ở|o|tại|tai|ngoài|ngoai|dưới|duoi|trên|tren|bên|ben) (?:đó|do|đấy|day|ấy|ay)")
"""Words that point to a place, whatever it is."""

POINTED = re.compile(r" (?:đó|do|ấy|ay|kia|nọ|no)(?!\w)")
"""Words right after what a place is that point to one."""

EACH = re.compile(
    r"(?<!\w)(?:toàn|toan|cả|ca|mỗi|moi|từng|tung|mọi|hai|ba|bốn|bon|\d+|số|so|nhiêu|nhieu|mấy|may|các|cac|những|nhung)\s+$"
)
"""Words before what a place is that speak of several."""

OFFERED = 0.3
"""Fit from which an indicator is offered where none was understood."""

SCOPE = 0.85
"""Confidence of Rasa from which a question with words in no list is believed to be out of scope."""

GUESSES = ("count", "list", "coverage", "report", "out_of_scope", "follow_up")
"""Intents that a question with an unknown indicator is easily taken for …"""

GUESSED_BELOW = 0.93
"""… unless Rasa is surer than this."""

SURELY = 0.98
"""… nor than this, where loose words fit an indicator."""


class Unsaid:
    """Asks back for what a reading lacks; keeps nothing of any conversation."""

    def __init__(
        self, catalogue: Catalogue, cues: Cues, shapes: dict[str, Shape], spans: SpanFinder, subject: Subject
    ) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self.shapes = shapes
        self.spans = spans
        self.subject = subject
        self.likely = subject.likely
        nouns, whose = cues.entries["whose"]["place"], cues.entries["whose"]["stays"]
        persons = cues.entries["people"]["person"]
        said = [[*map(normalise, each), *map(fold, map(normalise, each))] for each in (nouns, persons, whose)]
        place, person, stays = ("|".join(sorted(each, key=len, reverse=True)) for each in said)
        self._whose = re.compile(rf"(?<!\w)({place}) (?:mà )?(?:(?:{person}) ){{1,2}}(?:{stays})(?!\w)")

    def question(self, reading: Reading, best: Candidate, text: str, before: str = "") -> QuestionBack | None:
        """What has to be asked before this reading can be planned; ``before`` is what was said before the text that asks."""
        if reading.unknown:
            if reading.unknown[0].code.startswith(ELSEWHERE):
                return None
            return ask_back.which_unknown(reading, self.spans.gazetteer, self.catalogue)
        if not reading.indicators and self._needs_indicator(reading, best):
            asked = reading if self.shapes[reading.intent].figure else reading.model_copy(update={"intent": "value"})
            near = self._offered(best, text)
            if reading.intent == "out_of_scope" and self._is_beyond(reading, best, near):
                return None  # "đặt vé tàu ra Côn Đảo" speaks of nothing that is known
            codes = [each.code for each in near]
            return ask_back.which_indicator(asked, text, codes, self.spans.gazetteer, self.catalogue)
        told = reading.indicators and not best.evidence.beyond
        if told and not (reading.places or reading.grouping) and (noun := self._pointed(best, text, before)):
            return QuestionBack(kind="which_pointed", words=noun, choices=(), asked=reading)
        for slot in best.unsure:
            question = ask_back.which_place(reading, slot, self.catalogue)
            if question is not None and len(question.choices) > 1:
                return question
        for slot in best.evidence.tied if reading.indicators and reading is best.reading else ():
            question = ask_back.which_period(reading, slot)
            if all(self.subject.is_served(choice.reading, slot.start) for choice in question.choices):
                return question
        return None

    def _pointed(self, best: Candidate, text: str, before: str) -> str:
        """What a place is that is pointed at though none was spoken of: "bệnh viện" of "bệnh viện đó mổ bao nhiêu ca?", of
        "bệnh viện anh công tác hồi trước"; empty where none is, or several are."""
        several = {cue.end + 1 for cue in self.cues.find("plural", text)}
        several |= {number.end + 1 for number in best.evidence.numbers}
        several |= {
            cue.start
            for cue in self.cues.find("there", text)
            for stop in best.evidence.stops
            if cue.start < stop < cue.end
        }  # "giao bao nhiêu trường, này đã có mấy trường"
        pointing = [cue for cue in self.cues.find("there", text) if cue.code == "named" and cue.start not in several]
        if not pointing:
            whose = self._whose.search(text)
            others = [at + len(before) for at in several]
            return whose[1] if whose is not None else self._spoken_of(best, before + text, others, len(before))
        words = text[pointing[-1].start : pointing[-1].end]
        return OF_WHOM.split(words)[0] if OF_WHOM.search(words) else words.rpartition(" ")[0]

    def _spoken_of(self, best: Candidate, text: str, several: Collection[int], begin: int) -> str:
        """What the only place is that words point to, which is told before them by nothing but what it is: "có đoàn viên nằm bệnh
        viện, em coi ở đó …", "cái bệnh viện hôm trước mình nói"."""
        stops = [begin + stop for stop in best.evidence.stops]
        told = [cue for cue in self.cues.find("spoken_of", text) if not any(cue.start < at < cue.end for at in stops)]
        there = [cue for cue in self.cues.find("there", text) if POINTS.fullmatch(text, cue.start, cue.end)]
        heads = [head for head in self.spans.heads(text) if head.start() not in several]
        for head in heads if len({head.group() for head in heads}) == 1 else ():
            if EACH.search(text, 0, head.start()):
                continue
            spoken = POINTED.match(text, head.end()) or any(cue.start == head.end() + 1 for cue in told)
            if spoken or any(cue.start > head.end() for cue in there):
                return head.group()
        return ""

    def is_bare(self, best: Candidate) -> bool:
        """Whether a number is asked for a place or a time, and nothing is said of what: "tháng 10 Long Đất được bao nhiêu?"."""
        reading, evidence = best.reading, best.evidence
        asked = (evidence.how_many or evidence.figures or evidence.rate) and not (reading.indicators or evidence.groups)
        named = reading.places or reading.periods
        return bool(asked and named and not evidence.beyond and not narration.off(best, self.cues, self.catalogue))

    def _is_beyond(self, reading: Reading, best: Candidate, near: Sequence[Likely]) -> bool:
        """Whether words that no name has are of something no figures tell: by other words, by Rasa, or by what little is
        near."""
        strange = self.likely.strange(best.loose, marked=has_marks(best.evidence.text))
        if not strange or not narration.off(best, self.cues, self.catalogue):
            return best.evidence.beyond
        clear = bool(near) and near[0].score >= TAKEN and len(near[0].shared) > 1
        return best.evidence.beyond or reading.intent_score >= SCOPE or not clear

    def _offered(self, best: Candidate, text: str) -> list[Likely]:
        """Indicators that the loose words may mean, told in what was asked for, likeliest first."""
        likely = self.likely.rank(best.loose, marked=has_marks(text))
        return [
            each
            for each in likely
            if each.score >= OFFERED and best.asked.fits(self.catalogue.indicator(each.code).unit)
        ]

    def _needs_indicator(self, reading: Reading, best: Candidate) -> bool:
        """Whether an indicator was asked for in words that no name has: by the shape, or by what is left unexplained."""
        if any(found.code == "indicator" for found in reading.grouping):
            return False  # "chỉ tiêu nào" asks of every one
        if "indicator" in self.shapes[reading.intent].needs:
            return True
        if reading.intent == "count" and not (reading.grouping or reading.dimensions):
            return True
        if self.is_bare(best):
            return True
        marked = has_marks(best.evidence.text)
        likely = any(fit >= TAKEN for _, fit, _ in self.likely.rank(best.loose, marked=marked)[:1])
        strange = self.likely.strange(best.loose, marked=marked)
        if likely and not strange and best.evidence.how_many and reading.intent_score < SURELY:
            return not reading.indicators and reading.intent in GUESSES
        if reading.intent in GUESSES and not reading.indicators and best.asked.measured:
            offered = self._offered(best, best.evidence.text)
            if any(self.likely.telling(each.shared, marked=marked) for each in offered):
                return True
        named = reading.places or reading.periods
        wondered = best.unexplained or best.evidence.how_many or best.evidence.figures
        if not wondered or not named or reading.grouping or reading.domains:
            return False
        return reading.intent in GUESSES and reading.intent_score < GUESSED_BELOW
