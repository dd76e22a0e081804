"""Cue words: superlatives, directions, limits, what a figure is held against. The lists are ``data/rules/cues.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ConfigurationError
from assistant.language.text import fold, has_marks, normalise

FILE = Path(__file__).resolve().parents[2] / "data" / "rules" / "cues.yml"


@dataclass(frozen=True)
class Cue:
    """A cue word found in an utterance."""

    code: str
    start: int
    end: int


class Cues:
    """The cue lists, ready to be searched."""

    def __init__(self, entries: dict[str, Any]) -> None:
        self.entries = entries

    @classmethod
    def load(cls, file: Path = FILE) -> Cues:
        """Reads the lists; raises ConfigurationError naming the file."""
        try:
            entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error
        if not isinstance(entries, dict):
            raise ConfigurationError(f"{file.name}: must be a mapping of lists")
        return cls(entries)

    @cached_property
    def filler(self) -> frozenset[str]:
        """Folded words that say nothing about what is asked."""
        return frozenset(token for words in self.entries["filler"] for token in fold(normalise(words)).split())

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]]:
        patterns = {}
        for group, lists in self.entries.items():
            if group == "filler":
                continue
            codes = lists if isinstance(lists, dict) else {group: lists}
            code_of = {normalise(words): code for code, entries in codes.items() for words in entries}
            code_of |= {fold(words): code for words, code in code_of.items()}
            ordered = sorted(code_of, key=len, reverse=True)
            exact = "|".join(re.escape(words) for words in ordered)
            folded = "|".join(re.escape(words) for words in ordered if words == fold(words))
            patterns[group] = (
                re.compile(rf"(?<!\w)(?:{exact})(?!\w)"),
                re.compile(rf"(?<!\w)(?:{folded})(?!\w)"),
                code_of,
            )
        return patterns

    def find(self, group: str, text: str) -> list[Cue]:
        """All cues of one group, in order, longest wording first, in a normalised utterance."""
        exact, folded, code_of = self._patterns[group]
        pattern = exact if has_marks(text) else folded
        return [Cue(code_of[m.group()], m.start(), m.end()) for m in pattern.finditer(text)]
