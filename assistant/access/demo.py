"""Demonstration accounts of the sample province, and the guard that keeps them off the network."""

from __future__ import annotations

import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.access import roster
from assistant.access.service import AccountService
from assistant.errors import ConfigurationError

ROSTER = Path(__file__).resolve().parents[2] / "data" / "demo_accounts.yml"
"""Who they are and what they may see."""
FILE = "demo-accounts.txt"
"""Their passwords, in the data folder."""


@dataclass(frozen=True)
class DemoAccount:
    """One demonstration account with its password in the clear."""

    username: str
    password: str
    about: str
    """Vietnamese: who this is and what they may see."""


def create_demo_accounts(
    accounts: AccountService,
    data_dir: Path,
    domains: tuple[str, ...],
    *,
    origin: Literal["sample", "real"],
) -> list[DemoAccount]:
    """Makes the demonstration accounts once, and gives them again from ``DATA/demo-accounts.txt`` afterwards.

    ``domains`` are all domain codes there are; a grant of another one is left out. Where the file was lost, all
    passwords are made anew.
    Raises ConfigurationError where the data folder holds real figures.
    """
    if origin != "sample":
        raise ConfigurationError("demonstration accounts exist only with the sample province, this folder is real")
    file = data_dir / FILE
    known = _read(file)
    made: list[DemoAccount] = []
    for person in roster.read(ROSTER).values():
        existing = accounts.get(person.username)
        if existing and not existing.demo:
            raise ConfigurationError(f"'{person.username}' is an account of its own, no demonstration account")
        password = known.get(person.username) if existing else None
        if password is None:
            password = secrets.token_urlsafe(9)
            if existing:
                accounts.set_password(person.username, password)
            else:
                accounts.create(
                    person.username,
                    password,
                    full_name=person.full_name,
                    role=person.role,
                    address=person.address,
                    grants=person.granted(domains),
                    demo=True,
                )
        made.append(DemoAccount(person.username, password, person.about))
    if {account.username: account.password for account in made} != known:
        _write(file, made)
    return made


def refuse_if_demo(accounts: AccountService, host: str, public_origin: str = "") -> None:
    """Raises ConfigurationError where demonstration accounts would be reachable from the network.

    ``host`` is the address to serve on; a ``public_origin`` means that a proxy opens it to others.
    """
    if not has_demo_accounts(accounts):
        return
    if not is_loopback(host) or public_origin:
        where = public_origin or host
        raise ConfigurationError(
            f"demonstration accounts exist, so the server does not open '{where}', only 127.0.0.1; "
            "disable them (assistant users disable NAME) before others are let in"
        )


def has_demo_accounts(accounts: AccountService) -> bool:
    """Whether a demonstration account could log in."""
    return any(account.demo and account.active for account in accounts.list())


def is_loopback(host: str) -> bool:
    """Whether an address or host name reaches this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("\t")[:2] for line in lines if line.count("\t") >= 2)


def _write(file: Path, accounts: list[DemoAccount]) -> None:
    """Replaces the file at once, readable for its owner only from the first byte."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:  # noqa: PTH123
        out.writelines(f"{account.username}\t{account.password}\t{account.about}\n" for account in accounts)
    draft.replace(file)
