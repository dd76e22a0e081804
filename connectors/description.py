"""What a description of a table may say. What its keys mean stands at the top of ``gso.yml`` and ``gso_provinces.yml``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Suspect(Strict):
    """Rows of an item that somebody already doubts."""

    reason: str
    years: tuple[int, ...] = ()
    jump: float | None = None
    zero: bool = False


class StandIn(Strict):
    """Item whose value is taken where one is empty, in periods before ``before`` ("2019-03")."""

    item: str
    before: str


class Item(Strict):
    """What one item of a table means."""

    indicator: str | None = None
    dimensions: dict[str, str] | None = None
    scale: float | None = None
    suspect: tuple[Suspect, ...] = ()
    since: str = ""
    """First period the item means this in ("2019-03"); rows before it are not read."""
    instead: StandIn | None = None
    may_fall: bool = False
    """Of totals since January: a fall is no mistake, what is counted may be taken back."""


class Series(Strict):
    """One table of the file, by its name and unit."""

    table: str
    unit: str
    grain: Literal["month", "year", "school_year"]
    as_of: str
    """ "12-31", or ``end`` for the last day of the period."""
    indicator: str | None = None
    scale: float = 1
    running: bool = False
    """Values are totals since January."""
    dimensions: dict[str, str] = {}
    items: dict[str, Item]


class Columns(Strict):
    """Names of the file's columns by the part they play; what all rows share stands under ``constant`` instead."""

    domain: str | None = None
    table: str | None = None
    unit: str | None = None
    place: str | tuple[str, ...]
    """Several columns are read as one name ("Huyện", "Châu Đức")."""
    within: str | tuple[str, ...] = ()
    """Area that the place lies in, where a name alone is not enough."""
    year: str | None = None
    item: str | None = None
    value: str | None = None
    preliminary: str | None = None
    estimate: str | None = None
    """A value that still equals its estimate is preliminary."""

    @property
    def all(self) -> set[str]:
        """Every column named."""
        named: set[str] = set()
        for value in self.model_dump().values():
            named |= set(value) if isinstance(value, tuple) else {value} - {None}
        return named


class Join(Strict):
    """A second CSV beside the table, whose columns are added to each row."""

    file: str
    by: str
    """Column that both have."""


class File(Strict):
    encoding: str = "utf-8"
    columns: Columns
    constant: dict[Literal["domain", "table", "unit", "year"], str] = {}
    join: Join | None = None
    wide: tuple[str, ...] = ()
    """Columns that hold values, each of them an item."""
    only: dict[str, tuple[str, ...]] = {}
    """Column to the values it must have for a row to be read."""

    @model_validator(mode="after")
    def complete(self) -> File:
        """Every part is played by a column or a constant; items stand in a column of their own or are columns."""
        for part in ("domain", "table", "unit", "year"):
            if getattr(self.columns, part) is None and part not in self.constant:
                raise ValueError(f"columns: {part} is missing")
        if not self.wide and (self.columns.item is None or self.columns.value is None):
            raise ValueError("columns: item and value are missing, or wide")
        return self


class Place(Strict):
    """Either rows of one ``value`` for one ``area``, or all rows whose place bears the name of an area."""

    value: str = ""
    area: str = ""
    kinds: tuple[Literal["country", "region", "province", "district", "commune"], ...] = ()
    """Kinds of area that names are looked for among."""
    names: dict[str, str] = {}
    """The file's spelling of a name to the area it means."""
    day: date | None = None
    """Day on which the areas exist; None: whenever."""
    within: str = ""
    """Only areas inside this one."""
    total: str = ""
    """Area that all areas of the kinds are added up for, where none of them is missing."""

    @model_validator(mode="after")
    def complete(self) -> Place:
        if bool(self.area) == bool(self.kinds):
            raise ValueError("place: needs either value and area, or kinds")
        return self


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
    own: str = ""
    """Area that rules about single years were written for; empty: all."""


def read_description(file: Path, catalogue: Catalogue) -> Description:
    """Raises ConfigurationError ("FILE: entry TABLE / ITEM: …") where it is wrong or names what the catalogue lacks."""
    try:
        description = Description.model_validate(_raw(file))
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
    place = description.place
    for area in filter(None, (place.area, place.within, place.total, *place.names.values())):
        if not catalogue.is_place(area):
            raise ConfigurationError(f"{file.name}: place {area} is not in the catalogue")
    for series in description.series:
        for name, item in series.items.items():
            code = item.indicator or series.indicator
            if code not in catalogue.indicators:
                raise ConfigurationError(
                    f"{file.name}: entry {series.table} / {name}: indicator {code} is not in the catalogue"
                )
    return description


def _raw(file: Path) -> Any:
    """The description with what it leaves to the one it is ``like``."""
    raw: Any = read_yaml(file)
    if not isinstance(raw, dict) or "like" not in raw:
        return raw
    other: Any = yaml.safe_load((file.parent / raw.pop("like")).read_text(encoding="utf-8"))
    own = other.get("own") or other["place"].get("area", "")
    return {**{key: value for key, value in other.items() if key not in ("file", "place")}, "own": own, **raw}
