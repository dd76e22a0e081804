"""Trains the language model on the bank in force and moves the running assistant to it, in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.store import Store
from assistant.understanding.bank import Bank
from assistant.understanding.supervisor import Supervisor
from assistant.understanding.training import train

log = logging.getLogger(__name__)


class Trainer:
    """One training at a time; a start during one makes another follow, so that no template is left out."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        supervisor: Supervisor,
        load_bank: Callable[[], Bank],
        learned: Callable[[Bank], None],
    ) -> None:
        """``learned`` is told the bank as soon as questions are answered by its model."""
        self._settings = settings
        self._store = store
        self._supervisor = supervisor
        self._load_bank = load_bank
        self._learned = learned
        self._lock = threading.Lock()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins a training, or has one follow the one that runs; returns at once."""
        with self._lock:
            self._wanted = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)
                self._thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Returns when nothing is being trained, or after so many seconds."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                self._wanted = False
            self._once()

    def _once(self) -> None:
        bank = self._load_bank()
        run = self._store.training_runs.begin(bank.version)
        try:
            model = train(self._settings, bank, activate=False)
            self._supervisor.switch(model)
        except AssistantError as error:
            log.warning("training failed: %s", error.detail or error.message)
            self._store.training_runs.finish(run, "failed", message=error.message)
        except Exception as error:
            log.exception("training failed")
            self._store.training_runs.finish(run, "failed", message=type(error).__name__)
        else:
            self._learned(bank)
            self._store.training_runs.finish(run, "done", model=model.version)
