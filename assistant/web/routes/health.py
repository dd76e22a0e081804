"""Whether every part of the house works; for monitoring, without secrets and without a log-in."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from assistant.web.deps import HouseDep

router = APIRouter(prefix="/api")

EXAMPLE: dict[str, Any] = {
    "status": "ok",
    "parts": {"state": {"ok": True, "detail": "sẵn sàng"}, "language": {"ok": True, "detail": "sẵn sàng"}},
}


class Part(BaseModel):
    """One part of the house."""

    ok: bool
    detail: str = Field(description="Tình trạng, bằng lời")


class Health(BaseModel):
    """All parts."""

    status: Literal["ok", "degraded"]
    parts: dict[str, Part]


@router.get(
    "/health",
    summary="Tình trạng các bộ phận",
    response_model=Health,
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}, 503: {"model": Health}},
)
def health(house: HouseDep) -> Response:
    """200 khi mọi bộ phận hoạt động, 503 khi có bộ phận chưa sẵn sàng."""
    parts = {name: Part(ok=ok, detail=detail) for name, (ok, detail) in house.health().items()}
    fine = all(part.ok for part in parts.values())
    told = Health(status="ok" if fine else "degraded", parts=parts)
    return JSONResponse(told.model_dump(), 200 if fine else 503)
