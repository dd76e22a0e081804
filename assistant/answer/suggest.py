"""Up to three next questions: whole sentences that this person may ask and that have an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.answer.many import superlatives
from assistant.answer.measure import Measure
from assistant.answer.refusals import ask_value, period_of, sentence_question
from assistant.answer.scene import Scene
from assistant.answer.words import words
from assistant.language import periods
from assistant.query.plan import PartResult, Plan, Result
from assistant.types import Figure, Period, Suggestion

MOST = 3


class Stored(Protocol):
    """One stretch of stored data, as the warehouse's coverage tells it."""

    @property
    def kind(self) -> str: ...
    @property
    def place_kind(self) -> str: ...
    @property
    def dimensions(self) -> Sequence[str]: ...
    @property
    def grain(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


Coverage = Callable[[str], Sequence[Stored]]
"""Indicator code to what is stored of it."""

FINER = ("district", "commune", "facility")
"""Kinds of stored places from which the districts' figures can be made."""


class Reach:
    """What is stored of an indicator; of a computed one, what all its parts have."""

    def __init__(self, code: str, scene: Scene, coverage: Coverage | None) -> None:
        stored = coverage(code) if coverage else ()
        parts = [coverage(part) for part in scene.catalogue.parts(code)] if coverage else []
        self.parts: list[Sequence[Stored]] = [stored] if stored else parts

    def has(
        self, *, period: Period | None = None, kind: str = "actual", places: Sequence[str] = (), member: str = ""
    ) -> bool:
        """Whether something is stored for the whole period, for one of these kinds of place, by this dimension."""
        return bool(self.parts) and all(
            any(
                each.kind == kind
                and (period is None or (each.first <= period.start and period.end <= each.last))
                and (not places or each.place_kind in places)
                and (not member or member in each.dimensions)
                for each in part
            )
            for part in self.parts
        )

    @property
    def last(self) -> date | None:
        """The last day that all parts have."""
        ends = [max((each.last for each in part if each.kind == "actual"), default=None) for part in self.parts]
        known = [end for end in ends if end is not None]
        return min(known) if known and len(known) == len(ends) else None


def suggest(result: Result, scene: Scene, coverage: Coverage | None) -> tuple[Suggestion, ...]:
    """Next questions for a result; none that repeats it, leaves the grants or has no data behind it."""
    parts = [part for part in result.parts if part.figures.get("main")]
    if not parts:
        return about(result.plan, scene, coverage)
    found: dict[str, Suggestion] = {}
    for text in candidates(result.plan, parts[0], scene, coverage):
        found.setdefault(text, Suggestion(label=text, text=text))
        if len(found) == MOST:
            break
    return tuple(found.values())


def candidates(plan: Plan, part: PartResult, scene: Scene, coverage: Coverage | None) -> Iterator[str]:
    """Questions in order of use to somebody who just read this answer."""
    figure = part.figures["main"][-1 if plan.group.startswith("period") else 0]
    measure, code = scene.measure(part.indicator), part.indicator
    reach = Reach(code, scene, coverage)
    own = plan.places[0] if plan.group and plan.places else figure.place
    if plan.shape in ("rank", "extreme") and figure.place != own and allows(code, figure.place, scene):
        yield from _change(measure, figure, figure.place, scene, reach, part)
        yield from _trend(measure, figure, figure.place, scene, reach, plan)
    if not allows(code, own, scene):
        return
    yield from _change(measure, figure, own, scene, reach, part)
    yield from _places(measure, figure, own, scene, reach, plan)
    yield from _progress(measure, figure, own, scene, reach, plan)
    yield from _trend(measure, figure, own, scene, reach, plan)
    yield from _members(measure, figure, own, scene, reach, plan)
    yield from _whole(measure, figure, own, scene, reach, plan)


def about(plan: Plan, scene: Scene, coverage: Coverage | None) -> tuple[Suggestion, ...]:
    """After a definition, a unit, a source or an update: the figure itself."""
    found = []
    for part in plan.parts[:MOST]:
        place = plan.places[0] if plan.places else scene.catalogue.province.code
        latest = _latest(part.indicator, scene, coverage)
        if latest and allows(part.indicator, place, scene):
            text = ask_value(scene.measure(part.indicator), scene.place(place), scene.period(latest))
            found.append(Suggestion(label=text, text=text))
    return tuple(found)


def examples(scene: Scene, coverage: Coverage | None) -> tuple[Suggestion, ...]:
    """Questions to begin with: one indicator of each granted domain that has data for the province."""
    if coverage is None:
        return ()
    found: dict[str, Suggestion] = {}
    for code, indicator in scene.catalogue.indicators.items():
        province = scene.catalogue.province.code
        if indicator.domain in found or indicator.ratio or not allows(code, province, scene):
            continue
        latest = _latest(code, scene, coverage)
        if latest:
            text = ask_value(scene.measure(code), scene.place(province), scene.period(latest))
            found[indicator.domain] = Suggestion(label=text, text=text)
        if len(found) == MOST:
            break
    return tuple(found.values())


def allows(indicator: str, place: str, scene: Scene) -> bool:
    """Whether this person may ask for this indicator there; nothing is suggested that names an unseen domain."""
    return scene.account.grants.allows(indicator, place, scene.catalogue)


def _change(
    measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, part: PartResult
) -> Iterator[str]:
    """Against the period before, and the same period of the year before, where they are stored and not yet told."""
    if figure.dimensions or figure.kind != "actual" or len({f.period for f in part.figures.get("main", ())}) > 1:
        return
    told = {change.base.period for change in part.derived.changes} | {f.period for f in part.figures.get("base", ())}
    noun, period = measure.noun(scene.place(place)), scene.period(figure.period)
    before = periods.previous(figure.period)
    if before not in told and reach.has(period=before):
        yield sentence_question(words()("suggest.previous", noun=noun, period=period, base=scene.period(before)))
    if figure.period.grain in ("month", "quarter"):
        year_ago = periods.same_last_year(figure.period)
        if year_ago not in told and reach.has(period=year_ago):
            yield sentence_question(words()("suggest.last_year", noun=noun, period=period))


def _places(measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, plan: Plan) -> Iterator[str]:
    """By district, and who leads; only where the whole province is granted and kept that finely."""
    additive = measure.indicator.ratio or measure.indicator.adds.area in ("sum", "mean")
    if not scene.province(place) or figure.dimensions or not additive or plan.group == "district":
        return
    if not reach.has(period=figure.period, places=FINER if measure.indicator.adds.area == "sum" else ("district",)):
        return
    period = scene.period(figure.period)
    yield sentence_question(words()("suggest.extreme", period=period, superlative=superlatives(measure, "desc")))
    yield sentence_question(words()("suggest.districts", noun=measure.noun(words()("suggest.each")), period=period))


def _progress(measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, plan: Plan) -> Iterator[str]:
    """How far the plan is fulfilled, where one is stored for such a place."""
    if plan.shape in ("progress", "planned") or not measure.indicator.has_plan or figure.dimensions:
        return
    kind = scene.catalogue.place_kind(place)
    if reach.has(period=figure.period, kind="plan", places=(kind,)):
        values = {"noun": measure.noun(scene.place(place)), "period": scene.period(figure.period)}
        key = "suggest.progress_rate" if measure.unit.percent or measure.indicator.ratio else "suggest.progress"
        yield sentence_question(words()(key, **values))


def _trend(measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, plan: Plan) -> Iterator[str]:
    """The five periods before, where at least three of them are stored."""
    if (
        plan.shape == "trend"
        or figure.dimensions
        or figure.period.grain not in ("month", "quarter", "year", "school_year")
    ):
        return
    start, steps = figure.period, 0
    while steps < 5 and reach.has(period=periods.previous(start)):
        start, steps = periods.previous(start), steps + 1
    if steps >= 3:
        values = {"first": scene.period(start), "last": scene.period(figure.period)}
        yield sentence_question(words()("suggest.trend", noun=measure.noun(scene.place(place)), **values))


def _members(measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, plan: Plan) -> Iterator[str]:
    """By sex, level or another dimension that is stored."""
    if plan.group.startswith("dimension:") or figure.dimensions:
        return
    for code in measure.indicator.adds.dimensions:
        if code in scene.catalogue.dimensions and reach.has(period=figure.period, member=code):
            name = scene.catalogue.dimensions[code].name
            values = {
                "noun": measure.noun(scene.place(place)),
                "dimension": name,
                "period": scene.period(figure.period),
            }
            yield sentence_question(words()("suggest.members", **values))
            return


def _whole(measure: Measure, figure: Figure, place: str, scene: Scene, reach: Reach, plan: Plan) -> Iterator[str]:
    """What part of the province a district has; only where the province is granted too."""
    kind = scene.catalogue.place_kind(place)
    province = scene.catalogue.province.code
    if plan.shape == "share" or kind != "district" or measure.indicator.adds.area != "sum" or figure.dimensions:
        return
    if reach.has(period=figure.period) and allows(measure.indicator.code, province, scene):
        values = {"noun": measure.noun(scene.place(place)), "period": scene.period(figure.period)}
        yield sentence_question(words()("suggest.share", **values))


def _latest(code: str, scene: Scene, coverage: Coverage | None) -> Period | None:
    """The latest period of the indicator's own grain that is stored whole."""
    last = Reach(code, scene, coverage).last
    found = period_of(scene.catalogue.indicator(code).grain, last) if last else None
    return periods.previous(found) if found and last and found.end > last else found
