"""Slips of one letter are put right; words of questions and of names are left alone."""

from __future__ import annotations

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding.bank import Bank
from assistant.understanding.repair import Repair


@pytest.fixture(scope="module")
def repair(base_bank: Bank, province: Catalogue) -> Repair:
    return Repair(base_bank, province)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dân số tăg bao nhiêu", "dân số tăng bao nhiêu"),
        ("huyện nào nhiều học sinh nhât", "huyện nào nhiều học sinh nhất"),
        ("số học sinh nám 2024", "số học sinh năm 2024"),
        ("bao nhiu học sinh", "bao nhiêu học sinh"),
        ("dan so tang bao nhiu", "dan so tang bao nhieu"),
        ("huyen nao nhieu hoc sinh nhatt", "huyen nao nhieu hoc sinh nhat"),
    ],
)
def test_slips_are_put_right(repair: Repair, typed: str, meant: str) -> None:
    assert repair.repair(normalise(typed)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Số học sinh huyện Châu Đức năm 2024 là bao nhiêu?",
        "so hoc sinh huyen chau duc nam 2024 la bao nhieu",
        "dân số xã Long Sơn",
        "Bệnh viện Bà Rịa có 3 giường",
        "xyzq",
        "x",
        "12 2024-10",
        "",
    ],
)
def test_known_words_numbers_and_far_words_stay(repair: Repair, typed: str) -> None:
    assert repair.repair(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize("typed", ["trường xuyzen", "huyện mwờng", "Trường Zzyx"])
def test_a_proper_name_without_a_near_word_stays(repair: Repair, typed: str) -> None:
    assert repair.repair(normalise(typed)) == normalise(typed)


def test_without_marks_the_repair_has_none(repair: Repair) -> None:
    assert repair.repair("tag bao nhieu").isascii()


def test_what_is_repaired_is_not_repaired_again(repair: Repair) -> None:
    once = repair.repair("dân số tăg bao nhiu ở huyện nhât")
    assert repair.repair(once) == once
