"""What this room hands back: everything of an Answer that comes from figures and words."""

from __future__ import annotations

from typing import Any

from assistant.types import Figure, Part, Status, Suggestion, Table, Thing


class Draft(Thing):
    """An Answer without what only the conversation knows (ids, reading, timings, versions)."""

    status: Status
    text: str
    spoken_text: str
    """Short, with every number and sign spelled out in words."""
    figures: tuple[Figure, ...] = ()
    parts: tuple[Part, ...] = ()
    """Filled where a question had several."""
    table: Table | None = None
    chart: dict[str, Any] | None = None
    source: str = ""
    how_computed: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    illustrative: bool = False
