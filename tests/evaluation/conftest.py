"""The evaluation is run once for all tests that look at it."""

from __future__ import annotations

import pytest

from assistant.evaluation import questions
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.run import ASKERS, accounts, run
from assistant.house import House

LONG_HELD = ("earlier_final_*.yml", "people_[c-n].yml", "talks_?.yml")
"""Sets of earlier times, nearly seven thousand cases: `make eval` asks them, the gate of the tests does not."""


@pytest.fixture(scope="session")
def outcomes(house: House) -> list[Outcome]:
    """Every question and conversation that gates, as the house answers it now."""
    files = [file for file in questions.files(final=False) if not any(map(file.match, LONG_HELD))]
    return run(house, questions.load(files), accounts(ASKERS, house.catalogue))
