"""Questions in writing, the whole way: real catalogue, real Rasa, real figures."""

from __future__ import annotations

import pytest

from assistant.access import Account
from assistant.house import House
from assistant.types import Status, Utterance

People = dict[str, tuple[Account, str]]


def test_a_question_gets_its_figure(house: House, people: People) -> None:
    leader, _ = people["lanhdao"]
    answer = house.conversation.ask(Utterance(text="Năm học 2024-2025 huyện Châu Đức có bao nhiêu học sinh?"), leader)
    assert answer.status is Status.ANSWERED
    figure = answer.figures[0]
    assert (figure.indicator, figure.place) == ("edu_pupils", "750")
    assert "Châu Đức" in answer.text and "số liệu minh họa" in answer.source


def test_a_conversation_goes_on(house: House, people: People) -> None:
    leader, _ = people["lanhdao"]
    first = house.conversation.ask(Utterance(text="Số bác sĩ của thành phố Vũng Tàu năm 2025?"), leader)
    then = house.conversation.ask(Utterance(text="Còn Bà Rịa thì sao?"), leader, first.conversation)
    assert [answer.figures[0].place for answer in (first, then)] == ["747", "748"]
    assert then.figures[0].period == first.figures[0].period


@pytest.mark.parametrize("text", ["Số bác sĩ năm 2025?", "Năm 2025 Vũng Tàu có bao nhiêu bác sĩ", "so bac si nam 2025"])
def test_a_domain_without_grant_is_denied_and_nothing_else_told(house: House, people: People, text: str) -> None:
    officer, _ = people["giaoduc"]
    answer = house.conversation.ask(Utterance(text=text), officer)
    assert answer.status is Status.DENIED
    assert "y tế" in answer.text
    assert not answer.figures and answer.table is None and answer.chart is None


def test_an_answer_tells_its_reading_but_a_refusal_does_not(house: House, people: People) -> None:
    text = "Số bác sĩ của huyện Châu Đức năm 2025?"
    told = house.conversation.ask(Utterance(text=text), people["lanhdao"][0])
    assert told.reading is not None and told.reading.intent == "value"
    assert [found.code for found in told.reading.indicators] == ["hea_doctors"]
    assert [found.code for found in told.reading.areas] == ["750"]
    assert house.conversation.ask(Utterance(text=text), people["giaoduc"][0]).reading is None


def test_answers_without_figures_ask_for_the_readers_grant_too(house: House, people: People) -> None:
    told = house.conversation.ask(Utterance(text="Số bác sĩ của huyện Châu Đức năm 2035?"), people["lanhdao"][0])
    assert told.status is Status.NO_DATA and not told.figures
    sees = {name: house.conversation.may_see(account, told) for name, (account, _) in people.items()}
    assert sees == {"lanhdao": True, "quantri": True, "yte": True, "giaoduc": False, "moi": False}
