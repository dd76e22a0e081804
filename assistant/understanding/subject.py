"""Which indicator an utterance is about, where names alone do not settle it.

Words that are loose, what was counted or measured ("mấy tấn"), the members named and what is stored at all tell apart
what one name has in common with others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language.text import fold, has_marks
from assistant.types import Found, Period, Reading
from assistant.understanding import narrowing, spelled
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.counters import Counters
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.lattice import SAID, Covering, Slot, placed
from assistant.understanding.likely import Likely, LikelyIndicators
from assistant.understanding.rates import Rates
from assistant.understanding.shapes import Shape
from assistant.understanding.units import Asked

UNSERVED = 0.15
"""What it costs that nothing is stored of an indicator for the places and breakdowns asked for."""

MISMEASURED = 0.2
"""What it costs that an indicator is not told in what was asked for ("mấy tấn")."""

POINTING = re.compile(r" (?:đó|do|ấy|ay|đấy|day)$")
"""How words end that only point to where was spoken of."""

UNRATED = 0.08
"""What it costs that a rate was asked for and the indicator is a count."""

IGNORED = 0.12
"""What it costs that words are left out that tell indicators apart …"""

SAID_IN_PIECES = 0.02
"""… and that an indicator has them all, but in pieces."""

LIKELY = 0.5
"""Fit from which an indicator is tried in the place of one of which nothing is stored …"""

TRIED = 4
"""… and how many are."""

TAKEN = 0.6
"""Fit from which an indicator is taken by some of its words …"""

TAKEN_BY_ONE = 0.75
"""… by a single word …"""

TAKEN_BY_UNIT = 0.4
"""… or where it is told in what was asked for: "mấy héc ta" leaves few …"""

TAKEN_BY_MEMBER = 0.3
"""… or broken down by what was named …"""

CLEARLY = 0.15
"""… and how much less every other one must fit."""

OUTRIGHT = ("exact", "folded")
"""How an indicator is found that was named: where nothing is stored for it, none of another field is meant."""

OF_PERCENT = ("share", "change", "progress", "compare", "why", "trend", "filter", "follow_up", "correct")
"""Shapes that are told in percent, whatever the indicator's unit."""


class Serves(Protocol):
    """Tells whether figures of an indicator are stored for such a place and such breakdowns, in a period or in any."""

    def __call__(
        self, indicator: str, place: str, dimensions: Collection[str] = (), period: Period | None = None
    ) -> bool: ...


class Subject:
    """Settles which indicator is meant."""

    def __init__(
        self,
        catalogue: Catalogue,
        cues: Cues,
        words: IndicatorWords,
        shapes: dict[str, Shape],
        serves: Serves,
        clock: Clock,
    ) -> None:
        self.catalogue = catalogue
        self.cues = cues
        self.shapes = shapes
        self.serves = serves
        self.clock = clock
        self.counters = Counters(catalogue, cues)
        self.words = words
        self.likely = LikelyIndicators(catalogue, words)
        self.rates = Rates(catalogue)

    def named(self, text: str, asked: Asked, covering: Covering, stops: Collection[int] = ()) -> Covering:
        """A covering without an indicator, with the one that its loose words or a counted noun speak of.

        An indicator is taken by some of its words only where it is clearly the likeliest; else it is asked for.
        """
        counted = self.counters.attach(text, covering, stops)
        if any(slot.slot == "member" for slot in covering):
            names = {slot.best.code.partition(":")[0] for slot in covering if slot.slot == "member"}
            codes = [slot.best.code for slot in counted if slot.slot == "indicator"]
            return counted if all(names <= self.catalogue.broken_down_by(code) for code in codes) else covering
        if not covering or any(slot.slot in ("indicator", "domain") for slot in covering):
            return counted
        noun = next((slot.best for slot in counted if slot.slot == "indicator"), None)
        marked = has_marks(text)
        loose, rated = self.told(text, covering), bool(self.cues.find("rate", text))
        inside = any(found.kind == "facility" for slot in covering for found in slot.candidates)
        if noun is not None and not inside and self._more(noun, loose, marked=marked):
            counted = covering
        ranked = [
            each
            for each in self.likely.rank(loose, marked=marked)
            if (rated or not self.rates.is_rate(each.code)) and asked.fits(self.catalogue.indicator(each.code).unit)
        ]
        least = TAKEN_BY_UNIT if asked.measured else TAKEN
        if not ranked or ranked[0].score < (least if len(ranked[0].shared) > 1 else TAKEN_BY_ONE):
            return counted
        if self.likely.strange(loose, marked=marked) and not asked.measured:
            return counted
        aims = {word for cue in self.cues.find("aim", text) for word in text[cue.start : cue.end].split()}
        if not self.likely.telling(ranked[0].shared, marked=marked) - {*(noun.text.split() if noun else ()), *aims}:
            return counted
        if not _clear(ranked):
            return counted
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

    def told(self, text: str, covering: Covering) -> tuple[str, ...]:
        """The loose words without those that point at a place: "ngoài đó bao nhiêu dân" asks for no foreigners."""
        aside = tuple(
            Slot("cue", cue.start, cue.end, ())
            for cue in self.cues.find("there", text)
            if POINTING.search(text, cue.start, cue.end)
        )
        return loose_words(text, (*covering, *aside))

    def _more(self, noun: Found, loose: Sequence[str], *, marked: bool) -> bool:
        """Whether more is said than the counted noun, of what its indicator knows nothing: "chết bao nhiêu người" asks for
        no population, "bao nhiêu em nhận học bổng" for no pupils."""
        rest = [word for word in loose if word not in noun.text.split()]
        told = self.likely.telling(rest, marked=marked) | self.likely.strange(rest, marked=marked)
        return bool(told - spelled.words_of(self.catalogue.indicator(noun.code)))

    def _beside_each_other(self, evidence: Evidence) -> None:
        """Of several indicators named with a member, one that knows nothing of it gives way to the one of the other's field
        with its words that does: "diện tích và sản lượng sầu riêng" asks for no area of land."""
        names = {slot.best.code.partition(":")[0] for slot in evidence.members}
        knowing = [slot for slot in evidence.indicators if names <= self.catalogue.broken_down_by(slot.best.code)]
        if not names or not knowing or len(knowing) == len(evidence.indicators):
            return
        field = self.catalogue.indicator(knowing[0].best.code).domain
        found = []
        for slot in evidence.indicators:
            words = set(slot.best.text.split())
            options = (
                []
                if slot in knowing
                else [
                    code
                    for code, entry in self.catalogue.indicators.items()
                    if entry.domain == field
                    and names <= self.catalogue.broken_down_by(code)
                    and words <= spelled.words_of(entry)
                ]
            )
            meant = slot.best.model_copy(update={"code": options[0]}) if len(options) == 1 else slot.best
            found.append(Slot(slot.slot, slot.start, slot.end, (meant,)) if options else slot)
        evidence.indicators = found

    def _knowing(self, evidence: Evidence, asked: Asked, loose: Sequence[str]) -> None:
        """An indicator that knows nothing of the members named gives way to the likeliest with its words that does: "diện tích"
        of a crop is no area of land."""
        slot = evidence.indicators[0]
        names = {member.best.code.partition(":")[0] for member in evidence.members}
        if slot.best.match not in OUTRIGHT or names <= self.catalogue.broken_down_by(slot.best.code):
            return
        words, marked = set(slot.best.text.split()), has_marks(evidence.text)
        if evidence.share:
            asked = asked.without("percent")
        options = [
            code
            for code in self._broken_down((member.best.code for member in evidence.members), asked)
            if words <= spelled.words_of(self.catalogue.indicator(code), marked=marked)
        ]
        ranked = [each.code for each in self.likely.rank(loose, marked=marked) if each.code in options]
        if not options and evidence.counts > 1:  # "ghe thuyền khai thác được bao nhiêu cá, bao nhiêu tôm"
            able = self._broken_down((member.best.code for member in evidence.members), asked)
            ranked = [each.code for each in self.likely.rank(loose, marked=marked) if each.code in able]
        for code in ranked[:1] or options[:1]:
            meant = slot.best.model_copy(update={"code": code, "match": "fuzzy"})
            evidence.indicators = [Slot(slot.slot, slot.start, slot.end, (meant,))]

    def of_members(self, evidence: Evidence, asked: Asked, loose: Sequence[str]) -> None:
        """Gives evidence that names members and no indicator the one that is broken down by them: the only one told in
        what was asked for ("hồ tiêu thu mấy tấn"), else the one that the loose words speak of."""
        if len(evidence.indicators) > 1:
            self._beside_each_other(evidence)
        elif evidence.members and evidence.indicators:
            self._knowing(evidence, asked, loose)
        if len(evidence.indicators) > 1 and evidence.counts == 1 and asked.measured:
            evidence.indicators = narrowing.measured(
                evidence.indicators,
                lambda code: asked.fits(self.catalogue.indicator(code).unit),
                evidence.text,
                evidence.stops,
            )
        if not evidence.members or any(slot.best.match != "default" for slot in evidence.indicators):
            return
        if evidence.share or evidence.direction or evidence.moved:
            asked = asked.without("percent")  # "khách quốc tế tăng mấy phần trăm" asks for no rate
        options = self._broken_down((slot.best.code for slot in evidence.members), asked)
        held = {slot.best.code for slot in evidence.indicators}
        marked = has_marks(evidence.text)
        around = [
            word
            for slot in evidence.members
            for word in spelled.around(self.catalogue.member(slot.best.code), slot.best.text, marked=marked)
        ]
        ranked = [each for each in self.likely.rank([*around, *loose], marked=marked) if each.code in options]
        rates = [each for each in ranked if evidence.rate and not evidence.share and self.rates.is_rate(each.code)]
        ranked = rates or ranked
        least = LIKELY if held & set(options) else TAKEN_BY_MEMBER
        telling = bool(ranked) and bool(self.likely.telling(ranked[0].shared, marked=marked))
        if telling and ranked[0].score >= least and _clear(ranked):
            code = ranked[0].code
        elif len(options) == 1 and asked.measured:
            code = options[0]
        else:
            return
        if code not in held:
            slot = evidence.members[0]
            found = slot.best.model_copy(update={"kind": "indicator", "code": code, "match": "default"})
            evidence.indicators = [Slot("indicator", slot.start, slot.end, (found,))]

    def meant(
        self, reading: Reading, evidence: Evidence, asked: Asked, loose: Sequence[str]
    ) -> Iterator[tuple[Reading, float]]:
        """The reading with what it costs that nothing is stored for it, or that it is not told in what was asked for;
        then also the same of the indicators likelier meant, without that flaw."""
        asked = asked.without("percent") if evidence.share else asked
        told = self.rates.told(reading, evidence)
        if self._all_fit(told, asked) or not self._all_fit(reading, asked):
            reading = told  # "mấy hộ nghèo, cần số hộ chứ không cần phần trăm"
        if evidence.hundred:
            asked = asked.nothing()  # "cứ một trăm lượt khám thì mấy lượt là bảo hiểm trả"
            reading = told
        if evidence.per is not None or reading.intent in OF_PERCENT:
            asked = asked.without("percent")
        marked = has_marks(evidence.text)
        served = self.is_served(reading)
        fits = self._all_fit(reading, asked)
        fuller = None if self.cues.find("there", evidence.text) else self._fuller(reading, asked, loose, marked=marked)
        fuller = self.rates.told(fuller, evidence) if fuller is not None else None
        unlike = MISMEASURED if not fits else UNRATED if self._unrated(reading, evidence) else 0.0
        if unlike and all(found.match == "default" for found in reading.indicators):
            unlike += SAID_IN_PIECES * 2  # "rác sinh hoạt … gom được mấy phần trăm" is no part of all waste
        yield reading, (0.0 if served else UNSERVED) + unlike + (IGNORED if fuller else 0.0)
        if fuller is not None:
            yield fuller, SAID_IN_PIECES
        owners = {self.catalogue.indicator(found.code).owner for found in reading.indicators}
        if not served and owners.intersection(found.code for found in reading.agencies):
            everywhere = reading.model_copy(
                update={"agencies": tuple(found for found in reading.agencies if found.code not in owners)}
            )
            if self.is_served(everywhere):
                yield everywhere, unlike
        if len(reading.indicators) != 1 or (served and fits):
            return
        held = reading.indicators[0]
        kept = () if held.match == "default" else held.text.split()
        members = [] if served else [word for found in reading.dimensions for word in found.text.split()]
        likely = self.likely.rank([*loose, *members], kept, marked=marked)
        field = self.catalogue.indicator(held.code).domain
        outright = held.match in OUTRIGHT
        others = [
            each.code
            for each in likely[:TRIED]
            if each.score >= LIKELY and (not outright or self.catalogue.indicator(each.code).domain == field)
        ]
        if asked.measured and not fits:
            others = [
                each.code
                for each in self.likely.rank([*loose, *held.text.split()], marked=marked)
                if each.score >= TAKEN_BY_MEMBER
                and self.catalogue.indicator(each.code).domain == field
                and asked.fits(self.catalogue.indicator(each.code).unit)
                and self.likely.telling(each.shared, marked=marked)
            ][:1] + others
        if not fits:
            others = [*self._kin(held, reading, asked, loose, marked=marked), *others]
        if not served:
            others = [held.code, *others]  # "trường mầm non" holds its member in its name
        for code in dict.fromkeys(others):
            other = self.rates.told(self._instead(reading, code), evidence)
            if self._all_fit(other, asked):
                yield from [(other, 0.0)] if self.is_served(other) else []

    def _all_fit(self, reading: Reading, asked: Asked) -> bool:
        """Whether every indicator is told in what was asked for."""
        return all(asked.fits(self.catalogue.indicator(found.code).unit) for found in reading.indicators)

    def _instead(self, reading: Reading, code: str) -> Reading:
        """The reading about another indicator, without the members whose words are in its name ("trạm y tế có bác sĩ")."""
        entry = self.catalogue.indicator(code)
        words = spelled.words_of(entry)
        held = reading.indicators[0]
        found = held if held.code == code else held.model_copy(update={"code": code, "match": "fuzzy"})
        spoken = {found.code.partition(":")[0] for found in reading.dimensions if words.issuperset(found.text.split())}
        aside = spoken - self.catalogue.broken_down_by(code)  # "khách sạn, nhà nghỉ kín phòng": all that have rooms
        kept = tuple(member for member in reading.dimensions if member.code.partition(":")[0] not in aside)
        return reading.model_copy(update={"indicators": (found,), "domains": (entry.domain,), "dimensions": kept})

    def _fuller(self, reading: Reading, asked: Asked, loose: Sequence[str], *, marked: bool) -> Reading | None:
        """The reading about the likeliest indicator told in the same unit with a name of the words named and all telling ones
        that are left out: "phá" beside "vụ phạm pháp hình sự"; None where no word is left out or no name has them."""
        held = reading.indicators[0] if len(reading.indicators) == 1 else None
        if held is None or held.code not in self.catalogue.indicators or held.match == "default":
            return None
        left_out = self.likely.telling(loose, marked=marked) - spelled.words_of(self.catalogue.indicator(held.code))
        if {*map(fold, left_out)} <= self.cues.filler:
            return None
        told = self.catalogue.indicator(held.code)
        named = held.text.split()
        for each in self.likely.rank([*loose, *named], [*named, *left_out], marked=marked) if left_out else ():
            entry = self.catalogue.indicator(each.code)
            if (
                each.score >= LIKELY
                and (entry.domain, entry.unit) == (told.domain, told.unit)
                and asked.fits(entry.unit)
            ):
                other = self._instead(reading, each.code)
                return other if self.is_served(other) else None
        return None

    def _unrated(self, reading: Reading, evidence: Evidence) -> bool:
        """Whether a rate was asked for in so many words and the indicator is none."""
        asks = reading.intent in ("value", "share") and not evidence.share and "plan" not in evidence.marks
        codes = [found.code for found in reading.indicators if found.code in self.catalogue.indicators]
        return asks and bool(self.cues.find("rate", evidence.text)) and not all(map(self.rates.is_rate, codes))

    def told_in(self, reading: Reading, asked: Asked, loose: Sequence[str]) -> Reading:
        """A reading that goes on from the one before, with an indicator of the same field that is told in what was asked
        for, where the one taken over is not: "họ ở mấy ngày?" after guests is how long they stay."""
        asked = asked.without("percent")
        if not asked.measured or len(reading.indicators) != 1 or reading.intent in OF_PERCENT:
            return reading
        held = reading.indicators[0]
        entry = self.catalogue.indicator(held.code)
        if held.match != "context" or asked.fits(entry.unit):
            return reading
        options = self._broken_down((found.code for found in reading.dimensions), asked, entry.domain)
        likely = [each.code for each in self.likely.rank(loose, marked=True) if each.code in options]
        for code in likely[:1] or (options if len(options) == 1 else []):
            other = reading.model_copy(update={"indicators": (held.model_copy(update={"code": code}),)})
            if self.is_served(other):
                return other
        return reading

    def is_served(self, reading: Reading, at: int | None = None) -> bool:
        """Whether figures are stored for what a reading asks for; shapes without figures ask for none.

        In any period, or in the one whose words begin ``at`` this character.
        """
        if not self.shapes[reading.intent].figure or not reading.indicators:
            return True
        targets = [found.code for found in reading.grouping]
        names = reading.broken_down | {
            target.removeprefix("dimension:") for target in targets if target.startswith("dimension:")
        }
        places = [found.code for found in reading.places] or [self.catalogue.province.code]
        for target in targets:
            if not target.startswith(("dimension:", "period:")):
                inside = self.catalogue.children(places[0], target, self.clock.today()) if places else ()
                places = [*places[1:], *(inside[:1] or places[:1])]  # "Sở Nội vụ" has no districts
        period = next((found.period for found in reading.periods if found.start == at), None)
        return all(self.serves(found.code, place, names, period) for found in reading.indicators for place in places)

    def _broken_down(self, members: Iterable[str], asked: Asked, domain: str = "") -> list[str]:
        """The indicators with the dimensions of these members that are told in what was asked for."""
        names = {code.partition(":")[0] for code in members}
        return [
            code
            for code, entry in self.catalogue.indicators.items()
            if domain in ("", entry.domain) and asked.fits(entry.unit) and names <= self.catalogue.broken_down_by(code)
        ]

    def _kin(self, held: Found, reading: Reading, asked: Asked, loose: Sequence[str], *, marked: bool) -> list[str]:
        """Indicators told in what was asked for that stand for the same thing: what a rate is made of, or the only one of
        the field with the dimensions of the members named."""
        entry = self.catalogue.indicator(held.code)
        if entry.ratio is not None and asked.fits(self.catalogue.indicator(entry.ratio.numerator).unit):
            part = self.catalogue.indicator(entry.ratio.numerator)
            outright = self.words.content(held.text.split(), marked=marked) - spelled.words_of(part)
            return [] if outright else [entry.ratio.numerator]
        rates = [
            each.code
            for each in self.catalogue.indicators.values()
            if each.ratio is not None and held.code in each.ratio.parts and asked.measured and asked.fits(each.unit)
        ]
        if rates:
            likely = [each.code for each in self.likely.rank(loose, marked=marked) if each.code in rates]
            return likely[:1] or (rates if len(rates) == 1 else [])
        if not reading.dimensions:
            return []
        alike = self._broken_down((found.code for found in reading.dimensions), asked, entry.domain)
        return alike if len(alike) == 1 else []


def _clear(ranked: Sequence[Likely]) -> bool:
    """Whether the first fits clearly better than every other."""
    return len(ranked) == 1 or ranked[1].score <= ranked[0].score - CLEARLY


def loose_words(text: str, covering: Covering) -> tuple[str, ...]:
    """The words of an utterance outside of all names but those of indicators."""
    apart = [slot for slot in covering if slot.slot not in ("indicator", SAID)]
    found = (match for match in re.finditer(r"\w+", text))
    return tuple(word.group() for word in found if not any(slot.start <= word.start() < slot.end for slot in apart))
