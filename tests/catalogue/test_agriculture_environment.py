"""Agriculture and environment: what officials call things, what a member alone asks for, what may be added up."""

from __future__ import annotations

from collections import defaultdict

import pytest

from assistant.catalogue.loader import load
from assistant.language.text import normalise

CATALOGUE = load()
OURS = {code: entry for code, entry in CATALOGUE.indicators.items() if entry.domain in ("agriculture", "environment")}
MEANT: dict[str, set[tuple[str, str]]] = defaultdict(set)
for name in CATALOGUE.names():
    MEANT[normalise(name.text, marked=True)].add((name.kind, name.code))


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ("diện tích gieo cấy", "indicator", "agr_rice_area"),
        ("năng suất", "indicator", "agr_crop_yield"),
        ("sản lượng đánh bắt", "indicator", "agr_catch"),
        ("tàu cá lắp VMS", "indicator", "agr_vms_fitted"),
        ("đàn gia cầm", "indicator", "agr_poultry"),
        ("thịt hơi xuất chuồng", "indicator", "agr_meat_output"),
        ("độ che phủ rừng", "indicator", "agr_forest_cover"),
        ("phá rừng", "indicator", "agr_forest_cleared"),
        ("OCOP", "indicator", "agr_ocop_products"),
        ("phần trăm che phủ rừng", "indicator", "agr_forest_cover"),
        ("heo", "member", "livestock:pig"),
        ("tổng đàn heo", "member", "livestock:pig"),
        ("bắp", "member", "crop:maize"),
        ("diện tích hồ tiêu", "member", "crop:pepper"),
        ("sản lượng tôm", "member", "species:shrimp"),
        ("diện tích đất ở", "member", "land_use:homestead"),
        ("diện tích rừng tự nhiên", "member", "forest_kind:natural"),
        ("hè thu", "member", "rice_season:summer_autumn"),
        ("cây nào", "group", "dimension:crop"),
        ("chất lượng không khí", "indicator", "env_aqi"),
        ("bụi mịn", "indicator", "env_pm25"),
        ("tỷ lệ thu gom rác", "indicator", "env_collection_rate"),
        ("lượng rác", "indicator", "env_waste"),
        ("nước thải công nghiệp", "indicator", "env_zone_wastewater"),
        ("xử phạt vi phạm môi trường", "indicator", "env_violations"),
        ("rác y tế", "member", "waste_kind:medical"),
        ("trạm quan trắc không khí", "member", "monitoring:air"),
        ("theo loại chất thải", "group", "dimension:waste_kind"),
        ("đánh bắt ngoài biển", "indicator", "agr_catch"),
        ("xuống giống lúa", "indicator", "agr_rice_area"),
        ("gặt lúa", "indicator", "agr_rice_output"),
        ("hột vịt", "indicator", "agr_eggs"),
        ("đốn rừng", "indicator", "agr_forest_cleared"),
        ("ghe gắn định vị", "indicator", "agr_vms_fitted"),
        ("trồng tiêu", "member", "crop:pepper"),
        ("nuôi heo", "member", "livestock:pig"),
        ("rác đem chôn", "indicator", "env_landfilled"),
        ("hốt rác", "indicator", "env_household_collected"),
        ("bị phạt vì xả thải", "indicator", "env_violations"),
        ("nộp phạt môi trường", "indicator", "env_fines"),
        ("rác bệnh viện", "member", "waste_kind:medical"),
    ],
)
def test_what_officials_call_things(said: str, kind: str, code: str) -> None:
    assert MEANT[normalise(said, marked=True)] == {(kind, code)}


@pytest.mark.parametrize("code", sorted(OURS))
def test_each_is_named_often_and_adds_up_as_it_is_measured(code: str) -> None:
    entry = OURS[code]
    assert 6 <= len(entry.synonyms) <= 40
    if entry.ratio is not None:
        return
    assert entry.kept is not None
    if entry.unit in ("%", "điểm", "µg/m³"):
        assert "sum" not in (entry.adds.area, entry.adds.time)
    elif "/" in entry.unit:
        assert (entry.adds.area, entry.adds.time) == ("sum", "mean"), "a daily average is never added up over time"
    else:
        assert entry.adds.area == "sum" or entry.kept.place == "province"


@pytest.mark.parametrize("domain", ["agriculture", "environment"])
def test_a_domain_has_breadth_and_plans(domain: str) -> None:
    entries = [entry for entry in OURS.values() if entry.domain == domain]
    assert len(entries) >= 18
    assert sum(entry.has_plan for entry in entries) >= 4


@pytest.mark.parametrize(
    ("dimension", "implied"),
    [
        ("crop", "agr_crop_area"),
        ("rice_season", "agr_rice_area"),
        ("livestock", "agr_herd"),
        ("species", "agr_fishery_output"),
        ("farm_branch", None),
        ("land_use", "agr_land_area"),
        ("forest_kind", "agr_forest_area"),
        ("waste_kind", "env_waste"),
        ("monitoring", "env_stations"),
        ("water_kind", None),
    ],
)
def test_what_a_member_alone_asks_for(dimension: str, implied: str | None) -> None:
    assert CATALOGUE.dimensions[dimension].implies == implied
    assert f"dimension:{dimension}" in {group.target for group in CATALOGUE.groups.values()}
    broken_down = [code for code, entry in OURS.items() if dimension in entry.adds.dimensions]
    assert broken_down
    assert implied is None or implied in broken_down


@pytest.mark.parametrize("code", sorted(OURS))
def test_a_member_that_is_counted_elsewhere_is_not_lost_there(code: str) -> None:
    """What moves to another indicator leaves its member behind, so the other one counts nothing but it."""
    for key, other in OURS[code].elsewhere.items():
        assert key.partition(":")[0] not in CATALOGUE.indicator(other).adds.dimensions


def test_tonnes_of_different_crops_are_no_total() -> None:
    for code in ("agr_crop_area", "agr_crop_output", "agr_herd"):
        assert set(OURS[code].adds.dimensions.values()) == {"never"}
