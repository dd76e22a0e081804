"""Written Vietnamese to words for a synthesiser that reads digits, signs and abbreviations badly.

What comes out holds Vietnamese letters, spaces and , . ? only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.errors import ConfigurationError
from assistant.language import numbers
from assistant.language.syllable import is_syllable, place_tone
from assistant.language.text import abbreviations, fold
from assistant.yaml_files import read_yaml

READINGS = Path(__file__).resolve().parent.parent.parent / "data" / "language" / "spoken.yml"

LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ")
"""The lower-case letters that may remain."""

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
          "XIII": 13, "XIV": 14, "XV": 15}  # fmt: skip
_FIGURES = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_Y = r"(?:1[5-9]|20|21)\d\d"
_END = r"(?![\d]|[.,/]\d)"
_FOREIGN = {"f": "ph", "j": "gi", "w": "u", "z": "d"}


@dataclass(frozen=True)
class _Readings:
    """The file of readings, compiled."""

    letters: dict[str, str]
    units: dict[str, str]
    words: dict[str, str]
    signs: dict[str, str]
    unit: re.Pattern[str]
    lone_unit: re.Pattern[str]
    word: re.Pattern[str]
    per: re.Pattern[str]


@cache
def _readings() -> _Readings:
    """The compiled file; raises ConfigurationError where it is missing or malformed."""
    try:
        raw = read_yaml(READINGS)
        units = _alternatives(raw["units"])
        return _Readings(
            letters=raw["letters"],
            units=raw["units"],
            words=raw["words"],
            signs=raw["signs"],
            unit=re.compile(rf"(?<=\d)\s*({units})(?!\w)", re.IGNORECASE),
            lone_unit=re.compile(rf"(?<!\w)({_alternatives(raw['always_units'])})(?!\w)", re.IGNORECASE),
            word=re.compile(rf"(?<!\w)({_alternatives(raw['words'])})(?!\w)", re.IGNORECASE),
            per=re.compile(rf"\s*/\s*({units})(?!\w)", re.IGNORECASE),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{READINGS.name}: {type(error).__name__}: {error}") from error


def _alternatives(words: dict[str, str] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def foreign() -> frozenset[str]:
    """Single words, lower case, that are said otherwise than a Vietnamese would read them: "camera", "online"."""
    return frozenset(word for word in _readings().words if re.fullmatch(r"[^\W\d_]+", word))


def spell(text: str) -> str:
    """Everything written becomes words: numbers, dates, ranges, percentages, units, abbreviations, brackets.

    "30/6/2025" → "ngày ba mươi tháng sáu năm hai nghìn không trăm hai mươi lăm"; "2,3 %" → "hai phẩy ba phần trăm";
    "GRDP" → "gờ rờ đê pê". Sentence ends and commas stay; other punctuation becomes a comma or goes.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s+", " ", text))
    for step in (_fixed_words, _dates, _ranges, _units, _figures, _signs, _words, _pauses):
        text = step(text)
    return text


def _said(value: int) -> str:
    return numbers.in_words(value)


def _year(figures: str) -> str:
    """A year in full; its last digit 4 is "bốn", as dates are read out."""
    said = _said(int(figures))
    return said[:-2] + "bốn" if said.endswith("mươi tư") else said


def _month(figures: str) -> str:
    return "tư" if int(figures) == 4 else _said(int(figures))


def _day(figures: str) -> str:
    return ("mùng " if int(figures) <= 10 else "") + _said(int(figures))


def _fixed_words(text: str) -> str:
    readings = _readings()
    text = readings.word.sub(lambda match: readings.words[match[1].lower()], text)
    return abbreviations(text)


def _dates(text: str) -> str:
    """Days, months, quarters and years."""

    def full(match: re.Match[str]) -> str:
        day, month, year = match[1], match[2], match[3]
        if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
            return match[0]
        return f"ngày {_day(day)} tháng {_month(month)} năm {_year(year)}"

    def of_year(match: re.Match[str]) -> str:
        return f"tháng {_month(match[1])} năm {_year(match[2])}" if 1 <= int(match[1]) <= 12 else match[0]

    text = re.sub(rf"(?:\bngày )?(?<![\d/.,-])(\d{{1,2}})[/-](\d{{1,2}})[/-]({_Y}){_END}", full, text, flags=re.I)
    text = re.sub(rf"(?<!quý )(?<!q)(?:\btháng )?(?<![\d/.,-])(\d{{1,2}})[/-]({_Y}){_END}", of_year, text, flags=re.I)
    text = re.sub(
        rf"\b(quý(?= |[1-4])|[qQ](?=[1-4])) ?([1-4]|IV|I{{1,3}})(?:\s*[/-]\s*({_Y}))?\b{_END}",
        lambda match: (
            f"{match[1] if len(match[1]) > 1 else 'quý'} {_said(_ROMAN.get(match[2].upper()) or int(match[2]))}"
            + (f" năm {_year(match[3])}" if match[3] else "")
        ),
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b(ngày) (\d{{1,2}})/(\d{{1,2}}){_END}",
        lambda match: f"{match[1]} {_day(match[2])} tháng {_month(match[3])}",
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b(ngày) (\d{{1,2}})(?= tháng){_END}", lambda match: f"{match[1]} {_day(match[2])}", text, flags=re.I
    )
    text = re.sub(
        rf"\b(tháng) (0?[1-9]|1[0-2]){_END}(?!%| ?-)", lambda match: f"{match[1]} {_month(match[2])}", text, flags=re.I
    )
    roman = "|".join(sorted(_ROMAN, key=len, reverse=True))
    return re.sub(
        rf"\b(loại|hạng|khu vực|vùng|cấp|thứ|đợt|nhóm|tuyến|kỳ|khóa|giai đoạn|tập) (?!(?-i:vi|xi)\b)({roman})\b",
        lambda match: f"{match[1]} {_said(_ROMAN[match[2].upper()])}",
        text,
        flags=re.IGNORECASE,
    )


def _ranges(text: str) -> str:
    """ "2015-2020" with "đến"; the two years of a school year follow each other after a pause."""
    text = re.sub(
        rf"(năm học|niên khóa) ({_Y})\s*[-/]\s*({_Y}){_END}",
        lambda match: f"{match[1]} {_year(match[2])}, {_year(match[3])}",
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"(?<![\d.,])({_Y})\s*-\s*({_Y}){_END}", lambda match: f"{_year(match[1])} đến {_year(match[2])}", text
    )
    text = re.sub(rf"\b(năm) ({_Y}){_END}", lambda match: f"{match[1]} {_year(match[2])}", text, flags=re.I)
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", " đến ", text)


def _units(text: str) -> str:
    readings = _readings()

    def name(match: re.Match[str]) -> str:
        return readings.units[match[1].lower()]

    text = re.sub(r"(?<=\d)\s*/\s*(?=\d)", " trên ", text)
    text = readings.per.sub(lambda match: f" trên {name(match)}", text)
    text = readings.unit.sub(lambda match: f" {name(match)}", text)
    text = readings.lone_unit.sub(name, text)
    return re.sub(
        r"\s*/\s*(?=(?:người|năm|tháng|ngày|giờ|vạn|nghìn|\d|hộ|lớp|trường|giáo viên|trẻ|học sinh))", " trên ", text
    )


def _figures(text: str) -> str:
    """Numbers; long ones that begin with 0 digit by digit."""

    def read(match: re.Match[str]) -> str:
        sign, figures = match[1], match[2]
        if re.fullmatch(r"0\d+", figures):
            said = " ".join(_said(int(digit)) for digit in figures)
        else:
            said = numbers.in_words(numbers.from_figures(figures))
        return f" {'âm ' if sign else ''}{said} "

    return re.sub(rf"(?:(?<![\w)])(-))?({_FIGURES})", read, _plain_digits(text))


def _plain_digits(text: str) -> str:
    """Digits of other scripts and raised ones as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)


def _signs(text: str) -> str:
    for sign, said in _readings().signs.items():
        text = text.replace(sign, f" {said} ")
    return text


def _words(text: str) -> str:
    """Abbreviations letter by letter, letters that Vietnamese lacks replaced."""

    def read(match: re.Match[str]) -> str:
        word = match[0]
        if word.isupper() and not is_syllable(place_tone(word.lower())):
            return " ".join(_readings().letters.get(letter, fold(letter)) for letter in word)
        return "".join(map(_letter, word))

    return re.sub(r"[^\W\d_]+", read, text)


def _letter(letter: str) -> str:
    lower = letter.lower()
    if lower in LETTERS:
        return letter
    plain = fold(letter)
    return "".join(_FOREIGN.get(one, one) for one in plain if one in LETTERS or one in _FOREIGN)


_JOINED: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"[!…]", "."),
    (r"(?<=[^\W\d_])\s*-\s*(?=[^\W\d_])", " "),
    (r"[()\[\]{};:/|]| - ", ", "),
    (r"[^\w\s,.?]|_", " "),
    (r"\s+", " "),
    (r"\s+([,.?])", r"\1"),
    (r"[,.?]*\?[,.?]*", "?"),
    (r"[,.]*\.[,.]*", "."),
    (r",[,\s]*,", ","),
    (r",\s*([.?])", r"\1"),
    (r"([,.?])(?=[^\s,.?])", r"\1 "),
    (r"^[\s,.?]+|[\s,]+$", ""),
)


def _pauses(text: str) -> str:
    """What is neither letter nor sentence mark becomes a pause or goes."""
    text = "".join(sign if sign.lower() in LETTERS or not sign.isalnum() else " " for sign in text)
    previous = None
    while previous != text:
        previous = text
        for pattern, by in _JOINED:
            text = re.sub(pattern, by, text)
    return text
