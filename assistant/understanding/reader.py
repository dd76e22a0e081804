"""From an utterance to competing readings: spans, coverings, Rasa's opinion on each, one joint score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Period, Reading, Utterance
from assistant.understanding import ask_back, per, shared_words
from assistant.understanding.bank import Bank
from assistant.understanding.build import Evidence, build, gather
from assistant.understanding.candidate import Candidate
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.counters import Counters
from assistant.understanding.cues import Cues
from assistant.understanding.interpretation import Context, Interpretation, QuestionBack
from assistant.understanding.lattice import SAID, Covering, Slot, coverings, placed, worth
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.masking import mask, unexplained, without
from assistant.understanding.nlu_client import Classification
from assistant.understanding.repair import Repair
from assistant.understanding.shapes import Shape
from assistant.understanding.shapes import load as load_shapes
from assistant.understanding.spans import ELSEWHERE, SpanFinder
from assistant.understanding.talk import Talk
from assistant.understanding.training import question_words, vocabulary

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

UNSERVED = 0.15
"""What it costs that nothing is stored of an indicator for the places and breakdowns asked for."""

LIKELY = 0.5
"""Fit from which an indicator is tried in the place of one of which nothing is stored …"""

OFFERED = 0.3
"""Fit from which an indicator is offered where none was understood."""

TAKEN = 0.6
"""Fit from which an indicator is taken by some of its words …"""

RATES = ("%", "‰")
"""Units of indicators that are taken by some of their words only where a rate is asked for."""

TAKEN_BY_ONE = 0.75
"""… by a single word …"""

CLEARLY = 0.15
"""… and how much less every other one must fit."""

TRIED = 4
"""… and how many are."""

OUTSIDE = 0.45
"""What it costs to answer with figures where words ask for what no figures tell, and the score of saying no then."""

CLOSE = 0.05
"""Difference in score below which a reading about something else is told of."""

BEYOND = ("out_of_scope", "identity", "help", "greet", "thanks", "goodbye")
"""Shapes that cost nothing then."""

GUESSES = ("count", "list", "coverage", "report", "out_of_scope", "follow_up")
"""Intents that a question with an unknown indicator is easily taken for …"""

GUESSED_BELOW = 0.93
"""… unless Rasa is surer than this."""

SURELY = 0.98
"""… nor than this, where loose words fit an indicator."""

NEARLY = 0.15
"""Difference in score below which a reading with an indicator goes before "out of scope"."""


class Serves(Protocol):
    """Tells whether figures of an indicator are stored for such a place and such breakdowns, in a period or in any."""

    def __call__(
        self, indicator: str, place: str, dimensions: Collection[str] = (), period: Period | None = None
    ) -> bool: ...


class Classifier(Protocol):
    """Rasa, or a process that answers like it."""

    def classify(self, texts: list[str]) -> list[Classification]: ...


class Understanding:
    """Reads utterances. Holds the catalogue's names ready for searching; keeps nothing of any conversation."""

    def __init__(
        self, catalogue: Catalogue, bank: Bank, nlu: Classifier, clock: Clock, *, serves: Serves, fades: timedelta
    ) -> None:
        """``fades`` is how long a conversation goes on after its last turn."""
        self.catalogue = catalogue
        self.nlu = nlu
        self.serves = serves
        self.clock = clock
        self.fades = fades
        self.cues = Cues.load()
        self.shapes: dict[str, Shape] = load_shapes()
        self.spans = SpanFinder(catalogue, self.cues)
        self.indicator_words = IndicatorWords(catalogue, self.cues.hollow)
        self.counters = Counters(catalogue, self.cues)
        self.likely = LikelyIndicators(catalogue, self.indicator_words)
        self.talk = Talk(catalogue, self.shapes, self.cues, self.likely, clock, self._is_served, self._as_rate)
        self.rates = rates(catalogue)
        self.templates: frozenset[str] = frozenset()
        self.vocabulary: frozenset[str] = frozenset()
        self.learn(bank)

    def learn(self, bank: Bank) -> None:
        """Takes the words of another bank for explained ones; Rasa is trained on it elsewhere."""
        self.templates = vocabulary(bank)
        self.vocabulary = self.templates | self.cues.filler
        self.likely.learn(question_words(bank))
        self.repair = Repair(bank, self.catalogue)

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
        large = written_large(utterance.text) if not utterance.spoken else frozenset()
        text, large = self.repair.mend(text, large)
        text = self.repair.restored(text)
        competing = self._compete(text, today, large)
        best = competing[0]
        readings = [each.reading for each in competing]
        if context is not None and (before := context.about) is not None:
            meant = self.talk.after(best, before, text)
            readings = [meant, *readings] if meant is not best.reading else readings
        elif (
            best.reading.intent == "follow_up"
            and best.reading.indicators
            and (best.evidence.periods or best.evidence.places)
        ):
            readings[0] = best.reading.model_copy(update={"intent": "value"})
        question = self._question(readings[0], best, text)
        return Interpretation(
            normalised=text,
            readings=tuple(readings[:4]),
            question=question,
            rival=self._rival(competing) if readings[0] is best.reading else None,
            unexplained=best.unexplained,
        )

    def _rival(self, competing: list[Candidate]) -> Reading | None:
        """The best reading about something else, where it comes close to the very best and asks for figures, too."""
        best = competing[0].reading
        for candidate in competing[1:]:
            reading = candidate.reading
            if reading.score < best.score - CLOSE:
                return None
            if reading.indicators and _subject(reading) != _subject(best) and self._is_served(reading):
                return reading if self.shapes[reading.intent].figure else None
        return None

    def _compete(self, text: str, today: date, large: frozenset[str]) -> list[Candidate]:
        """All readings of a text, best first; there is always at least one."""
        spans = self.spans.find(text, today, self.vocabulary, large)
        covers = [
            (self._named(text, per.attach(text, covering, self.cues, self.catalogue)), gain)
            for covering, gain in coverings(spans)
        ]
        completed = self.indicator_words.complete(text, covers[0][0])
        if completed is not None:
            several = sum(slot.slot == "indicator" for slot in covers[0][0]) > 1
            others = covers[1:COVERINGS] if several else covers[:COVERINGS]
            covers = [(completed, max(worth(completed), covers[0][1])), *others]
        covers = [(shared_words.attach(covering, spans, self.catalogue), gain) for covering, gain in covers]
        masked = [without(mask(text, covering), self.cues.filler, self.templates) for covering, _ in covers]
        distinct = list(dict.fromkeys(masked))
        opinions = dict(zip(distinct, self.nlu.classify(distinct), strict=True))
        most = max(gain for _, gain in covers)
        gathered = [gather(text, covering, self.cues, self.catalogue) for covering, _ in covers]
        beyond = gathered[0]
        nothing = Reading(intent="out_of_scope", score=OUTSIDE if beyond.beyond else 0.0)
        competing = [Candidate(nothing, beyond, [], ())]
        for (covering, gain), words, evidence in zip(covers, masked, gathered, strict=True):
            strange, loose = unexplained(words, self.vocabulary), _loose_words(text, covering)
            for ranked in opinions[words].ranking[:INTENTS_TRIED]:
                if ranked.intent not in self.shapes:
                    continue
                reading, unsure = build(evidence, ranked.intent, ranked.confidence, self.catalogue)
                score = self._score(reading, evidence) - LOSS * (most - gain) - UNEXPLAINED * min(5, len(strange))
                for meant, lost in self._served(self._as_rate(reading, evidence), text, loose):
                    scored = meant.model_copy(update={"score": round(min(1.0, max(0.0, score - lost)), 4)})
                    competing.append(Candidate(scored, evidence, unsure, strange, loose))
        competing.sort(key=lambda each: -each.reading.score)
        return competing if beyond.beyond else _with_indicator_first(competing)

    def _named(self, text: str, covering: Covering) -> Covering:
        """A covering without an indicator, with the one that its loose words or a counted noun speak of.

        An indicator is taken by some of its words only where it is clearly the likeliest; else it is asked for.
        """
        if any(slot.slot in ("indicator", "member", "domain") for slot in covering):
            return self.counters.attach(text, covering)
        counted = self.counters.attach(text, covering)
        noun = next((slot.best.text for slot in counted if slot.slot == "indicator"), "")
        marked = has_marks(text)
        loose, rated = _loose_words(text, covering), bool(self.cues.find("rate", text))
        ranked = [each for each in self.likely.rank(loose, marked=marked) if rated or not self._is_rate(each.code)]
        if not covering or not ranked or ranked[0].score < (TAKEN if len(ranked[0].shared) > 1 else TAKEN_BY_ONE):
            return counted
        if self.likely.strange(loose, marked=marked):
            return counted
        if not self.likely.telling(ranked[0].shared, marked=marked) - set(noun.split()):
            return counted
        if len(ranked) > 1 and ranked[1].score > ranked[0].score - CLEARLY:
            return covering
        apart = [slot for slot in covering if slot.slot != "number"]
        said = [
            (word.start(), word.end())
            for word in re.finditer(r"\w+", text)
            if word.group() in ranked[0].shared
            and not any(slot.start < word.end() and word.start() < slot.end for slot in apart)
        ]
        found = Found(
            kind="indicator",
            code=ranked[0].code,
            text=text[slice(*said[0])],
            start=said[0][0],
            end=said[0][1],
            score=ranked[0].score,
            match="fuzzy",
        )
        slots = [Slot("indicator" if at == said[0] else SAID, *at, (found,)) for at in said]
        return placed(covering, slots)

    def _is_rate(self, code: str) -> bool:
        entry = self.catalogue.indicator(code)
        return entry.ratio is not None or entry.unit in RATES

    def _as_rate(self, reading: Reading, evidence: Evidence) -> Reading:
        """ "Bao nhiêu phần trăm" asks for the rate that a counted indicator is the numerator of, where there is one."""
        if "plan" in evidence.marks and evidence.rate and reading.intent in ("value", "share"):
            return reading.model_copy(update={"intent": "progress"})
        codes = tuple(found.code for found in reading.indicators)
        if not evidence.rate or evidence.direction or codes not in self.rates:
            return reading
        part = evidence.members or evidence.groups or len(evidence.places) > (not evidence.share)
        if reading.intent not in RATED and (reading.intent != "share" or part):
            return reading
        found = reading.indicators[0].model_copy(update={"code": self.rates[codes]})
        intent = "value" if reading.intent == "share" else reading.intent
        return reading.model_copy(update={"intent": intent, "indicators": (found,)})

    def _served(self, reading: Reading, text: str, loose: Sequence[str]) -> Iterator[tuple[Reading, float]]:
        """The reading with what it costs that nothing is stored for it; then also the same of the indicators likeliest
        meant by the loose words, of which something is."""
        served = self._is_served(reading)
        yield reading, 0.0 if served else UNSERVED
        if len(reading.indicators) != 1 or served:
            return
        held = reading.indicators[0]
        kept = () if held.match == "default" else held.text.split()
        for code, fit, _ in self.likely.rank(loose, kept, marked=has_marks(text))[:TRIED]:
            found = held.model_copy(update={"code": code, "match": "fuzzy"})
            other = reading.model_copy(
                update={"indicators": (found,), "domains": (self.catalogue.indicator(code).domain,)}
            )
            if fit >= LIKELY and self._is_served(other):
                yield other, 0.0

    def _is_served(self, reading: Reading, at: int | None = None) -> bool:
        """Whether figures are stored for what a reading asks for; shapes without figures ask for none.

        In any period, or in the one whose words begin ``at`` this character.
        """
        if not self.shapes[reading.intent].figure or not reading.indicators:
            return True
        targets = [found.code for found in reading.grouping]
        names = {found.code.partition(":")[0] for found in reading.dimensions}
        names |= {target.removeprefix("dimension:") for target in targets if target.startswith("dimension:")}
        places = [found.code for found in reading.places] or [self.catalogue.province.code]
        for target in targets:
            if not target.startswith(("dimension:", "period:")):
                inside = self.catalogue.children(places[0], target, self.clock.today())
                places = [*places[1:], *inside[:1]]
        period = next((found.period for found in reading.periods if found.start == at), None)
        return all(self.serves(found.code, place, names, period) for found in reading.indicators for place in places)

    def _score(self, reading: Reading, evidence: Evidence) -> float:
        fit = self.shapes[reading.intent].fit(evidence.marks)
        score = CONFIDENCE * reading.intent_score + FIT * fit + COVER
        if evidence.beyond and reading.intent not in BEYOND:
            score -= OUTSIDE
        dimensions = {found.code.split(":")[0] for found in reading.dimensions}
        for found in reading.indicators:
            allowed: set[str] = set()
            for part in self.catalogue.parts(found.code):
                allowed |= set(self.catalogue.indicator(part).adds.dimensions)
            score -= MISFIT * len(dimensions - allowed)
        return score

    def _question(self, reading: Reading, best: Candidate, text: str) -> QuestionBack | None:
        """What has to be asked before this reading can be planned."""
        if reading.unknown:
            if reading.unknown[0].code.startswith(ELSEWHERE):
                return None
            return ask_back.which_unknown(reading, self.spans.gazetteer, self.catalogue)
        if not reading.indicators and self._needs_indicator(reading, best):
            asked = reading if self.shapes[reading.intent].figure else reading.model_copy(update={"intent": "value"})
            near = [code for code, fit, _ in self.likely.rank(best.loose, marked=has_marks(text)) if fit >= OFFERED]
            return ask_back.which_indicator(asked, text, near, self.spans.gazetteer, self.catalogue)
        for slot in best.unsure:
            question = ask_back.which_place(reading, slot, self.catalogue)
            if question is not None and len(question.choices) > 1:
                return question
        for slot in best.evidence.tied if reading.indicators and reading is best.reading else ():
            question = ask_back.which_period(reading, slot)
            if all(self._is_served(choice.reading, slot.start) for choice in question.choices):
                return question
        return None

    def _needs_indicator(self, reading: Reading, best: Candidate) -> bool:
        """Whether an indicator was asked for in words that no name has: by the shape, or by what is left unexplained."""
        if any(found.code == "indicator" for found in reading.grouping):
            return False  # "chỉ tiêu nào" asks of every one
        if "indicator" in self.shapes[reading.intent].needs:
            return True
        if reading.intent == "count" and not (reading.grouping or reading.dimensions):
            return True
        marked = has_marks(best.evidence.text)
        likely = any(fit >= TAKEN for _, fit, _ in self.likely.rank(best.loose, marked=marked)[:1])
        strange = self.likely.strange(best.loose, marked=marked)
        if likely and not strange and best.evidence.how_many and reading.intent_score < SURELY:
            return not reading.indicators and reading.intent in GUESSES
        named = reading.places or reading.periods
        wondered = best.unexplained or best.evidence.how_many
        if not wondered or not named or reading.grouping or reading.domains:
            return False
        return reading.intent in GUESSES and reading.intent_score < GUESSED_BELOW


def written_large(text: str) -> frozenset[str]:
    """Folded words a person wrote with one capital in front, the first word of a sentence aside."""
    words = re.findall(r"(?<![.?!:\n])(?<![.?!:\n] )(?<=\s)[^\W\d_]+", text)
    return frozenset(fold(word) for word in words if word[0].isupper() and word[1:].islower())


def _loose_words(text: str, covering: Covering) -> tuple[str, ...]:
    """The words of an utterance outside of all names but those of indicators."""
    apart = [slot for slot in covering if slot.slot not in ("indicator", SAID)]
    found = (match for match in re.finditer(r"\w+", text))
    return tuple(word.group() for word in found if not any(slot.start <= word.start() < slot.end for slot in apart))


def _subject(reading: Reading) -> tuple[frozenset[str], ...]:
    """What a reading is about, whatever its shape."""
    named = (reading.indicators, reading.places, reading.periods, reading.dimensions)
    return tuple(frozenset(found.code for found in each) for each in named)


def _with_indicator_first(competing: list[Candidate]) -> list[Candidate]:
    """A question is out of scope only where no near reading has an indicator, or where Rasa is sure."""
    first = competing[0].reading
    if first.intent != "out_of_scope" or first.intent_score >= GUESSED_BELOW:
        return competing
    for candidate in competing:
        reading = candidate.reading
        if reading.indicators and reading.intent != first.intent and reading.score >= first.score - NEARLY:
            return [candidate, *(each for each in competing if each is not candidate)]
    return competing


def rates(catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    """The one rate that a count is the numerator of, and the one that two counts make together."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for indicator in catalogue.indicators.values():
        ratio = indicator.ratio
        if ratio is not None and ratio.part and indicator.unit == "%":
            for codes in ((ratio.numerator,), (ratio.numerator, ratio.denominator)):
                found[codes].append(indicator.code)
    return {codes: each[0] for codes, each in found.items() if len(each) == 1}
