"""Spoken questions over the socket: espeak-ng asks, the Vosk model hears, the answer comes written and spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.access import Account, Grants
from assistant.house import House
from assistant.language.numbers import in_words
from assistant.types import Utterance
from tests.journeys.conftest import PASSWORD, Served, Visitor
from tests.journeys.hearing import heard_again
from tests.speech.audio import spoken

QUESTIONS = [
    "Năm hai nghìn không trăm hai mươi lăm tỉnh có bao nhiêu bác sĩ?",
    "Tháng trước huyện Châu Đức có bao nhiêu hồ sơ trễ hạn?",
    "Năm ngoái thành phố Vũng Tàu có bao nhiêu giường bệnh?",
    "Dân số trung bình của huyện Xuyên Mộc năm hai nghìn không trăm hai mươi tư là bao nhiêu?",
    "Huyện nào có nhiều bác sĩ nhất năm ngoái?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_spoken_question_gets_its_figure_written_and_spoken(
    question: str, leader: Visitor, server: Served, people: dict[str, tuple[Account, str]]
) -> None:
    typed = server.house.conversation.ask(Utterance(text=question), people["lanhdao"][0])
    with leader.call() as call:
        turn = call.turn(spoken(question, server.house.speaker))
    figures = [figure.model_dump(mode="json") for figure in typed.figures]
    assert figures and turn.answer["status"] == "answered", turn.answer["text"]
    assert turn.answer["figures"] == figures
    assert turn.of("partial") and turn.answer["asked"] == turn.transcript
    value = next(figure.value for figure in typed.figures if in_words(figure.value) in turn.answer["spoken_text"])
    heard = heard_again(server.house.listener.recognizer, turn.wavs, turn.answer["spoken_text"], value)
    assert in_words(value) in heard


def test_a_conversation_goes_on_in_speech(leader: Visitor, server: Served) -> None:
    with leader.call() as call:
        first = call.turn(spoken("Số bác sĩ của thành phố Vũng Tàu năm ngoái", server.house.speaker)).answer
        then = call.turn(spoken("Còn huyện Châu Đức thì sao?", server.house.speaker)).answer
    assert [answer["figures"][0]["place"] for answer in (first, then)] == ["747", "750"]
    assert then["conversation"] == first["conversation"]


@pytest.fixture
def newcomer(server: Served) -> Iterator[Visitor]:
    """An account of its own that may see health, whose grants a test may change."""
    accounts = server.house.accounts
    if accounts.get("moi.vao") is None:
        accounts.create("moi.vao", PASSWORD, full_name="Lê Mới", role="officer")
    accounts.set_grants("moi.vao", Grants({"health": None}))
    visitor = Visitor(server, "moi.vao", PASSWORD)
    yield visitor
    visitor.http.close()


def test_grants_are_read_again_at_every_turn(newcomer: Visitor, server: Served) -> None:
    question = spoken("Số bác sĩ của tỉnh năm ngoái", server.house.speaker)
    with newcomer.call() as call:
        assert call.turn(question).answer["status"] == "answered"
        server.house.accounts.set_grants("moi.vao", Grants({"education": None}))
        denied = call.turn(question).answer
        server.house.accounts.set_grants("moi.vao", Grants({"health": None}))
        again = call.turn(question).answer
    assert denied["status"] == "denied" and "y tế" in denied["text"]
    assert not denied["figures"] and denied["table"] is None and denied["chart"] is None
    assert again["status"] == "answered"


def test_an_answer_is_said_again_to_whoever_may_see_it(
    leader: Visitor, visit: Callable[[str], Visitor], server: Served
) -> None:
    answer = leader.ask("Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    with leader.call() as call:
        call.tell("say", answer=answer["id"])
        last = call.until("audio", "error")[-1]
        assert last["type"] == "audio" and last["wav"].startswith(b"RIFF")
    with visit("giaoduc").call() as call:
        call.tell("say", answer=answer["id"])
        last = call.until("audio", "error")[-1]
        assert last["type"] == "error" and "quyền" in last["message"]


def test_the_session_house_and_the_served_one_know_the_same(house: House, server: Served) -> None:
    assert server.house.bank.version == house.bank.version
    assert server.house.listener.name == "vosk" and server.house.catalogue.version == house.catalogue.version
