"""Shapes of questions that are answered with figures: what each asks the engine for.

=========== ====================================================================================================
shape       requests
=========== ====================================================================================================
value       main: places × members × periods named, or the latest period
compare     main: the places (or members) side by side, subject first; two periods make it a ``change``
change      main: the later period, base: the earlier one, or the period before, or the same one last year
why         as change; parts: what adds up to the whole, then and now; numerator, denominator: those of a ratio
rank        main: everything of the group inside the place; ``limit`` of the plan cuts it
extreme     as rank, with a limit of one
filter      main as rank; held against a threshold, or against role plan
trend       main: a series of periods (last 12 months, 8 quarters, 5 years, unless a stretch is named)
turning     as trend
share       main: the part, whole: the same without members, or of the whole province
breakdown   main: the figure by group, whole: its total
progress    main: actual to date, plan: the plan of that period, or of the year around it
planned     main: the plan, done: actual to date (``planned.py``)
average     main: the figures the mean is taken of (months of a stretch, places of a group)
report      as change, for the headline indicators of a domain, or of all domains for one place
plans       as progress, for every indicator that has a plan
=========== ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from assistant.query.blocks import (
    block,
    check_plans,
    default_group,
    group_of,
    grouped,
    request,
    series,
    side_by_side,
    to_plan,
)
from assistant.query.changes import change, why
from assistant.query.drafts import Draft
from assistant.query.plan import Role
from assistant.query.planned import planned, stands_alone
from assistant.query.request import Request
from assistant.query.scope import Scope
from assistant.types import Grain

Shape = Callable[[Scope], Draft]


def value(scope: Scope) -> Draft:
    """One figure, or the few that were named; with a grouping or a comparison it becomes the shape for that."""
    reading = scope.reading
    if reading.comparison is not None and reading.comparison.kind in ("previous_period", "same_period_last_year"):
        return moved(scope)
    if reading.comparison is not None and reading.comparison.kind == "plan":
        return progress(scope)
    if reading.grouping:
        return trend(scope) if group_of(scope).startswith("period:") else breakdown(scope)
    return values(scope)


def values(scope: Scope) -> Draft:
    """The figures of the places, members and periods named; a single one with the period before beside it."""
    places = scope.places()
    scope.check_kept(places, scope.members)
    named = scope.named_periods()
    if len(named) == 1 and named[0].grain == "span" and not named[0].cumulative and scope.indicator.adds.time != "sum":
        return trend(scope)
    if len(named) > 1:
        periods = tuple(dict.fromkeys(scope.fit(period, places[0]) for period in named))
    else:
        periods = (scope.period(places),)
    requests: dict[Role, Request] = {"main": request(scope, places, scope.members, periods)}
    if len(places) == len(periods) == len(scope.members) == 1:
        base = scope.timing(places[0]).base(periods[0], False)
        requests["base"] = request(scope, places, scope.members, (base,))
    return Draft(requests, places, "value")


def compare(scope: Scope) -> Draft:
    """Places or members side by side in one period."""
    reading = scope.reading
    if reading.comparison is not None and reading.comparison.kind == "plan":
        return progress(scope)
    named = len(reading.areas) + len(reading.facilities) + len(reading.agencies)
    if named < 2 and len(scope.members) < 2:
        if reading.grouping:
            return breakdown(scope)
        if len(scope.named_periods()) > 1 or reading.comparison is not None:
            return moved(scope)
    places = scope.places()
    if len(places) == 1 and len(scope.members) == 1 and places[0] != scope.catalogue.province.code:
        places = (*places, scope.catalogue.province.code)
        scope.note("place_default", place=places[1])
        scope.require(places)
    scope.check_kept(places, scope.members)
    period = scope.period(places)
    return Draft({"main": request(scope, places, scope.members, (period,))}, places, "compare")


def moved(scope: Scope) -> Draft:
    """How far a figure moved; three periods or more side by side; against the plan it is ``progress``."""
    comparison = scope.reading.comparison
    if comparison is not None and comparison.kind == "plan":
        return progress(scope)
    if len(scope.named_periods()) > 2 and not group_of(scope):
        return values(scope)
    return change(scope)


def rank(scope: Scope) -> Draft:
    """Everything of a group, to be put in order."""
    return _ranking(scope, scope.reading.limit, "rank")


def extreme(scope: Scope) -> Draft:
    """The first or last of a group."""
    return _ranking(scope, scope.reading.limit or 1, "extreme")


def filter_(scope: Scope) -> Draft:
    """Those of a group that pass a threshold, or are behind (ahead of) their plan."""
    reading = scope.reading
    against_plan = reading.comparison is not None and reading.comparison.kind == "plan" and not reading.planned
    if reading.threshold is None and not against_plan:
        return rank(scope)  # without a limit there is nothing to be above or below
    draft = _ranking(scope, reading.limit, "filter")
    if not against_plan:
        return draft
    main = draft.requests["main"]
    check_plans(scope, main.places[0], each=bool(draft.group))
    actual, planned = to_plan(scope, main.periods[-1], draft.places[0])
    main = main.model_copy(update={"periods": (actual,)})
    plan = main.model_copy(update={"periods": (planned,), "kind": "plan"})
    return Draft({"main": main, "plan": plan}, draft.places, "filter", draft.group, draft.order, draft.limit)


def trend(scope: Scope) -> Draft:
    """A series of periods."""
    places = scope.places()
    scope.check_kept(places, scope.members)
    group = group_of(scope)
    grain = cast(Grain, group.partition(":")[2]) if group.startswith("period:") else None
    periods = series(scope, places, grain)
    return Draft(
        {"main": request(scope, places, scope.members, periods)},
        places,
        "trend",
        f"period:{periods[-1].grain}",
        scope.reading.order,
        scope.reading.limit,
    )


def turning(scope: Scope) -> Draft:
    """A series, for its turns, its highest and its lowest point."""
    return replace(trend(scope), shape="turning")


def share(scope: Scope) -> Draft:
    """A member, or a place, of its whole."""
    places = scope.places()
    group = group_of(scope)
    if scope.members == [{}] and not group and places == (scope.catalogue.province.code,):
        return breakdown(scope)
    if group and not group.startswith("period:"):
        return breakdown(scope)
    scope.check_kept(places, scope.members)
    period = scope.period(places)
    main = request(scope, places, scope.members, (period,))
    bases = [item.code for item in scope.reading.areas if item.role in ("denominator", "base")]
    bases = bases or [place for place in places if any(place in scope.catalogue.ancestors(other) for other in places)]
    if scope.members != [{}] and not bases:
        part, whole = _singled_out(scope)
        main = request(scope, places, part, (period,))
        return Draft({"main": main, "whole": request(scope, places, whole, (period,))}, places, "share")
    if not bases and len(places) > 1:
        bases = [place for place in places if scope.catalogue.place_kind(place) in ("country", "region")]
    parts = tuple(place for place in places if place not in bases and (bases or place != scope.catalogue.province.code))
    wholes = tuple(bases) or (scope.catalogue.province.code,)
    scope.require(wholes)
    return Draft(
        {
            "main": request(scope, parts or places, scope.members, (period,)),
            "whole": request(scope, wholes, scope.members, (period,)),
        },
        parts or places,
        "share",
    )


def breakdown(scope: Scope) -> Draft:
    """The figure by district, commune, facility, agency or members of a dimension, with its total."""
    group = group_of(scope)
    if group.startswith("period:"):
        return trend(scope)
    places = scope.places()
    if not group:
        group = default_group(scope, places[0], dimensions_first=True)
        scope.note("group_default")
    period, inside, members = block(scope, places, group)
    whole = request(scope, places, [{}] if group.startswith("dimension:") else scope.members, (period,))
    return Draft(
        {"main": request(scope, inside, members, (period,)), "whole": whole},
        places,
        "breakdown",
        group,
        scope.reading.order,
        scope.reading.limit,
    )


def progress(scope: Scope) -> Draft:
    """Actual figures against the plan; where none is kept, a rate tells by itself how far things are, and so does any
    figure that was not set against a plan in so many words.

    Of a period in which nothing is known to be done yet the plan is told alone.
    """
    places = scope.places()
    scope.check_kept(places, scope.members)
    compared = scope.reading.comparison is not None and scope.indicator.ratio is None
    if not compared and scope.timing(places[0]).reach("plan") is None:
        return values(scope) if not group_of(scope) else breakdown(scope)
    check_plans(scope, places[0])
    group = group_of(scope)
    if not group and stands_alone(scope):
        return planned(scope)
    period = scope.period(places)
    actual, aim = to_plan(scope, period, places[0])
    inside, members = places, scope.members
    if group and not group.startswith("period:"):
        inside, members = grouped(scope, group, places, actual)
        check_plans(scope, inside[0], each=True)
    plan = request(scope, inside, members, (aim,)).model_copy(update={"kind": "plan"})
    main = request(scope, inside, members, (actual,))
    return Draft({"main": main, "plan": plan}, places, "progress", group, scope.reading.order, scope.reading.limit)


def average(scope: Scope) -> Draft:
    """Figures to take the mean of; a ratio is its own mean over a stretch."""
    group = group_of(scope)
    places = scope.places()
    if group and not group.startswith("period:"):
        period, inside, members = block(scope, places, group)
        return Draft({"main": request(scope, inside, members, (period,))}, places, "average", group)
    if scope.indicator.ratio is not None or (not group and scope.indicator.adds.time == "never"):
        return value(scope)
    scope.check_kept(places, scope.members)
    grain = cast(Grain, group.partition(":")[2]) if group else None
    periods = series(scope, places, grain)
    main = request(scope, places, scope.members, periods)
    return Draft({"main": main}, places, "average", f"period:{periods[-1].grain}")


FIGURE_SHAPES: dict[str, Shape] = {
    "value": value,
    "compare": compare,
    "change": moved,
    "why": why,
    "rank": rank,
    "extreme": extreme,
    "filter": filter_,
    "trend": trend,
    "turning": turning,
    "chart": trend,
    "share": share,
    "breakdown": breakdown,
    "progress": progress,
    "planned": planned,
    "average": average,
    "report": moved,
    "plans": progress,
}
"""Intent to what plans it."""

PLAIN = ("value", "compare", "trend", "breakdown", "progress")
"""Shapes in which planned figures can stand in the place of actual ones."""


def _singled_out(scope: Scope) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Members that are the part, and those that are the whole: the ones listed where they add up, else the total."""
    roles = {found.code: found.role for found in scope.reading.dimensions}
    single = {code.partition(":")[0] for code, role in roles.items() if role == "numerator"}
    parts = [
        members
        for members in scope.members
        if all(roles.get(f"{name}:{member}") == "numerator" for name, member in members.items() if name in single)
    ]
    listed = {code.partition(":")[0] for code, role in roles.items() if role == "denominator"}
    adds = scope.indicator.adds.dimensions
    whole = scope.members if listed and all(adds.get(name) == "sum" for name in listed) else [{}]
    return parts, whole


def _around(scope: Scope, place: str) -> str:
    """Where those are that a place stands among: the district of a commune, the province of all else."""
    above = scope.catalogue.ancestors(place) if scope.catalogue.place_kind(place) == "commune" else ()
    return next(iter(above), scope.catalogue.province.code)


def _ranking(scope: Scope, limit: int | None, shape: str) -> Draft:
    group = group_of(scope)
    places = scope.places()
    order = scope.reading.order or "desc"
    if scope.reading.planned:
        draft = planned(scope, default_group(scope, places[0], dimensions_first=False) if len(places) == 1 else "")
        return replace(draft, requests={"main": draft.requests["main"]}, shape=shape, order=order, limit=limit)
    if group.startswith("period:"):
        scope.check_kept(places, scope.members)
        periods = series(scope, places, cast(Grain, group.partition(":")[2]))
        main = request(scope, places, scope.members, periods)
        return Draft({"main": main}, places, shape, group, order, limit)
    if scope.reading.standing and len(places) == 1 and places[0] != scope.catalogue.province.code:
        group = scope.catalogue.kind_of(places[0])
        period, inside, members = block(scope, (_around(scope, places[0]),), group)
        return Draft({"main": request(scope, inside, members, (period,))}, places, shape, group, order)
    wider = tuple(place for place in places if scope.catalogue.place_kind(place) in ("country", "region"))
    if len(places) == 2 and len(wider) == 1 and group in ("", "province"):  # "tỉnh mình đứng thứ mấy cả nước"
        asked = tuple(place for place in places if place not in wider)
        period, inside, members = block(scope, wider, "province")
        return Draft({"main": request(scope, inside, members, (period,))}, asked, shape, "province", order)
    if len(places) > 1 and (not group or side_by_side(scope, places, group)):
        scope.check_kept(places, scope.members)
        period = scope.period(places)
        return Draft({"main": request(scope, places, scope.members, (period,))}, places, shape, "", order, limit)
    if not group:
        group = default_group(scope, places[0], dimensions_first=False)
        scope.note("group_default")
    period, inside, members = block(scope, places, group)
    return Draft({"main": request(scope, inside, members, (period,))}, places, shape, group, order, limit)
