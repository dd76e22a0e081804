"""Questions put together anew out of those that are read right: behind another's story, before another's reason, with the time
said first, or as another's next turn. Whatever is read otherwise then shows what wording spoils a reading.

No figures are judged and nothing gates: some combinations are ambiguous or nonsense, and people look at the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from assistant.evaluation.questions import Question, QuestionSet
from assistant.language.text import fold, normalise
from assistant.types import Found, Status, Utterance
from assistant.understanding.interpretation import Context, Interpretation
from assistant.understanding.reader import Understanding

READ = 4
"""Questions that are read for each one that is put together, so that enough stories and reasons are among them …"""

MOST_READ = 1500
"""… and how many of them at the most."""

FEWEST_TOLD = 3
"""Words of the shortest story or reason."""

LEADS = (
    "trong",
    "hoi",
    "cua",
    "tinh",
    "den",
    "toi",
    "vao",
    "o",
    "cho",
    "tu",
    "so",
    "voi",
    "va",
    "ke",
    "qua",
    "suot",
    "het",
    "cuoi",
    "dau",
)
"""Words, without their marks, that lead to a time and cannot be left behind."""

END = " ?.!"
"""What a question ends with."""

Slots = dict[str, object]


@dataclass(frozen=True)
class Whole:
    """A question that is read right, with what it is read as."""

    id: str
    text: str
    read: Interpretation


@dataclass(frozen=True)
class Part:
    """What one question holds beside what it asks."""

    id: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """One question put together: of which two, and what is read otherwise in it (what it should be, what it is)."""

    kind: str
    text: str
    of: str
    changed: dict[str, tuple[object, object]]


def slots(found: Interpretation) -> Slots:
    """What a reading asks for; without its shape and score, which may differ."""
    if not found.readings:
        return {"reading": None}
    reading = found.readings[0]
    return {
        "indicators": [each.code for each in reading.indicators],
        "places": sorted(each.code for each in reading.places),
        "members": sorted({each.code for each in reading.dimensions}),
        "periods": sorted(each.code for each in reading.periods),
        "groups": [each.code for each in reading.grouping],
        "order": (reading.order, reading.limit),
        "threshold": reading.threshold,
        "against": reading.comparison and reading.comparison.kind,
        "per": reading.per and reading.per.code,
        "plan": reading.planned,
        "further": len(found.also),
        "asked back": found.question is not None,
    }


def story(text: str, asked: str) -> str | None:
    """What is told before what a question asks, with its stop; None where nothing is."""
    said, words = text.split(), asked.split()
    told = said[: len(said) - len(words)]
    if (
        len(told) < FEWEST_TOLD
        or _bare(said[len(told) :]) != _bare(words)
        or not told[-1].endswith((",", ".", ":", ";"))
    ):
        return None
    return " ".join(told)


def reason(text: str, asked: str) -> str | None:
    """What is told after what a question asks; None where nothing is."""
    said, words = text.split(), asked.split()
    told = said[len(words) :]
    return " ".join(told) if len(told) >= FEWEST_TOLD and _bare(said[: len(words)]) == _bare(words) else None


def timed_first(one: Whole) -> str | None:
    """The question with its only time at its beginning; None where it has none, or several, or begins with it."""
    periods = one.read.readings[0].periods
    said, words = one.text.split(), list(re.finditer(r"\S+", one.read.normalised))
    if len(periods) != 1 or periods[0].start <= 0 or periods[0].role or len(said) != len(words):
        return None
    inside = [at for at, word in enumerate(words) if _over(periods[0], word)]
    if fold(said[inside[0] - 1].strip(",")) in LEADS:
        return None
    when = " ".join(said[inside[0] : inside[-1] + 1]).strip(END + ",:")
    rest = " ".join([*said[: inside[0]], *said[inside[-1] + 1 :]]).strip(" ,")
    return f"{when[0].upper()}{when[1:]}, {rest[0].lower()}{rest[1:]}"


def run(reader: Understanding, sets: list[QuestionSet], wrong: set[str], count: int, seed: int) -> Iterator[Outcome]:
    """So many questions of each kind, drawn by the seed out of those with figures that are not known to be ``wrong``.

    Raises NluUnavailable where Rasa does not answer.
    """
    random = Random(seed)
    asked = [one for found in sets for one in found.questions if one.id not in wrong and _is_plain(one)]
    drawn = random.sample(asked, min(len(asked), count * READ, MOST_READ))
    wholes = [Whole(one.id, one.text, reader.read(Utterance(text=one.text), None)) for one in drawn]
    wholes = [one for one in wholes if one.read.readings]
    stories = [Part(one.id, told) for one in wholes if (told := story(one.text, one.read.normalised))]
    reasons = [Part(one.id, told) for one in wholes if (told := reason(one.text, one.read.normalised))]
    beside = {part.id for part in (*stories, *reasons)}
    alone = [one for one in wholes if one.id not in beside]
    joined: dict[str, tuple[list[Part], Callable[[str, str], str]]] = {
        "behind a story": (stories, lambda text, told: f"{told} {text[0].lower()}{text[1:]}"),
        "before a reason": (reasons, lambda text, told: f"{text.rstrip(END)}, {told}"),
    }
    for kind, (parts, join) in joined.items():
        for _ in range(count if parts and alone else 0):
            one, part = random.choice(alone), random.choice(parts)
            put = join(one.text, part.text)
            yield _held(kind, put, f"{one.id} + {part.id}", slots(one.read), reader.read(Utterance(text=put), None))
    moved = [(one, first) for one in alone if (first := timed_first(one))]
    for one, first in random.sample(moved, min(count, len(moved))):
        yield _held("time said first", first, one.id, slots(one.read), reader.read(Utterance(text=first), None))
    yield from _next_turns(reader, alone, count, random)


def _next_turns(reader: Understanding, alone: list[Whole], count: int, random: Random) -> Iterator[Outcome]:
    """After one question the place of another: only the place changes."""
    placed = [one for one in alone if _is_of_one_area(one)]
    for _ in range(count if len(placed) > 1 else 0):
        one, other = random.sample(placed, 2)
        area = other.read.readings[0].areas[0]
        before = Context(reading=one.read.readings[0], at=reader.clock.now())
        text = f"Còn {area.text} thì sao?"
        found = reader.read(Utterance(text=text), before)
        wanted = slots(one.read) | {"places": [area.code]}
        yield _held("another place next", f"{one.text} / {text}", f"{one.id} + {other.id}", wanted, found)


def text(outcomes: list[Outcome], shown: int) -> str:
    """A table of how many readings stay as they are, and the first of those that do not, so many of each kind."""
    lines = [f"{'questions put together anew':<40}{'n':>8}{'read the same':>16}"]
    for kind in dict.fromkeys(each.kind for each in outcomes):
        held = [each for each in outcomes if each.kind == kind]
        same = sum(not each.changed for each in held)
        lines.append(f"{kind:<40}{len(held):>8}{100 * same / len(held):>14.1f} %")
    for kind in dict.fromkeys(each.kind for each in outcomes):
        for each in [each for each in outcomes if each.kind == kind and each.changed][:shown]:
            lines += ["", f"{kind}: {each.text}  ({each.of})"]
            lines += [f"    {slot}: {wanted} -> {found}" for slot, (wanted, found) in each.changed.items()]
    return "\n".join(lines)


def _held(kind: str, text: str, of: str, wanted: Slots, found: Interpretation) -> Outcome:
    read = slots(found)
    return Outcome(
        kind, text, of, {slot: (value, read.get(slot)) for slot, value in wanted.items() if read.get(slot) != value}
    )


def _is_plain(one: Question) -> bool:
    """Whether a question stands by itself, with its marks, and asks for figures."""
    expected = one.expect
    figures = expected.status is Status.ANSWERED and (expected.cells or expected.ranking)
    return bool(figures) and not one.before and one.spelling == "marks"


def _is_of_one_area(one: Whole) -> bool:
    """Whether one figure of one area is asked for."""
    reading = one.read.readings[0]
    alone = len(reading.places) == len(reading.areas) == len(reading.indicators) == 1 and not reading.grouping
    held = reading.comparison or reading.threshold or reading.per or one.read.also or one.read.question
    return alone and not held and bool(reading.areas[0].text)


def _bare(words: list[str]) -> list[str]:
    return [fold(normalise(word)) for word in words]


def _over(found: Found, word: re.Match[str]) -> bool:
    return found.start <= word.start() < found.end
