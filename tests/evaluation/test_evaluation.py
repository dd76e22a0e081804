"""The evaluation sets through the whole house: how many are right, what turned wrong, every figure equal to its plain SQL."""

from __future__ import annotations

import pytest

from assistant.evaluation import known, questions
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.report import Report, group

pytestmark = pytest.mark.timeout(2400)
"""The first test waits until thousands of questions have been asked; on a busy machine that takes its time."""


def test_no_question_that_was_right_turns_wrong(outcomes: list[Outcome]) -> None:
    held = known.gate(outcomes, known.load(questions.KNOWN), questions.ids(questions.load(questions.files())))
    assert held.passed, held.text()


def test_enough_questions_are_answered_right_and_few_wrong(outcomes: list[Outcome]) -> None:
    whole = group("all", outcomes)
    assert whole.of >= 300
    assert whole.share("right") >= 0.96, Report("", {}, tuple(outcomes)).text()
    assert whole.share("wrong") <= 0.03, Report("", {}, tuple(outcomes)).text()


def test_every_answered_figure_equals_its_recomputation(outcomes: list[Outcome]) -> None:
    assert sum(outcome.figures for outcome in outcomes) > 500
    assert [outcome.id for outcome in outcomes if outcome.unequal] == []


def test_all_that_is_listed_as_not_right_is_asked() -> None:
    asked = questions.ids(questions.load(questions.files()))
    assert set(known.load(questions.KNOWN)) <= asked
