"""Keeps one Rasa server running for the assistant: starts it, restarts it when it dies, moves to a new model.

Where ``NLU_URL`` names one that runs elsewhere, that one is used and nothing is started.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path
from typing import Literal

from assistant.errors import NluUnavailable
from assistant.settings import Settings
from assistant.understanding.nlu_client import NluClient
from assistant.understanding.nlu_process import RasaProcess
from assistant.understanding.training import ModelInfo, current, make_current

State = Literal["stopped", "starting", "ready", "restarting", "no_model", "elsewhere"]

FIRST_PAUSE = 0.5
"""Seconds before the first restart; each further one in a row waits twice as long …"""
LONGEST_PAUSE = 30.0
"""… up to this."""
SMOKE_RIGHT = 0.8
"""Share of the smoke test's sentences that a new model must classify right."""

log = logging.getLogger(__name__)


class Supervisor:
    """Owner of the Rasa process. ``client`` stays the same object over restarts and changes of model."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.client = NluClient()
        self.restarts = 0
        self.last_error = ""
        self._state: State = "stopped"
        self._process: RasaProcess | None = None
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._switching = threading.Lock()
        self._watcher: threading.Thread | None = None

    @property
    def state(self) -> State:
        return self._state

    @property
    def model(self) -> str:
        """Version of the model that answers; the address where it runs elsewhere; empty while there is none."""
        if self._state == "elsewhere":
            return self.settings.nlu_url
        process = self._process
        return process.model.version if process and self._state == "ready" else ""

    def health(self) -> dict[str, str | int]:
        """State for people who watch over the server; the token is not in it."""
        return {"state": self._state, "model": self.model, "restarts": self.restarts, "last_error": self.last_error}

    def start(self) -> None:
        """Starts Rasa in the background and returns at once."""
        if self.settings.nlu_url:
            self.client.move(self.settings.nlu_url, self.settings.nlu_token)
            self._say("elsewhere")
            return
        self._say("starting")
        self._watcher = threading.Thread(target=self._watch, name="nlu-supervisor", daemon=True)
        self._watcher.start()

    def wait(self, state: State = "ready", seconds: float = 120.0) -> bool:
        """Waits until this state is reached; False where it was not reached in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._state == state, seconds)

    def stop(self) -> None:
        """Ends Rasa; returns when it has ended."""
        self._stopping.set()
        with self._changed:
            process = self._process
            self._changed.notify_all()
        self.client.close()
        if process:
            process.stop()
        if self._watcher:
            self._watcher.join()
        if self._state != "elsewhere":
            run_file(self.settings).unlink(missing_ok=True)
        self._say("stopped")

    def switch(self, model: ModelInfo) -> None:
        """Moves to another model without losing a question: starts a second process, tries it, then ends the first.

        Raises NluUnavailable where the new model does not start or fails its smoke test; the old one goes on then.
        """
        if self._state == "elsewhere":
            raise NluUnavailable("Máy chủ hiểu câu hỏi đặt ở nơi khác, cần cập nhật mô hình tại đó.")
        with self._switching:
            process = RasaProcess(self.settings, model)
            try:
                process.wait_ready()
                smoke_test(process)
            except NluUnavailable:
                process.stop()
                process.close()
                raise
            make_current(self.settings, model)
            with self._changed:
                old, self._process = self._process, process
                self._changed.notify_all()
            self._serve(process)
            if old:
                old.stop()

    def _watch(self) -> None:
        """Runs until ``stop``: there is always either a process, or a new one being started."""
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            process = self._process or self._begin()
            if process is None:
                self._stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            code = process.wait_end()
            process.close()
            with self._changed:
                if self._stopping.is_set() or self._process is not process:
                    continue
                self._process = None
            self.restarts += 1
            self.last_error = f"Rasa ended with code {code}"
            log.warning("%s; starting it again", self.last_error)
            self.client.detach(process.url)
            with self._changed:
                if self._process is None:  # else a switch has just brought a new one
                    run_file(self.settings).unlink(missing_ok=True)
                    self._say("restarting")
            pause = FIRST_PAUSE
        self._say("stopped")

    def _begin(self) -> RasaProcess | None:
        """Starts a process with the current model; None where there is none or it does not start."""
        model = current(self.settings)
        if model is None:
            self._say("no_model")
            return None
        with self._switching:
            if self._process:
                return self._process
            process = None
            try:
                process = RasaProcess(self.settings, model)
                with self._changed:
                    self._process = process
                if self._stopping.is_set():
                    process.stop()
                process.wait_ready()
            except NluUnavailable as error:
                with self._changed:
                    self._process = None
                if process:
                    process.stop()
                    process.close()
                if not self._stopping.is_set():
                    self.last_error = error.detail
                    log.warning("%s", error.detail)
                    self._say("restarting")
                return None
            self._serve(process)
            return process

    def _serve(self, process: RasaProcess) -> None:
        if self._stopping.is_set():
            process.stop()
            return
        self.client.move(process.url, process.token)
        with self._changed:
            _write_run_file(run_file(self.settings), process)
            self._say("ready")

    def _say(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()


def smoke_test(process: RasaProcess) -> None:
    """Raises NluUnavailable unless the process knows the intent of nearly all of its model's sample sentences."""
    client = NluClient(process.url, process.token)
    try:
        samples = process.model.smoke
        answers = client.classify([text for text, _ in samples])
        right = sum(answer.intent == intent for answer, (_, intent) in zip(answers, samples, strict=True))
        if right < SMOKE_RIGHT * len(samples):
            raise NluUnavailable(detail=f"the new model knows only {right} of its {len(samples)} sample sentences")
    finally:
        client.close()


def run_file(settings: Settings) -> Path:
    """Where a running assistant leaves the way to its Rasa for the command line of the same user."""
    return settings.data_dir / "run" / "nlu.json"


def running(settings: Settings) -> NluClient | None:
    """A client of the Rasa that ``NLU_URL`` names or that a running assistant of this data folder uses, if it answers."""
    if settings.nlu_url:
        return NluClient(settings.nlu_url, settings.nlu_token)
    try:
        way = json.loads(run_file(settings).read_text(encoding="utf-8"))
        client = NluClient(way["url"], way["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if client.health():
        return client
    client.close()
    return None


def _write_run_file(file: Path, process: RasaProcess) -> None:
    part = file.with_suffix(f".{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"url": process.url, "token": process.token, "pid": process.pid}, out)
    part.replace(file)
