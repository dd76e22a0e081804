"""The table beside an answer: one row per place, period, member, facility or stretch of data."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.about import availability_rows, name_of, owner, what
from assistant.answer.change import changes_of
from assistant.answer.figures import rounded, short_period
from assistant.answer.many import passing_of
from assistant.answer.measure import Measure
from assistant.answer.overview import plans_of
from assistant.answer.scene import Scene, axis_of
from assistant.answer.words import capital, words
from assistant.clock import ZONE
from assistant.query import derive
from assistant.query.derive import Change
from assistant.query.plan import PartResult, Plan, Result
from assistant.types import Figure, Table

Cell = str | float | None


def table_for(result: Result, scene: Scene) -> Table | None:
    """The table of a result; None where one sentence says it all."""
    plan = result.plan
    parts = [part for part in result.parts if part.figures.get("main")]
    if plan.shape == "plans":
        return of_plans(result, scene)
    if len(parts) > 1:
        return of_indicators(parts, scene)
    if not parts:
        return of_catalogue(plan, scene)
    part = parts[0]
    derived, main = part.derived, part.figures["main"]
    if derived.contributions:
        return of_contributions(plan, part, scene)
    if derived.components:
        return of_components(part, scene)
    if derived.progress and plan.shape in ("progress", "planned", "filter"):
        return of_progress(plan, part, scene)
    if plan.shape == "share" and derived.shares:
        return of_shares(plan, part, scene)
    if plan.shape == "filter":
        return of_figures(plan, passing_of(plan, part)[0], scene)
    if plan.shape in ("rank", "extreme"):
        return of_ranking(plan, part, scene)
    base = part.figures.get("base", ())
    if len(main) == 1 and len(base) == 1 and main[0].place == base[0].place:
        return of_figures(plan, (*base, *main), scene)
    changes = changes_of(part) if plan.shape in ("change", "report") else ()
    if len(changes) > 1:
        return of_changes(plan, changes, scene)
    if len(main) + len(base) > 1:
        whole = part.figures.get("whole", ())
        return of_breakdown(plan, main, whole[0], scene) if whole else of_figures(plan, (*main, *base), scene)
    return None


def of_figures(plan: Plan, figures: Sequence[Figure], scene: Scene) -> Table | None:
    """Name and value; with both places and periods, one column per period."""
    if not figures:
        return None
    measure = scene.measure(figures[0].indicator)
    periods = list(dict.fromkeys(figure.period for figure in figures))
    axis = "period" if len({(f.place, _members(f)) for f in figures}) == 1 else axis_of(figures, plan)
    if axis != "period" and len(periods) > 1:
        return _crossed(figures, axis, scene, measure)
    rows = [(label(figure, axis, scene), value_of(figure, measure)) for figure in figures]
    aimed = all(figure.kind == "plan" for figure in figures)
    head = words()("column.plan", unit=measure.unit.full) if aimed else column(measure)
    return _table((axis_name(axis, figures), head), rows, (None, measure.indicator.decimals))


def of_ranking(plan: Plan, part: PartResult, scene: Scene) -> Table | None:
    """Rank, name, value of everything that was ranked."""
    main = part.figures.get("main", ())
    ranked = derive.rank(main, plan.order or "desc") or list(part.derived.ranking)
    if not ranked:
        return None
    figures = [each.figure for each in ranked]
    measure, axis = scene.measure(part.indicator), axis_of(figures, plan)
    rows = [(float(each.rank), label(each.figure, axis, scene), value_of(each.figure, measure)) for each in ranked]
    names = (words()("column.rank"), axis_name(axis, figures), column(measure))
    return _table(names, rows, (0, None, measure.indicator.decimals))


def of_breakdown(plan: Plan, figures: Sequence[Figure], whole: Figure, scene: Scene) -> Table:
    """Name, value and part of the whole, the whole itself last."""
    measure, axis = scene.measure(whole.indicator), axis_of(figures, plan)
    adds = not (measure.unit.percent or measure.indicator.ratio)
    rows: list[tuple[Cell, ...]] = []
    for figure in figures:
        percent = derive.percent(figure.value, whole.value) if adds else None
        rows.append((label(figure, axis, scene), value_of(figure, measure), _percent(percent)))
    rows.append((words()("column.total"), value_of(whole, measure), 100.0 if adds and whole.value else None))
    names = (axis_name(axis, figures), column(measure), words()("column.share"))
    decimals = (None, measure.indicator.decimals, 1)
    if not adds:
        return _table(names[:2], [row[:2] for row in rows], decimals[:2])
    return _table(names, rows, decimals)


def of_changes(plan: Plan, changes: Sequence[Change], scene: Scene) -> Table:
    """Name, base, value, difference and percentage."""
    figures = [change.figure for change in changes]
    measure, axis, w = scene.measure(figures[0].indicator), axis_of(figures, plan), words()
    decimals = measure.indicator.decimals
    same_place = all(change.figure.place == change.base.place for change in changes)
    before = (
        capital(scene.period(changes[0].base.period)) if same_place else capital(scene.place(changes[0].base.place))
    )
    now = capital(scene.period(figures[0].period)) if same_place else column(measure)
    names = (
        axis_name(axis, figures),
        before,
        now,
        w("column.change", unit=_points(measure)),
        w("column.percent"),
    )
    rows = [
        (
            label(change.figure, axis, scene),
            value_of(change.base, measure),
            value_of(change.figure, measure),
            rounded(change.absolute, decimals),
            _percent(change.percent),
        )
        for change in changes
    ]
    return _table(names, rows, (None, decimals, decimals, decimals, 1))


def of_contributions(plan: Plan, part: PartResult, scene: Scene) -> Table:
    """The parts of a change: base, value, difference, and what part of the whole change that is; the whole last."""
    changes = [each.change for each in part.derived.contributions]
    table = of_changes(plan, changes, scene)
    whole = of_changes(plan, part.derived.changes, scene).rows[0]
    rows = [
        (*row[:-1], _percent(each.percent)) for row, each in zip(table.rows, part.derived.contributions, strict=True)
    ]
    rows.append((words()("column.total"), *whole[1:-1], 100.0 if part.derived.changes[0].absolute else None))
    return _table((*table.columns[:-1], words()("column.contribution")), rows, table.decimals)


def of_components(part: PartResult, scene: Scene) -> Table:
    """A ratio and the two numbers it is made of, then and now."""
    w, rows = words(), []
    whole = part.derived.changes[0]
    for change in (whole, *part.derived.components):
        measure = scene.measure(change.figure.indicator)
        values = (value_of(change.base, measure), value_of(change.figure, measure))
        moved = rounded(change.absolute, measure.indicator.decimals)
        rows.append((measure.heading(), *values, moved, measure.unit.full))
    decimals = max(scene.measure(c.figure.indicator).indicator.decimals for c in (whole, *part.derived.components))
    then, now = capital(scene.period(whole.base.period)), capital(scene.period(whole.figure.period))
    names = (w("column.indicator"), then, now, w("column.moved"), w("column.unit"))
    return _table(names, rows, (None, decimals, decimals, decimals, None))


def of_plans(result: Result, scene: Scene) -> Table:
    """One row per indicator with a plan, those furthest behind first."""
    w, rows = words(), []
    found = plans_of(result)
    decimals = max((scene.measure(part.indicator).indicator.decimals for part, _ in found), default=0)
    for part, each in found:
        measure = scene.measure(part.indicator)
        values = (value_of(each.actual, measure), value_of(each.plan, measure), _percent(each.percent))
        rows.append((measure.heading(), short_period(each.plan.period), *values, measure.unit.full))
    keys = ("indicator", "period", "actual_bare", "plan_bare", "done", "unit")
    return _table(tuple(w(f"column.{key}") for key in keys), rows, (None, None, decimals, decimals, 1, None))


def of_shares(plan: Plan, part: PartResult, scene: Scene) -> Table:
    """Name, value, percentage of the whole; the whole last."""
    shares, measure = part.derived.shares, scene.measure(part.indicator)
    figures = [share.part for share in shares]
    whole = shares[0].whole
    axis = axis_of([*figures, whole], plan)
    rows: list[tuple[Cell, ...]] = [
        (label(share.part, axis, scene), value_of(share.part, measure), _percent(share.percent)) for share in shares
    ]
    total = words()("column.total") if axis == "dimension" else label(whole, axis, scene)
    rows.append((total, value_of(whole, measure), 100.0 if whole.value else None))
    names = (axis_name(axis, figures), column(measure), words()("column.share"))
    return _table(names, rows, (None, measure.indicator.decimals, 1))


def of_progress(plan: Plan, part: PartResult, scene: Scene) -> Table:
    """Name, actual, plan, percentage, what is missing."""
    measure, w = scene.measure(part.indicator), words()
    actuals = [progress.actual for progress in part.derived.progress]
    axis, decimals = axis_of(actuals, plan), measure.indicator.decimals
    rows = [
        (
            label(progress.actual, axis, scene),
            value_of(progress.actual, measure),
            value_of(progress.plan, measure),
            _percent(progress.percent),
            rounded(progress.remaining, decimals),
        )
        for progress in part.derived.progress
    ]
    unit = measure.unit.full
    names = (
        axis_name(axis, actuals),
        w("column.actual", unit=unit),
        w("column.plan", unit=unit),
        w("column.done"),
        w("column.remaining", unit=_points(measure)),
    )
    return _table(names, rows, (None, decimals, decimals, 1, decimals))


def of_indicators(parts: Sequence[PartResult], scene: Scene) -> Table:
    """One row per figure of several indicators, with how it moved; units differ, so they have their own column."""
    w, rows = words(), []
    figures = [(figure, part) for part in parts for figure in part.figures["main"]]
    several = len({figure.place for figure, _ in figures}) > 1
    decimals = max(scene.measure(part.indicator).indicator.decimals for part in parts)
    for figure, part in figures:
        measure = scene.measure(figure.indicator)
        name = measure.heading() + (f" ({scene.label(figure, 'dimension')})" if figure.dimensions else "")
        where = (capital(scene.place(figure.place)),) if several else ()
        moved = next((change.percent for change in changes_of(part) if change.figure == figure), None)
        percent = None if measure.unit.percent else _percent(moved)
        rows.append((name, *where, short_period(figure.period), value_of(figure, measure), measure.unit.full, percent))
    place = (w("column.place"),) if several else ()
    names = (
        w("column.indicator"),
        *place,
        w("column.period"),
        w("column.value"),
        w("column.unit"),
        w("column.percent"),
    )
    kinds = (None, *((None,) if several else ()), None, decimals, None, 1)
    if all(row[-1] is None for row in rows):
        return _table(names[:-1], [row[:-1] for row in rows], kinds[:-1])
    return _table(names, rows, kinds)


def of_catalogue(plan: Plan, scene: Scene) -> Table | None:
    """Lists, coverage and updates."""
    w = words()
    if plan.listed:
        if plan.listed_kind == "indicator":
            rows = [(name_of(plan, code, scene), scene.measure(code).unit.full) for code in plan.listed]
            return _table((w("column.indicator"), w("column.unit")), [(capital(a), b) for a, b in rows])
        names = [(capital(name_of(plan, code, scene)), _within(code, scene)) for code in plan.listed]
        if any(where for _, where in names):
            return _table((w("column.name"), w("column.within")), names)
        return _table((w("column.name"),), [(name,) for name, _ in names])
    if plan.coverage:
        keys = ("indicator", "level", "every", "first", "last")
        return _table(tuple(w(f"column.{key}") for key in keys), availability_rows(plan, scene))
    if len(plan.updates) > 1:
        loads = [
            (
                capital(what(update, scene)),
                capital(scene.period(update.latest)) if update.latest else None,
                f"{update.loaded_at.astimezone(ZONE):%d/%m/%Y %H:%M}",
            )
            for update in plan.updates
        ]
        return _table((w("column.subject"), w("column.latest"), w("column.loaded")), loads)
    if plan.shape in ("definition", "unit", "source") and len(plan.parts) > 1:
        measures = [scene.measure(part.indicator) for part in plan.parts]
        owners = [(m.heading(), m.unit.full, owner(m, scene)) for m in measures]
        return _table((w("column.indicator"), w("column.unit"), w("column.owner")), owners)
    return None


def column(measure: Measure) -> str:
    """ "Số học sinh"; with the unit where the name does not hold it."""
    if measure.unit.full.lower() in measure.name.lower():
        return measure.heading()
    return words()("column.with_unit", name=measure.heading(), unit=measure.unit.full)


def label(figure: Figure, axis: str, scene: Scene) -> str:
    """How a row begins; preliminary figures carry their mark."""
    mark = f" {words()('preliminary')}" if figure.preliminary else ""
    return scene.heading_label(figure, axis) + mark


def axis_name(axis: str, figures: Sequence[Figure]) -> str:
    """Heading of the first column."""
    w = words()
    if axis == "period":
        return w("column.period")
    if axis == "dimension":
        return w("column.member")
    kinds = {figure.place_kind for figure in figures}
    return (
        w("column.facility")
        if kinds == {"facility"}
        else w("column.agency")
        if kinds == {"agency"}
        else w("column.place")
    )


def value_of(figure: Figure, measure: Measure) -> float:
    """The value, rounded as it is shown."""
    return rounded(figure.value, measure.indicator.decimals)


def _crossed(figures: Sequence[Figure], axis: str, scene: Scene, measure: Measure) -> Table:
    periods = sorted({figure.period for figure in figures}, key=lambda period: (period.start, period.end))
    names = list(dict.fromkeys(scene.heading_label(figure, axis) for figure in figures))
    cells = {(scene.heading_label(f, axis), f.period): value_of(f, measure) for f in figures}
    rows = [(name, *(cells.get((name, period)) for period in periods)) for name in names]
    kinds = (None, *(measure.indicator.decimals for _ in periods))
    head = words()("column.member") if axis == "dimension" else words()("column.place")
    return _table((head, *(capital(scene.period(period)) for period in periods)), rows, kinds)


def _table(columns: tuple[str, ...], rows: Sequence[Sequence[Cell]], decimals: tuple[int | None, ...] = ()) -> Table:
    return Table(columns=columns, rows=tuple(tuple(row) for row in rows), decimals=decimals)


def _percent(value: float | None) -> float | None:
    return None if value is None else rounded(value, 1)


def _points(measure: Measure) -> str:
    return words()("unit_points") if measure.unit.full == "%" else measure.unit.full


def _members(figure: Figure) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(figure.dimensions.items()))


def _within(code: str, scene: Scene) -> str:
    """The nearest areas a listed place lies in, without the province, which all share."""
    if code not in scene.catalogue.facilities and code not in scene.catalogue.areas:
        return ""
    areas = [area for area in scene.catalogue.ancestors(code) if not scene.province(area)]
    return ", ".join(scene.place(area) for area in areas)
