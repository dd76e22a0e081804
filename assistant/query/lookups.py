"""Shapes of questions about the catalogue and the snapshots themselves; no figure is read for them.

=========== ====================================================================================================
shape       fills
=========== ====================================================================================================
list, count ``listed``: facilities, agencies or areas inside a place; indicators of a domain where no kind is named
coverage    ``coverage`` of the indicators named, or ``listed``: the indicators of a domain that have data
definition  parts without requests; the catalogue has the words
unit        as definition
source      as definition, and ``updates``
last_update ``updates``: per indicator named, else per domain named, else per domain granted
=========== ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.catalogue.catalogue import Catalogue
from assistant.query.plan import Availability, Grants, Note, NotPlannable, Plan, PlanPart, Update
from assistant.query.scope import Stop, has_data
from assistant.types import Reading, Status
from assistant.warehouse.store import Warehouse


def denied(domains: Sequence[str], indicator: str = "", place: str = "") -> NotPlannable:
    """A refusal that names the domains and nothing else."""
    reason = "place" if place else "domain"
    return NotPlannable.model_validate(
        {"status": Status.DENIED, "reason": reason, "indicator": indicator, "domains": tuple(domains), "place": place}
    )


def availability(warehouse: Warehouse, catalogue: Catalogue, indicator: str) -> tuple[Availability, ...]:
    """Everything stored of an indicator, or of its parts where it is computed."""
    stored = warehouse.coverage(indicator) or tuple(
        row for part in catalogue.parts(indicator) for row in warehouse.coverage(part)
    )
    return tuple(
        Availability(
            indicator=row.indicator,
            kind=row.kind,
            place_kind=row.place_kind,
            facility_kind=row.facility_kind,
            dims=row.dimensions,
            grain=row.grain,
            first=row.first,
            last=row.last,
        )
        for row in stored
    )


class Lookup:
    """Plans the shapes about the catalogue for one person."""

    def __init__(self, reading: Reading, catalogue: Catalogue, warehouse: Warehouse, grants: Grants) -> None:
        self.reading = reading
        self.catalogue = catalogue
        self.warehouse = warehouse
        self.grants = grants

    def about_indicators(self, indicators: Sequence[str]) -> Plan:
        """Definition, unit, source, coverage and last update of indicators that are all granted."""
        shape = self.reading.intent
        coverage: tuple[Availability, ...] = ()
        if shape == "coverage":
            coverage = tuple(row for code in indicators for row in availability(self.warehouse, self.catalogue, code))
        updates: tuple[Update, ...] = ()
        if shape in ("source", "last_update"):
            updates = tuple(
                update
                for code in indicators
                for update in self._updates((self.catalogue.indicators[code].domain,), indicator=code)
            )
        return Plan(
            shape=shape,
            reading=self.reading,
            parts=tuple(PlanPart(indicator=code) for code in indicators),
            coverage=coverage,
            updates=updates,
        )

    def about_domains(self) -> Plan:
        """Coverage and last update of domains. Raises Stop where one that was named is not granted."""
        domains = self._domains()
        if self.reading.intent == "last_update":
            return Plan(shape="last_update", reading=self.reading, updates=self._updates(domains))
        listed = tuple(
            code
            for code, entry in self.catalogue.indicators.items()
            if entry.domain in domains
            and not self.grants.missing(self.catalogue.domains_of(code))
            and has_data(self.warehouse, self.catalogue, code)
        )
        updates = self._updates(domains)
        return Plan(
            shape=self.reading.intent, reading=self.reading, listed=listed, listed_kind="indicator", updates=updates
        )

    def listing(self, today: date) -> Plan:
        """Facilities, agencies or areas inside a place. Raises Stop (denied) for facilities of an ungranted domain."""
        group = self._listed_kind()
        if group == "indicator":
            return self.about_domains()
        place, notes = self.catalogue.province.code, [Note(kind="place_default", place=self.catalogue.province.code)]
        if self.reading.areas:
            place, notes = self.reading.areas[0].code, []
        if group.startswith("facility:"):
            domain = self.catalogue.facility_kinds[group.partition(":")[2]].domain
            if self.grants.missing((domain,)):
                raise Stop(denied((domain,)))
        wanted = [item.code.split(":", 1) for item in self.reading.dimensions]
        listed = tuple(
            code
            for code in self.catalogue.children(place, group, today)
            if code not in self.catalogue.facilities
            or all(self.catalogue.facilities[code].dimensions.get(name) == member for name, member in wanted)
        )
        return Plan(
            shape=self.reading.intent,
            reading=self.reading,
            places=(place,),
            group=group,
            listed=listed,
            listed_kind=group,
            notes=tuple(notes),
            limit=self.reading.limit,
        )

    def _listed_kind(self) -> str:
        for item in self.reading.grouping:
            if not item.code.startswith(("period:", "dimension:")):
                return item.code
        kinds = self._described()
        return f"facility:{kinds.pop()}" if len(kinds) == 1 else "indicator"

    def _described(self) -> set[str]:
        """The kinds of facilities that are what the members say ("các trường tiểu học" is named by its level alone)."""
        wanted = {tuple(item.code.split(":", 1)) for item in self.reading.dimensions}
        facilities = self.catalogue.facilities.values() if wanted else ()
        return {facility.kind for facility in facilities if wanted <= set(facility.dimensions.items())}

    def _domains(self) -> tuple[str, ...]:
        named = tuple(dict.fromkeys(self.reading.domains))
        missing = self.grants.missing(named)
        if missing:
            raise Stop(denied(missing))
        domains = named or tuple(code for code in self.catalogue.domains if not self.grants.missing((code,)))
        if not domains:
            raise Stop(denied(tuple(self.catalogue.domains)))
        return domains

    def _updates(self, domains: Sequence[str], indicator: str = "") -> tuple[Update, ...]:
        found: list[Update] = []
        for domain in domains:
            info = self.warehouse.current(domain)
            if info is None:
                continue
            latest = None
            if indicator:
                stored = availability(self.warehouse, self.catalogue, indicator)
                rows = [row for row in stored if row.kind == "actual"]
                if rows:
                    latest = self.warehouse.latest(indicator, max(rows, key=lambda row: row.last).grain)
            found.append(
                Update(
                    domain=domain,
                    snapshot=info.id,
                    loaded_at=info.created_at,
                    illustrative=info.illustrative,
                    indicator=indicator,
                    latest=latest,
                )
            )
        return tuple(found)
