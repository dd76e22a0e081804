"""Expectations, readings and figures in one line each, for whoever looks a question over."""

from __future__ import annotations

from assistant.evaluation.questions import Cell, Expected
from assistant.types import Figure, Period, Reading, Status


def expected(what: Expected) -> str:
    """What a right answer holds."""
    said = [] if what.status is Status.ANSWERED else [what.status.value]
    said += [_cell(cell) for cell in what.cells]
    if what.ranking is not None:
        order = what.ranking
        said.append(f"{order.limit} {order.group} by {order.indicator} {order.inside} {order.period} {order.order}")
    said += [f"“{word}”" for word in what.mentions]
    said += [f"names {what.domain}"] if what.domain else []
    return "; ".join(said)


def reading(what: Reading) -> str:
    """What was understood."""
    said = [what.intent, *(found.code for found in (*what.indicators, *what.places, *what.dimensions))]
    said += [period(found.period) if found.period else found.code for found in what.periods]
    said += [f"by {found.code}" for found in what.grouping]
    said += [what.order or "", f"limit {what.limit}" if what.limit is not None else ""]
    if what.threshold is not None:
        said.append(f"{what.threshold.operator} {what.threshold.value:g}")
    if what.comparison is not None:
        said.append(f"against {what.comparison.kind}")
    if what.per is not None:
        said.append(f"per {what.scale} {what.per.code}")
    said += [f"unknown “{found.text}”" for found in what.unknown]
    return f"{' · '.join(filter(None, said))} ({what.score:.2f})"


def figure(what: Figure) -> str:
    """A figure with all that it is a figure of."""
    dims = " ".join(f"{name}={member}" for name, member in what.dimensions.items())
    kind = "" if what.kind == "actual" else what.kind
    return " ".join(
        filter(None, [what.indicator, what.place, period(what.period), dims, kind, f"= {what.value:.10g} {what.unit}"])
    )


def period(what: Period) -> str:
    """First and last day, as short as they can be told."""
    if (what.start.month, what.start.day, what.end.month, what.end.day) == (1, 1, 12, 31):
        return f"{what.start:%Y}" if what.start.year == what.end.year else f"{what.start:%Y}..{what.end:%Y}"
    if what.start == what.end:
        return f"{what.start}"
    return f"{what.start:%Y-%m}" if what.grain == "month" else f"{what.start:%Y-%m}..{what.end:%Y-%m}"


def _cell(what: Cell) -> str:
    dims = " ".join(f"{name}={member}" for name, member in what.dims.items())
    kind = "" if what.kind == "actual" else what.kind
    return " ".join(filter(None, [what.indicator, what.place, what.period, dims, kind]))
