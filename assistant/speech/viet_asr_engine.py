"""viet-asr: a streaming recogniser whose weights come with its package; it tells neither confidence nor alternatives."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from assistant.errors import ConfigurationError
from assistant.speech.recognizer import SAMPLE_RATE, Transcript

_ERRORS_ONLY = 3
"""Log level of the native library; below it, it writes to stderr for every utterance."""


def unavailable() -> str:
    """Why the package cannot be used on this machine; empty where it can."""
    try:
        import vietasr  # noqa: F401
    except (ImportError, OSError) as error:
        return str(error)
    return ""


class VietAsrStream:
    """One utterance. The engine puts a line break where the speaker paused; here that is a space."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def accept(self, pcm: bytes) -> str:
        """Take PCM of whole samples; returns the text so far."""
        self._session.accept(pcm)
        return _one_line(self._session.partial().text)

    def finish(self) -> Transcript:
        """What was heard in all."""
        return Transcript(_one_line(self._session.final().text))

    def close(self) -> None:
        """Free the native session; may be called twice."""
        self._session.close()


class VietAsrRecognizer:
    """One pipeline for all streams; it runs on the thread that calls it and starts none of its own."""

    name = "viet-asr"

    def __init__(self, why: str) -> None:
        self.why = why
        self._pipeline: Any = None
        self._lock = threading.Lock()

    def load(self) -> None:
        """Load the weights (about 0.2 GB) once; raises ConfigurationError where the package fails."""
        with self._lock:
            if self._pipeline is not None:
                return
            try:
                from vietasr import Pipeline
                from vietasr.ffi import native

                native.lib.vietasr_set_log_level(_ERRORS_ONLY)
                pipeline = Pipeline.new()
                pipeline.add("vietasr")
                self._pipeline = pipeline.build()
            except (ImportError, OSError, RuntimeError) as error:
                raise ConfigurationError(f"viet-asr cannot be loaded: {error}") from error

    def stream(self, phrases: Sequence[str] = ()) -> VietAsrStream:  # noqa: ARG002
        """A new utterance; this engine takes no phrases."""
        self.load()
        return VietAsrStream(self._pipeline.stream(float(SAMPLE_RATE)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
