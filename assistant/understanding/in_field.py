"""Another indicator of what was spoken of, meant by few words together with the one before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Reading
from assistant.understanding import follow_up, spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.kin import COUNTED
from assistant.understanding.likely import Likely, LikelyIndicators
from assistant.understanding.pointing import ALL_OF_IT
from assistant.understanding.shapes import Shape
from assistant.understanding.units import Asked

MEANT = 0.45
"""Fit from which an indicator is meant by words that go on from the one before."""

BETTER = 0.1
"""How much better it must fit than an indicator that was named."""

TAKEN = 0.6
"""Fit from which words mean an indicator of the field by themselves."""

SURELY = 0.93
"""Confidence of Rasa from which words that no figures tell are believed to be such."""

POINTS = ("only", "mistaken", "that", "among", "then", "why")
"""Cues whose words point at what was spoken of, single out or take back …"""

SPOKEN_OF = (
    "against",
    "versus",
    "order",
    "direction",
    "operator",
    "share",
    "moved",
    "turning",
    "rate",
    *POINTS,
)
"""… and all whose words say nothing of an indicator by themselves."""

RUNNING = ("cumulative", "summed")
"""Cues whose words only say how a stretch that is named is told ("cộng dồn từ đầu năm")."""

SUM = re.compile(r"\b(?:và|lẫn)\b")
"""What joins the names of two things in that of their sum."""


class _Said(NamedTuple):
    """The words of an utterance and of the indicators before, in one spelling."""

    marked: bool
    words: tuple[str, ...]
    prior: tuple[str, ...]
    telling: frozenset[str]


class InField:
    """Finds the indicator that a few words mean next to those of the turn before; keeps nothing of it."""

    def __init__(
        self,
        catalogue: Catalogue,
        shapes: dict[str, Shape],
        cues: Cues,
        likely: LikelyIndicators,
        served: Callable[[Reading, Reading], bool],
    ) -> None:
        """``served`` tells whether figures are stored for a reading that goes on from the one before."""
        self.catalogue = catalogue
        self.shapes = shapes
        self.cues = cues
        self.likely = likely
        self.served = served
        self._having = {marked: _having(catalogue, marked=marked) for marked in (True, False)}

    def made_up(self, best: Candidate, before: Reading) -> Reading | None:
        """The reading about another indicator whose name is what was said and what was spoken of: "Châu Đức thu được bao
        nhiêu?" after what the budget spent."""
        return self._made_up(best, before, self._entries(before))

    def meant(self, best: Candidate, before: Reading, text: str) -> Reading | None:
        """The reading about that indicator: "bị thương?" after accidents; None where the words mean no other.

        Its name holds all the telling words, or else it is told in what is asked for while the one before is not
        ("mấy vụ?" after fines). One that was named outright gives way only to a name that its own words and the one
        before make up: "quá hạn?" after pending dossiers is those of them that are overdue.
        """
        told = self._entries(before)
        asked = best.asked
        said = self._said(best, before, text, asked.measures)
        if made_up := self._made_up(best, before, told):
            return made_up
        counted = asked.without("percent")
        other = bool(counted.kinds) and not any(counted.fits(entry.unit) for entry in told)
        if not told:
            return None
        held = {found.code: found.text for found in best.reading.indicators if self._outright(found, told, asked)}
        surely = best.reading.intent_score >= SURELY and not self.shapes[best.reading.intent].figure
        if not held and surely and self.likely.strange(said.words, marked=said.marked) - self.cues.chat:
            return None
        if (
            said.telling
            and not held
            and all(said.telling <= spelled.words(entry.unit, marked=said.marked) for entry in told)
        ):
            return None  # the unit of what was spoken of
        if said.telling and held.keys() <= {entry.code for entry in told} and said.telling <= set(said.prior) and held:
            return None  # "tăng được bao nhiêu khách?" names what was spoken of again
        content = self.likely.named(said.words, marked=said.marked) - asked.measures - self.cues.chat
        anew = best.reading.places or best.reading.periods
        if said.telling and not held and content <= set(said.prior) and (anew or best.reading.order):
            return None  # "Vũng Tàu thu gom được bao nhiêu?" after what was collected elsewhere
        prior = frozenset(said.prior)
        named_so = (self._of_one_name(content - prior, prior, entry, marked=said.marked) for entry in told)
        if anew and not (held or other) and any(named_so):
            return None  # "riêng Phú Mỹ thu hút được bao nhiêu?" after "vốn FDI thu hút", in the words of a synonym
        own = frozenset().union(*(spelled.words_of(entry, marked=said.marked) for entry in told))
        itself = None if held else self._by_itself(best, before, said, told)
        again = itself is not None and itself.code in {entry.code for entry in told}
        if again and best.reading.intent == "follow_up" and not best.evidence.rate:
            return None  # the words are those of what was spoken of
        if best.reading.grouping and self.cues.find("each", text):
            new = itself is not None and not again and self._all_in(itself, said)
            return self._about(best.reading, itself) if itself is not None and new else None
        if not (said.telling or other):
            return None
        needed = () if other and not held else said.telling
        ranked = [
            each
            for each in self.likely.rank([*said.words, *said.prior], needed, marked=said.marked)
            if each.score >= MEANT and asked.fits(self.catalogue.indicator(each.code).unit)
        ]
        if other and not said.telling:
            ranked = self._clear(ranked, {entry.domain for entry in told})
        fits = {each.code: each.score for each in ranked}
        outright = {*held, *(self._rates_of(held) if best.evidence.rate else ())}  # "nước thải … đạt mấy phần trăm?"
        known = max((fits.get(code, 0.0) for code in outright), default=0.0)
        rated = best.evidence.rate or any(self.catalogue.indicator(code).ratio is not None for code in held)
        alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[1].score < ranked[0].score - BETTER)
        alone = alone or bool(ranked and best.reading.dimensions)
        if alone and ranked[0].code in {entry.code for entry in told} and not (held or best.reading.periods):
            return None  # the words are those of what was spoken of
        ranked.sort(
            key=lambda each: (
                not (held and self._extends(each.code, told, said)),
                self._is_sum(each.code, said),
                -self._kept(each.code, before),
            )
        )
        planned = "plan" in best.evidence.marks and all(entry.has_plan for entry in told)
        for each in ranked:
            entry = self.catalogue.indicator(each.code)
            if planned and not held and each.code in {other.code for other in told}:
                return None  # "nuôi trồng so với kế hoạch năm?" after that output
            if planned and not entry.has_plan:
                continue
            if entry.domain not in {other.domain for other in told} or not self._holds(entry, held.values(), text):
                continue
            if held and entry.ratio is not None and not rated:
                continue
            if each.code in {other.code for other in told} and not best.reading.periods:
                continue
            part = any(other.ratio is not None and other.ratio.numerator == each.code for other in told)
            if part and best.evidence.order and not best.evidence.how_many and not held:
                return None  # "chỗ nào gom kém nhất?" after the rate
            if not held and content <= own and any(_is_mean_of(other, entry) for other in told):
                return None
            rate = _is_rate_of(entry, told)
            if rate and best.evidence.order and not rated:
                return None  # "cơ quan nào trễ nhiều nhất?" after the late ones
            moves = best.evidence.direction or best.evidence.moved
            if rate and (best.evidence.how_many or moves) and not (rated or other):
                continue  # "Châu Đức chết mấy người?" asks for no rate of the deaths spoken of
            reading = self._about(best.reading, each)
            if not self.served(reading, before):
                continue
            weak = all(found.match == "fuzzy" for found in best.reading.indicators)
            return reading if not held or self._beats(each, known, outright, told, said, weak=weak) else None
        return None

    def _made_up(self, best: Candidate, before: Reading, told: list[Indicator]) -> Reading | None:
        """The reading about the other indicator of the field that has a name of all the words said and else only words of
        the one before, most of them, and shortest: "còn chi thì bao nhiêu?" after budget revenue."""
        reading = best.reading
        if len(told) > 1:  # "thành lập mới được mấy cái?" after those dissolved and those suspended
            each = [self._made_up(best, before, [entry]) for entry in told]
            meant = {found.code for one in each if one for found in one.indicators}
            return each[0] if None not in each and len(meant) == 1 and not meant & {one.code for one in told} else None
        if len(told) != 1 or reading.dimensions or reading.unknown or reading.grouping:
            return None
        other = not any(
            self.catalogue.indicator(found.code).domain == told[0].domain
            for found in reading.indicators
            if "--" not in found.code
        )  # "vốn đăng ký mới bao nhiêu?" after projects from abroad registers no vehicles
        if not (follow_up.are_weak(reading) or other):
            return None
        marked = has_marks(best.evidence.text)
        hollow = self.cues.hollow if marked else frozenset(map(fold, self.cues.hollow))
        left = frozenset(best.loose) - best.asked.measures - hollow
        left -= self._aside(best, best.evidence.text, POINTS)
        if reading.places or reading.periods or reading.indicators:
            left = frozenset(word for word in left - self.cues.chat if fold(word) not in self.cues.filler)
        left -= frozenset().union(*(spelled.words(self._kind(found), marked=marked) for found in before.areas))
        if self.cues.find("together", best.evidence.text):  # "tính chung lại các vụ diện tích là bao nhiêu?"
            kinds = [self.catalogue.dimensions[name] for name in told[0].adds.dimensions]
            left -= frozenset().union(*(spelled.words_of(each, marked=marked) for each in kinds))
        prior = spelled.words(told[0].name, marked=marked) - hollow
        again = not other and self._of_one_name(left - prior, prior, told[0], marked=marked)
        if not left or left <= prior or again or (not other and self._is_name(frozenset(best.loose), left, told[0])):
            return None

        sizes: dict[str, tuple[int, int]] = {}
        known = left | prior | hollow | (frozenset(best.loose) if other else frozenset())
        for entry, name in min((self._having[marked].get(word, []) for word in left), key=len):
            rated = best.evidence.rate or entry.ratio is None
            if _is_mean_of(told[0], entry) and left <= spelled.words_of(told[0], marked=marked):
                continue  # "nằm mấy ngày?" after the days of one patient asks for no days of all
            fits = left <= name <= known and name & prior and rated
            if fits and entry.domain == told[0].domain and entry.code != told[0].code:
                size = (-len(name & prior), len(name - hollow))
                sizes[entry.code] = min(size, sizes.get(entry.code, size))
        codes = [code for code, size in sizes.items() if size == min(sizes.values())]
        if len(codes) != 1 or not best.asked.fits(self.catalogue.indicator(codes[0]).unit):
            return None
        plans = [cue for cue in self.cues.find("against", best.evidence.text) if cue.code == "plan"]
        spoken = {word for cue in plans for word in best.evidence.text[cue.start : cue.end].split()}
        if plans and spoken - hollow <= left:  # "còn thiếu mấy người?" asks for those who are missing, of no plan
            reading = reading.model_copy(update={"intent": "value", "comparison": None, "planned": False})
        reading = self._about(reading, Likely(codes[0], 1.0, left))
        return reading if self.served(reading, before) else None

    def _is_name(self, said: frozenset[str], left: frozenset[str], entry: Indicator) -> bool:
        """Whether what is left is all of another indicator's name with other words said: "bao nhiêu lượt đánh giá?" after the
        rate of those who are content asks for no "lượt đánh giá hài lòng"."""
        marked = any(map(has_marks, said))
        return any(
            other.domain == entry.domain and other.code != entry.code and left <= name <= said
            for word in left
            for other, name in self._having[marked].get(word, [])
        )

    def _of_one_name(self, left: frozenset[str], prior: frozenset[str], entry: Indicator, *, marked: bool) -> bool:
        """Whether one of its names that has words of the first has all that is left: "Vũng Tàu chạy mấy chuyến?" after trips of
        ambulances."""
        names = (spelled.words(name, marked=marked) for name in entry.synonyms)
        return bool(left) and any(left <= name and name & prior - left for name in names)

    def _kind(self, found: Found) -> str:
        """What a place is, which alone names it again: "vậy huyện còn thiếu mấy người?"."""
        area = self.catalogue.areas.get(found.code)
        return area.type_name if area is not None else ""

    def _all_in(self, likely: Likely, said: _Said) -> bool:
        """Whether all words but fillers are in its name."""
        return {word for word in said.words if fold(word) not in self.cues.filler} <= likely.shared

    def _by_itself(self, best: Candidate, before: Reading, said: _Said, told: list[Indicator]) -> Likely | None:
        """The indicator of the field that the words fit best without those of the one before, and well: "thành lập mới" after
        suspended enterprises. Words of its unit alone tell none."""
        domains = {entry.domain for entry in told}
        for each in self.likely.rank(said.words, said.telling, marked=said.marked):
            entry = self.catalogue.indicator(each.code)
            if each.score < TAKEN:
                return None
            if entry.domain not in domains or not best.asked.fits(entry.unit):
                continue
            if _is_rate_of(entry, told) and not best.evidence.rate:
                continue  # "Châu Đức chết mấy người?" asks for no rate of the deaths spoken of
            if each.shared <= spelled.words(entry.unit, marked=said.marked) and entry not in told:
                return None
            return each if entry in told or self.served(self._about(best.reading, each), before) else None
        return None

    def _said(self, best: Candidate, before: Reading, text: str, measures: frozenset[str]) -> _Said:
        aside, marked = self._aside(best, text, SPOKEN_OF), has_marks(text)
        words = tuple(word for word in best.loose if word not in aside)
        prior = [word for entry in self._entries(before) for word in normalise(entry.name, marked=True).split()]
        aside = measures.union(set(COUNTED.findall(text)) & self.cues.chat)  # "đất đai mấy bộ?"
        telling = self.likely.telling([word for word in words if word not in aside], marked=marked)
        return _Said(marked, words, tuple(prior if marked else map(fold, prior)), telling)

    def _aside(self, best: Candidate, text: str, groups: Iterable[str]) -> frozenset[str]:
        """The words of such cues, of all of a district ("toàn huyện"), and those that count what was spoken of ("mấy đứa?")."""
        running = RUNNING if best.reading.periods else ()
        spoken = ALL_OF_IT.findall(text)
        if all(found.match == "grammar" for found in best.reading.indicators):
            spoken += [slot.best.text for slot in best.evidence.indicators if slot.best.match == "grammar"]
        return self.cues.spoken((*groups, *running), text).union(word for words in spoken for word in words.split())

    def _entries(self, reading: Reading) -> list[Indicator]:
        codes = dict.fromkeys(found.code for found in reading.indicators if "--" not in found.code)
        return [self.catalogue.indicator(each) for each in codes]

    def _outright(self, found: Found, told: list[Indicator], asked: Asked) -> bool:
        """Whether an indicator was named in its own words; of another field than before, not only by some of them, and
        told in what is asked for ("vốn đăng ký mới bao nhiêu triệu đô?" names no new vehicles)."""
        if found.match in ("grammar", "default"):
            return False
        entry = self.catalogue.indicator(found.code)
        if entry.domain in {each.domain for each in told}:
            return True
        return found.match != "fuzzy" and asked.fits(entry.unit)

    def _rates_of(self, held: Iterable[str]) -> list[str]:
        """The rates of the indicators that were named outright."""
        counts = [self.catalogue.indicator(code) for code in held]
        return [code for code, entry in self.catalogue.indicators.items() if _is_rate_of(entry, counts)]

    def _kept(self, code: str, before: Reading) -> int:
        """How many of the members spoken of an indicator is broken down by."""
        own = self.catalogue.dimensions_of(code)
        return sum(found.code.partition(":")[0] in own for found in before.dimensions)

    def _extends(self, code: str, told: list[Indicator], said: _Said) -> bool:
        """Whether it is a part of one before: a name of it is the one before's and what was said, and no sum of two."""
        names = [name.split() for name in spelled.names(self.catalogue.indicator(code)) if " và " not in name]
        before = [normalise(entry.name, marked=True).split() for entry in told]
        if not said.marked:
            names, before = ([list(map(fold, words)) for words in each] for each in (names, before))
        return any(said.telling.union(whole) <= set(name) > set(whole) for whole in before for name in names)

    def _is_sum(self, code: str, said: _Said) -> bool:
        """Whether only names of two things ("khai thác và nuôi trồng") hold what was said."""
        names = [
            name
            for name in spelled.names(self.catalogue.indicator(code))
            if said.telling <= set((name if said.marked else fold(name)).split())
        ]
        return bool(said.telling and names) and all(SUM.search(name) for name in names)

    def _holds(self, entry: Indicator, outright: Iterable[str], text: str) -> bool:
        """Whether a name of the indicator holds, side by side, the words that were named outright."""
        names = [f" {name if has_marks(text) else fold(name)} " for name in spelled.names(entry)]
        return all(any(f" {words} " in name for name in names) for words in outright)

    def _about(self, reading: Reading, likely: Likely) -> Reading:
        own = self.shapes[reading.intent].figure and reading.intent != "follow_up"
        found = Found(kind="indicator", code=likely.code, score=likely.score, match="fuzzy")
        several = "extreme" if reading.order else "breakdown"
        intent = reading.intent if own else several if reading.grouping else "value"
        return reading.model_copy(update={"intent": intent, "indicators": (found,)})

    def _clear(self, ranked: list[Likely], domains: set[str]) -> list[Likely]:
        """The first of these domains where every other fits less by far: "mấy người?" after accidents means no one."""
        own = [each for each in ranked if self.catalogue.indicator(each.code).domain in domains]
        return own[:1] if len(own) == 1 or (own and own[1].score < own[0].score - BETTER) else []

    def _beats(
        self, likely: Likely, known: float, held: Collection[str], told: list[Indicator], said: _Said, *, weak: bool
    ) -> bool:
        """Whether it is rather meant than the indicator that was named outright; or ``weak``: by some words of its name ("có
        ca nào tử vong không?" after dengue)."""
        if likely.code in held:
            return False
        if self._extends(likely.code, told, said):
            return True
        if self.likely.telling(said.prior, marked=said.marked) <= likely.shared and not weak:
            return False  # a name with all the words of both is that of a whole
        return likely.score >= known + BETTER and bool((likely.shared & set(said.prior)) - said.telling)


def _having(catalogue: Catalogue, *, marked: bool) -> dict[str, list[tuple[Indicator, frozenset[str]]]]:
    """Words to the names that have them, each with its indicator, but those of sums."""
    having: dict[str, list[tuple[Indicator, frozenset[str]]]] = defaultdict(list)
    for entry in catalogue.indicators.values():
        for words in {
            spelled.words(name, marked=marked) for name in (entry.name, *entry.synonyms) if not SUM.search(name)
        }:
            for word in words:
                having[word].append((entry, words))
    return dict(having)


def _is_mean_of(mean: Indicator, entry: Indicator) -> bool:
    """Whether an indicator is the mean of another one, told in the same unit."""
    return mean.ratio is not None and mean.ratio.numerator == entry.code and mean.unit == entry.unit


def _is_rate_of(entry: Indicator, told: list[Indicator]) -> bool:
    """Whether an indicator is the rate of one that was spoken of."""
    return entry.ratio is not None and entry.ratio.numerator in {each.code for each in told}
