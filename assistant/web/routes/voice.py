"""The socket of the voice: sound comes in, events and spoken sentences go out.

One utterance at a time per socket. What was asked is answered beside the listening loop, so that a person may cancel
or speak over an answer; whoever leaves in the middle takes everything with them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, cast

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketState

from assistant.access import Account
from assistant.errors import AssistantError, BadAudio, BadInput, Busy, Forbidden, NotLoggedIn
from assistant.speech.listener import ListeningSession
from assistant.web.audio import sample_rate
from assistant.web.deps import SESSION_COOKIE, Workers, for_reader, in_thread
from assistant.web.house import House
from assistant.web.routes.ask import put
from assistant.web.security import same_origin
from assistant.wordings import load

router = APIRouter()
log = logging.getLogger(__name__)

MAX_CHUNK = 64 * 1024
"""Bytes of one message; the page sends 3,200 (0.1 s)."""
MAX_PER_ACCOUNT = 4
"""Sockets one account may hold open: a phone, a desktop, and their reloads."""
MAX_SOCKETS = 200
LOGGED_OUT = 4401
"""Close code that tells the page to ask for a log-in."""


class Sockets:
    """Counts open sockets in this copy of the app."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @property
    def open(self) -> int:
        return self._open.total()

    @contextlib.contextmanager
    def place(self, username: str) -> Iterator[None]:
        """A place for one socket; raises Busy where all are taken."""
        if self._open[username] >= MAX_PER_ACCOUNT or self.open >= MAX_SOCKETS:
            raise Busy(load("web")("too_many_sockets"))
        self._open[username] += 1
        try:
            yield
        finally:
            self._open[username] -= 1


@router.websocket("/api/voice")
async def voice(socket: WebSocket, conversation: str | None = None) -> None:
    """Client: PCM frames (16 kHz mono s16le) between ``start`` and ``stop``; ``cancel``; ``say`` an answer again.

    ``start`` may name the conversation to go on with (null begins a new one).
    """
    house = cast(House, socket.app.state.house)
    origin = socket.headers.get("origin", "")
    if not same_origin(origin, socket.headers.get("host", ""), house.settings.public_origin):
        await socket.close(1008)  # before it is accepted: the other page sees a refused connection
        return
    await socket.accept()
    call = Call(socket, house, socket.app.state.workers, (conversation or "")[:32] or None)
    try:
        account = await call.account()
        with socket.app.state.sockets.place(account.username):
            await call.send({"type": "ready"})
            await call.listen()
    except AssistantError as error:
        with contextlib.suppress(WebSocketDisconnect):
            await call.tell(error)
    except WebSocketDisconnect as gone:
        log.debug("socket ended: %s", gone.code)
    finally:
        await call.end()


class Call:
    """One open socket with what belongs to it."""

    def __init__(self, socket: WebSocket, house: House, workers: Workers, conversation: str | None) -> None:
        self.socket = socket
        self.house = house
        self.workers = workers
        self.conversation = conversation
        self.token = socket.cookies.get(SESSION_COOKIE, "")
        self.hearing: ListeningSession | None = None
        self.finishing: ListeningSession | None = None
        """An utterance that has ended and is being recognised."""
        self.answering: asyncio.Task[None] | None = None
        self.line = asyncio.Lock()

    async def account(self) -> Account:
        """Who is speaking, with the grants of this moment."""
        return await in_thread(self.house.accounts.session, self.token)

    async def listen(self) -> None:
        """Takes messages until the socket closes; raises NotLoggedIn when the session has ended."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            try:
                if (pcm := message.get("bytes")) is not None:
                    await self._hear(pcm)
                else:
                    await self._obey(message.get("text") or "")
            except NotLoggedIn:
                raise
            except AssistantError as error:
                self._drop_hearing()
                await self.tell(error)

    async def end(self) -> None:
        """Frees everything; the socket too, where it is still open."""
        self._drop_hearing()
        await self._drop_answering()
        if self.socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await self.socket.close()

    async def send(self, event: dict[str, Any], sound: bytes | None = None) -> None:
        """One event, with its binary frame right behind it; who is cancelled meanwhile has sent both or neither."""
        async with self.line:
            writing = asyncio.ensure_future(self._write(event, sound))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                await writing
                raise

    async def _write(self, event: dict[str, Any], sound: bytes | None) -> None:
        try:
            await self.socket.send_text(json.dumps(event, ensure_ascii=False))
            if sound is not None:
                await self.socket.send_bytes(sound)
        except RuntimeError as error:  # what starlette raises for writing to a closed socket
            raise WebSocketDisconnect(1006) from error

    async def tell(self, error: AssistantError) -> None:
        """An error as its sentence; the end of a session also ends the socket."""
        await self.send({"type": "error", "message": error.message})
        if isinstance(error, NotLoggedIn):
            with contextlib.suppress(RuntimeError):  # closed meanwhile
                await self.socket.close(LOGGED_OUT)

    async def _hear(self, pcm: bytes) -> None:
        if self.hearing is None:
            raise BadAudio(load("web")("sound_before_start"))
        if len(pcm) > MAX_CHUNK:
            raise BadAudio(load("web")("sound_too_large"))
        heard = await self.hearing.feed(pcm)
        if heard is not None and heard.text:
            await self.send({"type": "partial", "text": heard.text})

    async def _obey(self, text: str) -> None:
        kind, wish = _wish(text)
        if kind == "start":
            await self.account()
            await self._drop_answering()
            self._drop_hearing()
            if "conversation" in wish:
                self.conversation = str(wish["conversation"] or "")[:32] or None
            self.hearing = self.house.listener.open()
        elif kind == "stop":
            if self.hearing is None:
                raise BadAudio(load("web")("sound_before_start"))
            hearing, self.hearing = self.hearing, None
            await self._begin(lambda: self._answer(hearing))
            self.finishing = hearing
        elif kind == "cancel":
            self._drop_hearing()
            await self._drop_answering()
        elif kind == "say":
            await self._begin(lambda: self._say_again(str(wish.get("answer", ""))))
        else:
            raise BadInput

    async def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await self._drop_answering()
        self.answering = asyncio.create_task(self._watched(work))

    async def _watched(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except WebSocketDisconnect as gone:
            log.debug("socket ended while answering: %s", gone.code)
        except Exception as error:
            told = error if isinstance(error, AssistantError) else AssistantError()
            if told is not error:
                log.exception("unforeseen error while answering a spoken question")
            with contextlib.suppress(WebSocketDisconnect):
                await self.tell(told)

    async def _answer(self, hearing: ListeningSession) -> None:
        """The turn of one utterance: transcript, answer, sound."""
        said = await hearing.finish()
        await self.send({"type": "transcript", "text": said.text, "confidence": said.confidence})
        account = await self.account()
        answer = await self.workers.run(put, self.house, said, account, self.conversation)
        self.conversation = answer.conversation
        await self.send({"type": "answer", "answer": answer.model_dump(mode="json")})
        await self._speak(answer.spoken_text)

    async def _say_again(self, identifier: str) -> None:
        account = await self.account()
        turn = await in_thread(self.house.store.turns.get, identifier)
        if not await in_thread(self.house.conversation.may_see, account, turn.answer):
            raise Forbidden(load("web")("answer_not_granted"))
        await self._speak(for_reader(turn, account).spoken_text)

    async def _speak(self, text: str) -> None:
        """Sends sentence by sentence; each waits for the next one's making only to know whether it is the last."""
        sentences = self.house.speaker.say(text)
        number = 0
        sound = await self.workers.run(next, sentences, None)
        while sound is not None:
            following = await self.workers.run(next, sentences, None)
            event = {"type": "audio", "seq": number, "last": following is None, "sample_rate": sample_rate(sound)}
            await self.send(event, sound)
            sound, number = following, number + 1

    def _drop_hearing(self) -> None:
        if self.hearing is not None:
            self.hearing.close()
            self.hearing = None

    async def _drop_answering(self) -> None:
        task, self.answering = self.answering, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self.finishing is not None:  # a task cancelled before its first step has freed nothing itself
            self.finishing.close()
            self.finishing = None


def _wish(text: str) -> tuple[str, dict[str, Any]]:
    """What a text frame asks for; raises BadInput where it is no such frame."""
    try:
        wish = json.loads(text) if len(text) <= 1000 else None
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        raise BadInput
    return str(wish.get("type", "")), wish
