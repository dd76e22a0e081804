"""The words of questions as they stand beside each other: of templates, examples, cues, listed phrases, and of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import has_marks, normalise
from assistant.language.word_pairs import FIGURE
from assistant.understanding.bank import Bank
from assistant.understanding.cues import GAP, Cues
from assistant.understanding.notation import pieces
from assistant.understanding.spans import elsewhere
from assistant.yaml_files import read_yaml

LANGUAGE = Path(__file__).resolve().parents[2] / "data" / "language"
PHRASES, SENTENCES = LANGUAGE / "phrases.yml", LANGUAGE / "sentences.yml"

PROPER = ("area", "facility", "agency")
"""Kinds of names that may be unknown ones just as well."""


def asked(bank: Bank, catalogue: Catalogue) -> list[list[str]]:
    """What people ask with, word by word: everything but the names of places, facilities and agencies."""
    texts = [text for _, sentence in bank.sentences() for kind, text in pieces(sentence) if kind != "slot"]
    texts += [example.text for entry in bank.entries for example in entry.examples if has_marks(example.text)]
    texts += wordings(Cues.load().entries)
    texts += listed(read_yaml(PHRASES))
    texts += wordings(read_yaml(SENTENCES))
    texts += [name.text for name in catalogue.names() if name.kind not in PROPER]
    return [_words(text) for text in texts]


def of_periods() -> frozenset[str]:
    """The words that periods are said with."""
    phrases = read_yaml(PHRASES)["periods"]
    return frozenset(word for text in phrases for word in _words(text))


def named(catalogue: Catalogue) -> list[list[str]]:
    """Names of places, facilities and agencies, and of places elsewhere, word by word."""
    names = [name.text for name in catalogue.names() if name.kind in PROPER]
    return [_words(text) for text in (*names, *(name.text for name in elsewhere(catalogue)))]


def figure(word: str) -> str:
    """A word, or what stands for it where it is a number in digits."""
    return FIGURE if word.isdigit() else word


def _words(text: str) -> list[str]:
    return [figure(word) for word in re.findall(r"\w+", normalise(text, marked=True))]


def wordings(entries: Any) -> Iterator[str]:
    """Every wording of nested lists, parted at its gaps."""
    if isinstance(entries, str):
        yield from entries.split(GAP)
    elif isinstance(entries, Iterable):
        for each in entries.values() if isinstance(entries, dict) else entries:
            yield from wordings(each)


def listed(lists: dict[str, list[str]]) -> Iterator[str]:
    yield from lists["periods"]
    yield from lists["questions"]
    for shape in lists["numbers"]:
        digits = lists["digits"] if "{digit}" in shape else [""]
        units = lists["units"] if "{unit}" in shape else [""]
        yield from (shape.format(digit=digit, unit=unit) for digit in digits for unit in units)
