"""Doubts that only a row's neighbours raise: its series over time, and its total over members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import Any

import duckdb

from assistant.catalogue.loader import Catalogue
from assistant.warehouse.facts import ALL
from assistant.warehouse.layout import quoted

Doubt = tuple[int, str, str]
"""Row number, issue, detail."""


def remove_doubted(connection: duckdb.DuckDBPyConnection) -> None:
    """Take rows that a rule has just doubted out of the sound ones."""
    connection.execute("DELETE FROM sound WHERE row IN (SELECT row FROM doubt)")


def check_series(connection: duckdb.DuckDBPyConnection, dimensions: Sequence[str], rules: dict[str, Any]) -> None:
    """Set aside bulges in yearly stocks, then steps by a factor that only a change of unit explains."""
    for issue in ("bulge", "step"):
        series = _suspects(connection, dimensions, rules, issue)
        doubts = [doubt for rows in series for doubt in (bulges if issue == "bulge" else steps)(rows, rules)]
        if doubts:
            connection.executemany("INSERT INTO doubt VALUES (?, ?, ?)", doubts)
            remove_doubted(connection)


def _suspects(
    connection: duckdb.DuckDBPyConnection, dimensions: Sequence[str], rules: dict[str, Any], issue: str
) -> Iterator[list[tuple[int, float]]]:
    """Series, as (row, value) in order of time, that somewhere step far enough to be looked at."""
    # What happens in a month or quarter, and what may fall below zero, can be a hundred times what it was before.
    only = "stock AND grain IN ('year', 'school_year')"
    if issue == "step":
        only = "NOT signed AND (stock OR grain IN ('year', 'school_year'))"
    one = ", ".join(["indicator", "place", *dimensions, "grain", "kind"])
    rows = connection.execute(
        f"""
        WITH stepped AS (
            SELECT row, value, period_start, dense_rank() OVER (ORDER BY {one}) AS series,
                lag(value) OVER (PARTITION BY {one} ORDER BY period_start, period_end) AS before
            FROM sound JOIN (SELECT code, stock, signed FROM indicator) ON code = indicator WHERE {only}
        ), suspect AS (
            SELECT DISTINCT series FROM stepped WHERE before > 0 AND value > 0
                AND greatest(value, before) / least(value, before) >= $factor AND greatest(value, before) >= $least
        )
        SELECT series, row, value FROM stepped SEMI JOIN suspect USING (series) ORDER BY series, period_start
        """,
        {"factor": rules[f"{issue}_factor"], "least": rules[f"{issue}_least"]},
    ).fetchall()
    for _, group in groupby(rows, key=lambda entry: entry[0]):
        yield [(row, value) for _, row, value in group]


def steps(series: list[tuple[int, float]], rules: dict[str, Any]) -> Iterator[Doubt]:
    """Rows on the wrong side of a step; on both sides where neither is short enough to be the odd one."""
    stretches: list[list[tuple[int, float]]] = [[]]
    for position, (row, value) in enumerate(series):
        before = series[position - 1][1] if position else value
        if _apart(before, value) >= rules["step_factor"] and max(before, value) >= rules["step_least"]:
            stretches.append([])
        stretches[-1].append((row, value))
    if len(stretches) == 1:
        return
    level = median(value for _, value in max(stretches, key=len))
    odd = [number for number, stretch in enumerate(stretches) if _off(stretch, level, rules)]
    clear = sum(len(stretches[number]) for number in odd) <= rules["step_short_side"] * len(series)
    for number in odd if clear else range(len(stretches)):
        stretch, neighbour = stretches[number], stretches[number - 1 if number else 1]
        sides = (neighbour[-1], stretch[0]) if number else (stretch[-1], neighbour[0])
        for row, _ in stretch:
            yield row, "step", f"{_say(sides[0][1])} → {_say(sides[1][1])}"


def _off(stretch: list[tuple[int, float]], level: float, rules: dict[str, Any]) -> bool:
    """Whether a stretch lies nearer to another unit than to the level of the longest one."""
    limit = float(rules["step_factor"]) ** 0.5
    return bool(_apart(median(value for _, value in stretch), level) >= limit)


def bulges(series: list[tuple[int, float]], rules: dict[str, Any]) -> Iterator[Doubt]:
    """Rows of a short stretch far from the values before and after it, which agree with each other."""
    values = [value for _, value in series]
    for length in range(1, rules["bulge_length"] + 1):
        for start in range(1, len(series) - length):
            before, after, inside = values[start - 1], values[start + length], values[start : start + length]
            if min(before, after, *inside) <= 0 or _apart(before, after) > rules["bulge_agree"]:
                continue
            far = all(_apart(value, around) >= rules["bulge_factor"] for value in inside for around in (before, after))
            if far and max(before, *inside) >= rules["bulge_least"]:
                for row, value in series[start : start + length]:
                    yield row, "bulge", f"{_say(before)} → {_say(value)} → {_say(after)}"


def _apart(one: float, other: float) -> float:
    """How many times the larger is the smaller; 1 where either is not above zero."""
    low, high = sorted((one, other))
    return high / low if low > 0 else 1.0


def _say(value: float) -> str:
    return f"{value:.10g}"


def check_members(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, rules: dict[str, Any]) -> None:
    """Set aside totals and members of a cell that disagree: members above their total, or all members below it."""
    for code, dimension in catalogue.dimensions.items():
        summed = [entry.code for entry in catalogue.indicators.values() if entry.adds.dimensions.get(code) == "sum"]
        if summed:
            _compare_members(connection, code, len(dimension.members), summed, list(catalogue.dimensions), rules)
    remove_doubted(connection)


def _compare_members(
    connection: duckdb.DuckDBPyConnection,
    code: str,
    members: int,
    indicators: Sequence[str],
    dimensions: Iterable[str],
    rules: dict[str, Any],
) -> None:
    column = quoted(code)
    others = [quoted(other) for other in dimensions if other != code]
    cell = ", ".join(["indicator", "place", *others, "grain", "period_start", "period_end", "kind"])
    connection.execute(
        f"""
        INSERT INTO doubt
        WITH cells AS (
            SELECT {cell}, max(value) FILTER ({column} = '{ALL}') AS total,
                sum(value) FILTER ({column} <> '{ALL}') AS parts, count(*) FILTER ({column} <> '{ALL}') AS number,
                list(row) AS rows
            FROM sound WHERE list_contains($indicators, indicator) GROUP BY ALL
            HAVING total IS NOT NULL AND number > 0
        ), limits AS (
            SELECT *, $tolerance * abs(total) + 0.5 * (number + 1) * 10.0 ** (-decimals) AS allowed
            FROM cells JOIN (SELECT code, decimals FROM indicator) ON code = indicator
        )
        SELECT unnest(rows), 'members', printf('%.10g ≠ %.10g', parts, total) FROM limits
        WHERE parts > total + allowed OR (number = $members AND parts < total - allowed)
        """,
        {"indicators": list(indicators), "tolerance": rules["sum_tolerance"], "members": members},
    )
