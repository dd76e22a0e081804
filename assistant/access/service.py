"""Accounts, log-ins and grants. Knows nothing of what questions mean."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from assistant.access.models import ROLES, Account, Grants, Role
from assistant.access.passwords import Passwords
from assistant.clock import Clock
from assistant.errors import ConfigurationError, NotLoggedIn, TooManyAttempts
from assistant.store import Store
from assistant.store.accounts import AccountRecord
from assistant.wordings import load

USERNAME = re.compile(r"[a-z0-9][a-z0-9._\-]{1,62}")
MIN_PASSWORD = 10
MAX_PASSWORD = 256
"""Longer ones are refused unread, so that nobody makes the server hash megabytes."""
DELAYS = (0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds to wait after 0, 1, 2 … wrong passwords in a row from one address; the last holds for all further ones."""


@dataclass(frozen=True)
class Session:
    """A log-in as it is handed to the browser; the database keeps only a hash of the token."""

    token: str
    account: Account
    expires_at: datetime


class AccountService:
    """What may be done with accounts.

    Administrative calls raise ConfigurationError (English, for the command line) where a name or value is unusable.
    """

    def __init__(
        self, store: Store, clock: Clock, *, session_hours: int = 12, passwords: Passwords | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._lifetime = timedelta(hours=session_hours)
        self._passwords = passwords or Passwords()
        self._words = load("access")

    # Managing accounts

    def create(
        self,
        username: str,
        password: str,
        *,
        full_name: str,
        role: Role,
        address: str = "đồng chí",
        grants: Grants | None = None,
        demo: bool = False,
        by: str = "setup",
    ) -> Account:
        """Adds an account; ``by`` is who did it, for the audit trail."""
        username = username.strip().lower()
        if not USERNAME.fullmatch(username):
            raise ConfigurationError(f"user name '{username}': 2 to 63 of a-z, 0-9, dot, dash, underscore")
        if role not in ROLES:
            raise ConfigurationError(f"role '{role}': must be one of {', '.join(ROLES)}")
        given = grants or Grants()
        record = self._store.accounts.add(
            username=username,
            full_name=full_name.strip() or username,
            role=role,
            address=address.strip() or "đồng chí",
            password_hash=self._hash(password),
            demo=demo,
            grants=given.domains,
        )
        if record is None:
            raise ConfigurationError(f"user name '{username}' is taken")
        self._store.audit.record("account", by, account=username, role=role, change="created")
        self._audit_grants(by, username, given)
        return _account(record)

    def set_password(self, username: str, password: str, *, by: str = "setup") -> None:
        """Changes a password and ends the account's sessions."""
        self._known(self._store.accounts.set_password(username, self._hash(password)), username)
        self._store.sessions.remove_all(username)
        self._store.audit.record("password", by, account=username)

    def disable(self, username: str, *, by: str = "setup") -> None:
        """Keeps an account from logging in and ends its sessions; its turns stay."""
        self._known(self._store.accounts.set_active(username, False), username)
        self._store.sessions.remove_all(username)
        self._store.audit.record("account", by, account=username, change="disabled")

    def enable(self, username: str, *, by: str = "setup") -> None:
        """Lets a disabled account log in again."""
        self._known(self._store.accounts.set_active(username, True), username)
        self._store.audit.record("account", by, account=username, change="enabled")

    def set_grants(self, username: str, grants: Grants, *, by: str = "setup") -> None:
        """Replaces what an account may see; holds from its next question on."""
        self._known(self._store.accounts.set_grants(username, grants.domains), username)
        self._audit_grants(by, username, grants)

    def get(self, username: str) -> Account | None:
        """The account as it stands now, with its grants."""
        record = self._store.accounts.get(username)
        return _account(record) if record else None

    def list(self) -> tuple[Account, ...]:
        """All accounts by user name."""
        return tuple(_account(record) for record in self._store.accounts.all())

    # Logging in

    def authenticate(self, username: str, password: str, *, address: str = "") -> Account:
        """The account, where the password is right.

        Raises NotLoggedIn, in the same words and after the same work whatever was wrong, and TooManyAttempts with
        ``retry_after`` in seconds while the account has to wait at this address. Nobody is ever locked out.
        """
        username = username.strip().lower()
        key = hashlib.sha256(f"{username}\0{address}".encode()).hexdigest()
        wait = self._store.login_attempts.begin(key, DELAYS)
        if wait > 0:
            seconds = max(1, round(wait + 0.5))
            raise TooManyAttempts(self._words("too_many", seconds=seconds), retry_after=seconds)
        record = self._store.accounts.get(username) if USERNAME.fullmatch(username) else None
        right = self._passwords.matches(record.password_hash if record else None, password[: MAX_PASSWORD + 1])
        if record is None or not right or not record.active:
            known = record.username if record else ""  # an unknown name may be a mistyped password: not written down
            self._store.audit.record("login_failed", known, address=address)
            raise NotLoggedIn(self._words("wrong_password"))
        self._store.login_attempts.clear(key)
        if self._passwords.outdated(record.password_hash):
            self._store.accounts.set_password(username, self._passwords.hash(password))
        return _account(record)

    def log_in(self, username: str, password: str, *, address: str = "") -> Session:
        """Authenticates and begins a session; raises what ``authenticate`` raises."""
        account = self.authenticate(username, password, address=address)
        record = self._store.accounts.get(account.username)
        if record is None:
            raise NotLoggedIn
        token = secrets.token_urlsafe(32)
        expires_at = self._clock.now() + self._lifetime
        self._store.sessions.add(_hash_token(token), record.id, expires_at)
        self._store.audit.record("login", account.username, address=address)
        return Session(token, account, expires_at)

    def session(self, token: str) -> Account:
        """The account of a session, with its grants of this moment; raises NotLoggedIn."""
        record = self._store.sessions.account(_hash_token(token)) if token else None
        if record is None or not record.active:
            raise NotLoggedIn(self._words("session_ended") if token else None)
        return _account(record)

    def log_out(self, token: str) -> None:
        """Ends a session; a token that is none is no error."""
        record = self._store.sessions.account(_hash_token(token))
        self._store.sessions.remove(_hash_token(token))
        if record:
            self._store.audit.record("logout", record.username)

    # Trail

    def audit_denied(self, account: Account, domains: Iterable[str], turn: str) -> None:
        """Notes that a question was denied for want of grants; the question itself stays in its turn."""
        self._store.audit.record("denied", account.username, domains=sorted(domains), turn=turn)

    def _audit_grants(self, by: str, username: str, grants: Grants) -> None:
        shown = {domain: sorted(areas) if areas is not None else "all" for domain, areas in grants.domains.items()}
        self._store.audit.record("grants", by, account=username, grants=shown)

    def _hash(self, password: str) -> str:
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise ConfigurationError(f"a password needs {MIN_PASSWORD} to {MAX_PASSWORD} characters")
        return self._passwords.hash(password)

    @staticmethod
    def _known(found: bool, username: str) -> None:
        if not found:
            raise ConfigurationError(f"there is no account '{username}'")


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(record: AccountRecord) -> Account:
    return Account(
        username=record.username,
        full_name=record.full_name,
        role=cast(Role, record.role),
        address=record.address,
        grants=Grants(record.grants),
        active=record.active,
        demo=record.demo,
    )
