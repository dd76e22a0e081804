"""Slips are put right by the words around them; words of questions, and names that are in no list, are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.understanding.bank import Bank
from assistant.understanding.repair import Repair


@pytest.fixture(scope="session")
def repair(base_bank: Bank, province: Catalogue) -> Repair:
    return Repair(base_bank, province)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # one letter
        ("dân số tăg bao nhiêu", "dân số tăng bao nhiêu"),
        ("huyện nào nhiều học sinh nhât", "huyện nào nhiều học sinh nhất"),
        ("số học sinh nám 2024", "số học sinh năm 2024"),
        ("bao nhiu học sinh", "bao nhiêu học sinh"),
        ("dan so tang bao nhiu", "dan so tang bao nhieu"),
        ("huyen nao nhieu hoc sinh nhatt", "huyen nao nhieu hoc sinh nhat"),
        # two, by the words beside them
        ("số hcọ siinh huyện Châu Đức", "số học sinh huyện châu đức"),
        ("trường nào nhièu học snh nhât", "trường nào nhiều học sinh nhất"),
        ("so gaio vien tieuhoc", "so giao vien tieu hoc"),
        ("hồ sơ trễ hạnn tháng mườii", "hồ sơ trễ hạn tháng mười"),
        ("so vơi cung ki năm ngoái dân số tăng bao nhiêu", "so với cùng kỳ năm ngoái dân số tăng bao nhiêu"),
        # in names
        ("dân số huyện Xyuên Mộcc", "dân số huyện xuyên mộc"),
        ("số giường bệnh viện vũgn tàu", "số giường bệnh viện vũng tàu"),
        ("bệnh viện bà dịa mổ mấy ca", "bệnh viện bà rịa mổ mấy ca"),
        # tone marks and sounds
        ("tỷ lệ hộ nghèo giãm mấy điễm", "tỷ lệ hộ nghèo giảm mấy điểm"),
        ("giảm mấy phần chăm", "giảm mấy phần trăm"),
        ("bệnh viện lào nhiều bác sĩ nhất", "bệnh viện nào nhiều bác sĩ nhất"),
        # run together
        ("dânsố huyện Châu Đức", "dân số huyện châu đức"),
        ("hoso tre han thang10", "ho so tre han thang 10"),
        ("được mấyhộ nghèo", "được mấy hộ nghèo"),
        # key strokes
        ("số ho5c sinh tru7o72ng tiểu học", "số học sinh trường tiểu học"),
        ("số học sinh tieeur học nawm 2025", "số học sinh tiểu học năm 2025"),
        # abbreviations
        ("hồ sơ trễ hạn của unbd huyện Châu Đức", "hồ sơ trễ hạn của ủy ban nhân dân huyện châu đức"),
        ("so hoc sinh thptt", "so hoc sinh trung hoc pho thong"),
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
        "từ tháng tư đến tháng sáu năm hai không hai lăm",
        "hai nghìn không trăm hai mươi mốt",
        "dân số tỉnh Đồng Nai năm 2025",
        "Bệnh viện Chợ Rẫy khám bao nhiêu lượt",
        "thời tiết ngày mai ra sao",
        "giá vàng SJC hôm nay",
        "bao nhiêu trẻ nam, bao nhiêu trẻ nữ",
        "xyzq",
        "x",
        "12 2024-10",
        "",
    ],
)
def test_known_words_numbers_and_far_words_stay(repair: Repair, typed: str) -> None:
    assert repair.repair(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "trường tiểu học phước hội",
        "trường tiểu học phước hải",
        "dân số xã phước hưng",
        "dân số xã phước hiền",
        "trường tiểu học hòa bình",
        "trường tiểu học long hưng",
        "trường mầm non hoa sim",
        "truong mam non hoa sim",
        "truong tieu hoc phuoc hien",
        "huyện mwờng",
        "trường zzyx",
    ],
)
def test_names_stay_whether_they_are_listed_or_not(repair: Repair, typed: str) -> None:
    assert repair.repair(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize(
    ("typed", "large", "read", "still_large"),
    [
        ("trường tiểu học lê lơi năm 2024", {"le", "loi"}, "lê lơi", {"le", "loi"}),
        ("trường tiểu học nguuễn bá học", {"nguuen", "ba", "hoc"}, "nguyễn bá học", {"nguyen", "ba", "hoc"}),
    ],
)
def test_what_is_written_large_is_a_name(
    repair: Repair, typed: str, large: set[str], read: str, still_large: set[str]
) -> None:
    text, names = repair.mend(typed, frozenset(large))
    assert read in text
    assert still_large <= names


def test_every_name_stays_as_it_is(repair: Repair, province: Catalogue) -> None:
    """No listed name becomes another, alone or without its marks."""
    for name in province.names():
        text = normalise(name.text, marked=True)
        assert repair.repair(text) == text
        assert repair.repair(fold(text)) == fold(text)


def test_without_marks_the_repair_has_none(repair: Repair) -> None:
    assert repair.repair("tag bao nhieu").isascii()


def test_a_lone_mark_among_many_words_is_a_slip(repair: Repair) -> None:
    assert repair.repair("ho so tre han cuôi thang 10 cua so noi vu") == "ho so tre han cuoi thang 10 cua so noi vu"


def test_what_is_repaired_is_not_repaired_again(repair: Repair) -> None:
    once = repair.repair("dân số tăg bao nhiu ở huyện nhât")
    assert repair.repair(once) == once


@pytest.mark.parametrize(
    "question",
    [
        "số hộ cận nghèo xã suối rao thay đổi thế nào",
        "tỷ lệ suy dinh dưỡng của châu đức trong năm 2025 cao hơn toàn tỉnh bao nhiêu",
        "học sinh nam và học sinh nữ của huyện long đất chênh nhau mấy em",
        "trường trung học phổ thông vũng tàu năm học này có mấy lớp",
        "hồ sơ trễ hạn quý ba của sở tài chính",
        "hai nghìn không trăm hai mươi lăm",
        "bệnh viện này tháng trước mổ bao nhiêu ca",
        "huyện nuôi được mấy con bò",
        "cả tỉnh giải thể bao nhiêu doanh nghiệp rồi",
        "công an cấp mấy thẻ căn cước trên cả tỉnh",
    ],
)
def test_marks_are_restored(repair: Repair, question: str) -> None:
    assert repair.restored(fold(question)) == question


def test_words_in_no_list_stay_bare(repair: Repair) -> None:
    assert repair.restored("benh vien zzyx 2025") == "bệnh viện zzyx 2025"


@given(st.text(alphabet="abcdđeghiêôơưâăáạ 0123456789.-/%", max_size=60))
def test_any_text_goes_through(repair: Repair, text: str) -> None:
    typed = normalise(text)
    assert repair.repair(typed).split() or not typed
    assert fold(repair.restored(fold(typed))) == fold(typed)
