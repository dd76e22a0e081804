"""Writes Rasa's training file from the bank and trains a model on it, unless that very model exists.

Rasa is given plain text only: slots are replaced by their mask, every sentence stands once with and once without
diacritics, and all of it has passed the same normaliser as the questions.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from statistics import median

from pydantic import BaseModel, ConfigDict

from assistant.errors import ConfigurationError
from assistant.language.text import fold, normalise
from assistant.settings import ROOT, Settings
from assistant.understanding.bank import Bank
from assistant.understanding.notation import mask_token, pieces

NLU_FOLDER = ROOT / "nlu"
FAIR_FACTOR = 3
"""No intent trains on more sentences than this times the median intent."""
BEYOND = "out_of_scope"
"""The intent of what is not answered."""

FAIR_FLOOR = 30
"""… but every intent may train on this many."""
TRAINING_SECONDS = 900
"""After this long a training is given up."""


class ModelInfo(BaseModel):
    """A trained model and what it was trained on; kept beside the archive as ``HASH.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    version: str
    """Hash of the training file, the pipeline and the pinned Rasa environment: 12 hex digits."""
    bank: str
    """Version of the bank it was first trained for."""
    sentences: int
    """Lines in the training file, both copies."""
    seconds: float
    """How long the training took."""
    smoke: tuple[tuple[str, str], ...]
    """One masked sentence per intent with the intent it must get."""

    def archive(self, settings: Settings) -> Path:
        """Where the model lies."""
        return settings.model_dir / f"{self.version}.tar.gz"


def mask(sentence: str) -> str:
    """A sentence of the bank as Rasa sees it: normalised, slots replaced by their masks."""
    return " ".join(
        mask_token(text) if kind == "slot" else normalise(text, marked=True) for kind, text in pieces(sentence)
    )


def sentences(bank: Bank) -> dict[str, list[str]]:
    """Masked sentences per intent, no intent more than ``FAIR_FACTOR`` times the median one.

    Where an intent has too many, its entries take turns, so that every entry keeps some of its sentences.
    """
    by_intent: dict[str, list[list[str]]] = {intent: [] for intent in bank.intents}
    for entry in bank.entries:
        by_intent[entry.intent].append([mask(text) for one, text in bank.sentences(entry.intent) if one is entry])
    turns = {
        intent: list(dict.fromkeys(text for turn in zip_longest(*entries) for text in turn if text))
        for intent, entries in by_intent.items()
    }
    most = max(FAIR_FLOOR, int(FAIR_FACTOR * median(len(texts) for texts in turns.values())))
    return {intent: texts[:most] for intent, texts in turns.items()}


def question_words(bank: Bank) -> dict[str, int]:
    """The words, with their marks, of templates that are pinned to nothing and ask within scope: they name no indicator.

    Each with how many entries have it.
    """
    having: dict[str, set[str]] = defaultdict(set)
    for entry, text in bank.sentences():
        if entry.intent != BEYOND and not entry.domain and not entry.indicator:
            for word in mask(text).split():
                having[word].add(entry.id)
    return {word: len(entries) for word, entries in having.items()}


def vocabulary(bank: Bank) -> frozenset[str]:
    """Every word a template uses, folded, and the masks as they are: words outside it say something nobody wrote down."""
    texts = [mask(sentence) for _, sentence in bank.sentences()]
    return frozenset(word for text in texts for word in _fold_masked(text).split())


def training_file(bank: Bank) -> str:
    """Text of the training file in Rasa's own YAML; the same bank gives the same bytes."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in sentences(bank).items():
        lines += [f"- intent: {intent}", "  examples: |"]
        both = dict.fromkeys(copy for text in texts for copy in (text, _fold_masked(text)))
        lines += [f"    - {text}" for text in both]
    return "\n".join(lines) + "\n"


def train(settings: Settings, bank: Bank, *, activate: bool = True) -> ModelInfo:
    """Trains a model for this bank unless it exists, and makes it the current one (unless told not to).

    Raises ConfigurationError where the Rasa environment is missing or the training fails; its detail says why.
    """
    text = training_file(bank)
    version = _hash(text)
    with _lock(settings.model_dir):
        info = _read(settings.model_dir / f"{version}.json")
        if info is None or not info.archive(settings).is_file():
            info = _train(settings, bank, text, version)
        if activate:
            make_current(settings, info)
    return info


def current(settings: Settings) -> ModelInfo | None:
    """The model in use, or None before the first training."""
    pointer = settings.model_dir / "current"
    if not pointer.is_file():
        return None
    info = _read(settings.model_dir / f"{pointer.read_text(encoding='ascii').strip()}.json")
    return info if info and info.archive(settings).is_file() else None


def make_current(settings: Settings, info: ModelInfo) -> None:
    """Moves the pointer to this model, atomically."""
    _write(settings.model_dir / "current", info.version + "\n")


def _train(settings: Settings, bank: Bank, text: str, version: str) -> ModelInfo:
    folder = settings.model_dir
    data = folder / f"{version}.yml"
    _write(data, text)
    command = [str(settings.nlu_python), str(NLU_FOLDER / "train.py"), "--data", str(data), "--out", str(folder)]
    started = time.monotonic()
    try:
        done = subprocess.run(
            [*command, "--name", f"part-{version}"],
            cwd=folder,
            env=nlu_environment(settings),
            capture_output=True,
            text=True,
            timeout=TRAINING_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{settings.nlu_python} is missing: run `make run` to set Rasa's environment up"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(f"training took longer than {TRAINING_SECONDS} seconds and was given up") from error
    part = folder / f"part-{version}.tar.gz"
    if done.returncode or not part.is_file():
        raise ConfigurationError(
            "training failed: " + " | ".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        )
    info = ModelInfo(
        version=version,
        bank=bank.version,
        sentences=text.count("\n    - "),
        seconds=round(time.monotonic() - started, 1),
        smoke=tuple((texts[0], intent) for intent, texts in sentences(bank).items() if texts),
    )
    part.replace(info.archive(settings))
    _write(folder / f"{version}.json", info.model_dump_json(indent=1))
    return info


def nlu_environment(settings: Settings) -> dict[str, str]:
    """Environment of Rasa's processes: the machine's own, without anything that configures or unlocks the assistant."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ASSISTANT_", "NLU_", "PYTHON"))}
    # A fixed hash seed keeps the order of Rasa's label sets, and so the model, the same from one training to the next.
    return {**kept, "PYTHONHASHSEED": "0", "MPLCONFIGDIR": str(settings.data_dir / "run")}


def _fold_masked(text: str) -> str:
    return " ".join(word if word.isupper() else fold(word) for word in text.split())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode())
    for name in ("config.yml", "requirements.txt"):
        digest.update((NLU_FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


def _read(file: Path) -> ModelInfo | None:
    try:
        return ModelInfo.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One training at a time in a data folder, across processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
