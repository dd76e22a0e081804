"""Figures listed in one sentence, each in fewer words than its whole name."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding import clauses
from assistant.understanding.completion import IndicatorWords
from assistant.understanding.cues import Cues
from assistant.understanding.enumeration import Enumeration
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def words(province: Catalogue, cues: Cues) -> IndicatorWords:
    return IndicatorWords(province, cues.hollow)


@pytest.mark.parametrize(
    ("written", "indicators"),
    [
        ("Bao nhiêu vụ đuối nước, số người chết ở Vũng Tàu", ["eme_drownings", "eme_drowning_deaths"]),
        ("Số vụ, số người bị thương do tai nạn giao thông", ["tra_accidents", "tra_injuries"]),
        ("vận chuyển hàng hóa và hành khách quý 3", ["tra_freight", "tra_passengers"]),
        ("số vụ cháy cùng thiệt hại về tài sản", ["eme_fires", "eme_fire_damage"]),
        ("thu ngân sách bao nhiêu tỷ mà chi bao nhiêu tỷ", ["soc_budget_revenue", "soc_budget_spending"]),
        ("lừa đảo qua mạng mấy vụ, mất bao nhiêu tiền", ["sec_online_fraud", "sec_online_fraud_loss"]),
        ("số hộ nghèo hộ cận nghèo xã Bình Ba", ["soc_poor_households", "soc_near_poor_households"]),
        ("Học sinh, giáo viên, lớp học của Long Đất", ["edu_pupils", "edu_teachers", "edu_classes"]),
        ("số phòng học kiên cố và tỷ lệ kiên cố", ["edu_rooms_solid", "edu_rooms_solid_rate"]),
        ("hồ sơ đất đai, trễ hạn bao nhiêu", ["adm_late"]),
        (
            "Toàn tỉnh có mấy trường mầm non, mấy lớp mầm non",
            ["edu_preschool_schools", "edu_preschool_classes"],
        ),
        (
            "tỷ suất chết trẻ dưới năm tuổi và tỷ suất chết trẻ dưới một tuổi",
            ["hea_under5_mortality", "hea_infant_mortality"],
        ),
        ("tai nạn giao thông ở Vũng Tàu, chị cần gấp", ["tra_accidents"]),
        (
            "còn mấy hồ sơ đang giải quyết, trong đó bao nhiêu cái đã quá hạn",
            ["adm_pending", "adm_pending_overdue"],
        ),
        ("Phạm pháp hình sự: số vụ xảy ra, tỷ lệ điều tra khám phá", ["sec_clearance_rate", "sec_crimes"]),
    ],
)
def test_each_item_is_an_indicator(
    words: IndicatorWords, finder: SpanFinder, province: Catalogue, cues: Cues, written: str, indicators: list[str]
) -> None:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, TODAY, frozenset(), frozenset(), stops))[0][0]
    covering = words.complete(text, covering, cues.find("how_many", text), (), stops) or covering
    made = Enumeration(province, cues, words).complete(text, covering, stops)
    assert [slot.best.code for slot in made if slot.slot == "indicator"] == indicators
