"""The catalogue as the other rooms see it: entries by code, the tree of places, and every name there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.catalogue import spoken_names
from assistant.catalogue.adhoc import Indicators
from assistant.catalogue.models import (
    Agency,
    Area,
    Dimension,
    Domain,
    Facility,
    FacilityKind,
    Group,
    Indicator,
    Member,
)
from assistant.types import PlaceKind, SpanKind

SYNONYM_WEIGHT = 0.95
SHORT_WEIGHT = 0.9
COMMUNE_SHORT_WEIGHT = 0.85
FACILITY_SHORT_WEIGHT = 0.7
ABOLISHED_FACTOR = 0.8
"""Applied to names of areas that do not exist on the day a catalogue is frozen on."""

ONE_SYLLABLE_FACTOR = 0.7
"""Applied to names of one lower-case syllable ("nam", "chợ"): without diacritics they are everyday words."""

SPELLINGS = (("tỷ lệ", "tỉ lệ"), ("tỷ suất", "tỉ suất"), ("tỷ số", "tỉ số"), ("tỷ trọng", "tỉ trọng"), ("sĩ", "sỹ"))
"""Two spellings of one word; names are written with the first and found by both."""

TYPE_ABBREVIATIONS = {
    "thành phố": ("TP", "TP."),
    "thị xã": ("TX", "TX."),
    "huyện": ("H.",),
    "phường": ("P.",),
    "thị trấn": ("TT", "TT."),
    "xã": ("X.",),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name one thing, for the gazetteer."""

    kind: SpanKind
    code: str
    """Catalogue code; ``dimension:member`` for members, the group's target for groups."""
    text: str
    weight: float
    """0 to 1: how surely these words alone mean the thing."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All checked entries; immutable, compared by identity, cheap to share between threads."""

    domains: Mapping[str, Domain]
    dimensions: Mapping[str, Dimension]
    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]
    facilities: Mapping[str, Facility]
    facility_kinds: Mapping[str, FacilityKind]
    agencies: Mapping[str, Agency]
    groups: Mapping[str, Group]
    version: str
    """First 12 hex digits of the SHA-256 of the files."""
    frozen_on: date | None = None
    """Units of this day are carried on for all time (the sample province); None: units as they really were."""

    def __post_init__(self) -> None:
        """Indicators also answer to the codes of ratios that a question makes of two of them."""
        if not isinstance(self.indicators, Indicators):
            object.__setattr__(self, "indicators", Indicators(self.indicators))

    def as_of(self, day: date) -> Catalogue:
        """The same catalogue with the units of ``day`` carried on for all time."""
        return replace(self, frozen_on=day)

    def indicator(self, code: str) -> Indicator:
        """Raises KeyError for an unknown code."""
        return self.indicators[code]

    def member(self, code: str) -> Member:
        """The member of a dimension, by both their codes ("sex:female")."""
        dimension, _, own = code.partition(":")
        return next(each for each in self.dimensions[dimension].members if each.code == own)

    def area(self, code: str) -> Area:
        """Raises KeyError for an unknown code."""
        return self.areas[code]

    @cached_property
    def province(self) -> Area:
        """The one province whose figures are kept."""
        return next(area for area in self.areas.values() if area.kind == "province" and not area.outside)

    @cached_property
    def country(self) -> Area | None:
        """What all provinces lie in; None where the catalogue knows one province only."""
        return next((area for area in self.areas.values() if area.kind == "country"), None)

    def is_outside(self, code: str) -> bool:
        """Whether a place is known for comparison only: the country, a region, another province."""
        return code in self.areas and self.areas[code].outside

    # Places ---------------------------------------------------------------------------------------------------------

    def is_place(self, code: str) -> bool:
        """Whether an area, facility or agency has this code."""
        return code in self.areas or code in self.facilities or code in self.agencies

    def place_kind(self, code: str) -> PlaceKind:
        """Raises KeyError for a code that is no place."""
        if code in self.areas:
            return self.areas[code].kind
        if code in self.facilities:
            return "facility"
        if code in self.agencies:
            return "agency"
        raise KeyError(code)

    def place_name(self, code: str) -> str:
        """Full name as it is written inside a sentence; raises KeyError for a code that is no place."""
        for places in (self.areas, self.facilities, self.agencies):
            if code in places:
                return places[code].name
        raise KeyError(code)

    def exists(self, code: str, on: date) -> bool:
        """Whether a place exists on a day; in a frozen catalogue, whether it existed on the frozen day."""
        area = self.areas.get(code)
        if area is None:
            return self.is_place(code)
        day = self.frozen_on or on
        return (area.valid_from is None or area.valid_from <= day) and (area.valid_to is None or day <= area.valid_to)

    def history(self, code: str) -> tuple[str, ...]:
        """What became of an area, in sentences: how it came to be, what it became, what that became; none where it has
        always been what it is, or units stand still (a frozen catalogue)."""
        area = self.areas.get(code)
        if area is None or self.frozen_on is not None:
            return ()
        before = [other for other in self.areas.values() if code in other.successors and area.valid_from is not None]
        told = [other.note for other in before[:1]] + [area.note]
        while area is not None and area.valid_to is not None and len(area.successors) == 1:
            area = self.areas.get(area.successors[0])
            told += [area.note] if area is not None and area.valid_to is not None else []
        return tuple(dict.fromkeys(filter(None, told)))

    def kind_of(self, code: str) -> str:
        """The kind of a place as groups name it: ``district``, ``commune`` …, ``agency`` or ``facility:KIND``.

        Raises KeyError for a code that is no place.
        """
        kind = self.place_kind(code)
        return f"facility:{self.facilities[code].kind}" if kind == "facility" else kind

    def ancestors(self, code: str, on: date | None = None) -> tuple[str, ...]:
        """Codes of the areas a place lies in, nearest first; by its latest parents unless a day is given.

        Raises KeyError for a code that is no place.
        """
        if on is None and self.frozen_on is None:
            return self._ancestors(code)
        day = self.frozen_on or on
        return self._up(code, day)

    @cached_property
    def _latest_ancestors(self) -> dict[str, tuple[str, ...]]:
        return {code: self._up(code, None) for code in (*self.areas, *self.facilities, *self.agencies)}

    def _ancestors(self, code: str) -> tuple[str, ...]:
        return self._latest_ancestors[code]

    def _up(self, code: str, day: date | None) -> tuple[str, ...]:
        found: list[str] = []
        parent = self._parent(code, day)
        while parent is not None:
            found.append(parent)
            parent = self._parent(parent, day)
        return tuple(found)

    def _parent(self, code: str, day: date | None) -> str | None:
        if code in self.facilities:
            return self.facilities[code].area
        if code in self.agencies:
            return self.agencies[code].area
        area = self.areas[code]
        if day is not None:
            for former in area.former_parents:
                if day <= former.until:
                    return former.code
        return area.parent

    def children(self, code: str, kind: str, on: date) -> tuple[str, ...]:
        """Places of a kind inside an area on a day, in catalogue order.

        ``kind`` is ``region``, ``province`` (of the country or a region), ``district``, ``commune``, ``agency`` or
        ``facility:KIND``. Facilities and agencies count as long
        as the catalogue names them. Raises KeyError for an unknown code.
        """
        if not self.is_place(code):
            raise KeyError(code)
        key = (code, kind, self.frozen_on or on)
        if key not in self._children:
            self._children[key] = tuple(
                place for place in self._of_kind(kind) if self.exists(place, on) and self._holds(code, place, on)
            )
        return self._children[key]

    def _holds(self, code: str, place: str, on: date) -> bool:
        """Whether a place lies in an area. Country and regions hold provinces only: they are no one's ancestors, so
        that grants, addresses and sums end at the province."""
        around = self.areas.get(code)
        if around is not None and around.kind in ("country", "region"):
            area = self.areas.get(place)
            if area is None or area.kind not in ("region", "province") or area is around:
                return False
            return around.code in (area.region, self._country_code)
        return code in self.ancestors(place, on)

    @property
    def _country_code(self) -> str:
        return self.country.code if self.country else ""

    @cached_property
    def _children(self) -> dict[tuple[str, str, date], tuple[str, ...]]:
        return {}

    def _of_kind(self, kind: str) -> Iterator[str]:
        if kind == "agency":
            yield from self.agencies
        elif kind.startswith("facility:"):
            wanted = kind.partition(":")[2]
            yield from (code for code, facility in self.facilities.items() if facility.kind == wanted)
        else:
            yield from (code for code, area in self.areas.items() if area.kind == kind)

    # Indicators -----------------------------------------------------------------------------------------------------

    def parts(self, indicator_code: str) -> tuple[str, ...]:
        """Codes of the stored indicators a figure is computed from: itself, or a ratio's parts down to the last."""
        ratio = self.indicators[indicator_code].ratio
        if ratio is None:
            return (indicator_code,)
        found = (*self.parts(ratio.numerator), *self.parts(ratio.denominator))
        return tuple(dict.fromkeys(found))

    def dimensions_of(self, indicator_code: str) -> frozenset[str]:
        """Everything that a figure, or a part of what it is computed from, is broken down by."""
        return frozenset(name for code in self.parts(indicator_code) for name in self.indicators[code].adds.dimensions)

    def broken_down_by(self, indicator_code: str) -> frozenset[str]:
        """What a figure, and every part of what it is computed from, is broken down by."""
        each = (frozenset(self.indicators[code].adds.dimensions) for code in self.parts(indicator_code))
        return frozenset.intersection(*each)

    def domains_of(self, indicator_code: str) -> frozenset[str]:
        """Domains whose grant a figure needs: its own and those of its parts, public indicators aside."""
        entries = (self.indicators[code] for code in (indicator_code, *self.parts(indicator_code)))
        return frozenset(entry.domain for entry in entries if not entry.public)

    # Names ----------------------------------------------------------------------------------------------------------

    def names(self) -> tuple[Name, ...]:
        """Every name, synonym and short name of everything, each text once per thing with its best weight.

        A facility's short name is left out where an area bears the same one, a name of another province where one of
        our own places bears it.
        """
        return self._names

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        best: dict[tuple[SpanKind, str, str], Name] = {}
        for name in _spelled(self._all_names()):
            key = (name.kind, name.code, name.text.lower())
            if key not in best or best[key].weight < name.weight:
                best[key] = name
        places = [name for name in best.values() if name.kind in ("area", "facility", "agency")]
        ours = {name.text.lower() for name in places if not self.is_outside(name.code)}
        return tuple(
            name
            for name in best.values()
            if not (name.kind == "area" and self.is_outside(name.code) and name.text.lower() in ours)
        )

    def _all_names(self) -> Iterator[Name]:
        for indicator in self.indicators.values():
            yield from _named("indicator", indicator.code, indicator.name, indicator.synonyms)
            for text in (indicator.name, *indicator.synonyms):
                if said := spoken_names.of_rate(text, indicator.unit):
                    yield Name("indicator", indicator.code, said, SYNONYM_WEIGHT)
        for area in self.areas.values():
            yield from self._area_names(area)
        shorts_of_areas = {area.short for area in self.areas.values()}
        for facility in self.facilities.values():
            yield from _named("facility", facility.code, facility.name, facility.synonyms)
            area_named = facility.short in shorts_of_areas
            for text, weight in spoken_names.of_facility(facility.name, area_named=area_named):
                yield Name("facility", facility.code, text, weight)
            if not area_named:  # "Long Sơn" alone is the commune, not its school
                yield Name("facility", facility.code, facility.short, FACILITY_SHORT_WEIGHT)
        for agency in self.agencies.values():
            yield from _named("agency", agency.code, agency.name, agency.synonyms)
            for text, weight in spoken_names.of_agency(agency.name, self.areas[agency.area].short):
                yield Name("agency", agency.code, text, weight)
            if agency.area == self.province.code:
                yield Name("agency", agency.code, agency.short, SHORT_WEIGHT)
        for dimension in self.dimensions.values():
            for member in dimension.members:
                yield from _named("member", f"{dimension.code}:{member.code}", member.name, member.synonyms)
        for group in self.groups.values():
            yield from _named("group", group.target, group.name, group.synonyms)
        for domain in self.domains.values():
            yield from _named("domain", domain.code, domain.name, domain.synonyms)

    def _area_names(self, area: Area) -> Iterator[Name]:
        factor = 1.0
        if self.frozen_on is not None and not self.exists(area.code, self.frozen_on):
            factor = ABOLISHED_FACTOR
        short = COMMUNE_SHORT_WEIGHT if area.kind == "commune" else SHORT_WEIGHT
        if area.outside:
            factor = short = 1.0  # only names that none of our own places bears are given out
        for name in _named("area", area.code, area.name, area.synonyms):
            yield replace(name, weight=name.weight * factor)
        yield Name("area", area.code, area.short, short * factor)
        if area.name == f"{area.type_name} {area.short}":
            for abbreviation in TYPE_ABBREVIATIONS.get(area.type_name, ()):
                yield Name("area", area.code, f"{abbreviation} {area.short}", SYNONYM_WEIGHT * factor)


def _named(kind: SpanKind, code: str, name: str, synonyms: tuple[str, ...]) -> Iterator[Name]:
    yield Name(kind, code, name, 1.0)
    for synonym in synonyms:
        yield Name(kind, code, synonym, SYNONYM_WEIGHT)


def _spelled(names: Iterable[Name]) -> Iterator[Name]:
    for name in names:
        if " " not in name.text and name.text.islower():
            name = replace(name, weight=name.weight * ONE_SYLLABLE_FACTOR)
        yield name
        for written, also in SPELLINGS:
            if written in name.text and re.search(rf"\b{written}\b", name.text):
                yield replace(name, text=re.sub(rf"\b{written}\b", also, name.text))
