"""What is added to the catalogue can be asked at the next start, without a training: an indicator, a school, a synonym."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.access import Account, Grants
from assistant.catalogue.loader import load as load_catalogue
from assistant.house import House
from assistant.settings import Settings
from assistant.types import Answer, Status, Utterance
from assistant.warehouse.facts import FactRow
from assistant.warehouse.snapshots import build_snapshot

INDICATOR = """
  - code: edu_gardens
    name: số vườn rau trường học
    synonyms: [vườn rau trường học, vườn rau của trường]
    definition: Số vườn rau do trường trồng, tại thời điểm 30/9.
    unit: vườn
    adds: {area: sum, time: last, dimensions: {}}
    kept: {place: "facility:school", grain: school_year}
"""
SCHOOL = """
  - {code: sch-th-song-ngan, name: "Trường Tiểu học Sông Ngân", short: "Sông Ngân", area: "26506",
     dimensions: {level: primary, ownership: public}, synonyms: ["tiểu học Sông Ngân"]}
"""
SYNONYM = ("synonyms: [số học sinh,", "synonyms: [chim non ríu rít, số học sinh,")

FIGURES = {
    ("edu_gardens", "sch-th-song-ngan"): 3,
    ("edu_gardens", "sch-th-ha-long"): 4,
    ("edu_pupils", "sch-th-song-ngan"): 517,
    ("edu_pupils", "sch-th-ha-long"): 640,
}


@pytest.fixture(scope="module")
def account() -> Account:
    return Account(username="anyone", full_name="An", role="officer", address="anh", grants=Grants({"education": None}))


@pytest.fixture(scope="module")
def grown(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on the grown catalogue with a few figures; the same Rasa with the same model."""
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(house.settings.catalogue_dir, folder / "catalogue")
    _change(folder / "catalogue" / "indicators" / "education.yml", INDICATOR, SYNONYM)
    _change(folder / "catalogue" / "facilities" / "schools.yml", SCHOOL)
    settings = Settings(catalogue_dir=folder / "catalogue", data_dir=folder / "data", today=house.clock.today())
    settings.data_dir.mkdir()
    rows = [
        FactRow(
            indicator=indicator,
            place=school,
            grain="school_year",
            start=date(2026, 9, 1),
            end=date(2027, 8, 31),
            value=value,
            as_of=date(2026, 9, 30),
            source="Sở Giáo dục và Đào tạo",
        )
        for (indicator, school), value in FIGURES.items()
    ]
    build_snapshot(
        "education",
        rows,
        load_catalogue(settings.catalogue_dir),
        settings.data_dir,
        origin="sample",
        illustrative=True,
        now=house.clock.now(),
    )
    built = House(settings)
    built.understanding.competition.nlu = house.nlu
    assert built.bank.version == house.bank.version
    yield built
    built.close()


def _change(file: Path, added: str, replaced: tuple[str, str] | None = None) -> None:
    text = file.read_text(encoding="utf-8")
    if replaced is not None:
        assert text.count(replaced[0]) == 1
        text = text.replace(*replaced)
    file.write_text(text + added, encoding="utf-8")


def ask(house: House, account: Account, text: str) -> Answer:
    return house.conversation.ask(Utterance(text=text), account)


@pytest.mark.parametrize(
    ("text", "indicator", "place"),
    [
        ("Trường Tiểu học Hạ Long năm học này có bao nhiêu vườn rau trường học?", "edu_gardens", "sch-th-ha-long"),
        ("so vuon rau truong hoc cua tieu hoc Ha Long", "edu_gardens", "sch-th-ha-long"),
        ("Trường Tiểu học Sông Ngân có bao nhiêu học sinh?", "edu_pupils", "sch-th-song-ngan"),
        ("tieu hoc song ngan co bao nhieu hoc sinh", "edu_pupils", "sch-th-song-ngan"),
        ("Cho biết số chim non ríu rít của Trường Tiểu học Hạ Long", "edu_pupils", "sch-th-ha-long"),
        ("Vườn rau trường học của Trường Tiểu học Sông Ngân", "edu_gardens", "sch-th-song-ngan"),
    ],
)
def test_what_was_added_is_askable(
    house: House, grown: House, account: Account, text: str, indicator: str, place: str
) -> None:
    before = ask(house, account, text)
    assert all((figure.indicator, figure.place) != (indicator, place) for figure in before.figures)
    answer = ask(grown, account, text)
    assert answer.status is Status.ANSWERED, answer.text
    first = answer.figures[0]
    assert (first.indicator, first.place, first.value) == (indicator, place, FIGURES[indicator, place])


def test_it_is_the_same_model(house: House, grown: House) -> None:
    assert grown.supervisor.state == "stopped"
    assert grown.understanding.competition.nlu is house.nlu
