"""What people, phones and strangers send that is no good question: each gets a clear sentence, none a stack trace."""

from __future__ import annotations

import json
import socket
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from assistant.access import AccountService
from assistant.access.service import DELAYS
from assistant.clock import FixedClock
from assistant.errors import TooManyAttempts
from assistant.store import Store
from tests.journeys.conftest import PASSWORD, Served, Visitor
from tests.speech.audio import silence, spoken, white_noise

Visit = Callable[[str], Visitor]

TWINS = "Năm học 2025-2026 Trường Tiểu học Nguyễn Huệ có bao nhiêu học sinh?"
"""There are two primary schools of this name, one in Vũng Tàu and one in Phú Mỹ."""


def sentence(text: str) -> str:
    """A sentence for people: Vietnamese, one line, nothing of the inside."""
    assert text == unicodedata.normalize("NFC", text) and "\n" not in text
    assert any(mark in unicodedata.normalize("NFD", text) for mark in "\u0300\u0301\u0309\u0303\u0323"), text
    assert not any(word in text for word in ("Traceback", "Error", "Exception", ".py", "SELECT", "null", "None")), text
    return text


@pytest.fixture(autouse=True)
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No request may end in an error that nobody foresaw: the server would log it."""
    yield
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


# Text


@pytest.mark.parametrize(
    "text, says",
    [("", "câu hỏi"), ("   \n", "câu hỏi"), ("😀🎉❤️", "câu hỏi"), ("?!…", "câu hỏi"), ("bác sĩ " * 1429, "500 ký tự")],
    ids=["empty", "blank", "emoji", "signs", "10,000 characters"],
)
def test_what_is_no_question_is_refused_with_a_sentence(leader: Visitor, text: str, says: str) -> None:
    assert says in sentence(leader.ask(text, status=400)["error"])


@pytest.mark.parametrize(
    "text",
    ["How many doctors are there in the province?", "What is the weather like tomorrow?", "/restart", "asdf qwer zxcv"],
)
def test_what_is_not_understood_is_never_answered_with_a_figure(leader: Visitor, text: str) -> None:
    answer = leader.ask(text)
    assert answer["status"] in ("not_understood", "small_talk", "clarify")
    assert not answer["figures"] and sentence(answer["text"])


def test_a_command_of_rasa_is_text_like_any_other(leader: Visitor) -> None:
    before = leader.ask("Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    leader.ask("/restart")
    assert not leader.ask('/value{"indicator": "hea_doctors"}')["figures"]
    assert leader.ask("/Năm 2025 tỉnh có bao nhiêu bác sĩ?")["figures"] == before["figures"]


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "Số bác sĩ của huyện Châu Đức năm 2025"),
        "SỐ BÁC SĨ CỦA HUYỆN CHÂU ĐỨC NĂM 2025",
        "số bác sĩ của huyện châu đức năm 2025",
        "Số bác sĩ của Huyện " + unicodedata.normalize("NFD", "CHÂU ĐỨC") + " năm 2025?",
        "so bac si cua huyen chau duc nam 2025",
        "Số  bác\u00a0sĩ\tcủa\u200b huyện Châu Đức, năm 2025 ???",
    ],
    ids=["NFD", "upper case", "lower case", "name in upper-case NFD", "no marks", "odd spaces"],
)
def test_other_ways_to_write_it_get_the_same_figure(leader: Visitor, text: str) -> None:
    expected = leader.ask("Số bác sĩ của huyện Châu Đức năm 2025?")["figures"]
    assert expected[0]["place"] == "750"
    assert leader.ask(text)["figures"] == expected


@pytest.mark.parametrize("text", ["Số bác sĩ'; DROP TABLE fact; -- năm 2025?", "Số bác sĩ năm 2025 <b>của tỉnh</b>?"])
def test_sql_and_html_are_words_and_the_data_stays(leader: Visitor, text: str) -> None:
    expected = leader.ask("Số bác sĩ năm 2025?")["figures"]
    answer = leader.ask(text)
    assert answer["status"] != "answered" or answer["figures"] == expected
    assert leader.ask("Số bác sĩ năm 2025?")["figures"] == expected


@pytest.mark.parametrize(
    "text, says",
    [
        ("Số bác sĩ năm 2035?", ("2035", "chưa", "2025")),
        ("Số bác sĩ năm 1950?", ("1950", "Chưa có số liệu", "2019")),
        ("Tháng 12 năm 2026 huyện Châu Đức có bao nhiêu hồ sơ trễ hạn?", ("tháng 12 năm 2026", "chưa")),
    ],
    ids=["future", "before the data", "next month"],
)
def test_a_period_without_data_says_which_there_is(leader: Visitor, text: str, says: tuple[str, ...]) -> None:
    answer = leader.ask(text)
    assert answer["status"] == "no_data" and not answer["figures"]
    assert all(word.lower() in sentence(answer["text"]).lower() for word in says), answer["text"]


@pytest.mark.parametrize(
    "name", ["trường tiểu học Hoa Hồng Đen", "trường THPT Lương Văn Can Đông", "bệnh viện Thiên Thần Xanh"]
)
def test_an_unknown_name_is_never_answered_with_another_ones_figure(leader: Visitor, name: str) -> None:
    what = "giường bệnh" if "bệnh viện" in name else "học sinh"
    answer = leader.ask(f"Năm 2025 {name} có bao nhiêu {what}?")
    assert answer["status"] in ("no_data", "clarify") and not answer["figures"], answer["text"]
    assert sentence(answer["text"])


@pytest.mark.parametrize(
    "reply, place",
    [
        ("1", "sch-th-nguyen-hue"),
        ("số 2", "sch-th-nguyen-hue-2"),
        ("cái thứ hai", "sch-th-nguyen-hue-2"),
        ("Vũng Tàu", "sch-th-nguyen-hue"),
        ("ở Phú Mỹ", "sch-th-nguyen-hue-2"),
    ],
)
def test_two_schools_of_one_name_are_asked_back_and_told_apart(leader: Visitor, reply: str, place: str) -> None:
    question = leader.ask(TWINS)
    assert question["status"] == "clarify" and "2 nơi" in question["text"]
    labels = [choice["label"] for choice in question["suggestions"]]
    assert len(labels) == 2 and "Vũng Tàu" in labels[0] and "Phú Mỹ" in labels[1]
    answer = leader.ask(reply, question["conversation"])
    assert {figure["place"] for figure in answer["figures"]} == {place}, answer["text"]


def test_a_tapped_choice_is_the_choice(leader: Visitor) -> None:
    question = leader.ask(TWINS)
    answer = leader.ask(question["suggestions"][1]["text"], question["conversation"])
    assert {figure["place"] for figure in answer["figures"]} == {"sch-th-nguyen-hue-2"}, answer["text"]


# Calls


@pytest.mark.parametrize(
    "content",
    ["", "[]", "3", '"Số bác sĩ"', "{", "{}", '{"text": 5}', '{"text": null}', '{"text": "a", "more": 1}', "\\x00ÿ"],
)
def test_json_that_is_no_question_is_refused_with_a_sentence(leader: Visitor, content: str) -> None:
    told = leader.post(content.encode())
    assert told.status_code in (400, 422) and sentence(told.json()["error"])


def test_a_call_without_the_pages_token_is_refused(leader: Visitor) -> None:
    for token in ("", "0" * 64):
        told = leader.post(json.dumps({"text": "Số bác sĩ?"}), **{"x-csrf-token": token})
        assert told.status_code == 403 and sentence(told.json()["error"])


def test_a_call_from_another_site_is_refused(leader: Visitor) -> None:
    told = leader.post(json.dumps({"text": "Số bác sĩ?"}), origin="https://elsewhere.example")
    assert told.status_code == 403 and sentence(told.json()["error"])


def test_nobody_is_answered_without_logging_in(visit: Visit) -> None:
    told = visit("").post(json.dumps({"text": "Số bác sĩ?"}))
    assert told.status_code in (401, 403) and sentence(told.json()["error"])


def test_a_person_without_any_domain_is_denied_everything(visit: Visit) -> None:
    person = visit("moi")
    for text in ("Số bác sĩ năm 2025?", "Huyện nào có nhiều học sinh nhất?", "Tháng trước có bao nhiêu hồ sơ trễ hạn?"):
        answer = person.ask(text)
        assert answer["status"] == "denied" and not answer["figures"] and not answer["suggestions"]
        assert "quyền" in sentence(answer["text"])


# Log-in


@pytest.fixture
def forgetful(server: Served) -> str:
    """An account whose password is tried in vain; the others are left in peace."""
    if server.house.accounts.get("hay.quen") is None:
        server.house.accounts.create("hay.quen", PASSWORD, full_name="Trần Hay Quên", role="officer")
    return "hay.quen"


def test_ten_wrong_passwords_slow_down_and_lock_nobody_out(visit: Visit, server: Served, forgetful: str) -> None:
    stranger = visit("")
    told = [stranger.log_in(forgetful, f"sai mat khau {number}") for number in range(10)]
    codes = [one.status_code for one in told]
    assert codes[0] == 401 and codes[-1] == 429 and set(codes) == {401, 429}
    assert "Mật khẩu" in told[0].text or "mật khẩu" in told[0].text
    assert 0 < int(told[-1].headers["retry-after"]) <= DELAYS[-1] + 1
    assert stranger.log_in(forgetful, PASSWORD).status_code == 429
    clock = FixedClock(server.house.clock.now())
    store = Store(server.house.settings.state_url, clock)
    later = AccountService(store, clock)
    with pytest.raises(TooManyAttempts):
        later.log_in(forgetful, PASSWORD, address="127.0.0.1")
    assert later.log_in(forgetful, PASSWORD, address="10.0.0.7").account.username == forgetful, "elsewhere at once"
    clock.moment += timedelta(seconds=DELAYS[-1] + 1)
    assert later.log_in(forgetful, PASSWORD, address="127.0.0.1").account.username == forgetful, "here after a minute"
    store.close()


# Sound


@pytest.mark.parametrize(
    "pcm, says",
    [
        (silence(3), "chưa nghe thấy tiếng nói"),
        (white_noise(3), "ồn"),
        (silence(0.1), "ngắn quá"),
        (b"\x01" * 9601, "lỗi"),
    ],
    ids=["silence", "noise", "a tap", "half a sample"],
)
def test_sound_without_a_question_is_told_and_the_next_one_answered(
    leader: Visitor, server: Served, pcm: bytes, says: str
) -> None:
    with leader.call() as call:
        assert says in sentence(call.refusal(pcm))
        assert call.turn(spoken("Số bác sĩ của tỉnh năm ngoái", server.house.speaker)).answer["status"] == "answered"


def test_five_minutes_of_sound_are_too_long(leader: Visitor, server: Served) -> None:
    minute = spoken("Năm ngoái tỉnh có bao nhiêu bác sĩ?", server.house.speaker)
    long = (minute * (300 * 32000 // len(minute) + 1))[: 300 * 32000]
    with leader.call() as call:
        assert "60 giây" in sentence(call.refusal(long))
    assert server.house.listener.open_sessions == 0


def test_frames_that_make_no_sense_are_told(leader: Visitor) -> None:
    with leader.call() as call:
        for frame in ("{", "[]", '{"type": "dance"}', "x" * 5000, b"\x00\x00" * 10, b"\x00" * 200_000):
            call.socket.send(frame)
            try:
                told: dict[str, Any] = call.until("error")[-1]
            except Exception:
                assert len(frame) > 100_000, "only a frame far too large may end the call"
                return
            assert sentence(told["message"])


@pytest.mark.parametrize("end", ["", "stop"], ids=["while speaking", "while it is answered"])
def test_a_socket_closed_in_the_middle_leaves_nothing(leader: Visitor, server: Served, end: str) -> None:
    question = spoken("Số bác sĩ của tỉnh năm ngoái", server.house.speaker)
    with leader.call() as call:
        call.say(question, end=end)
        call.until("partial" if not end else "transcript")
        if end:
            call.socket.close()
        else:
            call.socket.socket.shutdown(socket.SHUT_RDWR)  # a phone that lost its network says no goodbye
    with leader.call() as call:  # four such calls would take all places of this account
        assert call.turn(question).answer["status"] == "answered"
    assert server.house.listener.open_sessions == 0


def test_a_page_of_another_site_cannot_open_the_voice(leader: Visitor) -> None:
    for origin in ("https://elsewhere.example", "null", leader.url.replace("127.0.0.1", "127.0.0.2")):
        with pytest.raises(InvalidStatus) as refused, leader.call(origin):
            raise AssertionError("the socket was opened")
        assert refused.value.response.status_code == 403


def test_without_a_log_in_the_voice_says_so(visit: Visit) -> None:
    with visit("").call() as call:
        assert "đăng nhập" in sentence(call.until("error")[-1]["message"])
