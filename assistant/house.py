"""Builds the house: every room, wired together. The server and the command line both live in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from assistant.access import AccountService
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.clock import Clock
from assistant.conversation import Conversation
from assistant.query import QueryEngine
from assistant.settings import Settings
from assistant.speech.listener import Listener
from assistant.speech.speaker import EspeakSpeaker, Speaker
from assistant.store.store import Store
from assistant.types import Versions
from assistant.understanding.bank import Bank, Entry
from assistant.understanding.nlu_client import NluClient
from assistant.understanding.reader import Understanding
from assistant.understanding.supervisor import Supervisor
from assistant.warehouse.store import Warehouse


@dataclass
class House:
    """The rooms of one running assistant. Speech is built when it is first needed."""

    settings: Settings
    clock: Clock
    catalogue: Catalogue
    store: Store
    accounts: AccountService
    bank: Bank
    warehouse: Warehouse
    engine: QueryEngine
    supervisor: Supervisor
    nlu: NluClient
    understanding: Understanding
    conversation: Conversation

    @cached_property
    def listener(self) -> Listener:
        """Hears people."""
        return Listener(self.settings)

    @cached_property
    def speaker(self) -> Speaker:
        """Speaks to people."""
        return EspeakSpeaker(self.settings)
