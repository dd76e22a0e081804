"""A block of cells as SQL: Ibis builds the expression and compiles it, once for each form a question can take.

Values (codes of the catalogue, dates of periods) are no part of the SQL text: the session binds them, typed, to the
variables that ``variable`` reads. So compiling costs nothing after the first question of a form, and nothing a person
typed can become SQL. An engine without variables would be given literals in their place.
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

TEXT, DAY = "string", "date"


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

    @property
    def form(self) -> Form:
        """What of the block its SQL depends on."""
        return Form(self.domain, self.columns, self.kept, self.rolled, bool(self.leaves))

    def values(self) -> dict[str, Any]:
        """What its SQL reads from variables."""
        values: dict[str, Any] = {"indicator": self.indicator, "kind": self.kind, "grain": self.grain}
        values["place_kind"] = self.place_kind
        return {**values, "leaves": list(self.leaves)} if self.leaves else values


class Form(NamedTuple):
    """The form of a block: which columns are compared, grouped and added up, whatever the values."""

    domain: str
    columns: tuple[str, ...]
    kept: tuple[str, ...]
    rolled: tuple[str, ...]
    leaves: bool


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

    def values(self) -> dict[str, Any]:
        """What its SQL reads from variables."""
        members = {f"members_{number}": list(wanted) for number, wanted in enumerate(self.members)}
        return {"places": list(self.places), "first": self.first, "last": self.last, **members}


@ibis.udf.scalar.builtin(name="getvariable", signature=(("string",), "string"))
def _text_variable(variable): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="getvariable", signature=(("string",), "date"))
def _day_variable(variable): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="getvariable", signature=(("string",), "array<string>"))
def _list_variable(variable): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="list_contains", signature=(("array<string>", "string"), "boolean"))
def _contains(options, value): ...  # type: ignore[no-untyped-def]


def _within(column: Any, variable: str) -> Any:
    return _contains(_list_variable(variable), column)


def _fact(form: Form) -> Table:
    columns = {"indicator": TEXT, "place": TEXT, "place_kind": TEXT}
    columns |= dict.fromkeys(form.columns, TEXT)
    columns |= {"grain": TEXT, "period_start": DAY, "period_end": DAY, "kind": TEXT, "value": "float64"}
    columns |= {"as_of": DAY, "source": TEXT, "preliminary": "boolean"}
    fact = ibis.table(columns, name="fact", database=form.domain)
    broken_down = {*form.kept, *form.rolled}
    right_place = fact.place_kind == _text_variable("place_kind")
    return fact.filter(
        fact.indicator == _text_variable("indicator"),
        fact.kind == _text_variable("kind"),
        fact.grain == _text_variable("grain"),
        right_place | _within(fact.place, "leaves") if form.leaves else right_place,
        *[fact[name] != ALL if name in broken_down else fact[name] == ALL for name in form.columns],
    )


def _place(form: Form) -> Table:
    columns = {"code": TEXT, "commune": TEXT, "district": TEXT, "province": TEXT}
    return ibis.table(columns, name="place", database=form.domain)


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
def figures_sql(form: Form, level: str, inner: Rule, outer: Rule) -> str:
    """SQL giving ``(place, *kept, period_end, value, rows, as_of, source, other_source, preliminary)``.

    One row per place of the level, members and period; ``rows`` says how many stored rows it is made of. Reads the
    variables of ``Block.values`` and ``Slice.values``.
    """
    fact = _fact(form)
    fact = fact.filter(
        fact.period_end.between(_day_variable("first"), _day_variable("last")),
        *[_within(fact[name], f"members_{number}") for number, name in enumerate(form.kept)],
    )
    fact = fact.mutate(other_source=fact.source)
    by = [*form.kept, "period_end"]
    columns = [*by, "value", "rows", "as_of", "source", "other_source", "preliminary"]
    if level == "place":
        fact = fact.filter(_within(fact.place, "places"))
        result = _together(fact, ["place", *by], inner, fact.count())
        return _text(result.select("place", *columns))
    place = _place(form)
    joined = fact.join(place, fact.place == place.code)
    joined = joined.filter(_within(joined[level], "places"))
    if not form.rolled or inner == outer == "sum":
        result = _together(joined, [level, *by], outer, joined.count())
    else:
        each = _together(joined, ["place", level, *by], inner, joined.count())
        result = _together(each, [level, *by], outer, each.rows.sum())
    return _text(result.select(level, *columns))


@lru_cache(maxsize=512)
def lifetimes_sql(form: Form) -> str:
    """SQL giving ``(place, commune, district, province, *kept, *rolled, first_start, first_end, last_end)``.

    One row per place and combination of members: from when to when it was reported in this cuboid and grain. Reads
    the variables of ``Block.values``.
    """
    fact = _fact(form)
    place = _place(form)
    names = [*form.kept, *form.rolled]
    each = fact.group_by(["place", *names]).aggregate(
        first_start=fact.period_start.min(), first_end=fact.period_end.min(), last_end=fact.period_end.max()
    )
    joined = each.join(place, each.place == place.code)
    columns = ["place", "commune", "district", "province", *names, "first_start", "first_end", "last_end"]
    return _text(joined.select(*columns))


def _text(expression: Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))
