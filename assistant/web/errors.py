"""Every error as one Vietnamese sentence: JSON for the interface, a page for people. Never a stack trace."""

from __future__ import annotations

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.errors import AssistantError, BadInput, Forbidden, NotFound, NotLoggedIn
from assistant.web.pages import render
from assistant.wordings import load

log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Registers the handlers."""
    app.add_exception_handler(AssistantError, _assistant_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _assistant_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AssistantError)
    if error.http_status >= 500:
        log.warning("%s: %s", type(error).__name__, error.detail or error.message)
    if isinstance(error, NotLoggedIn) and not _is_api(request):
        return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)
    return _tell(request, error)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    log.info("invalid request: %s", [problem["loc"] for problem in error.errors()])
    return _tell(request, BadInput())


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {403: Forbidden(), 404: NotFound(), 405: BadInput(load("web")("method_not_allowed"))}
    told = known.get(error.status_code) or (AssistantError() if error.status_code >= 500 else BadInput())
    told.http_status = error.status_code
    return _tell(request, told)


def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("unforeseen error at %s", request.url.path, exc_info=error)
    return _tell(request, AssistantError())


def _tell(request: Request, error: AssistantError) -> Response:
    headers = {"retry-after": str(round(error.retry_after))} if error.retry_after else {}
    if _is_api(request):
        return JSONResponse({"error": error.message}, error.http_status, headers)
    return render(request, "error.html", status=error.http_status, headers=headers, message=error.message)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")
