"""Cue words: superlatives, directions, limits, what a figure is held against. The lists are ``data/rules/cues.yml``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.errors import ConfigurationError
from assistant.language.text import fold, has_marks, normalise
from assistant.yaml_files import read_yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "rules" / "cues.yml"

TELLING = frozenset(["đang", "hết", "xong", "tiền", "lại", "làm"])
"""Fillers that tell indicators apart ("hồ sơ đang giải quyết" is no "hồ sơ giải quyết", "học hết tiểu học" no "học tiểu học")."""

WORDS = ("filler", "inserted", "opening", "chat")
"""Lists of words that are looked up one by one, not searched for in an utterance."""

NONE = "none"
"""Code of wordings that only look like a cue: "chiếm đoạt" tells no share."""

WORD = re.compile(r"\w+")

GAP = "…"
"""In a wording: up to ten other words may stand here ("nhiều … nhất")."""

OR = "|"
"""In a wording: between words of which any may stand there ("đừng|không tính|kể"); "_" ties two of them ("đừng_có|không")."""


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
            entries = _spread(read_yaml(file))
        except (OSError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error
        if not isinstance(entries, dict):
            raise ConfigurationError(f"{file.name}: must be a mapping of lists")
        return cls(entries)

    @cached_property
    def filler(self) -> frozenset[str]:
        """Folded words that say nothing about what is asked."""
        return self._folded_words("filler")

    @cached_property
    def inserted(self) -> frozenset[str]:
        """Folded words that may stand inside the name of an indicator without changing it."""
        return self._folded_words("inserted")

    @cached_property
    def fillers(self) -> frozenset[str]:
        """The fillers as they are listed, of one word or several, without their marks."""
        return frozenset(fold(normalise(words)) for words in self.entries["filler"])

    @cached_property
    def opening(self) -> frozenset[str]:
        """Words, with their marks, that say nothing before the first stop ("Ừ thôi, …")."""
        lists = (*self.entries["filler"], *self.entries["opening"])
        return frozenset(normalise(words, marked=True) for words in lists)

    @cached_property
    def chat(self) -> frozenset[str]:
        """Words of talk among people, with their marks and without; in a name they mean more."""
        words = {token for words in self.entries["chat"] for token in normalise(words, marked=True).split()}
        return frozenset(words | set(map(fold, words)))

    def _folded_words(self, group: str) -> frozenset[str]:
        return frozenset(token for words in self.entries[group] for token in fold(normalise(words)).split())

    @cached_property
    def hollow(self) -> frozenset[str]:
        """Words, with their marks, that tell no indicator from another: fillers, directions, rates."""
        lists = [self.entries["filler"], self.entries["inserted"]]
        groups = (self.entries["direction"], self.entries["rate"])
        lists += [words for group in groups for code, words in group.items() if code != NONE]
        told = {token for words in lists for each in words for token in normalise(each, marked=True).split()}
        return frozenset(told - TELLING)

    @cached_property
    def listless(self) -> frozenset[str]:
        """Words, with their marks, that tell no member of a list from another: hollow ones, and what stands between two."""
        return self.hollow.union(self.entries["lists"]["between"])

    @property
    def groups(self) -> Collection[str]:
        """What can be searched for."""
        return self._wordings

    @cached_property
    def _wordings(self) -> dict[str, tuple[_Wordings, _Wordings]]:
        """Each group with its marks and without."""
        found = {}
        for group, lists in self.entries.items():
            if group in WORDS:
                continue
            codes = lists if isinstance(lists, dict) else {group: lists}
            wordings = [(words, code) for code, entries in codes.items() for words in entries]
            wordings.sort(key=lambda wording: -len(wording[0]))
            found[group] = (
                _Wordings([(_spelled(words), code) for words, code in wordings]),
                _Wordings([(fold(_spelled(words)), code) for words, code in wordings]),
            )
        return found

    def find(self, group: str, text: str) -> list[Cue]:
        """All cues of one group, in order, longest wording first, in a normalised utterance."""
        exact, folded = self._wordings[group]
        said = _said(text)
        wordings = exact if said.marked else folded
        if wordings not in said.found:
            said.found[wordings] = wordings.find(text, said)
        return said.found[wordings].copy()

    def spoken(self, groups: Iterable[str], text: str) -> frozenset[str]:
        """The words of all cues of these groups in a normalised utterance."""
        found = (cue for group in groups for cue in self.find(group, text))
        return frozenset(word for cue in found for word in text[cue.start : cue.end].split())


class _Said(NamedTuple):
    """The words of an utterance, in order with where each begins, whether it has marks, and the cues found in it so far."""

    words: frozenset[str]
    spots: list[tuple[int, str]]
    marked: bool
    found: dict[_Wordings, list[Cue]]


@lru_cache(maxsize=16)
def _said(text: str) -> _Said:
    """Remembered for the few texts of an utterance, which are searched for many groups one after the other."""
    spots = [(match.start(), match.group()) for match in WORD.finditer(text)]
    return _Said(frozenset(word for _, word in spots), spots, has_marks(text), {})


class _Wordings:
    """The wordings of one group in one spelling, by the word they begin with."""

    def __init__(self, wordings: Iterable[tuple[str, str]]) -> None:
        """``wordings`` with their codes, longest first."""
        beginning: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for words, code in wordings:
            beginning[WORD.findall(words)[0]].append((words, code))
        self._beginning = {
            word: (_either([words for words, _ in each]), [code for _, code in each])
            for word, each in beginning.items()
        }

    def find(self, text: str, said: _Said) -> list[Cue]:
        """The cues in an utterance, none inside another."""
        found: list[Cue] = []
        if self._beginning.keys().isdisjoint(said.words):
            return found
        end = 0
        for start, word in said.spots:
            if start < end or word not in self._beginning:
                continue
            pattern, codes = self._beginning[word]
            if (match := pattern.match(text, start)) is not None:
                end = match.end()
                found.append(Cue(codes[(match.lastindex or 1) - 1], start, end))
        return [cue for cue in found if cue.code != NONE]


def _spread(entries: Any) -> Any:
    """The lists with each wording in all its ways."""
    if isinstance(entries, dict):
        return {key: _spread(each) for key, each in entries.items()}
    if isinstance(entries, list):
        return list(dict.fromkeys(way for words in entries for way in _ways(words)))
    return entries


def _ways(words: str) -> Iterator[str]:
    """A wording in every way that its choices leave."""
    for chosen in product(*(word.split(OR) for word in words.split())):
        yield " ".join(chosen).replace("_", " ")


def _spelled(words: str) -> str:
    return f" {GAP} ".join(normalise(part, marked=True) for part in words.split(GAP))


def _either(wordings: list[str]) -> re.Pattern[str]:
    """One group per wording, so that the group's number tells which one it was."""
    escaped = [re.escape(words).replace(re.escape(f" {GAP} "), r"(?:\s+\S+){0,10}?\s+") for words in wordings]
    return re.compile(rf"(?<!\w)(?:{'|'.join(f'({words})' for words in escaped)})(?!\w)")
