"""Which rate or change an amount is told as: "bao nhiêu phần trăm" after a count, "tăng mấy phần trăm" after an amount."""

from __future__ import annotations

from collections import defaultdict

from assistant import calendar
from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import has_marks
from assistant.types import Comparison, Reading
from assistant.understanding import spelled
from assistant.understanding.evidence import Evidence

UNITS = ("%", "‰")
"""Units of indicators that are rates without being computed as such."""

RATED = ("definition", "value", "rank", "extreme", "filter", "compare", "trend", "breakdown", "follow_up", "average")
"""Shapes in which "phần trăm" speaks of the figure itself, not of a share or a change."""

CHANGED = ("value", "change", "compare", "trend", "progress")
"""Shapes in which a change that is published as an indicator of its own is told as that."""

LIMITED = ("filter", "count")
"""Shapes in which a number is a limit."""

ORDERED = ("compare", "rank", "extreme")
"""Shapes in which "cao hơn" tells the higher rate, no change."""

PACES = ("fast", "slow")
"""Directions that order what is done of a whole by how far it has come."""

YEARLY = "same_period_last_year"
"""What a change without a word for its base is against, where it is published."""


class Rates:
    """The rates that counts are told as, and the changes that are published as indicators of their own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._rates = _rates(catalogue)
        self._means = {
            entry.ratio.numerator: entry.code
            for entry in catalogue.indicators.values()
            if entry.ratio is not None and entry.unit == catalogue.indicator(entry.ratio.numerator).unit
        }
        self._changes: dict[tuple[str, str], str] = {
            (entry.change_of.indicator, entry.change_of.against): entry.code
            for entry in catalogue.indicators.values()
            if entry.change_of is not None
        }

    def is_rate(self, code: str) -> bool:
        """Whether an indicator is told in percent."""
        entry = self.catalogue.indicator(code)
        return entry.ratio is not None or entry.unit in UNITS

    def told(self, reading: Reading, evidence: Evidence) -> Reading:
        """The reading as the change or the rate that its words ask for."""
        changed = self._as_change(reading, evidence)
        return changed if changed is not reading else self.as_rate(reading, evidence)

    def as_rate(self, reading: Reading, evidence: Evidence) -> Reading:
        """ "Bao nhiêu phần trăm" asks for the rate that a counted indicator is the numerator of, where there is one."""
        if evidence.hundred and (told := self._of_hundred(reading, evidence)) is not reading:
            return told
        codes = tuple(found.code for found in reading.indicators)
        if (
            "plan" in evidence.marks
            and evidence.rate
            and reading.intent in ("value", "share")
            and codes not in self._rates
        ):
            return reading.model_copy(update={"intent": "progress"})
        if (
            evidence.rate
            and reading.intent in LIMITED
            and codes not in self._rates
            and not any(map(self.is_rate, codes))
            and not (
                reading.comparison is not None and reading.comparison.kind == "plan"
            )  # "thu ngân sách trên 80% kế hoạch"
        ):
            return self._limited(reading)
        rate = self._rates.get(codes, "")
        ratio = self.catalogue.indicator(rate).ratio if rate else None
        planned = ratio is not None and self.catalogue.indicator(ratio.denominator).aim
        paced = evidence.order is not None and evidence.order.code in PACES
        if planned and paced and reading.intent in ORDERED:  # "huyện nào giải ngân chậm nhất"
            found = reading.indicators[0].model_copy(update={"code": rate})
            return reading.model_copy(update={"indicators": (found,)})
        against_plan = reading.comparison is not None and reading.comparison.kind == "plan"
        if evidence.rate and planned and (reading.intent == "progress" or (against_plan and reading.intent in LIMITED)):
            # as in "giải ngân bao nhiêu phần trăm kế hoạch" and "giải ngân trên 70% kế hoạch"
            found = reading.indicators[0].model_copy(update={"code": rate})
            intent = reading.intent if reading.intent in LIMITED else "value"
            update = {"intent": intent, "indicators": (found,), "comparison": None, "planned": False}
            return reading.model_copy(update=update)
        levelled = evidence.level and reading.intent in ORDERED
        moved = evidence.direction and reading.intent not in ORDERED
        if not (evidence.rate or levelled) or (moved and not evidence.rate_led):
            return self._as_mean(reading, evidence)
        parts = [slot for slot in evidence.places if slot.best.code != self.catalogue.province.code]
        if len(parts) == len(evidence.places) == 1 and parts[0].best.kind != "area":
            parts = []  # "nộp qua mạng cho ủy ban thành phố chiếm tỷ lệ bao nhiêu" asks for no part of the province
        part = evidence.groups or len(parts) > (not evidence.share)
        if reading.intent == "share" and not evidence.share and all(map(self.is_rate, codes)) and codes:
            # "công suất giường của hai bệnh viện, mỗi nơi mấy phần trăm": rates have no parts
            apart = len(reading.places) > 1
            groups = () if apart else reading.grouping
            intent = "compare" if apart else "filter" if groups and reading.threshold else "value"
            return reading.model_copy(update={"intent": intent, "grouping": groups})
        part = part and len(codes) == 1  # of two that are named, one is the part and the other the whole
        rated = (*RATED, "change") if evidence.rate_led else RATED
        if codes not in self._rates or (reading.intent not in rated and (reading.intent != "share" or part)):
            return reading
        names = reading.broken_down
        if names and (evidence.share or not names <= self.catalogue.broken_down_by(rate)):
            return reading
        found = reading.indicators[0].model_copy(update={"code": rate})
        intent = "value" if reading.intent == "share" else reading.intent
        return reading.model_copy(update={"intent": intent, "indicators": (found,)})

    def _of_hundred(self, reading: Reading, evidence: Evidence) -> Reading:
        """The rate of which everything named is a part: "cứ 100 tấn rác gom được thì đem chôn mấy tấn"; of several of one whole
        the one of whose name most is said: "cứ một trăm phòng học thì mấy phòng kiên cố"."""
        codes = {found.code for found in reading.indicators}
        said = set(evidence.text.split())
        marked = has_marks(evidence.text)
        fitting = {
            entry.code: len(said & (spelled.words_of(entry, marked=marked)))
            for entry in self.catalogue.indicators.values()
            if entry.ratio is not None and entry.unit == "%" and codes and codes <= set(entry.ratio.parts)
        }
        best = [code for code, words in fitting.items() if words == max(fitting.values())]
        if len(best) != 1 or not reading.broken_down <= self.catalogue.broken_down_by(best[0]):
            return reading
        found = reading.indicators[0].model_copy(update={"code": best[0]})
        intent = "value" if reading.intent == "share" else reading.intent
        return reading.model_copy(update={"intent": intent, "indicators": (found,), "limit": None})

    def _limited(self, reading: Reading) -> Reading:
        """A limit in percent is held against a rate: "gom được trên 97 phần trăm rác phát sinh"."""
        beside = self.beside(reading)
        fits = beside is not reading and reading.broken_down <= self.catalogue.broken_down_by(beside.indicators[0].code)
        return beside if fits else reading

    def beside(self, reading: Reading) -> Reading:
        """The reading about the only rate that what it speaks of is a part of: "bao nhiêu lượt xe vào kiểm định, đạt mấy phần
        trăm"."""
        codes = [found.code for found in reading.indicators]
        rates = [
            entry.code
            for entry in self.catalogue.indicators.values()
            if entry.ratio is not None and entry.unit in UNITS and len(codes) == 1 and codes[0] in entry.ratio.parts
        ]
        if len(rates) != 1:
            return reading
        return reading.model_copy(update={"indicators": (reading.indicators[0].model_copy(update={"code": rates[0]}),)})

    def _as_mean(self, reading: Reading, evidence: Evidence) -> Reading:
        """ "Từ lúc báo tin tới lúc xe tới trung bình mấy phút" asks for the minutes of one case, not of all, where there is an
        indicator for that: a ratio told in the unit of what it divides."""
        mean = self._means.get(reading.indicators[0].code) if len(reading.indicators) == 1 else None
        if mean is None or not evidence.mean or evidence.groups or reading.intent not in ("value", "average"):
            return reading
        found = reading.indicators[0].model_copy(update={"code": mean})
        return reading.model_copy(update={"intent": "value", "indicators": (found,)})

    def _as_change(self, reading: Reading, evidence: Evidence) -> Reading:
        """ "GRDP quý ba tăng mấy phần trăm?" asks for its growth, "CPI so với tháng trước" for the index against that month,
        where the catalogue has them as indicators of their own."""
        if len(reading.indicators) != 1 or reading.intent not in CHANGED or reading.grouping or reading.threshold:
            return reading
        held = reading.indicators[0].code
        if held not in self.catalogue.indicators or not (evidence.rate or self.is_rate(held)):
            return reading
        against = _against(reading.comparison, evidence)
        moved = evidence.direction is not None or evidence.moved
        told = self.catalogue.indicators[held].change_of
        stepped = _stepped(reading) if against == "period" and (told is not None or evidence.rate) else ""
        against = stepped or against
        code = self._changes.get((told.indicator if told else held, against or (YEARLY if moved else "")))
        if code is None or (code == held and not stepped):
            return reading
        if not reading.broken_down <= self.catalogue.broken_down_by(code):
            return reading
        found = reading.indicators[0].model_copy(update={"code": code})
        update = {"intent": "value", "indicators": (found,), "comparison": None}
        return reading.model_copy(update=update | ({"periods": reading.periods[:1]} if stepped else {}))


def _against(held: Comparison | None, evidence: Evidence) -> str:
    """What a change is against, where words say so: with a period of its own it is none that is published."""
    if evidence.versus is None and not evidence.against and not evidence.relative:
        return ""
    return held.kind if held is not None else "period"


def _stepped(reading: Reading) -> str:
    """What a change between two periods named is against, where the base is the one before or the same of last year: "CPI tháng
    10 so với tháng 9"."""
    held = [found.period for found in reading.periods]
    if len(held) != 2 or held[0] is None or held[1] is None or reading.periods[1].role != "base":
        return ""
    if held[1] == calendar.previous(held[0]):
        return "previous_period"
    return YEARLY if held[1] == calendar.same_last_year(held[0]) else ""


def _rates(catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    """The one rate that a count is the numerator of, and the one that two counts make together."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for indicator in catalogue.indicators.values():
        ratio = indicator.ratio
        if ratio is not None and ratio.part and indicator.unit == "%":
            for codes in ((ratio.numerator,), (ratio.numerator, ratio.denominator)):
                found[codes].append(indicator.code)
    return {codes: each[0] for codes, each in found.items() if len(each) == 1}
