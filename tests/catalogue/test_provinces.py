"""The country, its regions and other provinces: what they hold, what they are called, what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.access import Grants
from assistant.catalogue.loader import load

CATALOGUE = load()
REAL, NOW = date(2015, 12, 31), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("code", "kind", "day", "count"),
    [
        ("vn", "region", REAL, 6),
        ("vn", "province", REAL, 63),
        ("vn", "province", NOW, 34),
        ("red-river", "province", REAL, 11),
        ("northern-uplands", "province", REAL, 14),
        ("central-coast", "province", REAL, 14),
        ("central-highlands", "province", REAL, 5),
        ("south-east", "province", REAL, 6),
        ("mekong-delta", "province", REAL, 13),
        ("vn", "district", REAL, 0),
        ("75", "district", REAL, 0),
        ("77", "district", REAL, 8),
    ],
)
def test_what_lies_in_an_area(code: str, kind: str, day: date, count: int) -> None:
    assert len(CATALOGUE.children(code, kind, day)) == count


def test_every_province_is_in_the_country_and_one_region() -> None:
    provinces = CATALOGUE.children("vn", "province", REAL)
    inside = [
        code
        for region in CATALOGUE.children("vn", "region", REAL)
        for code in CATALOGUE.children(region, "province", REAL)
    ]
    assert sorted(inside) == sorted(provinces)
    assert CATALOGUE.province.code == "77" and "77" in provinces


def test_grants_and_sums_end_at_the_province() -> None:
    assert CATALOGUE.ancestors("77") == CATALOGUE.ancestors("75") == ()
    whole, district = Grants({"health": None}), Grants({"health": frozenset({"750"})})
    assert whole.covers("health", "75", CATALOGUE) and whole.covers("health", "vn", CATALOGUE)
    assert not district.covers("health", "75", CATALOGUE) and not district.covers("health", "vn", CATALOGUE)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Đồng Nai", {"75"}),
        ("tỉnh Hòa Bình", {"17"}),
        ("Hòa Bình", {"26641"}),
        ("Sài Gòn", {"79"}),
        ("Đông Nam Bộ", {"south-east"}),
        ("toàn quốc", {"vn"}),
    ],
)
def test_our_own_places_go_before_a_province_of_their_name(text: str, codes: set[str]) -> None:
    assert {name.code for name in CATALOGUE.names() if name.kind == "area" and name.text == text} == codes


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("752", ["01/01/2025", "huyện Long Đất", "01/7/2025"]),
        ("753", ["huyện Long Điền và huyện Đất Đỏ nhập", "không còn cấp huyện"]),
        ("26665", ["xã Tam An", "xã Long Điền, Thành phố Hồ Chí Minh"]),
        ("754-tt", ["thị xã Phú Mỹ", "thành phố Phú Mỹ", "phường Phú Mỹ"]),
        ("74", ["hợp nhất", "Thành phố Hồ Chí Minh mới"]),
        ("75", ["gồm cả địa bàn tỉnh Bình Phước"]),
    ],
)
def test_what_became_of_an_area(code: str, words: list[str]) -> None:
    told = " ".join(CATALOGUE.history(code))
    assert [word for word in words if word not in told] == []


def test_where_units_stand_still_nothing_becomes_of_them() -> None:
    assert CATALOGUE.as_of(date(2025, 6, 30)).history("752") == ()
    assert CATALOGUE.history("sch-none") == ()
