"""Slips of one letter in the words of questions ("tăg", "nhât", "bao nhiu"), before names are looked for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from rapidfuzz.distance import Levenshtein

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, has_marks, normalise
from assistant.understanding.bank import Bank

COMMON = 5
"""Times a word must stand in the templates to be put in the place of a slip."""


class Repair:
    """Knows every word of the templates and of the catalogue's names."""

    def __init__(self, bank: Bank, catalogue: Catalogue) -> None:
        asked = (word for _, sentence in bank.sentences() for word in normalise(sentence, marked=True).split())
        self._counts = Counter(word for word in asked if word.isalpha())
        self._known = set(self._counts)
        for name in catalogue.names():
            self._known.update(normalise(name.text, marked=True).split())
        self._folded = {fold(word) for word in self._known}
        self._by_fold: dict[str, list[str]] = defaultdict(list)
        for word, count in self._counts.items():
            if count >= COMMON:
                self._by_fold[fold(word)].append(word)

    def repair(self, text: str) -> str:
        """The normalised utterance with slips put right; the same text where there are none."""
        marked = has_marks(text)
        return re.sub(r"[^\W\d_]+", lambda match: self._word(match.group(), marked), text)

    def _word(self, word: str, marked: bool) -> str:
        if word in self._known or (not marked and word in self._folded) or len(word) < 2:
            return word
        same = self._by_fold.get(fold(word), [])
        if same and marked:
            return max(same, key=lambda each: self._counts[each])
        near = [
            each
            for other, words in self._by_fold.items()
            if abs(len(other) - len(word)) <= 1
            and other[0] == fold(word)[0]
            and Levenshtein.distance(other, fold(word)) == 1
            for each in words
        ]
        if not near:
            return word
        best = max(near, key=lambda each: self._counts[each])
        return best if marked else fold(best)
