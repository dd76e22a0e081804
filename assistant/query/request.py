"""The one primitive of the room: a Request for a block of cells, and what is said of a cell that has no figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from assistant.types import FigureKind, Grain, Period, PlaceKind, Thing

Dims = tuple[tuple[str, str], ...]
"""Dimension and member codes, sorted by dimension; empty: the total."""


def dims_key(dimensions: dict[str, str]) -> Dims:
    """``{"sex": "female"}`` as the hashable form used in cells."""
    return tuple(sorted(dimensions.items()))


class Cell(NamedTuple):
    """Where one figure stands inside a request."""

    place: str
    dims: Dims
    period: Period


MissingReason = Literal["no_period", "no_place", "no_breakdown", "no_grain", "incomplete", "undefined"]
"""Why a cell has no figure.

``no_period``: nothing is stored for that period, though there is for others (see ``available_from``/``available_to``);
``no_place``: the place does not exist then, or the indicator is not kept for that place (see ``place_kind``);
``no_breakdown``: not kept, or not to be added up, over that dimension or place;
``no_grain``: only longer periods are stored (see ``grain``);
``incomplete``: some of the months, communes or schools it is made of are missing;
``undefined``: a ratio whose denominator is zero.
"""


class Missing(Thing):
    """Why one cell is empty, and what there is instead."""

    reason: MissingReason
    place: str
    dimensions: dict[str, str] = Field(default_factory=dict)
    period: Period
    indicator: str
    """The indicator that lacks the figure: for a ratio the part that does."""
    available_from: date | None = None
    """First day of the data there is for this place, of the same kind of figure."""
    available_to: date | None = None
    """Last day of the same."""
    grain: Grain | None = None
    """The finest grain stored, with ``no_grain``."""
    place_kind: PlaceKind | None = None
    """The finest kind of place stored, with ``no_place``."""
    absent: tuple[str, ...] = ()
    """With ``incomplete``: the places that are missing, where it is places."""
    absent_periods: tuple[Period, ...] = ()
    """With ``incomplete``: the periods that are missing, where it is periods."""


class Request(Thing):
    """All figures of one indicator for every combination of places, dimensions and periods."""

    indicator: str
    places: tuple[str, ...]
    """Codes of areas, facilities or agencies."""
    dimensions: tuple[dict[str, str], ...] = ({},)
    """Each entry one combination of dimension to member; ``{}`` is the total."""
    periods: tuple[Period, ...]
    kind: FigureKind = "actual"

    def cells(self) -> Iterator[Cell]:
        """Every cell: places outermost, then dimensions, then periods."""
        for place in self.places:
            for dimensions in self.dimensions:
                for period in self.periods:
                    yield Cell(place, dims_key(dimensions), period)
