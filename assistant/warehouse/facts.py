"""One figure as a connector hands it over, and many of them as an Arrow table. Whether they are sound is ``checks``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from assistant.types import FigureKind, Grain

ALL = "all"
"""Stands in a dimension's column where the figure is not broken down by it."""

LEADING = ("indicator", "place")
TRAILING: tuple[tuple[str, pa.DataType], ...] = (
    ("grain", pa.string()),
    ("period_start", pa.date32()),
    ("period_end", pa.date32()),
    ("kind", pa.string()),
    ("value", pa.float64()),
    ("as_of", pa.date32()),
    ("source", pa.string()),
    ("preliminary", pa.bool_()),
)
CARRIED: tuple[tuple[str, pa.DataType], ...] = (
    ("reference", pa.string()),
    ("doubt", pa.string()),
    ("unknown", pa.string()),
)
"""Columns that a table may leave out: where the row stood, why its connector doubts it, dimensions in no catalogue."""

RESERVED = {*LEADING, *(name for name, _ in TRAILING + CARRIED), "place_kind", "row", "issue", "detail"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One value of one indicator, for one place and period."""

    indicator: str
    place: str
    """Code of an area, facility or agency."""
    grain: Grain
    start: date
    end: date
    """Last day, included."""
    value: float
    """In the indicator's unit; NaN where the source's cell is no number."""
    as_of: date
    """The day for which the source vouches; of two rows for one cell the later one stands."""
    source: str
    """Who reported it, Vietnamese, for people."""
    dimensions: dict[str, str] = field(default_factory=dict)
    kind: FigureKind = "actual"
    preliminary: bool = False
    reference: str = ""
    """Where the row stands in its source ("gso.csv, dòng 215")."""
    doubt: str = ""
    """Vietnamese reason why the connector itself sets the row aside; empty: it does not."""


def dimension_columns(catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of all dimensions, in the catalogue's order: each is one column of every fact table.

    Raises ConfigurationError where a dimension takes the name of a fixed column.
    """
    for code in catalogue.dimensions:
        if code in RESERVED:
            raise ConfigurationError(f"dimensions.yml: entry {code}: the warehouse keeps this name for itself")
    return tuple(catalogue.dimensions)


def schema(catalogue: Catalogue) -> pa.Schema:
    """Columns of a table of figures, as connectors make it."""
    text = [(name, pa.string()) for name in LEADING + dimension_columns(catalogue)]
    return pa.schema([*text, *TRAILING, *CARRIED])


def as_table(rows: Iterable[FactRow] | pa.Table, catalogue: Catalogue) -> pa.Table:
    """Rows in the columns of ``schema``; a table that leaves out dimensions or carried columns gets them filled."""
    wanted = schema(catalogue)
    if isinstance(rows, pa.Table):
        return _completed(rows, wanted)
    dimensions = dimension_columns(catalogue)
    columns: dict[str, list[object]] = {name: [] for name in wanted.names}
    for row in rows:
        columns["indicator"].append(row.indicator)
        columns["place"].append(row.place)
        for code in dimensions:
            columns[code].append(row.dimensions.get(code, ALL))
        columns["grain"].append(row.grain)
        columns["period_start"].append(row.start)
        columns["period_end"].append(row.end)
        columns["kind"].append(row.kind)
        columns["value"].append(row.value)
        columns["as_of"].append(row.as_of)
        columns["source"].append(row.source)
        columns["preliminary"].append(row.preliminary)
        columns["reference"].append(row.reference)
        columns["doubt"].append(row.doubt)
        columns["unknown"].append(
            ", ".join(f"{code}:{member}" for code, member in row.dimensions.items() if code not in columns)
        )
    return pa.table(columns, schema=wanted)


def _completed(table: pa.Table, wanted: pa.Schema) -> pa.Table:
    extra = set(table.column_names) - set(wanted.names)
    if extra:
        raise ConfigurationError(f"a table of figures has columns the warehouse does not know: {sorted(extra)}")
    columns = []
    for column in wanted:
        if column.name not in table.column_names:
            filler = "" if column.name in dict(CARRIED) else ALL
            columns.append(_constant(filler, len(table)))
        elif pa.types.is_dictionary(table.schema.field(column.name).type):
            columns.append(table[column.name])
        else:
            columns.append(table[column.name].cast(column.type))
    return pa.table(columns, names=wanted.names)


def _constant(text: str, length: int) -> pa.Array:
    positions = pa.array(np.zeros(length, dtype=np.int32))
    return pa.DictionaryArray.from_arrays(positions, pa.array([text], pa.string()))
