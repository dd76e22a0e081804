"""What routes ask for, as annotated types: the house, who is asking, and that the request comes from our page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Annotated, Any, TypeVar, cast

from anyio.to_thread import run_sync
from fastapi import Depends, Form, Header, Path, Request

from assistant.access import Account
from assistant.errors import Busy, Forbidden
from assistant.store.turns import Turn
from assistant.types import Answer
from assistant.web.house import House
from assistant.web.security import csrf_matches, same_origin
from assistant.wordings import load

SESSION_COOKIE = "assistant_session"
FORM_COOKIE = "assistant_form"
"""Secret of the log-in form, before there is a session."""

T = TypeVar("T")


class Workers:
    """Threads for one kind of slow work, and a bounded number of people waiting for them."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._places = BoundedSemaphore(threads + waiting)

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Runs blocking work beside the event loop; raises Busy at once where too many wait already.

        A place is free again when the work is done, also where nobody waits for it any more.
        """
        if not self._places.acquire(blocking=False):
            raise Busy(retry_after=3)
        future = self._pool.submit(work, *arguments)
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Ends the threads, after the work they have begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def get_house(request: Request) -> House:
    return cast(House, request.app.state.house)


def get_workers(request: Request) -> Workers:
    return cast(Workers, request.app.state.workers)


HouseDep = Annotated[House, Depends(get_house)]
WorkersDep = Annotated[Workers, Depends(get_workers)]


def get_token(request: Request) -> str:
    return request.cookies.get(SESSION_COOKIE, "")


TokenDep = Annotated[str, Depends(get_token)]


def get_account(house: HouseDep, token: TokenDep) -> Account:
    """Who is asking, with the grants of this moment; raises NotLoggedIn."""
    return house.accounts.session(token)


AccountDep = Annotated[Account, Depends(get_account)]


def get_admin(account: AccountDep) -> Account:
    """An administrator; raises Forbidden for others."""
    if not account.is_admin:
        raise Forbidden
    return account


AdminDep = Annotated[Account, Depends(get_admin)]


def check_origin(request: Request) -> None:
    """Refuses a form or call that a page of another site sent; raises Forbidden."""
    origin = request.headers.get("origin")
    public = get_house(request).settings.public_origin
    if origin is not None and not same_origin(origin, request.headers.get("host", ""), public):
        raise Forbidden(load("web")("other_origin"))


def check_header(
    request: Request, token: TokenDep, x_csrf_token: Annotated[str, Header(description="<meta name='csrf'>")] = ""
) -> None:
    """The token in the header of a JSON call; raises Forbidden."""
    check_origin(request)
    if not csrf_matches(token, x_csrf_token):
        raise Forbidden(load("web")("form_expired"))


def check_form(request: Request, token: TokenDep, csrf: Annotated[str, Form()] = "") -> None:
    """The token in a form's field; raises Forbidden."""
    check_origin(request)
    if not csrf_matches(token, csrf):
        raise Forbidden(load("web")("form_expired"))


FromPage = Depends(check_header)
FromForm = Depends(check_form)

Identifier = Annotated[str, Path(pattern=r"^[A-Za-z0-9_\-]{1,32}$")]


def get_turn(answer: Identifier, house: HouseDep, account: AccountDep) -> Turn:
    """A kept turn that the reader's own grants cover; raises NotFound, Forbidden."""
    turn = house.store.turns.get(answer)
    if not house.conversation.may_see(account, turn.answer):
        raise Forbidden(load("web")("answer_not_granted"))
    return turn


TurnDep = Annotated[Turn, Depends(get_turn)]


def for_reader(turn: Turn, account: Account) -> Answer:
    """The answer as this reader gets it: the suggestions were made for the grants of who asked."""
    return turn.answer if turn.account == account.username else turn.answer.model_copy(update={"suggestions": ()})


async def in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """Runs a short look into the store beside the event loop."""
    return await run_sync(work, *arguments)
