"""How far a counted share can be trusted: intervals at 95 %."""

from __future__ import annotations

import math

_Z = 1.959964
"""Normal deviate that leaves 2.5 % on either side."""
_OUTSIDE = 0.05
_STEPS = 50
"""Halvings of the interval in which the bound lies; each gives one binary digit."""


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Two-sided 95 % interval of a share (Wilson 1927), as fractions."""
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    return (middle - spread) / (1 + _Z * _Z / of), (middle + spread) / (1 + _Z * _Z / of)


def at_most(hits: int, of: int) -> float:
    """Upper 95 % bound of a rare share (Clopper and Pearson 1934, one-sided), as a fraction; 3/n where nothing was hit."""
    if hits >= of:
        return 1.0
    low, high = hits / of, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _no_more_than(hits, of, middle) > _OUTSIDE:
            low = middle
        else:
            high = middle
    return high


def _no_more_than(hits: int, of: int, share: float) -> float:
    """Probability of so many hits or fewer."""
    whole = math.lgamma(of + 1)
    return math.fsum(
        math.exp(
            whole
            - math.lgamma(count + 1)
            - math.lgamma(of - count + 1)
            + count * math.log(share)
            + (of - count) * math.log1p(-share)
        )
        if 0 < share < 1
        else float(share == 0 and count == 0)
        for count in range(hits + 1)
    )
