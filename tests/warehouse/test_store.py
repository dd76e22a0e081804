"""Snapshots as readers see them: whole, current, shut off from each other and safe under threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import duckdb
import pytest

from assistant.catalogue.loader import Catalogue
from assistant.errors import ConfigurationError, NotFound
from assistant.types import Period
from assistant.warehouse.facts import as_table
from assistant.warehouse.layout import current_id, folder, snapshot_file
from assistant.warehouse.snapshots import KEPT
from assistant.warehouse.store import Warehouse, illustrative
from tests.warehouse.conftest import NOW, build, row

EDUCATION, HEALTH = frozenset({"education"}), frozenset({"health"})


@pytest.fixture
def filled(small: Catalogue, tmp_path: Path) -> Warehouse:
    """A hundred years of pupils (one each) and one figure of beds."""
    build([row(year=1920 + number, value=1) for number in range(100)], small, tmp_path)
    build([row("hea_beds", value=7)], small, tmp_path, domain="health")
    return Warehouse(tmp_path, small)


def total(warehouse: Warehouse, domain: str = "education") -> float:
    with warehouse.connection(frozenset({domain})) as cursor:
        found = cursor.execute(f"SELECT sum(value) FROM {domain}.fact").fetchone()
    assert found is not None
    return float(found[0])


def test_nothing_loaded(small: Catalogue, tmp_path: Path) -> None:
    empty = Warehouse(tmp_path, small)
    assert empty.current("education") is None
    assert empty.domains() == ()
    assert empty.coverage("edu_pupils") == ()
    assert empty.latest("edu_pupils", "year") is None
    assert not illustrative(empty)
    with pytest.raises(NotFound), empty.connection(EDUCATION):
        pass


def test_a_snapshot_says_what_it_is(filled: Warehouse) -> None:
    info = filled.current("education")
    assert info is not None
    assert info.id.startswith("edu-20261121T090000-")
    assert (info.domain, info.origin, info.illustrative) == ("education", "sample", True)
    assert (info.rows, info.quarantined, info.created_at) == (100, 0, NOW)
    assert filled.domains() == ("education", "health")
    assert illustrative(filled)


def test_the_same_rows_give_the_same_identifier_and_others_another(small: Catalogue, tmp_path: Path) -> None:
    first = build([row(), row(year=2016)], small, tmp_path)
    again = build([row(year=2016), row()], small, tmp_path)
    other = build([row(), row(year=2016, value=1001)], small, tmp_path)
    assert first.id == again.id != other.id


def test_coverage_has_one_entry_per_cuboid(small: Catalogue, tmp_path: Path) -> None:
    build(
        [
            row(year=2014),
            row(year=2015),
            row(value=400, dimensions={"sex": "male"}),
            row(place="sch-1", grain="month", start=date(2024, 2, 1), end=date(2024, 2, 29)),
            row(year=2030, kind="plan"),
        ],
        small,
        tmp_path,
    )
    found = {
        (entry.kind, entry.place_kind, entry.facility_kind, entry.dimensions, entry.grain): (
            entry.first,
            entry.last,
            entry.rows,
        )
        for entry in Warehouse(tmp_path, small).coverage("edu_pupils")
    }
    assert found == {
        ("actual", "province", "", (), "year"): (date(2014, 1, 1), date(2015, 12, 31), 2),
        ("actual", "province", "", ("sex",), "year"): (date(2015, 1, 1), date(2015, 12, 31), 1),
        ("actual", "facility", "school", (), "month"): (date(2024, 2, 1), date(2024, 2, 29), 1),
        ("plan", "province", "", (), "year"): (date(2030, 1, 1), date(2030, 12, 31), 1),
    }


def test_latest_period(small: Catalogue, tmp_path: Path) -> None:
    build(
        [row(year=2014), row(year=2015), row("edu_classes", year=2014, value=30), row(year=2030, kind="plan")],
        small,
        tmp_path,
    )
    warehouse = Warehouse(tmp_path, small)
    year = {number: Period(grain="year", start=date(number, 1, 1), end=date(number, 12, 31)) for number in (2014, 2015)}
    assert warehouse.latest("edu_pupils", "year") == year[2015]
    assert warehouse.latest("edu_pupils", "year", place_kind="province") == year[2015]
    assert warehouse.latest("edu_pupils", "year", place_kind="district") is None
    assert warehouse.latest("edu_pupils", "month") is None
    plan = warehouse.latest("edu_pupils", "year", "plan")
    assert plan is not None
    assert plan.start.year == 2030
    assert warehouse.latest("edu_per_class", "year") == year[2014], "both parts must be there"
    assert warehouse.latest("hea_beds", "year") is None


def test_places_know_the_areas_they_lie_in(filled: Warehouse) -> None:
    with filled.connection(EDUCATION) as cursor:
        rows = cursor.execute(
            "SELECT code, kind, facility_kind, commune, district, province FROM education.place ORDER BY code"
        ).fetchall()
    assert ("sch-1", "facility", "school", "26506", "747", "77") in rows
    assert ("26506", "commune", "", "26506", "747", "77") in rows
    assert ("77", "province", "", None, None, "77") in rows
    assert ("agy-1", "agency", "", None, None, "77") in rows


def test_only_the_named_domains_are_there(filled: Warehouse) -> None:
    with filled.connection(EDUCATION) as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("SELECT * FROM health.fact")
    with filled.connection(EDUCATION | HEALTH) as cursor:
        both = cursor.execute("SELECT (SELECT count(*) FROM education.fact), (SELECT count(*) FROM health.fact)")
        assert both.fetchall() == [(100, 1)]


def test_a_connection_is_shut_and_locked(filled: Warehouse, tmp_path: Path) -> None:
    health = snapshot_file(tmp_path, "health", str(current_id(tmp_path, "health")))
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    refused = [
        f"SELECT * FROM read_csv('{secret}')",
        f"SELECT * FROM read_text('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{health}' AS stolen (READ_ONLY)",
        f"ATTACH '{tmp_path / 'new.duckdb'}' AS fresh",
        f"EXPORT DATABASE '{tmp_path / 'export'}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '8GB'",
        "SET threads = 64",
        "DELETE FROM education.fact",
        "CREATE TABLE education.other AS SELECT 1",
    ]
    with filled.connection(EDUCATION) as cursor:
        for statement in refused:
            with pytest.raises(duckdb.Error):
                cursor.execute(statement)
        limits = cursor.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()
    assert limits is not None
    assert limits[0] == 1
    assert limits[1].endswith("MiB")
    assert not (tmp_path / "out.csv").exists()


def test_a_new_snapshot_is_read_at_once(small: Catalogue, filled: Warehouse, tmp_path: Path) -> None:
    assert total(filled) == 100
    with filled.connection(EDUCATION) as before:
        build([row(value=5)], small, tmp_path, now=NOW + timedelta(minutes=1))
        assert total(filled) == 5
        assert [entry.rows for entry in filled.coverage("edu_pupils")] == [1]
        assert before.execute("SELECT sum(value) FROM education.fact").fetchall() == [(100,)], "a reader keeps its own"


def test_old_snapshots_go_but_the_last_few(small: Catalogue, tmp_path: Path) -> None:
    infos = [build([row(value=value)], small, tmp_path, now=NOW + timedelta(days=value)) for value in range(1, 7)]
    files = {file.stem for file in folder(tmp_path, "education").glob("*.duckdb")}
    assert files == {info.id for info in infos[-KEPT:]}
    assert {file.name for file in folder(tmp_path, "education").iterdir()} == {
        "current",
        *(f"{info.id}.duckdb" for info in infos[-KEPT:]),
    }


def test_a_failed_build_leaves_the_current_snapshot_alone(small: Catalogue, filled: Warehouse, tmp_path: Path) -> None:
    before = filled.current("education")
    table = as_table([row()], small).append_column("surprise", [["x"]])
    with pytest.raises(ConfigurationError, match="surprise"):
        build(table, small, tmp_path)
    assert filled.current("education") == before
    assert len(list(folder(tmp_path, "education").iterdir())) == 2


def test_sample_and_real_figures_never_share_a_folder(small: Catalogue, filled: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"holds sample figures .* real figures need a data folder of their own"
    ):
        build([row()], small, tmp_path, origin="real", illustrative=False)
    other = tmp_path / "other"
    build([row()], small, other, origin="real", illustrative=False)
    with pytest.raises(ConfigurationError, match=r"holds real figures .* sample figures need"):
        build([row("hea_beds")], small, other, domain="health")


def test_an_unknown_domain_is_refused(small: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="domain tourism"):
        build([], small, tmp_path, domain="tourism")


def test_sixteen_threads_read_the_same_figures(filled: Warehouse) -> None:
    def ask(_: int) -> set[tuple[float, float]]:
        found = set()
        for _ in range(50):
            with filled.connection(EDUCATION | HEALTH) as cursor:
                row = cursor.execute(
                    "SELECT (SELECT sum(value) FROM education.fact), (SELECT sum(value) FROM health.fact)"
                ).fetchone()
            assert row is not None
            found.add(row)
        return found

    with ThreadPoolExecutor(16) as pool:
        assert set().union(*pool.map(ask, range(16))) == {(100, 7)}


def test_readers_never_see_a_mixture_while_snapshots_change(
    small: Catalogue, filled: Warehouse, tmp_path: Path
) -> None:
    """Each snapshot holds ten equal values; a reader that saw two at once would find two different ones."""
    build([row(year=1990 + number, value=0) for number in range(10)], small, tmp_path)
    done = Event()

    def read() -> set[tuple[float, float, int]]:
        found = set()
        while not done.is_set():
            with filled.connection(EDUCATION) as cursor:
                row = cursor.execute("SELECT min(value), max(value), count(*) FROM education.fact").fetchone()
            assert row is not None
            found.add(row)
        return found

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for value in range(1, 6):
                rows = [row(year=1990 + number, value=value) for number in range(10)]
                build(rows, small, tmp_path, now=NOW + timedelta(minutes=value))
        finally:
            done.set()
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {(value, value, 10) for value in range(6)}
    assert total(filled) == 50
