"""Described tables: what a row becomes, what is doubted, what is refused. Small files written by the tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from assistant.catalogue.loader import Catalogue, load
from assistant.clock import ZONE
from assistant.errors import ConfigurationError
from assistant.warehouse.store import Warehouse
from connectors.csv_table import read_table
from connectors.description import read_description
from connectors.load import LoadReport, load_description

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
HEADER = "domain,table,unit,place,year,item,value,preliminary\n"
DESCRIPTION = """
file:
  columns: {domain: domain, table: table, unit: unit, place: place, year: year, item: item, value: value,
    preliminary: preliminary}
place: {value: "77", area: "77"}
source: "Nguồn, bảng “{table}”"
origin: real
agree: {tolerance: 0.001}
domains: {Giáo dục: education, Y tế: health}
series:
  - table: Trường lớp
    unit: lớp
    grain: year
    as_of: "09-30"
    items:
      Lớp: {indicator: edu_classes}
      Học sinh (nghìn): {indicator: edu_pupils, scale: 1000, suspect: [{jump: 100, reason: đổi đơn vị}]}
      Giáo viên: {indicator: edu_teachers, suspect: [{years: [2012], reason: thấp hẳn}]}
      Lớp tiểu học: {indicator: edu_classes, dimensions: {level: primary}}
  - table: Tốt nghiệp
    unit: "%"
    grain: school_year
    as_of: "07-31"
    indicator: edu_graduation_rate
    items: {"": {}}
  - table: Cơ sở y tế
    unit: cơ sở
    grain: year
    as_of: "12-31"
    indicator: hea_facilities
    items:
      Phòng khám: {dimensions: {health_unit: polyclinic}}
      Điều dưỡng: {dimensions: {health_unit: sanatorium}}
  - table: Lớp học
    unit: lớp
    grain: year
    as_of: "09-30"
    items:
      Tổng: {indicator: edu_classes}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def files(folder: Path, *lines: str, description: str = DESCRIPTION) -> tuple[Path, Path]:
    described, table = folder / "table.yml", folder / "table.csv"
    described.write_text(description, encoding="utf-8")
    table.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return described, table


def loaded(folder: Path, catalogue: Catalogue, *lines: str) -> LoadReport:
    return load_description(*files(folder, *lines), catalogue, folder / "data", NOW)


def kept(folder: Path, catalogue: Catalogue, domain: str = "education") -> list[tuple[str, int, float]]:
    with Warehouse(folder / "data", catalogue).connection(frozenset({domain})) as cursor:
        return cursor.execute(f"SELECT indicator, year(period_start), value FROM {domain}.fact ORDER BY ALL").fetchall()


def test_a_row_becomes_a_figure_with_its_source_and_place(catalogue: Catalogue, tmp_path: Path) -> None:
    described, table = files(
        tmp_path,
        "Giáo dục,Trường lớp,lớp,77,2015,Lớp tiểu học,30,1",
        "Giáo dục,Trường lớp,lớp,77,2015,Học sinh (nghìn),20.3,0",
        "Giáo dục,Tốt nghiệp,%,77,2001-2002,,91.69,0",
    )
    rows = read_table(table, read_description(described, catalogue), catalogue).rows
    first, second, third = rows
    assert (first.indicator, first.dimensions, first.value, first.preliminary) == (
        "edu_classes",
        {"level": "primary"},
        30,
        True,
    )
    assert (first.start, first.end, first.as_of) == (date(2015, 1, 1), date(2015, 12, 31), date(2015, 9, 30))
    assert first.source == "Nguồn, bảng “Trường lớp”"
    assert first.reference == "table.csv, dòng 2"
    assert second.value == 20300
    assert (third.grain, third.start, third.end) == ("school_year", date(2001, 9, 1), date(2002, 8, 31))
    assert third.as_of == date(2002, 7, 31)


def test_rows_are_counted_by_what_became_of_them(catalogue: Catalogue, tmp_path: Path) -> None:
    report = loaded(
        tmp_path,
        catalogue,
        "Giáo dục,Trường lớp,lớp,77,2015,Lớp,100,0",
        "Giáo dục,Trường lớp,lớp,79,2015,Lớp,900,0",
        "Giáo dục,Lớp học,lớp,77,2015,Tổng,100.05,0",
        "Giáo dục,Trường lớp,lớp,77,2015,Phòng,90,0",
        "Giao thông,Đường,km,77,2015,,12,0",
        "Giao thông,Đường,km,77,2016,,13,0",
    )
    assert (report.rows_read, report.rows_elsewhere, report.rows_repeated, report.rows_loaded) == (6, 1, 1, 1)
    assert report.series_unmapped == (("Trường lớp", "lớp", "Phòng"),)
    assert report.waiting == {"Giao thông": 1}
    assert report.series_mapped == report.series_loaded == (("Lớp học", "lớp", "Tổng"), ("Trường lớp", "lớp", "Lớp"))
    assert kept(tmp_path, catalogue) == [("edu_classes", 2015, 100)]


def test_doubtful_rows_are_set_aside_with_place_and_reason(catalogue: Catalogue, tmp_path: Path) -> None:
    report = loaded(
        tmp_path,
        catalogue,
        "Giáo dục,Trường lớp,lớp,77,2014,Học sinh (nghìn),47,0",
        "Giáo dục,Trường lớp,lớp,77,2015,Học sinh (nghìn),40233,0",
        "Giáo dục,Trường lớp,lớp,77,2016,Học sinh (nghìn),46517,0",
        "Giáo dục,Trường lớp,lớp,77,2011,Giáo viên,900,0",
        "Giáo dục,Trường lớp,lớp,77,2012,Giáo viên,400,0",
        "Giáo dục,Trường lớp,lớp,77,2015,Lớp,nhiều,0",
        "Giáo dục,Trường lớp,lớp,77,xưa,Lớp,12,0",
        "Giáo dục,Tốt nghiệp,%,77,2001-2003,,91.69,0",
    )
    assert [(entry.reference, entry.reason) for entry in report.set_aside] == [
        ("table.csv, dòng 3", "đổi đơn vị"),
        ("table.csv, dòng 4", "đổi đơn vị"),
        ("table.csv, dòng 6", "thấp hẳn"),
        ("table.csv, dòng 8", "Kỳ số liệu “xưa” không đọc được."),
        ("table.csv, dòng 7", "Giá trị “nhiều” không phải là số."),
        ("table.csv, dòng 9", "Kỳ số liệu “2001-2003” không đọc được."),
    ]
    assert kept(tmp_path, catalogue) == [("edu_pupils", 2014, 47_000), ("edu_teachers", 2011, 900)]


def test_a_figure_that_moved_to_another_item_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    lines = [f"Y tế,Cơ sở y tế,cơ sở,77,{year},Phòng khám,6,0" for year in range(2010, 2016)]
    report = loaded(tmp_path, catalogue, *lines, "Y tế,Cơ sở y tế,cơ sở,77,2016,Điều dưỡng,6,0")
    assert [entry.reason for entry in report.set_aside] == [
        "Giá trị có thể bị ghi nhầm sang mục khác (6: Phòng khám → Điều dưỡng)."
    ]
    assert len(kept(tmp_path, catalogue, "health")) == 6


def test_the_same_value_in_two_items_all_along_is_no_shift(catalogue: Catalogue, tmp_path: Path) -> None:
    lines = [
        f"Y tế,Cơ sở y tế,cơ sở,77,{year},{item},6,0"
        for year in range(2010, 2017)
        for item in ("Phòng khám", "Điều dưỡng")
    ]
    assert loaded(tmp_path, catalogue, *lines).set_aside == ()


def test_two_tables_that_disagree_are_both_set_aside(catalogue: Catalogue, tmp_path: Path) -> None:
    report = loaded(
        tmp_path,
        catalogue,
        "Giáo dục,Trường lớp,lớp,77,2015,Lớp,100,0",
        "Giáo dục,Lớp học,lớp,77,2015,Tổng,110,0",
        "Giáo dục,Lớp học,lớp,77,2016,Tổng,120,0",
    )
    assert [entry.value for entry in report.set_aside] == ["100.0", "110.0"]
    assert kept(tmp_path, catalogue) == [("edu_classes", 2016, 120)]


def test_another_file_joins_and_the_same_file_replaces(catalogue: Catalogue, tmp_path: Path) -> None:
    loaded(tmp_path, catalogue, "Giáo dục,Trường lớp,lớp,77,2015,Lớp,100,0")
    described, table = files(tmp_path, "Giáo dục,Trường lớp,lớp,77,2015,Giáo viên,50,0")
    other = table.rename(tmp_path / "other.csv")
    load_description(described, other, catalogue, tmp_path / "data", NOW)
    assert kept(tmp_path, catalogue) == [("edu_classes", 2015, 100), ("edu_teachers", 2015, 50)]
    loaded(tmp_path, catalogue, "Giáo dục,Trường lớp,lớp,77,2015,Lớp,101,0")
    assert kept(tmp_path, catalogue) == [("edu_classes", 2015, 101), ("edu_teachers", 2015, 50)]


@pytest.mark.parametrize(
    "before, after, said",
    [
        ("edu_teachers", "edu_nobody", "entry Trường lớp / Giáo viên: indicator edu_nobody is not in the catalogue"),
        ('area: "77"', 'area: "999"', "place 999 is not in the catalogue"),
        ("health}", "leisure}", "domain leisure is not in the catalogue"),
        ("origin: real", "origin: rumour", "origin"),
        ("grain: year", "grain: decade", "grain"),
        ("value: value", "value: figure", "has no column figure"),
        ("place: {value", "place: [{value", "cannot be read"),
    ],
)
def test_a_wrong_description_is_one_clear_error(
    before: str, after: str, said: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert before in DESCRIPTION
    described, table = files(tmp_path, description=DESCRIPTION.replace(before, after, 1))
    with pytest.raises(ConfigurationError) as error:
        load_description(described, table, catalogue, tmp_path / "data", NOW)
    assert said in error.value.detail
    assert not (tmp_path / "data" / "warehouse" / "education" / "current").exists()
