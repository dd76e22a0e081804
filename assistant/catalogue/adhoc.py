"""Ratios that a question makes of two indicators ("số trường trên 10.000 dân"), for which the catalogue has no entry.

Such a ratio has a code like every indicator, made of its parts: ``NUMERATOR--DENOMINATOR--SCALE``. Whoever looks the code
up gets an entry that is made on the spot; nothing is kept, and no listing of indicators holds it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant import wordings
from assistant.catalogue.models import Adding, Indicator, Ratio

SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ")
"""Words that scale a unit, each a thousand times the one before."""

SMALL = 1000
"""Per fewer than so many, amounts in billions are told in millions."""

PER_HEAD = "đầu người"
"""What the name of an indicator that is told per head says."""

DECIMALS = 2

SHORT = 3
"""Words of what is counted that still make a unit."""


class Indicators(dict[str, Indicator]):
    """Indicators by code, with ratios made on the spot for codes that name two of them."""

    def __missing__(self, code: str) -> Indicator:
        """Raises KeyError for a code that is neither an indicator's nor made of two."""
        parts = code.split("--")
        if len(parts) != 3 or not parts[2].isdigit() or not {parts[0], parts[1]} <= self.keys():
            raise KeyError(code)
        return ratio_of(self[parts[0]], self[parts[1]], int(parts[2]))


def own_ratio(indicators: Mapping[str, Indicator], numerator: str, denominator: str, scale: int) -> str | None:
    """The catalogue's own ratio of so many of the numerator per ``scale`` of the denominator, if it has it.

    Where no number was said (``scale`` 1), the only one of these two is meant, in whatever unit it is told ("kg/người").
    Some of the denominator may be counted by another indicator: children of nurseries are per class of nurseries.
    """
    made = ratio_of(indicators[numerator], indicators[denominator], scale).ratio
    below = (denominator, *indicators[denominator].elsewhere.values())
    own = {
        code: entry.ratio.scale
        for code, entry in indicators.items()
        if entry.ratio is not None and entry.ratio.numerator == numerator and entry.ratio.denominator in below
    }
    exact = [code for code, factor in own.items() if made is not None and math.isclose(factor, made.scale)]
    alone = list(own) if scale == 1 and len(own) == 1 else []
    return next(iter(exact or alone), None)


def code_of(indicators: Mapping[str, Indicator], numerator: str, denominator: str, scale: int) -> str:
    """The code of that ratio: the catalogue's own, else the one made of its parts.

    A rate per head of what is a rate already stays what it is, and so does a thing per itself.
    """
    if indicators[numerator].ratio is not None or numerator == denominator or PER_HEAD in indicators[numerator].name:
        return numerator
    own = own_ratio(indicators, numerator, denominator, scale)
    return own or ratio_of(indicators[numerator], indicators[denominator], scale).code


def _thing(entry: Indicator) -> str:
    """What an indicator counts, where its name says so shortly ("bác sĩ", "trường phổ thông")."""
    thing = entry.counted or ""
    return thing if 0 < len(thing.split()) <= SHORT else ""


def power(unit: str) -> int:
    """Power of ten of a unit's scaling word: 9 of "tỷ đồng", 0 of "học sinh"."""
    return next((3 * index for index in (4, 3, 2, 1) if unit.startswith(SCALES[index] + " ")), 0)


def ratio_of(numerator: Indicator, denominator: Indicator, scale: int) -> Indicator:
    """The entry of a ratio, named and measured by its parts."""
    w = wordings.load("catalogue")
    unit, factor = numerator.unit, float(scale)
    steps = power(unit) // 3
    if steps and scale < SMALL:
        unit = f"{SCALES[steps - 1]} {unit.removeprefix(SCALES[steps] + ' ')}".strip()
        factor *= SMALL
    if unit == w("ratio.person"):
        unit = _thing(numerator) or unit
    counted = _thing(denominator) or denominator.unit.removeprefix(SCALES[power(denominator.unit) // 3] + " ")
    counted = w("ratio.person") if denominator.per_one else counted
    values = {
        "name": numerator.name,
        "unit": unit,
        "scale": f"{scale:,}".replace(",", "."),
        "many": denominator.per_many or counted,
        "each": denominator.per_one or w("ratio.each", unit=counted),
        "counted": counted,
    }
    key = "one" if scale == 1 else "many"
    return Indicator(
        code=f"{numerator.code}--{denominator.code}--{scale}",
        name=w(f"ratio.name_{key}", **values),
        domain=numerator.domain,
        definition=w("ratio.definition", over=numerator.name, under=denominator.name),
        unit=w(f"ratio.unit_{key}", **values),
        decimals=DECIMALS,
        measure=numerator.measure,
        adds=Adding(area="never", time="never", dimensions=dict.fromkeys(numerator.adds.dimensions, "never")),
        ratio=Ratio(
            numerator=numerator.code,
            denominator=denominator.code,
            scale=factor / 10 ** power(denominator.unit),
            part=False,
            standing=denominator.measure == "stock",
        ),
        grain=numerator.grain,
        good=numerator.good,
        owner=numerator.owner,
        source=numerator.source,
        default_dimensions=numerator.default_dimensions,
        elsewhere={},
        year_means=numerator.year_means,
    )
