"""Real tables of all provinces, of months and of the census of 2019: loaded beside each other and asked in plain words.

Of the large table of all provinces only a few tables are loaded here; the whole of it is read in ``tests/connectors``.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.access import Account, Grants
from assistant.catalogue.loader import load as load_catalogue
from assistant.house import House
from assistant.types import Answer, Utterance
from connectors.load import load_description
from tests.journeys.conftest import borrowing

CONNECTORS = Path(__file__).resolve().parents[2] / "connectors"

TABLES = {"T012", "T064", "T074", "T075", "T077"}
"""Farms, doctors, foreign investment of 2016, population."""

OTHERS = {
    "gso": "gso_brvt_long",
    "fdi": "fdi",
    "budget_investment": "state_budget_investment",
    "census": "census2019_by_district",
    "census_communes": "census2019_by_commune",
}

pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def folder(house: House, shared: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all real tables."""
    beside = tmp_path_factory.mktemp("tables")
    shutil.copy(shared("real/gso_catalogue.csv"), beside)
    some = beside / "gso_by_province_long.csv"
    with shared("real/gso_by_province_long.csv").open(encoding="utf-8", newline="") as whole, some.open("w") as part:
        reader = csv.DictReader(whole)
        writer = csv.DictWriter(part, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(row for row in reader if row["table_id"] in TABLES)
    files = {"gso_provinces": some, **{name: shared(f"real/{file}.csv") for name, file in OTHERS.items()}}
    catalogue = load_catalogue(house.settings.catalogue_dir)
    data = tmp_path_factory.mktemp("real")
    for name, file in files.items():
        load_description(CONNECTORS / f"{name}.yml", file, catalogue, data, house.clock.now())
    return data


@pytest.fixture(scope="module")
def real(house: House, folder: Path) -> Iterator[House]:
    with borrowing(house, data_dir=folder, database_url="") as opened:
        yield opened


@pytest.fixture(scope="module")
def ask(real: House) -> Callable[[str], Answer]:
    every: dict[str, frozenset[str] | None] = dict.fromkeys(real.catalogue.domains)
    leader = Account(username="lanhdao", full_name="Lãnh đạo", role="leader", address="anh", grants=Grants(every))
    return lambda text: real.conversation.ask(Utterance(text=text), leader)


PROVINCES = [
    ("So với Đồng Nai thì FDI của tỉnh mình thế nào năm 2015?", "no_data", ["Đồng Nai", "từ tháng 1 năm 2016"]),
    ("So với Đồng Nai thì FDI của tỉnh mình thế nào năm 2016?", "answered", ["Đồng Nai", "1.043,7", "259,6"]),
    ("Bình Dương có bao nhiêu bác sĩ năm 2014?", "answered", ["tỉnh Bình Dương có 414 bác sĩ"]),
    ("tỉnh nào có nhiều trang trại nhất năm 2015?", "answered", ["Đồng Nai", "3.055"]),
    ("dân số cả nước năm 2015", "answered", ["cả nước", "91.713.300"]),
    ("dan so ca nuoc nam 2015", "answered", ["91.713.300"]),
    ("Vùng Đông Nam Bộ có bao nhiêu bác sĩ năm 2015?", "answered", ["Đông Nam Bộ", "10.127"]),
    ("Top 5 tỉnh thành có nhiều bác sĩ nhất năm 2015", "answered", ["thành phố Hồ Chí Minh", "Hải Phòng"]),
    ("Tỉnh nào có nhiều bác sĩ nhất?", "answered", ["63 tỉnh, thành phố", "7.417", "năm 2016"]),
    ("Dân số tỉnh mình chiếm bao nhiêu phần trăm dân số cả nước năm 2015?", "answered", ["1,2 %"]),
    ("Bà Rịa Vũng Tàu đứng thứ mấy cả nước về số bác sĩ năm 2015?", "answered", ["489"]),
    ("Tỉnh mình đứng thứ mấy vùng Đông Nam Bộ về số bác sĩ năm 2015?", "answered", ["489", "thứ 3 trong 6 tỉnh"]),
    ("địa phương nào trong cả nước đông dân nhất năm 2015?", "answered", ["thành phố Hồ Chí Minh", "63 tỉnh"]),
    ("Các vùng có bao nhiêu bác sĩ năm 2015?", "answered", ["57.805", "Đồng bằng sông Hồng", "12.778"]),
    ("Dân số tỉnh Hòa Bình năm 2015", "answered", ["tỉnh Hòa Bình", "824.300"]),
    ("Dân số Hòa Bình năm 2019", "answered", ["xã Hòa Bình", "10.971"]),
    ("Dân số Thái Lan năm 2015", "no_data", ["Thái Lan"]),
    ("Biên Hòa có bao nhiêu bác sĩ?", "no_data", ["Biên Hòa"]),
]

MONTHS = [
    ("Vốn FDI đăng ký mới tháng 4 năm 2024", "answered", ["1.225,7"]),
    ("Vốn FDI đăng ký mới 10 tháng đầu năm 2024", "answered", ["1.681,2"]),
    ("Tỉnh có bao nhiêu dự án FDI cấp mới năm 2016?", "answered", ["18 dự án"]),
    ("Đồng Nai có bao nhiêu dự án FDI cấp mới năm 2024?", "answered", ["102 dự án"]),
    ("Vốn đầu tư từ ngân sách nhà nước tháng 1 năm 2025", "answered", ["931 tỷ đồng"]),
    ("Vốn đầu tư từ ngân sách nhà nước của tỉnh năm 2024", "answered", ["17.942,4", "sơ bộ"]),
]

UNITS = [
    ("Dân số Long Điền năm 2019", "answered", ["huyện Long Điền", "135.763"]),
    ("Dân số huyện Đất Đỏ năm 2019", "answered", ["73.530"]),
    ("Dân số Phú Mỹ năm 2019", "answered", ["thị xã Phú Mỹ", "179.786"]),
    ("Dân số xã Kim Long năm 2019", "answered", ["Kim Long", "10.027"]),
    ("Dân số toàn tỉnh năm 2019", "answered", ["1.148.313"]),
    ("Huyện nào đông dân nhất năm 2019?", "answered", ["Vũng Tàu", "8 đơn vị cấp huyện", "357.124"]),
    ("Mật độ dân số huyện Châu Đức năm 2019", "answered", ["339 người/km²"]),
    ("Số hộ huyện Côn Đảo năm 2019", "no_data", ["Côn Đảo"]),
    ("Dân số Long Đất năm 2025", "no_data", ["huyện Long Điền và huyện Đất Đỏ nhập thành huyện Long Đất"]),
    ("Dân số huyện Đất Đỏ năm 2025", "no_data", ["Năm 2025 không có", "huyện Long Đất"]),
    ("Dân số huyện Tân Thành năm 2019", "no_data", ["Năm 2019 không có", "thị xã Phú Mỹ"]),
    ("Dân số Đất Đỏ bây giờ", "answered", ["73.530", "năm 2019", "huyện Long Đất"]),
    ("dân số xã An Ngãi hiện nay", "answered", ["8.161", "xã Tam An", "xã Long Điền, Thành phố Hồ Chí Minh"]),
    ("Dân số phường 1 Vũng Tàu", "answered", ["7.372", "phường Vũng Tàu, Thành phố Hồ Chí Minh"]),
    ("Dân số phường 1 Vũng Tàu năm 2026", "no_data", ["phường Vũng Tàu, Thành phố Hồ Chí Minh"]),
    ("xã An Ngãi hiện nay", "answered", ["xã Tam An"]),
    ("phường 1 Vũng Tàu bây giờ thuộc đâu?", "answered", ["phường Vũng Tàu, Thành phố Hồ Chí Minh"]),
    ("huyện Long Đất năm 2025", "answered", ["huyện Long Điền và huyện Đất Đỏ"]),
    ("Thời tiết xã An Ngãi hiện nay", "small_talk", ["ngoài phạm vi"]),
]


@pytest.mark.parametrize(("text", "status", "words"), [*PROVINCES, *MONTHS, *UNITS])
def test_an_answer_or_an_explanation(text: str, status: str, words: list[str], ask: Callable[[str], Answer]) -> None:
    answer = ask(text)
    assert answer.status == status, answer.text
    assert [word for word in words if word not in answer.text] == [], answer.text


def test_a_talk_moves_from_province_to_province(real: House) -> None:
    every: dict[str, frozenset[str] | None] = dict.fromkeys(real.catalogue.domains)
    leader = Account(username="chuyentiep", full_name="Lãnh đạo", role="leader", grants=Grants(every))
    first = real.conversation.ask(Utterance(text="Bình Dương có bao nhiêu bác sĩ năm 2014?"), leader)
    second = real.conversation.ask(Utterance(text="còn Đồng Nai thì sao?"), leader, first.conversation)
    assert [(figure.place, figure.value) for figure in second.figures][:1] == [("75", 1363)], second.text


def test_who_may_see_one_district_sees_no_other_province(real: House) -> None:
    one = Account(username="huyen", full_name="Cán bộ", role="officer", grants=Grants({"health": frozenset({"750"})}))
    answer = real.conversation.ask(Utterance(text="Bình Dương có bao nhiêu bác sĩ năm 2014?"), one)
    assert answer.status == "denied" and not answer.figures


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bình Dương có bao nhiêu bác sĩ?", "tỉnh Bình Dương"),
        ("dân số cả nước năm 2025", "cả nước"),
        ("Tỉnh nào đông dân nhất?", "cả nước"),
        ("Các vùng có bao nhiêu bác sĩ?", "cả nước"),
    ],
)
def test_the_sample_province_knows_no_other(
    text: str, name: str, house: House, people: dict[str, tuple[Account, str]]
) -> None:
    leader = next(account for account, _ in people.values() if account.role == "leader")
    answer = house.conversation.ask(Utterance(text=text), leader)
    assert answer.status == "no_data" and not answer.figures
    assert f"chưa có số liệu của {name}" in answer.text
