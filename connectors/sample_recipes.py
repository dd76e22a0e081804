"""How large the sample province's figures are: the schema of ``sample.yml`` and of ``recipes/DOMAIN.yml``, and their reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

FILE = Path(__file__).with_name("sample.yml")
"""What all domains share; what belongs to one domain stands in a file of ``recipes/`` with the same keys."""


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Recipe(Strict):
    """How one indicator comes about; exactly one of the first eight fields says from what."""

    total: float | None = None
    """All places together, in one period of the first year; shared out by ``weight``."""
    each: float | None = None
    """One place, in one period of the first year."""
    of: str | None = None
    """A share of another indicator (``share``)."""
    rest: tuple[str, str] | None = None
    """The first indicator less the second."""
    works_off: str | None = None
    """Handled out of this monthly inflow and what was left of it before (``share`` of both)."""
    left: tuple[str, str] | None = None
    """What is left of an inflow after its outflow, running on."""
    count: str | None = None
    """How many facilities of this kind the catalogue lists."""
    change: str | None = None
    """Growth of another indicator over the same period of the year before, in percent."""

    communes_as: dict[str, str] = Field(default_factory=dict)
    """With ``count``: every commune counts as one of this member ("health_unit: station")."""
    yearly: bool = False
    """Grows at New Year only, and stands still in between."""

    share: float = 1.0
    share_to: float | None = None
    """The share at the end of the current year, reached in a straight line; None: it stays."""
    where: dict[str, str] = Field(default_factory=dict)
    """Members of the other indicator that are meant (``of``): "channel: online"."""
    growth: float = 0.0
    """Yearly growth, 0.02 = 2 %."""
    noise: float = 0.02
    """Relative deviation from period to period."""
    spread: float = 0.1
    """Relative difference between places that the weights do not explain."""
    season: str = "flat"
    """Name of a seasonal profile."""
    weight: str = "population"
    """Name of a table of weights of places; ``even`` for none."""
    by: dict[str, dict[str, float]] = Field(default_factory=dict)
    """Dimension to member to weight: how a total is split, or how a rate differs. Members left out weigh 1."""
    by_end: dict[str, dict[str, float]] = Field(default_factory=dict)
    """The same weights at the end of the current year, reached in a straight line."""
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Facilities that carry it, by what they are themselves."""
    low: float = 0.0
    high: float | None = None
    plan: float = 1.02
    """The plan as a multiple of what was to be expected, where the indicator has plans."""


class Gap(Strict):
    """Figures that a place never reported; what is computed from them is missing too."""

    indicators: tuple[str, ...]
    place: str
    first: str
    """First month, "2021-07"."""
    last: str


class Recipes(Strict):
    """All files together."""

    seed: int
    weights: dict[str, dict[str, float]]
    """Table name to place code to weight; a place in no table inherits its area's."""
    seasons: dict[str, tuple[float, ...]]
    """Twelve factors, January to December, of mean 1."""
    teaches: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What a facility's member stands for in figures ("primary_lower" keeps primary and lower secondary pupils)."""
    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Agency to the fields of procedures it handles; an agency that is missing handles all."""
    residence: dict[str, str] = Field(default_factory=dict)
    """Type of commune to member of the dimension residence."""
    gaps: tuple[Gap, ...] = ()
    indicators: dict[str, Recipe]
    fallback: dict[str, Recipe] = Field(default_factory=dict)
    """Unit to recipe, for indicators the file does not know yet; the empty unit stands for all others."""
    ratio_plans: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Plans of indicators that are computed: value in the first year and in the current one."""

    def recipe(self, code: str, unit: str) -> Recipe:
        """The recipe of an indicator, or the one for its unit; raises ConfigurationError where there is neither."""
        found = self.indicators.get(code) or self.fallback.get(unit) or self.fallback.get("")
        if found is None:
            raise ConfigurationError(f"{FILE.name}: entry {code}: is missing")
        return found


Source = Literal["total", "each", "of", "rest", "works_off", "left", "count", "change"]
SOURCES: tuple[Source, ...] = ("total", "each", "of", "rest", "works_off", "left", "count", "change")


def files(file: Path = FILE) -> tuple[Path, ...]:
    """The file that all domains share, then one of each domain."""
    return (file, *sorted((file.parent / "recipes").glob("*.yml")))


@cache
def load(file: Path = FILE) -> Recipes:
    """The recipes; raises ConfigurationError ("FILE: entry CODE: …") for a wrong one, or one that stands twice."""
    whole: dict[str, Any] = {}
    for part in files(file):
        try:
            raw = read_yaml(part) or {}
        except (OSError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{part.name}: cannot be read: {error}") from error
        for key, value in raw.items():
            before = whole.setdefault(key, type(value)())
            if isinstance(value, dict):
                if twice := before.keys() & value.keys():
                    raise ConfigurationError(f"{part.name}: entry {min(twice)}: stands in another file, too")
                before.update(value)
            elif isinstance(value, list):
                before.extend(value)
            else:
                whole[key] = value
    try:
        recipes = Recipes.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ConfigurationError(f"{file.name}: entry {where}: {first['msg']}") from error
    for code, recipe in (*recipes.indicators.items(), *recipes.fallback.items()):
        if sum(getattr(recipe, source) is not None for source in SOURCES) != 1:
            raise ConfigurationError(f"{file.name}: entry {code}: needs exactly one of {', '.join(SOURCES)}")
        if recipe.season not in recipes.seasons:
            raise ConfigurationError(f"{file.name}: entry {code}: no season '{recipe.season}'")
    return recipes
