"""Ratios that a question makes of two indicators: their names, units and scales, on the shipped catalogue."""

from __future__ import annotations

import pytest

from assistant.catalogue import adhoc
from assistant.catalogue.loader import load

INDICATORS = load().indicators


@pytest.mark.parametrize(
    ("numerator", "denominator", "scale", "name", "unit", "factor"),
    [
        ("edu_schools", "soc_population", 10_000, "số trường phổ thông trên 10.000 dân", "trường/10.000 dân", 10_000),
        ("hea_visits", "hea_doctors", 1, "số lượt khám bệnh bình quân mỗi bác sĩ", "lượt/bác sĩ", 1),
        (
            "soc_budget_revenue",
            "soc_population",
            1,
            "thu ngân sách nhà nước trên địa bàn bình quân đầu người",
            "triệu đồng/người",
            1000,
        ),
        ("soc_budget_revenue", "soc_enterprises", 1000, None, "tỷ đồng/1.000 doanh nghiệp", 1000),
    ],
)
def test_names_units_and_scales(
    numerator: str, denominator: str, scale: int, name: str | None, unit: str, factor: float
) -> None:
    made = INDICATORS[f"{numerator}--{denominator}--{scale}"]
    assert made.ratio is not None
    assert (made.unit, made.ratio.scale, made.domain) == (unit, factor, INDICATORS[numerator].domain)
    assert name is None or made.name == name


@pytest.mark.parametrize(
    ("numerator", "denominator", "scale", "code"),
    [
        ("hea_doctors", "soc_population", 10_000, "hea_doctors_per_10k"),
        ("hea_doctors", "soc_population", 1000, "hea_doctors--soc_population--1000"),
        ("soc_grdp", "soc_population", 1, "soc_grdp_per_capita"),
        ("agr_grain_output", "soc_population", 1, "agr_grain_per_capita"),
        ("agr_grain_output", "soc_population", 10_000, "agr_grain_output--soc_population--10000"),
        ("adm_on_time_rate", "soc_population", 1000, "adm_on_time_rate"),
        ("soc_population", "soc_population", 1000, "soc_population"),
    ],
)
def test_the_catalogues_own_ratio_goes_first(numerator: str, denominator: str, scale: int, code: str) -> None:
    assert adhoc.code_of(INDICATORS, numerator, denominator, scale) == code


@pytest.mark.parametrize("code", ["nothing", "edu_schools--nothing--1", "edu_schools--soc_population--many", "a--b"])
def test_codes_of_nothing_are_unknown(code: str) -> None:
    with pytest.raises(KeyError):
        INDICATORS[code]


def test_no_listing_holds_a_made_ratio() -> None:
    before = set(INDICATORS)
    assert INDICATORS["edu_schools--soc_population--1000"].ratio is not None
    assert set(INDICATORS) == before


@pytest.mark.parametrize(
    ("unit", "power"), [("tỷ đồng", 9), ("nghìn tỷ đồng", 12), ("nghìn người", 3), ("học sinh", 0)]
)
def test_power_of_a_unit(unit: str, power: int) -> None:
    assert adhoc.power(unit) == power
