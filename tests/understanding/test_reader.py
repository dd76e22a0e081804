"""Sentences through the whole of understanding, with the real Rasa: intent, codes, context and questions back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.clock import FixedClock
from assistant.types import Reading, Utterance
from assistant.understanding.interpretation import Context, Interpretation
from assistant.understanding.reader import Understanding, written_large
from tests.understanding import conftest
from tests.understanding.conftest import NOW


def read(understanding: Understanding, text: str, context: Context | None = None) -> Interpretation:
    return understanding.read(Utterance(text=text), context)


def codes(reading: Reading | None) -> str:
    """All codes of a reading in one line, with its order and limit."""
    assert reading is not None
    rest = [str(value) for value in (reading.order, reading.limit) if value is not None]
    return " ".join([conftest.codes(reading), *rest])


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("Toàn tỉnh năm 2025 có bao nhiêu học sinh?", "value", "edu_pupils 77 2025"),
        ("số học sinh tiểu học năm 2025", "value", "edu_pupils level:primary 2025"),
        ("co bao nhieu hoc sinh tieu hoc o chau duc", "value", "edu_pupils 750 level:primary"),
        ("một vạn dân có bao nhiêu bác sĩ", "value", "hea_doctors_per_10k"),
        ("mot van dan co bao nhieu bac si", "value", "hea_doctors_per_10k"),
        ("hồ sơ nộp trực tuyến năm 2025 có mấy hồ sơ", "value", "adm_received_online 2025"),
        ("tỷ lệ hồ sơ giải quyết đúng hạn của Sở Nội vụ", "value", "adm_on_time_rate agy-nv"),
        ("Lượt khách với doanh thu du lịch tháng 10 của Côn Đảo", "value", "tou_visitors tou_revenue 755 2026-10"),
        ("lực lượng chữa cháy nhận tin tới lúc có mặt mất mấy phút", "value", "eme_response_time"),
        ("tỷ lệ đường huyện được nhựa hóa, bê tông hóa năm 2025", "value", "tra_paved_rate road_kind:district 2025"),
        ("lượng rác sinh hoạt đem chôn lấp ở Long Đất tháng 10", "value", "env_landfilled 753 2026-10"),
        ("tỉnh chấm điểm CCHC cho các huyện thì huyện nào cao nhất", "extreme", "adm_par_index_district district desc"),
        ("Côn Đảo tháng 10 đón bao nhiêu lượt khách, tính cả khách về trong ngày", "value", "tou_visitors 755 2026-10"),
        ("Vũng Tàu có mấy trường mầm non, công lập lẫn tư luôn", "value", "edu_schools 747 level:preschool"),
        ("tháng 10 đánh bắt được bao nhiêu tấn, không tính nuôi trồng", "value", "agr_catch 2026-10"),
        ("năm 2025 mấy xã, phường, thị trấn chịu phân loại rác tại nguồn", "value", "env_sorting_communes 2025"),
        ("có bao nhiêu em khuyết tật học hòa nhập ở trường phổ thông", "value", "edu_disabled_pupils"),
        ("so quý 3 với quý 2, số vụ cháy thay đổi ra sao", "change", "eme_fires 2026-Q3 2026-Q2"),
        ("đi chợ mới thấy, huyện nào có trên 30 sản phẩm OCOP năm 2025", "filter", "agr_ocop_products 2025 district"),
        ("nơi nào giải ngân đầu tư công trên 70% kế hoạch", "filter", "soc_public_investment_rate district"),
        ("tàu biển vào rời cảng chín tháng mấy lượt", "value", "tra_ship_calls 2026-01..2026-09"),
        ("mọi loại án hình sự, tỷ lệ khám phá năm 2025 mấy phần trăm", "value", "sec_clearance_rate 2025"),
        ("tháng 9 mấy vụ phạm pháp hình sự, trong đó trộm cắp mấy vụ", "share", "sec_crimes crime_kind:theft 2026-09"),
        (
            "bình quân một lớp cấp hai ở Bà Rịa đang học mấy em",
            "value",
            "edu_pupils_per_class 748 level:lower_secondary",
        ),
        ("Vũng Tàu đứng thứ mấy trong các huyện về doanh thu du lịch tháng 9", "rank", "tou_revenue 747 2026-09"),
        (
            "tháng chín tai nạn giao thông xảy ra mấy vụ chết mấy người bị thương mấy người",
            "value",
            "tra_accidents tra_deaths tra_injuries 2026-09",
        ),
        (
            "bốn trường phổ thông có nhiều giáo viên nhất Phú Mỹ là trường nào",
            "rank",
            "edu_teachers 754 facility:school desc 4",
        ),
        ("vốn ép đê i đăng ký mới ở phú mỹ tháng chín", "value", "soc_fdi_capital_new 754 2026-09"),
        ("năm ngoái trâu đức thu hoạch bao nhiêu tấn cao su", "value", "agr_crop_output 750 crop:rubber 2025"),
        ("sở nào trong tỉnh giải quyết đúng hạn thấp nhất tháng 9", "extreme", "adm_on_time_rate 2026-09 agency asc"),
        ("sở nào có số hồ sơ đúng hạn cao nhất tháng 9", "extreme", "adm_on_time 2026-09 agency desc"),
        ("tỷ lệ tiêm chủng đầy đủ Vũng Tàu tháng 9 có giảm không", "change", "hea_vaccination_rate 747 2026-09"),
        ("chữa cháy ở Bà Rịa trung bình mấy phút thì xe tới nơi", "value", "eme_response_time 748"),
        (
            "học sinh nam so với học sinh nữ chênh nhau bao nhiêu",
            "compare",
            "edu_pupils sex:male sex:female",
        ),
        ("Huyện nào có nhiều học sinh nhất?", "extreme", "edu_pupils district desc"),
        ("Tháng 9 nơi nào có không khí trong lành nhất?", "extreme", "env_aqi 2026-09 district asc"),
        (
            "ti le that nghiep cua nam hay cua nu ben nao thap hon",
            "compare",
            "soc_unemployment_rate sex:male sex:female",
        ),
        ("sl lua cua Long Dat nam 2025 duoc may tan", "value", "agr_rice_output 753 2025"),
        ("Mai họp với Sở Y tế, gom giúp chị một bản về môi trường Phú Mỹ", "report", "754"),
        ("Vừa nghe tin cháy xe ở Bà Rịa, tháng chín dưới đó cháy bao nhiêu vụ", "value", "eme_fires 748 2026-09"),
        (
            "Xem lại chuyện cấp hai: năm học trước Vũng Tàu có mấy em bỏ học",
            "value",
            "edu_dropouts 747 level:lower_secondary 2025/2026",
        ),
        (
            "tháng 10 so tháng 9 khách quốc tế tăng mấy phần trăm",
            "change",
            "tou_visitors visitor_origin:foreign 2026-10 2026-09",
        ),
        ("dự toán năm 2026 giao thu ngân sách là bao nhiêu", "progress", "soc_budget_revenue 2026"),
        (
            "doanh thu du lịch qua ba quý đầu năm nay đi lên hay đi xuống ra sao",
            "trend",
            "tou_revenue 2026-01..2026-09 period:quarter",
        ),
        ("tàu cá của Long Đất đã gắn thiết bị giám sát hành trình được mấy chiếc", "value", "agr_vms_fitted 753"),
        ("Trong bảy huyện, nơi nào thiếu giáo viên nhiều hơn cả", "rank", "edu_teacher_shortage district desc"),
        ("hồ sơ nộp qua mạng cho Sở Xây dựng chiếm tỷ lệ bao nhiêu", "value", "adm_online_rate agy-xd"),
        ("chỗ nào nhiều em bỏ học nhất, tính số em chứ không lấy tỷ lệ", "rank", "edu_dropouts district desc"),
        ("ba cơ sở y tế mổ nhiều ca nhất quý 3", "rank", "hea_surgeries 2026-Q3 facility:hospital desc 3"),
        ("5 trường đông học sinh nhất tỉnh", "rank", "edu_pupils facility:school desc 5"),
        ("So sánh số học sinh của Vũng Tàu và Bà Rịa", "compare", "edu_pupils 747 748"),
        ("số học sinh của Vũng Tàu so với Bà Rịa", "compare", "edu_pupils 747 748"),
        ("dân số năm 2025 so với năm 2020 tăng bao nhiêu", "change", "soc_population 2025 2020"),
        ("dân số tăg bao nhiêu so với năm 2024", "change", "soc_population 2024"),
        ("Diễn biến số ca sốt xuất huyết từng tháng năm 2025", "trend", "hea_dengue_cases 2025 period:month"),
        ("Huyện nào có trên 20.000 học sinh?", "filter", "edu_pupils district"),
        ("Cơ cấu dân số theo giới tính", "breakdown", "soc_population dimension:sex"),
        ("Học sinh nữ chiếm bao nhiêu phần trăm?", "share", "edu_pupils sex:female"),
        ("Tiến độ giải ngân vốn đầu tư công đến đâu rồi?", "progress", "soc_public_investment_rate"),
        ("Trong tỉnh có những bệnh viện nào?", "list", "facility:hospital"),
        ("Tỷ lệ học sinh bỏ học được tính như thế nào?", "definition", "edu_dropout_rate"),
        ("Thu nhập bình quân đầu người tính bằng đơn vị gì?", "unit", "soc_income"),
        ("Số liệu ca sốt xuất huyết lấy từ nguồn nào?", "source", "hea_dengue_cases"),
        ("Doanh thu du lịch trong báo cáo này ghi theo đơn vị gì", "unit", "tou_revenue"),
        ("so ca tay chan mieng dem theo don vi gi", "unit", "hea_hfmd_cases"),
        ("Hộ nghèo ở mình tính theo chuẩn nào", "definition", "soc_poor_households"),
        ("Số hồ sơ trễ hạn đếm những gì vậy em", "definition", "adm_late"),
        ("Khách sạn hạng sao là tính từ mấy sao trở lên", "definition", "tou_hotels"),
        ("Chỉ số cải cách hành chính chấm thang mấy điểm", "definition", "adm_par_index"),
        ("Trường đạt chuẩn quốc gia tính tỷ lệ ra sao", "definition", "edu_standard_rate"),
        ("Tỷ lệ thất nghiệp là tính trên tổng dân số hay tính trên ai", "definition", "soc_unemployment_rate"),
        ("Số người có bảo hiểm y tế thì hỏi cơ quan nào, ai là người cung cấp", "source", "hea_insured"),
        ("Kim ngạch xuất khẩu mình để tiền Việt hay đô la", "unit", "soc_exports"),
        ("Số học sinh phổ thông lấy từ đâu ra", "source", "edu_pupils"),
        ("Chỉ tiêu kim ngạch xuất khẩu năm 2026 đặt bao nhiêu?", "progress", "soc_exports 2026"),
        ("nam 2026 tinh dat chi tieu trong rung may hec ta", "progress", "agr_forest_planted 2026"),
        ("Khách lưu trú tới nay đạt mấy phần trăm kế hoạch cả năm rồi?", "progress", "tou_overnight"),
        ("Thu ngân sách đến hết tháng 9 tới đâu rồi", "progress", "soc_budget_revenue 2026-01..2026-09"),
        (
            "Sáng mai chị gặp cử tri Phú Mỹ, ai cũng than thiếu thầy thiếu cô. Năm học này hụt mấy giáo viên?",
            "value",
            "edu_teacher_shortage 754 2026/2027",
        ),
        (
            "hôm bữa đi ăn giỗ nghe bà con trên Châu Đức than chuyện giá mủ chị muốn biết năm 2025 huyện đó có mấy trạm y tế",
            "value",
            "hea_facilities 750 health_unit:station 2025",
        ),
        (
            "hồi trưa ngồi uống nước với mấy anh bên công an nghe kể đủ thứ chuyện trên trời tháng 10 Phú Mỹ mấy vụ cháy",
            "value",
            "eme_fires 754 2026-10",
        ),
        ("Mai họp giảm nghèo, em lấy số hộ cận nghèo của Long Đất", "value", "soc_near_poor_households 753"),
        ("Diện tích, năng suất rồi sản lượng lúa", "value", "agr_rice_area agr_rice_yield agr_rice_output"),
        ("đất rộng, mật độ dân số huyện nào dưới 300 người", "filter", "soc_density district"),
        ("Bà Rịa có phường nào đông dân nhất, Phước Trung hả", "extreme", "soc_population 748 commune desc"),
        ("trường nào có tỷ lệ tốt nghiệp cấp ba thấp nhất", "extreme", "edu_graduation_rate facility:school asc"),
        ("cuối năm 2025 mấy bác sĩ, mấy hộ sinh? Coi thiếu chỗ nào", "value", "hea_doctors hea_midwives 2025-12"),
        ("Ừ thôi, cho tôi số học sinh cấp hai của Côn Đảo", "value", "edu_pupils 755 level:lower_secondary"),
        ("Chiều nay tôi họp, tháng 10 mấy vụ cháy", "value", "eme_fires 2026-10"),
        ("Tháng 10 Phú Mỹ cháy mấy vụ, chú cần để nhắc mấy huyện dịp Tết", "value", "eme_fires 754 2026-10"),
        ("Năm 2025 Bà Rịa có bao nhiêu hộ nghèo, anh sắp đi họp với sở", "value", "soc_poor_households 748 2025"),
        ("Sáng mai cô xuống thăm bà con, Xuyên Mộc còn mấy hộ cận nghèo", "value", "soc_near_poor_households 751"),
        ("tháng 10 tới bao nhiêu ca sởi", "value", "hea_measles_cases 2026-10"),
        ("huyện nào giải ngân đầu tư công chậm nhất tỉnh", "extreme", "soc_public_investment_rate district asc"),
        ("trong huyện Châu Đức thì xã nào nhiều hộ nghèo nhất", "extreme", "soc_poor_households 750 commune desc"),
        (
            "Vụ cháy từ tháng 2 đến tháng 9/2026, phân theo nguyên nhân",
            "breakdown",
            "eme_fires 2026-02..2026-09 dimension:fire_cause",
        ),
        ("Chào em, chị Hạnh bên văn phòng nè", "greet", ""),
        ("từ đầu năm tới chừ mấy vụ cháy rứa", "value", "eme_fires 2026-01..2026-10"),
        ("GRDP quý 2 năm 2026 tăng bao nhiêu phần trăm?", "value", "soc_grdp_growth 2026-Q2"),
        ("CPI tháng 9 so với tháng trước đó mấy phần trăm", "value", "soc_cpi_month 2026-09"),
        ("CPI tháng 9 so với cùng kỳ năm ngoái", "change", "soc_cpi 2026-09"),
        ("hộ nghèo cả tỉnh chiếm mấy %", "value", "soc_poverty_rate 77"),
        ("Xuyên Mộc giải ngân đầu tư công đã qua mốc 60% chưa", "value", "soc_public_investment_rate 751 60"),
        ("huyện nào giải ngân đầu tư công dưới 65%", "filter", "soc_public_investment_rate district"),
        ("Tỷ lệ bao phủ bảo hiểm y tế của Long Đất có trên 90% không", "value", "hea_insurance_rate 753"),
        ("Mỗi lớp tiểu học bình quân bao nhiêu cháu", "average", "edu_pupils_per_class level:primary"),
        ("từ tháng 1 tới hết tháng 9/2026 cháy bao nhiêu vụ", "value", "eme_fires 2026-01..2026-09"),
        ("công an phá được mấy vụ phạm pháp hình sự", "value", "sec_crimes_solved"),
        ("có bao nhiêu trạm y tế xã đã có bác sĩ làm việc", "value", "hea_stations_with_doctor"),
        ("bảo hiểm xã hội ở Phú Mỹ có bao nhiêu người tham gia", "value", "soc_social_insurance 754"),
        ("Bảo hiểm xã hội tháng 10 nhận bao nhiêu hồ sơ", "value", "adm_received agy-bhxh 2026-10"),
        ("Người thất nghiệp ở đây hiểu như thế nào", "definition", "soc_unemployed"),
        ("thiên tai làm sập mấy căn nhà, thiệt hại mấy tỷ", "value", "eme_houses_damaged eme_disaster_damage"),
        ("tách từng cấp học cho chị xem nào nghe: số học sinh", "breakdown", "edu_pupils dimension:level"),
        ("sản lượng tôm khai thác của Long Đất", "value", "agr_catch 753 species:shrimp"),
        (
            "khách nội địa và khách quốc tế chênh nhau nhiều không",
            "compare",
            "tou_visitors visitor_origin:domestic visitor_origin:foreign",
        ),
        ("CPI tháng 10 so với tháng 9 ra sao", "value", "soc_cpi_month 2026-10"),
        ("xin chào", "greet", ""),
        ("cảm ơn em nhé", "thanks", ""),
        ("Hôm nay thời tiết thế nào?", "out_of_scope", "2026-11-21"),
    ],
)
def test_read(understanding: Understanding, text: str, intent: str, expected: str) -> None:
    found = read(understanding, text)
    assert found.best is not None
    assert (found.best.intent, codes(found.best)) == (intent, expected)
    assert found.question is None


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Số học sinh của Biên Hòa", "elsewhere:Biên Hòa"),
        ("huyện Mường Tè có bao nhiêu học sinh", "huyện mường tè"),
        ("Dân số huyện Mường Tè là bao nhiêu?", "huyện mường tè"),
    ],
)
def test_names_in_no_list_are_told(understanding: Understanding, text: str, unknown: str) -> None:
    found = read(understanding, text)
    assert found.best is not None
    assert [span.code for span in found.best.unknown] == [unknown]
    assert found.best.places == ()


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Bệnh viện này năm 2025 có bao nhiêu điều dưỡng", "bệnh viện"),
        ("so do con may ho so tre han", "sở"),
        ("các bệnh viện này có bao nhiêu giường", ""),
        ("Sáng mai tôi xuống Châu Đức, huyện đó có bao nhiêu hộ nghèo", ""),
    ],
)
def test_a_place_pointed_at_that_was_not_spoken_of_is_asked_about(
    understanding: Understanding, text: str, noun: str
) -> None:
    question = read(understanding, text).question
    assert (question.kind, question.words) == ("which_pointed", noun) if question and noun else question is None


def test_several_schools_of_one_name_are_asked_about_and_chosen(understanding: Understanding) -> None:
    asked = read(understanding, "Trường Nguyễn Huệ có bao nhiêu học sinh")
    assert asked.question is not None
    assert asked.question.kind == "which_facility"
    assert len(asked.question.choices) == 3
    context = Context(pending=asked.question, at=NOW)
    second = read(understanding, "cái thứ hai", context).best
    assert second == asked.question.choices[1].reading
    there = read(understanding, "ở Phú Mỹ", context).best
    assert there is not None
    assert [understanding.catalogue.ancestors(found.code)[1] for found in there.facilities] == ["754"]


def test_a_period_that_could_be_two_is_asked_back_and_chosen(understanding: Understanding) -> None:
    """The first two months of the year or the latest two: nothing tells, and both are stored."""
    asked = read(understanding, "Trong 2 tháng tỉnh thu ngân sách bao nhiêu?").question
    assert asked is not None
    assert asked.kind == "which_period"
    assert [choice.label for choice in asked.choices] == [
        "2 tháng đầu năm 2026",
        "giai đoạn từ tháng 9 đến tháng 10 năm 2026",
    ]
    second = read(understanding, "cái thứ hai", Context(pending=asked, at=NOW)).best
    assert second is not None
    assert [found.code for found in second.periods] == ["2026-09..2026-10"]
    assert [found.code for found in second.indicators] == ["soc_budget_revenue"]


def test_a_period_that_could_be_two_is_not_asked_about_where_only_one_has_figures(understanding: Understanding) -> None:
    """Last December, since the next one has not come."""
    found = read(understanding, "tháng 12 tỉnh thu ngân sách bao nhiêu?")
    assert found.question is None
    assert found.best is not None
    assert [period.code for period in found.best.periods] == ["2025-12"]


def test_a_new_question_is_not_taken_for_a_choice(understanding: Understanding) -> None:
    asked = read(understanding, "Trường Nguyễn Huệ có bao nhiêu học sinh")
    context = Context(pending=asked.question, at=NOW)
    found = read(understanding, "huyện nào nhiều học sinh nhất", context).best
    assert codes(found) == "edu_pupils district desc"


def test_what_cannot_be_counted_is_asked_back(understanding: Understanding) -> None:
    asked = read(understanding, "tỉnh có bao nhiêu lâu đài").question
    assert asked is not None
    assert asked.kind == "which_indicator"
    assert len(asked.choices) <= 4


CHAU_DUC = "Huyện Châu Đức năm 2025 có bao nhiêu học sinh?"


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        (["còn Xuyên Mộc?"], "value", "edu_pupils 751 2025"),
        (["năm 2024 thì sao?"], "value", "edu_pupils 750 2024"),
        (["so với năm 2020?"], "change", "edu_pupils 750 2025 2020"),
        (["so với Long Đất"], "compare", "edu_pupils 750 753 2025"),
        (["chia theo từng xã"], "breakdown", "edu_pupils 750 2025 commune"),
        (["còn số giáo viên?"], "value", "edu_teachers 750 2025"),
        (["còn Xuyên Mộc?", "năm 2024 thì sao?", "so với năm 2020?"], "change", "edu_pupils 751 2024 2020"),
        (["Toàn tỉnh có bao nhiêu bác sĩ?"], "value", "hea_doctors 77"),
        (["bao nhiêu lớp?"], "value", "edu_classes 750 2025"),
        (["huyện này có bao nhiêu hộ nghèo?"], "value", "soc_poor_households 750 2025"),
        (["à, Xuyên Mộc chứ không phải Châu Đức"], "value", "edu_pupils 751 2025"),
        (["xảy ra mấy vụ tai nạn giao thông?", "bị thương?"], "value", "tra_injuries 750 2025"),
        (["chiếm mấy phần trăm cả tỉnh"], "share", "edu_pupils 750 2025"),
        (["học sinh nữ thì sao?", "nam?"], "value", "edu_pupils 750 sex:male 2025"),
        (["học sinh nữ thì sao?", "còn giáo viên?"], "value", "edu_teachers 750 2025"),
        (["học sinh nữ thì sao?", "tính chung cả nam lẫn nữ?"], "value", "edu_pupils 750 2025"),
        (["học sinh nữ thì sao?", "vậy là bao nhiêu phần trăm?"], "share", "edu_pupils 750 sex:female 2025"),
        (["hộ nghèo?", "tỷ lệ là bao nhiêu?"], "value", "soc_poverty_rate 750 2025"),
        (["hộ nghèo?", "tỷ lệ là bao nhiêu?", "cụ thể là mấy hộ?"], "value", "soc_poor_households 750 2025"),
        (["hồ sơ đang giải quyết bao nhiêu?", "quá hạn mấy cái?"], "value", "adm_pending_overdue 750 2025"),
        (["diện tích cà phê?", "năng suất thế nào?"], "value", "agr_crop_yield 750 crop:coffee 2025"),
        (["diện tích cà phê?", "sản lượng thì sao?"], "value", "agr_crop_output 750 crop:coffee 2025"),
        (["năm trước đó?"], "value", "edu_pupils 750 2024"),
        (["tăng hay giảm?", "năm 2023 thì sao?"], "change", "edu_pupils 750 2023"),
        (["tăng hay giảm?", "vì sao?"], "why", "edu_pupils 750 2025"),
        (["kê theo từng xã cho tôi"], "breakdown", "edu_pupils 750 2025 commune"),
        (["cái này tính kiểu gì?"], "definition", "edu_pupils 750 2025"),
        (["ghi theo đơn vị gì"], "unit", "edu_pupils 750 2025"),
        (["hiện nay thì sao?"], "value", "edu_pupils 750"),
        (["kế hoạch năm đó đề ra là bao nhiêu?"], "progress", "edu_pupils 750 2025"),
        (["mấy vụ cháy?", "từ tháng 1 đến tháng 9 thì sao?"], "value", "eme_fires 750 2026-01..2026-09"),
        (["mấy vụ cháy?", "từ 2022 tới 2025 thì sao?"], "trend", "eme_fires 750 2022 2025"),
        (["mấy vụ cháy?", "cùng kỳ năm trước thế nào?"], "value", "eme_fires 750 2024"),
        (["nhưng mà ở Xuyên Mộc?"], "value", "edu_pupils 751 2025"),
        (["Bà Rịa hả, không, Phú Mỹ mới đúng"], "value", "edu_pupils 754 2025"),
        (["mấy vụ cháy?", "Xuyên Mộc có mấy vụ cháy?"], "value", "eme_fires 751 2025"),
        (["Số hồ sơ trễ hạn của Sở Nội vụ?", "cơ quan nào trễ nhiều nhất?"], "extreme", "adm_late agency desc"),
        (["mấy người chết vì tai nạn giao thông?", "Phú Mỹ chết mấy người?"], "value", "tra_deaths 754 2025"),
        (["giá vàng bao nhiêu"], "out_of_scope", ""),
    ],
)
def test_talk_that_goes_on(understanding: Understanding, said: list[str], intent: str, expected: str) -> None:
    best = read(understanding, CHAU_DUC).best
    for text in said:
        best = read(understanding, text, Context(reading=best, at=NOW)).best
    assert best is not None
    assert (best.intent, codes(best)) == (intent, expected)


@pytest.mark.parametrize(("passed", "kept"), [(timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)])
def test_context_fades_after_ten_minutes(
    understanding: Understanding, clock: FixedClock, passed: timedelta, kept: bool
) -> None:
    context = Context(reading=read(understanding, CHAU_DUC).best, at=NOW)
    clock.moment = NOW + passed
    try:
        best = read(understanding, "còn Xuyên Mộc?", context).best
    finally:
        clock.moment = NOW
    assert codes(best) == ("edu_pupils 751 2025" if kept else "751")


def test_an_open_question_fades_too(understanding: Understanding, clock: FixedClock) -> None:
    context = Context(pending=read(understanding, "Trường Nguyễn Huệ có bao nhiêu học sinh").question, at=NOW)
    clock.moment = NOW + timedelta(minutes=11)
    try:
        found = read(understanding, "cái thứ hai", context)
    finally:
        clock.moment = NOW
    assert found.best is None or found.best.facilities == ()


def test_readings_compete_best_first(understanding: Understanding) -> None:
    found = read(understanding, "số học sinh huyện Châu Đức năm 2025")
    scores = [reading.score for reading in found.readings]
    assert 1 < len(scores) <= 4
    assert scores == sorted(scores, reverse=True)
    assert found.normalised == "số học sinh huyện châu đức năm 2025"


@pytest.mark.parametrize(
    "text", ["giá vàng miếng SJC hôm nay mấy triệu một lượng", "Đặt giúp chị vé xe ra Vũng Tàu chiều nay"]
)
def test_what_is_of_nothing_known_is_not_asked_about(understanding: Understanding, text: str) -> None:
    found = read(understanding, text)
    assert (found.readings[0].intent, found.question) == ("out_of_scope", None)


def test_figures_wanted_without_saying_which_are_asked_about(understanding: Understanding) -> None:
    found = read(understanding, "Cho anh con số tháng 10 của Bà Rịa đi")
    assert found.question is not None and found.question.kind == "which_indicator"


def test_strange_words_are_told(understanding: Understanding) -> None:
    assert "zkwq" in read(understanding, "số học sinh huyện Châu Đức zkwq").unexplained
    assert read(understanding, "số học sinh huyện Châu Đức").unexplained == ()


def test_nothing_said_is_nothing_read(understanding: Understanding) -> None:
    assert read(understanding, " … ").readings == ()


@pytest.mark.parametrize(
    ("text", "large"),
    [
        ("Dân số huyện Mường Tè", {"muong", "te"}),
        ("Dân số. Huyện nào đông?", set()),
        ("trường THPT Vũng Tàu", {"vung", "tau"}),
        ("dân số", set()),
    ],
)
def test_written_large(text: str, large: set[str]) -> None:
    assert written_large(text) == large
