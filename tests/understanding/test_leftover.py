"""Members meant by words that nothing else explains, and members that make a whole."""

from __future__ import annotations

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.types import Found, Reading
from assistant.understanding import leftover
from assistant.understanding.cues import Cues


def spoken_of(*codes: str, grouping: str = "") -> Reading:
    groups = (Found(kind="group", code=grouping),) if grouping else ()
    return Reading(intent="value", dimensions=tuple(Found(kind="member", code=code) for code in codes), grouping=groups)


def about(indicator: str) -> Reading:
    return Reading(intent="value", indicators=(Found(kind="indicator", code=indicator),))


@pytest.mark.parametrize(
    ("text", "before", "code"),
    [
        ("năm", spoken_of("sex:female"), "sex:male"),
        ("còn nam thì sao", spoken_of("sex:female"), "sex:male"),
        ("114", spoken_of("emergency_line:line_115"), "emergency_line:line_114"),
        ("riêng 113", spoken_of(grouping="dimension:emergency_line"), "emergency_line:line_113"),
        ("tốc độ thì sao", spoken_of("traffic_offence:alcohol"), "traffic_offence:speed"),
        ("loại nguy hại", spoken_of("waste_kind:medical"), "waste_kind:hazardous"),
        ("nông nghiệp được bao nhiêu phần trăm", spoken_of("sector:services"), "sector:agriculture"),
        ("nam", spoken_of(), None),
        ("chỉ lấy dương tính thôi", about("tra_roads"), "road_kind:provincial"),
        ("huyen lo thi sao", about("tra_roads"), "road_kind:district"),
        ("nuôi trồng thì sao", about("agr_catch"), None),
        ("mấy trường", about("edu_schools"), None),
        ("nam", about("edu_pupils"), None),
        ("không", spoken_of("traffic_offence:alcohol"), None),
        ("thì sao", spoken_of("sex:female"), None),
        ("năm ngoái", spoken_of("sex:female"), None),
        ("đường thủy", spoken_of("sex:female"), None),
    ],
)
def test_member(province: Catalogue, cues: Cues, text: str, before: Reading, code: str | None) -> None:
    found = leftover.member(Reading(intent="follow_up"), before, text, cues, province)
    assert (found and found.code) == code


def test_a_measure_is_no_word_of_a_member(province: Catalogue, cues: Cues) -> None:
    before, measures = spoken_of("waste_kind:industrial"), frozenset(["tấn"])
    found = leftover.member(Reading(intent="follow_up"), before, "xây dựng mấy tấn", cues, province, measures)
    assert found and found.code == "waste_kind:construction"


@pytest.mark.parametrize(
    ("text", "named", "before", "code"),
    [
        (
            "lượt khách nội địa bao nhiêu",
            "revenue_source:domestic",
            "visitor_origin:foreign",
            "visitor_origin:domestic",
        ),
        ("còn khách nội địa thì sao", "revenue_source:domestic", "visitor_origin:foreign", "visitor_origin:domestic"),
        ("nữ mấy phần trăm", "sex:female", "visitor_origin:foreign", None),
        ("nữ", "sex:female", "sex:male", None),
    ],
)
def test_a_member_of_another_dimension_of_the_same_name(
    province: Catalogue, cues: Cues, text: str, named: str, before: str, code: str | None
) -> None:
    implied = Found(kind="indicator", code="soc_budget_revenue", match="default")
    reading = spoken_of(named).model_copy(update={"indicators": (implied,)})
    found = leftover.member(reading, spoken_of(before), text, cues, province)
    assert (found and found.code) == code


def test_what_names_something_leaves_nothing_over(province: Catalogue, cues: Cues) -> None:
    named = Reading(intent="value", indicators=(Found(kind="indicator", code="edu_pupils"),))
    assert leftover.member(named, spoken_of("sex:female"), "nam", cues, province) is None


@pytest.mark.parametrize(
    ("text", "members", "before", "whole"),
    [
        ("cả nam lẫn nữ là mấy", ("sex:male", "sex:female"), (), {"sex"}),
        ("tính chung cả nam lẫn nữ", ("sex:female", "sex:male"), (), {"sex"}),
        ("nam và nữ", ("sex:male", "sex:female"), (), set()),
        ("cả nam lẫn", ("sex:male",), (), set()),
        ("gộp hết lại thì mấy em", (), ("sex:male", "level:primary"), {"sex", "level"}),
        ("tính gộp các cấp học luôn", (), ("sex:male", "level:primary"), {"level"}),
        ("tong cac loai la may xe", (), ("vehicle:car",), {"vehicle"}),
        ("tỷ lệ chung là mấy", (), ("sex:male",), {"sex"}),
        ("mấy em tất cả", (), ("sex:male",), set()),
    ],
)
def test_members_that_make_a_whole(
    province: Catalogue, cues: Cues, text: str, members: tuple[str, ...], before: tuple[str, ...], whole: set[str]
) -> None:
    assert leftover.whole(spoken_of(*members), spoken_of(*before), text, cues, province) == whole


def test_a_whole_is_no_longer_broken_down() -> None:
    each = spoken_of("vehicle:car", "sex:male", grouping="dimension:vehicle").model_copy(update={"intent": "rank"})
    whole = leftover.undivided(each, frozenset(["vehicle"]))
    assert (whole.intent, whole.grouping, [found.code for found in whole.dimensions]) == ("value", (), ["sex:male"])


def test_a_member_goes_before_an_indicator_that_only_its_words_resemble(province: Catalogue, cues: Cues) -> None:
    resembled = Found(kind="indicator", code="soc_investment", match="fuzzy")
    reading = Reading(intent="value", indicators=(resembled,))
    found = leftover.member(reading, about("soc_budget_spending"), "đầu tư phát triển mấy", cues, province)
    assert found and found.code == "spending:investment"
    assert leftover.member(reading, about("edu_pupils"), "đầu tư phát triển mấy", cues, province) is None
