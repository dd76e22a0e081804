"""Charts: chosen by what they tell, drawn for real, narrow enough for a phone."""

from __future__ import annotations

import json
import struct
from typing import Any

import altair as alt
import pytest

from assistant.answer.chart import Heading, Point, columns, line, render_png, render_svg
from assistant.query import derive
from assistant.query.derive import Derived
from assistant.query.plan import Result
from tests.answer.stage import figure, part, places, result, series, told
from tests.answer.test_many import DISTRICTS, broken_down, by_month, moved, planned, ranked
from tests.answer.test_single import MONTHS, progress, share, trend, value

PHONE = 360
"""Pixels a phone is wide."""

DRAWN: dict[str, Result] = {
    "rank": ranked("rank", "pupils", "2024/2025", DISTRICTS),
    "extreme of months": by_month("desc"),
    "trend": trend(MONTHS),
    "long trend": trend({str(year): 780 + 12.5 * (year - 1995) for year in range(1995, 2017)}, "people", "77"),
    "progress": progress(85210.5, 90000),
    "progress exceeded": progress(95000, 90000),
    "progress of many": planned("progress", {"747": 880, "750": 925, "751": 1100}),
    "share": share(figure("pupils", 12000, "2024/2025", "750"), figure("pupils", 48000, "2024/2025")),
    "breakdown": broken_down({"primary": 90000, "lower": 60000, "upper": 30000}, 180000),
    "change of many": moved({"747": 45, "750": 25}, {"747": 40, "750": 30}),
    "value with base": value(figure("doctors", 530, "2015"), figure("doctors", 518, "2014")),
    "compare": result("compare", part(places("pupils", "2024/2025", {"750": 25300, "751": 22100}))),
    "all zero": ranked("rank", "late", "2026-10", {"747": 0, "750": 0, "755": 0}),
}


@pytest.mark.parametrize("name", DRAWN)
def test_is_drawn(name: str) -> None:
    spec = told(DRAWN[name]).chart
    assert spec is not None
    svg, png = render_svg(spec).decode(), render_png(spec)
    assert svg.startswith("<svg")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width <= 2 * PHONE
    assert height > 100


@pytest.mark.parametrize("name", DRAWN)
def test_holds_its_data_and_nothing_from_outside(name: str) -> None:
    spec = told(DRAWN[name]).chart
    assert spec is not None
    text = json.dumps(spec)
    assert '"url"' not in text
    alt.Chart.from_dict(spec, validate=True)
    assert spec["config"]["locale"]["number"]["decimal"] == ","


def head(spec: dict[str, Any] | None) -> str:
    assert spec is not None
    title = spec["title"]
    return " | ".join([*title["text"], *title["subtitle"]])


def test_title_says_indicator_place_and_unit() -> None:
    assert head(told(DRAWN["trend"]).chart) == (
        "Số hồ sơ giải quyết trễ hạn | Huyện Châu Đức, tháng 1 – tháng 4 năm 2026 | Đơn vị: hồ sơ"
    )


def test_title_says_that_figures_are_illustrative() -> None:
    main = [figure("late", 3, "2026-10", place, illustrative=True) for place in ("747", "750")]
    outcome = result(
        "rank", part(main, derived=Derived(ranking=tuple(derive.rank(main)))), group="district", order="desc"
    )
    assert head(told(outcome).chart).endswith("Đơn vị: hồ sơ · Số liệu minh họa")


def test_numbers_are_written_the_vietnamese_way() -> None:
    spec = told(DRAWN["rank"]).chart
    assert spec is not None
    assert ">45.210<" in render_svg(spec).decode()


def test_one_plain_figure_needs_no_picture() -> None:
    assert told(value(figure("doctors", 530, "2015"))).chart is None


def test_a_chart_of_several_places_over_time_shows_the_last_period() -> None:
    main = (*series("late", {"2026-09": 1, "2026-10": 2}, "747"), *series("late", {"2026-09": 3, "2026-10": 4}, "750"))
    spec = told(result("trend", part(main), group="period:month")).chart
    assert spec is not None
    assert "45" not in head(spec)
    assert render_svg(spec)


@pytest.mark.parametrize("values", [[5.0, 5.0], [0.0, 0.0], [-3.0, 4.0], [1e12, 2e12], [0.01, 0.02]])
def test_awkward_values_are_drawn(values: list[float]) -> None:
    points = [Point(str(place), each) for place, each in enumerate(values)]
    heading = Heading("Chỉ tiêu", "Tỉnh", "đơn vị")
    for draw in (line, columns):
        assert render_svg(draw(points, heading, 2))
