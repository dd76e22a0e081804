"""The evaluation is run once for all tests that look at it."""

from __future__ import annotations

import pytest

from assistant.evaluation import questions
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.run import ASKERS, accounts, run
from assistant.house import House


@pytest.fixture(scope="session")
def outcomes(house: House) -> list[Outcome]:
    """Every question and conversation that gates, as the house answers it now."""
    return run(house, questions.load(questions.files(final=False)), accounts(ASKERS, house.catalogue))
