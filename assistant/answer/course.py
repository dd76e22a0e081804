"""Sentences about a series: where it went, where it turned, and where it stood highest and lowest."""

from __future__ import annotations

from itertools import pairwise

from assistant.answer.change import difference, many_changes
from assistant.answer.measure import Measure
from assistant.answer.scene import Scene
from assistant.answer.single import value
from assistant.answer.words import words
from assistant.query import derive
from assistant.query.derive import Trend
from assistant.query.plan import PartResult, Plan
from assistant.types import Figure

TURNS = 4
"""Points of a series from which on its turns are told."""


def trend(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Where a series went from its first to its last period, and its highest and lowest points."""
    w, measure = words(), scene.measure(part.indicator)
    main = part.figures.get("main", ())
    found = part.derived.trend or (derive.trend(main) if main else None)
    if len(part.derived.changes) > 1:
        return many_changes(plan, part.derived.changes, scene)
    if len(main) < 2 or found is None or found.change is None:
        return value(plan, part, scene)
    noun = measure.noun(scene.place(main[0].place), main[0].dimensions)
    whole = found.change
    opening = scene.between(whole.base.period, whole.figure.period)
    agrees = found.direction == whole.direction
    key = "same" if measure.shown_as_zero(whole.absolute) else str(whole.direction)
    if not agrees:
        key = "same_wavering" if key == "same" else f"{key}_wavering"
    clause = w(
        f"trend.{key}",
        noun=noun,
        before=measure.value(whole.base),
        now=measure.value(whole.figure),
        difference=difference(measure, whole),
    )
    sentences = [w("at", period=opening, clause=clause)]
    sentences += ends(main, found, measure, scene, lately=len(main) >= TURNS)
    return sentences


def turning(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Since when a series rises or falls, or when it last did what the person asks about; then its ends."""
    main = part.figures.get("main", ())
    found = part.derived.trend or (derive.trend(main) if main else None)
    if len(part.derived.changes) > 1 or len(main) < TURNS or found is None or found.since is None:
        return trend(plan, part, scene)
    measure = scene.measure(part.indicator)
    run, peaks = _asked_run(plan, main, found, measure, scene), ends(main, found, measure, scene)
    if plan.comparison is not None and plan.comparison.direction:
        return [run, *peaks]
    noun = measure.noun(scene.place(main[0].place), main[0].dimensions)
    return [f"{noun} {peaks[0]}", run] if peaks else [run]


def _asked_run(plan: Plan, main: tuple[Figure, ...], found: Trend, measure: Measure, scene: Scene) -> str:
    """The run that a series ends with; where it is not the way asked about, the last run that was."""
    w = words()
    noun = measure.noun(scene.place(main[0].place), main[0].dimensions)
    wanted = plan.comparison.direction if plan.comparison else ""
    since = found.since or main[0]
    last = main[-1]
    values = {
        "noun": noun,
        "verb": w(f"direction.{found.last_step}"),
        "stretch": _stretch(_after(main, since), last, scene),
        "turn": scene.period(since.period),
        "before": measure.value(since),
        "last": scene.period(last.period),
        "now": measure.value(last),
        "extreme": w(f"turning.extreme_{found.last_step}") if found.last_step != "same" else "",
    }
    key = "turning.since" if found.turning_points else "turning.throughout"
    told = w(key, **values)
    if not wanted or wanted == found.last_step:
        return told
    run = _last_run(main, wanted)
    if run is None:
        return w("turning.never", told=told, wanted=w(f"direction.{wanted}"))
    opened, closed = run
    wanted_verb = w(f"direction.{wanted}")
    stretch = _stretch(_after(main, opened), closed, scene)
    return w("turning.before", told=told, wanted=wanted_verb, stretch=stretch)


def ends(main: tuple[Figure, ...], found: Trend, measure: Measure, scene: Scene, *, lately: bool = False) -> list[str]:
    """When a series stood highest and lowest; ``lately``: and since when it goes the way it goes now."""
    if len(main) <= 2 or found.highest.value == found.lowest.value:
        return []
    w = words()
    told = w(
        "trend.ends",
        high=scene.period(found.highest.period),
        most=measure.value(found.highest),
        low=scene.period(found.lowest.period),
        least=measure.value(found.lowest),
    )
    if not lately or not found.turning_points or found.since is None:
        return [told]
    lasting = _stretch(_after(main, found.since), main[-1], scene)
    return [w("trend.lately", told=told, verb=w(f"direction.{found.last_step}"), stretch=lasting)]


def _stretch(first: Figure, last: Figure, scene: Scene) -> str:
    """ "từ tháng 8 đến tháng 10 năm 2026", "trong tháng 10 năm 2026"."""
    if first.period == last.period:
        return words()("turning.within", period=scene.period(last.period))
    return scene.between(first.period, last.period)


def _after(main: tuple[Figure, ...], figure: Figure) -> Figure:
    """The next figure of a series."""
    place = main.index(figure)
    return main[min(place + 1, len(main) - 1)]


def _last_run(main: tuple[Figure, ...], wanted: str) -> tuple[Figure, Figure] | None:
    """First and last figure of the last stretch that moved one way without a break."""
    closed = None
    for before, after in reversed(list(pairwise(main))):
        moves = derive.direction(after.value - before.value) == wanted
        if moves and closed is None:
            closed = after
        if closed is not None and not moves:
            return after, closed
    return (main[0], closed) if closed is not None else None
