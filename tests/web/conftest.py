"""A small house: everything is real but the conversation and the ears' engine, which answer the same to everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from assistant.access import Account, AccountService, Grants, Role
from assistant.access.passwords import Passwords
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.clock import ZONE, FixedClock
from assistant.errors import BadInput, NluUnavailable
from assistant.settings import Settings
from assistant.speech.listener import Listener
from assistant.speech.recognizer import Transcript
from assistant.speech.speaker import EspeakSpeaker
from assistant.store import Store
from assistant.types import Answer, Figure, Period, Status, Suggestion, Table, Utterance
from assistant.understanding.bank import Bank
from assistant.web.app import create_app

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
PASSWORD = "mot mat khau dai"
ORIGIN = "http://127.0.0.1:8000"
HEARD = "tỉnh có bao nhiêu bác sĩ"


class Stream:
    """Hears the same sentence whatever is said."""

    def __init__(self, open_streams: list[Stream]) -> None:
        self.all = open_streams
        self.all.append(self)

    def accept(self, pcm: bytes) -> str:  # noqa: ARG002 - the protocol
        return "tỉnh có"

    def finish(self) -> Transcript:
        return Transcript(HEARD, 0.9)

    def close(self) -> None:
        if self in self.all:
            self.all.remove(self)


class Recognizer:
    """An engine whose streams can be counted."""

    name = "test"
    why = "for tests"

    def __init__(self) -> None:
        self.streams: list[Stream] = []

    def load(self) -> None: ...

    def stream(self, phrases: Sequence[str] = ()) -> Stream:  # noqa: ARG002 - the protocol
        return Stream(self.streams)


class Conversation:
    """Answers every question with one figure about doctors, and denies who may not see it."""

    def __init__(self, store: Store, clock: FixedClock, catalogue: Catalogue) -> None:
        self.store = store
        self.clock = clock
        self.catalogue = catalogue

    def ask(
        self, utterance: Utterance, account: Account, conversation: str | None = None, *, corrected: bool = False
    ) -> Answer:
        if not utterance.text.strip():
            raise BadInput("Đồng chí vui lòng nói hoặc viết câu hỏi.")
        if utterance.text == "nlu":
            raise NluUnavailable
        if utterance.text == "hỏng":
            raise RuntimeError("secret of the inside")
        conversation = self.store.turns.open_conversation(account.username, conversation, utterance.text)
        base: dict[str, Any] = {
            "id": self.store.turns.new_id(),
            "conversation": conversation,
            "asked": utterance.text,
            "asked_at": self.clock.now(),
        }
        if account.grants.allows(INDICATOR, "77", self.catalogue):
            answer = Answer(**base, **ANSWERED)
        else:
            denied = "Đồng chí chưa được cấp quyền xem lĩnh vực y tế."
            answer = Answer(**base, status=Status.DENIED, text=denied, spoken_text=denied)
        self.store.turns.add(answer, account=account.username, utterance=utterance, corrected=corrected)
        return answer

    def may_see(self, account: Account, answer: Answer) -> bool:
        return all(account.grants.allows(one.indicator, one.place, self.catalogue) for one in answer.figures)


INDICATOR = "hea_doctors"
ANSWERED: dict[str, Any] = {
    "status": Status.ANSWERED,
    "text": "Năm 2025, tỉnh có 1.530 bác sĩ.",
    "spoken_text": "Có một nghìn năm trăm ba mươi bác sĩ. Tăng mười hai người.",
    "figures": (
        Figure(
            indicator=INDICATOR,
            place="77",
            place_kind="province",
            period=Period(grain="year", start=date(2025, 1, 1), end=date(2025, 12, 31)),
            value=1530,
            unit="người",
            as_of=date(2025, 12, 31),
            source="Sở Y tế",
            snapshot="s1",
        ),
    ),
    "table": Table(columns=("Nơi", "Bác sĩ"), rows=(("=1+1", 1530.0), ("Huyện Châu Đức", 12.5)), decimals=(None, 1)),
    "chart": {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"a": "A", "b": 28}]},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
    },
    "source": "Sở Y tế, số liệu đến 31/12/2025",
    "suggestions": (Suggestion(label="Theo huyện", text="Số bác sĩ theo huyện?"),),
}


@dataclass
class Trainer:
    started: int = 0

    def start(self) -> None:
        self.started += 1


@dataclass
class SmallHouse:
    settings: Settings
    clock: FixedClock
    catalogue: Catalogue
    store: Store
    accounts: AccountService
    conversation: Conversation
    recognizer: Recognizer
    listener: Listener
    speaker: EspeakSpeaker
    bank: Bank
    trainer: Trainer = field(default_factory=Trainer)
    illustrative: bool = True
    parts: dict[str, tuple[bool, str]] = field(default_factory=lambda: {"store": (True, "sẵn sàng")})

    def health(self) -> Mapping[str, tuple[bool, str]]:
        return self.parts


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(Settings().catalogue_dir)


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.load(Settings().bank_file)


@pytest.fixture(scope="session")
def speaker() -> Iterator[EspeakSpeaker]:
    speaker = EspeakSpeaker(Settings())
    yield speaker
    speaker.close()


def cheap() -> Passwords:
    """Hashing that takes no time."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A state database with one account of each kind, copied for every test."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("state"))
    clock = FixedClock(NOW)
    store = Store(settings.state_url, clock)
    accounts = AccountService(store, clock, passwords=cheap())
    every: dict[str, frozenset[str] | None] = dict.fromkeys(catalogue.domains)
    kinds: dict[str, tuple[Role, dict[str, frozenset[str] | None]]] = {
        "lanhdao": ("leader", every),
        "giaoduc": ("officer", {"education": None}),
        "yte": ("officer", {"health": frozenset({"750"})}),
        "moi": ("officer", {}),
        "quantri": ("admin", every),
    }
    for name, (role, grants) in kinds.items():
        accounts.create(name, PASSWORD, full_name=f"Nguyễn {name}", role=role, grants=Grants(grants))
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return settings.data_dir / "state.sqlite"


@pytest.fixture
def house(
    tmp_path: Path, state: Path, catalogue: Catalogue, bank: Bank, speaker: EspeakSpeaker
) -> Iterator[SmallHouse]:
    settings = Settings(data_dir=tmp_path)
    shutil.copy(state, tmp_path)
    clock = FixedClock(NOW)
    store = Store(settings.state_url, clock)
    accounts = AccountService(store, clock, passwords=cheap())
    recognizer = Recognizer()
    listener = Listener(settings, recognizer)
    talk = Conversation(store, clock, catalogue)
    yield SmallHouse(settings, clock, catalogue, store, accounts, talk, recognizer, listener, speaker, bank)
    listener.close()
    store.close()


class Browser(TestClient):
    """A browser: keeps cookies, sends the token of the page it is on."""

    csrf = ""

    def log_in(self, username: str, password: str = PASSWORD) -> Browser:
        page = self.get("/login")
        fields = {"username": username, "password": password, "csrf": hidden_csrf(page.text)}
        assert self.post("/login", data=fields).status_code == 303
        self.csrf = hidden_csrf(self.get("/").text)
        return self

    def call(self, path: str, content: object, **headers: str) -> Any:
        return self.post(path, json=content, headers={"x-csrf-token": self.csrf, "origin": ORIGIN} | headers)

    def ask(self, text: str, **more: object) -> dict[str, Any]:
        told = self.call("/api/ask", {"text": text, **more})
        assert told.status_code == 200, told.text
        answer: dict[str, Any] = told.json()
        return answer


def hidden_csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found, page
    return found.group(1)


@dataclass
class Visitors:
    """Opens browsers on one app."""

    house: SmallHouse

    def __post_init__(self) -> None:
        self.app = create_app(self.house)

    def __call__(self, username: str = "", base_url: str = ORIGIN, **options: Any) -> Browser:
        options = {"follow_redirects": False, "raise_server_exceptions": False} | options
        browser = Browser(self.app, base_url, **options)
        return browser.log_in(username) if username else browser


@pytest.fixture
def visit(house: SmallHouse) -> Visitors:
    return Visitors(house)
