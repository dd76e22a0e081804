"""Places of the turns before, held against each other: "hai nơi đó bên nào nhiều hơn?", "Long Đất có nhanh hơn không?"."""

from __future__ import annotations

from assistant.types import Found, Reading
from assistant.understanding import follow_up
from assistant.understanding.build import PLACE_FIELDS, Evidence
from assistant.understanding.cues import Cues

PLAIN = {"comparison": None, "order": None, "limit": None, "threshold": None, "grouping": ()}
"""What two places held against each other have none of."""


def both(reading: Reading, before: Reading, earlier: Reading | None, text: str, cues: Cues) -> Reading | None:
    """The reading about the two places that were spoken of last, where the words ask for both; else None."""
    if reading.places or not cues.find("both", text):
        return None
    places = before.places if earlier is None or len(before.places) == 2 else (*earlier.places, *before.places)
    if len({found.code for found in places}) != 2 or len(places) != 2:
        return None
    return reading.model_copy(update=PLAIN | _fields(follow_up.inherited(places)) | {"intent": "compare"})


def than(reading: Reading, before: Reading, evidence: Evidence, text: str, cues: Cues) -> Reading:
    """One place that is more or less "than" the one before, as held against that; the reading as it is elsewhere."""
    ends = [{found.code for found in each.places} for each in (reading, before)]
    if any(len(each) != 1 for each in ends) or ends[0] == ends[1] or not cues.find("than", text):
        return reading
    if (
        follow_up.said(reading.indicators)
        or reading.periods
        or reading.grouping
        or reading.threshold
        or evidence.versus
    ):
        return reading
    base = tuple(found.model_copy(update={"role": "base"}) for found in reading.places)
    return reading.model_copy(update=PLAIN | _fields(base))


def _fields(places: tuple[Found, ...]) -> dict[str, object]:
    return {field: tuple(found for found in places if found.kind == kind) for kind, field in PLACE_FIELDS.items()}
