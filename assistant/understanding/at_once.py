"""Several figures asked for in one breath: each clause is read after the one before, as if it were the next turn of a talk.

Where clauses begin, and which of them one reading tells, stands in ``clauses.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.clock import Clock
from assistant.language.text import fold
from assistant.types import Reading
from assistant.understanding import clauses, follow_up
from assistant.understanding.candidate import Candidate
from assistant.understanding.competition import Competition
from assistant.understanding.cues import Cues
from assistant.understanding.interpretation import Context
from assistant.understanding.subject import Subject

GoingOn = Callable[[Candidate, str, Context | None], Reading]


class AtOnce:
    """Reads the clauses of one utterance; keeps nothing of any conversation."""

    def __init__(
        self,
        catalogue: Catalogue,
        cues: Cues,
        clock: Clock,
        competition: Competition,
        subject: Subject,
        *,
        going_on: GoingOn,
        stands: Callable[[Reading], bool],
    ) -> None:
        """``going_on`` tells what a clause means after what was spoken of, ``stands`` whether figures are stored for it."""
        self._catalogue = catalogue
        self._cues = cues
        self._clock = clock
        self._competition = competition
        self._subject = subject
        self._going_on = going_on
        self._stands = stands

    def read(
        self, whole: Reading, text: str, stops: frozenset[int], large: frozenset[str], context: Context | None
    ) -> Sequence[Reading]:
        """What is asked for, in one reading where one can tell it; the ``whole`` alone where its clauses tell no more."""
        ways = clauses.split(text, stops, self._cues)
        told = clauses.parted(text, stops, self._cues)
        for way in ways:
            found = self._clauses(whole, text, way, stops, large, context, told=way in told)
            if found and (len(ways) == 1 or clauses.holds(found, whole)):
                return found
        return (whole,)

    def _clauses(
        self,
        whole: Reading,
        text: str,
        way: Sequence[clauses.Clause],
        stops: frozenset[int],
        large: frozenset[str],
        context: Context | None,
        *,
        told: bool,
    ) -> Sequence[Reading]:
        """The reading of all clauses together, where they ask for more indicators than the sentence was found to name as a
        whole, or one of them for a rate ("mấy trường, mấy phần trăm trường đạt chuẩn"); a reading of each where no one tells
        them all and words or stops tell where they begin (``told``); none where the whole does."""
        found: list[Reading] = []
        asked: list[Candidate] = []
        for begin, end in way:
            inside = clauses.stops_after(clauses.stops_before(stops, end), begin)
            before = Context(reading=found[-1], at=self._clock.now()) if found else context
            best, meant = self._clause(text[begin:end], inside, large, before)
            again = found and follow_up.codes(meant.indicators) == follow_up.codes(found[-1].indicators)
            if again and best.evidence.rate and not best.evidence.share:
                meant = self._subject.rates.beside(meant)
            found.append(meant)
            asked.append(best)
        found = self._of_last(found, asked)
        several = clauses.together(found)
        units = [self._catalogue.indicator(each.code).unit for each in whole.indicators]
        # "thiên tai làm hư mấy căn nhà, thiệt hại mấy tỷ": no disasters are counted
        around = any(not any(best.asked.fits(unit) for best in asked) for unit in units)
        rated = any(best.evidence.rate for best in asked)
        more = several and clauses.figures(whole) + (not (rated or around)) <= clauses.figures(several)
        if several is not None and self._is_nested(several):
            return found  # "toàn tỉnh bao nhiêu vụ, riêng Vũng Tàu bao nhiêu": a whole is not held against its part
        if several and more and not self._is_part_of_rate(several) and self._subject.is_served(several):
            return (several,)
        shared = any(meant.intent == "share" for meant in found)
        fitting = all(self.fits(meant, best) for meant, best in zip(found, asked, strict=True))
        named = all(one.match != "default" for each in found for one in each.indicators)
        alone = named and all(self._stands(each) and not each.grouping for each in found)
        return clauses.apart(found, whole) if told and fitting and alone and not shared else ()

    def _of_last(self, found: list[Reading], asked: Sequence[Candidate]) -> list[Reading]:
        """The readings with the period that ends the sentence for all, where none before names one: "bao nhiêu doanh nghiệp
        thành lập, bao nhiêu cái giải thể tháng tám"."""
        *before, last = found
        text = asked[-1].evidence.text
        said = [each for each in last.periods if each.match != "context"]
        if not (before and said) or any(best.evidence.periods for best in asked[:-1]) or self._cues.find("adds", text):
            return found
        rest = {fold(word) for word in text[max(each.end for each in said) :].split()}
        if min(each.start for each in said) < 0 or not rest <= self._cues.filler:
            return found
        within = [each.model_copy(update={"periods": last.periods, "comparison": last.comparison}) for each in before]
        return [*within, last] if all(map(self._stands, within)) else found

    def _clause(
        self, part: str, stops: frozenset[int], large: frozenset[str], before: Context | None
    ) -> tuple[Candidate, Reading]:
        """What a clause asks for, without what is said behind a stop where it only so asks for a figure: "có ca nào chết không,
        anh hỏi gấp"."""
        tried = []
        for end in (len(part), *sorted(stops, reverse=True)):
            asked = part[:end].rstrip()
            best = self._competition.of(asked, self._clock.today(), large, clauses.stops_before(stops, end))[0]
            tried.append((best, self._going_on(best, asked, before)))
            if self._stands(tried[-1][1]):
                return tried[-1]
        return tried[0]

    def fits(self, reading: Reading, candidate: Candidate) -> bool:
        """Whether what is asked for can be told in the units of what was named."""
        named = (found.code for found in reading.indicators if found.match != "context")
        return all(candidate.asked.fits(self._catalogue.indicator(code).unit) for code in named)

    def _is_nested(self, reading: Reading) -> bool:
        """Whether places are held against each other of which one holds the others."""
        if reading.intent != "compare":
            return False
        codes = [found.code for found in reading.areas]
        return any(one in self._catalogue.ancestors(other) for one in codes for other in codes if one != other)

    def _is_part_of_rate(self, reading: Reading) -> bool:
        """Whether a rate would be told as a part of another, which it is not."""
        rates = (self._subject.rates.is_rate(found.code) for found in reading.indicators)
        return reading.intent == "share" and all(rates)
