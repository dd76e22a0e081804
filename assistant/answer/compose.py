"""From a result, or a refusal, to everything a person reads and hears. Which sentence for which shape stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answer import about, course, many, overview, single
from assistant.answer.causes import why
from assistant.answer.change import change
from assistant.answer.draft import Draft
from assistant.answer.pictures import chart_for
from assistant.answer.refusals import empty_cell, instead, reason, refuse
from assistant.answer.scene import Account, Scene
from assistant.answer.source import catalogue_line, how, source_line
from assistant.answer.suggest import Coverage, suggest
from assistant.answer.table import of_indicators, table_for
from assistant.answer.words import aloud, listing, sentence, words
from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language.periods import holding
from assistant.query.plan import NotPlannable, PartResult, Plan, Result
from assistant.query.request import Missing
from assistant.types import Part, Reading, Status, Suggestion

Teller = Callable[[Plan, PartResult, Scene], list[str]]

TELLERS: dict[str, Teller] = {
    "value": single.value,
    "report": single.value,
    "compare": single.compare,
    "change": change,
    "progress": single.progress,
    "planned": single.planned,
    "average": single.average,
    "trend": course.trend,
    "turning": course.turning,
    "chart": course.trend,
    "why": why,
    "share": many.shares,
    "rank": many.rank,
    "extreme": many.extreme,
    "filter": many.select,
    "breakdown": many.breakdown,
}

ABOUT: dict[str, Callable[[Plan, Scene], list[str]]] = {
    "list": about.listed,
    "count": about.counted,
    "definition": about.definition,
    "unit": about.unit,
    "source": about.source,
    "coverage": about.coverage,
    "last_update": about.updates,
}

WHOLE: dict[str, Callable[[Result, Scene], list[str]]] = {"report": overview.report, "plans": overview.plans}
"""Shapes whose indicators are told together."""

MOST_TOLD = {"why": 3}
"""Sentences about one indicator, where its shape needs more than two."""

SENTENCES = 3
"""Of one answer in writing; speech has one fewer."""


Outcome = Result | NotPlannable


def compose(
    *outcomes: Outcome, account: Account, catalogue: Catalogue, clock: Clock, coverage: Coverage | None = None
) -> Draft:
    """The draft of an answer, to one question or to several that were asked in one breath.

    ``coverage`` (the warehouse's) tells which next questions have data behind them; without it none is suggested.
    """
    scene = Scene(account, catalogue, clock)
    drafts = [_draft(outcome, scene, coverage) for outcome in outcomes]
    return _at_once(outcomes, drafts, scene) if len(drafts) > 1 else drafts[0]


def _at_once(outcomes: Sequence[Outcome], drafts: Sequence[Draft], scene: Scene) -> Draft:
    """One draft for several questions: a sentence or two for each, then what must be owned up to, once."""
    main = next((draft for draft in drafts if draft.status is Status.ANSWERED), drafts[0])
    if main.status is not Status.ANSWERED:
        return main
    figures = tuple(figure for draft in drafts for figure in draft.figures)
    written, said = _lines(outcomes, scene), _lines(outcomes, scene.aloud())
    parts = [part for outcome in outcomes if isinstance(outcome, Result) for part in outcome.parts]
    told = [
        Part(status=draft.status, text=_joined(_lines([outcome], scene), SENTENCES), reading=_reading(outcome))
        for draft, outcome in zip(drafts, outcomes, strict=True)
    ]
    return main.model_copy(
        update={
            "text": _joined(written, len(written)),
            "spoken_text": _spoken(said, len(outcomes) + 1),
            "figures": figures,
            "parts": tuple(told),
            "table": of_indicators([part for part in parts if part.figures.get("main")], scene),
            "chart": None,
            "source": source_line(figures, scene),
            "how_computed": " ".join(dict.fromkeys(draft.how_computed for draft in drafts if draft.how_computed)),
            "illustrative": any(draft.illustrative for draft in drafts),
        }
    )


def _reading(outcome: Outcome) -> Reading | None:
    return outcome.plan.reading if isinstance(outcome, Result) else None


def _lines(outcomes: Sequence[Outcome], scene: Scene) -> list[str]:
    """What each question is answered with, then the defaults and gaps of all, none of them twice."""
    found: list[str] = []
    owned: list[str] = []
    for outcome in outcomes:
        if isinstance(outcome, NotPlannable):
            found.append(reason(outcome, scene))
        else:
            found += _told(outcome, scene, several=True)
            owned += _owned(outcome, scene)
    return list(dict.fromkeys((*found, *owned)))


def _draft(outcome: Outcome, scene: Scene, coverage: Coverage | None) -> Draft:
    if isinstance(outcome, NotPlannable):
        return refuse(outcome, scene)
    if outcome.plan.shape in ABOUT:
        return _about(outcome, scene, coverage)
    parts = [(part, bool(part.figures.get("main"))) for part in outcome.parts]
    if not any(answered for _, answered in parts):
        return _without_figures(outcome, scene)
    several = len(parts) + len(outcome.plan.refused) > 1 or outcome.plan.shape in WHOLE
    written = _sentences(outcome, scene, several=several)
    said = _sentences(outcome, scene.aloud(), several=several)
    figures = outcome.figures
    return Draft(
        status=Status.ANSWERED,
        text=_joined(written, max(SENTENCES, len(written)) if several else _most(outcome) + 1),
        spoken_text=_spoken(said, SENTENCES if several else _most(outcome)),
        figures=figures,
        parts=_parts(outcome, scene) if several else (),
        table=table_for(outcome, scene),
        chart=chart_for(outcome, scene),
        source=source_line(figures, scene),
        how_computed=how(outcome, scene),
        suggestions=suggest(outcome, scene, coverage),
        illustrative=any(figure.illustrative for figure in figures),
    )


def _most(result: Result) -> int:
    """Sentences about the figures themselves."""
    return MOST_TOLD.get(result.plan.shape, SENTENCES - 1)


def tell(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """The sentences of one part; by its shape, else by how many figures there are."""
    teller = TELLERS.get(plan.shape, single.value)
    if plan.shape != "planned" and all(figure.kind == "plan" for figure in part.figures.get("main", ())):
        scene = replace(scene, aiming=True)
    return teller(plan, part, scene) or single.value(plan, part, scene)


def _sentences(result: Result, scene: Scene, *, several: bool) -> list[str]:
    """The main sentences, then what must be owned up to: defaults taken, places without figures."""
    return [*_told(result, scene, several=several), *_owned(result, scene)]


def _owned(result: Result, scene: Scene) -> list[str]:
    return [*_gaps(result, scene), *_notes(result, scene)]


def _told(result: Result, scene: Scene, *, several: bool) -> list[str]:
    together = WHOLE.get(result.plan.shape)
    found: list[str] = together(result, scene) if together else []
    for part in result.parts if not together else ():
        if part.figures.get("main"):
            told = tell(result.plan, part, scene)
            found += told[: 1 if several else _most(result)]
        elif part.missing.get("main"):
            found.append(empty_cell(part.missing["main"][0], scene))
    return found + [reason(refusal, scene) for refusal in result.plan.refused]


def _notes(result: Result, scene: Scene) -> list[str]:
    """Defaults that change what the figure means."""
    partial = [note.period for note in result.plan.notes if note.kind == "partial" and note.period]
    if partial:
        reached = holding("month", max(period.end for period in partial))
        return [words()("note.partial", period=scene.period(reached))]
    latest = [note.period for note in result.plan.notes if note.kind == "period_default" and note.period]
    if latest and len(set(latest)) == 1:
        said = words()("note.period_default", period=scene.period(latest[0]))
        return [" ".join((sentence(said), *changed)) if (changed := _changed(result, scene)) else said]
    return []


def _changed(result: Result, scene: Scene) -> tuple[str, ...]:
    """What became of the one district or commune asked about, where it is no more and no period was named."""
    places = result.plan.places
    gone = len(places) == 1 and not scene.catalogue.exists(places[0], scene.clock.today())
    if not gone or scene.catalogue.place_kind(places[0]) not in ("district", "commune"):
        return ()
    return scene.catalogue.history(places[0])


def _gaps(result: Result, scene: Scene) -> list[str]:
    """Who is missing among those asked for."""
    answered = [part for part in result.parts if part.figures.get("main")]
    if len(answered) != 1:
        return []
    w, missing = words(), answered[0].missing.get("main", ())
    figures = answered[0].figures["main"]
    places = list(dict.fromkeys(each.place for each in missing))
    periods = list(dict.fromkeys(each.period for each in missing))
    if not missing:
        return []
    if len({figure.place for figure in figures} | set(places)) == 1:
        return [_gap("gaps.periods", [scene.period(period) for period in periods], w)]
    return [_gap("gaps.places", [scene.place(code) for code in places], w)]


def _gap(key: str, names: list[str], w: Callable[..., str]) -> str:
    if len(names) <= 3:
        return w(key, names=listing(names))
    return w(f"{key}_many", names=", ".join(names[:2]), count=len(names) - 2)


def _parts(result: Result, scene: Scene) -> tuple[Part, ...]:
    found = []
    for part in result.parts:
        if part.figures.get("main"):
            text = " ".join(sentence(each) for each in tell(result.plan, part, scene)[:1])
            found.append(Part(status=Status.ANSWERED, text=text))
        else:
            missing = part.missing.get("main", ())
            text = empty_cell(missing[0], scene) if missing else _nothing(part.indicator, scene)
            found.append(Part(status=Status.NO_DATA, text=text))
    found += [Part(status=refusal.status, text=sentence(reason(refusal, scene))) for refusal in result.plan.refused]
    return tuple(found)


def _without_figures(result: Result, scene: Scene) -> Draft:
    """Planned, and then nothing was stored in the cells."""
    texts: list[str] = []
    taps: list[Suggestion] = []
    for part in result.parts:
        missing = part.missing.get("main", ())
        texts.append(empty_cell(missing[0], scene) if missing else _nothing(part.indicator, scene))
        taps += [tap for each in missing[:1] for tap in _instead(each, part.indicator, scene)]
    texts += [reason(refusal, scene) for refusal in result.plan.refused]
    parts = _parts(result, scene)
    return Draft(
        status=Status.NO_DATA,
        text=_joined(texts, max(SENTENCES, len(texts))),
        spoken_text=_spoken(texts, 2),
        parts=parts if len(parts) > 1 else (),
        suggestions=tuple(taps[:SENTENCES]),
    )


def _instead(missing: Missing, indicator: str, scene: Scene) -> Iterable[Suggestion]:
    refusal = NotPlannable(
        status=Status.NO_DATA,
        reason="after",
        indicator=indicator,
        place=missing.place,
        period=missing.period,
        available_from=missing.available_from,
        available_to=missing.available_to,
    )
    return instead(refusal, scene)


def _about(result: Result, scene: Scene, coverage: Coverage | None) -> Draft:
    plan = result.plan
    refused = [reason(refusal, scene) for refusal in plan.refused]
    written = [*ABOUT[plan.shape](plan, scene), *refused]
    said = [*ABOUT[plan.shape](plan, scene.aloud()), *refused]
    return Draft(
        status=Status.ANSWERED if written else Status.NO_DATA,
        text=_joined(written or [words()("refused.not_loaded_any")], SENTENCES),
        spoken_text=_spoken(said or [words()("refused.not_loaded_any")], 2),
        table=table_for(result, scene),
        source=catalogue_line(plan, scene),
        suggestions=suggest(result, scene, coverage),
        illustrative=any(update.illustrative for update in plan.updates),
    )


def _nothing(indicator: str, scene: Scene) -> str:
    return sentence(words()("refused.not_loaded", name=scene.measure(indicator).name))


def _joined(sentences: list[str], most: int) -> str:
    return " ".join(sentence(text) for text in sentences[:most])


def _spoken(sentences: list[str], most: int) -> str:
    return " ".join(aloud(text) for text in sentences[:most])
