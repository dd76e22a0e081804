"""Many people speaking at once: a bounded pool of utterances, with the engines' work kept off the event loop."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from assistant import wordings
from assistant.errors import BadAudio, Busy
from assistant.settings import Settings
from assistant.speech.recognizer import BYTES_PER_SECOND, Domain, Recognizer, RecognizerStream, Transcript, choose
from assistant.speech.voice_activity import VoiceGate
from assistant.types import Utterance

T = TypeVar("T")

MAX_STREAMS = 4
"""Utterances listened to at once; each takes about a seventh of a core while somebody speaks."""
_IDLE_SECONDS = 30.0
"""After so long without audio a session may be ended for somebody who waits."""
_STEP = BYTES_PER_SECOND // 10
"""Bytes (100 ms) gathered before a thread is bothered with them."""
_SHORTEST = BYTES_PER_SECOND // 4
"""Bytes (0.25 s): a tap on the button is shorter, a spoken word longer."""
_UNCLEAR = 0.35
"""Mean word confidence below which what was heard is rather a false word from noise."""


@dataclass(frozen=True)
class Heard:
    """Something changed while a person is speaking."""

    text: str
    """The words so far; they may still change."""
    ended: bool
    """The person spoke and has been silent for 0.8 s."""


class ListeningSession:
    """One utterance, from ``Listener.open`` to ``close``. Calls of one session wait for each other."""

    def __init__(self, listener: Listener, phrases: Sequence[str]) -> None:
        self._listener = listener
        self._work = _Work(listener.recognizer, phrases)
        self._turn = asyncio.Lock()
        self._waiting = bytearray()
        self._taken = 0
        self._shown = ("", False)
        self.full = False
        """The limit was reached; nothing further is taken and ``finish`` will say so."""
        self.closed = False
        self.touched = listener.monotonic()

    async def feed(self, pcm: bytes) -> Heard | None:
        """Take a chunk of 16 kHz mono PCM of any length; returns what changed, if anything did.

        Bytes beyond the longest utterance are dropped without work. Raises BadAudio on a closed session.
        """
        self.touched = self._listener.monotonic()
        async with self._turn:
            self._check_open()
            room = self._listener.max_bytes - self._taken
            self.full = self.full or len(pcm) > room
            self._waiting += pcm[: max(room, 0)]
            self._taken += min(len(pcm), max(room, 0))
            if self.full or len(self._waiting) < _STEP:
                return None
            chunk = self._next_chunk()
            text, ended = await self._listener.run(self._work.accept, chunk)
            if (text, ended) == self._shown:
                return None
            self._shown = (text, ended)
            return Heard(text, ended)

    async def finish(self) -> Utterance:
        """What the person said; the session is closed afterwards, whatever comes of it.

        Raises BadAudio, with the sentence to show, for audio that is broken, too long, too short, silent, noise or unclear.
        """
        try:
            async with self._turn:
                self._check_open()
                self._check_size()
                chunk = self._next_chunk()
                transcript, verdict = await self._listener.run(self._work.finish, chunk)
        finally:
            self.close()
        if verdict != "speech":
            raise BadAudio(_word(verdict), detail=f"voice activity: {verdict}")
        confidence = transcript.confidence
        if not transcript.text or (confidence is not None and confidence < _UNCLEAR):
            raise BadAudio(_word("unclear"), detail=f"heard {transcript.text!r}, confidence {confidence}")
        return Utterance(text=transcript.text, confidence=confidence, alternatives=transcript.alternatives, spoken=True)

    def close(self) -> None:
        """Free everything, in the middle of an utterance too; may be called twice."""
        if not self.closed:
            self.closed = True
            self._waiting.clear()
            self._work.close()
            self._listener.forget(self)

    def _check_open(self) -> None:
        if self.closed:
            raise BadAudio(_word("ended"), detail="listening session is closed")

    def _check_size(self) -> None:
        if self.full:
            raise BadAudio(_word("too_long", seconds=self._listener.max_bytes // BYTES_PER_SECOND))
        if self._taken % 2:
            raise BadAudio(_word("broken"), detail=f"odd number of bytes: {self._taken}")
        if self._taken < _SHORTEST:
            raise BadAudio(_word("too_short"), detail=f"{self._taken} bytes")

    def _next_chunk(self) -> bytes:
        whole = len(self._waiting) - len(self._waiting) % 2
        chunk = bytes(self._waiting[:whole])
        del self._waiting[:whole]
        return chunk


class _Work:
    """The part of a session that runs on threads: gate and engine, one call at a time."""

    def __init__(self, recognizer: Recognizer, phrases: Sequence[str]) -> None:
        self._recognizer = recognizer
        self._phrases = phrases
        self._gate = VoiceGate()
        self._stream: RecognizerStream | None = None
        self._text = ""
        self._closed = False
        self._lock = threading.Lock()

    def accept(self, pcm: bytes) -> tuple[str, bool]:
        """Text so far, and whether speech has ended."""
        with self._lock:
            self._hear(self._gate.feed(pcm))
        self._free_if_closed()
        return self._text, self._gate.ended

    def finish(self, pcm: bytes) -> tuple[Transcript, str]:
        """Transcript and the gate's verdict."""
        transcript = Transcript("")
        with self._lock:
            self._hear(self._gate.feed(pcm) + self._gate.finish())
            verdict = self._gate.verdict()
            if self._stream and not self._closed and verdict == "speech":
                transcript = self._stream.finish()
        self._free_if_closed()
        return transcript, verdict

    def close(self) -> None:
        """Free the engine's stream now, or, where a thread is inside it, as soon as that comes out."""
        self._closed = True
        self._free_if_closed()

    def _hear(self, pcm: bytes) -> None:
        if pcm and not self._closed:
            self._stream = self._stream or self._recognizer.stream(self._phrases)
            self._text = self._stream.accept(pcm)

    def _free_if_closed(self) -> None:
        if self._closed and self._lock.acquire(blocking=False):
            try:
                if self._stream:
                    self._stream.close()
                self._stream = None
            finally:
                self._lock.release()


class Listener:
    """Opens sessions up to a limit; engines run on as many threads as there are processors, at most ``MAX_STREAMS``."""

    def __init__(
        self,
        settings: Settings,
        recognizer: Recognizer | None = None,
        *,
        domain: Domain | None = None,
        max_streams: int = MAX_STREAMS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``domain`` is what people are expected to say, for engines that can use it.

        Raises ConfigurationError where the recogniser of the settings is not installed.
        """
        self.recognizer = recognizer or choose(settings, domain)
        self.max_bytes = settings.max_audio_seconds * BYTES_PER_SECOND
        self.monotonic = monotonic
        self._max_streams = max_streams
        self._sessions: list[ListeningSession] = []
        self._pool = ThreadPoolExecutor(min(max_streams, os.cpu_count() or 1), thread_name_prefix="listen")

    @property
    def name(self) -> str:
        """Name of the engine."""
        return self.recognizer.name

    @property
    def why(self) -> str:
        """Why this engine: an English sentence."""
        return self.recognizer.why

    @property
    def open_sessions(self) -> int:
        """Utterances being listened to."""
        return len(self._sessions)

    def start(self) -> None:
        """Load the model now, so that the first person need not wait; raises ConfigurationError."""
        self.recognizer.load()

    def open(self, phrases: Sequence[str] = ()) -> ListeningSession:
        """A new utterance; call it on the event loop. Raises Busy where all places are taken.

        A session whose client has long been silent on the line gives way.
        """
        if len(self._sessions) >= self._max_streams:
            for session in [s for s in self._sessions if self.monotonic() - s.touched > _IDLE_SECONDS]:
                session.close()
        if len(self._sessions) >= self._max_streams:
            raise Busy(_word("listening_busy"), retry_after=5)
        session = ListeningSession(self, phrases)
        self._sessions.append(session)
        return session

    def close(self) -> None:
        """End all sessions and threads."""
        for session in list(self._sessions):
            session.close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def run(self, work: Callable[[bytes], T], pcm: bytes) -> T:
        """Run a session's work on a thread of the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, pcm)

    def forget(self, session: ListeningSession) -> None:
        """A session was closed: its place is free."""
        self._sessions.remove(session)


def _word(key: str, **values: object) -> str:
    return wordings.load("speech")(key, **values)
