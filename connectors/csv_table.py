"""A CSV (one row per table, item and period, or one column per item) and its description → rows of figures, doubtful
ones with their reason.

What the keys of a description mean stands at the top of ``gso.yml`` and ``gso_provinces.yml``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant import wordings
from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from assistant.types import Grain
from assistant.warehouse.checks import rules
from assistant.warehouse.facts import FactRow
from connectors.description import Description, Item, Series
from connectors.places import Places

Key = tuple[str, str, str]
"""Table, unit and item: one series of the file."""


@dataclass
class Reading:
    """What a file held."""

    rows: list[FactRow] = field(default_factory=list)
    """Rows of described series, those in doubt included."""
    read: int = 0
    """Data rows in the file."""
    other_places: int = 0
    """Rows about places that are not wanted, or that no area of the catalogue is called."""
    mapped: set[Key] = field(default_factory=set)
    unmapped: set[Key] = field(default_factory=set)
    """Series of a described domain that the description does not explain."""
    waiting: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    """The file's name of a domain that nobody described yet, to its series."""
    repeated: int = 0
    """Rows that say again what another table said."""
    series: dict[str, Key] = field(default_factory=dict)
    """Reference of a row to the series it belongs to."""
    same: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    """A series that repeats others, to the references of the rows that stand for it."""


RUNNING: dict[int, Grain] = {3: "quarter", 6: "half", 12: "year"}
"""Month up to which a running total is the figure of a longer period."""

Lines = dict[tuple[str, Key], list[FactRow]]
"""Place and series to its rows."""


def read_table(file: Path, description: Description, catalogue: Catalogue) -> Reading:
    """All rows of a file, sorted by what the description says of them.

    Raises ConfigurationError where a file cannot be read or lacks a described column.
    """
    known = {
        (series.table, series.unit, name): (series, item)
        for series in description.series
        for name, item in series.items.items()
    }
    places = Places(description.place, catalogue)
    reading = Reading()
    found: Lines = defaultdict(list)
    for number, raw in _lines(file, description):
        reading.read += 1
        wanted = all(raw[column] in values for column, values in description.file.only.items())
        place = _place(raw, description, places) if wanted else ""
        if not place:
            reading.other_places += 1
            continue
        for item, column in _items(raw, description):
            key = (_said(raw, description, "table"), _said(raw, description, "unit"), item)
            domain = _said(raw, description, "domain")
            if domain not in description.domains:
                reading.waiting[domain].add(key)
            elif key not in known:
                reading.unmapped.add(key)
            elif (value := _value(raw, column, known[key][1], description)) is not None:
                reference = f"{file.name}, dòng {number}" + (f", cột {column}" if description.file.wide else "")
                row = _row(raw, value, place, *known[key], description, reference)
                found[place, key].append(row)
                reading.mapped.add(key)
                reading.series[reference] = key
    for (place, key), rows in found.items():
        series, meaning = known[key]
        rows = list(_suspected(rows, meaning, description.own in ("", place)))
        found[place, key] = list(_apart(rows, meaning, reading.series)) if series.running else rows
    _mark_shifts(found)
    _add_totals(found, description, catalogue, reading.series)
    _keep_once(found, description.agree.tolerance, reading)
    return reading


def _lines(file: Path, description: Description) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each row, those of the joined table included."""
    told = description.file
    joined: dict[str, dict[str, str]] = {}
    try:
        if told.join:
            with (file.parent / told.join.file).open(encoding=told.encoding, newline="") as stream:
                joined = {raw[told.join.by]: raw for raw in csv.DictReader(stream)}
        with file.open(encoding=told.encoding, newline="") as stream:
            reader = csv.DictReader(stream)
            there = set(reader.fieldnames or ()) | {name for raw in list(joined.values())[:1] for name in raw}
            missing = sorted({*told.columns.all, *told.wide, *told.only} - there)
            if missing:
                raise ConfigurationError(f"{file.name}: has no column {', '.join(missing)}")
            for number, raw in enumerate(reader, start=2):
                line = {**joined.get(raw[told.join.by], {}), **raw} if told.join else raw
                yield number, line
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error


def _place(raw: dict[str, str], description: Description, places: Places) -> str:
    columns = description.file.columns
    named, around = (
        tuple(raw[name] for name in ((part,) if isinstance(part, str) else part))
        for part in (columns.place, columns.within)
    )
    return places.find(named, around)


def _said(raw: dict[str, str], description: Description, part: Any) -> str:
    """What a row says in the column that plays a part, or what all rows share."""
    column = getattr(description.file.columns, part)
    return raw[column] if column else description.file.constant[part]


def _items(raw: dict[str, str], description: Description) -> list[tuple[str, str]]:
    """Item and column of each value in a row; empty cells of a wide table are no values."""
    told = description.file
    if told.wide:
        return [(column, column) for column in told.wide]
    assert told.columns.item and told.columns.value
    return [(raw[told.columns.item], told.columns.value)]


def _value(raw: dict[str, str], column: str, item: Item, description: Description) -> str | None:
    """The cell; None where the item has no value in this row."""
    period = _said(raw, description, "year").strip()
    if item.since and period < item.since:
        return None
    text = raw[column].strip()
    if not text and item.instead and period < item.instead.before:
        text = raw[item.instead.item].strip()
    return text if text or not description.file.wide else None


def _row(
    raw: dict[str, str], text: str, place: str, series: Series, item: Item, description: Description, reference: str
) -> FactRow:
    names = description.file.columns
    say = wordings.load("warehouse")
    doubt, value, period = "", float("nan"), (date(1, 1, 1), date(1, 1, 1))
    scale = series.scale if item.scale is None else item.scale
    try:
        value = float(Decimal(text) * Decimal(str(scale)))
    except InvalidOperation:
        doubt = say("reasons.text_value", detail=text)
    said = _said(raw, description, "year").strip()
    try:
        period = _period(said, series.grain)
    except ValueError:
        doubt = say("reasons.text_period", detail=said)
    preliminary = bool(names.preliminary) and raw[names.preliminary or ""].strip().lower() in ("1", "true")
    return FactRow(
        indicator=item.indicator or series.indicator or "",
        place=place,
        grain=series.grain,
        start=period[0],
        end=period[1],
        value=value,
        as_of=_as_of(series, period),
        source=description.source.format(table=series.table),
        dimensions=dict(series.dimensions if item.dimensions is None else item.dimensions),
        preliminary=preliminary or (names.estimate is not None and raw[names.estimate].strip() == text),
        reference=reference,
        doubt=doubt,
    )


def _as_of(series: Series, period: tuple[date, date]) -> date:
    if series.as_of == "end":
        return period[1]
    month, day = (int(part) for part in series.as_of.split("-"))
    return date(period[1].year if series.grain == "school_year" else period[0].year, month, day)


def _period(text: str, grain: str) -> tuple[date, date]:
    """First and last day of "2015", "2014-2015" or "2015-03"; raises ValueError for anything else."""
    if grain == "year":
        return date(int(text), 1, 1), date(int(text), 12, 31)
    first, _, last = text.partition("-")
    if grain == "month":
        return date(int(first), int(last), 1), _month_end(int(first), int(last))
    if int(last) != int(first) + 1:
        raise ValueError(text)
    return date(int(first), 9, 1), date(int(last), 8, 31)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _suspected(rows: list[FactRow], item: Item, own: bool) -> Iterator[FactRow]:
    """The rows in order of time, with what the description doubts; single years only of the place it was written for."""
    rows = sorted(rows, key=lambda row: row.start)
    changed = ""
    for position, row in enumerate(rows):
        doubt = row.doubt
        for suspect in item.suspect:
            before = rows[position - 1].value if position else row.value
            if suspect.jump and before > 0 and row.value > 0:
                factor = max(row.value / before, before / row.value)
                changed = suspect.reason if factor >= suspect.jump else changed
            if (own and row.start.year in suspect.years) or (suspect.zero and row.value == 0):
                doubt = doubt or suspect.reason
        yield replace(row, doubt=doubt or changed)


def _apart(rows: list[FactRow], item: Item, series: dict[str, Key]) -> Iterator[FactRow]:
    """Totals since January taken apart into months; those up to March, June and December stand for longer periods too.

    A month is known where the total of the month before is, and in January.
    """
    say = wordings.load("warehouse")
    totals = {(row.start.year, row.start.month): row for row in rows if not row.doubt}
    for row in rows:
        year, month = row.start.year, row.start.month
        before = totals.get((year, month - 1))
        if row.doubt or month == 1:
            yield row
        elif before is not None:
            fell = row.value < before.value and not item.may_fall
            doubt = say("reasons.running", detail=f"{before.value:.10g} → {row.value:.10g}") if fell else ""
            yield replace(row, value=round(row.value - before.value, 6), doubt=doubt)
        if not row.doubt and month in RUNNING:
            reference = f"{row.reference}, lũy kế"
            series[reference] = series[row.reference]
            yield replace(row, grain=RUNNING[month], start=date(year, 1, 1), reference=reference)


def _mark_shifts(found: Lines) -> None:
    """Doubt a value that stood in another item of its table for years and moved: there it is missing or another now."""
    run = int(rules()["shift_run"])
    say = wordings.load("warehouse")
    tables: dict[tuple[str, str, str], list[tuple[str, Key]]] = defaultdict(list)
    for place, (table, unit, item) in found:
        tables[place, table, unit].append((place, (table, unit, item)))
    for lines in tables.values():
        by_year = {line: {row.start.year: row.value for row in found[line]} for line in lines}
        for line in lines:
            for position, row in enumerate(found[line]):
                year, own = row.start.year, by_year[line]
                if row.grain == "month" or row.doubt or row.value == 0 or own.get(year - 1) == row.value:
                    continue
                for other in lines:
                    before = [by_year[other].get(year - back) for back in range(1, run + 1)]
                    if other != line and set(before) == {row.value} and by_year[other].get(year) != row.value:
                        reason = say("reasons.shift", detail=f"{row.value:.10g}: {other[1][2]} → {line[1][2]}")
                        found[line][position] = replace(row, doubt=reason)


def _add_totals(found: Lines, description: Description, catalogue: Catalogue, series: dict[str, Key]) -> None:
    """The total of an area, where a sound row stands for every one of its parts."""
    told = description.place
    if not told.total or told.day is None:
        return
    parts = {code for kind in told.kinds for code in catalogue.children(told.total, kind, told.day)}
    for key in dict.fromkeys(key for _, key in found):
        rows = [row for part in parts for row in found.get((part, key), []) if not row.doubt]
        if {row.place for row in rows} == parts and len({row.start for row in rows}) == 1:
            reference = f"{rows[0].reference.partition(',')[0]}, tổng của {len(rows)} đơn vị"
            series[f"{reference}, {key[2]}"] = key
            total = round(sum(row.value for row in rows), 6)
            found[told.total, key] = [
                replace(rows[0], place=told.total, value=total, reference=f"{reference}, {key[2]}")
            ]


def _keep_once(found: Lines, tolerance: float, reading: Reading) -> None:
    """Drop a row that repeats an earlier one within the tolerance; rows that differ more stay, for the warehouse to see."""
    first: dict[tuple[Any, ...], FactRow] = {}
    for (_, key), rows in found.items():
        for row in rows:
            cell = (row.indicator, row.place, tuple(sorted(row.dimensions.items())), row.grain, row.start, row.kind)
            twin = first.setdefault(cell, row)
            if twin is not row and abs(twin.value - row.value) <= tolerance * abs(twin.value):
                reading.repeated += 1
                reading.same[key].add(twin.reference)
                continue
            reading.rows.append(row)
