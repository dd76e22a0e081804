"""From an utterance to what is meant: which part of it asks, and what that means after what was spoken of."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta

from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language import periods
from assistant.language.letters import Letters
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Reading, Utterance
from assistant.understanding import (
    ask_back,
    beside,
    clauses,
    follow_up,
    narration,
    reasons,
    spelled,
)
from assistant.understanding.at_once import AtOnce
from assistant.understanding.bank import Bank
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.candidate import Candidate, counts, is_guessed, outright
from assistant.understanding.competition import REPORT, Classifier, Competition, once
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.interpretation import Context, Interpretation
from assistant.understanding.otherwise import Otherwise
from assistant.understanding.paraphrase import Paraphrases
from assistant.understanding.paraphrase import read as read_paraphrases
from assistant.understanding.repair import Repair
from assistant.understanding.shapes import Shape
from assistant.understanding.shapes import load as load_shapes
from assistant.understanding.spans import ELSEWHERE, SpanFinder
from assistant.understanding.subject import Serves, Subject
from assistant.understanding.talk import PROVINCE, Talk
from assistant.understanding.training import question_words, vocabulary
from assistant.understanding.unsaid import Unsaid

INSTEAD = 0.15
"""Difference in score below which a reading that is stored where it was spoken of goes before one that is not."""

CLOSE = 0.05
"""Difference in score below which a reading about something else is told of."""

ENOUGH = 0.5
"""Score of a reading that goes on where nothing is said but names and words that ask."""

GOES_ON = "con "
"""What an utterance in bare letters that goes on begins with: "con so y te" speaks of Sở Y tế, not of a figure."""

ADDRESSED = re.compile(
    r"\b((?:mấy|may|nhiêu|nhieu) "
    r"(?!(?:trăm|tram|nghìn|nghin|ngàn|ngan|chục|chuc|vạn|van|trẻ|tre|chị|chi|anh|đứa|dua|thế|the|vậy|vay)\b)\w+) em$"
)
"""Whom is spoken to, right behind the unit of what is asked for: "mất hết mấy tỷ em", but "mấy trẻ em"."""

LED = 5
"""Words before a colon from which it leads to a question."""

CLOSES = ("thanks", "goodbye")
"""Intents after which a person who tells what they are about to do asks nothing: "cảm ơn em, chị sẽ đề xuất mở thêm lớp"."""


class Understanding:
    """Reads utterances. Holds the catalogue's names ready for searching; keeps nothing of any conversation."""

    def __init__(
        self, catalogue: Catalogue, bank: Bank, nlu: Classifier, clock: Clock, *, serves: Serves, fades: timedelta
    ) -> None:
        """``fades`` is how long a conversation goes on after its last turn."""
        self.catalogue = catalogue
        self.clock = clock
        self.fades = fades
        self.letters = Letters(name.text for name in catalogue.names())
        self.cues = Cues.load()
        self.shapes: dict[str, Shape] = load_shapes()
        self.spans = SpanFinder(catalogue, self.cues)
        words = IndicatorWords(catalogue, self.cues.hollow)
        self.subject = Subject(catalogue, self.cues, words, self.shapes, serves, clock)
        self.competition = Competition(catalogue, self.cues, self.shapes, self.spans, words, self.subject, nlu)
        self.likely = self.subject.likely
        self.unsaid = Unsaid(catalogue, self.cues, self.shapes, self.spans, self.subject)
        self.talk = Talk(
            catalogue, self.shapes, self.cues, self.likely, clock, self.subject.is_served, self.subject.rates.told
        )
        self.otherwise = Otherwise(
            catalogue, self.cues, self.shapes, self.likely, Paraphrases(catalogue, read_paraphrases()), self._stands
        )
        self.at_once = AtOnce(
            catalogue,
            self.cues,
            clock,
            self.competition,
            self.subject,
            going_on=self._clause_after,
            stands=self._stands,
        )
        self.learn(bank)

    def learn(self, bank: Bank) -> None:
        """Takes the words of another bank for explained ones; Rasa is trained on it elsewhere."""
        self.competition.learn(vocabulary(bank))
        self.likely.learn(question_words(bank))
        self.repair = Repair(bank, self.catalogue)
        self.spans.learn(self.repair.beside)

    def read(self, utterance: Utterance, context: Context | None) -> Interpretation:
        """The competing readings of an utterance, best first, and what to ask back.

        Raises NluUnavailable where Rasa does not answer.
        """
        with once():
            return self._read(utterance, context)

    def _read(self, utterance: Utterance, context: Context | None) -> Interpretation:
        written = clauses.without_opening(utterance.text, self.cues)
        text = self.letters.joined(normalise(written))
        if context is not None and self.clock.now() - context.at > self.fades:
            context = None
        if context is not None and context.pending is not None:
            choice = ask_back.chosen(utterance.text, context.pending, self.spans.gazetteer, self.catalogue)
            if choice is not None:
                return Interpretation(normalised=text, readings=(choice,))
        if not text:
            return Interpretation(normalised=text)
        text = ADDRESSED.sub(r"\1", text)
        today = self.clock.today()
        large = written_large(written) if not utterance.spoken else frozenset()
        text, large = self.repair.mend(text, large)
        if not has_marks(text):
            further = context is not None and text.startswith(GOES_ON) and not self._begins_with_place(text)
            at = len(GOES_ON) if further else 0
            rest = text[at:]
            rest = self.repair.restored(rest, [(span.start, span.end) for span in periods.find(rest, today)])
            text = "còn "[:at] + rest
        stops = clauses.stops(written, text)
        led = clauses.led(written, text) & stops
        ends = clauses.ended(written, text) & stops
        text = clauses.without_plural(text, stops, self.cues)
        text, stops = clauses.without_denial(text, self.cues, stops) if context is not None else (text, stops)
        competing = self.competition.of(text, today, large, stops)
        stops = frozenset(stop for stop in stops if not narration.is_inside(competing[0].evidence, stop))
        end, competing = self._asked_until(competing, stops, large, context)
        text, stops = text[:end], clauses.stops_before(stops, end)
        begin, whole, timed, said = 0, competing[0], False, text
        goes_on = self._going_on(whole, text, context)
        served = self._stands(whole.reading) or self._stands(goes_on)
        told = narration.is_told(whole, self.cues, self.catalogue, served=served)
        begins = {
            *narration.opening(whole, stops, self.cues),
            *narration.reported(text, stops, self.cues),
            *narration.reasoned(text, stops, self.cues),
            *narration.storied(whole, stops, self.cues),
            *narration.told_before(whole, sorted(at for at in ends if at < end), self.cues),
            *(at for at in led if at < end and len(text[:at].split()) > LED),
        }
        if told or begins or narration.is_introduced(whole, stops, self.cues):
            begin, competing = self._question_in(competing, stops, large, begins, alone=context is None)
            timed = begin not in stops and begin not in narration.led(text, self.cues)
            text, stops = text[begin:], clauses.stops_after(stops, begin)
        best = competing[0]
        readings = [each.reading for each in competing]
        meant = self._going_on(best, text, context) if begin else goes_on
        meant = self._there_told(meant, competing, text, context) or meant
        meant, *also = self.at_once.read(meant, text, stops, large, context)
        meant = self._asked_last(meant, best, clauses.last(text, stops), large) or meant
        if context is not None and context.about is not None:
            meant = self._otherwise(meant, best, context.about) or meant
            meant = self._of_province(meant, text) or meant
            meant = (None if self._stands(meant) else self._leaning(best, text, context)) or meant
            meant = self._told_enough(meant, best, context.about)
        if begin:
            meant = self._there(meant, whole.reading, text, timed=timed)
            points = bool(self.cues.find("that", text))  # "cái vụ gọi phá một một bốn đó, … vô tổng đài này"
            topic = points or (begin in led and not self.cues.find("news", whole.evidence.text))
            meant = self._of_topic(meant, whole.reading.dimensions, begin) if topic else meant
            best = best if best.reading.places else best._replace(unsure=whole.unsure)
        readings = [meant, *readings] if meant is not best.reading else readings
        question = self.unsaid.question(readings[0], best, text, said[:begin])
        return Interpretation(
            normalised=text,
            readings=tuple(readings[:4]),
            also=tuple(also) if question is None else (),
            question=question,
            rival=self._rival(competing) if readings[0] is best.reading else None,
            unexplained=best.unexplained,
        )

    def _begins_with_place(self, text: str) -> bool:
        """Whether a text in bare letters begins with an area's whole name: "con dao bao nhieu" asks of Côn Đảo."""
        near = self.spans.gazetteer.find(text, near=False)
        return any(found.start == 0 and found.kind == "area" and found.end > len(GOES_ON) for found in near)

    def _asked_until(
        self, competing: list[Candidate], stops: frozenset[int], large: frozenset[str], context: Context | None
    ) -> tuple[int, list[Candidate]]:
        """Where a question ends after which only its reason is told, with its readings; else the end of the utterance."""
        whole = competing[0]
        text = whole.evidence.text
        for start, is_led in reasons.begins(whole, stops, self.cues, self.catalogue):
            asked = text[:start].rstrip()
            readings = self.competition.of(asked, self.clock.today(), large, clauses.stops_before(stops, start))
            best = readings[0]
            timed = is_led or best.reading.periods or not whole.reading.periods
            meant = self._going_on(best, asked, context)
            stands = self._stands(meant) or (context is None and self.unsaid.is_bare(best))
            reported = best.reading.intent == REPORT and best.reading.domains and is_led
            closed = is_led and best.reading.intent in CLOSES and best.reading.intent_score >= follow_up.LOOSE_UNDER
            closed = closed and not (whole.reading.places or whole.reading.periods)
            asks = best.evidence.outright or self.cues.find("course", asked) or meant is not best.reading
            if not (counts(best.reading) and outright(whole.reading, start)) and (
                reported or closed or (stands and timed and asks)
            ):
                return len(asked), readings
        return len(text), competing

    def _question_in(
        self,
        competing: list[Candidate],
        stops: frozenset[int],
        large: frozenset[str],
        opened: Collection[int],
        *,
        alone: bool,
    ) -> tuple[int, list[Candidate]]:
        """Where in talk the question begins, with its readings: what is led to and says hardly anything else, or begins with
        a time or a place and says nothing strange; else the whole. ``opened``: where it likely begins; ``alone``: nothing was
        spoken of before."""
        whole = competing[0].evidence
        ways = ((begin, True) for begin in (*opened, *narration.led(whole.text, self.cues)))
        areas = {slot.end + 1 for slot in whole.places if slot.best.kind == "area"}
        placed = areas - set(stops)  # "riêng xã Bình Ba | năm 2025 …" keeps its place
        others = ((at, False) for at in narration.named(whole, stops) if at not in placed and narration.is_long(whole))
        for begin, is_led in (*ways, *others):
            after = clauses.stops_after(stops, begin)
            readings = self.competition.of(whole.text[begin:], self.clock.today(), large, after)
            best = readings[0]
            named = best.reading.indicators and not best.reading.unknown and best.evidence.asks
            told = self.shapes[best.reading.intent].figure and self._is_told(best.reading)
            planned = "plan" in whole.marks - best.evidence.marks and self._stands(competing[0].reading)
            ordered = whole.order and not (best.evidence.how_many and narration.is_aside(whole, begin, self.cues))
            lost = planned or (ordered and not best.evidence.order)
            lost = (lost and begin not in opened) or _loses(whole, best.evidence, begin)
            aside = whole.beyond and not (best.evidence.beyond or outright(best.reading))
            lost = lost or aside  # "trời có mưa không, bác còn phơi mấy bao bắp"
            plain = (
                not lost
                and narration.is_asked(best, self.cues, self.catalogue)
                and (is_led or len(best.unexplained) <= 1)
            )
            counted = begin in opened and counts(best.reading)
            weak = not outright(best.reading) and outright(competing[0].reading, 0 if counted else begin)
            weak = weak or (is_guessed(best.reading) and outright(competing[0].reading))  # "liệt kê từng năm hộ mình"
            weak = weak or self._counts_topic(competing[0].reading, best)
            weak = weak or narration.is_of_part(competing[0], best, begin, self.catalogue)
            weak = weak or narration.is_in_list(competing[0], begin, self.cues, self.catalogue)
            weak = weak or self._is_topic(competing[0].reading, best)
            weak = weak or (begin not in opened and self._asks_before(whole, begin, large))
            twice = best.evidence.order and len(best.reading.periods) > 1  # "… năm ni ưu tiên Xuyên Mộc. …"
            timeless = begin in opened and competing[0].reading.periods and not best.reading.periods
            bare = alone and not (whole.indicators or whole.beyond) and self.unsaid.is_bare(best)
            reported = begin in opened and best.reading.intent == REPORT and best.reading.domains
            if (named and told and plain and not (weak or timeless or twice)) or bare or reported:
                return begin, readings
        return 0, competing

    def _asks_before(self, whole: Evidence, begin: int, large: frozenset[str]) -> bool:
        """Whether what stands before asks for a figure itself: "bao nhiêu phường, bao nhiêu xã"."""
        if not clauses.asking(whole.text[:begin], self.cues):
            return False
        before = self.competition.of(whole.text[:begin].rstrip(), self.clock.today(), large)[0]
        named = all(found.match != "default" for found in before.reading.indicators)
        fits = named and self.at_once.fits(before.reading, before)
        return before.evidence.how_many and fits and self._stands(before.reading)

    def _is_topic(self, whole: Reading, best: Candidate) -> bool:
        """Whether what stands before names the figure of which only members are asked for after it: "kim ngạch xuất khẩu
        tách ra cho tôi nhà nước bao nhiêu, …"."""
        if outright(best.reading) or best.evidence.share or not outright(whole):
            return False
        units = [self.catalogue.indicator(found.code).unit for found in whole.indicators]
        if not any(map(best.asked.fits, units)):
            return False  # "sợ thiếu thịt, Châu Đức còn nuôi bao nhiêu con heo"
        own = set().union(*(self.catalogue.broken_down_by(found.code) for found in whole.indicators))
        return bool(best.reading.broken_down) and best.reading.broken_down <= own

    def _counts_topic(self, whole: Reading, best: Candidate) -> bool:
        """Whether a noun counts what was named outright before: "bên nào đông khách du lịch hơn, mỗi bên đón bao nhiêu lượt"."""
        counted = best.reading.indicators and all(found.match == "grammar" for found in best.reading.indicators)
        named = (found.code for found in whole.indicators if outright(whole) and found.match != "grammar")
        marked = has_marks(best.evidence.text)
        nouns = {word for found in best.reading.indicators for word in found.text.split()}
        units = (self.catalogue.indicator(code).unit for code in named if best.asked.kinds)
        return bool(counted) and any(
            best.asked.fits(unit) and nouns & spelled.words(unit, marked=marked) for unit in units
        )

    def _there(self, meant: Reading, around: Reading, text: str, *, timed: bool) -> Reading:
        """A reading in the place and time that were spoken of before: where the question points there ("huyện đó"), or names
        no place and figures are stored; no time, where it is ``timed`` by what it goes on from without a stop."""
        places = {name: getattr(around, name) for name in PLACE_FIELDS.values()}
        points = bool(self.cues.find("there", text))
        inside = bool(around.places) and not any(self.catalogue.is_outside(found.code) for found in around.places)
        if inside and all(found.match == "context" for found in meant.places) and not around.unknown:
            there = meant.model_copy(update=places)
            meant = there if points or self._is_told(there) else meant
        if not meant.periods and (timed or self.cues.find("then", text)):
            then = meant.model_copy(update={"periods": around.periods})
            meant = then if not timed or self._is_told(then) else meant
        return _of_one_place(meant)

    def _of_topic(self, meant: Reading, members: Collection[Found], begin: int) -> Reading:
        """A reading of the members named before the colon that led to it, where its indicator is broken down by them: "bậc tiểu
        học: có mấy em ở lại lớp"."""
        codes = [found.code for found in meant.indicators if found.code in self.catalogue.indicators]
        own = set().union(*map(self.catalogue.broken_down_by, codes)) - meant.broken_down if len(codes) == 1 else set()
        told = tuple(each for each in members if each.start < begin and each.code.partition(":")[0] in own)
        there = meant.model_copy(update={"dimensions": (*meant.dimensions, *told)})
        apart = told and not meant.facilities  # "hai cái nhà thương: Bệnh viện Bà Rịa …" tells no kind of them
        return there if apart and self._is_told(there) else meant

    def _going_on(self, best: Candidate, text: str, context: Context | None) -> Reading:
        """What the best reading means after the conversation; the same object where it stands alone."""
        if context is None or context.about is None:
            named = best.reading.indicators and (best.evidence.periods or best.evidence.places)
            begins = best.reading.intent in ("follow_up", "correct") and named
            return best.reading.model_copy(update={"intent": "value"}) if begins else best.reading
        before = beside.there(context.about, context.first, text, self.cues)
        meant = self.talk.after(best, before, text, context.earlier, context.further)
        return meant if meant is best.reading else self.subject.told_in(meant, best.asked, best.loose)

    def _clause_after(self, best: Candidate, text: str, context: Context | None) -> Reading:
        """What a clause means after what was asked before it; its plan may be of the whole province."""
        meant = self._going_on(best, text, context)
        return (self._of_province(meant, text) if context is not None else None) or meant

    def _there_told(
        self, meant: Reading, competing: list[Candidate], text: str, context: Context | None
    ) -> Reading | None:
        """A near reading of the same place of the best that is stored in the facility spoken of, where the best, which names
        no place, is not: "cả trường mở mấy lớp?" after a secondary school asks for no classes of preschools."""
        about = context.about if context is not None else None
        if about is None or not (about.facilities or about.agencies) or meant.places or not meant.indicators:
            return None
        for other in competing[1:]:
            if other.reading.score < competing[0].reading.score - INSTEAD or other.reading.places:
                return None
            if other.reading.indicators and other.reading.intent == meant.intent:
                there = self._going_on(other, text, context)
                if there.places and self._stands(there):
                    return there
        return None

    def _leaning(self, best: Candidate, text: str, context: Context) -> Reading | None:
        """What an utterance without an indicator of its own names, asked of what was spoken of before, where figures are stored
        for that and it says hardly anything else; None elsewhere: "Long Đất được bao nhiêu trong số ấy?"."""
        about, evidence, reading = context.about, best.evidence, best.reading
        if about is None or evidence.beyond or evidence.about or reading.unknown:
            return None
        if not evidence.asks and not (reading.places and not narration.off(best, self.cues, self.catalogue)):
            return None  # "cho em luôn số cả tỉnh đi" asks as well
        if (
            not follow_up.are_weak(reading)
            or narration.off(best, self.cues, self.catalogue, about.indicators) > narration.ASKED
        ):
            return None
        if self.likely.strange(best.loose, marked=has_marks(text)) - self.cues.chat:
            return None
        bare = reading.model_copy(update={"intent": "follow_up", "intent_score": 1.0, "indicators": (), "domains": ()})
        if bare.places and evidence.how_many:
            bare = bare.model_copy(update={"grouping": (), "limit": None})
        meant = self._going_on(best._replace(reading=bare), text, context)
        fits = all(best.asked.fits(self.catalogue.indicator(found.code).unit) for found in meant.indicators)
        return meant if fits and self._stands(meant) else None

    def _otherwise(self, meant: Reading, best: Candidate, about: Reading) -> Reading | None:
        """What an utterance means whose words tell of another indicator than was read."""
        return self.otherwise.meant(
            meant, best, about, lambda other: self.talk.about_another(other, about, best.evidence, that=True)
        )

    def _told_enough(self, meant: Reading, best: Candidate, about: Reading) -> Reading:
        """A reading that goes on, with nothing said but names and words that ask, is answered from, however unsure its shape is:
        "lấy cho chị ba nơi đứng đầu đi"."""
        if meant is best.reading or meant.score >= ENOUGH or not self._stands(meant):
            return meant
        off = narration.off(best, self.cues, self.catalogue, about.indicators)
        return meant if off else meant.model_copy(update={"score": ENOUGH})

    def _of_province(self, reading: Reading, text: str) -> Reading | None:
        """A plan that there is of the whole province only, where the words speak of that: "chỉ tiêu tỉnh giao là bao nhiêu?"
        after a district."""
        if reading.intent != "progress" or not PROVINCE.search(text):
            return None
        if not reading.places or any(found.match != "context" for found in reading.places):
            return None
        whole = reading.model_copy(update=dict.fromkeys(PLACE_FIELDS.values(), ()))
        return whole if self._stands(whole) else None

    def _asked_last(self, whole: Reading, best: Candidate, parts: list[str], large: frozenset[str]) -> Reading | None:
        """The reading of what is asked after other talk, in the place named before, where nothing is stored for the whole:
        "Mai anh gặp cử tri Phú Mỹ, họ kêu thiếu thầy cô. Năm học này trên đó hụt bao nhiêu giáo viên?"."""
        here = [found for found in whole.unknown if not found.code.startswith(ELSEWHERE)]
        if self._stands(whole) or here or best.evidence.beyond:
            return None
        for part in parts:
            one = self.competition.of(part, self.clock.today(), large)[0]
            said = follow_up.said(one.reading.indicators) or (one.reading.indicators and one.reading.dimensions)
            named = said and not one.reading.unknown and one.evidence.asks
            other_kind = bool(one.reading.grouping) and whole.grouping and _kinds(whole).isdisjoint(_kinds(one.reading))
            if not named or other_kind or not self.shapes[one.reading.intent].figure:
                continue
            around = {} if one.reading.places else {name: getattr(whole, name) for name in PLACE_FIELDS.values()}
            meant = _of_one_place(one.reading.model_copy(update=around))
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


def written_large(text: str) -> frozenset[str]:
    """Folded words a person wrote with one capital in front, the first word of a sentence aside."""
    words = re.findall(r"(?<![.?!:\n])(?<![.?!:\n] )(?<=\s)[^\W\d_]+", text)
    return frozenset(fold(word) for word in words if word[0].isupper() and word[1:].islower())


def _loses(whole: Evidence, asked: Evidence, begin: int) -> bool:
    """Whether the question that begins there lacks a figure that was found in it, or what it is to be broken down by ("tách
    từng cấp học hộ mình: học sinh phổ thông toàn tỉnh"), or means other places ("trong đám bệnh viện, chỗ nào mổ nhiều nhất")."""
    there = {slot.best.code for slot in whole.indicators if slot.start >= begin}
    kinds = any(slot.best.code.startswith("dimension:") for slot in whole.groups)
    groups = {slot.start: slot.best.code for slot in asked.groups}
    others = any(groups.get(slot.start - begin, slot.best.code) != slot.best.code for slot in whole.groups)
    return len({slot.best.code for slot in asked.indicators}) < len(there) or (kinds and not asked.groups) or others


def _kinds(reading: Reading) -> frozenset[str]:
    return frozenset(found.code for found in reading.grouping)


def _of_one_place(reading: Reading) -> Reading:
    """A reading that asks for the figure where only the place named is held against a limit: "ở đấy đã vượt 100% chưa"."""
    tests_one = reading.intent == "filter" and reading.places and not reading.grouping
    return reading.model_copy(update={"intent": "value"}) if tests_one else reading


def _subject(reading: Reading) -> tuple[frozenset[str], ...]:
    """What a reading is about, whatever its shape."""
    named = (reading.indicators, reading.places, reading.periods, reading.dimensions)
    return tuple(frozenset(found.code for found in each) for each in named)
