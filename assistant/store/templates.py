"""The overlay of question templates over the base bank. Every change is a new version; nothing is overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from assistant.clock import Clock
from assistant.errors import NotFound
from assistant.store.database import Database
from assistant.store.tables import TemplateRow


@dataclass(frozen=True)
class OverlayTemplate:
    """One entry of the overlay, in the bank's notation."""

    id: str
    version: int
    """1 for the first, one more with every change."""
    intent: str
    templates: tuple[str, ...]
    examples: tuple[dict[str, Any], ...]
    """``{"text": …, "reading": {…}}`` as in the bank's file."""
    author: str
    approved: date | None
    retired: bool
    saved_at: datetime


class Templates:
    """Keeps the overlay."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(
        self,
        *,
        intent: str,
        templates: Sequence[str],
        examples: Sequence[dict[str, Any]],
        author: str,
        approved: date | None = None,
        entry: str | None = None,
    ) -> OverlayTemplate:
        """Adds an entry, or a new version of the one named ``entry``; raises NotFound where that is unknown."""
        with self._database.writing() as session:
            if entry is None:
                number = session.scalar(select(func.count(func.distinct(TemplateRow.id)))) or 0
                entry, version = f"overlay-{number + 1:03d}", 1
            else:
                newest = session.scalar(select(func.max(TemplateRow.version)).where(TemplateRow.id == entry))
                if newest is None:
                    raise NotFound
                version = newest + 1
            row = TemplateRow(
                id=entry,
                version=version,
                intent=intent,
                templates=list(templates),
                examples=list(examples),
                author=author,
                approved=approved,
                retired=False,
                saved_at=self._clock.now(),
            )
            session.add(row)
            return _template(row)

    def retire(self, entry: str, author: str) -> OverlayTemplate:
        """Takes an entry out of the overlay by a new, retired version; raises NotFound."""
        with self._database.writing() as session:
            row = session.scalars(
                select(TemplateRow).where(TemplateRow.id == entry).order_by(TemplateRow.version.desc()).limit(1)
            ).one_or_none()
            if row is None:
                raise NotFound
            retired = TemplateRow(
                id=entry,
                version=row.version + 1,
                intent=row.intent,
                templates=row.templates,
                examples=row.examples,
                author=author,
                approved=row.approved,
                retired=True,
                saved_at=self._clock.now(),
            )
            session.add(retired)
            return _template(retired)

    def current(self) -> tuple[OverlayTemplate, ...]:
        """The newest version of every entry that is not retired, by id."""
        newest = (
            select(TemplateRow.id, func.max(TemplateRow.version).label("version")).group_by(TemplateRow.id).subquery()
        )
        query = (
            select(TemplateRow)
            .join(newest, (TemplateRow.id == newest.c.id) & (TemplateRow.version == newest.c.version))
            .where(TemplateRow.retired.is_(False))
            .order_by(TemplateRow.id)
        )
        with self._database.reading() as session:
            return tuple(_template(row) for row in session.scalars(query))

    def version(self) -> str:
        """Content hash of the current overlay, 12 hex digits; empty where the overlay is empty."""
        current = self.current()
        if not current:
            return ""
        content = json.dumps([[t.id, t.version, t.intent, t.templates, t.examples] for t in current], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def _template(row: TemplateRow) -> OverlayTemplate:
    return OverlayTemplate(
        id=row.id,
        version=row.version,
        intent=row.intent,
        templates=tuple(row.templates),
        examples=tuple(row.examples),
        author=row.author,
        approved=row.approved,
        retired=row.retired,
        saved_at=row.saved_at,
    )
