"""What can have figures at all: for which places and breakdowns something is stored, whatever the period."""

from __future__ import annotations

from collections.abc import Collection

from assistant.catalogue.catalogue import Catalogue
from assistant.query.navigator import candidates, shared
from assistant.types import Period
from assistant.warehouse.store import Warehouse


class Stored:
    """Asks the coverage of the current snapshots; holds nothing of its own."""

    def __init__(self, warehouse: Warehouse, catalogue: Catalogue) -> None:
        self.warehouse = warehouse
        self.catalogue = catalogue

    def serves(
        self, indicator: str, place: str, dimensions: Collection[str] = (), period: Period | None = None
    ) -> bool:
        """Whether the rules and what is stored allow a figure for such a place, broken down by these dimensions.

        In any period, or in this one, which has to lie between the first and the last that are stored.
        """
        entry = self.catalogue.indicator(indicator)
        names = tuple(sorted({*dimensions, *entry.default_dimensions}))
        facility = self.catalogue.facilities.get(place)
        rows = [
            row
            for row in self.warehouse.coverage(indicator)
            if row.kind == "actual"
            and (facility is None or row.facility_kind == facility.kind)
            and (period is None or row.first <= period.start <= period.end <= row.last)
        ]
        if candidates(entry, rows, self.catalogue.place_kind(place), names):
            return True
        if entry.ratio is None:
            return False
        below = self.catalogue.indicator(entry.ratio.denominator)
        beside = shared(names, below) if entry.ratio.standing else names
        return self.serves(entry.ratio.numerator, place, names, period) and self.serves(below.code, place, beside)
