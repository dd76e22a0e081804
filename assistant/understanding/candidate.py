"""One reading that competes with others for an utterance, with what it was made of."""

from __future__ import annotations

from typing import NamedTuple

from assistant.types import Reading
from assistant.understanding.evidence import Evidence
from assistant.understanding.lattice import Slot
from assistant.understanding.units import Asked


class Candidate(NamedTuple):
    """One reading that competes, with what it was made of."""

    reading: Reading
    evidence: Evidence
    unsure: list[Slot]
    """Places that could be several."""
    unexplained: tuple[str, ...]
    asked: Asked
    """What kind of amount the utterance asks for."""
    loose: tuple[str, ...] = ()
    """Words outside of all names but those of indicators."""
