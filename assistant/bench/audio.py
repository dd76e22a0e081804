"""Sound for measuring: WAV files and espeak-ng's speech as 16 kHz PCM."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np

from assistant.speech.recognizer import SAMPLE_RATE
from assistant.speech.speaker import Speaker

PAUSE = bytes(SAMPLE_RATE)
"""Half a second of silence, as before and after a question."""


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


def spoken(text: str, speaker: Speaker) -> bytes:
    """PCM at 16 kHz of a text in espeak-ng's voice, with silence around it."""
    return PAUSE + b"".join(pcm16(part) for part in speaker.say(text)) + PAUSE
