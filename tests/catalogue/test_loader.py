"""Broken catalogues: each fault is one clear error that names file and entry."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalogue.checks import comparable
from assistant.catalogue.loader import FOLDER, load
from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

EDUCATION = "indicators/education.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may break."""
    return shutil.copytree(FOLDER, tmp_path / "catalogue")


def change(folder: Path, file: str, which: str, /, **values: Any) -> None:
    """Overwrites fields of one entry; the value ``...`` removes the field."""
    path = folder / file
    document = read_yaml(path)
    for entry in document["entries"]:
        if entry["code"] == which:
            entry.update(values)
            for field in [name for name, value in entry.items() if value is ...]:
                del entry[field]
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def area_rules(area: str = "never", time: str = "never", **dimensions: str) -> dict[str, Any]:
    return {"area": area, "time": time, "dimensions": dimensions}


BROKEN: list[tuple[str, str, dict[str, Any], str]] = [
    (EDUCATION, "edu_pupils", {"unit": ...}, "indicators/education.yml: entry edu_pupils: unit: is missing"),
    (EDUCATION, "edu_pupils", {"name": ...}, "indicators/education.yml: entry edu_pupils: name: is missing"),
    (EDUCATION, "edu_pupils", {"colour": "red"}, "entry edu_pupils: colour: Extra inputs are not permitted"),
    (EDUCATION, "edu_pupils", {"decimals": 9}, "entry edu_pupils: decimals: "),
    (EDUCATION, "edu_classes", {"code": "edu_pupils"}, "entry edu_pupils: the code is already used in indicators/educ"),
    (EDUCATION, "edu_classes", {"name": "Số  học sinh PHỔ THÔNG"}, "entry edu_classes: the name 'Số  học sinh PHỔ THÔ"),
    (EDUCATION, "edu_classes", {"synonyms": ["số bác sĩ"]}, "the name 'số bác sĩ' already belongs to edu_classes"),
    (
        EDUCATION,
        "edu_classes",
        {"synonyms": ["lớp", "Lớp"]},
        "entry edu_classes: a name of edu_classes is listed twice",
    ),
    (EDUCATION, "edu_classes", {"synonyms": [" "]}, "entry edu_classes: a synonym is empty"),
    (EDUCATION, "edu_classes", {"domain": "sport"}, "entry edu_classes: domain: 'sport' is unknown"),
    (EDUCATION, "edu_classes", {"owner": "agy-x"}, "entry edu_classes: owner: 'agy-x' is unknown"),
    (
        EDUCATION,
        "edu_classes",
        {"adds": area_rules(colour="sum")},
        "entry edu_classes: adds.dimensions: 'colour' is unk",
    ),
    (EDUCATION, "edu_classes", {"default_dimensions": {"level": "x"}}, "default_dimensions: 'level' has no member 'x'"),
    (EDUCATION, "edu_classes", {"elsewhere": {"level:preschool": "edu_x"}}, "elsewhere: 'edu_x' is unknown"),
    (
        EDUCATION,
        "edu_classes",
        {"kept": {"place": "facility:zoo", "grain": "year"}},
        "kept.place: 'facility:zoo' is un",
    ),
    (
        EDUCATION,
        "edu_dropout_rate",
        {"change_of": {"indicator": "edu_x", "against": "previous_period"}},
        "entry edu_dropout_rate: change_of.indicator: 'edu_x' is unknown",
    ),
    (
        EDUCATION,
        "edu_dropout_rate",
        {"ratio": {"numerator": "edu_x", "denominator": "edu_pupils"}},
        "indicators/education.yml: entry edu_dropout_rate: ratio.numerator: 'edu_x' is unknown",
    ),
    (
        EDUCATION,
        "edu_dropout_rate",
        {"ratio": {"numerator": "edu_dropouts", "denominator": "edu_dropout_rate"}},
        "entry edu_dropout_rate: ratio.denominator: a ratio cannot be a part of itself",
    ),
    (
        EDUCATION,
        "edu_dropout_rate",
        {"ratio": {"numerator": "edu_dropouts", "denominator": "edu_age5_children"}},
        "ratio.denominator: 'edu_age5_children' is not broken down by level",
    ),
    (EDUCATION, "edu_dropout_rate", {"adds": area_rules("sum")}, "adds: every rule of a ratio must be 'never'"),
    (EDUCATION, "edu_dropout_rate", {"kept": {"place": "district", "grain": "year"}}, "kept: a ratio is computed"),
    ("domains.yml", "health", {"owner": "agy-x"}, "domains.yml: entry health: owner: 'agy-x' is unknown"),
    ("agencies.yml", "agy-yt", {"area": "99"}, "agencies.yml: entry agy-yt: area: '99' is unknown"),
    (
        "agencies.yml",
        "agy-yt",
        {"name": "Sở Nội vụ"},
        "agencies.yml: entry agy-yt: the name 'Sở Nội vụ' already belong",
    ),
    ("areas.yml", "752", {"parent": "76"}, "areas.yml: entry 752: parent: '76' is unknown"),
    ("areas.yml", "26575", {"parent": "77"}, "areas.yml: entry 26575: parent: a commune cannot lie in '77'"),
    ("areas.yml", "753", {"valid_to": "2024-06-30"}, "entry 753: valid_from 2025-01-01 is after valid_to 2024-06-30"),
    ("areas.yml", "753", {"valid_from": "2025-13-01"}, "areas.yml: entry 753: valid_from: "),
    ("areas.yml", "750", {"name": "huyện Xuyên Mộc"}, "the name 'huyện xuyên mộc' already belongs to 750"),
    ("areas.yml", "77", {"kind": "district"}, "areas.yml: needs exactly one province, not 0"),
    (
        "areas.yml",
        "77",
        {"note": "", "successors": ["999"]},
        "areas.yml: entry 77: successors: a successor outside the catalogue needs a note",
    ),
    ("facilities/schools.yml", "sch-pt-vung-tau", {"kind": "zoo"}, "entry sch-pt-vung-tau: kind: 'zoo' is unknown"),
    (
        "facilities/schools.yml",
        "sch-pt-vung-tau",
        {"area": "747"},
        "entry sch-pt-vung-tau: area: '747' is not a commune",
    ),
    ("facilities/schools.yml", "sch-pt-vung-tau", {"dimensions": {"level": "x"}}, "dimensions: 'level' has no member"),
    (
        "facilities/schools.yml",
        "sch-th-nguyen-hue-2",
        {"area": "26533"},
        "in 26533 already belongs to sch-th-nguyen-hue",
    ),
    (
        "facility_kinds.yml",
        "school",
        {"domain": "sport"},
        "facility_kinds.yml: entry school: domain: 'sport' is unknown",
    ),
    ("groups.yml", "by-sex", {"target": "dimension:colour"}, "entry by-sex: target: 'dimension:colour' is unknown"),
    ("groups.yml", "by-sex", {"target": "dimension:level"}, "target: 'dimension:level' already belongs to by-"),
    ("groups.yml", "by-sex", {"code": "Đẹp"}, "groups.yml: entry Đẹp: code: "),
    (
        "dimensions.yml",
        "sex",
        {"members": [{"code": "male", "name": "nam"}, {"code": "female", "name": "nữ", "synonyms": ["Nam"]}]},
        "dimensions.yml: entry sex: the name 'Nam' already belongs to male",
    ),
    ("dimensions.yml", "channel", {"members": []}, "dimensions.yml: entry channel: members: "),
]


@pytest.mark.parametrize(("file", "code", "values", "said"), BROKEN, ids=[f"{c}-{v}"[:50] for _, c, v, _ in BROKEN])
def test_a_broken_entry_is_one_clear_error(
    folder: Path, file: str, code: str, values: dict[str, Any], said: str
) -> None:
    change(folder, file, code, **values)
    with pytest.raises(ConfigurationError) as caught:
        load(folder)
    assert said in caught.value.detail
    assert "\n" not in caught.value.detail


def break_cycle(folder: Path) -> None:
    rules = area_rules()
    for code, other in (("edu_pupils_per_class", "edu_dropout_rate"), ("edu_dropout_rate", "edu_pupils_per_class")):
        change(folder, EDUCATION, code, adds=rules, ratio={"numerator": other, "denominator": "edu_pupils"})


def break_yaml(folder: Path) -> None:
    (folder / "groups.yml").write_text("entries: [", encoding="utf-8")


def break_shape(folder: Path) -> None:
    (folder / "groups.yml").write_text("- code: x", encoding="utf-8")


def break_list(folder: Path) -> None:
    (folder / "groups.yml").write_text("entries: [by-sex]", encoding="utf-8")


def break_key(folder: Path) -> None:
    (folder / "groups.yml").write_text("entries: []\nentry: []", encoding="utf-8")


def break_encoding(folder: Path) -> None:
    (folder / "groups.yml").write_bytes("entries: # giới tính".encode("utf-16"))


def break_missing(folder: Path) -> None:
    (folder / "groups.yml").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            break_cycle,
            "ratio: its parts form a circle (edu_pupils_per_class → edu_dropout_rate → edu_pupils_per_class)",
        ),
        (break_yaml, "groups.yml: is not valid YAML"),
        (break_shape, "groups.yml: must be a mapping with a list 'entries'"),
        (break_list, "groups.yml: entry number 1: must be a mapping"),
        (break_key, "groups.yml: only 'defaults' (a mapping) and 'entries' are known, not ['entry']"),
        (break_encoding, "groups.yml: cannot be read as UTF-8 text"),
        (break_missing, "groups.yml: is missing"),
    ],
)
def test_a_broken_file_is_one_clear_error(folder: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(folder)
    with pytest.raises(ConfigurationError) as caught:
        load(folder)
    assert said in caught.value.detail


def test_the_version_follows_the_content(folder: Path) -> None:
    before = load(folder).version
    assert before == load(FOLDER).version
    change(folder, EDUCATION, "edu_pupils", definition="Số học sinh đang học.")
    after = load(folder).version
    assert len(after) == 12
    assert after != before


VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậỳýỷỹỵAĂÂĐÊÔƠƯẾỆ -.&0123456789 \t", max_size=40
)


@given(VIETNAMESE)
def test_names_compare_without_case_form_and_spaces(text: str) -> None:
    once = comparable(text)
    assert comparable(once) == once
    assert comparable(unicodedata.normalize("NFD", text)) == once
    assert comparable(text.upper()) == once
    assert comparable(f"  {text}\n") == once
    assert "  " not in once
