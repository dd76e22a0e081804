"""Asks Rasa which shape a question has. The only file that knows Rasa's wire format."""

from __future__ import annotations

import logging
import threading
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict

from assistant.errors import NluUnavailable

RANKING = 5
"""Intents given back per text, best first."""
PARSE_SECONDS = 5.0
DRAIN_SECONDS = 10.0

# httpx writes every address it asks into its log, and Rasa takes its token only as part of the address.
logging.getLogger("httpx").setLevel(logging.WARNING)


class RankedIntent(BaseModel):
    """An intent with Rasa's confidence, 0 to 1."""

    model_config = ConfigDict(frozen=True)

    intent: str
    confidence: float


class Entity(BaseModel):
    """A name that Rasa itself believes to see; offsets in characters of the text it was given."""

    model_config = ConfigDict(frozen=True)

    kind: str
    text: str
    start: int
    end: int


class Classification(BaseModel):
    """What Rasa says about one text; ``intent`` is empty where the text had no words."""

    model_config = ConfigDict(frozen=True)

    intent: str
    confidence: float
    ranking: tuple[RankedIntent, ...] = ()
    entities: tuple[Entity, ...] = ()


class _Endpoint:
    """One Rasa server, with the number of requests under way."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self.under_way = 0
        self.http = httpx.Client(
            base_url=self.url,
            params={"token": token} if token else {},
            timeout=httpx.Timeout(PARSE_SECONDS, connect=1.0),
            trust_env=False,
        )

    def ask(self, text: str) -> dict[str, Any]:
        answer = self.http.post("/model/parse", json={"text": text})
        answer.raise_for_status()
        body = answer.json()
        if not isinstance(body, dict):
            raise ValueError("Rasa's answer is no object")
        return body


class NluClient:
    """A client that may be moved to another Rasa server while questions are being asked; safe under threads."""

    def __init__(self, url: str = "", token: str = "") -> None:
        """Without ``url`` every question raises NluUnavailable until ``move`` is called."""
        self._changed = threading.Condition()
        self._endpoint = _Endpoint(url, token) if url else None

    def classify(self, texts: list[str]) -> list[Classification]:
        """One Classification per text, in order. Raises NluUnavailable."""
        return [self._classify(text) for text in texts]

    def health(self) -> bool:
        """Whether the server answers and holds a model."""
        endpoint = self._endpoint
        if endpoint is None:
            return False
        try:
            answer = endpoint.http.get("/status", timeout=2.0)
            return answer.status_code == 200 and bool(answer.json().get("model_file"))
        except (httpx.HTTPError, RuntimeError, ValueError):
            return False

    def move(self, url: str, token: str) -> None:
        """Sends all further questions to another server; returns when the old one has answered those under way."""
        self._replace(_Endpoint(url, token))

    def detach(self, url: str) -> None:
        """The server at this address is gone; further questions raise NluUnavailable, unless ``move`` came first."""
        endpoint = self._endpoint
        if endpoint is not None and endpoint.url == url:
            self._replace(None, instead_of=endpoint)

    def close(self) -> None:
        """Ends the connections."""
        self._replace(None)

    def _replace(self, new: _Endpoint | None, instead_of: _Endpoint | None = None) -> None:
        with self._changed:
            old = self._endpoint
            if instead_of is not None and old is not instead_of:
                return
            self._endpoint = new
            if old is not None:
                self._changed.wait_for(lambda: old.under_way == 0, DRAIN_SECONDS)
        if old is not None:
            old.http.close()

    def _classify(self, text: str) -> Classification:
        text = plain(text)
        if not text:
            return Classification(intent="", confidence=0.0)
        try:
            body = self._ask(text)
        except httpx.TransportError:
            # A connection kept alive may just have been closed, or the server been replaced; asking changes nothing.
            try:
                body = self._ask(text)
            except (httpx.HTTPError, ValueError) as error:
                raise NluUnavailable(detail=_about(error), retry_after=5) from None
        except (httpx.HTTPError, ValueError) as error:
            raise NluUnavailable(detail=_about(error), retry_after=5) from None
        return _read(body)

    def _ask(self, text: str) -> dict[str, Any]:
        with self._changed:
            endpoint = self._endpoint
            if endpoint is None:
                raise NluUnavailable(detail="Rasa is not running", retry_after=5)
            endpoint.under_way += 1
        try:
            return endpoint.ask(text)
        finally:
            with self._changed:
                endpoint.under_way -= 1
                self._changed.notify_all()


def plain(text: str) -> str:
    """Text that Rasa cannot take for a command: it strips the text and looks for "/" in front ("/restart")."""
    return text.strip().lstrip("/").lstrip(" /\t\r\n").strip()


def _read(body: dict[str, Any]) -> Classification:
    try:
        intent = body["intent"]
        return Classification(
            intent=intent["name"] or "",
            confidence=intent["confidence"],
            ranking=tuple(
                RankedIntent(intent=one["name"], confidence=one["confidence"])
                for one in body["intent_ranking"][:RANKING]
            ),
            entities=tuple(
                Entity(kind=one["entity"], text=str(one["value"]), start=one["start"], end=one["end"])
                for one in body.get("entities", ())
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NluUnavailable(detail=f"Rasa's answer cannot be read: {error!r}") from error


def _about(error: Exception) -> str:
    """What went wrong, without the address, which carries the token."""
    status = f" {error.response.status_code}" if isinstance(error, httpx.HTTPStatusError) else ""
    return f"Rasa does not answer: {type(error).__name__}{status}"
