"""What is computed from the figures of a plan's part, by shape: ``derive`` has the arithmetic, here is which and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.query import derive
from assistant.query.derive import Change, Derived, Progress
from assistant.query.plan import PartResult, Plan, PlanPart, Role
from assistant.query.request import Cell, Missing
from assistant.query.resolver import Outcome
from assistant.types import Figure, Threshold

Outcomes = dict[Cell, Outcome]

RANKING = ("rank", "extreme", "filter")
"""Shapes whose figures stand in the order of their ranking."""

NO_PART_OF_IT = ("no_place", "no_breakdown")
"""Members of a group that an indicator is never kept for (a nursery among the schools) are no gap in an answer."""


def part_result(plan: Plan, part: PlanPart, by_role: dict[Role, Outcomes]) -> PartResult:
    """Figures, empty cells and everything derived for one indicator."""
    figures: dict[Role, tuple[Figure, ...]] = {}
    missing: dict[Role, tuple[Missing, ...]] = {}
    for role, outcomes in by_role.items():
        figures[role] = tuple(outcome for outcome in outcomes.values() if isinstance(outcome, Figure))
        missing[role] = tuple(
            outcome
            for outcome in outcomes.values()
            if isinstance(outcome, Missing) and not (plan.group and outcome.reason in NO_PART_OF_IT)
        )
    derive_shape = _DERIVE.get(plan.shape)
    derived = derive_shape(Work(plan, part, by_role)) if derive_shape and figures.get("main") else Derived()
    if plan.shape in RANKING:
        first = [ranked.figure for ranked in derived.ranking] or [each.actual for each in derived.progress]
        if plan.reading.standing:
            first.sort(key=lambda figure: figure.place not in plan.places)
        figures["main"] = (*first, *(figure for figure in figures["main"] if figure not in first))
    return PartResult(indicator=part.indicator, figures=figures, missing=missing, derived=derived)


def first_place(parts: Sequence[PartResult]) -> Figure | None:
    """The figure of the place that alone comes first of several that were ranked; None where there is no such."""
    ranking = parts[0].derived.ranking if len(parts) == 1 else ()
    several = len({figure.place for part in parts for figure in part.figures.get("main", ())}) > 1
    return ranking[0].figure if several and ranking and not ranking[0].tied else None


@dataclass(frozen=True, slots=True)
class Work:
    """A part with what the engine found for it."""

    plan: Plan
    part: PlanPart
    by_role: dict[Role, Outcomes]

    def figures(self, role: Role = "main") -> list[Figure]:
        """The figures of a role, in the request's order."""
        return [outcome for outcome in self.by_role.get(role, {}).values() if isinstance(outcome, Figure)]

    def pairs(self, other: Role) -> list[tuple[Figure, Figure]]:
        """Figures of ``main`` beside those of another role that differs in its one period only."""
        request = self.part.requests.get(other)
        if request is None:
            return []
        pairs = []
        for cell, outcome in self.by_role["main"].items():
            period = cell.period if cell.period in request.periods else request.periods[-1]
            beside = self.by_role[other].get(cell._replace(period=period))
            if isinstance(outcome, Figure) and isinstance(beside, Figure):
                pairs.append((outcome, beside))
        return pairs

    def between(self, role: Role) -> list[Change]:
        """How each place and member of a role moved between its two periods."""
        request = self.part.requests.get(role)
        if request is None:
            return []
        now, then = request.periods
        found = []
        for cell, outcome in self.by_role[role].items():
            base = self.by_role[role].get(cell._replace(period=then))
            if cell.period == now and isinstance(outcome, Figure) and isinstance(base, Figure):
                found.append(derive.change(outcome, base))
        return found


def _ranked(plan: Plan, figures: Sequence[Figure]) -> Derived:
    ranking = derive.rank(figures, plan.order or "desc", plan.limit)
    return Derived(ranking=tuple(ranking), candidates=len(figures))


def _value(work: Work) -> Derived:
    return Derived(candidates=len(work.figures()))


def _compare(work: Work) -> Derived:
    """The first figure against each of the others, and all of them in order."""
    figures = work.figures()
    changes = tuple(derive.change(figures[0], other) for other in figures[1:])
    return Derived(
        changes=changes, ranking=tuple(derive.rank(figures, work.plan.order or "desc")), candidates=len(figures)
    )


def _change(work: Work) -> Derived:
    changes = [derive.change(figure, base) for figure, base in work.pairs("base")]
    candidates = len(changes)
    if work.plan.group and work.plan.order is not None:
        # "tăng nhiều nhất": the largest rise first; "giảm nhiều nhất" asks for the largest fall.
        falling = work.plan.comparison is not None and work.plan.comparison.direction == "down"
        changes.sort(key=lambda item: item.absolute, reverse=(work.plan.order == "desc") != falling)
        changes = changes[: work.plan.limit]
    return Derived(changes=tuple(changes), candidates=candidates)


def _why(work: Work) -> Derived:
    """The whole change, and what each part added to it."""
    changes = tuple(derive.change(figure, base) for figure, base in work.pairs("base"))
    if not changes:
        return Derived()
    parts = work.between("parts")
    parts.sort(key=lambda item: item.absolute, reverse=changes[0].direction != "down")
    components = (*work.between("numerator"), *work.between("denominator"))
    return Derived(
        changes=changes,
        contributions=tuple(derive.contributions(parts, changes[0])),
        components=components if len(components) == len(("numerator", "denominator")) else (),
        candidates=len(parts),
    )


def _rank(work: Work) -> Derived:
    return _ranked(work.plan, work.figures())


_PASSES: dict[str, Callable[[float, float], bool]] = {
    "gt": lambda value, limit: value > limit,
    "ge": lambda value, limit: value >= limit,
    "lt": lambda value, limit: value < limit,
    "le": lambda value, limit: value <= limit,
}


def passes(value: float, threshold: Threshold) -> bool:
    """Whether a value is inside a limit."""
    return _PASSES[threshold.operator](value, threshold.value)


def _filter(work: Work) -> Derived:
    """Those inside the threshold in order; or those behind their plan (ahead of it, where that was asked), or that have done
    so many percent of it."""
    limit = work.plan.threshold
    if "plan" in work.part.requests:
        every = _progress(work).progress
        ahead = work.plan.comparison is not None and work.plan.comparison.direction == "up"
        passing = [item for item in every if (passes(_fulfilled(item), limit) if limit else item.reached == ahead)]
        kept = sorted(passing, key=_fulfilled, reverse=limit is not None and limit.operator in ("gt", "ge"))
        return Derived(progress=tuple(kept[: work.plan.limit]), candidates=len(every))
    figures = work.figures()
    kept_figures = [figure for figure in figures if limit is None or passes(figure.value, limit)]
    return _ranked(work.plan, kept_figures).model_copy(update={"candidates": len(figures)})


def _fulfilled(item: Progress) -> float:
    return item.percent if item.percent is not None else 0.0


def _trend(work: Work) -> Derived:
    """One trend per part; several places or members give a change each as well."""
    figures = work.figures()
    lines: dict[tuple[str, tuple[tuple[str, str], ...]], list[Figure]] = {}
    for cell, outcome in work.by_role["main"].items():
        if isinstance(outcome, Figure):
            lines.setdefault((cell.place, cell.dims), []).append(outcome)
    changes: list[Change] = [derive.change(line[-1], line[0]) for line in lines.values() if len(line) > 1]
    first = next(iter(lines.values()))
    return Derived(trend=derive.trend(first), changes=tuple(changes), candidates=len(figures))


def _share(work: Work) -> Derived:
    """Each figure of its whole, where all of that is known."""
    held = [(figure, _whole(figure, work)) for figure in work.figures()]
    shares = tuple(derive.share(figure, whole) for figure, whole in held if whole is not None)
    return Derived(shares=shares, candidates=len(shares))


def _whole(figure: Figure, work: Work) -> Figure | None:
    """The whole of the same place, added up where it was listed, or the only whole there is."""
    outcomes = {cell: outcome for cell, outcome in work.by_role["whole"].items() if cell.place == figure.place}
    if not outcomes:
        others = work.figures("whole")
        return others[0] if len(others) == 1 else None
    parts = [outcome for outcome in outcomes.values() if isinstance(outcome, Figure)]
    if len(parts) < len(outcomes):
        return None
    shared = set.intersection(*(set(part.dimensions.items()) for part in parts))
    return parts[0].model_copy(update={"value": sum(part.value for part in parts), "dimensions": dict(shared)})


def _breakdown(work: Work) -> Derived:
    """Standing and, for what adds up, the share of every part; the whole."""
    figures = work.figures()
    wholes = work.figures("whole")
    derived = _ranked(work.plan, figures)
    if len(wholes) != 1:
        return derived
    whole = wholes[0]
    close = abs(sum(figure.value for figure in figures) - whole.value) <= 0.005 * abs(whole.value)
    shares = tuple(derive.share(figure, whole) for figure in figures) if close and whole.value else ()
    return derived.model_copy(update={"total": whole.value, "shares": shares})


def _progress(work: Work) -> Derived:
    under = work.part.good == "down"
    found = tuple(derive.progress(actual, planned, under=under) for actual, planned in work.pairs("plan"))
    return Derived(progress=found, candidates=len(found))


def _planned(work: Work) -> Derived:
    under = work.part.good == "down"
    found = tuple(derive.progress(actual, planned, under=under) for planned, actual in work.pairs("done"))
    return Derived(progress=found, candidates=len(work.figures()))


def _average(work: Work) -> Derived:
    """The mean of the months (or places) that have figures; a single figure is its own mean."""
    figures = work.figures()
    return Derived(average=derive.average(figures), candidates=len(figures))


_DERIVE: dict[str, Callable[[Work], Derived]] = {
    "value": _value,
    "compare": _compare,
    "change": _change,
    "report": _change,
    "rank": _rank,
    "extreme": _rank,
    "filter": _filter,
    "trend": _trend,
    "turning": _trend,
    "why": _why,
    "share": _share,
    "breakdown": _breakdown,
    "progress": _progress,
    "plans": _progress,
    "planned": _planned,
    "average": _average,
}
