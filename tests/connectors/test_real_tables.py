"""The province's own tables, 1995 to 2016, against a plain reading of the same file."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.catalogue.loader import Catalogue, load
from assistant.clock import ZONE
from assistant.errors import ConfigurationError
from assistant.warehouse.store import Warehouse
from assistant.yaml_files import read_yaml
from connectors.load import LoadReport, load_description
from connectors.sample import load_sample

GSO = Path(__file__).resolve().parents[2] / "connectors" / "gso.yml"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
DOMAINS = tuple(dict.fromkeys(read_yaml(GSO)["domains"].values()))

pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def source(shared: Callable[[str], Path]) -> Path:
    return shared("real/gso_brvt_long.csv")


@pytest.fixture(scope="module")
def lines(source: Path) -> list[dict[str, str]]:
    with source.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real")


@pytest.fixture(scope="module")
def report(source: Path, catalogue: Catalogue, folder: Path) -> LoadReport:
    return load_description(GSO, source, catalogue, folder, NOW)


@pytest.fixture(scope="module")
def warehouse(report: LoadReport, catalogue: Catalogue, folder: Path) -> Warehouse:
    return Warehouse(folder, catalogue)


def value(warehouse: Warehouse, indicator: str, start: str, **dimensions: str) -> list[float]:
    domain = warehouse.catalogue.indicators[indicator].domain
    where = " AND ".join(f"\"{code}\" = '{dimensions.get(code, 'all')}'" for code in warehouse.catalogue.dimensions)
    with warehouse.connection(frozenset({domain})) as cursor:
        rows = cursor.execute(
            f"SELECT value FROM {domain}.fact WHERE indicator = ? AND place = '77' AND period_start = ? AND {where}",
            [indicator, start],
        ).fetchall()
    return [row[0] for row in rows]


def test_all_series_are_there_and_nearly_all_have_figures(report: LoadReport, lines: list[dict[str, str]]) -> None:
    series = {(line["table_vi"], line["unit_vi"], line["item_vi"]) for line in lines}
    assert len(series) == 205
    assert set(report.series_mapped) == series
    assert len(report.series_loaded) >= 195
    assert set(report.series_loaded) <= series
    assert not report.series_unmapped
    assert not report.waiting


def test_no_row_is_lost(report: LoadReport, lines: list[dict[str, str]]) -> None:
    assert report.rows_read == len(lines)
    assert report.rows_loaded + len(report.set_aside) + report.rows_repeated == len(lines)
    assert sum(info.rows for info in report.snapshots) == report.rows_loaded
    assert not any(info.illustrative for info in report.snapshots)


KNOWN: list[tuple[str, str, str, str, dict[str, str], float]] = [
    ("Số cán bộ ngành y trực thuộc Sở Y tế", "Y sĩ", "2011", "hea_physicians", {}, 1),
    ("Số cán bộ ngành y trực thuộc Sở Y tế", "Bác sĩ", "2015", "hea_doctors", {}, 1),
    ("Dân số trung bình", "Tổng số", "2009", "soc_population", {}, 1000),
    ("Khối lượng hàng hóa vận chuyển", "", "2009", "tra_freight", {}, 1),
    ("Khối lượng hàng hóa vận chuyển bằng đường bộ", "", "2000", "tra_freight", {"transport_mode": "road"}, 1),
    ("Số lượt hành khách vận chuyển", "", "2015", "tra_passengers", {}, 1),
    ("Doanh thu du lịch lữ hành theo giá hiện hành", "", "2015", "tou_travel_revenue", {}, 1),
    ("Dân số trung bình", "Nữ", "1995", "soc_population", {"sex": "female"}, 1000),
    ("Giáo dục mẫu giáo tại thời điểm 30/9", "Số lớp", "2010", "edu_kindergarten_classes", {}, 1),
    ("Giáo dục mẫu giáo tại thời điểm 30/9", "Số lớp", "2015", "edu_kindergarten_classes", {}, 1),
    ("Giáo dục mẫu giáo tại thời điểm 30/9", "Số học sinh (nghìn)", "2014", "edu_kindergarten_pupils", {}, 1000),
    (
        "Số nữ giáo viên phổ thông trực tiếp giảng dạy tại thời điểm 30/9",
        "Tiểu học",
        "2016",
        "edu_teachers",
        {"level": "primary", "sex": "female"},
        1,
    ),
    ("Số đơn vị hành chính tại thời điểm 31/12", "Xã", "2016", "adm_units_commune", {}, 1),
    ("Diện tích lúa cả năm", "", "2015", "agr_rice_area", {}, 1000),
    ("Sản lượng lúa đông xuân", "", "2010", "agr_rice_output", {"rice_season": "winter_spring"}, 1000),
    ("Năng suất ngô", "", "2016", "agr_crop_yield", {"crop": "maize"}, 1),
    ("Sản lượng sắn", "", "2008", "agr_crop_output", {"crop": "cassava"}, 1000),
    ("Số lượng lợn tại thời điểm 1/10", "", "2016", "agr_herd", {"livestock": "pig"}, 1000),
    ("Sản lượng thủy sản khai thác", "", "2016", "agr_catch", {}, 1),
    ("Cơ cấu đất sử dụng (31/12/2015)", "Đất ở", "2015", "agr_land_share", {"land_use": "homestead"}, 1),
    (
        "Diện tích rừng tại thời điểm 31/12",
        "Proportion of forest coverage  (%)",
        "2015",
        "agr_forest_cover",
        {},
        1,
    ),
    (
        "Lượng chất thải rắn thu gom, xử lý bình quân một ngày",
        "Lượng chất thải rắn được xử lý đạt tiêu chuẩn",
        "2015",
        "env_waste_daily_treated",
        {},
        1,
    ),
]


@pytest.mark.parametrize("table, item, year, indicator, dimensions, scale", KNOWN)
def test_a_known_figure_is_the_one_in_the_file(
    table: str,
    item: str,
    year: str,
    indicator: str,
    dimensions: dict[str, str],
    scale: float,
    warehouse: Warehouse,
    lines: list[dict[str, str]],
) -> None:
    said = [
        float(line["value"])
        for line in lines
        if (line["table_vi"], line["item_vi"], line["year"]) == (table, item, year)
    ]
    assert len(said) == 1
    assert value(warehouse, indicator, f"{year}-01-01", **dimensions) == [pytest.approx(said[0] * scale)]


def test_every_loaded_figure_is_in_the_file(warehouse: Warehouse, lines: list[dict[str, str]]) -> None:
    said = {float(line["value"]) for line in lines} | {round(float(line["value"]) * 1000, 6) for line in lines}
    for domain in DOMAINS:
        with warehouse.connection(frozenset({domain})) as cursor:
            for (number,) in cursor.execute(f"SELECT value FROM {domain}.fact").fetchall():
                assert round(number, 6) in said


def test_school_years_and_preliminary_figures(warehouse: Warehouse, lines: list[dict[str, str]]) -> None:
    assert value(warehouse, "edu_graduation_rate", "2001-09-01") == [91.69]
    expected = sum(line["preliminary"] == "1" for line in lines)
    found = 0
    for domain in DOMAINS:
        with warehouse.connection(frozenset({domain})) as cursor:
            row = cursor.execute(f"SELECT count(*) FROM {domain}.fact WHERE preliminary").fetchone()
            assert row is not None
            found += row[0]
    assert 0 < found <= expected


FOUND = [
    ("edu_kindergarten_pupils", "2015-01-01", {}),
    ("edu_kindergarten_pupils", "2016-01-01", {}),
    ("hea_facilities", "2016-01-01", {"health_unit": "sanatorium"}),
    ("hea_beds", "2014-01-01", {"health_unit": "polyclinic"}),
    ("soc_libraries", "2012-01-01", {}),
    ("soc_libraries", "2013-01-01", {}),
]
"""What the warehouse's rules doubt by themselves …"""

TOLD = [
    ("agr_catch", "1995-01-01", {"species": "fish"}),
    ("agr_catch", "2016-01-01", {"species": "fish"}),
    ("agr_aquaculture", "2011-01-01", {"species": "shrimp"}),
    ("agr_crop_output", "1996-01-01", {"crop": "cassava"}),
    ("agr_crop_output", "2009-01-01", {"crop": "cassava"}),
    ("tra_freight", "2008-01-01", {}),
    ("tra_freight", "2000-01-01", {"transport_mode": "waterway"}),
    ("tra_freight_tkm", "2005-01-01", {"transport_mode": "road"}),
    ("tra_passengers", "2014-01-01", {}),
    ("tra_passenger_km", "2014-01-01", {}),
]
"""… and what only somebody who looks at two tables at once can see."""


@pytest.mark.parametrize("indicator, start, dimensions", [*FOUND, *TOLD])
def test_doubtful_rows_are_not_answered_from(
    indicator: str, start: str, dimensions: dict[str, str], warehouse: Warehouse, report: LoadReport
) -> None:
    assert value(warehouse, indicator, start, **dimensions) == []
    entries = [entry for entry in report.set_aside if (entry.indicator, entry.period_start) == (indicator, start)]
    assert entries
    assert all(entry.reason and "dòng" in entry.reference for entry in entries)


def test_of_two_populations_the_one_both_sexes_add_up_to_stands(warehouse: Warehouse, report: LoadReport) -> None:
    assert value(warehouse, "soc_population", "2015-01-01") == [pytest.approx(1_079_100)]
    assert [entry.value for entry in report.set_aside if entry.indicator == "soc_population"] == ["1072600.0"]


def test_the_rules_find_the_same_rows_without_being_told(source: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    description: dict[str, Any] = read_yaml(GSO)
    for series in description["series"]:
        for item in series["items"].values():
            item.pop("suspect", None)
    untold = tmp_path / "untold.yml"
    untold.write_text(yaml.safe_dump(description, allow_unicode=True), encoding="utf-8")
    report = load_description(untold, source, catalogue, tmp_path / "data", NOW)
    found = {(entry.indicator, entry.period_start) for entry in report.set_aside}
    assert {(indicator, start) for indicator, start, _ in FOUND} <= found
    assert len(report.set_aside) < 15, "the rules doubt little else"


def test_the_sample_province_stays_out(catalogue: Catalogue, warehouse: Warehouse) -> None:
    with pytest.raises(ConfigurationError, match="holds real figures"):
        load_sample(warehouse.data_dir, catalogue, today=NOW.date(), now=NOW)
