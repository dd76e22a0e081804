"""Indicators likely meant where none is named outright: names that share telling words with an utterance.

A word tells the more, the fewer indicators have it in a name (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.understanding.completion import IndicatorWords

COMMON = 2
"""Entries of the bank from which a word belongs to questions, not to what is asked for."""


REMEMBERED = 64
"""Sets of words of which it is remembered what they likely mean: all readings of an utterance ask for that of the same few."""


class Likely(NamedTuple):
    """An indicator with how well one of its names fits, 0 to 1."""

    code: str
    score: float
    shared: frozenset[str]
    """The words said that are in that name."""


class _Name(NamedTuple):
    code: str
    words: frozenset[str]
    weight: float


class _Index:
    """All names of indicators as bags of content words, in one spelling."""

    def __init__(self, catalogue: Catalogue, words: IndicatorWords, *, marked: bool) -> None:
        self._words = words
        self._marked = marked
        self._order = {
            code: (entry.ratio is not None, place) for place, (code, entry) in enumerate(catalogue.indicators.items())
        }
        bags = dict.fromkeys(
            (name.code, self.content(normalise(name.text, marked=True).split()))
            for name in catalogue.names()
            if name.kind == "indicator"
        )
        having: dict[str, set[str]] = defaultdict(set)
        for code, bag in bags:
            for word in bag:
                having[word].add(code)
        count = len(catalogue.indicators)
        self.tells = {word: math.log(1 + count / len(codes)) for word, codes in having.items()}
        self._names = [_Name(code, bag, self._weight(bag)) for code, bag in bags]
        self._having: dict[str, list[int]] = defaultdict(list)
        """Words to the places of the names that have them."""
        self._ranked = lru_cache(maxsize=REMEMBERED)(self._rank)
        for place, name in enumerate(self._names):
            for word in name.words:
                self._having[word].append(place)

    def content(self, words: Iterable[str]) -> frozenset[str]:
        """The words that tell indicators apart, as this index spells them."""
        kept = self._words.content(words, marked=self._marked)
        return kept if self._marked else frozenset(map(fold, kept))

    def rank(self, words: Iterable[str], holding: Iterable[str]) -> list[Likely]:
        return list(self._ranked(frozenset(self.content(words) & self.tells.keys()), self.content(holding)))

    def _rank(self, said: frozenset[str], needed: frozenset[str]) -> tuple[Likely, ...]:
        whole = self._weight(said)
        fits: dict[str, Likely] = {}
        for place, weights in (self._with_all(said, needed) if needed else self._with_any(said)).items():
            name = self._names[place]
            fit = round(2 * math.fsum(weights) / (name.weight + whole), 4)
            if name.code not in fits or fit > fits[name.code].score:
                fits[name.code] = Likely(name.code, fit, name.words & said)
        return tuple(sorted(fits.values(), key=lambda likely: (-likely.score, self._order[likely.code])))

    def _with_any(self, said: frozenset[str]) -> dict[int, list[float]]:
        """The places of names that have any of the words, with the weights of those that each has; by word, then place."""
        shared: dict[int, list[float]] = defaultdict(list)
        for word in sorted(said):
            for place in self._having[word]:
                shared[place].append(self.tells[word])
        return shared

    def _with_all(self, said: frozenset[str], needed: frozenset[str]) -> dict[int, list[float]]:
        """Those of them whose names have all words ``needed``, in the same order."""
        fewest = min((self._having.get(word, []) for word in needed), key=len)
        common = {
            place: sorted(self._names[place].words & said) for place in fewest if needed <= self._names[place].words
        }
        found = sorted((words[0], place) for place, words in common.items() if words)
        return {place: [self.tells[word] for word in common[place]] for _, place in found}

    def _weight(self, words: Iterable[str]) -> float:
        return math.fsum(self.tells[word] for word in words)


class LikelyIndicators:
    """The names of indicators with their marks and without."""

    def __init__(self, catalogue: Catalogue, words: IndicatorWords) -> None:
        self._exact = _Index(catalogue, words, marked=True)
        self._folded = _Index(catalogue, words, marked=False)
        self._known: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
        self._common = self._known

    def learn(self, words: Mapping[str, int]) -> None:
        """Takes the words of questions, with their marks and how many entries of the bank have each, for known ones, and
        the common ones for such as name no indicator."""
        known, common = frozenset(words), frozenset(word for word, entries in words.items() if entries >= COMMON)
        self._known = (frozenset(map(fold, known)), known)
        self._common = (frozenset(map(fold, common)), common)

    def rank(self, words: Iterable[str], holding: Iterable[str] = (), *, marked: bool) -> list[Likely]:
        """Indicators by how well one of their names fits the words, best first; ``marked``: words have their marks.

        The fit is the harmonic mean of how much of the name was said and how much of what was said the name explains;
        words that no name has count for nothing. Only names with all the telling words of ``holding`` count. Of equals a
        count goes before its rate, then the one before in the catalogue.
        """
        return (self._exact if marked else self._folded).rank(words, holding)

    def strange(self, words: Iterable[str], *, marked: bool) -> frozenset[str]:
        """Those of the words that neither names of indicators nor questions have."""
        index = self._exact if marked else self._folded
        return index.content(words) - index.tells.keys() - self._known[marked]

    def named(self, words: Iterable[str], *, marked: bool) -> frozenset[str]:
        """Those of the words that names of indicators have."""
        index = self._exact if marked else self._folded
        return index.content(words) & index.tells.keys()

    def telling(self, words: Iterable[str], *, marked: bool) -> frozenset[str]:
        """Those of the words that names of indicators have and questions commonly do not."""
        return self.named(words, marked=marked) - self._common[marked]
