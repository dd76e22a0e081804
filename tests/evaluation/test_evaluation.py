"""The evaluation sets through the whole house: how many are right, and every figure equal to its plain SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import questions
from assistant.evaluation.run import ASKERS, Outcome, accounts, run, summary
from assistant.house import House

SETS = Path(__file__).resolve().parents[1] / "questions"
GATES_NOTHING = "unseen.yml"
"""Kept for figures on questions that nobody has tuned on."""


@pytest.fixture(scope="module")
def outcomes(house: House) -> list[Outcome]:
    sets = questions.load(sorted(file for file in SETS.glob("*.yml") if file.name != GATES_NOTHING))
    return run(house, sets, accounts(ASKERS, house.catalogue))


def test_enough_questions_are_answered_right(outcomes: list[Outcome]) -> None:
    right = sum(outcome.verdict == "right" for outcome in outcomes)
    assert len(outcomes) >= 300
    assert right >= 0.90 * len(outcomes), summary(outcomes)


def test_few_questions_are_answered_wrong(outcomes: list[Outcome]) -> None:
    wrong = sum(outcome.verdict == "wrong" for outcome in outcomes)
    assert wrong <= 0.03 * len(outcomes), summary(outcomes)


def test_every_answered_figure_equals_its_recomputation(outcomes: list[Outcome]) -> None:
    assert sum(outcome.figures for outcome in outcomes) > 500
    assert [outcome.id for outcome in outcomes if outcome.unequal] == []
