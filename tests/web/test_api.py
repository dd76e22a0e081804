"""The interface: asking, reading again, rating, exporting; who may and who may not."""

from __future__ import annotations

import io
import json
import wave

import pytest

from assistant.access import Grants
from tests.web.conftest import NOW, ORIGIN, SmallHouse, Visitors

EXPORTS = ("", "/chart.svg", "/chart.png", "/table.csv", "/table.xlsx", "/speech.wav", "/feedback")


def test_question_is_answered_and_kept(visit: Visitors) -> None:
    browser = visit("lanhdao")
    answer = browser.ask("Tỉnh có bao nhiêu bác sĩ?")
    assert (answer["status"], answer["text"]) == ("answered", "Năm 2025, tỉnh có 1.530 bác sĩ.")
    assert browser.get(f"/api/answers/{answer['id']}").json() == answer
    more = browser.ask("Còn năm trước?", conversation=answer["conversation"], corrected=True)
    turns = browser.get(f"/api/conversations/{answer['conversation']}").json()
    assert [turn["answer"]["id"] for turn in turns] == [answer["id"], more["id"]]
    assert browser.get("/api/conversations", params={"q": "BAC SI"}).json()[0]["title"] == "Tỉnh có bao nhiêu bác sĩ?"
    assert browser.get("/api/conversations", params={"q": "học sinh"}).json() == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "x" * 20_001}, 400),
        ({}, 400),
        ({"text": None}, 400),
        ({"text": "a", "as": "lanhdao"}, 400),
        ({"text": "nlu"}, 503),
        ({"text": "hỏng"}, 500),
        ({"text": "x", "conversation": "of somebody else"}, 404),
    ],
)
def test_failures_are_one_sentence(visit: Visitors, content: dict[str, object], status: int) -> None:
    told = visit("lanhdao").call("/api/ask", content)
    assert told.status_code == status
    assert list(told.json()) == ["error"]
    assert told.json()["error"].endswith(".") and "secret" not in told.text and "Traceback" not in told.text


def test_body_that_is_no_json_or_too_large(visit: Visitors) -> None:
    browser = visit("lanhdao")
    headers = {"x-csrf-token": browser.csrf, "content-type": "application/json"}
    assert browser.post("/api/ask", content=b"{", headers=headers).status_code == 400
    large = browser.post("/api/ask", content=b" " * 70_000, headers=headers)
    assert large.status_code == 413 and "quá lớn" in large.json()["error"]
    chunked = browser.post("/api/ask", content=iter([b" " * 40_000, b" " * 40_000]), headers=headers)
    assert chunked.status_code == 413


def test_calls_need_session_token_and_origin(visit: Visitors) -> None:
    browser = visit("lanhdao")
    question = {"text": "x"}
    assert browser.post("/api/ask", json=question).status_code == 403
    assert browser.call("/api/ask", question, **{"x-csrf-token": "0" * 64}).status_code == 403
    assert browser.call("/api/ask", question, origin="https://evil.example").status_code == 403
    assert browser.call("/api/ask", question, origin="null").status_code == 403
    assert browser.call("/api/ask", question).status_code == 200
    stranger = visit()
    assert stranger.call("/api/ask", question).status_code in (401, 403)
    other = visit("giaoduc")
    assert other.call("/api/ask", question, **{"x-csrf-token": browser.csrf}).status_code == 403


@pytest.mark.parametrize(
    ("reader", "status"), [("lanhdao", 200), ("quantri", 200), ("giaoduc", 403), ("yte", 403), ("moi", 403), ("", 401)]
)
@pytest.mark.parametrize("what", EXPORTS)
def test_answers_and_exports_ask_for_the_readers_own_grant(
    visit: Visitors, reader: str, status: int, what: str
) -> None:
    answer = visit("lanhdao").ask("Tỉnh có bao nhiêu bác sĩ?")
    told = visit(reader).get(f"/api/answers/{answer['id']}{what}")
    assert told.status_code == status
    if status != 200:
        assert "1.530" not in told.text and list(told.json()) == ["error"]


@pytest.mark.parametrize(("reader", "status"), [("quantri", 200), ("giaoduc", 403), ("moi", 403), ("", 303)])
def test_link_to_an_answer_asks_for_the_readers_own_grant(visit: Visitors, reader: str, status: int) -> None:
    answer = visit("lanhdao").ask("Tỉnh có bao nhiêu bác sĩ?")
    page = visit(reader).get(f"/answers/{answer['id']}")
    assert page.status_code == status and "1.530" not in page.text
    if status == 303:
        assert page.headers["location"] == f"/login?next=/answers/{answer['id']}"


def test_shared_answer_brings_no_suggestions_of_others(visit: Visitors) -> None:
    answer = visit("lanhdao").ask("Tỉnh có bao nhiêu bác sĩ?")
    assert answer["suggestions"]
    assert visit("quantri").get(f"/api/answers/{answer['id']}").json()["suggestions"] == []


def test_grant_taken_away_holds_at_the_next_question_and_for_what_was_answered(
    visit: Visitors, house: SmallHouse
) -> None:
    browser = visit("lanhdao")
    answer = browser.ask("Tỉnh có bao nhiêu bác sĩ?")
    house.accounts.set_grants("lanhdao", Grants({"education": None}))
    assert browser.ask("Tỉnh có bao nhiêu bác sĩ?")["status"] == "denied"
    assert browser.get(f"/api/answers/{answer['id']}").status_code == 403
    turns = browser.get(f"/api/conversations/{answer['conversation']}")
    assert turns.json()[0]["answer"]["status"] == "denied" and "1.530" not in turns.text


def test_history_shows_ones_own_only(visit: Visitors) -> None:
    answer = visit("lanhdao").ask("Tỉnh có bao nhiêu bác sĩ?")
    other = visit("quantri")
    assert other.get("/api/conversations").json() == []
    assert other.get(f"/api/conversations/{answer['conversation']}").status_code == 404
    assert other.call("/api/ask", {"text": "x", "conversation": answer["conversation"]}).status_code == 404
    assert "bác sĩ" not in other.get("/history").text


def test_disabled_account_is_out_at_once(visit: Visitors, house: SmallHouse) -> None:
    browser = visit("lanhdao")
    house.accounts.disable("lanhdao")
    assert browser.call("/api/ask", {"text": "x"}).status_code == 401


def test_thumbs(visit: Visitors, house: SmallHouse) -> None:
    browser = visit("lanhdao")
    path = f"/api/answers/{browser.ask('Câu hỏi')['id']}/feedback"
    assert browser.get(path).json() == {"thumb": None, "note": ""}
    assert browser.call(path, {"thumb": "down", "note": "sai năm"}).status_code == 200
    assert browser.get(path).json() == {"thumb": "down", "note": "sai năm"}
    assert browser.call(path, {"thumb": None}).json()["thumb"] is None
    assert browser.call(path, {"thumb": "sideways"}).status_code == 400
    assert browser.post(path, json={"thumb": "up"}).status_code == 403


def test_exports(visit: Visitors) -> None:
    browser = visit("lanhdao")
    path = f"/api/answers/{browser.ask('Câu hỏi')['id']}"
    picture = browser.get(f"{path}/chart.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml") and "<svg" in picture.text
    assert "sandbox" in picture.headers["content-security-policy"]
    assert browser.get(f"{path}/chart.png").content.startswith(b"\x89PNG")
    text = browser.get(f"{path}/table.csv")
    assert "12,5" in text.text and "\n=1+1" not in text.text and "=1+1" in text.text
    assert "attachment" in text.headers["content-disposition"]
    assert browser.get(f"{path}/table.xlsx").content.startswith(b"PK")
    sound = browser.get(f"{path}/speech.wav").content
    with wave.open(io.BytesIO(sound)) as reader:
        assert reader.getnframes() > reader.getframerate()  # two sentences, longer than a second


def test_answer_without_table_and_chart_has_no_exports(visit: Visitors) -> None:
    browser = visit("moi")
    path = f"/api/answers/{browser.ask('Câu hỏi')['id']}"
    assert [browser.get(path + what).status_code for what in ("/chart.svg", "/table.csv", "/table.xlsx")] == [404] * 3


@pytest.mark.parametrize("answer", ["nothing", "..", "' OR 1=1 --", "x" * 40, "%00"])
def test_unknown_answers(visit: Visitors, answer: str) -> None:
    assert visit("lanhdao").get(f"/api/answers/{answer}").status_code in (400, 404)


def test_me_tells_domains_and_areas_by_name(visit: Visitors) -> None:
    me = visit("yte").get("/api/me").json()
    assert [(domain["code"], domain["areas"]) for domain in me["domains"]] == [("health", ["huyện Châu Đức"])]
    assert me["illustrative"] is True


def test_health_names_parts_and_no_secrets(visit: Visitors, house: SmallHouse) -> None:
    assert visit().get("/api/health").json()["status"] == "ok"
    house.parts["understanding"] = (False, "đang khởi động")
    told = visit().get("/api/health")
    assert told.status_code == 503 and told.json()["parts"]["understanding"]["ok"] is False
    assert str(house.settings.data_dir) not in told.text


def test_description_carries_vietnamese_examples(visit: Visitors) -> None:
    told = visit().get("/api/openapi.json").json()
    ask = told["paths"]["/api/ask"]["post"]
    questions = ask["requestBody"]["content"]["application/json"]["examples"]
    assert "hồ sơ trễ hạn" in json.dumps(questions, ensure_ascii=False)
    assert ask["responses"]["200"]["content"]["application/json"]["example"]["status"] == "answered"
    assert visit().get("/docs").status_code == 404


def test_asked_at_keeps_its_zone(visit: Visitors) -> None:
    assert visit("lanhdao").ask("Câu hỏi")["asked_at"] == NOW.isoformat()
    assert ORIGIN.startswith("http://127.")
