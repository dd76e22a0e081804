"""What the assistant calls people and itself."""

from __future__ import annotations

import pytest

from assistant.language import address


@pytest.mark.parametrize(
    ("form", "person", "self_"),
    [
        ("anh", "anh", "em"),
        ("chị", "chị", "em"),
        ("đồng chí", "đồng chí", "tôi"),
        ("ông", "ông", "tôi"),
        ("bà", "bà", "tôi"),
        ("bác", "bác", "cháu"),
        ("cô", "cô", "cháu"),
        ("chú", "chú", "cháu"),
        ("em", "em", "tôi"),
        (" Đồng  Chí ", "đồng chí", "tôi"),
        ("ngài", "đồng chí", "tôi"),
        ("", "đồng chí", "tôi"),
    ],
)
def test_forms(form: str, person: str, self_: str) -> None:
    found = address.of(form)
    assert (found.person, found.self_) == (person, self_)


def test_openings() -> None:
    assert address.of("anh").respectful("Tỉnh có 5 trường.") == "Thưa anh, tỉnh có 5 trường."
    assert address.of("chị").answer("Năm 2015 có 5 bác sĩ.") == "Dạ, năm 2015 có 5 bác sĩ."
    assert address.of("đồng chí").answer("Có 5 trường.") == "Báo cáo đồng chí, có 5 trường."
    assert address.of("em").answer("Có 5 trường.") == "Có 5 trường."
    assert address.of("anh").answer("Bà Rịa có 5 trường.") == "Dạ, Bà Rịa có 5 trường."
    assert address.of("anh").answer("UBND tỉnh.") == "Dạ, UBND tỉnh."


def test_filling_leaves_other_braces() -> None:
    assert (
        address.of("bác").fill("{Self} chưa rõ {period}, {person} nói lại ạ.")
        == "Cháu chưa rõ {period}, bác nói lại ạ."
    )


def test_every_form_has_all_it_needs() -> None:
    assert {address.of(form).person for form in address.forms()} == set(address.forms())
