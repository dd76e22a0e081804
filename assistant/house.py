"""Builds the house: every room, wired together. The server and the command line both live in it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property

from assistant.access import AccountService
from assistant.admin.templates import overlay_entries
from assistant.admin.trainer import Trainer
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.conversation import Conversation
from assistant.errors import AssistantError, ConfigurationError
from assistant.query.engine import QueryEngine
from assistant.settings import Settings
from assistant.speech.listener import Listener
from assistant.speech.recognizer import Domain
from assistant.speech.speaker import EspeakSpeaker
from assistant.store import Store
from assistant.types import Versions
from assistant.understanding import said
from assistant.understanding.bank import Bank
from assistant.understanding.reader import Understanding
from assistant.understanding.supervisor import Supervisor, running
from assistant.understanding.training import current
from assistant.warehouse.store import Warehouse, illustrative
from assistant.wordings import load as load_wordings
from connectors.sample import UNITS_OF


class House:
    """The rooms of one running assistant. Speech is built when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        """Reads catalogue and bank and opens the data folder; raises ConfigurationError where something is wrong."""
        self.settings = settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.clock = settings.clock()
        catalogue = load_catalogue(settings.catalogue_dir)
        self.illustrative = illustrative(Warehouse(settings.data_dir, catalogue))
        self.catalogue: Catalogue = catalogue.as_of(UNITS_OF) if self.illustrative else catalogue
        self.store = Store(settings.state_url, self.clock)
        self.accounts = AccountService(self.store, self.clock, session_hours=settings.session_hours)
        self.bank = self.load_bank()
        self.warehouse = Warehouse(settings.data_dir, self.catalogue, settings.query_memory_mb, settings.query_threads)
        self.engine = QueryEngine(self.warehouse, self.catalogue)
        self.supervisor = Supervisor(settings)
        self.nlu = self.supervisor.client
        self.understanding = Understanding(
            self.catalogue,
            self.bank,
            self.nlu,
            self.clock,
            serves=self.engine.stored.serves,
            fades=timedelta(minutes=settings.context_minutes),
        )
        self.conversation = Conversation(
            catalogue=self.catalogue,
            understanding=self.understanding,
            warehouse=self.warehouse,
            engine=self.engine,
            store=self.store,
            clock=self.clock,
            versions=self.versions,
            longest=settings.max_text_characters,
        )
        self.trainer = Trainer(settings, self.store, self.supervisor, self.load_bank, self._learned)

    @cached_property
    def listener(self) -> Listener:
        """Hears people."""
        return Listener(self.settings, domain=self.domain())

    @cached_property
    def speaker(self) -> EspeakSpeaker:
        """Speaks to people."""
        return EspeakSpeaker(self.settings)

    def warm_up(self) -> None:
        """Loads what the first question would otherwise wait for: compiled queries, the recogniser, the voice."""
        self.engine.warm_up()
        self.listener.start()
        self.speaker.start()
        settle()

    def domain(self) -> Domain:
        """What people are expected to say, as the bank and the catalogue are now."""
        bank, catalogue = self.bank, self.catalogue
        return Domain(
            said.version(bank, catalogue),
            lambda: said.sentences(bank, catalogue),
            lambda: said.fragments(catalogue),
        )

    def load_bank(self) -> Bank:
        """The bank in force: the file with the overlay that administrators wrote."""
        return Bank.load(self.settings.bank_file, overlay_entries(self.store))

    def versions(self) -> Versions:
        """What a turn is answered with, snapshots aside."""
        trained = current(self.settings)
        model = self.supervisor.model or (trained.version if trained else "")
        return Versions(bank=self.bank.version, model=model, catalogue=self.catalogue.version)

    def health(self) -> Mapping[str, tuple[bool, str]]:
        """Part to whether it works, and a short Vietnamese word on it for people."""
        words = load_wordings("conversation")
        parts: dict[str, tuple[bool, str]] = {}
        loaded = self.warehouse.domains()
        parts["data"] = (bool(loaded), words("health.data", count=len(loaded)))
        ready = self.nlu.health()
        parts["understanding"] = (ready, words("health.ready" if ready else "health.starting"))
        try:
            self.store.check()
            parts["store"] = (True, words("health.ready"))
        except Exception:
            parts["store"] = (False, words("health.broken"))
        for name in ("listener", "speaker"):
            try:
                getattr(self, name)
                parts[name] = (True, words("health.ready"))
            except AssistantError:
                parts[name] = (False, words("health.broken"))
        return parts

    def close(self) -> None:
        """Ends what was started: Rasa, the speaker, the listening threads, the database. A borrowed Rasa goes on."""
        gc.unfreeze()  # what is left is put away at the end of the process
        if self.supervisor.state != "stopped":
            self.supervisor.stop()
        for name in ("listener", "speaker"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.store.close()

    def _learned(self, bank: Bank) -> None:
        self.bank = bank
        self.understanding.learn(bank)


def settle() -> None:
    """Takes what is there for good out of the collector's sight: one look through the names of 2,000 places takes a second,
    in the middle of somebody's question."""
    gc.collect()
    gc.freeze()


@contextmanager
def build(settings: Settings, *, borrow_nlu: bool = False, wait: bool = False) -> Iterator[House]:
    """A house with Rasa started in the background.

    ``borrow_nlu`` uses a Rasa that already runs for this data folder, where there is one; ``wait`` returns only when
    questions can be answered. Raises ConfigurationError.
    """
    house = House(settings)
    borrowed = running(settings) if borrow_nlu else None
    try:
        if borrowed is not None:
            house.nlu = house.understanding.competition.nlu = borrowed
        else:
            if wait and not settings.nlu_url and current(settings) is None:
                raise ConfigurationError("no language model is trained yet; run: assistant train")
            house.supervisor.start()
            if wait and not settings.nlu_url and not house.supervisor.wait():
                raise ConfigurationError(f"Rasa did not start: {house.supervisor.last_error}")
        yield house
    finally:
        house.close()
        if borrowed is not None:
            borrowed.close()
