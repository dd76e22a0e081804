"""Demonstration accounts of the sample province, and the guard that keeps them off the network."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.access.models import Grants, Role
from assistant.access.service import AccountService
from assistant.errors import ConfigurationError
from assistant.wordings import load

FILE = "demo-accounts.txt"
DISTRICT = "750"
"""GSO code of huyện Châu Đức, the one district of the health officer."""


@dataclass(frozen=True)
class DemoAccount:
    """One demonstration account with its password in the clear."""

    username: str
    password: str
    about: str
    """Vietnamese: who this is and what they may see."""


@dataclass(frozen=True)
class _Part:
    username: str
    role: Role
    address: str
    grants: Mapping[str, frozenset[str] | None]


def create_demo_accounts(
    accounts: AccountService,
    data_dir: Path,
    domains: tuple[str, ...],
    *,
    origin: Literal["sample", "real"],
    district: str = DISTRICT,
) -> list[DemoAccount]:
    """Makes the demonstration accounts once, and gives them again from ``DATA/demo-accounts.txt`` afterwards.

    ``domains`` are all domain codes the leader may see. Where the file was lost, all passwords are made anew.
    Raises ConfigurationError where the data folder holds real figures.
    """
    if origin != "sample":
        raise ConfigurationError("demonstration accounts exist only with the sample province, this folder is real")
    words = load("access")
    file = data_dir / FILE
    known = _read(file)
    whole: dict[str, frozenset[str] | None] = dict.fromkeys(domains)
    made: list[DemoAccount] = []
    for name, part in {
        "leader": _Part("lanhdao", "leader", "anh", whole),
        "education": _Part("giaoduc", "officer", "chị", {"education": None}),
        "health": _Part("yte", "officer", "anh", {"health": frozenset({district})}),
        "nothing": _Part("moi", "officer", "chị", {}),
        "admin": _Part("quantri", "admin", "đồng chí", whole),
    }.items():
        existing = accounts.get(part.username)
        if existing and not existing.demo:
            raise ConfigurationError(f"'{part.username}' is an account of its own, no demonstration account")
        password = known.get(part.username) if existing else None
        if password is None:
            password = secrets.token_urlsafe(9)
            if existing:
                accounts.set_password(part.username, password)
            else:
                accounts.create(
                    part.username,
                    password,
                    full_name=words(f"demo_full_name.{name}"),
                    role=part.role,
                    address=part.address,
                    grants=Grants(part.grants),
                    demo=True,
                )
        made.append(DemoAccount(part.username, password, words(f"demo_about.{name}")))
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
