"""One Rasa process that serves one model on loopback: started, awaited, stopped. Which one is used is not its business."""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import threading
from pathlib import Path

from assistant.errors import NluUnavailable
from assistant.settings import Settings
from assistant.understanding.training import NLU_FOLDER, ModelInfo, nlu_environment

START_SECONDS = 120.0
"""A process that answers no question after this long is ended."""
STOP_SECONDS = 5.0


class RasaProcess:
    """Started at construction; ends when ``stop`` is called or when this process ends, whatever way."""

    def __init__(self, settings: Settings, model: ModelInfo) -> None:
        """Raises NluUnavailable where Rasa's environment is missing."""
        self.model = model
        self.token = secrets.token_urlsafe(32)
        self.url = ""
        self.log = settings.data_dir / "run" / "nlu.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [str(settings.nlu_python), str(NLU_FOLDER / "launch.py"), "--model", str(model.archive(settings))]
        try:
            with self.log.open("w") as log:
                self._popen = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=nlu_environment(settings),
                    cwd=self.log.parent,
                )
        except FileNotFoundError as error:
            raise NluUnavailable(detail=f"{settings.nlu_python} is missing: run `make run` to set it up") from error

    @property
    def pid(self) -> int:
        return self._popen.pid

    def wait_ready(self) -> None:
        """Returns when questions are answered. Raises NluUnavailable where the process ends or takes too long."""
        assert self._popen.stdin and self._popen.stdout
        too_late = threading.Timer(START_SECONDS, self._popen.kill)
        too_late.start()
        try:
            self._popen.stdin.write(f"{self.token}\n".encode())
            self._popen.stdin.flush()
            for line in self._popen.stdout:
                if line.startswith(b"ready "):
                    self.url = f"http://127.0.0.1:{int(line.split()[1])}"
                    return
        except (BrokenPipeError, ValueError):
            pass  # ended, or stopped while it was starting
        finally:
            too_late.cancel()
        raise NluUnavailable(detail=f"Rasa did not start; {self._last_words()}")

    def wait_end(self) -> int:
        """Returns its exit code when it has ended."""
        return self._popen.wait()

    def stop(self) -> None:
        """Ends it by closing its standard input, by force where that does not help."""
        assert self._popen.stdin and self._popen.stdout
        with contextlib.suppress(BrokenPipeError):
            self._popen.stdin.close()
        try:
            self._popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def close(self) -> None:
        """Gives the pipes of an ended process back."""
        assert self._popen.stdin and self._popen.stdout
        with contextlib.suppress(BrokenPipeError):
            self._popen.stdin.close()
        self._popen.stdout.close()

    def _last_words(self) -> str:
        words = _tail(self.log)
        return f"its last words in {self.log.name}: {words}" if words else "it said nothing"


def _tail(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1] if lines else ""
