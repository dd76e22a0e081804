"""The sample province's figures, indicator by indicator: from a recipe and a grid to values that agree with each other."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError
from connectors.sample_grid import FIRST_YEAR, Floats, Grid, cell_weights, make_grid, moved
from connectors.sample_recipes import Recipe, Recipes


class Province:
    """Values of all indicators, each worked out when it is first asked for; the same for the same arguments."""

    def __init__(self, catalogue: Catalogue, recipes: Recipes, today: date, seed: int) -> None:
        self.catalogue = catalogue
        self.recipes = recipes
        self.today = today
        self.seed = seed
        self._made: dict[str, tuple[Grid, Floats]] = {}
        self._making: list[str] = []

    def figures(self, code: str) -> tuple[Grid, Floats]:
        """The grid of an indicator and its values, [place, cell, period], up to the end of the current year.

        Raises ConfigurationError where its recipe is missing, circular, or does not fit how it is kept.
        """
        if code not in self._made:
            if code in self._making:
                raise ConfigurationError(f"sample.yml: entry {code}: depends on itself")
            self._making.append(code)
            self._made[code] = self._make(code)
            self._making.pop()
        return self._made[code]

    def _make(self, code: str) -> tuple[Grid, Floats]:
        entry = self.catalogue.indicators.get(code)
        if entry is None or entry.kept is None:
            raise ConfigurationError(f"sample.yml: entry {code}: the catalogue does not say how it is kept")
        recipe = self.recipes.recipe(code, entry.unit)
        grid = make_grid(entry, recipe, self.recipes, self.catalogue, self.today)
        random = np.random.default_rng([self.seed, crc32(code.encode())])
        if recipe.of is not None:
            values = self._share_of(recipe.of, grid, recipe, random)
        elif recipe.rest is not None:
            whole, part = (self._brought(name, grid, recipe) for name in recipe.rest)
            values = np.asarray(np.round(np.maximum(whole - part, 0.0), entry.decimals), dtype=np.float64)
        elif recipe.works_off is not None:
            values = self._worked_off(self._brought(recipe.works_off, grid, recipe), recipe, random)
        elif recipe.left is not None:
            inflow, outflow = (self._brought(name, grid, recipe) for name in recipe.left)
            values = np.cumsum(inflow - outflow, axis=2)
        elif recipe.count is not None:
            values = self._counted(recipe.count, grid, recipe)
        elif recipe.change is not None:
            values = np.round(self._changes(self._brought(recipe.change, grid, recipe), grid, recipe), entry.decimals)
        else:
            values = self._from_level(grid, recipe, random)
        return grid, np.where(grid.holds[:, :, None], values, 0.0)

    def _brought(self, code: str, grid: Grid, recipe: Recipe) -> Floats:
        source, values = self.figures(code)
        return moved(values, source, grid, recipe, self.catalogue)

    def _from_level(self, grid: Grid, recipe: Recipe, random: np.random.Generator) -> Floats:
        places, _, periods = grid.shape
        apart = np.exp(recipe.spread * random.standard_normal(places))
        if recipe.total is not None:
            weights = self.place_weights(grid.places, recipe.weight) * apart
            level = recipe.total * weights / weights.sum()
        else:
            assert recipe.each is not None
            level = recipe.each * apart
            if any(code in self._own(grid.places[0]) for code in recipe.by):
                level = level * self._own_factor(grid, recipe)
        course = self._trend(grid, recipe) * self._season(grid, recipe)
        noise = np.exp(recipe.noise * random.standard_normal((places, periods)))
        totals = level[:, None] * course[None, :] * noise
        if grid.indicator.measure == "cumulative":
            totals = _run_on(totals, grid)
        values = totals[:, None, :] * self._split(grid, recipe)
        return _rounded(_clipped(values, recipe), grid, random)

    def _own(self, place: str) -> dict[str, str]:
        facility = self.catalogue.facilities.get(place)
        return facility.dimensions if facility else {}

    def _own_factor(self, grid: Grid, recipe: Recipe) -> Floats:
        """How large a facility is by what it is."""
        factors = [
            np.prod([table.get(self._own(place).get(code, ""), 1.0) for code, table in recipe.by.items()])
            for place in grid.places
        ]
        return np.array(factors, dtype=float)

    def _split(self, grid: Grid, recipe: Recipe) -> Floats:
        """[place, cell, period] a place's value on its cells, drifting from the first weights to the last."""
        first = cell_weights(grid, recipe.by, relative=False)
        if not recipe.by_end:
            return first[:, :, None]
        last = cell_weights(grid, {**recipe.by, **recipe.by_end}, relative=False)
        gone = _gone(grid)
        return first[:, :, None] * (1 - gone) + last[:, :, None] * gone

    def _share_of(self, code: str, grid: Grid, recipe: Recipe, random: np.random.Generator) -> Floats:
        whole = self._brought(code, grid, recipe)
        places, cells, periods = grid.shape
        last = recipe.share if recipe.share_to is None else recipe.share_to
        share = recipe.share + (last - recipe.share) * _gone(grid)
        apart = np.exp(recipe.spread * random.standard_normal((places, 1, 1)))
        noise = np.exp(recipe.noise * random.standard_normal((places, cells, periods)))
        exact = recipe.share == last == 1.0 and not recipe.spread and not recipe.noise
        factor = 1.0 if exact else share[None, None, :] * apart * noise * self._season(grid, recipe)
        table = {
            code: weights for code, weights in recipe.by.items() if code in self.figures(recipe.of or "")[0].dimensions
        }
        values = whole * factor * cell_weights(grid, table, relative=True)[:, :, None]
        values = _rounded(_clipped(values, recipe), grid, random)
        if max(recipe.share, last) <= 1.0 and recipe.high is None:
            values = np.minimum(values, whole)
        return values

    def _worked_off(self, inflow: Floats, recipe: Recipe, random: np.random.Generator) -> Floats:
        """What is handled each month out of the month's inflow and what was left before; never more than there is."""
        outflow = np.zeros_like(inflow)
        waiting = np.zeros(inflow.shape[:2])
        apart = np.exp(recipe.spread * random.standard_normal((inflow.shape[0], 1)))
        for month in range(inflow.shape[2]):
            there = waiting + inflow[:, :, month]
            noise = np.exp(recipe.noise * random.standard_normal(there.shape))
            part = np.clip(1 - (1 - recipe.share) * apart * noise, 0.0, 1.0)
            outflow[:, :, month] = np.minimum(np.floor(there * part + random.random(there.shape)), there)
            waiting = there - outflow[:, :, month]
        return outflow

    def _changes(self, values: Floats, grid: Grid, recipe: Recipe) -> Floats:
        """Percent over the year before; the first year grows as the source was told to."""
        assert recipe.change is not None
        lag = sum(period.start.year == grid.periods[-1].start.year for period in grid.periods)
        changes = np.full(values.shape, 100 * self.recipes.indicators[recipe.change].growth)
        before, after = values[:, :, :-lag], values[:, :, lag:]
        changes[:, :, lag:] = 100 * (np.divide(after, before, out=np.ones_like(after), where=before > 0) - 1)
        return changes

    def _counted(self, kind: str, grid: Grid, recipe: Recipe) -> Floats:
        values = np.zeros(grid.shape)
        for facility in self.catalogue.facilities.values():
            own = facility.dimensions
            if facility.kind != kind or any(own.get(code) not in members for code, members in recipe.only.items()):
                continue
            lines = {facility.code, *self.catalogue.ancestors(facility.code)}
            for row, place in enumerate(grid.places):
                for column, cell in enumerate(grid.cells):
                    if place in lines and all(
                        own.get(code) == member for code, member in zip(grid.dimensions, cell, strict=True)
                    ):
                        values[row, column, :] += 1
        for dimension, member in recipe.communes_as.items():
            column = grid.cells.index(tuple(member if code == dimension else "all" for code in grid.dimensions))
            for row, place in enumerate(grid.places):
                values[row, column, :] += len(self.catalogue.children(place, "commune", self.today))
        return values

    def place_weights(self, places: tuple[str, ...], name: str) -> Floats:
        """Weights of places by a table of ``sample.yml``; a place that is not in it has an uneven part of its area's."""
        if name == "even":
            return np.ones(len(places))
        table = self.recipes.weights[name]
        random = np.random.default_rng([self.seed, crc32(name.encode())])
        size = {place: float(np.exp(0.35 * random.standard_normal())) for place in sorted(places)}
        above = {place: self._weighed(place, table) for place in places}
        together: dict[str, float] = {}
        for place, area in above.items():
            together[area] = together.get(area, 0.0) + (1.0 if place == area else size[place])
        return np.array(
            [
                table.get(above[place], 1.0) * (1.0 if place == above[place] else size[place]) / together[above[place]]
                for place in places
            ]
        )

    def _weighed(self, place: str, table: dict[str, float]) -> str:
        """The place itself or the nearest area around it that the table names; the place where there is none."""
        return next((code for code in (place, *self.catalogue.ancestors(place)) if code in table), place)

    def _trend(self, grid: Grid, recipe: Recipe) -> Floats:
        years = [_years(period.start.replace(month=1) if recipe.yearly else period.start) for period in grid.periods]
        return np.asarray((1 + recipe.growth) ** np.array(years))

    def _season(self, grid: Grid, recipe: Recipe) -> Floats:
        profile = self.recipes.seasons[recipe.season]
        factors = []
        for period in grid.periods:
            months = (
                range(period.start.month, period.end.month + 1)
                if period.grain in ("month", "quarter")
                else range(1, 13)
            )
            factors.append(sum(profile[month - 1] for month in months) / len(months))
        return np.array(factors)


def _years(day: date) -> float:
    return day.year - FIRST_YEAR + (day.month - 1) / 12


def _gone(grid: Grid) -> NDArray[np.float64]:
    """[period] how much of the whole time has passed, 0 to 1."""
    return np.linspace(0.0, 1.0, len(grid.periods))


def _run_on(values: Floats, grid: Grid) -> Floats:
    """Running totals since 1 January, [place, period]."""
    result = values.copy()
    for column in range(1, result.shape[1]):
        if grid.periods[column].start.year == grid.periods[column - 1].start.year:
            result[:, column] += result[:, column - 1]
    return result


def _clipped(values: Floats, recipe: Recipe) -> Floats:
    return np.clip(values, recipe.low, recipe.high)


def _rounded(values: Floats, grid: Grid, random: np.random.Generator) -> Floats:
    """To the indicator's decimals. Whole numbers that add up are rounded so that a place's sum over its cells stays."""
    decimals = grid.indicator.decimals
    sums = all(rule == "sum" for rule in grid.indicator.adds.dimensions.values())
    crossed = not any("all" in cell for cell in grid.cells)
    if decimals or not sums or not crossed:
        return np.asarray(np.round(values, decimals))
    periods = values.shape[2] if grid.indicator.measure == "flow" else 1
    start = np.repeat(random.random((values.shape[0], 1, periods)), values.shape[2] // periods, axis=2)
    if len(grid.cells) == 1 and grid.indicator.measure != "flow":
        start = np.full_like(start, 0.5)
    edges = np.floor(np.concatenate([np.zeros_like(start), np.cumsum(values, axis=1)], axis=1) + start)
    return np.asarray(np.diff(edges, axis=1))
