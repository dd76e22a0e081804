"""What every sentence needs to know: whom it is for, how places and periods are called, written or spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer.measure import Measure
from assistant.answer.words import capital, table_of, words
from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language import periods
from assistant.query.plan import Plan
from assistant.types import Figure, Period


class Grants(Protocol):
    """What a person may see, as ``assistant.access`` has it."""

    def allows(self, indicator_code: str, place_code: str, catalogue: Catalogue) -> bool: ...


class Account(Protocol):
    """Whom the answer is for."""

    @property
    def address(self) -> str:
        """Form of address: "anh", "chị", "đồng chí"."""
        ...

    @property
    def grants(self) -> Grants: ...


@dataclass(frozen=True)
class Scene:
    """The circumstances of one answer."""

    account: Account
    catalogue: Catalogue
    clock: Clock
    spoken: bool = False
    """Sentences for the ear: long numbers rounded, shorter lists."""
    aiming: bool = False
    """Figures are planned ones and called so: "kế hoạch về thu ngân sách"."""

    def aloud(self) -> Scene:
        """The same scene, for speech."""
        return replace(self, spoken=True)

    def measure(self, code: str) -> Measure:
        measure = Measure(self.catalogue.indicator(code), self.catalogue, spoken=self.spoken)
        if not self.aiming:
            return measure
        named = words()("planned.name", name=measure.name)
        return Measure(measure.indicator.model_copy(update={"name": named}), self.catalogue, spoken=self.spoken)

    def place(self, code: str) -> str:
        return str(self.catalogue.place_name(code))

    def period(self, period: Period) -> str:
        return str(periods.say(period))

    def between(self, first: Period, last: Period) -> str:
        """ "từ tháng 1 đến tháng 10 năm 2026"; one period by its name."""
        if first == last:
            return self.period(last)
        return words()("between", first=self.within(first, last), last=self.period(last))

    def within(self, first: Period, last: Period) -> str:
        """The first of two periods, without the year that the second will name."""
        name, year = self.period(first), words()("year", year=first.start.year)
        shared = (
            first.grain in ("month", "quarter") and first.grain == last.grain and first.start.year == last.start.year
        )
        return name.removesuffix(f" {year}") if shared else name

    def group(self, code: str) -> str:
        """What is ranked or listed: "địa phương cấp huyện", "trường học", "tháng"."""
        named = table_of("groups").get(code)
        if named:
            return named
        kind, _, rest = code.partition(":")
        if kind == "facility":
            return str(self.catalogue.facility_kinds[rest].name)
        if kind == "dimension":
            return words()("groups.dimension", name=self.catalogue.dimensions[rest].name)
        return words()("groups.other")

    def province(self, code: str) -> bool:
        return code == self.catalogue.province.code

    def label(self, figure: Figure, axis: str) -> str:
        """How one figure of several is called: by place, period or member of a dimension."""
        if axis == "period":
            return self.period(figure.period)
        if axis == "dimension":
            return ", ".join(self.measure(figure.indicator).members(figure.dimensions)) or words()("label.all")
        return self.place(figure.place)

    def heading_label(self, figure: Figure, axis: str) -> str:
        """The same, as a row of a table or a bar begins."""
        return capital(self.label(figure, axis))


def axis_of(figures: Sequence[Figure], plan: Plan | None = None) -> str:
    """By what several figures differ: ``period``, ``dimension`` or ``place``; the plan's grouping decides first."""
    if plan is not None and plan.group:
        kind = plan.group.partition(":")[0]
        if kind != "period" or len({figure.period for figure in figures}) > 1:
            return kind if kind in ("period", "dimension") else "place"
    if len({figure.place for figure in figures}) > 1:
        return "place"
    if len({tuple(sorted(figure.dimensions.items())) for figure in figures}) > 1:
        return "dimension"
    return "period" if len({figure.period for figure in figures}) > 1 else "place"


def stretch(figures: Sequence[Figure]) -> tuple[Period, Period]:
    """First and last period of some figures."""
    ordered = sorted((figure.period for figure in figures), key=lambda period: (period.start, period.end))
    return ordered[0], ordered[-1]
