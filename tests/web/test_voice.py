"""The socket of the voice: order of events, what it refuses, and that nothing stays behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from assistant.access import Grants
from assistant.speech.speaker import EspeakSpeaker
from assistant.web.routes import voice
from tests.speech.audio import silence, spoken, white_noise
from tests.web.conftest import HEARD, ORIGIN, Browser, SmallHouse, Visitors

CHUNK = 3200


@contextmanager
def call(browser: Browser, *, origin: str = ORIGIN) -> Iterator[WebSocketTestSession]:
    with browser.websocket_connect(address(browser), headers={"origin": origin}) as socket:
        yield socket


def address(browser: Browser) -> str:
    return f"{browser.base_url}/api/voice".replace("//api", "/api").replace("http", "ws", 1)


@pytest.fixture(scope="session")
def question(speaker: EspeakSpeaker) -> bytes:
    """Somebody speaking; what is said does not matter to these tests."""
    return spoken("Tỉnh có bao nhiêu bác sĩ?", speaker)


def say(socket: WebSocketTestSession, pcm: bytes, end: str = "stop", **more: Any) -> None:
    socket.send_json({"type": "start", **more})
    for offset in range(0, len(pcm), CHUNK):
        socket.send_bytes(pcm[offset : offset + CHUNK])
    if end:
        socket.send_json({"type": end})


def until(socket: WebSocketTestSession, kind: str) -> list[dict[str, Any]]:
    """Events up to and with the first of a kind; the sound behind an audio event under ``wav``."""
    events: list[dict[str, Any]] = []
    while not events or events[-1]["type"] != kind:
        event = json.loads(socket.receive_text())
        if event["type"] == "audio":
            event["wav"] = socket.receive_bytes()
        events.append(event)
        assert event["type"] == kind or event["type"] in {"ready", "partial", "transcript", "answer", "audio"}, event
    return events


def spoken_answer(socket: WebSocketTestSession) -> list[dict[str, Any]]:
    """All events of one turn, to the last sentence."""
    events = until(socket, "audio")
    while not events[-1]["last"]:
        events += until(socket, "audio")
    return events


def test_spoken_question_is_answered_in_writing_and_in_speech(visit: Visitors, question: bytes) -> None:
    with call(visit("lanhdao")) as socket:
        say(socket, question)
        events = spoken_answer(socket)
    kinds = [event["type"] for event in events]
    assert kinds == ["ready", "partial", "transcript", "answer", "audio", "audio"]
    assert events[1]["text"] == "tỉnh có"
    assert (events[2]["text"], events[2]["confidence"]) == (HEARD, 0.9)
    assert (events[3]["answer"]["status"], events[3]["answer"]["asked"]) == ("answered", HEARD)
    assert [(event["seq"], event["last"], event["sample_rate"]) for event in events[4:]] == [
        (0, False, 22050),
        (1, True, 22050),
    ]
    assert all(event["wav"].startswith(b"RIFF") for event in events[4:])


def test_turns_of_one_socket_belong_to_one_conversation(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    browser = visit("lanhdao")
    written = browser.ask("Câu gõ")["conversation"]
    with call(browser) as socket:
        say(socket, question, conversation=written)
        first = spoken_answer(socket)[-3]["answer"]
        say(socket, question)
        second = spoken_answer(socket)[-3]["answer"]
        say(socket, question, conversation=None)
        third = spoken_answer(socket)[-3]["answer"]
    assert first["conversation"] == second["conversation"] == written != third["conversation"]
    assert house.store.turns.get(first["id"]).utterance.spoken


def test_grants_are_read_again_at_every_turn(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        say(socket, question)
        assert until(socket, "answer")[-1]["answer"]["status"] == "answered"
        socket.send_json({"type": "cancel"})
        house.accounts.set_grants("lanhdao", Grants({}))
        say(socket, question)
        answers = [event for event in until(socket, "answer") if event["type"] == "answer"]
        assert answers[-1]["answer"]["status"] == "denied"


def test_ended_session_is_told_and_closes_the_socket(visit: Visitors, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        until(socket, "ready")
        house.accounts.disable("lanhdao")
        socket.send_json({"type": "start"})
        assert "đăng nhập" in until(socket, "error")[-1]["message"]
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == voice.LOGGED_OUT


def test_without_a_session_the_socket_says_so(visit: Visitors) -> None:
    with call(visit()) as socket:
        assert "đăng nhập" in until(socket, "error")[-1]["message"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:9000", "file://"])
def test_page_of_another_origin_is_refused_before_it_is_heard(visit: Visitors, origin: str) -> None:
    browser = visit("lanhdao")
    with pytest.raises(WebSocketDisconnect), call(browser, origin=origin):
        pass


def test_proxy_origin_of_the_settings_is_accepted(house: SmallHouse) -> None:
    house.settings.public_origin = "https://troly.example.vn"
    browser = Visitors(house)("lanhdao", base_url="https://troly.example.vn")
    with call(browser, origin="https://troly.example.vn") as socket:
        until(socket, "ready")


@pytest.mark.parametrize(
    ("pcm", "words"),
    [
        (silence(2), "chưa nghe thấy"),
        (white_noise(2), "ồn"),
        (silence(0.1), "ngắn quá"),
        (b"", "ngắn quá"),
        (silence(301), "dài quá"),
        (bytes(20_001), "bị lỗi"),
    ],
)
def test_sound_that_cannot_be_used(visit: Visitors, pcm: bytes, words: str, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        until(socket, "ready")
        socket.send_json({"type": "start"})
        for offset in range(0, len(pcm), 60_000):
            socket.send_bytes(pcm[offset : offset + 60_000])
        socket.send_json({"type": "stop"})
        assert words in until(socket, "error")[-1]["message"]
        assert house.listener.open_sessions == 0


@pytest.mark.parametrize("frame", ["", "{", "[]", '"start"', '{"type": "nothing"}', '{"type": ["start"]}', "x" * 2000])
def test_senseless_frames_are_an_error_and_the_socket_stays(visit: Visitors, frame: str) -> None:
    with call(visit("lanhdao")) as socket:
        until(socket, "ready")
        socket.send_text(frame)
        until(socket, "error")
        socket.send_json({"type": "start"})
        socket.send_json({"type": "stop"})
        assert "ngắn" in until(socket, "error")[-1]["message"]


def test_sound_before_start_and_too_much_at_once(visit: Visitors, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        until(socket, "ready")
        socket.send_bytes(silence(0.1))
        assert "giữ nút" in until(socket, "error")[-1]["message"]
        socket.send_json({"type": "stop"})
        until(socket, "error")
        socket.send_json({"type": "start"})
        socket.send_bytes(bytes(voice.MAX_CHUNK + 2))
        assert "quá lớn" in until(socket, "error")[-1]["message"]
        assert house.listener.open_sessions == 0


def test_socket_closed_in_the_middle_frees_everything(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    browser = visit("lanhdao")
    with call(browser) as socket:
        say(socket, question, end="")
        until(socket, "partial")
        assert (house.listener.open_sessions, len(house.recognizer.streams), visit.app.state.sockets.open) == (1, 1, 1)
    assert (house.listener.open_sessions, len(house.recognizer.streams), visit.app.state.sockets.open) == (0, 0, 0)


def test_socket_closed_while_answering_frees_everything(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        say(socket, question)
        until(socket, "transcript")
    assert (house.listener.open_sessions, len(house.recognizer.streams), visit.app.state.sockets.open) == (0, 0, 0)


def test_cancel_forgets_what_was_said(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        say(socket, question, end="cancel")
        say(socket, question)
        events = spoken_answer(socket)
    assert [event["type"] for event in events].count("answer") == 1
    assert len(house.store.turns.history("lanhdao")) == 1


def test_busy_ears_are_told(visit: Visitors, house: SmallHouse) -> None:
    with call(visit("lanhdao")) as socket:
        until(socket, "ready")
        sessions = [house.listener.open() for _ in range(4)]
        socket.send_json({"type": "start"})
        assert "nhiều người" in until(socket, "error")[-1]["message"]
        for session in sessions:
            session.close()


def test_sockets_of_one_account_are_bounded(visit: Visitors) -> None:
    browser = visit("lanhdao")
    sockets = [browser.websocket_connect(address(browser), headers={"origin": ORIGIN}) for _ in range(5)]
    opened = [socket.__enter__() for socket in sockets]
    try:
        told = [json.loads(socket.receive_text())["type"] for socket in opened]  # whichever of them comes last
        assert sorted(told) == ["error", *["ready"] * 4]
    finally:
        for socket in sockets:
            socket.__exit__(None, None, None)
    with call(browser) as socket:
        until(socket, "ready")


def test_answer_is_said_again_to_whom_may_hear_it(visit: Visitors) -> None:
    answer = visit("lanhdao").ask("Tỉnh có bao nhiêu bác sĩ?")["id"]
    with call(visit("quantri")) as socket:
        socket.send_json({"type": "say", "answer": answer})
        assert [event["type"] for event in spoken_answer(socket)] == ["ready", "audio", "audio"]
    with call(visit("giaoduc")) as socket:
        socket.send_json({"type": "say", "answer": answer})
        assert "chưa được cấp quyền" in until(socket, "error")[-1]["message"]
        socket.send_json({"type": "say", "answer": "nothing"})
        until(socket, "error")


def test_failure_while_answering_is_one_sentence(visit: Visitors, question: bytes, house: SmallHouse) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the inside")

    house.conversation.ask = broken  # type: ignore[method-assign, assignment]
    with call(visit("lanhdao")) as socket:
        say(socket, question)
        message = until(socket, "error")[-1]["message"]
    assert "sự cố" in message and "secret" not in message
