"""The application: routes over a built house, guarded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from assistant.access.demo import has_demo_accounts
from assistant.web import errors, pages
from assistant.web.deps import Workers
from assistant.web.house import House
from assistant.web.routes import admin, answers, ask, conversations, health, login, voice
from assistant.web.routes import pages as page_routes
from assistant.web.security import Guard
from assistant.wordings import load

VERSION = "0.1.0"
"""Of the interface."""
THREADS = 4
"""Questions worked on at once; the work is Python's, so more threads would only share the same processor."""
WAITING = 32
"""People who may wait for them; at some 50 ms a question the last one waits less than a second."""


class StaticForever(StaticFiles):
    """Static files under a link that changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.workers.close()


def create_app(house: House) -> FastAPI:
    """The whole web of one house, ready to serve."""
    words = load("web")
    app = FastAPI(
        title=words("title"),
        description=words("api_description"),
        version=VERSION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.house = house
    app.state.workers = Workers(THREADS, WAITING)
    app.state.sockets = voice.Sockets()
    for routes in (login, page_routes, admin, ask, answers, conversations, health, voice):
        app.include_router(routes.router)
    app.mount(f"/static/{pages.version()}", StaticForever(directory=pages.STATIC), name="static")
    errors.install(app)
    app.add_middleware(
        Guard,
        public_origin=house.settings.public_origin,
        loopback_only=has_demo_accounts(house.accounts),
        refused=words("host_refused"),
        too_large=words("too_large"),
    )
    return app
