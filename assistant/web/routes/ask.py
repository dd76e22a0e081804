"""Asking in writing, and who one is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from assistant.access import Account
from assistant.types import Answer, Utterance
from assistant.web.deps import AccountDep, FromPage, HouseDep, WorkersDep
from assistant.web.examples import ANSWER, ERRORS, QUESTIONS
from assistant.web.house import House

router = APIRouter(prefix="/api")


class Question(BaseModel):
    """A question in writing."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=20_000, description="Câu hỏi, có dấu hoặc không dấu")
    conversation: str | None = Field(default=None, max_length=32, description="Mã cuộc trao đổi đang tiếp tục")
    corrected: bool = Field(default=False, description="Câu nghe được đã được sửa bằng tay")


class GrantedDomain(BaseModel):
    """A domain the account may see."""

    code: str
    name: str
    areas: tuple[str, ...] | None = Field(description="Tên các địa bàn; null là toàn tỉnh")


class Me(BaseModel):
    """Who is logged in."""

    username: str
    full_name: str
    role: str
    address: str = Field(description="Cách xưng hô")
    domains: tuple[GrantedDomain, ...]
    province: str
    illustrative: bool = Field(description="Đang dùng số liệu minh họa")


@router.post(
    "/ask",
    dependencies=[FromPage],
    summary="Đặt một câu hỏi",
    responses={200: {"content": {"application/json": {"example": ANSWER}}}, **ERRORS},
)
async def ask(
    question: Annotated[Question, Body(openapi_examples=QUESTIONS)],
    house: HouseDep,
    account: AccountDep,
    workers: WorkersDep,
) -> Answer:
    """Trả lời một câu hỏi về số liệu của tỉnh. Cần phiên đăng nhập và tiêu đề `X-CSRF-Token`."""
    said = Utterance(text=question.text)
    return await workers.run(put, house, said, account, question.conversation, question.corrected)


def put(house: House, said: Utterance, account: Account, conversation: str | None, corrected: bool = False) -> Answer:
    """Puts an utterance to the conversation."""
    return house.conversation.ask(said, account, conversation, corrected=corrected)


@router.get("/me", summary="Tài khoản đang đăng nhập", responses=ERRORS)
def me(house: HouseDep, account: AccountDep) -> Me:
    """Tên, cách xưng hô và các lĩnh vực được xem."""
    catalogue = house.catalogue
    return Me(
        username=account.username,
        full_name=account.full_name,
        role=account.role,
        address=account.address,
        domains=tuple(
            GrantedDomain(
                code=code,
                name=catalogue.domains[code].name,
                areas=None if areas is None else tuple(sorted(map(catalogue.place_name, areas))),
            )
            for code, areas in account.grants.domains.items()
            if code in catalogue.domains
        ),
        province=catalogue.province.name,
        illustrative=house.illustrative,
    )
