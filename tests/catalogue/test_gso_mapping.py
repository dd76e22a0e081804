"""The description of the General Statistics Office's tables against the catalogue and the real file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.catalogue.loader import load

ROOT = Path(__file__).resolve().parents[2]
MAPPING: dict[str, Any] = yaml.safe_load((ROOT / "connectors" / "gso.yml").read_text(encoding="utf-8"))
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


def test_the_series_of_the_four_domains_are_mapped_to_their_own_domain(shared: Callable[[str], Path]) -> None:
    real = real_keys(shared("real/gso_brvt_long.csv"))
    described = dict(mapped())
    kept = {key for domain, key in real if key in described}
    assert len(real) == 133
    assert len(kept) >= 125
    assert set(described) <= {key for _, key in real}, "a described series is not in the file"
    for domain, key in real:
        if key in described:
            assert CATALOGUE.indicator(described[key]["indicator"]).domain == domain, key


def test_units_that_differ_from_the_indicator_are_scaled(shared: Callable[[str], Path]) -> None:
    shared("real/gso_brvt_long.csv")
    for (_, unit, item), spec in mapped():
        thousands = unit.startswith("nghìn người") or "nghìn)" in item or "nghìn bản)" in item or "(nghìn" in item
        assert (spec.get("scale", 1) == 1000) is thousands, (unit, item)
