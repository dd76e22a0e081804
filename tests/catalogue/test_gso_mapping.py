"""The description of the General Statistics Office's tables against the catalogue and the real file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.catalogue.loader import load
from assistant.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
MAPPING: dict[str, Any] = read_yaml(ROOT / "connectors" / "gso.yml")
CATALOGUE = load()

Key = tuple[str, str, str]


def mapped() -> Iterator[tuple[Key, dict[str, Any]]]:
    """Each series of the description with its table's values filled in."""
    for table in MAPPING["series"]:
        common = {name: table[name] for name in ("indicator", "scale", "grain") if name in table}
        for item, spec in table["items"].items():
            yield (table["table"], table["unit"], item), {**common, **spec}


def real_keys(path: Path) -> set[tuple[str, Key]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (MAPPING["domains"][row["domain"]], (row["table_vi"], row["unit_vi"], row["item_vi"]))
            for row in csv.DictReader(file)
            if row["domain"] in MAPPING["domains"]
        }


@pytest.mark.parametrize(("key", "spec"), list(mapped()), ids=lambda value: str(value)[:60])
def test_every_series_names_catalogue_entries(key: Key, spec: dict[str, Any]) -> None:
    indicator = CATALOGUE.indicator(spec["indicator"])
    for dimension, member in spec.get("dimensions", {}).items():
        assert dimension in indicator.adds.dimensions
        assert member in {each.code for each in CATALOGUE.dimensions[dimension].members}
    for rule in spec.get("suspect", ()):
        assert rule["reason"]
        assert len(rule.keys() & {"years", "jump"}) == 1


def test_no_series_is_described_twice() -> None:
    keys = [key for key, _ in mapped()]
    assert len(keys) == len(set(keys))


def test_every_series_is_mapped_to_its_own_domain(shared: Callable[[str], Path]) -> None:
    real = real_keys(shared("real/gso_brvt_long.csv"))
    described = dict(mapped())
    assert len(real) == 205
    assert set(described) == {key for _, key in real}
    for domain, key in real:
        assert CATALOGUE.indicator(described[key]["indicator"]).domain == domain, key


def test_units_that_differ_from_the_indicator_are_scaled(shared: Callable[[str], Path]) -> None:
    shared("real/gso_brvt_long.csv")
    for (_, unit, item), spec in mapped():
        own = CATALOGUE.indicator(spec["indicator"]).unit
        percent = item.rstrip().endswith("(%)")
        in_thousands = unit.startswith("nghìn ") and not percent and not unit.startswith("nghìn đồng")
        thousands = in_thousands or "nghìn)" in item or "nghìn bản)" in item or "(nghìn" in item
        thousands = thousands and not own.startswith("nghìn ")
        assert (spec.get("scale", 1) == 1000) is thousands, (unit, item)
        assert not percent or own == "%", item
