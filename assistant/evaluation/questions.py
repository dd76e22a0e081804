"""Evaluation questions: what is asked, by whom, and which figures a right answer must hold. Files: ``tests/questions/``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.settings import ROOT
from assistant.types import Status
from assistant.yaml_files import read_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cell(_Strict):
    """One figure a right answer holds."""

    indicator: str
    place: str = "77"
    period: str = "latest"
    """Code of the period grammar ("2025", "2026-10", "2026-Q3", "2025/2026", "2026-01..2026-06"), or ``latest``."""
    dims: dict[str, str] = Field(default_factory=dict)
    kind: Literal["actual", "plan"] = "actual"


class Ranking(_Strict):
    """Which places come first; the order is recomputed from the figures."""

    indicator: str
    group: str
    """``district``, ``commune``, ``agency`` or ``facility:KIND``."""
    inside: str = "77"
    period: str = "latest"
    dims: dict[str, str] = Field(default_factory=dict)
    order: Literal["desc", "asc"] = "desc"
    limit: int = 1
    """How many places the answer must name, in this order."""


class Expected(_Strict):
    """What a right answer is."""

    status: Status = Status.ANSWERED
    cells: tuple[Cell, ...] = ()
    """The answer's figures must hold all of these, and its first figure must be one of them."""
    ranking: Ranking | None = None
    mentions: tuple[str, ...] = ()
    """Words the answer's text, table or choices must hold, in any case."""
    domain: str | None = None
    """With ``denied``: the domain that must be named."""


class Question(_Strict):
    """One question, with what was asked before it in the same conversation."""

    id: str
    text: str
    before: tuple[str, ...] = ()
    account: str = "leader"
    """Who asks: one of the accounts that the evaluation is run with."""
    spelling: Literal["marks", "no_marks", "typo"] = "marks"
    shape: str = "value"
    """Shape of the question, for the report only."""
    domain: str | None = None
    """Domain for the report, where no figure that is expected tells it."""
    expect: Expected = Expected()

    @property
    def said(self) -> tuple[str, ...]:
        """Every sentence, in order."""
        return (*self.before, self.text)


class Turn(_Strict):
    """One turn of a conversation with what a right answer to it is."""

    text: str
    expect: Expected = Expected()


class Conversation(_Strict):
    """Several turns in one conversation; it is right where every one of them is."""

    id: str
    turns: tuple[Turn, ...] = Field(min_length=2)
    account: str = "leader"
    spelling: Literal["marks", "no_marks", "typo"] = "marks"
    shape: str = "talk"
    domain: str | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """Every sentence, in order."""
        return tuple(turn.text for turn in self.turns)


class QuestionSet(_Strict):
    """A file of questions, all by one author."""

    author: str
    written: date
    today: date
    """The clock that relative periods are meant against."""
    questions: tuple[Question, ...] = ()
    conversations: tuple[Conversation, ...] = ()

    @property
    def entries(self) -> tuple[Question | Conversation, ...]:
        """Both kinds together."""
        return (*self.questions, *self.conversations)


FOLDER = ROOT / "tests" / "questions"
"""Where the questions that come with the repository are kept."""

KNOWN = FOLDER / "known.yml"
"""What is known not to be answered right; no questions."""

FINAL = "final"
"""Folder beside the files, with the questions that were written last: they gate nothing."""


def files(*, final: bool = True) -> list[Path]:
    """The question files that come with the repository, with the final ones or without them."""
    found = sorted(file for file in FOLDER.glob("*.yml") if file != KNOWN)
    return [*found, *sorted((FOLDER / FINAL).glob("*.yml"))] if final else found


def ids(sets: list[tuple[Path, QuestionSet]]) -> set[str]:
    """Ids of all questions and conversations."""
    return {entry.id for _, found in sets for entry in found.entries}


def load(files: list[Path]) -> list[tuple[Path, QuestionSet]]:
    """Reads question files; raises ConfigurationError naming file and entry."""
    sets: list[tuple[Path, QuestionSet]] = []
    seen: set[str] = set()
    for file in files:
        try:
            questions = QuestionSet.model_validate(read_yaml(file))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error
        for one in questions.entries:
            if one.id in seen:
                raise ConfigurationError(f"{file.name}: question {one.id}: the id is taken")
            seen.add(one.id)
        sets.append((file, questions))
    return sets
