"""Why something is asked, told after the question: where it begins, and when it does not."""

from __future__ import annotations

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.understanding import reasons
from assistant.understanding.cues import Cues
from assistant.understanding.spans import SpanFinder
from tests.understanding.test_narration import candidate

ASKED = "Tháng 10 Xuyên Mộc có bao nhiêu hộ nghèo"


@pytest.mark.parametrize(
    ("tail", "begins", "is_led"),
    [
        (", anh sắp xuống dưới trao học bổng", "anh sắp", True),
        (" chú cần ký giấy khen cho anh em", "chú cần", True),
        (" để anh phê bình cho đúng người", "để anh", True),
        (", hiệp hội đang réo từ sáng", "hiệp hội", False),
        (", chị cần đối chiếu với tờ trình", "chị cần", True),
        (", phóng viên cứ hỏi", "phóng viên", True),
        (", chị làm đề tài về phụ nữ", "chị làm", True),
        (", để cô đi gặp mấy chủ tàu", "để cô", True),
        (", mấy chủ quán gọi chị suốt", "mấy chủ quán", False),
        (", phòng tôi đang làm báo cáo kinh tế", "phòng tôi", True),
        (", tôi cần đối chiếu với hồ sơ của mình", "tôi cần", True),
    ],
)
def test_where_a_reason_begins(
    finder: SpanFinder, province: Catalogue, cues: Cues, tail: str, begins: str, is_led: bool
) -> None:
    found = candidate(ASKED + tail, finder, province, cues)
    start, led = reasons.begins(found, found.evidence.stops, cues, province)[0]
    assert found.evidence.text[start:].startswith(begins)
    assert led is is_led


@pytest.mark.parametrize(
    "tail",
    [
        ", anh muốn xem theo từng xã",
        ", chị cần số của Long Đất",
        ", anh cần so với tháng 9",
        ", cô muốn biết còn mấy hộ cận nghèo",
        ", mấy hộ cận nghèo",
        ", không kể Vũng Tàu thì huyện nào nhiều nhất",
        ", chiếm bao nhiêu phần trăm",
        " để xét quà. Năm 2025 huyện nào nhiều hộ nghèo nhất",
        "",
    ],
)
def test_what_asks_for_more_is_no_reason(finder: SpanFinder, province: Catalogue, cues: Cues, tail: str) -> None:
    found = candidate(ASKED + tail, finder, province, cues)
    assert reasons.begins(found, found.evidence.stops, cues, province) == []


def test_what_is_asked_between_a_stop_and_a_reason_is_no_reason(
    finder: SpanFinder, province: Catalogue, cues: Cues
) -> None:
    found = candidate("Hộ nghèo Long Đất với Xuyên Mộc, nơi nào nhiều hơn, để đưa vào báo cáo", finder, province, cues)
    begins = reasons.begins(found, found.evidence.stops, cues, province)
    assert [found.evidence.text[start:] for start, _ in begins] == ["để đưa vào báo cáo"]
