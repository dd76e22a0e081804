"""Whole ways: the real house served on a free port of the loopback, real visitors, a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Error, sync_playwright
from websockets.sync.client import ClientConnection, connect

from assistant.access import Account
from assistant.house import House
from assistant.web.serve import configure

CHUNK = 3200
"""Bytes of 0.1 s, as the page sends them."""
CHROMIUM = "chromium"
PASSWORD = "mot mat khau rat dai"

People = dict[str, tuple[Account, str]]


@contextmanager
def borrowing(house: House, **changes: object) -> Iterator[House]:
    """A further house with other settings that asks the Rasa of this one."""
    ours = House(house.settings.model_copy(update=changes))
    ours.nlu = ours.understanding.competition.nlu = house.nlu
    try:
        yield ours
    finally:
        ours.close()


@contextmanager
def served(house: House) -> Iterator[str]:
    """The address of a house while it is served on a free port."""
    server = uvicorn.Server(configure(house, house.settings.model_copy(update={"port": 0})))
    begun = threading.Event()
    startup = server.startup

    async def told(sockets: Any = None) -> None:
        await startup(sockets)
        begun.set()

    server.startup = told  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, name="journeys")
    thread.start()
    try:
        assert begun.wait(30), "the server did not start"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


@dataclass(frozen=True)
class Served:
    """A house and where it is served."""

    house: House
    url: str


@pytest.fixture(scope="session")
def server(house: House, people: People, shared: Callable[[str], Path]) -> Iterator[Served]:
    """The sample province, served; it hears with the Vosk model that understands espeak-ng."""
    model = shared("speech/vosk-model-vi-espeak")
    with borrowing(house, recognizer="vosk", vosk_model=model) as ours:
        ours.listener.start()
        with served(ours) as url:
            yield Served(ours, url)
        assert ours.listener.open_sessions == 0, "a listening session was left open"


class Visitor:
    """Somebody with a browser's cookies, over HTTP and the voice socket."""

    def __init__(self, served: Served, username: str = "", password: str = "") -> None:
        self.house = served.house
        self.url = served.url
        self.http = httpx.Client(base_url=served.url, timeout=30, trust_env=False, headers={"origin": served.url})
        self.csrf = ""
        if username:
            told = self.log_in(username, password)
            assert told.status_code == 303, told.text
            self.csrf = _token(self.http.get("/").text)

    def log_in(self, username: str, password: str) -> httpx.Response:
        """Sends the form of the log-in page."""
        token = _token(self.http.get("/login").text)
        return self.http.post("/login", data={"username": username, "password": password, "csrf": token})

    def post(self, content: bytes | str, **headers: str) -> httpx.Response:
        """Anything at all sent to where questions go."""
        kind = {"content-type": "application/json", "x-csrf-token": self.csrf}
        return self.http.post("/api/ask", content=content, headers=kind | headers)

    def ask(self, text: str, conversation: str | None = None, status: int = 200) -> dict[str, Any]:
        """A question in writing: the Answer, or the error as ``{"error": …}``."""
        told = self.post(json.dumps({"text": text, "conversation": conversation}))
        assert told.status_code == status, told.text
        answer: dict[str, Any] = told.json()
        return answer

    @contextmanager
    def call(self, origin: str = "") -> Iterator[Call]:
        """The voice socket."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        with connect(
            self.url.replace("http", "ws", 1) + "/api/voice",
            additional_headers={"cookie": cookies, "origin": origin or self.url},
            proxy=None,
            max_size=None,
            close_timeout=5,
        ) as socket:
            try:
                yield Call(socket)
            finally:
                socket.close()
                socket.socket.close()


class Call:
    """An open voice socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def tell(self, kind: str, **more: object) -> None:
        """One event to the server."""
        self.socket.send(json.dumps({"type": kind, **more}))

    def say(self, pcm: bytes, end: str = "stop") -> None:
        """Holds the button while ``pcm`` is spoken, and lets it go unless ``end`` is empty."""
        self.tell("start")
        for offset in range(0, len(pcm), CHUNK):
            self.socket.send(pcm[offset : offset + CHUNK])
        if end:
            self.tell(end)

    def until(self, *kinds: str) -> list[dict[str, Any]]:
        """Events up to and with the first of these kinds; the sound of an audio event stands under ``wav``."""
        events: list[dict[str, Any]] = []
        while not events or events[-1]["type"] not in kinds:
            event = json.loads(self.socket.recv(timeout=60))
            if event["type"] == "audio":
                event["wav"] = self.socket.recv(timeout=60)
            events.append(event)
        return events

    def turn(self, pcm: bytes) -> Turn:
        """One spoken question with everything that comes back, to the end of the spoken answer."""
        self.say(pcm)
        events = self.until("audio", "error")
        while events[-1]["type"] == "audio" and not events[-1]["last"]:
            events += self.until("audio", "error")
        assert events[-1]["type"] == "audio", events[-1]
        return Turn(events)

    def refusal(self, pcm: bytes) -> str:
        """The sentence told instead of an answer."""
        self.say(pcm)
        last = self.until("error", "answer")[-1]
        assert last["type"] == "error", last
        return str(last["message"])


@dataclass(frozen=True)
class Turn:
    """What the server sent for one spoken question."""

    events: list[dict[str, Any]]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """All events of a kind."""
        return [event for event in self.events if event["type"] == kind]

    @property
    def transcript(self) -> str:
        return str(self.of("transcript")[0]["text"])

    @property
    def answer(self) -> dict[str, Any]:
        found: dict[str, Any] = self.of("answer")[0]["answer"]
        return found

    @property
    def wavs(self) -> list[bytes]:
        return [event["wav"] for event in self.of("audio")]


def _token(page: str) -> str:
    found = re.search(r'name="csrf" (?:value|content)="(\w+)"', page)
    assert found, page
    return found.group(1)


@pytest.fixture
def visit(server: Served, people: People) -> Iterator[Callable[[str], Visitor]]:
    """Logs demonstration accounts in, each call with cookies of its own; without a name nobody is logged in."""
    with ExitStack() as stack:

        def make(username: str = "") -> Visitor:
            visitor = Visitor(server, username, people[username][1] if username else "")
            stack.callback(visitor.http.close)
            return visitor

        yield make


@pytest.fixture
def leader(visit: Callable[[str], Visitor]) -> Visitor:
    """The demonstration account that may see everything."""
    return visit("lanhdao")


def chromium() -> str:
    """Where Chromium is; skips where there is none, and fails in CI."""
    path = shutil.which(CHROMIUM)
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up("needs chromium, which is not installed")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Callable[[Path], Browser]]:
    """Starts Chromium with a microphone that hears a WAV file, once, from the moment the page opens it."""
    path = chromium()
    with sync_playwright() as playwright, ExitStack() as stack:
        started: dict[Path, Browser] = {}

        def start(sound: Path) -> Browser:
            if sound not in started:
                browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *microphone(sound)])
                started[sound] = browser
                stack.callback(lambda: _close(browser))
            return started[sound]

        yield start


QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def microphone(sound: Path) -> tuple[str, ...]:
    """What makes Chromium's microphone hear a file."""
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}%noloop",
    )


def _close(browser: Browser) -> None:
    try:
        browser.close()
    except Error:
        return
