"""Abbreviations that were said letter by letter, and written so by a recogniser: "vốn ép đê i" is "vốn fdi"."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from assistant.errors import ConfigurationError
from assistant.language.spoken import READINGS
from assistant.yaml_files import read_yaml

LETTERS = 3
"""Letters from which an abbreviation is told from the words around it."""

_CAPITALS = re.compile(rf"\b[A-Z]{{{LETTERS},}}\b")


class Letters:
    """Knows the abbreviations of some names and every way in which their letters are said."""

    def __init__(self, names: Iterable[str]) -> None:
        """Raises ConfigurationError where the file of readings is missing or malformed."""
        said = _said()
        known = sorted({word for name in names for word in _CAPITALS.findall(name)})
        self._said = {word: re.compile(rf"\b{' '.join(said[letter] for letter in word)}\b") for word in known}

    def joined(self, text: str) -> str:
        """A normalised utterance with its abbreviations as they are written."""
        for word, said in self._said.items():
            text = said.sub(word.lower(), text)
        return text


def _said() -> dict[str, str]:
    """For each letter a pattern of what it is called, in Vietnamese or in English."""
    try:
        raw = read_yaml(READINGS)
        names = {letter: [name, *raw["also"].get(letter, ())] for letter, name in raw["letters"].items()}
        return {letter: f"(?:{'|'.join(sorted(said, key=len, reverse=True))})" for letter, said in names.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{READINGS.name}: {type(error).__name__}: {error}") from error
