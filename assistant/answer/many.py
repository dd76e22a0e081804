"""Sentences about many figures at once: rank, extreme, filter, breakdown."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import figures as fig
from assistant.answer.change import LISTED
from assistant.answer.measure import Measure
from assistant.answer.scene import Scene, axis_of, stretch
from assistant.answer.single import several, share, value
from assistant.answer.words import listing, words
from assistant.query import derive
from assistant.query.derive import Ranked
from assistant.query.plan import PartResult, Plan
from assistant.types import Figure

NAMED = 5
"""Places a ranking's sentence names at most."""


def rank(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The first few of an order; the last one too where the whole order was asked for."""
    main = part.figures.get("main", ())
    order = plan.order or "desc"
    ranking = list(part.derived.ranking) or derive.rank(main, order, plan.limit)
    candidates = max(part.derived.candidates, len(main))
    if not ranking:
        return []
    one = _asked_place(plan, ranking)
    if one is not None:
        return standing(plan, one, ranking, candidates, scene)
    if plan.limit == 1:
        return extreme(plan, part, scene)
    w, measure = words(), scene.measure(part.indicator)
    axis = axis_of([each.figure for each in ranking], plan)
    superlative = superlatives(measure, order)
    shown = ranking[: NAMED if not scene.spoken else LISTED]
    items = [w("named", name=scene.label(each.figure, axis), value=measure.value(each.figure)) for each in shown]
    period, scope = _when(main or [each.figure for each in ranking], axis, scene), _scope(plan, axis, scene)
    group = scene.group(plan.group or "other")
    if plan.limit is not None and len(ranking) < candidates:
        key = "rank.top" if len(shown) == len(ranking) else "rank.top_more"
        lead = w(key, count=len(ranking), group=group, scope=scope, superlative=superlative, items=listing(items))
        return [w("at", period=period, clause=lead)]
    noun = measure.noun("" if axis == "place" else scene.place(ranking[0].figure.place), _common(ranking))
    best = [scene.label(each.figure, axis) for each in ranking if each.rank == 1]
    if len(best) > 1:
        key = f"rank.tied_{order}" if len(best) <= LISTED else f"rank.crowd_{order}"
        values = {"count": len(ranking), "group": group, "scope": scope, "ties": len(best), "noun": noun}
        value = measure.value(ranking[0].figure)
        return [w("at", period=period, clause=w(key, **values, names=listing(best[:LISTED]), value=value))]
    lead = w(
        f"rank.all_{order}",
        noun=noun,
        count=len(ranking),
        group=group,
        scope=scope,
        first=items[0],
        next=listing(items[1:3]),
    )
    if len(ranking) < 4:
        lead = w(f"rank.few_{order}", noun=noun, items=", ".join(items))
        return [w("at", period=period, clause=lead)]
    last = ranking[-1].figure
    end = w("named", name=scene.label(last, axis), value=measure.value(last))
    return [w("at", period=period, clause=lead), w(f"rank.last_{order}", item=end)]


def standing(plan: Plan, one: Ranked, ranking: Sequence[Ranked], candidates: int, scene: Scene) -> list[str]:
    """Where one place stands in an order."""
    w, measure = words(), scene.measure(one.figure.indicator)
    around = scene.catalogue.ancestors(one.figure.place)[:1] if plan.group == "commune" else ()
    key = "tied" if one.tied else "alone"
    clause = w(
        f"standing.{key}_{plan.order or 'desc'}",
        clause=measure.clause(one.figure, scene.place(one.figure.place)),
        rank=one.rank,
        count=candidates,
        group=scene.group(plan.group or "other"),
        scope=words()("scope", place=scene.place(around[0])) if around else "",
        name=measure.name,
    )
    sentences = [w("at", period=scene.period(one.figure.period), clause=clause)]
    first = ranking[0]
    if first.figure.place != one.figure.place and first.rank == 1:
        sentences.append(w("standing.first", item=_item(first, "place", measure, scene)))
    return sentences


def extreme(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Who stands first, alone or together, and who comes next."""
    w, measure, order = words(), scene.measure(part.indicator), plan.order or "desc"
    main = part.figures.get("main", ())
    whole = derive.rank(main, order) if main else list(part.derived.ranking)
    if len(whole) < 2:
        return value(plan, part, scene) if main else []
    best = [each for each in whole if each.rank == 1]
    axis = axis_of([each.figure for each in whole], plan)
    names = [scene.label(each.figure, axis) for each in best]
    candidates = max(part.derived.candidates, len(whole))
    group = scene.group(plan.group or "other")
    values = {
        "superlative": superlatives(measure, order),
        "count": candidates,
        "group": group,
        "scope": _scope(plan, axis, scene),
        "value": measure.value(best[0].figure),
    }
    period = _when([each.figure for each in whole], axis, scene)
    if plan.limit and plan.limit > 1 and len(whole) > plan.limit:
        return rank(plan, part, scene)
    if len(best) == len(whole):
        lead = w("extreme.all", **values, noun=measure.noun(""))
    elif len(best) > NAMED:
        lead = w("extreme.crowd", **values, ties=len(best))
    elif len(best) > 1:
        lead = w("extreme.tied", **values, names=listing(names))
    elif axis == "period":
        noun = measure.noun(scene.place(main[0].place) if main else "", _common(best))
        lead = w(f"extreme.period_{order}", noun=noun, name=names[0], value=values["value"])
    elif axis == "dimension":
        noun = measure.noun(scene.place(best[0].figure.place))
        lead = w(f"extreme.member_{order}", noun=noun, name=names[0], value=values["value"])
    else:
        lead = w("extreme.alone", **values, name=names[0])
    sentences = [w("at", period=period, clause=lead)]
    rest = [each for each in whole if each.rank > 1][:2]
    if rest and len(best) == 1:
        sentences.append(w("extreme.next", items=listing([_item(each, axis, measure, scene) for each in rest])))
    return sentences


def select(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """Those above or below a limit, or behind their plan: how many, and who."""
    w, measure = words(), scene.measure(part.indicator)
    main = part.figures.get("main", ())
    passing, candidates = passing_of(plan, part)
    some = main or passing
    if not some:
        return []
    axis = axis_of(some, plan)
    values = {
        "group": scene.group(plan.group or "other"),
        "scope": _scope(plan, axis, scene),
        "count": len(passing),
        "all": candidates,
        "condition": condition(plan, measure),
    }
    period = _when(some, axis, scene)
    if not passing:
        return [w("at", period=period, clause=w("filter.none", **values))]
    limit = LISTED if scene.spoken else NAMED
    done = {p.actual.place: fig.percentage(p.percent or 0.0) for p in part.derived.progress}
    items = [
        w("named", name=scene.label(f, axis), value=done.get(f.place) or measure.value(f)) for f in passing[:limit]
    ]
    if len(passing) == candidates:
        key = "filter.every" if len(passing) > limit else "filter.every_named"
    else:
        key = "filter.more" if len(passing) > limit else "filter.some"
    return [w("at", period=period, clause=w(key, **values, items=listing(items)))]


def passing_of(plan: Plan, part: PartResult) -> tuple[list[Figure], int]:
    """The figures that pass the plan's test, biggest first unless it asks otherwise, and how many were tested."""
    main = part.figures.get("main", ())
    candidates = max(part.derived.candidates, len(main))
    if "plan" in part.figures:
        return [progress.actual for progress in part.derived.progress], part.derived.candidates
    if plan.threshold is None or part.derived.ranking:
        return [each.figure for each in part.derived.ranking], candidates
    limit, operator = plan.threshold.value, plan.threshold.operator
    tests = {"gt": float.__gt__, "ge": float.__ge__, "lt": float.__lt__, "le": float.__le__}
    kept = [figure for figure in main if tests[operator](figure.value, limit)]
    order = plan.order or ("asc" if operator in ("lt", "le") else "desc")
    return [each.figure for each in derive.rank(kept, order)], candidates


def condition(plan: Plan, measure: Measure) -> str:
    """ "có trên 1.000 học sinh", "có tỷ lệ … dưới 90 %", "chưa đạt kế hoạch về …", "đạt trên 80 % kế hoạch về …"."""
    w = words()
    if plan.threshold is None:
        behind = not plan.comparison or plan.comparison.direction != "up"
        return w("condition.behind" if behind else "condition.reached", name=measure.name)
    limit = plan.threshold.value
    if plan.comparison is not None and plan.comparison.kind == "plan":
        amount = w(f"limit.{plan.threshold.operator}", quantity=fig.percentage(limit))
        return w("condition.fulfilled", name=measure.name, amount=amount)
    if measure.thing and not measure.action:
        amount = w(f"limit.{plan.threshold.operator}", quantity=measure.counted(limit, {}))
        return w("condition.counted", amount=amount)
    amount = w(f"limit.{plan.threshold.operator}", quantity=measure.quantity(limit))
    return w("condition.measured", name=measure.name, amount=amount)


def breakdown(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The whole where it is known, then its parts: all of them where they are few, else the biggest and smallest."""
    main, whole = part.figures.get("main", ()), part.figures.get("whole", ())
    if len(main) < 2:
        return value(plan, part, scene) if main else []
    if plan.group.startswith("period:") or not whole:
        return several(plan, main, scene)
    w, measure = words(), scene.measure(part.indicator)
    axis = axis_of(main, plan)
    total = whole[0]
    ranked = derive.rank(main)
    few, left_out = len(main) <= LISTED + 1, _left_out(plan, scene)
    adds = not (measure.unit.percent or measure.indicator.ratio) and total.value > 0

    def told(figure: Figure, key: str = "breakdown.item") -> str:
        percent = derive.percent(figure.value, total.value) if adds else None
        value = measure.value(figure)
        name = scene.label(figure, axis)
        if percent is None:
            return w(f"{key}_bare", name=name, value=value)
        return w(key, name=name, value=value, percent=fig.percentage(percent))

    clause = measure.clause(total, scene.place(total.place))
    period = scene.period(total.period)
    if few:
        ordered = main if axis == "dimension" else [each.figure for each in ranked]
        items = "; ".join(told(figure) for figure in ordered)
        key = "breakdown.few_but" if left_out else "breakdown.few"
        return [w("at", period=period, clause=w(key, clause=clause, items=items, left_out=left_out))]
    high, low = told(ranked[0].figure, "breakdown.end"), told(ranked[-1].figure, "breakdown.end")
    ends = w("breakdown.ends_but" if left_out else "breakdown.ends", high=high, low=low, left_out=left_out.strip())
    return [w("at", period=period, clause=clause), ends]


def shares(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """One share as a sentence; several as the biggest ones."""
    found = [each for each in part.derived.shares if each.percent is not None]
    if len(part.derived.shares) <= 1 or not found:
        return share(part, scene) or value(plan, part, scene)
    w, measure = words(), scene.measure(part.indicator)
    axis = axis_of([each.part for each in found], plan)
    ordered = sorted(found, key=lambda each: each.percent or 0.0, reverse=True)
    shown = ordered if len(ordered) <= LISTED + 1 else ordered[:LISTED]
    items = [
        w("share.item", name=scene.label(each.part, axis), percent=fig.percentage(each.percent or 0.0))
        for each in shown
    ]
    whole = found[0].whole
    clause = measure.clause(whole, scene.place(whole.place))
    key = "share.parts" if len(shown) == len(ordered) else "share.biggest"
    return [w("at", period=scene.period(whole.period), clause=w(key, clause=clause, items=listing(items)))]


def superlatives(measure: Measure, order: str) -> str:
    """ "có nhiều học sinh nhất", "có tỷ lệ … thấp nhất"."""
    if measure.thing:
        key = f"superlative.{'done' if measure.action else 'counted'}_{order}"
        return words()(key, thing=measure.thing, verb=measure.action)
    return words()(f"superlative.measured_{order}", name=measure.name)


def _item(each: Ranked, axis: str, measure: Measure, scene: Scene) -> str:
    return words()("named", name=scene.label(each.figure, axis), value=measure.value(each.figure))


def _asked_place(plan: Plan, ranking: Sequence[Ranked]) -> Ranked | None:
    """The place whose own standing was asked for: it is both the plan's only place and one of the ranked."""
    if len(plan.places) != 1 or plan.group.startswith(("period", "dimension")):
        return None
    return next((each for each in ranking if each.figure.place == plan.places[0]), None)


def _scope(plan: Plan, axis: str, scene: Scene) -> str:
    """ " của huyện Châu Đức", " không kể thành phố Vũng Tàu"; empty for the whole province, which goes without saying."""
    if axis != "place":
        return ""
    inside = plan.places[0] if len(plan.places) == 1 and not scene.province(plan.places[0]) else ""
    return (words()("scope", place=scene.place(inside)) if inside else "") + _left_out(plan, scene)


def _left_out(plan: Plan, scene: Scene) -> str:
    """ " không kể thành phố Vũng Tàu"; empty where nothing is left out."""
    left_out = [scene.place(found.code) for found in plan.reading.left_out]
    return words()("left_out", places=listing(left_out)) if left_out else ""


def _when(figures: Sequence[Figure], axis: str, scene: Scene) -> str:
    first, last = stretch(figures)
    if axis != "period" or first == last:
        return scene.period(last)
    return scene.between(first, last)


def _common(ranking: Sequence[Ranked]) -> dict[str, str]:
    figures = [each.figure for each in ranking]
    first = figures[0].dimensions
    return {code: member for code, member in first.items() if all(f.dimensions.get(code) == member for f in figures)}
