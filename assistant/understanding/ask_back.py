"""One question back instead of a guess: two schools of one name, a name in no list, no indicator at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from assistant.catalogue.loader import Catalogue
from assistant.language import numbers
from assistant.language.gazetteer import Gazetteer
from assistant.language.periods import say
from assistant.language.text import fold, normalise
from assistant.types import Found, Reading
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.interpretation import Choice, QuestionBack, QuestionKind
from assistant.understanding.lattice import Slot

MOST = 4
"""Choices offered at the most."""

NEAR = 0.78
"""Likeness from which another name is offered for one that is in no list."""

NEAR_OWN = 0.6
"""… and likeness of what is left of both without the words they begin with alike."""

MOST_WORDS = 5
"""Words of an utterance that may be nothing but a choice."""

DESCRIBED = 8
"""… or one described in words."""

ORDINALS = {"dau": 0, "nhat": 0, "tien": 0, "hai": 1, "nhi": 1, "ba": 2, "tu": 3, "bon": 3, "cuoi": -1, "cung": -1}
"""Folded last words that choose by order ("cái đầu tiên", "cái thứ hai", "cái cuối cùng")."""

LEADING = (
    *("o", "tai", "cai", "la", "y", "toi", "anh", "chi", "em", "muon", "hoi", "truong", "thi", "a", "nhe", "cho"),
    *("ay", "do", "nay", "kia", "dung", "roi", "vang", "da", "nha", "benh", "vien", "ben", "tren", "duoi", "phia"),
    *("con", "the", "vay", "sao", "ve", "co", "thoi", "cua", "thuoc", "trong", "rieng", "noi", "dang", "minh"),
)
"""Folded words around a choice that choose nothing."""

TURNING = ("con", "the", "vay")
"""Folded words that turn to another choice than the one made."""

NAMESAKE = re.compile(r"\b(?:cung|trung) ten\b")
"""Folded words that turn to another one of the same name, wherever it lies."""

AGREED = re.compile(r"(?<=\w\w) (?:chớ|chứ|cho|chu) (?:đâu|dau|ai|gì|gi|sao)(?: nữa| nua)?$")
"""How a choice ends that is said to be plain: "trường ở Bà Rịa chớ đâu"."""

CHOOSING = frozenset(LEADING) | frozenset(
    ["so", "thu", "chon", "lay", "lua", "phuong", "an", "muc", "cau", "nay", "do", "nha", "di", "da", "vang", "oi"]
)
"""Folded words that may stand beside a number or an order that chooses; "cấp 2", "nhiều nhất" choose nothing."""

FIELD = {**PLACE_FIELDS, "indicator": "indicators"}

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
    return QuestionBack(kind=KINDS[options[0].kind], words=words, choices=tuple(choices), asked=reading)


def which_place(reading: Reading, unsure: Slot, catalogue: Catalogue) -> QuestionBack | None:
    """Several places bear the name that was said."""
    return which(reading, unsure.best.text, unsure.equals(), catalogue)


def which_period(reading: Reading, unsure: Slot) -> QuestionBack:
    """The words mean several periods and nothing tells which."""
    options = [found for found in unsure.equals() if found.period is not None][:MOST]
    choices = [
        Choice(
            label=say(period),
            reading=reading.model_copy(
                update={"periods": tuple(option if _same_words(held, option) else held for held in reading.periods)}
            ),
        )
        for option in options
        if (period := option.period) is not None
    ]
    return QuestionBack(kind="which_period", words=unsure.best.text, choices=tuple(choices), asked=reading)


def _same_words(left: Found, right: Found) -> bool:
    return (left.start, left.end) == (right.start, right.end)


def which_unknown(reading: Reading, gazetteer: Gazetteer, catalogue: Catalogue) -> QuestionBack | None:
    """A facility or area that is in no list: offers those whose names come near."""
    name = reading.unknown[0].text
    near = [*gazetteer.near(name, "facility", MOST, NEAR), *gazetteer.near(name, "area", MOST, NEAR)]
    near = [found for found in near if not catalogue.is_outside(found.code)]
    near = [found for found in near if _own_part(name, catalogue.place_name(found.code)) >= NEAR_OWN]
    near.sort(key=lambda found: -found.score)
    kind = near[0].kind if near else ""
    question = which(reading, name, [found for found in near if found.kind == kind], catalogue)
    return question and question.model_copy(update={"kind": "which_near"})


def _own_part(said: str, listed: str) -> float:
    """Likeness, 0 to 1, of two names without the words that both begin with ("trường tiểu học")."""
    left, right = fold(said).split(), fold(normalise(listed)).split()
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    return Levenshtein.normalized_similarity(" ".join(left), " ".join(right))


def which_indicator(
    reading: Reading, text: str, holding: Sequence[str], gazetteer: Gazetteer, catalogue: Catalogue
) -> QuestionBack:
    """No indicator was found: offers those that hold a word that was said, then those whose names come near.

    Without any, the question is asked without choices.
    """
    options = [Found(kind="indicator", code=code, score=1.0, match="fuzzy") for code in holding]
    options += [found for found in gazetteer.near(text, "indicator", MOST, NEAR) if found.code not in holding]
    question = which(reading, "", options, catalogue)
    return question or QuestionBack(kind="which_indicator", words="", choices=(), asked=reading)


def chosen(text: str, question: QuestionBack, gazetteer: Gazetteer, catalogue: Catalogue) -> Reading | None:
    """The choice that an utterance makes: by a part of its name, its number, its place in the order, in words, or by
    another word for what it is ("trường cấp ba ấy").

    Of a settled question another choice is made by words of its name: "còn phường thì sao?" after the commune.
    """
    labels = [fold(normalise(choice.label)) for choice in question.choices]
    spoken = AGREED.sub("", normalise(text))
    words = fold(spoken).split()
    if question.settled:
        names = [fold(normalise(choice.label.partition(",")[0])) for choice in question.choices]
        namesake = NAMESAKE.search(" ".join(words))
        if namesake is not None:
            words, names = NAMESAKE.sub(" ", " ".join(words)).split(), labels
        place = _by_words(words, names) if words and (namesake or words[0] in TURNING) else None
        return None if place is None else question.choices[place].reading
    if (whole := " ".join(words)) in labels:
        return question.choices[labels.index(whole)].reading
    said = " ".join(word for word in words if word not in LEADING)
    holding = [index for index, name in enumerate(labels) if f" {said} " in f" {name} "]
    if len(holding) == 1 and len(said) > 1:
        return question.choices[holding[0]].reading
    place = _by_number(spoken, len(labels)) if len(words) <= MOST_WORDS else None
    place = _by_order(words, len(labels)) if place is None and len(words) <= MOST_WORDS else place
    place = _by_words(words, labels) if place is None else place
    place = _by_class(spoken, question, gazetteer, catalogue) if place is None else place
    return None if place is None else question.choices[place].reading


def _by_words(words: list[str], labels: list[str]) -> int | None:
    """The place of the one choice whose label holds every telling word ("phường, trên thành phố Bà Rịa đó")."""
    telling = set(words).difference(LEADING)
    holding = [index for index, name in enumerate(labels) if telling.issubset(name.split())]
    return holding[0] if telling and len(words) <= DESCRIBED and len(holding) == 1 else None


def _by_class(spoken: str, question: QuestionBack, gazetteer: Gazetteer, catalogue: Catalogue) -> int | None:
    """The place of the one facility that belongs to the members named; the other words are in its label or choose nothing."""
    named = [found for found in gazetteer.find(spoken, near=False) if found.kind == "member"]
    codes = {found.code for found in named}
    words = [
        fold(word.group())
        for word in re.finditer(r"\w+", spoken)
        if not any(found.start <= word.start() < found.end for found in named)
    ]
    holding = []
    for index, choice in enumerate(question.choices):
        own = [catalogue.facilities[found.code].dimensions for found in choice.reading.facilities]
        if any(codes & {f"{dimension}:{member}" for dimension, member in each.items()} for each in own):
            holding.append(index)
    known = [set(LEADING).union(fold(normalise(question.choices[at].label)).split()) for at in holding]
    holding = [at for at, words_of in zip(holding, known, strict=True) if words_of.issuperset(words)]
    return holding[0] if len(words) <= DESCRIBED and len(holding) == 1 else None


def again(question: QuestionBack, now: Reading) -> QuestionBack | None:
    """The question for turning to another choice later, where the reading answered now is about one of its choices."""
    field = next((FIELD[kind] for kind, name in KINDS.items() if name == question.kind), "")
    if not field or not any(_codes(choice.reading, field) == _codes(now, field) for choice in question.choices):
        return None
    choices = tuple(
        choice.model_copy(update={"reading": now.model_copy(update=_place(choice.reading, field))})
        for choice in question.choices
    )
    return question.model_copy(update={"choices": choices, "asked": None, "settled": True})


def _codes(reading: Reading, field: str) -> tuple[str, ...]:
    return tuple(found.code for found in getattr(reading, field))


def _place(reading: Reading, field: str) -> dict[str, object]:
    """What a choice puts in the place of another."""
    if field == "indicators":
        return {"indicators": reading.indicators, "domains": reading.domains}
    return {name: getattr(reading, name) for name in PLACE_FIELDS.values()}


def _by_number(spoken: str, choices: int) -> int | None:
    """The place of a choice said by its number ("số 2", "cái thứ 2")."""
    counted = [found for found in numbers.find(spoken) if found.code.isdigit()]
    if len(counted) != 1 or not 1 <= int(counted[0].code) <= choices:
        return None
    before, after = (fold(part).split() for part in (spoken[: counted[0].start], spoken[counted[0].end :]))
    chooses = before[-1:] == ["thu"] or CHOOSING.issuperset(before + after)
    return int(counted[0].code) - 1 if chooses else None


def _by_order(words: list[str], choices: int) -> int | None:
    """The place of a choice said by its order, by the last of its folded words ("cái đầu tiên", "trường cuối cùng")."""
    while words and words[-1] in LEADING:
        words = words[:-1]
    place = ORDINALS.get(words[-1], choices) if words and choices else choices
    ordered = words[-2:-1] == ["thu"] or words[-2:] in (["dau", "tien"], ["cuoi", "cung"])
    return place if place < choices and (ordered or CHOOSING.issuperset(words[:-1])) else None
