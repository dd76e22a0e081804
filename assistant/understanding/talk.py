"""What an utterance means after the reading before it, with what only the catalogue tells: domains, places, indicators.

The rules that need no catalogue are ``follow_up.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.catalogue.catalogue import Catalogue
from assistant.clock import Clock
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Reading
from assistant.understanding import follow_up
from assistant.understanding.build import PLACE_FIELDS, Evidence
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.shapes import Shape

FEW_WORDS = 8
"""Words of an utterance that may lean on the one before with an indicator of its own."""

MEANT = 0.45
"""Fit from which an indicator is meant by words that go on from the one before."""

BETTER = 0.1
"""How much better it must fit than an indicator that was named."""

SPOKEN_OF = ("against", "versus", "order", "direction", "operator", "share", "moved", "why", "turning", "rate")
"""Cues whose words say nothing of an indicator."""

DAYS = {"day": 1, "month": 28, "quarter": 90, "half": 181, "year": 365, "school_year": 334, "span": 1}
"""Least days of a period of each grain; a school year may be given without its summer."""


class Talk:
    """Completes readings by the one before; keeps nothing of any conversation."""

    def __init__(
        self,
        catalogue: Catalogue,
        shapes: dict[str, Shape],
        cues: Cues,
        likely: LikelyIndicators,
        clock: Clock,
        is_served: Callable[[Reading], bool],
        as_rate: Callable[[Reading, Evidence], Reading],
    ) -> None:
        self.catalogue = catalogue
        self.shapes = shapes
        self.cues = cues
        self.likely = likely
        self.clock = clock
        self.is_served = is_served
        self.as_rate = as_rate

    def after(self, best: Candidate, before: Reading, text: str) -> Reading:
        """The reading that goes on from the one before; the candidate's own, the same object, where it stands alone.

        One that names no place goes on about the place before, unless it names a period and speaks of another domain.
        """
        reading = self._without_unit(best.reading, before)
        short = len(text.split()) <= FEW_WORDS
        leans = follow_up.leans_on_context(reading, self.shapes, rated=best.evidence.rate and short)
        meant = self._in_field(best, before, text) if short and (leans or self._may_go_on(reading)) else None
        if meant is not None:
            return self.as_rate(self._with_surroundings(meant, before), best.evidence)
        if leans:
            return self.as_rate(self._merged(reading, before, best.evidence), best.evidence)
        carried = self._with_surroundings(reading, before)
        goes_on = re.match(r"(?:còn|con|vậy|vay|thế|the)\b", text) or re.search(r"\b(?:nữa|nua)\b", text)
        if reading.intent == "follow_up" or goes_on is not None:
            return carried
        if not self.shapes[reading.intent].figure or not reading.indicators or reading.unknown or reading.places:
            return reading
        if self.cues.find("there", text):
            return carried
        another = not self._fields(reading) & self._fields(before)
        if reading.grouping or (reading.periods and another) or not self.is_served(carried):
            return reading
        return carried

    def _may_go_on(self, reading: Reading) -> bool:
        """Whether an utterance could be about another indicator of what was spoken of before."""
        if reading.places or reading.grouping or reading.unknown or reading.intent in follow_up.ABOUT:
            return False
        return self.shapes[reading.intent].figure or reading.intent in ("out_of_scope", "identity", "coverage")

    def _without_unit(self, reading: Reading, before: Reading) -> Reading:
        """ "Giảm mấy hộ?" after poor households asks of them: a counted noun that is only the unit names nothing."""
        units = {
            normalise(self.catalogue.indicator(found.code).unit)
            for found in before.indicators
            if "--" not in found.code
        }
        if not any(found.match == "grammar" and found.text in units for found in reading.indicators):
            return reading
        return reading.model_copy(update={"indicators": ()})

    def _in_field(self, best: Candidate, before: Reading, text: str) -> Reading | None:
        """The indicator that few words mean together with those of the one before: "bị thương?" after accidents.

        Its name holds all the telling words; one that was named outright gives way only to a name that those words
        and the one before make up completely ("năng suất" after rice is its yield).
        """
        spoken = " ".join(text[cue.start : cue.end] for group in SPOKEN_OF for cue in self.cues.find(group, text))
        aside = {fold(word) for word in spoken.split()}
        said = [word for word in best.loose if fold(word) not in aside]
        marked = has_marks(text)
        telling = self.likely.telling(said, marked=marked)
        names = [self.catalogue.indicator(found.code).name for found in before.indicators if "--" not in found.code]
        prior = [word for name in names for word in normalise(name, marked=True).split()]
        prior = prior if marked else [fold(word) for word in prior]
        if not telling or not prior:
            return None
        held = {found.code for found in best.reading.indicators if found.match != "grammar"}
        ranked = self.likely.rank([*said, *prior], telling, marked=marked)
        fits = {code: fit for code, fit, _ in ranked}
        rated = any(self.catalogue.indicator(code).ratio is not None for code in held)
        asked = {found.code for found in before.indicators}
        known = max((fits.get(code, 0.0) for code in held), default=0.0)
        for code, fit, shared in ranked:
            found = Found(kind="indicator", code=code, score=fit, match="fuzzy")
            own = self.shapes[best.reading.intent].figure and best.reading.intent != "follow_up"
            reading = best.reading.model_copy(
                update={"intent": best.reading.intent if own else "value", "indicators": (found,)}
            )
            entry = self.catalogue.indicator(code)
            if entry.domain not in self._fields(before) or fit < MEANT:
                continue
            if held and entry.ratio is not None and not (rated or best.evidence.rate):
                continue
            if code in asked and not best.reading.periods:
                continue
            if not self.is_served(self._with_surroundings(reading, before)):
                continue
            if held and (code in held or fit < known + BETTER or not (shared & set(prior)) - telling):
                return None
            if held and self.likely.telling(prior, marked=marked) <= shared:
                return None  # a name with all the words of both is that of a whole
            return reading
        return None

    def _fields(self, reading: Reading) -> frozenset[str]:
        """The domains of a reading's indicators."""
        return frozenset(self.catalogue.indicator(found.code).domain for found in reading.indicators)

    def _with_surroundings(self, reading: Reading, before: Reading) -> Reading:
        """A new indicator in the place and period of the turn before; where it has no shape of its own, in that, too.

        A period that is shorter than what the indicator is told for is not carried on.
        """
        update: dict[str, tuple[Found, ...] | str] = {}
        if not reading.places:
            for field in PLACE_FIELDS.values():
                update[field] = follow_up.inherited(getattr(before, field))
        told = [DAYS[self.catalogue.indicator(found.code).grain] for found in reading.indicators]
        spans = [(found.period.end - found.period.start).days + 1 for found in before.periods if found.period]
        if not reading.periods and min(spans, default=0) >= max(told, default=0):
            update["periods"] = follow_up.inherited(before.periods)
        if reading.intent == "follow_up":
            update["intent"] = before.intent if self.shapes[before.intent].figure else "value"
            if not reading.grouping:
                update["grouping"] = follow_up.inherited(before.grouping)
        return reading.model_copy(update=update)

    def _merged(self, reading: Reading, before: Reading, evidence: Evidence) -> Reading:
        """The reading completed by the one before, with two things that only the catalogue tells.

        A share of a place around the one before asks for that one's part; one figure per district after a single
        district asks for all of them.
        """
        around = {code for found in before.places for code in self.catalogue.ancestors(found.code)}
        shared = reading.intent == "share" or evidence.share
        if shared and reading.areas and around.issuperset(found.code for found in reading.places):
            reading = reading.model_copy(update={"areas": (), "intent": "share", "intent_score": 1.0})
        merged = follow_up.merge(reading, before)
        target = next((found.code for found in reading.grouping if ":" not in found.code), None)
        if target is not None and not reading.places and merged.areas:
            today = self.clock.today()
            if not any(self.catalogue.children(found.code, target, today) for found in merged.areas):
                merged = merged.model_copy(update={"areas": ()})
        return merged
