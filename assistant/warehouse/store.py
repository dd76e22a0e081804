"""Reading current snapshots: which there are, what they cover, and a safe connection to exactly the domains of a plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import duckdb

from assistant.catalogue.loader import Catalogue
from assistant.errors import NotFound
from assistant.types import FigureKind, Grain, Period, PlaceKind
from assistant.warehouse.layout import SnapshotInfo, attach, current_id, folder, lock, quoted, read_info, snapshot_file

BUILDING = 5
"""How often a reader looks again when a snapshot disappears between looking up its name and opening it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One cuboid that is stored: an indicator at one level, broken down in one way."""

    indicator: str
    kind: FigureKind
    place_kind: PlaceKind
    facility_kind: str
    """Kind of facility where ``place_kind`` is ``facility``, else empty."""
    dimensions: tuple[str, ...]
    """Codes of the dimensions broken down, sorted."""
    grain: Grain
    first: date
    """First day of the earliest period."""
    last: date
    """Last day of the latest period."""
    rows: int


class Warehouse:
    """The current snapshots of a data folder; safe under threads, keeps nothing that a second copy would miss."""

    def __init__(self, data_dir: Path, catalogue: Catalogue, memory_limit_mb: int = 256, threads: int = 1) -> None:
        """``memory_limit_mb`` and ``threads`` hold per set of domains that is open."""
        self.data_dir = data_dir
        self.catalogue = catalogue
        self._config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_limit_mb}MB",
            "threads": threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._lock = threading.Lock()
        self._instances: dict[frozenset[str], tuple[tuple[str, ...], duckdb.DuckDBPyConnection]] = {}
        self._infos: dict[str, SnapshotInfo] = {}
        self._coverages: dict[str, tuple[str, dict[str, tuple[Coverage, ...]]]] = {}
        self._largest: dict[str, tuple[str, frozenset[str]]] = {}

    def current(self, domain: str) -> SnapshotInfo | None:
        """The snapshot that readers of this domain get now; None where nothing was loaded."""
        identifier = current_id(self.data_dir, domain)
        if identifier is None:
            return None
        info = self._infos.get(domain)
        if info is None or info.id != identifier:
            info = read_info(snapshot_file(self.data_dir, domain, identifier))
            self._infos[domain] = info
        return info

    def domains(self) -> tuple[str, ...]:
        """Domains with a snapshot, in the catalogue's order."""
        return tuple(code for code in self.catalogue.domains if current_id(self.data_dir, code) is not None)

    @contextmanager
    def connection(self, domains: frozenset[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees the current snapshots of these domains, and nothing else, as schemas named by domain.

        All that runs on one cursor sees one snapshot, even when a newer one becomes current meanwhile.
        Raises NotFound where one of the domains has no snapshot.
        """
        instance = self._instance(domains)
        cursor = instance.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def coverage(self, indicator: str) -> tuple[Coverage, ...]:
        """What is stored of an indicator; empty where nothing is or the code is unknown."""
        entry = self.catalogue.indicators.get(indicator)
        info = self.current(entry.domain) if entry else None
        if entry is None or info is None:
            return ()
        known = self._coverages.get(entry.domain)
        if known is None or known[0] != info.id:
            known = (info.id, self._read_coverage(entry.domain))
            self._coverages[entry.domain] = known
        return known[1].get(indicator, ())

    def knows(self, place: str) -> bool:
        """Whether any current snapshot has a figure of a province, a region or the country as such."""
        return any(place in self._largest_places(domain) for domain in self.domains())

    def _largest_places(self, domain: str) -> frozenset[str]:
        identifier = self._identifier(domain)
        known = self._largest.get(domain)
        if known is None or known[0] != identifier:
            with self.connection(frozenset({domain})) as cursor:
                rows = cursor.execute(
                    f"SELECT DISTINCT place FROM {quoted(domain)}.fact WHERE place_kind IN ('country', 'region', 'province')"
                ).fetchall()
            known = (identifier, frozenset(place for (place,) in rows))
            self._largest[domain] = known
        return known[1]

    def latest(
        self, indicator: str, grain: Grain, kind: FigureKind = "actual", place_kind: PlaceKind | None = None
    ) -> Period | None:
        """The last period of this grain that has a figure of this indicator (of both its parts, where it is a ratio that
        no table gives as such)."""
        parts = self.catalogue.parts(indicator)
        if parts != (indicator,) and not any(row.kind == kind for row in self.coverage(indicator)):
            found = [self.latest(part, grain, kind, place_kind) for part in parts]
            if any(period is None for period in found):
                return None
            return min((period for period in found if period is not None), key=lambda period: period.end)
        last = max(
            (
                row.last
                for row in self.coverage(indicator)
                if row.grain == grain and row.kind == kind and place_kind in (None, row.place_kind)
            ),
            default=None,
        )
        if last is None:
            return None
        domain = self.catalogue.indicators[indicator].domain
        with self.connection(frozenset({domain})) as cursor:
            found_start = cursor.execute(
                f"SELECT max(period_start) FROM {quoted(domain)}.fact "
                "WHERE indicator = ? AND grain = ? AND kind = ? AND period_end = ?",
                [indicator, grain, kind, last],
            ).fetchone()
        if found_start is None or found_start[0] is None:
            return None
        return Period(grain=grain, start=found_start[0], end=last)

    def _instance(self, domains: frozenset[str]) -> duckdb.DuckDBPyConnection:
        for attempt in range(BUILDING):
            identifiers = tuple(self._identifier(domain) for domain in sorted(domains))
            with self._lock:
                kept = self._instances.get(domains)
                if kept is not None and kept[0] == identifiers:
                    return kept[1]
                try:
                    opened = self._open(dict(zip(sorted(domains), identifiers, strict=True)))
                except duckdb.IOException:
                    if attempt == BUILDING - 1:
                        raise
                    continue
                self._instances[domains] = (identifiers, opened)
                return opened
        raise AssertionError("unreachable")

    def _identifier(self, domain: str) -> str:
        identifier = current_id(self.data_dir, domain)
        if identifier is None:
            raise NotFound(detail=f"domain {domain} has no snapshot in {folder(self.data_dir, domain)}")
        return identifier

    def _open(self, snapshots: dict[str, str]) -> duckdb.DuckDBPyConnection:
        """An in-memory instance with these files attached, then shut against everything outside and locked."""
        instance = duckdb.connect(":memory:", config=self._config)
        for domain, identifier in snapshots.items():
            attach(instance, snapshot_file(self.data_dir, domain, identifier), domain)
        lock(instance)
        return instance

    def _read_coverage(self, domain: str) -> dict[str, tuple[Coverage, ...]]:
        with self.connection(frozenset({domain})) as cursor:
            rows = cursor.execute(
                "SELECT indicator, kind, place_kind, facility_kind, dims, grain, first, last, rows "
                f"FROM {quoted(domain)}.coverage ORDER BY ALL"
            ).fetchall()
        found: dict[str, list[Coverage]] = {}
        for indicator, kind, place_kind, facility_kind, dims, grain, first, last, count in rows:
            dimensions = tuple(dims.split(",")) if dims else ()
            found.setdefault(indicator, []).append(
                Coverage(
                    indicator,
                    cast(FigureKind, kind),
                    cast(PlaceKind, place_kind),
                    facility_kind,
                    dimensions,
                    cast(Grain, grain),
                    first,
                    last,
                    count,
                )
            )
        return {indicator: tuple(entries) for indicator, entries in found.items()}


def illustrative(warehouse: Warehouse) -> bool:
    """Whether any current snapshot holds invented figures, which every page and answer then says."""
    infos = (warehouse.current(domain) for domain in warehouse.domains())
    return any(info is not None and info.illustrative for info in infos)
