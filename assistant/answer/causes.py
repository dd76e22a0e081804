"""Sentences about where a change came from. They say where it stands in the figures, never why it happened."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import figures as fig
from assistant.answer.change import LISTED, changes_of, difference, one_change
from assistant.answer.measure import Measure
from assistant.answer.scene import Scene, axis_of
from assistant.answer.words import listing, words
from assistant.query.derive import Change, Contribution
from assistant.query.plan import PartResult, Plan


def why(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The change, the parts that most of it came from, and what the figures cannot tell."""
    changes = changes_of(part)
    if len(changes) != 1:
        return []
    w, whole = words(), changes[0]
    first = one_change(plan, part, whole, scene)
    if whole.absolute == 0:
        return [first, w("why.unchanged")]
    told = _components(part, scene) if part.derived.components else _parts(plan, part, whole, scene)
    return [first, *told, w(f"why.honest_{whole.direction}" if told else "why.whole")]


def _parts(plan: Plan, part: PartResult, whole: Change, scene: Scene) -> list[str]:
    """The biggest parts of the change, and the biggest against it."""
    w, measure = words(), scene.measure(part.indicator)
    parts = part.derived.contributions
    along = [each for each in parts if each.change.direction == whole.direction]
    against = [each for each in reversed(parts) if each.change.direction not in (whole.direction, "same")]
    if not along:
        return []
    kind, _, code = plan.group.partition(":")
    by = w("why.by", name=scene.catalogue.dimensions[code].name) if kind == "dimension" else ""
    items = [_told(each, parts, measure, scene, plan) for each in along[:LISTED]]
    key = f"why.{whole.direction}" + ("_one" if len(items) == 1 else "")
    sentences = [w(key, items=listing(items), by=by)]
    if against:
        items = [_told(each, parts, measure, scene, plan, share=False) for each in against[:LISTED]]
        sentences.append(w("why.against", items=listing(items)))
    return [w("why.joined", first=sentences[0], second=sentences[1]) if len(sentences) > 1 else sentences[0]]


def _told(
    each: Contribution, parts: Sequence[Contribution], measure: Measure, scene: Scene, plan: Plan, *, share: bool = True
) -> str:
    """ "thành phố Vũng Tàu tăng 120 hồ sơ (bằng 45 % mức tăng chung)"."""
    w, direction = words(), each.change.direction
    axis = axis_of([other.change.figure for other in parts], plan)
    values = {
        "name": scene.label(each.change.figure, axis),
        "verb": w(f"direction.{direction}"),
        "difference": measure.difference(each.change.absolute),
        "percent": fig.percentage(each.percent) if each.percent is not None else "",
    }
    return w("why.part" if share and each.percent is not None else "why.part_bare", **values)


def _components(part: PartResult, scene: Scene) -> list[str]:
    """How the two numbers that a ratio is made of moved."""
    w, told = words(), []
    for change in part.derived.components:
        measure = scene.measure(change.figure.indicator)
        name = measure.narrowed(measure.name, change.figure.dimensions)
        if change.direction == "same" or measure.shown_as_zero(change.absolute):
            told.append(w("each.same", name=name))
        else:
            verb = w(f"direction.{change.direction}")
            told.append(w("each.moved", name=name, verb=verb, difference=difference(measure, change)))
    over, under = part.derived.components
    contrary = {over.direction, under.direction} == {"up", "down"}
    return [w("why.components_contrary" if contrary else "why.components", over=told[0], under=told[1])]
