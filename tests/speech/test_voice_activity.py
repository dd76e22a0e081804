"""Speech, noise and silence told apart; what the recogniser is given."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.speech.recognizer import BYTES_PER_SECOND, SAMPLE_RATE
from assistant.speech.speaker import EspeakSpeaker
from assistant.speech.voice_activity import VoiceGate
from tests.speech.audio import silence, spoken, white_noise


def through(gate: VoiceGate, pcm: bytes, chunk: int = 1000) -> bytes:
    """What the gate lets through."""
    return b"".join(gate.feed(pcm[start : start + chunk]) for start in range(0, len(pcm), chunk)) + gate.finish()


def rumble(seconds: float, level: float) -> bytes:
    """Noise whose power falls with frequency (brown): wind, a motor."""
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(0, 1, round(seconds * SAMPLE_RATE)))
    noise = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 1))
    samples: np.ndarray = np.clip(noise / noise.std() * level, -32768, 32767).astype(np.int16)
    return samples.tobytes()


def click(seconds: float) -> bytes:
    """One loud click in silence: the button itself."""
    samples = np.zeros(round(seconds * SAMPLE_RATE), dtype=np.int16)
    samples[4000:4020] = 20000
    return samples.tobytes()


@pytest.mark.parametrize(
    ("pcm", "verdict"),
    [
        (b"", "silence"),
        (silence(3), "silence"),
        (white_noise(3, 30), "silence"),
        (click(2), "silence"),
        (white_noise(3, 1000), "noise"),
        (white_noise(3, 3000), "noise"),
        (white_noise(3, 12000), "noise"),
        (rumble(3, 3000), "noise"),
    ],
)
def test_nobody_speaks(pcm: bytes, verdict: str) -> None:
    gate = VoiceGate()
    through(gate, pcm)
    assert gate.verdict() == verdict
    assert not gate.ended


def test_speech_passes_and_silence_around_it_does_not(speaker: EspeakSpeaker) -> None:
    pcm = spoken("Huyện nào có nhiều bác sĩ nhất?", speaker)
    gate = VoiceGate()
    passed = through(gate, silence(3) + pcm + silence(3))
    assert gate.verdict() == "speech"
    assert gate.ended
    assert len(pcm) - BYTES_PER_SECOND < len(passed) < len(pcm) + BYTES_PER_SECOND
    assert passed in silence(3) + pcm + silence(3)


def test_speech_in_a_noisy_room_is_speech(speaker: EspeakSpeaker) -> None:
    pcm = spoken("Huyện nào có nhiều bác sĩ nhất?", speaker)
    voice = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    room = np.frombuffer(white_noise(len(pcm) / BYTES_PER_SECOND, 500), dtype="<i2")
    gate = VoiceGate()
    through(gate, np.clip(voice * 0.5 + room, -32768, 32767).astype(np.int16).tobytes())
    assert gate.verdict() == "speech"


def test_size_of_chunks_makes_no_difference(speaker: EspeakSpeaker) -> None:
    pcm = spoken("Còn thị xã Phú Mỹ thì sao?", speaker) + silence(1)
    assert through(VoiceGate(), pcm, 320) == through(VoiceGate(), pcm, 7000) == through(VoiceGate(), pcm, len(pcm))
