"""Questions back: what they offer, and which choice an utterance makes."""

from __future__ import annotations

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.types import Found, Reading
from assistant.understanding import ask_back
from assistant.understanding.interpretation import Choice, QuestionBack
from assistant.understanding.lattice import Slot
from assistant.understanding.spans import SpanFinder

LABELS = (
    "Trường Tiểu học Nguyễn Huệ, phường Thắng Nhất, thành phố Vũng Tàu",
    "Trường Tiểu học Nguyễn Huệ, phường Mỹ Xuân, thành phố Phú Mỹ",
    "Trường THPT Nguyễn Huệ, phường Thắng Nhất, thành phố Vũng Tàu",
)


def question(*labels: str) -> QuestionBack:
    choices = tuple(Choice(label=label, reading=Reading(intent="value", limit=at)) for at, label in enumerate(labels))
    return QuestionBack(kind="which_facility", words="nguyễn huệ", choices=choices)


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("1", 0),
        ("2", 1),
        ("số 3", 2),
        ("hai", 1),
        ("cái số hai", 1),
        ("cái đầu tiên", 0),
        ("cái thứ nhất", 0),
        ("cái thứ hai", 1),
        ("cai thu hai", 1),
        ("cái thứ ba", 2),
        ("trường thứ ba nhé", 2),
        ("trường tiểu học thứ hai", 1),
        ("cái thứ 2", 1),
        ("chọn 2", 1),
        ("chọn số 2", 1),
        ("dạ cái đầu", 0),
        ("cái cuối cùng", 2),
        ("cái cuối", 2),
        ("ở Phú Mỹ", 1),
        ("o phu my", 1),
        ("Phú Mỹ nhé", 1),
        ("tôi muốn hỏi trường ở Mỹ Xuân", 1),
        ("THPT", 2),
        (LABELS[0], 0),
        (LABELS[1].lower(), 1),
    ],
)
def test_chosen(said: str, index: int, finder: SpanFinder, province: Catalogue) -> None:
    reading = ask_back.chosen(said, question(*LABELS), finder.gazetteer, province)
    assert reading is not None
    assert reading.limit == index


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ở",
        "4",
        "0",
        "cái thứ tư",
        "Vũng Tàu",
        "Nguyễn Huệ",
        "dân số huyện Châu Đức năm 2025 là bao nhiêu",
        "huyện Châu Đức năm 2024 có 2 trường",
        "cảm ơn",
        "huyện nào đông nhất",
        "có mấy trường cấp ba",
        "số trường cấp 2",
        "3 tháng đầu năm",
        "6 tháng cuối",
        "vốn đầu tư",
        "ai đứng đầu",
        "huyện đứng cuối",
        "2,5",
    ],
)
def test_nothing_chosen(said: str, finder: SpanFinder, province: Catalogue) -> None:
    assert ask_back.chosen(said, question(*LABELS), finder.gazetteer, province) is None


def test_a_tapped_label_wins_over_a_longer_one_that_holds_it(finder: SpanFinder, province: Catalogue) -> None:
    reading = ask_back.chosen(
        "số học sinh", question("số học sinh dân tộc thiểu số", "số học sinh"), finder.gazetteer, province
    )
    assert reading is not None
    assert reading.limit == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("trường cấp ba ấy", "sch-pt-nguyen-hue"),
        ("cấp 3 nhé", "sch-pt-nguyen-hue"),
        ("truong cap 3", "sch-pt-nguyen-hue"),
        ("trường cấp 2 ấy", None),
        ("có mấy trường cấp ba", None),
        ("số trường cấp ba", None),
        ("học sinh cấp ba", None),
    ],
)
def test_a_school_chosen_by_another_word_for_its_level(
    said: str, code: str | None, finder: SpanFinder, province: Catalogue
) -> None:
    codes = [code for code in province.facilities if code.endswith("-nguyen-hue")]
    readings = [Reading(intent="value", facilities=(Found(kind="facility", code=code),)) for code in codes]
    choices = tuple(Choice(label=province.place_name(r.facilities[0].code), reading=r) for r in readings)
    asked = QuestionBack(kind="which_facility", words="nguyễn huệ", choices=choices)
    reading = ask_back.chosen(said, asked, finder.gazetteer, province)
    assert (reading and reading.facilities[0].code) == code


COMMUNES = ("phường Phước Hưng, thành phố Bà Rịa", "xã Phước Hưng, huyện Long Đất")


@pytest.mark.parametrize(
    ("said", "labels", "index"),
    [
        ("phường, trên thành phố Bà Rịa đó", COMMUNES, 0),
        ("cái xã dưới huyện Long Đất ấy", COMMUNES, 1),
        ("trường trên Mỹ Xuân", LABELS, 1),
        ("tai nạn giao thông", ("số người chết do cháy", "số người chết do tai nạn giao thông"), 1),
        ("về môi trường ấy", ("tiền phạt về môi trường", "tiền phạt giao thông"), 0),
        ("phường Long Đất", COMMUNES, None),
        ("phường đó năm 2024", COMMUNES, None),
        ("Phước Hưng ấy", COMMUNES, None),
    ],
)
def test_a_choice_described_in_words(
    said: str, labels: tuple[str, ...], index: int | None, finder: SpanFinder, province: Catalogue
) -> None:
    reading = ask_back.chosen(said, question(*labels), finder.gazetteer, province)
    assert (reading and reading.limit) == index


WARD, VILLAGE = (Found(kind="area", code=code) for code in ("26548", "26677"))


def settled() -> QuestionBack:
    choices = tuple(
        Choice(label=label, reading=Reading(intent="value", areas=(found,)))
        for label, found in zip(COMMUNES, (WARD, VILLAGE), strict=True)
    )
    asked = QuestionBack(kind="which_area", words="phước hưng", choices=choices, asked=Reading(intent="value"))
    again = ask_back.again(asked, Reading(intent="value", areas=(WARD,), limit=7))
    assert again is not None
    assert again.asked is None
    return again


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("còn xã thì sao?", "26677"),
        ("thế xã?", "26677"),
        ("còn phường?", "26548"),
        ("chỗ trùng tên là xã", "26677"),
        ("xã", None),
        ("còn Long Đất?", None),
        ("còn năm 2024?", None),
        ("2", None),
    ],
)
def test_another_choice_of_a_settled_question(
    said: str, code: str | None, finder: SpanFinder, province: Catalogue
) -> None:
    reading = ask_back.chosen(said, settled(), finder.gazetteer, province)
    assert (reading and reading.areas[0].code) == code
    assert reading is None or reading.limit == 7


def test_a_question_is_settled_while_a_choice_is_spoken_of() -> None:
    elsewhere = Reading(intent="value", areas=(Found(kind="area", code="750"),))
    assert ask_back.again(settled(), elsewhere) is None
    assert ask_back.again(settled(), Reading(intent="value")) is None


def test_nothing_can_be_chosen_of_nothing(finder: SpanFinder, province: Catalogue) -> None:
    for said in ("1", "cái cuối cùng", "Phú Mỹ"):
        assert ask_back.chosen(said, question(), finder.gazetteer, province) is None


PUPILS = Found(kind="indicator", code="edu_pupils", text="học sinh")
HUE = ("sch-th-nguyen-hue", "sch-thpt-nguyen-hue")


def test_two_of_one_name_are_offered_with_where_they_lie(province: Catalogue, finder: SpanFinder) -> None:
    spans = [found for found in finder.gazetteer.find("nguyễn huệ") if found.kind == "facility"]
    slot = Slot("place", 0, 10, tuple(spans))
    reading = Reading(intent="value", indicators=(PUPILS,), facilities=(spans[0],))
    asked = ask_back.which_place(reading, slot, province)
    assert asked is not None
    assert asked.kind == "which_facility"
    assert {choice.label for choice in asked.choices} == set(LABELS)
    for choice in asked.choices:
        (meant,) = choice.reading.facilities
        assert choice.reading.indicators == (PUPILS,)
        assert choice.label.startswith(province.place_name(meant.code))


def test_a_slip_in_a_name_offers_the_name(province: Catalogue, finder: SpanFinder) -> None:
    unknown = Found(kind="unknown", code="huyện xuyên mọt", text="huyện xuyên mọt")
    asked = ask_back.which_unknown(Reading(intent="value", unknown=(unknown,)), finder.gazetteer, province)
    assert asked is not None
    assert asked.words == "huyện xuyên mọt"
    assert asked.choices[0].label == "huyện Xuyên Mộc"
    assert [found.code for found in asked.choices[0].reading.areas] == ["751"]
    assert asked.choices[0].reading.unknown == ()


def test_a_name_like_none_is_not_asked_about(province: Catalogue, finder: SpanFinder) -> None:
    unknown = Found(kind="unknown", code="huyện zzz", text="zzzzzz qqqqqq")
    assert ask_back.which_unknown(Reading(intent="value", unknown=(unknown,)), finder.gazetteer, province) is None


def test_indicators_that_hold_a_word_are_offered_with_their_domain(province: Catalogue, finder: SpanFinder) -> None:
    holding = ["hea_doctors", "edu_pupils", "hea_beds", "hea_nurses", "hea_births"]
    asked = ask_back.which_indicator(Reading(intent="value"), "", holding, finder.gazetteer, province)
    assert [choice.reading.indicators[0].code for choice in asked.choices] == holding[: ask_back.MOST]
    assert [choice.reading.domains for choice in asked.choices[:2]] == [("health",), ("education",)]


def test_without_anything_near_the_question_has_no_choices(province: Catalogue, finder: SpanFinder) -> None:
    asked = ask_back.which_indicator(Reading(intent="value"), "zzzz", [], finder.gazetteer, province)
    assert (asked.kind, asked.choices) == ("which_indicator", ())
