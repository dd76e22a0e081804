"""The plain form with which administrators add question templates; saving trains in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from assistant.admin.templates import CheckMessage, TemplateDraft, TemplateOverlay
from assistant.errors import BadInput
from assistant.understanding.notation import SLOTS
from assistant.web.deps import AdminDep, FromForm, FromPage, HouseDep, Identifier, TokenDep
from assistant.web.pages import render
from assistant.web.security import csrf_token
from assistant.wordings import load

router = APIRouter(include_in_schema=False)

Lines = Annotated[str, Form(max_length=8000)]


class Draft(BaseModel):
    """The form as it stands while somebody writes."""

    model_config = ConfigDict(extra="forbid")

    intent: str = Field(max_length=64)
    templates: str = Field(max_length=8000)
    examples: str = Field(max_length=8000)


class TrainingState(BaseModel):
    """The newest training run."""

    state: str
    """``none``, ``running``, ``done`` or ``failed``."""
    text: str
    since: datetime | None = None


def get_overlay(house: HouseDep) -> TemplateOverlay:
    return TemplateOverlay(house.store, house.clock, lambda: house.bank)


OverlayDep = Annotated[TemplateOverlay, Depends(get_overlay)]


@router.get("/admin/templates")
def page(request: Request, house: HouseDep, admin: AdminDep, token: TokenDep, overlay: OverlayDep) -> Response:
    return _page(request, house, overlay, token, admin=admin)


@router.post("/admin/templates", dependencies=[FromForm])
def save(
    request: Request,
    house: HouseDep,
    admin: AdminDep,
    token: TokenDep,
    overlay: OverlayDep,
    intent: Annotated[str, Form(max_length=64)] = "",
    templates: Lines = "",
    examples: Lines = "",
) -> Response:
    draft = _draft(intent, templates, examples)
    try:
        overlay.add(draft, admin.username)
    except BadInput:
        checked = overlay.check(draft)
        return _page(request, house, overlay, token, admin=admin, draft=draft, messages=checked, status=400)
    house.trainer.start()
    return RedirectResponse("/admin/templates?saved=1", status_code=303)


@router.post("/admin/templates/{entry}/retire", dependencies=[FromForm])
def retire(entry: Identifier, house: HouseDep, admin: AdminDep, overlay: OverlayDep) -> Response:
    overlay.retire(entry, admin.username)
    house.trainer.start()
    return RedirectResponse("/admin/templates?saved=1", status_code=303)


@router.post("/api/admin/templates/check", dependencies=[FromPage])
def check(draft: Draft, admin: AdminDep, overlay: OverlayDep) -> list[CheckMessage]:  # noqa: ARG001 - who may ask
    return list(overlay.check(_draft(draft.intent, draft.templates, draft.examples)))


@router.get("/api/admin/training")
def training(house: HouseDep, admin: AdminDep) -> TrainingState:  # noqa: ARG001 - who may ask
    return _training(house)


def _training(house: HouseDep) -> TrainingState:
    run = house.store.training_runs.latest()
    if run is None:
        return TrainingState(state="none", text=load("web")("admin.training.none"))
    moment = run.finished_at or run.started_at
    text = load("web")(f"admin.training.{run.state}", at=f"{moment:%H:%M %d/%m/%Y}")
    return TrainingState(state=run.state, text=text, since=moment)


def _draft(intent: str, templates: str, examples: str) -> TemplateDraft:
    return TemplateDraft(intent.strip(), _lines(templates), _lines(examples))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _page(
    request: Request,
    house: HouseDep,
    overlay: TemplateOverlay,
    token: str,
    *,
    admin: AdminDep,
    draft: TemplateDraft | None = None,
    messages: tuple[CheckMessage, ...] = (),
    status: int = 200,
) -> Response:
    words = load("web").entries["admin"]
    shapes = [
        (intent, words["intents"].get(intent, {"name": intent, "about": about}))
        for intent, about in house.bank.intents.items()
    ]
    return render(
        request,
        "templates.html",
        status=status,
        account=admin,
        csrf=csrf_token(token),
        shapes=shapes,
        names={intent: shape["name"] for intent, shape in shapes},
        slots=[(slot, words["slots"][slot]) for slot in SLOTS],
        draft=draft or TemplateDraft("", (), ()),
        messages=messages,
        saved="saved" in request.query_params,
        overlay=overlay.current(),
        training=_training(house),
    )
