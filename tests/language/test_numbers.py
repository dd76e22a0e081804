"""Numbers in words and figures, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import numbers
from assistant.language.text import fold, normalise

FOUND = [
    ("có 1.234,5 tỷ đồng", ["1234500000000"]),
    ("1.234,5", ["1234.5"]),
    ("1.000", ["1000"]),
    ("1.000.000", ["1000000"]),
    ("12,5", ["12.5"]),
    ("3.5", ["3.5"]),
    ("0,25", ["0.25"]),
    ("giảm -2,5%", ["-2.5"]),
    ("trên 85%", ["85"]),
    ("85 %", ["85"]),
    ("1,5 triệu người", ["1500000"]),
    ("2 nghìn tỷ", ["2000000000000"]),
    ("3 triệu rưỡi", ["3500000"]),
    ("hai trăm linh năm học sinh", ["205"]),
    ("hai trăm lẻ năm", ["205"]),
    ("một nghìn hai", ["1200"]),
    ("một nghìn hai trăm", ["1200"]),
    ("một nghìn không trăm linh hai", ["1002"]),
    ("hai mươi mốt", ["21"]),
    ("hai mươi tư", ["24"]),
    ("hai mươi bốn", ["24"]),
    ("hai mươi lăm", ["25"]),
    ("hai mươi nhăm", ["25"]),
    ("hăm ba", ["23"]),
    ("ba lăm", ["35"]),
    ("hai tư", ["24"]),
    ("mười lăm", ["15"]),
    ("mười", ["10"]),
    ("ba rưỡi", ["3.5"]),
    ("hai trăm rưỡi", ["250"]),
    ("một triệu rưỡi", ["1500000"]),
    ("nửa triệu dân", ["500000"]),
    ("hai triệu tư", ["2400000"]),
    ("ba trăm tư", ["340"]),
    ("ba trăm hai", ["320"]),
    ("hai nghìn tỷ", ["2000000000000"]),
    ("năm nghìn năm trăm", ["5500"]),
    ("năm trăm học sinh", ["500"]),
    ("năm mươi", ["50"]),
    ("năm rưỡi", ["5.5"]),
    ("năm lăm", ["55"]),
    ("một trăm linh tư", ["104"]),
    ("âm năm phần trăm", ["-5"]),
    ("âm mười hai phẩy ba", ["-12.3"]),
    ("mười hai phẩy năm", ["12.5"]),
    ("ba phẩy hai mươi lăm", ["3.25"]),
    ("không phẩy không năm", ["0.05"]),
    ("một phẩy hai triệu", ["1200000"]),
    ("hai không hai tư", ["2024"]),
    ("top 5 huyện", ["5"]),
    ("top năm huyện", ["5"]),
    ("ba huyện đông nhất", ["3"]),
    ("mười trường có nhiều học sinh nhất", ["10"]),
    ("một vạn dân", ["10000"]),
    ("từ một trăm đến hai trăm", ["100", "200"]),
    ("trên một nghìn và dưới hai nghìn", ["1000", "2000"]),
    ("một trăm hai mươi ba nghìn bốn trăm năm mươi sáu", ["123456"]),
    ("mười hai tỷ không trăm linh năm triệu", ["12005000000"]),
    ("hơn 2.024 học sinh", ["2024"]),
    ("trên 2000 học sinh", ["2000"]),
    ("một nghìn năm học sinh", ["1500"]),
    ("một nghìn năm người", ["1500"]),
]


@pytest.mark.parametrize(("sentence", "codes"), FOUND)
def test_numbers_are_found(sentence: str, codes: list[str]) -> None:
    text = normalise(sentence)
    found = numbers.find(text)
    assert [item.code for item in found] == codes
    assert all(text[item.start : item.end] == item.text for item in found)


FOLDED = [row for row in FOUND if row[0] not in ("top năm huyện", "một nghìn năm người", "mười")]


@pytest.mark.parametrize(("sentence", "codes"), FOLDED)
def test_the_same_without_diacritics(sentence: str, codes: list[str]) -> None:
    assert [item.code for item in numbers.find(fold(normalise(sentence)))] == codes


NOT_FOUND = [
    "năm học này",
    "năm nay",
    "đầu tư công",
    "trường tư thục",
    "không có trường nào",
    "bà rịa vũng tàu",
    "ba ria vung tau",
    "sau tet nam ngoai",
    "tu nam truoc",
    "ngày 30/6/2025",
    "giai đoạn 2015-2020",
    "tháng 10/2024",
    "q3/2024",
    "bao nhiêu học sinh",
    "hai ba",
    "",
]


@pytest.mark.parametrize("sentence", NOT_FOUND)
def test_no_number_where_none_is_said(sentence: str) -> None:
    assert numbers.find(normalise(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("năm hai không hai tư", ["2024"]),
        ("năm hai nghìn không trăm hai mươi bốn", ["2024"]),
        ("hai mươi năm qua", ["20"]),
        ("một trăm năm", ["100"]),
        ("xây hai mươi trường tư thục", ["20"]),
        ("hai mươi tư thục", ["20"]),
    ],
)
def test_nam_and_tu_keep_their_other_meaning(sentence: str, codes: list[str]) -> None:
    assert [item.code for item in numbers.find(sentence)] == codes


SAID = [
    (0, "không"),
    (4, "bốn"),
    (5, "năm"),
    (10, "mười"),
    (14, "mười bốn"),
    (15, "mười lăm"),
    (20, "hai mươi"),
    (21, "hai mươi mốt"),
    (24, "hai mươi tư"),
    (25, "hai mươi lăm"),
    (101, "một trăm linh một"),
    (105, "một trăm linh năm"),
    (110, "một trăm mười"),
    (115, "một trăm mười lăm"),
    (1000, "một nghìn"),
    (1005, "một nghìn không trăm linh năm"),
    (1234, "một nghìn hai trăm ba mươi tư"),
    (2024, "hai nghìn không trăm hai mươi tư"),
    (1_000_005, "một triệu không trăm linh năm"),
    (1_000_000_000_000, "một nghìn tỷ"),
    (-3, "âm ba"),
    (1234.5, "một nghìn hai trăm ba mươi tư phẩy năm"),
    (-2.5, "âm hai phẩy năm"),
    (0.05, "không phẩy không năm"),
    (2.25, "hai phẩy hai mươi lăm"),
    (1.234, "một phẩy hai ba bốn"),
    (3.10, "ba phẩy một"),
]


@pytest.mark.parametrize(("value", "words"), SAID)
def test_numbers_are_said(value: float, words: str) -> None:
    assert numbers.in_words(value) == words


def test_words_round_as_figures_do() -> None:
    assert numbers.in_words(2.345, 1) == "hai phẩy ba"
    assert numbers.in_words(-0.04, 1) == "không"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0,0"),
        (1.005, 2, "1,01"),
        (12, 2, "12,00"),
    ],
)
def test_figures_are_written_the_vietnamese_way(value: float, decimals: int, written: str) -> None:
    assert numbers.format(value, decimals) == written


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_read_back(value: int) -> None:
    words = numbers.in_words(value)
    assert numbers.parse(words) == value
    assert numbers.parse(fold(words)) == value


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_decimals_read_back(value: int, places: int) -> None:
    exact = Decimal(value).scaleb(-places)
    words = numbers.in_words(exact)
    assert numbers.parse(words) == exact
    assert numbers.parse(fold(words)) == exact


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_figures_read_back(value: int, places: int) -> None:
    exact = Decimal(value).scaleb(-places)
    assert numbers.parse(numbers.format(exact, places)) in (exact, abs(exact))


@given(st.integers(11, 10**12))
def test_words_in_a_sentence_are_one_number(value: int) -> None:
    found = numbers.find(f"xã có {numbers.in_words(value)} hộ")
    assert [item.code for item in found] == [str(value)]


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    normal = normalise(text)
    for found in numbers.find(normal):
        assert normal[found.start : found.end] == found.text
        float(found.code)
