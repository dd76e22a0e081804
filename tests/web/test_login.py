"""Logging in and out, and what guards the forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.conftest import PASSWORD, SmallHouse, Visitors, hidden_csrf


def test_log_in_sets_a_guarded_cookie_and_log_out_ends_the_session(visit: Visitors) -> None:
    browser = visit("lanhdao")
    assert browser.get("/api/me").json()["full_name"] == "Nguyễn lanhdao"
    old = browser.cookies["assistant_session"]
    assert browser.post("/logout", data={"csrf": browser.csrf}).headers["location"] == "/login"
    browser.cookies.set("assistant_session", old)
    assert browser.get("/api/me").status_code == 401


def test_cookie_flags(visit: Visitors) -> None:
    for base, secure in (("http://127.0.0.1:8000", False), ("https://127.0.0.1:8000", True)):
        browser = visit(base_url=base)
        fields = {"username": "lanhdao", "password": PASSWORD, "csrf": hidden_csrf(browser.get("/login").text)}
        cookie = browser.post("/login", data=fields).headers["set-cookie"]
        assert "assistant_session=" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
        assert ("; Secure" in cookie) is secure


def test_wrong_password_says_so_and_keeps_the_name(visit: Visitors) -> None:
    browser = visit()
    fields = {"username": "lan<b>", "password": "sai", "csrf": hidden_csrf(browser.get("/login").text)}
    page = browser.post("/login", data=fields)
    assert page.status_code == 401 and "chưa đúng" in page.text
    assert 'value="lan&lt;b&gt;"' in page.text and "lan<b>" not in page.text


def test_ten_wrong_passwords_slow_down_and_do_not_lock_out(visit: Visitors, house: SmallHouse) -> None:
    browser = visit()
    fields = {"username": "lanhdao", "password": "sai", "csrf": hidden_csrf(browser.get("/login").text)}
    waited = 0
    for _ in range(10):
        page = browser.post("/login", data=fields)
        if page.status_code == 429:
            waited += 1
            assert "đợi" in page.text
            house.clock.moment += timedelta(seconds=int(page.headers["retry-after"]))
    assert waited >= 3
    house.clock.moment += timedelta(seconds=61)
    assert browser.post("/login", data=fields | {"password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    "after",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/login",
        "/\tx",
        "",
        "/a\r\nb",
    ],
)
def test_log_in_never_leads_elsewhere(visit: Visitors, after: str) -> None:
    browser = visit()
    csrf = hidden_csrf(browser.get("/login").text)
    fields = {"username": "lanhdao", "password": PASSWORD, "csrf": csrf, "next": after}
    assert browser.post("/login", data=fields).headers["location"] == "/"


def test_log_in_leads_back_to_the_page_asked_for(visit: Visitors) -> None:
    browser = visit()
    asked = browser.get("/history")
    assert asked.headers["location"] == "/login?next=/history"
    page = browser.get(asked.headers["location"])
    assert 'name="next" value="/history"' in page.text


def test_forms_need_their_token(visit: Visitors) -> None:
    browser = visit()
    browser.get("/login")
    fields = {"username": "lanhdao", "password": PASSWORD}
    assert browser.post("/login", data=fields).status_code == 403
    assert browser.post("/login", data=fields | {"csrf": "0" * 64}).status_code == 403
    inside = visit("lanhdao")
    assert inside.post("/logout", data={}).status_code == 403
    assert inside.post("/logout", data={"csrf": "nhầm"}).status_code == 403
    assert inside.get("/api/me").status_code == 200


def test_form_of_another_origin_is_refused(visit: Visitors) -> None:
    browser = visit()
    csrf = hidden_csrf(browser.get("/login").text)
    fields = {"username": "lanhdao", "password": PASSWORD, "csrf": csrf}
    assert browser.post("/login", data=fields, headers={"origin": "https://evil.example"}).status_code == 403


def test_first_page_leads_to_the_log_in(visit: Visitors) -> None:
    assert visit().get("/").headers["location"] == "/login"
    browser = visit()
    browser.cookies.set("assistant_session", "x" * 43)
    assert browser.get("/").headers["location"] == "/login"
