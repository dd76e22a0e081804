"""How one indicator is spoken of: whether a place *has* so many of something, *receives* them, or its rate *is* so much.

The choice follows the indicator's name, unit and measure; ``data/wordings/answer.yml`` overrides it per indicator.
"""

from __future__ import annotations

import re
from functools import cached_property

from assistant.answer import figures
from assistant.answer.words import table_of, words
from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Indicator
from assistant.types import Figure

COUNTED = re.compile(r"^(?:tổng )?số (?:lượng )?(?P<thing>.+)$")
RELATIVE = re.compile(r"bình quân|trung bình|trên (?:một |1 |\d|vạn|nghìn|triệu|mỗi)")
PERSONS = "người"
ON_SITE = re.compile(r"^(?P<name>.*trên địa bàn)(?P<rest>(?: \(.*\))?)$")


class Measure:
    """An indicator's grammar; ``spoken`` rounds long numbers as speech does."""

    def __init__(self, indicator: Indicator, catalogue: Catalogue, *, spoken: bool = False) -> None:
        self.indicator = indicator
        self.catalogue = catalogue
        self.spoken = spoken
        self.unit = figures.unit_of(indicator.unit)

    @cached_property
    def name(self) -> str:
        """As it stands inside a sentence."""
        return table_of("names").get(self.indicator.code, self.indicator.name)

    @cached_property
    def _counting(self) -> tuple[str, str]:
        """Verb and thing: ("", "học sinh"), ("tiếp nhận", "hồ sơ"); no thing where nothing is counted."""
        found = COUNTED.match(self.name)
        if not found or self.indicator.ratio or self.unit.money or self.unit.percent or RELATIVE.search(self.name):
            return "", ""
        if (self.indicator.decimals and not self.unit.scale) or "/" in self.unit.full:
            return "", ""
        thing = found["thing"]
        for ending, action in sorted(table_of("actions").items(), key=lambda pair: -len(pair[0])):
            if thing.endswith(" " + ending):
                return action, thing[: -len(ending) - 1]
        return "", thing

    @property
    def thing(self) -> str:
        """What is counted ("học sinh tiểu học", "hồ sơ"); empty where nothing is: rates, money, measures."""
        return self._counting[1]

    @property
    def action(self) -> str:
        """The verb of what is done with the counted ("tiếp nhận" hồ sơ); empty: things are simply there."""
        return self._counting[0]

    @cached_property
    def verb(self) -> str:
        """Between the place and the count ("có", "ghi nhận"), or between the name and its quantity ("là", "đạt")."""
        chosen = table_of("verbs").get(self.indicator.code)
        if chosen:
            return chosen
        if self.thing:
            return self.action or table_of("unit_verbs").get(self.unit.bare, words()("verb.count"))
        if self.indicator.good == "up" and (self.unit.percent or self.unit.money):
            return words()("verb.reach")
        return words()("verb.be")

    @property
    def more(self) -> tuple[str, str]:
        """Comparatives, up and down: "nhiều hơn"/"ít hơn" of the counted, "cao hơn"/"thấp hơn" of the rest."""
        kind = "counted" if self.thing else "measured"
        return words()(f"more.{kind}.up"), words()(f"more.{kind}.down")

    def quantity(self, value: float) -> str:
        """Number and unit; "35,2 học sinh" where the name already says that it is per class."""
        per = "/" in self.unit.full and RELATIVE.search(self.name)
        unit = figures.unit_of(self.unit.full.partition("/")[0]) if per else self.unit
        return figures.quantity(value, unit, self.indicator.decimals, spoken=self.spoken)

    def difference(self, absolute: float) -> str:
        """The size of a difference; percentages differ by percentage points."""
        if self.unit.percent:
            decimals = max(self.indicator.decimals, 1)
            return words()(
                "points" if self.unit.full == "%" else "points_permille",
                number=figures.trimmed(abs(absolute), decimals),
            )
        return self.quantity(abs(absolute))

    def shown_as_zero(self, absolute: float) -> bool:
        """Whether a difference vanishes at the decimals that are shown."""
        decimals = max(self.indicator.decimals, 1) if self.unit.percent else self.indicator.decimals
        return figures.rounded(absolute, decimals) == 0

    def members(self, dimensions: dict[str, str]) -> tuple[str, ...]:
        """Names of the members, in the catalogue's order of dimensions, the finer kind first ("tiểu học", "nữ")."""
        phrases = table_of("members")
        named = {}
        for code, dimension in self.catalogue.dimensions.items():
            if code in dimensions:
                names = {member.code: member.name for member in dimension.members}
                name = names.get(dimensions[code], dimensions[code])
                named[code] = phrases.get(f"{code}:{dimensions[code]}", name)
        order = list(table_of("adjectives"))
        return tuple(named[code] for code in sorted(named, key=lambda c: order.index(c) if c in order else len(order)))

    def narrowed(self, text: str, dimensions: dict[str, str]) -> str:
        """A noun narrowed by members: "học sinh phổ thông" → "học sinh tiểu học", "lượt khám (bệnh viện)"."""
        adjectives = table_of("adjectives")
        for code in dimensions:
            word = adjectives.get(code)
            if word and text.endswith(" " + word):
                text = text[: -len(word) - 1]
        kind = next((word for word in adjectives.values() if word and text.endswith(" " + word)), "")
        short = len(text.removeprefix("số ").removesuffix(kind).split()) <= 2
        if dimensions and short and all(code in adjectives for code in dimensions):
            return " ".join((text, *self.members(dimensions)))
        members = self.members(dimensions)
        return f"{text} ({', '.join(members)})" if members else text

    def counted(self, value: float, dimensions: dict[str, str]) -> str:
        """Number and thing: "1.234 học sinh tiểu học nữ"; without the verb."""
        amount = figures.bare_number(value, self.indicator.decimals, spoken=self.spoken)
        return f"{amount} {self.unit.scale} {self.narrowed(self.thing, dimensions)}".replace("  ", " ")

    def noun(self, place: str, dimensions: dict[str, str] | None = None) -> str:
        """The indicator of a place: "số bác sĩ của tỉnh …", "thu ngân sách trên địa bàn huyện …"."""
        name = self.narrowed(self.name, dimensions or {})
        if not place:
            return name
        site = ON_SITE.match(name)
        if site:
            return f"{site['name']} {place}{site['rest']}"
        return words()("noun", name=name, place=place)

    def clause(self, figure: Figure, place: str) -> str:
        """What holds: "tỉnh … có 530 bác sĩ", "tỷ lệ … của huyện … là 94,2 %"."""
        mark = f" {words()('preliminary')}" if figure.preliminary else ""
        if self.thing:
            if figure.value == 0 and not self.action:
                return (
                    words()(
                        "clause.none", place=place, verb=self.verb, what=self.narrowed(self.thing, figure.dimensions)
                    )
                    + mark
                )
            what = self.counted(figure.value, figure.dimensions)
            return words()("clause.counted", place=place, verb=self.verb, what=what) + mark
        noun = self.noun(place, figure.dimensions)
        return words()("clause.measured", noun=noun, verb=self.verb, quantity=self.quantity(figure.value)) + mark

    def value(self, figure: Figure) -> str:
        """The quantity for lists and brackets, marked where it is preliminary."""
        mark = f" {words()('preliminary')}" if figure.preliminary else ""
        if self.unit.bare == PERSONS and 0 < len(self.thing.split()) <= 2 and not self.action:
            return self.counted(figure.value, {}) + mark
        return self.quantity(figure.value) + mark

    def heading(self) -> str:
        """For charts and tables: "Số học sinh"."""
        return self.name[:1].upper() + self.name[1:]
