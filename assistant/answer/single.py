"""Sentences about one figure, or one held against another: value, compare, share, progress, average."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import figures as fig
from assistant.answer.change import LISTED, base_name, change, difference, moved
from assistant.answer.measure import Measure
from assistant.answer.scene import Scene, axis_of, stretch
from assistant.answer.words import listing, words
from assistant.query import derive
from assistant.query.plan import PartResult, Plan
from assistant.types import Figure


def value(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """One figure, and how it moved where the plan fetched the period before; or a few side by side."""
    main = part.figures.get("main", ())
    if len(main) > 1:
        return several(plan, main, scene)
    figure, measure = main[0], scene.measure(part.indicator)
    tail = ""
    base = part.figures.get("base", ())
    if len(base) == 1:
        tail = moved(measure, derive.change(figure, base[0]), base_name(plan, base[0], scene))
    clause = measure.clause(figure, scene.place(figure.place)) + tail
    return [words()("at", period=scene.period(figure.period), clause=clause)]


def compare(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Two side by side: who has more and by how much; from three on, who leads."""
    main, base = part.figures.get("main", ()), part.figures.get("base", ())
    figures = (*main, *base)
    if len(figures) != 2:
        return several(plan, figures, scene)
    w, measure = words(), scene.measure(part.indicator)
    held = derive.change(figures[0], figures[1])
    axis = axis_of(figures)
    if axis == "period":
        return change(plan, part.model_copy(update={"figures": {"main": figures[:1], "base": figures[1:]}}), scene)
    other = _named(held.base, axis, measure, scene)
    more, less = measure.more
    if held.absolute == 0 or measure.shown_as_zero(held.absolute):
        tail = w("compare.same" if held.absolute == 0 else "compare.near", other=other)
    else:
        verb, wrong = (more, less) if held.direction == "up" else (less, more)
        presumed = plan.comparison.direction if plan.comparison else ""
        if presumed and presumed != held.direction:
            verb = w("direction.corrected", presumed=wrong, actual=verb)
        tail = w("compare.moved", verb=verb, other=other, difference=difference(measure, held))
    place = scene.place(held.figure.place)
    first = w("at", period=scene.period(held.figure.period), clause=measure.clause(held.figure, place) + tail)
    if measure.thing:
        return [first, measure.clause(held.base, scene.place(held.base.place))]
    return [first, w("compare.other", other=other, value=measure.value(held.base))]


def several(plan: Plan, figures: Sequence[Figure], scene: Scene) -> list[str]:
    """A few figures of one indicator, in the order asked; more than a sentence carries go into the table."""
    w, measure = words(), scene.measure(figures[0].indicator)
    axis = axis_of(figures, plan)
    noun = measure.noun("" if axis == "place" else scene.place(figures[0].place), common(figures))
    items = [w("item_is", name=scene.label(figure, axis), value=measure.value(figure)) for figure in figures]
    if len(figures) <= LISTED and axis == "place" and measure.thing:
        clauses = [measure.clause(figure, scene.place(figure.place)) for figure in figures]
        return [w("at", period=scene.period(figures[0].period), clause="; ".join(clauses))]
    if len(figures) > LISTED + 1:
        ranked = derive.rank(figures)
        top, low = ranked[0].figure, ranked[-1].figure
        high = w("extent.high", name=scene.label(top, axis), value=measure.value(top))
        bottom = w("extent.low", name=scene.label(low, axis), value=measure.value(low))
        when = scene.between(*stretch(figures)) if axis == "period" else scene.period(figures[0].period)
        return [w("at", period=when, clause=w("extent.both", noun=noun, high=high, low=bottom))]
    first, _ = stretch(figures)
    if axis == "period":
        return [w("several_periods", noun=noun, items=listing(items))]
    return [w("several", period=scene.period(first), noun=noun, items="; ".join(items))]


def share(part: PartResult, scene: Scene) -> list[str]:
    """A part of a whole: what it is, what of it, and the whole."""
    w, measure = words(), scene.measure(part.indicator)
    shares = part.derived.shares
    if len(shares) != 1:
        return []
    only = shares[0]
    piece, whole = only.part, only.whole
    clause = measure.clause(piece, scene.place(piece.place))
    period = scene.period(piece.period)
    whole_place = (
        w("whole.province") if scene.province(whole.place) else w("whole.place", place=scene.place(whole.place))
    )
    if piece.place == whole.place:
        other = scene.measure(whole.indicator)
        whole_place = w("whole.counted" if other.thing else "whole.all", noun=other.noun("", whole.dimensions))
        listed = [each for each in part.figures.get("whole", ()) if each.place == whole.place]
        if len(listed) > 1:
            whole_place = w("whole.listed", names=listing([scene.label(each, "dimension") for each in listed]))
    if only.percent is None:
        return [w("at", period=period, clause=clause), w("share.undefined", whole=whole_place)]
    tail = w(
        "share.of",
        percent=fig.percentage(only.percent),
        whole=whole_place,
        total=scene.measure(whole.indicator).value(whole),
    )
    return [w("at", period=period, clause=clause + tail)]


def progress(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Actual against plan: how much of it, and what is missing or exceeded."""
    found = part.derived.progress
    if len(found) != 1:
        return many_progress(plan, part, scene)
    w, measure, only = words(), scene.measure(part.indicator), found[0]
    clause = measure.clause(only.actual, scene.place(only.actual.place))
    plan_period, target = scene.period(only.plan.period), measure.quantity(only.plan.value)
    values = {
        "plan_period": plan_period,
        "target": target,
        "percent": fig.percentage(only.percent) if only.percent is not None else "",
        "gap": measure.difference(only.remaining),
    }
    if measure.unit.percent or measure.indicator.ratio:
        more, less = measure.more
        key = "rate_same" if measure.shown_as_zero(only.remaining) else "rate"
        tail = w(f"progress.{key}", verb=less if only.remaining > 0 else more, **values)
    elif only.percent is None:
        tail = w("progress.undefined", **values)
    else:
        key = "exact" if only.remaining == 0 else "behind" if only.remaining > 0 else "ahead"
        tail = w(f"progress.{key}", **values)
    first = w("at", period=scene.period(only.actual.period), clause=clause + tail)
    return [first, *pace(only, measure, scene)]


def planned(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The plan itself, and what has been done of it so far; of several places the highest and the lowest."""
    w, measure, main = words(), scene.measure(part.indicator), part.figures.get("main", ())
    if len(main) > 1:
        return many_planned(plan, main, scene)
    target, place = main[0], scene.place(main[0].place)
    values = {
        "period": scene.period(target.period),
        "place": place,
        "name": measure.narrowed(measure.name, target.dimensions),
    }
    lead = w("planned.is", **values, value=measure.value(target))
    if not part.derived.progress:
        return [w("planned.open", lead=lead, period=values["period"])]
    only = part.derived.progress[0]
    flows = measure.indicator.measure == "cumulative" or measure.indicator.adds.time == "sum"
    key = "done" if flows else "reached" if measure.indicator.good == "up" else "stands"
    when = w("planned.same_time") if only.actual.period == target.period else scene.period(only.actual.period)
    so_far = w(f"planned.{key}", period=when, value=measure.value(only.actual))
    if not (measure.unit.percent or measure.indicator.ratio):
        tail = w("planned.percent", percent=fig.percentage(only.percent)) if only.percent is not None else ""
    elif measure.shown_as_zero(only.remaining):
        tail = w("planned.same")
    else:
        more, less = measure.more
        verb = less if only.remaining > 0 else more
        tail = w("planned.gap", verb=verb, gap=measure.difference(only.remaining))
    return [w("planned.so_far", lead=lead, done=so_far + tail)]


def many_planned(plan: Plan, figures: Sequence[Figure], scene: Scene) -> list[str]:
    """Plans side by side: all of them where they are few, else the highest and the lowest."""
    w, measure = words(), scene.measure(figures[0].indicator)
    axis = axis_of(figures, plan)
    first, last = stretch(figures)
    name = measure.narrowed(measure.name, common(figures))
    values = {"period": scene.between(first, last), "name": name, "place": scene.place(figures[0].place)}
    key = {"place": "planned.places", "period": "planned.periods"}.get(axis, "planned.members")
    ranked = derive.rank(figures)
    if len(figures) <= LISTED + 1:
        named = [w("item_is", name=scene.label(figure, axis), value=measure.value(figure)) for figure in figures]
        return [w(key, **values, items=listing(named))]
    top, low = ranked[0].figure, ranked[-1].figure
    high = w("extent.high", name=scene.label(top, axis), value=measure.value(top))
    bottom = w("extent.low", name=scene.label(low, axis), value=measure.value(low))
    return [w(key, **values, items=f"{high}, {bottom}")]


def pace(only: derive.Progress, measure: Measure, scene: Scene) -> list[str]:
    """What an even pace would have reached by now, and what is left for each month, where the plan is still running."""
    adds = measure.indicator.measure == "cumulative" or measure.indicator.adds.time == "sum"
    if only.expected is None or only.percent is None or only.remaining <= 0 or not adds or only.plan.value <= 0:
        return []
    w = words()
    key = "behind" if only.percent < only.expected else "ahead"
    needed = fig.quantity(
        only.remaining / only.months_left, measure.unit, max(measure.indicator.decimals, 1), spoken=scene.spoken
    )
    values = {"expected": fig.percentage(only.expected), "needed": needed, "months": only.months_left}
    return [w(f"pace.{key}", **values)]


def many_progress(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Several places against their plans: how many have reached it, and which stands first and last."""
    w = words()
    found = [progress for progress in part.derived.progress if progress.percent is not None]
    if not found:
        return []
    axis = axis_of([progress.actual for progress in found], plan)
    reached = [progress for progress in found if progress.reached]
    ordered = sorted(found, key=lambda progress: progress.percent or 0.0, reverse=True)

    def told(progress: derive.Progress) -> str:
        name, percent = scene.label(progress.actual, axis), fig.percentage(progress.percent or 0.0)
        return w("progress.item", name=name, percent=percent)

    noun = scene.measure(part.indicator).noun("" if axis == "place" else scene.place(found[0].actual.place))
    period = scene.period(found[0].actual.period)
    if len(found) <= LISTED:
        return [w("progress.few", period=period, noun=noun, items=listing([told(progress) for progress in ordered]))]
    key = "all" if len(reached) == len(found) else "many" if reached else "none"
    first = w(f"progress.{key}", period=period, noun=noun, reached=len(reached), count=len(found))
    if ordered[0].percent == ordered[-1].percent:
        return [first]
    return [first, w("progress.ends", first=told(ordered[0]), last=told(ordered[-1]))]


def average(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The mean of several figures, and how many they were."""
    w, measure, mean = words(), scene.measure(part.indicator), part.derived.average
    main = part.figures.get("main", ())
    if mean is None or not main:
        return []
    axis = axis_of(main, plan)
    amount = fig.quantity(mean.value, measure.unit, max(measure.indicator.decimals, 1), spoken=scene.spoken)
    first, last = stretch(main)
    period = scene.between(first, last)
    if axis == "period":
        each = words()(f"grains.{mean.first.period.grain}")
        noun = measure.noun(scene.place(main[0].place), common(main))
    else:
        each = scene.group(plan.group) if plan.group else w("groups.other")
        noun = measure.noun("", common(main))
    return [w("average", period=period, noun=noun, each=each, value=amount, count=mean.count)]


def common(figures: Sequence[Figure]) -> dict[str, str]:
    """Members that all figures share."""
    first = figures[0].dimensions
    return {code: member for code, member in first.items() if all(f.dimensions.get(code) == member for f in figures)}


def _named(figure: Figure, axis: str, measure: Measure, scene: Scene) -> str:
    label = scene.label(figure, axis)
    return f"{measure.thing} {label}" if axis == "dimension" and measure.thing else label
