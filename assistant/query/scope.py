"""What a reading is about once defaults are filled in, and whether this person may see it. Decided before any fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import cast

from assistant.calendar import holding, moved, same_last_year, since_january, span, step
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator
from assistant.query.engine import QueryEngine
from assistant.query.navigator import FINENESS, finest
from assistant.query.plan import Grants, Note, NotPlannable
from assistant.query.timing import Timing
from assistant.types import Found, Grain, Period, PlaceKind, Reading, Status
from assistant.warehouse.store import Coverage, Warehouse


class Stop(Exception):
    """Ends planning with the reason why there is no plan."""

    def __init__(self, refusal: NotPlannable) -> None:
        self.refusal = refusal
        super().__init__(refusal.reason)


@dataclass
class Scope:
    """One indicator of one reading, for one person, on one day."""

    reading: Reading
    indicator: Indicator
    engine: QueryEngine
    grants: Grants
    today: date
    members: list[dict[str, str]]
    """Combinations of members asked for; ``[{}]`` is the total."""
    notes: list[Note] = field(default_factory=list)

    @property
    def catalogue(self) -> Catalogue:
        return self.engine.catalogue

    def places(self) -> tuple[str, ...]:
        """Places asked for, in the order said; the province, or the one area granted, where none is named.

        Raises Stop where one is outside the grants.
        """
        found = [*self.reading.areas, *self.reading.facilities, *self.reading.agencies]
        found.sort(key=lambda item: ({"subject": 0, "base": 2}.get(item.role, 1), item.start))
        places = tuple(dict.fromkeys(item.code for item in found))
        if not places:
            places = (self.default_place(),)
            self.note("place_default", place=places[0])
        self.require(places)
        return places

    def default_place(self) -> str:
        """The province; for a person who may see just one area, that area; the country where provinces are compared."""
        if self.catalogue.country is not None and any(
            item.code in ("region", "province") for item in self.reading.grouping
        ):
            return self.catalogue.country.code
        granted = [self.grants.domains.get(domain) for domain in self.catalogue.domains_of(self.indicator.code)]
        limited = [areas for areas in granted if areas is not None]
        if limited:
            common = frozenset.intersection(*limited)
            if len(common) == 1:
                return next(iter(common))
        return self.catalogue.province.code

    def require(self, places: Sequence[str]) -> None:
        """Raises Stop (denied) unless every domain of the indicator covers every place."""
        for place in places:
            for domain in sorted(self.catalogue.domains_of(self.indicator.code)):
                if not self.grants.covers(domain, place, self.catalogue):
                    raise Stop(
                        NotPlannable(
                            status=Status.DENIED,
                            reason="place",
                            indicator=self.indicator.code,
                            domains=(domain,),
                            place=place,
                        )
                    )

    def check_kept(self, places: Sequence[str], members: Sequence[dict[str, str]]) -> None:
        """Raises Stop (no_data) where the indicator cannot have figures for such places or members at all."""
        if not has_data(self.engine.warehouse, self.catalogue, self.indicator.code):
            raise self.stop("not_loaded")
        for place in places:
            self.check_exists(place)
            for combination in members:
                if self.is_served(place, tuple(combination)):
                    continue
                if self.is_served(place, ()):
                    raise self.stop("no_breakdown", place=place, dimension=next(iter(combination)))
                raise self.stop("place_not_kept", place=place, place_kind=self._finest())

    def check_exists(self, place: str) -> None:
        """Raises Stop (no_data) where a unit did not exist yet, or no more, in all of the periods named."""
        named = self.named_periods()
        if named and not any(
            self.catalogue.exists(place, day) for period in named for day in (period.start, period.end)
        ):
            raise self.stop("place_not_valid", place=place, period=named[-1])

    def timing(self, place: str, members: Sequence[dict[str, str]] | None = None) -> Timing:
        """The periods there are for this kind of place; of all members where it is not broken down by those asked for, which
        then only tell its facilities apart."""
        names = tuple(sorted({name for combination in members or self.members for name in combination}))
        names = names if self.is_served(place, names) else ()
        return Timing(self.engine, self.indicator, self.catalogue.place_kind(place), names, self.today)

    def named_periods(self) -> tuple[Period, ...]:
        """Periods of the reading, earliest first."""
        meant = [self.newest(item) if item.period else self._beside_latest(item) for item in self.reading.periods]
        found = [self.counted(period) for period in meant if period is not None]
        return tuple(dict.fromkeys(sorted(found, key=lambda period: (period.start, period.end))))

    def _beside_latest(self, found: Found) -> Period | None:
        """What "cùng kỳ năm ngoái" comes to where no period was spoken of: that of the latest with figures."""
        places = self.places()
        latest = self.timing(places[0]).latest(places, self.members)
        if latest is None:
            return None
        _, _, year = found.code.partition(":")
        return moved(latest, 12 * (int(year) - latest.start.year)) if year else same_last_year(latest)

    def newest(self, found: Found) -> Period:
        """What "5 năm học gần đây" comes to: it goes on to the running one where figures of that are kept already."""
        period = found.period
        assert period is not None
        how, _, grain = found.code.partition(":")
        if how != "latest":
            return period
        last = holding(cast(Grain, grain), period.end)
        running = step(last, 1)
        for part in self.catalogue.parts(self.indicator.code):
            if not any(row.kind == "actual" and row.last >= running.end for row in self._coverage(part)):
                return period
        return span(step(holding(cast(Grain, grain), period.start), 1).start, running.end)

    def counted(self, period: Period) -> Period:
        """The running total that ends with a period, where running totals are asked for and the indicator has any."""
        flows = self.indicator.measure != "stock" and (self.indicator.ratio or self.indicator.adds.time == "sum")
        if not self.reading.cumulative or not flows or period.grain not in ("month", "quarter", "half"):
            return period
        return since_january(period)

    def is_several_years(self, period: Period) -> bool:
        """Whether a stretch spans more than a year, so that a stock stands at several moments of it."""
        return period.grain == "span" and (period.end - period.start).days > 366

    def ends(self) -> tuple[Period, ...]:
        """The periods named; of one stretch of several years its first and last year."""
        named = self.named_periods()
        if len(named) != 1 or not self.is_several_years(named[0]):
            return named
        tiles = self.timing(self.places()[0]).within(named[0], self.indicator.grain)
        return (tiles[0], tiles[-1]) if len(tiles) > 1 else named

    def fit(self, named: Period, place: str) -> Period:
        """The period to ask for; raises Stop where there can be nothing."""
        fitted = self.timing(place).fit(named)
        if isinstance(fitted, NotPlannable):
            raise Stop(fitted.model_copy(update={"place": place}))
        if fitted.note is not None:
            self.notes.append(fitted.note)
        return fitted.period

    def period(self, places: Sequence[str], members: Sequence[dict[str, str]] | None = None) -> Period:
        """The one period asked for (the last where several are named); the latest with data where none is."""
        named = self.named_periods()
        if named:
            return self.fit(named[-1], places[0])
        return self.latest(places, members)

    def latest(
        self, places: Sequence[str], members: Sequence[dict[str, str]] | None = None, grain: Grain | None = None
    ) -> Period:
        """The latest period with data, noted as a default; raises Stop where there is none."""
        timing = self.timing(places[0], members)
        latest = timing.latest(places, members or self.members, grain)
        if latest is None:
            reach = timing.reach()
            raise self.stop(
                "gap" if reach else "not_loaded",
                place=places[0],
                available_from=reach.first if reach else None,
                available_to=reach.last if reach else None,
            )
        latest = latest if grain else self.counted(latest)
        self.note("period_default", period=latest)
        return latest

    def children(self, place: str, group: str, on: date) -> tuple[str, ...]:
        """Places of a group inside a place, but for those left out; only those of the members asked for, where they are
        facilities.

        Units that have changed are those of the last day with figures, at the latest.
        """
        reach = self.timing(place).reach() if self.catalogue.frozen_on is None else None
        found = self.catalogue.children(place, group, min(on, reach.last) if reach else on)
        left_out = {item.code for item in self.reading.left_out}
        found = tuple(code for code in found if not left_out.intersection((code, *self.catalogue.ancestors(code))))
        if not group.startswith("facility:"):
            return found
        return tuple(code for code in found if self._is_of_members(code))

    def _is_of_members(self, facility: str) -> bool:
        """Whether a facility is of any of the combinations asked for, as far as its own kind tells."""
        own = self.catalogue.facilities[facility].dimensions
        either = any(item.role == "either" for item in self.reading.grouping)
        fits = (all(own.get(name, code) == code for name, code in each.items()) for each in self.members)
        return any(fits) if either else all(fits)

    def note(self, kind: str, *, period: Period | None = None, place: str | None = None) -> None:
        """Own up to a default."""
        self.notes.append(
            Note.model_validate({"kind": kind, "indicator": self.indicator.code, "period": period, "place": place})
        )

    def stop(self, reason: str, **more: object) -> Stop:
        """A refusal (no_data) about this indicator, to be raised."""
        values = {"status": Status.NO_DATA, "reason": reason, "indicator": self.indicator.code, **more}
        return Stop(NotPlannable.model_validate(values))

    def is_served(self, place: str, names: tuple[str, ...]) -> bool:
        """Whether the indicator can have figures for such a place, broken down by these dimensions."""
        return self.engine.stored.serves(self.indicator.code, place, names)

    def facility_groups(self) -> tuple[str, ...]:
        """Groups of facilities that the indicator is kept for."""
        kinds = {
            row.facility_kind
            for part in self.catalogue.parts(self.indicator.code)
            for row in self._coverage(part)
            if row.place_kind == "facility"
        }
        return tuple(f"facility:{kind}" for kind in sorted(kinds))

    def _finest(self) -> PlaceKind | None:
        """The smallest kind of place there are figures for: of a ratio what all parts have."""
        kinds = [finest(self._coverage(part)) for part in self.catalogue.parts(self.indicator.code)]
        return min((kind for kind in kinds if kind is not None), key=FINENESS.index, default=None)

    def _coverage(self, code: str) -> tuple[Coverage, ...]:
        return self.engine.warehouse.coverage(code)


def combinations(members: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Members by dimension, every combination of one per dimension: two sexes in one level are two combinations."""
    by_dimension: dict[str, list[str]] = {}
    for dimension, member in members:
        options = by_dimension.setdefault(dimension, [])
        if member not in options:
            options.append(member)
    return [dict(zip(by_dimension, choice, strict=True)) for choice in product(*by_dimension.values())]


def has_data(warehouse: Warehouse, catalogue: Catalogue, indicator: str) -> bool:
    """Whether an indicator can be answered from current snapshots, itself or by all its parts."""
    parts = catalogue.parts(indicator)
    return bool(warehouse.coverage(indicator)) or all(warehouse.coverage(part) for part in parts)
