"""One reading that competes with others for an utterance, with what it was made of."""

from __future__ import annotations

from typing import NamedTuple

from assistant.types import Reading
from assistant.understanding.evidence import OUTRIGHT, Evidence
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


def outright(reading: Reading, begin: int = 0) -> bool:
    """Whether an indicator of a reading was found by its name, or by most of its words, from ``begin`` on."""
    found = (each for each in reading.indicators if each.match not in ("grammar", "default") and each.start >= begin)
    return any(each.match != "fuzzy" or each.score >= OUTRIGHT for each in found)


def counts(reading: Reading) -> bool:
    """Whether nothing is named but what is counted: "mấy xã | , phường, thị trấn chịu phân loại rác tại nguồn"."""
    return all(found.match == "grammar" for found in reading.indicators)


def is_guessed(reading: Reading) -> bool:
    """Whether all indicators of a reading were found by nothing but one word that is like one of theirs."""
    return all(
        found.match == "fuzzy" and found.score < OUTRIGHT and " " not in found.text for found in reading.indicators
    )
