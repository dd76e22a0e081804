"""Text cut into what is spoken in one breath: safe characters only, never empty, the first piece short."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 4_000
"""Of a whole text, about five minutes of speech; the rest is left unsaid."""
_LONGEST = 240
"""Characters of one piece."""
_LONGEST_FIRST = 90
"""Characters of the first piece, where a comma allows it: the shorter it is, the sooner it is heard."""
_SHORTEST = 12
"""Characters below which a piece is not worth a pause of its own."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.*?-->", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?…;])(?<!\b[A-ZĐ]\.)(?<!\b[A-ZĐ]{2}\.)\s+(?=\S)|\s*\n\s*")
_PAUSE = re.compile(r"(?<=[,:–—])\s+")


def clean(text: str) -> str:
    """NFC text without tags, control characters, emoji and other signs nobody can pronounce."""
    text = unicodedata.normalize("NFC", _TAG.sub(" ", text[: MAX_CHARACTERS * 2]))[:MAX_CHARACTERS]
    kept = (char if _pronounceable(char) else " " for char in text)
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()


def pieces(text: str) -> list[str]:
    """The text in pieces of at most 240 characters, cut at sentences, else at commas, else between words."""
    result: list[str] = []
    for sentence in _SENTENCE_END.split(clean(text)):
        limit = _LONGEST if result else _LONGEST_FIRST
        result += _short(sentence.strip(), limit) if len(sentence) > limit else [sentence.strip()]
    return [piece for piece in result if any(char.isalnum() for char in piece)]


def _short(sentence: str, limit: int) -> list[str]:
    """A long sentence cut: a first piece of at most ``limit`` where a comma allows it, the others at most the longest."""
    first, rest = _cut(sentence, limit, _PAUSE)
    if not first:
        if len(sentence) <= _LONGEST:
            return [sentence]
        first, rest = _cut(sentence, _LONGEST, _PAUSE)
    if not first:
        first, rest = _cut(sentence, _LONGEST, re.compile(r"\s+"))
    if not first:
        first, rest = sentence[:_LONGEST], sentence[_LONGEST:]
    return [first, *_short(rest, _LONGEST)] if rest else [first]


def _cut(sentence: str, limit: int, where: re.Pattern[str]) -> tuple[str, str]:
    """The longest beginning within the limit that ends at such a place, and the rest; empty where there is none."""
    places = [match for match in where.finditer(sentence) if _SHORTEST <= match.start() <= limit]
    return (sentence[: places[-1].start()], sentence[places[-1].end() :]) if places else ("", sentence)


def _pronounceable(char: str) -> bool:
    if char == "\n":
        return True
    category = unicodedata.category(char)
    return category[0] in "LNPZ" or category in ("Mn", "Mc", "Sm", "Sc") or char == "°"
