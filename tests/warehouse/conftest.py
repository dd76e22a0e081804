"""A catalogue of a few entries, and rows to fill it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import (
    Adding,
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
from assistant.clock import ZONE
from assistant.warehouse.facts import FactRow
from assistant.warehouse.layout import SnapshotInfo
from assistant.warehouse.snapshots import build_snapshot

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)


def indicator(code: str, name: str, unit: str, domain: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {
        "definition": name,
        "measure": "stock",
        "adds": Adding(area="sum", time="last", dimensions={"sex": "sum"}),
        "grain": "year",
        "owner": "agy-1",
        "source": "Biểu 1",
    }
    return Indicator(code=code, name=name, unit=unit, domain=domain, **{**values, **more})


def coded(*entries: Any) -> dict[str, Any]:
    return {entry.code: entry for entry in entries}


@pytest.fixture(scope="session")
def small() -> Catalogue:
    return Catalogue(
        domains=coded(
            Domain(code="education", name="giáo dục", owner="agy-1"), Domain(code="health", name="y tế", owner="agy-1")
        ),
        dimensions=coded(
            Dimension(
                code="sex",
                name="giới tính",
                members=(Member(code="male", name="nam"), Member(code="female", name="nữ")),
            ),
            Dimension(code="level", name="cấp học", members=(Member(code="primary", name="tiểu học"),)),
        ),
        indicators=coded(
            indicator("edu_pupils", "số học sinh", "học sinh", "education"),
            indicator("edu_rate", "tỷ lệ tốt nghiệp", "%", "education", decimals=2),
            indicator("edu_change", "tăng giảm số học sinh", "học sinh", "education"),
            indicator("edu_classes", "số lớp", "lớp", "education"),
            indicator(
                "edu_per_class",
                "số học sinh bình quân một lớp",
                "học sinh/lớp",
                "education",
                ratio=Ratio(numerator="edu_pupils", denominator="edu_classes"),
            ),
            indicator("hea_beds", "số giường bệnh", "giường", "health"),
            indicator("hea_visits", "số lượt khám", "lượt", "health", measure="flow"),
        ),
        areas=coded(
            Area(code="77", name="tỉnh A", short="A", kind="province", type_name="tỉnh", parent=None),
            Area(code="747", name="huyện B", short="B", kind="district", type_name="huyện", parent="77"),
            Area(code="26506", name="xã C", short="C", kind="commune", type_name="xã", parent="747"),
        ),
        facilities=coded(Facility(code="sch-1", name="Trường D", short="D", kind="school", area="26506")),
        facility_kinds=coded(
            FacilityKind(code="school", name="trường học", domain="education", head_nouns=("trường",))
        ),
        agencies=coded(Agency(code="agy-1", name="Sở E", short="Sở E", area="77")),
        groups={},
        version="000000000000",
    )


def row(code: str = "edu_pupils", year: int = 2015, value: float = 1000, **more: Any) -> FactRow:
    """A yearly figure of the province, unless something else is said."""
    values: dict[str, Any] = {
        "place": "77",
        "grain": "year",
        "start": date(year, 1, 1),
        "end": date(year, 12, 31),
        "as_of": date(2026, 10, 31),
        "source": "Sở E",
    }
    return FactRow(indicator=code, value=value, **{**values, **more})


def build(
    rows: list[FactRow], catalogue: Catalogue, folder: Path, domain: str = "education", **more: Any
) -> SnapshotInfo:
    values: dict[str, Any] = {"origin": "sample", "illustrative": True, "now": NOW}
    return build_snapshot(domain, rows, catalogue, folder, **{**values, **more})
