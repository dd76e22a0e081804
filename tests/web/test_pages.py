"""The pages: what stands on them for whom, and the form of the administrators."""

from __future__ import annotations

import pytest

from assistant.access import Account, Grants
from assistant.catalogue.catalogue import Catalogue
from assistant.understanding.bank import Bank
from assistant.web.starters import starters
from assistant.wordings import load
from tests.web.conftest import SmallHouse, Visitors

DRAFT = {
    "intent": "value",
    "templates": "{indicator} tại {place} [{period}] ghi nhận ở mức nào",
    "examples": "Số học sinh tại huyện Châu Đức ghi nhận ở mức nào?",
}


def test_page_greets_names_the_sample_and_suggests(visit: Visitors, house: SmallHouse) -> None:
    page = visit("lanhdao").get("/").text
    assert "Kính chào đồng chí Nguyễn lanhdao" in page
    assert '<span class="badge"' in page and "số liệu minh họa" in page
    assert page.count("data-ask=") == 4
    house.illustrative = False
    assert '<span class="badge"' not in visit("lanhdao").get("/").text


def test_person_without_a_domain_is_told_and_gets_no_suggestions(visit: Visitors) -> None:
    page = visit("moi").get("/").text
    assert "chưa được cấp quyền" in page and "data-ask=" not in page


@pytest.mark.parametrize(
    ("grants", "places"),
    [
        ({"health": None}, {"tỉnh Bà Rịa - Vũng Tàu"}),
        ({"health": frozenset({"750"})}, {"huyện Châu Đức"}),
        ({"health": frozenset()}, set()),
        ({}, set()),
    ],
)
def test_starters_name_only_places_that_are_granted(
    catalogue: Catalogue, grants: dict[str, frozenset[str] | None], places: set[str]
) -> None:
    texts = starters(Account("lan", "Lan", "officer", grants=Grants(grants)), catalogue)
    said = " ".join(texts).lower()
    assert {place for place in ("tỉnh Bà Rịa - Vũng Tàu", "huyện Châu Đức") if place.lower() in said} == places
    assert all(text[0].isupper() for text in texts)
    assert bool(texts) is bool(places)


def test_every_domain_has_starters(catalogue: Catalogue) -> None:
    assert set(load("web").entries["starters"]) >= set(catalogue.domains)


def test_history_finds_and_links(visit: Visitors) -> None:
    browser = visit("lanhdao")
    answer = browser.ask("Số bác sĩ của tỉnh")
    page = browser.get("/history", params={"q": "bac si"}).text
    assert f"/?c={answer['conversation']}" in page
    assert "Không tìm thấy" in browser.get("/history", params={"q": "trường"}).text


@pytest.mark.parametrize(("username", "status"), [("lanhdao", 403), ("giaoduc", 403), ("", 303)])
def test_templates_are_for_administrators(visit: Visitors, username: str, status: int) -> None:
    browser = visit(username)
    assert browser.get("/admin/templates").status_code == status
    assert browser.post("/admin/templates", data={"csrf": browser.csrf, **DRAFT}).status_code in (status, 403)
    assert (
        browser.call("/api/admin/templates/check", DRAFT).status_code == (401 if not username else 403) or not username
    )
    assert "Mẫu câu hỏi" not in browser.get("/").text


def test_saving_a_template_keeps_it_and_starts_training(visit: Visitors, house: SmallHouse) -> None:
    browser = visit("quantri")
    assert browser.post("/admin/templates", data=DRAFT).status_code == 403
    saved = browser.post("/admin/templates", data={"csrf": browser.csrf, **DRAFT})
    assert (saved.status_code, saved.headers["location"]) == (303, "/admin/templates?saved=1")
    (kept,) = house.store.templates.current()
    assert (kept.intent, kept.author, len(kept.templates)) == ("value", "quantri", 1)
    assert house.trainer.started == 1
    page = browser.get("/admin/templates?saved=1").text
    assert "ghi nhận ở mức nào" in page and "Đã lưu" in page
    assert browser.post(f"/admin/templates/{kept.id}/retire", data={"csrf": browser.csrf}).status_code == 303
    assert house.store.templates.current() == () and house.trainer.started == 2
    assert browser.post("/admin/templates/nothing/retire", data={"csrf": browser.csrf}).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"intent": ""}, "kiểu câu hỏi"),
        ({"templates": " \n "}, "mẫu câu nào"),
        ({"examples": ""}, "ví dụ"),
        ({"examples": "Số {indicator} là bao nhiêu"}, "câu thật"),
        ({"templates": "{indicator} ("}, "ngoặc"),
        ({"templates": "{chỉ tiêu} ra sao"}, "Dấu ngoặc|Ô trống"),
        ({"templates": "{thing} ra sao"}, "Ô trống"),
        ({"templates": "{place:king} ra sao"}, "Vai"),
        ({"templates": "<nothing> ra sao"}, "Cụm từ"),
        ({"templates": "[{indicator}]"}, "tùy chọn"),
        ({"templates": "[a] [b] [c] [d] {indicator}"}, "16 câu"),
        ({"templates": "x" * 301}, "300 ký tự"),
    ],
)
def test_faults_are_told_in_vietnamese_and_nothing_is_saved(
    visit: Visitors, house: SmallHouse, change: dict[str, str], words: str
) -> None:
    browser = visit("quantri")
    told = browser.call("/api/admin/templates/check", DRAFT | change).json()
    assert any(word in message["text"] for message in told for word in words.split("|")), told
    assert not any(message["ok"] for message in told)
    page = browser.post("/admin/templates", data={"csrf": browser.csrf, **DRAFT, **change})
    assert page.status_code == 400
    assert house.store.templates.current() == () and house.trainer.started == 0


def test_sentence_of_another_shape_is_refused_by_name(visit: Visitors, bank: Bank) -> None:
    taken = next(sentence for entry, sentence in bank.sentences("rank"))
    told = visit("quantri").call("/api/admin/templates/check", DRAFT | {"templates": taken}).json()
    assert "Xếp hạng" in told[0]["text"]


def test_every_shape_of_the_bank_has_a_vietnamese_name(bank: Bank) -> None:
    assert set(load("web").entries["admin"]["intents"]) == set(bank.intents)


def test_training_is_seen(visit: Visitors, house: SmallHouse) -> None:
    browser = visit("quantri")
    assert browser.get("/api/admin/training").json()["state"] == "none"
    run = house.store.training_runs.begin("b1")
    assert "Đang học từ 09:00 21/11/2026" in browser.get("/api/admin/training").json()["text"]
    house.store.training_runs.finish(run, "failed", message="secret of the inside")
    told = browser.get("/api/admin/training")
    assert told.json()["state"] == "failed" and "secret" not in told.text


def test_errors_are_pages_with_a_way_back(visit: Visitors) -> None:
    page = visit("lanhdao").get("/nothing")
    assert page.status_code == 404 and "Không tìm thấy" in page.text and 'href="/"' in page.text
    assert "Traceback" not in page.text
