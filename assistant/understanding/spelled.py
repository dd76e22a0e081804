"""The catalogue's names as words, with their marks or without; each worked out once."""

from __future__ import annotations

from functools import lru_cache

from assistant.catalogue.models import Entry
from assistant.language.text import fold, normalise


@lru_cache(maxsize=1 << 16)
def words(name: str, *, marked: bool) -> frozenset[str]:
    """The words of a name or a unit."""
    spelled = normalise(name, marked=True)
    return frozenset((spelled if marked else fold(spelled)).split())


def names(entry: Entry, *, marked: bool = True) -> tuple[str, ...]:
    """All names of an entry."""
    return _names((entry.name, *entry.synonyms), marked)


def around(entry: Entry, text: str, *, marked: bool) -> list[str]:
    """The words of what was said of an entry that are not its name: "sản lượng" of "sản lượng mực"."""
    held = [each for each in names(entry, marked=marked) if f" {each} " in f" {text} "]
    own = min(held, key=len, default=text).split()
    return [word for word in text.split() if word not in own]


def words_of(entry: Entry, *, marked: bool | None = None) -> frozenset[str]:
    """The words of all names of an entry; with their marks and without where nothing is said of that."""
    return _words_of((entry.name, *entry.synonyms), marked)


@lru_cache(maxsize=1 << 12)
def _names(written: tuple[str, ...], marked: bool) -> tuple[str, ...]:
    spelled = [normalise(name, marked=True) for name in written]
    return tuple(spelled if marked else map(fold, spelled))


@lru_cache(maxsize=1 << 12)
def _words_of(written: tuple[str, ...], marked: bool | None) -> frozenset[str]:
    spellings = (True, False) if marked is None else (marked,)
    return frozenset(word for each in spellings for name in written for word in words(name, marked=each))
