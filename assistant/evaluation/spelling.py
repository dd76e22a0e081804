"""Ways questions are misspelled: one maker for each class of spelling, the same result for the same question every time.

A maker takes a question as it was written and returns it as somebody else would type or say it, or None where nothing
in it can be spelled that way. It never touches a figure, so that the right answer stays the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple
from zlib import crc32

from assistant.evaluation.questions import Conversation, Question, QuestionSet
from assistant.language.spoken import spell
from assistant.language.syllable import MARKS, is_syllable, parts, place_tone, split_tone
from assistant.language.text import ABBREVIATIONS, fold, has_marks
from assistant.yaml_files import read_yaml

Maker = Callable[[str, Random], str | None]

LONG_ENOUGH = 4
"""Letters a word needs to be given a slip of the finger."""

_WORD = re.compile(r"[^\W\d_]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_QUALITY = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_TONES = {"s": "1", "f": "2", "r": "3", "x": "4", "j": "5"}
_VNI_QUALITY = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_ONSETS = {"s": "x", "x": "s", "ch": "tr", "tr": "ch", "d": "gi", "gi": "d", "r": "d", "v": "d", "l": "n", "n": "l"}
_FINALS = {"n": "ng", "ng": "n", "t": "c", "c": "t"}
_OPEN_PAIRS = ("oa", "oe", "uy")


class Word(NamedTuple):
    """A word of a question and where it stands."""

    text: str
    start: int
    end: int


def respell(text: str, name: str, seed: str) -> str | None:
    """A question in the spelling ``name`` (a key of ``MAKERS``), the same for the same seed; None where it has no such form."""
    made = MAKERS[name](unicodedata.normalize("NFC", text), Random(crc32(seed.encode())))
    return None if made == text and name != "no_marks" else made


def respelled(sets: list[tuple[Path, QuestionSet]], name: str) -> list[tuple[Path, QuestionSet]]:
    """The question sets with every question, and the last turn of every conversation, in another spelling.

    Those that were written with a slip already, and those without such a form, are left out.
    """
    made = []
    for file, found in sets:
        questions = [_question(question, name) for question in found.questions if question.spelling != "typo"]
        talks = [_conversation(talk, name) for talk in found.conversations if talk.spelling != "typo"]
        kept = {"questions": tuple(filter(None, questions)), "conversations": tuple(filter(None, talks))}
        made.append((file, found.model_copy(update=kept)))
    return made


def _question(question: Question, name: str) -> Question | None:
    text = respell(question.text, name, question.id)
    return question.model_copy(update={"text": text}) if text is not None else None


def _conversation(talk: Conversation, name: str) -> Conversation | None:
    *before, last = talk.turns
    text = respell(last.text, name, talk.id)
    if text is None:
        return None
    return talk.model_copy(update={"turns": (*before, last.model_copy(update={"text": text}))})


def no_marks(text: str, random: Random) -> str:
    """Without any diacritic; every other person drops the capitals as well."""
    bare = "".join(fold(letter).upper() if letter.isupper() else fold(letter) for letter in text)
    return bare.lower() if random.random() < 0.5 else bare


def tones(text: str, random: Random) -> str | None:
    """One or two words as somebody spells them by ear: hỏi for ngã, s for x, ch for tr, n for ng, or a tone mark amiss."""
    if not has_marks(text):
        return None
    words = {word: made for word in _words(text) if (made := _by_ear(word.text, random)) is not None}
    return _replaced(text, words, random, random.choice((1, 2)))


def old_tones(text: str, _: Random) -> str | None:
    """With the tone mark of "hòa" and "thủy" on the other vowel."""
    return _WORD.sub(lambda match: _other_place(match[0]), text)


def telex(text: str, random: Random) -> str | None:
    """One or two words left as key strokes: "hocj", "ho5c"; one person uses one of the two methods."""
    keys = _as_telex if random.random() < 0.7 else _as_vni
    words = {word: keys(word.text, random) for word in _words(text) if has_marks(word.text)}
    return _replaced(text, words, random, random.choice((1, 2)))


def one_letter(text: str, random: Random) -> str | None:
    """A slip of the finger in one word."""
    return _slipped(text, random, 1)


def two_letters(text: str, random: Random) -> str | None:
    """A slip of the finger in each of two words."""
    return _slipped(text, random, 2)


def together(text: str, random: Random) -> str | None:
    """Two words, or a word and a number, without the space between them."""
    gaps = [match.start() for match in re.finditer(r"(?<=[^\W\d_]) (?=\w)", text)]
    if not gaps:
        return None
    gap = random.choice(gaps)
    return text[:gap] + text[gap + 1 :]


def abbreviated(text: str, random: Random) -> str | None:
    """With one or two terms in the short form officials write."""
    lower = text.lower()
    spots: dict[tuple[int, int], str] = {}
    for full, shorts in _short_forms().items():
        for match in re.finditer(rf"(?<!\w){re.escape(full)}(?!\w)", lower):
            if not any(start < match.end() and match.start() < end for start, end in spots):
                spots[match.span()] = random.choice(shorts)
    words = {Word(text[start:end], start, end): short for (start, end), short in spots.items()}
    return _replaced(text, words, random, random.choice((1, 2)))


def heard(text: str, random: Random) -> str | None:
    """What a recogniser writes down: no capitals, no punctuation, numbers in words, a name as words that sound like it."""
    if not has_marks(text):
        return None
    names = {word.text.lower() for word in _words(text)[1:] if word.text.istitle()}
    spoken = re.sub(r"[^\w\s%]", " ", spell(re.sub(r"(?i)(quý \w+) ?/ ?(?=\d)", r"\1 năm ", text))).lower()
    spoken = " ".join(spoken.split())
    alike = {word: _misheard(word.text, random) for word in _words(spoken) if word.text in names}
    return _replaced(spoken, {word: made for word, made in alike.items() if made is not None}, random, 1) or spoken


MAKERS: dict[str, Maker] = {
    "no_marks": no_marks,
    "tones": tones,
    "old_tones": old_tones,
    "telex": telex,
    "one_letter": one_letter,
    "two_letters": two_letters,
    "together": together,
    "abbreviated": abbreviated,
    "heard": heard,
}
"""Every class of spelling by name."""


def _words(text: str) -> list[Word]:
    return [Word(match[0], *match.span()) for match in _WORD.finditer(text)]


def _replaced(text: str, words: dict[Word, str], random: Random, count: int) -> str | None:
    """The text with so many of the words replaced; None where there are none."""
    if not words:
        return None
    chosen = random.sample(sorted(words, key=lambda word: word.start), min(count, len(words)))
    for word in sorted(chosen, key=lambda word: -word.start):
        made = words[word]
        made = made.capitalize() if word.text.istitle() and made.islower() else made
        text = text[: word.start] + made + text[word.end :]
    return text


def _slipped(text: str, random: Random, count: int) -> str | None:
    words = [word for word in _words(text) if len(word.text) >= LONG_ENOUGH]
    if len(words) < count:
        return None
    return _replaced(text, {word: _slip(word.text, random) for word in words}, random, count)


def _slip(word: str, random: Random) -> str:
    """A word with two letters swapped, one dropped, doubled, or the key beside it; never the word itself."""
    while True:
        at = random.randrange(len(word))
        match random.choice(("beside", "swapped", "dropped", "doubled")):
            case "beside":
                near = _beside(fold(word[at]))
                made = word[:at] + random.choice(near) + word[at + 1 :] if near else word
            case "swapped":
                made = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
            case "dropped":
                made = word[:at] + word[at + 1 :]
            case _:
                made = word[:at] + word[at] + word[at:]
        if made != word and made.lower() != word.lower():
            return made


def _beside(letter: str) -> str:
    """The keys left and right of a letter's."""
    row = next((row for row in _KEYS if letter in row), "")
    at = row.find(letter)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]


def _by_ear(word: str, random: Random) -> str | None:
    lower = word.lower()
    plain, tone = split_tone(lower)
    split = parts(plain)
    if split is None or len(word) < 2:
        return None
    made = []
    if tone in ("r", "x"):
        made += [_toned(plain, "x" if tone == "r" else "r")] * 3
    onset, vowels, final = split
    if onset in _ONSETS and len(plain) > 2:
        made.append(_toned(_ONSETS[onset] + vowels + final, tone))
    if final in _FINALS:
        made.append(_toned(onset + vowels + _FINALS[final], tone))
    if tone:
        made.append(_toned(plain, random.choice([other for other in "sfrxj" if other != tone])))
    valid = [each for each in made if each != lower and is_syllable(each)]
    return random.choice(valid) if valid else None


def _misheard(word: str, random: Random) -> str | None:
    """A syllable that sounds like this one; where the end is swallowed, n and ng, t and c, or the tone."""
    plain, tone = split_tone(word)
    split = parts(plain)
    if split is None or len(word) < 3:
        return None
    onset, vowels, final = split
    made = [_toned(onset + vowels + _FINALS[final], tone)] if final in _FINALS else []
    if onset in _ONSETS and onset not in ("l", "n", "v"):
        made.append(_toned(_ONSETS[onset] + vowels + final, tone))
    if tone in ("r", "x"):
        made.append(_toned(plain, "x" if tone == "r" else "r"))
    valid = [each for each in made if each != word and is_syllable(each)]
    return random.choice(valid) if valid else None


def _toned(plain: str, tone: str) -> str:
    """A toneless syllable with a tone, given by its Telex key; the syllable itself where it has no vowel."""
    vowel = re.search("[aăâeêioôơuưy]", plain)
    if vowel is None or not tone:
        return plain
    at = vowel.end()
    return place_tone(unicodedata.normalize("NFC", plain[:at] + MARKS[tone] + plain[at:]))


def _other_place(word: str) -> str:
    plain, tone = split_tone(word)
    split = parts(plain.lower())
    if not tone or split is None or split[2] or split[1] not in _OPEN_PAIRS:
        return word
    at = len(plain) - 1
    first = unicodedata.normalize("NFC", plain[:at] + MARKS[tone] + plain[at:])
    last = unicodedata.normalize("NFC", plain + MARKS[tone])
    return last if word == first else first


def _as_telex(word: str, random: Random) -> str:
    plain, tone = split_tone(word.lower())
    keys = "".join(_QUALITY.get(letter, letter) for letter in plain.replace("ươ", random.choice(("uow", "uwow"))))
    if tone and random.random() < 0.3 and (vowels := re.search("[aeiouyw]+", keys)):
        return keys[: vowels.end()] + tone + keys[vowels.end() :]
    return keys + tone


def _as_vni(word: str, random: Random) -> str:
    plain, tone = split_tone(word.lower())
    keys = "".join(_VNI_QUALITY.get(letter, letter) for letter in plain.replace("ươ", random.choice(("uo7", "u7o7"))))
    tone = _VNI_TONES.get(tone, "")
    if tone and random.random() < 0.3 and (vowels := re.search("[aeiouy678]+", keys)):
        return keys[: vowels.end()] + tone + keys[vowels.end() :]
    return keys + tone


def _short_forms() -> dict[str, list[str]]:
    """Official terms of several words, longest first, with their short forms as they are written."""
    table = read_yaml(ABBREVIATIONS)["always"]
    forms: dict[str, list[str]] = {}
    for short, full in table.items():
        if " " in full and full != "bao nhiêu":
            forms.setdefault(full, []).append(short if len(short) < 3 and short != "tp" else short.upper())
    return dict(sorted(forms.items(), key=lambda item: -len(item[0])))
