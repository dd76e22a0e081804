"""Which periods an indicator has: where its data begins and ends, the latest complete one, and what a named one becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.calendar import (
    BEGINNING,
    COARSEST_FIRST,
    MONTHS,
    holding,
    same_last_year,
    span,
    step,
    tiles,
    to_date,
    whole_months,
)
from assistant.catalogue.models import Indicator
from assistant.query.engine import QueryEngine
from assistant.query.navigator import candidates, pick, shared, standing
from assistant.query.plan import Note, NotPlannable
from assistant.query.request import Missing, Request
from assistant.types import Figure, FigureKind, Grain, Period, PlaceKind, Status
from assistant.warehouse.store import Coverage

LOOK_BACK: dict[Grain, int] = {"day": 31, "month": 6, "quarter": 4, "half": 3, "year": 3, "school_year": 3, "span": 1}
"""How many periods back a complete one is looked for when no period is named."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From when to when there is data, and in which grains."""

    first: date
    last: date
    grains: frozenset[Grain]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The period to ask for, and the default that was taken on the way."""

    period: Period
    note: Note | None = None


class Timing:
    """Periods of one indicator for one kind of place and breakdown."""

    def __init__(
        self, engine: QueryEngine, indicator: Indicator, kind: PlaceKind, dimensions: tuple[str, ...], today: date
    ) -> None:
        self.engine = engine
        self.indicator = indicator
        self.place_kind: PlaceKind = kind
        self.dimensions = dimensions
        self.today = today

    def reach(self, figures: FigureKind = "actual") -> Reach | None:
        """What can be answered from, parts of ratios taken together; None where there is nothing."""
        return self._reach(self.indicator, figures)

    def latest(
        self, places: Sequence[str], members: Sequence[dict[str, str]], grain: Grain | None = None
    ) -> Period | None:
        """The last period for which the places have figures; of several the one that most have, the later on a tie.

        The grain is the indicator's default, or the next coarser one that is stored. None where nothing is found.
        """
        key = (self.engine.snapshots(self.indicator.code), self.indicator.code, tuple(places), _frozen(members), grain)
        return self.engine.remembered(key, lambda: self._latest(places, members, grain))

    def _latest(self, places: Sequence[str], members: Sequence[dict[str, str]], grain: Grain | None) -> Period | None:
        reach = self.reach()
        if reach is None:
            return None
        wanted = grain or self.indicator.grain
        others: list[Grain] = [
            other for other in ("year", "school_year", "half", "quarter", "month", "day") if other != wanted
        ]
        last = reach.last
        for _ in range(2):
            available: list[date] = []
            for candidate in [wanted, *others]:
                periods = self._back(candidate, last, reach)
                if not periods:
                    continue
                request = Request(
                    indicator=self.indicator.code, places=tuple(places), dimensions=tuple(members), periods=periods
                )
                outcomes = self.engine.resolve((request,))[0]
                counts = dict.fromkeys(periods, 0)
                for cell, outcome in outcomes.items():
                    counts[cell.period] += isinstance(outcome, Figure)
                    if isinstance(outcome, Missing) and outcome.available_to:
                        available.append(outcome.available_to)
                best = max(periods, key=lambda period: (counts[period], period.end))
                if counts[best]:
                    return best
            if not available or max(available) >= last:
                return None
            last = max(available)
        return None

    def fit(self, named: Period) -> Fitted | NotPlannable:
        """What a named period becomes: a school year for a year, the stretch with data so far for a running one."""
        reach = self.reach()
        if reach is None:
            return self._refused("not_loaded", named)
        if named.start == BEGINNING and reach.first <= named.end:
            named = span(reach.first, named.end)  # "trước năm 2020": from the first that is kept
        period, note = named, None
        if not self._stored_in(named, reach):
            other = self.other_year(named, reach)
            if other is None and named.grain == "month" and "year" in reach.grains and named.end.month == 12:
                other = holding("year", named.end)  # "cuối năm 2025" of what is kept by year
            if other is not None:
                period, note = other, Note(kind="period_fitted", indicator=self.indicator.code, period=other)
        if period.start > self.today:
            return self._refused("future", period, reach)
        if not whole_months(period) and "day" not in reach.grains:
            finest = max(reach.grains, key=COARSEST_FIRST.index)
            return self._refused("no_grain", period, reach).model_copy(update={"grain": finest})
        if period.end < reach.first:
            return self._refused("before", period, reach)
        if period.start > reach.last:
            return self._refused("after", period, reach)
        if period.end > reach.last and period.grain not in ("school_year", "day", "month"):
            return self._partial(period, reach, note)
        return Fitted(period, note)

    def has(self, named: Period) -> bool:
        """Whether a named period can have a figure, itself or as far as it has run."""
        reach = self.reach()
        fitted = self.fit(named)
        if reach is None or isinstance(fitted, NotPlannable):
            return False
        return self._stored_in(fitted.period, reach) and fitted.period.start <= reach.last

    def series(self, count: int, end: Period) -> tuple[Period, ...]:
        """``count`` periods up to and including ``end``, as far as there is data."""
        periods = tuple(step(end, -back) for back in range(count - 1, -1, -1))
        reach = self.reach()
        return tuple(period for period in periods if reach is None or period.end >= reach.first) or (end,)

    def within(self, stretch: Period, grain: Grain) -> tuple[Period, ...]:
        """The periods of a grain inside a stretch, as far as there is data."""
        reach = self.reach()
        inside: list[Period] = []
        tile = holding(grain, stretch.start)
        if tile.start < stretch.start:
            tile = step(tile, 1)
        while tile.start <= stretch.end:
            if (tile.end <= stretch.end or grain == "school_year") and (
                reach is None or (tile.end >= reach.first and tile.start <= reach.last)
            ):
                inside.append(tile)
            tile = step(tile, 1)
        return tuple(inside)

    def has_several(self, stretch: Period, grain: Grain) -> bool:
        """Whether a stretch has two periods of a grain, or more, of which all can be known; a school year counts early."""
        reach = self.reach()
        inside = self.within(stretch, grain)
        return reach is not None and sum(grain == "school_year" or tile.end <= reach.last for tile in inside) > 1

    def usable_grain(self, wanted: Grain) -> Grain:
        """The grain a series can have: the one wanted, or where that is finer than all stored the finest stored."""
        reach = self.reach()
        if reach is None or any(tiles(holding(wanted, reach.last), grain) for grain in reach.grains):
            return wanted
        return max(reach.grains, key=COARSEST_FIRST.index)

    def base(self, period: Period, a_year_before: bool) -> Period:
        """What a figure of this period is held against: the period before, or the same one a year earlier.

        Running totals and stretches counted from January have no sensible period before but last year's.
        """
        counted = period.grain == "span" and (period.start.month, period.start.day) == (1, 1)
        if a_year_before or counted or period.cumulative or self.indicator.measure == "cumulative":
            return same_last_year(period)
        return step(period, -1)

    def standing(self, period: Period) -> Period | None:
        """Of a ratio to a stock as it stands: the period that stock is taken of; None where it is the same."""
        ratio = self.indicator.ratio
        if ratio is None or not ratio.standing:
            return None
        stored = [row for row in self.engine.warehouse.coverage(ratio.denominator) if row.kind == "actual"]
        taken = standing(stored, period)
        return None if taken == period else taken

    def _reach(self, indicator: Indicator, figures: FigureKind) -> Reach | None:
        stored = [row for row in self.engine.warehouse.coverage(indicator.code) if row.kind == figures]
        own = self._span(indicator, stored)
        if own is not None or indicator.ratio is None or figures == "plan":
            return own  # nobody set a plan for a rate that only two plans would make
        above, below = (self.engine.catalogue.indicators[code] for code in indicator.ratio.parts)
        beside = shared(self.dimensions, below) if indicator.ratio.standing else self.dimensions
        other = Timing(self.engine, below, self.place_kind, beside, self.today)
        parts = [self._reach(above, figures), other.reach(figures)]
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            return None
        if indicator.ratio.standing:
            return Reach(max(part.first for part in found), found[0].last, found[0].grains)
        return Reach(
            max(part.first for part in found),
            min(part.last for part in found),
            frozenset.intersection(*[part.grains for part in found]) or found[0].grains,
        )

    def _span(self, indicator: Indicator, stored: Sequence[Coverage]) -> Reach | None:
        names = tuple(sorted({*self.dimensions, *indicator.default_dimensions}))
        usable = {
            (c.place_kind, tuple(sorted((*c.kept, *c.rolled))))
            for c in candidates(indicator, stored, self.place_kind, names)
        }
        rows = [row for row in stored if (row.place_kind, row.dimensions) in usable]
        if not rows:
            return None
        return Reach(
            min(row.first for row in rows), max(row.last for row in rows), frozenset(row.grain for row in rows)
        )

    def _back(self, grain: Grain, last: date, reach: Reach) -> tuple[Period, ...]:
        """The periods of a grain that end with the data, the latest first."""
        if grain in ("school_year", "span", "day") and grain not in reach.grains:
            return ()
        latest = holding(grain, last)
        if latest.end > last and grain != "school_year":
            latest = step(latest, -1)
        if not any(pick(self.indicator, latest, stored) or self.indicator.ratio for stored in reach.grains):
            return ()
        return tuple(step(latest, -back) for back in range(LOOK_BACK[grain]))

    def _stored_in(self, period: Period, reach: Reach) -> bool:
        return any(tiles(period, grain) for grain in reach.grains)

    def other_year(self, named: Period, reach: Reach) -> Period | None:
        """Calendar year for school year and back, by what the indicator says a year means."""
        shift = 0 if self.indicator.year_means == "begins" else 1
        if named.grain == "year" and "school_year" in reach.grains:
            return holding("school_year", date(named.start.year - shift, 9, 1))
        if named.grain == "school_year" and not named.cumulative:
            return holding("year", date(named.start.year + shift, 1, 1))
        return None

    def _partial(self, period: Period, reach: Reach, note: Note | None) -> Fitted:
        finer = [
            grain for grain in COARSEST_FIRST if grain in MONTHS and grain in reach.grains and grain != period.grain
        ]
        if not finer:
            return Fitted(period, note)
        if self.indicator.adds.time == "last" and self.indicator.measure == "stock":
            running = holding(finer[-1], reach.last)
        else:
            running = to_date(period, reach.last)
        return Fitted(running, Note(kind="partial", indicator=self.indicator.code, period=running))

    def _refused(self, reason: str, period: Period, reach: Reach | None = None) -> NotPlannable:
        return NotPlannable.model_validate(
            {
                "status": Status.NO_DATA,
                "reason": reason,
                "indicator": self.indicator.code,
                "period": period,
                "available_from": reach.first if reach else None,
                "available_to": reach.last if reach else None,
            }
        )


def _frozen(members: Sequence[dict[str, str]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(tuple(sorted(combination.items())) for combination in members)
