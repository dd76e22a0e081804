"""Verdicts on answers built by hand around figures recomputed from the sample province."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from assistant.clock import ZONE
from assistant.evaluation.judge import Judge, Verdict
from assistant.evaluation.questions import Cell, Expected, Ranking
from assistant.evaluation.recompute import Recomputer, stretch
from assistant.house import House
from assistant.types import Answer, Figure, Period, Reading, Status, Suggestion, Table

FigureOf = Callable[..., Figure]


@pytest.fixture(scope="module")
def recomputer(house: House) -> Iterator[Recomputer]:
    made = Recomputer(house.settings.data_dir, house.catalogue)
    yield made
    made.close()


@pytest.fixture(scope="module")
def judge(recomputer: Recomputer, house: House) -> Judge:
    return Judge(recomputer, house.catalogue)


@pytest.fixture(scope="module")
def figure(recomputer: Recomputer, house: House) -> FigureOf:
    """The right figure of visits, or one that is off by ``wrong``."""

    def made(place: str = "77", period: str = "2025", wrong: float = 0.0, **update: Any) -> Figure:
        value = recomputer.value("hea_visits", place, period, {})
        assert value is not None
        first, last = stretch(period)
        found = Figure(
            indicator="hea_visits",
            place=place,
            place_kind=house.catalogue.place_kind(place),
            period=Period(grain="year" if period.isdigit() else "span", start=first, end=last),
            value=value + wrong,
            unit="lượt",
            as_of=date(2026, 10, 31),
            source="Sở Y tế",
            snapshot="s",
        )
        return found.model_copy(update=update)

    return made


def answer(*figures: Figure, status: Status = Status.ANSWERED, text: str = "", **fields: Any) -> Answer:
    return Answer(
        id="1",
        conversation="1",
        asked="?",
        asked_at=datetime(2026, 11, 21, 9, tzinfo=ZONE),
        status=status,
        text=text,
        spoken_text="",
        figures=figures,
        **fields,
    )


def cells(*given: tuple[str, str]) -> Expected:
    return Expected(cells=tuple(Cell(indicator="hea_visits", place=place, period=period) for place, period in given))


WHOLE = cells(("77", "2025"))


def test_the_right_figure(judge: Judge, figure: FigureOf) -> None:
    assert judge.verdict(answer(figure()), WHOLE) == ("right", "")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"wrong": 1.0}, "recomputed otherwise"),
        ({"place": "747"}, "no figure for hea_visits 77 2025"),
        ({"period": "2024"}, "no figure for hea_visits 77 2025"),
        ({"indicator": "hea_inpatients"}, "no figure for"),
        ({"kind": "plan"}, "no figure for"),
        ({"dimensions": {"sex": "female"}}, "no figure for"),
    ],
)
def test_a_wrong_figure(judge: Judge, figure: FigureOf, given: dict[str, Any], why: str) -> None:
    verdict, reason = judge.verdict(answer(figure(**given)), WHOLE)
    assert verdict == "wrong"
    assert why in reason


def test_an_answer_without_figures_is_wrong_where_one_is_asked_for(judge: Judge) -> None:
    assert judge.verdict(answer(), WHOLE)[0] == "wrong"


def test_a_figure_asked_for_goes_first(judge: Judge, figure: FigureOf) -> None:
    both = figure(), figure("747")
    assert judge.verdict(answer(*both), WHOLE)[0] == "right"
    verdict, reason = judge.verdict(answer(*reversed(both)), WHOLE)
    assert (verdict, "first figure" in reason) == ("wrong", True)
    asked = cells(("77", "2025"), ("747", "2025"))
    assert judge.verdict(answer(*both), asked)[0] == "right"
    assert judge.verdict(answer(*reversed(both)), asked)[0] == "right"
    assert judge.verdict(answer(both[0]), asked)[0] == "wrong"
    verdict, reason = judge.verdict(answer(figure("750"), *both), asked)
    assert (verdict, "first figure" in reason) == ("wrong", True)


def test_any_point_of_a_course_may_go_first(judge: Judge, figure: FigureOf) -> None:
    course = figure(period="2024"), figure()
    trend, value = Reading(intent="trend"), Reading(intent="value")
    assert judge.verdict(answer(*course, reading=trend), WHOLE)[0] == "right"
    assert "first figure" in judge.verdict(answer(*course, reading=value), WHOLE)[1]
    assert "first figure" in judge.verdict(answer(figure("750"), *course, reading=trend), WHOLE)[1]


@pytest.mark.parametrize(
    ("got", "expected", "verdict"),
    [
        (Status.ANSWERED, Status.NO_DATA, "wrong"),
        (Status.ANSWERED, Status.DENIED, "wrong"),
        (Status.CLARIFY, Status.ANSWERED, "asked_back"),
        (Status.CLARIFY, Status.DENIED, "asked_back"),
        (Status.NO_DATA, Status.ANSWERED, "refused"),
        (Status.DENIED, Status.ANSWERED, "refused"),
        (Status.NOT_UNDERSTOOD, Status.ANSWERED, "refused"),
        (Status.SMALL_TALK, Status.NOT_UNDERSTOOD, "right"),
        (Status.NOT_UNDERSTOOD, Status.SMALL_TALK, "right"),
        (Status.CLARIFY, Status.CLARIFY, "right"),
        (Status.NO_DATA, Status.NO_DATA, "right"),
    ],
)
def test_status(judge: Judge, got: Status, expected: Status, verdict: Verdict) -> None:
    assert judge.verdict(answer(status=got), Expected(status=expected))[0] == verdict


def test_a_running_total_may_be_named_by_its_month(judge: Judge, figure: FigureOf) -> None:
    ten = figure(period="2026-01..2026-10")
    running = ten.model_copy(update={"period": ten.period.model_copy(update={"cumulative": True})})
    assert judge.verdict(answer(running), cells(("77", "2026-10")))[0] == "right"
    assert judge.verdict(answer(ten), cells(("77", "2026-10")))[0] == "wrong"
    assert judge.verdict(answer(ten), cells(("77", "2026")))[0] == "right"
    assert judge.verdict(answer(running), cells(("77", "2026-09")))[0] == "wrong"


@pytest.mark.parametrize(
    ("expected", "got", "verdict"),
    [
        ("2026", "2026-01..2026-10", "right"),
        ("2026-01..2026-10", "2026", "right"),
        ("2026-01..2026-12", "2026", "right"),
        ("2026-Q4", "2026-10", "right"),
        ("2026", "2026-01..2026-09", "wrong"),
        ("2026-01..2026-09", "2026", "wrong"),
        ("2026-01..2026-10", "2026-02..2026-10", "wrong"),
        ("2026", "2026-10", "wrong"),
        ("2025", "2025-01..2025-11", "wrong"),
        ("2026-10", "2026-09", "wrong"),
    ],
)
def test_periods_that_hold_the_same_months_are_one(
    judge: Judge, figure: FigureOf, expected: str, got: str, verdict: Verdict
) -> None:
    """The sample ends in October 2026."""
    assert judge.verdict(answer(figure(period=got)), cells(("77", expected)))[0] == verdict


def test_a_member_may_be_counted_under_another_indicator(
    judge: Judge, recomputer: Recomputer, figure: FigureOf
) -> None:
    value = recomputer.value("adm_received", "agy-750", "2025", {"channel": "online"})
    online = {"indicator": "adm_received", "place": "agy-750", "dimensions": {"channel": "online"}, "value": value}
    expected = Expected(cells=(Cell(indicator="adm_received_online", place="agy-750", period="2025"),))
    assert judge.verdict(answer(figure().model_copy(update=online)), expected)[0] == "right"
    other = online | {"dimensions": {"channel": "postal"}}
    assert judge.verdict(answer(figure().model_copy(update=other)), expected)[0] == "wrong"


def test_parts_of_a_rate_may_stand_before_it_in_progress(
    judge: Judge, recomputer: Recomputer, figure: FigureOf
) -> None:
    rate = next(each for each in judge.catalogue.indicators.values() if each.ratio and each.domain == "education")
    assert rate.ratio is not None
    shown = []
    for code in (rate.ratio.numerator, rate.code):
        first, last = recomputer.latest(rate.code, "77")
        value = recomputer.value(code, "77", f"{first:%Y-%m}..{last:%Y-%m}", {})
        period = Period(grain="span", start=first, end=last)
        shown.append(figure(indicator=code, value=value).model_copy(update={"period": period}))
    expected = Expected(cells=(Cell(indicator=rate.code),))
    progress = Reading(intent="progress")
    assert judge.verdict(answer(*shown, reading=progress), expected) == ("right", "")
    assert judge.verdict(answer(shown[0], reading=progress), expected)[0] == "wrong"
    assert "first figure" in judge.verdict(answer(*shown, reading=Reading(intent="value")), expected)[1]


def test_an_average_shows_what_its_months_add_up_to(judge: Judge, figure: FigureOf) -> None:
    months = [figure(period=f"2025-{month:02}") for month in range(1, 13)]
    average = Reading(intent="average")
    assert judge.verdict(answer(*months, reading=average), WHOLE) == ("right", "")
    assert judge.verdict(answer(*months[:11], reading=average), WHOLE)[0] == "wrong"
    assert judge.verdict(answer(*months[1:], reading=average), WHOLE)[0] == "wrong"
    assert judge.verdict(answer(*months, reading=Reading(intent="trend")), WHOLE)[0] == "wrong"
    elsewhere = figure("747", "2025-03")
    assert judge.verdict(answer(*months[:2], elsewhere, *months[3:], reading=average), WHOLE)[0] == "wrong"
    off = figure(period="2025-03", wrong=1.0)
    assert "recomputed" in judge.verdict(answer(*months[:2], off, *months[3:], reading=average), WHOLE)[1]


class Planned(Recomputer):
    """Knows one plan."""

    plan = 0.0

    def value(
        self, indicator: str, place: str, period: str, dims: dict[str, str], kind: str = "actual"
    ) -> float | None:
        return self.plan if kind == "plan" else super().value(indicator, place, period, dims, kind)


def test_progress_shows_the_rate_of_its_plan(house: House, figure: FigureOf) -> None:
    code, period = "soc_public_investment", "2026-01..2026-10"
    files = Planned(house.settings.data_dir, house.catalogue)
    done, rate = files.value(code, "77", period, {}), files.value(f"{code}_rate", "77", "2026-10", {})
    assert done is not None and rate is not None
    files.plan = 100 * done / rate
    year = Period(grain="year", start=date(2026, 1, 1), end=date(2026, 12, 31))
    over = figure(indicator=code, period=period, value=done)
    over = over.model_copy(update={"period": over.period.model_copy(update={"cumulative": True})})
    under = over.model_copy(update={"kind": "plan", "value": files.plan, "period": year})
    expected = Expected(cells=(Cell(indicator=f"{code}_rate", period="2026-10"),))
    progress, judge = Reading(intent="progress"), Judge(files, house.catalogue)
    assert judge.verdict(answer(over, under, reading=progress), expected) == ("right", "")
    assert judge.verdict(answer(over, reading=progress), expected)[0] == "wrong"
    assert judge.verdict(answer(over, under, reading=Reading(intent="value")), expected)[0] == "wrong"
    files.plan *= 1.1
    other = under.model_copy(update={"value": files.plan})
    assert judge.verdict(answer(over, other, reading=progress), expected)[0] == "wrong"
    files.close()


@pytest.fixture(scope="module")
def ranked(recomputer: Recomputer, house: House) -> list[str]:
    """The districts by visits in 2025, most first."""
    places = house.catalogue.children("77", "district", date(2026, 11, 21))
    values = {place: recomputer.value("hea_visits", place, "2025", {}) for place in places}
    found = {place: value for place, value in values.items() if value is not None}
    assert len(set(found.values())) == len(found) > 3
    return sorted(found, key=lambda place: -found[place])


def ranking(limit: int, order: str = "desc") -> Expected:
    given = {"indicator": "hea_visits", "group": "district", "period": "2025", "order": order, "limit": limit}
    return Expected(ranking=Ranking.model_validate(given))


def test_ranking(judge: Judge, figure: FigureOf, ranked: list[str]) -> None:
    first, second, third, last = (figure(place) for place in [*ranked[:3], ranked[-1]])
    assert judge.verdict(answer(first, second, third), ranking(3)) == ("right", "")
    assert judge.verdict(answer(first, third, second), ranking(1))[0] == "right"
    assert judge.verdict(answer(last), ranking(1, "asc"))[0] == "right"
    for wrong, expected in (
        (answer(second, first, third), ranking(3)),
        (answer(first, second), ranking(3)),
        (answer(last), ranking(1)),
        (answer(first), ranking(1, "asc")),
        (answer(), ranking(1)),
    ):
        verdict, reason = judge.verdict(wrong, expected)
        assert (verdict, reason.startswith("ranks")) == ("wrong", True)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"text": "Có Bệnh viện Bà Rịa."}, "right"),
        ({"text": "co benh vien ba ria"}, "right"),
        ({"table": Table(columns=("Tên",), rows=(("Bệnh viện Bà Rịa",),))}, "right"),
        ({"suggestions": (Suggestion(label="Bệnh viện Bà Rịa", text="?"),)}, "right"),
        ({"how_computed": "Bệnh viện Bà Rịa"}, "right"),
        ({"text": "Có Bệnh viện Vũng Tàu."}, "wrong"),
        ({}, "wrong"),
    ],
)
def test_mentions(judge: Judge, given: dict[str, Any], verdict: Verdict) -> None:
    assert judge.verdict(answer(**given), Expected(mentions=("Bệnh viện Bà Rịa",)))[0] == verdict


def test_a_refusal_names_its_domain(judge: Judge, house: House) -> None:
    expected = Expected(status=Status.DENIED, domain="health")
    name = house.catalogue.domains["health"].name
    assert judge.verdict(answer(status=Status.DENIED, text=f"Chưa được xem {name}."), expected)[0] == "right"
    assert judge.verdict(answer(status=Status.DENIED, text="Chưa được xem."), expected)[0] == "wrong"
