"""Answers that were given: read again, rated, exported, heard. Every way asks for the reader's own grants."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from assistant.answer.chart import render_png, render_svg
from assistant.answer.export import Sheet, sheet_of, to_csv, to_xlsx
from assistant.errors import NotFound
from assistant.store.turns import Turn
from assistant.types import Answer
from assistant.web.audio import joined
from assistant.web.deps import AccountDep, FromPage, HouseDep, TurnDep, WorkersDep, for_reader
from assistant.web.examples import ANSWER, ERRORS
from assistant.web.house import House

router = APIRouter(prefix="/api/answers/{answer}", responses=ERRORS)

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a picture that is opened on its own: nothing in it runs or loads."""


class Rating(BaseModel):
    """A thumb for an answer."""

    model_config = ConfigDict(extra="forbid")

    thumb: Literal["up", "down"] | None = Field(description="null rút lại đánh giá")
    note: str = Field(default="", max_length=1000, description="Góp ý")


@router.get("", summary="Một câu trả lời", responses={200: {"content": {"application/json": {"example": ANSWER}}}})
def read(turn: TurnDep, account: AccountDep) -> Answer:
    """Câu trả lời đã lưu, nếu người đọc được cấp quyền xem số liệu trong đó."""
    return for_reader(turn, account)


@router.get("/feedback", summary="Đánh giá của mình")
def rated(turn: TurnDep, account: AccountDep, house: HouseDep) -> Rating:
    feedback = house.store.turns.feedback(turn.id, account.username)
    return Rating(thumb=feedback.thumb, note=feedback.note) if feedback else Rating(thumb=None)


@router.post("/feedback", dependencies=[FromPage], summary="Đánh giá câu trả lời")
def rate(rating: Rating, turn: TurnDep, account: AccountDep, house: HouseDep) -> Rating:
    house.store.turns.set_feedback(turn.id, account.username, rating.thumb, rating.note)
    return rating


@router.get("/chart.svg", summary="Biểu đồ SVG", response_class=Response)
async def chart_svg(turn: TurnDep, workers: WorkersDep) -> Response:
    picture = await workers.run(render_svg, _chart(turn))
    return Response(picture, media_type="image/svg+xml", headers={"content-security-policy": SVG_POLICY})


@router.get("/chart.png", summary="Biểu đồ PNG", response_class=Response)
async def chart_png(turn: TurnDep, workers: WorkersDep) -> Response:
    picture = await workers.run(render_png, _chart(turn))
    return _file(picture, "image/png", turn, "png")


@router.get("/table.csv", summary="Bảng CSV", response_class=Response)
def table_csv(turn: TurnDep, house: HouseDep) -> Response:
    return _file(to_csv(_sheet(turn, house)), "text/csv; charset=utf-8", turn, "csv")


@router.get("/table.xlsx", summary="Bảng Excel", response_class=Response)
def table_xlsx(turn: TurnDep, house: HouseDep) -> Response:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(to_xlsx(_sheet(turn, house)), kind, turn, "xlsx")


@router.get("/speech.wav", summary="Câu trả lời đọc thành tiếng", response_class=Response)
async def speech(
    turn: TurnDep, house: HouseDep, workers: WorkersDep, rate: int | None = Query(default=None, ge=80, le=400)
) -> Response:
    text = turn.answer.spoken_text
    audio = await workers.run(lambda: joined(house.speaker.say(text, rate)))
    return Response(audio, media_type="audio/wav")


def _chart(turn: Turn) -> dict[str, Any]:
    if turn.answer.chart is None:
        raise NotFound
    return turn.answer.chart


def _sheet(turn: Turn, house: House) -> Sheet:
    sheet = sheet_of(turn.answer, house.clock.today())
    if sheet is None:
        raise NotFound
    return sheet


def _file(content: bytes, kind: str, turn: Turn, ending: str) -> Response:
    name = f'attachment; filename="tra-loi-{turn.id[:8]}.{ending}"'
    return Response(content, media_type=kind, headers={"content-disposition": name})
