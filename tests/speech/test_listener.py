"""Sessions: what comes out of good audio, what is said about bad audio, and who gets a place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadAudio, Busy
from assistant.settings import Settings
from assistant.speech.listener import Heard, Listener, ListeningSession
from assistant.speech.recognizer import BYTES_PER_SECOND, SAMPLE_RATE, Recognizer, RecognizerStream, Transcript
from assistant.speech.speaker import EspeakSpeaker
from assistant.types import Utterance
from assistant.wordings import load
from tests.speech.audio import pcm16, silence, spoken, white_noise

QUESTION = "Huyện nào có nhiều học sinh nhất?"
SAID = load("speech")


class Counting:
    """A real recogniser that counts what it is given, its open streams, and how many threads are inside a stream."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.inner = recognizer
        self.name, self.why = recognizer.name, recognizer.why
        self.taken = 0
        self.open = 0

    def load(self) -> None:
        self.inner.load()

    def stream(self, phrases: Sequence[str] = ()) -> RecognizerStream:
        self.open += 1
        return CountingStream(self, self.inner.stream(phrases))


class CountingStream:
    def __init__(self, counter: Counting, inner: RecognizerStream) -> None:
        self.counter, self.inner = counter, inner

    def accept(self, pcm: bytes) -> str:
        self.counter.taken += len(pcm)
        return self.inner.accept(pcm)

    def finish(self) -> Transcript:
        return self.inner.finish()

    def close(self) -> None:
        self.counter.open -= 1
        self.inner.close()


@pytest.fixture
def counting(vosk: Recognizer) -> Counting:
    return Counting(vosk)


@pytest.fixture
def listener(counting: Counting) -> Iterator[Listener]:
    listener = Listener(Settings(max_audio_seconds=5), counting, max_streams=2)
    listener.start()
    yield listener
    listener.close()
    assert (listener.open_sessions, counting.open) == (0, 0)


@pytest.fixture(scope="module")
def question(speaker: EspeakSpeaker) -> bytes:
    return spoken(QUESTION, speaker)


async def feed(session: ListeningSession, pcm: bytes, chunk: int = 3200) -> AsyncIterator[Heard]:
    """What was heard on the way."""
    for start in range(0, len(pcm), chunk):
        if heard := await session.feed(pcm[start : start + chunk]):
            yield heard


async def listen(listener: Listener, pcm: bytes, chunk: int = 3200) -> tuple[list[Heard], Utterance]:
    session = listener.open()
    heard = [one async for one in feed(session, pcm, chunk)]
    return heard, await session.finish()


@pytest.mark.parametrize("chunk", [320, 1001, 3200, 1_000_000])
def test_question_is_heard_in_chunks_of_any_size(listener: Listener, question: bytes, chunk: int) -> None:
    _, utterance = asyncio.run(listen(listener, question, chunk))
    assert utterance.text == "huyện nào có nhiều học sinh nhất"
    assert utterance.spoken
    assert utterance.confidence is not None and 0.8 < utterance.confidence <= 1


def test_partial_words_come_while_speaking(listener: Listener, question: bytes) -> None:
    heard, utterance = asyncio.run(listen(listener, question + silence(1)))
    texts = [one.text for one in heard if one.text]
    assert len(texts) >= 3
    assert all(one != other for one, other in pairwise(heard))
    assert heard[-1] == Heard(utterance.text, ended=True)


@pytest.mark.parametrize(
    ("pcm", "sentence"),
    [
        (b"", "too_short"),
        (silence(0.1), "too_short"),
        (silence(3), "silence"),
        (white_noise(3), "noise"),
        (white_noise(3, 12000, seed=8), "noise"),
        (silence(1) + b"\x00", "broken"),
    ],
)
def test_bad_audio_is_told_in_a_sentence(listener: Listener, pcm: bytes, sentence: str) -> None:
    with pytest.raises(BadAudio) as caught:
        asyncio.run(listen(listener, pcm))
    assert caught.value.message == SAID(sentence)
    assert listener.open_sessions == 0


def test_five_minutes_cost_no_more_than_the_limit(listener: Listener, counting: Counting, question: bytes) -> None:
    pcm = (question * 300)[: 300 * BYTES_PER_SECOND]

    async def scene() -> None:
        session = listener.open()
        async for _ in feed(session, pcm):
            pass
        assert session.full
        await session.finish()

    with pytest.raises(BadAudio) as caught:
        asyncio.run(scene())
    assert caught.value.message == SAID("too_long", seconds=5)
    assert 0 < counting.taken <= 5 * BYTES_PER_SECOND


def test_exactly_the_limit_is_heard(listener: Listener, question: bytes) -> None:
    pcm = question + silence(5 - len(question) / BYTES_PER_SECOND)
    assert len(pcm) == 5 * BYTES_PER_SECOND
    assert asyncio.run(listen(listener, pcm))[1].text == "huyện nào có nhiều học sinh nhất"


def test_closing_in_the_middle_frees_everything(listener: Listener, counting: Counting, question: bytes) -> None:
    async def scene() -> None:
        session = listener.open()
        await session.feed(question[: len(question) // 2])
        running = asyncio.create_task(session.feed(question[len(question) // 2 :]))
        await asyncio.sleep(0)
        session.close()
        session.close()
        await running
        assert listener.open_sessions == 0
        with pytest.raises(BadAudio):
            await session.feed(question)
        with pytest.raises(BadAudio):
            await session.finish()

    asyncio.run(scene())
    assert counting.open == 0


def test_cancelled_while_feeding_frees_everything(listener: Listener, counting: Counting, question: bytes) -> None:
    async def scene() -> None:
        session = listener.open()
        running = asyncio.create_task(session.feed(question))
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        session.close()

    asyncio.run(scene())
    listener.close()
    assert counting.open == 0


def test_two_at_once_do_not_mix(listener: Listener, speaker: EspeakSpeaker, question: bytes) -> None:
    other = spoken("Còn thị xã Phú Mỹ thì sao?", speaker)

    async def scene() -> list[str]:
        both = await asyncio.gather(listen(listener, question, 640), listen(listener, other, 640))
        return [utterance.text for _, utterance in both]

    assert asyncio.run(scene()) == ["huyện nào có nhiều học sinh nhất", "còn thị xã phú mỹ thì sao"]


def test_full_pool_is_told_and_a_closed_session_makes_room(listener: Listener) -> None:
    async def scene() -> None:
        first, second = listener.open(), listener.open()
        with pytest.raises(Busy) as caught:
            listener.open()
        assert caught.value.message == SAID("listening_busy")
        first.close()
        listener.open().close()
        second.close()

    asyncio.run(scene())


def test_forgotten_session_gives_way(counting: Counting) -> None:
    now = [0.0]
    listener = Listener(Settings(), counting, max_streams=2, monotonic=lambda: now[0])

    async def scene() -> None:
        forgotten, used = listener.open(), listener.open()
        now[0] = 29.0
        await used.feed(silence(0.1))
        with pytest.raises(Busy):
            listener.open()
        now[0] = 31.0
        listener.open()
        assert (forgotten.closed, used.closed) == (True, False)

    asyncio.run(scene())
    listener.close()
    assert listener.open_sessions == 0


def test_voice_without_words_is_unclear(viet_asr: Recognizer) -> None:
    """A telephone's dial tone counts as voiced, but no engine makes words of it."""
    tone = 5000 * np.sin(2 * np.pi * 440 * np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE)
    people = Listener(Settings(), viet_asr)
    with pytest.raises(BadAudio) as caught:
        asyncio.run(listen(people, tone.astype(np.int16).tobytes()))
    people.close()
    assert caught.value.message == SAID("unclear")


def test_people_are_heard_with_silence_around(viet_asr: Recognizer, shared: Callable[[str], Path]) -> None:
    clip = pcm16(shared("speech/human/vieneu_example_2.wav"))
    people = Listener(Settings(), viet_asr)
    heard, utterance = asyncio.run(listen(people, silence(2) + clip + silence(2)))
    people.close()
    assert utterance == Utterance(text="trên thực tế các nghi ngờ đã bắt đầu xuất hiện", spoken=True)
    assert heard[-1].ended
