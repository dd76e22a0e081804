"""Which picture tells a result best, and what is plotted in it. How it looks is ``chart.py``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import chart, figures
from assistant.answer.change import changes_of
from assistant.answer.chart import Heading, Point, Spec
from assistant.answer.many import passing_of
from assistant.answer.scene import Scene, axis_of, stretch
from assistant.answer.words import capital, words
from assistant.query import derive
from assistant.query.derive import Change
from assistant.query.plan import PartResult, Plan, Result
from assistant.types import Figure

MOST_BARS = 15
"""Bars a phone shows without scrolling far; the table has the rest."""

MOST_COLUMNS = 8


def chart_for(result: Result, scene: Scene) -> Spec | None:
    """The chart of a result with one indicator; None where a picture would say nothing."""
    parts = [part for part in result.parts if part.figures.get("main")]
    if len(parts) != 1:
        return None
    plan, part = result.plan, parts[0]
    if part.derived.contributions:
        return _change_bars(plan, part, [each.change for each in part.derived.contributions], scene)
    main, derived = part.figures["main"], part.derived
    if len(derived.progress) == 1 and plan.shape in ("progress", "planned"):
        return _gauge_of_progress(part, scene)
    if derived.progress and plan.shape != "planned":
        return _progress_bars(plan, part, scene)
    if plan.shape == "share" and len(derived.shares) == 1:
        return _gauge_of_share(part, scene)
    if plan.shape == "filter":
        return _bars(plan, passing_of(plan, part)[0], scene, mark=plan.threshold.value if plan.threshold else None)
    if plan.group.startswith("period:") or axis_of(main, plan) == "period":
        return _over_time(plan, main, scene)
    changes = changes_of(part) if plan.shape == "change" else ()
    if len(changes) > 1:
        return _change_bars(plan, part, changes, scene)
    both = (*part.figures.get("base", ()), *main)
    if len(both) == 2 and len(main) == 1:
        return _pair(both, scene)
    return _bars(plan, main, scene) if len(main) > 1 else None


def heading(some: Sequence[Figure], scene: Scene, *, axis: str, unit: str | None = None) -> Heading:
    """Indicator; place and period as far as all points share them; unit."""
    measure = scene.measure(some[0].indicator)
    place = "" if axis == "place" else capital(scene.place(some[0].place))
    first, last = stretch(some)
    if axis != "period":
        when = scene.period(last) if place else capital(scene.period(last))
    else:
        when = words()("chart.between", first=scene.within(first, last), last=scene.period(last))
    where = ", ".join(filter(None, (place, when)))
    if axis == "place" and all(scene.catalogue.is_place(f.place) for f in some):
        where = f"{capital(scene.place(scene.catalogue.province.code))}, {scene.period(last)}"
    noun = measure.noun("", _common(some))
    if all(figure.kind == "plan" for figure in some):
        noun = words()("chart.planned", noun=noun)
    return Heading(
        title=capital(noun),
        place=where,
        unit=measure.unit.full if unit is None else unit,
        illustrative=any(figure.illustrative for figure in some),
    )


def _over_time(plan: Plan, main: Sequence[Figure], scene: Scene) -> Spec | None:
    places = {figure.place for figure in main}
    if len(places) > 1:
        last = max(figure.period.end for figure in main)
        return _bars(plan, [figure for figure in main if figure.period.end == last], scene)
    ordered = sorted(main, key=lambda figure: (figure.period.start, figure.period.end))
    decimals = scene.measure(ordered[0].indicator).indicator.decimals
    points = [
        Point(figures.short_period(figure.period), figure.value, preliminary=figure.preliminary) for figure in ordered
    ]
    head = heading(ordered, scene, axis="period")
    if len(points) < 2:
        return None
    if plan.shape in ("breakdown", "compare", "change", "extreme", "rank") and len(points) <= 4:
        return chart.columns(points, head, decimals)
    return chart.line(points, head, decimals)


def _bars(plan: Plan, main: Sequence[Figure], scene: Scene, *, mark: float | None = None) -> Spec | None:
    if len(main) < 2:
        return None
    axis = axis_of(main, plan)
    ascending = plan.order == "asc"
    ordered = [each.figure for each in derive.rank(main, "asc" if ascending else "desc")][:MOST_BARS]
    best = ordered[0].value if plan.shape in ("rank", "extreme") else None
    measure = scene.measure(ordered[0].indicator)
    points = [Point(scene.heading_label(f, axis), f.value, f.value == best, f.preliminary) for f in ordered]
    return chart.bars(points, heading(ordered, scene, axis=axis), measure.indicator.decimals, mark=mark)


def _pair(both: Sequence[Figure], scene: Scene) -> Spec:
    axis, decimals = axis_of(both), scene.measure(both[0].indicator).indicator.decimals
    if axis == "period":
        points = [Point(capital(scene.period(f.period)), f.value, f is both[-1], f.preliminary) for f in both]
        return chart.columns(points, heading(both, scene, axis=axis), decimals)
    points = [Point(scene.heading_label(f, axis), f.value, preliminary=f.preliminary) for f in reversed(both)]
    return chart.bars(points, heading(both, scene, axis=axis), decimals)


def _change_bars(plan: Plan, part: PartResult, moved: Sequence[Change], scene: Scene) -> Spec:
    changes = sorted(moved, key=lambda change: abs(change.absolute), reverse=True)[:MOST_BARS]
    changes.sort(key=lambda change: change.absolute, reverse=True)
    some = [change.figure for change in changes]
    axis, measure = axis_of(some, plan), scene.measure(part.indicator)
    unit = words()("unit_points") if measure.unit.full == "%" else measure.unit.full
    head = heading(some, scene, axis=axis, unit=unit)
    title = words()("chart.change", name=head.title, base=scene.period(changes[0].base.period))
    points = [Point(scene.heading_label(change.figure, axis), change.absolute) for change in changes]
    head = Heading(title, head.place, head.unit, head.illustrative)
    return chart.bars(points, head, measure.indicator.decimals)


def _gauge_of_progress(part: PartResult, scene: Scene) -> Spec | None:
    only = part.derived.progress[0]
    if only.percent is None or only.plan.value <= 0 or only.actual.value < 0:
        return None
    measure, w = scene.measure(part.indicator), words()
    head = heading([only.actual], scene, axis="")
    done = w("chart.done", value=measure.value(only.actual), percent=figures.percentage(only.percent))
    target = w("chart.plan", period=scene.period(only.plan.period), value=measure.quantity(only.plan.value))
    return chart.gauge(
        only.actual.value, only.plan.value, (done, target), Heading(head.title, head.place, "", head.illustrative)
    )


def _progress_bars(plan: Plan, part: PartResult, scene: Scene) -> Spec | None:
    found = [progress for progress in part.derived.progress if progress.percent is not None]
    if len(found) < 2:
        return None
    found = sorted(found, key=lambda progress: progress.percent or 0.0, reverse=True)[:MOST_BARS]
    actuals = [progress.actual for progress in found]
    axis = axis_of(actuals, plan)
    head = heading(actuals, scene, axis=axis, unit=words()("chart.percent_of_plan"))
    points = [Point(scene.heading_label(progress.actual, axis), progress.percent or 0.0) for progress in found]
    return chart.bars(points, head, 1, mark=100.0)


def _gauge_of_share(part: PartResult, scene: Scene) -> Spec | None:
    only = part.derived.shares[0]
    if only.percent is None or only.whole.value <= 0 or only.part.value < 0:
        return None
    measure, w = scene.measure(part.indicator), words()
    axis = "place" if only.part.place != only.whole.place else "dimension"
    name = scene.heading_label(only.part, axis)
    done = w("chart.part", name=name, value=measure.value(only.part), percent=figures.percentage(only.percent))
    total = w("chart.whole", name=capital(scene.place(only.whole.place)), value=measure.value(only.whole))
    head = heading([only.whole], scene, axis="")
    return chart.gauge(
        only.part.value, only.whole.value, (done, total), Heading(head.title, head.place, "", head.illustrative)
    )


def _common(some: Sequence[Figure]) -> dict[str, str]:
    first = some[0].dimensions
    return {code: member for code, member in first.items() if all(f.dimensions.get(code) == member for f in some)}
