"""The boundary where text is normalised."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import text
from assistant.language.syllable import from_telex, is_syllable
from assistant.language.text import fold, has_marks, normalise

TABLE = [
    ("hoà bình", "hòa bình"),
    ("thuỷ sản", "thủy sản"),
    ("qúy", "quý"),
    ("quí III", "quý iii"),
    ("hòan tòan khỏang", "hoàn toàn khoảng"),
    ("gía gìa", "giá già"),
    ("húynh khuỷu ngoéo", "huýnh khuỷu ngoéo"),
    ("quốc quân quýt", "quốc quân quýt"),
    ("luỹ kế", "lũy kế"),
    ("SỐ  HỌC\tSINH", "số học sinh"),
    (unicodedata.normalize("NFD", "Bà Rịa"), "bà rịa"),
    ("Ðất Đỏ", "đất đỏ"),
    ("học\u200b sinh\ufeff", "học sinh"),
    ("Bà Rịa – Vũng Tàu", "bà rịa vũng tàu"),
    ("BR-VT", "bà rịa vũng tàu"),
    ("tỉnh BRVT", "tỉnh bà rịa vũng tàu"),
    ("Số HS THPT?", "số học sinh trung học phổ thông"),
    ("trường THCS", "trường trung học cơ sở"),
    ("trường TH Nguyễn Du", "trường tiểu học nguyễn du"),
    ("TH này", "th này"),
    ("Sở GD&ĐT", "sở giáo dục và đào tạo"),
    ("Sở GD & ĐT", "sở giáo dục và đào tạo"),
    ("sở gdđt", "sở giáo dục và đào tạo"),
    ("Sở TT&TT", "sở thông tin và truyền thông"),
    ("UBND TP.Vũng Tàu", "ủy ban nhân dân thành phố vũng tàu"),
    ("TP. Bà Rịa", "thành phố bà rịa"),
    ("TX Phú Mỹ", "thị xã phú mỹ"),
    ("H. Châu Đức", "huyện châu đức"),
    ("P.7, P. Thắng Tam", "phường 7 phường thắng tam"),
    ("X. Bưng Riềng", "xã bưng riềng"),
    ("TTHC", "thủ tục hành chính"),
    ("TS HS", "tổng số học sinh"),
    ("trường MN", "trường mầm non"),
    ("KT - XH", "kinh tế xã hội"),
    ("HS/GV, &UBND", "học sinh giáo viên và ủy ban nhân dân"),
    ("GRDP, FDI", "grdp fdi"),
    ("tong so hs", "tong so hoc sinh"),
    ("tyr leej hocj sinh", "tỷ lệ học sinh"),
    ("dduwowcj bao nhieeu", "được bao nhiêu"),
    ("nguowif thangs quys", "người tháng quý"),
    ("test nhanh, gas", "test nhanh gas"),
    ("bác sỹ", "bác sĩ"),
    ("kỉ luật", "kỉ luật"),
    ("2,3 %", "2,3%"),
    ("chiếm mấy %", "chiếm mấy phần trăm"),
    ("dat bn %", "dat bao nhieu phan tram"),
    ("số bn nội trú", "số bệnh nhân nội trú"),
    ("từ đầu năm tới h", "từ đầu năm tới giờ"),
    ("1.234,5 tỷ.", "1.234,5 tỷ"),
    ("10/2024; 30/6/2025", "10/2024 30/6/2025"),
    ("2015 – 2020", "2015-2020"),
    ("năm 2023,2024", "năm 2023 2024"),
    ("quý II/2024", "quý ii/2024"),
    ("tăng -2,5%", "tăng -2,5%"),
    ("người/km²", "người km2"),
    ("“Trường” (công lập)!", "trường công lập"),
    ("👍🏽", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "normal"), TABLE)
def test_normalising(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize("written", [row[0] for row in TABLE])
def test_normalising_twice_changes_nothing(written: str) -> None:
    assert normalise(normalise(written)) == normalise(written)


VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


@given(
    st.one_of(
        st.text(max_size=50),
        st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " .,-/&%0123456789", max_size=50),
        st.lists(st.sampled_from([word for row in TABLE for word in row[0].split()]), max_size=8).map(" ".join),
    )
)
def test_normalising_is_idempotent(written: str) -> None:
    once = normalise(written)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(max_size=50))
def test_folding_keeps_the_length(written: str) -> None:
    assert len(fold(written)) == len(unicodedata.normalize("NFC", written))


def test_folding() -> None:
    assert fold("Số học sinh ở Đất Đỏ") == "so hoc sinh o dat do"


def test_marks() -> None:
    assert has_marks("số")
    assert has_marks("đ")
    assert not has_marks("tong so hoc sinh 2024")


def test_abbreviations_of_names_always_carry_marks() -> None:
    assert normalise("hs nam", marked=True) == "học sinh nam"


def test_every_abbreviation_is_written_out_for_good() -> None:
    for short, full in text._table().always.items():
        assert normalise(short) == full == normalise(full)


@pytest.mark.parametrize("word", ["hoc", "học", "nghiêng", "quý", "giếng", "xuyên", "khuya", "ruou", "rượu", "duc"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hocj", "thpt", "grdp", "covid", "bạt2", "hộck", "fa"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["hoc", "thang", "nam", "grdp", "wifi", "học", "as"])
def test_what_is_no_telex(word: str) -> None:
    assert from_telex(word) is None
