"""Indicators by some of their words: how well they fit, what tells, what is strange."""

from __future__ import annotations

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold
from assistant.understanding.bank import Bank
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.likely import LikelyIndicators
from assistant.understanding.training import question_words


@pytest.fixture(scope="module")
def likely(province: Catalogue, cues: Cues, base_bank: Bank) -> LikelyIndicators:
    made = LikelyIndicators(province, IndicatorWords(province, cues.hollow))
    made.learn(question_words(base_bank))
    return made


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("số vụ cháy", "eme_fires"),
        ("hồ sơ trễ hạn", "adm_late"),
        ("người chết tai nạn giao thông", "tra_deaths"),
        ("rác sinh hoạt thu gom", "env_household_collected"),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_the_best_fit_comes_first(likely: LikelyIndicators, said: str, code: str, marked: bool) -> None:
    ranked = likely.rank((said if marked else fold(said)).split(), marked=marked)
    assert ranked[0].code == code
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert all(0 < each.score <= 1 for each in ranked)


def test_only_names_that_hold_all_of_some_words_count(likely: LikelyIndicators) -> None:
    ranked = likely.rank(["năng", "suất", "sản", "lượng", "lúa"], ["năng", "suất"], marked=True)
    assert ranked[0].code == "agr_rice_yield"
    assert "agr_rice_output" not in {each.code for each in ranked}


def test_a_count_goes_before_its_rate(likely: LikelyIndicators) -> None:
    codes = [each.code for each in likely.rank(["lượt", "khám", "bảo", "hiểm", "y", "tế"], marked=True)]
    assert codes.index("hea_insured_visits") < codes.index("hea_insured_visit_rate")


def test_marks_tell_words_apart(likely: LikelyIndicators) -> None:
    assert "agr_poultry" not in {each.code for each in likely.rank(["cảm", "ơn"], marked=True)}


@pytest.mark.parametrize(
    ("said", "telling", "strange"),
    [("bị thương", {"thương"}, set()), ("giá vàng sjc", set(), {"vàng", "sjc"}), ("là bao nhiêu", set(), set())],
)
def test_what_tells_and_what_is_strange(
    likely: LikelyIndicators, said: str, telling: set[str], strange: set[str]
) -> None:
    assert telling <= likely.telling(said.split(), marked=True)
    assert strange <= likely.strange(said.split(), marked=True)
    assert not (telling & likely.strange(said.split(), marked=True))
