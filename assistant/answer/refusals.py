"""What is said when there is no figure: asked back, no data, denied, not understood, and small talk."""

from __future__ import annotations

from datetime import date

from assistant.answer.draft import Draft
from assistant.answer.measure import Measure
from assistant.answer.scene import Account, Scene
from assistant.answer.words import aloud, listing, sentence, words
from assistant.catalogue.loader import Catalogue
from assistant.clock import Clock
from assistant.language import address, periods
from assistant.query.plan import NotPlannable
from assistant.query.request import Missing
from assistant.types import Grain, Period, Status, Suggestion
from assistant.understanding.interpretation import QuestionBack

SMALL_TALK = ("greet", "thanks", "goodbye", "help", "identity", "out_of_scope", "correct", "repeat")
"""Intents that are answered with a sentence of the wordings and nothing else."""

CHOICES = 4
"""Choices a question back offers at most."""


def refuse(refusal: NotPlannable, scene: Scene) -> Draft:
    """A plan that could not be made, in one or two sentences, with what there is instead to tap on."""
    return plain(refusal.status, [reason(refusal, scene)], instead(refusal, scene))


def reason(refusal: NotPlannable, scene: Scene) -> str:
    """Why there is no figure. A denial names the domain and nothing else."""
    w = words()
    if refusal.status is Status.DENIED:
        return denied(refusal, scene)
    measure = scene.measure(refusal.indicator) if refusal.indicator else None
    place = scene.place(refusal.place) if refusal.place else ""
    values = {
        "name": measure.name if measure else w("indicator_unsaid"),
        "noun": measure.noun(place) if measure else w("indicator_unsaid"),
        "place": place,
        "dimension": _dimension(refusal.dimension, scene),
        "level": _level(refusal),
        "every": w(f"every.{refusal.grain}") if refusal.grain else "",
        "text": refusal.text,
        "period": scene.period(refusal.period) if refusal.period else w("period_unsaid"),
        **names(scene.account),
    }
    key: str = refusal.reason
    if key == "no_plan":
        key = "no_plan_each" if refusal.place_kind else "no_plan_then" if refusal.period else key
    text = w(f"refused.{key}", **values)
    if refusal.reason in ("future", "before", "after", "gap"):
        text = " ".join(filter(None, (sentence(text), _available(refusal))))
    if refusal.reason in ("place_not_valid", "before", "after", "gap"):
        text = " ".join((sentence(text), *scene.catalogue.history(refusal.place)))
    return text


def denied(refusal: NotPlannable, scene: Scene) -> str:
    """Names the domain, never the indicator, the place or whether there are figures."""
    fields = [scene.catalogue.domains[code].name for code in refusal.domains if code in scene.catalogue.domains]
    key = "denied.place" if refusal.reason == "place" else "denied.domain"
    if not fields:
        return words()("denied.any", **names(scene.account))
    return words()(key, **names(scene.account), domains=listing(fields))


def instead(refusal: NotPlannable, scene: Scene) -> tuple[Suggestion, ...]:
    """A question like the one asked, for the last period there is."""
    if refusal.status is not Status.NO_DATA or not refusal.indicator or not refusal.available_to:
        return ()
    place = refusal.place or scene.catalogue.province.code
    if not scene.account.grants.allows(refusal.indicator, place, scene.catalogue):
        return ()
    measure = scene.measure(refusal.indicator)
    period = nearest(refusal, measure.indicator.grain)
    if period is None:
        return ()
    text = ask_value(measure, scene.place(place), scene.period(period))
    return (Suggestion(label=words()("instead", period=scene.period(period)), text=text),)


def nearest(refusal: NotPlannable, grain: Grain) -> Period | None:
    """The available period next to the one asked for, of the grain asked for where it is a common one."""
    wanted = refusal.period.grain if refusal.period and refusal.period.grain in ("month", "quarter", "year") else grain
    day = refusal.available_to
    if refusal.reason == "before":
        day = refusal.available_from
    if day is None:
        return None
    return period_of(wanted, day)


def period_of(grain: Grain, day: date) -> Period | None:
    """The period of a grain that a day lies in; None for grains without a name of their own."""
    match grain:
        case "month":
            return periods.month(day.year, day.month)
        case "quarter":
            return periods.quarter(day.year, (day.month - 1) // 3 + 1)
        case "year":
            return periods.year(day.year)
        case "school_year":
            return periods.school_year(day.year if day.month >= 8 else day.year - 1)
        case _:
            return None


def ask_value(measure: Measure, place: str, period: str) -> str:
    """The plain question for one figure."""
    w = words()
    if measure.thing:
        key = "ask.done" if measure.action else "ask.counted"
        return sentence_question(w(key, period=period, place=place, thing=measure.thing, verb=measure.action))
    return sentence_question(w("ask.measured", noun=measure.noun(place), period=period))


def sentence_question(text: str) -> str:
    """Capital and question mark."""
    return sentence(text if text.endswith("?") else text.rstrip(". ") + "?")


def empty_cell(missing: Missing, scene: Scene) -> str:
    """Why one cell has no figure."""
    w, measure = words(), scene.measure(missing.indicator)
    values = {
        "noun": measure.noun(scene.place(missing.place), missing.dimensions),
        "period": scene.period(missing.period),
        "place": scene.place(missing.place),
        "name": measure.name,
        "every": w(f"every.{missing.grain}") if missing.grain else "",
        "absent": listing([scene.period(each) for each in missing.absent_periods[:3]])
        or listing([scene.place(code) for code in missing.absent[:3]]),
    }
    key = missing.reason
    if key == "incomplete" and not values["absent"]:
        key = "incomplete_unnamed"  # type: ignore[assignment]
    text = sentence(w(f"missing.{key}", **values))
    stretch = _stretch(missing.available_from, missing.available_to)
    told = scene.catalogue.history(missing.place) if missing.reason in ("no_period", "no_place") else ()
    return " ".join([text, *([stretch] if missing.reason == "no_period" and stretch else []), *told])


def ask_back(question: QuestionBack, *, account: Account, catalogue: Catalogue) -> Draft:
    """A question to the person; its choices are the suggestions, those only that this person may ask about."""
    w = words()
    choices = [choice for choice in question.choices if _may_ask(choice.reading, account, catalogue)][:CHOICES]
    key = question.kind if question.words else f"{question.kind}_unsaid"
    if not choices:
        return plain(Status.CLARIFY, [w(f"question.{question.kind}_open", **names(account), words=question.words)])
    text = w(f"question.{key}", **names(account), words=question.words, count=len(choices))
    options = listing([choice.label for choice in choices[:-1]])
    spoken_text = w(
        "question.choices", text=text.rstrip("? "), first=options or choices[0].label, last=choices[-1].label
    )
    draft = plain(
        Status.CLARIFY,
        [text],
        tuple(Suggestion(label=choice.label, text=choice.label) for choice in choices),
    )
    if len(choices) == 1:
        return draft
    return draft.model_copy(update={"spoken_text": aloud(sentence_question(spoken_text))})


def not_understood(*, account: Account, heard: str = "", examples: tuple[Suggestion, ...] = ()) -> Draft:
    """Said honestly, with what was heard where it was heard, and with examples of what can be asked."""
    key = "not_understood.heard" if heard else "not_understood.plain"
    return plain(Status.NOT_UNDERSTOOD, [words()(key, **names(account), heard=heard)], examples[:3])


def small_talk(
    intent: str, *, account: Account, catalogue: Catalogue, clock: Clock, examples: tuple[Suggestion, ...] = ()
) -> Draft:
    """Greetings, thanks, help and the like; an unknown intent is not understood.

    ``help`` names the domains this person is granted.
    """
    if intent not in SMALL_TALK:
        return not_understood(account=account, examples=examples)
    w, hour = words(), clock.now().hour
    part = "morning" if 4 <= hour < 11 else "noon" if hour < 14 else "afternoon" if hour < 18 else "evening"
    granted = getattr(account.grants, "domains", {})
    fields = [domain.name for code, domain in catalogue.domains.items() if code in granted]
    key = f"talk.{intent}"
    if intent == "help":
        key = "talk.help" if fields else "talk.help_none"
    text = w(key, **names(account), part=w(f"day.{part}"), domains=listing(fields), province=catalogue.province.name)
    shown = examples[:3] if intent in ("greet", "help", "identity", "out_of_scope") else ()
    return plain(Status.SMALL_TALK, [text], shown)


def plain(status: Status, sentences: list[str], suggestions: tuple[Suggestion, ...] = ()) -> Draft:
    """A draft of words alone."""
    tidy = [sentence(text) for text in sentences]
    said = " ".join(aloud(text) for text in tidy[:2])
    return Draft(status=status, text=" ".join(tidy), spoken_text=said, suggestions=suggestions[:CHOICES])


def names(account: Account) -> dict[str, str]:
    """What the person is called (``you``) and what the assistant calls itself to them (``me``)."""
    form = address.of(account.address)
    return {"you": form.person, "me": form.self_}


def _may_ask(reading: object, account: Account, catalogue: Catalogue) -> bool:
    codes = [found.code for found in getattr(reading, "indicators", ())]
    places = [
        found.code
        for kind in ("areas", "facilities", "agencies")
        for found in getattr(reading, kind, ())
        if catalogue.is_place(found.code)
    ] or [catalogue.province.code]
    known = [code for code in codes if code in catalogue.indicators]
    return all(account.grants.allows(code, place, catalogue) for code in known for place in places)


def _available(refusal: NotPlannable) -> str:
    return _stretch(refusal.available_from, refusal.available_to)


def _stretch(first: date | None, last: date | None) -> str:
    """ "Hiện có số liệu từ năm 1995 đến năm 2016." """
    if first is None or last is None:
        return ""
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    grain: Grain = "year" if whole else "month"
    start, end = period_of(grain, first), period_of(grain, last)
    if start is None or end is None:
        return ""
    if start == end:
        return sentence(words()("available.one", period=periods.say(start)))
    return sentence(words()("available.range", first=periods.say(start), last=periods.say(end)))


def _dimension(code: str, scene: Scene) -> str:
    dimension = scene.catalogue.dimensions.get(code.partition(":")[0])
    return dimension.name if dimension else ""


def _level(refusal: NotPlannable) -> str:
    return words()(f"levels.{refusal.place_kind or 'province'}", kind=words()("column.facility").lower())
