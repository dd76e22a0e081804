"""Numbers, units and periods as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.figures import number, percentage, quantity, rounded, short_period, trimmed, unit_of
from assistant.language.periods import parse_code


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (1_245_300_000_000, 0, "1.245.300.000.000"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.316, "2,3 %"), (100, "100 %"), (-5.04, "5 %"), (0.04, "dưới 0,1 %"), (0, "0 %"), (1234.56, "1.234,6 %")],
)
def test_percentage(value: float, text: str) -> None:
    assert percentage(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (1234, "học sinh", 0, "1.234 học sinh"),
        (94.2, "%", 1, "94,2 %"),
        (85000, "tỷ đồng", 1, "85.000 tỷ đồng"),
        (1_245_300_000_000, "đồng", 0, "1.245,3 tỷ đồng"),
        (1_245_310_000_000, "đồng", 0, "khoảng 1.245,3 tỷ đồng"),
        (950_000, "đồng", 0, "950.000 đồng"),
        (1_500_000, "triệu đồng", 0, "1.500 tỷ đồng"),
        (900, "triệu đồng", 0, "900 triệu đồng"),
        (-2_000_000_000, "đồng", 0, "-2 tỷ đồng"),
        (68.5, "triệu đồng/người", 1, "68,5 triệu đồng/người"),
        (998.54, "nghìn người", 1, "998,5 nghìn người"),
    ],
)
def test_quantity(value: float, unit: str, decimals: int, text: str) -> None:
    assert quantity(value, unit_of(unit), decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (123456, "người", "123.456 người"),
        (1_234_567, "người", "khoảng 1.235.000 người"),
        (2_000_000, "người", "2.000.000 người"),
        (1_245_300_000_000, "đồng", "1.245,3 tỷ đồng"),
        (412345.6, "tỷ đồng", "khoảng 412.346 tỷ đồng"),
    ],
)
def test_quantity_for_the_ear(value: float, unit: str, text: str) -> None:
    assert quantity(value, unit_of(unit), 0 if value > 10**6 else 1, spoken=True) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2026-10", "10/2026"),
        ("2026-Q3", "QIII/2026"),
        ("2026", "2026"),
        ("2023/2024", "2023-2024"),
        ("2026-01..2026-10", "01-10/2026"),
        ("2015..2020", "2015-2020"),
        ("2026-11-21", "21/11/2026"),
    ],
)
def test_short_period(code: str, text: str) -> None:
    assert short_period(parse_code(code)) == text


@given(st.floats(min_value=-1e13, max_value=1e13, allow_nan=False), st.integers(0, 4))
def test_what_is_written_is_the_rounded_value(value: float, decimals: int) -> None:
    for text in (number(value, decimals), trimmed(value, decimals)):
        assert float(text.replace(".", "").replace(",", ".")) == rounded(value, decimals)


@given(st.floats(min_value=0, max_value=1e13, allow_nan=False))
def test_spoken_rounding_stays_within_a_thousandth(value: float) -> None:
    text = quantity(value, unit_of("người"), 0, spoken=True).removeprefix("khoảng ").removesuffix(" người")
    said = float(text.replace(".", "").replace(",", "."))
    assert abs(said - value) <= max(0.5, value * 0.001)
