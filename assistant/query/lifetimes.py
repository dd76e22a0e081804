"""Who should have reported: a sum over places or members counts only when everybody who reports is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.catalogue.catalogue import Catalogue
from assistant.query.navigator import Cuboid
from assistant.query.request import Dims
from assistant.types import Period, PlaceKind

SILENCE = timedelta(days=400)
"""A facility or agency that has not reported for longer is taken as closed; until then its figure is missing."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One place and combination of members: from when to when it was reported."""

    place: str
    within: tuple[str, ...]
    """Commune, district and province it lies in, itself included; empty text where there is none."""
    dims: Dims
    first_start: date
    first_end: date
    """Last day of the first period reported."""
    last_end: date
    """Last day of the last period reported."""


class Lifetimes:
    """All lifetimes of one cuboid and grain in one snapshot."""

    def __init__(self, rows: Iterable[Sequence[object]], names: tuple[str, ...], catalogue: Catalogue) -> None:
        """``rows`` as ``compile.lifetimes_sql`` gives them; ``names`` are the dimensions broken down, kept first."""
        self._catalogue = catalogue
        self._by_place: dict[str, list[Lifetime]] = {}
        self._within: dict[str, list[Lifetime]] = {}
        self._members: dict[str, set[str]] = {name: set() for name in names}
        for row in rows:
            place, within = str(row[0]), tuple(str(code or "") for code in row[1:4])
            members = [str(member) for member in row[4 : 4 + len(names)]]
            first_start, first_end, last_end = row[4 + len(names) :]
            assert isinstance(first_start, date) and isinstance(first_end, date) and isinstance(last_end, date)
            dims = tuple(sorted(zip(names, members, strict=True)))
            entry = Lifetime(place, within, dims, first_start, first_end, last_end)
            for name, member in dims:
                self._members[name].add(member)
            self._by_place.setdefault(place, []).append(entry)
            for code in {*within, place}:
                self._within.setdefault(code, []).append(entry)

    @property
    def places(self) -> frozenset[str]:
        """Everybody who ever reported."""
        return frozenset(self._by_place)

    def complete_dimensions(self, rolled: Iterable[str]) -> bool:
        """Whether these dimensions can be added up at all: a single member out of several is no breakdown."""
        return all(
            len(self._members[name]) > 1 or len(self._catalogue.dimensions[name].members) == 1 for name in rolled
        )

    def under(self, target: str, cuboid: Cuboid, dims: Dims) -> list[Lifetime]:
        """Everything that makes up one target place and combination of kept members."""
        pool = self._by_place if cuboid.place_kind == cuboid.target else self._within
        wanted = set(dims)
        return [entry for entry in pool.get(target, []) if wanted <= set(entry.dims)]

    def expected(self, entries: Iterable[Lifetime], period: Period, place_kind: PlaceKind) -> list[Lifetime]:
        """Those that must be there for the period to be complete."""
        return [entry for entry in entries if self._is_expected(entry, period, place_kind)]

    def _is_expected(self, entry: Lifetime, period: Period, place_kind: PlaceKind) -> bool:
        if entry.first_end <= period.end <= entry.last_end:
            return True
        if place_kind in ("facility", "agency"):
            return entry.last_end < period.end <= entry.last_end + SILENCE
        day = period.start if period.end < entry.first_end else period.end
        return self._catalogue.exists(entry.place, day)


def span_of(entries: Sequence[Lifetime]) -> tuple[date, date] | None:
    """First and last day on which any of them has data."""
    if not entries:
        return None
    return min(entry.first_start for entry in entries), max(entry.last_end for entry in entries)
