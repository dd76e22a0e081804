"""Asks Rasa which shape a question has. The only file that knows Rasa's wire format."""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import urlencode

import urllib3
from pydantic import BaseModel, ConfigDict

from assistant.errors import NluUnavailable

RANKING = 5
"""Intents given back per text, best first."""
PARSE_SECONDS = 5.0
DRAIN_SECONDS = 10.0
KEPT_OPEN = 8
"""Connections kept for the next questions."""


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
        self._token = f"?{urlencode({'token': token})}" if token else ""  # Rasa takes it as part of the address only
        self._http = urllib3.connection_from_url(
            self.url, maxsize=KEPT_OPEN, retries=False, timeout=urllib3.Timeout(connect=1.0, read=PARSE_SECONDS)
        )

    def ask(self, text: str) -> dict[str, Any]:
        body = json.dumps({"text": text})
        headers = {"Content-Type": "application/json"}
        return _answered(self._http.request("POST", f"/model/parse{self._token}", body=body, headers=headers))

    def status(self) -> dict[str, Any]:
        return _answered(self._http.request("GET", f"/status{self._token}", timeout=2.0))

    def close(self) -> None:
        self._http.close()


class _Refused(Exception):
    """Rasa's answer was an error."""


def _answered(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    if answer.status != 200:
        raise _Refused(f"status {answer.status}")
    body = json.loads(answer.data)
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
            return bool(endpoint.status().get("model_file"))
        except (urllib3.exceptions.HTTPError, _Refused, ValueError):
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
            old.close()

    def _classify(self, text: str) -> Classification:
        text = plain(text)
        if not text:
            return Classification(intent="", confidence=0.0)
        try:
            body = self._ask(text)
        except urllib3.exceptions.HTTPError:
            # A connection kept alive may just have been closed, or the server been replaced; asking changes nothing.
            try:
                body = self._ask(text)
            except (urllib3.exceptions.HTTPError, _Refused, ValueError) as error:
                raise NluUnavailable(detail=_about(error), retry_after=5) from None
        except (_Refused, ValueError) as error:
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
    status = f" {error}" if isinstance(error, _Refused) else ""
    return f"Rasa does not answer: {type(error).__name__.lstrip('_')}{status}"
