"""Where snapshots lie and what their tables are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, cast

import duckdb

from assistant.clock import ZONE

Origin = Literal["sample", "real"]
"""A data folder holds either the sample province or real figures."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One domain's data as loaded at one time; never changed afterwards."""

    id: str
    domain: str
    origin: Origin
    illustrative: bool
    """True: invented figures, said so wherever they are shown."""
    created_at: datetime
    rows: int
    """Figures to answer from."""
    quarantined: int
    """Rows set aside with a reason."""


def folder(data_dir: Path, domain: str) -> Path:
    """Folder of a domain's snapshots."""
    return data_dir / "warehouse" / domain


def snapshot_file(data_dir: Path, domain: str, identifier: str) -> Path:
    """The DuckDB file of a snapshot."""
    return folder(data_dir, domain) / f"{identifier}.duckdb"


_current: dict[Path, tuple[tuple[int, int], str]] = {}
"""What files said that name a current snapshot, with their inode and time: a question looks hundreds of times."""


def current_id(data_dir: Path, domain: str) -> str | None:
    """Identifier of the domain's current snapshot; None where nothing was loaded."""
    file = _marker(data_dir, domain)
    try:
        state = file.stat()
        stamp = (state.st_ino, state.st_mtime_ns)
        known = _current.get(file)
        if known is None or known[0] != stamp:
            known = _current[file] = (stamp, file.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
    return known[1] or None


@cache
def _marker(data_dir: Path, domain: str) -> Path:
    return folder(data_dir, domain) / "current"


def read_info(file: Path) -> SnapshotInfo:
    """What a snapshot says about itself."""
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "64MB"}) as connection:
        attach(connection, file, "snapshots")
        lock(connection)
        row = connection.execute(
            "SELECT id, domain, origin, illustrative, epoch_us(created_at), rows, quarantined FROM snapshots.snapshot"
        ).fetchone()
    assert row is not None, f"{file} has an empty snapshot table"
    created_at = datetime.fromtimestamp(row[4] / 1_000_000, ZONE)
    return SnapshotInfo(row[0], row[1], cast(Origin, row[2]), row[3], created_at, row[5], row[6])


def attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attach a snapshot's file, to be read only, as a schema of this name."""
    path = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS {quoted(name)} (READ_ONLY)")


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut a connection against everything outside what it holds, for good."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def quoted(name: str) -> str:
    """A code of the catalogue as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
