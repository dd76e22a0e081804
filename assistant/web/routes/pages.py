"""The pages people see."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.errors import NotLoggedIn
from assistant.web.deps import AccountDep, HouseDep, TokenDep, TurnDep
from assistant.web.pages import render
from assistant.web.routes.conversations import Search, find
from assistant.web.security import csrf_token
from assistant.web.starters import starters

router = APIRouter(include_in_schema=False)


@router.get("/")
def talk(request: Request, house: HouseDep, token: TokenDep, c: str = "") -> Response:
    """The page for phone and desktop; ``c`` opens one of the account's own conversations."""
    try:
        account = house.accounts.session(token)
    except NotLoggedIn:
        return RedirectResponse("/login", status_code=303)
    return render(
        request,
        "talk.html",
        account=account,
        csrf=csrf_token(token),
        conversation=c[:32],
        starters=starters(account, house.catalogue),
        longest=house.settings.max_text_characters,
    )


@router.get("/answers/{answer}")
def answer(request: Request, turn: TurnDep, account: AccountDep, token: TokenDep) -> Response:
    """One answer by its link, for whoever's own grants cover it."""
    return render(request, "answer.html", account=account, csrf=csrf_token(token), answer=turn.id)


@router.get("/history")
def history(request: Request, house: HouseDep, account: AccountDep, token: TokenDep, q: Search = "") -> Response:
    """One's own conversations."""
    found = find(house, account, q)
    return render(request, "history.html", account=account, csrf=csrf_token(token), q=q, conversations=found)
