"""Words that a recogniser's dictionary lacks, and the syllables in it that sound most like them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from assistant.language.sound import FINALS, ONSETS
from assistant.language.syllable import parts, split_tone
from assistant.language.text import fold

MOST = 4
"""Stand-ins of one word."""
FARTHEST = 2.4
"""Distance beyond which one syllable is no help in hearing another."""

_SAME_MANNER = 1.0
_ONSET, _VOWELS, _FINAL, _TONE = (0.5, 1.5), (0.8, 2.0), (0.7, 1.8), (0.3, 0.8)
"""Distances of parts that are taken for each other, and of others."""
_MANNERS = (
    frozenset(("p", "b", "t", "c", "k", "qu")),
    frozenset(("ph", "th", "kh", "h", "")),
    frozenset(("b", "đ", "g", "gh", "v", "d", "gi", "r", "l")),
    frozenset(("s", "x", "ch", "tr")),
    frozenset(("m", "n", "nh", "ng", "ngh")),
)
"""Onsets made in one way, at other places of the mouth."""


SETTINGS = (MOST, FARTHEST, _SAME_MANNER, *_ONSET, *_VOWELS, *_FINAL, *_TONE)
"""All numbers that stand-ins depend on."""


class StandIn(NamedTuple):
    """A syllable that is heard for another word."""

    distance: float
    """0 for the same sound; a wrong tone counts 0.8, a wrong vowel 2."""
    word: str


def of(word: str, known: Collection[str]) -> list[StandIn]:
    """The known syllables that sound most like a word, nearest first; none for a word that is no syllable."""
    near = (StandIn(far, other) for other in known if (far := distance(word, other)) is not None)
    return sorted(one for one in near if one.distance <= FARTHEST)[:MOST]


def distance(one: str, other: str) -> float | None:
    """How far two lower-case syllables sound apart; None where one is no syllable."""
    first, second = _cut(one), _cut(other)
    if first is None or second is None:
        return None
    return (
        _onsets(first.onset, second.onset)
        + _apart(first.vowels, second.vowels, _VOWELS, alike=fold(first.vowels) == fold(second.vowels))
        + _apart(first.final, second.final, _FINAL, alike=_class(first.final, FINALS) == _class(second.final, FINALS))
        + _apart(first.tone, second.tone, _TONE, alike={first.tone, second.tone} == {"x", "r"})
    )


class _Syllable(NamedTuple):
    onset: str
    vowels: str
    final: str
    tone: str


def _onsets(one: str, other: str) -> float:
    far = _apart(one, other, _ONSET, alike=_class(one, ONSETS) == _class(other, ONSETS))
    return min(far, _SAME_MANNER) if any({one, other} <= manner for manner in _MANNERS) else far


def _apart(one: str, other: str, costs: tuple[float, float], *, alike: bool) -> float:
    return 0.0 if one == other else costs[0 if alike else 1]


def _class(part: str, classes: dict[str, str]) -> str:
    return classes.get(part, part)


@cache
def _cut(word: str) -> _Syllable | None:
    plain, tone = split_tone(word)
    split = parts(plain)
    return _Syllable(split[0], split[1].replace("y", "i"), split[2], tone) if split else None
