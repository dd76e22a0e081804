"""Places of the turns before, held against each other."""

from __future__ import annotations

import pytest

from assistant.language.periods import year
from assistant.types import Found, Reading
from assistant.understanding import beside
from assistant.understanding.cues import Cues
from assistant.understanding.evidence import Evidence

PUPILS, TEACHERS = (Found(kind="indicator", code=code) for code in ("edu_pupils", "edu_teachers"))
MALE, FEMALE = (Found(kind="member", code=code) for code in ("sex:male", "sex:female"))


TEACHERS = Found(kind="indicator", code="edu_teachers")

TIMES = Found(kind="indicator", code="soc_budget_cover", start=9, end=20, match="fuzzy")
"""What the words for how many times it is resemble."""


def in_year(number: int) -> Found:
    return Found(kind="period", code=str(number), period=year(number))


def at(*codes: str, intent: str = "value", indicators: tuple[Found, ...] = (PUPILS,)) -> Reading:
    areas = tuple(Found(kind="area", code=code) for code in codes)
    return Reading(intent=intent, indicators=indicators, areas=areas)


@pytest.mark.parametrize(
    ("text", "before", "earlier", "places"),
    [
        ("hai nơi đó bên nào nhiều bác sĩ hơn", at("750"), at("751"), ["751", "750"]),
        ("hai huyen do cho nao dong hon", at("750"), at("751"), ["751", "750"]),
        ("hai bên chênh nhau mấy", at("750", "751", intent="compare"), at("747"), ["750", "751"]),
        ("hai nơi đó", at("750"), None, None),
        ("hai nơi đó", at("750"), at("750"), None),
        ("hai nơi đó", at("750", "751", "747"), at("753"), None),
        ("bên nào nhiều hơn", at("750"), at("751"), None),
    ],
)
def test_both(cues: Cues, text: str, before: Reading, earlier: Reading | None, places: list[str] | None) -> None:
    meant = beside.both(Reading(intent="filter"), before, earlier, text, cues)
    assert (meant and [found.code for found in meant.places]) == places
    assert meant is None or meant.intent == "compare"


@pytest.mark.parametrize(
    ("text", "said", "before", "role"),
    [
        ("long đất có nhanh hơn không", at("753", indicators=()), at("751"), "base"),
        ("long dat co dong hon khong", at("753", indicators=()), at("751"), "base"),
        ("long đất gấp mấy lần", at("753", indicators=(TIMES,)), at("751"), "base"),
        ("long đất thì sao", at("753", indicators=()), at("751"), ""),
        ("long đất có hơn không", at("753", indicators=()), at("753"), ""),
        ("long đất có hơn không", at("753", indicators=()), at(), ""),
        ("long đất có nhiều học sinh hơn không", at("753"), at("751"), "base"),
        ("long đất có nhiều giáo viên hơn không", at("753", indicators=(TEACHERS,)), at("751"), ""),
    ],
)
def test_than(cues: Cues, text: str, said: Reading, before: Reading, role: str) -> None:
    meant = beside.than(said, before, Evidence(text), text, cues)
    assert [found.role for found in meant.places] == [role]


@pytest.mark.parametrize(
    ("text", "changed", "expected"),
    [
        ("hơn kém nhau mấy người", {"areas": at("751").areas}, ("compare", "areas", ["751", "750"])),
        ("chenh nhau bao nhieu", {"dimensions": (MALE,)}, ("compare", "dimensions", ["sex:male", "sex:female"])),
        ("gấp nhau mấy lần", {"indicators": (TEACHERS,)}, ("compare", "indicators", ["edu_teachers", "edu_pupils"])),
        ("hai năm đó chênh bao nhiêu", {"periods": (in_year(2024),)}, ("change", "periods", ["2025", "2024"])),
        ("lệch so với năm đó mấy em", {"periods": (in_year(2024),)}, ("change", "periods", ["2025", "2024"])),
        ("cách nhau mấy", {"periods": (in_year(2024),), "areas": at("751").areas}, None),
        ("hai tháng đó chênh nhau mấy", {"areas": at("751").areas}, None),
        ("nhiều hơn mấy", {"areas": at("751").areas}, None),
    ],
)
def test_both_of_what_differs(
    cues: Cues, text: str, changed: dict[str, object], expected: tuple[str, str, list[str]] | None
) -> None:
    before = at("750").model_copy(update={"dimensions": (FEMALE,), "periods": (in_year(2025),)})
    meant = beside.both(Reading(intent="value"), before, before.model_copy(update=changed), text, cues)
    if expected is None:
        assert meant is None
    else:
        assert meant is not None
        intent, field, codes = expected
        assert (meant.intent, [found.code for found in getattr(meant, field)]) == (intent, codes)


def test_words_for_both_name_no_kind_of_place(cues: Cues) -> None:
    hospital = Found(kind="member", code="health_unit:hospital", start=8, end=17)
    reading, text = Reading(intent="value", dimensions=(hospital,)), "đem hai bệnh viện này ra so"
    meant = beside.both(reading, at("750"), at("751"), text, cues)
    assert meant is not None and (len(meant.places), meant.dimensions) == (2, ())
    reading = reading.model_copy(update={"dimensions": (hospital.model_copy(update={"start": 0}),)})
    assert beside.both(reading, at("750"), at("751"), "bệnh viện đó chênh nhau thế nào", cues) is None


@pytest.mark.parametrize(
    ("text", "first", "places"),
    [
        ("tỷ lệ ở đó mấy phần trăm", "755", ["755"]),
        ("cho do duoc may", "755", ["755"]),
        ("quý ba hai nơi đó ra sao", "755", []),
        ("tỷ lệ mấy phần trăm", "755", []),
        ("tỷ lệ ở đó mấy phần trăm", "", []),
    ],
)
def test_there(cues: Cues, text: str, first: str, places: list[str]) -> None:
    most = Reading(intent="extreme", indicators=(PUPILS,), order="asc", limit=1)
    found = Found(kind="area", code=first) if first else None
    meant = beside.there(most, found, text, cues)
    assert [each.code for each in meant.places] == places
    assert (meant.intent, meant.order) == (("value", None) if places else ("extreme", "asc"))
