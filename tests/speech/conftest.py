"""One speaker and one model of each engine for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.speech.recognizer import Recognizer, choose
from assistant.speech.speaker import EspeakSpeaker


@pytest.fixture(scope="session")
def speaker() -> Iterator[EspeakSpeaker]:
    """espeak-ng with the default voice."""
    speaker = EspeakSpeaker(Settings())
    yield speaker
    speaker.close()


@pytest.fixture(scope="session")
def vosk(shared: Callable[[str], Path]) -> Recognizer:
    """Vosk with the model that understands espeak-ng."""
    return choose(Settings(recognizer="vosk", vosk_model=shared("speech/vosk-model-vi-espeak")))


@pytest.fixture(scope="session")
def viet_asr() -> Recognizer:
    """viet-asr with the weights of its package."""
    return choose(Settings(recognizer="vietasr"))
