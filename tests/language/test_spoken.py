"""Written sentences and how they are read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import numbers
from assistant.language.spoken import LETTERS, spell

TABLE = [
    (
        "Năm 2015, tỉnh Bà Rịa - Vũng Tàu có 530 bác sĩ, tăng 12 người (2,3 %) so với năm 2014.",
        "Năm hai nghìn không trăm mười lăm, tỉnh Bà Rịa Vũng Tàu có năm trăm ba mươi bác sĩ, tăng mười hai người, "
        "hai phẩy ba phần trăm, so với năm hai nghìn không trăm mười bốn.",
    ),
    ("30/6/2025", "ngày ba mươi tháng sáu năm hai nghìn không trăm hai mươi lăm"),
    ("ngày 5/9/2024", "ngày mùng năm tháng chín năm hai nghìn không trăm hai mươi bốn"),
    ("tháng 10/2024", "tháng mười năm hai nghìn không trăm hai mươi bốn"),
    ("tháng 4 năm 2024", "tháng tư năm hai nghìn không trăm hai mươi bốn"),
    ("quý II/2023", "quý hai năm hai nghìn không trăm hai mươi ba"),
    ("quý 2/2026", "quý hai năm hai nghìn không trăm hai mươi sáu"),
    ("Q3 và q4/2025", "quý ba và quý bốn năm hai nghìn không trăm hai mươi lăm"),
    ("bệnh viện hạng ii, xử phạt cấp vi phạm", "bệnh viện hạng hai, xử phạt cấp vi phạm"),
    ("Camera an ninh", "ca mê ra an ninh"),
    ("quý IV năm 2024", "quý bốn năm hai nghìn không trăm hai mươi bốn"),
    ("giai đoạn 2015-2020", "giai đoạn hai nghìn không trăm mười lăm đến hai nghìn không trăm hai mươi"),
    ("năm học 2023-2024", "năm học hai nghìn không trăm hai mươi ba, hai nghìn không trăm hai mươi bốn"),
    ("1.234,5", "một nghìn hai trăm ba mươi tư phẩy năm"),
    ("3.456,7 tỷ đồng", "ba nghìn bốn trăm năm mươi sáu phẩy bảy tỷ đồng"),
    ("1.000.000", "một triệu"),
    ("15 xã", "mười lăm xã"),
    ("-2,5 %", "âm hai phẩy năm phần trăm"),
    ("tăng 3,2‰", "tăng ba phẩy hai phần nghìn"),
    ("1.980 km²", "một nghìn chín trăm tám mươi ki lô mét vuông"),
    ("567 người/km²", "năm trăm sáu mươi bảy người trên ki lô mét vuông"),
    ("20 m2", "hai mươi mét vuông"),
    ("5 kg, 3 ha và 100 USD", "năm ki lô gam, ba héc ta và một trăm đô la Mỹ"),
    ("9,5 bác sĩ/vạn dân", "chín phẩy năm bác sĩ trên vạn dân"),
    ("GRDP", "gờ rờ đê pê"),
    ("HIV", "hắt i vê"),
    ("Trường THPT Vũng Tàu", "Trường trung học phổ thông Vũng Tàu"),
    ("các trường THCS", "các trường trung học cơ sở"),
    ("UBND TP. Bà Rịa", "ủy ban nhân dân thành phố Bà Rịa"),
    ("Sở GD&ĐT", "Sở giáo dục và đào tạo"),
    ("Đúng hạn: 95 %; trễ hạn: 5 %.", "Đúng hạn, chín mươi lăm phần trăm, trễ hạn, năm phần trăm."),
    ("bệnh viện hạng II", "bệnh viện hạng hai"),
    ("3-5 ngày", "ba đến năm ngày"),
    ("COVID-19", "cô vít mười chín"),
    ("Có số liệu nào khác không?", "Có số liệu nào khác không?"),
    ("Hết!", "Hết."),
    ("(a)", "a"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "said"), TABLE)
def test_reading_aloud(written: str, said: str) -> None:
    assert spell(written) == said


@pytest.mark.parametrize("written", [row[0] for row in TABLE])
def test_words_are_left_as_they_are(written: str) -> None:
    assert spell(spell(written)) == spell(written)


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([word for row in TABLE for word in row[0].split()]),
    st.from_regex(r"-?\d{1,3}(\.\d{3}){0,2}(,\d{1,2})?( ?%)?", fullmatch=True),
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_only_letters_and_sentence_marks_remain(written: str) -> None:
    assert set(spell(written).lower()) <= LETTERS | set(" ,.?")


@given(st.integers(0, 10**12))
def test_figures_keep_their_value(value: int) -> None:
    assert numbers.parse(spell(numbers.format(value))) == value
