"""The one boundary where text is normalised; nothing behind it normalises again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ConfigurationError
from assistant.language.syllable import from_telex, place_tone, two_syllables
from assistant.yaml_files import read_yaml

ABBREVIATIONS = Path(__file__).resolve().parent.parent.parent / "data" / "language" / "abbreviations.yml"

_STROKES = str.maketrans(
    {"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "⁄": "/"}
)
_WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """Lower-case text without diacritics, đ as d; as long as the NFC form of ``text``, so offsets agree."""
    if text.isascii():
        return text.lower()
    return "".join(map(_LETTERS.__getitem__, unicodedata.normalize("NFC", text)))


class _Letters(dict[str, str]):
    """Letters to what they are folded to, each worked out when it is first met."""

    def __missing__(self, letter: str) -> str:
        base = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0]
        lower = (base if base.isascii() else letter).lower()
        self[letter] = folded = lower if len(lower) == 1 else letter
        return folded


_LETTERS = _Letters()


def has_marks(text: str) -> bool:
    """Whether the text carries any Vietnamese diacritic; False for "tong so hoc sinh"."""
    if text.isascii():
        return False
    return any(_LETTERS[letter] != letter for letter in unicodedata.normalize("NFC", text).lower())


def normalise(text: str, *, marked: bool | None = None) -> str:
    """Text as every other room reads it: lower-case NFC words, one space apart.

    Tone marks stand where ``syllable.place_tone`` puts them, Telex left-overs are repaired, abbreviations written out,
    punctuation is gone except inside numbers, dates and ranges ("1.234,5", "12,5%", "30/6/2025", "2015-2020", "-2,5").
    Abbreviations in text without any marks are written out without marks too, so that ``has_marks`` still tells how the
    person typed; ``marked`` set to True always writes them with marks (for names of the catalogue, which many rooms
    ask for and which are remembered; what people say is not).
    Idempotent: normalising twice changes nothing.
    """
    return _name(text) if marked else _normalised(text, marked)


@lru_cache(maxsize=1 << 16)
def _name(text: str) -> str:
    return _normalised(text, True)


def _normalised(text: str, marked: bool | None) -> str:
    text = _clean(text)
    table = _table()
    text = _WORD.sub(_spell_word, text)
    if marked is None:
        marked = has_marks(text) or not table.has_other_words(text)
    previous = None
    while previous != text:
        previous = text
        text = _UNMARKED_TY.sub("ty", _punctuate(table.expand(text, marked), marked))
    return text


def abbreviations(text: str) -> str:
    """Written text with its abbreviations written out and everything else as it is ("UBND TP. Vũng Tàu")."""
    table = _table()
    text = re.sub(r"\s*&\s*", "&", text)
    text = table.dots.sub(lambda match: table.dotted[match[1].lower()] + " ", text)
    return table.pattern.sub(lambda match: table.always[re.sub(r"\s", "", match[0]).lower()], text)


def short_forms() -> dict[str, str]:
    """Abbreviations that are written out wherever they stand, in lower case, with their full forms."""
    return dict(_table().always)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_STROKES).lower()
    text = unicodedata.normalize("NFKC", text)
    kept = []
    for letter in text:
        category = unicodedata.category(letter)
        if category in ("Cf", "Mn", "Me", "Cs", "Co", "Cn"):
            continue
        kept.append(" " if category[0] in "CZ" else letter)
    return unicodedata.normalize("NFKC", "".join(kept))


def _spell_word(match: re.Match[str]) -> str:
    return _spelling(match[0])


@lru_cache(maxsize=1 << 14)
def _spelling(word: str) -> str:
    table = _table()
    word = place_tone(word)
    word = table.respelled.get(word, word)
    if word.isascii() and word not in table.no_telex and word not in table.always and not two_syllables(word):
        word = from_telex(word) or word
    return word


_UNMARKED_TY = re.compile(r"\bti(?= (?:le|suat|trong|so|dong)\b)")
"""Without marks "ti le" is spelled as with them, where "tỉ" is written "tỷ"."""

_RANGE = re.compile(r"(?<=\d)\s*([-/])\s*(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s*([%‰])")
_PERCENT_WORD = re.compile(r"(?<!\d)%")
"""Without a number before it ("mấy %") the sign is read as a word."""
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)[,;](?=(?:19|20)\d\d(?!\d))")
_STRETCH = re.compile(r"(?<=\w)\s+-\s+(?=(tháng|thang|năm|nam|quý|quy|ngày|ngay) [\dihmb])")
"""A dash between two periods ("tháng 1 - tháng 6") is "đến"."""
_DROP = re.compile(
    r"""(?<=\d)[.,](?=\d)      # inside a number
    | (?<=[\w])/(?=\d)         # a date, "q3/2024"
    | (?<=\d)-(?=\d)           # a range
    | (?<![^\s(])-(?=\d)       # a minus sign
    | (?<=\d)[%‰]
    | ([^\w\s]|_)              # everything else goes
    """,
    re.VERBOSE,
)


def _punctuate(text: str, marked: bool) -> str:
    text = _STRETCH.sub(lambda match: " den " if match[1].isascii() else " đến ", text)
    text = _YEARS.sub(r"\1 ", text.replace("&", " và " if marked else " va "))
    text = _PERCENT.sub(r"\1", _RANGE.sub(r"\1", text))
    text = _PERCENT_WORD.sub(" phần trăm " if marked else " phan tram ", text)
    previous = None
    while previous != text:
        previous = text
        text = " ".join(_DROP.sub(lambda match: " " if match[1] else match[0], text).split())
    return text


@dataclass(frozen=True)
class _Table:
    """The file of abbreviations, compiled."""

    always: dict[str, str]
    after: tuple[tuple[str, re.Pattern[str], str], ...]
    """Short forms between certain words only, where they stand, and in full."""
    dotted: dict[str, str]
    respelled: dict[str, str]
    no_telex: frozenset[str]
    pattern: re.Pattern[str]
    dots: re.Pattern[str]

    def has_other_words(self, text: str) -> bool:
        """Whether anything is left once the abbreviations are taken out."""
        rest = re.sub(r"\s*&\s*", "&", text)
        for pattern in (*(pattern for _, pattern, _ in self.after), self.pattern, self.dots):
            rest = pattern.sub(" ", rest)
        rest = self.pattern.sub(" ", re.sub(r"[&/]", " ", rest))
        return _WORD.search(rest) is not None

    def expand(self, text: str, marked: bool) -> str:
        """Text with every abbreviation written out."""

        def words(full: str) -> str:
            return full if marked else fold(full)

        text = re.sub(r"\s*&\s*", "&", text)
        text = self.dots.sub(lambda match: words(self.dotted[match[1]]) + " ", text)
        for short, pattern, full in self.after:
            if short in text:
                text = pattern.sub(words(full), text)
        return self.pattern.sub(lambda match: words(self.always[re.sub(r"\s", "", match[0])]), text)


@cache
def _table() -> _Table:
    """The compiled table; raises ConfigurationError where the file is missing or malformed."""
    try:
        raw: dict[str, Any] = read_yaml(ABBREVIATIONS)
        always = {str(short): str(full) for short, full in raw["always"].items()}
        for short, full in list(always.items()):
            always.setdefault(fold(short), full)
        shorts = sorted(always, key=len, reverse=True)
        shapes = {"after": r"(?<=\b{} ){}\b", "before": r"\b{1}\b(?= {0}\b)"}
        after = [
            (entry["short"], _beside(entry, shape), entry["full"])
            for group, shape in shapes.items()
            for entry in raw[group]
        ]
        return _Table(
            always=always,
            after=tuple(after),
            dotted=raw["dotted"],
            respelled=raw["respelled"],
            no_telex=frozenset(raw["no_telex"]),
            pattern=re.compile(
                r"(?<![\w&/-])(?:"
                + "|".join(re.escape(short).replace(r"\-", r"\s*-\s*").replace("/", r"\s*/\s*") for short in shorts)
                + r")(?![\w&])",
                re.IGNORECASE,
            ),
            dots=re.compile(rf"(?<![\w.])({'|'.join(raw['dotted'])})\.\s*(?=\w)", re.IGNORECASE),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{ABBREVIATIONS.name}: {type(error).__name__}: {error}") from error


def _beside(entry: dict[str, Any], shape: str) -> re.Pattern[str]:
    """One pattern per entry: the short form with any of its neighbours, with or without marks."""
    words = sorted({form for word in entry["words"] for form in (word, fold(word))})
    return re.compile("|".join(shape.format(re.escape(word), re.escape(entry["short"])) for word in words))
