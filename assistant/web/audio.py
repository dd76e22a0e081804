"""WAV files: several put together, and their rate."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable

from assistant.errors import NotFound


def joined(sentences: Iterable[bytes]) -> bytes:
    """One WAV of many with the same format; raises NotFound where there is none."""
    out = io.BytesIO()
    writer: wave.Wave_write | None = None
    for sentence in sentences:
        with wave.open(io.BytesIO(sentence)) as reader:
            if writer is None:
                writer = wave.open(out, "wb")  # noqa: SIM115 - closed below, after the last sentence
                writer.setparams(reader.getparams())
            writer.writeframes(reader.readframes(reader.getnframes()))
    if writer is None:
        raise NotFound
    writer.close()
    return out.getvalue()


def sample_rate(sentence: bytes) -> int:
    """Samples per second of a WAV."""
    with wave.open(io.BytesIO(sentence)) as reader:
        return int(reader.getframerate())
