"""Syllables that are heard for words a dictionary lacks."""

from __future__ import annotations

import pytest

from assistant.speech import stand_ins

KNOWN = ("xướng", "uống", "suối", "tê", "khê", "mỗ", "mô", "bàn", "sê", "xe")


@pytest.mark.parametrize(
    ("word", "nearest"), [("xuống", "xướng"), ("pê", "tê"), ("mổ", "mỗ"), ("xê", "sê"), ("bàn", "bàn")]
)
def test_nearest_stand_in(word: str, nearest: str) -> None:
    assert stand_ins.of(word, KNOWN)[0].word == nearest


def test_what_sounds_like_nothing_known_has_none() -> None:
    assert stand_ins.of("khuỷu", KNOWN) == []
    assert stand_ins.of("camera", KNOWN) == []


@pytest.mark.parametrize(
    ("near", "far", "word"), [("da", "gia", "ga"), ("chú", "trú", "phú"), ("mãi", "mải", "mái"), ("lan", "lang", "lam")]
)
def test_what_is_taken_for_each_other_is_nearer(near: str, far: str, word: str) -> None:
    one, other = stand_ins.distance(near, far), stand_ins.distance(near, word)
    assert one is not None and other is not None
    assert 0 < one < other
    assert one == stand_ins.distance(far, near)


def test_there_are_few_and_the_nearest_come_first() -> None:
    found = stand_ins.of("mô", [f"{onset}ô" for onset in ("m", "n", "nh", "b", "l", "t", "ng")])
    assert len(found) == stand_ins.MOST
    assert found[0] == (0.0, "mô")
    assert found == sorted(found)
