"""A language model of words: how likely each is after the two before it, estimated from sentences and fragments."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

ORDER = 3
"""Words of the longest run that is counted."""
DISCOUNT = 0.85
"""Taken off every count and given to the words that were not seen after these (Ney, Essen and Kneser 1994)."""
UNSEEN = 0.05
"""Share that all words of the recogniser have in common, seen or not."""
BEGIN, END = "<s>", "</s>"
"""Stand before the first word and after the last one of a sentence."""

Run = tuple[str, ...]


@dataclass(frozen=True)
class LanguageModel:
    """Probabilities with back-off, as in an ARPA file. Every run of a key also has its own beginning as a key."""

    cost: Mapping[Run, float]
    """A run of one to ``ORDER`` words to what its last word costs after the others, in nats."""
    back_off: Mapping[Run, float]
    """Words before to what it costs, in nats, to forget the first of them for a word not seen after them."""

    def of(self, sentence: Iterable[str]) -> float:
        """What a whole sentence costs, in nats; infinite where a word is not known."""
        total = 0.0
        before: Run = (BEGIN,)
        for word in (*sentence, END):
            while (*before, word) not in self.cost:
                if not before:
                    return math.inf
                total += self.back_off.get(before, 0.0)
                before = before[1:]
            total += self.cost[*before, word]
            before = (*before, word)[1 - ORDER :]
        return total


def estimate(
    sentences: Iterable[Collection[str]], fragments: Iterable[Collection[str]], words: Collection[str]
) -> LanguageModel:
    """The model of sentences, and of fragments that may stand anywhere in one (names), over ``words`` and all of theirs.

    Interpolated Kneser-Ney: runs of fewer words count by how many words they were seen after.
    """
    counts = _counted(sentences, fragments)
    share: dict[Run, float] = _single(counts[1], words)
    left: dict[Run, float] = {}
    for length in range(2, ORDER + 1):
        after: dict[Run, list[tuple[str, int]]] = defaultdict(list)
        for run, count in counts[length].items():
            after[run[:-1]].append((run[-1], count))
        for before, seen in after.items():
            total = sum(count for _, count in seen)
            rest = DISCOUNT * len(seen) / total
            for word, count in seen:
                share[*before, word] = (count - DISCOUNT) / total + rest * share[*before[1:], word]
            left[before] = rest
    return LanguageModel(
        {run: -math.log(part) for run, part in share.items()}, {run: -math.log(part) for run, part in left.items()}
    )


def _counted(sentences: Iterable[Collection[str]], fragments: Iterable[Collection[str]]) -> list[Counter[Run]]:
    """Counts by length: runs of full length as often as they stand there, shorter ones as Kneser and Ney count them."""
    counts: list[Counter[Run]] = [Counter() for _ in range(ORDER + 1)]

    def take(words: Run, first: int) -> None:
        for at in range(first, len(words)):
            for length in range(1, min(ORDER, at + 1) + 1):
                counts[length][words[at + 1 - length : at + 1]] += 1

    for words in sentences:
        take((BEGIN, *words, END), 1)
    for words in fragments:
        take(tuple(words), 0)
    for length in range(ORDER - 1, 0, -1):
        seen_after = Counter(run[1:] for run in counts[length + 1])
        for run in counts[length]:
            if run[0] != BEGIN:  # nothing stands before the beginning
                counts[length][run] = max(seen_after[run], 1)
    return counts


def _single(counts: Counter[Run], words: Collection[str]) -> dict[Run, float]:
    """Shares of the single words, together 1."""
    total = counts.total()
    share: dict[Run, float] = {(word,): UNSEEN / len(words) for word in words}
    for run, count in counts.items():
        share[run] = share.get(run, 0.0) + (1 - (UNSEEN if words else 0.0)) * count / total
    return share
