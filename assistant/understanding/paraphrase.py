"""Which indicator words likely mean, judged by all that people call it: names of the catalogue and ways to say it without them.

Naive Bayes over words (McCallum & Nigam 1998), each word weighed by how few indicators have it and each name or phrase as
long as any other (Rennie et al. 2003). It needs no training: an indicator or a name that is added counts at once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.yaml_files import read_yaml

PARAPHRASES = Path(__file__).resolve().parents[2] / "data" / "language" / "paraphrases"
"""One file per domain: indicators to phrases that mean them."""

UNSEEN = 0.02
"""What a word counts with an indicator that was never called by it; measured on phrases left out, by a third of all."""


class Fit(NamedTuple):
    """How likely an indicator is meant."""

    code: str
    weight: float
    """Logarithm of the likelihood; only differences tell anything."""
    probability: float
    """Among the indicators that were compared, 0 to 1; too sure of itself, as naive Bayes is."""


def read(folder: Path = PARAPHRASES) -> dict[str, tuple[str, ...]]:
    """Indicators to the phrases that mean them."""
    return {code: tuple(said) for file in sorted(folder.glob("*.yml")) for code, said in read_yaml(file).items()}


class Paraphrases:
    """What each indicator is called, in words with their marks and without."""

    def __init__(self, catalogue: Catalogue, phrases: Mapping[str, Iterable[str]]) -> None:
        """Phrases of indicators that the catalogue lacks count for nothing."""
        said = [
            (name.code, normalise(name.text, marked=True)) for name in catalogue.names() if name.kind == "indicator"
        ]
        said += [
            (code, normalise(phrase, marked=True))
            for code in catalogue.indicators.keys() & phrases.keys()
            for phrase in phrases[code]
        ]
        self._models = {marked: _Model(said, marked=marked) for marked in (True, False)}

    def likely(self, words: Iterable[str], among: Collection[str], *, marked: bool) -> list[Fit]:
        """The indicators ``among`` these, likeliest first; none where no word was ever said of any."""
        return self._models[marked].likely(words, among)


class _Model:
    def __init__(self, said: Iterable[tuple[str, str]], *, marked: bool) -> None:
        bags = [(code, frozenset((text if marked else fold(text)).split())) for code, text in said]
        having: dict[str, set[str]] = defaultdict(set)
        for code, bag in bags:
            for word in bag:
                having[word].add(code)
        count = len({code for code, _ in bags})
        self._tells = {word: math.log(1 + count / len(codes)) for word, codes in having.items()}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for code, bag in bags:
            length = math.hypot(*(self._tells[word] for word in bag))
            for word in bag:
                counts[code][word] += self._tells[word] / length  # type: ignore[assignment]
        self._unseen: dict[str, float] = {}
        self._seen: dict[str, dict[str, float]] = {}
        for code, words in counts.items():
            whole = sum(words.values()) + UNSEEN * len(self._tells)
            self._unseen[code] = math.log(UNSEEN / whole)
            self._seen[code] = {word: math.log((each + UNSEEN) / whole) for word, each in words.items()}

    def likely(self, words: Iterable[str], among: Collection[str]) -> list[Fit]:
        known = [word for word in dict.fromkeys(words) if word in self._tells]
        weights = {code: self._weight(code, known) for code in among if code in self._seen} if known else {}
        if not weights:
            return []
        most = max(weights.values())
        shares = {code: math.exp(weight - most) for code, weight in weights.items()}
        whole = sum(shares.values())
        ranked = sorted(weights, key=lambda code: (-weights[code], code))
        return [Fit(code, weights[code], shares[code] / whole) for code in ranked]

    def _weight(self, code: str, words: Iterable[str]) -> float:
        seen, unseen = self._seen[code], self._unseen[code]
        return sum(self._tells[word] * seen.get(word, unseen) for word in words)
