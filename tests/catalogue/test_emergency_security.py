"""Emergency response and public security: what officials call things, what is counted of whom, and what is not kept."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from assistant.catalogue.loader import load
from assistant.language.text import normalise

CATALOGUE = load()
OURS = {code: entry for code, entry in CATALOGUE.indicators.items() if entry.domain in ("emergency", "security")}
MEANT: dict[str, set[tuple[str, str]]] = defaultdict(set)
for name in CATALOGUE.names():
    MEANT[normalise(name.text, marked=True)].add((name.kind, name.code))


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ("vụ cháy", "indicator", "eme_fires"),
        ("hỏa hoạn", "indicator", "eme_fires"),
        ("cuộc gọi khẩn cấp", "indicator", "eme_calls"),
        ("thời gian phản ứng", "indicator", "eme_response_time"),
        ("vụ CNCH", "indicator", "eme_rescues"),
        ("chết đuối", "indicator", "eme_drowning_deaths"),
        ("xe cứu hỏa", "indicator", "eme_fire_engines"),
        ("trụ cứu hỏa", "indicator", "eme_hydrants"),
        ("tổ liên gia", "indicator", "eme_neighbour_teams"),
        ("kiểm tra PCCC", "indicator", "eme_inspections"),
        ("phần trăm vi phạm PCCC", "indicator", "eme_fault_rate"),
        ("nhà tốc mái", "indicator", "eme_houses_damaged"),
        ("số cuộc gọi 113", "member", "emergency_line:line_113"),
        ("chập điện", "member", "fire_cause:electric"),
        ("cháy nhà", "member", "fire_place:house"),
        ("lốc xoáy", "member", "disaster_kind:whirlwind"),
        ("phạm pháp hình sự", "indicator", "sec_crimes"),
        ("PPHS", "indicator", "sec_crimes"),
        ("tỷ lệ phá án", "indicator", "sec_clearance_rate"),
        ("lừa đảo qua mạng", "indicator", "sec_online_fraud"),
        ("người nghiện", "indicator", "sec_addicts"),
        ("con nghiện", "indicator", "sec_addicts"),
        ("CCCD", "indicator", "sec_id_cards"),
        ("VNeID", "indicator", "sec_digital_ids"),
        ("nhập hộ khẩu", "indicator", "sec_permanent_registrations"),
        ("mắt camera", "indicator", "sec_cameras"),
        ("trộm cắp", "member", "crime_kind:theft"),
        ("án mạng", "member", "crime_kind:murder"),
        ("đốt pháo", "member", "violation_field:weapons"),
        ("theo loại tội phạm", "group", "dimension:crime_kind"),
        ("theo nguyên nhân cháy", "group", "dimension:fire_cause"),
    ],
)
def test_what_officials_call_things(said: str, kind: str, code: str) -> None:
    assert MEANT[normalise(said, marked=True)] == {(kind, code)}


@pytest.mark.parametrize("code", sorted(OURS))
def test_each_is_named_often_and_adds_up_as_it_is_measured(code: str) -> None:
    entry = OURS[code]
    assert len(entry.synonyms) >= 6
    if entry.ratio is None:
        assert entry.adds.area == "sum"
        assert entry.adds.time == ("last" if entry.measure == "stock" else "sum")
        assert entry.kept is not None
        assert entry.kept.place == "district"
    assert ("tại thời điểm" in entry.definition) == (entry.measure == "stock")


def test_only_counts_are_kept_never_a_person() -> None:
    units = {entry.unit for entry in OURS.values()}
    assert not [unit for unit in units if re.search(r"tên|họ|địa chỉ|tuổi", unit)]
    finest = {entry.kept.place for entry in OURS.values() if entry.kept}
    assert finest == {"district"}, "a commune's single case would tell of a person"


@pytest.mark.parametrize(
    ("code", "dimension", "implied"),
    [
        ("eme_calls", "emergency_line", True),
        ("eme_false_calls", "emergency_line", False),
        ("eme_fires", "fire_place", True),
        ("eme_fires", "fire_cause", True),
        ("eme_disasters", "disaster_kind", True),
        ("sec_crimes", "crime_kind", True),
        ("sec_clearance_rate", "crime_kind", False),
        ("sec_violations", "violation_field", True),
    ],
)
def test_breakdowns_and_what_a_member_alone_asks_for(code: str, dimension: str, implied: bool) -> None:
    assert dimension in CATALOGUE.indicator(code).adds.dimensions
    assert (CATALOGUE.dimensions[dimension].implies == code) is implied
    assert f"dimension:{dimension}" in {group.target for group in CATALOGUE.groups.values()}
