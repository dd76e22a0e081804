"""The province's own catalogue: what it holds, how places hang together, which names it gives."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load
from assistant.catalogue.models import Indicator

CATALOGUE = load()
FROZEN = CATALOGUE.as_of(date(2025, 6, 30))


def names(catalogue: Catalogue, codes: tuple[str, ...]) -> list[str]:
    return [catalogue.place_name(code) for code in codes]


def test_counts() -> None:
    assert set(CATALOGUE.domains) == set(PREFIX)
    assert len(CATALOGUE.indicators) >= 250
    per_domain = Counter(indicator.domain for indicator in CATALOGUE.indicators.values())
    assert min(per_domain.values()) >= 18
    kinds = Counter(facility.kind for facility in CATALOGUE.facilities.values())
    assert kinds["school"] >= 64
    assert kinds["hospital"] >= 18
    assert len(CATALOGUE.agencies) >= 26


PREFIX = {
    "education": "edu_", "health": "hea_", "socio_economy": "soc_", "public_administration": "adm_",
    "agriculture": "agr_", "transport": "tra_", "emergency": "eme_", "environment": "env_", "tourism": "tou_",
    "security": "sec_",
}  # fmt: skip


@pytest.mark.parametrize("indicator", CATALOGUE.indicators.values(), ids=lambda indicator: indicator.code)
def test_each_indicator_is_whole(indicator: Indicator) -> None:
    assert indicator.code.startswith(PREFIX[indicator.domain])
    assert len(indicator.synonyms) >= 2
    assert indicator.definition.endswith(".")
    assert indicator.definition.count(". ") == 0
    if indicator.ratio is None:
        assert CATALOGUE.parts(indicator.code) == (indicator.code,)
    else:
        parts = [CATALOGUE.indicator(part) for part in CATALOGUE.parts(indicator.code)]
        assert len(parts) == 2
        for part in parts:
            assert part.kept is not None, "a ratio's parts are kept in the sample province"
            assert part.ratio is None
    if indicator.measure in ("stock", "cumulative") and indicator.ratio is None:
        assert indicator.adds.time != "sum"
    if indicator.measure == "flow" and indicator.unit == "hồ sơ":
        assert indicator.adds.area == indicator.adds.time == "sum"
    assert indicator.public is (indicator.code == "soc_population")


def test_late_dossiers_have_one_definition() -> None:
    late = [name.code for name in CATALOGUE.names() if name.text == "hồ sơ trễ hạn"]
    assert late == ["adm_late"]
    assert CATALOGUE.indicator("adm_late").adds == CATALOGUE.indicator("adm_on_time").adds


@pytest.mark.parametrize(
    ("code", "domains"),
    [
        ("hea_doctors", {"health"}),
        ("hea_doctors_per_10k", {"health"}),
        ("adm_on_time_rate", {"public_administration"}),
        ("soc_density", {"socio_economy"}),
        ("soc_population", set()),
    ],
)
def test_domains_of_a_figure(code: str, domains: set[str]) -> None:
    assert CATALOGUE.domains_of(code) == domains


def test_a_part_that_is_not_public_needs_its_own_grant() -> None:
    doctors = CATALOGUE.indicator("hea_doctors_per_10k")
    population = CATALOGUE.indicator("soc_population").model_copy(update={"public": False})
    guarded = Catalogue(
        **{
            **{name: getattr(CATALOGUE, name) for name in Catalogue.__dataclass_fields__},
            "indicators": {**CATALOGUE.indicators, "soc_population": population},
        }
    )
    assert guarded.domains_of(doctors.code) == {"health", "socio_economy"}


DISTRICTS_OF_JUNE_2025 = [
    "thành phố Vũng Tàu",
    "thành phố Bà Rịa",
    "thành phố Phú Mỹ",
    "huyện Châu Đức",
    "huyện Xuyên Mộc",
    "huyện Long Đất",
    "huyện Côn Đảo",
]


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        (date(2015, 1, 1), {"huyện Tân Thành", "huyện Long Điền", "huyện Đất Đỏ"}, {"huyện Long Đất", "thị xã Phú Mỹ"}),
        (date(2018, 4, 11), {"huyện Tân Thành"}, {"thị xã Phú Mỹ"}),
        (date(2018, 4, 12), {"thị xã Phú Mỹ"}, {"huyện Tân Thành"}),
        (date(2019, 6, 1), {"huyện Long Điền", "huyện Đất Đỏ", "thị xã Phú Mỹ"}, {"huyện Long Đất"}),
        (date(2024, 12, 31), {"huyện Long Điền", "huyện Đất Đỏ"}, {"huyện Long Đất"}),
        (date(2025, 1, 1), {"huyện Long Đất", "thị xã Phú Mỹ"}, {"huyện Long Điền", "huyện Đất Đỏ"}),
        (date(2025, 3, 1), {"huyện Long Đất", "thành phố Phú Mỹ"}, {"thị xã Phú Mỹ"}),
    ],
)
def test_districts_by_day(day: date, there: set[str], gone: set[str]) -> None:
    found = set(names(CATALOGUE, CATALOGUE.children("77", "district", day)))
    assert there <= found
    assert not gone & found
    assert len(found) == (8 if day < date(2025, 1, 1) else 7)


@pytest.mark.parametrize(("day", "count"), [(date(2020, 6, 1), 82), (date(2025, 4, 1), 77), (date(2025, 7, 1), 0)])
def test_communes_by_day(day: date, count: int) -> None:
    assert len(CATALOGUE.children("77", "commune", day)) == count


def test_there_are_no_districts_after_the_reform_unless_carried_on() -> None:
    after = date(2026, 10, 1)
    assert CATALOGUE.children("77", "district", after) == ()
    assert names(FROZEN, FROZEN.children("77", "district", after)) == DISTRICTS_OF_JUNE_2025
    assert names(FROZEN, FROZEN.children("77", "district", date(2012, 1, 1))) == DISTRICTS_OF_JUNE_2025
    assert FROZEN.exists("77", after)
    assert not CATALOGUE.exists("77", after)
    assert not FROZEN.exists("26560-2025", after)


def test_a_commune_changes_its_district() -> None:
    assert CATALOGUE.place_name("26662") == "thị trấn Long Hải"
    assert CATALOGUE.ancestors("26662", date(2019, 1, 1)) == ("752", "77")
    assert CATALOGUE.ancestors("26662", date(2025, 2, 1)) == ("753", "77")
    assert CATALOGUE.ancestors("26662") == ("753", "77")
    assert "26662" in CATALOGUE.children("752", "commune", date(2019, 1, 1))
    assert len(CATALOGUE.children("752", "commune", date(2019, 1, 1))) == 7
    assert len(CATALOGUE.children("753", "commune", date(2025, 2, 1))) == 11
    assert len(CATALOGUE.children("754-tt", "commune", date(2015, 2, 1))) == 10


@pytest.mark.parametrize(
    ("code", "kind", "name", "ancestors"),
    [
        ("77", "province", "tỉnh Bà Rịa - Vũng Tàu", ()),
        ("750", "district", "huyện Châu Đức", ("77",)),
        ("26575", "commune", "thị trấn Ngãi Giao", ("750", "77")),
        ("26560-2025", "commune", "phường Bà Rịa", ()),
        ("sch-pt-vung-tau", "facility", "Trường THPT Vũng Tàu", ("26526", "747", "77")),
        ("hos-tt-con-dao", "facility", "Trung tâm Y tế Quân dân y Côn Đảo", ("755", "77")),
        ("agy-750", "agency", "UBND huyện Châu Đức", ("750", "77")),
        ("agy-yt", "agency", "Sở Y tế", ("77",)),
    ],
)
def test_places(code: str, kind: str, name: str, ancestors: tuple[str, ...]) -> None:
    assert CATALOGUE.place_kind(code) == kind
    assert CATALOGUE.place_name(code) == name
    assert CATALOGUE.ancestors(code) == ancestors


@pytest.mark.parametrize("code", ["", "78", "edu_pupils"])
def test_unknown_places(code: str) -> None:
    assert not CATALOGUE.is_place(code)
    for ask in (CATALOGUE.place_kind, CATALOGUE.place_name, CATALOGUE.ancestors):
        with pytest.raises(KeyError):
            ask(code)
    with pytest.raises(KeyError):
        CATALOGUE.children(code, "district", date(2025, 1, 1))


def test_facilities_and_agencies_inside_an_area() -> None:
    day = date(2026, 10, 1)
    schools = FROZEN.children("750", "facility:school", day)
    assert "sch-pt-nguyen-trai" in schools
    assert all(FROZEN.ancestors(code)[-2:] == ("750", "77") for code in schools)
    assert FROZEN.children("750", "agency", day) == ("agy-750",)
    assert len(FROZEN.children("77", "agency", day)) == len(FROZEN.agencies)
    assert len(FROZEN.children("77", "facility:hospital", day)) >= 18


def test_every_facility_stands_in_a_unit_of_june_2025() -> None:
    for facility in CATALOGUE.facilities.values():
        assert CATALOGUE.exists(facility.area, date(2025, 6, 30)), facility.code


def test_two_schools_of_one_name_stand_in_two_communes() -> None:
    same = [school for school in CATALOGUE.facilities.values() if school.name == "Trường Tiểu học Nguyễn Huệ"]
    assert len({school.area for school in same}) == 2


@pytest.mark.parametrize("code", ["752", "753-dd", "754-tx", "754-tt", "77", "753", "26539", "26665"])
def test_an_area_that_ended_says_what_became_of_it(code: str) -> None:
    area = CATALOGUE.area(code)
    assert area.valid_to is not None
    assert area.note.startswith("Từ ngày ")
    assert area.successors


@pytest.mark.parametrize(
    ("kind", "code", "text"),
    [
        ("indicator", "edu_pupils", "số học sinh"),
        ("indicator", "hea_physicians", "y sĩ"),
        ("indicator", "hea_physicians", "y sỹ"),
        ("indicator", "edu_kindergarten_classes", "số lớp mẫu giáo"),
        ("indicator", "soc_population", "dân số trung bình"),
        ("indicator", "soc_poverty_rate", "tỉ lệ hộ nghèo"),
        ("indicator", "soc_grdp", "GRDP"),
        ("area", "747", "thành phố Vũng Tàu"),
        ("area", "747", "TP Vũng Tàu"),
        ("area", "747", "Vũng Tàu"),
        ("area", "77", "BRVT"),
        ("area", "77", "tỉnh nhà"),
        ("area", "26506", "phường một"),
        ("area", "754-tx", "thị xã Phú Mỹ"),
        ("area", "754", "Phú Mỹ"),
        ("facility", "sch-pt-vung-tau", "Trường THPT Vũng Tàu"),
        ("facility", "hos-ba-ria", "BV Bà Rịa"),
        ("agency", "agy-gddt", "Sở GD&ĐT"),
        ("agency", "agy-750", "UBND huyện Châu Đức"),
        ("member", "sex:female", "nữ"),
        ("member", "level:lower_secondary", "THCS"),
        ("group", "district", "từng huyện"),
        ("group", "facility:school", "trường nào"),
        ("group", "period:month", "theo tháng"),
        ("group", "dimension:sex", "theo giới tính"),
        ("domain", "socio_economy", "kinh tế - xã hội"),
    ],
)
def test_names_hold(kind: str, code: str, text: str) -> None:
    assert [name for name in CATALOGUE.names() if (name.kind, name.code, name.text) == (kind, code, text)]


def test_names_are_weighted() -> None:
    weights = {(name.kind, name.code, name.text): name.weight for name in FROZEN.names()}
    assert all(0 < weight <= 1 for weight in weights.values())
    assert weights["area", "750", "huyện Châu Đức"] == 1.0
    assert weights["area", "750", "Châu Đức"] == 0.9
    assert weights["area", "754", "Phú Mỹ"] > weights["area", "754-tx", "Phú Mỹ"]
    assert weights["member", "sex:male", "nam"] < weights["member", "sex:male", "nam giới"]
    keys = [(name.kind, name.code, name.text.lower()) for name in FROZEN.names()]
    assert len(keys) == len(set(keys))


def test_a_short_name_of_an_area_never_means_a_facility() -> None:
    facilities = {name.text for name in CATALOGUE.names() if name.kind == "facility"}
    areas = {name.text for name in CATALOGUE.names() if name.kind == "area"}
    assert "Long Sơn" in areas
    assert not areas & facilities


@pytest.mark.parametrize(
    ("code", "counted"),
    [
        ("hea_doctors", "bác sĩ"),
        ("adm_late", "hồ sơ giải quyết trễ hạn"),
        ("soc_population", None),
        ("edu_pupils_per_class", None),
        ("hea_stay_length", None),
    ],
)
def test_what_is_counted(code: str, counted: str | None) -> None:
    assert CATALOGUE.indicator(code).counted == counted
