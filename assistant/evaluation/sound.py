"""Sound for measuring: WAV files and espeak-ng's speech as 16 kHz PCM, and the noise of an office."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.speech.recognizer import SAMPLE_RATE
from assistant.speech.speaker import Speaker

PAUSE = bytes(SAMPLE_RATE)
"""Half a second of silence, as before and after a question."""

_BABBLE, _HUM, _RUSH = 1.0, 0.3, 0.2
"""Shares of people talking, of the mains and of air in the noise of an office (root mean squares)."""


def pcm16(wav: bytes | Path) -> bytes:
    """PCM at 16 kHz of a mono 16 bit WAV, given as its bytes or its path."""
    with wave.open(io.BytesIO(wav) if isinstance(wav, bytes) else str(wav)) as source:
        samples = np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")
        rate = source.getframerate()
    if rate == SAMPLE_RATE or not len(samples):
        return samples.tobytes()
    # frequencies that the lower rate cannot hold are cut off in the spectrum
    count = round(len(samples) * SAMPLE_RATE / rate)
    spectrum = np.fft.rfft(samples.astype(np.float64))[: count // 2 + 1]
    resampled = np.fft.irfft(spectrum, count) * (count / len(samples))
    clipped: bytes = np.clip(np.rint(resampled), -32768, 32767).astype("<i2").tobytes()
    return clipped


def spoken(text: str, speaker: Speaker, rate: int | None = None) -> bytes:
    """PCM at 16 kHz of a text in espeak-ng's voice, ``rate`` in words per minute, with silence around it."""
    return PAUSE + b"".join(pcm16(part) for part in speaker.say(text, rate)) + PAUSE


def noisy(pcm: bytes, others: Sequence[bytes], decibels: float, seed: int) -> bytes:
    """Speech in an office: ``others`` talk at once, the mains hum and air rushes, so many decibels below the speech.

    The ratio is that of mean powers while there is speech; silence before and after is filled as well.
    """
    random = np.random.default_rng(seed)
    speech = _samples(pcm)
    count = len(speech)
    babble = np.zeros(count)
    for other in others:
        voice = _samples(other)
        babble += np.resize(np.roll(voice, int(random.integers(len(voice)))), count) / _rms(voice)
    time = np.arange(count) / SAMPLE_RATE
    overtones = np.array([1, 2, 3, 5])[:, None]
    hum = (np.sin(2 * np.pi * 50 * overtones * time) / overtones).sum(axis=0)
    rush = np.convolve(random.standard_normal(count), np.full(8, 1 / 8), "same")  # high notes are swallowed by a room
    noise = _BABBLE * babble / _rms(babble) + _HUM * hum / _rms(hum) + _RUSH * rush / _rms(rush)
    loud = speech[np.abs(speech) > 0.05 * np.abs(speech).max(initial=0)]
    noise *= _rms(loud) * 10 ** (-decibels / 20) / _rms(noise)
    mixed: bytes = np.clip(np.rint(speech + noise), -32768, 32767).astype("<i2").tobytes()
    return mixed


def _samples(pcm: bytes) -> NDArray[np.float64]:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float64)


def _rms(samples: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(samples**2))) or 1.0
