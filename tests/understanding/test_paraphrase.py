"""Which indicator words likely mean, by names and by phrases that are no names."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.understanding import paraphrase
from assistant.understanding.paraphrase import Paraphrases
from assistant.understanding.reader import Understanding
from tests.understanding.conftest import codes, last

LEFT_OUT = 5
"""Every so manieth phrase is left out to be tried."""


@pytest.fixture(scope="module")
def phrases() -> dict[str, tuple[str, ...]]:
    return paraphrase.read()


@pytest.fixture(scope="module")
def paraphrases(province: Catalogue, phrases: dict[str, tuple[str, ...]]) -> Paraphrases:
    return Paraphrases(province, phrases)


def field(province: Catalogue, code: str) -> list[str]:
    domain = province.indicator(code).domain
    return [other for other, entry in province.indicators.items() if entry.domain == domain]


def test_phrases_are_of_indicators_there_are_and_are_none_of_their_names(
    province: Catalogue, phrases: dict[str, tuple[str, ...]]
) -> None:
    assert phrases.keys() <= province.indicators.keys()
    assert {province.indicator(code).domain for code in phrases} == province.domains.keys()
    for code, said in phrases.items():
        assert len(set(said)) == len(said), code
        assert province.indicator(code).name not in said, code


@pytest.mark.parametrize("marked", [True, False])
def test_phrases_that_were_left_out_are_told_by_the_others(
    province: Catalogue, phrases: dict[str, tuple[str, ...]], marked: bool
) -> None:
    rest = {code: [one for at, one in enumerate(said) if at % LEFT_OUT] for code, said in phrases.items()}
    model = Paraphrases(province, rest)
    found: Counter[bool] = Counter()
    for code, said in phrases.items():
        for phrase in said[::LEFT_OUT]:
            spelled = normalise(phrase, marked=True)
            fits = model.likely((spelled if marked else fold(spelled)).split(), field(province, code), marked=marked)
            found[bool(fits) and fits[0].code == code] += 1
    assert found[True] / found.total() >= 0.85


def test_shares_are_of_those_that_are_compared(province: Catalogue, paraphrases: Paraphrases) -> None:
    fits = paraphrases.likely(["rồi", "đem", "chôn", "mấy", "tấn"], field(province, "env_landfilled"), marked=True)
    assert fits[0].code == "env_landfilled"
    assert sum(fit.probability for fit in fits) == pytest.approx(1.0)
    assert [fit.weight for fit in fits] == sorted((fit.weight for fit in fits), reverse=True)


def test_words_that_nothing_was_called_tell_nothing(province: Catalogue, paraphrases: Paraphrases) -> None:
    assert paraphrases.likely(["xyzzy"], province.indicators, marked=True) == []
    assert paraphrases.likely(["chôn"], [], marked=True) == []


def test_a_name_that_is_added_counts_at_once(province: Catalogue, phrases: dict[str, tuple[str, ...]]) -> None:
    said = "bể chứa rác lộ thiên"
    more = Paraphrases(province, {**phrases, "env_landfilled": (*phrases["env_landfilled"], said)})
    assert more.likely(said.split(), field(province, "env_landfilled"), marked=True)[0].code == "env_landfilled"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            ["Xuyên Mộc tháng 10 thải ra bao nhiêu tấn rác sinh hoạt", "đem chôn xuống hố mấy tấn"],
            "env_landfilled 751 2026-10",
            id="words that only another one of the field has",
        ),
        pytest.param(
            ["Xuyên Mộc tháng 10 thải ra bao nhiêu tấn rác sinh hoạt", "còn Châu Đức thì mấy tấn"],
            "env_household_waste 750 2026-10",
            id="words that tell nothing leave it as it is",
        ),
    ],
)
def test_talk_turns_to_the_indicator_that_the_words_tell(
    understanding: Understanding, said: list[str], expected: str
) -> None:
    assert codes(last(understanding, said)) == expected
