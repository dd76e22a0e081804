"""What sounds alike: the confusions of Vietnamese dialects and of speech recognition.

Alike are d, gi and r; ch and tr; s and x; l and n at the start; n, ng and nh, and t, c and ch at the end; hỏi and ngã.
"""

from __future__ import annotations

from functools import cache

from assistant.language.syllable import parts, split_tone
from assistant.language.text import fold

ONSETS = {
    "d": "z", "gi": "z", "r": "z", "ch": "c", "tr": "c", "s": "s", "x": "s", "l": "l", "n": "l",
    "c": "k", "k": "k", "gh": "g", "ngh": "ng", "qu": "w", "đ": "d", "ph": "f",
}  # fmt: skip
"""Onsets to what stands for all that are taken for each other."""
FINALS = {"n": "n", "ng": "n", "nh": "n", "t": "t", "c": "t", "ch": "t"}
"""The same of the ends."""

BEST = 0.88
"""Score of a match by sound at its best."""
_TONE_OR_QUALITY = 0.05
"""Taken off for each word whose tone or vowel quality differs as well."""


@cache
def key(word: str) -> str:
    """One key for all lower-case syllables that may be taken for each other; marks do not count.

    "d" in a word without any marks may be đ, so it stays apart from "z" only where đ is written.
    """
    plain, _ = split_tone(word)
    split = parts(plain)
    if split is None:
        return fold(word)
    onset, vowels, final = split
    return ONSETS.get(onset, onset) + fold(vowels).replace("y", "i") + FINALS.get(final, final)


@cache
def keys(word: str) -> tuple[str, ...]:
    """The keys of a word as it may have been meant: "duc" without marks is "dục" or "đức"."""
    if word.startswith("d") and word == fold(word):
        return key(word), key("đ" + word[1:])
    return (key(word),)


@cache
def likeness(heard: str, meant: str) -> float:
    """How alike two words sound, 0 to 1: 1 the same word, 0 nothing in common."""
    if heard == meant or (heard == fold(meant) and heard.isascii()):
        return 1.0
    if not set(keys(heard)) & set(keys(meant)):
        return 0.0
    if heard.isascii() or (_tone(heard) == _tone(meant) and _quality(heard) == _quality(meant)):
        return 0.99
    return 1.0 - _TONE_OR_QUALITY


def _tone(word: str) -> str:
    return split_tone(word)[1].replace("x", "r")


def _quality(word: str) -> str:
    split = parts(split_tone(word)[0])
    return split[1].replace("y", "i") if split else word


def score(heard: list[str], meant: tuple[str, ...]) -> float:
    """How well words as heard match a name by sound alone, 0 to ``BEST``; 0 where one word sounds different."""
    if len(heard) != len(meant):
        return 0.0
    total = BEST
    for one, other in zip(heard, meant, strict=True):
        alike = likeness(one, other)
        if alike == 0:
            return 0.0
        total -= 1.0 - alike
    return max(total, 0.0)
