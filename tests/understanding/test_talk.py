"""Conversations through the whole of understanding, with the real Rasa: each turn goes on from those before."""

from __future__ import annotations

import pytest

from assistant.conversation import SURE
from assistant.types import Found
from assistant.understanding.reader import Understanding
from tests.understanding.conftest import codes, last

FISH, NEW = "Quý 3 năm 2026 sản lượng thủy sản bao nhiêu tấn?", "Tháng 10 năm 2026 mấy doanh nghiệp thành lập mới?"
CALLS = "Tổng đài 114 tháng 10 năm 2026 nhận mấy cuộc gọi?"
DISTRICT = "UBND huyện Châu Đức tháng 10 năm 2026 tiếp nhận bao nhiêu hồ sơ?"


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        pytest.param([FISH, "nuôi trồng thôi"], "value", "agr_aquaculture 2026-Q3", id="no goodbye"),
        pytest.param(
            [
                NEW,
                "giải thể nữa",
                "tạm ngừng kinh doanh thì sao",
                "trở lại số thành lập mới hồi nãy, so với tháng 8 thì sao?",
            ],
            "change",
            "soc_enterprises_new 2026-10 2026-08",
            id="back to what was asked a while ago",
        ),
        pytest.param(
            ["Châu Đức năm 2025 mấy sản phẩm OCOP?", "Long Đất?", "Hai huyện này hồi 2022 mỗi nơi mấy sản phẩm?"],
            "compare",
            "agr_ocop_products 750 753 2022",
            id="both in another year",
        ),
        pytest.param(
            ["Xã Láng Lớn năm 2025 có mấy hộ nghèo?", "cả huyện thì sao?"],
            "value",
            "soc_poor_households 750 2025",
            id="the district around",
        ),
        pytest.param(
            ["Từ đầu năm 2026 Xuyên Mộc thu ngân sách được bao nhiêu?", "chi thì sao?", "Châu Đức thu được bao nhiêu?"],
            "value",
            "soc_budget_revenue 750 2026-01..2026-10",
            id="a word of a name, in another place",
        ),
        pytest.param(
            ["Phú Mỹ tháng 10 năm 2026 mất trộm mấy vụ?", "không chỉ trộm cắp, tính mọi loại án thì bao nhiêu vụ?"],
            "value",
            "sec_crimes 754 2026-10",
            id="all kinds after one",
        ),
        pytest.param([NEW, "giải thể nữa"], "value", "soc_enterprises_dissolved 2026-10", id="one more"),
        pytest.param([NEW, "em giỏi lắm, cảm ơn nhé"], "thanks", "", id="thanks stay thanks"),
        pytest.param([CALLS, "113?", "gộp hết các đầu số"], "value", "eme_calls 2026-10", id="all together"),
        pytest.param(
            [CALLS, "113?", "chênh nhau mấy cuộc"],
            "compare",
            "eme_calls emergency_line:line_114 emergency_line:line_113 2026-10",
            id="two members held against each other",
        ),
        pytest.param(
            ["Tháng 9 năm 2026 có mấy vụ tai nạn giao thông?", "tháng 10 năm 2026", "hai tháng đó chênh bao nhiêu"],
            "change",
            "tra_accidents 2026-10 2026-09",
            id="two months",
        ),
        pytest.param(
            ["Tỷ lệ hộ nghèo của Châu Đức năm 2025?", "cận nghèo thì sao"],
            "value",
            "soc_near_poverty_rate 750 2025",
            id="a rate after a rate",
        ),
        pytest.param(
            ["Tỷ lệ hộ nghèo của Châu Đức năm 2025?", "còn số hộ cận nghèo?"],
            "value",
            "soc_near_poor_households 750 2025",
            id="a number where it is said",
        ),
        pytest.param(
            [DISTRICT, "Xuyên Mộc thì sao?"], "value", "adm_received agy-751 2026-10", id="its like elsewhere"
        ),
        pytest.param([DISTRICT, "đã giải quyết mấy"], "value", "adm_resolved agy-750 2026-10", id="a number, no rate"),
        pytest.param(
            ["Năm học 2025-2026 có bao nhiêu học sinh bỏ học?", "cấp ba mấy em"],
            "value",
            "edu_dropouts level:upper_secondary 2025/2026",
            id="a noun for the same persons",
        ),
        pytest.param(
            ["Thu ngân sách tháng 10 năm 2026 của Phú Mỹ?", "còn chi thì bao nhiêu"],
            "value",
            "soc_budget_spending 754 2026-10",
            id="made up of the words of both",
        ),
        pytest.param(
            ["Gia cầm quý 3 năm 2026 có bao nhiêu con?", "Huyện nào nhiều nhất?", "Còn trâu thì Long Đất mấy con?"],
            "value",
            "agr_herd 753 livestock:buffalo 2026-Q3",
            id="one figure after a ranking",
        ),
        pytest.param(
            [
                "Quý 3 năm 2026 nước thải các khu công nghiệp ở Phú Mỹ được xử lý đạt chuẩn bao nhiêu phần trăm?",
                "Các khu công nghiệp bên Châu Đức thì sao?",
            ],
            "value",
            "env_wastewater_rate 750 2026-Q3",
            id="what the figure is of, elsewhere",
        ),
        pytest.param(
            ["Tăng trưởng GRDP của tỉnh quý 3 năm 2026 mấy phần trăm?", "Quý 3 năm 2025 tăng bao nhiêu, cho tui so?"],
            "value",
            "soc_grdp_growth 2025-Q3",
            id="a growth of another time",
        ),
        pytest.param(
            [
                "Chín tháng đầu năm 2026 vốn FDI đăng ký mới bao nhiêu?",
                "Riêng thành phố Phú Mỹ thu hút được bao nhiêu?",
            ],
            "value",
            "soc_fdi_capital_new 754 2026-01..2026-09",
            id="the word of another name of it",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 địa phương nào giải ngân vốn đầu tư công cao nhất?", "Thấp nhất là ai?"],
            "extreme",
            "soc_public_investment_rate 2026-10 district",
            id="a place, no person",
        ),
        pytest.param(
            ["So tỷ lệ bao phủ bảo hiểm y tế năm 2025 với năm 2024", "Xuyên Mộc năm 2025 được mấy phần trăm?"],
            "value",
            "hea_insurance_rate 751 2025",
            id="one period after two",
        ),
        pytest.param(
            ["Sản lượng lúa vụ đông xuân năm 2025?", "Năng suất của vụ đó ở Long Đất là mấy tạ một héc ta?"],
            "value",
            "agr_rice_yield 753 rice_season:winter_spring 2025",
            id="that member",
        ),
        pytest.param(
            ["Bà Rịa tháng 9 năm 2026 mấy vụ trộm?", "phá được bao nhiêu vụ?", "vậy Châu Đức có mấy vụ trộm?"],
            "value",
            "sec_crimes 750 crime_kind:theft 2026-09",
            id="members named again stand for their own indicator",
        ),
        pytest.param(
            ["Năm 2024 bao nhiêu xã đạt chuẩn nông thôn mới?", "Long Đất mấy xã?"],
            "value",
            "soc_new_rural_communes 753 2024",
            id="nothing but the unit",
        ),
        pytest.param(
            ["Tỷ lệ hộ nghèo của Châu Đức năm 2025?", "cho biết số hộ luôn"],
            "value",
            "soc_poor_households 750 2025",
            id="the number after the rate",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 mấy doanh nghiệp giải thể?", "cho tôi số thành lập mới theo từng huyện"],
            "breakdown",
            "soc_enterprises_new 2026-10 district",
            id="other words of the field, one each",
        ),
        pytest.param(
            ["Sở Tài chính tháng 9 năm 2026 trễ hạn mấy hồ sơ?", "còn Sở Tư pháp thì trễ bao nhiêu"],
            "value",
            "adm_late agy-tp 2026-09",
            id="words of what was spoken of",
        ),
        pytest.param(
            ["Năm 2025 mấy vụ đuối nước?", "trẻ em chết mấy cháu?", "Vũng Tàu mấy vụ?"],
            "value",
            "eme_drownings 747 2025",
            id="counted as what was spoken of before that",
        ),
        pytest.param(
            ["Trường THPT Vũng Tàu có bao nhiêu học sinh?", "nữ mấy em?", "thế còn giáo viên?"],
            "value",
            "edu_teachers sch-pt-vung-tau",
            id="a part of the pupils ends with them",
        ),
        pytest.param(
            ["Xuất khẩu tháng 9 năm 2026 được bao nhiêu?", "Chuyển sang nhập khẩu của toàn tỉnh, cùng tháng"],
            "value",
            "soc_imports 77 2026-09",
            id="the same month",
        ),
        pytest.param(
            ["Tháng 8 năm 2026 Châu Đức mấy ca sốt xuất huyết?", "năm 2024 tháng đó mấy ca"],
            "value",
            "hea_dengue_cases 750 2024-08",
            id="that month of another year",
        ),
        pytest.param(
            ["Năm 2025 toàn tỉnh có mấy thư viện công cộng?", "tính ra mười nghìn dân thì mấy cái"],
            "value",
            "soc_libraries 77 2025",
            id="per so many people",
        ),
        pytest.param(
            ["Sản lượng trứng gia cầm quý 2 năm 2026?", "trung bình một tháng được mấy"],
            "average",
            "agr_eggs 2026-Q2 period:month",
            id="a mean over its months",
        ),
        pytest.param(
            ["Năm học 2025-2026 Châu Đức có bao nhiêu giáo viên?", "thiếu mấy người nữa"],
            "value",
            "edu_teacher_shortage 750 2025/2026",
            id="what is missing has an indicator of its own",
        ),
        pytest.param(
            ["Năm học 2025-2026 Châu Đức có bao nhiêu trẻ mầm non?", "một lớp bao nhiêu cháu"],
            "value",
            "edu_preschool_children_per_class 750 2025/2026",
            id="the rate of what was spoken of",
        ),
        pytest.param(
            ["Kế hoạch vốn đầu tư công 9 tháng đầu năm 2026 của Phú Mỹ?", "đạt được bao nhiêu phần trăm rồi"],
            "value",
            "soc_public_investment_rate 754 2026-01..2026-09",
            id="what was done of a plan",
        ),
        pytest.param(
            ["Quý 3 năm 2026 có mấy tàu cá thuộc diện lắp thiết bị giám sát hành trình?", "gắn được mấy chiếc rồi"],
            "value",
            "agr_vms_fitted 2026-Q3",
            id="what was done of what was to be",
        ),
        pytest.param(
            ["Năm 2025 Côn Đảo đón bao nhiêu lượt khách du lịch?", "tăng được bao nhiêu khách"],
            "change",
            "tou_visitors 755 2025",
            id="the same guests, more of them",
        ),
        pytest.param(
            ["Tỷ lệ hộ dùng nước sạch năm 2025?", "thành thị thì sao"],
            "value",
            "soc_clean_water_rate residence:urban 2025",
            id="a bare member names no population",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 tàu hàng qua cảng bao nhiêu tấn?", "nơi cung cấp số này là ngành nào báo lên"],
            "source",
            "tra_port_cargo 2026-10",
            id="who reported it",
        ),
        pytest.param([FISH, "quý liền sau?"], "value", "agr_fishery_output 2026-Q4", id="the period after that"),
        pytest.param(
            ["Tháng 9 năm 2026 Long Đất mấy vụ cháy?", "khoan, chị nói lộn, Côn Đảo mới đúng"],
            "value",
            "eme_fires 755 2026-09",
            id="another place was meant",
        ),
        pytest.param(
            ["Quý 3 năm 2026 Xuyên Mộc có bao nhiêu gia cầm?", "bò thì mấy con?"],
            "value",
            "agr_herd 751 livestock:cattle 2026-Q3",
            id="a member that its like is broken down by",
        ),
        pytest.param(
            ["Năm 2025 Phú Mỹ có bao nhiêu cơ sở lưu trú?", "chia theo loại xem nào"],
            "breakdown",
            "tou_accommodations 754 2025 dimension:accommodation",
            id="by kind",
        ),
        pytest.param(
            ["Năm 2025 Phú Mỹ chết mấy người vì tai nạn giao thông?", "cả năm 2025 huyện nào chết nhiều nhất?"],
            "extreme",
            "tra_deaths 2025 district",
            id="no district lies in another",
        ),
        pytest.param(
            ["Cuối năm 2025 tỉnh có bao nhiêu bác sĩ?", "tính trên một vạn dân?"],
            "value",
            "hea_doctors_per_10k 2025-12",
            id="per so many",
        ),
        pytest.param(
            ["Năm 2025 chi cho giáo dục bao nhiêu tỷ?", "Xuyên Mộc được bao nhiêu trong số ấy?"],
            "value",
            "edu_budget 751 2025",
            id="in place of a count",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 dân phản ánh ô nhiễm mấy lần?", "huyện nào bị phản ánh nhiều nhất?"],
            "extreme",
            "env_reports_pollution 2026-10 district",
            id="the same words again",
        ),
        pytest.param(
            [NEW, "so với Phú Mỹ thì bên nào nhiều doanh nghiệp thành lập mới hơn?"],
            "compare",
            "soc_enterprises_new 754 2026-10",
            id="held against one place",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 Phú Mỹ cháy mấy vụ?", "mở rộng ra cả tỉnh thì mấy vụ?"],
            "value",
            "eme_fires 77 2026-10",
            id="what is counted tells",
        ),
        pytest.param(
            [
                "Tháng 10 năm 2026 tỷ lệ thu gom rác ở thành thị?",
                "Côn Đảo, khỏi tách thành thị nông thôn, mấy phần trăm?",
            ],
            "value",
            "env_collection_rate 755 2026-10",
            id="undivided",
        ),
        pytest.param(
            ["Năm 2025 bác sĩ trên một vạn dân đạt bao nhiêu so với kế hoạch?", "huyện nào thấp nhất?"],
            "extreme",
            "hea_doctors_per_10k 2025 district",
            id="a plan does not go on",
        ),
        pytest.param(
            ["Tháng 10 năm 2026 Vũng Tàu cháy mấy vụ?", "cùng kỳ bao nhiêu, người ta cứ đem ra so hoài"],
            "value",
            "eme_fires 747 2025-10",
            id="with a reason",
        ),
        pytest.param(
            ["Quý 3 năm 2026 mấy người chết do tai nạn giao thông?", "lấy số bị thương chứ không phải số chết"],
            "value",
            "tra_injuries 2026-Q3",
            id="denied at the end",
        ),
        pytest.param(
            ["Khách sạn 5 sao ở Vũng Tàu có mấy cái?", "Vũng Tàu mai có mưa không?"],
            "out_of_scope",
            "747",
            id="what no figures tell",
        ),
    ],
)
def test_a_turn_goes_on(understanding: Understanding, said: list[str], intent: str, expected: str) -> None:
    reading = last(understanding, said)
    assert (reading.intent, codes(reading)) == (intent, expected)


DENGUE = "Tháng 10 năm 2026 Phú Mỹ có mấy ca sốt xuất huyết?"
CASHEW = "Năm 2025 Châu Đức trồng mấy héc ta điều?"


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        # taken back: only what is named is put right
        (
            ["Tháng 10 năm 2026 Vũng Tàu đón mấy lượt khách lưu trú?", "ấy không, chị hỏi tháng 8 cơ"],
            "value",
            "tou_overnight 747 2026-08",
        ),
        (
            ["Năm 2025 Xuyên Mộc trồng bao nhiêu héc ta cao su?", "í lộn, Phú Mỹ chớ hông phải Xuyên Mộc"],
            "value",
            "agr_crop_area 754 crop:rubber 2025",
        ),
        (
            ["Năm học 2026-2027 Long Đất có mấy giáo viên mầm non?", "à không, ý chị hỏi số trẻ mầm non"],
            "value",
            "edu_preschool_children 753 2026/2027",
        ),
        # words that point or count tell nothing else of the field
        (
            ["Năm học 2026-2027 cấp hai thiếu bao nhiêu giáo viên?", "cấp đó năm học trước thì mấy người?"],
            "value",
            "edu_teacher_shortage level:lower_secondary 2025/2026",
        ),
        (
            ["Năm học 2026-2027 Long Đất có bao nhiêu trẻ mầm non?", "vậy năm học trước mấy bé?"],
            "value",
            "edu_preschool_children 753 2025/2026",
        ),
        (
            [DENGUE, "toàn thành phố từ đầu năm mấy người chết vì bệnh đó?"],
            "value",
            "hea_dengue_deaths 754 2026-01..2026-10",
        ),
        (
            ["Tổng chiều dài đường bộ của tỉnh là bao nhiêu?", "đường xã được mấy cây?"],
            "value",
            "tra_roads road_kind:commune",
        ),
        (
            ["Tháng 10 năm 2026 công suất buồng phòng Vũng Tàu bao nhiêu?", "tháng 7 cao điểm thì sao?"],
            "value",
            "tou_occupancy 747 2026-07",
        ),
        # members go, or stay
        (
            [DISTRICT, "đất đai mấy bộ?", "tỷ lệ nộp trực tuyến chung của huyện mấy phần trăm?"],
            "value",
            "adm_online_rate agy-750 2026-10",
        ),
        (
            ["Năm 2025 tỉnh thu hoạch bao nhiêu tấn cà phê?", "sản lượng này ở Xuyên Mộc là mấy tấn?"],
            "value",
            "agr_crop_output 751 crop:coffee 2025",
        ),
        ([CASHEW, "năng suất điều ở đó thế nào?"], "value", "agr_crop_yield 750 crop:cashew 2025"),
        (
            ["Tỷ lệ trường đạt chuẩn quốc gia của Châu Đức năm học 2026-2027?", "chỉ tính trường tiểu học thôi"],
            "value",
            "edu_standard_rate 750 level:primary 2026/2027",
        ),
        (["dan heo cuoi quy 2 nam 2026 bao nhieu con", "bo thi sao"], "value", "agr_herd livestock:cattle 2026-Q2"),
        # one of two
        (
            [
                "Tháng 10 năm 2026 Phú Mỹ tai nạn giao thông mấy vụ, chết mấy người?",
                "thôi bỏ số vụ, chỉ người chết, tính 9 tháng đầu năm 2026?",
            ],
            "value",
            "tra_deaths 754 2026-01..2026-09",
        ),
        # rates and plans of what was spoken of
        (
            ["Năm học 2025-2026 tỷ lệ học sinh bỏ học của Xuyên Mộc là bao nhiêu?", "toàn tỉnh thì mấy phần trăm?"],
            "value",
            "edu_dropout_rate 77 2025/2026",
        ),
        (
            [
                "10 tháng đầu năm 2026 Long Đất nuôi trồng được bao nhiêu tấn thủy sản?",
                "nhìn cả tỉnh thì nuôi trồng so với kế hoạch tới đâu rồi?",
            ],
            "progress",
            "agr_aquaculture 77 2026-01..2026-10",
        ),
        (
            [
                "Quý 3 năm 2026 bị lừa qua mạng mất bao nhiêu tiền?",
                "so với quý 2 năm 2026 thì số tiền mất tăng hay giảm?",
            ],
            "change",
            "sec_online_fraud_loss 2026-Q3 2026-Q2",
        ),
        ([NEW, "cảm ơn em, anh sẽ đề nghị mở thêm trường"], "thanks", ""),
        # what points at the place, the time, or a part of what was spoken of
        (
            ["Năm 2025 xã Hòa Hưng có mấy hộ nghèo?", "trong huyện xã nào nhiều hộ nghèo nhất"],
            "extreme",
            "soc_poor_households 751 2025 commune",
        ),
        (
            ["Trung tâm y tế huyện Châu Đức có mấy giường bệnh?", "trung tâm y tế bên Xuyên Mộc thì mấy giường"],
            "value",
            "hea_beds hos-tt-xuyen-moc",
        ),
        (
            ["Năm 2025 Long Đất có mấy trường đạt chuẩn quốc gia?", "vậy là mấy phần trăm số trường của huyện"],
            "value",
            "edu_standard_rate 753 2025",
        ),
        (
            [
                "10 tháng đầu năm 2025 Long Đất có mấy vụ bạo lực gia đình?",
                "Xuyên Mộc cũng cùng kỳ năm ngoái mấy vụ bạo lực gia đình",
            ],
            "value",
            "sec_domestic_violence 751 2025-01..2025-10",
        ),
    ],
)
def test_what_is_kept_replaced_and_dropped(
    understanding: Understanding, said: list[str], intent: str, expected: str
) -> None:
    reading = last(understanding, said)
    assert (reading.intent, codes(reading)) == (intent, expected)


def test_what_is_asked_in_nothing_but_names_is_answered_from(understanding: Understanding) -> None:
    said = ["Năm 2025 tỷ lệ bao phủ bảo hiểm y tế của Vũng Tàu bao nhiêu?", "phường nào ở đó có tỷ lệ này cao nhất"]
    reading = last(understanding, said)
    assert (reading.intent, reading.score >= SURE) == ("extreme", True)


def test_there_is_the_place_that_came_first(understanding: Understanding) -> None:
    said = ["Năm 2025 huyện nào ít vụ phạm pháp hình sự nhất?", "Tỷ lệ phá án ở đó bao nhiêu?"]
    reading = last(understanding, said, Found(kind="area", code="755", match="context"))
    assert (reading.intent, codes(reading)) == ("value", "sec_clearance_rate 755 2025")
