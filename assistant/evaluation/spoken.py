"""Questions through speech: espeak-ng's voices, a real recogniser, and what was heard is asked.

It shows that the way holds from end to end. How people are heard it does not show: espeak-ng is no person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from rapidfuzz.distance import Levenshtein

from assistant.access import Account
from assistant.errors import BadAudio, ConfigurationError
from assistant.evaluation.judge import Judge
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.recompute import Recomputer
from assistant.evaluation.run import Case, cases, judged, outcome, written
from assistant.evaluation.sound import noisy, spoken
from assistant.house import House
from assistant.language.spoken import spell
from assistant.language.text import normalise
from assistant.settings import ROOT, Settings
from assistant.speech.listener import Listener
from assistant.speech.recognizer import BYTES_PER_SECOND, Domain
from assistant.speech.speaker import EspeakSpeaker
from assistant.types import Status, Utterance

TEST_MODEL = ROOT.parent / "shared" / "speech" / "vosk-model-vi-espeak"
"""A Vosk model that understands espeak-ng's voices and nobody else."""

VOICES = ("aav/vi", "aav/vi-vn-x-central", "aav/vi-vn-x-south")
RATES = (140, 155, 170)
"""Words per minute."""

NOISE = 10.0
"""Decibels by which speech is louder than the noise of the office."""
TALKERS = 5
"""People who talk in that office."""

AT_ONCE = 2
"""Utterances that are listened to at the same time."""
_CHUNK = BYTES_PER_SECOND // 10

Asked = tuple[Path, str, Case]
"""A case with its file and the file's author."""


def chosen(sets: list[tuple[Path, QuestionSet]], count: int, seed: int = 0) -> list[Asked]:
    """So many questions that stand alone and are written with their marks, drawn from all files and from those that
    are answered and those that are not in proportion; always the same for a seed."""
    strata: dict[tuple[str, bool], list[Asked]] = {}
    for file, found in sets:
        for case in cases(found):
            if len(case.turns) == 1 and case.spelling == "marks":
                expected = case.turns[0][1]
                answered = expected is not None and expected.status is Status.ANSWERED
                strata.setdefault((str(file), answered), []).append((file, found.author, case))
    every = sum(map(len, strata.values()))
    if every <= count:
        return [asked for some in strata.values() for asked in some]
    shares = {key: count * len(some) / every for key, some in strata.items()}
    takes = {key: int(share) for key, share in shares.items()}
    for key in sorted(shares, key=lambda key: takes[key] - shares[key])[: count - sum(takes.values())]:
        takes[key] += 1
    random = Random(seed)
    return [asked for key, some in strata.items() for asked in random.sample(some, takes[key])]


def run(
    house: House, asked: Sequence[Asked], people: Mapping[str, Account], model: Path, say: Callable[[str], None]
) -> list[Outcome]:
    """Four outcomes for each question: in writing, spoken, spoken and matched without sound, spoken in an office.

    ``say`` is told how far it is. Raises ConfigurationError where the recogniser's model is missing.
    """
    if not model.is_dir():
        raise ConfigurationError(f"no Vosk model in {model}")
    texts = [case.turns[0][0] for _, _, case in asked]
    say(f"{len(texts)} questions are spoken")
    sounds = _sounds(house.settings, texts)
    with closing(ears(house.settings, model, house.domain())) as listener:
        say("they are heard")
        clear = asyncio.run(_heard(listener, sounds))
        say("they are heard in an office")
        others = [[sounds[(at + step) % len(sounds)] for step in range(1, TALKERS + 1)] for at in range(len(sounds))]
        office = asyncio.run(
            _heard(
                listener,
                [noisy(pcm, some, NOISE, at) for at, (pcm, some) in enumerate(zip(sounds, others, strict=True))],
            )
        )
    say("what was heard is asked")
    with closing(Recomputer(house.settings.data_dir, house.catalogue)) as recomputer:
        asking = _Asking(house, Judge(recomputer, house.catalogue), people, asked)
        found = [*asking.all("written", None), *asking.all("spoken", clear)]
        with _without_sound(house):
            found += asking.all("spoken_not_by_sound", clear)
        return [*found, *asking.all(f"spoken_{NOISE:.0f}_db", office)]


def ears(settings: Settings, model: Path, domain: Domain | None = None) -> Listener:
    """The listener with Vosk and this model. Raises ConfigurationError where Vosk cannot be used."""
    asked = settings.model_copy(update={"recognizer": "vosk", "vosk_model": model})
    return Listener(asked, domain=domain, max_streams=AT_ONCE)


def word_errors(outcomes: Sequence[Outcome]) -> float:
    """Share of words that were heard otherwise than they were spoken, over all outcomes with something heard."""
    wrong = words = 0
    for one in outcomes:
        if one.heard:
            said = normalise(spell(one.text)).split()
            wrong += Levenshtein.distance(said, normalise(spell(one.heard)).split())
            words += len(said)
    return wrong / words if words else 0.0


def word_errors_text(outcomes: Sequence[Outcome]) -> str:
    """The share for each way in which something was heard."""
    ways = dict.fromkeys(one.spelling for one in outcomes if one.heard)
    shares = {way: word_errors([one for one in outcomes if one.spelling == way]) for way in ways}
    return ", ".join(f"{way} {100 * share:.1f} %" for way, share in shares.items())


class _Asking:
    """Asks the same questions again and again, each time as they were heard."""

    def __init__(self, house: House, judge: Judge, people: Mapping[str, Account], asked: Sequence[Asked]) -> None:
        self.house = house
        self.judge = judge
        self.people = people
        self.asked = asked

    def all(self, way: str, heard: Sequence[Utterance | BadAudio] | None) -> list[Outcome]:
        """The outcomes, as a spelling of this name."""
        found = []
        for at, (file, author, case) in enumerate(self.asked):
            utterance = heard[at] if heard is not None else None
            turns = judged(self.house, self.judge, case, self.people[case.account], _says(utterance))
            told = outcome(case, turns, self.judge, file, author, way)
            found.append(replace(told, heard=utterance.text) if isinstance(utterance, Utterance) else told)
        return found


def _says(utterance: Utterance | BadAudio | None) -> Callable[[str], Utterance]:
    def hear(text: str) -> Utterance:
        if isinstance(utterance, BadAudio):
            raise utterance
        return utterance or written(text)

    return hear


def _sounds(settings: Settings, texts: Sequence[str]) -> list[bytes]:
    """Each text in another voice or at another pace than the one before."""
    with ExitStack() as stack:
        speakers = [
            stack.enter_context(closing(EspeakSpeaker(settings.model_copy(update={"voice": voice}))))
            for voice in VOICES
        ]
        return [
            spoken(spell(text), speakers[at % len(VOICES)], RATES[at // len(VOICES) % len(RATES)])
            for at, text in enumerate(texts)
        ]


async def _heard(listener: Listener, sounds: Sequence[bytes]) -> list[Utterance | BadAudio]:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(pcm: bytes) -> Utterance | BadAudio:
        async with places:
            session = listener.open()
            for start in range(0, len(pcm), _CHUNK):
                await session.feed(pcm[start : start + _CHUNK])
            try:
                return await session.finish()
            except BadAudio as error:
                return error

    return list(await asyncio.gather(*map(one, sounds)))


@contextmanager
def _without_sound(house: House) -> Iterator[None]:
    gazetteer = house.understanding.spans.gazetteer
    gazetteer.by_sound = False
    try:
        yield
    finally:
        gazetteer.by_sound = True
