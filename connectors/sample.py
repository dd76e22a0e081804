"""The sample province: a stated fiction, so that a newcomer has something to ask. Bà Rịa - Vũng Tàu with its units of
30 June 2025 carried on, from 2019 to the month before today; every figure is "số liệu minh họa"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Indicator
from assistant.warehouse.layout import SnapshotInfo
from assistant.warehouse.snapshots import build_snapshot, refuse_mixing
from assistant.warehouse.store import Warehouse
from connectors import sample_recipes
from connectors.sample_grid import Floats, Grid, calendar, known, picked, repeated
from connectors.sample_plans import plan_rows
from connectors.sample_recipes import Recipes
from connectors.sample_values import Province

UNITS_OF = date(2025, 6, 30)
"""The last day of the province and its districts; the sample carries the units of this day on."""

MARK = "(số liệu minh họa)"
STAMP = "sample.json"


def load_sample(
    data_dir: Path, catalogue: Catalogue, *, today: date, now: datetime, seed: int | None = None
) -> tuple[SnapshotInfo, ...]:
    """Write all domains' snapshots, unless the folder holds them already for this seed, catalogue and month.

    Raises ConfigurationError where the folder holds real figures or a recipe does not fit the catalogue.
    """
    recipes = sample_recipes.load()
    seed = recipes.seed if seed is None else seed
    frozen = catalogue.as_of(UNITS_OF)
    refuse_mixing(data_dir, frozen, "sample")
    stamp = {
        "seed": seed,
        "catalogue": catalogue.version,
        "month": f"{today:%Y-%m}",
        "recipes": sha256(b"".join(file.read_bytes() for file in sample_recipes.files())).hexdigest()[:12],
    }
    file = data_dir / "warehouse" / STAMP
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) == stamp:
        warehouse = Warehouse(data_dir, frozen)
        kept = [info for domain in frozen.domains if (info := warehouse.current(domain)) is not None]
        if len(kept) == len({entry.domain for entry in frozen.indicators.values() if entry.kept}):
            return tuple(kept)
    infos = tuple(
        build_snapshot(domain, table, frozen, data_dir, origin="sample", illustrative=True, now=now)
        for domain, table in generate(frozen, today, seed)
    )
    file.write_text(json.dumps(stamp), encoding="utf-8")
    return infos


def generate(catalogue: Catalogue, today: date, seed: int | None = None) -> Iterator[tuple[str, pa.Table]]:
    """Each domain with its figures, in the columns of ``warehouse.facts.schema``; the same for the same arguments."""
    recipes = sample_recipes.load()
    frozen = catalogue if catalogue.frozen_on else catalogue.as_of(UNITS_OF)
    province = Province(frozen, recipes, today, recipes.seed if seed is None else seed)
    for domain in frozen.domains:
        entries = [entry for entry in frozen.indicators.values() if entry.domain == domain]
        tables = [actual_rows(*province.figures(entry.code), recipes, frozen, today) for entry in entries if entry.kept]
        tables += [
            plan_rows(entry, province, recipes, frozen)
            for entry in entries
            if entry.has_plan and has_recipe(entry, recipes)
        ]
        if tables:
            yield domain, pa.concat_tables(tables, promote_options="default")


def has_recipe(entry: Indicator, recipes: Recipes) -> bool:
    """Whether its plans can be worked out: it is kept itself, or a computed one with targets of its own."""
    return entry.kept is not None or entry.code in recipes.ratio_plans


def actual_rows(grid: Grid, values: Floats, recipes: Recipes, catalogue: Catalogue, today: date) -> pa.Table:
    """An indicator's figures up to the last complete period, without the gaps; communes with their districts' sums."""
    number = known(grid.periods, grid.indicator, today)
    values = values[:, :, :number].copy()
    values[~grid.holds] = np.nan
    for gap in recipes.gaps:
        if grid.indicator.code in gap.indicators and gap.place in grid.places:
            missing = [gap.first <= f"{period.start:%Y-%m}" <= gap.last for period in grid.periods[:number]]
            values[grid.places.index(gap.place)][:, missing] = np.nan
    tables = [rows_of(grid, grid.places, values)]
    assert grid.indicator.kept is not None
    if grid.indicator.kept.place == "commune" and grid.indicator.adds.area == "sum":
        districts = [
            code for code in catalogue.children(catalogue.province.code, "district", today) if code not in grid.places
        ]
        inside = [
            [row for row, place in enumerate(grid.places) if code in catalogue.ancestors(place)] for code in districts
        ]
        sums = np.stack([_added(values[rows], grid.holds[rows]) for rows in inside])
        tables.append(rows_of(grid, tuple(districts), sums))
    if grid.indicator.adds.time == "never" and grid.periods[0].grain in ("month", "quarter"):
        tables.append(rows_of(*in_years(grid, values, today)))
    return pa.concat_tables(tables)


def in_years(grid: Grid, values: Floats, today: date) -> tuple[Grid, tuple[str, ...], Floats]:
    """Rates that do not add up over time are reported for whole years too, as their mean."""
    years = tuple(year for year in calendar("year", today) if year.end < today.replace(day=1))
    inside = [[number for number, period in enumerate(grid.periods) if year.contains(period)] for year in years]
    means = np.stack([values[:, :, columns].mean(axis=2) for columns in inside], axis=2)
    return replace(grid, periods=years), grid.places, np.round(means, grid.indicator.decimals)


def _added(values: Floats, holds: NDArray[np.bool_]) -> Floats:
    """Sum over places, NaN where one that should be there is missing or none can be."""
    there = np.where(holds[:, :, None], values, 0.0).sum(axis=0)
    there[~holds.any(axis=0)] = np.nan
    return np.asarray(there)


def rows_of(grid: Grid, places: tuple[str, ...], values: Floats) -> pa.Table:
    """All values that are numbers, as rows of kind ``actual``."""
    place, cell, period = np.nonzero(~np.isnan(values))
    columns: dict[str, pa.Array] = {
        "indicator": repeated(grid.indicator.code, len(place)),
        "place": picked(places, place),
    }
    for number, code in enumerate(grid.dimensions):
        columns[code] = picked([members[number] for members in grid.cells], cell)
    ends = np.array([entry.end for entry in grid.periods], dtype="datetime64[D]")
    starts = np.array([entry.start for entry in grid.periods], dtype="datetime64[D]")
    counted = [_as_of(entry.start, entry.end, entry.grain, grid) for entry in grid.periods]
    columns["grain"] = repeated(grid.periods[0].grain, len(place))
    columns["period_start"] = pa.array(starts[period])
    columns["period_end"] = pa.array(ends[period])
    columns["kind"] = repeated("actual", len(place))
    columns["value"] = pa.array(values[place, cell, period])
    columns["as_of"] = pa.array(np.array(counted, dtype="datetime64[D]")[period])
    columns["source"] = repeated(f"{grid.indicator.source} {MARK}", len(place))
    columns["preliminary"] = pa.array(np.zeros(len(place), dtype=bool))
    return pa.table(columns)


def _as_of(start: date, end: date, grain: str, grid: Grid) -> date:
    """A school year's headcounts are taken on 30 September; everything else stands at the end of its period."""
    return date(start.year, 9, 30) if grain == "school_year" and grid.indicator.measure != "flow" else end
