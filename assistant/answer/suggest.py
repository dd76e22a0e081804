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
    def dims(self) -> Sequence[str] | str: ...
    @property
    def grain(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


Coverage = Callable[[str], Sequence[Stored]]
"""Indicator code to what is stored of it."""

FINER = {"province": ("district", "commune", "agency", "facility"), "district": ("commune", "agency", "facility")}
"""Kinds of stored places from which a district's, or a commune's, figure can be made."""


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
    figure = part.figures["main"][-1] if plan.shape == "trend" else part.figures["main"][0]
    measure, code = scene.measure(part.indicator), part.indicator
    stored = coverage(code) if coverage else ()
    own = plan.places[0] if plan.group and plan.places else figure.place
    if plan.shape in ("rank", "extreme") and not plan.group.startswith(("period", "dimension")):
        yield from _if(allows(code, figure.place, scene), _change(measure, figure, figure.place, scene, stored, part))
        yield from _if(allows(code, figure.place, scene), _trend(measure, figure, figure.place, scene, stored, plan))
    if not allows(code, own, scene):
        return
    yield from _change(measure, figure, own, scene, stored, part)
    yield from _places(measure, figure, own, scene, stored, plan)
    yield from _progress(measure, figure, own, scene, stored, plan)
    yield from _trend(measure, figure, own, scene, stored, plan)
    yield from _members(measure, figure, own, scene, stored, plan)
    yield from _whole(measure, figure, own, scene, plan)


def about(plan: Plan, scene: Scene, coverage: Coverage | None) -> tuple[Suggestion, ...]:
    """After a definition, a unit, a source or an update: the figure itself."""
    found = []
    for part in plan.parts[:MOST]:
        place = plan.places[0] if plan.places else scene.catalogue.province.code
        latest = _latest(coverage(part.indicator), scene, part.indicator) if coverage else None
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
        latest = _latest(coverage(code), scene, code)
        if latest:
            text = ask_value(scene.measure(code), scene.place(province), scene.period(latest))
            found[indicator.domain] = Suggestion(label=text, text=text)
        if len(found) == MOST:
            break
    return tuple(found.values())


def allows(indicator: str, place: str, scene: Scene) -> bool:
    """Whether this person may ask for this indicator there; nothing is suggested that names an unseen domain."""
    return scene.account.grants.allows(indicator, place, scene.catalogue)


def _if(condition: bool, texts: Iterator[str]) -> Iterator[str]:
    return texts if condition else iter(())


def _change(
    measure: Measure, figure: Figure, place: str, scene: Scene, stored: Sequence[Stored], part: PartResult
) -> Iterator[str]:
    """Against the period before, and the same period of the year before, where they are stored and not yet told."""
    if figure.dimensions or figure.kind != "actual":
        return
    told = {each.base.period for each in part.derived.changes} | {f.period for f in part.figures.get("base", ())}
    told |= {each.period for each in part.figures.get("main", ()) if each.place == place}
    noun, period = measure.noun(scene.place(place)), scene.period(figure.period)
    before = periods.previous(figure.period)
    if before not in told and _has(stored, before):
        yield sentence_question(words()("suggest.previous", noun=noun, period=period, base=scene.period(before)))
    if figure.period.grain in ("month", "quarter"):
        year_ago = periods.same_last_year(figure.period)
        if year_ago not in told and _has(stored, year_ago):
            yield sentence_question(words()("suggest.last_year", noun=noun, period=period))


def _places(
    measure: Measure, figure: Figure, place: str, scene: Scene, stored: Sequence[Stored], plan: Plan
) -> Iterator[str]:
    """By district, and who leads; only where the whole province is granted and kept that finely."""
    if not scene.province(place) or figure.dimensions or measure.indicator.adds.area not in ("sum", "mean", "last"):
        return
    finer = {each.place_kind for each in stored if each.kind == "actual"}
    if not finer & set(FINER["province"]) or ("agency" in finer and "district" not in finer):
        return
    period = scene.period(figure.period)
    if plan.group != "district" or plan.shape not in ("rank", "extreme"):
        superlative = superlatives(measure, "desc")
        yield sentence_question(words()("suggest.extreme", period=period, superlative=superlative))
    if plan.group != "district":
        yield sentence_question(words()("suggest.districts", noun=measure.noun(words()("suggest.each")), period=period))


def _progress(
    measure: Measure, figure: Figure, place: str, scene: Scene, stored: Sequence[Stored], plan: Plan
) -> Iterator[str]:
    """How far the plan is fulfilled, where one is stored for such a place."""
    if plan.shape == "progress" or not measure.indicator.has_plan or figure.dimensions:
        return
    kind = scene.catalogue.place_kind(place)
    if any(each.kind == "plan" and each.place_kind == kind and _inside(each, figure.period) for each in stored):
        noun = measure.noun(scene.place(place))
        yield sentence_question(words()("suggest.progress", noun=noun, period=scene.period(figure.period)))


def _trend(
    measure: Measure, figure: Figure, place: str, scene: Scene, stored: Sequence[Stored], plan: Plan
) -> Iterator[str]:
    """The years or months up to the figure, at least four of them stored."""
    if plan.shape == "trend" or figure.dimensions or figure.period.grain not in ("month", "quarter", "year"):
        return
    start = figure.period
    for _ in range(5):
        earlier = periods.previous(start)
        if not _has(stored, earlier):
            break
        start = earlier
    if start.start.year + (0 if figure.period.grain == "year" else 100) > figure.period.start.year - 3 and (
        figure.period.grain == "year"
    ):
        return
    if start == figure.period:
        return
    noun = measure.noun(scene.place(place))
    yield sentence_question(
        words()("suggest.trend", noun=noun, first=scene.period(start), last=scene.period(figure.period))
    )


def _members(
    measure: Measure, figure: Figure, place: str, scene: Scene, stored: Sequence[Stored], plan: Plan
) -> Iterator[str]:
    """By sex, level or another dimension that is stored."""
    if plan.group.startswith("dimension:") or figure.dimensions:
        return
    for code in measure.indicator.adds.dimensions:
        kept = any(code in _dims(each) and _inside(each, figure.period) for each in stored if each.kind == "actual")
        if kept and code in scene.catalogue.dimensions:
            name = scene.catalogue.dimensions[code].name
            values = {
                "noun": measure.noun(scene.place(place)),
                "dimension": name,
                "period": scene.period(figure.period),
            }
            yield sentence_question(words()("suggest.members", **values))
            return


def _whole(measure: Measure, figure: Figure, place: str, scene: Scene, plan: Plan) -> Iterator[str]:
    """What part of the province a district has; only where the province is granted too."""
    kind = scene.catalogue.place_kind(place)
    province = scene.catalogue.province.code
    if plan.shape == "share" or kind != "district" or measure.indicator.adds.area != "sum" or figure.dimensions:
        return
    if allows(measure.indicator.code, province, scene):
        values = {"noun": measure.noun(scene.place(place)), "period": scene.period(figure.period)}
        yield sentence_question(words()("suggest.share", **values))


def _has(stored: Sequence[Stored], period: Period) -> bool:
    return any(each.kind == "actual" and _inside(each, period) for each in stored)


def _inside(each: Stored, period: Period) -> bool:
    return each.first <= period.start and period.end <= each.last


def _dims(each: Stored) -> Sequence[str]:
    return each.dims.split(",") if isinstance(each.dims, str) else each.dims


def _latest(stored: Sequence[Stored], scene: Scene, code: str) -> Period | None:
    """The latest period of the indicator's own grain that is stored whole."""
    grain = scene.catalogue.indicator(code).grain
    last = max((each.last for each in stored if each.kind == "actual"), default=None)
    if last is None:
        return None
    found = period_of(grain, last)
    if found is not None and found.end > last:
        found = periods.previous(found)
    return found
