"""Choosing what to read: the one stored cuboid a figure comes from, and which of its periods make up the one asked for.

Real tables keep a total and its members side by side. A figure therefore comes from exactly one cuboid: where a total
is kept as such for a place, it is never made up from members or from smaller places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import calendar
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.models import Indicator, Rule
from assistant.types import Grain, Period, PlaceKind
from assistant.warehouse.store import Coverage

UP: dict[PlaceKind, tuple[PlaceKind, ...]] = {
    "country": (),
    "region": (),
    "province": ("district", "agency", "commune", "facility"),
    "district": ("commune", "facility", "agency"),
    "commune": ("facility", "agency"),
    "facility": (),
    "agency": (),
}
"""Kind of place to the kinds it may be added up from, the nearest first."""

FINENESS: tuple[PlaceKind, ...] = ("country", "region", "province", "district", "commune", "agency", "facility")


@dataclass(frozen=True, slots=True)
class Cuboid:
    """Where figures are read from, and how they are brought to the place and dimensions asked for."""

    place_kind: PlaceKind
    """Stored kind of place."""
    target: PlaceKind
    """Kind of place asked for; different from ``place_kind`` where places are added up."""
    kept: tuple[str, ...]
    """Dimensions asked for, sorted."""
    rolled: tuple[str, ...]
    """Stored dimensions that are added up."""
    inner: Rule
    """Rule over the rolled dimensions."""
    outer: Rule
    """Rule over places."""
    grains: tuple[Grain, ...]
    """Stored grains, the coarsest first."""
    leaves: tuple[str, ...] = ()
    """With communes added up: districts without communes, whose own rows belong to the sum."""

    @property
    def exact(self) -> bool:
        """Whether rows are read as they are stored, but for time."""
        return self.place_kind == self.target and not self.rolled


@dataclass(frozen=True, slots=True)
class Picks:
    """The stored periods one figure is made of."""

    periods: tuple[Period, ...]
    rule: Rule


def candidates(
    indicator: Indicator,
    stored: Sequence[Coverage],
    target: PlaceKind,
    dimensions: tuple[str, ...],
    leaves: tuple[str, ...] = (),
) -> list[Cuboid]:
    """Cuboids that can serve a kind of place broken down by ``dimensions`` (sorted), the nearest first.

    ``leaves`` are the districts that have no communes. Empty where nothing is stored or the rules forbid all.
    """
    found: dict[tuple[int, int, tuple[str, ...]], Cuboid] = {}
    grains: dict[tuple[PlaceKind, tuple[str, ...]], set[Grain]] = {}
    for row in stored:
        grains.setdefault((row.place_kind, row.dimensions), set()).add(row.grain)
    for (place_kind, stored_dimensions), kept_grains in grains.items():
        rolled = tuple(code for code in stored_dimensions if code not in dimensions)
        inner = _common([indicator.adds.dimensions.get(code, "never") for code in rolled])
        outer: Rule = "sum" if place_kind == target else indicator.adds.area
        if place_kind != target and place_kind not in UP[target]:
            continue
        if set(dimensions) - set(stored_dimensions) or not {inner, outer} <= {"sum", "mean"}:
            continue
        if indicator.ratio is not None and (rolled or place_kind != target):
            continue
        distance = 0 if place_kind == target else 1 + UP[target].index(place_kind)
        found[distance, len(rolled), stored_dimensions] = Cuboid(
            place_kind,
            target,
            dimensions,
            rolled,
            inner,
            outer,
            tuple(grain for grain in calendar.COARSEST_FIRST if grain in kept_grains),
            leaves if place_kind == "commune" and target == "province" else (),
        )
    return [found[key] for key in sorted(found)]


def pick(indicator: Indicator, period: Period, grain: Grain) -> Picks | None:
    """Which stored periods of ``grain`` make up ``period``, by the indicator's rule over time; None: they do not.

    Flows need every sub-period, stocks the last one. A running total is its value at the end; over several whole
    years the ends of the years are summed.
    """
    tiles = calendar.tiles(period, grain)
    if not tiles:
        return None
    if len(tiles) == 1:
        return Picks(tiles, "last")
    if indicator.adds.time == "never" or indicator.ratio is not None:
        return None
    if indicator.measure == "cumulative":
        ends = {tile.end.year: tile for tile in tiles}
        if len(ends) > 1 and (period.start.month, period.start.day) != (1, 1):
            return None
        return Picks(tuple(ends.values()), "sum")
    if indicator.adds.time == "last":
        return Picks(tiles[-1:], "last")
    return Picks(tiles, indicator.adds.time)


def standing(stored: Sequence[Coverage], period: Period) -> Period:
    """The period whose value of a stock stands for ``period``: itself where it is stored, else the stored one that holds
    its last day, else the latest there is."""
    last = max((row.last for row in stored), default=period.end)
    grains = [grain for grain in calendar.COARSEST_FIRST if any(row.grain == grain for row in stored)]
    if not grains or (period.end <= last and any(calendar.tiles(period, grain) for grain in grains)):
        return period
    held = calendar.holding(grains[-1], period.end)
    return held if held.end <= last else calendar.holding(grains[-1], last)


def shared(names: Sequence[str], denominator: Indicator) -> tuple[str, ...]:
    """The dimensions that a denominator taken as it stands is narrowed by, too: those it is broken down by. People stay
    all people ("số giáo viên nữ trên 1.000 dân")."""
    if denominator.per_many:
        return ()
    return tuple(name for name in names if name in denominator.adds.dimensions)


def districts_without_communes(catalogue: Catalogue) -> tuple[str, ...]:
    """Districts that never had communes (an island district); their rows stand beside those of communes."""
    parents: set[str | None] = set()
    for area in catalogue.areas.values():
        if area.kind == "commune":
            parents |= {area.parent, *(former.code for former in area.former_parents)}
    return tuple(code for code, area in catalogue.areas.items() if area.kind == "district" and code not in parents)


def finest(stored: Sequence[Coverage]) -> PlaceKind | None:
    """The smallest kind of place that is stored."""
    kinds = {row.place_kind for row in stored}
    return max(kinds, key=FINENESS.index, default=None)


def reaches(stored: Sequence[Coverage], target: PlaceKind) -> bool:
    """Whether anything is stored at this kind of place or below it."""
    return any(row.place_kind == target or row.place_kind in UP[target] for row in stored)


def _common(rules: list[Rule]) -> Rule:
    """The rule all dimensions share; ``sum`` for none, ``never`` where they differ."""
    distinct = set(rules)
    if not distinct:
        return "sum"
    return distinct.pop() if len(distinct) == 1 else "never"
