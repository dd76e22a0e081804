"""Evaluation questions are worded apart from the bank."""

from __future__ import annotations

import pytest

from assistant.catalogue.loader import load as load_catalogue
from assistant.evaluation import overlap, questions
from assistant.evaluation.questions import QuestionSet
from assistant.settings import Settings
from assistant.understanding.bank import Bank
from connectors.sample import UNITS_OF
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load(Settings().bank_file)


@pytest.fixture(scope="module")
def masker(bank: Bank) -> overlap.Masker:
    return overlap.Masker(load_catalogue().as_of(UNITS_OF), bank, TODAY)


def test_no_question_shares_a_sentence_with_the_bank(bank: Bank, masker: overlap.Masker) -> None:
    """All files, ``final/`` included, names and periods replaced by slots.

    Turns of a conversation after its first are exempt: there are only so many ways to say "còn Vũng Tàu thì sao", and
    "cảm ơn" is said in none other. Nothing else is, however short: a question that everybody would ask in just these
    words belongs into the bank and not into the evaluation.
    """
    sets = [found for _, found in questions.load(questions.files())]
    shared = [one for one in overlap.shared(sets, bank, masker) if not one.follows]
    told = [f"{one.id}: {one.text} — “{one.sentence}” is in {one.entry}" for one in shared]
    assert not told, f"{len(told)} questions to reword:\n" + "\n".join(told)


def test_a_sentence_is_found_under_other_names_and_marks(bank: Bank, masker: overlap.Masker) -> None:
    """The check itself: a bank's example with other names, without marks, in a question and in a conversation."""
    asked = bank.entries[0].examples[0].text
    made = QuestionSet.model_validate(
        {
            "author": "an",
            "written": TODAY,
            "today": TODAY,
            "questions": [
                {"id": "q1", "text": asked},
                {"id": "q2", "text": "Dân số Côn Đảo năm 2024!", "before": [asked]},
                {"id": "q3", "text": "nói chơi một câu mà không mẫu nào có, dân số Côn Đảo ấy"},
            ],
            "conversations": [{"id": "t1", "turns": [{"text": "dan so Chau Duc nam 2023"}, {"text": asked}]}],
        }
    )
    found = {(one.id, one.follows) for one in overlap.shared([made], bank, masker)}
    assert {("q1", False), ("q2", False), ("q2", True), ("t1", False), ("t1", True)} == found
