"""A long CSV (one row per table, item and year) and its description → rows of figures, doubtful ones with their reason.

The description is YAML; what its keys mean stands at the top of ``gso.yml``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import wordings
from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from assistant.warehouse.checks import rules
from assistant.warehouse.facts import FactRow


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Suspect(Strict):
    """Rows of an item that somebody already doubts."""

    reason: str
    years: tuple[int, ...] = ()
    jump: float | None = None


class Item(Strict):
    """What one item of a table means."""

    indicator: str | None = None
    dimensions: dict[str, str] | None = None
    scale: float | None = None
    suspect: tuple[Suspect, ...] = ()


class Series(Strict):
    """One table of the file, by its name and unit."""

    table: str
    unit: str
    grain: Literal["year", "school_year"]
    as_of: str
    indicator: str | None = None
    scale: float = 1
    dimensions: dict[str, str] = {}
    items: dict[str, Item]


class Columns(Strict):
    """Names of the file's columns by the part they play."""

    domain: str
    table: str
    unit: str
    place: str
    year: str
    item: str
    value: str
    preliminary: str


class File(Strict):
    encoding: str = "utf-8"
    columns: Columns


class Place(Strict):
    value: str
    area: str


class Agree(Strict):
    tolerance: float = 0.0
    reason: str = ""


class Description(Strict):
    """The whole description."""

    file: File
    place: Place
    source: str
    origin: Literal["sample", "real"]
    agree: Agree = Agree()
    domains: dict[str, str]
    series: tuple[Series, ...]


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


def read_description(file: Path, catalogue: Catalogue) -> Description:
    """Raises ConfigurationError ("FILE: entry TABLE / ITEM: …") where it is wrong or names what the catalogue lacks."""
    try:
        raw: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        description = Description.model_validate(raw)
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            f"{file.name}: {'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
        ) from error
    for domain in description.domains.values():
        if domain not in catalogue.domains:
            raise ConfigurationError(f"{file.name}: domain {domain} is not in the catalogue")
    if not catalogue.is_place(description.place.area):
        raise ConfigurationError(f"{file.name}: place {description.place.area} is not in the catalogue")
    for series in description.series:
        for name, item in series.items.items():
            code = item.indicator or series.indicator
            if code not in catalogue.indicators:
                raise ConfigurationError(
                    f"{file.name}: entry {series.table} / {name}: indicator {code} is not in the catalogue"
                )
    return description


def read_table(file: Path, description: Description) -> Reading:
    """All rows of a file, sorted by what the description says of them.

    Raises ConfigurationError where the file cannot be read or lacks a described column.
    """
    known = {
        (series.table, series.unit, name): (series, item)
        for series in description.series
        for name, item in series.items.items()
    }
    names = description.file.columns
    reading = Reading()
    found: dict[Key, list[FactRow]] = defaultdict(list)
    try:
        with file.open(encoding=description.file.encoding, newline="") as stream:
            reader = csv.DictReader(stream)
            missing = sorted(set(names.model_dump().values()) - set(reader.fieldnames or ()))
            if missing:
                raise ConfigurationError(f"{file.name}: has no column {', '.join(missing)}")
            for number, raw in enumerate(reader, start=2):
                reading.read += 1
                if raw[names.place] != description.place.value:
                    reading.other_places += 1
                    continue
                key = (raw[names.table], raw[names.unit], raw[names.item])
                if raw[names.domain] not in description.domains:
                    reading.waiting[raw[names.domain]].add(key)
                elif key not in known:
                    reading.unmapped.add(key)
                else:
                    reference = f"{file.name}, dòng {number}"
                    found[key].append(_row(raw, *known[key], description, reference))
                    reading.mapped.add(key)
                    reading.series[reference] = key
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error
    for key, rows in found.items():
        found[key] = list(_suspected(rows, known[key][1]))
    _mark_shifts(found)
    _keep_once(found, description.agree.tolerance, reading)
    return reading


def _row(raw: dict[str, str], series: Series, item: Item, description: Description, reference: str) -> FactRow:
    names = description.file.columns
    say = wordings.load("warehouse")
    doubt, value, period = "", float("nan"), (date(1, 1, 1), date(1, 1, 1))
    scale = series.scale if item.scale is None else item.scale
    try:
        value = float(Decimal(raw[names.value].strip()) * Decimal(str(scale)))
    except InvalidOperation:
        doubt = say("reasons.text_value", detail=raw[names.value])
    try:
        period = _period(raw[names.year].strip(), series.grain)
    except ValueError:
        doubt = say("reasons.text_period", detail=raw[names.year])
    month, day = (int(part) for part in series.as_of.split("-"))
    stands_in = period[1].year if series.grain == "school_year" else period[0].year
    return FactRow(
        indicator=item.indicator or series.indicator or "",
        place=description.place.area,
        grain=series.grain,
        start=period[0],
        end=period[1],
        value=value,
        as_of=date(stands_in, month, day),
        source=description.source.format(table=series.table),
        dimensions=dict(series.dimensions if item.dimensions is None else item.dimensions),
        preliminary=raw[names.preliminary].strip().lower() in ("1", "true"),
        reference=reference,
        doubt=doubt,
    )


def _period(text: str, grain: str) -> tuple[date, date]:
    """First and last day of "2015" or "2014-2015"; raises ValueError for anything else."""
    if grain == "year":
        return date(int(text), 1, 1), date(int(text), 12, 31)
    first, _, last = text.partition("-")
    if int(last) != int(first) + 1:
        raise ValueError(text)
    return date(int(first), 9, 1), date(int(last), 8, 31)


def _suspected(rows: list[FactRow], item: Item) -> Iterator[FactRow]:
    """The rows in order of time, with what the description doubts."""
    rows = sorted(rows, key=lambda row: row.start)
    changed = ""
    for position, row in enumerate(rows):
        doubt = row.doubt
        for suspect in item.suspect:
            before = rows[position - 1].value if position else row.value
            if suspect.jump and before > 0 and row.value > 0:
                factor = max(row.value / before, before / row.value)
                changed = suspect.reason if factor >= suspect.jump else changed
            if row.start.year in suspect.years:
                doubt = doubt or suspect.reason
        yield replace(row, doubt=doubt or changed)


def _mark_shifts(found: dict[Key, list[FactRow]]) -> None:
    """Doubt a value that stood in another item of its table for years and moved: there it is missing or another now."""
    run = int(rules()["shift_run"])
    say = wordings.load("warehouse")
    tables: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in found:
        tables[key[:2]].append(key)
    for keys in tables.values():
        by_year = {key: {row.start.year: row.value for row in found[key]} for key in keys}
        for key in keys:
            for position, row in enumerate(found[key]):
                year, own = row.start.year, by_year[key]
                if row.doubt or row.value == 0 or own.get(year - 1) == row.value:
                    continue
                for other in keys:
                    before = [by_year[other].get(year - back) for back in range(1, run + 1)]
                    if other != key and set(before) == {row.value} and by_year[other].get(year) != row.value:
                        reason = say("reasons.shift", detail=f"{row.value:.10g}: {other[2]} → {key[2]}")
                        found[key][position] = replace(row, doubt=reason)


def _keep_once(found: dict[Key, list[FactRow]], tolerance: float, reading: Reading) -> None:
    """Drop a row that repeats an earlier one within the tolerance; rows that differ more stay, for the warehouse to see."""
    first: dict[tuple[Any, ...], FactRow] = {}
    for key, rows in found.items():
        for row in rows:
            cell = (row.indicator, row.place, tuple(sorted(row.dimensions.items())), row.grain, row.start, row.kind)
            twin = first.setdefault(cell, row)
            if twin is not row and abs(twin.value - row.value) <= tolerance * abs(twin.value):
                reading.repeated += 1
                reading.same[key].add(twin.reference)
                continue
            reading.rows.append(row)
