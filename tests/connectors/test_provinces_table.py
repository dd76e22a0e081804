"""The table of all provinces, whole: every place is known, and what it says of our province is what its own table says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.catalogue.loader import Catalogue, load
from assistant.warehouse.facts import FactRow
from connectors.csv_table import Reading, read_table
from connectors.description import read_description

CONNECTORS = Path(__file__).resolve().parents[2] / "connectors"

pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def everywhere(catalogue: Catalogue, shared: Callable[[str], Path]) -> Reading:
    description = read_description(CONNECTORS / "gso_provinces.yml", catalogue)
    return read_table(shared("real/gso_by_province_long.csv"), description, catalogue)


def cells(rows: list[FactRow]) -> dict[tuple[object, ...], tuple[float, str]]:
    return {
        (row.indicator, tuple(sorted(row.dimensions.items())), row.grain, row.start): (row.value, row.doubt)
        for row in rows
    }


def test_every_place_is_known(everywhere: Reading, catalogue: Catalogue) -> None:
    places = {row.place for row in everywhere.rows}
    assert (everywhere.read, everywhere.other_places) == (159_776, 0)
    assert places == {code for code, area in catalogue.areas.items() if area.kind in ("country", "region", "province")}
    assert len(everywhere.unmapped) <= 6, everywhere.unmapped
    assert not everywhere.waiting


def test_it_says_of_our_province_what_its_own_table_says(
    everywhere: Reading, catalogue: Catalogue, shared: Callable[[str], Path]
) -> None:
    own = read_table(shared("real/gso_brvt_long.csv"), read_description(CONNECTORS / "gso.yml", catalogue), catalogue)
    assert cells([row for row in everywhere.rows if row.place == "77"]) == cells(own.rows)
