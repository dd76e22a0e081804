"""The bank of question templates: read from YAML plus the administrators' overlay, checked, written out, counted.

One entry belongs to one intent, the shape of a question. A wrong entry is one ConfigurationError with file and entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.understanding.notation import NotationError, expand, mask_token, pieces
from assistant.yaml_files import read_yaml

PER_ENTRY = 12
"""Most sentences of one entry, so that no single wording outweighs the others."""

SINGLE = ("indicator", "place", "period", "group", "member", "domain")
READING_KEYS = frozenset(
    {
        *SINGLE,
        *(f"{key}s" for key in SINGLE),
        "order",
        "limit",
        "threshold",
        "comparison",
        "direction",
        "number",
        "intent",
    }
)
"""What an example may say about the reading it must give."""

INTENT = r"^[a-z][a-z_]*$"


class Example(BaseModel):
    """A question as a person writes it, with the reading it must give."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    reading: dict[str, Any] = Field(default_factory=dict)


class Entry(BaseModel):
    """One way, or a few near ways, to ask for one shape."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: str = Field(pattern=INTENT)
    id: str = Field(min_length=1)
    author: str = Field(min_length=1)
    approved: date
    domain: str | None = None
    """Pins the reading to one domain."""
    indicator: str | None = None
    """Pins the reading to one indicator."""
    templates: tuple[str, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)


class IntentSection(BaseModel):
    """One intent as it stands in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = Field(min_length=1)
    """English, for administrators."""
    entries: tuple[dict[str, Any], ...] = Field(min_length=1)


@dataclass(frozen=True)
class Count:
    """Distinct sentences with slots left in place."""

    total: int
    by_intent: dict[str, int]


@dataclass(frozen=True)
class Stolen:
    """A sentence or example that is classified as another intent than its own."""

    entry: str
    text: str
    intent: str
    by: str


class Bank:
    """All templates that are in force; immutable once loaded."""

    def __init__(
        self, intents: Mapping[str, str], phrases: Mapping[str, str], entries: Iterable[Entry], where: str = "bank"
    ) -> None:
        """Checks everything; ``intents`` maps each intent to what it is about. Raises ConfigurationError."""
        self.intents = dict(intents)
        self.phrases = dict(phrases)
        self.entries = tuple(entries)
        self._where = where
        self._check_phrases()
        self._sentences = self._check_entries()

    @classmethod
    def load(cls, file: Path, overlay: Iterable[Entry] = ()) -> Bank:
        """The bank of a file with the entries that administrators added. Raises ConfigurationError."""
        try:
            raw = read_yaml(file)
        except OSError as error:
            raise ConfigurationError(f"{file.name}: cannot be read ({error.strerror})") from error
        except yaml.YAMLError as error:
            raise ConfigurationError(f"{file.name}: is not valid YAML: {error}") from error
        if not isinstance(raw, dict) or set(raw) - {"phrases", "intents"} or not isinstance(raw.get("intents"), dict):
            raise ConfigurationError(f"{file.name}: must hold 'phrases' and 'intents' and nothing else")
        sections = {name: _section(file.name, name, value) for name, value in raw["intents"].items()}
        own = [
            _entry(file.name, {"intent": name, **value})
            for name, section in sections.items()
            for value in section.entries
        ]
        about = {name: section.about for name, section in sections.items()}
        return cls(about, raw.get("phrases") or {}, [*own, *overlay], file.name)

    @cached_property
    def version(self) -> str:
        """Hash of the content, overlay included: 12 hex digits."""
        content = [self.intents, self.phrases, [entry.model_dump(mode="json") for entry in self.entries]]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]

    def expand(self, template: str) -> list[str]:
        """All different sentences of a template with this bank's phrases. Raises NotationError."""
        return expand(template, self.phrases)

    def sentences(self, intent: str | None = None) -> Iterator[tuple[Entry, str]]:
        """Every entry with each of its sentences, slots left in place; of one intent where it is named."""
        for entry in self.entries:
            if intent in (None, entry.intent):
                for sentence in self._sentences[entry.id]:
                    yield entry, sentence

    def count(self) -> Count:
        """How many different sentences the bank knows, overall and per intent."""
        by_intent = {name: len({sentence for _, sentence in self.sentences(name)}) for name in self.intents}
        return Count(len({sentence for _, sentence in self.sentences()}), by_intent)

    def _check_phrases(self) -> None:
        for name, phrase in self.phrases.items():
            if not isinstance(phrase, str):
                raise ConfigurationError(f"{self._where}: phrase <{name}>: must be text")
            try:
                expand(f"x {phrase}", self.phrases)  # a phrase alone may be empty, a template may not
            except NotationError as error:
                raise ConfigurationError(f"{self._where}: phrase <{name}>: {error}") from error

    def _check_entries(self) -> dict[str, tuple[str, ...]]:
        """Sentences by entry id, after every check that needs no classifier."""
        sentences: dict[str, tuple[str, ...]] = {}
        owner: dict[str, Entry] = {}
        for entry in self.entries:
            where = f"{self._where}: entry {entry.id}"
            if entry.id in sentences:
                raise ConfigurationError(f"{where}: this id is used twice")
            if entry.intent not in self.intents:
                raise ConfigurationError(f"{where}: unknown intent '{entry.intent}'")
            for example in entry.examples:
                if unknown := set(example.reading) - READING_KEYS:
                    raise ConfigurationError(f"{where}: unknown key '{sorted(unknown)[0]}' in a reading")
            sentences[entry.id] = self._written_out(where, entry)
            for sentence in sentences[entry.id]:
                first = owner.setdefault(_bare(sentence), entry)
                if first.intent != entry.intent:
                    raise ConfigurationError(
                        f"{where}: '{sentence}' already belongs to entry {first.id} of intent '{first.intent}'"
                    )
        return sentences

    def _written_out(self, where: str, entry: Entry) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for template in entry.templates:
            try:
                found.update(dict.fromkeys(self.expand(template)))
            except NotationError as error:
                raise ConfigurationError(f"{where}: '{template}': {error}") from error
        if len(found) > PER_ENTRY:
            raise ConfigurationError(f"{where}: says {len(found)} sentences, more than {PER_ENTRY}; split it")
        return tuple(found)


def stolen(bank: Bank, classify: Callable[[list[str]], Sequence[str]]) -> list[Stolen]:
    """Examples that another intent takes.

    ``classify`` gives the intent of each of a list of questions as people write them (the whole reader, masks included).
    """
    examples = [(entry, example.text) for entry in bank.entries for example in entry.examples]
    intents = classify([text for _, text in examples])
    return [
        Stolen(entry.id, text, entry.intent, got)
        for (entry, text), got in zip(examples, intents, strict=True)
        if got != entry.intent
    ]


def _bare(sentence: str) -> str:
    """A sentence as far as a classifier can tell it from others: lower case, slots without roles."""
    return " ".join(mask_token(text) if kind == "slot" else text.lower() for kind, text in pieces(sentence))


def _section(file: str, name: str, value: object) -> IntentSection:
    try:
        return IntentSection.model_validate(value)
    except ValidationError as error:
        raise ConfigurationError(f"{file}: intent {name}: {_first(error)}") from error


def _entry(file: str, value: dict[str, Any]) -> Entry:
    try:
        return Entry.model_validate(value)
    except ValidationError as error:
        raise ConfigurationError(f"{file}: entry {value.get('id', '(without id)')}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, on one line."""
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    if place == "examples" and first["type"] in ("missing", "too_short"):
        return "has no example"
    return f"{place}: {first['msg']}"
