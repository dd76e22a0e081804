"""What a shape of question makes of one indicator, before it becomes a part of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.query.plan import PlanPart, Role
from assistant.query.request import Request


@dataclass(frozen=True, slots=True)
class Draft:
    """What a shape makes of one indicator."""

    requests: dict[Role, Request]
    places: tuple[str, ...]
    shape: str
    group: str = ""
    order: Literal["desc", "asc"] | None = None
    limit: int | None = None

    def part(self, indicator: str, good: Literal["up", "down", "neither"]) -> PlanPart:
        """The plan's part; ``good`` says which way the indicator should go."""
        return PlanPart(indicator=indicator, requests=self.requests, good=good)
