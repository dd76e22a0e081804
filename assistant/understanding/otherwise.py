"""Another indicator of what is spoken of, told by words that those of the reading do not account for: "rồi đem chôn mấy tấn?"
after the waste that was collected. The last look at an utterance that goes on; names and rules have had theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.language.text import has_marks
from assistant.types import Found, Reading
from assistant.understanding import follow_up, spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.in_field import SPOKEN_OF
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.paraphrase import Paraphrases
from assistant.understanding.shapes import Shape

CLEARLY = 25.0
"""How much heavier the words must weigh for the other indicator than for the one read: two or three words that only it has."""

SURELY = 0.9
"""How likely it must be among those of the field."""

FEW = 14
"""Words, outside of places, periods and members, of an utterance that goes on."""

ALONE = 2
"""Telling words from which an indicator is read where none was."""

ASIDE = (*SPOKEN_OF, "reported", "news", "together", "total", "cumulative", "summed")
"""Cues whose words name nothing."""


class Otherwise:
    """Corrects readings that go on; keeps nothing of any conversation."""

    def __init__(
        self,
        catalogue: Catalogue,
        cues: Cues,
        shapes: dict[str, Shape],
        likely: LikelyIndicators,
        paraphrases: Paraphrases,
        stands: Callable[[Reading], bool],
    ) -> None:
        """``stands`` tells whether a reading asks for figures that are stored."""
        self.catalogue = catalogue
        self.cues = cues
        self.shapes = shapes
        self.likely = likely
        self.paraphrases = paraphrases
        self.stands = stands

    def meant(
        self, reading: Reading, best: Candidate, before: Reading, carried: Callable[[Reading], Reading]
    ) -> Reading | None:
        """The reading about the other indicator, in the place and period that ``carried`` adds; None where there is none."""
        evidence, text = best.evidence, best.evidence.text
        nothing = not reading.indicators
        if len(reading.indicators) > 1 or reading.unknown or evidence.about or evidence.beyond or len(best.loose) > FEW:
            return None
        if not (evidence.how_many if nothing else evidence.asks):
            return None
        marked = has_marks(text)
        planned = reading.intent == "progress" and "plan" in evidence.marks and self.stands(reading)
        # "dự toán cả năm giao bao nhiêu?"
        aside = self.cues.spoken((*ASIDE, "against", "aim") if planned else ASIDE, text)
        words = [word for word in best.loose if word not in aside]
        read = list(self._entries(reading))
        strange = self.likely.telling(words, marked=marked) - self.cues.chat - self._own(reading, read, marked=marked)
        if not strange or (nothing and len(strange) < ALONE):
            return None
        own = {entry.code for entry in read}
        told = (entry for entry in self._of_field(before) if best.asked.fits(entry.unit))
        among = {entry.code for entry in told if evidence.rate or entry.ratio is None}
        fits = self.paraphrases.likely(words, among | own, marked=marked)
        if not fits or fits[0].code not in among - own:
            return None
        here = max((fit.weight for fit in fits if fit.code in own), default=None)
        if fits[0].probability < SURELY or (here is not None and fits[0].weight - here < CLEARLY):
            return None
        found = Found(kind="indicator", code=fits[0].code, score=fits[0].probability, match="fuzzy")
        figure = self.shapes[best.reading.intent].figure and best.reading.intent != "follow_up"
        about = best.reading.model_copy(
            update={"indicators": (found,), "intent": best.reading.intent if figure else "value", "domains": ()}
        )
        meant = carried(about)
        return meant if self.stands(meant) else None

    def _own(self, reading: Reading, read: list[Indicator], *, marked: bool) -> frozenset[str]:
        """The words of what was read: of the indicator and of the members that were named."""
        members = [self.catalogue.member(found.code) for found in reading.dimensions]
        return frozenset().union(*(spelled.words_of(entry, marked=marked) for entry in (*read, *members)))

    def _entries(self, reading: Reading) -> Iterator[Indicator]:
        """Its indicators that the catalogue has; a ratio that was made of two is none of them."""
        for code in follow_up.codes(reading.indicators) & self.catalogue.indicators.keys():
            yield self.catalogue.indicator(code)

    def _of_field(self, before: Reading) -> list[Indicator]:
        domains = {entry.domain for entry in self._entries(before)}
        return [entry for entry in self.catalogue.indicators.values() if entry.domain in domains]
