"""The real catalogue of the sample province, and what is built on it once for a whole run."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load
from assistant.clock import ZONE, FixedClock
from assistant.house import House
from assistant.settings import Settings
from assistant.types import Found, Reading, Utterance
from assistant.understanding.bank import Bank
from assistant.understanding.cues import Cues
from assistant.understanding.interpretation import Context
from assistant.understanding.reader import Understanding
from assistant.understanding.spans import SpanFinder

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)


@pytest.fixture(scope="session")
def province() -> Catalogue:
    """The catalogue with the units of before July 2025, as the sample province has it."""
    return load().as_of(date(2025, 6, 30))


@pytest.fixture(scope="session")
def base_bank() -> Bank:
    """The bank that comes with the assistant."""
    return Bank.load(Settings().bank_file)


@pytest.fixture(scope="session")
def cues() -> Cues:
    return Cues.load()


@pytest.fixture(scope="session")
def finder(province: Catalogue, cues: Cues) -> SpanFinder:
    return SpanFinder(province, cues)


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="module")
def understanding(house: House, clock: FixedClock) -> Understanding:
    """The house's own, with a clock that may be moved."""
    return Understanding(
        house.catalogue, house.bank, house.nlu, clock, serves=house.engine.stored.serves, fades=timedelta(minutes=10)
    )


def last(understanding: Understanding, said: list[str], first: Found | None = None) -> Reading:
    """What the last of these turns is read as; ``first`` is the place that came first in the answer before it."""
    before: list[Reading] = []
    for text in said:
        context = None
        if before:
            earlier, *further = (*reversed(before[:-1]), None) if len(before) > 1 else (None,)
            context = Context(
                reading=before[-1],
                earlier=earlier,
                further=tuple(each for each in further if each is not None),
                first=first if text == said[-1] else None,
                at=NOW,
            )
        best = understanding.read(Utterance(text=text), context).best
        assert best is not None
        before.append(best)
    return before[-1]


def codes(reading: Reading) -> str:
    """All codes of a reading in one line: indicators, places, members, periods, grouping."""
    parts = [*reading.indicators, *reading.places, *reading.dimensions, *reading.periods, *reading.grouping]
    return " ".join(found.code for found in parts)
