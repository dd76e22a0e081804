"""Plans of the sample province: one target a year per place, near to what was to be expected."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np
import pyarrow as pa

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Indicator
from connectors.sample_grid import Floats, Grid, calendar, matching, picked, repeated
from connectors.sample_recipes import Recipes
from connectors.sample_values import Province

PLAN_SOURCE = "Chỉ tiêu kế hoạch năm (số liệu minh họa)"


def plan_rows(entry: Indicator, province: Province, recipes: Recipes, catalogue: Catalogue) -> pa.Table:
    """Yearly targets of one indicator (per school year where it is kept so), kind ``plan``; those of computed indicators
    stand in ``ratio_plans``."""
    random = np.random.default_rng([province.seed, crc32(f"plan {entry.code}".encode())])
    if entry.kept is None:
        places = _ratio_places(entry, catalogue)
        periods = calendar("school_year" if entry.grain == "school_year" else "year", province.today)
        first, last = recipes.ratio_plans[entry.code]
        targets = np.repeat(np.linspace(first, last, len(periods))[None, :], len(places), axis=0)
        targets = np.round(targets, entry.decimals)
    else:
        grid, values = province.figures(entry.code)
        places, totals = _gathered(grid, values, catalogue, province.today)
        periods = calendar("school_year" if entry.kept.grain == "school_year" else "year", province.today)
        yearly = np.stack([_in_year(grid, totals, period.start, period.end) for period in periods], axis=1)
        recipe = recipes.recipe(entry.code, entry.unit)
        lift = recipe.plan * np.exp(0.015 * random.standard_normal(yearly.shape))
        targets = np.minimum(_round_target(yearly * lift, entry.decimals), recipe.high or np.inf)
    place = np.repeat(np.arange(len(places)), len(periods))
    period = np.tile(np.arange(len(periods)), len(places))
    starts = np.array([period.start for period in periods], dtype="datetime64[D]")
    ends = np.array([period.end for period in periods], dtype="datetime64[D]")
    return pa.table(
        {
            "indicator": repeated(entry.code, len(place)),
            "place": picked(places, place),
            "grain": repeated(periods[0].grain, len(place)),
            "period_start": pa.array(starts[period]),
            "period_end": pa.array(ends[period]),
            "kind": repeated("plan", len(place)),
            "value": pa.array(targets[place, period]),
            "as_of": pa.array(starts[period]),
            "source": repeated(PLAN_SOURCE, len(place)),
            "preliminary": pa.array(np.zeros(len(place), dtype=bool)),
        }
    )


def _ratio_places(entry: Indicator, catalogue: Catalogue) -> tuple[str, ...]:
    """Where a computed indicator has a target: the province, and the agencies its parts are kept at."""
    kept = [catalogue.indicators[part].kept for part in catalogue.parts(entry.code)]
    province = catalogue.province.code
    if any(part is not None and part.place == "agency" for part in kept):
        return (province, *catalogue.agencies)
    return (province,)


def _gathered(grid: Grid, values: Floats, catalogue: Catalogue, today: date) -> tuple[tuple[str, ...], Floats]:
    """[place, period] over all members; facilities and communes added up to their districts."""
    totals = values[:, matching(grid, {}), :].sum(axis=1)
    assert grid.indicator.kept is not None
    kind = grid.indicator.kept.place
    if not (kind.startswith("facility:") or kind == "commune"):
        return grid.places, totals
    districts = catalogue.children(catalogue.province.code, "district", today)
    inside = np.array(
        [[code in (place, *catalogue.ancestors(place)) for place in grid.places] for code in districts], dtype=float
    )
    return districts, inside @ totals


def _in_year(grid: Grid, totals: Floats, start: date, end: date) -> Floats:
    """What a year comes to: the sum of its flows, the last of its stocks and running totals, the mean of its rates."""
    columns = [number for number, period in enumerate(grid.periods) if start <= period.start and period.end <= end]
    inside = totals[:, columns or [0]]
    rule = grid.indicator.adds.time
    if rule == "sum":
        return np.asarray(inside.sum(axis=1))
    return np.asarray(inside[:, -1] if rule == "last" else inside.mean(axis=1))


def _round_target(values: Floats, decimals: int) -> Floats:
    """Targets are round figures: two or three leading digits for whole numbers."""
    if decimals:
        return np.asarray(np.round(values, decimals))
    digits = np.floor(np.log10(np.maximum(np.abs(values), 1.0)))
    step = 10.0 ** np.maximum(digits - 2, 0)
    return np.asarray(np.round(values / step) * step)
