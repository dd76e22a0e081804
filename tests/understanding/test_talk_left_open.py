"""Conversations in which a turn leaves open what the one before said, with the real Rasa."""

from __future__ import annotations

import pytest

from assistant.understanding.reader import Understanding
from tests.understanding.conftest import codes, last

POVERTY = "Tỷ lệ hộ nghèo toàn tỉnh năm 2025 còn bao nhiêu?"
DRUGS = "Số vụ ma túy so với mười tháng năm 2025 tăng hay giảm?"
CROPS = "agr_crop_area crop:coffee"
PEPPER = "Năm 2025 diện tích hồ tiêu toàn tỉnh còn bao nhiêu héc ta?"


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        (["Mật độ dân số Châu Đức năm 2025", "dân số thì sao?"], "value", "soc_population 750 2025"),
        (
            ["Tháng 10 Long Đất xử mấy vụ nồng độ cồn?", "Vậy tổng cộng mọi lỗi là bao nhiêu?"],
            "value",
            "tra_violations 753 2026-10",
        ),
        ([POVERTY, "Tính thế nào, chia cho số hộ hay số dân?"], "definition", "soc_poverty_rate 77 2025"),
        (
            ["Bệnh viện Bà Rịa tháng 10 năm 2026 mổ bao nhiêu ca?", "Cuối năm 2025 có bao nhiêu khách sạn 5 sao?"],
            "value",
            "tou_hotels stars:five 2025-12",
        ),
        (["Trường THPT Vũng Tàu năm học này có mấy lớp?", "cà phê trồng được bao nhiêu ha"], "value", CROPS),
        (
            ["Tháng 10 năm 2026 Vũng Tàu có bao nhiêu lượt khách quốc tế?", "thế mười tháng cộng lại?"],
            "value",
            "tou_visitors 747 visitor_origin:foreign 2026-01..2026-10",
        ),
        (
            ["10 tháng năm 2026 toàn tỉnh có bao nhiêu người phạm tội về ma túy?", DRUGS],
            "change",
            "sec_drug_cases 77 2026-01..2026-10 2025-01..2025-10",
        ),
        (
            [
                "10 tháng năm 2026 toàn tỉnh có bao nhiêu người phạm tội về ma túy?",
                DRUGS,
                "Riêng Phú Mỹ hai kỳ đó mỗi kỳ mấy vụ?",
            ],
            "change",
            "sec_drug_cases 754 2026-01..2026-10 2025-01..2025-10",
        ),
        ([PEPPER, "Châu Đức chiếm mấy phần trăm?"], "share", "agr_crop_area 750 77 crop:pepper 2025"),
        (
            ["Năm 2025 Châu Đức thu hoạch bao nhiêu tấn hồ tiêu?", "Thế năm 2024 thì sản lượng bao nhiêu?"],
            "value",
            "agr_crop_output 750 crop:pepper 2024",
        ),
        (
            ["Tháng 10 năm 2026 trộm cắp toàn tỉnh mấy vụ", "tỷ lệ khám phá án chung tháng đó"],
            "value",
            "sec_clearance_rate 77 2026-10",
        ),
        (["Chi ngân sách cho giáo dục 2025 bao nhiêu tỷ", "dự toán giao?"], "progress", "edu_budget 2025"),
        (
            ["10 tháng năm 2026 Long Đất giải quyết việc làm được bao nhiêu người", "còn chỉ tiêu của huyện đó"],
            "progress",
            "soc_jobs_created 753 2026-01..2026-10",
        ),
        (
            ["Năm 2025 tỷ lệ bao phủ bảo hiểm y tế?", "Có mấy người tham gia?", "Tỷ lệ này tính thế nào?"],
            "definition",
            "hea_insurance_rate 2025",
        ),
        (
            ["Năm 2025 Xuyên Mộc lúa mùa được mấy tấn?", "tính chung lại các vụ diện tích bao nhiêu héc ta"],
            "value",
            "agr_rice_area 751 2025",
        ),
        (
            ["Tháng 10 năm 2026 cả tỉnh có bao nhiêu tấn chất thải rắn?", "Phần công nghiệp là mấy tấn?"],
            "value",
            "env_waste 77 waste_kind:industrial 2026-10",
        ),
        (
            [
                "Tháng 10 năm 2026 tỷ lệ mẫu nước đạt quy chuẩn?",
                "riêng nước biển ven bờ thì sao, dân du lịch họ quan tâm",
            ],
            "value",
            "env_water_quality_rate water_kind:coastal 2026-10",
        ),
    ],
)
def test_what_a_turn_leaves_open(understanding: Understanding, said: list[str], intent: str, expected: str) -> None:
    reading = last(understanding, said)
    assert (reading.intent, codes(reading)) == (intent, expected)
