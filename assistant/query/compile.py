"""A block of cells as SQL: Ibis builds the expression and compiles it, values enter as typed literals.

All values are codes of the catalogue and dates of periods; nothing a person typed comes this far.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import ibis
from ibis.expr.types import Table

from assistant.catalogue.models import Rule
from assistant.types import FigureKind, Grain, PlaceKind

ALL = "all"
"""Stands in a dimension's column where a row is not broken down by it."""


class Block(NamedTuple):
    """Rows of one indicator in one cuboid and one grain."""

    domain: str
    columns: tuple[str, ...]
    """All dimension columns of the fact table."""
    indicator: str
    kind: FigureKind
    place_kind: PlaceKind
    kept: tuple[str, ...]
    rolled: tuple[str, ...]
    grain: Grain
    leaves: tuple[str, ...] = ()
    """Places of another kind whose rows count among these."""


class Slice(NamedTuple):
    """What of a block is wanted, and how its rows become one per place, kept dimensions and period."""

    level: str
    """Column of the place table to group by, or ``place`` for rows as stored."""
    places: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    """Per kept dimension the members wanted, sorted."""
    first: date
    """Earliest last day of a period."""
    last: date
    """Latest last day of a period."""
    inner: Rule
    outer: Rule


TEXT, DAY = "string", "date"


def _fact(block: Block) -> Table:
    columns = {"indicator": TEXT, "place": TEXT, "place_kind": TEXT}
    columns |= dict.fromkeys(block.columns, TEXT)
    columns |= {"grain": TEXT, "period_start": DAY, "period_end": DAY, "kind": TEXT, "value": "float64"}
    columns |= {"as_of": DAY, "source": TEXT, "preliminary": "boolean"}
    fact = ibis.table(columns, name="fact", database=block.domain)
    broken_down = {*block.kept, *block.rolled}
    return fact.filter(
        fact.indicator == block.indicator,
        fact.kind == block.kind,
        fact.place_kind == block.place_kind
        if not block.leaves
        else (fact.place_kind == block.place_kind) | fact.place.isin(block.leaves),
        fact.grain == block.grain,
        *[fact[name] != ALL if name in broken_down else fact[name] == ALL for name in block.columns],
    )


def _place(block: Block) -> Table:
    columns = {"code": TEXT, "commune": TEXT, "district": TEXT, "province": TEXT}
    return ibis.table(columns, name="place", database=block.domain)


def _together(table: Table, keys: list[str], rule: Rule, rows: Any) -> Table:
    value = table.value.mean() if rule == "mean" else table.value.sum()
    return table.group_by(keys).aggregate(
        value=value,
        rows=rows,
        as_of=table.as_of.max(),
        source=table.source.min(),
        other_source=table.other_source.max(),
        preliminary=table.preliminary.any(),
    )


@lru_cache(maxsize=512)
def figures_sql(block: Block, slice_: Slice) -> str:
    """SQL giving ``(place, *kept, period_start, period_end, value, rows, as_of, source, other_source, preliminary)``.

    One row per place of the level, members and period; ``rows`` says how many stored rows it is made of.
    """
    fact = _fact(block)
    fact = fact.filter(
        fact.period_end.between(slice_.first, slice_.last),
        *[fact[name].isin(members) for name, members in zip(block.kept, slice_.members, strict=True)],
    )
    fact = fact.mutate(other_source=fact.source)
    by = [*block.kept, "period_start", "period_end"]
    columns = [*by, "value", "rows", "as_of", "source", "other_source", "preliminary"]
    if slice_.level == "place":
        fact = fact.filter(fact.place.isin(slice_.places))
        result = _together(fact, ["place", *by], slice_.inner, fact.count())
        return _text(result.select("place", *columns))
    place = _place(block)
    joined = fact.join(place, fact.place == place.code)
    joined = joined.filter(joined[slice_.level].isin(slice_.places))
    if not block.rolled or slice_.inner == slice_.outer == "sum":
        result = _together(joined, [slice_.level, *by], slice_.outer, joined.count())
    else:
        each = _together(joined, ["place", slice_.level, *by], slice_.inner, joined.count())
        result = _together(each, [slice_.level, *by], slice_.outer, each.rows.sum())
    return _text(result.select(slice_.level, *columns))


@lru_cache(maxsize=512)
def lifetimes_sql(block: Block) -> str:
    """SQL giving ``(place, commune, district, province, *kept, *rolled, first_start, first_end, last_end)``.

    One row per place and combination of members: from when to when it was reported in this cuboid and grain.
    """
    fact = _fact(block)
    place = _place(block)
    names = [*block.kept, *block.rolled]
    each = fact.group_by(["place", *names]).aggregate(
        first_start=fact.period_start.min(), first_end=fact.period_end.min(), last_end=fact.period_end.max()
    )
    joined = each.join(place, each.place == place.code)
    columns = ["place", "commune", "district", "province", *names, "first_start", "first_end", "last_end"]
    return _text(joined.select(*columns))


def _text(expression: Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))
