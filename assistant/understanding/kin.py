"""What an utterance names, taken as kin of what was spoken of: its unit, what it is a part of, its like elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Reading
from assistant.understanding import spelled
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.likely import LikelyIndicators

COUNTED = re.compile(r"\b(?:nhiêu|nhieu|mấy|may) (\w+)")
"""The noun that is counted ("bao nhiêu chiếc"); it tells no indicator."""

DONE = re.compile(r"\b(?:đã|da|xong)\b")
"""Words that ask for what was done of a whole, not for the whole."""

WEAK = ("fuzzy", "grammar")
"""How indicators are found by some of their words or by a counted noun, not by their names."""

PERCENT_OF = re.compile(r"(?:phần trăm|phan tram)(?: của| cua| trong| trên| tren)?(?: tổng| tong)? $")
"""What stands right before the whole that something is a part of."""


class Kin:
    """Settles what few words name next to the reading before; keeps nothing of any conversation."""

    def __init__(
        self,
        catalogue: Catalogue,
        cues: Cues,
        likely: LikelyIndicators,
        told_in: Callable[[Reading, Evidence], Reading],
    ) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self.likely = likely
        self.told_in = told_in

    def of(self, best: Candidate, before: Reading) -> Reading:
        """The best reading with what it names next to the one before."""
        reading = self._of_members(self._counted(self._how_many_of(best, before), best, before), best, before)
        reading = self._elsewhere(self._rated(self._told_of(reading, best, before), best, before), before)
        reading = self._done_of(self._numbered(reading, best, before), best, before)
        reading = self._like_there(self._part_of(reading, best, before), best, before)
        return self._spoken_of(self._of_the_same(reading, best, before), best, before)

    def _told_of(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """Members that stand for something else, all words of which what was spoken of has, with more of its own that the
        other has not, are no members: "số tiền bị lừa đó, Vũng Tàu bao nhiêu?" after what swindlers took."""
        entries, found = self._entries(before), reading.indicators[0] if len(reading.indicators) == 1 else None
        if len(entries) != 1 or found is None or found.match != "default" or not reading.dimensions:
            return reading
        marked = has_marks(best.evidence.text)
        own = spelled.words_of(entries[0], marked=marked)
        other = spelled.words_of(self.catalogue.indicator(found.code), marked=marked)
        members = [word for each in reading.dimensions for word in each.text.split()]
        said = self.likely.named([*best.loose, *members], marked=marked) - self.cues.chat
        if said <= own and self.likely.named(best.loose, marked=marked) - self.cues.chat - other:
            return reading.model_copy(update={"indicators": (), "dimensions": ()})
        return reading

    def _spoken_of(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A name of something else that says no more than what was spoken of is that again: "cứu được mấy người?" after those
        who were rescued at sea, "nơi nào bị phản ánh nhiều nhất?" after reports of pollution."""
        entries, found = self._entries(before), reading.indicators[0] if len(reading.indicators) == 1 else None
        if len(entries) != 1 or found is None or found.match in ("default", "context") or "--" in found.code:
            return reading
        spoken, marked, asked = entries[0], has_marks(best.evidence.text), best.asked
        named, nothing = self.catalogue.indicator(found.code), reading.model_copy(update={"indicators": ()})
        if asked.kinds and best.evidence.how_many and asked.fits(spoken.unit) and not asked.fits(named.unit):
            return nothing  # "mở rộng ra cả tỉnh thì mấy vụ?" after fires asks for no area
        if named.unit != spoken.unit and self._counts(named, best.evidence.text):
            return reading  # "ở Phú Mỹ thì bao nhiêu doanh nghiệp mới?" after their capital
        if (
            found.match not in WEAK
            and named.unit != spoken.unit
            and self._has_unit(found, named, spoken, marked=marked)
        ):
            return reading  # "số hộ dân ở đó?" after the population
        told = (set(best.loose) - set(found.text.split())) & spelled.words_of(spoken, marked=marked)
        part = spoken.ratio is not None and named.code in spoken.ratio.parts and named.unit != spoken.unit
        if found.match not in WEAK and part and not told:
            return reading  # "dân số thì sao?" after the density, but "khách chi bao nhiêu?" after what they spend
        rated = self._is_rate(spoken) and not best.evidence.rate
        part = spoken.ratio is not None and named.code == spoken.ratio.numerator and best.evidence.order is not None
        rates = best.evidence.rate or (named.ratio is not None and named.unit != spoken.unit)
        other = rates and not self._is_rate(spoken)
        if named.code == spoken.code or other or self.cues.find("mistaken", best.evidence.text):
            return reading  # "không, ý chị hỏi dân số Vũng Tàu cơ" after the density
        if (rated and (best.evidence.how_many or not part)) or (asked.kinds and named.unit != spoken.unit):
            return reading
        own = spelled.words_of(spoken, marked=marked)
        more = self.likely.telling(best.loose, marked=marked) - own - self.cues.chat
        order = best.evidence.order
        words = {*found.text.split(), *(best.loose if found.match == "fuzzy" else ())}
        words -= set(best.evidence.text[order.start : order.end].split()) if order else set()
        said = self.likely.named(words, marked=marked) - asked.measures
        held = own if found.match in WEAK else spelled.words(spoken.name, marked=marked)
        more |= self._only_its(named, entries, best)
        again = bool(said) and said <= held and not more
        whole = self.likely.named(normalise(named.name).split(), marked=marked) <= said or self.is_total(found, best)
        whole = whole and not (best.evidence.relative and best.evidence.how_many)  # "cùng kỳ năm ngoái cứu mấy người?"
        another = named.unit != spoken.unit and best.evidence.order is not None
        return nothing if again and not (whole or another) else reading

    def _counts(self, named: Indicator, text: str) -> bool:
        """Whether its unit stands right after the words for a number."""
        unit = normalise(named.unit)
        after = [f"{text[cue.end + 1 :]} " for cue in self.cues.find("how_many", text)]
        return any(words.startswith((f"{unit} ", f"{fold(unit)} ")) for words in after)

    def _has_unit(self, found: Found, named: Indicator, spoken: Indicator, *, marked: bool) -> bool:
        """Whether the words found are what is counted in a unit that no name of what was spoken of has."""
        unit = spelled.words(named.unit, marked=marked)
        return unit <= set(found.text.split()) and not unit & spelled.words_of(spoken, marked=marked)

    def is_total(self, found: Found, best: Candidate) -> bool:
        """Whether the total is named of which what was spoken of is a part: "tổng hồ sơ tiếp nhận" after those sent online."""
        if (
            best.evidence.share
            or not self.cues.find("total", best.evidence.text)
            or found.match in ("grammar", "default")
        ):
            return False
        marked = has_marks(best.evidence.text)
        name = self.likely.named(normalise(self.catalogue.indicator(found.code).name).split(), marked=marked)
        return found.match != "fuzzy" or name <= self.likely.named(best.loose, marked=marked)

    def _is_rate(self, entry: Indicator) -> bool:
        return entry.ratio is not None and entry.unit == "%"

    def _done_of(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """What was done of what was to be: "lắp được bao nhiêu chiếc rồi?" after the boats that have to, "đạt mấy phần
        trăm?" after the capital that was planned."""
        entries, evidence = self._entries(before), best.evidence
        if len(entries) != 1 or any(found.match != "default" for found in reading.indicators) or reading.grouping:
            return reading
        code = entries[0].code
        rates = [
            each
            for each in self.catalogue.indicators.values()
            if each.ratio is not None and each.ratio.part and each.ratio.denominator == code
        ]
        if len(rates) != 1 or rates[0].ratio is None or not evidence.how_many or evidence.undone or before.planned:
            return reading
        meant = rates[0] if evidence.rate else self.catalogue.indicator(rates[0].ratio.numerator)
        marked = has_marks(evidence.text)
        own = spelled.words_of(meant, marked=marked)
        unit = normalise(entries[0].unit, marked=True)
        counted = best.asked.measures.union(COUNTED.findall(evidence.text))
        said = self.likely.named(best.loose, marked=marked) & own - {*unit.split(), *fold(unit).split()} - counted
        said = frozenset(
            word for word in said if fold(word) not in self.cues.filler
        )  # "tháng 8 ở đó được bao nhiêu lượt?"
        if "plan" in evidence.marks or evidence.direction or not (said or (evidence.rate and entries[0].aim)):
            return reading
        if not self.likely.telling(best.loose, marked=marked) - counted <= own:
            return reading
        found = Found(kind="indicator", code=meant.code, match="exact")
        return reading.model_copy(update={"intent": "value", "intent_score": 1.0, "indicators": (found,)})

    def _how_many_of(self, best: Candidate, before: Reading) -> Reading:
        """A number of nothing but its unit, after a rate, is what the rate is a part of: "số hộ luôn" after the poverty rate."""
        entries = self._entries(before)
        ratio = entries[0].ratio if len(entries) == 1 else None
        if ratio is None or not ratio.part or best.evidence.rate:
            return best.reading
        entry, asked, marked = self.catalogue.indicator(ratio.numerator), best.asked, has_marks(best.evidence.text)
        own = spelled.words_of(entry, marked=marked) | spelled.words_of(entries[0], marked=marked) | self.cues.chat
        said = self.likely.telling(best.loose, marked=marked)
        named = [
            (found, spelled.words(self.catalogue.indicator(found.code).name, marked=marked))
            for found in best.reading.indicators
            if found.code in self.catalogue.indicators
        ]
        weak = all(
            found.match in WEAK
            and found.code != ratio.denominator
            and not (said and said <= name)
            and not (found.match == "fuzzy" and found.text and name - {"số", "so"} <= set(best.loose))
            for found, name in named
        )
        counted = asked.kinds and asked.fits(entry.unit) and not asked.fits(entries[0].unit)
        whole = said and said <= spelled.words(self.catalogue.indicator(ratio.denominator).name, marked=marked)
        done = DONE.search(best.evidence.text) is not None or not whole
        if counted and weak and said <= own and done:  # "bao nhiêu chiếc đã lắp?"
            found = Found(kind="indicator", code=entry.code, match="fuzzy")
            return best.reading.model_copy(update={"intent": "value", "indicators": (found,)})
        if not {"số", "so"} & set(best.evidence.text.split()):
            return best.reading
        if not self._is_unit(best, [self.catalogue.indicator(ratio.numerator)]):
            return best.reading
        found = Found(kind="indicator", code=ratio.numerator, match="fuzzy")
        return best.reading.model_copy(update={"intent": "value", "indicators": (found,)})

    def _counted(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A counted noun that is only the unit names nothing: "giảm mấy hộ?" after poor households asks of them; nor does
        one for the same persons ("mấy em?" after those who left school).

        After a rate it asks for what the rate is a part of: "cụ thể là bao nhiêu em?" after the rate of those.
        """
        entries, asked = self._entries(before), best.asked
        nouns = [found for found in reading.indicators if found.match in WEAK]
        if not entries or best.evidence.rate or not best.evidence.how_many:
            return reading
        nothing = reading.model_copy(update={"indicators": ()})
        if any(self.is_total(found, best) for found in reading.indicators):
            return reading
        if best.evidence.mean and self._made_of(reading, entries):
            return reading  # "một lớp mầm non bình quân mấy bé?" after children
        named = [self.catalogue.indicators[found.code] for found in reading.indicators if "--" not in found.code]
        other = any(self._only_its(each, entries, best) for each in named)
        if reading.indicators and not (other or self._made_of(reading, entries)) and self._is_unit(best, entries):
            return nothing
        if len(nouns) < len(reading.indicators):
            return reading
        counted = [found for found in nouns if found.match == "grammar"]
        told = [set(normalise(f"{entry.unit} {entry.name}").split()) for entry in entries]
        spoken: frozenset[str] = self.cues.chat if len(counted) == len(nouns) else frozenset()
        spoken = spoken.union(*(spelled.words_of(entry) for entry in entries)) if spoken else spoken
        if len(counted) == len(nouns) and any(words.issuperset(f.text.split()) for f in nouns for words in told):
            return nothing
        aside = {word for found in counted for word in found.text.split()} | best.asked.measures
        rest = [word for word in best.loose if word not in aside and word not in spoken]
        if self.likely.telling(rest, marked=has_marks(best.evidence.text)):
            return reading
        fitting = bool(asked.kinds) and all(asked.fits(entry.unit) for entry in entries)
        if nouns and fitting and all(self._same_things(found, entries) for found in nouns):
            return nothing
        again = (reading.periods or reading.places) and len(counted) == len(nouns)
        told_by = {slot.best.code.partition(":")[0] for slot in best.evidence.members}
        if again and fitting and told_by <= before.broken_down:
            return nothing  # "năm học trước mấy em?" after those who sat the exam
        ratio = entries[0].ratio if len(entries) == 1 else None
        if len(counted) < len(nouns) or ratio is None or not asked.kinds or fitting:
            return reading
        own = {ratio.numerator, *self.catalogue.parts(entries[0].code)}
        if not {found.code for found in nouns} <= own or not asked.fits(self.catalogue.indicator(ratio.numerator).unit):
            return reading
        found = Found(kind="indicator", code=ratio.numerator, match="grammar")
        return reading.model_copy(update={"indicators": (found,)})

    def _made_of(self, reading: Reading, entries: list[Indicator]) -> bool:
        """Whether a rate of what was spoken of is named: "trên 10.000 dân thì mấy giường?" after beds."""
        spoken = {entry.code for entry in entries}
        rates = [self.catalogue.indicator(found.code) for found in reading.indicators if "--" not in found.code]
        return any(
            rate.ratio is not None and rate.code not in spoken and spoken & set(rate.ratio.parts) for rate in rates
        )

    def _only_its(self, named: Indicator, entries: list[Indicator], best: Candidate) -> frozenset[str]:
        """The words said that its name has and what was spoken of has not: "nhận mấy phản ánh?" after those answered."""
        marked = has_marks(best.evidence.text)
        own = frozenset().union(*(spelled.words_of(entry, marked=marked) for entry in entries))
        theirs = spelled.words(named.name, marked=marked) - own - self.cues.chat - best.asked.measures
        counted = COUNTED.findall(best.evidence.text)
        return frozenset(
            word
            for word in theirs.intersection(best.loose)
            if word not in counted and fold(word) not in self.cues.filler
        )

    def _is_unit(self, best: Candidate, entries: list[Indicator]) -> bool:
        """Whether nothing telling was said but the unit of what was spoken of: "Xuyên Mộc mấy xã?" after new rural communes."""
        unit = {word for entry in entries for word in normalise(entry.unit, marked=True).split()}
        unit |= set(map(fold, unit))
        rest = [word for word in best.loose if word not in unit]
        return len(rest) < len(best.loose) and not self.likely.telling(rest, marked=has_marks(best.evidence.text))

    def _of_members(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A number of members is one of the indicator they stand for, where they are named again or that before cannot be
        told so: "Phú Mỹ mấy vụ trộm?" after the thefts that were solved, "nồng độ cồn mấy trường hợp?" after fines; or where
        words around them name it: "đàn heo?" after the pork that was sold."""
        implied = [found for found in reading.indicators if found.match == "default"]
        if len(implied) == 1 and self._are_of_those(implied[0], reading, best.evidence.text, before):
            return reading
        named, asked = {found.code for found in reading.dimensions}, best.asked
        if len(implied) == 1 and self._is_around(implied[0], reading, best, before):
            return reading.model_copy(update={"indicators": (implied[0].model_copy(update={"match": "fuzzy"}),)})
        if len(implied) != 1 or not (named and asked.kinds and best.evidence.how_many):
            return reading
        entry, entries = self.catalogue.indicator(implied[0].code), self._entries(before)
        again = named <= {found.code for found in before.dimensions} or not all(
            asked.fits(each.unit) for each in entries
        )
        if not again or entry.domain not in {each.domain for each in entries} or not asked.fits(entry.unit):
            return reading
        found = implied[0].model_copy(update={"match": "fuzzy"})
        return reading.model_copy(update={"intent": "value", "indicators": (found,)})

    def _are_of_those(self, implied: Found, reading: Reading, text: str, before: Reading) -> bool:
        """Whether members are said of those spoken of: "trong đó học trường ngoài công lập bao nhiêu?" after children counts no
        schools."""
        among = [*self.cues.find("among", text), *(cue for cue in self.cues.find("adds", text) if cue.code == "more")]
        own = frozenset[str]().union(*(entry.adds.dimensions for entry in self._entries(before)))
        names = {found.code.partition(":")[0] for found in reading.dimensions}
        return bool(among) and names <= own and not self._counts(self.catalogue.indicator(implied.code), text)

    def _is_around(self, implied: Found, reading: Reading, best: Candidate, before: Reading) -> bool:
        """Whether words around members tell what they stand for, and not what was spoken of: by its unit ("số vụ trộm cắp"
        after a rate), or by a word that only the one has ("đàn heo")."""
        entry, entries = self.catalogue.indicator(implied.code), self._entries(before)
        if entry.domain not in {each.domain for each in entries} or best.evidence.rate:
            return False
        marked = has_marks(best.evidence.text)
        around: set[str] = set()
        for found in reading.dimensions:
            around.update(spelled.around(self.catalogue.member(found.code), found.text, marked=marked))
        told = frozenset().union(*(spelled.words_of(each, marked=marked) for each in entries))
        counted = spelled.words(entry.unit, marked=marked) <= around and all(
            each.unit != entry.unit for each in entries
        )
        own = spelled.words_of(entry, marked=marked) - told
        only = self.likely.telling(around, marked=marked) & own
        if best.evidence.how_many:  # "bên đó xảy ra mấy vụ đánh người?" after what was solved
            loose = {word for word in best.loose if fold(word) not in self.cues.filler}
            only |= self.likely.named(loose, marked=marked) & own - best.asked.measures - self.cues.chat
        return counted or bool(only)

    def _same_things(self, noun: Found, entries: list[Indicator]) -> bool:
        """Whether a noun counts those spoken of: they are told in its unit, or it stands for something of another field."""
        entry = self.catalogue.indicator(noun.code)
        if noun.match == "fuzzy":
            return entry.domain in {each.domain for each in entries}
        return any(entry.unit == each.unit or entry.domain != each.domain for each in entries)

    def _rated(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A count named after a rate, with nothing to say that a number is wanted, asks for its own rate: "cận nghèo thì
        sao?" after the poverty rate."""
        entries = self._entries(before)
        own = {part for entry in entries for part in self.catalogue.parts(entry.code)}
        named = {found.code for found in reading.indicators if found.match != "default"}
        rates = bool(entries) and all(entry.ratio is not None and entry.ratio.part for entry in entries)
        text = best.evidence.text
        if not rates or not named or named & own or best.evidence.how_many or re.search(r"\b(?:số|so)\b", text):
            return reading
        return self.told_in(reading, replace(best.evidence, rate=True))

    def _numbered(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A rate that only some words of its name speak of, where a number is asked for, is what it is a part of: "đã giải
        quyết mấy?" after dossiers received, "cơ quan nào trễ nhiều nhất?" after the late ones."""
        found = reading.indicators[0] if len(reading.indicators) == 1 else None
        if found is None or found.match != "fuzzy" or best.asked.kinds or self.cues.find("rate", best.evidence.text):
            return reading
        ratio, unit = self.catalogue.indicator(found.code).ratio, self.catalogue.indicator(found.code).unit
        if ratio is None or not ratio.part or unit != "%":
            return reading
        spoken = best.evidence.order is not None and ratio.numerator in {each.code for each in before.indicators}
        if not best.evidence.how_many and not spoken:
            return reading
        return reading.model_copy(update={"indicators": (found.model_copy(update={"code": ratio.numerator}),)})

    def _elsewhere(self, reading: Reading, before: Reading) -> Reading:
        """A district named after the agency that governs another one means its like there."""
        agencies = self.catalogue.agencies
        governed = {entry.area: code for code, entry in agencies.items() if entry.area != self.catalogue.province.code}
        local = all(agencies[found.code].area in governed for found in before.agencies if found.code in agencies)
        named = [found.code for found in reading.indicators if found.match != "default"]
        other = named and (named != [found.code for found in before.indicators] or not reading.agencies)
        if not before.agencies or not local or other or reading.grouping or not reading.areas:
            return reading
        beside = all(agencies[each.code].area in governed for each in reading.agencies if each.code in agencies)
        if reading.facilities or not beside or not all(found.code in governed for found in reading.areas):
            return reading
        like = tuple(
            found.model_copy(update={"kind": "agency", "code": governed[found.code]}) for found in reading.areas
        )
        return reading.model_copy(update={"areas": (), "agencies": (*like, *reading.agencies)})

    def _part_of(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """The rate of what was spoken of, where the whole is named that it is a part of, or one like it: "vậy là mấy phần trăm
        số trường của huyện?" after the schools that reach the standard."""
        entries, found = self._entries(before), reading.indicators[0] if len(reading.indicators) == 1 else None
        if len(entries) != 1 or found is None or "--" in found.code or not best.evidence.rate or reading.dimensions:
            return reading
        if found.code == entries[0].code or not PERCENT_OF.search(best.evidence.text, 0, max(found.start, 0)):
            return reading
        whole = self.catalogue.indicator(found.code)
        rates = [
            each
            for each in self.catalogue.indicators.values()
            if each.ratio is not None and each.ratio.part and each.ratio.numerator == entries[0].code
        ]
        below = self.catalogue.indicator(rates[0].ratio.denominator) if len(rates) == 1 and rates[0].ratio else None
        if below is None or (below.code != whole.code and (below.domain, below.unit) != (whole.domain, whole.unit)):
            return reading
        meant = found.model_copy(update={"code": rates[0].code})
        return reading.model_copy(update={"intent": "value", "indicators": (meant,)})

    def _like_there(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """The facility of another district that is called like the one before, where its kind is named again: "trung tâm y tế
        bên Xuyên Mộc thì mấy giường?" after that of Châu Đức."""
        facilities, areas = self.catalogue.facilities, self.catalogue.areas
        if len(before.facilities) != 1 or len(reading.areas) != 1 or reading.facilities or reading.grouping:
            return reading
        spoken, there = facilities.get(before.facilities[0].code), areas.get(reading.areas[0].code)
        around = [code for code in self.catalogue.ancestors(before.facilities[0].code) if code in areas]
        if spoken is None or there is None:
            return reading
        for area in (areas[code] for code in around if areas[code].kind == there.kind):
            head, _, end = normalise(spoken.name).partition(normalise(area.name))
            name, said = f"{head}{normalise(there.name)}{end}", head.strip()
            like = [code for code, each in facilities.items() if normalise(each.name) == name]
            if said and len(like) == 1 and re.search(rf"\b(?:{said}|{fold(said)})\b", best.evidence.text):
                meant = reading.areas[0].model_copy(update={"kind": "facility", "code": like[0]})
                kept = tuple(each for each in reading.dimensions if each.text not in said)
                return reading.model_copy(update={"areas": (), "facilities": (meant,), "dimensions": kept})
        return reading

    def _of_the_same(self, reading: Reading, best: Candidate, before: Reading) -> Reading:
        """A rate of something else of the field, in words that the one of what was spoken of has, too, is that one: "mỗi lớp
        mấy cháu?" after children of preschools is no class of pupils."""
        entries, found = self._entries(before), reading.indicators[0] if len(reading.indicators) == 1 else None
        if len(entries) != 1 or found is None or found.match in ("default", "context") or "--" in found.code:
            return reading
        held, spoken, marked = self.catalogue.indicator(found.code), entries[0], has_marks(best.evidence.text)
        if held.ratio is None or spoken.code in held.ratio.parts or held.domain != spoken.domain or spoken.ratio:
            return reading
        said = self.likely.named(found.text.split(), marked=marked)
        if any(slot.best.match == "exact" and slot.best.code in held.ratio.parts for slot in best.evidence.indicators):
            return reading  # "nước thải khu công nghiệp … đạt chuẩn mấy phần trăm?" after zones with treatment
        own = [
            each.code
            for each in self.catalogue.indicators.values()
            if each.ratio is not None
            and spoken.code in each.ratio.parts
            and set(each.ratio.parts).isdisjoint(held.ratio.parts)
            and said <= spelled.words_of(each, marked=marked)
        ]
        if len(own) != 1 or not said:
            return reading
        return reading.model_copy(update={"indicators": (found.model_copy(update={"code": own[0], "match": "fuzzy"}),)})

    def _entries(self, reading: Reading) -> list[Indicator]:
        codes = dict.fromkeys(found.code for found in reading.indicators if "--" not in found.code)
        return [self.catalogue.indicator(each) for each in codes]
