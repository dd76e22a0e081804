"""Shapes about two periods: how far a figure moved (``change``), and where that came from (``why``)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.calendar import shift, to_date
from assistant.query.blocks import default_group, group_of, grouped, request, side_by_side
from assistant.query.drafts import Draft
from assistant.query.plan import Role
from assistant.query.request import Cell, Request, dims_key
from assistant.query.scope import Scope, Stop
from assistant.types import Figure, Period

MOST_PARTS = 200
"""Parts a change is broken into at the most."""

PLACES_FIRST = 1.5
"""A breakdown by places is told unless a part by some dimension stands out by so much more."""

ADDS_UP = 0.005
"""Share of the whole by which its parts may miss it and still count as all of them."""


def change(scope: Scope) -> Draft:
    """Two periods; with a group of places, members or facilities, one change for each."""
    reading = scope.reading
    places = scope.places()
    scope.check_kept(places, scope.members)
    main, base = two_periods(scope, places)
    group = group_of(scope)
    inside, members = places, scope.members
    if group and not group.startswith("period:") and not side_by_side(scope, places, group):
        inside, members = grouped(scope, group, places, main)
    return Draft(
        {"main": request(scope, inside, members, (main,)), "base": request(scope, inside, members, (base,))},
        places,
        "change",
        group if inside != places or members != scope.members else "",
        reading.order,
        reading.limit,
    )


def two_periods(scope: Scope, places: Sequence[str]) -> tuple[Period, Period]:
    """The later period and the one it is held against: those named, else the one before or the same of last year."""
    comparison = scope.reading.comparison
    named = scope.ends()
    if len(named) > 1:
        main, base = scope.fit(named[-1], places[0]), scope.fit(named[0], places[0])
        if main.cumulative and not named[-1].cumulative and base.grain == "year":
            # A running year is held against the same months, not against a whole year.
            base = to_date(base, shift(main.end, 12 * (base.start.year - main.start.year)))
            scope.note("partial", period=base)
        return main, base
    if named and scope.reading.periods[0].role == "base":
        return scope.latest(places), scope.fit(named[0], places[0])
    main = scope.period(places)
    base = scope.timing(places[0]).base(main, comparison is not None and comparison.kind == "same_period_last_year")
    if comparison is None or comparison.kind not in ("previous_period", "same_period_last_year"):
        scope.note("base_default", period=base)
    return main, base


def why(scope: Scope) -> Draft:
    """A change with the parts it came from: of a count its districts, agencies, facilities or members, whichever tell
    most, or those named; of a ratio its numerator and denominator. Several places are a plain ``change``."""
    places = scope.places()
    if len(places) > 1 or len(scope.members) > 1:
        return change(scope)
    scope.check_kept(places, scope.members)
    main, base = two_periods(scope, places)
    requests: dict[Role, Request] = {
        "main": request(scope, places, scope.members, (main,)),
        "base": request(scope, places, scope.members, (base,)),
    }
    both = (main, base)
    ratio = scope.indicator.ratio
    if ratio is not None:
        whole = request(scope, places, scope.members, both)
        if not ratio.standing and all(scope.engine.stored.serves(code, places[0], ()) for code in ratio.parts):
            requests["numerator"] = whole.model_copy(update={"indicator": ratio.numerator})
            requests["denominator"] = whole.model_copy(update={"indicator": ratio.denominator})
        return Draft(requests, places, "why")
    group, parts = _telling(scope, places[0], both)
    if parts is not None:
        requests["parts"] = parts
    return Draft(requests, places, "why", group if parts is not None else "")


def _telling(scope: Scope, place: str, both: tuple[Period, Period]) -> tuple[str, Request | None]:
    """The breakdown of a change asked for, else the one in which a single part stands out most; None: there is none."""
    named = group_of(scope)
    options: list[tuple[str, Request]] = []
    for group in _groups(scope, place) if not named or named.startswith("period:") else (named,):
        try:
            inside, members = grouped(scope, group, (place,), both[0])
        except Stop:
            continue
        if len(inside) * len(members) <= MOST_PARTS and scope.is_served(inside[0], tuple(members[0])):
            options.append((group, request(scope, inside, members, both)))
    whole = request(scope, (place,), scope.members, both)
    outcomes = scope.engine.resolve((whole, *(parts for _, parts in options)))
    figures = [{cell: found for cell, found in each.items() if isinstance(found, Figure)} for each in outcomes]
    best: tuple[float, str, Request] | None = None
    for (group, parts), found in zip(options, figures[1:], strict=True):
        excess = _excess(figures[0], found, Cell(place, dims_key(scope.members[0]), both[0]), both[1], every=not named)
        if excess is not None and not group.startswith("dimension:"):
            excess *= PLACES_FIRST
        if excess is not None and (best is None or excess > best[0]):
            best = (excess, group, parts)
    return (best[1], best[2]) if best else ("", None)


def _groups(scope: Scope, place: str) -> tuple[str, ...]:
    """By what a change in a place may be broken down: the next smaller kind of place, agencies, dimensions."""
    kind = scope.catalogue.place_kind(place)
    smaller = {"province": ("district", "agency"), "district": ("commune", "agency", *scope.facility_groups())}
    dimensions = [f"dimension:{code}" for code in scope.indicator.adds.dimensions if code not in scope.members[0]]
    found = (*smaller.get(kind, ()), *dimensions)
    return found or (default_group(scope, place, dimensions_first=True),)


def _excess(
    whole: dict[Cell, Figure], parts: dict[Cell, Figure], now: Cell, base: Period, *, every: bool
) -> float | None:
    """How much more of the change the part that stands out most has than its size would give it; None where
    ``every`` part is wanted and they do not make up the whole, then and now."""
    before = now._replace(period=base)
    if now not in whole or before not in whole:
        return None
    sums = dict.fromkeys((now.period, base), 0.0)
    for cell, figure in parts.items():
        sums[cell.period] += figure.value
    for cell in (now, before) if every else ():
        if abs(sums[cell.period] - whole[cell].value) > ADDS_UP * abs(whole[cell].value):
            return None
    moved, stock = whole[now].value - whole[before].value, whole[before].value
    shares = []
    for cell, figure in parts.items():
        if cell.period == now.period:
            start = parts.get(cell._replace(period=base))
            was = start.value if start else 0.0
            expected = moved * was / stock if stock else 0.0
            shares.append((figure.value - was - expected) * (1 if moved >= 0 else -1))
    return max(shares, default=None)
