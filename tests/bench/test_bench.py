"""What the benchmark reports is right; how long anything takes is no test."""

from __future__ import annotations

import math
import os
import wave
from pathlib import Path

import numpy as np

from assistant.bench.report import Times
from assistant.bench.sizes import disk, family
from assistant.evaluation.sound import pcm16


def test_percentiles_are_values_that_were_measured() -> None:
    times = Times("", values=[float(value) for value in range(100, 0, -1)])
    assert (times.at(50), times.at(95), times.at(100)) == (50, 95, 100)
    assert Times("", values=[7.0]).at(95) == 7
    assert math.isnan(Times("").at(50))


def test_a_row_says_whether_its_target_is_reached() -> None:
    assert "p50 <= 60: reached, p95 <= 150: NOT reached" in Times("", 60, 150, [50.0, 55.0, 151.0]).line()
    assert "nothing measured" in Times("", 60, 150).line()


def test_a_family_holds_this_process_with_its_memory() -> None:
    found = family()
    assert found[0].pid == os.getpid()
    assert 0 < found[0].pss <= found[0].rss


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(os.urandom(1_000_000))
    before = disk(tmp_path)
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert before >= 1_000_000
    assert disk(tmp_path) - before < 100_000


def test_sound_keeps_its_length_and_pitch_at_16_khz(tmp_path: Path) -> None:
    samples = (8000 * np.sin(2 * np.pi * 440 * np.arange(22050) / 22050)).astype("<i2")
    with wave.open(str(tmp_path / "tone.wav"), "wb") as target:
        target.setparams((1, 2, 22050, 0, "NONE", ""))
        target.writeframes(samples.tobytes())
    heard = np.frombuffer(pcm16(tmp_path / "tone.wav"), dtype="<i2")
    assert len(heard) == 16000
    assert int(np.argmax(np.abs(np.fft.rfft(heard)))) == 440
