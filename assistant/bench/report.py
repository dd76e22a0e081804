"""Measured times as rows of one table, each beside its target where the project has set one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Times:
    """Milliseconds of one stage, one value per question."""

    name: str
    target50: float | None = None
    """Most milliseconds for the middle of the values, where there is a target."""
    target95: float | None = None
    """Most milliseconds for 95 of 100 values."""
    values: list[float] = field(default_factory=list)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Adds the time spent inside."""
        start = perf_counter()
        yield
        self.values.append((perf_counter() - start) * 1000)

    def at(self, percent: float) -> float:
        """The value that ``percent`` of 100 do not exceed (nearest rank); nan where nothing was measured."""
        ranked = sorted(self.values)
        return ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)] if ranked else math.nan

    def line(self, whole: Times | None = None) -> str:
        """The row; with ``whole`` also its share of that one's middle value."""
        if not self.values:
            return f"{self.name:<52} {'nothing measured':>40}"
        share = f"{100 * self.at(50) / whole.at(50):4.0f} %" if whole is not None and whole.values else ""
        return (
            f"{self.name:<52}{len(self.values):>6}{self.at(50):>9.1f}{self.at(95):>9.1f}{max(self.values):>9.1f}"
            f"{share:>8}  {self._against()}"
        ).rstrip()

    def _against(self) -> str:
        said = [
            f"p{percent} <= {target:g}: {verdict(self.at(percent), target)}"
            for percent, target in ((50, self.target50), (95, self.target95))
            if target is not None
        ]
        return ", ".join(said)


def verdict(value: float, target: float) -> str:
    """Whether a target is met, in words."""
    return "reached" if value <= target else "NOT reached"


def table(title: str, rows: Sequence[Times], whole: Times | None = None) -> str:
    """A titled table of times."""
    head = f"{'':<52}{'n':>6}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'of all' if whole else '':>8}"
    return "\n".join([title, head.rstrip(), *(row.line(whole) for row in rows), ""])
