"""Numbers in figures and in words, both ways.

Spoken Vietnamese leaves much out ("một nghìn hai" is 1.200, "hai tư" is 24) and "năm" is both *year* and *five*; where
the words leave a doubt, nothing is found rather than something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext

from assistant.language import number_spelling as spelling
from assistant.language import number_words as words
from assistant.language.text import has_marks
from assistant.types import Found

Number = int | float | Decimal

_FIGURES = re.compile(
    r"(?<![\w/.,-])(?:-(?=\d))?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?=%|‰|(?:tr|k)(?!\w)|(?![\w/]|[.,-]\d))"
)
_ATTACHED = {"tr": 10**6, "k": 10**3}
"""Scales written right behind the digits: "5tr", "10k"."""
_TOKEN = re.compile(r"\S+")


def find(text: str) -> list[Found]:
    """Numbers in a normalised utterance, in order, not overlapping; ``code`` is a plain decimal ("1234.5").

    Digits are read the Vietnamese way: "1.000" is a thousand, "12,5" twelve and a half; a point that separates no
    groups of three is a decimal point. Scales after digits count ("1,5 triệu"). Dates and ranges are no numbers.
    """
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    return list(_scan(text, tokens))


def _scan(text: str, tokens: list[tuple[str, int, int]]) -> Iterator[Found]:
    spelled = [token for token, _, _ in tokens]
    marked = has_marks(text)
    index = 0
    while index < len(tokens):
        start = tokens[index][1]
        match = _FIGURES.match(text, start)
        read: words.Read | None
        if match:
            factor = _ATTACHED.get(text[match.end() : tokens[index][2]], 1)
            scaled = words.scales(spelled, index + 1, from_figures(match[0]) * factor, marked)
            read = scaled or words.Read(from_figures(match[0]) * factor, index + 1, 1.0)
            end = tokens[read.end - 1][2] if scaled or factor > 1 else match.end()
        else:
            read = words.read(spelled, index, marked)
            end = tokens[read.end - 1][2] if read else start
        if read is None:
            index += 1
            continue
        if read.score > 0:
            yield Found(
                kind="number",
                code=plain(read.value),
                text=text[start:end],
                start=start,
                end=end,
                score=read.score,
                match="grammar",
            )
        index = read.end


def from_figures(figures: str) -> Decimal:
    """The value of digits in Vietnamese form: "1.234,5", "1.000", "12,5", "-3"; "3.5" is read as 3,5."""
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", figures):
        figures = figures.replace(".", "")
    return Decimal(figures.replace(",", "."))


def parse(text: str) -> Decimal | None:
    """The value of a normalised text that is one number and nothing else; None where it is not."""
    spelled = text.split()
    if not spelled:
        return None
    if _FIGURES.fullmatch(spelled[0]):
        value = from_figures(spelled[0])
        if len(spelled) == 1:
            return value
        scaled = words.scales(spelled, 1, value, has_marks(text))
        return scaled.value if scaled and scaled.end == len(spelled) else None
    read = words.read(spelled, 0, has_marks(text), alone=True)
    return read.value if read and read.end == len(spelled) else None


def plain(value: Decimal) -> str:
    """A value as a plain decimal without trailing zeros: "1234.5", "2000000"."""
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def rounded(value: Number, decimals: int) -> Decimal:
    """The value as it is shown: half away from zero, as officials round by hand."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    with localcontext() as context:
        context.prec = 60
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format(value: Number, decimals: int = 0) -> str:  # noqa: A001 (numbers.format reads as it should)
    """A number as it is written: "1.234,5"; never "-0"."""
    shown = rounded(value, decimals)
    if shown == 0:
        shown = abs(shown)
    return f"{shown:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def in_words(value: Number, decimals: int | None = None) -> str:
    """A number as it is said: 1005 → "một nghìn không trăm linh năm", -2,5 → "âm hai phẩy năm".

    ``decimals`` rounds as ``format`` does; None keeps what is there. Trailing zeros after the comma are not said.
    Northern, official usage: "nghìn", "linh", "mốt", "tư" and "lăm" after "mươi".
    """
    if decimals is None:
        exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    else:
        exact = rounded(value, decimals)
    whole, _, fraction = plain(abs(exact)).partition(".")
    said = spelling.integer(int(whole))
    if fraction:
        said += " phẩy " + spelling.fraction(fraction)
    return f"âm {said}" if exact < 0 else said
