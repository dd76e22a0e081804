"""What is said of where a change came from, of turns, of plans and of reports."""

from __future__ import annotations

from typing import Any, cast

import pytest

from assistant.query import derive
from assistant.query.derive import Derived
from assistant.query.plan import PartResult, Result, Role
from assistant.types import Comparison, Figure
from tests.answer.stage import changes, figure, part, places, result, series, told

PREVIOUS = Comparison(kind="previous_period")
HONEST_UP = "Số liệu chỉ cho biết phần tăng nằm ở đâu, không cho biết nguyên nhân."


def why(
    before: dict[str, float], now: dict[str, float], comparison: Comparison = PREVIOUS, code: str = "late"
) -> Result:
    """A change of the province with one part per place."""
    whole = (figure(code, sum(now.values()), "2026-10"), figure(code, sum(before.values()), "2026-09"))
    moved = derive.change(*whole)
    parts = [
        derive.change(a, b) for a, b in zip(places(code, "2026-10", now), places(code, "2026-09", before), strict=True)
    ]
    parts.sort(key=lambda each: each.absolute, reverse=moved.direction != "down")
    derived = Derived(changes=(moved,), contributions=tuple(derive.contributions(parts, moved)))
    return result("why", part(whole[:1], whole[1:], derived=derived), group="district", comparison=comparison)


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (
            why({"747": 100, "748": 50, "750": 30}, {"747": 160, "748": 60, "750": 20}),
            "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu tăng 60 hồ sơ (33,3 %) so với "
            "tháng 9 năm 2026, lên 240 hồ sơ. Phần tăng tập trung ở thành phố Vũng Tàu (tăng 60 hồ sơ, bằng 100 % mức "
            "tăng chung) và thành phố Bà Rịa (tăng 10 hồ sơ, bằng 16,7 % mức tăng chung); ngược lại, huyện Châu Đức "
            "giảm 10 hồ sơ. " + HONEST_UP,
        ),
        (
            why({"747": 100, "748": 50}, {"747": 90, "748": 50}, Comparison(kind="previous_period", direction="up")),
            "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu không tăng mà giảm 10 hồ sơ "
            "(6,7 %) so với tháng 9 năm 2026, còn 140 hồ sơ. Phần giảm nằm ở thành phố Vũng Tàu (giảm 10 hồ sơ, bằng "
            "100 % mức giảm chung). Số liệu chỉ cho biết phần giảm nằm ở đâu, không cho biết nguyên nhân.",
        ),
        (
            why({"747": 100, "748": 50}, {"747": 110, "748": 40}),
            "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu không đổi so với tháng 9 năm "
            "2026, vẫn là 150 hồ sơ. Vì vậy không có mức tăng, giảm để phân tích.",
        ),
    ],
)
def test_why(outcome: Result, text: str) -> None:
    assert told(outcome).text == text


def test_why_has_a_table_with_the_whole_last_and_bars() -> None:
    draft = told(why({"747": 100, "748": 50}, {"747": 160, "748": 60}))
    assert draft.table is not None and draft.chart is not None
    assert draft.table.columns[-1] == "Phần trong mức thay đổi chung (%)"
    assert draft.table.rows[-1] == ("Tổng số", 150.0, 220.0, 70.0, 100.0)
    assert "mức tăng giảm chung" in draft.how_computed
    assert "nguyên nhân" in draft.spoken_text and not any(letter.isdigit() for letter in draft.spoken_text)


def test_why_of_a_ratio_tells_its_two_numbers() -> None:
    main, base = figure("on_time_rate", 95, "2026-10"), figure("on_time_rate", 90, "2026-09")
    over = derive.change(figure("resolved", 190, "2026-10"), figure("resolved", 180, "2026-09"))
    under = derive.change(figure("received", 195, "2026-10"), figure("received", 200, "2026-09"))
    derived = Derived(changes=(derive.change(main, base),), components=(over, under))
    draft = told(result("why", part([main], [base], derived=derived), comparison=PREVIOUS))
    assert (
        "số hồ sơ đã giải quyết tăng 10 hồ sơ (5,6 %), trong khi số hồ sơ tiếp nhận giảm 5 hồ sơ (2,5 %)" in draft.text
    )
    assert draft.table is not None and [row[0] for row in draft.table.rows][1:] == [
        "Số hồ sơ đã giải quyết",
        "Số hồ sơ tiếp nhận",
    ]


def test_a_number_of_a_ratio_that_did_not_move_is_told_so() -> None:
    main, base = figure("on_time_rate", 95, "2026-10"), figure("on_time_rate", 90, "2026-09")
    over = derive.change(figure("resolved", 190, "2026-10"), figure("resolved", 180, "2026-09"))
    under = derive.change(figure("received", 200, "2026-10"), figure("received", 200, "2026-09"))
    derived = Derived(changes=(derive.change(main, base),), components=(over, under))
    draft = told(result("why", part([main], [base], derived=derived), comparison=PREVIOUS))
    assert "số hồ sơ đã giải quyết tăng 10 hồ sơ (5,6 %)" in draft.text
    assert "số hồ sơ tiếp nhận không đổi" in draft.text


def test_why_that_cannot_be_broken_down_says_so() -> None:
    main, base = [figure("late", 12, "2026-10")], [figure("late", 10, "2026-09")]
    draft = told(result("why", part(main, base, derived=changes(main, base)), comparison=PREVIOUS))
    assert draft.text.endswith("Số liệu hiện có không chia nhỏ được mức thay đổi này và không cho biết nguyên nhân.")


MONTHS: dict[str, float] = {"2026-01": 10, "2026-02": 30, "2026-03": 20, "2026-04": 15, "2026-05": 40, "2026-06": 35}


def turning(values: dict[str, float], direction: Any = "") -> Result:
    line = series("late", values)
    comparison = Comparison(kind="previous_period", direction=direction) if direction else None
    made = part(line, derived=Derived(trend=derive.trend(line)))
    return result("turning", made, group="period:month", comparison=comparison)


@pytest.mark.parametrize(
    ("outcome", "start"),
    [
        (
            turning(MONTHS, "down"),
            "gần đây nhất giảm trong tháng 6 năm 2026, sau khi lên mức cao 40 hồ sơ ở tháng 5 năm 2026",
        ),
        (turning(MONTHS, "up"), "; trước đó tăng trong tháng 5 năm 2026"),
        (
            turning(MONTHS),
            "Số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu cao nhất là tháng 5 năm 2026 (40 hồ sơ)",
        ),
        (turning({f"2026-0{m}": float(m) for m in range(1, 6)}, "down"), "chưa có lúc nào giảm"),
    ],
)
def test_turning(outcome: Result, start: str) -> None:
    assert start in told(outcome).text


def progress(code: str, actual: float, target: float, *, under: bool = False) -> PartResult:
    done = figure(code, actual, "2026-01..2026-10")
    plan = figure(code, target, "2026", kind="plan")
    roles = cast(dict[Role, tuple[Figure, ...]], {"main": (done,), "plan": (plan,)})
    return PartResult(
        indicator=code, figures=roles, derived=Derived(progress=(derive.progress(done, plan, under=under),))
    )


def test_plans_name_those_not_reached_the_furthest_first() -> None:
    parts = (progress("revenue", 90, 100), progress("visits", 50, 100), progress("late", 5, 10, under=True))
    draft = told(result("plans", *parts, comparison=Comparison(kind="plan", direction="down")))
    assert draft.text.startswith(
        "2 trong 3 chỉ tiêu kế hoạch chủ yếu của tỉnh Bà Rịa - Vũng Tàu chưa đạt: số lượt khám bệnh (50 %) và thu ngân sách"
    )
    assert draft.table is not None and draft.table.rows[0][0] == "Số lượt khám bệnh"
    assert len(draft.parts) == 3


def test_a_report_tells_the_indicators_of_one_period_together() -> None:
    made = []
    for code, now, before in (("visits", 120, 100), ("dengue", 7, 7)):
        main, base = [figure(code, now, "2026-10")], [figure(code, before, "2026-09")]
        made.append(part(main, base, derived=changes(main, base)))
    draft = told(result("report", *made))
    assert draft.text == (
        "Tháng 10 năm 2026, tỉnh Bà Rịa - Vũng Tàu (so với tháng 9 năm 2026): "
        "số lượt khám bệnh 120 lượt (tăng 20 lượt, 20 %); số ca mắc sốt xuất huyết 7 ca (không đổi)."
    )
    assert draft.table is not None and draft.table.columns[-1] == "Tăng, giảm (%)"
