"""The province's real tables: loaded into a folder of their own, asked in plain words, held against the file itself."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.access import Account, Grants
from assistant.catalogue.loader import load as load_catalogue
from assistant.errors import ConfigurationError
from assistant.house import House
from assistant.language import numbers
from assistant.types import Answer, Utterance
from connectors.load import LoadReport, load_description
from connectors.sample import load_sample
from tests.journeys.conftest import borrowing

GSO = Path(__file__).resolve().parents[2] / "connectors" / "gso.yml"

POPULATION = "Dân số trung bình"
DOCTORS = "Số cán bộ ngành y trực thuộc Sở Y tế"
BIRTHS = "Tỷ suất sinh thô, tỷ suất chết thô và tỷ lệ tăng tự nhiên"
BEDS = "Số giường bệnh trực thuộc Sở Y tế"
KINDERGARTEN = "Giáo dục mẫu giáo tại thời điểm 30/9"

pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def source(shared: Callable[[str], Path]) -> Path:
    return shared("real/gso_brvt_long.csv")


@pytest.fixture(scope="module")
def said(source: Path) -> Callable[[str, str, int], float]:
    """The value that stands in the file."""
    with source.open(encoding="utf-8", newline="") as stream:
        lines = {
            (line["table_vi"], line["item_vi"], line["year"]): float(line["value"])
            for line in csv.DictReader(stream)
            if line["value"]
        }
    return lambda table, item, year: lines[table, item, str(year)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real")


@pytest.fixture(scope="module")
def report(house: House, folder: Path, source: Path) -> LoadReport:
    catalogue = load_catalogue(house.settings.catalogue_dir)
    return load_description(GSO, source, catalogue, folder, house.clock.now())


@pytest.fixture(scope="module")
def ask(house: House, report: LoadReport, folder: Path) -> Iterator[Callable[[str], Answer]]:
    """Asks a house of real figures, as somebody who may see all of them."""
    with borrowing(house, data_dir=folder, database_url="") as real:
        every: dict[str, frozenset[str] | None] = dict.fromkeys(real.catalogue.domains)
        leader = Account(username="lanhdao", full_name="Lãnh đạo", role="leader", address="anh", grants=Grants(every))
        yield lambda text: real.conversation.ask(Utterance(text=text), leader)


QUESTIONS = [
    ("Năm 2011 tỉnh có bao nhiêu y sĩ?", DOCTORS, "Y sĩ", 2011, 1),
    ("Dân số trung bình năm 2009", POPULATION, "Tổng số", 2009, 1000),
    ("Năm 2015 tỉnh có bao nhiêu bác sĩ?", DOCTORS, "Bác sĩ", 2015, 1),
    ("so bac si nam 2012 la bao nhieu", DOCTORS, "Bác sĩ", 2012, 1),
    ("Dân số nữ năm 2010 là bao nhiêu?", POPULATION, "Nữ", 2010, 1000),
    ("Dân số thành thị năm 2014 là bao nhiêu người?", POPULATION, "Thành thị", 2014, 1000),
    ("Số lớp mẫu giáo năm 2013?", KINDERGARTEN, "Số lớp", 2013, 1),
    ("Toàn tỉnh có bao nhiêu giáo viên mẫu giáo năm 2015?", KINDERGARTEN, "Số giáo viên (người)", 2015, 1),
    ("Tổng số giường bệnh năm 2013 là bao nhiêu?", BEDS, "Tổng số", 2013, 1),
    ("Năm 2010 có bao nhiêu hộ sinh?", DOCTORS, "Hộ sinh", 2010, 1),
    ("Tỷ lệ hộ nghèo năm 2012 là bao nhiêu phần trăm?", "Tỷ lệ hộ nghèo", "", 2012, 1),
    ("Tỷ suất sinh thô của tỉnh năm 2011?", BIRTHS, "Tỷ suất sinh thô", 2011, 1),
    ("Năm 2014 tỉnh có bao nhiêu chợ?", "Số chợ tại thời điểm 31/12", "", 2014, 1),
    ("Có bao nhiêu siêu thị năm 2015?", "Số siêu thị tại thời điểm 31/12", "", 2015, 1),
    ("Số vụ ly hôn đã xét xử năm 2013", "Số vụ ly hôn đã xét xử", "Tổng số", 2013, 1),
]  # fmt: skip


@pytest.mark.parametrize("text, table, item, year, scale", QUESTIONS, ids=[question[0] for question in QUESTIONS])
def test_a_real_figure_is_the_one_in_the_file(
    text: str,
    table: str,
    item: str,
    year: int,
    scale: int,
    ask: Callable[[str], Answer],
    said: Callable[[str, str, int], float],
) -> None:
    answer = ask(text)
    figure = next((one for one in answer.figures if one.period.start.year == year), None)
    assert answer.status == "answered" and figure is not None, answer.text
    assert figure.value == pytest.approx(said(table, item, year) * scale)
    assert f"{year}" in answer.text and table in answer.source
    assert "minh họa" not in answer.source and not answer.illustrative and not figure.illustrative
    whole = figure.value == int(figure.value)
    assert not whole or numbers.format(figure.value) in answer.text


def test_a_change_between_two_years(ask: Callable[[str], Answer], said: Callable[[str, str, int], float]) -> None:
    answer = ask("Số lớp mẫu giáo tăng bao nhiêu từ năm 2010 đến năm 2015?")
    first, last = (said(KINDERGARTEN, "Số lớp", year) for year in (2010, 2015))
    assert {figure.value for figure in answer.figures} >= {first, last}, answer.text
    assert f"{numbers.format(last - first)} lớp" in answer.text
    assert "tăng" in answer.text


def test_a_presumed_rise_that_was_a_fall_is_put_right(
    ask: Callable[[str], Answer], said: Callable[[str, str, int], float]
) -> None:
    first, last = (said(DOCTORS, "Y sĩ", year) for year in (2010, 2015))
    answer = ask("Số y sĩ tăng bao nhiêu từ năm 2010 đến năm 2015?")
    assert ("giảm" if last < first else "tăng") in answer.text
    assert numbers.format(abs(last - first)) in answer.text


@pytest.mark.parametrize(
    "text, year",
    [
        ("Số trẻ mẫu giáo năm 2016 là bao nhiêu?", 2016),
        ("Năm 2013 tỉnh có bao nhiêu thư viện?", 2013),
        ("Toàn tỉnh có bao nhiêu giáo viên mẫu giáo năm 2012?", 2012),
    ],
)
def test_a_doubtful_row_is_not_answered_from(
    text: str, year: int, ask: Callable[[str], Answer], report: LoadReport
) -> None:
    assert {entry.period_start[:4] for entry in report.set_aside} >= {str(year)}
    answer = ask(text)
    assert not [figure for figure in answer.figures if figure.period.start.year == year], answer.text
    assert answer.status in ("no_data", "clarify")


@pytest.mark.parametrize("text", ["Số bác sĩ năm 1990?", "Dân số trung bình năm 2019?"])
def test_years_outside_the_tables_are_told(text: str, ask: Callable[[str], Answer]) -> None:
    answer = ask(text)
    assert answer.status == "no_data" and not answer.figures, answer.text


def test_the_sample_province_stays_out(house: House, report: LoadReport, folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="real figures"):
        load_sample(folder, house.catalogue, today=house.clock.today(), now=house.clock.now())


def test_real_tables_stay_out_of_the_sample_province(house: House, source: Path) -> None:
    with pytest.raises(ConfigurationError, match="sample"):
        load_description(GSO, source, house.catalogue, house.settings.data_dir, house.clock.now())
