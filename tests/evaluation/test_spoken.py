"""Questions through speech: which are drawn, what the noise of an office does to sound, and a few all the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.errors import ConfigurationError
from assistant.evaluation import questions, spoken
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.run import ASKERS, accounts
from assistant.evaluation.sound import noisy
from assistant.house import House
from assistant.types import Status
from tests.conftest import TODAY


def made(author: str, statuses: str) -> QuestionSet:
    """A set with one question for each letter: answered, or refused where it is ``r``; ``b`` is one without marks."""
    entries = [
        {
            "id": f"{author}{place}",
            "text": f"câu {author} {place}",
            "spelling": "no_marks" if letter == "b" else "marks",
            "expect": {"status": "denied"} if letter == "r" else {"status": "answered"},
        }
        for place, letter in enumerate(statuses)
    ]
    return QuestionSet.model_validate({"author": author, "written": TODAY, "today": TODAY, "questions": entries})


def test_questions_are_drawn_in_proportion_and_always_the_same() -> None:
    sets = [(Path("x.yml"), made("x", "a" * 60 + "r" * 20 + "b" * 50)), (Path("y.yml"), made("y", "a" * 20))]
    drawn = spoken.chosen(sets, 10)
    strata = Counter((author, case.turns[0][1] and case.turns[0][1].status) for _, author, case in drawn)
    assert strata == {("x", Status.ANSWERED): 6, ("x", Status.DENIED): 2, ("y", Status.ANSWERED): 2}
    assert spoken.chosen(sets, 10) == drawn
    assert spoken.chosen(sets, 10, seed=1) != drawn
    assert len(spoken.chosen(sets, 1000)) == 100
    assert all(case.spelling == "marks" for _, _, case in spoken.chosen(sets, 1000))
    assert [len(spoken.chosen(sets, count)) for count in (1, 7, 99)] == [1, 7, 99]


def tone(hertz: float, seconds: float = 1.0, loudness: float = 8000) -> bytes:
    time = np.arange(int(16000 * seconds)) / 16000
    return bytes((loudness * np.sin(2 * np.pi * hertz * time)).astype("<i2").tobytes())


def samples(pcm: bytes) -> NDArray[np.float64]:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float64)


@pytest.mark.parametrize("decibels", [0.0, 10.0, 20.0])
def test_noise_is_as_far_below_the_speech_as_it_says(decibels: float) -> None:
    speech = bytes(16000) + tone(440) + bytes(16000)
    mixed = noisy(speech, [tone(700, 0.4), tone(900, 3.0)], decibels, seed=1)
    noise = samples(mixed) - samples(speech)
    said = samples(tone(440))
    loud = said[np.abs(said) > 0.05 * np.abs(said).max()]
    ratio = 10 * np.log10(np.mean(loud**2) / np.mean(noise**2))
    assert ratio == pytest.approx(decibels, abs=0.1)
    assert len(mixed) == len(speech)
    assert np.abs(samples(mixed)[:8000]).max() > 0  # silence is filled as well


def test_noise_is_the_same_for_a_seed() -> None:
    speech, others = tone(440), [tone(700)]
    assert noisy(speech, others, 10, 1) == noisy(speech, others, 10, 1) != noisy(speech, others, 10, 2)


def test_a_missing_model_is_told(house: House, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no Vosk model"):
        spoken.run(house, [], {}, tmp_path / "none", lambda _: None)


def test_a_few_questions_all_the_way(house: House, shared: Callable[[str], Path]) -> None:
    """From text to sound to a transcript to a judged answer; how many are right is measured elsewhere."""
    model = shared("speech/vosk-model-vi-espeak")
    asked = spoken.chosen(questions.load(questions.files(final=False)), 5)
    told: list[str] = []
    outcomes = spoken.run(house, asked, accounts(ASKERS, house.catalogue), model, told.append)
    ways = ["written", "spoken", "spoken_not_by_sound", "spoken_10_db"]
    assert [one.spelling for one in outcomes] == [way for way in ways for _ in asked]
    by_way = {way: [one for one in outcomes if one.spelling == way] for way in ways}
    assert all(not one.heard for one in by_way["written"])
    assert all(one.heard for one in by_way["spoken"])
    assert [one.heard for one in by_way["spoken"]] == [one.heard for one in by_way["spoken_not_by_sound"]]
    assert spoken.word_errors(by_way["spoken"]) < 0.15
    assert sum(one.verdict == "right" for one in by_way["spoken"]) >= 3
    assert not any(one.gates for one in outcomes)
    assert house.understanding.spans.gazetteer.by_sound
    assert len(told) == 4
