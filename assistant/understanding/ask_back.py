"""One question back instead of a guess: two schools of one name, a name in no list, no indicator at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalogue.loader import Catalogue
from assistant.language import numbers
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, normalise
from assistant.types import Found, Reading
from assistant.understanding.interpretation import Choice, QuestionBack, QuestionKind
from assistant.understanding.lattice import Slot

MOST = 4
"""Choices offered at the most."""

NEAR = 0.78
"""Likeness from which another name is offered for one that is in no list."""

FIELD = {"area": "areas", "facility": "facilities", "agency": "agencies", "indicator": "indicators"}

KINDS: dict[str, QuestionKind] = {
    "area": "which_area",
    "facility": "which_facility",
    "agency": "which_agency",
    "indicator": "which_indicator",
}


def label(code: str, kind: str, catalogue: Catalogue) -> str:
    """How a choice is named; facilities and communes with the place they lie in."""
    if kind == "indicator":
        return catalogue.indicator(code).name
    name = catalogue.place_name(code)
    around = [above for above in catalogue.ancestors(code) if catalogue.place_kind(above) != "province"]
    if kind == "facility" or catalogue.place_kind(code) == "commune":
        return ", ".join([name, *(catalogue.place_name(above) for above in around)])
    return name


def which(reading: Reading, words: str, options: Sequence[Found], catalogue: Catalogue) -> QuestionBack | None:
    """Asks which of several names was meant; None where nothing is like it."""
    choices = []
    for option in options[:MOST]:
        field = FIELD[option.kind]
        kept = tuple(found for found in getattr(reading, field) if normalise(found.text) != normalise(words))
        meant = reading.model_copy(update={field: (*kept, option), "unknown": ()})
        if option.kind == "indicator":
            meant = meant.model_copy(update={"domains": (catalogue.indicator(option.code).domain,)})
        choices.append(Choice(label=label(option.code, option.kind, catalogue), reading=meant))
    if not choices:
        return None
    return QuestionBack(kind=KINDS[options[0].kind], words=words, choices=tuple(choices))


def which_place(reading: Reading, unsure: Slot, catalogue: Catalogue) -> QuestionBack | None:
    """Several places bear the name that was said."""
    return which(reading, unsure.best.text, unsure.equals(), catalogue)


def which_unknown(reading: Reading, gazetteer: Gazetteer, catalogue: Catalogue) -> QuestionBack | None:
    """A facility or area that is in no list: offers those whose names come near."""
    name = reading.unknown[0].text
    near = [*gazetteer.near(name, "facility", MOST), *gazetteer.near(name, "area", MOST)]
    near = sorted((found for found in near if found.score >= NEAR), key=lambda found: -found.score)
    kind = near[0].kind if near else ""
    return which(reading, name, [found for found in near if found.kind == kind], catalogue)


def which_indicator(
    reading: Reading, text: str, holding: Sequence[str], gazetteer: Gazetteer, catalogue: Catalogue
) -> QuestionBack:
    """No indicator was found: offers those that hold a word that was said, then those whose names come near.

    Without any, the question is asked without choices.
    """
    options = [Found(kind="indicator", code=code, score=1.0, match="fuzzy") for code in holding]
    options += [
        found for found in gazetteer.near(text, "indicator", MOST) if found.score >= NEAR and found.code not in holding
    ]
    question = which(reading, "", options, catalogue)
    return question or QuestionBack(kind="which_indicator", words="", choices=())


def chosen(text: str, question: QuestionBack) -> Reading | None:
    """The choice that an utterance makes, by its number, its place in the order or a part of its name."""
    said = fold(normalise(text))
    labels = [fold(normalise(choice.label)) for choice in question.choices]
    if said in labels:
        return question.choices[labels.index(said)].reading
    counted = numbers.find(normalise(text))
    if len(counted) == 1 and len(said.split()) <= 4:
        place = float(counted[0].code)
        if place.is_integer() and 1 <= place <= len(labels):
            return question.choices[int(place) - 1].reading
    if len(said.split()) <= 4 and any(word in said.split() for word in ("dau", "nhat")):
        return question.choices[0].reading
    holding = [index for index, name in enumerate(labels) if f" {said} " in f" {name} "]
    if len(holding) == 1 and len(said) > 2:
        return question.choices[holding[0]].reading
    return None
