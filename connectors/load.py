"""Loading described files into the warehouse. What several files say of one domain is kept side by side and checked
together, so that loading one file again never loses another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.feather as feather

from assistant.catalogue.loader import Catalogue
from assistant.warehouse.facts import as_table, schema
from assistant.warehouse.layout import SnapshotInfo, attach, lock, snapshot_file
from assistant.warehouse.snapshots import build_snapshot, refuse_mixing
from connectors.csv_table import Key, read_table
from connectors.description import read_description


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not answered from."""

    reference: str
    """Where it stands ("gso.csv, dòng 215")."""
    indicator: str
    period_start: str
    value: str
    reason: str
    """Vietnamese, for an administrator."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file."""

    rows_read: int
    rows_elsewhere: int
    """Rows about other places."""
    rows_repeated: int
    """Rows that say again what another table of the file says."""
    rows_loaded: int
    """Figures of this file to answer from."""
    set_aside: tuple[SetAside, ...]
    series_mapped: tuple[Key, ...]
    """(table, unit, item) of series that the description explains."""
    series_loaded: tuple[Key, ...]
    """Those of them that have a figure to answer from, their own or the same one of another table."""
    series_unmapped: tuple[Key, ...]
    """Series of a described domain that the description does not explain."""
    waiting: dict[str, int]
    """The file's name of a domain that waits to be described, to its number of series."""
    snapshots: tuple[SnapshotInfo, ...]


def load_description(description: Path, file: Path, catalogue: Catalogue, data_dir: Path, now: datetime) -> LoadReport:
    """Read a file as its description says and make new snapshots of the domains it has figures of.

    Raises ConfigurationError where description and catalogue disagree, the file cannot be read, or the data folder
    holds figures of another origin.
    """
    described = read_description(description, catalogue)
    refuse_mixing(data_dir, catalogue, described.origin)
    reading = read_table(file, described, catalogue)
    staged = data_dir / "warehouse" / "loads"
    snapshots = []
    for domain in catalogue.domains:
        rows = [row for row in reading.rows if catalogue.indicators[row.indicator].domain == domain]
        if not rows:
            continue
        kept = staged / domain / f"{description.stem}.{file.stem}.arrow"
        kept.parent.mkdir(parents=True, exist_ok=True)
        feather.write_feather(as_table(rows, catalogue), str(kept), compression="uncompressed")
        table = _together(sorted(kept.parent.glob("*.arrow")), catalogue)
        snapshots.append(
            build_snapshot(
                domain,
                table,
                catalogue,
                data_dir,
                origin=described.origin,
                illustrative=described.origin == "sample",
                now=now,
            )
        )
    aside = [entry for info in snapshots for entry in _set_aside(data_dir, info) if entry.reference in reading.series]
    out = {entry.reference for entry in aside}
    good = {row.reference for row in reading.rows if row.reference not in out}
    loaded = {reading.series[reference] for reference in good}
    loaded |= {key for key, references in reading.same.items() if references & good}
    return LoadReport(
        rows_read=reading.read,
        rows_elsewhere=reading.other_places,
        rows_repeated=reading.repeated,
        rows_loaded=len(good),
        set_aside=tuple(aside),
        series_mapped=tuple(sorted(reading.mapped)),
        series_loaded=tuple(sorted(loaded)),
        series_unmapped=tuple(sorted(reading.unmapped)),
        waiting={name: len(series) for name, series in sorted(reading.waiting.items())},
        snapshots=tuple(snapshots),
    )


def _together(files: Iterable[Path], catalogue: Catalogue) -> pa.Table:
    """All staged rows of a domain; columns of dimensions that the catalogue has given up are left out."""
    names = set(schema(catalogue).names)
    tables = []
    for file in files:
        table = feather.read_table(str(file))
        tables.append(as_table(table.select([name for name in table.column_names if name in names]), catalogue))
    return pa.concat_tables(tables, promote_options="permissive")


def _set_aside(data_dir: Path, info: SnapshotInfo) -> list[SetAside]:
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "128MB"}) as connection:
        attach(connection, snapshot_file(data_dir, info.domain, info.id), "snapshots")
        lock(connection)
        rows = connection.execute(
            "SELECT reference, indicator, period_start, value, reason FROM snapshots.quarantine ORDER BY row"
        ).fetchall()
    return [SetAside(*row) for row in rows]
