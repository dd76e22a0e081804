"""A small catalogue and short ways to build results by hand, for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from assistant.access.models import Account, Grants
from assistant.answer.compose import compose
from assistant.answer.draft import Draft
from assistant.catalogue.catalogue import Catalogue
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
from assistant.clock import FixedClock
from assistant.language.periods import parse_code
from assistant.query import derive
from assistant.query.derive import Derived
from assistant.query.plan import Availability, Note, NotPlannable, PartResult, Plan, PlanPart, Result, Role
from assistant.query.request import Missing
from assistant.types import Comparison, Figure, FigureKind, Period, Reading, Status, Threshold

CLOCK = FixedClock(datetime(2026, 11, 21, 9, 0))


def area(code: str, kind: Any, type_name: str, short: str, parent: str | None) -> Area:
    return Area(code=code, name=f"{type_name} {short}", kind=kind, short=short, type_name=type_name, parent=parent)


AREAS = [
    area("77", "province", "tỉnh", "Bà Rịa - Vũng Tàu", None),
    area("747", "district", "thành phố", "Vũng Tàu", "77"),
    area("748", "district", "thành phố", "Bà Rịa", "77"),
    area("754", "district", "thành phố", "Phú Mỹ", "77"),
    area("750", "district", "huyện", "Châu Đức", "77"),
    area("751", "district", "huyện", "Xuyên Mộc", "77"),
    area("753", "district", "huyện", "Long Đất", "77"),
    area("755", "district", "huyện", "Côn Đảo", "77"),
    area("26500", "commune", "phường", "Thắng Tam", "747"),
]


def indicator(code: str, name: str, unit: str, domain: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {
        "measure": "flow",
        "adds": Adding(area="sum", time="sum"),
        "grain": "month",
        "owner": {"education": "agy-gd", "health": "agy-yt"}.get(domain, "agy-vp"),
        "source": "báo cáo thống kê",
        "definition": f"{name} trong kỳ.",
    }
    return Indicator(code=code, name=name, unit=unit, domain=domain, **(values | more))


STOCK: dict[str, Any] = {"measure": "stock", "adds": Adding(area="sum", time="last"), "grain": "year"}
NEVER = Adding(area="never", time="never")

INDICATORS = [
    indicator(
        "pupils",
        "số học sinh phổ thông",
        "học sinh",
        "education",
        measure="stock",
        adds=Adding(area="sum", time="last", dimensions={"level": "sum", "sex": "sum"}),
        grain="school_year",
    ),
    indicator("classes", "số lớp mẫu giáo", "lớp", "education", **STOCK),
    indicator("teachers", "số giáo viên", "người", "education", **STOCK),
    indicator("doctors", "số bác sĩ", "người", "health", **STOCK),
    indicator("beds", "số giường bệnh bình quân một vạn dân", "giường", "health", decimals=1, **STOCK),
    indicator("dengue", "số ca mắc sốt xuất huyết", "ca", "health"),
    indicator("visits", "số lượt khám bệnh", "lượt", "health", good="up"),
    indicator("received", "số hồ sơ tiếp nhận", "hồ sơ", "public_administration"),
    indicator("resolved", "số hồ sơ đã giải quyết", "hồ sơ", "public_administration", has_plan=True),
    indicator("late", "số hồ sơ giải quyết trễ hạn", "hồ sơ", "public_administration", good="down"),
    indicator(
        "on_time_rate",
        "tỷ lệ hồ sơ giải quyết đúng hạn",
        "%",
        "public_administration",
        decimals=1,
        good="up",
        adds=NEVER,
        ratio=Ratio(numerator="resolved", denominator="received", scale=100),
        has_plan=True,
    ),
    indicator(
        "revenue",
        "thu ngân sách nhà nước trên địa bàn",
        "tỷ đồng",
        "socio_economy",
        decimals=1,
        good="up",
        has_plan=True,
    ),
    indicator("investment", "vốn đầu tư công đã giải ngân", "đồng", "socio_economy"),
    indicator(
        "grdp", "tổng sản phẩm trên địa bàn (GRDP)", "tỷ đồng", "socio_economy", decimals=0, good="up", grain="year"
    ),
    indicator("people", "dân số trung bình", "nghìn người", "socio_economy", decimals=1, public=True, **STOCK),
    indicator("workers", "số lao động có việc làm", "nghìn người", "socio_economy", decimals=1, **STOCK),
    indicator("poor_rate", "tỷ lệ hộ nghèo", "%", "socio_economy", decimals=2, good="down", **STOCK),
    indicator("road", "chiều dài đường tỉnh", "km", "socio_economy", decimals=1, **STOCK),
]

AGENCIES = [
    Agency(code="agy-yt", name="Sở Y tế", short="Sở Y tế", area="77"),
    Agency(code="agy-gd", name="Sở Giáo dục và Đào tạo", short="Sở Giáo dục và Đào tạo", area="77"),
    Agency(code="agy-vp", name="Văn phòng UBND tỉnh", short="Văn phòng UBND tỉnh", area="77"),
    Agency(code="agy-750", name="UBND huyện Châu Đức", short="huyện Châu Đức", area="750"),
]

DOMAINS = [
    Domain(code="education", name="giáo dục", owner="agy-gd"),
    Domain(code="health", name="y tế", owner="agy-yt"),
    Domain(code="socio_economy", name="kinh tế - xã hội", owner="agy-vp"),
    Domain(code="public_administration", name="hành chính công", owner="agy-vp"),
]

DIMENSIONS = [
    Dimension(
        code="sex", name="giới tính", members=(Member(code="male", name="nam"), Member(code="female", name="nữ"))
    ),
    Dimension(
        code="level",
        name="cấp học",
        members=(
            Member(code="primary", name="tiểu học"),
            Member(code="lower", name="trung học cơ sở"),
            Member(code="upper", name="trung học phổ thông"),
        ),
    ),
]

SCHOOLS = [
    Facility(code=f"sch-{number}", name=f"Trường THPT {name}", short=name, kind="school", area="26500")
    for number, name in enumerate(
        ["Vũng Tàu", "Nguyễn Huệ", "Đinh Tiên Hoàng", "Trần Nguyên Hãn", "Châu Thành", "Bà Rịa"]
    )
]

KINDS = [FacilityKind(code="school", name="trường học", domain="education", head_nouns=("trường",))]


def by_code(entries: Sequence[Any]) -> dict[str, Any]:
    return {entry.code: entry for entry in entries}


CATALOGUE = Catalogue(
    domains=by_code(DOMAINS),
    dimensions=by_code(DIMENSIONS),
    indicators=by_code(INDICATORS),
    areas=by_code(AREAS),
    facilities=by_code(SCHOOLS),
    facility_kinds=by_code(KINDS),
    agencies=by_code(AGENCIES),
    groups={},
    version="stage",
)

EVERYTHING = Account("lan", "Trần Thị Lan", "leader", "chị", Grants({domain.code: None for domain in DOMAINS}))


def account(*domains: str, address: str = "anh", areas: frozenset[str] | None = None) -> Account:
    """Somebody who may see these domains only, everywhere or in some areas."""
    return Account("nam", "Lê Văn Nam", "officer", address, Grants(dict.fromkeys(domains, areas)))


def figure(
    code: str,
    value: float,
    period: str,
    place: str = "77",
    *,
    kind: FigureKind = "actual",
    preliminary: bool = False,
    illustrative: bool = False,
    **dimensions: str,
) -> Figure:
    """One figure; ``period`` as the calendar's code ("2026-10")."""
    stretch = parse_code(period)
    return Figure(
        indicator=code,
        place=place,
        place_kind=CATALOGUE.place_kind(place),
        dimensions=dimensions,
        period=stretch,
        kind=kind,
        value=value,
        unit=CATALOGUE.indicator(code).unit,
        as_of=stretch.end,
        source="báo cáo thống kê",
        snapshot="s1",
        preliminary=preliminary,
        illustrative=illustrative,
    )


def places(code: str, period: str, values: dict[str, float]) -> tuple[Figure, ...]:
    """One figure per place."""
    return tuple(figure(code, value, period, place) for place, value in values.items())


def series(code: str, values: dict[str, float], place: str = "77") -> tuple[Figure, ...]:
    """One figure per period."""
    return tuple(figure(code, value, period, place) for period, value in values.items())


def part(
    main: Sequence[Figure],
    base: Sequence[Figure] = (),
    whole: Sequence[Figure] = (),
    plan: Sequence[Figure] = (),
    done: Sequence[Figure] = (),
    *,
    missing: Sequence[Missing] = (),
    derived: Derived | None = None,
    code: str = "",
) -> PartResult:
    """A part's result by role."""
    roles: dict[str, Sequence[Figure]] = {"main": main, "base": base, "whole": whole, "plan": plan, "done": done}
    return PartResult(
        indicator=code or main[0].indicator,
        figures={cast(Role, role): tuple(figures) for role, figures in roles.items() if figures},
        missing={"main": tuple(missing)},
        derived=derived or Derived(),
    )


def result(
    shape: str,
    *parts: PartResult,
    group: str = "",
    in_place: str = "77",
    order: Any = None,
    limit: int | None = None,
    threshold: Threshold | None = None,
    comparison: Comparison | None = None,
    notes: Sequence[Note] = (),
    refused: Sequence[NotPlannable] = (),
    **more: Any,
) -> Result:
    """A result of hand-made parts."""
    plan = Plan(
        shape=shape,
        reading=Reading(intent=shape),
        parts=tuple(PlanPart(indicator=each.indicator) for each in parts),
        places=(in_place,),
        group=group,
        order=order,
        limit=limit,
        threshold=threshold,
        comparison=comparison,
        notes=tuple(notes),
        refused=tuple(refused),
        **more,
    )
    return Result(plan=plan, parts=parts)


def told(*outcomes: Result | NotPlannable, who: Account = EVERYTHING, coverage: Any = None) -> Draft:
    """The draft for this person."""
    return compose(*outcomes, account=who, catalogue=CATALOGUE, clock=CLOCK, coverage=coverage)


def changes(main: Sequence[Figure], base: Sequence[Figure]) -> Derived:
    return Derived(changes=tuple(derive.change(a, b) for a, b in zip(main, base, strict=True)), candidates=len(main))


def missing(code: str, place: str, period: str, reason: Any = "no_period", **more: Any) -> Missing:
    return Missing(reason=reason, place=place, period=parse_code(period), indicator=code, **more)


def refusal(status: Status, reason: Any, **more: Any) -> NotPlannable:
    return NotPlannable(status=status, reason=reason, **more)


def stored(code: str, first: str, last: str, place_kind: Any = "district", **more: Any) -> Availability:
    return Availability(
        indicator=code,
        place_kind=place_kind,
        grain=more.pop("grain", "month"),
        kind=more.pop("kind", "actual"),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        **more,
    )


def period(code: str) -> Period:
    return parse_code(code)


NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
