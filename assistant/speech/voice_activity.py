"""Is somebody speaking? A gate before the recogniser that lets speech through and tells silence from noise."""

from __future__ import annotations

from typing import Literal

import numpy as np
import webrtcvad

from assistant.speech.recognizer import BYTES_PER_SECOND, SAMPLE_RATE

Verdict = Literal["speech", "noise", "silence"]

FRAME_SECONDS = 0.03
FRAME_BYTES = int(BYTES_PER_SECOND * FRAME_SECONDS)
_AGGRESSIVENESS = 2
"""WebRTC's second strictest; the flatness below catches the loud noise that it takes for speech."""
_FLATTEST_VOICE = 0.2
"""Spectral flatness (geometric over arithmetic mean of power) above which a frame is no voice.

Measured: voiced frames of people 0.001 to 0.01, pink noise 0.3, white noise 0.56.
"""
_LOUD = 250.0
"""Root mean square of a frame (full scale 32,768) from which a room counts as noisy."""
_LOUD_SHARE = 0.1
_VOICED_NEEDED = 5
"""Frames (150 ms): the shortest syllable spoken alone is longer, a click or the VAD's first guess shorter."""
_PRE_ROLL = 10
"""Frames (300 ms) let through from before the first voiced one: soft consonants begin there."""
_HANGOVER = 27
"""Frames (0.8 s) let through after the last voiced one; then speech has ended until somebody speaks on."""

_WINDOW = np.hanning(FRAME_BYTES // 2)
_LOWEST_BIN = 3
"""First bin looked at (100 Hz): hum of the mains and rumble lie below."""


class VoiceGate:
    """Looks at one utterance frame by frame (30 ms)."""

    def __init__(self) -> None:
        self._vad = webrtcvad.Vad(_AGGRESSIVENESS)
        self._rest = b""
        self._held: list[bytes] = []
        self._frames = 0
        self._loud = 0
        self._voiced = 0
        self._quiet_run = 0

    def feed(self, pcm: bytes) -> bytes:
        """Takes PCM and returns the part of it, and of what was held before, that the recogniser should hear."""
        self._rest += pcm
        passed: list[bytes] = []
        whole = len(self._rest) - len(self._rest) % FRAME_BYTES
        for offset in range(0, whole, FRAME_BYTES):
            self._frame(self._rest[offset : offset + FRAME_BYTES], passed)
        self._rest = self._rest[whole:]
        return b"".join(passed)

    def finish(self) -> bytes:
        """The last samples, shorter than a frame, where speech was still going on."""
        rest, self._rest = self._rest, b""
        return rest if self._voiced and not self._held else b""

    @property
    def ended(self) -> bool:
        """Somebody spoke and has been silent for a while."""
        return self._voiced >= _VOICED_NEEDED and self._quiet_run >= _HANGOVER

    @property
    def seconds_voiced(self) -> float:
        """How long a voice was heard, in seconds."""
        return self._voiced * FRAME_SECONDS

    def verdict(self) -> Verdict:
        """What the audio so far is."""
        if self._voiced >= _VOICED_NEEDED:
            return "speech"
        return "noise" if self._loud > self._frames * _LOUD_SHARE else "silence"

    def _frame(self, frame: bytes, passed: list[bytes]) -> None:
        samples = np.frombuffer(frame, dtype="<i2").astype(np.float64)
        self._frames += 1
        self._loud += bool(np.sqrt(np.mean(samples**2)) > _LOUD)
        if self._vad.is_speech(frame, SAMPLE_RATE) and _flatness(samples) < _FLATTEST_VOICE:
            self._voiced += 1
            self._quiet_run = 0
            passed += [*self._held, frame]
            self._held = []
            return
        self._quiet_run += 1
        if self._voiced and self._quiet_run < _HANGOVER:
            passed.append(frame)
        else:
            self._held = [*self._held[1 - _PRE_ROLL :], frame]


def _flatness(samples: np.ndarray) -> float:
    """Spectral flatness of a frame, 0 (one tone) to 1 (even noise)."""
    power = np.abs(np.fft.rfft(samples * _WINDOW))[_LOWEST_BIN:] ** 2 + 1e-3
    return float(np.exp(np.mean(np.log(power))) / np.mean(power))
