"""One cursor on the domains of a plan: reads blocks of stored rows, and remembers who reports in them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from assistant.catalogue.catalogue import Catalogue
from assistant.query.compile import Block, Slice, figures_sql, lifetimes_sql
from assistant.query.lifetimes import Lifetimes
from assistant.query.request import Dims

Key = tuple[str, Dims, date]
"""Place, members and the last day of the period."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it came from the snapshot, perhaps added up over places and members."""

    value: float
    rows: int
    """How many stored rows it is made of."""
    as_of: date
    source: str
    preliminary: bool


class LifetimeCache:
    """Lifetimes by snapshot and block; the oldest go first. Safe under threads."""

    SIZE = 256

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, Block], Lifetimes] = OrderedDict()

    def get(self, key: tuple[str, Block]) -> Lifetimes | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, Block], lifetimes: Lifetimes) -> None:
        with self._lock:
            self._kept[key] = lifetimes
            while len(self._kept) > self.SIZE:
                self._kept.popitem(last=False)


class Session:
    """Reading on one cursor, so that everything comes from the same snapshots."""

    def __init__(self, cursor: DuckDBPyConnection, catalogue: Catalogue, cache: LifetimeCache) -> None:
        self._cursor = cursor
        self._catalogue = catalogue
        self._cache = cache
        self._snapshots: dict[str, tuple[str, bool]] = {}

    def snapshot(self, domain: str) -> tuple[str, bool]:
        """Identifier of the snapshot that is read, and whether it is illustrative."""
        if domain not in self._snapshots:
            quoted = '"' + domain.replace('"', '""') + '"'
            row = self._cursor.execute(f"SELECT id, illustrative FROM {quoted}.snapshot").fetchone()
            assert row is not None, f"snapshot of {domain} does not say what it is"
            self._snapshots[domain] = (row[0], row[1])
        return self._snapshots[domain]

    def values(self, block: Block, slice_: Slice) -> dict[Key, Value]:
        """Values by place, kept members and period."""
        found: dict[Key, Value] = {}
        width = len(block.kept)
        sql = figures_sql(block.form, slice_.level, slice_.inner, slice_.outer)
        for row in self._rows(sql, block.values() | slice_.values()):
            dims = tuple(zip(block.kept, row[1 : 1 + width], strict=True))
            end, value, rows, as_of, source, other, preliminary = row[1 + width :]
            sources = source if source == other else f"{source}; {other}"
            key = (row[0], dims, end)
            found[key] = Value(value, rows, as_of, sources, bool(preliminary))
        return found

    def lifetimes(self, block: Block) -> Lifetimes:
        """Who reports in this block, from when to when."""
        key = (self.snapshot(block.domain)[0], block)
        lifetimes = self._cache.get(key)
        if lifetimes is None:
            rows = self._rows(lifetimes_sql(block.form), block.values())
            lifetimes = Lifetimes(rows, (*block.kept, *block.rolled), self._catalogue)
            self._cache.put(key, lifetimes)
        return lifetimes

    def _rows(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Bind the values, typed, to the cursor's variables and run SQL that reads them."""
        for name, value in values.items():
            self._cursor.execute(f"SET VARIABLE {name} = ?", [value])
        return self._cursor.execute(sql).fetchall()
