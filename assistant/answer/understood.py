"""Says which reading was taken where another one came close, and offers the other to be tapped."""

from __future__ import annotations

from assistant.answer.draft import Draft
from assistant.answer.measure import Measure
from assistant.answer.refusals import ask_value, names
from assistant.answer.scene import Scene
from assistant.answer.words import aloud, sentence, words
from assistant.types import Reading, Suggestion


def with_rival(draft: Draft, taken: Reading, rival: Reading, scene: Scene) -> Draft:
    """The draft with one more sentence ("tôi hiểu là …") and the rival as its first suggestion.

    The draft as it is where both readings are called alike.
    """
    meant, other = _called(taken, rival, scene), _called(rival, taken, scene)
    if not meant or not other or meant == other:
        return draft
    said = sentence(words()("understood", **names(scene.account), taken=meant, other=other))
    measure = Measure(scene.catalogue.indicator(rival.indicators[0].code), scene.catalogue)
    place = rival.places[0].code if rival.places else scene.catalogue.province.code
    period = next((found.period for found in rival.periods if found.period), None)
    question = ask_value(measure, scene.place(place), scene.period(period) if period else words()("period_now"))
    chip = Suggestion(label=other[:1].upper() + other[1:], text=question)
    return draft.model_copy(
        update={
            "text": f"{draft.text} {said}",
            "spoken_text": f"{draft.spoken_text} {aloud(said)}".strip(),
            "suggestions": (chip, *draft.suggestions)[:4],
        }
    )


def _called(reading: Reading, other: Reading, scene: Scene) -> str:
    """What sets a reading apart from another one, by its name."""
    if not reading.indicators or not other.indicators:
        return ""
    if [found.code for found in reading.indicators] != [found.code for found in other.indicators]:
        return str(scene.measure(reading.indicators[0].code).name)
    if {found.code for found in reading.places} != {found.code for found in other.places} and reading.places:
        return scene.place(reading.places[0].code)
    periods = [found.period for found in reading.periods if found.period]
    if periods != [found.period for found in other.periods if found.period] and periods:
        return scene.period(periods[-1])
    return ""
