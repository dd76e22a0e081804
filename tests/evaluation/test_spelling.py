"""The makers of misspelled questions: the same every time, never a figure touched, each true to its class."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.questions import Conversation, Question, QuestionSet, Turn
from assistant.evaluation.spelling import MAKERS, respell, respelled
from assistant.language.syllable import is_syllable
from assistant.language.text import fold, has_marks, normalise

SENTENCE = "Số học sinh trung học phổ thông của huyện Xuyên Mộc năm 2025 tăng 12,5% phải không?"
SEEDS = [f"v{number:03}" for number in range(30)]


def made(name: str, text: str = SENTENCE) -> list[str]:
    return [variant for seed in SEEDS if (variant := respell(text, name, seed)) is not None]


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_gives_the_same_variant(name: str) -> None:
    assert made(name) == made(name)


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in ("no_marks", "old_tones")])
def test_every_variant_differs_and_seeds_vary(name: str) -> None:
    variants = made(name)
    assert len(variants) == len(SEEDS)
    assert SENTENCE not in variants
    assert len(set(variants)) > 1


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in ("heard", "telex")])
def test_figures_stay(name: str) -> None:
    for variant in made(name):
        assert re.findall(r"\d[\d,]*", variant) == ["2025", "12,5"], variant


def changed(variant: str) -> list[tuple[str, str]]:
    """Words as written and as made, where they differ; the count of words stays."""
    before, after = SENTENCE.split(), variant.split()
    assert len(before) == len(after)
    return [(one, other) for one, other in zip(before, after, strict=True) if one != other]


def test_without_marks() -> None:
    assert {variant.lower() for variant in made("no_marks")} == {fold(SENTENCE)}
    assert len(set(made("no_marks"))) == 2


@pytest.mark.parametrize(("name", "slips"), [("one_letter", 1), ("two_letters", 2)])
def test_slips_are_in_so_many_long_words(name: str, slips: int) -> None:
    for variant in made(name):
        words = changed(variant)
        assert len(words) == slips
        assert all(len(one) >= 4 and abs(len(one) - len(other)) <= 1 for one, other in words)


def test_spelled_by_ear() -> None:
    for variant in made("tones"):
        words = changed(variant)
        assert len(words) in (1, 2)
        assert all(is_syllable(other.lower().strip("?")) for _, other in words)


def test_key_strokes_are_read_back() -> None:
    for variant in made("telex"):
        assert 1 <= len(changed(variant)) <= 2
        assert all(other.isascii() for _, other in changed(variant))
    assert any(re.search(r"[a-z]\d", variant) for variant in made("telex"))
    assert any(normalise(variant) == normalise(SENTENCE) for variant in made("telex"))


@pytest.mark.parametrize(
    ("one", "other"), [("Hòa Bình số hóa", "Hoà Bình số hoá"), ("Tân Hoà", "Tân Hòa"), ("thủy sản", "thuỷ sản")]
)
def test_tone_marks_stand_elsewhere(one: str, other: str) -> None:
    assert respell(one, "old_tones", "x") == other
    assert normalise(one) == normalise(other)


def test_two_words_run_together() -> None:
    for variant in made("together"):
        assert variant.replace(" ", "") == SENTENCE.replace(" ", "")
        assert len(variant) == len(SENTENCE) - 1


def test_official_terms_are_shortened() -> None:
    for variant in made("abbreviated"):
        assert len(variant) < len(SENTENCE)
        assert normalise(variant) == normalise(SENTENCE)


def test_what_a_recogniser_writes() -> None:
    for variant in made("heard"):
        assert variant == variant.lower()
        assert not re.search(r"[\d?.,]", variant)
        assert "hai nghìn không trăm hai mươi lăm" in variant
    assert {"xuyên mộc", "suyên mộc", "xuyên một"} >= {
        found[0] for variant in made("heard") if (found := re.search(r"\w+ m(?:ộ|ọ)\w", variant))
    }


@pytest.mark.parametrize("name", ["tones", "old_tones", "telex", "heard", "abbreviated"])
def test_what_cannot_be_spelled_so_is_left_out(name: str) -> None:
    assert respell("dan so nam 2025", name, "x") is None


@given(st.sampled_from(sorted(MAKERS)), st.text(max_size=60), st.text(max_size=5))
def test_any_text_goes_through(name: str, text: str, seed: str) -> None:
    variant = respell(text, name, seed)
    assert variant is None or name == "no_marks" or variant != text


def test_sets_are_respelled() -> None:
    talk = Conversation(id="t1", turns=(Turn(text="Dân số Châu Đức?"), Turn(text="còn Xuyên Mộc thì sao?")))
    found = QuestionSet(
        author="tests",
        written=date(2026, 11, 21),
        today=date(2026, 11, 21),
        questions=(
            Question(id="a", text="Dân số huyện Châu Đức?"),
            Question(id="b", text="dân số hyện Châu Đức", spelling="typo"),
            Question(id="c", text="dan so"),
        ),
        conversations=(talk,),
    )
    ((file, made),) = respelled([(Path("a.yml"), found)], "tones")
    assert file == Path("a.yml")
    assert [question.id for question in made.questions] == ["a"]
    assert has_marks(made.questions[0].text)
    assert made.questions[0].text != found.questions[0].text
    first, last = made.conversations[0].turns
    assert first == talk.turns[0]
    assert last.text != talk.turns[1].text
