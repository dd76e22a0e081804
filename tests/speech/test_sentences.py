"""Text cut into what is spoken in one breath."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speech.sentences import MAX_CHARACTERS, clean, pieces

LONG = (
    "Năm hai nghìn không trăm mười lăm, tỉnh có năm trăm ba mươi bác sĩ, tăng mười hai người so với năm trước đó nữa."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xin chào. Tôi nghe đây!", ["Xin chào.", "Tôi nghe đây!"]),
        ("Có 1.234,5 tỷ đồng", ["Có 1.234,5 tỷ đồng"]),
        ("UBND TP. Vũng Tàu", ["UBND TP. Vũng Tàu"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("Hỏi gì? ... Hết.", ["Hỏi gì?", "Hết."]),
        (LONG, ["Năm hai nghìn không trăm mười lăm, tỉnh có năm trăm ba mươi bác sĩ,", LONG[68:]]),
        ("", []),
        ("😀 <br> --", []),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Xin</b> chào", "Xin chào"),
        ("a\x00b\u200bc", "a b c"),
        (unicodedata.normalize("NFD", "Bà Rịa"), "Bà Rịa"),
        ("5 < 6 và 7 > 3", "5 < 6 và 7 > 3"),
        ("12,5 % ở 30 °C", "12,5 % ở 30 °C"),
        ("👍🏽 tốt", "tốt"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(max_size=1500))
def test_pieces_are_short_and_never_empty(text: str) -> None:
    for piece in pieces(text):
        assert len(piece) <= 240
        assert any(char.isalnum() for char in piece)
        piece.encode()


@given(st.lists(st.sampled_from(["năm", "trăm", "bác", "sĩ,", "học", "sinh.", "tỉnh", "có;"]), max_size=300))
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    assert " ".join(pieces(text)).split() == text.split()


def test_endless_text_is_cut() -> None:
    assert sum(map(len, pieces("chữ " * 10_000))) <= MAX_CHARACTERS
