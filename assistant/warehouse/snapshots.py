"""Making a snapshot: rows in, a checked DuckDB file out, which readers move to at once and whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow as pa

from assistant import wordings
from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from assistant.warehouse.checks import check
from assistant.warehouse.facts import ALL, FactRow, as_table, dimension_columns
from assistant.warehouse.layout import Origin, SnapshotInfo, current_id, folder, lock, quoted, read_info, snapshot_file

KEPT = 3
"""Snapshots of a domain that stay on disk, the current one included."""

BUILD_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "512MB", "threads": 1}


def build_snapshot(
    domain: str,
    rows: Iterable[FactRow] | pa.Table,
    catalogue: Catalogue,
    data_dir: Path,
    *,
    origin: Origin,
    illustrative: bool,
    now: datetime,
) -> SnapshotInfo:
    """Check the rows, write them as the domain's new snapshot and make it the current one.

    A table must have the columns of ``facts.schema``; it may leave out dimensions and carried columns.
    Raises ConfigurationError where the domain is unknown or the data folder holds the other origin.
    """
    if domain not in catalogue.domains:
        raise ConfigurationError(f"domain {domain} is not in the catalogue")
    refuse_mixing(data_dir, catalogue, origin)
    table = as_table(rows, catalogue)
    target = folder(data_dir, domain)
    target.mkdir(parents=True, exist_ok=True)
    draft = target / f"{uuid4().hex}.draft"
    try:
        with duckdb.connect(str(draft), config=BUILD_CONFIG) as connection:
            connection.register("incoming", table)
            connection.execute(f"CREATE TEMP TABLE raw AS {_incoming(catalogue)}")
            connection.unregister("incoming")
            lock(connection)
            _write_places(connection, catalogue)
            check(connection, domain, catalogue)
            _write_facts(connection, catalogue)
            _write_quarantine(connection, catalogue)
            identifier = f"{domain[:3]}-{now:%Y%m%dT%H%M%S}-{_content_hash(connection)}"
            _write_info(connection, identifier, domain, origin, illustrative, now)
        refuse_mixing(data_dir, catalogue, origin)
        draft.replace(snapshot_file(data_dir, domain, identifier))
    finally:
        draft.unlink(missing_ok=True)
    _make_current(target, identifier)
    _forget_old(target, identifier)
    return read_info(snapshot_file(data_dir, domain, identifier))


def refuse_mixing(data_dir: Path, catalogue: Catalogue, origin: Origin) -> None:
    """Raise ConfigurationError where the data folder holds figures of the other origin."""
    for domain in catalogue.domains:
        identifier = current_id(data_dir, domain)
        if identifier is None:
            continue
        kept = read_info(snapshot_file(data_dir, domain, identifier)).origin
        if kept != origin:
            raise ConfigurationError(
                f"{data_dir} holds {kept} figures ({domain}); {origin} figures need a data folder of their own (--data DIR)"
            )


def _incoming(catalogue: Catalogue) -> str:
    """The rows numbered, in the order they came; dimensions that are left empty are not broken down."""
    filled = ", ".join(
        f"coalesce({quoted(code)}::VARCHAR, '{ALL}') AS {quoted(code)}" for code in dimension_columns(catalogue)
    )
    replaced = f"REPLACE ({filled})" if filled else ""
    return f"SELECT * {replaced}, row_number() OVER () - 1 AS row FROM incoming"


def _write_places(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Every place of the catalogue with the areas it lies in, itself included."""
    rows: list[dict[str, str | None]] = []
    for code in [*catalogue.areas, *catalogue.facilities, *catalogue.agencies]:
        kind = catalogue.place_kind(code)
        above = {
            catalogue.areas[area].kind: area for area in (*catalogue.ancestors(code), code) if area in catalogue.areas
        }
        rows.append(
            {
                "code": code,
                "kind": kind,
                "facility_kind": catalogue.facilities[code].kind if kind == "facility" else "",
                "name": catalogue.place_name(code),
                "commune": above.get("commune"),
                "district": above.get("district"),
                "province": above.get("province"),
            }
        )
    names = ("code", "kind", "facility_kind", "name", "commune", "district", "province")
    columns = ", ".join(f"unnest(${name}::VARCHAR[]) AS {name}" for name in names)
    connection.execute(f"CREATE TABLE place AS SELECT {columns}", {name: [row[name] for row in rows] for name in names})


def _write_facts(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    dimensions = [quoted(code) for code in dimension_columns(catalogue)]
    connection.execute(
        f"""
        CREATE TABLE fact AS
        SELECT sound.indicator, sound.place, place.kind AS place_kind, {"".join(f"{code}, " for code in dimensions)}
            grain, period_start, period_end, sound.kind, value, as_of, source, preliminary
        FROM sound JOIN place ON place.code = sound.place
        ORDER BY sound.indicator, place_kind, grain, period_start, sound.place
        """
    )
    broken_down = ", ".join(
        f"CASE WHEN {quoted(code)} <> '{ALL}' THEN '{code}' END" for code in sorted(catalogue.dimensions)
    )
    connection.execute(
        f"""
        CREATE TABLE coverage AS
        SELECT indicator, fact.kind, place_kind, facility_kind, concat_ws(',', {broken_down or "NULL"}) AS dims, grain,
            min(period_start) AS first, max(period_end) AS last, count(*) AS rows
        FROM fact JOIN place ON place.code = fact.place GROUP BY ALL ORDER BY ALL
        """
    )


def _write_quarantine(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """All fields as text, with the reason an administrator reads."""
    say = wordings.load("warehouse")
    parts = ", ".join(
        f"CASE WHEN {quoted(code)} <> '{ALL}' THEN '{code}:' || {quoted(code)} END" for code in catalogue.dimensions
    )
    connection.execute(
        f"""
        CREATE TABLE quarantine AS
        SELECT raw.row, indicator, place, concat_ws(',', {parts or "NULL"}, nullif(unknown, '')) AS dimensions, grain,
            period_start::VARCHAR AS period_start, period_end::VARCHAR AS period_end, kind, value::VARCHAR AS value,
            as_of::VARCHAR AS as_of, source, preliminary::VARCHAR AS preliminary, reference, issue, detail,
            '' AS reason
        FROM raw JOIN doubt USING (row) QUALIFY row_number() OVER (PARTITION BY raw.row) = 1 ORDER BY raw.row
        """
    )
    for issue, detail in connection.execute("SELECT DISTINCT issue, detail FROM quarantine").fetchall():
        connection.execute(
            "UPDATE quarantine SET reason = ? WHERE issue = ? AND detail = ?",
            [say(f"reasons.{issue}", detail=detail), issue, detail],
        )
    connection.execute("ALTER TABLE quarantine DROP detail")


def _write_info(
    connection: duckdb.DuckDBPyConnection,
    identifier: str,
    domain: str,
    origin: Origin,
    illustrative: bool,
    now: datetime,
) -> None:
    connection.execute(
        """
        CREATE TABLE snapshot AS
        SELECT $id AS id, $domain AS domain, $origin AS origin, $illustrative AS illustrative,
            make_timestamp($micros::BIGINT) AS created_at,
            (SELECT count(*) FROM fact) AS rows, (SELECT count(*) FROM quarantine) AS quarantined
        """,
        {
            "id": identifier,
            "domain": domain,
            "origin": origin,
            "illustrative": illustrative,
            "micros": int(now.timestamp() * 1_000_000),
        },
    )


def _content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """Eight hex digits of all figures and all rows set aside, whatever their order."""
    digest = hashlib.sha256()
    for table in ("fact", "quarantine"):
        row = connection.execute(f"SELECT count(*), bit_xor(hash({table})), sum(hash({table})) FROM {table}").fetchone()
        digest.update(repr(row).encode())
    return digest.hexdigest()[:8]


def _make_current(target: Path, identifier: str) -> None:
    """Move the pointer; a reader sees the old name or the new one, never half of it."""
    pointer = target / f"{uuid4().hex}.pointer"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(identifier + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(target / "current")


def _forget_old(target: Path, identifier: str) -> None:
    """Delete all but the last few; whoever still reads one keeps reading it."""
    files = sorted(target.glob("*.duckdb"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    current = target / f"{identifier}.duckdb"
    others = [file for file in files if file != current]
    for file in others[KEPT - 1 :]:
        file.unlink(missing_ok=True)
