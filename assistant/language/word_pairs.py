"""Which words stand beside each other in what people ask and in the names of things: a count of words, pairs and triples."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language import sound
from assistant.language.slips import LONG, cost
from assistant.language.syllable import is_syllable
from assistant.language.text import fold

FIGURE = "0"
"""Stands for every word of digits."""
START = ""
"""Stands before the first word."""
END = "."
"""Stands after the last word: "rồi" ends what people say, "rời" does not."""
TRIPLE, PAIR, WORD = 0.5, 0.35, 0.15
"""Shares of the triple, the pair and the single word in how likely a word is after two others."""
STRANGE = 13.0
"""What a word costs that is in no list, in nats: about as much as a known word that nobody has seen here."""
USUAL = 0.75
"""Share of a word among all of its letters from which it is taken for granted."""
CANDIDATES = 10
"""Words kept that one may have been meant for."""


class WordPairs:
    """Counts over sentences of normalised words; safe to share once built.

    A single word counts as often as there are different words before it (Kneser and Ney 1995): "nhiêu" is frequent, but
    after anything but "bao" it is unlikely.
    """

    def __init__(self, sentences: Iterable[Iterable[str]], names: Iterable[Iterable[str]]) -> None:
        """``names`` are names of places, facilities and agencies; words only they have are not ``common``."""
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._triples: Counter[tuple[str, str, str]] = Counter()
        for words in sentences:
            self._count(words)
        self.common = frozenset(word for _, word in self._pairs) - {END}
        for words in names:
            self._count(words)
        self._words = Counter(word for _, word in self._pairs)
        self._total = len(self._pairs) or 1
        self._left: Counter[str] = Counter()
        for (before, _), count in self._pairs.items():
            self._left[before] += count
        self._by_fold: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if word.isalpha():
                self._by_fold[fold(word)].append(word)
        self._folded = list(self._by_fold)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for folded in self._folded:
            for short in _shortened(folded):
                self._shortened[short].add(folded)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in self._words.keys() - {END}:
            self._by_sound[sound.key(word)].append(word)
        self.candidates = lru_cache(maxsize=4096)(self._candidates)

    def _count(self, words: Iterable[str]) -> None:
        first, before = START, START
        for word in (*words, END):
            self._pairs[before, word] += 1
            self._triples[first, before, word] += 1
            first, before = before, word

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def spelled(self, folded: str) -> list[str]:
        """The listed words of these letters, with whatever marks."""
        return self._by_fold.get(folded, [])

    def usual(self, word: str) -> bool:
        """Whether these letters nearly always make this word."""
        return self._words[word] >= USUAL * sum(self._words[other] for other in self.spelled(fold(word)))

    def pair(self, before: str, word: str) -> bool:
        """Whether somebody wrote these two words beside each other."""
        return (before, word) in self._pairs

    def surprise(self, first: str, before: str, word: str) -> float:
        """How unexpected a word is after two others, in nats."""
        count = self._words.get(word)
        if count is None:
            return STRANGE
        share = WORD * count / self._total
        pairs = self._pairs.get((before, word), 0)
        if pairs:
            share += PAIR * pairs / self._left[before]
            triples = self._triples.get((first, before, word), 0)
            share += TRIPLE * triples / self._pairs.get((first, before), 1)
        return min(STRANGE, -math.log(share))

    def _candidates(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known words this one may have been meant for with what each slip costs, cheapest first; not the word itself."""
        found = sorted(dict(self._near(word)).items(), key=lambda item: (item[1], -self._words[item[0]], item[0]))
        return tuple(found[:CANDIDATES])

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        for meant in self._by_sound.get(sound.key(word), ()):
            price = cost(word, meant)
            if price is not None and meant != word:
                yield meant, price
        bare = fold(word)
        if is_syllable(word) or len(bare) < LONG:
            reached = {folded for short in _shortened(bare) for folded in self._shortened.get(short, ())}
        else:
            found = process.extract(bare, self._folded, scorer=OSA.distance, score_cutoff=2, limit=None)
            reached = {folded for folded, _, _ in found}
        for folded in reached:
            for meant in self._by_fold[folded]:
                price = cost(word, meant)
                if price is not None and meant != word:
                    yield meant, price


def _shortened(word: str) -> set[str]:
    """The word, and the word without each of its letters: words one slip apart share one of them."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
