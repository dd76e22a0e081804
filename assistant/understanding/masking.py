"""Replaces the spans of a covering by their slots, and says which words stay unexplained."""

from __future__ import annotations

import re

from assistant.language.text import fold
from assistant.understanding.lattice import PER, SAID, Covering
from assistant.understanding.notation import mask_token


def mask(text: str, covering: Covering) -> str:
    """The utterance with every span replaced by its slot's token, as Rasa was trained on it."""
    out: list[str] = []
    at = 0
    for slot in covering:
        out += [text[at : slot.start], f" {mask_token(slot.slot)} " if slot.slot not in (SAID, PER) else " "]
        at = slot.end
    return re.sub(r"\s+", " ", "".join([*out, text[at:]])).strip()


def without(masked: str, words: frozenset[str], vocabulary: frozenset[str]) -> str:
    """A masked utterance without the words (folded) that say nothing and that no template knows ("thưa")."""
    return " ".join(word for word in masked.split() if fold(word) not in words or _knows(vocabulary, word))


def unexplained(masked: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Words of a masked utterance that no template uses; ``vocabulary`` holds folded words and masks."""
    return tuple(word for word in re.findall(r"\w+", masked) if not _knows(vocabulary, word))


def _knows(vocabulary: frozenset[str], word: str) -> bool:
    return word in vocabulary or fold(word) in vocabulary
