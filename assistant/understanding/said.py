"""What people are expected to say, word by word as it is spoken: what a recogniser learns which words follow each other from.

Templates and examples with names filled in, listed wordings, and talk around all of it. Made by chance, the same each time.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from random import Random

from assistant.catalogue.catalogue import Catalogue
from assistant.language.spoken import foreign, spell
from assistant.language.syllable import is_syllable
from assistant.language.text import has_marks, normalise
from assistant.understanding.bank import Bank
from assistant.understanding.corpus import LANGUAGE, PHRASES, SENTENCES, listed, wordings
from assistant.understanding.cues import Cues
from assistant.understanding.notation import pieces
from assistant.yaml_files import read_yaml

AROUND = LANGUAGE / "around.yml"

FILLED = 4
"""Times that a sentence with slots is filled."""
AROUND_SHARE = 0.5
"""Share of sentences with talk around them."""
YEARS = range(2005, 2031)
PLACES = {"area": 4, "facility": 1, "agency": 1}
"""Kinds of places to how often they are spoken of."""

Words = tuple[str, ...]

_FIGURE = re.compile(r"\b0\b")
_PERIOD_FIGURES: tuple[tuple[str, Callable[[Random], object]], ...] = (
    (r"(?<=giai đoạn )0\b", lambda random: f"{(year := random.choice(YEARS))}-{year + 5}"),
    (r"(?<=năm học )0\b", lambda random: f"{(year := random.choice(YEARS))}-{year + 1}"),
    (r"(?<=năm )0\b|(?<=từ )0\b|(?<=đến )0\b", lambda random: random.choice(YEARS)),
    (r"(?<=quý )0\b", lambda random: random.randint(1, 4)),
    (r"(?<=ngày )0\b", lambda random: random.randint(1, 31)),
    (r"\b0\b", lambda random: random.randint(1, 12)),
)
"""Where a figure of a listed period stands to what it may be."""
_DATED = ("năm 0", "năm 0", "tháng 0 năm 0", "tháng 0", "quý 0 năm 0", "năm học 0")


def version(bank: Bank, catalogue: Catalogue) -> str:
    """Names what ``sentences`` and ``fragments`` are made from: 12 hex digits."""
    digest = hashlib.sha256(f"{bank.version} {catalogue.version} {FILLED} {AROUND_SHARE}".encode())
    for file in (PHRASES, SENTENCES, AROUND):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def sentences(bank: Bank, catalogue: Catalogue) -> Iterator[Words]:
    """Whole utterances, lower case, numbers in words: those of the bank with names filled in, and listed ones."""
    random = Random(0)
    fill = _Filling(catalogue, random)
    around = _Around(random)
    for _, sentence in bank.sentences():
        parts = list(pieces(sentence))
        for _ in range(FILLED if any(kind == "slot" for kind, _ in parts) else 1):
            texts = (fill(text) if kind == "slot" else text for kind, text in parts)
            yield around(tuple(chain.from_iterable(map(spoken_words, texts))))
    for entry in bank.entries:
        yield from (around(spoken_words(example.text)) for example in entry.examples if has_marks(example.text))
    for text in wordings(read_yaml(SENTENCES)):
        said = spoken_words(fill.figures(text))
        yield from (said, around(said))


def fragments(catalogue: Catalogue) -> Iterator[Words]:
    """What may stand anywhere in an utterance: names of everything, cues, listed phrases, talk around a question."""
    random = Random(0)
    fill = _Filling(catalogue, random)
    yield from (spoken_words(name.text) for name in catalogue.names())
    for text in chain(wordings(Cues.load().entries), listed(read_yaml(PHRASES))):
        yield spoken_words(fill.figures(text))
    yield from _Around(random).every()


@cache
def spoken_words(text: str) -> Words:
    """The words in which a text is spoken: "GRDP năm 2024" → gờ rờ đê pê năm hai nghìn …

    Foreign words stay as they are written: whoever knows them hears them so.
    """
    if all(map(is_syllable, text.split())):
        return tuple(normalise(text, marked=True).split())
    found: list[str] = []
    for part in _parted()(text):
        said = part if part.lower() in foreign() else spell(part)
        found += re.findall(r"[^\W\d_]+", normalise(said, marked=True))
    return tuple(found)


@cache
def _parted() -> Callable[[str], list[str]]:
    words = "|".join(sorted(foreign(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE).split


class _Filling:
    """Something for each slot, by chance; each thing as often as any other, and each of its names."""

    def __init__(self, catalogue: Catalogue, random: Random) -> None:
        self._random = random
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in catalogue.names():
            names[name.kind][name.code].append(name.text)
        self._names = {kind: list(by_code.values()) for kind, by_code in names.items()}
        self._places = [kind for kind, times in PLACES.items() if kind in names for _ in range(times)]
        self._periods = read_yaml(PHRASES)["periods"]

    def __call__(self, slot: str) -> str:
        """A name, a period or a number."""
        if slot == "period":
            return self._period()
        if slot == "number":
            return self._number()
        kind = self._random.choice(self._places) if slot == "place" else slot
        return self._random.choice(self._random.choice(self._names[kind]))

    def figures(self, text: str) -> str:
        """A listed wording with its figures."""
        return _FIGURE.sub(lambda _: self._number(), text)

    def _period(self) -> str:
        text: str = self._random.choice(_DATED if self._random.random() < 0.6 else self._periods)
        for pattern, value in _PERIOD_FIGURES:
            text = re.sub(pattern, lambda _, value=value: str(value(self._random)), text)  # type: ignore[misc]
        return text

    def _number(self) -> str:
        step = self._random.choice((1, 1, 10, 100, 1000, 1_000_000))
        return str(self._random.randint(1, 99 if step == 1 else 20) * step)


class _Around:
    """Talk before and after a question."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._texts: dict[str, list[str]] = read_yaml(AROUND)

    def __call__(self, words: Words) -> Words:
        """The question alone, or with something said before or after it."""
        if self._random.random() >= AROUND_SHARE:
            return words
        where = self._random.choice(("before", "after", "both", "talk"))
        first = self._some("talk") if where == "talk" else ()
        first += self._some("before") if where in ("before", "both", "talk") else ()
        return first + words + (self._some("after") if where in ("after", "both") else ())

    def every(self) -> Iterator[Words]:
        """Each wording a few times, with other persons."""
        for kind in ("before", "talk", "after"):
            for text in self._texts[kind]:
                yield from (self._filled(text) for _ in range(FILLED if "{" in text else 1))

    def _some(self, kind: str) -> Words:
        return self._filled(self._random.choice(self._texts[kind]))

    def _filled(self, text: str) -> Words:
        parts = text.split("{person}")
        said = spoken_words(parts[0])
        for part in parts[1:]:
            said += spoken_words(self._random.choice(self._texts["persons"])) + spoken_words(part)
        return said
