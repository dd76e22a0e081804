"""Short forms that follow a pattern: what is said for which thing, and what must not be."""

from __future__ import annotations

from collections import defaultdict

import pytest

from assistant.catalogue import spoken_names
from assistant.catalogue.loader import load
from assistant.language.text import fold, normalise

CATALOGUE = load()
MEANT: dict[str, dict[str, float]] = defaultdict(dict)
for name in CATALOGUE.names():
    key = normalise(name.text, marked=True)
    MEANT[key][name.code] = max(name.weight, MEANT[key].get(name.code, 0.0))


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("TH Kim Đồng", {"sch-th-kim-dong"}),
        ("trường tiểu học Kim Đồng", {"sch-th-kim-dong"}),
        ("trường cấp một Kim Đồng", {"sch-th-kim-dong"}),
        ("cấp hai Kim Đồng", {"sch-cs-kim-dong"}),
        ("trường Kim Đồng", {"sch-th-kim-dong", "sch-cs-kim-dong"}),
        ("MN Hoa Hồng", {"sch-mn-hoa-hong", "sch-mn-hoa-hong-2"}),
        ("trường chuyên Lê Quý Đôn", {"sch-pt-le-quy-don"}),
        ("cấp ba Nguyễn Trãi", {"sch-pt-nguyen-trai"}),
        ("THCS&THPT Song ngữ Vũng Tàu", {"sch-cp-song-ngu-vung-tau"}),
        ("BV Mắt", {"hos-mat"}),
        ("nhà thương Vạn Phước", {"hos-van-phuoc"}),
        ("TTYT Châu Đức", {"hos-tt-chau-duc"}),
        ("bệnh viện huyện Châu Đức", {"hos-tt-chau-duc"}),
        ("phòng khám Bình Châu", {"hos-pk-binh-chau"}),
        ("ủy ban huyện Châu Đức", {"agy-750"}),
        ("một cửa Xuyên Mộc", {"agy-751"}),
        ("phần trăm hộ nghèo", {"soc_poverty_rate"}),
        ("phần trăm hồ sơ trễ hạn", {"adm_late_rate"}),
        ("phần trăm học sinh bỏ học", {"edu_dropout_rate"}),
    ],
)
def test_short_forms(said: str, codes: set[str]) -> None:
    assert set(MEANT[normalise(said, marked=True)]) == codes


def test_a_hospital_outranks_the_health_centre_of_its_name() -> None:
    meant = MEANT[normalise("bệnh viện Vũng Tàu", marked=True)]
    assert meant["hos-vung-tau"] == 1.0
    assert meant["hos-tt-vung-tau"] < 1.0


def test_nothing_is_made_up_for_names_outside_the_patterns() -> None:
    assert not list(spoken_names.of_facility("Viện Pasteur", area_named=False))
    assert not list(spoken_names.of_agency("Sở Y tế", "Bà Rịa - Vũng Tàu"))
    assert spoken_names.of_rate("tỷ lệ tăng tự nhiên", "‰") is None
    assert spoken_names.of_rate("số hộ nghèo", "%") is None


def test_no_two_indicators_are_meant_by_the_same_words() -> None:
    """Also not with all marks left out."""
    shared: dict[str, set[str]] = defaultdict(set)
    for words, codes in MEANT.items():
        shared[fold(words)] |= codes.keys() & CATALOGUE.indicators.keys()
    assert {words: codes for words, codes in shared.items() if len(codes) > 1} == {}


def test_a_level_of_schooling_in_an_area_is_no_school() -> None:
    assert "cấp hai vũng tàu" not in MEANT
    assert set(MEANT["trường cấp hai vũng tàu"]) == {"sch-cs-vung-tau"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("trễ hạn", "adm_late"),
        ("quá hạn chưa giải quyết", "adm_pending_overdue"),
        ("tồn đọng", "adm_pending"),
        ("thu ngân sách", "soc_budget_revenue"),
        ("công suất giường", "hea_bed_occupancy"),
        ("số giường", "hea_beds"),
        ("trẻ nhà trẻ", "edu_nursery_children"),
        ("trẻ mẫu giáo", "edu_kindergarten_pupils"),
        ("trẻ mầm non", "edu_preschool_children"),
        ("một vạn dân có bác sĩ", "hea_doctors_per_10k"),
        ("bác sĩ trên 10.000 dân", "hea_doctors_per_10k"),
        ("đông dân", "soc_population"),
        ("khám lượt", "hea_visits"),
        ("đỗ tốt nghiệp", "edu_graduates"),
        ("bỏ học", "edu_dropouts"),
    ],
)
def test_what_officials_mean_by_curt_words(said: str, code: str) -> None:
    assert set(MEANT[normalise(said, marked=True)]) == {code}
