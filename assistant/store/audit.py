"""The audit trail: log-ins, changes of grants, denied questions. Entries are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from assistant.clock import Clock
from assistant.store.database import Database
from assistant.store.tables import AuditRow


@dataclass(frozen=True)
class AuditEntry:
    """One thing that happened."""

    at: datetime
    actor: str
    """User name of who did it."""
    action: str
    """``login``, ``login_failed``, ``logout``, ``grants``, ``password``, ``account``, ``denied``, ``template``."""
    address: str
    """Network address it came from; empty where unknown."""
    detail: dict[str, Any]


class Audit:
    """Writes and reads the trail."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, action: str, actor: str, *, address: str = "", **detail: Any) -> None:
        """Adds an entry; ``detail`` must be plain JSON, and never hold a password or a token."""
        row = AuditRow(at=self._clock.now(), actor=actor[:64], action=action, address=address[:64], detail=detail)
        with self._database.writing() as session:
            session.add(row)

    def recent(
        self, *, actor: str | None = None, action: str | None = None, limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        """The newest entries first."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        if actor is not None:
            query = query.where(AuditRow.actor == actor)
        if action is not None:
            query = query.where(AuditRow.action == action)
        with self._database.reading() as session:
            return tuple(
                AuditEntry(row.at, row.actor, row.action, row.address, row.detail) for row in session.scalars(query)
            )
