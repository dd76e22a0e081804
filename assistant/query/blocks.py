"""What shapes have in common: the group asked for and who belongs to it, series of periods, the plan's period."""

from __future__ import annotations

from assistant.calendar import holding, tiles, to_date, years_of
from assistant.query.request import Request
from assistant.query.scope import Scope
from assistant.types import Grain, Period

SERIES: dict[Grain, int] = {"day": 31, "month": 12, "quarter": 8, "half": 6, "year": 5, "school_year": 5, "span": 1}
"""How long a series is when no stretch is named."""


def request(
    scope: Scope, places: tuple[str, ...], members: list[dict[str, str]], periods: tuple[Period, ...]
) -> Request:
    return Request(indicator=scope.indicator.code, places=places, dimensions=tuple(members), periods=periods)


def group_of(scope: Scope) -> str:
    """The group asked for; of several the one that is no period. "Đơn vị nào" of what no agency reports asks for the
    places that do."""
    codes = [item.code for item in scope.reading.grouping]
    group = next((code for code in codes if not code.startswith("period:")), codes[0] if codes else "")
    if group == "agency" and not any(scope.is_served(code, ()) for code in list(scope.catalogue.agencies)[:1]):
        place = next((found.code for found in scope.reading.areas), scope.catalogue.province.code)
        return default_group(scope, place, dimensions_first=False)
    wide = any(scope.catalogue.place_kind(found.code) in ("country", "region") for found in scope.reading.areas)
    return "province" if wide and group == "district" else group  # "địa phương nào trong cả nước"


def side_by_side(scope: Scope, places: tuple[str, ...], group: str) -> bool:
    """Whether a group only calls the places named by their kind ("Châu Đức và Xuyên Mộc, nơi nào …")."""
    if len(places) < 2 or group.startswith(("period:", "dimension:")):
        return False
    kinds = {scope.catalogue.place_kind(place) for place in places}
    return kinds == {group.partition(":")[0]} or (group in ("agency", "district") and "province" not in kinds)


def default_group(scope: Scope, place: str, *, dimensions_first: bool) -> str:
    """By what a figure is broken down when nobody said: members, else the next smaller kind of place."""
    if dimensions_first:
        for dimension in scope.indicator.adds.dimensions:
            if dimension not in scope.members[0] and scope.is_served(place, (*scope.members[0], dimension)):
                return f"dimension:{dimension}"
    kind = scope.catalogue.place_kind(place)
    smaller = {
        "country": ("province",),
        "region": ("province",),
        "province": ("district", "agency"),
        "district": ("commune", *scope.facility_groups()),
    }
    for group in smaller.get(kind, scope.facility_groups()):
        children = scope.children(place, group, scope.today)
        if children and any(scope.is_served(child, tuple(scope.members[0])) for child in children):
            return group
    return "commune" if kind == "district" else "district"


def block(scope: Scope, places: tuple[str, ...], group: str) -> tuple[Period, tuple[str, ...], list[dict[str, str]]]:
    """Period, places and members of a grouped question."""
    named = scope.named_periods()
    day = named[-1].end if named else scope.today
    inside, members = grouped(scope, group, places, Period(grain="day", start=day, end=day))
    scope.check_kept(inside if group.startswith("dimension:") else inside[:1], members)
    if not named and not group.startswith("dimension:") and all(scope.is_served(place, ()) for place in places):
        return scope.latest(places, members if group.startswith("facility:") else None), inside, members
    return scope.period(inside, members), inside, members


def grouped(
    scope: Scope, group: str, places: tuple[str, ...], period: Period
) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Places and members of a group; raises Stop where the group has nobody."""
    if group.startswith("dimension:"):
        dimension = group.partition(":")[2]
        chosen = [members for members in scope.members if dimension in members]
        if chosen:
            return places, chosen
        all_members = [member.code for member in scope.catalogue.dimensions[dimension].members]
        return places, [{**members, dimension: code} for members in scope.members for code in all_members]
    inside = tuple(dict.fromkeys(child for place in places for child in scope.children(place, group, period.end)))
    if not inside:
        raise scope.stop("place_not_kept", place=places[0])
    members = scope.members
    own = scope.catalogue.facilities[inside[0]].dimensions if group.startswith("facility:") else {}
    if len(members) > 1 and any(own.keys() & each.keys() for each in members):  # each facility is of one of them
        members = [{name: code for name, code in each.items() if name not in own} for each in members]
        members = [each for at, each in enumerate(members) if each not in members[:at]]
    if group.startswith("facility:") and not scope.is_served(inside[0], tuple(sorted(members[0]))):
        members = [{}]  # a school of one level is the level: its figures are not broken down again
    return inside, members


def series(scope: Scope, places: tuple[str, ...], grain: Grain | None) -> tuple[Period, ...]:
    """The periods of a series: those inside the stretch named, else the last few."""
    named = scope.named_periods()
    timing = scope.timing(places[0])
    by_years = years_of(named[0]) if len(named) == 1 else None  # "2019-2025" is told by year
    if by_years and not timing.has_several(named[0], by_years):
        by_years = None
    wanted = timing.usable_grain(grain or by_years or scope.indicator.grain)
    if len(named) > 1:
        stretch = Period(grain="span", start=named[0].start, end=named[-1].end)
        if grain is None and named[0].grain == named[-1].grain != "span":
            wanted = timing.usable_grain(named[0].grain)
    elif named and named[0].grain != wanted:
        stretch = named[0]
    else:
        end = scope.fit(named[0], places[0]) if named else scope.latest(places, grain=wanted)
        end = end if end.grain == wanted else holding(wanted, end.end)
        return timing.series(SERIES[wanted], end)
    found = timing.within(stretch, wanted)
    if found:
        return found
    fitted = scope.fit(stretch, places[0])
    return tiles(fitted, wanted) or (fitted,)


def check_plans(scope: Scope, place: str, *, each: bool = False) -> None:
    """Raises Stop (no_data) where no plan is kept for such a place; ``each``: it is one of a group."""
    if scope.timing(place).reach("plan") is None:
        kind = scope.catalogue.place_kind(place)
        raise scope.stop("no_plan", place_kind=kind) if each else scope.stop("no_plan", place=place)


def to_plan(scope: Scope, period: Period, place: str) -> tuple[Period, Period]:
    """Actual and planned period: the same where plans are kept so finely, else the year and what it has so far."""
    timing = scope.timing(place)
    plans, reach = timing.reach("plan"), timing.reach()
    if plans is None or reach is None:
        raise scope.stop("no_plan", place=place)
    named = scope.named_periods()
    wanted = named[-1] if named else period
    if any(tiles(wanted, grain) for grain in plans.grains) and wanted.end <= plans.last:
        return (period if named else wanted), wanted
    if "school_year" in plans.grains and "year" not in plans.grains:
        return period, holding("school_year", period.start)
    year = holding("year", period.end)
    if not named and "year" in plans.grains and plans.last < period.end:
        year = holding("year", plans.last)
        return (year if reach.last >= year.end else to_date(year, reach.last)), year
    as_it_is = scope.indicator.adds.time == "last" and scope.indicator.measure == "stock"
    as_it_is = as_it_is or (scope.indicator.adds.time == "never" and scope.indicator.ratio is None)
    return (period if as_it_is else to_date(year, period.end)) if period.end < year.end else year, year
