"""Indicators likely meant where none is named outright: names that share telling words with an utterance.

A word tells the more, the fewer indicators have it in a name (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.understanding.completion import IndicatorWords


class Likely(NamedTuple):
    """An indicator with how well one of its names fits, 0 to 1."""

    code: str
    score: float


class _Name(NamedTuple):
    code: str
    words: frozenset[str]
    weight: float


class LikelyIndicators:
    """All names of indicators as bags of folded content words."""

    def __init__(self, catalogue: Catalogue, words: IndicatorWords) -> None:
        self._catalogue = catalogue
        self._words = words
        bags = dict.fromkeys(
            (name.code, self._content(normalise(name.text, marked=True).split()))
            for name in catalogue.names()
            if name.kind == "indicator"
        )
        having: dict[str, set[str]] = defaultdict(set)
        for code, bag in bags:
            for word in bag:
                having[word].add(code)
        count = len(catalogue.indicators)
        self._tells = {word: math.log(1 + count / len(codes)) for word, codes in having.items()}
        self._names: dict[str, list[_Name]] = defaultdict(list)
        for code, bag in bags:
            name = _Name(code, bag, self._weight(bag))
            for word in bag:
                self._names[word].append(name)

    def rank(self, words: Iterable[str], holding: Iterable[str] = ()) -> list[Likely]:
        """Indicators by how well one of their names fits the words, best first.

        The fit is the harmonic mean of how much of the name was said and how much of what was said the name explains;
        words that no name has count for nothing. Only names with all the telling words of ``holding`` count. Of equals a
        count goes before its rate.
        """
        said = self._content(words) & self._tells.keys()
        needed = self._content(holding)
        whole = self._weight(said)
        fits: dict[str, float] = defaultdict(float)
        for name in {name for word in said for name in self._names[word] if needed <= name.words}:
            shared = self._weight(name.words & said)
            fits[name.code] = max(fits[name.code], 2 * shared / (name.weight + whole))
        ranked = sorted(fits.items(), key=lambda item: (-item[1], self._catalogue.indicator(item[0]).ratio is not None))
        return [Likely(code, round(score, 4)) for code, score in ranked]

    def _content(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(fold, self._words.content(words, marked=True)))

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._tells[word] for word in words)
