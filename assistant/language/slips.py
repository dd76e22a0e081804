"""What a slip costs: how likely one word is to be typed or heard in the place of another, in nats.

Letters count without their marks first (a swapped, doubled, dropped or neighbouring key), then the marks. Sound-alike
words are near, too. Costs are set by hand from how often such slips are seen: the rarer, the dearer.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from assistant.language import sound
from assistant.language.syllable import MARKS, from_telex, is_syllable, parts, place_tone, split_tone
from assistant.language.text import fold

UNMARKED = 1.5
"""All marks of one word left out among words that carry theirs."""
NEAR_TONE, OTHER_TONE, NO_TONE = 1.5, 3.0, 1.0
"""Hỏi for ngã; any tone for another; none for one, beside other slips."""
OTHER_QUALITY, NO_QUALITY = 2.0, 0.5
"""A vowel's ă, â, ê, ô, ơ, ư or a đ where another was meant, and where it was left out."""
DOUBLED, BESIDE, SWAPPED, DROPPED, ADDED, REPLACED = 4.0, 4.5, 4.0, 5.0, 5.5, 6.5
"""One letter twice, the key beside it, two letters swapped, one missing, one too many, any other."""
TWICE = 12.0
"""Two slips in one word of at least ``LONG`` letters."""
LONG = 5
ALIKE = 3.5
"""Another word of the same sound."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(
    pair for row in _ROWS for one, other in pairwise(row) for pair in (one + other, other + one)
) | {up + down for upper, lower in pairwise(_ROWS) for up, down in zip(upper, lower, strict=False)}
_QUALITIES = "ăâêôơưđ"
_VNI = {"a6": "â", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "a8": "ă", "d9": "đ"}
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}


def cost(typed: str, meant: str) -> float | None:
    """What it costs to take a word for another, both in lower case; None where they are too far apart."""
    if typed == meant:
        return 0.0
    bare, wanted = fold(typed), fold(meant)
    letters = _letters(bare, wanted)
    marks = 0.0 if meant.isascii() and typed.isascii() else _marks(typed, meant, alone=not letters)
    near = letters + marks if letters is not None else None
    if not is_syllable(typed) or not sound.likeness(typed, meant):
        return near
    alike = ALIKE + (UNMARKED if typed.isascii() else 0.0)
    return alike if near is None else min(near, alike)


def _letters(typed: str, meant: str) -> float | None:
    if typed == meant:
        return 0.0
    if abs(len(typed) - len(meant)) > 2:
        return None
    distance = OSA.distance(typed, meant, score_cutoff=2)
    if distance == 2 and min(len(meant), len(typed)) >= LONG:
        return TWICE
    if distance != 1:
        return None
    at = next((i for i, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), -1)
    if len(typed) < len(meant):
        return DROPPED
    if len(typed) > len(meant):
        extra = typed[at] if at >= 0 else typed[-1]
        return DOUBLED if extra == typed[at - 1 if at >= 0 else -2] else ADDED
    if typed[at + 1 : at + 2] == meant[at] and meant[at + 1 : at + 2] == typed[at]:
        return SWAPPED
    return BESIDE if typed[at] + meant[at] in _NEIGHBOURS or meant[at] + typed[at] in _NEIGHBOURS else REPLACED


def _marks(typed: str, meant: str, *, alone: bool) -> float:
    if alone and typed.isascii():
        return UNMARKED
    plain, tone = split_tone(typed)
    wanted, wanted_tone = split_tone(meant)
    total = 0.0
    if tone != wanted_tone:
        total += NO_TONE if not tone else NEAR_TONE if {tone, wanted_tone} == {"r", "x"} else OTHER_TONE
    for letter in _QUALITIES:
        more = plain.count(letter) - wanted.count(letter)
        total += more * OTHER_QUALITY if more > 0 else -more * NO_QUALITY
    return total


def decoded(word: str) -> str | None:
    """The syllable that key strokes of Telex or VNI stand for ("hocj", "ho5c", "dduwowngf"); None where there is none."""
    if word.isdigit() or not word.isascii():
        return None
    if word.isalpha():
        return from_telex(word)
    tones = [digit for digit in word if digit in _VNI_TONES]
    if len(tones) > 1 or not word[0].isalpha():
        return None
    for digit in tones:
        word = word.replace(digit, "")
    word = re.sub(r"uo7", "u7o7", word)
    word = re.sub(r"u7o(?!7)", "u7o7", word)
    for keys, letter in _VNI.items():
        word = word.replace(keys, letter)
    if parts(word) is None:
        return None
    made = _toned(word, _VNI_TONES[tones[0]]) if tones else word
    return made if not made.isascii() and is_syllable(made) else None


def _toned(plain: str, tone: str) -> str:
    vowel = re.search("[aăâeêioôơuưy]", plain)
    return place_tone(plain[: vowel.end()] + MARKS[tone] + plain[vowel.end() :]) if vowel else plain
