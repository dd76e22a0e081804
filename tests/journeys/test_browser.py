"""A leader's phone and an officer's desktop: a real Chromium with a microphone that hears a spoken question."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, ViewportSize, WebSocket, expect

from assistant.access import Account
from assistant.language.numbers import in_words
from assistant.types import Utterance
from tests.journeys.conftest import Served
from tests.journeys.hearing import heard_again
from tests.speech.audio import espeak_wav16

SPOKEN = "Số bác sĩ của thành phố Vũng Tàu năm ngoái là bao nhiêu?"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

People = dict[str, tuple[Account, str]]
Start = Callable[[Path], Browser]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the microphone hears."""
    return espeak_wav16(SPOKEN, tmp_path_factory.mktemp("sound") / "question.wav", trailing_seconds=20)


@pytest.fixture
def visit(browser: Start, sound: Path, server: Served, people: People) -> Iterator[Open]:
    """Opens a page of its own, logged in as somebody; the page may neither complain nor load from elsewhere."""
    contexts = []
    complaints: list[str] = []

    def make(username: str = "lanhdao", size: ViewportSize = PHONE, path: str = "/") -> Page:
        context = browser(sound).new_context(
            base_url=server.url, viewport=size, has_touch=size is PHONE, locale="vi-VN", accept_downloads=True
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write", "microphone"], origin=server.url)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend([message.text] if message.type == "error" else []))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.extend([] if _ours(sent.url, server.url) else [sent.url]))
        page.goto(path)
        if username:
            page.get_by_label("Tên đăng nhập").fill(username)
            page.get_by_label("Mật khẩu", exact=True).fill(people[username][1])
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"**{path}")
        return page

    yield make
    for context in contexts:
        context.close()
    refusals = re.compile("status of (400|403)")  # Chromium notes what the page itself tells the person
    assert not [text for text in complaints if not refusals.search(text)]


def _ours(url: str, ours: str) -> bool:
    return url.startswith((ours, ours.replace("http", "ws"), "data:", "blob:"))


def question_box(page: Page) -> Locator:
    """Where questions are typed."""
    return page.get_by_role("textbox", name="Câu hỏi", exact=True)


def ask(page: Page, text: str) -> Locator:
    """Types a question; the card with its answer."""
    before = page.locator("article[data-answer]").count()
    question_box(page).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("article[data-answer]")).to_have_count(before + 1)
    return page.locator("article[data-answer]").last


def no_sideways(page: Page) -> None:
    """Nothing lies beyond the right edge."""
    width = page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('#scroll')?.scrollWidth ?? 0") <= width


# Writing


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_typed_question_shows_figure_table_chart_and_source(
    visit: Open, size: ViewportSize, server: Served, people: People
) -> None:
    question = "Số bác sĩ của từng huyện năm 2025?"
    expected = server.house.conversation.ask(Utterance(text=question), people["lanhdao"][0])
    page = visit(size=size)
    card = ask(page, question)
    expect(card.locator(".text")).to_have_text(expected.text)
    expect(card.locator(".source")).to_contain_text("số liệu minh họa")
    assert card.locator("tbody tr").count() == len(expected.table.rows) >= 7  # type: ignore[union-attr]
    picture = card.locator("figure img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert picture.get_attribute("alt")
    no_sideways(page)
    one = ask(page, "Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    expect(one.locator(".figure strong")).to_have_text(re.compile(r"^[\d.]+$"))
    expect(page.locator("#announce")).to_contain_text("bác sĩ")
    no_sideways(page)


def test_a_tapped_suggestion_is_asked(visit: Open) -> None:
    page = visit()
    first = page.locator("#starters button").first
    first.tap()
    expect(page.locator("article[data-answer]")).to_have_count(1)
    chip = ask(page, "Số bác sĩ của từng huyện năm 2025?").locator(".chips button").first
    wanted = chip.get_attribute("title")
    chip.tap()
    expect(page.locator("article[data-answer]")).to_have_count(3)
    expect(page.locator("article[data-answer]").last.locator(".asked")).to_contain_text(wanted or "?")
    expect(page.locator("article[data-answer]").last.locator(".text")).not_to_be_empty()


def test_two_schools_of_one_name_are_told_apart_by_a_tap(visit: Open) -> None:
    page = visit()
    card = ask(page, "Năm học 2025-2026 Trường Tiểu học Nguyễn Huệ có bao nhiêu học sinh?")
    expect(card).to_have_attribute("data-status", "clarify")
    card.locator(".chips button").nth(1).tap()
    last = page.locator("article[data-answer]").nth(1)
    expect(last).to_have_attribute("data-status", "answered")
    expect(last.locator(".text")).to_contain_text("Nguyễn Huệ")


def test_html_in_a_question_stays_text(visit: Open) -> None:
    page = visit()
    evil = "<img src=x onerror=\"document.title='hacked'\"><b>Số bác sĩ</b> năm 2025?"
    card = ask(page, evil)
    expect(card.locator(".asked")).to_contain_text(evil)
    assert card.locator("b, script").count() == 0
    assert page.locator("img[src='x']").count() == 0
    page.goto("/history")
    expect(page.get_by_role("main")).to_contain_text("<b>Số bác sĩ</b>")
    assert page.locator("main b, main img").count() == 0 and page.title() != "hacked"


# Speaking


class Frames:
    """What the page's voice socket received."""

    def __init__(self, page: Page) -> None:
        self.events: list[dict[str, Any]] = []
        self.wavs: list[bytes] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._take)

    def _take(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self.wavs.append(frame)
        else:
            self.events.append(json.loads(frame))

    def texts(self, kind: str) -> list[str]:
        return [event["text"] for event in self.events if event["type"] == kind]


@pytest.mark.parametrize("by", ["mouse", "keyboard", "finger"])
def test_a_held_button_gets_the_figure_written_and_spoken(by: str, visit: Open, server: Served, people: People) -> None:
    page = visit("", size=DESKTOP if by == "mouse" else PHONE, path="/login")
    frames = Frames(page)
    finger = page.context.new_cdp_session(page)
    page.get_by_label("Tên đăng nhập").fill("lanhdao")
    page.get_by_label("Mật khẩu", exact=True).fill(people["lanhdao"][1])
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=re.compile("^Giữ"))
    expect(button).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-state", "idle", timeout=30_000)
    while not [event for event in frames.events if event["type"] == "ready"]:
        page.wait_for_timeout(20)
    hold(page, finger, button, by, down=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#partial")).to_contain_text("là bao nhiêu", timeout=15_000)
    hold(page, finger, button, by, down=False)
    expect(button).to_have_attribute("aria-pressed", "false")
    card = page.locator("article[data-answer]")
    expect(card).to_have_count(1, timeout=15_000)
    expect(page.locator("body")).to_have_attribute("data-sentences-played", re.compile(r"[1-9]"), timeout=30_000)
    heard = frames.texts("transcript")[0]
    typed = server.house.conversation.ask(Utterance(text=heard), people["lanhdao"][0])
    right = server.house.conversation.ask(Utterance(text=SPOKEN), people["lanhdao"][0])
    assert typed.figures == right.figures != ()
    assert len(set(frames.texts("partial"))) >= 3
    expect(card.locator(".asked")).to_contain_text(heard)
    expect(card.locator(".text")).to_have_text(right.text)
    value = right.figures[0].value
    said = heard_again(server.house.listener.recognizer, frames.wavs, right.spoken_text, value)
    assert in_words(value) in said
    if by == "mouse":
        correct_and_replay(page, frames)


def hold(page: Page, finger: CDPSession, button: Locator, by: str, *, down: bool) -> None:
    """Presses the button or lets it go."""
    box = button.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if by == "mouse":
        page.mouse.move(x, y)
        page.mouse.down() if down else page.mouse.up()
    elif by == "keyboard":
        button.focus()
        page.keyboard.down(" ") if down else page.keyboard.up(" ")
    else:
        points = [{"x": x, "y": y}] if down else []
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart" if down else "touchEnd", "touchPoints": points})


def correct_and_replay(page: Page, frames: Frames) -> None:
    """Corrects what was heard by hand, asks again, and hears the new answer once more."""
    page.get_by_role("button", name="Sửa lại câu").first.click()
    field = page.get_by_label("Sửa lại câu đã nghe")
    expect(field).to_be_focused()
    field.fill("Số bác sĩ của huyện Châu Đức năm ngoái là bao nhiêu?")
    page.get_by_role("button", name="Hỏi lại").click()
    card = page.locator("article[data-answer]").nth(1)
    expect(card.locator(".text")).to_contain_text("Châu Đức")
    expect(page.locator("body")).to_have_attribute("data-state", "speaking", timeout=30_000)
    expect(page.locator("body")).to_have_attribute("data-state", "idle", timeout=30_000)
    before = len(frames.wavs)
    card.get_by_role("button", name="Nghe lại").click()
    expect(page.locator("body")).to_have_attribute("data-state", "speaking", timeout=30_000)
    assert len(frames.wavs) > before
    page.get_by_role("button", name="Dừng đọc").click()
    expect(page.locator("body")).to_have_attribute("data-state", "idle", timeout=30_000)


# Going on with it


def test_downloads_hold_the_figure(visit: Open) -> None:
    page = visit(size=DESKTOP)
    card = ask(page, "Số bác sĩ của từng huyện năm 2025?")
    shown = [cell.inner_text() for cell in card.locator("tbody tr").first.locator("th, td").all()]
    name, number = shown[0], next(text for text in shown[1:] if re.fullmatch(r"[\d.]+", text))
    with page.expect_download() as download:
        card.get_by_role("link", name="CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";" if ";" in lines else ","))
    assert any(name in row and any(cell.replace(".", "") == number.replace(".", "") for cell in row) for row in rows)
    assert any("số liệu minh họa" in cell for row in rows for cell in row)
    with page.expect_download() as download:
        card.get_by_role("link", name="Excel").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(name in row and int(number.replace(".", "")) in row for row in cells)
    with page.expect_download() as download:
        card.get_by_role("link", name="Ảnh").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    card.get_by_role("button", name="Sao chép bảng").click()
    expect(page.locator("#notice")).to_contain_text("Đã sao chép")
    assert f"{name}\t" in page.evaluate("navigator.clipboard.readText()")


def test_a_link_to_an_answer_asks_for_the_readers_own_grant(visit: Open) -> None:
    page = visit(size=DESKTOP)
    card = ask(page, "Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    figure = card.locator(".figure strong").inner_text()
    card.get_by_role("button", name="Chia sẻ").click()
    link = page.evaluate("navigator.clipboard.readText()")
    path = "/answers/" + link.rsplit("/", 1)[1]
    allowed = visit("quantri", path=path)
    expect(allowed.locator(".figure strong")).to_have_text(figure)
    no_sideways(allowed)
    refused = visit("giaoduc", path=path)
    expect(refused.get_by_role("main")).to_contain_text("chưa được cấp quyền")
    assert figure not in refused.content() and refused.locator(".figure").count() == 0


def test_the_history_is_found_and_gone_on_with(visit: Open) -> None:
    page = visit("yte", size=DESKTOP)
    ask(page, "Số giường bệnh của huyện Châu Đức năm 2025?")
    page.get_by_role("link", name="Cuộc trao đổi mới").click()
    ask(page, "Số bác sĩ của huyện Châu Đức năm 2024?")
    page.get_by_label("Tìm trong câu đã hỏi").fill("giuong benh")
    rows = page.locator("#conversations a")
    expect(rows).to_have_count(1)
    rows.first.click()
    expect(page.locator("article[data-answer] .asked").first).to_contain_text("giường bệnh")
    last = ask(page, "Còn năm 2024?")
    expect(last.locator(".text")).to_contain_text("giường bệnh")
    page.goto("/history?q=bac+si")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)


def test_a_thumb_is_kept(visit: Open) -> None:
    page = visit()
    card = ask(page, "Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    card.get_by_role("button", name="Câu trả lời chưa tốt").tap()
    expect(card.get_by_role("button", name="Câu trả lời chưa tốt")).to_have_attribute("aria-pressed", "true")
    page.goto(f"/answers/{card.get_attribute('data-answer')}")
    expect(page.get_by_role("button", name="Câu trả lời chưa tốt")).to_have_attribute("aria-pressed", "true")


# For everybody


@pytest.mark.parametrize("path", ["/login", "/", "/history", "/admin/templates"])
def test_every_page_fits_a_small_phone_and_names_its_parts(visit: Open, path: str) -> None:
    page = visit("" if path == "/login" else "quantri", path=path)
    no_sideways(page)
    assert page.locator("html").get_attribute("lang") == "vi" and page.title()
    assert page.locator("h1").count() == 1 and page.get_by_role("main").count() == 1
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == []
    small = page.evaluate(TOO_SMALL)
    assert small == []


UNNAMED = """() => [...document.querySelectorAll("button, a, input:not([type=hidden]), select, textarea, summary, img")]
  .filter((node) => node.checkVisibility() && !node.labels?.length && !node.ariaLabel && !node.textContent.trim())
  .filter((node) => !node.hasAttribute("alt"))
  .map((node) => node.outerHTML)"""
"""What a person sees but a screen reader would have no name for."""

TOO_SMALL = """() => [...document.querySelectorAll("button, summary, select, input:not([type=checkbox], [type=hidden])")]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 36)
  .map((node) => node.outerHTML)"""
"""What a thumb would miss."""


def test_the_keyboard_alone_is_enough(visit: Open, people: People) -> None:
    page = visit("", size=DESKTOP, path="/login")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("lanhdao")
    page.keyboard.press("Tab")
    page.keyboard.type(people["lanhdao"][1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question_box(page)).to_be_focused()
    page.keyboard.type("Năm 2025 tỉnh có bao nhiêu bác sĩ?")
    page.keyboard.press("Enter")
    card = page.locator("article[data-answer]")
    expect(card).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert card.locator(":focus").count() == 1 and seen != "none", "the focus goes back into the answer, and is seen"


def test_a_screen_reader_is_told(visit: Open) -> None:
    page = visit()
    assert page.locator("#partial").get_attribute("aria-live") == "polite"
    assert page.locator("#announce").get_attribute("role") == "status"
    assert page.locator("#notice").get_attribute("role") == "alert"
    card = ask(page, "Số bác sĩ của từng huyện năm 2025?")
    expect(page.locator("#announce")).to_have_text(card.locator(".text").inner_text())
    assert page.get_by_role("article", name=re.compile("Số bác sĩ của từng huyện")).count() == 1
    assert card.locator("thead th[scope=col]").count() >= 2 and card.locator("tbody th[scope=row]").count() >= 7
    question_box(page).fill("?!")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("câu hỏi")
    expect(question_box(page)).to_have_value("?!")
