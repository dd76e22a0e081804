"""Several figures asked for one after the other in one sentence."""

from __future__ import annotations

import pytest

from assistant.language.text import normalise
from assistant.types import Found, Reading
from assistant.understanding import clauses
from assistant.understanding.cues import Cues


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("Năm 2025 khởi công mấy cầu, xong mấy cầu?", [["năm 2025 khởi công mấy cầu", "xong mấy cầu"]]),
        (
            "Bà Rịa có bao nhiêu lớp và bao nhiêu thầy cô",
            [["bà rịa có bao nhiêu lớp", "và bao nhiêu thầy cô"]],
        ),
        (
            "tháng 9 mấy vụ trộm còn lừa đảo thì mấy vụ, bắt được bao nhiêu người",
            [["tháng 9 mấy vụ trộm", "còn lừa đảo thì mấy vụ", "bắt được bao nhiêu người"]],
        ),
        ("bão làm sập mấy căn nhà với chết mấy người", [["bão làm sập mấy căn nhà", "với chết mấy người"]]),
        (
            "năm 2025 khởi công mấy cầu xong mấy cầu",
            [["năm 2025 khởi công mấy cầu xong", "mấy cầu"], ["năm 2025 khởi công mấy cầu", "xong mấy cầu"]],
        ),
        (
            "có bao nhiêu lớp bao nhiêu thầy cô",
            [["có bao nhiêu lớp", "bao nhiêu thầy cô"]],
        ),
        (
            "nhận bao nhiêu cuộc gọi, gọi giả với quấy rối bao nhiêu cuộc",
            [["nhận bao nhiêu cuộc gọi", "gọi giả với quấy rối bao nhiêu cuộc"]],
        ),
        ("Năm 2025, khởi công mấy cầu xong mấy cầu", []),
        ("mất bao nhiêu tiền vì mấy vụ đó, mấy vụ nữa", [["mất bao nhiêu tiền vì mấy vụ đó", "mấy vụ nữa"]]),
        (
            "họp với mấy ông khách sạn, tháng rồi bao nhiêu lượt khách, riêng Vũng Tàu thì sao",
            [["họp với mấy ông khách sạn tháng rồi bao nhiêu lượt khách", "riêng vũng tàu thì sao"]],
        ),
        (
            "số cuộc gọi vào 115 tháng 10, trong đó gọi phá là bao nhiêu",
            [["số cuộc gọi vào 115 tháng 10", "trong đó gọi phá là bao nhiêu"]],
        ),
        ("trong tổng đàn trâu bò heo, riêng con heo chiếm bao nhiêu phần trăm", []),
        (
            "có bao nhiêu vụ mấy người chết và mấy người bị thương",
            [["có bao nhiêu vụ", "mấy người chết", "và mấy người bị thương"]],
        ),
        ("Bà Rịa, Châu Đức có bao nhiêu lớp", []),
        ("GRDP đạt 1,5 nghìn tỷ hay bao nhiêu", []),
    ],
)
def test_a_sentence_is_split_where_another_number_is_asked_for(cues: Cues, written: str, ways: list[list[str]]) -> None:
    text = normalise(written)
    found = clauses.split(text, clauses.stops(written, text), cues)
    assert [[text[start:end] for start, end in way] for way in found] == ways


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("Ừ thôi, cho anh số xe cứu thương", "cho anh số xe cứu thương"),
        ("Dạ vâng. Còn Phú Mỹ mấy vụ", "Còn Phú Mỹ mấy vụ"),
        ("Bà Rịa, Châu Đức có bao nhiêu lớp", "Bà Rịa, Châu Đức có bao nhiêu lớp"),
        ("Dạ, cảm ơn", "Dạ, cảm ơn"),
        ("Chết mấy người, bị thương bao nhiêu người", "Chết mấy người, bị thương bao nhiêu người"),
        ("Ở Long Đất, cứ mười vạn dân thì có mấy trường", "Ở Long Đất, cứ mười vạn dân thì có mấy trường"),
    ],
)
def test_an_opening_of_fillers_is_left_out(cues: Cues, written: str, rest: str) -> None:
    assert clauses.without_opening(written, cues).strip() == rest


def test_what_is_said_after_each_stop() -> None:
    written = "Mai họp tổ, chiều họp xã. Hiện có mấy vụ cháy"
    text = normalise(written)
    assert clauses.last(text, clauses.stops(written, text)) == [
        "chiều họp xã hiện có mấy vụ cháy",
        "hiện có mấy vụ cháy",
    ]


def reading(indicator: str, place: str = "", **fields: object) -> Reading:
    areas = (Found(kind="area", code=place),) if place else ()
    return Reading(intent="value", indicators=(Found(kind="indicator", code=indicator),), areas=areas).model_copy(
        update=fields
    )


def test_what_one_clause_names_holds_for_all() -> None:
    meant = clauses.together([reading("a"), reading("b", "750"), reading("c")])
    assert meant is not None
    assert [found.code for found in meant.indicators] == ["a", "b", "c"]
    assert [found.code for found in meant.places] == ["750"]


def test_stops_are_kept_where_words_around_are_spelled_out() -> None:
    written = "Q3 có mấy lớp, TP Vũng Tàu mấy trường; 1,5 tỷ"
    text = normalise(written)
    assert sorted(text[at:].split()[0] for at in clauses.stops(written, text)) == ["1,5", "thành"]
    spelled_out = text.replace("quý 3", "quý iii năm nay")
    assert sorted(spelled_out[at:].split()[0] for at in clauses.stops(written, spelled_out)) == ["1,5", "thành"]


FEMALE, MALE = (Found(kind="member", code=f"sex:{code}") for code in ("female", "male"))


@pytest.mark.parametrize(
    ("first", "intent", "members"),
    [((MALE,), "value", ["sex:male", "sex:female"]), ((), "share", ["sex:female"])],
)
def test_members_of_one_figure_or_the_whole_and_its_part(
    first: tuple[Found, ...], intent: str, members: list[str]
) -> None:
    meant = clauses.together([reading("a", dimensions=first), reading("a", dimensions=(FEMALE,))])
    assert meant is not None
    assert (meant.intent, [found.code for found in meant.indicators]) == (intent, ["a"])
    assert [found.code for found in meant.dimensions] == members
    assert clauses.figures(meant) == 2


@pytest.mark.parametrize(
    "readings",
    [
        [reading("a", "750"), reading("b", "751")],
        [reading("a", "750"), reading("a", "750")],
        [reading("a"), reading("b", intent="rank")],
        [reading("a"), reading("b", dimensions=(Found(kind="member", code="sex:female"),))],
        [reading("a"), reading("b", indicators=())],
        [reading("a", dimensions=(FEMALE,)), reading("a", dimensions=(FEMALE,))],
    ],
)
def test_clauses_of_different_kinds_are_not_put_together(readings: list[Reading]) -> None:
    assert clauses.together(readings) is None


def test_the_same_figure_of_two_places_is_held_against_each_other() -> None:
    meant = clauses.together([reading("a", "77"), reading("a", "747")])
    assert meant is not None
    assert (meant.intent, [found.code for found in meant.areas]) == ("compare", ["77", "747"])
    assert clauses.figures(meant) == 2


def test_a_denial_between_stops_is_left_out(cues: Cues) -> None:
    written = "ý là tỷ lệ hộ nghèo chứ không phải cận nghèo, vẫn Láng Dài"
    text = normalise(written)
    kept, stops = clauses.without_denial(text, cues, clauses.stops(written, text))
    assert kept == "ý là tỷ lệ hộ nghèo vẫn láng dài"
    assert [kept[stop:] for stop in stops] == ["vẫn láng dài"]


def test_colons_lead_to_a_question() -> None:
    written = "Huyện mở thêm tuyến gom rác, giờ muốn xem có ăn thua gì không: tỷ lệ thu gom bao nhiêu?"
    text = normalise(written)
    assert [text[start:] for start in clauses.led(written, text)] == ["tỷ lệ thu gom bao nhiêu"]
    assert clauses.led("Tháng 10, Phú Mỹ bao nhiêu?", "tháng 10 phú mỹ bao nhiêu") == frozenset()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("lấy số bị thương chứ không phải số chết", "lấy số bị thương"),
        ("không phải phú mỹ", "không phải phú mỹ"),
        (
            "châu đức chứ không phải phú mỹ có bao nhiêu học sinh",
            "châu đức chứ không phải phú mỹ có bao nhiêu học sinh",
        ),
        ("bà rịa thì sao", "bà rịa thì sao"),
    ],
)
def test_a_denial_at_the_end_is_left_out(cues: Cues, text: str, rest: str) -> None:
    assert clauses.without_denial(text, cues) == (rest, frozenset())
