"""From an utterance to competing readings: spans, coverings, Rasa's opinion on each, one joint score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language.text import normalise
from assistant.types import Found, Reading, Utterance
from assistant.understanding import ask_back, follow_up
from assistant.understanding.bank import Bank
from assistant.understanding.build import Evidence, build, gather
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.interpretation import Context, Interpretation, QuestionBack
from assistant.understanding.lattice import Slot, coverings
from assistant.understanding.masking import mask, unexplained
from assistant.understanding.nlu_client import Classification
from assistant.understanding.shapes import Shape
from assistant.understanding.shapes import load as load_shapes
from assistant.understanding.spans import ELSEWHERE, SpanFinder
from assistant.understanding.training import vocabulary

CONFIDENCE, FIT, COVER = 0.45, 0.35, 0.20
"""Weights of Rasa's confidence, of the fit of shape and evidence, and of the best covering."""

INTENTS_TRIED = 5
"""Intents of Rasa's ranking that are tried for each covering."""

COVERINGS = 3
"""Coverings that are classified beside a completed one."""

RATED = ("value", "rank", "extreme", "filter", "compare", "trend", "breakdown", "follow_up")
"""Shapes in which "phần trăm" speaks of the figure itself, not of a share or a change."""

UNEXPLAINED = 0.03
"""What each word costs that neither a name nor a template accounts for."""

LOSS = 0.08
"""What it costs to explain less by names and periods than the best covering does, per unit of its gain."""

MISFIT = 0.02
"""What a dimension costs that the indicator is not broken down by; it decides between equals only."""


class Classifier(Protocol):
    """Rasa, or a process that answers like it."""

    def classify(self, texts: list[str]) -> list[Classification]: ...


class Understanding:
    """Reads utterances. Holds the catalogue's names ready for searching; keeps nothing of any conversation."""

    def __init__(self, catalogue: Catalogue, bank: Bank, nlu: Classifier, clock: Clock, *, fades: timedelta) -> None:
        self.catalogue = catalogue
        self.nlu = nlu
        self.clock = clock
        self.fades = fades
        self.cues = Cues.load()
        self.shapes: dict[str, Shape] = load_shapes()
        self.spans = SpanFinder(catalogue, self.cues)
        self.indicator_words = IndicatorWords(catalogue, self.cues.filler | self.cues.inserted | self.cues.moving)
        self.rates: dict[str, list[str]] = defaultdict(list)
        for indicator in catalogue.indicators.values():
            if indicator.ratio is not None and indicator.unit == "%":
                self.rates[indicator.ratio.numerator].append(indicator.code)
        self.vocabulary: frozenset[str] = frozenset()
        self.learn(bank)

    def learn(self, bank: Bank) -> None:
        """Takes the words of another bank for explained ones; Rasa is trained on it elsewhere."""
        self.vocabulary = vocabulary(bank) | self.cues.filler

    def read(self, utterance: Utterance, context: Context | None) -> Interpretation:
        """The competing readings of an utterance, best first, and what to ask back.

        Raises NluUnavailable where Rasa does not answer.
        """
        text = normalise(utterance.text)
        if context is not None and self.clock.now() - context.at > self.fades:
            context = None
        if context is not None and context.pending is not None:
            choice = ask_back.chosen(utterance.text, context.pending)
            if choice is not None:
                return Interpretation(normalised=text, readings=(choice,))
        if not text:
            return Interpretation(normalised=text)
        today = self.clock.today()
        competing = self._compete(text, today)
        if not competing:
            return Interpretation(normalised=text)
        before = context.reading if context is not None else None
        best, unsure, words = competing[0]
        readings = [reading for reading, _, _ in competing]
        if before is not None and follow_up.leans_on_context(best, self.shapes):
            readings.insert(0, follow_up.merge(best, before))
        elif before is not None and self._continues(best, text):
            readings.insert(0, _with_surroundings(best, before))
        question = self._question(readings[0], unsure, text)
        return Interpretation(
            normalised=text, readings=tuple(readings[:4]), question=question, unexplained=tuple(words)
        )

    def _compete(self, text: str, today: date) -> list[tuple[Reading, list[Slot], Sequence[str]]]:
        """All readings with their open places and unexplained words, best first."""
        covers = coverings(self.spans.find(text, today, self.vocabulary))
        completed = self.indicator_words.complete(text, covers[0][0])
        if completed is not None:
            covers = [(completed, sum(slot.gain for slot in completed)), *covers[:COVERINGS]]
        masked = [mask(text, covering) for covering, _ in covers]
        distinct = list(dict.fromkeys(masked))
        opinions = dict(zip(distinct, self.nlu.classify(distinct), strict=True))
        most = max(gain for _, gain in covers)
        competing = []
        for (covering, gain), words in zip(covers, masked, strict=True):
            evidence = gather(text, covering, self.cues, self.catalogue)
            strange = unexplained(words, self.vocabulary)
            for ranked in opinions[words].ranking[:INTENTS_TRIED]:
                if ranked.intent not in self.shapes:
                    continue
                reading, unsure = build(evidence, ranked.intent, ranked.confidence, self.catalogue)
                score = self._score(reading, evidence) - LOSS * (most - gain) - UNEXPLAINED * min(5, len(strange))
                reading = self._as_rate(reading, evidence)
                reading = reading.model_copy(update={"score": round(min(1.0, max(0.0, score)), 4)})
                competing.append((reading, unsure, strange))
        return sorted(competing, key=lambda item: -item[0].score)

    def _as_rate(self, reading: Reading, evidence: Evidence) -> Reading:
        """ "Bao nhiêu phần trăm" asks for the rate that a counted indicator is the numerator of, where there is one."""
        if not evidence.rate or reading.intent not in RATED or evidence.direction or len(reading.indicators) != 1:
            return reading
        found = reading.indicators[0]
        rates = self.rates.get(found.code, [])
        if len(rates) != 1:
            return reading
        return reading.model_copy(update={"indicators": (found.model_copy(update={"code": rates[0]}),)})

    def _score(self, reading: Reading, evidence: Evidence) -> float:
        fit = self.shapes[reading.intent].fit(evidence.marks)
        score = CONFIDENCE * reading.intent_score + FIT * fit + COVER
        dimensions = {found.code.split(":")[0] for found in reading.dimensions}
        for found in reading.indicators:
            allowed: set[str] = set()
            for part in self.catalogue.parts(found.code):
                allowed |= set(self.catalogue.indicator(part).adds.dimensions)
            score -= MISFIT * len(dimensions - allowed)
        return score

    def _continues(self, reading: Reading, text: str) -> bool:
        """Whether a reading with its own indicator still speaks of the place and period before ("còn số giáo viên?")."""
        goes_on = re.match(r"(?:còn|con|vậy|vay|thế|the)\b", text) or re.search(r"\b(?:nữa|nua)\b", text)
        return reading.intent == "follow_up" or goes_on is not None

    def _question(self, reading: Reading, unsure: list[Slot], text: str) -> QuestionBack | None:
        """What has to be asked before this reading can be planned."""
        if reading.unknown:
            if reading.unknown[0].code.startswith(ELSEWHERE):
                return None
            return ask_back.which_unknown(reading, self.spans.gazetteer, self.catalogue)
        needs = self.shapes[reading.intent].needs if reading.intent in self.shapes else ()
        if "indicator" in needs and not reading.indicators:
            return ask_back.which_indicator(reading, text, self.spans.gazetteer, self.catalogue)
        for slot in unsure:
            question = ask_back.which_place(reading, slot, self.catalogue)
            if question is not None and len(question.choices) > 1:
                return question
        return None


def _with_surroundings(reading: Reading, before: Reading) -> Reading:
    """A new indicator in the place and period of the turn before; the shape is the one before, too."""
    update: dict[str, tuple[Found, ...] | str] = {}
    if not reading.places:
        for kind in ("areas", "facilities", "agencies"):
            update[kind] = follow_up.inherited(getattr(before, kind))
    if not reading.periods:
        update["periods"] = follow_up.inherited(before.periods)
    if reading.intent == "follow_up":
        update["intent"] = before.intent
        if not reading.grouping:
            update["grouping"] = follow_up.inherited(before.grouping)
    return reading.model_copy(update=update)
