"""The Vietnamese syllable: its parts, where its tone mark stands, and Telex key strokes that were left as typed.

One syllable is onset + rime + tone. The rime lists follow the orthography taught in schools; the tone mark stands on the
first vowel of an open pair ("hòa", "thủy"), the older of the two habits and still the commoner one in official names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"": "", "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
"""Combining mark to its Telex key: huyền, sắc, hỏi, ngã, nặng."""
MARKS = {key: mark for mark, key in TONES.items()}

ONSETS = frozenset(re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")) | {""}
RIMES = frozenset(
    re.findall(
        r"\w+",
        """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu êng i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu yt ynh ych
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oap oat oay oao oăc oăm oăn oăng oăt oe oen oeo oet oong
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uâng uât uây
    uê uêch uênh uơ uy uya uych uynh uyt uyu uyn uyp uyên uyêt ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt
    ươu""",
    )
)
_PARTS = re.compile(
    "(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?([aăâeêioôơuưy]+)(ng|nh|ch|[cmnpt])?", re.ASCII
)
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=16384)
def split_tone(word: str) -> tuple[str, str]:
    """The word without its tone marks, and the tone's Telex key ("" where level); vowel quality (ă, ê, ơ …) stays.

    A word with several tones keeps the last one's key.
    """
    tone = ""
    letters = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tone = TONES[letter]
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def parts(word: str) -> tuple[str, str, str] | None:
    """Onset, vowels and final of a lower-case, toneless word; None where it is built like no Vietnamese syllable."""
    match = _PARTS.fullmatch(word)
    return (match[1] or "", match[2], match[3] or "") if match else None


def place_tone(word: str) -> str:
    """A lower-case word with its one tone mark where it belongs ("hoà" → "hòa", "qúy" → "quý"); others unchanged."""
    if sum(letter in MARKS.values() and letter != "" for letter in unicodedata.normalize("NFD", word)) != 1:
        return word
    plain, tone = split_tone(word)
    split = parts(plain)
    return _join(split, tone) if split else word


def _join(split: tuple[str, str, str], tone: str) -> str:
    onset, vowels, final = split
    if not tone:
        return onset + vowels + final
    marked = [index for index, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        index = marked[-1]
    elif final:
        index = len(vowels) - 1
    else:
        index = 1 if len(vowels) > 2 else 0
    toned = unicodedata.normalize("NFC", vowels[index] + MARKS[tone])
    return onset + vowels[:index] + toned + vowels[index + 1 :] + final


_FOLDED_RIMES = frozenset("".join(unicodedata.normalize("NFD", letter)[0] for letter in rime) for rime in RIMES)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word is a Vietnamese syllable, with all of its marks or without any."""
    plain, tone = split_tone(word)
    split = parts(plain)
    if split is None or split[0] not in ONSETS:
        return False
    rime = split[1] + split[2]
    if plain.isascii() and not tone:
        return rime in _FOLDED_RIMES
    if split[2] in _STOPS and tone not in ("s", "j"):
        return False
    return rime in RIMES


def two_syllables(word: str) -> bool:
    """Whether a word is two syllables run together ("hoso"), rather than key strokes."""
    return any(is_syllable(word[:at]) and is_syllable(word[at:]) for at in range(1, len(word)))


_TELEX_TONE = re.compile("([aeiouyăâêôơư].*?)([sfrxj])(?=[^sfrxj]*$)")


def from_telex(word: str) -> str | None:
    """The syllable these Telex key strokes stand for ("hocj" → "học"); None where they stand for none.

    Only words that are no syllable as they stand are tried, and only results with at least one mark count.
    """
    if len(word) < 3 or not word.isascii() or not word.isalpha() or is_syllable(word):
        return None
    tone = ""
    match = _TELEX_TONE.search(word)
    if match:
        tone = match[2]
        word = word[: match.start(2)] + word[match.end(2) :]
    if word.startswith("dd"):
        word = "đ" + word[2:]
    for keys, letter in (("uwow", "ươ"), ("uow", "ươ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô")):
        word = word.replace(keys, letter, 1)
    for keys, letter in (("aw", "ă"), ("ow", "ơ"), ("uw", "ư")):
        word = word.replace(keys, letter, 1)
    if "w" in word:
        bare = word.replace("w", "", 1)
        word = bare.replace("uo", "ươ", 1) if "uo" in bare else re.sub("[aou](?=[^aou]*$)", _horn, bare, count=1)
    split = parts(word)
    if split is None:
        return None
    made = _join(split, tone)
    return made if not made.isascii() and is_syllable(made) else None


def _horn(match: re.Match[str]) -> str:
    return {"a": "ă", "o": "ơ", "u": "ư"}[match[0]]
