"""What becomes of questions and conversations when they are run, and what a run is prepared with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import QuestionSet, files, load
from assistant.evaluation.run import ASKERS, accounts, prepare, run
from assistant.house import House
from assistant.settings import Settings
from tests.conftest import TODAY

FIGURE = {"indicator": "edu_pupils", "place": "750", "period": "2025/2026"}
OTHER = {**FIGURE, "place": "747"}


@pytest.mark.parametrize("days", [set(), {date(2026, 11, 21), date(2026, 11, 22)}])
def test_questions_of_different_days_are_not_mixed(tmp_path: Path, days: set[date]) -> None:
    with pytest.raises(ConfigurationError):
        prepare(Settings(data_dir=tmp_path), days)
    assert list(tmp_path.iterdir()) == []


def ran(house: House, **fields: object) -> Outcome:
    """The outcome of one question or conversation."""
    kind = "conversations" if "turns" in fields else "questions"
    found = QuestionSet.model_validate(
        {"author": "an", "written": TODAY, "today": TODAY, kind: [{"id": "x1", **fields}]}
    )
    (outcome,) = run(house, [(Path("final") / "x.yml", found)], accounts(ASKERS, house.catalogue))
    return outcome


def test_a_question_is_told_with_all_that_was_made_of_it(house: House) -> None:
    asked = "Châu Đức năm học 2025-2026 có bao nhiêu học sinh phổ thông?"
    told = ran(house, text=asked, expect={"cells": [FIGURE]})
    assert (told.verdict, told.reason, told.intent, told.turn) == ("right", "", "value", 0)
    assert (told.domain, told.author, told.file, told.final) == ("education", "an", "x.yml", True)
    assert told.expected == "edu_pupils 750 2025/2026"
    assert told.reading.startswith("value · edu_pupils · 750 · 2025-09..2026-08")
    assert told.shown[0].startswith("edu_pupils 750 2025-09..2026-08 = ")
    assert told.unequal == 0 < told.figures
    assert ran(house, text=asked, expect={"cells": [OTHER]}).verdict == "wrong"


def test_what_is_no_question_is_rightly_refused_as_bad_input(house: House) -> None:
    assert ran(house, text="???", expect={"status": "not_understood"}).verdict == "right"
    told = ran(house, text="???", expect={"cells": [FIGURE]})
    assert (told.verdict, told.intent, told.domain) == ("refused", "BadInput", "education")


def test_a_conversation_is_right_where_all_its_turns_are(house: House) -> None:
    first = {"text": "Châu Đức năm học 2025-2026 có bao nhiêu học sinh phổ thông?", "expect": {"cells": [FIGURE]}}
    then = {"text": "còn Vũng Tàu thì sao?", "expect": {"cells": [OTHER]}}
    last = {"text": "cảm ơn em", "expect": {"status": "small_talk"}}
    told = ran(house, turns=[first, then, last])
    assert (told.verdict, told.talk, told.turn, told.reason) == ("right", True, 0, "")
    assert told.text.count(" → ") == 2

    told = ran(house, turns=[first, {**then, "expect": {"cells": [FIGURE]}}, last])
    assert (told.verdict, told.turn) == ("wrong", 2)
    assert told.reason.startswith("turn 2: no figure for edu_pupils 750")
    assert told.expected == "edu_pupils 750 2025/2026" and "747" in told.reading

    silent = {"text": "vậy còn sao Hỏa thì sao", "expect": {"cells": [FIGURE]}}
    told = ran(house, turns=[first, {**last, "expect": {"cells": [OTHER]}}, {**then, "expect": {"cells": [FIGURE]}}])
    assert (told.verdict, told.turn) == ("wrong", 2)  # one turn is wrong, though another failed before
    assert "turn 3" in told.reason and "turn 2" in told.reason
    assert ran(house, turns=[silent, last]).verdict != "right"


def test_nobody_unknown_asks(house: House) -> None:
    with pytest.raises(ConfigurationError, match="nobody is called 'stranger'"):
        ran(house, text="Dân số?", account="stranger")


def test_ids_are_unique_over_questions_and_conversations(tmp_path: Path) -> None:
    both = {
        "questions": "[{id: a1, text: x}]",
        "conversations": "[{id: a1, turns: [{text: x}, {text: y}]}]",
    }
    for name, entries in both.items():
        text = f"author: an\nwritten: 2026-11-22\ntoday: 2026-11-21\n{name}: {entries}\n"
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    made = [tmp_path / f"{name}.yml" for name in both]
    assert len(load(made[:1])) == 1
    with pytest.raises(ConfigurationError, match="a1: the id is taken"):
        load(made)


def test_the_list_of_what_is_known_is_no_question_file() -> None:
    assert files() and all(file.name != "known.yml" for file in files())
    assert all(file.parent.name != "final" for file in files(final=False))
