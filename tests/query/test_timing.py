"""What a named period becomes: open beginnings, and days of what is kept by month."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import calendar
from assistant.query.plan import NotPlannable
from assistant.query.timing import Fitted, Timing
from tests.query.conftest import CLOCK, PROVINCE, Fill, row

ROWS = [row("revenue", PROVINCE, f"2026-{month:02}", 10.0 * month) for month in range(3, 11)]


@pytest.fixture
def timing(fill: Fill) -> Timing:
    engine = fill(*ROWS)
    return Timing(engine, engine.catalogue.indicator("revenue"), "province", (), CLOCK.today())


@pytest.mark.parametrize(
    ("named", "fitted"),
    [
        ("1900-01..2026-08", "2026-03..2026-08"),
        ("2026-09", "2026-09"),
        ("2026-10", "2026-10"),
    ],
)
def test_what_is_asked_for(timing: Timing, named: str, fitted: str) -> None:
    found = timing.fit(calendar.parse_code(named))
    assert isinstance(found, Fitted)
    assert calendar.code(found.period) == fitted


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("2026-11-20", "no_grain"),
        ("2026-10-15", "no_grain"),
        ("2026-11-16..2026-11-22", "no_grain"),
        ("1900..2019", "before"),
        ("2026-12", "future"),
        ("2026-11", "after"),
    ],
)
def test_why_nothing_can_be_asked_for(timing: Timing, named: str, reason: str) -> None:
    refused = timing.fit(calendar.parse_code(named))
    assert isinstance(refused, NotPlannable)
    assert refused.reason == reason
    assert refused.grain == ("month" if reason == "no_grain" else None)
    assert refused.available_to == date(2026, 10, 31)
