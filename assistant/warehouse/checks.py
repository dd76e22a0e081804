"""Which rows are no figures to answer from, and why. The limits stand in ``data/rules/warehouse.yml``.

Works on the staging table ``raw`` that ``snapshots`` fills, and leaves behind ``doubt(row, issue, detail)`` and
``sound``, the rows to answer from. The rules run in this order, each on what the ones before it left:
single rows, one cell given twice, series, members against totals.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Indicator
from assistant.errors import ConfigurationError
from assistant.warehouse.facts import ALL, dimension_columns
from assistant.warehouse.layout import quoted
from assistant.warehouse.series import check_members, check_series, remove_doubted
from assistant.yaml_files import read_yaml

RULES = Path(__file__).resolve().parent.parent.parent / "data" / "rules" / "warehouse.yml"


@cache
def rules() -> dict[str, Any]:
    """The limits; raises ConfigurationError where the file cannot be read."""
    try:
        entries = read_yaml(RULES)
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{RULES.name}: cannot be read: {error}") from error
    if not isinstance(entries, dict):
        raise ConfigurationError(f"{RULES.name}: must be a mapping of rules")
    return entries


def check(connection: duckdb.DuckDBPyConnection, domain: str, catalogue: Catalogue) -> None:
    """Sort the rows of ``raw`` into ``doubt`` and ``sound``; needs the table ``place``."""
    dimensions = [quoted(code) for code in dimension_columns(catalogue)]
    _register_indicators(connection, catalogue)
    connection.execute("CREATE TEMP TABLE doubt (row BIGINT, issue VARCHAR, detail VARCHAR)")
    _check_rows(connection, domain, catalogue)
    connection.execute("CREATE TEMP TABLE sound AS SELECT * FROM raw WHERE row NOT IN (SELECT row FROM doubt)")
    _check_cells(connection, dimensions)
    check_series(connection, dimensions, rules())
    check_members(connection, catalogue, rules())


def _register_indicators(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    entries = list(catalogue.indicators.values())
    table = pa.table(
        {
            "code": pa.array([entry.code for entry in entries], pa.string()),
            "domain": pa.array([entry.domain for entry in entries], pa.string()),
            "stock": pa.array([entry.measure != "flow" for entry in entries], pa.bool_()),
            "signed": pa.array([_is_signed(entry) for entry in entries], pa.bool_()),
            "share": pa.array([_is_share(entry) for entry in entries], pa.bool_()),
            "whole": pa.array([_is_whole(entry) for entry in entries], pa.bool_()),
            "decimals": pa.array([entry.decimals for entry in entries], pa.int32()),
        }
    )
    connection.register("indicator_arrow", table)
    connection.execute("CREATE TEMP TABLE indicator AS SELECT * FROM indicator_arrow")
    connection.unregister("indicator_arrow")


def _is_signed(entry: Indicator) -> bool:
    text = f"{entry.name} {entry.unit}".lower()
    return any(word in text for word in rules()["signed_words"])


def _is_share(entry: Indicator) -> bool:
    named = entry.name.lower().startswith(tuple(rules()["share_words"]))
    return entry.unit == "%" and named and not _is_signed(entry)


def _is_whole(entry: Indicator) -> bool:
    return entry.decimals == 0 and entry.unit.lower() in rules()["whole_units"]


def _check_rows(connection: duckdb.DuckDBPyConnection, domain: str, catalogue: Catalogue) -> None:
    """Rules that need one row and the catalogue; the first that applies is the reason."""
    period = "strftime(raw.period_start, '%d/%m/%Y') || ' - ' || strftime(raw.period_end, '%d/%m/%Y')"
    number = "printf('%.10g', raw.value)"
    connection.execute(
        f"""
        INSERT INTO doubt
        SELECT row, issue[1], issue[2] FROM (
            SELECT raw.row, CASE
                WHEN raw.doubt <> '' THEN ['doubt', raw.doubt]
                WHEN known.code IS NULL THEN ['unknown_indicator', raw.indicator]
                WHEN known.domain <> $domain THEN ['other_domain', known.domain]
                WHEN place.code IS NULL THEN ['unknown_place', raw.place]
                WHEN raw.unknown <> '' THEN ['unknown_dimension', raw.unknown]
                {_member_rules(catalogue)}
                WHEN raw.value IS NULL OR NOT isfinite(raw.value) THEN ['not_a_number', '']
                WHEN NOT ({CALENDAR}) OR year(raw.period_start) < $first_year THEN ['calendar', {period}]
                WHEN raw.kind = 'actual' AND raw.as_of < raw.period_start THEN ['future', {period}]
                WHEN raw.value < 0 AND NOT known.signed THEN ['negative', {number}]
                WHEN known.share AND raw.value > 100.0001 THEN ['share', {number}]
                WHEN known.whole AND raw.kind = 'actual' AND abs(raw.value - round(raw.value)) > 1e-6
                    THEN ['fraction', {number}]
            END AS issue
            FROM raw LEFT JOIN indicator AS known ON known.code = raw.indicator
                LEFT JOIN place ON place.code = raw.place
        ) WHERE issue IS NOT NULL
        """,
        {"domain": domain, "first_year": rules()["first_year"]},
    )


CALENDAR = """raw.period_start IS NOT NULL AND raw.period_end IS NOT NULL AND CASE raw.grain
    WHEN 'day' THEN raw.period_end = raw.period_start
    WHEN 'month' THEN day(raw.period_start) = 1 AND raw.period_end = last_day(raw.period_start)
    WHEN 'quarter' THEN day(raw.period_start) = 1 AND month(raw.period_start) IN (1, 4, 7, 10)
        AND raw.period_end = last_day(raw.period_start + INTERVAL 2 MONTH)
    WHEN 'half' THEN day(raw.period_start) = 1 AND month(raw.period_start) IN (1, 7)
        AND raw.period_end = last_day(raw.period_start + INTERVAL 5 MONTH)
    WHEN 'year' THEN dayofyear(raw.period_start) = 1
        AND raw.period_end = last_day(raw.period_start + INTERVAL 11 MONTH)
    WHEN 'school_year' THEN month(raw.period_start) = 9 AND day(raw.period_start) = 1
        AND raw.period_end = last_day(raw.period_start + INTERVAL 11 MONTH)
    WHEN 'span' THEN raw.period_start <= raw.period_end
    ELSE FALSE END"""
"""Whether a row's days are those of its grain; a school year runs from 1 September to 31 August."""


def _member_rules(catalogue: Catalogue) -> str:
    """One WHEN per dimension: a member it does not have, or an indicator that is not broken down by it."""
    clauses = []
    for code in dimension_columns(catalogue):
        column = f"raw.{quoted(code)}"
        members = ", ".join(f"'{member.code}'" for member in catalogue.dimensions[code].members)
        indicators = [entry.code for entry in catalogue.indicators.values() if code in entry.adds.dimensions]
        allowed = ", ".join(f"'{indicator}'" for indicator in indicators) or "''"
        clauses.append(
            f"WHEN {column} <> '{ALL}' AND ({column} NOT IN ({members}) OR raw.indicator NOT IN ({allowed})) "
            f"THEN ['unknown_member', '{code}:' || {column}]"
        )
    return "\n".join(clauses)


def _check_cells(connection: duckdb.DuckDBPyConnection, dimensions: list[str]) -> None:
    """One cell given more than once: of several as-of days the latest stands, of equal values one; where the values
    differ none does, unless the sum of its members bears exactly one of them out."""
    cell = ", ".join(["indicator", "place", *dimensions, "grain", "period_start", "period_end", "kind"])
    connection.execute(
        f"""
        CREATE TEMP TABLE twice AS
        WITH more AS (SELECT {cell} FROM sound GROUP BY ALL HAVING count(*) > 1)
        SELECT *, max(as_of) OVER (PARTITION BY {cell}) AS newest,
            row_number() OVER (PARTITION BY {cell}, as_of, value ORDER BY row) AS copy
        FROM sound SEMI JOIN more USING ({cell})
        """
    )
    connection.execute("DELETE FROM sound WHERE row IN (SELECT row FROM twice WHERE as_of < newest OR copy > 1)")
    connection.execute(
        f"""
        CREATE TEMP TABLE conflict AS
        SELECT *, list(value) OVER (PARTITION BY {cell}) AS options, dense_rank() OVER (ORDER BY {cell}) AS cell
        FROM twice WHERE as_of = newest AND copy = 1 QUALIFY count(*) OVER (PARTITION BY {cell}) > 1
        """
    )
    connection.execute("CREATE TEMP TABLE upheld (row BIGINT, cell BIGINT)")
    for column in dimensions:
        same = " AND ".join(f"part.{other} = conflict.{other}" for other in dimensions if other != column) or "TRUE"
        connection.execute(
            f"""
            INSERT INTO upheld
            SELECT conflict.row, any_value(conflict.cell) FROM conflict JOIN sound AS part
                ON part.indicator = conflict.indicator AND part.place = conflict.place AND part.kind = conflict.kind
                AND part.grain = conflict.grain AND part.period_start = conflict.period_start
                AND part.period_end = conflict.period_end AND {same}
            WHERE conflict.{column} = '{ALL}' AND part.{column} <> '{ALL}'
                AND part.row NOT IN (SELECT row FROM conflict)
            GROUP BY conflict.row, conflict.value
            HAVING count(*) > 1 AND abs(sum(part.value) - conflict.value) <= 1e-4 * abs(conflict.value)
            """
        )
    connection.execute(
        """
        INSERT INTO doubt
        SELECT row, 'conflict', array_to_string(list_transform(options, lambda v: printf('%.10g', v)), '; ')
        FROM conflict WHERE row NOT IN (
            SELECT min(row) FROM upheld GROUP BY cell HAVING count(DISTINCT row) = 1)
        """
    )
    remove_doubted(connection)
