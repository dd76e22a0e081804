"""Numbers as they are written and said: rounding, units, millions and billions, short names of periods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.answer.words import words
from assistant.language import numbers
from assistant.types import Period

MONEY = "đồng"

STEPS: tuple[tuple[str, int], ...] = (("", 0), ("nghìn", 3), ("triệu", 6), ("tỷ", 9), ("nghìn tỷ", 12))
"""Words that scale a unit, with their powers of ten."""

SPOKEN_DIGITS = 4
"""Digits kept of a number of a million or more when it is spoken; then "khoảng" is said."""


def rounded(value: float, decimals: int) -> float:
    """Half away from zero, as statistics are rounded by hand; never a negative zero."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def number(value: float, decimals: int = 0) -> str:
    """ "1.234,5"; a minus sign before negative numbers."""
    return numbers.format(rounded(value, decimals), decimals)


def trimmed(value: float, decimals: int) -> str:
    """Like ``number``, without zeros after the comma: "85.000", "2,3"."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def percentage(value: float) -> str:
    """ "2,3 %"; "dưới 0,1 %" where rounding would leave nothing."""
    size = abs(value)
    if 0 < size < 0.05:
        return words()("percent_tiny")
    return f"{trimmed(size, 1)} %"


@dataclass(frozen=True)
class Unit:
    """A unit taken apart: "nghìn người" is thousands of "người"."""

    full: str
    scale: str
    """ "nghìn", "triệu", "tỷ", "nghìn tỷ" or empty."""
    bare: str

    @property
    def money(self) -> bool:
        return self.bare == MONEY or self.bare.startswith(MONEY + "/")

    @property
    def percent(self) -> bool:
        """Whether it counts parts of a hundred or a thousand; such values differ by points."""
        return self.full in ("%", "‰")


def unit_of(text: str) -> Unit:
    """The parts of a catalogue's unit."""
    for scale, _ in reversed(STEPS):
        if scale and text.startswith(scale + " "):
            return Unit(text, scale, text[len(scale) + 1 :])
    return Unit(text, "", text)


def quantity(value: float, unit: Unit, decimals: int, *, spoken: bool = False) -> str:
    """Number and unit: "1.234 học sinh", "94,2 %", "1.245,3 tỷ đồng".

    Money of a billion đồng or more is written in billions; a spoken number of a million or more is rounded to
    ``SPOKEN_DIGITS`` digits. Both say "khoảng" unless nothing was lost.
    """
    if unit.money and unit.bare == MONEY:
        return _money(value, unit, decimals, spoken=spoken)
    text, exact = _spoken(value, decimals) if spoken else (trimmed(value, decimals), True)
    return _about(f"{text} {unit.full}".strip(), exact)


def bare_number(value: float, decimals: int, *, spoken: bool = False) -> str:
    """The number alone, "khoảng" before it where speech rounded it."""
    text, exact = _spoken(value, decimals) if spoken else (trimmed(value, decimals), True)
    return _about(text, exact)


def short_period(period: Period) -> str:
    """For axes and tables: "10/2026", "QIII/2026", "2026", "2023-2024", "01/2026-10/2026"."""
    start, end = period.start, period.end
    match period.grain:
        case "day":
            return f"{start:%d/%m/%Y}"
        case "month":
            return f"{start:%m/%Y}"
        case "quarter":
            return f"Q{('I', 'II', 'III', 'IV')[(start.month - 1) // 3]}/{start.year}"
        case "year":
            return str(start.year)
        case "school_year":
            return f"{start.year}-{end.year}"
        case _ if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year}-{end.year}"
        case _ if start.year == end.year:
            return f"{start:%m}-{end:%m/%Y}"
        case _:
            return f"{start:%m/%Y}-{end:%m/%Y}"


def _money(value: float, unit: Unit, decimals: int, *, spoken: bool) -> str:
    power = dict(STEPS)[unit.scale]
    exact_amount = Decimal(repr(rounded(value, decimals))).scaleb(power)
    if abs(exact_amount) >= 10**9 and power < 9:
        amount = float(exact_amount.scaleb(-9))
        scale, kept = "tỷ", 1
    else:
        amount, scale, kept = rounded(value, decimals), unit.scale, decimals
    if spoken and abs(amount) >= 100_000:
        kept = 0
    shown = rounded(amount, kept)
    return _about(f"{trimmed(shown, kept)} {scale} {MONEY}".replace("  ", " "), shown == amount)


def _spoken(value: float, decimals: int) -> tuple[str, bool]:
    exact = rounded(value, decimals)
    if abs(exact) < 1_000_000:
        return trimmed(exact, decimals), True
    digits = len(str(int(abs(exact))))
    step = 10 ** (digits - SPOKEN_DIGITS)
    near = rounded(exact / step, 0) * step
    return number(near), near == exact


def _about(text: str, exact: bool) -> str:
    return text if exact else words()("about", quantity=text)
