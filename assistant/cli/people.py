"""Commands on accounts and what they may see."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from assistant.access import AccountService, Grants
from assistant.catalogue.loader import load as load_catalogue
from assistant.cli.common import DataDir, settings_for, told
from assistant.errors import ConfigurationError
from assistant.store import Store

users = typer.Typer(no_args_is_help=True, help="Accounts and what they may see.")


@contextmanager
def _accounts(data: Path | None) -> Iterator[AccountService]:
    settings = settings_for(data)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store(settings.state_url, settings.clock())
    try:
        with told():
            yield AccountService(store, settings.clock())
    finally:
        store.close()


def grants_of(texts: list[str], known: set[str]) -> Grants:
    """``education`` for a whole domain, ``health:750,753`` for some areas of it; raises ConfigurationError."""
    domains: dict[str, frozenset[str] | None] = {}
    for text in texts:
        domain, _, areas = text.partition(":")
        if domain not in known:
            raise ConfigurationError(f"no domain '{domain}'; there are {', '.join(sorted(known))}")
        domains[domain] = frozenset(areas.split(",")) if areas else None
    return Grants(domains)


def ask_password() -> str:
    """From the terminal, unseen, or the first line of standard input."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


@users.command("list")
def users_list(data: DataDir = None) -> None:
    """All accounts."""
    with _accounts(data) as accounts:
        for account in accounts.list():
            state = "" if account.active else " (disabled)"
            domains = ", ".join(
                code + (f":{','.join(sorted(areas))}" if areas else "")
                for code, areas in account.grants.domains.items()
            )
            typer.echo(f"{account.username:<16} {account.role:<8} {account.full_name}{state}  [{domains}]")


@users.command("add")
def users_add(
    username: str,
    full_name: Annotated[str, typer.Option("--name", help="Full name.")],
    role: Annotated[str, typer.Option(help="leader, officer or admin.")] = "officer",
    address: Annotated[str, typer.Option(help="Form of address: anh, chị, đồng chí …")] = "đồng chí",
    grant: Annotated[list[str] | None, typer.Option(help="Domain, or domain:area,area.")] = None,
    data: DataDir = None,
) -> None:
    """Add an account; the password is asked for."""
    with _accounts(data) as accounts:
        known = set(load_catalogue(settings_for(data).catalogue_dir).domains)
        grants = grants_of(grant or [], known)
        accounts.create(
            username,
            ask_password(),
            full_name=full_name,
            role=role,  # type: ignore[arg-type]
            address=address,
            grants=grants,
            by="command line",
        )


@users.command("grant")
def users_grant(username: str, grants: list[str], data: DataDir = None) -> None:
    """Replace what an account may see: domains, or domain:area,area."""
    with _accounts(data) as accounts:
        known = set(load_catalogue(settings_for(data).catalogue_dir).domains)
        accounts.set_grants(username, grants_of(grants, known), by="command line")


@users.command("password")
def users_password(username: str, data: DataDir = None) -> None:
    """Set a new password, which is asked for."""
    with _accounts(data) as accounts:
        accounts.set_password(username, ask_password(), by="command line")


@users.command("disable")
def users_disable(username: str, data: DataDir = None) -> None:
    """Close an account; its sessions end."""
    with _accounts(data) as accounts:
        accounts.disable(username, by="command line")


@users.command("enable")
def users_enable(username: str, data: DataDir = None) -> None:
    """Open a closed account again."""
    with _accounts(data) as accounts:
        accounts.enable(username, by="command line")
