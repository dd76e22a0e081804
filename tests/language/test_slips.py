"""What slips cost, key strokes read back, and which words stand side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import slips
from assistant.language.slips import cost, decoded
from assistant.language.syllable import two_syllables
from assistant.language.word_pairs import STRANGE, WordPairs


@pytest.mark.parametrize(
    ("typed", "meant", "price"),
    [
        ("học", "học", 0.0),
        ("hoc", "học", slips.UNMARKED),
        ("điễm", "điểm", slips.NEAR_TONE),
        ("sinnh", "sinh", slips.DOUBLED),
        ("sonh", "sinh", slips.BESIDE),
        ("sihn", "sinh", slips.SWAPPED),
        ("snh", "sinh", slips.DROPPED),
        ("sinhg", "sinh", slips.ADDED),
        ("sbnh", "sinh", slips.REPLACED),
        ("trường", "chường", slips.ALIKE),
        ("nhieeuu", "nhieu", slips.TWICE),
        ("tăg", "tăng", slips.DROPPED),
        ("tsng", "tăng", slips.BESIDE + slips.NO_QUALITY),
    ],
)
def test_cost(typed: str, meant: str, price: float) -> None:
    assert cost(typed, meant) == price


@pytest.mark.parametrize(("typed", "meant"), [("học", "sinh"), ("a", "trường"), ("hoc", "sinh"), ("", "học")])
def test_far_words_are_none_of_each_other(typed: str, meant: str) -> None:
    assert cost(typed, meant) is None


def test_a_slip_with_a_wrong_mark_costs_more() -> None:
    assert (cost("nhiuề", "nhiều") or 0) < (cost("nhiuề", "nhiêu") or 0)


@given(st.text(alphabet="aăâcdđeghiklmnoơtuưyáàảãạếộ", max_size=8), st.sampled_from(["học", "trường", "nhiều", "y"]))
def test_costs_are_never_negative(typed: str, meant: str) -> None:
    price = cost(typed, meant)
    assert price is None or price >= 0
    assert (price == 0) == (typed == meant)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("hocj", "học"),
        ("ho5c", "học"),
        ("hoc5", "học"),
        ("tru7o72ng", "trường"),
        ("truo7ng2", "trường"),
        ("d9u7o7c5", "được"),
        ("so61", "số"),
        ("hoso", "hố"),
        ("thang10", None),
        ("quy", None),
        ("2024", None),
        ("3a", None),
        ("học5", None),
        ("h1o2c", None),
    ],
)
def test_key_strokes(keys: str, word: str | None) -> None:
    assert decoded(keys) == word


@pytest.mark.parametrize(("word", "two"), [("hoso", True), ("chitinh", True), ("hocj", False), ("thangs", False)])
def test_two_syllables(word: str, two: bool) -> None:
    assert two_syllables(word) is two


@pytest.fixture(scope="module")
def pairs() -> WordPairs:
    asked = ["số học sinh là bao nhiêu", "số giáo viên là bao nhiêu", "học sinh nhiều nhất", "học phí"]
    return WordPairs(map(str.split, asked), [["xuyên", "mộc"]])


def test_what_was_seen_beside_is_expected(pairs: WordPairs) -> None:
    after = pairs.surprise("số", "học", "sinh")
    assert after < pairs.surprise("", "học", "sinh") < pairs.surprise("", "là", "sinh") < STRANGE
    assert pairs.surprise("số", "học", "xyz") == STRANGE


def test_a_frequent_word_of_one_neighbour_is_not_expected_elsewhere(pairs: WordPairs) -> None:
    assert pairs.surprise("", "mộc", "nhiêu") > pairs.surprise("", "mộc", "học")


def test_words_are_found_near_cheapest_first(pairs: WordPairs) -> None:
    assert pairs.candidates("siinh")[0] == ("sinh", slips.DOUBLED)
    assert [word for word, _ in pairs.candidates("mọt")] == ["mộc"]
    assert pairs.candidates("sinh") == ()
    assert pairs.candidates("zzzzzz") == ()


def test_words_of_names_alone_are_not_common(pairs: WordPairs) -> None:
    assert "mộc" in pairs
    assert "mộc" not in pairs.common
    assert "học" in pairs.common
    assert pairs.spelled("moc") == ["mộc"]
    assert pairs.pair("xuyên", "mộc")
    assert not pairs.pair("mộc", "xuyên")
