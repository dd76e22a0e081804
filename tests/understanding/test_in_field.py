"""Next turns about another indicator of what was spoken of, or about its total, its rate, its mean, with the real Rasa."""

from __future__ import annotations

import pytest

from assistant.understanding.reader import Understanding
from tests.understanding.conftest import codes, last


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        pytest.param(
            [
                "Năm học 2026-2027 có bao nhiêu học sinh tiểu học?",
                "năm học trước?",
                "riêng Châu Đức, cả hai năm học đó",
            ],
            "change",
            "edu_pupils 750 level:primary 2026/2027 2025/2026",
            id="both periods elsewhere",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 xe cấp cứu chạy mấy chuyến?", "Long Đất chạy mấy chuyến?"],
            "value",
            "eme_ambulance_runs 753 2026-10",
            id="words of another name of what was spoken of",
        ),
        pytest.param(
            ["Năm 2025 bao phủ bảo hiểm y tế mấy phần trăm?", "huyện nào trên 95%?"],
            "filter",
            "hea_insurance_rate 2025 district",
            id="tested against a limit",
        ),
        pytest.param(
            ["Năm 2025 mật độ dân số Vũng Tàu là bao nhiêu?", "không, ý chị hỏi dân số Vũng Tàu cơ"],
            "value",
            "soc_population 747 2025",
            id="a name that was meant instead",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 thiệt hại do thiên tai mấy tỷ?", "huyện nào thiệt hại nặng nhất?"],
            "extreme",
            "eme_disaster_damage 2026-10 district",
            id="words of its name, ordered",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 thu ngân sách từ dầu thô bao nhiêu?", "còn xuất nhập khẩu"],
            "value",
            "soc_budget_revenue revenue_source:customs 2026-10",
            id="the like of a member goes before an indicator of that name",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 tiếp nhận mấy phản ánh kiến nghị?",
                "trả lời được bao nhiêu?",
                "tháng 9 nhận với trả lời bao nhiêu?",
            ],
            "value",
            "adm_feedback_received adm_feedback_answered 2026-09",
            id="two that were spoken of",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 xuất khẩu được bao nhiêu?",
                "khu vực nước ngoài bao nhiêu?",
                "tổng xuất khẩu so với cùng kỳ thế nào?",
            ],
            "change",
            "soc_exports 2026-10",
            id="the total after a part of it",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 xuất khẩu được bao nhiêu?",
                "khu vực nước ngoài bao nhiêu?",
                "nhập khẩu chung các khối mười tháng thì nhiêu?",
            ],
            "value",
            "soc_imports 2026-01..2026-10",
            id="all of them, and ten months",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 Sở Y tế nhận mấy hồ sơ trực tuyến?", "tổng hồ sơ tiếp nhận của sở đó là bao nhiêu?"],
            "value",
            "adm_received agy-yt 2026-10",
            id="the whole of what was sent online",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 thịt bò hơi xuất chuồng mấy tấn?", "đàn bò quý 3 năm 2026 có mấy con?"],
            "value",
            "agr_herd livestock:cattle 2026-Q3",
            id="a word around a member tells what is counted",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 tỷ lệ phá án của Vũng Tàu?", "số vụ lừa đảo là bao nhiêu?"],
            "value",
            "sec_crimes 747 crime_kind:fraud 2026-10",
            id="a number of members after a rate",
        ),
        pytest.param(
            ["Năm 2025 thiên tai làm hư mấy căn nhà?", "thiệt hại quy ra tiền là bao nhiêu?"],
            "value",
            "eme_disaster_damage 2025",
            id="in money, said before the number",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 đánh bắt hải sản được mấy tấn?", "nuôi trồng thủy sản thế nào?"],
            "value",
            "agr_aquaculture 2026-10",
            id="words of a member that only another one's name holds",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 Côn Đảo gom rác được mấy phần trăm?", "tỷ lệ rác đem chôn ở đó bao nhiêu?"],
            "value",
            "env_landfill_rate 755 2026-10",
            id="a rate is said in its name",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 rác sinh hoạt phát sinh ở Châu Đức mấy tấn?", "gom được mấy tấn trong số đó?"],
            "value",
            "env_household_collected 750 2026-10",
            id="some of that number",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 bệnh nhân nội trú nằm bình quân mấy ngày?", "Bệnh viện Vũng Tàu nằm mấy ngày?"],
            "value",
            "hea_stay_length hos-vung-tau 2026-10",
            id="the mean again, not its sum",
        ),
        pytest.param(
            ["Quý 3 năm 2026 xảy ra mấy vụ cháy?", "chết mấy người?", "huyện nào có số vụ cháy nhiều nhất?"],
            "extreme",
            "eme_fires 2026-Q3 district",
            id="what was spoken of before the last turn",
        ),
        pytest.param(
            [
                "9 tháng đầu năm 2026 Vũng Tàu phạt phòng cháy chữa cháy bao nhiêu tiền?",
                "Vũng Tàu thì đã kiểm tra phòng cháy chữa cháy mấy lượt?",
            ],
            "value",
            "eme_inspections 747 2026-01..2026-09",
            id="the same place named again keeps the period",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 doanh thu lưu trú của Vũng Tàu?", "doanh thu ăn uống của khách thì sao?"],
            "value",
            "tou_food_revenue 747 2026-10",
            id="no definition",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 vốn FDI đăng ký mới bao nhiêu?", "lũy kế từ đầu năm"],
            "value",
            "soc_fdi_capital_new 2026-01..2026-10",
            id="a running total names nothing",
        ),
        pytest.param(
            ["thang 10 nam 2026 so tai chinh so hoa ho so may phan tram", "con so y te"],
            "value",
            "adm_digitised_rate agy-yt 2026-10",
            id="and an agency, in bare letters",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 mấy ca sốt xuất huyết?", "so t8 thì sao"],
            "change",
            "hea_dengue_cases 2026-10 2026-08",
            id="held against a month in short",
        ),
        pytest.param(
            ["Doanh thu du lịch 9 tháng đầu năm 2026?", "lượt khách cùng thời gian đó là bao nhiêu?"],
            "value",
            "tou_visitors 2026-01..2026-09",
            id="that same time",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 bắt mấy vụ buôn lậu?",
                "trị giá bao nhiêu?",
                "chín tháng thì trị giá bao nhiêu?",
                "quay lại số vụ, chín tháng mấy vụ?",
            ],
            "value",
            "sec_smuggling 2026-01..2026-09",
            id="back to what was counted",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 mấy doanh nghiệp thành lập mới?",
                "đăng ký vốn bao nhiêu tỷ?",
                "giải thể mấy cái?",
                "trở lại doanh nghiệp thành lập mới, Long Đất được mấy?",
            ],
            "value",
            "soc_enterprises_new 753 2026-10",
            id="back to what is named",
        ),
        pytest.param(
            [
                "Năm học 2026-2027 Châu Đức có bao nhiêu giáo viên phổ thông?",
                "huyện còn thiếu mấy người so với định mức?",
            ],
            "value",
            "edu_teacher_shortage 750 2026/2027",
            id="the place by what it is",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 mấy doanh nghiệp thành lập mới?", "mấy doanh nghiệp mới đó đăng ký vốn bao nhiêu tỷ?"],
            "value",
            "soc_enterprise_capital_new 2026-10",
            id="of those",
        ),
        pytest.param(
            [
                "Năm 2025 đường huyện dài mấy cây số?",
                "đường xã mấy cây số?",
                "đường xã đó nhựa hóa được bao nhiêu cây số?",
            ],
            "value",
            "tra_roads_paved road_kind:commune 2025",
            id="that member",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 UBND huyện Châu Đức tiếp nhận mấy hồ sơ?", "trong đó đất đai mấy bộ?"],
            "value",
            "adm_received agy-750 procedure_field:land 2026-10",
            id="a word that only counts",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 khách lưu trú ở Côn Đảo mấy lượt?", "bình quân mỗi khách ở lại mấy ngày?"],
            "value",
            "tou_stay_length 755 2026-10",
            id="one mean of each",
        ),
        pytest.param(
            [
                "10 tháng năm 2026 khám bệnh bao nhiêu lượt?",
                "lượt khám bảo hiểm y tế?",
                "chiếm mấy phần trăm tổng lượt khám?",
            ],
            "value",
            "hea_insured_visit_rate 2026-01..2026-10",
            id="a part of the total is its rate",
        ),
        (
            ["Năm 2026 Vũng Tàu phá được mấy vụ trộm?", "rồi bên đó xảy ra mấy vụ cố ý đánh người ta bị thương"],
            "value",
            "sec_crimes 747 crime_kind:assault 2026",
        ),
        (
            ["Năm 2025 Châu Đức mấy căn nhà hư hỏng do thiên tai?", "trong đó riêng lốc làm hư mấy căn"],
            "value",
            "eme_houses_damaged 750 disaster_kind:whirlwind 2025",
        ),
    ],
)
def test_another_indicator_of_what_was_spoken_of(
    understanding: Understanding, said: list[str], intent: str, expected: str
) -> None:
    reading = last(understanding, said)
    assert (reading.intent, codes(reading)) == (intent, expected)
