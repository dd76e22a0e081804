"""Judges one answer: right, wrong, asked back or refused. By figures and status, never by the intent alone."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Literal

from assistant.catalogue.catalogue import Catalogue
from assistant.evaluation.questions import Cell, Expected, Ranking
from assistant.evaluation.recompute import Recomputer, stretch
from assistant.language.text import fold, normalise
from assistant.types import Answer, Figure, Status

Verdict = Literal["right", "wrong", "asked_back", "refused"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "asked_back", "refused")

TALK = (Status.SMALL_TALK, Status.NOT_UNDERSTOOD)

PROGRESS, AVERAGE, TREND = "progress", "average", "trend"
"""Shapes of answers whose sentence tells what is made of their figures: a rate of the plan, a mean of the months."""


class Judge:
    """Compares answers with what is expected, against figures recomputed from the files."""

    def __init__(self, recomputer: Recomputer, catalogue: Catalogue) -> None:
        self.recomputer = recomputer
        self.catalogue = catalogue

    def verdict(self, answer: Answer, expected: Expected) -> tuple[Verdict, str]:
        """The verdict and, where it is not ``right``, why."""
        if answer.status is not expected.status and not (answer.status in TALK and expected.status in TALK):
            return self._off(answer), f"status {answer.status}, expected {expected.status}"
        reason = self._fault(answer, expected)
        return ("right", "") if not reason else ("wrong", reason)

    def _off(self, answer: Answer) -> Verdict:
        if answer.status is Status.ANSWERED:
            return "wrong"
        return "asked_back" if answer.status is Status.CLARIFY else "refused"

    def _fault(self, answer: Answer, expected: Expected) -> str:
        showing: list[Figure] = []
        for cell in expected.cells:
            figures = self._showing(answer, cell)
            if not figures:
                return f"no figure for {cell.indicator} {cell.place} {cell.period} {cell.dims or ''}".rstrip()
            for figure in figures:
                if not self.same(figure):
                    return f"figure {_name(figure)} is {figure.value}, recomputed otherwise"
            showing += figures
        if showing and not self._leads(answer, expected.cells, showing):
            return f"the first figure is {_name(answer.figures[0])}"
        if expected.ranking is not None and (fault := self._misranked(answer, expected.ranking)):
            return fault
        shown = fold(normalise(_everything(answer)))
        for words in expected.mentions:
            if fold(normalise(words)) not in shown:
                return f"does not mention “{words}”"
        if expected.domain is not None and self.catalogue.domains[expected.domain].name not in answer.text:
            return f"does not name the domain {expected.domain}"
        return ""

    def same(self, figure: Figure) -> bool:
        """Whether a figure equals its recomputation."""
        value = self.recomputer.value(figure.indicator, figure.place, _code(figure), figure.dimensions, figure.kind)
        return value is not None and math.isclose(value, figure.value, rel_tol=1e-9, abs_tol=1e-9)

    def _is(self, figure: Figure, cell: Cell) -> bool:
        if (figure.place, figure.kind) != (cell.place, cell.kind):
            return False
        if self._counted(figure.indicator, figure.dimensions) != self._counted(cell.indicator, cell.dims):
            return False
        if cell.period == "latest":
            first, last = self._latest(cell)
        else:
            first, last = stretch(cell.period)
        start, end = figure.period.start, figure.period.end
        if figure.period.cumulative and end == last and first.year == last.year:
            return True  # a running total is the same whether its month or its stretch is named
        if start != first or end == last:
            return (start, end) == (first, last)
        stored = self._latest(cell)[1]
        return min(end, stored) == min(
            last, stored
        )  # both hold the same months: a year that is not over, and its months

    def _counted(self, indicator: str, members: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The indicator and the members, where a member of one is counted by another under that: dossiers received online."""
        elsewhere = self.catalogue.indicators[indicator].elsewhere if indicator in self.catalogue.indicators else {}
        for name, member in members.items():
            if (other := elsewhere.get(f"{name}:{member}")) is not None:
                return other, {key: code for key, code in members.items() if key != name}
        return indicator, members

    def _showing(self, answer: Answer, cell: Cell) -> list[Figure]:
        """The figures of an answer that show a cell: the one that is it; in an average the ones it is the sum of; in
        progress those a rate is made of. None where it is not shown."""
        found = [figure for figure in answer.figures if self._is(figure, cell)][:1]
        if found or answer.reading is None:
            return found
        if answer.reading.intent == AVERAGE:
            return self._filling(answer, cell)
        if answer.reading.intent == PROGRESS:
            return self._making(answer, cell)
        return []

    def _filling(self, answer: Answer, cell: Cell) -> list[Figure]:
        """Figures that fill the cell's period one after the other without a gap."""
        first, last = self._latest(cell) if cell.period == "latest" else stretch(cell.period)
        found: list[Figure] = []
        for figure in answer.figures:
            alike = self._is(figure, cell.model_copy(update={"period": _code(figure)}))
            if alike and figure.period.start == first and figure.period.end <= last:
                found.append(figure)
                first = figure.period.end + timedelta(days=1)
        return found if first > last else []

    def _making(self, answer: Answer, cell: Cell) -> list[Figure]:
        """A figure and its plan, of which the first is the cell's rate of the second."""
        ratio = self.catalogue.indicator(cell.indicator).ratio
        value = self.recomputer.value(cell.indicator, cell.place, cell.period, cell.dims)
        if ratio is None or value is None:
            return []
        over = cell.model_copy(update={"indicator": ratio.numerator})
        for figure in answer.figures:
            if self._is(figure, over):
                for plan in answer.figures:
                    planned = (plan.indicator, plan.place, plan.kind) == (figure.indicator, figure.place, "plan")
                    if planned and math.isclose(ratio.scale * figure.value / plan.value, value, rel_tol=1e-3):
                        return [figure, plan]
        return []

    def _leads(self, answer: Answer, cells: tuple[Cell, ...], showing: list[Figure]) -> bool:
        """Whether the first figure shows a cell; where progress is told, a part of the rate may stand before the rate, and
        where a course is told, any point of it."""
        figure = answer.figures[0]
        if answer.reading is not None and answer.reading.intent == TREND:
            return any(self._is(figure, cell.model_copy(update={"period": _code(figure)})) for cell in cells)
        groups = answer.reading.grouping if answer.reading is not None else ()
        if figure.dimensions and any(found.code.startswith("dimension:") for found in groups):
            parted = [cell.model_copy(update={"dims": figure.dimensions}) for cell in cells if cell.dims]
            if any(self._is(figure, cell) for cell in parted):
                return True  # any part may stand first
        parts = [
            cell.model_copy(update={"indicator": code})
            for cell in cells
            for code in self.catalogue.parts(cell.indicator)
            if answer.reading is not None and answer.reading.intent == PROGRESS
        ]
        return figure in showing or any(self._is(figure, cell) for cell in (*cells, *parts))

    def _latest(self, cell: Cell) -> tuple[date, date]:
        return self.recomputer.latest(cell.indicator, cell.place, cell.kind)

    def _misranked(self, answer: Answer, ranking: Ranking) -> str:
        places = self.catalogue.children(ranking.inside, ranking.group, answer.asked_at.date())
        first, last = (
            self.recomputer.latest(ranking.indicator, ranking.inside)
            if ranking.period == "latest"
            else stretch(ranking.period)
        )
        code = f"{first:%Y-%m}..{last:%Y-%m}"
        values = {
            place: value
            for place in places
            if (value := self.recomputer.value(ranking.indicator, place, code, ranking.dims)) is not None
        }
        best = sorted(values.values(), reverse=ranking.order == "desc")[: ranking.limit]
        named = [values.get(figure.place) for figure in answer.figures[: len(best)]]
        if named != best and not _close(named, best):
            return f"ranks {[figure.place for figure in answer.figures[: len(best)]]} first"
        return ""


def _close(left: list[float | None], right: list[float]) -> bool:
    return len(left) == len(right) and all(
        a is not None and math.isclose(a, b, rel_tol=1e-9) for a, b in zip(left, right, strict=True)
    )


def _code(figure: Figure) -> str:
    return f"{figure.period.start:%Y-%m}..{figure.period.end:%Y-%m}"


def _name(figure: Figure) -> str:
    return (
        f"{figure.indicator} {figure.place} {figure.period.start}–{figure.period.end} {figure.dimensions or ''}".strip()
    )


def _everything(answer: Answer) -> str:
    cells = [str(cell) for row in (answer.table.rows if answer.table else ()) for cell in row]
    return " ".join([answer.text, answer.how_computed, answer.source, *cells, *(s.label for s in answer.suggestions)])
