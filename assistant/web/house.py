"""What the web needs of the built house, as protocols: the routes know no room behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from assistant.access import Account, AccountService
from assistant.catalogue.catalogue import Catalogue
from assistant.clock import Clock
from assistant.settings import Settings
from assistant.speech.listener import Listener
from assistant.store import Store
from assistant.types import Answer, Utterance
from assistant.understanding.bank import Bank


class Conversation(Protocol):
    """Answers questions."""

    def ask(
        self, utterance: Utterance, account: Account, conversation: str | None = None, *, corrected: bool = False
    ) -> Answer: ...

    def may_see(self, account: Account, answer: Answer) -> bool: ...


class Speaker(Protocol):
    """Speaks: one whole WAV per sentence, in order."""

    def say(self, text: str, rate: int | None = None) -> Iterator[bytes]: ...


class Trainer(Protocol):
    """Trains the language model in the background; its state is the newest training run in the store."""

    def start(self) -> None: ...


class House(Protocol):
    """The rooms the routes speak to."""

    @property
    def settings(self) -> Settings: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def conversation(self) -> Conversation: ...

    @property
    def accounts(self) -> AccountService: ...

    @property
    def store(self) -> Store: ...

    @property
    def listener(self) -> Listener: ...

    @property
    def speaker(self) -> Speaker: ...

    @property
    def bank(self) -> Bank:
        """The bank in force, overlay included."""

    @property
    def trainer(self) -> Trainer: ...

    @property
    def illustrative(self) -> bool:
        """The figures are those of the sample province."""

    def health(self) -> Mapping[str, tuple[bool, str]]:
        """Part to whether it works, and a short Vietnamese word on it for people; no secrets."""
