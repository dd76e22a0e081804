"""What a story names before the question: left out where the question names its own, kept where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.understanding import clauses, told
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import gather
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "places", "indicators"),
    [
        ("Phú Mỹ toàn nhà máy, tai nạn giao thông năm 2025 chia ra từng huyện", [], ["tra_accidents"]),
        ("Mai tôi tiếp xúc cử tri Xuyên Mộc, phạm pháp hình sự nhiều nhất ở huyện nào", [], ["sec_crimes"]),
        ("Tôi sắp xuống Xuyên Mộc, độ che phủ rừng của tỉnh mấy phần trăm", [], ["agr_forest_cover"]),
        ("Tôi sắp xuống Xuyên Mộc, độ che phủ rừng mấy phần trăm", ["751"], ["agr_forest_cover"]),
        (
            "Tuần sau đoàn đi thăm xã Bưng Riềng, công suất giường bệnh của Bệnh viện Bà Rịa",
            ["hos-ba-ria"],
            ["hea_bed_occupancy"],
        ),
        ("Bà con Châu Đức sợ dịch tả heo, học sinh Long Đất có bao nhiêu em", ["753"], ["edu_pupils"]),
        (
            "Tôi chuẩn bị phát biểu ở Long Đất, cho tôi số học sinh, số giáo viên",
            ["753"],
            ["edu_pupils", "edu_teachers"],
        ),
        (
            "Hôm qua tôi về Long Đất gặp bà con, ở đó học sinh nhiều hơn Châu Đức bao nhiêu",
            ["753", "750"],
            ["edu_pupils"],
        ),
        ("Cho anh số học sinh Vũng Tàu, Bà Rịa", ["747", "748"], ["edu_pupils"]),
    ],
)
def test_a_story_is_left_out_of_what_the_question_names_itself(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, places: list[str], indicators: list[str]
) -> None:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, TODAY, frozenset(), frozenset(), stops))[0][0]
    evidence = gather(text, covering, cues, province, stops)
    told.without(evidence, cues, province)
    assert [slot.best.code for slot in evidence.places] == places
    assert [slot.best.code for slot in evidence.indicators] == indicators
