"""Spoken questions: from the end of speech to the transcript, to the answer's text, to the first sound of the answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from assistant.access import Account
from assistant.bench.report import Times, table
from assistant.errors import AssistantError, BadAudio
from assistant.house import House
from assistant.settings import Settings
from assistant.speech.listener import Listener, ListeningSession
from assistant.speech.recognizer import BYTES_PER_SECOND
from assistant.speech.speaker import Speaker
from assistant.types import Answer, Utterance

CHUNK_SECONDS = 0.1
CHUNK = int(BYTES_PER_SECOND * CHUNK_SECONDS)


@dataclass(frozen=True)
class Saying:
    """One utterance as sound, with the words that are asked in writing."""

    pcm: bytes
    """16 kHz mono."""
    question: str


@dataclass
class Heard:
    """Times of one recogniser on one kind of sound."""

    name: str
    how: str
    """How it was measured, for the reader."""
    alone: Times = field(init=False)
    answered: Times = field(init=False)
    statuses: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.alone = Times(f"{self.name}: end of speech to transcript")
        self.answered = Times(f"{self.name}: end of speech to answer's text", target95=500)

    def text(self) -> str:
        """The table."""
        became = ", ".join(f"{status} {count}" for status, count in sorted(self.statuses.items()))
        return f"{table(self.how, [self.alone, self.answered], self.answered)}outcomes: {became or 'none'}\n"


async def listen(
    house: House, listener: Listener, account: Account, sayings: Sequence[Saying], heard: Heard, *, as_heard: bool
) -> Heard:
    """Feeds sayings in chunks of 0.1 s at the pace of speech and asks, ``as_heard`` or in the saying's own words.

    The clock starts when the last chunk arrives.
    """
    listener.start()
    for saying in sayings:
        session = listener.open()
        chunks = [saying.pcm[start : start + CHUNK] for start in range(0, len(saying.pcm), CHUNK)]
        begin = perf_counter()
        for number, chunk in enumerate(chunks[:-1], 1):
            await session.feed(chunk)
            await asyncio.sleep(max(0.0, begin + number * CHUNK_SECONDS - perf_counter()))
        start = perf_counter()
        await session.feed(chunks[-1])
        utterance = await _finish(session)
        heard.alone.values.append((perf_counter() - start) * 1000)
        if not as_heard:
            utterance = Utterance(text=saying.question, spoken=True)
        elif utterance is None:
            heard.statuses["not heard"] += 1
            continue
        status = await asyncio.to_thread(_ask, house, utterance, account)
        heard.answered.values.append((perf_counter() - start) * 1000)
        heard.statuses[status] += 1
    return heard


async def _finish(session: ListeningSession) -> Utterance | None:
    try:
        return await session.finish()
    except BadAudio:
        return None


def _ask(house: House, utterance: Utterance, account: Account) -> str:
    try:
        return house.conversation.ask(utterance, account).status.value
    except AssistantError as error:
        return type(error).__name__


@dataclass
class Said:
    """Times of the speaker."""

    alone: Times = field(default_factory=lambda: Times("speaker alone: first sentence ready", target95=300))
    sent: Times = field(default_factory=lambda: Times("first sound sent after the text", target95=300))

    def text(self) -> str:
        """The table; the socket sends a sentence when it knows whether another follows."""
        return table("Speech out (espeak-ng in its own process; answers not spoken before)", [self.alone, self.sent])


def speak(speaker: Speaker, answers: Sequence[Answer], most: int) -> Said:
    """Speaks different answers and times the first piece of each, then the second, which the socket waits for."""
    said = Said()
    for text in list(dict.fromkeys(answer.spoken_text for answer in answers if answer.spoken_text))[:most]:
        sentences, trial = speaker.say(text), Times("")
        start = perf_counter()
        next(sentences, None)
        trial.values.append((perf_counter() - start) * 1000)
        next(sentences, None)
        trial.values.append((perf_counter() - start) * 1000)
        said.alone.values.append(trial.values[0])
        said.sent.values.append(trial.values[1])
    return said


def ears(settings: Settings, recognizer: str, vosk_model: Path) -> Listener:
    """Ears of their own with another recogniser; raises ConfigurationError where it cannot be used."""
    return Listener(settings.model_copy(update={"recognizer": recognizer, "vosk_model": vosk_model}))
