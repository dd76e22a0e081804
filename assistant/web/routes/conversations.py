"""The history: one's own conversations, with search. Answers whose grant is gone are shown without their figures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from assistant.access import Account
from assistant.store.turns import Thumb, Turn
from assistant.types import Answer, Status
from assistant.web.deps import AccountDep, HouseDep, Identifier
from assistant.web.examples import ERRORS
from assistant.web.house import House
from assistant.wordings import load

router = APIRouter(prefix="/api/conversations", responses=ERRORS)

Search = Annotated[str, Query(max_length=200, description="Từ cần tìm, có dấu hoặc không dấu")]


class ConversationItem(BaseModel):
    """One row of the history."""

    id: str
    title: str = Field(description="Câu hỏi đầu tiên")
    started_at: datetime
    last_at: datetime


class KeptTurn(BaseModel):
    """A turn read again."""

    answer: Answer
    heard: bool = Field(description="Hỏi bằng giọng nói")
    thumb: Thumb | None


@router.get("", summary="Các cuộc trao đổi của mình")
def conversations(house: HouseDep, account: AccountDep, q: Search = "") -> list[ConversationItem]:
    return find(house, account, q)


@router.get("/{conversation}", summary="Một cuộc trao đổi")
def conversation(conversation: Identifier, house: HouseDep, account: AccountDep) -> list[KeptTurn]:
    turns = house.store.turns.of(account.username, conversation)
    return [_kept(house, account, turn) for turn in turns]


def find(house: House, account: Account, search: str) -> list[ConversationItem]:
    """The account's own conversations, newest first."""
    return [
        ConversationItem(id=row.id, title=row.title, started_at=row.started_at, last_at=row.last_at)
        for row in house.store.turns.conversations(account.username, search=search)
    ]


def _kept(house: House, account: Account, turn: Turn) -> KeptTurn:
    answer = turn.answer
    if not house.conversation.may_see(account, answer):
        sentence = load("web")("answer_not_granted")
        answer = Answer(
            id=answer.id,
            conversation=answer.conversation,
            asked=answer.asked,
            asked_at=answer.asked_at,
            status=Status.DENIED,
            text=sentence,
            spoken_text=sentence,
        )
    feedback = house.store.turns.feedback(turn.id, account.username)
    return KeptTurn(answer=answer, heard=turn.utterance.spoken, thumb=feedback.thumb if feedback else None)
