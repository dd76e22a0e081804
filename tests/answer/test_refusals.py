"""What is said when there is no figure: never more than the person may know, always what to do next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from assistant.access.models import Account, Grants
from assistant.answer.draft import Draft
from assistant.answer.refusals import SMALL_TALK, ask_back, not_understood, small_talk
from assistant.clock import FixedClock
from assistant.query.plan import NotPlannable, PartResult
from assistant.types import Found, Reading, Status
from assistant.understanding.interpretation import Choice, QuestionBack
from tests.answer.stage import CATALOGUE, CLOCK, EVERYTHING, account, missing, period, refusal, result, told

NO_DATA, DENIED = Status.NO_DATA, Status.DENIED
KEPT = {"available_from": date(1995, 1, 1), "available_to": date(2016, 12, 31)}

CASES = [
    (
        refusal(NO_DATA, "future", indicator="doctors", place="77", period=period("2030"), **KEPT),
        "Năm 2030 chưa diễn ra nên chưa có số liệu về số bác sĩ của tỉnh Bà Rịa - Vũng Tàu. "
        "Hiện có số liệu từ năm 1995 đến năm 2016.",
    ),
    (
        refusal(NO_DATA, "before", indicator="doctors", place="77", period=period("1980"), **KEPT),
        "Chưa có số liệu năm 1980 về số bác sĩ của tỉnh Bà Rịa - Vũng Tàu. Hiện có số liệu từ năm 1995 đến năm 2016.",
    ),
    (
        refusal(NO_DATA, "place_not_kept", indicator="doctors", place="26500", place_kind="district"),
        "Chưa có số liệu về số bác sĩ của phường Thắng Tam; chỉ tiêu này chỉ được theo dõi theo từng huyện, thành phố.",
    ),
    (
        refusal(NO_DATA, "no_grain", indicator="doctors", place="77", period=period("2015-03"), grain="year"),
        "Không có số liệu về số bác sĩ của tỉnh Bà Rịa - Vũng Tàu cho tháng 3 năm 2015; "
        "chỉ tiêu này chỉ được tổng hợp hằng năm.",
    ),
    (
        refusal(NO_DATA, "no_breakdown", indicator="doctors", place="77", dimension="sex"),
        "Chưa có số liệu về số bác sĩ của tỉnh Bà Rịa - Vũng Tàu chia theo giới tính.",
    ),
    (
        refusal(NO_DATA, "no_plan", indicator="revenue", place="77"),
        "Chưa có số kế hoạch của thu ngân sách nhà nước trên địa bàn tỉnh Bà Rịa - Vũng Tàu.",
    ),
    (refusal(NO_DATA, "not_loaded", indicator="doctors"), "Hiện chưa có số liệu về số bác sĩ."),
    (refusal(Status.CLARIFY, "no_indicator"), "Chị muốn hỏi về chỉ tiêu nào?"),
    (refusal(Status.CLARIFY, "needs_two", indicator="doctors"), "Chị muốn so sánh với nơi nào hoặc kỳ nào?"),
    (
        refusal(Status.NOT_UNDERSTOOD, "unknown_name", text="trường Hoa Hồng Đen"),
        "Em không tìm thấy “trường Hoa Hồng Đen” trong danh mục, chị vui lòng kiểm tra lại tên.",
    ),
]

REASONS = [
    "future", "before", "after", "gap", "place_not_kept", "place_not_valid", "no_grain", "no_breakdown", "no_plan",
    "not_loaded", "no_indicator", "needs_two", "unknown_shape", "unknown_name",
]  # fmt: skip


@pytest.mark.parametrize(("outcome", "text"), CASES)
def test_text(outcome: NotPlannable, text: str) -> None:
    draft = told(outcome)
    assert draft.text == text
    assert draft.status is outcome.status
    assert draft.spoken_text


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("indicator", ["", "late"])
def test_every_reason_has_its_sentence(reason: str, indicator: str) -> None:
    more: dict[str, Any] = {"place": "750", "period": period("2026-10"), "grain": "year"} if indicator else {}
    text = told(refusal(NO_DATA, reason, indicator=indicator, **more)).text
    assert text.endswith((".", "?"))
    assert "{" not in text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("anh", "Anh chưa được cấp quyền xem lĩnh vực y tế."),
        ("chị", "Chị chưa được cấp quyền xem lĩnh vực y tế."),
        ("đồng chí", "Đồng chí chưa được cấp quyền xem lĩnh vực y tế."),
        ("", "Đồng chí chưa được cấp quyền xem lĩnh vực y tế."),
    ],
)
def test_a_denial_names_the_domain_and_nothing_else(form: str, text: str) -> None:
    outcome = refusal(DENIED, "domain", indicator="doctors", place="747", domains=("health",), **KEPT)
    draft = told(outcome, who=account("education", address=form))
    assert draft.text == text
    assert draft.status is DENIED
    assert (draft.figures, draft.table, draft.chart, draft.source, draft.suggestions) == ((), None, None, "", ())


def test_a_denied_place_names_the_domain_only() -> None:
    outcome = refusal(DENIED, "place", indicator="doctors", place="747", domains=("health",))
    draft = told(outcome, who=account("health", areas=frozenset({"750"})))
    assert draft.text == "Anh chưa được cấp quyền xem lĩnh vực y tế của địa bàn này."


def test_another_period_is_offered_where_there_is_one() -> None:
    draft = told(refusal(NO_DATA, "after", indicator="doctors", place="750", period=period("2030"), **KEPT))
    assert [(tap.label, tap.text) for tap in draft.suggestions] == [
        ("Xem số liệu năm 2016", "Năm 2016, huyện Châu Đức có bao nhiêu bác sĩ?")
    ]


def test_the_first_period_is_offered_for_times_before_all_data() -> None:
    draft = told(refusal(NO_DATA, "before", indicator="doctors", place="750", period=period("1980"), **KEPT))
    assert [tap.label for tap in draft.suggestions] == ["Xem số liệu năm 1995"]


def test_empty_cells_are_explained_and_never_summed() -> None:
    gap = missing("late", "750", "2026-Q3", "incomplete", absent_periods=(period("2026-09"),))
    draft = told(result("value", PartResult(indicator="late", missing={"main": (gap,)})))
    assert draft.status is NO_DATA
    assert draft.text == (
        "Số liệu về số hồ sơ giải quyết trễ hạn của huyện Châu Đức quý III năm 2026 chưa đủ, "
        "còn thiếu tháng 9 năm 2026, nên không cộng để tránh sai lệch."
    )


@pytest.mark.parametrize("reason", ["no_period", "no_place", "no_breakdown", "no_grain", "incomplete", "undefined"])
def test_every_missing_reason_has_its_sentence(reason: str) -> None:
    gap = missing("on_time_rate", "750", "2026-10", reason, grain="year")
    text = told(result("value", PartResult(indicator="on_time_rate", missing={"main": (gap,)}))).text
    assert text.endswith(".")
    assert "{" not in text


def choice(label: str, indicator: str = "pupils") -> Choice:
    return Choice(label=label, reading=Reading(intent="value", indicators=(Found(kind="indicator", code=indicator),)))


SCHOOLS = QuestionBack(
    kind="which_facility",
    words="trường Nguyễn Huệ",
    choices=(choice("Trường Tiểu học Nguyễn Huệ"), choice("Trường THPT Nguyễn Huệ")),
)


def test_ask_back_offers_the_choices() -> None:
    draft = ask_back(SCHOOLS, account=EVERYTHING, catalogue=CATALOGUE)
    assert draft.status is Status.CLARIFY
    assert draft.text == "Có 2 nơi tên là “trường Nguyễn Huệ”, chị muốn hỏi nơi nào?"
    assert [tap.label for tap in draft.suggestions] == ["Trường Tiểu học Nguyễn Huệ", "Trường THPT Nguyễn Huệ"]
    assert "hay Trường trung học phổ thông Nguyễn Huệ" in draft.spoken_text


def test_ask_back_keeps_silent_about_ungranted_domains() -> None:
    question = QuestionBack(
        kind="which_indicator",
        words="số người",
        choices=(choice("số giáo viên", "teachers"), choice("số bác sĩ", "doctors")),
    )
    draft = ask_back(question, account=account("education"), catalogue=CATALOGUE)
    assert [tap.label for tap in draft.suggestions] == ["số giáo viên"]
    assert "bác sĩ" not in draft.text + draft.spoken_text


def test_a_place_pointed_at_is_asked_for_by_what_it_is() -> None:
    question = QuestionBack(kind="which_pointed", words="bệnh viện", choices=())
    assert "là bệnh viện nào?" in ask_back(question, account=EVERYTHING, catalogue=CATALOGUE).text


@pytest.mark.parametrize("kind", ["which_facility", "which_area", "which_agency", "which_indicator", "which_period"])
@pytest.mark.parametrize("words", ["", "Phú Mỹ"])
@pytest.mark.parametrize("choices", [(), SCHOOLS.choices])
def test_every_question_has_its_words(kind: Any, words: str, choices: tuple[Choice, ...]) -> None:
    draft = ask_back(QuestionBack(kind=kind, words=words, choices=choices), account=EVERYTHING, catalogue=CATALOGUE)
    assert draft.text.endswith("?")


def talk(intent: str, who: Account = EVERYTHING, hour: int = 9) -> Draft:
    clock = FixedClock(datetime(2026, 11, 21, hour, 0))
    return small_talk(intent, account=who, catalogue=CATALOGUE, clock=clock)


@pytest.mark.parametrize("intent", SMALL_TALK)
@pytest.mark.parametrize("form", ["anh", "chị", "đồng chí", "bác"])
def test_small_talk(intent: str, form: str) -> None:
    draft = talk(intent, account("health", address=form))
    assert draft.status is Status.SMALL_TALK
    assert draft.text[0].isupper()
    assert "{" not in draft.text


def test_help_names_only_granted_domains() -> None:
    text = talk("help", account("health", "education")).text
    assert "giáo dục và y tế" in text
    assert "hành chính công" not in text


def test_help_for_somebody_without_any_domain() -> None:
    nobody = Account("x", "X", "officer", "anh", Grants({}))
    assert talk("help", nobody).text == (
        "Tài khoản của anh chưa được cấp quyền xem lĩnh vực nào, anh vui lòng liên hệ quản trị viên."
    )


def test_greeting() -> None:
    assert talk("greet").text == "Chào chị, em có thể giúp gì cho chị?"


def test_not_understood_says_what_was_heard() -> None:
    draft = not_understood(account=EVERYTHING, heard="số bác sỉ")
    assert draft.text.startswith("Em nghe là “số bác sỉ” nhưng chưa hiểu, chị vui lòng hỏi lại")
    assert draft.status is Status.NOT_UNDERSTOOD


def test_unknown_small_talk_is_not_understood() -> None:
    assert small_talk("dance", account=EVERYTHING, catalogue=CATALOGUE, clock=CLOCK).status is Status.NOT_UNDERSTOOD
