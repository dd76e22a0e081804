"""Audio for tests: espeak-ng's speech at 16 kHz, people's clips, noise, and how far two texts lie apart."""

from __future__ import annotations

import io
import re
import unicodedata
import wave
from pathlib import Path

import numpy as np

from assistant.settings import Settings
from assistant.speech.recognizer import SAMPLE_RATE
from assistant.speech.speaker import EspeakSpeaker

PAUSE_SECONDS = 0.5
"""Silence before and after what is spoken."""


def resample(samples: np.ndarray, rate: int, target: int = SAMPLE_RATE) -> np.ndarray:
    """int16 mono samples at another rate; frequencies that the target cannot hold are taken out first."""
    if rate == target or not len(samples):
        return samples
    padded = np.pad(samples.astype(np.float64), (rate, rate))
    count = round(len(padded) * target / rate)
    spectrum = np.fft.rfft(padded)[: count // 2 + 1]
    changed = np.fft.irfft(spectrum, count) * (target / rate)
    length = round(len(samples) * target / rate)
    return np.clip(np.rint(changed[target : target + length]), -32768, 32767).astype(np.int16)


def read_wav(content: bytes | Path) -> tuple[np.ndarray, int]:
    """int16 samples and rate of a mono 16 bit WAV, given as bytes or path."""
    with wave.open(str(content) if isinstance(content, Path) else io.BytesIO(content)) as source:
        assert (source.getnchannels(), source.getsampwidth()) == (1, 2)
        return np.frombuffer(source.readframes(source.getnframes()), dtype="<i2"), source.getframerate()


def pcm16(content: bytes | Path) -> bytes:
    """PCM at 16 kHz of a WAV."""
    return resample(*read_wav(content)).tobytes()


def silence(seconds: float) -> bytes:
    """PCM of nothing."""
    return bytes(2 * round(seconds * SAMPLE_RATE))


def white_noise(seconds: float, level: float = 3000.0, seed: int = 7) -> bytes:
    """PCM of even noise; ``level`` is its root mean square (full scale 32,768)."""
    noise = np.random.default_rng(seed).normal(0, level, round(seconds * SAMPLE_RATE))
    return np.clip(noise, -32768, 32767).astype(np.int16).tobytes()


def spoken(text: str, speaker: EspeakSpeaker) -> bytes:
    """PCM at 16 kHz of a text spoken by espeak-ng, with silence around it."""
    return silence(PAUSE_SECONDS) + b"".join(pcm16(part) for part in speaker.say(text)) + silence(PAUSE_SECONDS)


def espeak_wav16(text: str, path: Path, *, trailing_seconds: float = 2.0) -> Path:
    """Write a text, spoken by espeak-ng, as 16 kHz mono WAV: what a browser's fake microphone is fed with.

    Half a second of silence leads; ``trailing_seconds`` follow, for the page to let go of the button.
    """
    speaker = EspeakSpeaker(Settings())
    try:
        content = spoken(text, speaker) + silence(max(0.0, trailing_seconds - PAUSE_SECONDS))
    finally:
        speaker.close()
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(SAMPLE_RATE)
        target.writeframes(content)
    return path


def words(text: str) -> list[str]:
    """Words for comparing: NFC, lower case, no punctuation."""
    return re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", text).lower()).split()


def errors(expected: list[str], heard: list[str]) -> int:
    """Words substituted, left out or put in (Levenshtein distance)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
    return row[-1]
