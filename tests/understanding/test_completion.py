"""Indicators by their words, said apart or beside a shorter name; and where no other indicator may be made of them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.types import Found, SpanKind
from assistant.understanding.completion import SCORE, IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import SAID, Covering, Slot, coverings
from assistant.understanding.spans import SpanFinder


@pytest.fixture(scope="module")
def words(province: Catalogue, cues: Cues) -> IndicatorWords:
    return IndicatorWords(province, cues.hollow)


def slot(text: str, kind: SpanKind, code: str, said: str) -> Slot:
    start = text.index(said)
    found = Found(kind=kind, code=code, text=said)
    return Slot("place" if kind == "area" else kind, start, start + len(said), (found,))


def completed(words: IndicatorWords, text: str, *held: Slot) -> list[str] | None:
    made = words.complete(text, held)
    return None if made is None else [each.best.code for each in made if each.slot == "indicator"]


DOCTORS = "một vạn dân có bao nhiêu bác sĩ"


@pytest.mark.parametrize("text", [DOCTORS, normalise("bác sĩ tính trên 1 vạn dân"), "bao nhieu bac si cho mot van dan"])
def test_words_beside_a_shorter_name_complete_it(words: IndicatorWords, text: str) -> None:
    held = slot(text, "indicator", "hea_doctors", "bac si" if "bac si" in text else "bác sĩ")
    assert completed(words, text, held) == ["hea_doctors_per_10k"]


def test_what_completes_a_name_is_explained_too(words: IndicatorWords) -> None:
    made = words.complete(DOCTORS, (slot(DOCTORS, "indicator", "hea_doctors", "bác sĩ"),))
    assert made is not None
    assert [(DOCTORS[each.start : each.end], each.slot) for each in made] == [
        ("một", SAID),
        ("vạn", SAID),
        ("dân", SAID),
        ("bác sĩ", "indicator"),
    ]
    assert {each.best.score for each in made} == {SCORE}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        pytest.param("có bao nhiêu bác sĩ", [("indicator", "hea_doctors", "bác sĩ")], id="nothing beside the name"),
        pytest.param("bác sĩ ở vũng tàu", [("indicator", "hea_doctors", "bác sĩ")], id="words of no longer name"),
        pytest.param(
            DOCTORS,
            [("indicator", "hea_doctors", "bác sĩ"), ("area", "747", "vạn dân")],
            id="words that name a place",
        ),
        pytest.param(
            "một vạn dân đông có bao nhiêu bác sĩ",
            [("indicator", "hea_doctors", "bác sĩ"), ("member", "residence:urban", "dân đông")],
            id="half of a member's name",
        ),
    ],
)
def test_refused(words: IndicatorWords, text: str, held: list[tuple[SpanKind, str, str]]) -> None:
    assert completed(words, text, *(slot(text, *each) for each in held)) is None


def test_a_whole_member_may_be_part_of_an_indicator(words: IndicatorWords) -> None:
    held = [slot(DOCTORS, "indicator", "hea_doctors", "bác sĩ"), slot(DOCTORS, "member", "residence:urban", "vạn dân")]
    made = words.complete(DOCTORS, tuple(held))
    assert made is not None
    assert {each.best.code for each in made} == {"hea_doctors_per_10k"}


def covering(finder: SpanFinder, sentence: str) -> tuple[str, Covering]:
    text = normalise(sentence)
    return text, coverings(finder.find(text, date(2026, 11, 21), frozenset()))[0][0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("hồ sơ đất đai trễ hạn", ["adm_late"]),
        ("số học sinh huyện Châu Đức năm 2025", None),
        ("Vũng Tàu có bao nhiêu bác sĩ", None),
        ("bác sĩ cấp ba", None),
        ("số vụ cháy theo nguyên nhân cho em làm báo cáo", None),
        ("lượng khách du lịch kèm doanh thu du lịch", None),
        ("một là dân số hai là số hộ dân", None),
    ],
)
def test_of_real_coverings(words: IndicatorWords, finder: SpanFinder, sentence: str, expected: list[str]) -> None:
    text, found = covering(finder, sentence)
    assert completed(words, text, *found) == expected


def test_a_place_keeps_its_slot(words: IndicatorWords, finder: SpanFinder) -> None:
    text, found = covering(finder, "hồ sơ đất đai của Sở Nội vụ trễ hạn năm 2025")
    made = words.complete(text, found)
    assert made is not None
    assert {(each.slot, each.best.code) for each in made if each.slot != SAID} == {
        ("indicator", "adm_late"),
        ("member", "procedure_field:land"),
        ("place", "agy-nv"),
        ("period", "2025"),
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [("bác sĩ vạn dân", "hea_doctors_per_10k"), ("giường vạn dân", "hea_beds_per_10k"), ("thời tiết đẹp", None)],
)
def test_best(words: IndicatorWords, said: str, code: str | None) -> None:
    bag = words.best([*said.split(), "một"], frozenset(), marked=True)
    assert (bag.code if bag else None) == code


@pytest.mark.parametrize("joined", ["số học sinh và số giáo viên", "so hoc sinh voi so giao vien"])
def test_two_figures_joined_stay_two(words: IndicatorWords, joined: str) -> None:
    pupils, teachers = ("học sinh", "giáo viên") if "và" in joined else ("hoc sinh", "giao vien")
    held = (slot(joined, "indicator", "edu_pupils", pupils), slot(joined, "indicator", "edu_teachers", teachers))
    assert words.complete(joined, held) is None
