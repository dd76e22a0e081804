"""A question after a story: when an utterance is one, and where the question may begin."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.types import Found, Reading
from assistant.understanding import clauses, narration
from assistant.understanding.candidate import Candidate
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import gather
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder
from assistant.understanding.units import Units

TODAY = date(2026, 11, 21)
STORY = "hôm qua anh ghé thăm ông bạn cũ làm rẫy kể chuyện mưa gió suốt buổi"


def candidate(written: str, finder: SpanFinder, province: Catalogue, cues: Cues) -> Candidate:
    text = normalise(written)
    stops = clauses.stops(written, text)
    covering = coverings(finder.find(text, TODAY, frozenset(), frozenset(), stops))[0][0]
    evidence = gather(text, covering, cues, province, stops)
    named = tuple(slot.best for slot in evidence.indicators)
    return Candidate(Reading(intent="value", indicators=named), evidence, [], (), Units(cues).asked(text))


@pytest.mark.parametrize(
    ("written", "served", "told"),
    [
        (f"{STORY} năm 2025 Xuyên Mộc có bao nhiêu học sinh", True, True),
        ("em ơi cho anh hỏi năm 2025 Xuyên Mộc có bao nhiêu học sinh vậy em", True, False),
        ("chú mới ghé Phước Hải năm 2025 Long Đất có bao nhiêu học sinh", True, False),
        ("chú mới ghé thăm bà con dưới Phước Hải năm 2025 Long Đất có mấy tàu cá vậy con", False, True),
    ],
)
def test_whether_more_is_told_than_asked(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, served: bool, told: bool
) -> None:
    found = candidate(written, finder, province, cues)
    assert narration.is_told(found, cues, province, served=served) is told


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("Anh sắp vô gặp hội khách sạn, công suất buồng phòng của Vũng Tàu bao nhiêu", "công suất"),
        ("Anh sắp hỏi số hộ nghèo của huyện, công suất buồng phòng bao nhiêu", ""),
        ("Để chuẩn bị họp về số hộ nghèo, tôi muốn biết công suất buồng phòng bao nhiêu", "tôi muốn biết"),
        ("Chị gặp mấy em gái ngoài đó, năm học trước có mấy học sinh bỏ học", "năm học trước"),
        ("Mới nghe báo hộ nghèo còn nhiều, Long Đất năm ngoái mấy hộ nghèo", "long đất"),
        ("Hội khách sạn sắp vô gặp anh rồi, công suất buồng phòng của Vũng Tàu bao nhiêu", ""),
    ],
)
def test_an_opening_tells_what_a_person_is_about_to_do(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, begins: str
) -> None:
    found = candidate(written, finder, province, cues)
    text = found.evidence.text
    starts = narration.opening(found, clauses.stops(written, text), cues)
    assert [text[start:].startswith(begins) for start in starts] == ([True] if begins else [])


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("Cuối năm phải tổng kết. Tháng 10 có mấy học sinh bỏ học", "tháng 10"),
        ("Cử tri Phước Hải kêu hoài. Xuyên Mộc năm 2025 có mấy hộ nghèo", "xuyên mộc"),
        ("Long Đất kêu hoài. Năm 2025 có mấy hộ nghèo", ""),
        ("Tháng 9 có nhiều học sinh bỏ học. Tháng 10 tăng mấy học sinh", ""),
        ("Long Đất năm 2024 có mấy hộ nghèo. Xuyên Mộc năm 2025 có mấy hộ nghèo", ""),
    ],
)
def test_a_sentence_before_that_only_tells(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, begins: str
) -> None:
    found = candidate(written, finder, province, cues)
    text = found.evidence.text
    starts = narration.told_before(found, sorted(clauses.ended(written, text)), cues)
    assert [text[start:].startswith(begins) for start in starts] == ([True] if begins else [])


@pytest.mark.parametrize(
    ("written", "introduced"),
    [
        ("Mai họp bàn dịch heo với hộ nghèo, đàn trâu còn mấy con", True),
        ("Mai họp về giảm nghèo, em lấy số hộ cận nghèo của Long Đất", True),
        ("Xã Bình Ba trước đây nhập về rồi, vậy cả Châu Đức rộng bao nhiêu", True),
        ("Mai chị xuống thăm mấy xã của Xuyên Mộc, em cho chị biết Long Đất có bao nhiêu hộ nghèo", True),
        ("Bác có đứa cháu gái dạy xa lắm, nghe nói vui, năm nay Long Đất mấy hộ nghèo", True),
        ("Chị viết bài về con gái, năm nay Long Đất có mấy hộ nghèo", False),
        ("Có bao nhiêu hộ nghèo, em lấy số hộ cận nghèo của Long Đất", False),
        ("Số hộ nghèo của Long Đất, em lấy luôn số hộ cận nghèo", False),
        ("Số hộ nghèo của Long Đất năm 2025, tăng mấy hộ", False),
    ],
)
def test_whether_what_is_said_before_may_not_be_asked_for(
    finder: SpanFinder, province: Catalogue, cues: Cues, written: str, introduced: bool
) -> None:
    text = normalise(written)
    found = candidate(written, finder, province, cues)
    assert narration.is_introduced(found, clauses.stops(written, text), cues) is introduced


def test_where_a_question_may_begin(finder: SpanFinder, province: Catalogue, cues: Cues) -> None:
    text = normalise(f"{STORY} con coi giùm năm 2025 Xuyên Mộc có bao nhiêu học sinh")
    found = candidate(text, finder, province, cues)
    assert [text[at:].split()[0] for at in narration.led(text, cues)] == ["giùm"]
    assert [text[at:].split()[0] for at in narration.named(found.evidence, ())] == ["năm", "xuyên"]


def test_words_that_neither_ask_nor_name(finder: SpanFinder, province: Catalogue, cues: Cues) -> None:
    found = candidate("năm 2025 Xuyên Mộc vẫn còn mấy em học sinh vậy", finder, province, cues)
    assert narration.off(found, cues, province) == 0
    other = candidate("năm 2025 Xuyên Mộc được khen thưởng", finder, province, cues)
    assert narration.off(other, cues, province) == 2
    told = candidate("năm 2025 Xuyên Mộc giải thể mấy cái", finder, province, cues)
    bare = told._replace(reading=told.reading.model_copy(update={"indicators": ()}))
    spoken = (Found(kind="indicator", code="soc_enterprises_dissolved"),)
    assert narration.off(bare, cues, province, spoken) == 0


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("Bà con Xuyên Mộc than quá tải, nên tôi muốn so số hộ nghèo ở đó năm 2025 với năm 2024", "nên"),
        ("Bà con than mấy xã quá tải, nên tôi muốn so số hộ nghèo", ""),
    ],
)
def test_a_reason_before_what_is_asked(cues: Cues, written: str, begins: str) -> None:
    text = normalise(written)
    starts = narration.reasoned(text, clauses.stops(written, text), cues)
    assert [text[at:].startswith(begins) for at in starts] == ([True] if begins else [])
