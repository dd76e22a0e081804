"""Places that no table is about, told of before a question about a place of here: "dịch tả bên Đồng Nai làm bà con ngán, đàn heo
Xuyên Mộc còn bao nhiêu con"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.catalogue.catalogue import Catalogue
from assistant.types import Found
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import Slot

HOLDS = ("versus", "both")
"""Cues by which places are held against each other …"""

MORE = ("than", "moved")
"""… and those that are so only in what is asked."""


def told_aside(
    places: Sequence[Slot],
    unknown: Sequence[Found],
    text: str,
    stops: Collection[int],
    cues: Cues,
    catalogue: Catalogue,
) -> tuple[list[Slot], list[Found]]:
    """Places and names in no list, without those elsewhere before the stop behind which all is asked, of a place of here."""
    here = [slot for slot in places if not catalogue.is_outside(slot.best.code)]
    asking = [cue.start for cue in cues.find("how_many", text)]
    first = min((slot.start for slot in here), default=0)
    told = max((stop for stop in stops if stop <= min([first, *asking])), default=0) if asking else 0
    held = any(cue.start >= told for group in MORE for cue in cues.find(group, text))
    if held or any(cues.find(group, text) for group in HOLDS):
        told = 0
    kept = [slot for slot in places if slot.start >= told or not catalogue.is_outside(slot.best.code)]
    return kept, [found for found in unknown if found.start >= told or not found.code.startswith("elsewhere:")]
