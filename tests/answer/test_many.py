"""Many figures at once: rankings, extremes, limits, breakdowns, changes of many places."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.query import derive
from assistant.query.derive import Derived
from assistant.query.plan import Result
from assistant.types import Comparison, Threshold
from tests.answer.stage import changes, figure, missing, part, places, result, series, told

DISTRICTS = {"747": 45210.0, "754": 31200, "750": 25300, "753": 24000, "748": 23110, "751": 22100, "755": 1234}
SMALL = {"747": 9.0, "750": 7, "751": 3}


def ranked(
    shape: str, code: str, when: str, values: dict[str, float], order: Any = "desc", limit: Any = None, **more: Any
) -> Result:
    main = places(code, when, values)
    derived = Derived(ranking=tuple(derive.rank(main, order, limit)), candidates=len(main))
    return result(
        shape, part(main, derived=derived), group=more.pop("group", "district"), order=order, limit=limit, **more
    )


def filtered(code: str, values: dict[str, float], threshold: Threshold, order: Any = "desc") -> Result:
    main = places(code, "2026-10", values)
    tests = {"gt": float.__gt__, "ge": float.__ge__, "lt": float.__lt__, "le": float.__le__}
    kept = [each for each in main if tests[threshold.operator](each.value, threshold.value)]
    derived = Derived(ranking=tuple(derive.rank(kept, order)), candidates=len(main))
    return result("filter", part(main, derived=derived), group="district", order=order, threshold=threshold)


def planned(shape: str, values: dict[str, float], **more: Any) -> Result:
    main = places("resolved", "2026", values)
    plan = [figure("resolved", 1000, "2026", each.place, kind="plan") for each in main]
    found = [derive.progress(actual, target) for actual, target in zip(main, plan, strict=True)]
    if shape == "filter":
        found = [each for each in found if each.remaining > 0]
    derived = Derived(progress=tuple(found), candidates=len(main))
    return result(shape, part(main, plan=plan, derived=derived), group="district", **more)


def moved(now: dict[str, float], before: dict[str, float], **more: Any) -> Result:
    main, base = places("late", "2026-10", now), places("late", "2026-09", before)
    derived = changes(main, base)
    if more.get("order"):
        kept = sorted(derived.changes, key=lambda change: change.absolute, reverse=more["order"] == "desc")
        derived = derived.model_copy(update={"changes": tuple(kept[: more.get("limit")])})
    return result("change", part(main, base, derived=derived), group="district", **more)


def broken_down(levels: dict[str, float], whole: float) -> Result:
    main = [figure("pupils", value, "2024/2025", level=level) for level, value in levels.items()]
    total = figure("pupils", whole, "2024/2025")
    derived = Derived(shares=tuple(derive.share(each, total) for each in main), total=whole)
    return result("breakdown", part(main, whole=[total], derived=derived), group="dimension:level")


MONTHS = {
    f"2026-{month:02}": value for month, value in enumerate([100.0, 90, 110, 120, 130, 125, 140, 160, 150, 155], 1)
}


def by_month(order: Any) -> Result:
    main = series("late", MONTHS, "750")
    derived = Derived(ranking=tuple(derive.rank(main, order, 1)), candidates=10)
    return result("extreme", part(main, derived=derived), group="period:month", order=order, limit=1, in_place="750")


CASES = [
    (
        ranked("rank", "pupils", "2024/2025", DISTRICTS, limit=3),
        "Năm học 2024-2025, 3 đơn vị cấp huyện có nhiều học sinh phổ thông nhất là thành phố Vũng Tàu "
        "(45.210 học sinh), thành phố Phú Mỹ (31.200 học sinh) và huyện Châu Đức (25.300 học sinh).",
    ),
    (
        ranked("rank", "received", "2026-10", SMALL, limit=2),
        "Tháng 10 năm 2026, 2 đơn vị cấp huyện tiếp nhận nhiều hồ sơ nhất là thành phố Vũng Tàu (9 hồ sơ) "
        "và huyện Châu Đức (7 hồ sơ).",
    ),
    (
        ranked("rank", "doctors", "2024", DISTRICTS),
        "Năm 2024, trong 7 đơn vị cấp huyện, số bác sĩ cao nhất là thành phố Vũng Tàu (45.210 bác sĩ), tiếp theo là "
        "thành phố Phú Mỹ (31.200 bác sĩ) và huyện Châu Đức (25.300 bác sĩ). Thấp nhất là huyện Côn Đảo (1.234 bác sĩ).",
    ),
    (
        ranked("rank", "on_time_rate", "2026-10", {"747": 88, "750": 92.5, "751": 97, "755": 99}, "asc"),
        "Tháng 10 năm 2026, trong 4 đơn vị cấp huyện, tỷ lệ hồ sơ giải quyết đúng hạn thấp nhất là thành phố Vũng Tàu "
        "(88 %), tiếp theo là huyện Châu Đức (92,5 %) và huyện Xuyên Mộc (97 %). Cao nhất là huyện Côn Đảo (99 %).",
    ),
    (
        ranked("rank", "late", "2026-10", SMALL),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn xếp từ cao xuống thấp: thành phố Vũng Tàu (9 hồ sơ), "
        "huyện Châu Đức (7 hồ sơ), huyện Xuyên Mộc (3 hồ sơ).",
    ),
    (
        ranked("rank", "on_time_rate", "2026-10", {"747": 100, "750": 100, "751": 97, "755": 95}),
        "Tháng 10 năm 2026, trong 4 đơn vị cấp huyện, thành phố Vũng Tàu và huyện Châu Đức cùng có "
        "tỷ lệ hồ sơ giải quyết đúng hạn cao nhất (100 %).",
    ),
    (
        ranked("rank", "late", "2026-10", {"747": 0, "750": 0, "751": 0, "755": 0, "753": 5}, "asc"),
        "Tháng 10 năm 2026, trong 5 đơn vị cấp huyện, 4 nơi cùng có số hồ sơ giải quyết trễ hạn thấp nhất (0 hồ sơ), "
        "trong đó có thành phố Vũng Tàu, huyện Châu Đức và huyện Xuyên Mộc.",
    ),
    (
        planned("progress", {"747": 1000, "750": 1000, "751": 1000, "755": 1000}),
        "Năm 2026, cả 4 nơi đều đã đạt kế hoạch về số hồ sơ đã giải quyết.",
    ),
    (
        ranked("rank", "pupils", "2024/2025", DISTRICTS, in_place="750"),
        "Năm học 2024-2025, huyện Châu Đức có 25.300 học sinh phổ thông, đứng thứ 3 trong 7 đơn vị cấp huyện về "
        "số học sinh phổ thông, tính từ cao xuống thấp. Đứng đầu là thành phố Vũng Tàu (45.210 học sinh).",
    ),
    (
        ranked("extreme", "pupils", "2024/2025", DISTRICTS, limit=1),
        "Năm học 2024-2025, thành phố Vũng Tàu có nhiều học sinh phổ thông nhất trong 7 đơn vị cấp huyện, "
        "với 45.210 học sinh. Tiếp theo là thành phố Phú Mỹ (31.200 học sinh) và huyện Châu Đức (25.300 học sinh).",
    ),
    (
        ranked("extreme", "pupils", "2024/2025", {"747": 10, "750": 3}, "asc", 1),
        "Năm học 2024-2025, huyện Châu Đức có ít học sinh phổ thông nhất trong 2 đơn vị cấp huyện, với 3 học sinh. "
        "Tiếp theo là thành phố Vũng Tàu (10 học sinh).",
    ),
    (
        ranked("extreme", "late", "2026-10", {"747": 9, "750": 9, "751": 3}, limit=1),
        "Tháng 10 năm 2026, thành phố Vũng Tàu và huyện Châu Đức cùng có nhiều hồ sơ giải quyết trễ hạn nhất "
        "trong 3 đơn vị cấp huyện, mỗi nơi 9 hồ sơ.",
    ),
    (
        ranked("extreme", "late", "2026-10", {"747": 0, "750": 0}, limit=1),
        "Tháng 10 năm 2026, cả 2 đơn vị cấp huyện có số hồ sơ giải quyết trễ hạn bằng nhau, đều là 0 hồ sơ.",
    ),
    (
        ranked("extreme", "on_time_rate", "2026-10", {"747": 90.1, "750": 92.5, "751": 97}, "asc", 1),
        "Tháng 10 năm 2026, thành phố Vũng Tàu có tỷ lệ hồ sơ giải quyết đúng hạn thấp nhất trong 3 đơn vị cấp huyện, "
        "với 90,1 %. Tiếp theo là huyện Châu Đức (92,5 %) và huyện Xuyên Mộc (97 %).",
    ),
    (
        by_month("desc"),
        "Từ tháng 1 đến tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức cao nhất là "
        "tháng 8 năm 2026 với 160 hồ sơ. Tiếp theo là tháng 10 năm 2026 (155 hồ sơ) và tháng 9 năm 2026 (150 hồ sơ).",
    ),
    (
        by_month("asc"),
        "Từ tháng 1 đến tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức thấp nhất là "
        "tháng 2 năm 2026 với 90 hồ sơ. Tiếp theo là tháng 1 năm 2026 (100 hồ sơ) và tháng 3 năm 2026 (110 hồ sơ).",
    ),
    (
        filtered("on_time_rate", {"747": 88, "750": 92.5, "751": 97}, Threshold(operator="lt", value=95), "asc"),
        "Tháng 10 năm 2026, 2 trong 3 đơn vị cấp huyện có tỷ lệ hồ sơ giải quyết đúng hạn dưới 95 %: "
        "thành phố Vũng Tàu (88 %) và huyện Châu Đức (92,5 %).",
    ),
    (
        filtered("late", SMALL, Threshold(operator="ge", value=7)),
        "Tháng 10 năm 2026, 2 trong 3 đơn vị cấp huyện có từ 7 hồ sơ giải quyết trễ hạn trở lên: "
        "thành phố Vũng Tàu (9 hồ sơ) và huyện Châu Đức (7 hồ sơ).",
    ),
    (
        filtered("late", SMALL, Threshold(operator="gt", value=100)),
        "Tháng 10 năm 2026, không có đơn vị cấp huyện nào có trên 100 hồ sơ giải quyết trễ hạn.",
    ),
    (
        filtered("late", SMALL, Threshold(operator="gt", value=1)),
        "Tháng 10 năm 2026, cả 3 đơn vị cấp huyện đều có trên 1 hồ sơ giải quyết trễ hạn: thành phố Vũng Tàu (9 hồ sơ), "
        "huyện Châu Đức (7 hồ sơ) và huyện Xuyên Mộc (3 hồ sơ).",
    ),
    (
        planned("filter", {"747": 880, "750": 925, "751": 1100}, comparison=Comparison(kind="plan", direction="down")),
        "Năm 2026, 2 trong 3 đơn vị cấp huyện chưa đạt kế hoạch về số hồ sơ đã giải quyết: "
        "thành phố Vũng Tàu (88 %) và huyện Châu Đức (92,5 %).",
    ),
    (
        planned("progress", {"747": 880, "750": 925, "751": 1100}),
        "Năm 2026, mức thực hiện kế hoạch về số hồ sơ đã giải quyết: huyện Xuyên Mộc (110 %), "
        "huyện Châu Đức (92,5 %) và thành phố Vũng Tàu (88 %).",
    ),
    (
        planned("progress", {"747": 880, "750": 925, "751": 1100, "755": 1000}),
        "Năm 2026, 2 trong 4 nơi đã đạt kế hoạch về số hồ sơ đã giải quyết. "
        "Cao nhất là huyện Xuyên Mộc (110 %), thấp nhất là thành phố Vũng Tàu (88 %).",
    ),
    (
        broken_down({"primary": 90000, "lower": 60000, "upper": 30000}, 180000),
        "Năm học 2024-2025, tỉnh Bà Rịa - Vũng Tàu có 180.000 học sinh phổ thông; trong đó tiểu học là 90.000 học sinh "
        "(50 %); trung học cơ sở là 60.000 học sinh (33,3 %); trung học phổ thông là 30.000 học sinh (16,7 %).",
    ),
    (
        result(
            "breakdown",
            part(
                places("doctors", "2024", {"747": 300, "748": 150, "750": 120, "751": 98, "753": 32}),
                whole=[figure("doctors", 700, "2024")],
                missing=[missing("doctors", "755", "2024")],
            ),
            group="district",
        ),
        "Năm 2024, tỉnh Bà Rịa - Vũng Tàu có 700 bác sĩ. Cao nhất là thành phố Vũng Tàu với 300 bác sĩ (42,9 %); "
        "thấp nhất là huyện Long Đất với 32 bác sĩ (4,6 %). Chưa có số liệu của huyện Côn Đảo.",
    ),
    (
        moved({"747": 45, "750": 25}, {"747": 40, "750": 30}),
        "Tháng 10 năm 2026 so với tháng 9 năm 2026, số hồ sơ giải quyết trễ hạn: thành phố Vũng Tàu tăng 5 hồ sơ "
        "(12,5 %) và huyện Châu Đức giảm 5 hồ sơ (16,7 %).",
    ),
    (
        moved({"747": 45, "754": 31, "750": 25, "753": 24}, {"747": 40, "754": 35, "750": 25, "753": 20}),
        "Tháng 10 năm 2026 so với tháng 9 năm 2026, số hồ sơ giải quyết trễ hạn: 2 nơi tăng, 1 nơi giảm và 1 nơi không "
        "đổi. Thay đổi nhiều nhất là thành phố Vũng Tàu tăng 5 hồ sơ (12,5 %).",
    ),
    (
        moved({"747": 45, "754": 31, "753": 24}, {"747": 40, "754": 35, "753": 20}, order="desc", limit=2),
        "Tháng 10 năm 2026 so với tháng 9 năm 2026, trong 3 đơn vị cấp huyện, số hồ sơ giải quyết trễ hạn tăng nhiều "
        "nhất là thành phố Vũng Tàu (5 hồ sơ, 12,5 %) và huyện Long Đất (4 hồ sơ, 20 %).",
    ),
    (
        moved({"747": 30, "754": 31}, {"747": 40, "754": 35}, order="desc", limit=1),
        "Tháng 10 năm 2026 so với tháng 9 năm 2026, không có đơn vị cấp huyện nào có số hồ sơ giải quyết trễ hạn tăng.",
    ),
]


@pytest.mark.parametrize(("outcome", "text"), CASES)
def test_text(outcome: Result, text: str) -> None:
    assert told(outcome).text == text


def test_many_figures_stand_in_a_table() -> None:
    table = told(ranked("rank", "pupils", "2024/2025", DISTRICTS, limit=3)).table
    assert table is not None
    assert table.columns == ("Hạng", "Địa bàn", "Số học sinh phổ thông")
    assert table.rows[0] == (1.0, "Thành phố Vũng Tàu", 45210.0)
    assert len(table.rows) == 7


def test_a_breakdown_adds_up_in_its_table() -> None:
    table = told(broken_down({"primary": 90000, "lower": 60000, "upper": 30000}, 180000)).table
    assert table is not None
    assert table.rows[-1] == ("Tổng số", 180000.0, 100.0)
    assert table.columns == ("Nhóm", "Số học sinh phổ thông", "Tỷ trọng (%)")


def test_a_filter_shows_only_what_passes() -> None:
    draft = told(filtered("late", SMALL, Threshold(operator="ge", value=7)))
    assert draft.table is not None
    assert [row[0] for row in draft.table.rows] == ["Thành phố Vũng Tàu", "Huyện Châu Đức"]
