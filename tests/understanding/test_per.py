"""What a figure is divided by, and names that share their end, read from sentences with the real catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import normalise
from assistant.types import Reading
from assistant.understanding import follow_up, per
from assistant.understanding.build import build
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import gather
from assistant.understanding.lattice import coverings
from assistant.understanding.spans import SpanFinder

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(finder: SpanFinder, cues: Cues, province: Catalogue) -> Read:
    """The reading of a sentence's best covering, as a plain value."""

    def made(sentence: str) -> Reading:
        text = normalise(sentence)
        covering = coverings(finder.find(text, date(2026, 11, 21), frozenset()))[0][0]
        covering = per.attach(text, covering, cues, province)
        return build(gather(text, covering, cues, province), "value", 0.9, province)[0]

    return made


@pytest.mark.parametrize(
    ("sentence", "indicator", "below", "scale"),
    [
        ("số ca sốt xuất huyết trên 10.000 dân của từng huyện", "hea_dengue_cases", "soc_population", 10_000),
        ("so ca sot xuat huyet tren 10.000 dan", "hea_dengue_cases", "soc_population", 10_000),
        ("số bác sĩ trên 1.000 dân", "hea_doctors", "soc_population", 1000),
        ("số trường tính trên một vạn dân", "edu_schools", "soc_population", 10_000),
        ("số trường trên mỗi một vạn dân", "edu_schools", "soc_population", 10_000),
        ("số trường tính trên một nghìn người", "edu_schools", "soc_population", 1000),
        ("thu ngân sách tính trên đầu người", "soc_budget_revenue", "soc_population", 1),
        ("thu ngân sách bình quân đầu người năm 2025", "soc_budget_revenue", "soc_population", 1),
        ("cứ 10.000 dân có bao nhiêu doanh nghiệp đang hoạt động", "soc_enterprises", "soc_population", 10_000),
        ("số lượt khám bệnh trên một bác sĩ", "hea_visits", "hea_doctors", 1),
        ("số học sinh trên một trường", "edu_pupils", "edu_schools_all", 1),
    ],
)
def test_divided_by(read: Read, sentence: str, indicator: str, below: str, scale: int) -> None:
    reading = read(sentence)
    assert reading.per is not None
    assert ([found.code for found in reading.indicators], reading.per.code) == ([indicator], below)
    assert (reading.scale, reading.threshold, reading.limit) == (scale, None, None)


@pytest.mark.parametrize(
    "sentence", ["tính trên 10.000 dân thì sao", "quy ra mười nghìn dân thì sao", "mười nghìn dân thì có mấy chiếc"]
)
def test_a_follow_up_may_be_nothing_but_what_it_is_divided_by(read: Read, sentence: str) -> None:
    reading = read(sentence)
    assert reading.per is not None and not reading.indicators
    merged = follow_up.merge(reading, read("số ca sốt xuất huyết tháng 10"))
    assert merged.per is not None and (merged.per.code, merged.scale) == ("soc_population", 10_000)
    again = follow_up.merge(read("còn Vũng Tàu"), merged)
    assert again.per == merged.per and [found.code for found in again.areas] == ["747"]
    other = follow_up.merge(read("số giáo viên Vũng Tàu"), merged)
    assert other.per is None


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("số bác sĩ trên 10.000 dân", ["hea_doctors_per_10k"]),
        ("huyện nào có trên 5.000 học sinh", ["edu_pupils"]),
        ("dân số huyện Châu Đức", ["soc_population"]),
        ("GRDP bình quân đầu người", ["soc_grdp_per_capita"]),
        ("thu nhập bình quân đầu người", ["soc_income"]),
    ],
)
def test_not_divided(read: Read, sentence: str, indicators: list[str]) -> None:
    reading = read(sentence)
    assert ([found.code for found in reading.indicators], reading.per) == (indicators, None)


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("thu, chi ngân sách tháng 10", ["soc_budget_revenue", "soc_budget_spending"]),
        ("thu và chi ngân sách tháng 10", ["soc_budget_revenue", "soc_budget_spending"]),
        ("thu va chi ngan sach thang 10", ["soc_budget_revenue", "soc_budget_spending"]),
        ("số ca mắc và tử vong do sốt xuất huyết", ["hea_dengue_cases", "hea_dengue_deaths"]),
        ("chi ngân sách tháng 10", ["soc_budget_spending"]),
        ("Vũng Tàu và chi ngân sách", ["soc_budget_spending"]),
    ],
)
def test_names_that_share_their_end(read: Read, sentence: str, indicators: list[str]) -> None:
    assert [found.code for found in read(sentence).indicators] == indicators


@pytest.mark.parametrize(
    ("sentence", "indicators", "operator", "groups"),
    [
        ("huyện có ít nhất 20 trường", ["edu_schools_all"], "ge", ["district"]),
        ("huyện nào có nhiều nhất 20 trường", ["edu_schools_all"], "le", ["district"]),
        ("huyện nào có trên 40 trường", ["edu_schools_all"], "gt", ["district"]),
    ],
)
def test_facilities_that_are_counted(
    read: Read, sentence: str, indicators: list[str], operator: str, groups: list[str]
) -> None:
    reading = read(sentence)
    assert reading.threshold is not None and reading.order is None
    assert (reading.threshold.operator, [found.code for found in reading.grouping]) == (operator, groups)
    assert [found.code for found in reading.indicators] == indicators


def test_a_period_that_belongs_to_the_name_groups_nothing(read: Read) -> None:
    reading = read("thu nhập bình quân mỗi tháng")
    assert ([found.code for found in reading.indicators], reading.grouping) == (["soc_income"], ())


@pytest.mark.parametrize(
    ("sentence", "running"), [("lũy kế thu ngân sách đến tháng 10", True), ("thu ngân sách tháng 10", False)]
)
def test_running_totals(read: Read, sentence: str, running: bool) -> None:
    assert read(sentence).cumulative is running
