"""Training runs of the language model: when, for which bank, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select

from assistant.clock import Clock
from assistant.errors import NotFound
from assistant.store.database import Database
from assistant.store.tables import TrainingRunRow

RunState = Literal["running", "done", "failed"]


@dataclass(frozen=True)
class TrainingRun:
    """One training run."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    state: RunState
    bank: str
    """Version of the bank it was trained on."""
    model: str
    """Version of the model it gave; empty until done."""
    message: str
    """What went wrong or how it went, for the administrator."""


class TrainingRuns:
    """Keeps training runs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def begin(self, bank: str) -> int:
        """Notes that a run began; gives its number."""
        with self._database.writing() as session:
            row = TrainingRunRow(
                started_at=self._clock.now(), finished_at=None, state="running", bank=bank, model="", message=""
            )
            session.add(row)
            session.flush()
            return row.id

    def finish(self, run: int, state: Literal["done", "failed"], *, model: str = "", message: str = "") -> None:
        """Notes how a run ended; raises NotFound."""
        with self._database.writing() as session:
            row = session.get(TrainingRunRow, run)
            if row is None:
                raise NotFound
            row.finished_at = self._clock.now()
            row.state = state
            row.model = model
            row.message = message

    def latest(self) -> TrainingRun | None:
        """The newest run."""
        with self._database.reading() as session:
            row = session.scalars(select(TrainingRunRow).order_by(TrainingRunRow.id.desc()).limit(1)).one_or_none()
            if row is None:
                return None
            return TrainingRun(
                id=row.id,
                started_at=row.started_at,
                finished_at=row.finished_at,
                state=cast(RunState, row.state),
                bank=row.bank,
                model=row.model,
                message=row.message,
            )
