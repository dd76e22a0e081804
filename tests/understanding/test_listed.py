"""Members told one by one beside their indicator."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding import clauses, listed
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "members"),
    [
        (
            "Trạm quan trắc tự động cuối 2025 chia theo không khí, nước mặt, nước thải",
            ["monitoring:air", "monitoring:surface_water", "monitoring:wastewater"],
        ),
        (
            "Sản lượng thủy sản khai thác gồm cá tôm mực và các loại khác mỗi thứ bao nhiêu tấn",
            ["species:fish", "species:shrimp", "species:squid", "species:other"],
        ),
        (
            "Vi phạm giao thông tháng 10, chia theo lỗi: nồng độ cồn, tốc độ, quá tải.",
            ["traffic_offence:alcohol", "traffic_offence:speed", "traffic_offence:overload"],
        ),
        (
            "Giáo viên còn thiếu tách ra TH, THCS, THPT",
            ["level:primary", "level:lower_secondary", "level:upper_secondary"],
        ),
        ("Khách sạn từ 1 đến 3 sao mỗi hạng mấy cái", ["stars:one", "stars:three", "stars:two"]),
        ("Số khách sạn 4, 5 sao", ["stars:four", "stars:five"]),
        ("Khách sạn 4 sao trở lên có mấy cái", ["stars:four", "stars:five"]),
        (
            "Khách du lịch tháng 10: quốc tế bao nhiêu, nội địa bao nhiêu",
            ["visitor_origin:foreign", "visitor_origin:domestic"],
        ),
        ("Diện tích rừng tự nhiên trong tỉnh chia theo huyện", ["forest_kind:natural"]),
    ],
)
def test_members(finder: SpanFinder, province: Catalogue, cues: Cues, written: str, members: list[str]) -> None:
    text = normalise(written)
    covering = coverings(finder.find(text, TODAY, frozenset(), frozenset(), clauses.stops(written, text)))[0][0]
    made = listed.attach(text, covering, cues, province)
    told = listed.through(text, [slot for slot in made if slot.slot == "member"], cues, province)
    assert [slot.best.code for slot in told] == members


def test_other_figures_stay(finder: SpanFinder, province: Catalogue, cues: Cues) -> None:
    text = normalise("học sinh tiểu học bao nhiêu em giáo viên trung học cơ sở bao nhiêu người")
    covering = coverings(finder.find(text, TODAY, frozenset()))[0][0]
    made = listed.attach(text, covering, cues, province)
    assert [slot.best.code for slot in made if slot.slot == "indicator"] == ["edu_pupils", "edu_teachers"]
