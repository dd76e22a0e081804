"""The tables of the state database. Changing one needs a migration beside it (``migrations/versions``)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from assistant.store.columns import Moment

Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself for the type INTEGER only."""


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
    }


class AccountRow(Base):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(32))
    """Form of address in answers ("anh", "chị", "đồng chí")."""
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool]
    demo: Mapped[bool]
    created_at: Mapped[datetime]
    grants: Mapped[list[GrantRow]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )


class GrantRow(Base):
    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "domain", "area"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    domain: Mapped[str] = mapped_column(String(64))
    area: Mapped[str] = mapped_column(String(64))
    """Area code; empty for the whole province."""
    account: Mapped[AccountRow] = relationship(back_populates="grants")


class SessionRow(Base):
    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LoginAttemptRow(Base):
    """Wrong passwords since the last right one, per account and address."""

    __tablename__ = "login_attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Hash of user name and address."""
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


class ConversationRow(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]


class TurnRow(Base):
    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_conversation", "conversation", "number"),
        Index("ix_turns_account", "account", "number"),
    )

    number: Mapped[int] = mapped_column(Key, primary_key=True)
    """Order of arrival."""
    id: Mapped[str] = mapped_column(String(32), unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    account: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    utterance: Mapped[str] = mapped_column(Text)
    spoken: Mapped[bool]
    corrected: Mapped[bool]
    status: Mapped[str] = mapped_column(String(24))
    searched: Mapped[str] = mapped_column(Text)
    """The question, folded. Not the answer: a search must not find figures whose grant is gone."""
    answer: Mapped[dict[str, Any]]
    reading: Mapped[dict[str, Any] | None]
    context: Mapped[dict[str, Any] | None]
    versions: Mapped[dict[str, Any] | None]


class FeedbackRow(Base):
    __tablename__ = "feedback"

    turn: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    thumb: Mapped[str | None] = mapped_column(String(4))
    note: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class TemplateRow(Base):
    """The overlay over the base bank; every change is a new version, nothing is overwritten."""

    __tablename__ = "templates"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    intent: Mapped[str] = mapped_column(String(64))
    templates: Mapped[list[str]]
    examples: Mapped[list[dict[str, Any]]]
    author: Mapped[str] = mapped_column(String(64))
    approved: Mapped[date | None] = mapped_column(Date)
    retired: Mapped[bool]
    saved_at: Mapped[datetime]


class TrainingRunRow(Base):
    __tablename__ = "training_runs"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16))
    bank: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(64), index=True)
    action: Mapped[str] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]]
