"""Questions about the catalogue and the data, the source line and how a figure was computed."""

from __future__ import annotations

import pytest

from assistant.query.plan import Note, Result, Update
from tests.answer.stage import CATALOGUE, NOW, figure, part, period, result, stored, told
from tests.answer.test_single import progress, value

ONE = part([figure("doctors", 1, "2024")])
SCHOOLS = tuple(CATALOGUE.facilities)

CASES = [
    (
        result("list", in_place="747", listed=SCHOOLS[:2], listed_kind="facility:school"),
        "Thành phố Vũng Tàu có 2 trường: Trường THPT Vũng Tàu và Trường THPT Nguyễn Huệ.",
    ),
    (
        result("list", in_place="747", listed=SCHOOLS, listed_kind="facility:school"),
        "Thành phố Vũng Tàu có 6 trường, trong đó có Trường THPT Vũng Tàu, Trường THPT Nguyễn Huệ, "
        "Trường THPT Đinh Tiên Hoàng; danh sách đầy đủ ở bảng dưới đây.",
    ),
    (
        result("list", in_place="755", listed_kind="facility:school"),
        "Trong danh mục chưa có trường nào của huyện Côn Đảo.",
    ),
    (result("count", in_place="747", listed=SCHOOLS, listed_kind="facility:school"), "Thành phố Vũng Tàu có 6 trường."),
    (result("unit", ONE), "Đơn vị tính của số bác sĩ là người."),
    (result("source", ONE), "Số bác sĩ do Sở Y tế cung cấp, lấy từ báo cáo thống kê."),
    (result("definition", ONE), "Số bác sĩ trong kỳ."),
    (
        result("coverage", ONE, coverage=(stored("doctors", "1995-01-01", "2016-12-31", "province", grain="year"),)),
        "Số liệu về số bác sĩ có từ ngày 01/01/1995 đến ngày 31/12/2016, hằng năm, cho toàn tỉnh.",
    ),
    (result("coverage", ONE), "Hiện chưa có số liệu về số bác sĩ."),
    (
        result(
            "coverage",
            listed=("doctors", "beds"),
            listed_kind="indicator",
            updates=(Update(domain="health", snapshot="s", loaded_at=NOW, illustrative=True),),
        ),
        "Hiện có số liệu của 2 chỉ tiêu thuộc lĩnh vực y tế, chẳng hạn số bác sĩ, số giường bệnh bình quân một vạn dân.",
    ),
    (
        result(
            "last_update",
            ONE,
            updates=(
                Update(
                    domain="health",
                    snapshot="s",
                    loaded_at=NOW,
                    illustrative=False,
                    indicator="doctors",
                    latest=period("2024"),
                ),
            ),
        ),
        "Số liệu mới nhất về số bác sĩ là năm 2024, nạp lúc 08:30 ngày 20/11/2026.",
    ),
    (
        result("last_update", updates=(Update(domain="health", snapshot="s", loaded_at=NOW, illustrative=False),)),
        "Số liệu về lĩnh vực y tế được nạp lần gần nhất lúc 08:30 ngày 20/11/2026.",
    ),
]


@pytest.mark.parametrize(("outcome", "text"), CASES)
def test_text(outcome: Result, text: str) -> None:
    assert told(outcome).text == text


def test_a_list_has_its_places_in_the_table() -> None:
    table = told(CASES[1][0]).table
    assert table is not None
    assert len(table.rows) == 6
    assert table.rows[0] == ("Trường THPT Vũng Tàu", "phường Thắng Tam, thành phố Vũng Tàu")


def test_source_line() -> None:
    real = told(value(figure("doctors", 1, "2026-10"))).source
    sample = told(value(figure("doctors", 1, "2026-10", illustrative=True)))
    assert real == "Nguồn: Sở Y tế – báo cáo thống kê, số liệu đến ngày 31/10/2026"
    assert sample.source == real + "; số liệu minh họa"
    assert sample.illustrative


def test_a_source_that_names_its_agency_does_not_repeat_it() -> None:
    main = figure("doctors", 1, "2026-10").model_copy(update={"source": "Báo cáo của Sở Y tế"})
    assert told(value(main)).source == "Nguồn: Báo cáo của Sở Y tế, số liệu đến ngày 31/10/2026"


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (
            value(figure("on_time_rate", 94.2, "2026-10")),
            "Lấy số hồ sơ đã giải quyết chia cho số hồ sơ tiếp nhận rồi nhân với 100, "
            "theo bảng “báo cáo thống kê”, tháng 10 năm 2026.",
        ),
        (
            progress(85210.5, 90000),
            "Lấy thu ngân sách nhà nước trên địa bàn từ bảng “báo cáo thống kê”, 10 tháng đầu năm 2026. "
            "Tỷ lệ thực hiện là số thực hiện chia cho số kế hoạch.",
        ),
        (
            value(figure("doctors", 530, "2015"), None, Note(kind="place_default", place="77")),
            "Lấy số bác sĩ từ bảng “báo cáo thống kê”, năm 2015. "
            "Câu hỏi không nêu địa bàn nên lấy số của tỉnh Bà Rịa - Vũng Tàu.",
        ),
    ],
)
def test_how_computed(outcome: Result, text: str) -> None:
    assert told(outcome).how_computed == text
