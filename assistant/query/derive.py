"""Pure arithmetic on figures: change, rank, share, progress, average, trend, contribution. No data is fetched here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from assistant.calendar import whole_months
from assistant.types import Figure, Thing

Direction = Literal["up", "down", "same"]


class Change(Thing):
    """One figure held against another of the same indicator."""

    figure: Figure
    base: Figure
    absolute: float
    """``figure - base``, in the indicator's unit (percentage points for percentages)."""
    percent: float | None
    """Of the base's absolute value; None where the base is zero."""
    direction: Direction


class Ranked(Thing):
    """A figure's standing; equal values share a rank (1, 2, 2, 4)."""

    rank: int
    figure: Figure
    tied: bool = False


class Share(Thing):
    """A part of a whole; ``percent`` is None where the whole is zero."""

    part: Figure
    whole: Figure
    percent: float | None


class Progress(Thing):
    """Actual against plan; ``percent`` is None where the plan is zero."""

    actual: Figure
    plan: Figure
    percent: float | None
    remaining: float
    """``plan - actual``, in the indicator's unit; negative where the plan is exceeded."""
    reached: bool
    """The actual figure stands on the right side of the plan, or on it."""
    expected: float | None = None
    """Percent of the plan that an even pace would have reached by now, where the plan's period is still running."""
    months_left: int = 0
    """Whole months that are left of the plan's period."""


class Average(Thing):
    """Plain mean of ``count`` figures of equal weight."""

    value: float
    count: int
    first: Figure
    last: Figure


class Trend(Thing):
    """A series, in order of time."""

    change: Change | None
    """Last against first; None for a single figure."""
    slope: float
    """Least-squares change per step, in the indicator's unit."""
    direction: Direction
    """Of the fitted line; ``same`` where it moves less than 1 % of the mean over the whole series."""
    highest: Figure
    lowest: Figure
    turning_points: tuple[Figure, ...] = ()
    """Inner figures where a rise turns into a fall or the other way round."""
    since: Figure | None = None
    """Where the movement that the series ends with began: its last turning point, or its first figure."""
    last_step: Direction = "same"
    """Which way the series moved last."""


class Contribution(Thing):
    """How much one place or member added to the change of the whole; percent None where the whole did not change."""

    change: Change
    percent: float | None


class Derived(Thing):
    """Everything computed from one part's figures; a field is empty where the shape does not call for it."""

    changes: tuple[Change, ...] = ()
    """One per place and dimension of the request, in its order (``change``, ``compare`` against a base place)."""
    ranking: tuple[Ranked, ...] = ()
    """Best first by the plan's order, cut at its limit (ties at the limit stay in)."""
    candidates: int = 0
    """How many figures the ranking was chosen from."""
    shares: tuple[Share, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    """What the parts added to the one change of ``changes``, those that moved with it most first (``why``)."""
    components: tuple[Change, ...] = ()
    """Of a ratio: how its numerator and its denominator moved (``why``)."""
    progress: tuple[Progress, ...] = ()
    average: Average | None = None
    trend: Trend | None = None
    total: float | None = None
    """Whole of a breakdown, where it was fetched (role ``whole``)."""


def direction(difference: float) -> Direction:
    """Which way a difference points."""
    return "up" if difference > 0 else "down" if difference < 0 else "same"


def percent(part: float, whole: float) -> float | None:
    """``part`` as a percentage of ``whole``; None where that is zero."""
    return None if whole == 0 else 100.0 * part / whole


def change(figure: Figure, base: Figure) -> Change:
    """Difference and percentage of ``figure`` over ``base``."""
    absolute = figure.value - base.value
    return Change(
        figure=figure,
        base=base,
        absolute=absolute,
        percent=percent(absolute, abs(base.value)),
        direction=direction(absolute),
    )


def rank(figures: Sequence[Figure], order: Literal["desc", "asc"] = "desc", limit: int | None = None) -> list[Ranked]:
    """Figures by value with shared ranks; ``limit`` keeps those whose rank is within it, so ties are not cut apart."""
    ordered = sorted(figures, key=lambda figure: figure.value, reverse=order == "desc")
    counts: dict[float, int] = {}
    for figure in ordered:
        counts[figure.value] = counts.get(figure.value, 0) + 1
    ranked: list[Ranked] = []
    for position, figure in enumerate(ordered, start=1):
        place = ranked[-1].rank if ranked and ranked[-1].figure.value == figure.value else position
        if limit is not None and place > limit:
            break
        ranked.append(Ranked(rank=place, figure=figure, tied=counts[figure.value] > 1))
    return ranked


def share(part: Figure, whole: Figure) -> Share:
    """``part`` as a percentage of ``whole``."""
    return Share(part=part, whole=whole, percent=percent(part.value, whole.value))


def progress(actual: Figure, plan: Figure, *, under: bool = False) -> Progress:
    """How far the plan is fulfilled, and what is still missing; ``under``: it is a limit to stay below."""
    remaining = plan.value - actual.value
    expected, left = None, 0
    whole, done = whole_months(plan.period), whole_months(actual.period)
    if actual.period.start == plan.period.start and 0 < done < whole:
        expected, left = 100.0 * done / whole, whole - done
    return Progress(
        actual=actual,
        plan=plan,
        percent=percent(actual.value, plan.value),
        remaining=remaining,
        reached=remaining >= 0 if under else remaining <= 0,
        expected=expected,
        months_left=left,
    )


def average(figures: Sequence[Figure]) -> Average:
    """Plain mean.

    Raises:
        ValueError: there are no figures.
    """
    if not figures:
        raise ValueError("an average needs at least one figure")
    ordered = sorted(figures, key=lambda figure: figure.period.start)
    mean = sum(figure.value for figure in ordered) / len(ordered)
    return Average(value=mean, count=len(ordered), first=ordered[0], last=ordered[-1])


def slope(values: Sequence[float]) -> float:
    """Least-squares slope per step of equally spaced values; 0 for fewer than two."""
    count = len(values)
    if count < 2:
        return 0.0
    middle, mean = (count - 1) / 2, sum(values) / count
    spread = sum((position - middle) ** 2 for position in range(count))
    return sum((position - middle) * (value - mean) for position, value in enumerate(values)) / spread


def turning_points(figures: Sequence[Figure]) -> list[Figure]:
    """Inner figures where the direction of movement reverses; on a plateau its last figure."""
    turns: list[Figure] = []
    moving: Direction = "same"
    for before, after in pairwise(figures):
        step = direction(after.value - before.value)
        if step == "same":
            continue
        if moving not in ("same", step):
            turns.append(before)
        moving = step
    return turns


STEADY = 0.01
"""A fitted line that moves less than this share of the mean over the whole series counts as steady."""


def trend(figures: Sequence[Figure]) -> Trend:
    """Describe a series.

    Raises:
        ValueError: there are no figures.
    """
    if not figures:
        raise ValueError("a trend needs at least one figure")
    series = sorted(figures, key=lambda figure: figure.period.start)
    values = [figure.value for figure in series]
    gradient = slope(values)
    moved = gradient * (len(values) - 1)
    steady = abs(moved) <= STEADY * abs(sum(values) / len(values))
    turns = tuple(turning_points(series))
    steps = [direction(after.value - before.value) for before, after in pairwise(series)]
    moves = [step for step in steps if step != "same"]
    return Trend(
        change=change(series[-1], series[0]) if len(series) > 1 else None,
        slope=gradient,
        direction="same" if steady else direction(moved),
        highest=max(series, key=lambda figure: figure.value),
        lowest=min(series, key=lambda figure: figure.value),
        turning_points=turns,
        since=turns[-1] if turns else (series[0] if moves else None),
        last_step=moves[-1] if moves else "same",
    )


def contributions(changes: Sequence[Change], whole: Change) -> list[Contribution]:
    """What each part's change is as a percentage of the whole's change, in the order given."""
    return [Contribution(change=part, percent=percent(part.absolute, whole.absolute)) for part in changes]
