"""The plan itself, asked for as a figure ("kế hoạch năm nay là bao nhiêu"), with what has been done of it so far."""

from __future__ import annotations

from assistant.calendar import COARSEST_FIRST, holding, tiles
from assistant.query.blocks import check_plans, group_of, grouped, request
from assistant.query.drafts import Draft
from assistant.query.plan import NotPlannable, Role
from assistant.query.request import Request
from assistant.query.scope import Scope
from assistant.query.timing import Reach
from assistant.types import Figure, Period


def planned(scope: Scope, group: str = "") -> Draft:
    """Planned figures of the places, members or group asked for (else of this one).

    Of one period also what was done in it, where its figures have begun. Raises Stop (no_data) where no plan is kept
    for such places or that period.
    """
    places, members = scope.places(), scope.members
    asked = group_of(scope)
    group = group if asked.startswith("period:") else asked or group
    for place in places:
        scope.check_exists(place)
        check_plans(scope, place)
    periods = _periods(scope, places[0])
    inside = places
    if group:
        inside, members = grouped(scope, group, places, periods[-1])
        check_plans(scope, inside[0], each=True)
    main = request(scope, inside, members, periods).model_copy(update={"kind": "plan"})
    done = _done(scope, main)
    requests: dict[Role, Request] = {"main": main} if done is None else {"main": main, "done": done}
    return Draft(requests, places, "planned", group, scope.reading.order, scope.reading.limit)


def stands_alone(scope: Scope) -> bool:
    """Whether a plan is kept of the one period named, but nothing yet of what was done in it."""
    named, place = scope.named_periods(), scope.places()[0]
    timing = scope.timing(place)
    plans = timing.reach("plan")
    if len(named) != 1 or plans is None:
        return False
    periods = next((found for grain in plans.grains if (found := tiles(named[0], grain))), ())
    periods = periods or tuple(filter(None, (timing.other_year(named[0], plans),)))
    if not periods or periods[0].start < plans.first or plans.last < periods[-1].end:
        return False
    fitted = timing.fit(named[0])
    if isinstance(fitted, NotPlannable):
        return True
    done = scope.engine.resolve((request(scope, scope.places(), scope.members, (fitted.period,)),))[0]
    return not any(isinstance(outcome, Figure) for outcome in done.values())


def _periods(scope: Scope, place: str) -> tuple[Period, ...]:
    """The periods of the plans asked for, those that hold the ones named; the running one where none is named."""
    reach = scope.timing(place).reach("plan")
    if reach is None:
        raise scope.stop("no_plan", place=place)
    grain = min(reach.grains, key=COARSEST_FIRST.index)
    named = scope.named_periods()
    if not named:
        return (holding(grain, min(scope.today, reach.last)),)
    found = tuple(dict.fromkeys(each for period in named for each in _around(scope, place, period, reach)))
    there = tuple(period for period in found if reach.first <= period.start and period.end <= reach.last)
    if not there:
        raise scope.stop("no_plan", place=place, period=found[-1])
    return there


def _around(scope: Scope, place: str, named: Period, reach: Reach) -> tuple[Period, ...]:
    """The periods of plans that make up a period named; where it is shorter than they are, the one that holds it."""
    for grain in sorted(reach.grains, key=COARSEST_FIRST.index):
        if exact := tiles(named, grain):
            return exact
    other = scope.timing(place).other_year(named, reach)
    return (other or holding(min(reach.grains, key=COARSEST_FIRST.index), named.end),)


def _done(scope: Scope, main: Request) -> Request | None:
    """The actual figures beside those of one planned period, as far as it has run; None before there are any."""
    if len(main.periods) > 1:
        return None
    fitted = scope.timing(main.places[0]).fit(main.periods[0])
    if isinstance(fitted, NotPlannable):
        return None
    return main.model_copy(update={"kind": "actual", "periods": (fitted.period,)})
