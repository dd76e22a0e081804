"""Sentences about what rose or fell: one figure, a few of them, or the one of many that moved most."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import figures as fig
from assistant.answer.measure import Measure
from assistant.answer.scene import Scene, axis_of
from assistant.answer.words import listing, words
from assistant.query import derive
from assistant.query.derive import Change
from assistant.query.plan import PartResult, Plan
from assistant.types import Figure

LISTED = 3
"""How many names a sentence carries; the table has the rest."""


def moved(measure: Measure, change: Change, base: str) -> str:
    """ ", tăng 12 người (2,3 %) so với năm 2014"."""
    w = words()
    if change.absolute == 0:
        return w("moved.same", base=base)
    if measure.shown_as_zero(change.absolute):
        return w("moved.near", base=base)
    return w(f"moved.{change.direction}", difference=difference(measure, change), base=base)


def difference(measure: Measure, change: Change) -> str:
    """ "12 người (2,3 %)"; percentages and changes from zero have no percentage."""
    size = measure.difference(change.absolute)
    if measure.unit.percent or change.percent is None or change.figure.value == 0:
        return size
    return words()("difference", size=size, percent=fig.percentage(change.percent))


def base_name(plan: Plan, base: Figure, scene: Scene) -> str:
    """What it is held against: a period by its name, or "cùng kỳ năm 2025" where that was asked."""
    if plan.comparison and plan.comparison.kind == "same_period_last_year" and base.period.grain != "year":
        return words()("same_period", year=base.period.end.year)
    return scene.period(base.period)


def change(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """How much something rose or fell; where the person presumed the wrong direction, that is said first."""
    changes = changes_of(part)
    if plan.group and plan.order and changes:
        return most_changed(plan, changes, part.derived.candidates, scene)
    if len(changes) != 1:
        return many_changes(plan, changes, scene) if changes else []
    return [one_change(plan, part, changes[0], scene)]


def one_change(plan: Plan, part: PartResult, only: Change, scene: Scene) -> str:
    """How much one figure rose or fell, against what."""
    measure, w = scene.measure(part.indicator), words()
    noun = measure.noun(scene.place(only.figure.place), only.figure.dimensions)
    now, before = measure.value(only.figure), measure.value(only.base)
    base = base_name(plan, only.base, scene)
    between = plan.comparison is not None and plan.comparison.kind == "period"
    opening = scene.between(only.base.period, only.figure.period) if between else scene.period(only.figure.period)
    if only.absolute == 0 or measure.shown_as_zero(only.absolute):
        key = ("same" if only.absolute == 0 else "near") + ("_between" if between else "")
        return w("at", period=opening, clause=w(f"change.{key}", noun=noun, base=base, now=now, before=before))
    key = only.direction + ("_between" if between else "")
    verb = w(f"direction.{only.direction}")
    presumed = plan.comparison.direction if plan.comparison else ""
    if presumed and presumed != only.direction:
        verb = w("direction.corrected", presumed=w(f"direction.{presumed}"), actual=verb)
    clause = w(
        f"change.{key}",
        noun=noun,
        verb=verb,
        difference=difference(measure, only),
        base=base,
        now=now,
        before=before,
    )
    return w("at", period=opening, clause=clause)


def changes_of(part: PartResult) -> tuple[Change, ...]:
    """The plan's changes, or those between equally many main and base figures."""
    if part.derived.changes:
        return part.derived.changes
    main, base = part.figures.get("main", ()), part.figures.get("base", ())
    return tuple(derive.change(a, b) for a, b in zip(main, base, strict=True)) if len(main) == len(base) else ()


def many_changes(plan: Plan, changes: Sequence[Change], scene: Scene) -> list[str]:
    """Several places or members that moved: each where they are few, else how many rose and fell."""
    w, measure = words(), scene.measure(changes[0].figure.indicator)
    figures = [change.figure for change in changes]
    axis = axis_of(figures, plan)
    base = base_name(plan, changes[0].base, scene)
    noun = measure.noun("" if axis == "place" else scene.place(figures[0].place))

    def told(change: Change) -> str:
        name = scene.label(change.figure, axis)
        if change.absolute == 0 or measure.shown_as_zero(change.absolute):
            return w("each.same", name=name)
        return w(
            "each.moved", name=name, verb=w(f"direction.{change.direction}"), difference=difference(measure, change)
        )

    period = scene.period(figures[0].period)
    if len(changes) <= LISTED:
        return [
            w("changes.few", period=period, base=base, noun=noun, each=listing([told(change) for change in changes]))
        ]
    up = [change for change in changes if change.direction == "up"]
    down = [change for change in changes if change.direction == "down"]
    still = len(changes) - len(up) - len(down)
    counts = [
        w(f"changes.{key}", count=count)
        for key, count in (("up", len(up)), ("down", len(down)), ("same", still))
        if count
    ]
    first = w("changes.many", period=period, base=base, noun=noun, counts=listing(counts))
    wanted = down if (plan.comparison and plan.comparison.direction == "down" and down) or not up else up
    if not wanted:
        return [first]
    most = max(wanted, key=lambda change: abs(change.absolute))
    return [first, w("changes.most", each=told(most))]


def most_changed(plan: Plan, changes: Sequence[Change], candidates: int, scene: Scene) -> list[str]:
    """Who rose, or fell, most: the plan has put the changes in order and cut them."""
    w, first = words(), changes[0]
    wanted = (plan.comparison.direction if plan.comparison else "") or "up"
    figures = [change.figure for change in changes]
    axis = axis_of(figures, plan)
    measure = scene.measure(first.figure.indicator)
    values = {
        "period": scene.period(first.figure.period),
        "base": base_name(plan, first.base, scene),
        "noun": measure.noun("" if axis == "place" else scene.place(first.figure.place)),
        "count": max(candidates, len(changes)),
        "group": scene.group(plan.group),
        "verb": w(f"direction.{wanted}"),
    }
    if first.direction != wanted:
        return [w("changes.none", **values)]
    key = "changes.top_desc" if plan.order == "desc" else "changes.top_asc"
    shown = [change for change in changes if change.direction == wanted][:LISTED]
    items = [
        w(
            "named",
            name=scene.label(change.figure, axis),
            value=difference(measure, change).replace(" (", ", ").rstrip(")"),
        )
        for change in shown
    ]
    return [w(key, **values, items=listing(items))]
