"""Places of the turns before, held against each other."""

from __future__ import annotations

import pytest

from assistant.types import Found, Reading
from assistant.understanding import beside
from assistant.understanding.build import Evidence
from assistant.understanding.cues import Cues

PUPILS = Found(kind="indicator", code="edu_pupils")


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
        ("long đất thì sao", at("753", indicators=()), at("751"), ""),
        ("long đất có hơn không", at("753", indicators=()), at("753"), ""),
        ("long đất có hơn không", at("753", indicators=()), at(), ""),
        ("long đất có nhiều giáo viên hơn không", at("753"), at("751"), ""),
    ],
)
def test_than(cues: Cues, text: str, said: Reading, before: Reading, role: str) -> None:
    meant = beside.than(said, before, Evidence(text), text, cues)
    assert [found.role for found in meant.places] == [role]
