"""From an utterance to competing readings: spans, coverings, Rasa's opinion on each, one joint score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language import periods
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Reading, Utterance
from assistant.understanding import (
    ask_back,
    beside,
    clauses,
    follow_up,
    narration,
    per,
    reasons,
    shared_words,
    siblings,
)
from assistant.understanding.bank import Bank
from assistant.understanding.build import PLACE_FIELDS, build
from assistant.understanding.candidate import Candidate
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.enumeration import Enumeration
from assistant.understanding.evidence import OUTRIGHT, Evidence, gather
from assistant.understanding.interpretation import Context, Interpretation
from assistant.understanding.lattice import PER, SAID, Covering, coverings, worth
from assistant.understanding.masking import mask, unexplained, without
from assistant.understanding.nlu_client import Classification, RankedIntent
from assistant.understanding.repair import Repair
from assistant.understanding.shapes import Shape
from assistant.understanding.shapes import load as load_shapes
from assistant.understanding.spans import ELSEWHERE, SpanFinder
from assistant.understanding.subject import Serves, Subject, loose_words
from assistant.understanding.talk import Talk
from assistant.understanding.training import question_words, vocabulary
from assistant.understanding.units import Asked, Units
from assistant.understanding.unsaid import GUESSED_BELOW, Unsaid

CONFIDENCE, FIT, COVER = 0.45, 0.35, 0.20
"""Weights of Rasa's confidence, of the fit of shape and evidence, and of the best covering."""

INTENTS_TRIED = 5
"""Intents of Rasa's ranking that are tried for each covering."""

DOUBT = 0.3
"""Rasa's confidence in "out of scope" from which its other intents are not believed alone …"""

LESS_USUAL = 0.8
"""… and the weight of shapes then, beside a plain value."""

COVERINGS = 3
"""Coverings that are classified beside a completed one."""

UNEXPLAINED = 0.03
"""What each word costs that neither a name nor a template accounts for."""

LOSS = 0.08
"""What it costs to explain less by names and periods than the best covering does, per unit of its gain."""

UNHEARD = 0.1
"""What it costs that several members were named of which the indicator knows nothing: "cá, tôm, mực" of fishing boats."""

MISFIT = 0.02
"""What a dimension costs that the indicator is not broken down by; it decides between equals only."""

OUTSIDE = 0.45
"""What it costs to answer with figures where words ask for what no figures tell, and the score of saying no then."""

CLOSE = 0.05
"""Difference in score below which a reading about something else is told of."""

BEYOND = ("out_of_scope", "identity", "help", "greet", "thanks", "goodbye")
"""Shapes that cost nothing then."""

NEARLY = 0.15
"""Difference in score below which a reading with an indicator goes before "out of scope"."""


NOTHING_BUT_NAMES = Classification(
    intent="follow_up",
    confidence=0.9,
    ranking=(RankedIntent(intent="follow_up", confidence=0.9), RankedIntent(intent="value", confidence=0.1)),
)
"""What names, periods and "tính trên một vạn dân" are by themselves, without a word that Rasa could judge."""


PROVINCE = re.compile(r"\b(?:tỉnh|tinh)\b")
"""A word that speaks of the whole province."""

GREET = "greet"
"""The intent of an utterance that begins with a greeting and asks nothing ("Chào em, anh Phước văn phòng đây")."""


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
        self.clock = clock
        self.fades = fades
        self.cues = Cues.load()
        self.shapes: dict[str, Shape] = load_shapes()
        self.spans = SpanFinder(catalogue, self.cues)
        self.indicator_words = IndicatorWords(catalogue, self.cues.hollow)
        self.enumeration = Enumeration(catalogue, self.cues, self.indicator_words)
        self.units = Units(self.cues)
        self.subject = Subject(catalogue, self.cues, self.indicator_words, self.shapes, serves, clock)
        self.likely = self.subject.likely
        self.unsaid = Unsaid(catalogue, self.cues, self.shapes, self.spans, self.subject)
        self.talk = Talk(
            catalogue, self.shapes, self.cues, self.likely, clock, self.subject.is_served, self.subject.rates.told
        )
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
        written = clauses.without_opening(utterance.text, self.cues.opening)
        text = normalise(written)
        if context is not None and self.clock.now() - context.at > self.fades:
            context = None
        if context is not None and context.pending is not None:
            choice = ask_back.chosen(utterance.text, context.pending, self.spans.gazetteer, self.catalogue)
            if choice is not None:
                return Interpretation(normalised=text, readings=(choice,))
        if not text:
            return Interpretation(normalised=text)
        today = self.clock.today()
        large = written_large(written) if not utterance.spoken else frozenset()
        text, large = self.repair.mend(text, large)
        if not has_marks(text):
            text = self.repair.restored(text, [(span.start, span.end) for span in periods.find(text, today)])
        stops = clauses.stops(written, text)
        text = clauses.without_denial(text, self.cues) if context is not None else text
        competing = self._compete(text, today, large, stops)
        end, competing = self._asked_until(competing, stops, large, context)
        text, stops = text[:end], clauses.stops_before(stops, end)
        begin, whole = 0, competing[0]
        told = narration.is_told(whole, self.cues, self.catalogue, served=self._stands(whole.reading))
        if told or narration.is_introduced(whole, stops, self.cues):
            begin, competing = self._question_in(competing, stops, large, alone=context is None)
            text, stops = text[begin:], clauses.stops_after(stops, begin)
        best = competing[0]
        readings = [each.reading for each in competing]
        meant = self._going_on(best, text, context)
        meant = self._several(meant, clauses.split(text, stops, self.cues), large, context) or meant
        meant = self._asked_last(meant, best, clauses.last(text, stops), large) or meant
        if context is not None and context.about is not None and not self._stands(meant):
            meant = self._leaning(best, text, context) or self._of_province(meant, text) or meant
        if begin:
            meant = self._there(meant, whole.reading, text)
            best = best if best.reading.places else best._replace(unsure=whole.unsure)
        readings = [meant, *readings] if meant is not best.reading else readings
        question = self.unsaid.question(readings[0], best, text)
        return Interpretation(
            normalised=text,
            readings=tuple(readings[:4]),
            question=question,
            rival=self._rival(competing) if readings[0] is best.reading else None,
            unexplained=best.unexplained,
        )

    def _asked_until(
        self, competing: list[Candidate], stops: frozenset[int], large: frozenset[str], context: Context | None
    ) -> tuple[int, list[Candidate]]:
        """Where a question ends after which only its reason is told, with its readings; else the end of the utterance."""
        whole = competing[0]
        text = whole.evidence.text
        for start, is_led in reasons.begins(whole, stops, self.cues, self.catalogue):
            asked = text[:start].rstrip()
            readings = self._compete(asked, self.clock.today(), large, clauses.stops_before(stops, start))
            best = readings[0]
            timed = is_led or best.reading.periods or not whole.reading.periods
            meant = self._going_on(best, asked, context)
            stands = self._stands(meant) or (context is None and self.unsaid.is_bare(best))
            if stands and timed and (best.evidence.outright or meant is not best.reading):
                return len(asked), readings
        return len(text), competing

    def _question_in(
        self, competing: list[Candidate], stops: frozenset[int], large: frozenset[str], *, alone: bool
    ) -> tuple[int, list[Candidate]]:
        """Where in talk the question begins, with its readings: what is led to and says hardly anything else, or begins with
        a time or a place and says nothing strange; else the whole. ``alone``: nothing was spoken of before."""
        whole = competing[0].evidence
        ways = ((begin, True) for begin in narration.led(whole.text, self.cues))
        others = ((begin, False) for begin in narration.named(whole, stops) if narration.is_long(whole))
        for begin, is_led in (*ways, *others):
            after = clauses.stops_after(stops, begin)
            readings = self._compete(whole.text[begin:], self.clock.today(), large, after)
            best = readings[0]
            named = best.reading.indicators and not best.reading.unknown and best.evidence.asks
            told = self.shapes[best.reading.intent].figure and self._is_told(best.reading)
            lost = whole.order and not best.evidence.order
            plain = (
                not lost
                and narration.is_asked(best, self.cues, self.catalogue)
                and (is_led or len(best.unexplained) <= 1)
            )
            if (named and told and plain) or (
                alone and not (whole.indicators or whole.beyond) and self.unsaid.is_bare(best)
            ):
                return begin, readings
        return 0, competing

    def _there(self, meant: Reading, around: Reading, text: str) -> Reading:
        """A reading in the place and time that were spoken of before: where the question points there ("huyện đó"), or names
        no place and figures are stored."""
        places = {name: getattr(around, name) for name in PLACE_FIELDS.values()}
        points = bool(self.cues.find("there", text))
        inside = bool(around.places) and not any(self.catalogue.is_outside(found.code) for found in around.places)
        if inside and not meant.places and not around.unknown:
            there = meant.model_copy(update=places)
            meant = there if points or self._is_told(there) else meant
        if self.cues.find("then", text) and not meant.periods:
            meant = meant.model_copy(update={"periods": around.periods})
        return meant

    def _going_on(self, best: Candidate, text: str, context: Context | None) -> Reading:
        """What the best reading means after the conversation; the same object where it stands alone."""
        if context is None or context.about is None:
            named = best.reading.indicators and (best.evidence.periods or best.evidence.places)
            begins = best.reading.intent in ("follow_up", "correct") and named
            return best.reading.model_copy(update={"intent": "value"}) if begins else best.reading
        before = beside.there(context.about, context.first, text, self.cues)
        meant = self.talk.after(best, before, text, context.earlier)
        return meant if meant is best.reading else self.subject.told_in(meant, best.asked, best.loose)

    def _leaning(self, best: Candidate, text: str, context: Context) -> Reading | None:
        """What an utterance without an indicator of its own names, asked of what was spoken of before, where figures are stored
        for that and it says hardly anything else; None elsewhere: "Long Đất được bao nhiêu trong số ấy?"."""
        about, evidence, reading = context.about, best.evidence, best.reading
        if about is None or evidence.beyond or evidence.about or reading.unknown:
            return None
        if not evidence.asks and not (reading.places and not narration.off(best, self.cues, self.catalogue)):
            return None  # "cho em luôn số cả tỉnh đi" asks as well
        weak = all(found.match in follow_up.WEAK for found in reading.indicators)
        if not weak or narration.off(best, self.cues, self.catalogue, about.indicators) > narration.ASKED:
            return None
        if self.likely.strange(best.loose, marked=has_marks(text)) - self.cues.chat:
            return None
        bare = reading.model_copy(update={"intent": "follow_up", "intent_score": 1.0, "indicators": (), "domains": ()})
        if bare.places and evidence.how_many:
            bare = bare.model_copy(update={"grouping": (), "limit": None})
        meant = self._going_on(best._replace(reading=bare), text, context)
        fits = all(best.asked.fits(self.catalogue.indicator(found.code).unit) for found in meant.indicators)
        return meant if fits and self._stands(meant) else None

    def _of_province(self, reading: Reading, text: str) -> Reading | None:
        """A plan that there is of the whole province only, where the words speak of that: "chỉ tiêu tỉnh giao là bao nhiêu?"
        after a district."""
        if reading.intent != "progress" or not PROVINCE.search(text):
            return None
        if not reading.places or any(found.match != "context" for found in reading.places):
            return None
        whole = reading.model_copy(update=dict.fromkeys(PLACE_FIELDS.values(), ()))
        return whole if self._stands(whole) else None

    def _several(
        self, whole: Reading, parts: list[str], large: frozenset[str], context: Context | None
    ) -> Reading | None:
        """The reading of all clauses together, each read after the one before, where they ask for more indicators than the
        sentence was found to name as a whole, or one of them for a rate ("mấy trường, mấy phần trăm trường đạt chuẩn")."""
        found: list[Reading] = []
        rated = False
        for part in parts:
            best = self._compete(part, self.clock.today(), large)[0]
            rated = rated or best.evidence.rate
            before = Context(reading=found[-1], at=self.clock.now()) if found else context
            found.append(self._going_on(best, part, before))
        meant = clauses.together(found) if found else None
        if meant is None or clauses.figures(whole) + (not rated) > clauses.figures(meant):
            return None
        return meant if self.subject.is_served(meant) else None

    def _asked_last(self, whole: Reading, best: Candidate, parts: list[str], large: frozenset[str]) -> Reading | None:
        """The reading of what is asked after other talk, in the place named before, where nothing is stored for the whole:
        "Mai anh gặp cử tri Phú Mỹ, họ kêu thiếu thầy cô. Năm học này trên đó hụt bao nhiêu giáo viên?"."""
        here = [found for found in whole.unknown if not found.code.startswith(ELSEWHERE)]
        if self._stands(whole) or here or best.evidence.beyond:
            return None
        for part in parts:
            one = self._compete(part, self.clock.today(), large)[0]
            said = follow_up.said(one.reading.indicators) or (one.reading.indicators and one.reading.dimensions)
            named = said and not one.reading.unknown and one.evidence.asks
            if not named or not self.shapes[one.reading.intent].figure:
                continue
            around = {} if one.reading.places else {name: getattr(whole, name) for name in PLACE_FIELDS.values()}
            meant = one.reading.model_copy(update=around)
            if meant.intent == "filter" and meant.places and not meant.grouping:
                meant = meant.model_copy(update={"intent": "value"})
            there = {found.code for found in whole.places} <= {found.code for found in meant.places}
            if there and self._is_told(meant):
                return meant
        return None

    def _stands(self, reading: Reading) -> bool:
        """Whether a reading asks for figures that are stored."""
        figures = bool(reading.indicators) and not reading.unknown and self.shapes[reading.intent].figure
        return figures and self._is_told(reading)

    def _is_told(self, reading: Reading) -> bool:
        """Whether figures are stored for a reading; of a plan, whether there is one."""
        planned = reading.intent == "progress"
        plans = all(self.catalogue.indicator(found.code).has_plan for found in reading.indicators) if planned else True
        return plans and self.subject.is_served(reading)

    def _rival(self, competing: list[Candidate]) -> Reading | None:
        """The best reading about something else, where it comes close to the very best and asks for figures, too."""
        best = competing[0].reading
        for candidate in competing[1:]:
            reading = candidate.reading
            if reading.score < best.score - CLOSE:
                return None
            if reading.indicators and _subject(reading) != _subject(best) and self.subject.is_served(reading):
                return reading if self.shapes[reading.intent].figure else None
        return None

    def _compete(
        self, text: str, today: date, large: frozenset[str], stops: frozenset[int] = frozenset()
    ) -> list[Candidate]:
        """All readings of a text, best first; there is always at least one. ``stops`` are where words follow a stop."""
        spans = self.spans.find(text, today, self.vocabulary, large, stops)
        asked = self.units.asked(text, stops)
        covers = [(self._named(text, asked, covering, stops), gain) for covering, gain in coverings(spans)]
        about = [*self.cues.find("about", text), *self.cues.find("unit", text)]
        asking = self.cues.find("how_many", text)
        completed = self.indicator_words.complete(text, covers[0][0], asking, about, stops)
        listed = self.enumeration.complete(text, completed or covers[0][0], stops)
        if completed is not None or listed is not covers[0][0]:
            completed = listed
            several = sum(slot.slot == "indicator" for slot in covers[0][0]) > 1
            others = covers[1:COVERINGS] if several else covers[:COVERINGS]
            covers = [(completed, max(worth(completed), covers[0][1])), *others]
        covers = [(self._with_members(text, covering, spans, stops), gain) for covering, gain in covers]
        masked = [without(mask(text, covering), self.cues.filler, self.templates) for covering, _ in covers]
        distinct = list(dict.fromkeys(filter(None, masked)))
        opinions = {"": NOTHING_BUT_NAMES, **dict(zip(distinct, self.nlu.classify(distinct), strict=True))}
        most = max(gain for _, gain in covers)
        gathered = [gather(text, covering, self.cues, self.catalogue, stops) for covering, _ in covers]
        beyond = gathered[0]
        named = any(evidence.named for evidence in gathered)
        nothing = Reading(intent="out_of_scope", score=OUTSIDE if beyond.beyond else 0.0)
        competing = [Candidate(nothing, beyond, [], (), asked)]
        for (covering, gain), words, evidence in zip(covers, masked, gathered, strict=True):
            strange, loose = unexplained(words, self.vocabulary), loose_words(text, covering)
            told = {slot.best.code.partition(":")[0] for slot in evidence.members}
            within = shared_words.inside(covering, self.spans.gazetteer, self.catalogue)
            evidence.members += [slot for slot in within if slot.best.code.partition(":")[0] not in told]
            self.subject.of_members(evidence, asked, loose)
            for intent, confidence in self._believed(opinions[words].ranking, evidence, named=named):
                reading, unsure = build(evidence, intent, confidence, self.catalogue)
                lost = sum(slot.slot == "member" for slot in covering) - len(evidence.members)
                score = self._score(reading, evidence) - UNHEARD * (lost > 1)
                score -= LOSS * (most - gain) + UNEXPLAINED * min(5, len(strange))
                for meant, cost in self.subject.meant(reading, evidence, asked, loose):
                    scored = meant.model_copy(update={"score": round(min(1.0, max(0.0, score - cost)), 4)})
                    competing.append(Candidate(scored, evidence, unsure, strange, asked, loose))
        competing.sort(key=lambda each: -each.reading.score)
        return competing if beyond.beyond else _with_indicator_first(competing)

    def _named(self, text: str, asked: Asked, covering: Covering, stops: frozenset[int]) -> Covering:
        """The covering with what figures are divided by, and with the indicator that is not named outright.

        Without the former where nothing is there to divide; with an agency's words as those of an indicator where no
        other is there: "bảo hiểm xã hội có bao nhiêu người tham gia".
        """
        divided = self.subject.named(text, asked, per.attach(text, covering, self.cues, self.catalogue), stops)
        if any(slot.slot == "indicator" for slot in divided):
            return divided
        agencies = [slot for slot in covering if slot.best.kind == "agency"]
        if agencies:
            apart = tuple(slot for slot in covering if slot not in agencies)
            without = self.subject.named(text, asked, apart, stops)
            spoken = [slot for slot in without if slot.slot in ("indicator", SAID)]
            if any(slot.start < agency.end and agency.start < slot.end for slot in spoken for agency in agencies):
                return without
        below = {slot.best.code for slot in divided if slot.slot == PER}
        whole = self.subject.named(text, asked, covering, stops) if below else divided
        told = {slot.best.code for slot in whole if slot.slot == "indicator"}
        people = {cue.code.partition(":")[0] for cue in self.cues.find("per", text)}
        return divided if told <= below <= people else whole  # "một vạn dân thì mấy cái?" counts no people

    def _with_members(self, text: str, covering: Covering, spans: list[Found], stops: frozenset[int]) -> Covering:
        """The covering with members that share words with their indicator, or are known by those listed beside them."""
        covering = siblings.out_of_names(covering, self.spans.gazetteer, self.catalogue)
        covering = shared_words.attach(covering, spans, self.catalogue)
        return siblings.attach(text, covering, stops, self.cues, self.catalogue)

    def _believed(self, ranking: Sequence[RankedIntent], evidence: Evidence, *, named: bool) -> list[tuple[str, float]]:
        """The intents to try with their confidence. Where an indicator was named, Rasa's "out of scope", or an intent that
        the evidence excludes, only says that it does not know the words around it: every shape of figures is tried then,
        and the evidence decides."""
        known = [(each.intent, each.confidence) for each in ranking[:INTENTS_TRIED] if each.intent in self.shapes]
        outright = any(slot.best.score >= OUTRIGHT for slot in evidence.indicators)
        greeted = any(not cue.start for cue in self.cues.find("greeting", evidence.text))
        if greeted and not (evidence.asks or outright):
            return [(GREET, 1.0), *((intent, confidence * LESS_USUAL) for intent, confidence in known)]
        if evidence.about and evidence.indicators:
            others = [(intent, confidence * LESS_USUAL) for intent, confidence in known if intent != evidence.about]
            return [(evidence.about, 1.0), *others]
        if evidence.beyond or not (named and evidence.asks):
            return known
        doubt = sum(
            confidence
            for intent, confidence in known
            if intent == "out_of_scope"
            or self.shapes[intent].excluded(evidence.marks)
            or (evidence.groups and intent in follow_up.ABOUT)  # "lấy dân số rồi chia ra từng huyện" asks for no source
        )
        if doubt < DOUBT:
            return known
        told = {each.intent: each.confidence for each in ranking}
        figures = [intent for intent, shape in self.shapes.items() if shape.figure]
        usual = {each: 1.0 if each == "value" else LESS_USUAL for each in figures}
        return [(each, (1 - doubt) * told.get(each, 0.0) + doubt * usual[each]) for each in figures]

    def _score(self, reading: Reading, evidence: Evidence) -> float:
        fit = self.shapes[reading.intent].fit(evidence.marks)
        score = CONFIDENCE * reading.intent_score + FIT * fit + COVER
        if evidence.beyond and reading.intent not in BEYOND:
            score -= OUTSIDE
        strange = [reading.broken_down - self.catalogue.dimensions_of(found.code) for found in reading.indicators]
        return score - MISFIT * sum(map(len, strange))


def written_large(text: str) -> frozenset[str]:
    """Folded words a person wrote with one capital in front, the first word of a sentence aside."""
    words = re.findall(r"(?<![.?!:\n])(?<![.?!:\n] )(?<=\s)[^\W\d_]+", text)
    return frozenset(fold(word) for word in words if word[0].isupper() and word[1:].islower())


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
