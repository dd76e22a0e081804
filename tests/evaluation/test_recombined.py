"""Questions put together anew: what is taken out of one, and what is said of the rest."""

from __future__ import annotations

import pytest

from assistant.evaluation import questions, recombined
from assistant.evaluation.recombined import Outcome, Whole
from assistant.house import House
from assistant.types import Utterance

ASKED = "Long Đất có bao nhiêu học sinh"
STORY = "Hôm qua tôi về thăm Long Đất,"


@pytest.mark.parametrize(
    ("text", "asked", "story", "reason"),
    [
        (f"{STORY} {ASKED}", ASKED.lower(), STORY, None),
        (f"{ASKED}, để tôi phát biểu", ASKED.lower(), None, "để tôi phát biểu"),
        (f"Em ơi, {ASKED}", ASKED.lower(), None, None),
        (f"Hôm qua tôi về thăm Long Đất {ASKED}", ASKED.lower(), None, None),
        (ASKED, ASKED.lower(), None, None),
    ],
)
def test_what_is_told_beside_a_question(text: str, asked: str, story: str | None, reason: str | None) -> None:
    assert recombined.story(text, asked) == story
    assert recombined.reason(text, asked) == reason


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Vũng Tàu tháng 9 có mấy vụ cháy?", "Tháng 9, vũng Tàu có mấy vụ cháy?"),
        ("Tháng 9 Vũng Tàu có mấy vụ cháy?", None),
        ("Vũng Tàu trong tháng 9 có mấy vụ cháy?", None),
        ("Vũng Tàu có mấy vụ cháy?", None),
    ],
)
def test_a_time_is_moved_to_the_front(house: House, text: str, moved: str | None) -> None:
    whole = Whole("x1", text, house.understanding.read(Utterance(text=text), None))
    assert recombined.timed_first(whole) == moved


def test_the_same_seed_puts_together_the_same(house: House) -> None:
    sets = [found for _, found in questions.load([questions.FOLDER / "people_zl.yml"])]
    first, again = (list(recombined.run(house.understanding, sets, set(), 10, 1)) for _ in range(2))
    assert first == again
    assert {each.kind for each in first} >= {"time said first", "another place next"}


def test_what_is_read_otherwise_is_shown() -> None:
    told = recombined.text(
        [
            Outcome("a", "x?", "q1", {}),
            Outcome("a", "y?", "q2 + q3", {"places": (["750"], [])}),
            Outcome("b", "z?", "q4", {}),
        ],
        5,
    )
    assert "50.0 %" in told and "100.0 %" in told
    assert "y?" in told and "['750'] -> []" in told and "x?" not in told
