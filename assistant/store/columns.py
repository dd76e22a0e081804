"""Column types the tables share: moments that keep their zone, and text folded for searching."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from assistant.clock import ZONE


class Moment(TypeDecorator[datetime]):
    """An aware datetime: kept in UTC without a zone, given back in the province's zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC).astimezone(ZONE)


def searchable(text: str) -> str:
    """``text`` without case, diacritics and superfluous blanks, as search compares it ("Đất  Đỏ" → "dat do")."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
