"""What the commands share: the data folder, errors as one line, who asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.access import Account
from assistant.errors import AssistantError, ConfigurationError
from assistant.house import House
from assistant.settings import Settings

DataDir = Annotated[Path | None, typer.Option("--data", help="Data folder; default var/ or ASSISTANT_DATA_DIR.")]
As = Annotated[str, typer.Option("--as", help="User name of the account that asks.")]


def settings_for(data: Path | None, **changes: object) -> Settings:
    """Settings from the environment, with what the command line says on top."""
    settings = Settings()
    given = {name: value for name, value in changes.items() if value is not None}
    return settings.model_copy(update=given | ({"data_dir": data.resolve()} if data else {}))


@contextmanager
def told() -> Iterator[None]:
    """Turns an error into one line and exit code 1."""
    try:
        yield
    except AssistantError as error:
        typer.echo(error.detail or error.message, err=True)
        raise typer.Exit(1) from None


def account_of(house: House, username: str) -> Account:
    """The account, which must be active; raises ConfigurationError."""
    account = house.accounts.get(username)
    if account is None or not account.active:
        raise ConfigurationError(f"no active account '{username}'; see: assistant users list")
    return account
