"""Forms of tables: places by name, a second table joined, one column per item, totals since January, stand-ins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.catalogue.loader import Catalogue, load
from assistant.errors import ConfigurationError
from connectors.csv_table import Reading, read_table
from connectors.description import read_description

SERIES = """
source: "Nguồn “{table}”"
origin: real
domains: {Kinh tế: socio_economy}
"""
LONG = f"""
file:
  join: {{file: tables.csv, by: id}}
  columns: {{domain: domain, table: table, unit: unit, place: place, year: year, item: item, value: value}}
place: {{kinds: [country, region, province], names: {{Tổng: vn}}}}
{SERIES}
series:
  - {{table: Dân số, unit: người, grain: year, as_of: "12-31", items: {{"": {{indicator: soc_population}}}}}}
"""
RUNNING = f"""
file:
  columns: {{place: place, year: month, estimate: guess}}
  constant: {{domain: Kinh tế, table: FDI, unit: ""}}
  wide: [new, all]
  only: {{kind: [tỉnh]}}
place: {{kinds: [province]}}
{SERIES}
series:
  - table: FDI
    unit: ""
    grain: month
    as_of: end
    running: true
    items:
      new: {{indicator: soc_fdi_capital_new, instead: {{item: all, before: "2019-03"}}}}
      all: {{indicator: soc_fdi_capital_registered, since: "2019-03", may_fall: true}}
"""
CENSUS = f"""
file:
  columns: {{place: [type, name], within: around}}
  constant: {{domain: Kinh tế, table: Điều tra, unit: "", year: "2019"}}
  wide: [people, homes]
place: {{kinds: [commune], day: 2019-04-01, within: "77"}}
{SERIES}
series:
  - table: Điều tra
    unit: ""
    grain: year
    as_of: "04-01"
    items:
      people: {{indicator: soc_population}}
      homes: {{indicator: soc_households, suspect: [{{zero: true, reason: thiếu}}]}}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def read(folder: Path, catalogue: Catalogue, description: str, table: str, **beside: str) -> Reading:
    (folder / "described.yml").write_text(description, encoding="utf-8")
    (folder / "table.csv").write_text(table, encoding="utf-8")
    for name, text in beside.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_table(folder / "table.csv", read_description(folder / "described.yml", catalogue), catalogue)


def test_places_by_name_and_a_joined_table(tmp_path: Path, catalogue: Catalogue) -> None:
    names = ["Tổng", "Đông Nam Bộ", "Hòa Bình", "Hoà Bình", "TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Atlantis"]
    table = "id,place,year,item,value\n" + "".join(
        f"T1,{name},2015,,{number}\n" for number, name in enumerate(names, 1)
    )
    reading = read(tmp_path, catalogue, LONG, table, tables="id,domain,table,unit\nT1,Kinh tế,Dân số,người\n")
    assert [(row.place, row.value) for row in reading.rows] == [
        ("vn", 1), ("south-east", 2), ("17", 3), ("17", 4), ("79", 5), ("77", 6)
    ]  # fmt: skip
    assert (reading.read, reading.other_places) == (7, 1)


def test_without_the_joined_table_there_is_one_clear_error(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(ConfigurationError, match=r"table\.csv: cannot be read"):
        read(tmp_path, catalogue, LONG, "id,place,year,item,value\n")


def test_totals_since_january_are_taken_apart(tmp_path: Path, catalogue: Catalogue) -> None:
    table = """place,kind,month,guess,new,all
Đồng Nai,tỉnh,2018-01,,,10
Đồng Nai,tỉnh,2018-02,,,16.5
Đồng Nai,tỉnh,2018-03,,,16.2
Đồng Nai,tỉnh,2018-06,40,,40
Đồng Nai,tỉnh,2019-03,,30,50
Đồng Nai,tỉnh,2019-04,,35,45
Thái Lan,nước,2018-01,,,99
"""
    reading = read(tmp_path, catalogue, RUNNING, table)
    found = [
        (
            row.indicator.removeprefix("soc_fdi_capital_"),
            row.grain,
            row.start,
            row.value,
            bool(row.doubt),
            row.preliminary,
        )
        for row in sorted(reading.rows, key=lambda row: (row.indicator, row.end, row.grain))
    ]
    assert found == [
        ("new", "month", date(2018, 1, 1), 10, False, False),
        ("new", "month", date(2018, 2, 1), 6.5, False, False),
        ("new", "month", date(2018, 3, 1), -0.3, True, False),
        ("new", "quarter", date(2018, 1, 1), 16.2, False, False),
        ("new", "half", date(2018, 1, 1), 40, False, True),
        ("new", "quarter", date(2019, 1, 1), 30, False, False),
        ("new", "month", date(2019, 4, 1), 5, False, False),
        ("registered", "quarter", date(2019, 1, 1), 50, False, False),
        ("registered", "month", date(2019, 4, 1), -5, False, False),
    ]
    assert "giảm so với tháng trước (16.5 → 16.2)" in next(row.doubt for row in reading.rows if row.doubt)
    assert reading.other_places == 1


def test_communes_of_the_day_of_a_census(tmp_path: Path, catalogue: Catalogue) -> None:
    table = """type,name,around,people,homes
Xã,An Ngãi,Long Điền,100,20
Thị Trấn,Phú Mỹ,Phú Mỹ,200,40
Xã,Tân Hoà,Phú Mỹ,300,0
Xã,Phước Hưng,Long Điền,400,
Phường,Phước Hưng,Bà Rịa,500,90
Xã,Tam An,Long Đất,600,90
"""
    reading = read(tmp_path, catalogue, CENSUS, table)
    people = {row.place: row.value for row in reading.rows if row.indicator == "soc_population"}
    assert people == {"26665": 100, "26704": 200, "26707-xa": 300, "26677": 400, "26548": 500}
    homes = {row.place: row.doubt for row in reading.rows if row.indicator == "soc_households"}
    assert homes == {"26665": "", "26704": "", "26707-xa": "thiếu", "26548": ""}
    assert all((row.as_of, row.start) == (date(2019, 4, 1), date(2019, 1, 1)) for row in reading.rows)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("place: {kinds: [province]}", "place: {}", "either value and area, or kinds"),
        ("  wide: [new, all]\n", "", "item and value are missing"),
        ("domain: Kinh tế, ", "", "columns: domain is missing"),
        ("kinds: [province]", "kinds: [province], total: zz", "place zz is not in the catalogue"),
    ],
)
def test_a_wrong_description_is_one_clear_error(
    tmp_path: Path, catalogue: Catalogue, old: str, new: str, said: str
) -> None:
    assert old in RUNNING
    with pytest.raises(ConfigurationError, match=said):
        read(tmp_path, catalogue, RUNNING.replace(old, new), "place,kind,month,guess,new,all\n")
