"""Vosk: a recogniser with a model folder of its own, given in the settings or downloaded by name."""

from __future__ import annotations

import json
import math
import re
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.speech import domain_graph, ngrams
from assistant.speech.recognizer import SAMPLE_RATE, Domain, Transcript, Word

_DOWNLOAD_TIMEOUT = 30.0
"""Seconds without a byte after which a download is given up."""
_KEPT = 3
"""Such folders that are kept: several catalogues may share a folder of models."""
_OF_DOMAIN = "vosk-domain-"
"""Begins the names of folders with a model that expects what is asked here."""


def unavailable() -> str:
    """Why the package cannot be used on this machine; empty where it can."""
    try:
        import vosk  # noqa: F401
    except (ImportError, OSError) as error:
        return str(error)
    return ""


class VoskStream:
    """One utterance. Vosk closes a piece at every pause; the pieces are joined here."""

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        self._pieces: list[dict[str, Any]] = []

    def accept(self, pcm: bytes) -> str:
        """Take PCM of whole samples; returns the text so far."""
        if self._recognizer.AcceptWaveform(pcm):
            self._keep(self._recognizer.Result())
            return self._text()
        partial = json.loads(self._recognizer.PartialResult()).get("partial", "")
        return " ".join(part for part in (self._text(), partial) if part)

    def finish(self) -> Transcript:
        """What was heard in all; the confidence is the mean over the words."""
        self._keep(self._recognizer.FinalResult())
        words = tuple(
            Word(entry["word"], entry["start"], entry["end"], entry["conf"])
            for piece in self._pieces
            for entry in piece.get("result", ())
            if entry["word"] != "[unk]"
        )
        confidence = math.fsum(word.confidence for word in words) / len(words) if words else 0.0
        return Transcript(self._text(), min(confidence, 1.0), words=words)

    def close(self) -> None:
        """Free the native recogniser; may be called twice."""
        self._recognizer = None

    def _keep(self, result: str) -> None:
        piece = json.loads(result)
        if piece.get("text"):
            self._pieces.append(piece)

    def _text(self) -> str:
        return " ".join(" ".join(piece["text"] for piece in self._pieces).replace("[unk]", " ").split())


class VoskRecognizer:
    """One model for all streams; each stream runs on the thread that calls it."""

    name = "vosk"

    def __init__(self, settings: Settings, why: str, domain: Domain | None = None) -> None:
        self.why = why
        self._domain = domain
        self._settings = settings
        self._model: Any = None
        self._lock = threading.Lock()

    def load(self) -> None:
        """Load the model once, downloading it first where no folder is given and none was downloaded before.

        Where the model composes its graph while it listens, it is made to expect what is asked here; that is kept in the
        folder of models, and takes half a minute when the bank or the catalogue has changed.
        Raises ConfigurationError where there is no usable model.
        """
        with self._lock:
            if self._model is not None:
                return
            import vosk

            vosk.SetLogLevel(-1)
            folder = self._settings.vosk_model or _downloaded(self._settings.vosk_model_name, self._settings.model_dir)
            if not (folder / "am").is_dir() and not (folder / "final.mdl").is_file():
                raise ConfigurationError(f"vosk_model: {folder} is no folder of a Vosk model")
            folder = self._of_domain(folder)
            try:
                self._model = vosk.Model(str(folder))
            except Exception as error:  # vosk raises nothing more precise
                raise ConfigurationError(f"vosk_model: {folder} cannot be loaded: {error}") from error

    def stream(self, phrases: Sequence[str] = ()) -> VoskStream:
        """A new utterance. With ``phrases`` nothing but these is heard, for a question with given choices.

        Whole phrases only: a list of single words would throw the model's sense of word order away.
        """
        self.load()
        from vosk import KaldiRecognizer

        grammar = [json.dumps([*phrases, "[unk]"], ensure_ascii=False)] if phrases else []
        recognizer = KaldiRecognizer(self._model, SAMPLE_RATE, *grammar)
        recognizer.SetWords(True)
        return VoskStream(recognizer)

    def _of_domain(self, folder: Path) -> Path:
        """The folder with a graph of this domain, made where it is missing; the folder itself where that is impossible."""
        domain = self._domain
        if domain is None or not domain_graph.possible(folder):
            return folder
        name = f"{_OF_DOMAIN}{domain_graph.version(folder)}-{domain.version}"
        into = self._settings.model_dir / name
        if not into.is_dir():
            words = domain_graph.words_of(domain_graph.vocabulary(folder))
            domain_graph.build(folder, ngrams.estimate(domain.sentences(), domain.fragments(), words), into)
            made = sorted(into.parent.glob(f"{_OF_DOMAIN}*"), key=lambda path: path.stat().st_mtime)
            for older in made[:-_KEPT]:
                shutil.rmtree(older, ignore_errors=True)
        return into


def _downloaded(name: str, into: Path) -> Path:
    """Folder of the named model below ``into``, downloaded from Vosk's own site unless it is there."""
    if not re.fullmatch(r"vosk-model-[\w.-]+", name):
        raise ConfigurationError(f"vosk_model_name: '{name}' is no name of a Vosk model")
    folder = into / name
    if folder.is_dir():
        return folder
    from vosk import MODEL_PRE_URL

    address = f"{MODEL_PRE_URL}{name}.zip"
    into.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=into) as scratch:
            archive = Path(scratch) / "model.zip"
            with urlopen(address, timeout=_DOWNLOAD_TIMEOUT) as source, archive.open("wb") as target:
                shutil.copyfileobj(source, target)
            with zipfile.ZipFile(archive) as content:
                content.extractall(scratch)
            (Path(scratch) / name).rename(folder)
    except (OSError, zipfile.BadZipFile) as error:
        raise ConfigurationError(
            f"vosk_model_name: {address} cannot be downloaded ({error}); where this machine has no way out, unpack that "
            "archive by hand and name its folder in ASSISTANT_VOSK_MODEL"
        ) from error
    return folder
