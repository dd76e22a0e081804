"""What a Reading becomes once it passed access control, and what running it gives. Plain data only.

A Plan has one part per indicator. A part names its requests by role:

======== =====================================================================================
main     the figures asked for
base     what ``main`` is held against in time (``change``) or place (``compare`` with a base)
whole    the total that ``main`` is a share of, or is broken down from
plan     the planned figures to ``main``'s actual ones
done     the actual figures to ``main``'s planned ones
parts    what adds up to ``main`` and to ``base``: the figures of both periods (``why``)
numerator, denominator: of a ratio, in both periods (``why``)
======== =====================================================================================

Shapes about the catalogue itself (list, count, definition, unit, source, coverage, last_update) have parts
without requests and fill ``listed``, ``coverage`` or ``updates`` instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal, Protocol

from pydantic import Field

from assistant.catalogue.catalogue import Catalogue
from assistant.query.derive import Derived
from assistant.query.request import Missing, Request
from assistant.types import Comparison, Figure, FigureKind, Grain, Period, PlaceKind, Reading, Status, Thing, Threshold

Role = Literal["main", "base", "whole", "plan", "done", "parts", "numerator", "denominator"]

ROLES: tuple[Role, ...] = ("main", "base", "whole", "plan", "done", "parts", "numerator", "denominator")

NoteKind = Literal[
    "period_default",
    "period_fitted",
    "place_default",
    "partial",
    "base_default",
    "group_default",
    "limit_default",
    "standing",
]
"""Defaults the plan took that an answer must own up to.

``period_default``: no period was named, ``period`` is the latest with data; ``period_fitted``: a calendar year was named
for figures kept by school year or the other way round, ``period`` is the one taken; ``partial``: the period named is
still running, ``period`` is the stretch with data so far; ``place_default``: no place was named, ``place`` is the province
(or the one area granted); ``base_default``: nothing to compare with was named, ``period`` is the base;
``group_default``: no grouping was named; ``limit_default``: no number was named; ``standing``: ``indicator`` is a
denominator, taken as it stood in ``period``.
"""


class Note(Thing):
    """One default taken."""

    kind: NoteKind
    indicator: str = ""
    period: Period | None = None
    place: str | None = None


class Availability(Thing):
    """One stored stretch of one indicator, as the warehouse's coverage tells it."""

    indicator: str
    kind: FigureKind
    place_kind: PlaceKind
    facility_kind: str = ""
    dims: tuple[str, ...] = ()
    """Codes of the dimensions it is broken down by."""
    grain: Grain
    first: date
    """First day with data."""
    last: date
    """Last day with data."""


class Update(Thing):
    """When a domain was last loaded, and up to when its figures reach."""

    domain: str
    snapshot: str
    loaded_at: datetime
    illustrative: bool
    indicator: str = ""
    """Set where one indicator was asked for."""
    latest: Period | None = None
    """The latest period with data, of that indicator."""


class PlanPart(Thing):
    """One indicator of a plan."""

    indicator: str
    requests: dict[Role, Request] = Field(default_factory=dict)
    good: Literal["up", "down", "neither"] = "neither"
    """Which way the indicator should go: of a plan to be kept under, less is reached."""


NotPlannableReason = Literal[
    "no_indicator",
    "unknown_name",
    "future",
    "before",
    "after",
    "gap",
    "place_not_kept",
    "place_not_valid",
    "no_grain",
    "no_breakdown",
    "no_plan",
    "not_loaded",
    "needs_two",
    "domain",
    "place",
    "unknown_shape",
]
"""Why no plan was made.

no_data: ``future`` the period has not begun; ``before``/``after`` it lies before the first or after the last data;
``gap`` between them but nothing is stored; ``place_not_kept`` the indicator is not kept for such a place (``place_kind``
says the finest there is); ``place_not_valid`` the place did not exist then; ``no_grain`` only longer periods are kept;
``no_breakdown`` not kept by that dimension; ``no_plan`` no planned figures (none of a ``period`` named);
``not_loaded`` nothing of the indicator.
denied: ``domain`` or ``place`` is outside the grants. clarify: ``no_indicator``, ``needs_two`` (places to compare).
not_understood: ``unknown_shape``, ``unknown_name``.
"""


class NotPlannable(Thing):
    """A question that gets no figures, and why."""

    status: Status
    reason: NotPlannableReason
    indicator: str = ""
    domains: tuple[str, ...] = ()
    """With ``denied``: the domains without a grant (for ``place``: the indicator's own)."""
    place: str = ""
    period: Period | None = None
    dimension: str = ""
    available_from: date | None = None
    available_to: date | None = None
    grain: Grain | None = None
    place_kind: PlaceKind | None = None
    text: str = ""
    """With ``unknown_name``: the words that name nothing in the catalogue."""


class Plan(Thing):
    """A Reading that passed access control, typed, bound to the domains its components come from."""

    shape: str
    """The intent."""
    reading: Reading
    parts: tuple[PlanPart, ...] = ()
    domains: frozenset[str] = frozenset()
    """Every domain that is opened, public components included."""
    places: tuple[str, ...] = ()
    """The places asked for (the province where none was named); with a grouping, what is grouped lies inside."""
    group: str = ""
    """``district``, ``commune``, ``agency``, ``facility:KIND``, ``period:GRAIN``, ``dimension:CODE`` or empty."""
    order: Literal["desc", "asc"] | None = None
    limit: int | None = None
    threshold: Threshold | None = None
    comparison: Comparison | None = None
    notes: tuple[Note, ...] = ()
    refused: tuple[NotPlannable, ...] = ()
    """The other indicators of the same sentence that could not be planned."""
    listed: tuple[str, ...] = ()
    """``list`` and ``count``: codes of facilities, agencies or areas, in catalogue order."""
    listed_kind: str = ""
    """What is listed: ``facility:KIND``, ``agency``, ``district``, ``commune`` or ``indicator``."""
    coverage: tuple[Availability, ...] = ()
    """``coverage``: what is stored of the indicators asked for."""
    updates: tuple[Update, ...] = ()
    """``last_update``: one per indicator or domain asked for."""


class PartResult(Thing):
    """What one part of a plan gave."""

    indicator: str
    figures: dict[Role, tuple[Figure, ...]] = Field(default_factory=dict)
    """By role, in the request's order of cells, those of a ranking first; empty cells are left out."""
    missing: dict[Role, tuple[Missing, ...]] = Field(default_factory=dict)
    """By role, one per empty cell."""
    derived: Derived = Derived()


class Result(Thing):
    """A plan that was run."""

    plan: Plan
    parts: tuple[PartResult, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of all parts, main before the other roles."""
        return tuple(figure for part in self.parts for role in ROLES for figure in part.figures.get(role, ()))


class Grants(Protocol):
    """What a person may see; ``assistant.access`` has the real one."""

    @property
    def domains(self) -> Mapping[str, frozenset[str] | None]:
        """Domain code to area codes; None stands for the whole province."""
        ...

    def missing(self, domains: Iterable[str]) -> tuple[str, ...]:
        """Those of ``domains`` that are not granted at all."""
        ...

    def covers(self, domain: str, place: str, catalogue: Catalogue) -> bool:
        """Whether figures of this domain may be seen for this place."""
        ...
