"""Next questions: answerable, inside the grants, at most three."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer.scene import Scene
from assistant.answer.suggest import examples
from assistant.query.plan import Availability
from tests.answer.stage import CATALOGUE, CLOCK, DOMAINS, EVERYTHING, account, figure, part, result, stored, told
from tests.answer.test_many import DISTRICTS, ranked
from tests.answer.test_single import value


class Kept:
    """What the stage's warehouse would say is stored, in the shape of its coverage."""

    def __init__(self, *rows: Availability) -> None:
        self.rows = rows

    def __call__(self, code: str) -> Sequence[Row]:
        return [Row(row) for row in self.rows if row.indicator == code]


class Row:
    def __init__(self, row: Availability) -> None:
        self.kind, self.place_kind, self.grain = row.kind, row.place_kind, row.grain
        self.first, self.last, self.dimensions = row.first, row.last, row.dims


COVERAGE = Kept(
    stored("late", "2024-01-01", "2026-10-31"),
    stored("doctors", "1995-01-01", "2016-12-31", "province", grain="year"),
    stored("received", "2024-01-01", "2026-10-31"),
    stored("resolved", "2024-01-01", "2026-10-31"),
    stored(
        "pupils", "2020-09-01", "2026-08-31", "facility", grain="school_year", dims=("level",), facility_kind="school"
    ),
    stored("revenue", "2024-01-01", "2026-12-31", "province"),
    stored("revenue", "2024-01-01", "2026-12-31", "province", kind="plan"),
)


def labels(outcome: object, who: object = EVERYTHING) -> list[str]:
    return [tap.text for tap in told(outcome, who=who, coverage=COVERAGE).suggestions]  # type: ignore[arg-type]


def test_a_figure_leads_to_its_change_and_its_parts() -> None:
    assert labels(value(figure("late", 120, "2026-10"))) == [
        "Số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu tháng 10 năm 2026 tăng hay giảm so với tháng 9 năm 2026?",
        "Số hồ sơ giải quyết trễ hạn của tỉnh Bà Rịa - Vũng Tàu tháng 10 năm 2026 tăng hay giảm so với cùng kỳ năm trước?",
        "Huyện nào có nhiều hồ sơ giải quyết trễ hạn nhất tháng 10 năm 2026?",
    ]


def test_only_what_is_stored_is_suggested() -> None:
    texts = labels(value(figure("doctors", 530, "1996")))
    assert texts == ["Số bác sĩ của tỉnh Bà Rịa - Vũng Tàu năm 1996 tăng hay giảm so với năm 1995?"]


def test_what_was_just_told_is_not_asked_again() -> None:
    texts = labels(value(figure("doctors", 530, "2015"), figure("doctors", 518, "2014")))
    assert texts == ["Diễn biến số bác sĩ của tỉnh Bà Rịa - Vũng Tàu từ năm 2010 đến năm 2015 như thế nào?"]


def test_without_coverage_nothing_is_promised() -> None:
    assert told(value(figure("late", 120, "2026-10"))).suggestions == ()


def test_a_ranking_leads_to_its_winner() -> None:
    texts = labels(ranked("extreme", "late", "2026-10", DISTRICTS, limit=1))
    assert texts[0] == (
        "Số hồ sơ giải quyết trễ hạn của thành phố Vũng Tàu tháng 10 năm 2026 tăng hay giảm so với tháng 9 năm 2026?"
    )


def test_a_computed_rate_needs_all_its_parts() -> None:
    texts = labels(value(figure("on_time_rate", 94.2, "2026-10", "750")))
    assert texts[0].startswith("Tỷ lệ hồ sơ giải quyết đúng hạn của huyện Châu Đức tháng 10 năm 2026 tăng hay giảm")


def test_somebody_with_one_district_is_not_led_outside() -> None:
    one = account("public_administration", areas=frozenset({"750"}))
    texts = labels(value(figure("late", 12, "2026-10", "750")), one)
    assert texts
    assert all("huyện Châu Đức" in text and "toàn tỉnh" not in text and "Huyện nào" not in text for text in texts)


@pytest.mark.parametrize("domain", [domain.code for domain in DOMAINS])
def test_examples_stay_inside_the_grants(domain: str) -> None:
    scene = Scene(account(domain), CATALOGUE, CLOCK)
    names = {code: entry for code, entry in CATALOGUE.indicators.items() if entry.domain != domain}
    for tap in examples(scene, COVERAGE):
        assert not any(entry.name.removeprefix("số ") in tap.text for entry in names.values())


def test_examples_show_one_question_of_each_domain() -> None:
    texts = [tap.text for tap in examples(Scene(EVERYTHING, CATALOGUE, CLOCK), COVERAGE)]
    assert texts == [
        "Năm học 2025-2026, tỉnh Bà Rịa - Vũng Tàu có bao nhiêu học sinh phổ thông?",
        "Năm 2016, tỉnh Bà Rịa - Vũng Tàu có bao nhiêu bác sĩ?",
        "Tháng 10 năm 2026, tỉnh Bà Rịa - Vũng Tàu tiếp nhận bao nhiêu hồ sơ?",
    ]


@pytest.mark.parametrize("domain", [domain.code for domain in DOMAINS])
def test_no_suggestion_names_an_ungranted_domain(domain: str) -> None:
    """Whatever was answered, a person without the domain is led nowhere near it."""
    who = account(domain)
    for code, entry in CATALOGUE.indicators.items():
        draft = told(result("value", part([figure(code, 10, "2016")])), who=who, coverage=COVERAGE)
        if not who.grants.allows(code, "77", CATALOGUE):
            assert draft.suggestions == (), entry.code


def test_never_more_than_three_and_always_questions() -> None:
    for outcome in (value(figure("pupils", 10, "2024/2025")), value(figure("revenue", 10, "2026-10"))):
        texts = labels(outcome)
        assert 0 < len(texts) <= 3
        assert all(text[0].isupper() and text.endswith("?") for text in texts)
