"""Rendering of pages: Jinja2 with everything escaped, the wordings of this room, and links to static files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from assistant.web.deps import get_house
from assistant.wordings import load

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"


@cache
def version() -> str:
    """Hash of the static files: their links change when they do, so browsers may keep them."""
    content = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            content.update(file.read_bytes())
    return content.hexdigest()[:10]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["w"] = load("web")
    environment.globals["static"] = lambda name: f"/static/{version()}/{name}"
    return environment


def render(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """A page. Templates see ``w`` (wordings), ``static(name)``, ``province``, ``illustrative`` and ``values``."""
    house = get_house(request)
    page = _environment().get_template(template)
    common = {
        "province": house.catalogue.province.name,
        "illustrative": house.illustrative,
        "account": None,
        "csrf": "",
    }
    return HTMLResponse(page.render(common | values), status, dict(headers or {}))
