"""What every speech recogniser offers, and the choice between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import ConfigurationError
from assistant.settings import Settings

SAMPLE_RATE = 16_000
"""Samples per second of all audio that is listened to: mono, signed 16 bit, little-endian."""
BYTES_PER_SECOND = SAMPLE_RATE * 2


@dataclass(frozen=True)
class Word:
    """One recognised word."""

    text: str
    start: float
    """Seconds from the beginning of what the engine was given."""
    end: float
    confidence: float
    """0 to 1."""


@dataclass(frozen=True)
class Transcript:
    """What an engine heard."""

    text: str
    """Lower case, without punctuation, numbers in words; empty where nothing was heard."""
    confidence: float | None = None
    """Mean word confidence, 0 to 1; None for an engine that tells none."""
    alternatives: tuple[str, ...] = ()
    """Other transcripts of the same audio, best first."""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Domain:
    """What people are expected to say, for engines that learn from text which words follow each other."""

    version: str
    """Names what the text is made from; letters and digits."""
    sentences: Callable[[], Iterable[Sequence[str]]]
    """Makes whole utterances, word by word, lower case, numbers in words."""
    fragments: Callable[[], Iterable[Sequence[str]]]
    """Makes what may stand anywhere in an utterance: names."""


class RecognizerStream(Protocol):
    """One utterance on its way in. Used by one thread at a time."""

    def accept(self, pcm: bytes) -> str:
        """Take 16 kHz mono PCM of whole samples; returns the text so far, which later audio may still change."""

    def finish(self) -> Transcript:
        """What was heard in all; nothing may be accepted afterwards."""

    def close(self) -> None:
        """Free the engine's memory; may be called twice."""


class Recognizer(Protocol):
    """An engine whose model is loaded once and shared by many streams."""

    name: str
    why: str
    """An English sentence on why this engine is used, shown at start."""

    def load(self) -> None:
        """Load the model now rather than at the first stream; raises ConfigurationError where that is impossible."""

    def stream(self, phrases: Sequence[str] = ()) -> RecognizerStream:
        """A new utterance. ``phrases`` are the only answers expected, where the engine can use that."""


def choose(settings: Settings, domain: Domain | None = None) -> Recognizer:
    """The recogniser to use, not loaded yet; ``domain`` is what it expects to hear, where it can use that.

    Raises ConfigurationError where the one asked for, or for ``auto`` any, is not installed.
    """
    from assistant.speech import viet_asr_engine, vosk_engine

    asked = settings.recognizer
    trouble = viet_asr_engine.unavailable() if asked != "vosk" else ""
    if asked == "vosk":
        why = "Vosk, because the settings ask for it."
    elif trouble and asked == "vietasr":
        raise ConfigurationError(f"recognizer 'vietasr' cannot be used: {trouble}")
    elif trouble:
        why = f"Vosk, because viet-asr cannot be used ({trouble})."
    elif asked == "vietasr":
        return viet_asr_engine.VietAsrRecognizer("viet-asr, because the settings ask for it.")
    else:
        return viet_asr_engine.VietAsrRecognizer("viet-asr, because by measurement it hears people best.")
    if missing := vosk_engine.unavailable():
        raise ConfigurationError(f"recognizer 'vosk' cannot be used: {missing}")
    return vosk_engine.VoskRecognizer(settings, why, domain)
