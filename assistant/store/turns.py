"""Conversations and their turns, with feedback; history and search see one account's own turns only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.errors import NotFound
from assistant.store.columns import searchable
from assistant.store.database import Database
from assistant.store.tables import ConversationRow, FeedbackRow, TurnRow
from assistant.types import Answer, Reading, Utterance

Thumb = Literal["up", "down"]


@dataclass(frozen=True)
class Turn:
    """One question with what became of it."""

    id: str
    conversation: str
    account: str
    """User name of who asked."""
    utterance: Utterance
    corrected: bool
    """The text is a transcript corrected by hand."""
    answer: Answer
    context: dict[str, Any] | None
    """What a follow-up may refer to, as the understanding wrote it."""

    @property
    def asked_at(self) -> datetime:
        return self.answer.asked_at

    @property
    def reading(self) -> Reading | None:
        return self.answer.reading


@dataclass(frozen=True)
class Conversation:
    """A row of the history."""

    id: str
    account: str
    title: str
    """The first question."""
    started_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer."""

    thumb: Thumb | None
    note: str


class Turns:
    """Keeps turns and finds them again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @staticmethod
    def new_id() -> str:
        """A fresh identifier that cannot be guessed, for a turn or a conversation."""
        return secrets.token_hex(12)

    def open_conversation(self, account: str, conversation: str | None, title: str) -> str:
        """The identifier of the account's own conversation, begun here where None is given.

        Raises NotFound for a conversation that does not exist or is somebody else's.
        """
        now = self._clock.now()
        with self._database.writing() as session:
            if conversation is None:
                conversation = self.new_id()
                session.add(
                    ConversationRow(id=conversation, account=account, title=title[:200], started_at=now, last_at=now)
                )
            else:
                _own(session, account, conversation)
        return conversation

    def add(
        self,
        answer: Answer,
        *,
        account: str,
        utterance: Utterance,
        corrected: bool = False,
        context: dict[str, Any] | None = None,
    ) -> Turn:
        """Keeps a turn. ``answer.id`` and ``answer.conversation`` name it; the conversation must be the account's.

        A conversation that is not there yet begins with this turn.
        """
        turn = Turn(answer.id, answer.conversation, account, utterance, corrected, answer, context)
        data = answer.model_dump(mode="json")
        with self._database.writing() as session:
            row = session.get(ConversationRow, answer.conversation)
            if row is None:
                row = ConversationRow(
                    id=answer.conversation,
                    account=account,
                    title=utterance.text[:200],
                    started_at=answer.asked_at,
                    last_at=answer.asked_at,
                )
                session.add(row)
                session.flush()
            elif row.account != account:
                raise NotFound
            row.last_at = answer.asked_at
            session.add(
                TurnRow(
                    id=answer.id,
                    conversation=answer.conversation,
                    account=account,
                    asked_at=answer.asked_at,
                    utterance=utterance.text,
                    spoken=utterance.spoken,
                    corrected=corrected,
                    status=answer.status.value,
                    searched=searchable(f"{utterance.text} {answer.asked}"),
                    answer={"answer": data, "utterance": utterance.model_dump(mode="json")},
                    reading=data["reading"],
                    context=context,
                    versions=data["versions"],
                )
            )
        return turn

    def get(self, turn: str) -> Turn:
        """One turn, whoever asked it; raises NotFound. Whether the reader may see it is for the caller to decide."""
        with self._database.reading() as session:
            row = session.scalars(select(TurnRow).where(TurnRow.id == turn)).one_or_none()
            if row is None:
                raise NotFound
            return _turn(row)

    def last(self, conversation: str) -> Turn | None:
        """The newest turn of a conversation."""
        query = select(TurnRow).where(TurnRow.conversation == conversation).order_by(TurnRow.number.desc()).limit(1)
        with self._database.reading() as session:
            row = session.scalars(query).one_or_none()
            return _turn(row) if row else None

    def of(self, account: str, conversation: str, limit: int = 200) -> tuple[Turn, ...]:
        """The newest turns of the account's own conversation, oldest first; raises NotFound."""
        query = select(TurnRow).where(TurnRow.conversation == conversation).order_by(TurnRow.number.desc()).limit(limit)
        with self._database.reading() as session:
            _own(session, account, conversation)
            return tuple(_turn(row) for row in session.scalars(query))[::-1]

    def conversations(self, account: str, *, search: str = "", limit: int = 50) -> tuple[Conversation, ...]:
        """The account's own conversations, newest first; with ``search`` those where a question holds all its words."""
        query = select(ConversationRow).where(ConversationRow.account == account)
        if search.strip():
            query = query.where(ConversationRow.id.in_(_matching(select(TurnRow.conversation), account, search)))
        newest = select(func.max(TurnRow.number)).where(TurnRow.conversation == ConversationRow.id).scalar_subquery()
        query = query.order_by(ConversationRow.last_at.desc(), newest.desc(), ConversationRow.id).limit(limit)
        with self._database.reading() as session:
            return tuple(
                Conversation(row.id, row.account, row.title, row.started_at, row.last_at)
                for row in session.scalars(query)
            )

    def history(self, account: str, limit: int = 50) -> tuple[Turn, ...]:
        """The account's own turns, newest first."""
        return self.search(account, "", limit)

    def search(self, account: str, text: str, limit: int = 50) -> tuple[Turn, ...]:
        """The account's own questions that hold all words of ``text``, in any case and without diacritics; newest first."""
        query = _matching(select(TurnRow), account, text).order_by(TurnRow.number.desc()).limit(limit)
        with self._database.reading() as session:
            return tuple(_turn(row) for row in session.scalars(query))

    def set_feedback(self, turn: str, account: str, thumb: Thumb | None, note: str = "") -> None:
        """Keeps what the account thinks of an answer, in place of what it thought before; raises NotFound."""
        with self._database.writing() as session:
            if session.scalar(select(func.count()).where(TurnRow.id == turn)) == 0:
                raise NotFound
            session.merge(FeedbackRow(turn=turn, account=account, thumb=thumb, note=note, given_at=self._clock.now()))

    def feedback(self, turn: str, account: str) -> Feedback | None:
        with self._database.reading() as session:
            row = session.get(FeedbackRow, (turn, account))
            thumb: Thumb | None = "up" if row and row.thumb == "up" else "down" if row and row.thumb else None
            return Feedback(thumb, row.note) if row else None


def _own(session: Session, account: str, conversation: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation)
    if row is None or row.account != account:
        raise NotFound
    return row


def _matching(query: Select[Any], account: str, text: str) -> Select[Any]:
    query = query.where(TurnRow.account == account)
    for word in searchable(text).split()[:12]:
        query = query.where(TurnRow.searched.contains(word, autoescape=True))
    return query


def _turn(row: TurnRow) -> Turn:
    return Turn(
        id=row.id,
        conversation=row.conversation,
        account=row.account,
        utterance=Utterance.model_validate(row.answer["utterance"]),
        corrected=row.corrected,
        answer=Answer.model_validate(row.answer["answer"]),
        context=row.context,
    )
