"""What an utterance means after the turn before: what it names replaces, what it leaves out is inherited."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.language.periods import month, year
from assistant.types import Comparison, ComparisonKind, Found, Period, Reading, SpanKind, Threshold
from assistant.understanding import shapes
from assistant.understanding.follow_up import leans_on_context, merge, same, together


def found(kind: SpanKind, code: str, role: str = "", period: Period | None = None) -> Found:
    return Found(kind=kind, code=code, text=code, start=0, end=len(code), role=role, period=period)


def in_year(number: int, role: str = "") -> Found:
    return found("period", str(number), role, year(number))


def reading(intent: str, **fields: Any) -> Reading:
    return Reading(intent=intent, intent_score=0.9, **fields)


PUPILS, TEACHERS = found("indicator", "edu_pupils"), found("indicator", "edu_teachers")
CHAU_DUC, XUYEN_MOC = found("area", "750"), found("area", "751")
HOSPITAL = found("facility", "hos-ba-ria")
FEMALE, MALE, PRIMARY = (found("member", code) for code in ("sex:female", "sex:male", "level:primary"))
DISTRICTS, MONTHS, SEXES = (found("group", code) for code in ("district", "period:month", "dimension:sex"))

BEFORE = reading(
    "value", indicators=(PUPILS,), areas=(CHAU_DUC,), periods=(in_year(2025),), dimensions=(FEMALE,), score=0.9
)
MOST = reading("extreme", indicators=(PUPILS,), periods=(in_year(2025),), grouping=(DISTRICTS,), order="desc", limit=1)


def shown(merged: Reading) -> dict[str, object]:
    """The parts of a reading that were found, as codes."""
    return {
        "intent": merged.intent,
        "indicators": [span.code for span in merged.indicators],
        "places": [(span.code, span.role) for span in merged.places],
        "periods": [(span.code, span.role) for span in merged.periods],
        "members": [span.code for span in merged.dimensions],
        "grouping": [span.code for span in merged.grouping],
        "order": merged.order,
    }


@pytest.mark.parametrize(
    ("said", "before", "expected"),
    [
        pytest.param(reading("follow_up"), BEFORE, {}, id="nothing said, nothing changed"),
        pytest.param(
            reading("follow_up", areas=(XUYEN_MOC,)), BEFORE, {"places": [("751", "")]}, id="place replaces place"
        ),
        pytest.param(
            reading("follow_up", facilities=(HOSPITAL,)),
            BEFORE,
            {"places": [("hos-ba-ria", "")]},
            id="a facility replaces an area",
        ),
        pytest.param(
            reading("follow_up", periods=(in_year(2020),)),
            BEFORE,
            {"periods": [("2020", "")]},
            id="period replaces period",
        ),
        pytest.param(
            reading("follow_up", periods=(in_year(2020, "base"),)),
            BEFORE,
            {"intent": "change", "periods": [("2025", "subject"), ("2020", "base")]},
            id="so với năm 2020",
        ),
        pytest.param(
            reading("follow_up", comparison=Comparison(kind="same_period_last_year")),
            BEFORE,
            {"intent": "change"},
            id="so với cùng kỳ",
        ),
        pytest.param(
            reading("follow_up", areas=(found("area", "753", "base"),)),
            BEFORE,
            {"intent": "compare", "places": [("750", ""), ("753", "base")]},
            id="so với Long Đất",
        ),
        pytest.param(
            reading("follow_up", areas=(CHAU_DUC, XUYEN_MOC)),
            BEFORE,
            {"intent": "compare", "places": [("750", ""), ("751", "")]},
            id="two places side by side",
        ),
        pytest.param(
            reading("follow_up", grouping=(SEXES,)),
            BEFORE,
            {"intent": "breakdown", "grouping": ["dimension:sex"], "members": []},
            id="a group breaks down",
        ),
        pytest.param(
            reading("follow_up", grouping=(MONTHS,), periods=(in_year(2024),)),
            BEFORE,
            {"intent": "trend", "grouping": ["period:month"], "periods": [("2024", "")]},
            id="a group of periods is a trend",
        ),
        pytest.param(
            reading("follow_up", dimensions=(MALE,)), BEFORE, {"members": ["sex:male"]}, id="member replaces member"
        ),
        pytest.param(
            reading("follow_up", dimensions=(PRIMARY,)),
            BEFORE,
            {"members": ["level:primary", "sex:female"]},
            id="a member of another dimension is added",
        ),
        pytest.param(
            reading("follow_up", indicators=(TEACHERS,)),
            BEFORE,
            {"indicators": ["edu_teachers"], "members": []},
            id="another indicator keeps no members",
        ),
        pytest.param(
            reading("follow_up", indicators=(TEACHERS.model_copy(update={"match": "default"}),)),
            BEFORE,
            {},
            id="an implied indicator replaces none",
        ),
        pytest.param(
            reading("follow_up", order="asc"),
            MOST,
            {"intent": "extreme", "order": "asc", "grouping": ["district"]},
            id="the other end of a ranking",
        ),
        pytest.param(
            reading("follow_up", order="desc", limit=3),
            MOST,
            {"intent": "rank", "order": "desc"},
            id="several at the end of a ranking",
        ),
        pytest.param(
            reading("chart"), BEFORE, {"intent": "trend", "periods": [], "order": None}, id="a chart of one figure"
        ),
        pytest.param(reading("chart"), MOST, {"intent": "extreme"}, id="a chart of a ranking"),
        pytest.param(reading("definition"), BEFORE, {"intent": "definition"}, id="what it means"),
        pytest.param(
            reading("definition", areas=(XUYEN_MOC,)),
            BEFORE,
            {"intent": "value", "places": [("751", "")]},
            id="a definition has no place",
        ),
    ],
)
def test_merge(said: Reading, before: Reading, expected: dict[str, object]) -> None:
    assert shown(merge(said, before)) == shown(before) | expected


MOVED = BEFORE.model_copy(update={"intent": "change", "comparison": Comparison(kind="previous_period")})
HELD = BEFORE.model_copy(
    update={
        "intent": "change",
        "periods": (in_year(2025, "subject"), in_year(2023, "base")),
        "comparison": Comparison(kind="period"),
    }
)


@pytest.mark.parametrize(
    ("said", "before", "periods"),
    [
        (reading("follow_up", periods=(in_year(2024),)), MOVED, [("2024", "")]),
        (reading("correct", periods=(in_year(2024),)), MOVED, [("2024", "")]),
        (reading("follow_up", periods=(in_year(2020, "base"),)), MOVED, [("2025", "subject"), ("2020", "base")]),
        (reading("change", periods=(in_year(2020),)), MOVED, [("2025", "subject"), ("2020", "base")]),
        (reading("follow_up", periods=(in_year(2020),)), HELD, [("2025", "subject"), ("2020", "base")]),
    ],
)
def test_a_period_after_a_change_replaces_or_is_held_against(
    said: Reading, before: Reading, periods: list[tuple[str, str]]
) -> None:
    merged = merge(said, before)
    assert (merged.intent, [(found.code, found.role) for found in merged.periods]) == ("change", periods)


@pytest.mark.parametrize(
    ("said", "before", "intent"),
    [
        (reading("follow_up", indicators=(TEACHERS,)), BEFORE.model_copy(update={"intent": "share"}), "value"),
        (reading("follow_up", areas=(XUYEN_MOC,)), BEFORE.model_copy(update={"intent": "share"}), "share"),
    ],
)
def test_a_share_goes_on_with_the_same_only(said: Reading, before: Reading, intent: str) -> None:
    assert merge(said, before).intent == intent


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (reading("extreme", indicators=(PUPILS,), grouping=(DISTRICTS,), order="desc"), True),
        (reading("extreme", indicators=(TEACHERS,), grouping=(DISTRICTS,), order="desc"), False),
        (reading("value", indicators=(PUPILS,), areas=(XUYEN_MOC,)), False),
        (reading("value", indicators=(PUPILS,), periods=(in_year(2020),)), False),
        (reading("unit", indicators=(PUPILS,)), False),
        (reading("value"), False),
    ],
)
def test_what_was_spoken_of_named_again(said: Reading, expected: bool) -> None:
    assert same(said, BEFORE) is expected


def test_what_is_named_again_keeps_its_members() -> None:
    said = reading("extreme", indicators=(PUPILS,), grouping=(DISTRICTS,), order="desc")
    assert shown(merge(said, BEFORE))["members"] == ["sex:female"]


def test_two_periods_spoken_of_one_after_the_other_are_held_together() -> None:
    earlier, before = BEFORE, BEFORE.model_copy(update={"periods": (in_year(2024),)})
    for first, last in ((earlier, before), (before, earlier)):
        moved = together(merge(reading("change"), last), last, first)
        assert [(found.code, found.role) for found in moved.periods] == [("2025", "subject"), ("2024", "base")]
        assert moved.comparison is not None
        assert moved.comparison.kind == "period"


@pytest.mark.parametrize(
    "earlier",
    [BEFORE, BEFORE.model_copy(update={"areas": (XUYEN_MOC,), "periods": (in_year(2024),)}), reading("value")],
)
def test_readings_of_other_things_are_not_held_together(earlier: Reading) -> None:
    assert together(BEFORE, BEFORE, earlier) is BEFORE


def test_against_a_year_the_direction_presumed_is_kept() -> None:
    said = reading(
        "follow_up", periods=(in_year(2020, "base"),), comparison=Comparison(kind="period", direction="down")
    )
    assert merge(said, BEFORE).comparison == Comparison(kind="period", direction="down")


def test_what_is_inherited_was_not_said() -> None:
    merged = merge(reading("follow_up", areas=(XUYEN_MOC,)), BEFORE)
    assert merged.areas[0].match == "exact"
    for span in merged.indicators + merged.periods + merged.dimensions:
        assert (span.match, span.text, span.start) == ("context", "", -1)


def test_one_figure_takes_no_limits_from_before() -> None:
    before = BEFORE.model_copy(
        update={"limit": 3, "threshold": Threshold(operator="gt", value=10), "comparison": Comparison(kind="plan")}
    )
    merged = merge(reading("follow_up", areas=(XUYEN_MOC,)), before)
    assert (merged.limit, merged.threshold, merged.comparison) == (None, None, None)


OCTOBER = found("period", "2026-10", "", month(2026, 10))


@pytest.mark.parametrize(
    ("said", "leans"),
    [
        (reading("follow_up"), True),
        (reading("chart"), True),
        (reading("value", areas=(CHAU_DUC,)), True),
        (reading("value", indicators=(PUPILS,)), False),
        (reading("value", indicators=(PUPILS.model_copy(update={"match": "default"}),)), True),
        (reading("greet"), False),
        (reading("count", periods=(OCTOBER,)), True),
        (reading("count"), False),
        (reading("list", areas=(CHAU_DUC,), domains=("health",)), False),
        (reading("out_of_scope", areas=(CHAU_DUC,)).model_copy(update={"intent_score": 0.99}), False),
        (reading("value", unknown=(found("unknown", "huyện mường tè"),)), False),
    ],
)
def test_leans_on_context(said: Reading, leans: bool) -> None:
    assert leans_on_context(said, shapes.load()) is leans


@pytest.mark.parametrize(
    ("said", "rated", "numbered", "leans"),
    [
        (reading("identity"), True, False, True),
        (reading("thanks"), False, True, True),
        (reading("goodbye"), False, False, False),
        (reading("count", areas=(CHAU_DUC,)), False, True, True),
        (reading("list", grouping=(DISTRICTS,)), False, True, True),
        (reading("list", grouping=(DISTRICTS,)), False, False, False),
        (reading("list", grouping=(DISTRICTS,), order="desc"), False, False, True),
        (reading("out_of_scope"), True, True, False),
    ],
)
def test_what_asks_for_a_number_is_no_small_talk(said: Reading, rated: bool, numbered: bool, leans: bool) -> None:
    sure = said.model_copy(update={"intent_score": 0.99})
    assert leans_on_context(sure, shapes.load(), rated=rated, numbered=numbered) is leans


def test_a_ranking_asked_for_is_no_single_extreme() -> None:
    assert merge(reading("rank", grouping=(DISTRICTS,), order="desc"), BEFORE).intent == "rank"
    assert merge(reading("follow_up", grouping=(DISTRICTS,), order="desc"), BEFORE).intent == "extreme"


def test_the_plan_asked_for_goes_on() -> None:
    before = reading("progress", indicators=(PUPILS,), planned=True)
    assert merge(reading("follow_up", areas=(XUYEN_MOC,)), before).planned


def test_one_place_after_two_compared_asks_for_its_own_figure() -> None:
    before = reading("compare", indicators=(PUPILS,), areas=(CHAU_DUC, XUYEN_MOC))
    assert merge(reading("follow_up", areas=(found("area", "747"),)), before).intent == "value"


@pytest.mark.parametrize(("first", "last", "intent", "periods"), [
    ((2025, 1), (2025, 9), "value", [("2025-01..2025-09", "")]),
    ((2022, 1), (2025, 12), "trend", [("from", "from"), ("to", "to")]),
])  # fmt: skip
def test_a_stretch_after_one_figure(
    first: tuple[int, int], last: tuple[int, int], intent: str, periods: list[tuple[str, str]]
) -> None:
    ends = tuple(found("period", role, role, month(*each)) for each, role in ((first, "from"), (last, "to")))
    merged = merge(reading("follow_up", periods=ends, comparison=Comparison(kind="period")), BEFORE)
    assert (merged.intent, [(span.code, span.role) for span in merged.periods]) == (intent, periods)


def test_a_course_after_a_plan_is_of_what_was_done() -> None:
    before = BEFORE.model_copy(update={"intent": "progress", "planned": True})
    assert merge(reading("follow_up", areas=(XUYEN_MOC,)), before).planned
    assert not merge(reading("trend"), before).planned


@pytest.mark.parametrize(("kind", "codes"), [
    ("plan", [("2024", "")]),
    ("same_period_last_year", [("2024", "")]),
    ("previous_period", [("2025", "subject"), ("2024", "base")]),
])  # fmt: skip
def test_what_is_told_by_its_own_period_has_no_other_base(kind: ComparisonKind, codes: list[tuple[str, str]]) -> None:
    before = reading("value", indicators=(PUPILS,), periods=(found("period", "2025", "", year(2025)),))
    asked = reading("change", periods=(found("period", "2024", "", year(2024)),), comparison=Comparison(kind=kind))
    assert [(span.code, span.role) for span in merge(asked, before).periods] == codes


def test_a_mean_is_taken_over_the_stretch_of_two_ends() -> None:
    ends = tuple(found("period", f"2025-{number:02}", "", month(2025, number)) for number in (3, 6))
    merged = merge(
        reading("average", grouping=(found("group", "period:month"),)), BEFORE.model_copy(update={"periods": ends})
    )
    assert (merged.intent, [span.code for span in merged.periods]) == ("average", ["2025-03..2025-06"])
