"""What guards every request: tokens of forms, origins, host names, sizes, headers."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.demo import is_loopback

MAX_BODY = 64 * 1024
"""Bytes of a request's body; the longest question and the longest form of templates are far below."""

_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")


def csrf_token(secret: str) -> str:
    """The token a page must send back, made from the cookie's secret that no other site can read."""
    return hashlib.sha256(f"csrf:{secret}".encode()).hexdigest()


def csrf_matches(secret: str, sent: str) -> bool:
    """Whether the token sent back belongs to the cookie."""
    return bool(secret) and hmac.compare_digest(csrf_token(secret).encode(), sent.encode())


def same_origin(origin: str, host: str, public_origin: str) -> bool:
    """Whether a page of ``origin`` was served from here: by this host name, or by the proxy of the settings."""
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    if public_origin and origin.rstrip("/").lower() == public_origin.rstrip("/").lower():
        return True
    return parts.netloc.lower() == host.lower()


class Guard:
    """Refuses unknown host names and large bodies, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, public_origin: str, loopback_only: bool, refused: str, too_large: str) -> None:
        """``loopback_only``: demonstration accounts exist. ``refused`` and ``too_large`` are the sentences told."""
        self.app = app
        self.public_origin = public_origin
        self.public_host = urlsplit(public_origin).netloc.lower()
        self.loopback_only = loopback_only
        self.refused = refused
        self.too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if not self._host_allowed(host):
            await (_refuse_socket(send) if scope["type"] == "websocket" else _tell(send, 403, self.refused))
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._harden(MutableHeaders(scope=message), scope, host)
            await send(message)

        body = await _read(receive, Headers(scope=scope))
        if body is None:
            await _tell(send_guarded, 413, self.too_large)
            return
        await self.app(scope, _replay(body, receive), send_guarded)

    def _host_allowed(self, host: str) -> bool:
        if not _HOST.fullmatch(host):
            return False
        if is_loopback(urlsplit(f"//{host}").hostname or ""):
            return True
        if self.loopback_only:
            return False
        return not self.public_host or host.lower() == self.public_host

    def _harden(self, headers: MutableHeaders, scope: Scope, host: str) -> None:
        secure = scope.get("scheme") == "https" or self.public_origin.startswith("https://")
        socket = f"{'wss' if secure else 'ws'}://{host}"  # older browsers do not count sockets as 'self'
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            f"connect-src 'self' {socket}; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        headers.setdefault("content-security-policy", policy)
        headers.setdefault("cache-control", "no-store")
        headers["x-content-type-options"] = "nosniff"
        headers["x-frame-options"] = "DENY"
        headers["referrer-policy"] = "same-origin"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["cross-origin-resource-policy"] = "same-origin"
        headers["permissions-policy"] = "microphone=(self), camera=(), geolocation=(), payment=()"
        if self.public_origin.startswith("https://"):
            headers["strict-transport-security"] = "max-age=31536000"


async def _read(receive: Receive, headers: Headers) -> bytes | None:
    """The whole body, or None where it is longer than ``MAX_BODY``."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read before once, then whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again


async def _tell(send: Send, status: int, sentence: str) -> None:
    content = json.dumps({"error": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _refuse_socket(send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})
