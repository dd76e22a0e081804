"""Spoken text to audio: pyttsx3 with espeak-ng, in a process of its own that is replaced whenever it fails."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from assistant import wordings
from assistant.errors import AssistantError, Busy, ConfigurationError
from assistant.settings import ROOT, Settings
from assistant.speech.sentences import pieces
from assistant.speech.wire import AUDIO, LENGTH, MAX_MESSAGE, SpeechError, SpeechRequest

MAX_WAITING = 16
"""Sentences that may wait for the one process; each takes 10 to 30 ms."""
SENTENCE_SECONDS = 5.0
"""Longest wait for one sentence; then the process counts as hung."""
_START_SECONDS = 20.0
"""Longest wait for the first sentence of a new process, which loads espeak-ng first."""
_CACHE_BYTES = 4 * 1024 * 1024


class Speaker(Protocol):
    """Turns spoken text into audio."""

    name: str
    why: str
    """Why this one: an English sentence, shown at start."""

    def say(self, text: str, rate: int | None = None) -> Iterator[bytes]:
        """One whole WAV file per sentence, as soon as it is ready; none where there is nothing to say."""

    def close(self) -> None:
        """End what belongs to the speaker."""


class _Broken(Exception):
    """The process died, hung or answered nonsense."""


class _Process:
    """One running worker and its two pipes; used by one thread at a time."""

    def __init__(self, sentence_seconds: float) -> None:
        self._sentence_seconds = sentence_seconds
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "assistant.speech.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self.pid = self._popen.pid
        self._seconds = _START_SECONDS

    def ask(self, request: SpeechRequest) -> tuple[bytes, bytes]:
        """Kind and content of the reply; raises _Broken where none comes in time."""
        assert self._popen.stdin is not None
        deadline = time.monotonic() + self._seconds
        try:
            self._popen.stdin.write(request.pack())
            (length,) = LENGTH.unpack(self._read(LENGTH.size, deadline))
            if not 0 < length <= MAX_MESSAGE:
                raise _Broken(f"reply of {length} bytes")
            reply = self._read(length, deadline)
        except OSError as error:
            raise _Broken(str(error)) from error
        self._seconds = self._sentence_seconds
        return reply[:1], reply[1:]

    def end(self) -> None:
        """Kill the process and free its pipes."""
        self._popen.kill()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                pipe.close()
        self._popen.wait()

    def _read(self, count: int, deadline: float) -> bytes:
        assert self._popen.stdout is not None
        descriptor = self._popen.stdout.fileno()
        content = bytearray()
        while len(content) < count:
            if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise _Broken("no reply in time")
            part = os.read(descriptor, count - len(content))
            if not part:
                raise _Broken("the process ended")
            content += part
        return bytes(content)


class EspeakSpeaker:
    """One worker process for all threads; sentences of different texts take turns."""

    name = "espeak-ng"
    why = "espeak-ng through pyttsx3, because it speaks Vietnamese without a download."

    def __init__(
        self, settings: Settings, *, max_waiting: int = MAX_WAITING, sentence_seconds: float = SENTENCE_SECONDS
    ) -> None:
        self._sentence_seconds = sentence_seconds
        self._voice = settings.voice
        self._rate = settings.speech_rate
        self._process: _Process | None = None
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(max_waiting)
        self._cache: OrderedDict[SpeechRequest, bytes] = OrderedDict()
        self._cached_bytes = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the worker and let it speak once, so that the first answer need not wait.

        Raises ConfigurationError where the library or the voice is missing.
        """
        self._speak(SpeechRequest("xin chào", self._voice, self._rate))

    def say(self, text: str, rate: int | None = None) -> Iterator[bytes]:
        """One whole WAV file (mono, 16 bit, rate in its header) per sentence; none for text without words.

        ``rate`` is in words per minute. Any text is safe; after 4,000 characters it is cut. May be called from any
        thread. Raises Busy where too many sentences wait, AssistantError where the worker fails twice over one
        sentence, ConfigurationError for an unknown voice.
        """
        for piece in pieces(text):
            yield self._speak(SpeechRequest(piece, self._voice, rate or self._rate))

    def close(self) -> None:
        """End the worker, in the middle of a sentence too; nothing can be said afterwards."""
        self._closed = True
        if self._process:
            with self._turn:
                self._end()

    def _speak(self, request: SpeechRequest) -> bytes:
        with self._place():
            if (known := self._cache.get(request)) is not None:
                self._cache.move_to_end(request)
                return known
            try:
                audio = self._ask(request)
            except _Broken:
                try:
                    audio = self._ask(request)
                except _Broken as error:
                    raise AssistantError(_word("cannot_speak"), detail=f"speaker: {error}") from error
            self._keep(request, audio)
            return audio

    def _ask(self, request: SpeechRequest) -> bytes:
        """Ask the running process, or a new one; a process that fails is gone afterwards."""
        if self._closed:
            raise AssistantError(_word("cannot_speak"), detail="speaker is closed")
        self._process = self._process or _Process(self._sentence_seconds)
        try:
            kind, content = self._process.ask(request)
            if kind == AUDIO:
                return content
            failure = SpeechError.unpack(content)
            if failure.permanent:
                raise ConfigurationError(f"speaker: {failure.reason}")
            raise _Broken(failure.reason)
        except _Broken:
            self._end()
            raise

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.end()

    def _keep(self, request: SpeechRequest, audio: bytes) -> None:
        self._cache[request] = audio
        self._cached_bytes += len(audio)
        while self._cached_bytes > _CACHE_BYTES:
            self._cached_bytes -= len(self._cache.popitem(last=False)[1])

    @contextmanager
    def _place(self) -> Iterator[None]:
        """A place in the queue, then one's turn."""
        if not self._places.acquire(blocking=False):
            raise Busy(_word("speaking_busy"), retry_after=2)
        try:
            with self._turn:
                yield
        finally:
            self._places.release()


def _word(key: str) -> str:
    return wordings.load("speech")(key)
