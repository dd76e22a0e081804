"""Logging in and out."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from assistant.errors import AssistantError, Forbidden, NotLoggedIn, TooManyAttempts
from assistant.web.deps import FORM_COOKIE, SESSION_COOKIE, FromForm, HouseDep, TokenDep, check_origin
from assistant.web.pages import render
from assistant.web.security import csrf_matches, csrf_token
from assistant.wordings import load

router = APIRouter(include_in_schema=False)


@router.get("/login")
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name of the field in the address
    return _form(request, after=_inside(next))


@router.post("/login", dependencies=[Depends(check_origin)])
def log_in(
    request: Request,
    house: HouseDep,
    username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    csrf: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=300)] = "/",  # noqa: A002
) -> Response:
    after = _inside(next)
    try:
        if not csrf_matches(request.cookies.get(FORM_COOKIE, ""), csrf):
            raise Forbidden(load("web")("form_expired"))
        address = request.client.host if request.client else ""
        session = house.accounts.log_in(username, password, address=address)
    except (NotLoggedIn, TooManyAttempts, Forbidden) as error:
        return _form(request, after=after, username=username[:63], error=error)
    if old := request.cookies.get(SESSION_COOKIE):
        house.accounts.log_out(old)
    response = RedirectResponse(after, status_code=303)
    seconds = house.settings.session_hours * 3600
    _set(response, request, SESSION_COOKIE, session.token, seconds)
    response.delete_cookie(FORM_COOKIE)
    return response


@router.post("/logout", dependencies=[FromForm])
def log_out(house: HouseDep, token: TokenDep) -> Response:
    house.accounts.log_out(token)
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def _form(request: Request, *, after: str, username: str = "", error: AssistantError | None = None) -> Response:
    secret = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    response = render(
        request,
        "login.html",
        status=error.http_status if error else 200,
        headers={"retry-after": str(round(error.retry_after))} if error and error.retry_after else {},
        csrf=csrf_token(secret),
        after=after,
        username=username,
        message=error.message if error else "",
    )
    _set(response, request, FORM_COOKIE, secret, 3600)
    return response


def _set(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    public = request.app.state.house.settings.public_origin
    secure = request.url.scheme == "https" or public.startswith("https://")
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, secure=secure, samesite="lax")


def _inside(path: str) -> str:
    """``path`` where it is a page of ours, the first page otherwise: a log-in never leads elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\", "/login", "/logout")) and path.isprintable()
    return path if safe and len(path) <= 300 and "\\" not in path else "/"
