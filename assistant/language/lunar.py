"""The day of Tết Nguyên đán, the lunar new year, in the calendar of Vietnam (UTC+7)."""

from __future__ import annotations

import re
from datetime import date

from assistant.language.text import fold

FIRST_YEAR = 1990

_DAYS = re.findall(
    r"\w+",
    """
0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 0217 0207 0126 0214 0203 0123 0210
0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0202 0123 0211 0131 0219 0208 0128 0215
0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123
""",
)
"""Month and day for 1990 to 2050: the second new moon after the winter solstice, reckoned at 105° east (QĐ 121/CP, 1967)."""


def new_year(year: int) -> date | None:
    """The first day of the lunar year that begins in ``year``; None outside 1990 to 2050."""
    index = year - FIRST_YEAR
    if not 0 <= index < len(_DAYS):
        return None
    return date(year, int(_DAYS[index][:2]), int(_DAYS[index][2:]))


STEMS = ["giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy"]
"""The ten stems without marks; 4 CE was a year "Giáp Tý"."""

BRANCHES = ["ty", "suu", "dan", "mao", "thin", "ti", "ngo", "mui", "than", "dau", "tuat", "hoi"]
"""The twelve branches without marks; rat and snake are both spelled "ty" or "ti"."""


def cycle_year(stem: str, branch: str, latest: int) -> int | None:
    """The last year up to ``latest`` that bears this name of the sexagenary cycle ("Bính Ngọ"); None for no such name."""
    first, second = STEMS.index(fold(stem)), BRANCHES.index(fold(branch))
    if (first - second) % 2 and second in (0, 5):
        second = 5 - second  # without its mark the rat is spelled as the snake; the stem tells them apart
    return next(
        (year for year in range(latest, latest - 60, -1) if (year - 4) % 10 == first and (year - 4) % 12 == second),
        None,
    )
