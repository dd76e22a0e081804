"""The engine under threads, and what its SQL holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from assistant.query.compile import Block, Slice, figures_sql, lifetimes_sql
from assistant.query.request import Request
from tests.query.conftest import ISLAND, NORTH, NORTH_1, NORTH_2, PROVINCE, SOUTH_1, Fill, period, row


def test_many_threads_get_their_own_figures(fill: Fill) -> None:
    places = {NORTH_1: 1.0, NORTH_2: 2.0, SOUTH_1: 4.0, ISLAND: 8.0}
    expected = {**places, NORTH: 3.0, PROVINCE: 15.0}
    engine = fill(*[row("people", place, "2024", size) for place, size in places.items()])
    asked = [place for place in expected for _ in range(10)]

    def ask(place: str) -> float:
        request = Request(indicator="people", places=(place,), periods=(period("2024"),))
        return next(iter(engine.fetch(request).values())).value

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, asked)) == [expected[place] for place in asked]


def test_no_value_stands_in_the_sql() -> None:
    block = Block("education", ("sex", "level"), "pupils", "actual", "commune", ("sex",), ("level",), "year", (ISLAND,))
    day = period("2024").end
    slice_ = Slice("province", (PROVINCE,), (("female",),), day, day, "sum", "mean")
    sql = figures_sql(block.form, slice_.level, slice_.inner, slice_.outer) + lifetimes_sql(block.form)
    for value in ("pupils", "female", PROVINCE, ISLAND, "2024", "commune'"):
        assert value not in sql
    bound = block.values() | slice_.values()
    assert {name for name in bound if f"'{name}'" in sql} == set(bound)


def test_a_newer_snapshot_is_read_at_once(fill: Fill) -> None:
    request = Request(indicator="people", places=(PROVINCE,), periods=(period("2024"),))
    engine = fill(row("people", NORTH, "2024", 1), row("people", ISLAND, "2024", 1))
    assert [figure.value for figure in engine.fetch(request).values()] == [2]
    fill(row("people", NORTH, "2024", 1), row("people", ISLAND, "2024", 5))
    assert [figure.value for figure in engine.fetch(request).values()] == [6]
