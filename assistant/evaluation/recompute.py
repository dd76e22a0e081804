"""Figures once more, by plain SQL on the snapshot files, sharing no code with the query room.

Only for data that is stored once, at one level (the sample province): a total is the sum of all rows below a place.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from assistant.catalogue.catalogue import Catalogue

BELOW = "(p.commune = ? or p.district = ? or p.province = ?)"
"""What lies in an area, however deep; used where neither the place itself nor the districts report."""


THOUSANDS = {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
"""What the first word of a unit stands for."""


def stretch(code: str) -> tuple[date, date]:
    """First and last day of a period code ("2025", "2026-10", "2026-Q3", "2026-H1", "2025/2026", "2026-01..2026-06")."""
    if ".." in code:
        first, last = code.split("..")
        return stretch(first)[0], stretch(last)[1]
    if "/" in code:
        begins = int(code[:4])
        return date(begins, 9, 1), date(begins + 1, 8, 31)
    year, _, rest = code.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if rest[0] in "QH":
        months = 3 if rest[0] == "Q" else 6
        begin = (int(rest[1:]) - 1) * months + 1
        return date(int(year), begin, 1), _month_end(int(year), begin + months - 1)
    if rest.count("-"):
        day = date.fromisoformat(code)
        return day, day
    return date(int(year), int(rest), 1), _month_end(int(year), int(rest))


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


class Recomputer:
    """Answers cells from the files themselves. Safe under threads."""

    def __init__(self, data_dir: Path, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.data_dir = data_dir
        self._connections: dict[str, duckdb.DuckDBPyConnection] = {}
        self._lock = threading.Lock()
        self._known: dict[tuple[object, ...], list[tuple[object, ...]]] = {}

    def value(
        self, indicator: str, place: str, period: str, dims: dict[str, str], kind: str = "actual"
    ) -> float | None:
        """The figure, or None where nothing is stored. ``period`` is a code or ``latest``."""
        if indicator.count("--") == 2:
            return self._put_together(indicator, place, period, dims, kind)
        entry = self.catalogue.indicator(indicator)
        if entry.ratio is not None and kind == "actual":
            over = self.value(entry.ratio.numerator, place, period, dims, kind)
            under = self.value(entry.ratio.denominator, place, period, dims, kind)
            return None if over is None or not under else entry.ratio.scale * over / under
        first, last = self.latest(indicator, place, kind) if period == "latest" else stretch(period)
        return self._added(indicator, place, first, last, dims, kind)

    def _put_together(self, code: str, place: str, period: str, dims: dict[str, str], kind: str) -> float | None:
        """A ratio that a question made of two indicators: its code is NUMERATOR--DENOMINATOR--HOW MANY.

        A stock in the denominator is taken of the stored period that holds the last day, else of the latest; members
        narrow it only where it is broken down by their dimension. Billions per few are told in millions.
        """
        above, below, many = code.split("--")
        under, unit = self.catalogue.indicator(below), self.catalogue.indicator(above).unit
        first, last = self.latest(above, place, kind) if period == "latest" else stretch(period)
        over = self._added(above, place, first, last, dims, kind)
        if under.measure == "stock":
            first, last = self._standing(under.domain, below, first, last)
        shared = {name: member for name, member in dims.items() if name in under.adds.dimensions and not under.per_many}
        by = self._added(below, place, first, last, shared, kind)
        if over is None or not by:
            return None
        words = (unit.split()[0], under.unit.split()[0])
        steps = 1000 if int(many) < 1000 and words[0] in THOUSANDS and " " in unit else 1
        return int(many) * steps * over / (by * THOUSANDS.get(words[1], 1))

    def _standing(self, domain: str, indicator: str, first: date, last: date) -> tuple[date, date]:
        """First and last day of the stored stretch that stands for the one asked."""
        rows = self._all(
            domain,
            "select period_start, period_end, period_start >= ? and period_end <= ? as inside, "
            "period_start <= ? and period_end >= ? as holds from fact where indicator = ? and kind = 'actual' "
            "and period_start <= ? group by period_start, period_end "
            "order by holds desc, period_end desc, period_start desc",
            [first, last, last, last, indicator, last],
        )
        reach = self._one(
            domain, "select max(period_end) from fact where indicator = ? and kind = 'actual'", [indicator]
        )
        covered = reach is not None and isinstance(reach[0], date) and reach[0] >= last
        if covered and any(row[2] and row[1] == last for row in rows) and any(row[0] == first for row in rows):
            return first, last
        best = rows[0] if rows else (first, last)
        return best[0], best[1]  # type: ignore[return-value]

    def latest(self, indicator: str, place: str, kind: str = "actual") -> tuple[date, date]:
        """The newest stored stretch of an indicator below a place, at its default grain."""
        entry = self.catalogue.indicator(indicator.partition("--")[0])
        if "--" in indicator:
            return self.latest(entry.code, place, kind)
        if entry.ratio is not None and kind == "actual":
            return min(
                self.latest(entry.ratio.numerator, place, kind), self.latest(entry.ratio.denominator, place, kind)
            )
        row = self._one(
            entry.domain,
            "select max(period_end) from fact where indicator = ? and kind = ? and place in "
            "(select code from place where code = ? or commune = ? or district = ? or province = ?)",
            [indicator, kind, *[place] * 4],
        )
        if row is None or not isinstance(row[0], date):
            return date.min, date.min
        end = row[0]
        first = {"month": end.replace(day=1), "year": end.replace(month=1, day=1)}.get(entry.grain)
        if first is None:
            months = {"quarter": 2, "half": 5, "school_year": 11}[entry.grain]
            index = end.year * 12 + end.month - 1 - months
            first = date(index // 12, index % 12 + 1, 1)
        return first, end

    def _added(
        self, indicator: str, place: str, first: date, last: date, dims: dict[str, str], kind: str
    ) -> float | None:
        entry = self.catalogue.indicator(indicator)
        over_places = "avg" if entry.adds.area == "mean" else "sum"
        members = {code: dims[code] for code in dims}
        members |= {code: "all" for code, rule in entry.adds.dimensions.items() if rule == "never" and code not in dims}
        wanted = "".join(f" and d.{code} = ?" for code in members)
        levels = ["p.code = ?"]
        if entry.adds.area != "never":
            levels += ["d.place_kind = 'district' and p.province = ?", BELOW]
        grains = self._grains(entry.domain, indicator, kind, first, last)
        rows: list[tuple[object, ...]] = []
        for grain in grains:
            for below in levels:
                rows = rows or self._all(
                    entry.domain,
                    f"select d.period_end, {over_places}(d.value) from fact d join place p on p.code = d.place where "
                    "d.indicator = ? and d.kind = ? and d.period_start >= ? and d.period_end <= ? and d.grain = ? "
                    f"and {below}{wanted} group by 1 order by 1",
                    [indicator, kind, first, last, grain, *[place] * below.count("?"), *members.values()],
                )
        if not rows:
            return None
        values = [float(str(value)) for _, value in rows]
        match entry.adds.time:
            case "sum":
                return sum(values)
            case "mean":
                return sum(values) / len(values)
            case _:
                return values[-1]

    def _grains(self, domain: str, indicator: str, kind: str, first: date, last: date) -> list[str]:
        """Grains stored inside a stretch: one that fills it exactly before the finest."""
        rows = self._all(
            domain,
            "select grain, bool_or(period_start = ? and period_end = ?) as fills, max(period_end - period_start) as days "
            "from fact where indicator = ? and kind = ? and period_start >= ? and period_end <= ? "
            "group by 1 order by fills desc, days",
            [first, last, indicator, kind, first, last],
        )
        return [str(row[0]) for row in rows]

    def _all(self, domain: str, sql: str, values: Iterable[object]) -> list[tuple[object, ...]]:
        """The rows of one statement; the files do not change, so that each statement is run once."""
        asked = (domain, sql, *values)
        with self._lock:
            if asked not in self._known:
                if domain not in self._connections:
                    folder = self.data_dir / "warehouse" / domain
                    current = (folder / "current").read_text(encoding="utf-8").strip()
                    self._connections[domain] = duckdb.connect(str(folder / f"{current}.duckdb"), read_only=True)
                self._known[asked] = self._connections[domain].execute(sql, list(asked[2:])).fetchall()
            return self._known[asked]

    def _one(self, domain: str, sql: str, values: Iterable[object]) -> tuple[object, ...] | None:
        return next(iter(self._all(domain, sql, values)), None)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()
