"""Accounts, log-ins and grants over a real state database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.access import Account, AccountService, Grants, create_demo_accounts, refuse_if_demo
from assistant.access.demo import is_loopback
from assistant.access.passwords import Passwords
from assistant.clock import ZONE, FixedClock
from assistant.errors import ConfigurationError, NotLoggedIn, TooManyAttempts
from assistant.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
PASSWORD = "mot mat khau dai"
DOMAINS = ("education", "health", "socio_economy", "public_administration")


@dataclass
class House:
    store: Store
    clock: FixedClock
    accounts: AccountService
    data: Path = field(default_factory=Path)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = FixedClock(NOW)
    store = Store(f"sqlite:///{tmp_path / 'state.sqlite'}", clock)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield House(store, clock, AccountService(store, clock, session_hours=12, passwords=cheap), tmp_path)
    store.close()


@pytest.fixture
def lan(house: House) -> Account:
    return house.accounts.create("lan", PASSWORD, full_name="Lê Thị Lan", role="officer", address="chị")


def test_right_password_logs_in_and_the_session_tells_who(house: House, lan: Account) -> None:
    session = house.accounts.log_in("Lan", PASSWORD)
    assert session.account == lan
    assert house.accounts.session(session.token) == lan


def test_database_keeps_neither_password_nor_token(house: House, lan: Account) -> None:
    token = house.accounts.log_in("lan", PASSWORD).token
    house.store.close()
    kept = b"".join(file.read_bytes() for file in house.data.glob("state.sqlite*"))
    assert b"lan" in kept
    assert PASSWORD.encode() not in kept and token.encode() not in kept


@pytest.mark.parametrize(("username", "password"), [("lan", "sai"), ("ai do", PASSWORD), ("nam", PASSWORD), ("", "")])
def test_whatever_is_wrong_is_told_in_the_same_words(house: House, lan: Account, username: str, password: str) -> None:
    house.accounts.create("nam", PASSWORD, full_name="Nam", role="officer")
    house.accounts.disable("nam")
    with pytest.raises(NotLoggedIn) as told:
        house.accounts.authenticate(username, password)
    assert told.value.message == house.accounts._words("wrong_password")


def test_ten_wrong_passwords_slow_down_and_do_not_lock_out(house: House, lan: Account) -> None:
    waits = []
    for _ in range(10):
        with pytest.raises(NotLoggedIn):
            house.accounts.authenticate("lan", "sai", address="10.0.0.1")
        try:
            with pytest.raises(NotLoggedIn):
                house.accounts.authenticate("lan", "sai", address="10.0.0.1")
        except TooManyAttempts as told:
            assert told.retry_after is not None and str(round(told.retry_after)) in told.message
            waits.append(told.retry_after)
            house.clock.moment += timedelta(seconds=told.retry_after)
    assert waits == sorted(waits) and waits[0] < waits[-1] <= 61
    assert house.accounts.authenticate("lan", PASSWORD, address="10.0.0.1") == lan
    with pytest.raises(NotLoggedIn):  # counted anew after the right one
        house.accounts.authenticate("lan", "sai", address="10.0.0.1")


def test_waiting_holds_for_the_right_password_too_but_only_at_that_address(house: House, lan: Account) -> None:
    for _ in range(3):
        with pytest.raises(NotLoggedIn):
            house.accounts.authenticate("lan", "sai", address="10.0.0.1")
    with pytest.raises(TooManyAttempts):
        house.accounts.authenticate("lan", PASSWORD, address="10.0.0.1")
    assert house.accounts.authenticate("lan", PASSWORD, address="10.0.0.2") == lan


def test_sessions_end_by_time_log_out_password_and_disabling(house: House, lan: Account) -> None:
    def fresh() -> str:
        return house.accounts.log_in("lan", PASSWORD).token

    def ended(token: str) -> bool:
        try:
            house.accounts.session(token)
        except NotLoggedIn:
            return True
        return False

    token = fresh()
    house.accounts.log_out(token)
    assert ended(token)
    token = fresh()
    house.accounts.set_password("lan", PASSWORD)
    assert ended(token)
    token = fresh()
    house.clock.moment += timedelta(hours=12)
    assert ended(token)
    token = fresh()
    assert not ended(token)
    house.accounts.disable("lan")
    assert ended(token)
    assert ended("") and ended("x" * 5000)


def test_grants_changed_during_a_session_hold_at_once(house: House, lan: Account) -> None:
    token = house.accounts.log_in("lan", PASSWORD).token
    assert house.accounts.session(token).grants.missing(["health"]) == ("health",)
    house.accounts.set_grants("lan", Grants({"health": None}), by="quantri")
    assert house.accounts.session(token).grants.missing(["health"]) == ()
    entry = house.store.audit.recent(action="grants", limit=1)[0]
    assert (entry.actor, entry.detail) == ("quantri", {"account": "lan", "grants": {"health": "all"}})


@pytest.mark.parametrize(
    ("username", "password", "role"),
    [
        ("a", PASSWORD, "officer"),
        ("Ông Ba", PASSWORD, "officer"),
        ("lan", PASSWORD, "officer"),
        ("moi", "ngan", "officer"),
        ("moi", "x" * 257, "officer"),
        ("moi", PASSWORD, "king"),
    ],
)
def test_unusable_accounts_are_refused(house: House, lan: Account, username: str, password: str, role: str) -> None:
    with pytest.raises(ConfigurationError):
        house.accounts.create(username, password, full_name="X", role=role)  # type: ignore[arg-type]


def test_trail_names_no_mistyped_password(house: House, lan: Account) -> None:
    with pytest.raises(NotLoggedIn):
        house.accounts.authenticate("my-secret-password", "lan")
    assert house.store.audit.recent(action="login_failed")[0].actor == ""


class Places:
    """The smallest catalogue grants can be asked against."""

    def ancestors(self, place: str) -> tuple[str, ...]:
        return {"26572": ("750", "77"), "750": ("77",), "751": ("77",), "77": ()}[place]

    def domains_of(self, indicator: str) -> frozenset[str]:
        return {"beds": frozenset({"health"}), "beds_per_pupil": frozenset({"health", "education"})}[indicator]


WHOLE, DISTRICT = None, frozenset({"750"})


@pytest.mark.parametrize(
    ("grants", "indicator", "place", "allowed"),
    [
        ({}, "beds", "77", False),
        ({"education": WHOLE}, "beds", "77", False),
        ({"health": WHOLE}, "beds", "77", True),
        ({"health": WHOLE}, "beds", "26572", True),
        ({"health": DISTRICT}, "beds", "750", True),
        ({"health": DISTRICT}, "beds", "26572", True),
        ({"health": DISTRICT}, "beds", "751", False),
        ({"health": DISTRICT}, "beds", "77", False),
        ({"health": WHOLE}, "beds_per_pupil", "77", False),
        ({"health": WHOLE, "education": WHOLE}, "beds_per_pupil", "77", True),
        ({"health": WHOLE, "education": DISTRICT}, "beds_per_pupil", "77", False),
        ({"health": WHOLE, "education": DISTRICT}, "beds_per_pupil", "750", True),
        ({"health": frozenset()}, "beds", "750", False),
    ],
)
def test_grants_matrix(grants: dict[str, frozenset[str] | None], indicator: str, place: str, allowed: bool) -> None:
    assert Grants(grants).allows(indicator, place, Places()) is allowed  # type: ignore[arg-type]


def test_demo_accounts_are_made_once_and_log_in(house: House) -> None:
    made = create_demo_accounts(house.accounts, house.data, DOMAINS, origin="sample")
    assert create_demo_accounts(house.accounts, house.data, DOMAINS, origin="sample") == made
    assert (house.data / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    accounts = {demo.username: house.accounts.log_in(demo.username, demo.password).account for demo in made}
    assert all(account.demo for account in accounts.values())
    assert [dict(account.grants.domains) for account in accounts.values()] == [
        dict.fromkeys(DOMAINS),
        {"education": None},
        {"health": frozenset({"750"})},
        {},
        dict.fromkeys(DOMAINS),
    ]
    assert [account.role for account in accounts.values()] == ["leader", "officer", "officer", "officer", "admin"]


def test_lost_file_makes_new_passwords(house: House) -> None:
    made = create_demo_accounts(house.accounts, house.data, DOMAINS, origin="sample")
    (house.data / "demo-accounts.txt").unlink()
    again = create_demo_accounts(house.accounts, house.data, DOMAINS, origin="sample")
    assert not {demo.password for demo in made} & {demo.password for demo in again}
    assert house.accounts.authenticate(again[0].username, again[0].password)


def test_real_figures_have_no_demo_accounts(house: House) -> None:
    with pytest.raises(ConfigurationError, match="sample province"):
        create_demo_accounts(house.accounts, house.data, DOMAINS, origin="real")


@pytest.mark.parametrize(
    ("host", "public_origin", "refused"),
    [
        ("127.0.0.1", "", False),
        ("127.8.0.1", "", False),
        ("::1", "", False),
        ("localhost", "", False),
        ("0.0.0.0", "", True),
        ("::", "", True),
        ("", "", True),
        ("10.0.0.5", "", True),
        ("troly.example.vn", "", True),
        ("127.0.0.1", "https://troly.example.vn", True),
    ],
)
def test_demo_accounts_stay_on_loopback(house: House, host: str, public_origin: str, refused: bool) -> None:
    refuse_if_demo(house.accounts, host, public_origin)  # nobody here yet: any address will do
    made = create_demo_accounts(house.accounts, house.data, DOMAINS, origin="sample")
    if refused:
        with pytest.raises(ConfigurationError, match="demonstration accounts"):
            refuse_if_demo(house.accounts, host, public_origin)
        for demo in made:
            house.accounts.disable(demo.username)
    refuse_if_demo(house.accounts, host, public_origin)
    assert is_loopback(host) is (host not in ("0.0.0.0", "::", "", "10.0.0.5", "troly.example.vn"))
