"""Charts as Vega-Lite specifications with their data inside, drawn at a phone's width, and their rendering.

The specifications are written as they are: building them with Altair, which checks every piece against its schema, took
some 100 ms a chart, more than the rest of a turn. Here the tests check them instead.

What is plotted is decided in ``compose.py``; here only how it looks. Everything is drawn from the specification
alone: no network, no script of others on the page.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import vl_convert

from assistant.answer.figures import number
from assistant.answer.words import words

WIDTH = 328
"""Pixels of the whole picture: a phone of 360 px less the page's margins."""

LINE_LENGTH = 36
"""Characters that fit one line of the title at ``WIDTH``."""

NAME_LENGTH = 19
"""Characters that fit one line of a bar's name."""

INK, MUTED, GRID = "#1a2733", "#4a5a68", "#dde3e8"
BLUE, QUIET, PALE = "#0b5cad", "#6d8aa6", "#c9d6e2"
"""Every text colour stands at 7:1 or better on white, every mark at 3:1 (WCAG 2.2, 1.4.6 and 1.4.11); PALE only fills."""

FONT = "Be Vietnam Pro, Roboto, Arial, sans-serif"
"""The first comes with a package and has every Vietnamese letter; without it pictures fall back on the system's fonts."""

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

TEXT: Spec = {"field": "text", "type": "nominal"}
BOLD: Spec = {"type": "text", "fontSize": 12, "fontWeight": "bold"}

TITLE: Spec = {
    "anchor": "start",
    "frame": "bounds",
    "fontSize": 15,
    "fontWeight": "bold",
    "color": INK,
    "subtitleColor": MUTED,
    "subtitleFontSize": 12,
    "subtitlePadding": 4,
    "lineHeight": 19,
    "subtitleLineHeight": 16,
    "offset": 12,
}

CONFIG: Spec = {
    "font": FONT,
    "autosize": {"type": "pad"},
    "view": {"strokeWidth": 0},
    "axis": {"labelColor": INK, "labelFontSize": 12, "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED},
    "locale": {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}},
}


@dataclass(frozen=True)
class Point:
    """One mark of a chart."""

    label: str
    """Name of the bar, or the period as the axis shows it ("10/2026")."""
    value: float
    strong: bool = False
    """The one the sentence speaks of."""
    preliminary: bool = False


@dataclass(frozen=True)
class Heading:
    """What stands above a chart."""

    title: str
    """Indicator, as it is written."""
    place: str
    """Place and period, empty where the points say it."""
    unit: str
    illustrative: bool = False


def line(points: Sequence[Point], heading: Heading, decimals: int) -> Spec:
    """A trend over periods in order; ``decimals`` of the labels at both ends, the highest and the lowest point."""
    values = [point.value for point in points]
    low, high, last = min(values), max(values), len(points) - 1
    shown = {0, last, values.index(high), values.index(low)}
    rows = []
    for order, point in enumerate(points):
        falling = order > 0 and values[order - 1] > point.value
        rising_next = order < last and values[order + 1] > point.value
        rows.append(
            _row(point, decimals)
            | {
                "text": _text(point, decimals) if order in shown else "",
                "under": falling or (order == 0 and rising_next),
                "side": "left" if order == 0 else "right" if order == last else "center",
            }
        )
    zero = low >= 0 and (high == 0 or low / high < 0.5)
    margin = (high - low) * 0.25 or abs(high) * 0.1 or 1.0
    x = _field("label", "nominal") | {
        "sort": None,
        "title": None,
        "scale": {"padding": 0.4},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8, "grid": False, "tickSize": 4},
    }
    y = _field("value", "quantitative") | {
        "title": None,
        "scale": {"domain": [0 if zero else low - margin, high + margin], "nice": True, "zero": zero},
        "axis": {
            "tickCount": 4,
            "format": f",.{_axis_decimals(values)}f",
            "domain": False,
            "ticks": False,
            "labelColor": MUTED,
        },
    }
    layers = [
        _layer({"type": "line", "color": BLUE, "strokeWidth": 2.5}),
        _layer({"type": "point", "filled": True, "size": 22 if len(points) > 16 else 46, "color": BLUE, "opacity": 1}),
    ]
    for side in sorted({str(row["side"]) for row in rows}):
        for under in (False, True):
            where = f"datum.side == '{side}' && {'' if under else '!'}datum.under"
            mark = BOLD | {
                "align": side,
                "dx": {"left": -4, "right": 5}.get(side, 0),
                "dy": 14 if under else -12,
            }
            halo = mark | {"stroke": "white", "strokeWidth": 4, "color": "white"}
            layers += [_layer(halo, where, text=TEXT), _layer(mark | {"color": INK}, where, text=TEXT)]
    return _finish(rows, layers, heading, {"x": x, "y": y}, width=WIDTH - 62, height=190)


def bars(points: Sequence[Point], heading: Heading, decimals: int, *, mark: float | None = None) -> Spec:
    """Horizontal bars in the order given, each with its name and value; ``mark`` draws a limit or 100 % of a plan."""
    names = [textwrap.wrap(point.label, NAME_LENGTH) or [""] for point in points]
    rows = [
        _row(point, decimals) | {"label": "\n".join(name), "lines": len(name)}
        for point, name in zip(points, names, strict=True)
    ]
    step = 16 + 14 * max(len(name) for name in names)
    width = WIDTH - min(150, 8 * max(len(part) for name in names for part in name)) - 14
    values = [point.value for point in points] + ([mark] if mark is not None else [])
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.3
    domain = [low - (room if low < 0 else 0), high + (room if high > 0 or low == 0 else 0)]
    y = _field("label", "nominal") | {
        "sort": None,
        "axis": None,
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
    }
    x = _field("value", "quantitative") | {
        "title": None,
        "axis": None,
        "scale": {"domain": domain, "nice": False, "zero": False},
    }
    layers = [_layer({"type": "bar", "cornerRadiusEnd": 2}, color=_colour(points, several=True))]
    for lines in sorted({len(name) for name in names}):
        plain = {"type": "text", "align": "right", "baseline": "middle", "lineBreak": "\n", "lineHeight": 14}
        label = _layer(
            plain | {"dy": -7 * (lines - 1)},
            f"datum.lines == {lines}",
            text=_field("label", "nominal"),
            x={"value": -7},
            color={"value": INK},
            size={"value": 12},
        )
        layers.append(label)
    text = BOLD | {"color": INK, "baseline": "middle"}
    if mark is None:
        layers += [
            _layer(text | {"align": "left", "dx": 5}, "datum.value >= 0", text=TEXT),
            _layer(text | {"align": "right", "dx": -5}, "datum.value < 0", text=TEXT),
        ]
    else:
        layers.append(_layer(text | {"align": "right"}, text=TEXT, x={"value": width}))
    if low < 0:
        layers.append(_rule(0.0, MUTED, []))
    if mark is not None:
        layers.append(_rule(mark, INK, [4, 3]))
    # the rules have no place of their own, so the encoding is each layer's, not the picture's
    for layer in layers:
        if "data" not in layer:
            layer["encoding"] = {"x": x, "y": y} | layer["encoding"]
    return _finish(rows, layers, heading, {}, width=width, height={"step": step})


def columns(points: Sequence[Point], heading: Heading, decimals: int) -> Spec:
    """Upright bars for a few periods side by side, in the order given."""
    rows = [_row(point, decimals) for point in points]
    values = [point.value for point in points]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.15
    x = _field("label", "nominal") | {
        "sort": None,
        "title": None,
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.3},
        "axis": {"labelAngle": 0, "ticks": False, "labelOverlap": False, "grid": False},
    }
    domain = [low - (room if low < 0 else 0), high + (room if high > 0 or low == 0 else 0)]
    y = _field("value", "quantitative") | {"title": None, "axis": None, "scale": {"domain": domain, "nice": False}}
    text = BOLD | {"fontSize": 12 if len(points) <= 7 else 10, "color": INK}
    layers = [
        _layer({"type": "bar", "cornerRadiusEnd": 2}, color=_colour(points)),
        _layer(text | {"dy": -8}, "datum.value >= 0", text=TEXT),
        _layer(text | {"dy": 9}, "datum.value < 0", text=TEXT),
    ]
    return _finish(rows, layers, heading, {"x": x, "y": y}, width=WIDTH - 12, height=180)


def gauge(part: float, whole: float, labels: tuple[str, str], heading: Heading) -> Spec:
    """One bar of ``part`` out of ``whole`` (a plan, or the whole of a share), with a label for each."""
    end = max(part, whole) or 1.0
    rows = [{"value": whole, "label": labels[1]}, {"value": part, "label": labels[0]}]
    x = _field("value", "quantitative") | {
        "title": None,
        "axis": None,
        "scale": {"domain": [0, end * 1.02], "nice": False},
    }
    label = _field("label", "nominal")
    bar = {"type": "bar", "height": 34, "cornerRadiusEnd": 3}
    text = {"type": "text", "fontSize": 12, "color": INK}
    below = text | {"align": "right", "baseline": "top", "dy": 23}
    above = text | {
        "align": "left",
        "baseline": "bottom",
        "dy": -23,
        "fontSize": 13,
        "fontWeight": "bold",
        "color": BLUE,
    }
    layers = [
        _layer(bar | {"color": PALE}, x=x) | {"data": {"values": rows[:1]}},
        _layer(bar | {"color": BLUE}, x=x) | {"data": {"values": rows[1:]}},
        _layer(above, text=label, x={"value": 0}) | {"data": {"values": rows[1:]}},
        _layer(below, text=label, x={"value": WIDTH - 12}) | {"data": {"values": rows[:1]}},
        _layer({"type": "tick", "color": INK, "thickness": 2, "size": 42}, x=x) | {"data": {"values": rows[:1]}},
    ]
    return _finish(rows, layers, heading, {}, width=WIDTH - 12, height=84)


def render_svg(spec: Spec) -> bytes:
    """The chart as SVG, UTF-8; raises ValueError where the specification cannot be drawn."""
    _register_font()
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode()


def render_png(spec: Spec, scale: float = 2.0) -> bytes:
    """The chart as PNG, by default at twice its size so that it is sharp on a phone."""
    _register_font()
    return vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])


def _field(name: str, kind: str) -> Spec:
    """A channel that shows a column of the data."""
    return {"field": name, "type": kind}


def _layer(mark: Spec, where: str = "", **encoding: Spec) -> Spec:
    """One layer; ``where`` keeps only some rows."""
    layer: Spec = {"mark": mark, "encoding": encoding}
    return layer | {"transform": [{"filter": where}]} if where else layer


def _colour(points: Sequence[Point], *, several: bool = False) -> Spec:
    """The strong one stands out, where there is one (and, with ``several``, another beside it)."""
    if any(point.strong for point in points) and not (several and len(points) == 1):
        return {"condition": {"test": "datum.strong", "value": BLUE}, "value": QUIET}
    return {"value": BLUE}


@cache
def _register_font() -> None:
    """Makes the packaged font known to the renderer, once per process."""
    found = find_spec("fontpkg_be_vietnam_pro")
    for folder in (found.submodule_search_locations or []) if found else []:
        vl_convert.register_font_directory(str(Path(folder) / "files"))


def _row(point: Point, decimals: int) -> dict[str, Any]:
    return {
        "label": point.label,
        "value": point.value,
        "text": _text(point, decimals),
        "strong": point.strong,
    }


def _text(point: Point, decimals: int) -> str:
    return number(point.value, decimals) + ("*" if point.preliminary else "")


def _rule(at: float, colour: str, dash: list[int]) -> Spec:
    mark = {"type": "rule", "color": colour, "strokeWidth": 1.5, "strokeDash": dash or [1, 0]}
    return _layer(mark, x=_field("at", "quantitative")) | {"data": {"values": [{"at": at}]}}


def _axis_decimals(values: Sequence[float]) -> int:
    """Decimals four ticks of an axis need to differ."""
    stretch = max(values) - min(values) or abs(max(values)) or 1.0
    return max(0, min(3, -math.floor(math.log10(stretch / 4))))


def _finish(
    rows: list[Spec], layers: list[Spec], heading: Heading, encoding: Spec, *, width: int, height: int | Spec
) -> Spec:
    """The picture: its layers under title and subtitle, with fonts and the Vietnamese way to write numbers."""
    w = words()
    where = [heading.place] if len(heading.place) <= LINE_LENGTH + 9 else heading.place.split(", ", 1)
    unit = [w("chart.unit", unit=heading.unit)] if heading.unit else []
    mark = [w("chart.illustrative")] if heading.illustrative else []
    under = [*filter(None, where), *filter(None, [" · ".join([*unit, *mark])])]
    return {
        "$schema": SCHEMA,
        "description": ". ".join([heading.title, *under]),
        "title": TITLE | {"text": textwrap.wrap(heading.title, LINE_LENGTH), "subtitle": under},
        "width": width,
        "height": height,
        "background": "white",
        "padding": 6,
        "data": {"values": rows},
        "encoding": encoding,
        "layer": layers,
        "config": CONFIG,
    }
