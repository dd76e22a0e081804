"""The language model of words: shares that add up, and sentences that it expects."""

from __future__ import annotations

import math

import pytest

from assistant.speech.ngrams import BEGIN, END, ORDER, estimate

SENTENCES = [
    ["huyện", "nào", "có", "nhiều", "bác", "sĩ", "nhất"],
    ["huyện", "nào", "ít", "học", "sinh", "nhất"],
    ["có", "bao", "nhiêu", "bác", "sĩ"],
]
NAMES = [("châu", "đức"), ("bác", "sĩ", "đa", "khoa")]
WORDS = ("huyện", "nào", "bác", "sĩ", "xanh", "vàng")
MODEL = estimate(SENTENCES, NAMES, WORDS)


def cost(before: tuple[str, ...], word: str) -> float:
    """What a word costs after others, forgetting as much as it must."""
    if (*before, word) in MODEL.cost:
        return MODEL.cost[*before, word]
    return MODEL.back_off.get(before, 0.0) + cost(before[1:], word)


@pytest.mark.parametrize("before", [(), (BEGIN,), ("bác",), ("bác", "sĩ"), (BEGIN, "huyện"), ("châu",), ("xanh",)])
def test_shares_after_any_words_add_up_to_one(before: tuple[str, ...]) -> None:
    words = {run[0] for run in MODEL.cost if len(run) == 1}
    assert math.fsum(math.exp(-cost(before, word)) for word in words) == pytest.approx(1)


def test_what_was_seen_is_likelier_than_the_same_words_in_disorder() -> None:
    words = ["huyện", "nào", "có", "nhiều", "học", "sinh", "nhất"]
    assert MODEL.of(words) < MODEL.of(reversed(words))


def test_a_name_may_stand_inside_a_sentence() -> None:
    assert MODEL.of(["huyện", "châu", "đức"]) < MODEL.of(["huyện", "đức", "châu"])


def test_words_of_the_recogniser_are_possible_and_others_are_not() -> None:
    assert MODEL.of(["xanh", "vàng"]) < math.inf
    assert MODEL.of(["đỏ"]) == math.inf


def test_every_run_has_its_beginning_and_no_run_is_too_long() -> None:
    assert all(run[:-1] in MODEL.back_off for run in MODEL.cost if len(run) > 1)
    assert max(map(len, MODEL.cost)) == ORDER
    assert not any(BEGIN in run[1:] or END in run[:-1] for run in MODEL.cost)
