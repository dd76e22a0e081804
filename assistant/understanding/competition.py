"""The readings of a text compete: spans, coverings, Rasa's opinion on each, one joint score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.catalogue.loader import Catalogue
from assistant.types import Found, Reading
from assistant.understanding import follow_up, left_open, left_out, listed, not_asked, per, shared_words, siblings, told
from assistant.understanding.build import build
from assistant.understanding.candidate import Candidate
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.enumeration import Enumeration
from assistant.understanding.evidence import OUTRIGHT, Evidence, gather
from assistant.understanding.lattice import PER, SAID, Covering, coverings, worth
from assistant.understanding.masking import mask, unexplained, without
from assistant.understanding.nlu_client import Classification, RankedIntent
from assistant.understanding.shapes import Shape
from assistant.understanding.short_names import ShortNames
from assistant.understanding.spans import SpanFinder
from assistant.understanding.subject import Subject, loose_words
from assistant.understanding.units import Asked, Units
from assistant.understanding.unsaid import GUESSED_BELOW

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


HERE = (" đây", " day", " đây ạ", " day a")
"""How a greeting ends in which a person says who they are."""

REPORT = "report"
"""The intent of an utterance that asks how a field or a place does."""

GREET = "greet"
"""The intent of an utterance that begins with a greeting and asks nothing ("Chào em, anh Phước văn phòng đây")."""


_read: ContextVar[dict[tuple[object, ...], list[Candidate]] | None] = ContextVar("read", default=None)
"""What was read of the utterance that is being read, where it is."""


@contextmanager
def once() -> Iterator[None]:
    """Within it no part of an utterance is read twice: where a question begins and ends is tried from several sides."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


class Classifier(Protocol):
    """Rasa, or a process that answers like it."""

    def classify(self, texts: list[str]) -> list[Classification]: ...


class Competition:
    """Finds what a text could mean by itself; keeps nothing of any conversation."""

    def __init__(
        self,
        catalogue: Catalogue,
        cues: Cues,
        shapes: dict[str, Shape],
        spans: SpanFinder,
        words: IndicatorWords,
        subject: Subject,
        nlu: Classifier,
    ) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self.shapes = shapes
        self.spans = spans
        self.subject = subject
        self.nlu = nlu
        self._indicator_words = words
        self._enumeration = Enumeration(catalogue, cues, words)
        self._short_names = ShortNames(catalogue, cues)
        self._units = Units(cues)
        listed.warm_up(cues, catalogue)
        self.templates: frozenset[str] = frozenset()
        self.vocabulary: frozenset[str] = frozenset()

    def learn(self, templates: frozenset[str]) -> None:
        """Takes these words of templates for explained ones."""
        self.templates = templates
        self.vocabulary = templates | self.cues.filler

    def of(self, text: str, today: date, large: frozenset[str], stops: frozenset[int] = frozenset()) -> list[Candidate]:
        """All readings of a text, best first; there is always at least one. ``stops`` are where words follow a stop."""
        known = _read.get()
        if known is None:
            return self._of(text, today, large, stops)
        part = (text, today, large, stops)
        if part not in known:
            known[part] = self._of(*part)
        return known[part]

    def _of(self, text: str, today: date, large: frozenset[str], stops: frozenset[int]) -> list[Candidate]:
        spans = self.spans.find(text, today, self.vocabulary, large, stops)
        asked = self._units.asked(text, stops)
        found = [(self._short_names.attach(text, covering, stops), gain) for covering, gain in coverings(spans)]
        covers = [(self._named(text, asked, covering, stops), gain) for covering, gain in found]
        about = [*self.cues.find("about", text), *self.cues.find("unit", text)]
        limited = {span.start for span in spans if span.kind == "number"}
        about += self.cues.find("grades", text)
        about += [
            cue for cue in self.cues.find("operator", text) if cue.end + 1 in limited
        ]  # "trễ hạn không quá ba hồ sơ"
        asked = asked.nothing() if self.cues.find("unit", text) else asked  # "mấy khu công nghiệp … đơn vị gì"
        asking = self.cues.find("how_many", text)
        denied = [*not_asked.denied(text, self.cues, stops), *not_asked.included(text, self.cues, stops)]
        denied += left_out.apart(text, covers[0][0], self.cues, stops)[2]
        aside, said = [*about, *denied], not_asked.blanked(text, denied)
        completed = self._indicator_words.complete(text, covers[0][0], asking, aside, stops)
        enumerated = self._enumeration.complete(text, completed or covers[0][0], stops)
        if completed is not None or enumerated is not covers[0][0]:
            completed = enumerated
            several = sum(slot.slot == "indicator" for slot in covers[0][0]) > 1
            others = covers[1:COVERINGS] if several else covers[:COVERINGS]
            covers = [(completed, max(worth(completed), covers[0][1])), *others]
        covers = [(self._with_members(text, covering, spans, stops), gain) for covering, gain in covers]
        masked = [without(mask(text, covering), self.cues.filler, self.templates) for covering, _ in covers]
        distinct = list(dict.fromkeys(filter(None, masked)))
        opinions = {"": NOTHING_BUT_NAMES, **dict(zip(distinct, self.nlu.classify(distinct), strict=True))}
        most = max(gain for _, gain in covers)
        kept = [left_out.apart(text, covering, self.cues, stops) for covering, _ in covers]
        gathered = [
            replace(gather(text, covering, self.cues, self.catalogue, stops), left_out=out) for covering, out, _ in kept
        ]
        for evidence, (covering, _) in zip(gathered, covers, strict=True):
            left_out.grouped(evidence, covering)
            told.without(evidence, self.cues, self.catalogue)
        beyond = gathered[0]
        named = any(evidence.named for evidence in gathered)
        nothing = Reading(intent="out_of_scope", score=OUTSIDE if beyond.beyond else 0.0)
        competing = [Candidate(nothing, beyond, [], (), asked)]
        for (covering, gain), words, evidence in zip(covers, masked, gathered, strict=True):
            strange, loose = unexplained(words, self.vocabulary), loose_words(said, covering)
            broken = {slot.best.code.partition(":")[0] for slot in evidence.members}
            within = shared_words.inside(covering, self.spans.gazetteer, self.catalogue)
            evidence.members += [slot for slot in within if slot.best.code.partition(":")[0] not in broken]
            evidence.members = listed.through(text, evidence.members, self.cues, self.catalogue)
            self.subject.of_members(evidence, asked, loose)
            telling = self.subject.told(said, covering)
            for intent, confidence in self._believed(opinions[words].ranking, evidence, named=named):
                dated = intent == "last_update" and asked.kinds  # "theo số mới nhất có bao nhiêu dân"
                reading, unsure = build(evidence, "value" if dated else intent, confidence, self.catalogue)
                reading = left_open.part_of_all(reading, evidence, self.cues, self.catalogue.province.code)
                lost = sum(slot.slot == "member" for slot in covering) - len(evidence.members)
                score = self._score(reading, evidence) - UNHEARD * (lost > 1)
                score -= LOSS * (most - gain) + UNEXPLAINED * min(5, len(strange))
                for likely, cost in self.subject.meant(reading, evidence, asked, telling):
                    meant = _of_a_part(likely, evidence)
                    scored = meant.model_copy(update={"score": round(min(1.0, max(0.0, score - cost)), 4)})
                    competing.append(Candidate(scored, evidence, unsure, strange, asked, loose))
        competing.sort(
            key=lambda each: (-each.reading.score, any(found.match == "fuzzy" for found in each.reading.indicators))
        )
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
        phrases = [slot for slot in divided if slot.slot == PER]
        named = [
            slot
            for slot in whole
            if slot.slot == "indicator"
            and not (slot.best.match == "fuzzy" and any(p.start <= slot.start and slot.end <= p.end for p in phrases))
        ]  # "trên một vạn dân" names nobody's members
        told = {slot.best.code for slot in named}
        people = {cue.code.partition(":")[0] for cue in self.cues.find("per", text)}
        return divided if told <= below <= people else whole  # "một vạn dân thì mấy cái?" counts no people

    def _with_members(self, text: str, covering: Covering, spans: list[Found], stops: frozenset[int]) -> Covering:
        """The covering with members that share words with their indicator, or are known by those listed beside them."""
        covering = siblings.out_of_groups(text, covering, self.cues, self.spans.gazetteer)
        covering = siblings.out_of_names(covering, self.spans.gazetteer, self.catalogue)
        covering = shared_words.attach(covering, spans, self.catalogue)
        covering = siblings.attach(text, covering, stops, self.cues, self.catalogue)
        return listed.attach(text, covering, self.cues, self.catalogue)

    def _believed(self, ranking: Sequence[RankedIntent], evidence: Evidence, *, named: bool) -> list[tuple[str, float]]:
        """The intents to try with their confidence. Where an indicator was named, Rasa's "out of scope", or an intent that
        the evidence excludes, only says that it does not know the words around it: every shape of figures is tried then,
        and the evidence decides."""
        known = [(each.intent, each.confidence) for each in ranking[:INTENTS_TRIED] if each.intent in self.shapes]
        outright = any(slot.best.score >= OUTRIGHT for slot in evidence.indicators)
        greeted = any(not cue.start for cue in self.cues.find("greeting", evidence.text))
        introduced = evidence.text.endswith(HERE)
        if greeted and not (evidence.asks or (outright and not introduced)):
            return [(GREET, 1.0), *((intent, confidence * LESS_USUAL) for intent, confidence in known)]
        asked = named or evidence.indicators or evidence.how_many or evidence.about or evidence.beyond
        if evidence.domains and not asked and self.cues.find("reported", evidence.text):
            return [(REPORT, 1.0), *((intent, confidence * LESS_USUAL) for intent, confidence in known)]
        if evidence.about and evidence.indicators:
            others = [(intent, confidence * LESS_USUAL) for intent, confidence in known if intent != evidence.about]
            # "tính là một vụ hay ba vụ" asks for none of the others
            return [(evidence.about, 1.0), *(others if evidence.order else ())]
        ruled_out = [intent for intent, _ in known if self.shapes[intent].excluded(evidence.marks)]
        if evidence.beyond or not (named and (evidence.asks or known[0][0] in ruled_out)):
            return known
        doubt = sum(
            confidence
            for intent, confidence in known
            if intent == "out_of_scope"
            or intent in ruled_out
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


def _of_a_part(reading: Reading, evidence: Evidence) -> Reading:
    """A share of nothing that is part of anything asks for the figure: "chị em bên nữ công hỏi …, cả tỉnh bao nhiêu vụ"."""
    parts = reading.dimensions or reading.grouping or len(reading.places) > 1 or evidence.share or evidence.rate
    apart = reading.intent == "share" and reading.indicators and not parts
    return reading.model_copy(update={"intent": "value"}) if apart else reading


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
