"""Roles, limits, thresholds and comparisons, read from sentences with the real catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.types import Comparison, Reading, Threshold
from assistant.understanding.build import build
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence, gather
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

Gather = Callable[[str], Evidence]
Build = Callable[[str, str], Reading]


@pytest.fixture(scope="module")
def evidence(finder: SpanFinder, cues: Cues, province: Catalogue) -> Gather:
    """What the best covering of a sentence holds."""

    def made(sentence: str) -> Evidence:
        text = normalise(sentence)
        covering = coverings(finder.find(text, date(2026, 11, 21), frozenset()))[0][0]
        return gather(text, covering, cues, province)

    return made


@pytest.fixture(scope="module")
def built(evidence: Gather, province: Catalogue) -> Build:
    """The reading of a sentence for a given intent."""
    return lambda sentence, intent: build(evidence(sentence), intent, 0.9, province)[0]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("số học sinh của Vũng Tàu so với Bà Rịa", [("747", "subject"), ("748", "base")]),
        ("so với Bà Rịa thì số học sinh của Vũng Tàu thế nào", [("748", "base"), ("747", "base")]),
        ("số học sinh của Vũng Tàu và Bà Rịa", [("747", ""), ("748", "")]),
        ("dân số xã Bình Ba huyện Châu Đức", [("26578", "")]),
        ("dân số huyện Châu Đức so với toàn tỉnh", [("750", "subject"), ("77", "base")]),
        ("dân số huyện Châu Đức trong tỉnh Bà Rịa - Vũng Tàu", [("750", "")]),
    ],
)
def test_places_and_their_roles(built: Build, sentence: str, places: list[tuple[str, str]]) -> None:
    assert [(found.code, found.role) for found in built(sentence, "value").places] == places


@pytest.mark.parametrize(("intent", "places"), [("share", ["750", "77"]), ("value", ["750"])])
def test_a_share_keeps_the_whole(built: Build, intent: str, places: list[str]) -> None:
    reading = built("dân số huyện Châu Đức trong toàn tỉnh", intent)
    assert [found.code for found in reading.places] == places


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("số học sinh năm 2025 so với năm 2020", [("2025", ""), ("2020", "base")]),
        ("số học sinh so với năm 2020", [("2020", "base")]),
        ("số học sinh từ năm 2020 đến năm 2025", [("2020", "from"), ("2025", "to")]),
        ("số học sinh năm 2025", [("2025", "")]),
        ("số ca sốt xuất huyết so với cùng kỳ năm ngoái", []),
    ],
)
def test_periods_and_their_roles(built: Build, sentence: str, periods: list[tuple[str, str]]) -> None:
    assert [(found.code, found.role) for found in built(sentence, "change").periods] == periods


@pytest.mark.parametrize(
    ("sentence", "threshold", "limit"),
    [
        ("trường nào có trên 1.000 học sinh", Threshold(operator="gt", value=1000), None),
        ("trường nào có dưới 300 học sinh", Threshold(operator="lt", value=300), None),
        ("huyện nào có từ 300 học sinh trở lên", Threshold(operator="ge", value=300), None),
        ("huyện nào có từ 300 học sinh trở xuống", Threshold(operator="le", value=300), None),
        ("huyen nao co duoi 300 hoc sinh", Threshold(operator="lt", value=300), None),
        ("huyện nào có không quá 50 trường", Threshold(operator="le", value=50), None),
        ("5 huyện đông học sinh nhất", None, 5),
        ("top 3 huyện đông học sinh", None, 3),
        ("500 huyện đông học sinh nhất", None, None),
        ("huyện đông học sinh nhất", None, None),
        ("mấy nơi có tỷ lệ che phủ rừng chưa tới một nửa", Threshold(operator="lt", value=50), None),
        ("3 huyện có trên 20.000 học sinh", Threshold(operator="gt", value=20000), 3),
        ("số học sinh năm 2024", None, None),
    ],
)
def test_limits_and_thresholds(built: Build, sentence: str, threshold: Threshold | None, limit: int | None) -> None:
    reading = built(sentence, "filter")
    assert (reading.threshold, reading.limit) == (threshold, limit)


def test_a_limit_on_what_is_told_one_by_one_filters(built: Build) -> None:
    assert built("những địa phương nào có rừng che phủ quá 20 phần trăm", "value").intent == "filter"
    assert built("rừng che phủ của Xuyên Mộc quá 20 phần trăm", "value").intent == "value"


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("hồ sơ nộp trực tuyến năm 2025 có mấy hồ sơ", ["adm_received_online"]),
        ("số giáo viên và số học sinh", ["edu_teachers", "edu_pupils"]),
        ("nguồn thu nội địa năm 2025", ["soc_budget_revenue"]),
        ("trạm y tế có mấy cái", ["hea_facilities"]),
        ("có bao nhiêu nữ", ["soc_population"]),
        ("có bao nhiêu học sinh nữ", ["edu_pupils"]),
        ("huyện Châu Đức năm 2025", []),
    ],
)
def test_indicators(built: Build, sentence: str, indicators: list[str]) -> None:
    assert [found.code for found in built(sentence, "value").indicators] == indicators


def test_an_implied_indicator_names_no_domain(built: Build) -> None:
    implied, named = built("có bao nhiêu nữ", "value"), built("có bao nhiêu học sinh nữ", "value")
    assert [found.match for found in implied.indicators] == ["default"]
    assert (implied.domains, named.domains) == ((), ("education",))


@pytest.mark.parametrize(
    ("sentence", "intent", "comparison"),
    [
        ("dân số tăng bao nhiêu so với cùng kỳ năm ngoái", "change", ("same_period_last_year", "up")),
        ("dân số giảm bao nhiêu so với kỳ trước", "change", ("previous_period", "down")),
        ("dân số tăng bao nhiêu", "change", ("previous_period", "up")),
        ("dân số so với năm 2020", "change", ("period", "")),
        ("dân số năm 2025 và năm 2024", "compare", ("period", "")),
        ("dân số Vũng Tàu và Bà Rịa", "compare", ("place", "")),
        ("thu ngân sách so với kế hoạch", "progress", ("plan", "")),
        ("thu ngân sách so với kế hoạch", "value", None),
        ("dân số năm 2025", "value", None),
    ],
)
def test_comparison(built: Build, sentence: str, intent: str, comparison: tuple[str, str] | None) -> None:
    made = built(sentence, intent).comparison
    expected = (
        None
        if comparison is None
        else Comparison.model_validate(dict(zip(("kind", "direction"), comparison, strict=True)))
    )
    assert made == expected


@pytest.mark.parametrize(
    ("sentence", "order"),
    [
        ("huyện nào nhiều học sinh nhất", "desc"),
        ("huyện nào ít học sinh nhất", "asc"),
        ("top 5 huyện ít học sinh nhất", "asc"),
        ("nhóm thu nhập thấp nhất năm 2024", None),
        ("huyện nào có học sinh", None),
    ],
)
def test_an_order_inside_a_name_is_none(built: Build, sentence: str, order: str | None) -> None:
    assert built(sentence, "extreme").order == order


def test_side_by_side_asks_of_those_named_only(built: Build) -> None:
    sentence = "Vũng Tàu và Bà Rịa, huyện nào nhiều học sinh hơn"
    assert built(sentence, "compare").grouping == ()
    assert built(sentence, "rank").grouping == ()
    assert [found.code for found in built("Vũng Tàu và Bà Rịa, xã nào đông nhất", "rank").grouping] == ["commune"]


def test_one_name_of_several_schools_is_unsure(evidence: Gather, province: Catalogue) -> None:
    _, unsure = build(evidence("Trường Nguyễn Huệ có bao nhiêu học sinh"), "value", 0.9, province)
    assert [len({found.code for found in slot.equals()}) for slot in unsure] == [3]
    reading, unsure = build(evidence("Trường Tiểu học Nguyễn Huệ ở Phú Mỹ có mấy học sinh"), "value", 0.9, province)
    assert unsure == []
    assert [province.ancestors(found.code)[1] for found in reading.facilities] == ["754"]


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("số học sinh nữ huyện Châu Đức năm 2025", {"indicator", "member", "place", "period"}),
        ("5 trường đông học sinh nhất", {"indicator", "facility_group", "place_group", "group", "order", "number"}),
        ("dân số tăng bao nhiêu so với cùng kỳ", {"indicator", "direction", "how_many", "single", "versus", "last_year"}),
        ("dân số huyện Mường Tè", {"indicator", "unknown"}),
        ("mấy huyện hoặc thành phố nào đông học sinh nhất",
         {"indicator", "group", "place_group", "order", "how_many", "single"}),
        ("số vụ cháy từ tháng 1 đến tháng 9 năm 2026", {"indicator", "period", "periods", "summed"}),
        ("số vụ cháy từ tháng 1 đến tháng 9 năm 2026 lên xuống thế nào", {"indicator", "period", "periods", "range"}),
        ("mấy nơi có trên 20.000 học sinh",
         {"indicator", "group", "place_group", "how_many", "single", "threshold", "number"}),
        ("dân số theo giới tính từ năm 2020 đến năm 2025",
         {"indicator", "each", "group", "dimension_group", "period", "periods", "range"}),
    ],
)  # fmt: skip
def test_marks(evidence: Gather, sentence: str, marks: set[str]) -> None:
    assert evidence(sentence).marks == marks


@pytest.mark.parametrize(
    ("sentence", "intent", "planned"),
    [
        ("kế hoạch thu ngân sách năm 2026 của Châu Đức là bao nhiêu", "progress", True),
        ("năm 2026 Vũng Tàu được giao thu ngân sách mấy tỷ", "value", True),
        ("phấn đấu năm 2026 đạt bao nhiêu bác sĩ trên một vạn dân", "progress", True),
        ("chỉ tiêu học sinh phổ thông năm nay là bao nhiêu em", "progress", True),
        ("chỉ tiêu học sinh phổ thông năm nay là bao nhiêu em", "value", False),
        ("thu ngân sách năm 2026 đạt bao nhiêu phần trăm kế hoạch", "progress", False),
        ("thu ngân sách được bao nhiêu so với mục tiêu", "progress", False),
        ("thu ngân sách có đạt kế hoạch không", "progress", False),
        ("thu ngân sách năm 2026 bao nhiêu", "value", False),
    ],
)
def test_the_plan_itself(built: Build, sentence: str, intent: str, planned: bool) -> None:
    assert built(sentence, intent).planned is planned


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        ("trong tiểu học và trung học phổ thông, riêng tiểu học chiếm bao nhiêu phần trăm",
         [("primary", "denominator"), ("upper_secondary", "denominator"), ("primary", "numerator")]),
        ("trong tổng số học sinh, riêng học sinh nữ chiếm mấy phần trăm", [("female", "numerator")]),
        ("học sinh nữ chiếm mấy phần trăm", [("female", "")]),
    ],
)  # fmt: skip
def test_one_member_singled_out(built: Build, sentence: str, members: list[tuple[str, str]]) -> None:
    found = built(sentence, "share").dimensions
    assert [(each.code.partition(":")[2], each.role) for each in found] == members
