"""Abbreviations said letter by letter."""

from __future__ import annotations

import pytest

from assistant.language.letters import Letters

LETTERS = Letters(
    ["Dự án FDI", "Tổng sản phẩm trên địa bàn (GRDP)", "Chỉ số AQI", "Người nhiễm HIV/AIDS", "Xã An Ngãi"]
)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("vốn ép đê i tháng mười", "vốn fdi tháng mười"),
        ("vốn ép đi ai", "vốn fdi"),
        ("gờ rờ đê pê quý hai", "grdp quý hai"),
        ("a quy i của vũng tàu", "aqi của vũng tàu"),
        ("hát i vê", "hiv"),
        ("ép đê in", "ép đê in"),
        ("đê i a", "đê i a"),
        ("xã an ngãi ở đâu", "xã an ngãi ở đâu"),
    ],
)
def test_letters_are_joined_where_a_name_has_them(said: str, written: str) -> None:
    assert LETTERS.joined(said) == written
