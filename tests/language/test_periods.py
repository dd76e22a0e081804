"""Sentences and the periods they name, asked on 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import periods
from assistant.language.text import fold, normalise
from assistant.types import Found, Period

TODAY = date(2026, 11, 21)


def best(text: str, today: date = TODAY) -> list[Found]:
    """The likeliest period of all words that name one."""
    found: dict[tuple[int, int], Found] = {}
    for item in periods.find(text, today):
        found.setdefault((item.start, item.end), item)
    return list(found.values())


SAID = [
    # years
    ("Năm 2024 tỉnh có bao nhiêu bác sĩ", "2024"),
    ("năm hai không hai tư có bao nhiêu học sinh", "2024"),
    ("năm hai không hai lăm", "2025"),
    ("năm hai không không chín", "2009"),
    ("năm hai không mười lăm", "2015"),
    ("năm hai không hai mươi", "2020"),
    ("năm hai nghìn không trăm hai mươi bốn", "2024"),
    ("năm hai ngàn không trăm linh năm", "2005"),
    ("năm hai nghìn lẻ chín", "2009"),
    ("năm hai nghìn", "2000"),
    ("năm hai nghìn hai mươi tư", "2024"),
    ("năm một nghìn chín trăm chín mươi lăm", "1995"),
    ("năm một chín chín tám", "1998"),
    ("năm 24", "2024"),
    ("năm 98", "1998"),
    ("năm hai lăm thu được bao nhiêu", "2025"),
    ("năm nay", "2026"),
    ("ô tô đăng ký mới năm nay", "2026"),
    ("hồi hai ngàn mười bảy ít bác sĩ", "2017"),
    ("năm ngoái có bao nhiêu ca", "2025"),
    ("năm trước", "2025"),
    ("năm vừa rồi", "2025"),
    ("năm vừa qua", "2025"),
    ("năm kia", "2024"),
    ("năm tới dự kiến bao nhiêu", "2027"),
    ("năm sau", "2027"),
    ("giáo viên nam 2024", "2024"),
    ("số học sinh lớp 10 năm 2024", "2024"),
    ("tỷ lệ trẻ em dưới 5 tuổi năm 2020", "2020"),
    ("năm 1890", "1890"),
    ("năm 2100", "2100"),
    ("dân số 2009", "2009"),
    ("dân số trung bình 2009 của tỉnh", "2009"),
    ("số học sinh hai không hai tư", "2024"),
    ("học sinh nữ năm 2024", "2024"),
    ("số trường của năm 2016 so ra sao", "2016"),
    ("các tháng năm 2024", "2024"),
    ("theo từng tháng năm 2024", "2024"),
    ("mỗi tháng năm 2025", "2025"),
    ("5 năm trước", "2021"),
    ("cách đây 3 năm", "2023"),
    # months
    ("tháng 10 có bao nhiêu hồ sơ trễ hạn", "2026-10"),
    ("tháng 11", "2026-11"),
    ("tháng 12", "2025-12"),
    ("tháng mười hai", "2025-12"),
    ("tháng mười một", "2026-11"),
    ("tháng một", "2026-01"),
    ("tháng giêng", "2026-01"),
    ("tháng chạp", "2025-12"),
    ("tháng tư", "2026-04"),
    ("tháng tám", "2026-08"),
    ("tháng bẩy", "2026-07"),
    ("tháng năm", "2026-05"),
    ("tháng năm năm ngoái", "2025-05"),
    ("tháng năm năm 2024", "2024-05"),
    ("tháng năm 2024", "2024-05"),
    ("tháng mười năm ngoái", "2025-10"),
    ("tháng mười năm nay", "2026-10"),
    ("tháng mười năm hai không hai tư", "2024-10"),
    ("tháng mười hai không hai tư", "2024-10"),
    ("tháng mười hai năm hai không hai tư", "2024-12"),
    ("tháng mười một năm hai nghìn không trăm hai mươi ba", "2023-11"),
    ("tháng 10/2024", "2024-10"),
    ("tháng 10-2024", "2024-10"),
    ("tháng 09/2024", "2024-09"),
    ("tháng 10 năm 2024", "2024-10"),
    ("tháng 10 của năm 2024", "2024-10"),
    ("tháng 10 2024", "2024-10"),
    ("tháng 3 năm hai lăm", "2025-03"),
    ("tháng 3/25", "2025-03"),
    ("10/2024", "2024-10"),
    ("t10/2024", "2024-10"),
    ("T10", "2026-10"),
    ("2024-10", "2024-10"),
    ("tháng này", "2026-11"),
    ("tháng trước", "2026-10"),
    ("tháng rồi", "2026-10"),
    ("tháng vừa qua", "2026-10"),
    ("tháng vừa rồi có bao nhiêu hồ sơ", "2026-10"),
    ("tháng trước nữa", "2026-09"),
    ("tháng tới", "2026-12"),
    ("1 tháng qua", "2026-10"),
    ("2 tháng trước", "2026-09"),
    ("đầu năm", "2026-01"),
    ("đầu năm 2024", "2024-01"),
    ("đầu năm nay", "2026-01"),
    ("giữa năm", "2026-06"),
    ("giữa năm 2023", "2023-06"),
    ("cuối năm 2023", "2023-12"),
    ("cuối năm ngoái", "2025-12"),
    ("cuối năm", "2025-12"),
    ("tháng đầu năm 2024", "2024-01"),
    ("tháng cuối năm 2024", "2024-12"),
    ("dịp Tết", "2026-02"),
    ("Tết năm ngoái", "2025-01"),
    ("Tết Nguyên đán 2024", "2024-02"),
    ("tháng Tết 2023", "2023-01"),
    ("tháng 9 năm học 2023-2024", "2023-09"),
    ("tháng 3 của năm học 2023-2024", "2024-03"),
    # quarters
    ("quý 3/2024", "2024-Q3"),
    ("quý III năm 2024", "2024-Q3"),
    ("quý III/2024", "2024-Q3"),
    ("Quý IV-2024", "2024-Q4"),
    ("qúy I/2025", "2025-Q1"),
    ("quí 2 năm 2025", "2025-Q2"),
    ("quý ba", "2026-Q3"),
    ("quý tư", "2026-Q4"),
    ("quý bốn năm 2024", "2024-Q4"),
    ("quý tư năm 2024", "2024-Q4"),
    ("quý hai năm ngoái", "2025-Q2"),
    ("q3 2024", "2024-Q3"),
    ("Q3/2024", "2024-Q3"),
    ("quý này", "2026-Q4"),
    ("quý trước", "2026-Q3"),
    ("quý vừa qua", "2026-Q3"),
    ("quý đầu năm 2024", "2024-Q1"),
    ("quý cuối năm ngoái", "2025-Q4"),
    # running totals and halves
    ("6 tháng đầu năm 2024", "2024-01..2024-06"),
    ("6 tháng đầu năm", "2026-01..2026-06"),
    ("sáu tháng đầu năm", "2026-01..2026-06"),
    ("sáu tháng đầu năm ngoái", "2025-01..2025-06"),
    ("9 tháng đầu năm nay", "2026-01..2026-09"),
    ("mười một tháng đầu năm", "2026-01..2026-11"),
    ("3 tháng đầu năm 2025", "2025-01..2025-03"),
    ("9 tháng năm 2024", "2024-01..2024-09"),
    ("chín tháng năm 2024", "2024-01..2024-09"),
    ("9 tháng/2024", "2024-01..2024-09"),
    ("12 tháng năm 2024", "2024"),
    ("3 quý đầu năm 2024", "2024-01..2024-09"),
    ("6 tháng cuối năm 2024", "2024-07..2024-12"),
    ("6 tháng cuối năm", "2025-07..2025-12"),
    ("nửa đầu năm", "2026-01..2026-06"),
    ("nửa đầu năm 2024", "2024-01..2024-06"),
    ("nửa cuối năm 2024", "2024-07..2024-12"),
    ("lũy kế đến tháng 9", "2026-01..2026-09"),
    ("luỹ kế đến hết tháng 9 năm 2024", "2024-01..2024-09"),
    ("lũy kế 9 tháng", "2026-01..2026-09"),
    ("lũy kế 9 tháng đầu năm 2024", "2024-01..2024-09"),
    ("lũy kế đến quý 3 năm 2024", "2024-01..2024-09"),
    ("lũy kế từ đầu năm đến nay", "2026-01..2026-10"),
    ("lũy kế đến nay", "2026-01..2026-10"),
    ("từ đầu năm đến nay", "2026-01..2026-10"),
    ("từ đầu năm tới giờ", "2026-01..2026-10"),
    ("từ đầu năm đến hết tháng 9", "2026-01..2026-09"),
    ("từ đầu năm 2025 đến nay", "2025-01..2026-10"),
    ("từ đầu năm 2025 đến quý 2 năm nay", "2025-01..2026-06"),
    ("từ đầu năm ngoái đến hết tháng 3 năm 2026", "2025-01..2026-03"),
    ("bắt đầu từ quý 2 năm 2025", "2025-04..2026-09"),
    ("nhập khẩu chung các khối mười tháng", "2026-01..2026-10"),
    ("tính đến hết tháng 9 năm 2024", "2024-01..2024-09"),
    ("đến hết tháng 9", "2026-01..2026-09"),
    ("tính đến 30/9/2024", "2024-01..2024-09"),
    ("tính đến ngày 31/12/2023", "2023"),
    ("tính đến cuối năm 2023", "2023"),
    ("tổng thu 9 tháng là bao nhiêu", "2026-01..2026-09"),
    # school years
    ("năm học 2023-2024", "2023/2024"),
    ("năm học 2023 - 2024", "2023/2024"),
    ("năm học 2023/2024", "2023/2024"),
    ("năm học 23-24", "2023/2024"),
    ("năm học 2023-24", "2023/2024"),
    ("niên khóa 2022-2023", "2022/2023"),
    ("năm học hai không hai ba hai không hai tư", "2023/2024"),
    ("năm học hai không hai ba đến hai không hai tư", "2023/2024"),
    ("năm học hai nghìn không trăm hai mươi ba hai nghìn không trăm hai mươi tư", "2023/2024"),
    ("năm học 2023", "2023/2024"),
    ("năm học này", "2026/2027"),
    ("năm học trước có bao nhiêu học sinh", "2025/2026"),
    ("năm học vừa qua", "2025/2026"),
    ("năm học tới", "2027/2028"),
    ("năm học mới", "2026/2027"),
    ("số học sinh 2023-2024", "2023/2024"),
    ("năm học 2020-2023", "2020-09..2023-08"),
    # days and weeks
    ("hôm nay", "2026-11-21"),
    ("hôm qua có bao nhiêu hồ sơ", "2026-11-20"),
    ("hôm kia", "2026-11-19"),
    ("ngày 5/9/2024", "2024-09-05"),
    ("05-09-2024", "2024-09-05"),
    ("05.09.2024", "2024-09-05"),
    ("2024-09-05", "2024-09-05"),
    ("ngày 5 tháng 9 năm 2024", "2024-09-05"),
    ("ngày mùng 2 tháng 9", "2026-09-02"),
    ("ngày 5/9", "2026-09-05"),
    ("ngày 25/12", "2025-12-25"),
    ("ngày ba mươi tháng sáu năm hai không hai lăm", "2025-06-30"),
    ("ngày 15 tháng này", "2026-11-15"),
    ("ngày 15 tháng trước", "2026-10-15"),
    ("tuần này", "2026-11-16..2026-11-22"),
    ("tuần trước", "2026-11-09..2026-11-15"),
    ("7 ngày qua", "2026-11-14..2026-11-20"),
    # stretches
    ("ba tháng gần đây", "2026-08..2026-10"),
    ("3 tháng qua", "2026-08..2026-10"),
    ("trong vòng 3 tháng vừa qua", "2026-08..2026-10"),
    ("12 tháng gần nhất", "2025-11..2026-10"),
    ("5 năm gần nhất", "2021..2025"),
    ("năm năm gần đây", "2021..2025"),
    ("mười năm qua", "2016..2025"),
    ("hai mươi năm trở lại đây", "2006..2025"),
    ("4 quý gần đây", "2025-10..2026-09"),
    ("những năm gần đây", "2021..2025"),
    ("giai đoạn 2015-2020", "2015..2020"),
    ("giai đoạn 2015 – 2020", "2015..2020"),
    ("thời kỳ 2011-2015", "2011..2015"),
    ("giai đoạn từ năm 2015 đến năm 2020", "2015..2020"),
    ("giai đoạn 2015 đến 2020", "2015..2020"),
    ("số ca sốt xuất huyết 2015-2020", "2015..2020"),
    ("ca sốt xuất huyết 2023-2024", "2023..2024"),
    ("giai đoạn 2023-2024 có bao nhiêu học sinh", "2023..2024"),
    ("giai đoạn từ tháng 8 đến tháng 10 năm 2026", "2026-08..2026-10"),
    ("cũng mười tháng ấy mà của năm ngoái", "2025-01..2025-10"),
    ("hết tháng 10 mà của năm ngoái", "2025-01..2025-10"),
    ("hè vừa rồi lo đuối nước, tháng 7 mấy vụ", "2026-07"),
    ("chị muốn nắm trước mười tháng qua có bao nhiêu vụ", "2026-01..2026-10"),
    ("từ đầu năm tới t10", "2026-01..2026-10"),
    ("t12 này", "2026-12"),
    ("quý ba một ngày đêm thải bao nhiêu khối", "2026-Q3"),
    ("bản kia ghi 10 tháng 735 vụ", "2026-01..2026-10"),
]


@pytest.mark.parametrize(("sentence", "code"), SAID)
def test_one_period_is_found(sentence: str, code: str) -> None:
    found = best(normalise(sentence))
    assert [item.code for item in found] == [code]
    assert found[0].period == periods.parse_code(code)


UNCLEAR_WITHOUT_MARKS = (
    "tháng bẩy",
    "ô tô đăng ký mới năm nay",
    "chị muốn nắm trước mười tháng qua có bao nhiêu vụ",
)


@pytest.mark.parametrize(("sentence", "code"), [row for row in SAID if row[0] not in UNCLEAR_WITHOUT_MARKS])
def test_the_same_is_found_without_diacritics(sentence: str, code: str) -> None:
    assert [item.code for item in best(fold(normalise(sentence)))] == [code]


TWO = [
    ("từ năm 2010 đến năm 2015", [("2010", "from"), ("2015", "to")]),
    ("số lớp mẫu giáo tăng bao nhiêu từ năm 2010 đến năm 2015", [("2010", "from"), ("2015", "to")]),
    ("từ 2010 tới 2015", [("2010", "from"), ("2015", "to")]),
    ("từ năm 2010 đến 2015", [("2010", "from"), ("2015", "to")]),
    ("từ năm hai không mười đến năm hai không mười lăm", [("2010", "from"), ("2015", "to")]),
    ("năm 2010 đến năm 2015", [("2010", "from"), ("2015", "to")]),
    ("từ năm 2023 sang năm 2024", [("2023", "from"), ("2024", "to")]),
    ("từ tháng 1 đến tháng 6 năm 2024", [("2024-01", "from"), ("2024-06", "to")]),
    ("từ tháng 1 đến hết tháng 9/2025", [("2025-01", "from"), ("2025-09", "to")]),
    ("từ tháng 11 đến tháng 2 năm 2024", [("2023-11", "from"), ("2024-02", "to")]),
    ("từ tháng 11 đến tháng 2", [("2025-11", "from"), ("2026-02", "to")]),
    ("từ tháng 3/2024 đến tháng 5", [("2024-03", "from"), ("2024-05", "to")]),
    ("tháng 1-6/2024", [("2024-01", "from"), ("2024-06", "to")]),
    ("tháng 1 - tháng 6 năm 2024", [("2024-01", "from"), ("2024-06", "to")]),
    ("tháng 9, 10 và 11 năm 2024", [("2024-09", ""), ("2024-10", ""), ("2024-11", "")]),
    ("tháng 12 và 1", [("2025-12", ""), ("2026-01", "")]),
    ("quý I, II và III/2024", [("2024-Q1", ""), ("2024-Q2", ""), ("2024-Q3", "")]),
    ("quý 1, quý 2 và quý 3 năm 2024", [("2024-Q1", ""), ("2024-Q2", ""), ("2024-Q3", "")]),
    ("6 tháng đầu năm 2024 và 2023", [("2024-01..2024-06", ""), ("2023-01..2023-06", "")]),
    ("tháng 10 năm 2024 so với 2023", [("2024-10", ""), ("2023-10", "base")]),
    ("từ tháng 3 năm ngoái đến tháng 9 năm nay", [("2025-03", "from"), ("2026-09", "to")]),
    ("từ quý 1 đến quý 3 năm 2024", [("2024-Q1", "from"), ("2024-Q3", "to")]),
    ("quý I đến quý III/2024", [("2024-Q1", "from"), ("2024-Q3", "to")]),
    ("từ năm học 2020-2021 đến năm học 2023-2024", [("2020/2021", "from"), ("2023/2024", "to")]),
    ("từ ngày 1/9/2024 đến ngày 30/9/2024", [("2024-09-01", "from"), ("2024-09-30", "to")]),
    ("từ ngày 1/9 đến ngày 30/9/2024", [("2024-09-01", "from"), ("2024-09-30", "to")]),
    ("từ năm 2015 đến nay", [("2015", "from"), ("2025", "to")]),
    ("từ tháng 3 đến nay", [("2026-03", "from"), ("2026-10", "to")]),
    ("kể từ năm 2015 trở lại đây", [("2015", "from"), ("2025", "to")]),
    ("2010 và 2015", [("2010", ""), ("2015", "")]),
    ("năm 2010 và năm 2015", [("2010", ""), ("2015", "")]),
    ("năm 2010, 2011 và 2012", [("2010", ""), ("2011", ""), ("2012", "")]),
    ("giữa năm 2010 và năm 2015", [("2010", ""), ("2015", "")]),
    ("tháng 9 và tháng 10 năm 2024", [("2024-09", ""), ("2024-10", "")]),
    ("tháng 12 và tháng 1 năm 2024", [("2023-12", ""), ("2024-01", "")]),
    ("năm 2024 so với năm 2023", [("2024", ""), ("2023", "base")]),
    ("tháng 10/2024 so với tháng 9/2024", [("2024-10", ""), ("2024-09", "base")]),
    ("lệch với năm 2020", [("2020", "base")]),
    ("so tàu cá với năm 2020", [("2020", "base")]),
    ("vậy so quý đó với quý 1/2025", [("2025-Q1", "base")]),
    ("so sánh tháng 9/2024 với tháng 10/2024", [("2024-09", ""), ("2024-10", "")]),
    ("năm nay so với năm 2020", [("2026", ""), ("2020", "base")]),
]


@pytest.mark.parametrize(("sentence", "expected"), TWO)
def test_several_periods_have_roles(sentence: str, expected: list[tuple[str, str]]) -> None:
    text = normalise(sentence)
    assert [(item.code, item.role) for item in best(text)] == expected
    assert [(item.code, item.role) for item in best(fold(text))] == expected


RELATIVE = [
    ("cùng kỳ năm ngoái", ["same_last_year"], "2025-10"),
    ("so với cùng kỳ", ["same_last_year"], "2025-10"),
    ("năm ngoái cùng kỳ", ["same_last_year"], "2025-10"),
    ("cùng thời điểm năm trước", ["same_last_year"], "2025-10"),
    ("kỳ trước", ["previous"], "2026-09"),
    ("so với tháng trước", ["previous"], "2026-09"),
    ("tăng bao nhiêu so với năm ngoái", ["same_last_year"], "2025-10"),
    ("cùng kỳ năm 2023", ["same:2023"], "2023-10"),
]


@pytest.mark.parametrize(("sentence", "codes", "resolved"), RELATIVE)
def test_relative_periods_are_left_to_the_reader(sentence: str, codes: list[str], resolved: str) -> None:
    found = best(normalise(sentence))
    assert [item.code for item in found] == codes
    assert found[0].period is None
    assert periods.code(periods.resolve(found[0], periods.month(2026, 10))) == resolved


def test_the_month_before_is_the_one_before_the_month_asked_about() -> None:
    asked, base = best(normalise("Tháng 3/2024 tăng bao nhiêu so với tháng trước?"))
    assert asked.period == periods.month(2024, 3)
    assert periods.resolve(base, asked.period) == periods.month(2024, 2)


def test_the_same_months_of_a_named_year_before() -> None:
    _, base = best(normalise("9 tháng đầu năm 2024 so với cùng kỳ năm 2023"))
    assert base.code == "same_last_year"


NONE = [
    "Toàn tỉnh có 2.024 học sinh",
    "trên 2000 học sinh",
    "hơn 2015 hồ sơ",
    "phường 10",
    "quận 3",
    "phường Thắng Tam có bao nhiêu hộ",
    "trường nào có nhiều học sinh nhất",
    "số học sinh nam",
    "trẻ dưới 6 tháng tuổi",
    "trẻ dưới 6 tháng",
    "tháng nào thấp nhất",
    "từ 100 đến 200 học sinh",
    "đầu tư công",
    "tỷ lệ 12,5%",
    "kế hoạch 32/13/2024",
    "ngày 31/2/2024",
    "tháng 13",
    "quý khách",
    "ba huyện đông dân nhất",
    "nghị quyết số 2024",
    "hiện nay có bao nhiêu trường",
    "",
]


@pytest.mark.parametrize("sentence", NONE)
def test_no_period_where_none_is_said(sentence: str) -> None:
    assert best(normalise(sentence)) == []


def test_offsets_point_at_the_words() -> None:
    text = normalise("Số hồ sơ trễ hạn tháng mười năm ngoái ở Châu Đức so với tháng 9/2025")
    for found in best(text):
        assert text[found.start : found.end] == found.text
    assert [found.text for found in best(text)] == ["tháng mười năm ngoái", "tháng 9/2025"]


def test_male_is_no_year_in_text_with_diacritics() -> None:
    assert [found.text for found in best("giáo viên nam 2024")] == ["2024"]


def test_a_name_before_a_period_is_no_number_in_text_with_diacritics() -> None:
    assert [found.text for found in best("phường thắng tam tháng trước")] == ["tháng trước"]


def test_a_bare_year_is_less_certain_than_a_named_one() -> None:
    bare, named = best("dân số 2009")[0], best("dân số năm 2009")[0]
    assert bare.score < named.score == 1.0


@pytest.mark.parametrize(("today", "code"), [(date(2026, 1, 5), "2025-12"), (date(2026, 3, 1), "2026-02")])
def test_last_month_at_the_turn_of_a_year(today: date, code: str) -> None:
    assert [item.code for item in best("tháng trước", today)] == [code]


def test_a_running_total_is_asked_about_once_its_last_month_has_begun() -> None:
    assert best("6 tháng đầu năm", date(2026, 5, 31))[0].code == "2025-01..2025-06"
    assert best("6 tháng đầu năm", date(2026, 6, 1))[0].code == "2026-01..2026-06"


def test_year_to_date_in_january_is_january() -> None:
    assert best("từ đầu năm đến nay", date(2026, 1, 20))[0].code == "2026-01"


SPOKEN = [
    (periods.month(2024, 10), "tháng 10 năm 2024"),
    (periods.quarter(2024, 3), "quý III năm 2024"),
    (periods.half(2024, 1), "6 tháng đầu năm 2024"),
    (periods.half(2024, 2), "6 tháng cuối năm 2024"),
    (periods.parse_code("2024-01..2024-09"), "9 tháng đầu năm 2024"),
    (periods.year(2024), "năm 2024"),
    (periods.school_year(2023), "năm học 2023-2024"),
    (periods.parse_code("2015..2020"), "giai đoạn 2015-2020"),
    (periods.day(2024, 9, 5), "ngày 5 tháng 9 năm 2024"),
    (periods.parse_code("2026-08..2026-10"), "giai đoạn từ tháng 8 đến tháng 10 năm 2026"),
]


@pytest.mark.parametrize(("period", "words"), SPOKEN)
def test_periods_are_said_in_official_words(period: Period, words: str) -> None:
    assert periods.say(period) == words


DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))
PERIODS = st.one_of(
    st.builds(periods.holding, st.sampled_from(["day", "month", "quarter", "half", "year", "school_year"]), DAYS),
    st.builds(lambda ends: periods.span(min(ends), max(ends)), st.tuples(DAYS, DAYS)),
    st.builds(
        lambda first, count: periods.span(first.start, periods.step(first, count).end),
        st.builds(periods.holding, st.sampled_from(["month", "year"]), DAYS),
        st.integers(0, 11),
    ),
)


@given(PERIODS)
def test_what_is_said_is_found_again(period: Period) -> None:
    text = normalise(periods.say(period))
    for written in (text, fold(text)):
        assert [item.period for item in best(written)] == [period]


@given(PERIODS)
def test_what_is_spoken_is_found_again(period: Period) -> None:
    assert [item.period for item in best(normalise(periods.speak(period)))] == [period]


@given(PERIODS)
def test_codes_read_back(period: Period) -> None:
    assert periods.parse_code(periods.code(period)) == period


@given(PERIODS)
def test_the_period_before_ends_where_it_begins(period: Period) -> None:
    before = periods.previous(period)
    if period.cumulative:
        assert before == periods.same_last_year(period)
    else:
        assert (period.start - before.end).days == 1


@given(DAYS, st.sampled_from(["month", "quarter", "half", "year", "school_year", "day"]))
def test_complete_periods_lie_before_today(today: date, grain: str) -> None:
    last = periods.latest_complete(grain, today)  # type: ignore[arg-type]
    assert last.end < today <= periods.step(periods.holding(grain, last.start), 1).end  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    normal = normalise(text)
    for found in periods.find(normal, TODAY):
        assert normal[found.start : found.end] == found.text
