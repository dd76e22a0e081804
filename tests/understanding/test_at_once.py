"""Several figures asked for in one breath, with the real Rasa: each clause goes on from the one before."""

from __future__ import annotations

import pytest

from assistant.types import Utterance
from assistant.understanding.reader import Understanding
from tests.understanding.conftest import codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the whole of a rate and a part of it
        (
            "Tăng trưởng GRDP quý 3 năm 2026 được mấy phần trăm, riêng công nghiệp xây dựng thì sao?",
            ["soc_grdp_growth 2026-Q3", "soc_grdp_growth sector:industry 2026-Q3"],
        ),
        (
            "GRDP quý ba 2026 tăng mấy phần trăm, riêng công nghiệp xây dựng với dịch vụ mỗi bên tăng mấy?",
            ["soc_grdp_growth 2026-Q3", "soc_grdp_growth sector:industry sector:services 2026-Q3"],
        ),
        # a figure of one place and the plan of the province
        (
            "tàu cá Long Đất quý 3 năm 2026 lắp giám sát hành trình đạt mấy %, KH năm của tỉnh là bao nhiêu %",
            ["agr_vms_rate 753 2026-Q3", "agr_vms_rate 2026-Q3"],
        ),
        # a whole and one of its places
        (
            "Tháng 10 năm 2026 toàn tỉnh bao nhiêu vụ tai nạn giao thông, riêng Vũng Tàu bao nhiêu vụ",
            ["tra_accidents 77 2026-10", "tra_accidents 747 2026-10"],
        ),
        # members of one indicator beside another one
        (
            "T10/2026: thịt hơi gia cầm xuất chuồng mấy tấn, trứng mấy nghìn quả",
            ["agr_meat_output livestock:poultry 2026-10", "agr_eggs 2026-10"],
        ),
    ],
)
def test_each_clause_has_a_reading_where_no_one_tells_all(
    understanding: Understanding, text: str, expected: list[str]
) -> None:
    meant = understanding.read(Utterance(text=text), None)
    assert meant.best is not None
    assert [codes(each) for each in (meant.best, *meant.also)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SXH tháng 10/2026 toàn tỉnh mấy ca mắc, có ca nào chết ko, anh hỏi gấp",
            "hea_dengue_cases hea_dengue_deaths 77 2026-10",
        ),
        (
            "số cuộc gọi vào 115 tháng 10/2026, trong đó gọi phá bao nhiêu",
            "eme_calls eme_false_calls emergency_line:line_115 2026-10",
        ),
        ("trong tổng đàn trâu bò heo dê, riêng con heo chiếm bao nhiêu phần trăm", "agr_herd livestock:pig"),
        (
            "Giường bệnh năm 2025: bệnh viện bao nhiêu, trung tâm y tế bao nhiêu",
            "hea_beds health_unit:hospital health_unit:health_centre 2025",
        ),
        ("trong mấy vụ cháy năm 2025 có bao nhiêu vụ do sự cố điện", "eme_fires fire_cause:electric 2025"),
    ],
)
def test_one_reading_tells_all_where_it_can(understanding: Understanding, text: str, expected: str) -> None:
    meant = understanding.read(Utterance(text=text), None)
    assert meant.best is not None
    assert (codes(meant.best), meant.also) == (expected, ())
