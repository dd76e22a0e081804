"""The day of Tết Nguyên đán, the lunar new year, in the calendar of Vietnam (UTC+7)."""

from __future__ import annotations

import re
from datetime import date

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
