"""Accounts with their grants, sessions and wrong passwords, as rows. The rules over them are ``assistant/access``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.store.database import Database
from assistant.store.tables import AccountRow, GrantRow, LoginAttemptRow, SessionRow

Areas = frozenset[str] | None
"""Area codes of a grant; None for the whole province."""


@dataclass(frozen=True)
class AccountRecord:
    """One account as it stands in the database."""

    id: int
    username: str
    full_name: str
    role: str
    address: str
    password_hash: str
    active: bool
    demo: bool
    grants: Mapping[str, Areas]


class Accounts:
    """Accounts and what they may see."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        *,
        username: str,
        full_name: str,
        role: str,
        address: str,
        password_hash: str,
        demo: bool,
        grants: Mapping[str, Areas],
    ) -> AccountRecord | None:
        """Adds an account; None where the name is taken."""
        with self._database.writing() as session:
            if _find(session, username):
                return None
            row = AccountRow(
                username=username,
                full_name=full_name,
                role=role,
                address=address,
                password_hash=password_hash,
                active=True,
                demo=demo,
                created_at=self._clock.now(),
                grants=_grant_rows(grants),
            )
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, username: str) -> AccountRecord | None:
        with self._database.reading() as session:
            row = _find(session, username)
            return _record(row) if row else None

    def all(self) -> tuple[AccountRecord, ...]:
        with self._database.reading() as session:
            return tuple(_record(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.username)))

    def set_password(self, username: str, password_hash: str) -> bool:
        """Changes the password; False where there is no such account."""
        with self._database.writing() as session:
            row = _find(session, username)
            if row:
                row.password_hash = password_hash
            return row is not None

    def set_active(self, username: str, active: bool) -> bool:
        """Enables or disables an account; False where there is no such account."""
        with self._database.writing() as session:
            row = _find(session, username)
            if row:
                row.active = active
            return row is not None

    def set_grants(self, username: str, grants: Mapping[str, Areas]) -> bool:
        """Replaces all grants; False where there is no such account."""
        with self._database.writing() as session:
            row = _find(session, username)
            if row:
                row.grants.clear()
                session.flush()
                row.grants.extend(_grant_rows(grants))
            return row is not None


class Sessions:
    """Log-ins that have not ended. Only a hash of each token is kept."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, token_hash: str, account_id: int, expires_at: datetime) -> None:
        """Keeps a session, and forgets those that have ended."""
        now = self._clock.now()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            session.add(SessionRow(token_hash=token_hash, account_id=account_id, created_at=now, expires_at=expires_at))

    def account(self, token_hash: str) -> AccountRecord | None:
        """The account of a session that has not ended."""
        query = (
            select(AccountRow)
            .join(SessionRow, SessionRow.account_id == AccountRow.id)
            .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > self._clock.now())
        )
        with self._database.reading() as session:
            row = session.scalars(query).one_or_none()
            return _record(row) if row else None

    def remove(self, token_hash: str) -> None:
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def remove_all(self, username: str) -> None:
        """Ends every session of an account."""
        account = select(AccountRow.id).where(AccountRow.username == username).scalar_subquery()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.account_id == account))


class LoginAttempts:
    """Counts wrong passwords per key (account and address, hashed)."""

    FORGOTTEN_AFTER = timedelta(hours=24)
    """Counters that rested that long start anew."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def begin(self, key: str, delays: tuple[float, ...]) -> float:
        """Seconds to wait before this attempt may be made; 0 lets it pass and counts it as failed for now.

        Counting first keeps parallel attempts from passing together. ``delays[n]`` is the wait after n failures, the
        last one holds for all further failures. An attempt that has to wait changes nothing.
        """
        now = self._clock.now()
        with self._database.writing() as session:
            session.execute(delete(LoginAttemptRow).where(LoginAttemptRow.last_at < now - self.FORGOTTEN_AFTER))
            row = session.get(LoginAttemptRow, key)
            if row is None:
                row = LoginAttemptRow(key=key, failures=0, last_at=now)
                session.add(row)
            free_at = row.last_at + timedelta(seconds=delays[min(row.failures, len(delays) - 1)])
            if free_at > now:
                return (free_at - now).total_seconds()
            row.failures += 1
            row.last_at = now
            return 0.0

    def clear(self, key: str) -> None:
        """Forgets the failures: the password was right."""
        with self._database.writing() as session:
            session.execute(delete(LoginAttemptRow).where(LoginAttemptRow.key == key))


def _find(session: Session, username: str) -> AccountRow | None:
    return session.scalars(select(AccountRow).where(AccountRow.username == username)).one_or_none()


def _grant_rows(grants: Mapping[str, Areas]) -> list[GrantRow]:
    return [
        GrantRow(domain=domain, area=area)
        for domain, areas in sorted(grants.items())
        for area in ([""] if areas is None else sorted(areas))
    ]


def _record(row: AccountRow) -> AccountRecord:
    areas: dict[str, set[str]] = {}
    for grant in row.grants:
        areas.setdefault(grant.domain, set()).add(grant.area)
    return AccountRecord(
        id=row.id,
        username=row.username,
        full_name=row.full_name,
        role=row.role,
        address=row.address,
        password_hash=row.password_hash,
        active=row.active,
        demo=row.demo,
        grants={domain: None if "" in codes else frozenset(codes) for domain, codes in sorted(areas.items())},
    )
