"""Places × members × periods of one indicator of the sample province, and moving figures from one grid to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Indicator
from assistant.errors import ConfigurationError
from assistant.types import Grain, Period
from assistant.warehouse.facts import ALL
from connectors.sample_recipes import Recipe, Recipes

Floats = NDArray[np.float64]
MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FIRST_YEAR = 2019
MOST_CELLS = 260_000
"""Above this many values an indicator keeps each dimension by itself instead of all of them crossed."""


@dataclass(frozen=True)
class Grid:
    """The cells of one indicator; ``holds`` says which members a place can have."""

    indicator: Indicator
    places: tuple[str, ...]
    dimensions: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    """Members in the order of ``dimensions``; ``all`` where not broken down."""
    holds: NDArray[np.bool_]
    """[place, cell]"""
    periods: tuple[Period, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.places), len(self.cells), len(self.periods)


def calendar(grain: Grain, today: date) -> tuple[Period, ...]:
    """Periods from the first year to the end of the current year (school year), in order."""
    if grain == "school_year":
        last = today.year if (today.month, today.day) >= (9, 1) else today.year - 1
        return tuple(
            Period(grain=grain, start=date(year, 9, 1), end=date(year + 1, 8, 31))
            for year in range(FIRST_YEAR - 1, last + 1)
        )
    if grain not in MONTHS:
        raise ConfigurationError(f"the sample province keeps no figures by {grain}")
    starts = [
        date(year, month, 1) for year in range(FIRST_YEAR, today.year + 1) for month in range(1, 13, MONTHS[grain])
    ]
    ends = [start - timedelta(days=1) for start in [*starts[1:], date(today.year + 1, 1, 1)]]
    return tuple(Period(grain=grain, start=start, end=end) for start, end in zip(starts, ends, strict=True))


def known(periods: tuple[Period, ...], indicator: Indicator, today: date) -> int:
    """How many of the periods have figures: the complete ones up to the month before today; a school year's
    headcounts from October on."""
    this_month = today.replace(day=1)
    if periods and periods[0].grain == "school_year" and indicator.measure != "flow":
        return sum(date(period.start.year, 10, 1) <= this_month for period in periods)
    return sum(period.end < this_month for period in periods)


def make_grid(indicator: Indicator, recipe: Recipe, recipes: Recipes, catalogue: Catalogue, today: date) -> Grid:
    """The grid of an indicator as the catalogue says it is kept.

    Raises ConfigurationError where it is kept at a place or grain that the sample province cannot have.
    """
    assert indicator.kept is not None
    places = _places(indicator.kept.place, recipe, catalogue, today)
    if not places:
        raise ConfigurationError(f"entry {indicator.code}: no place is of the kind '{indicator.kept.place}'")
    periods = calendar(indicator.kept.grain, today)
    dimensions = tuple(indicator.adds.dimensions)
    choices = [_members(code, indicator, recipe, catalogue) for code in dimensions]
    cells = tuple(product(*choices))
    holds = _holds(places, dimensions, cells, recipes, catalogue)
    if len(periods) * int(holds.sum()) > MOST_CELLS:
        whole = (ALL,) * len(dimensions)
        alone = [
            (*whole[:number], member, *whole[number + 1 :])
            for number, members in enumerate(choices)
            for member in members
            if member != ALL
        ]
        cells = (whole, *alone)
        holds = _holds(places, dimensions, cells, recipes, catalogue)
    return Grid(indicator, places, dimensions, cells, holds, periods)


def _places(kind: str, recipe: Recipe, catalogue: Catalogue, today: date) -> tuple[str, ...]:
    province = catalogue.province.code
    if kind == "province":
        return (province,)
    found = catalogue.children(province, kind, today)
    if kind == "commune":
        above = {area for place in found for area in catalogue.ancestors(place)}
        return (*found, *(area for area in catalogue.children(province, "district", today) if area not in above))
    if not recipe.only or not kind.startswith("facility:"):
        return found
    return tuple(
        place
        for place in found
        if all(catalogue.facilities[place].dimensions.get(code) in members for code, members in recipe.only.items())
    )


def _members(code: str, indicator: Indicator, recipe: Recipe, catalogue: Catalogue) -> tuple[str, ...]:
    """Members of a dimension, without those of weight 0; with ``all`` in front where they do not add up."""
    weights = recipe.by.get(code, {})
    members = tuple(member.code for member in catalogue.dimensions[code].members if weights.get(member.code) != 0)
    return members if indicator.adds.dimensions[code] == "sum" else (ALL, *members)


def _holds(
    places: tuple[str, ...],
    dimensions: tuple[str, ...],
    cells: tuple[tuple[str, ...], ...],
    recipes: Recipes,
    catalogue: Catalogue,
) -> NDArray[np.bool_]:
    holds = np.ones((len(places), len(cells)), dtype=np.bool_)
    for row, place in enumerate(places):
        own = own_members(place, recipes, catalogue)
        for number, code in enumerate(dimensions):
            if code in own:
                holds[row] &= [cell[number] in (*own[code], ALL) for cell in cells]
    return holds


def own_members(place: str, recipes: Recipes, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Members a place has by being what it is: a school its level, a sở its fields, a ward its being urban."""
    if place in catalogue.facilities:
        own = catalogue.facilities[place].dimensions
        return {code: recipes.teaches.get(member, (member,)) for code, member in own.items()}
    if place in recipes.fields:
        return {"procedure_field": recipes.fields[place]}
    area = catalogue.areas.get(place)
    if area is not None and area.kind == "commune" and area.type_name in recipes.residence:
        return {"residence": (recipes.residence[area.type_name],)}
    return {}


def cell_weights(grid: Grid, by: dict[str, dict[str, float]], *, relative: bool) -> Floats:
    """[place, cell] how a place's value is split over its cells: shares adding to 1 over dimensions that add up, factors
    around 1 over those that do not; with ``relative`` factors throughout."""
    weights = np.ones((len(grid.cells), len(grid.dimensions)))
    for number, code in enumerate(grid.dimensions):
        table = by.get(code, {})
        weights[:, number] = [1.0 if cell[number] == ALL else table.get(cell[number], 1.0) for cell in grid.cells]
    result = np.where(grid.holds, weights.prod(axis=1)[None, :], 0.0)
    if relative:
        return result
    adding = [number for number, code in enumerate(grid.dimensions) if grid.indicator.adds.dimensions[code] == "sum"]
    other = [number for number in range(len(grid.dimensions)) if number not in adding]
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, cell in enumerate(grid.cells):
        shown = tuple(cell[number] == ALL for number in adding)
        groups.setdefault((shown, tuple(cell[number] for number in other)), []).append(position)
    for positions in groups.values():
        total = result[:, positions].sum(axis=1, keepdims=True)
        scale = np.prod([weights[positions[0], number] for number in other]) if other else 1.0
        result[:, positions] = np.divide(
            result[:, positions] * scale, total, out=np.zeros_like(result[:, positions]), where=total > 0
        )
    return result


def moved(values: Floats, source: Grid, target: Grid, recipe: Recipe, catalogue: Catalogue) -> Floats:
    """The source's values on the target's cells: added up over places, members and periods the target does not tell
    apart, split by weight over members that only the target has.

    Raises ConfigurationError where the target is finer than its source in place or time.
    """
    places = np.array(
        [[place == inner or place in catalogue.ancestors(inner) for inner in source.places] for place in target.places],
        dtype=float,
    )
    if not places.any(axis=1).all():
        places = _by_kinship(source, target, catalogue)
    periods = _time_matrix(source, target)
    gathered = np.einsum("qp,pct,ts->qcs", places, values, periods, optimize=True)
    result = np.zeros(target.shape)
    for position, cell in enumerate(target.cells):
        wanted = {**recipe.where, **dict(zip(target.dimensions, cell, strict=True))}
        result[:, position, :] = gathered[:, matching(source, wanted), :].sum(axis=1)
    extra = [number for number, code in enumerate(target.dimensions) if code not in source.dimensions]
    if extra:
        result *= _extra_share(target, cell_weights(target, recipe.by, relative=False), extra)[:, :, None]
    return np.where(target.holds[:, :, None], result, 0.0)


def matching(source: Grid, wanted: dict[str, str]) -> list[int]:
    """Positions of the source's cells that together are the wanted one."""
    found = list(range(len(source.cells)))
    for number, code in enumerate(source.dimensions):
        kept_whole = any(source.cells[position][number] == ALL for position in found)
        member = wanted.get(code, ALL)
        if member != ALL or kept_whole:
            found = [position for position in found if source.cells[position][number] == member]
    return found


def _extra_share(target: Grid, weights: Floats, extra: list[int]) -> Floats:
    """[place, cell] a cell's part among those that differ from it only in dimensions its source lacks."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, cell in enumerate(target.cells):
        key = tuple(ALL if number in extra else member for number, member in enumerate(cell))
        groups.setdefault(key, []).append(position)
    share = np.zeros_like(weights)
    for positions in groups.values():
        total = weights[:, positions].sum(axis=1, keepdims=True)
        share[:, positions] = np.divide(
            weights[:, positions], total, out=np.zeros_like(weights[:, positions]), where=total > 0
        )
    return share


def _by_kinship(source: Grid, target: Grid, catalogue: Catalogue) -> Floats:
    """[target, source] for targets that lie inside or beside the source's places: an even part of the one they share."""
    lines = {place: {place, *catalogue.ancestors(place)} for place in (*source.places, *target.places)}
    matrix = np.array(
        [[other in lines[place] or place in lines[other] for other in source.places] for place in target.places],
        dtype=float,
    )
    if not matrix.any(axis=1).all():
        raise ConfigurationError(
            f"entry {target.indicator.code}: its places have nothing in common with those of {source.indicator.code}"
        )
    return np.asarray(matrix / np.maximum(matrix.sum(axis=0, keepdims=True), 1.0))


def _time_matrix(source: Grid, target: Grid) -> Floats:
    matrix = np.zeros((len(source.periods), len(target.periods)))
    for column, period in enumerate(target.periods):
        if source.indicator.measure == "flow":
            rows = [row for row, part in enumerate(source.periods) if period.contains(part)]
            if not rows:
                rows = [row for row, whole in enumerate(source.periods) if whole.start <= period.start <= whole.end]
        else:
            rows = [row for row, stand in enumerate(source.periods) if stand.start <= period.end][-1:]
        matrix[rows or [0], column] = 1.0
    return matrix


def picked(names: tuple[str, ...] | list[str], positions: NDArray[np.intp]) -> pa.Array:
    """A column of names by position."""
    return pa.DictionaryArray.from_arrays(pa.array(positions, pa.int32()), pa.array(names, pa.string()))


def repeated(name: str, number: int) -> pa.Array:
    """A column of one name."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(number, dtype=np.int32)), pa.array([name], pa.string()))
