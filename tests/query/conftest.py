"""A province of two districts with communes and one without, and a workshop that fills it with rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.calendar import holding
from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import (
    Agency,
    Area,
    Dimension,
    Domain,
    Facility,
    FacilityKind,
    Indicator,
    Member,
    Ratio,
)
from assistant.clock import ZONE, FixedClock
from assistant.query.engine import QueryEngine
from assistant.types import Grain, Period
from assistant.warehouse.facts import FactRow
from assistant.warehouse.snapshots import build_snapshot
from assistant.warehouse.store import Warehouse

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
CLOCK = FixedClock(NOW)

PROVINCE, NORTH, SOUTH, ISLAND = "77", "701", "702", "703"
NORTH_1, NORTH_2, SOUTH_1 = "10001", "10002", "10003"
OLD_SOUTH = "602"


def _coded(*entries: Any) -> dict[str, Any]:
    return {entry.code: entry for entry in entries}


def _indicator(code: str, domain: str, measure: str, *, area: str = "sum", time: str, **more: Any) -> Indicator:
    adds = {"area": area, "time": time, "dimensions": more.pop("dimensions", {"sex": "sum"})}
    values: dict[str, Any] = {"definition": code, "unit": "cái", "grain": "year", "owner": "agy-1", "source": "Biểu 1"}
    values |= {"code": code, "name": code.replace("_", " "), "domain": domain, "measure": measure, "adds": adds}
    return Indicator.model_validate({**values, **more})


def _area(code: str, name: str, kind: str, parent: str | None, **more: Any) -> Area:
    return Area.model_validate(
        {"code": code, "name": name, "kind": kind, "type_name": kind, "short": name, "parent": parent, **more}
    )


def _member(code: str) -> Member:
    return Member(code=code, name=code)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    never = {"area": "never", "time": "never"}
    return Catalogue(
        domains=_coded(*[Domain(code=code, name=code, owner="agy-1") for code in ("education", "health", "economy")]),
        dimensions=_coded(
            Dimension(code="sex", name="sex", members=(_member("male"), _member("female"))),
            Dimension(code="level", name="level", members=(_member("low"), _member("mid"), _member("high"))),
        ),
        indicators=_coded(
            _indicator(
                "pupils",
                "education",
                "stock",
                time="last",
                dimensions={"sex": "sum", "level": "sum"},
                has_plan=True,
                elsewhere={"level:low": "toddlers"},
            ),
            _indicator("toddlers", "education", "stock", time="last"),
            _indicator("classes", "education", "stock", time="last"),
            _indicator(
                "class_size", "education", "stock", **never, ratio=Ratio(numerator="pupils", denominator="classes")
            ),
            _indicator("exams", "education", "flow", time="sum", grain="school_year", year_means="ends"),
            _indicator("visits", "health", "flow", time="sum", grain="month", has_plan=True, dimensions={"sex": "sum"}),
            _indicator("doctors", "health", "stock", time="last", grain="month"),
            _indicator("hours", "health", "flow", area="mean", time="mean", grain="month"),
            _indicator(
                "doctor_rate",
                "health",
                "stock",
                **never,
                ratio=Ratio(numerator="doctors", denominator="people", scale=10_000),
            ),
            _indicator("people", "economy", "stock", time="last", public=True),
            _indicator("revenue", "economy", "cumulative", time="last", grain="month", has_plan=True),
            _indicator("index", "economy", "flow", area="never", time="never", dimensions={}, grain="month"),
        ),
        areas=_coded(
            _area(PROVINCE, "tỉnh", "province", None),
            _area(NORTH, "huyện Bắc", "district", PROVINCE),
            _area(SOUTH, "huyện Nam", "district", PROVINCE, valid_from=date(2020, 1, 1)),
            _area(OLD_SOUTH, "huyện Nam cũ", "district", PROVINCE, valid_to=date(2019, 12, 31), successors=(SOUTH,)),
            _area(ISLAND, "huyện Đảo", "district", PROVINCE),
            _area(NORTH_1, "xã Bắc 1", "commune", NORTH),
            _area(NORTH_2, "xã Bắc 2", "commune", NORTH),
            _area(
                SOUTH_1,
                "xã Nam 1",
                "commune",
                SOUTH,
                former_parents=({"code": OLD_SOUTH, "until": date(2019, 12, 31)},),
            ),
        ),
        facilities=_coded(
            Facility(code="sch-1", name="Trường Một", short="Một", kind="school", area=NORTH_1),
            Facility(code="sch-2", name="Trường Hai", short="Hai", kind="school", area=NORTH_2),
            Facility(code="sch-3", name="Trường Ba", short="Ba", kind="school", area=ISLAND),
            Facility(code="hos-1", name="Bệnh viện Một", short="Một", kind="hospital", area=NORTH_1),
        ),
        facility_kinds=_coded(
            FacilityKind(code="school", name="trường", domain="education", head_nouns=("trường",)),
            FacilityKind(code="hospital", name="bệnh viện", domain="health", head_nouns=("bệnh viện",)),
        ),
        agencies=_coded(
            Agency(code="agy-1", name="Sở Một", short="Sở Một", area=PROVINCE),
            Agency(code="agy-2", name="UBND huyện Bắc", short="huyện Bắc", area=NORTH),
        ),
        groups={},
        version="000000000000",
    )


def period(text: str) -> Period:
    """``2024``, ``2024-Q3``, ``2024-H1``, ``2024-10``, ``2023/2024`` or ``2024-01..2024-06``."""
    if ".." in text:
        first, last = (period(part) for part in text.split(".."))
        return Period(grain="span", start=first.start, end=last.end)
    if "/" in text:
        return holding("school_year", date(int(text[:4]), 9, 1))
    year, _, rest = text.partition("-")
    if not rest:
        return holding("year", date(int(year), 1, 1))
    if rest[0] in "QH":
        grain: Grain = "quarter" if rest[0] == "Q" else "half"
        length = 3 if rest[0] == "Q" else 6
        return holding(grain, date(int(year), (int(rest[1]) - 1) * length + 1, 1))
    return holding("month", date(int(year), int(rest), 1))


def row(indicator: str, place: str, when: str, value: float, **more: Any) -> FactRow:
    """One stored value; further words are fields of FactRow."""
    stretch = period(when)
    values: dict[str, Any] = {"as_of": max(stretch.end, date(2015, 1, 1)), "source": "Sở Một", **more}
    return FactRow(indicator, place, stretch.grain, stretch.start, stretch.end, value, **values)


Fill = Callable[..., QueryEngine]


def make_engine(rows: Iterable[FactRow], catalogue: Catalogue, folder: Path) -> QueryEngine:
    """An engine that reads these rows from snapshots in a folder."""
    kept = list(rows)
    for domain in catalogue.domains:
        own = [entry for entry in kept if catalogue.indicators[entry.indicator].domain == domain]
        if own:
            build_snapshot(domain, own, catalogue, folder, origin="sample", illustrative=True, now=NOW)
    return QueryEngine(Warehouse(folder, catalogue), catalogue)


@pytest.fixture
def fill(catalogue: Catalogue, tmp_path: Path) -> Fill:
    """Rows to an engine that reads them: ``fill(row(…), row(…), …)``; ``frozen`` carries the units of a day on."""

    def make(*rows: FactRow, frozen: date | None = None) -> QueryEngine:
        return make_engine(rows, catalogue if frozen is None else catalogue.as_of(frozen), tmp_path)

    return make
