"""The words of Vietnamese periods as pieces of patterns, and what each piece is worth.

Patterns are written with full diacritics; ``compiled`` lets every word also match without them.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from assistant.language import numbers
from assistant.language.text import fold, has_marks

_UNIT = "(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|tám|chín)"
_LATE = "(?:một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|tám|chín)"
_TENS = f"(?:mười(?: {_LATE})?|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: {_LATE})?)"
_FIVE = r"năm(?! (?:học|nay|này|ngoái|trước|sau|qua|vừa|gần|\d))"
"""Recognisers hear the five of a spoken year as "năm" ("hai nghìn không trăm hai mươi năm")."""
_YEAR_TENS = f"(?:mười(?: {_LATE}| {_FIVE})?|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: {_LATE}| {_FIVE})?)"
_SHORT = "(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:mốt|tư|lăm|nhăm)"
_DIGIT = "(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)"
_TWENTIES = "hai (?:một|hai|ba|bốn|sáu|bảy|tám|chín)"
"""The end of a year said as two digits ("năm hai sáu")."""

FIGURES = r"(?:19[5-9]\d|20[0-4]\d)"
"""A year that needs no "năm" before it."""
ANY_FIGURES = r"(?:1[5-9]\d\d|2[01]\d\d)"
"""A year after "năm"."""
DIGIT_BY_DIGIT = f"(?:(?:hai không|một chín) (?:{_YEAR_TENS}|{_SHORT}|{_DIGIT} (?:{_DIGIT}|mốt|tư|lăm|nhăm)))"
_IN_FULL = f"(?: (?:linh|lẻ) {_UNIT}| {_YEAR_TENS}| {_SHORT}| {_TWENTIES})"
SPELLED = f"(?:(?:một|hai) (?:nghìn|ngàn)(?: {_DIGIT} trăm)?{_IN_FULL}?|{DIGIT_BY_DIGIT})"
SURELY_SPELLED = f"(?:(?:một nghìn chín trăm|hai (?:nghìn|ngàn) không trăm){_IN_FULL})"
"""A year in words that needs no "năm" before it, where it counts nothing."""
OFTEN_SPELLED = rf"(?:hai (?:nghìn|ngàn){_IN_FULL})(?! (?:trăm|nghìn|ngàn|triệu|tỷ)\b)"
"""… after a word that only years and times are said with ("hồi hai ngàn mười bảy")."""
YEAR = f"(?:{ANY_FIGURES}|{SPELLED})"
SPELLED_SHORT_YEAR = f"(?:hai mươi(?: {_LATE})?|hai (?:mốt|tư|lăm|nhăm)|{_TWENTIES})"
SHORT_YEAR = f"(?:\\d\\d|{SPELLED_SHORT_YEAR})(?! (?:trường|huyện|xã|phường|đơn|cơ|người|học))"
"""Two figures or their words, only after "năm"."""
RELATIVE_YEAR = (
    "(?:năm (?:nay|này|hiện tại|hiện nay|ngoái|trước nữa|trước đó|trước|rồi|vừa rồi|vừa qua|vừa xong|liền trước|liền kề|"
    "gần nhất|gần đây nhất|qua|kia|kìa|sau(?! (?:đại học|khi))|"
    r"tới(?! (?:nay|giờ|bây|hiện|tháng|quý|năm|hết|cuối|đâu|hai|một|t?\d))))"
)
YEARS_BACK = {
    "ngoái": -1, "trước": -1, "đó": -1, "rồi": -1, "qua": -1, "xong": -1, "kề": -1, "nhất": -1, "kia": -2, "nữa": -2,
    "sau": 1, "tới": 1,
}  # fmt: skip
"""By the last word of a relative year."""

MONTH = (
    "(?:1[0-2]|0?[1-9]|mười một(?! chín)|mười hai(?! (?:không|nghìn|ngàn))|mười|một|giêng|hai|ba|bốn|tư|"
    "năm(?! (?:nay|này|ngoái|trước|kia|học|qua|vừa|rồi))|sáu|bảy|tám|chín|chạp)"
)
QUARTER = "(?:[1-4]|iv|iii|ii|i|một|hai|ba|bốn|tư)"
DAY = f"(?:3[01]|[12]\\d|0?[1-9]|{_TENS}|hai mốt|hai tư|hai lăm|hai nhăm|{_UNIT})"
TEENS = f"(?:mười {_LATE}|mười|(?:hai|ba) mươi(?: {_LATE})?|hai (?:mốt|tư|lăm|nhăm))"
"""Days in words that are no month as well."""
COUNT = f"(?:\\d{{1,2}}|{_TENS}|{_SHORT}|hai|ba|bốn|năm|sáu|bảy|tám|chín)"

NOT_UNTIL = r"(?! (?:bao nhiêu|mấy|nhiêu|nay|giờ|bây|hiện|tháng|quý|năm|ngày|hết|cuối|đâu|được|mức|hai|một|\d))"
"""After "tới": otherwise it says up to when, or how far."""
HERE = "(?:này|nay|hiện tại|hiện nay|đang diễn ra)"
LAST = (
    "(?:trước(?! (?:nữa|khi|thời))|rồi|vừa rồi|vừa qua|mới qua|mới rồi|mới đây|qua|ngoái|vừa xong|vừa kết thúc|liền trước|"
    "liền kề trước|liền kề|"
    "ngay trước|trước đó|kế trước)"
)
NEXT = rf"(?:sau(?! (?:khi|đại học))|tới{NOT_UNTIL}|sắp tới|kế tiếp|tiếp theo)"
LATELY = "(?:gần đây nhất|gần nhất|gần đây|trở lại đây|vừa qua|vừa rồi|mới rồi|mới đây|rồi|rày|qua|mới nhất|nay)"
NEAR_FEAST = (
    "(?:gần|cận|kề|sắp đến|sắp tới nơi|sắp tới (?:rồi|mà|nên)|tới nơi|đến nơi|tới gần|đến gần|tới rồi|đến rồi|"
    "đang tới|đang đến)"
)
"""After a feast that is near: it tells why something is asked, not of when ("Tết gần kề mà sợ thiếu thịt")."""
NEAR = rf"(?:vừa rồi|vừa qua|vừa xong|mới qua|mới rồi|mới đây|rồi|này|tới{NOT_UNTIL}|sắp tới)"
"""After a month, quarter or day whose year it tells ("tháng 10 vừa rồi", "tháng 12 này", "tháng 1 tới")."""
HERE_WORDS = frozenset({"nay", "hien tai", "hien nay", "dang dien ra"})
NEXT_WORDS = frozenset({"sau", "toi", "sap toi", "ke tiep", "tiep theo"})

_WORD_MONTH = (
    "(?:mười một|mười hai|mười|một|giêng|hai|ba|bốn|tư|"
    "năm(?= (?:và|đến|tới|sáu|bảy|tám|chín|mười))|sáu|bảy|tám|chín|chạp)"
)
"""A month in words where a year may follow: May only before what goes on with months."""
LOOSE_MONTH = f"(?:1[0-2]|0?[1-9]|{_WORD_MONTH})"
_LINK = "(?: (?:và|với|hoặc|hay|đến|tới))?"
SERIES_MONTHS = (
    rf"(?:\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?:{_LINK} \d{{1,2}})+|(?>{_WORD_MONTH}\b)(?:{_LINK} (?>{_WORD_MONTH}\b))+)"
)
_FIGURE_QUARTER, _WORD_QUARTER = r"(?>(?:iv|iii|ii|i|[1-4])\b)", r"(?>(?:một|hai|ba|bốn|tư)\b)"
SERIES_QUARTERS = (
    f"(?:{_FIGURE_QUARTER}-{_FIGURE_QUARTER}|{_FIGURE_QUARTER}(?:{_LINK} {_FIGURE_QUARTER})+"
    f"|{_WORD_QUARTER}(?:{_LINK} {_WORD_QUARTER})+)"
)

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPECIAL_MONTHS = {"giêng": 1, "gieng": 1, "chạp": 12, "chap": 12, "tư": 4, "tu": 4}

_WORD = re.compile(r"[^\W\d_]+")
_TWO_DIGITS = re.compile(
    r"((?:^|(?:trăm|tram|nghìn|nghin|ngàn|ngan) )hai )(?=(?:một|mot|hai|ba|bốn|bon|sáu|sau|bảy|bay|tám|tam|chín|chin)$)"
)
_TRAILING_FIVE = re.compile(r"\b(mươi|mười|muoi) (?:năm|nam)$")


def loosened(pattern: str) -> str:
    """A pattern in which every word with diacritics also matches without them."""

    def loose(match: re.Match[str]) -> str:
        word = match[0]
        folded = fold(word)
        return word if word.isascii() else f"(?:{word}|{_unmarked(folded) if word == 'tư' else folded})"

    return _WORD.sub(loose, pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words, with or without their diacritics."""
    return re.compile(rf"(?<![\w/.,-])(?:{loosened(pattern)})(?![\w/]|[.,-]\d)")


def _unmarked(folded: str) -> str:
    """The word "tu" is "từ" rather than "tư" before what a stretch begins with, but not after "mươi"."""
    return rf"(?:(?<=muoi ){folded}|{folded}(?! (?:dau|ngay|quy|thang|hoc)\b))"


def small_number(text: str) -> int:
    """A count, day, month or quarter in figures, Roman figures or words."""
    if text in _ROMAN:
        return _ROMAN[text]
    if text in _SPECIAL_MONTHS:
        return _SPECIAL_MONTHS[text]
    value = int(text) if text.isdigit() else numbers.parse(text)
    if value is None:
        raise ValueError(f"no small number: {text!r}")
    return int(value)


def year_number(text: str, today: date) -> int:
    """A year in figures (two or four) or in words, also digit by digit ("hai không hai tư", "hai không mười lăm")."""
    if text.isdigit():
        return int(text) if len(text) == 4 else _century(int(text), today)
    text = _in_full(_TRAILING_FIVE.sub(r"\1 lăm", text))
    value = numbers.parse(text)
    if value is None or value < 1000:
        if value is not None and value < 100:
            return _century(int(value), today)
        century, _, rest = text.split(" ", 2)
        below = numbers.parse(rest)
        if below is None:
            raise ValueError(f"no year: {text!r}")
        value = below + (2000 if century == "hai" else 1900)
    return int(value)


def _in_full(text: str) -> str:
    """ "hai sáu" at the end as "hai mươi sáu", with marks where the text has them."""
    return _TWO_DIGITS.sub(rf"\1{'mươi' if has_marks(text) else 'muoi'} ", text)


def _century(short: int, today: date) -> int:
    """The year a two-figure year means: up to ten years ahead, otherwise in the past."""
    return 2000 + short if short <= today.year % 100 + 10 else 1900 + short


def years_back(text: str) -> int:
    """How many years "năm ngoái", "năm kia", "năm nay" lie from this one."""
    if text.split()[-1] == "kìa":
        return -3
    last = fold(text).split()[-1]
    return next((value for word, value in YEARS_BACK.items() if fold(word) == last), 0)


def year_is_short(text: str) -> bool:
    """Whether a year was said without its century ("năm 24", "năm hai lăm", "năm hai sáu")."""
    value = numbers.parse(_in_full(text))
    return value is not None and value < 100


SERIES_MONTH = re.compile(rf"\b(?>{loosened(MONTH)}\b)")
SERIES_QUARTER = re.compile(rf"\b(?>{loosened(QUARTER)}\b)")
