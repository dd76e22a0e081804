"""Questions about a unit itself: what has become of it ("xã An Ngãi hiện nay", "huyện Long Đất năm 2025")."""

from __future__ import annotations

import re

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.types import Reading
from assistant.understanding.cues import Cues


def asked(text: str, reading: Reading, cues: Cues, catalogue: Catalogue) -> str:
    """Code of the one area that a normalised question speaks of and nothing else; empty where it asks for more.

    What is left of it, cue words, fillers and the names of areas around the place aside, must be nothing.
    """
    found = cues.find("became", text)
    if (
        not (found or reading.periods)
        or reading.indicators
        or len(reading.places) != 1
        or reading.places[0].kind != "area"
    ):
        return ""
    place = reading.places[0]
    stretches = [(span.start, span.end) for span in (place, *reading.periods)]
    stretches += [(cue.start, cue.end) for cue in found]
    names = [catalogue.place_name(code) for code in catalogue.ancestors(place.code)]
    kind = catalogue.area(place.code).type_name  # "… nay thuộc xã nào"
    said = {fold(word) for name in (*names, kind) for word in normalise(name).split()} | cues.filler
    for word in re.finditer(r"\w+", text):
        inside = any(start <= word.start() < end for start, end in stretches)
        if not inside and fold(word[0]) not in said:
            return ""
    return place.code
