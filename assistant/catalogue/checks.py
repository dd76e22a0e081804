"""What must hold between entries. Each check raises one ConfigurationError that names file and entry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeAlias

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import (
    Area,
    Entry,
    Facility,
    FacilityKind,
    Group,
    Indicator,
    Kept,
)
from assistant.errors import ConfigurationError

Sources: TypeAlias = dict[tuple[type[Entry], str], str]
"""Kind and code of an entry to the file it stands in."""

PERIOD_GRAINS = frozenset({"day", "month", "quarter", "half", "year", "school_year"})
PLACE_TARGETS = frozenset({"region", "province", "district", "commune", "agency"})


def comparable(text: str) -> str:
    """The form in which two names count as the same: NFC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def check(catalogue: Catalogue, sources: Sources) -> None:
    """Raises ConfigurationError for the first entry that does not agree with the others."""
    checks = _Checks(catalogue, sources)
    checks.names()
    checks.owners()
    checks.indicators()
    checks.areas()
    checks.facilities()
    checks.groups()


class _Checks:
    def __init__(self, catalogue: Catalogue, sources: Sources) -> None:
        self.catalogue = catalogue
        self.sources = sources

    def fail(self, entry: Entry, said: str) -> NoReturn:
        file = self.sources.get((type(entry), entry.code), "?")
        raise ConfigurationError(f"{file}: entry {entry.code}: {said}")

    def known(self, entry: Entry, field: str, code: str, among: Mapping[str, object]) -> None:
        if code not in among:
            self.fail(entry, f"{field}: '{code}' is unknown")

    # Names ----------------------------------------------------------------------------------------------------------

    def names(self) -> None:
        catalogue = self.catalogue
        flat: tuple[Iterable[Entry], ...] = (
            catalogue.domains.values(),
            catalogue.dimensions.values(),
            catalogue.indicators.values(),
            catalogue.facility_kinds.values(),
            catalogue.agencies.values(),
            catalogue.groups.values(),
        )
        for entries in flat:
            self.unique_names(entries)
        for dimension in catalogue.dimensions.values():
            codes = [member.code for member in dimension.members]
            if len(set(codes)) < len(codes):
                self.fail(dimension, "two members share a code")
            self.unique_names(dimension.members, inside=dimension)

    def unique_names(self, entries: Iterable[Entry], inside: Entry | None = None) -> None:
        seen: dict[str, Entry] = {}
        for entry in entries:
            for text in (entry.name, *entry.synonyms):
                key = comparable(text)
                if not key:
                    self.fail(inside or entry, "a synonym is empty")
                other = seen.setdefault(key, entry)
                if other is not entry:
                    self.fail(inside or entry, f"the name '{text}' already belongs to {other.code}")
            own = [comparable(text) for text in (entry.name, *entry.synonyms)]
            if len(set(own)) < len(own):
                self.fail(inside or entry, f"a name of {entry.code} is listed twice")

    # References -----------------------------------------------------------------------------------------------------

    def owners(self) -> None:
        catalogue = self.catalogue
        for domain in catalogue.domains.values():
            self.known(domain, "owner", domain.owner, catalogue.agencies)
        for agency in catalogue.agencies.values():
            self.known(agency, "area", agency.area, catalogue.areas)

    def member(self, entry: Entry, field: str, dimension: str, member: str) -> None:
        self.known(entry, field, dimension, self.catalogue.dimensions)
        members = {each.code for each in self.catalogue.dimensions[dimension].members}
        if member not in members:
            self.fail(entry, f"{field}: '{dimension}' has no member '{member}'")

    # Indicators -----------------------------------------------------------------------------------------------------

    def indicators(self) -> None:
        catalogue = self.catalogue
        for domain in catalogue.domains.values():
            for code in domain.headlines:
                self.known(domain, "headlines", code, catalogue.indicators)
                if catalogue.indicators[code].domain != domain.code:
                    self.fail(domain, f"headlines: '{code}' is of another domain")
        for dimension in catalogue.dimensions.values():
            if dimension.implies is not None:
                self.known(dimension, "implies", dimension.implies, catalogue.indicators)
        for indicator in catalogue.indicators.values():
            self.known(indicator, "domain", indicator.domain, catalogue.domains)
            self.known(indicator, "owner", indicator.owner, catalogue.agencies)
            for code in indicator.adds.dimensions:
                self.known(indicator, "adds.dimensions", code, catalogue.dimensions)
            for code, member in indicator.default_dimensions.items():
                self.member(indicator, "default_dimensions", code, member)
            for key, other in indicator.elsewhere.items():
                self.member(indicator, "elsewhere", *key.partition(":")[::2])
                self.known(indicator, "elsewhere", other, catalogue.indicators)
            if indicator.change_of is not None:
                self.known(indicator, "change_of.indicator", indicator.change_of.indicator, catalogue.indicators)
            self.kept(indicator, indicator.kept)
            self.ratio(indicator)

    def kept(self, indicator: Indicator, kept: Kept | None) -> None:
        if kept is None:
            return
        if indicator.ratio is not None:
            self.fail(indicator, "kept: a ratio is computed from its parts and is not kept")
        if kept.place not in PLACE_TARGETS:
            kind = self.facility_kind(kept.place)
            if kind is None:
                self.fail(indicator, f"kept.place: '{kept.place}' is unknown")

    def facility_kind(self, target: str) -> FacilityKind | None:
        head, _, kind = target.partition(":")
        return self.catalogue.facility_kinds.get(kind) if head == "facility" else None

    def ratio(self, indicator: Indicator) -> None:
        ratio = indicator.ratio
        if ratio is None:
            return
        rules = {indicator.adds.area, indicator.adds.time, *indicator.adds.dimensions.values()}
        if rules != {"never"}:
            self.fail(indicator, "adds: every rule of a ratio must be 'never'")
        for field in ("numerator", "denominator"):
            part = getattr(ratio, field)
            if part == indicator.code:
                self.fail(indicator, f"ratio.{field}: a ratio cannot be a part of itself")
            self.known(indicator, f"ratio.{field}", part, self.catalogue.indicators)
            lost = set(indicator.adds.dimensions) - set(self.catalogue.indicators[part].adds.dimensions)
            if lost:
                self.fail(indicator, f"ratio.{field}: '{part}' is not broken down by {', '.join(sorted(lost))}")
        self.no_cycle(indicator, indicator, ())

    def no_cycle(self, start: Indicator, current: Indicator, way: tuple[str, ...]) -> None:
        if current.code in way:
            self.fail(start, f"ratio: its parts form a circle ({' → '.join((*way, current.code))})")
        if current.ratio is None:
            return
        for part in (current.ratio.numerator, current.ratio.denominator):
            if part in self.catalogue.indicators:
                self.no_cycle(start, self.catalogue.indicators[part], (*way, current.code))

    # Places ---------------------------------------------------------------------------------------------------------

    def areas(self) -> None:
        areas = self.catalogue.areas
        provinces = [area for area in areas.values() if area.kind == "province" and not area.outside]
        if len(provinces) != 1:
            raise ConfigurationError(f"areas.yml: needs exactly one province, not {len(provinces)}")
        for area in areas.values():
            self.area(area)
        self.area_names(areas.values())

    def area(self, area: Area) -> None:
        parents = [former.code for former in area.former_parents]
        for parent in (*parents, *([area.parent] if area.parent is not None else [])):
            self.known(area, "parent", parent, self.catalogue.areas)
            wanted = {"district": "province", "commune": "district"}.get(area.kind)
            if self.catalogue.areas[parent].kind != wanted:
                self.fail(area, f"parent: a {area.kind} cannot lie in '{parent}'")
        if area.region:
            self.known(area, "region", area.region, self.catalogue.areas)
            if area.kind != "province" or self.catalogue.areas[area.region].kind != "region":
                self.fail(area, f"region: a {area.kind} cannot be counted in '{area.region}'")
        if area.kind in ("country", "region") and not area.outside:
            self.fail(area, f"outside: a {area.kind} is no part of the province")
        if area.valid_from and area.valid_to and area.valid_from > area.valid_to:
            self.fail(area, f"valid_from {area.valid_from} is after valid_to {area.valid_to}")
        if not area.note and any(code not in self.catalogue.areas for code in area.successors):
            self.fail(area, "successors: a successor outside the catalogue needs a note")

    def area_names(self, areas: Iterable[Area]) -> None:
        """Full names are unique at any one time inside one parent, synonyms at any one time everywhere."""
        seen: dict[str, list[Area]] = {}
        for area in areas:
            for text in dict.fromkeys(comparable(name) for name in (area.name, *area.synonyms)):
                for other in seen.get(text, ()):
                    both_names = text == comparable(area.name) == comparable(other.name)
                    if _overlap(area, other) and (not both_names or area.parent == other.parent):
                        self.fail(area, f"the name '{text}' already belongs to {other.code}")
                seen.setdefault(text, []).append(area)

    def facilities(self) -> None:
        catalogue = self.catalogue
        for kind in catalogue.facility_kinds.values():
            if kind.counted_by:
                self.known(kind, "counted_by", kind.counted_by, catalogue.indicators)
            self.known(kind, "domain", kind.domain, catalogue.domains)
        with_communes = {area.parent for area in catalogue.areas.values() if area.kind == "commune"}
        seen: dict[tuple[str, str], Facility] = {}
        for facility in catalogue.facilities.values():
            self.known(facility, "kind", facility.kind, catalogue.facility_kinds)
            self.known(facility, "area", facility.area, catalogue.areas)
            if catalogue.areas[facility.area].kind != "commune" and facility.area in with_communes:
                self.fail(facility, f"area: '{facility.area}' is not a commune")
            for dimension, member in facility.dimensions.items():
                self.member(facility, "dimensions", dimension, member)
            for text in (facility.name, *facility.synonyms):
                other = seen.setdefault((comparable(text), facility.area), facility)
                if other is not facility:
                    self.fail(facility, f"the name '{text}' in {facility.area} already belongs to {other.code}")

    def groups(self) -> None:
        targets: dict[str, Group] = {}
        for group in self.catalogue.groups.values():
            other = targets.setdefault(group.target, group)
            if other is not group:
                self.fail(group, f"target: '{group.target}' already belongs to {other.code}")
            head, _, tail = group.target.partition(":")
            known = (
                group.target in PLACE_TARGETS
                or self.facility_kind(group.target) is not None
                or (head == "period" and tail in PERIOD_GRAINS)
                or (head == "dimension" and tail in self.catalogue.dimensions)
            )
            if not known:
                self.fail(group, f"target: '{group.target}' is unknown")


def _overlap(one: Area, other: Area) -> bool:
    starts = [area.valid_from for area in (one, other) if area.valid_from is not None]
    ends = [area.valid_to for area in (one, other) if area.valid_to is not None]
    return not starts or not ends or max(starts) <= min(ends)
