"""Names, periods and numbers in utterances, with the real catalogue; and names that are in no list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.language.text import normalise
from assistant.types import Found
from assistant.understanding.bank import Bank
from assistant.understanding.cues import Cues
from assistant.understanding.reader import written_large
from assistant.understanding.spans import BARE_YEAR, INTERRUPTED, UNLISTED, WRITTEN, SpanFinder
from assistant.understanding.training import vocabulary

TODAY = date(2026, 11, 21)

Unknown = Callable[[str], list[tuple[str, float]]]


@pytest.fixture(scope="module")
def known(base_bank: Bank, cues: Cues) -> frozenset[str]:
    return vocabulary(base_bank) | cues.filler


@pytest.fixture(scope="module")
def unknown(finder: SpanFinder, known: frozenset[str]) -> Unknown:
    """Names of kind ``unknown`` in a sentence as it was typed: text and score."""

    def find(sentence: str) -> list[tuple[str, float]]:
        spans = finder.find(normalise(sentence), TODAY, known, written_large(sentence))
        return [(span.code, span.score) for span in spans if span.kind == "unknown"]

    return find


def find(finder: SpanFinder, sentence: str) -> list[Found]:
    return finder.find(normalise(sentence), TODAY, frozenset())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dân số huyện Mường Tè là bao nhiêu", [("huyện mường tè", WRITTEN)]),
        ("dân số huyện mường tè là bao nhiêu", [("huyện mường tè", UNLISTED)]),
        ("dan so huyen muong te la bao nhieu", [("huyen muong te", UNLISTED)]),
        ("có bao nhiêu học sinh ở huyện mường tè", [("huyện mường tè", UNLISTED)]),
        ("Học sinh Trường Tiểu học Dân Số năm 2025", [("trường tiểu học dân số", WRITTEN)]),
        ("Số học sinh trường tiểu học Hoa Hồng Đen", [("trường tiểu học hoa hồng đen", WRITTEN)]),
        ("Bệnh viện Chợ Rẫy tháng 10 khám mấy lượt", [("bệnh viện chợ rẫy", WRITTEN)]),
        ("Số học sinh huyện Châu Đức năm 2025", []),
        ("Dân số xã Long Sơn năm 2025", []),
        ("huyện nào đông học sinh nhất", []),
        ("số huyện của tỉnh", []),
        ("số xã huyện Châu Đức", []),
        ("mỗi huyện có bao nhiêu trường", []),
        ("số học sinh trường tiểu học năm 2025", []),
    ],
)
def test_names_in_no_list(unknown: Unknown, sentence: str, expected: list[tuple[str, float]]) -> None:
    assert unknown(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("số học sinh của Hà Nội", ["01"]),
        ("số học sinh tỉnh Đồng Nai năm 2025", ["75"]),
        ("dân số thành phố Cần Thơ", ["92"]),
        ("so hoc sinh cua tinh dong nai", ["75"]),
        ("dân số tỉnh Hòa Bình", ["17"]),
        ("dân số Hòa Bình", ["26641"]),
        ("dân số xã Hòa Bình", ["26641"]),
        ("dân số thành phố Vũng Tàu", ["747"]),
        ("dân số cả nước năm 2015", ["vn"]),
        ("vùng Đông Nam Bộ có bao nhiêu bác sĩ", ["south-east"]),
        ("dân số Hà Nam Mới", ["35"]),
        ("dân số Đồng Nay", []),
        ("dân số thành phố Tây Ninh", ["elsewhere:thành phố Tây Ninh"]),
        ("dân số Biên Hòa", ["elsewhere:Biên Hòa"]),
    ],
)
def test_names_outside_the_province(finder: SpanFinder, sentence: str, expected: list[str]) -> None:
    spans = [span for span in find(finder, sentence) if span.kind in ("area", "unknown") and span.score > 0.8]
    longest = max((span.end - span.start for span in spans), default=0)
    assert [span.code for span in spans if span.end - span.start == longest] == expected


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        ("năm 2025 khám bao nhiêu lượt", "hea_visits", "khám bao nhiêu lượt"),
        ("Sở Nội vụ tiếp nhận được bao nhiêu hồ sơ", "adm_received", "tiếp nhận được bao nhiêu hồ sơ"),
        ("một vạn dân có bao nhiêu bác sĩ", "hea_doctors_per_10k", "một vạn dân có bao nhiêu bác sĩ"),
    ],
)
def test_interrupted_names(finder: SpanFinder, sentence: str, code: str, words: str) -> None:
    spans = [span for span in find(finder, sentence) if span.kind == "indicator"]
    best = max(spans, key=lambda span: span.end - span.start)
    assert (best.code, best.text) == (code, words)
    assert best.text == normalise(sentence)[best.start : best.end]
    assert best.score <= INTERRUPTED


def test_an_uninterrupted_name_is_found_once(finder: SpanFinder) -> None:
    spans = [span for span in find(finder, "có bao nhiêu lượt khám bệnh") if span.kind == "indicator"]
    assert {span.code for span in spans} == {"hea_visits"}
    assert max(span.score for span in spans) > INTERRUPTED


def groups(finder: SpanFinder, sentence: str) -> list[str]:
    return [span.code for span in find(finder, sentence) if span.kind == "group"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("5 trường đông học sinh nhất", ["facility:school"]),
        ("năm trường đông học sinh nhất", ["facility:school"]),
        ("top 3 huyện", ["district"]),
        ("huyện đông học sinh nhất", ["district"]),
        ("3 bệnh viện có nhiều giường nhất", ["facility:hospital"]),
        ("10 xã ít dân nhất", ["commune"]),
        ("huyện Châu Đức đông học sinh không", []),
        ("trường đông học sinh", []),
    ],
)
def test_counted_nouns(finder: SpanFinder, sentence: str, expected: list[str]) -> None:
    assert groups(finder, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2025 hơn 2024 mấy điểm", ["2025", "2024"]),
        ("dân số 2024", ["2024"]),
        ("số học sinh năm 2024", ["2024"]),
        ("dân số 1789", []),
        ("trên 20245 người", []),
        ("đạt 2024% kế hoạch", []),
    ],
)
def test_years(finder: SpanFinder, sentence: str, expected: list[str]) -> None:
    periods = [span for span in find(finder, sentence) if span.kind == "period"]
    assert [span.code for span in periods] == expected
    assert all(span.period is not None and span.score >= BARE_YEAR for span in periods)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("trường có trên 1.000 học sinh", ["1000"]),
        ("số học sinh năm 2024", []),
        ("so hoc sinh nam 2024", []),
        ("3 huyện năm 2025", ["3"]),
    ],
)
def test_numbers_outside_periods(finder: SpanFinder, sentence: str, numbers: list[str]) -> None:
    assert [span.code for span in find(finder, sentence) if span.kind == "number"] == numbers


def test_a_period_cuts_the_names_it_reaches_into(finder: SpanFinder) -> None:
    spans = find(finder, "tháng nào trong năm 2025 có nhiều ca nhất")
    assert [(span.kind, span.text) for span in spans if span.kind != "indicator"] == [
        ("group", "tháng nào"),
        ("period", "năm 2025"),
    ]


def test_year_is_no_sex_where_there_are_no_marks(finder: SpanFinder) -> None:
    assert [s.code for s in find(finder, "nam 2024 co bao nhieu hoc sinh") if s.kind == "member"] == []
    assert [s.code for s in find(finder, "có bao nhiêu học sinh nam") if s.kind == "member"] == ["sex:male"]


@pytest.mark.parametrize(
    ("sentence", "kind", "code"),
    [
        ("số học sinh huyện Châu Đức", "area", "750"),
        ("so hoc sinh huyen chau duc", "area", "750"),
        ("số học sinh huyện Xuyên Mộcc", "area", "751"),
        ("Bệnh viện Bà Rịa có bao nhiêu giường", "facility", "hos-ba-ria"),
        ("hồ sơ của Sở Nội vụ", "agency", "agy-nv"),
    ],
)
def test_listed_names(finder: SpanFinder, sentence: str, kind: str, code: str) -> None:
    assert code in [span.code for span in find(finder, sentence) if span.kind == kind]


def test_spans_are_told_in_the_order_of_their_words(finder: SpanFinder) -> None:
    text = "số học sinh nữ huyện châu đức năm 2025 so với năm 2024"
    spans = find(finder, text)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert all(span.text == text[span.start : span.end] for span in spans)
