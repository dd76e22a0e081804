"""What an utterance means after the reading before it, with what only the catalogue tells: domains, places, indicators.

The rules that need no catalogue are ``follow_up.py``; another indicator in few words is ``in_field.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.catalogue.adhoc import own_ratio
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.clock import Clock
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Comparison, Found, Reading
from assistant.understanding import (
    beside,
    follow_up,
    left_open,
    left_out,
    leftover,
    narration,
    narrowing,
    pointing,
    spelled,
)
from assistant.understanding.build import PLACE_FIELDS, direction_of
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.evidence import Evidence
from assistant.understanding.in_field import InField
from assistant.understanding.kin import Kin
from assistant.understanding.lattice import Slot
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.pointing import DAYS, Pointing
from assistant.understanding.shapes import Shape

FEW_WORDS = 10
"""Words of an utterance that may lean on the one before with an indicator of its own …"""

FEW_TELLING = 6
"""… or so many that are no fillers."""

DENIES = re.compile(r"(?:dạ |à )?(?:không|khoan|khong)\b")
"""An utterance that begins like this takes back what was said before, where it says what is meant."""

PROVINCE = re.compile(r"\b(?:tỉnh|tinh)\b")
"""A word that speaks of the whole province."""

HINTS = frozenset(["plan", "why", "turning", "moved", "direction"])
"""Evidence that by itself asks for more about the figure before …"""


def _over(found: Found, cue: Cue) -> bool:
    return found.start < cue.end and cue.start < found.end


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
        told_in: Callable[[Reading, Evidence], Reading],
    ) -> None:
        self.catalogue = catalogue
        self.shapes = shapes
        self.cues = cues
        self.likely = likely
        self.clock = clock
        self.is_served = is_served
        self.told_in = told_in
        self.pointing = Pointing(catalogue, cues, likely)
        self.kin = Kin(catalogue, cues, likely, told_in)
        self.in_field = InField(
            catalogue, shapes, cues, likely, lambda reading, before: is_served(self._with_surroundings(reading, before))
        )

    def after(
        self,
        best: Candidate,
        before: Reading,
        text: str,
        earlier: Reading | None = None,
        further: Sequence[Reading] = (),
    ) -> Reading:
        """The reading that goes on from the one before; the candidate's own, the same object, where it stands alone.

        One that names no place goes on about the place before, unless it names a period and speaks of another domain.
        ``earlier`` is the reading before that one, ``further`` are those before that, the last one first.
        """
        words = text.split()
        if best.evidence.beyond:
            return best.reading
        asked_back = not before.indicators and best.reading.indicators and not best.evidence.about
        if asked_back and best.reading.intent in (*follow_up.ABOUT, *follow_up.LOOSE):
            named = best.reading.model_copy(update={"intent": "value", "intent_score": 1.0})
            return self._with_surroundings(named, before)  # "à quên, sản lượng nước sạch cung cấp"
        best = left_out.next_turn(self.pointing.grown(self._apart_from_mean(best), before), before)
        spoken_of = [each for each in (earlier, *further) if each]
        back = self.pointing.back(best, before, spoken_of)
        if back is not None:
            before, earlier = back, None
            best = best._replace(reading=best.reading.model_copy(update={"indicators": (), "domains": ()}))
        bare = not narration.off(best, self.cues, self.catalogue, before.indicators)
        telling = sum(fold(word) not in self.cues.filler for word in best.loose)
        short = len(words) <= FEW_WORDS or telling <= FEW_TELLING or (bare and not best.reading.indicators)
        goes_on = re.match(r"(?:còn|con|vậy|vay|thế|the)\b", text) or re.search(r"\b(?:nữa|nua)\b", text)
        before = self.pointing.one_of(best, self.pointing.counted(best, before, spoken_of))
        before = self.pointing.at_spoken(best, self.pointing.both_named(best, before, spoken_of), spoken_of)
        spoken = before.dimensions
        reading, before = self._named(best, before, text, short=short)
        reading = self._of_the_whole(reading, before, best.evidence)
        of_kind = follow_up.of_that_kind(reading, before)
        reading = of_kind if not reading.indicators or self.is_served(of_kind) else reading
        asks = short and (best.evidence.rate or not HINTS.isdisjoint(best.evidence.marks))
        if (together := beside.both(reading, before, earlier, text, self.cues)) is not None:
            if not follow_up.said(together.indicators):
                return follow_up.merge(together, before)
            return self._with_surroundings(together, before)
        numbered = short and best.evidence.how_many and self._of_it(best, before)
        each = short and bool(reading.grouping and self.cues.find("each", text))
        leans = follow_up.leans_on_context(reading, self.shapes, rated=asks, numbered=numbered or each, bare=bare)
        leans = leans or any(
            follow_up.same(reading, each) and self._fields(each) == self._fields(before)
            for each in (before, earlier, *further)
            if each is not None
        )  # "nơi nào có số vụ nhiều nhất?" after the accidents and the dead of a quarter
        own = frozenset().union(*(spelled.words_of(entry) for entry in map(self._entry, before.indicators) if entry))
        more = self.likely.telling(best.loose, marked=has_marks(text)) - own
        members = reading.dimensions != best.reading.dimensions or (before.dimensions != spoken and not more)
        total = any(self.kin.is_total(found, best) for found in reading.indicators)
        told = members or total or back is not None
        that = bool(self.cues.find("that", text)) or pointing.at_named(reading.indicators, text)
        new = not each or bool(self.likely.rank(best.loose, marked=has_marks(text)))  # "thành lập mới theo từng huyện"
        if short and not told and (meant := self.in_field.made_up(best._replace(reading=reading), before)) is not None:
            return self.about_another(meant, before, best.evidence, that=that)
        aside = bool(best.evidence.about and best.evidence.indicators) and not reading.indicators
        new = new and not aside  # "tính thế nào, chia cho số hộ hay số dân?"
        if (short or that) and not told and new and (leans or that or self._may_go_on(reading, best)):
            meant = self.in_field.meant(best._replace(reading=reading), before, text)
            if meant is not None:
                return self.about_another(meant, before, best.evidence, that=that)
        if leans:
            merged = self._merged(reading, before, best.evidence, earlier)
            described = leftover.describes(reading, self.catalogue) and not self.likely.telling(
                best.loose, marked=has_marks(text)
            )
            strange = short and not (told or reading.indicators) and leftover.strange(reading, before, self.catalogue)
            if strange and not self.is_served(merged):  # "nuôi trồng thủy sản thì sao?" after what was caught
                said = [word for found in strange for word in found.text.split()]
                named = reading.model_copy(update={"dimensions": ()})
                meant = self.in_field.meant(best._replace(reading=named, loose=(*best.loose, *said)), before, text)
                if meant is not None:
                    return self.about_another(meant, before, best.evidence, that=that)
            other = reading.indicators and (reading.dimensions or reading.grouping) and not described
            if other and not self.is_served(merged):
                around = (self._with_surroundings(reading, each) for each in leftover.surroundings(reading, before))
                if (meant := next(filter(self.is_served, around), None)) is not None:
                    return meant  # "diện tích cà phê?" after pupils: a member that only another indicator has
            shared = self._as_share(self._with_members(merged, reading, before), before, best.evidence)
            return left_open.part(shared, reading, best.evidence, self.catalogue.province.code)
        reading = left_open.subject(reading, before) if self._fields(reading) == self._fields(before) else reading
        carried = self._with_surroundings(reading, before)
        again = goes_on is not None and follow_up.codes(reading.indicators) == follow_up.codes(before.indicators)
        again = again and not (reading.places or any(self.cues.find(each, text) for each in ("total", "together")))
        same = follow_up.codes(reading.indicators) == follow_up.codes(before.indicators)
        again = again or (same and bool(self.cues.find("then", text)))  # "Châu Đức năm học đó mấy thầy cô?"
        carried = self._with_members(carried, reading, before, that=that or again) if short or that else carried
        then = bool(reading.indicators) and (that or bool(self.cues.find("then", text)))
        if then and carried.intent == "trend" and not carried.grouping and len(carried.periods) == 1:
            carried = carried.model_copy(update={"intent": "value"})
        if reading.intent == "follow_up" or goes_on is not None or then:
            return carried
        if not reading.indicators or reading.unknown:
            return reading
        if reading.places:
            again = {found.code for found in follow_up.said(reading.indicators)} <= {f.code for f in before.indicators}
            here = follow_up.codes(reading.places) == follow_up.codes(before.places)
            same_field = (short or here) and self._fields(reading) == self._fields(before)
            return carried if (again or same_field) and not reading.periods and self.is_served(carried) else reading
        if self.cues.find("there", text):
            return carried
        if not self.shapes[reading.intent].figure:
            return reading
        another = not self._fields(reading) & self._fields(before)
        if reading.grouping or (reading.periods and another) or not self.is_served(carried):
            return reading
        return carried

    def about_another(self, meant: Reading, before: Reading, evidence: Evidence, *, that: bool) -> Reading:
        """The reading about another indicator of the field, in what was spoken of; held against a period that is named as
        the base: "số thành lập mới so với quý hai thì sao?"."""
        if any(found.role == "base" for found in meant.periods):
            same = follow_up.codes(meant.indicators) == follow_up.codes(before.indicators)
            return follow_up.merge(meant, before if same else before.model_copy(update={"dimensions": ()}))
        names = meant.places or meant.dimensions or meant.grouping
        if (
            meant.intent == "share"
            and not names
            and all(entry and entry.ratio for entry in map(self._entry, meant.indicators))
        ):
            meant = meant.model_copy(update={"intent": "value"})  # "chiếm mấy phần trăm tổng lượt khám?" is that rate
        carried = self._with_members(self._with_surroundings(meant, before), meant, before, that=that)
        return self.told_in(carried, evidence)

    def _apart_from_mean(self, best: Candidate) -> Candidate:
        """The candidate as one that asks for a mean, where "bình quân" says that and is of no name: "bình quân mỗi tháng?"."""
        groups = best.reading.grouping
        if not groups or not all(found.code.startswith("period:") for found in groups):
            return best
        text = best.evidence.text
        aside = self.cues.spoken(("mean",), text)
        if not aside:
            return best
        reading = best.reading
        if not follow_up.said(reading.indicators):
            reading = reading.model_copy(update={"intent": "average", "intent_score": 1.0})
        return best._replace(reading=reading, loose=tuple(word for word in best.loose if word not in aside))

    def _named(self, best: Candidate, before: Reading, text: str, *, short: bool) -> tuple[Reading, Reading]:
        """What the words name next to the reading before: its parts, its members, the period before it; and that one
        without the members that all together make a whole."""
        reading = self.kin.of(best, before)
        done = [cue for cue in self.cues.find("fulfilled", text) if cue.code == "done"]
        if done:
            before = before.model_copy(update={"planned": False})
        if before.planned and follow_up.said(reading.indicators) and reading.periods and not reading.comparison:
            before = before.model_copy(update={"planned": False, "intent": "value", "comparison": None})
        before = follow_up.without_plan(reading, before, best.evidence, done=bool(done))
        if not reading.places and (around := self.pointing.around(before, text)):
            reading = reading.model_copy(update={"areas": (around,)})
        then = self.cues.find("then", text) if before.periods else []
        named = tuple(found for found in reading.periods if not any(_over(found, cue) for cue in then))
        if named != reading.periods:  # "trong ba tháng đó"
            reading = reading.model_copy(update={"periods": named})
        if self.cues.find("now", text) and not reading.periods:
            before = before.model_copy(update={"periods": ()})
        about = best.evidence.about
        told = [entry for entry in map(self._entry, before.indicators) if entry]
        alone = short and not best.evidence.indicators
        if about and (alone or left_open.is_made_of(told, best.evidence, self.cues)):
            # "cái đó tính kiểu gì?", "tính thế nào, chia cho số hộ hay số dân?" lean on what was spoken of
            asking = {"intent": about, "intent_score": 1.0, "indicators": (), "grouping": (), "limit": None}
            return reading.model_copy(update=asking), before
        if short and self.pointing.at_those(reading, before, text):
            reading = reading.model_copy(update={"intent": "follow_up", "indicators": (), "domains": ()})
        unsaid = all(found.match == "fuzzy" for found in reading.indicators)
        unsaid = unsaid and (reading.intent == "follow_up" or bool(done))
        spoken = {word for cue in done for word in text[cue.start : cue.end].split()}
        rest = [word for word in best.loose if word not in spoken]
        own = frozenset().union(*map(spelled.words_of, told))
        other = (
            len(self.likely.named(rest, marked=has_marks(text)) - own - self.cues.chat) > 1
        )  # "giải quyết xong mấy cái"
        if short and unsaid and not other and not self.likely.telling(rest, marked=has_marks(text)):
            reading = reading.model_copy(update={"indicators": ()})
        unsure = short and reading.indicators and reading.intent_score < follow_up.UNDER
        pointed = reading.indicators and not about and any(self.cues.find(each, text) for each in ("there", "then"))
        aside = short and reading.indicators and not about and self.cues.find("how_about", text)
        if (unsure or pointed or aside) and reading.intent in follow_up.ABOUT:  # "có ai tử vong … ở xã đó không?"
            reading = reading.model_copy(update={"intent": "follow_up"})
        elif unsure and reading.periods and reading.intent in follow_up.SPEAKS_OF_TALK:
            reading = reading.model_copy(update={"intent": "value"})
        if whole := leftover.whole(reading, before, text, self.cues, self.catalogue):
            reading = leftover.undivided(reading, whole) if short or reading.grouping else reading
            reading = leftover.of_kinds(reading, whole, self.catalogue) if short else reading
            before = leftover.undivided(before, whole)
        elif short and (
            found := leftover.member(reading, before, text, self.cues, self.catalogue, best.asked.measures)
        ):
            strange = leftover.strange(reading, before, self.catalogue)
            kept = tuple(each for each in reading.dimensions if each not in strange)
            update = {"dimensions": (*kept, found), "limit": None, "indicators": (), "domains": ()}
            reading = reading.model_copy(update=update)
        reading = beside.than(reading, before, best.evidence, text, self.cues)
        if reading.dimensions and DENIES.match(text) and self.cues.find("mistaken", text):
            before = before.model_copy(update={"dimensions": ()})  # "không, ý anh hỏi theo chỗ cháy, cháy nhà dân …"
        if short:
            reading = follow_up.corrected(self._by_kind(reading, before, text), text, self.cues)
        earlier = self.pointing.at_previous(reading, before, best.evidence, self.clock.today())
        return self.pointing.at_next(earlier, before, text), before

    def _by_kind(self, reading: Reading, before: Reading, text: str) -> Reading:
        """ "Chia theo loại đi" asks for one figure for each kind of what was spoken of."""
        slots = [
            Slot("group", cue.start, cue.end, (Found(kind="group", code="dimension:", text=text[cue.start : cue.end]),))
            for cue in self.cues.find("by_kind", text)
        ]
        told = [Slot("indicator", -1, -1, (found,)) for found in before.indicators if self._entry(found)]
        if reading.grouping or follow_up.said(reading.indicators):
            return reading
        groups = narrowing.by_kind(slots, told, self.catalogue)
        return reading.model_copy(update={"grouping": tuple(slot.best for slot in groups[:1])}) if groups else reading

    def _of_it(self, best: Candidate, before: Reading) -> bool:
        """Whether the words outside of names say nothing but what was spoken of: "được bao nhiêu rồi?", "mấy trường?"."""
        text = best.evidence.text
        spoken = [text[cue.start : cue.end] for cue in self.cues.find("fulfilled", text)]
        spoken += [f"{entry.name} {entry.unit}" for entry in map(self._entry, before.indicators) if entry]
        known = {fold(word) for words in spoken for word in normalise(words).split()}
        return {fold(word) for word in best.loose} <= known | self.cues.filler | set(map(fold, self.cues.chat))

    def _entry(self, found: Found) -> Indicator | None:
        """The indicator of the catalogue that was found; None for one made for a single question."""
        return None if "--" in found.code else self.catalogue.indicator(found.code)

    def _may_go_on(self, reading: Reading, best: Candidate) -> bool:
        """Whether an utterance could be about another indicator of what was spoken of before.

        Small talk that Rasa is sure of may be where every word tells an indicator or nothing: "khai thác thôi".
        """
        loose = reading.intent in follow_up.LOOSE
        if reading.grouping or reading.unknown or reading.intent in follow_up.ABOUT:
            return False
        if reading.places and (reading.indicators or not loose):
            return False
        if self.shapes[reading.intent].figure or reading.intent in ("out_of_scope", "identity", "coverage"):
            return True
        counts = reading.intent == "count" and best.evidence.how_many and not best.evidence.members
        if not loose or counts or reading.intent_score < follow_up.LOOSE_UNDER:
            return loose
        text = best.evidence.text
        aside = {fold(word) for cue in self.cues.find("only", text) for word in text[cue.start : cue.end].split()}
        told = {fold(word) for word in self.likely.telling(best.loose, marked=has_marks(text))}
        return bool(told) and {fold(word) for word in best.loose} <= told | aside | self.cues.filler

    def _fields(self, reading: Reading) -> frozenset[str]:
        """The domains of a reading's indicators."""
        return frozenset(self.catalogue.indicator(found.code).domain for found in reading.indicators)

    def _with_surroundings(self, reading: Reading, before: Reading) -> Reading:
        """A new indicator in the place and period of the turn before; where it has no shape of its own, in that, too.

        A period that is shorter than what the indicator is told for is not carried on.
        """
        update: dict[str, tuple[Found, ...] | str] = {}
        if not reading.places and self._lie_within(reading, before.areas):
            each = any(not found.code.startswith(("period:", "dimension:")) for found in reading.grouping)
            for field in ("areas",) if each else PLACE_FIELDS.values():
                update[field] = follow_up.inherited(getattr(before, field))
        told = [DAYS[self.catalogue.indicator(found.code).grain] for found in reading.indicators]
        told_of = [self.catalogue.indicator(found.code) for found in before.indicators]
        spans = [(found.period.end - found.period.start).days + 1 for found in before.periods if found.period]
        grains = {self.catalogue.indicator(found.code).grain for found in reading.indicators}
        school = any(found.period and found.period.grain == "school_year" for found in before.periods)
        if school and grains and "school_year" not in grains:
            spans = []  # "cà phê trồng được bao nhiêu ha?" after the pupils of a school year
        if not reading.periods and (
            min(spans, default=0) >= max(told, default=0) or left_open.stands_at_end(told_of, before)
        ):
            held = before.intent == "change" and reading.intent not in ("change", "follow_up", "compare", "why")
            update["periods"] = follow_up.inherited(before.periods[:1] if held else before.periods)
        if reading.intent == "follow_up":
            update["intent"] = before.intent if self.shapes[before.intent].figure else "value"
            if not reading.grouping:
                update["grouping"] = follow_up.inherited(before.grouping)
                update["left_out"] = reading.left_out or follow_up.inherited(before.left_out)
        return reading.model_copy(update=update)

    def _with_members(self, carried: Reading, reading: Reading, before: Reading, *, that: bool = False) -> Reading:
        """The completed reading with the members spoken of, where something of the same domain is stored for them.

        Not where the words name a member, a place, a period or a group of their own; ``that`` means them ("vụ đó").
        """
        weak = all(found.match in follow_up.WEAK for found in reading.indicators)
        spoken = follow_up.codes(before.indicators)
        again = weak and bool(reading.indicators) and follow_up.codes(carried.indicators) == spoken
        elsewhere = (reading.places or reading.periods) and not again
        anew = reading.dimensions or reading.grouping or (not that and elsewhere)
        if anew or carried.dimensions or not self._fields(carried) <= self._fields(before):
            return carried
        for found in follow_up.inherited(before.dimensions):
            stands = self.catalogue.dimensions[found.code.partition(":")[0]].implies
            if stands and not that and self.catalogue.indicator(stands).domain not in self._fields(carried):
                continue  # "nữ" is said of persons, not of what else there is of a school
            with_it = carried.model_copy(update={"dimensions": (*carried.dimensions, found)})
            carried = with_it if self.is_served(with_it) else carried
        return carried

    def _merged(self, reading: Reading, before: Reading, evidence: Evidence, earlier: Reading | None) -> Reading:
        """The reading completed by the one before, with what only the catalogue or the words tell.

        A share of a place around the one before asks for that one's part; one figure per district after a single
        district asks for all of them; "tăng hay giảm?" after two periods, one after the other, holds them together.
        """
        if "plan" in evidence.marks and reading.periods and reading.comparison is None:
            reading = reading.model_copy(update={"comparison": Comparison(kind="plan")})
        kinds = {self.catalogue.kind_of(found.code) for found in reading.places}
        if len(reading.places) > 1 and kinds == {found.code for found in reading.grouping}:
            reading = reading.model_copy(update=beside.PLAIN | {"intent": "compare", "intent_score": 1.0})
        before = self._single(reading, before, evidence)
        merged = follow_up.asked_for(follow_up.merge(reading, before), evidence, self.cues)
        if evidence.order is not None and merged.order is not None:  # "nhanh nhất" by the indicator spoken of
            order = direction_of(evidence.order, merged.indicators, self.catalogue)
            merged = merged.model_copy(update={"order": order})
        names = (reading.places, reading.periods, reading.dimensions, reading.grouping)
        alone = not any(names) and not follow_up.said(reading.indicators)
        if merged.intent in ("change", "why") and earlier is not None and alone and not evidence.against:
            merged = follow_up.together(merged, before, earlier)
        if not reading.places and not self._lie_within(reading, merged.areas):
            merged = merged.model_copy(update={"areas": ()})
        merged = self._told_by(self._without_earlier_members(merged, reading), reading, evidence)
        if reading.per is None or len(merged.indicators) != 1:
            return merged
        own = own_ratio(self.catalogue.indicators, merged.indicators[0].code, reading.per.code, reading.scale)
        if own is None:
            return merged
        found = merged.indicators[0].model_copy(update={"code": own})
        return merged.model_copy(update={"indicators": (found,), "per": None, "scale": 1})

    def _of_the_whole(self, reading: Reading, before: Reading, evidence: Evidence) -> Reading:
        """The share of the place before, where the one named lies around it: "chiếm mấy phần trăm cả tỉnh?"."""
        around = {code for found in before.places for code in self.catalogue.ancestors(found.code)}
        shared = evidence.share or (reading.intent == "share" and not self._has_rate(before, evidence))
        whole = reading.areas and around.issuperset(found.code for found in reading.places)
        said = not reading.places and before.places and evidence.share and PROVINCE.search(evidence.text)
        if not shared or not (whole or (said and not reading.dimensions)):
            return reading
        places = {name: follow_up.inherited(getattr(before, name)) for name in PLACE_FIELDS.values()}
        return reading.model_copy(update=places | {"intent": "share", "intent_score": 1.0})

    def _has_rate(self, before: Reading, evidence: Evidence) -> bool:
        """Whether "bao nhiêu phần trăm" after the reading before asks for a rate, its own or one of it, not for a part."""
        rates = [entry for entry in map(self._entry, before.indicators) if entry and entry.unit == "%"]
        return bool(rates) or self.told_in(before, evidence).indicators != before.indicators

    def _lie_within(self, reading: Reading, areas: tuple[Found, ...]) -> bool:
        """Whether the places that one figure each is asked for may lie in these areas: no district lies in another one."""
        targets = [found.code for found in reading.grouping if ":" not in found.code]
        today = self.clock.today()
        return not (targets and areas) or any(self.catalogue.children(f.code, targets[0], today) for f in areas)

    def _without_earlier_members(self, merged: Reading, reading: Reading) -> Reading:
        """What is stored for the members named, without those spoken of before: "cháy nhà dân mấy vụ?" after fires by
        electricity, of which none are told by both."""
        alone = merged.model_copy(update={"dimensions": reading.dimensions})
        earlier = reading.dimensions and len(merged.dimensions) > len(reading.dimensions)
        return alone if earlier and not self.is_served(merged) and self.is_served(alone) else merged

    def _told_by(self, merged: Reading, reading: Reading, evidence: Evidence) -> Reading:
        """A member that what was spoken of is not broken down by is one of its like that is: "heo thì mấy con?" after poultry;
        what there is no plan of is told without it."""
        if merged.intent == "progress" and merged.dimensions and "plan" not in evidence.marks:
            return merged.model_copy(update={"intent": "value", "comparison": None})
        entry = self._entry(merged.indicators[0]) if len(merged.indicators) == 1 else None
        if entry is None or not reading.dimensions or self.is_served(merged):
            return merged
        implied = {self.catalogue.dimensions[found.code.partition(":")[0]].implies for found in reading.dimensions}
        like = {code: self.catalogue.indicator(code) for code in implied if code}
        told = [code for code, each in like.items() if (each.domain, each.unit) == (entry.domain, entry.unit)]
        if len(implied) > 1 or not told:
            return merged
        other = merged.model_copy(update={"indicators": (merged.indicators[0].model_copy(update={"code": told[0]}),)})
        return other if self.is_served(other) else merged

    def _single(self, reading: Reading, before: Reading, evidence: Evidence) -> Reading:
        """The reading before as one that asks for a single figure, where this one does: of a place after one figure for
        each of a group, of a period after two that were held together."""
        if before.intent == "share" and evidence.how_many and not (evidence.rate or evidence.share or evidence.each):
            before = before.model_copy(update={"intent": "value"})
        if reading.grouping or reading.order or reading.comparison:
            return before
        today = self.clock.today()
        targets = [
            found.code for found in before.grouping if ":" not in found.code or found.code.startswith("facility")
        ]
        within = all(self.catalogue.children(place.code, each, today) for place in reading.areas for each in targets)
        counted = evidence.how_many and (evidence.places or reading.periods) and not reading.facilities
        single = not within or counted or reading.facilities or reading.agencies
        if before.intent in follow_up.OF_SEVERAL and targets and reading.places and single:
            return before.model_copy(update=beside.PLAIN | {"intent": "value"})
        ends = {found.code for found in before.periods} if len(before.periods) > 1 else set()
        moves = evidence.direction or evidence.moved or evidence.versus or evidence.why
        again = {found.code for found in reading.periods if not found.role}
        held = before.intent == "change" or (before.intent == "compare" and ends)
        if held and not moves and again and (again <= ends or evidence.how_many or evidence.cumulative):
            return before.model_copy(update=beside.PLAIN | {"intent": "value"})
        return before

    def _as_share(self, reading: Reading, before: Reading, evidence: Evidence) -> Reading:
        """ "Bao nhiêu phần trăm?" asks for the rate of what was spoken of, or for its members' part of the whole."""
        rated = self.told_in(reading, evidence)
        counts = all(self.catalogue.indicator(found.code).ratio is None for found in rated.indicators)
        same = rated.indicators and {f.code for f in rated.indicators} == {f.code for f in before.indicators}
        if reading.intent == "share" and evidence.share:
            return reading
        shared = rated.dimensions or (evidence.share and reading.areas)
        if evidence.rate and same and counts and shared and rated.intent == "value":
            return rated.model_copy(update={"intent": "share"})
        return rated
