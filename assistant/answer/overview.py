"""Sentences about several indicators told as one: a report on a domain or a place, and which plans are not reached."""

from __future__ import annotations

from assistant.answer import figures as fig
from assistant.answer.change import LISTED, changes_of, difference
from assistant.answer.scene import Scene
from assistant.answer.words import listing, words
from assistant.query.derive import Progress
from assistant.query.plan import PartResult, Result
from assistant.types import Period

NAMED = 5
"""Plans a sentence names; the table has the rest."""


def report(result: Result, scene: Scene) -> list[str]:
    """One sentence for each period: every indicator with its figure and how it moved; aloud only the first few."""
    w = words()
    parts = [part for part in result.parts if part.figures.get("main")]
    shown = parts[:LISTED] if scene.spoken else parts
    together: dict[tuple[Period, str, Period | None], list[str]] = {}
    for part in shown:
        figure, changes = part.figures["main"][0], changes_of(part)
        base = changes[0].base.period if changes else None
        together.setdefault((figure.period, figure.place, base), []).append(_item(part, scene))
    told = []
    for (period, place, base), items in together.items():
        values = {"period": scene.period(period), "place": scene.place(place), "items": "; ".join(items)}
        told.append(w("report.against", base=scene.period(base), **values) if base else w("report.at", **values))
    return [*told, w("report.rest", count=len(parts) - len(shown))] if len(parts) > len(shown) else told


def plans(result: Result, scene: Scene) -> list[str]:
    """How many plans are not reached yet, and by which most is missing."""
    w = words()
    found = [(part, each) for part in result.parts for each in part.derived.progress if each.percent is not None]
    if not found:
        return []
    ahead = result.plan.comparison is not None and result.plan.comparison.direction == "up"
    kept = [(part, each) for part, each in found if each.reached == ahead]
    kept.sort(key=lambda pair: pair[1].percent or 0.0, reverse=ahead)
    place = scene.place(found[0][1].actual.place)
    side = "reached" if ahead else "behind"
    what = w("plans.every" if result.plan.reading.domains else "plans.leading")
    if not kept:
        return [w(f"plans.none_{side}", count=len(found), place=place, what=what)]
    limit = LISTED if scene.spoken else NAMED
    items = [_fulfilled(part, each, scene) for part, each in kept[:limit]]
    key = f"plans.{side}" + ("_more" if len(kept) > limit else "")
    sentences = [w(key, count=len(kept), all=len(found), place=place, what=what, items=listing(items))]
    running = [each for _, each in kept if each.expected is not None]
    if not ahead and running:
        sentences.append(w("plans.running", count=len(running)))
    return sentences


def plans_of(result: Result) -> list[tuple[PartResult, Progress]]:
    """Every plan with its part, those furthest behind first."""
    found = [(part, each) for part in result.parts for each in part.derived.progress if each.percent is not None]
    return sorted(found, key=lambda pair: (pair[1].reached, pair[1].percent or 0.0))


def _item(part: PartResult, scene: Scene) -> str:
    """ "số học sinh phổ thông 10.792 học sinh (tăng 195 học sinh, 1,8 %)"."""
    w, measure = words(), scene.measure(part.indicator)
    figure = part.figures["main"][0]
    name, changes = measure.narrowed(measure.name, figure.dimensions), changes_of(part)
    if not changes:
        return w("report.item", name=name, value=measure.value(figure))
    change = changes[0]
    if change.absolute == 0 or measure.shown_as_zero(change.absolute):
        return w("report.still", name=name, value=measure.value(figure))
    moved = difference(measure, change).replace(" (", ", ").rstrip(")")
    values = {"name": name, "value": measure.value(figure), "verb": w(f"direction.{change.direction}")}
    return w("report.moved", **values, difference=moved)


def _fulfilled(part: PartResult, each: Progress, scene: Scene) -> str:
    measure = scene.measure(part.indicator)
    values = {"name": measure.name, "value": measure.quantity(each.actual.value), "percent": ""}
    if measure.unit.percent or measure.indicator.ratio:
        return words()("plans.rate", **values, target=measure.quantity(each.plan.value))
    return words()("plans.item", **values | {"percent": fig.percentage(each.percent or 0.0)})
