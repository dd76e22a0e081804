"""What all tests share."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.access import Account, create_demo_accounts
from assistant.evaluation.run import prepare
from assistant.house import House, build
from assistant.settings import Settings
from assistant.understanding.bank import Bank
from assistant.understanding.training import train

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The evaluation, which takes longest, comes first: one process asks its questions while the other does the rest."""
    items.sort(key=lambda item: item.path.name != "test_evaluation.py")


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Path of a file or folder of the data beside the checkout; skips, saying so, where it is missing.

    In CI (``CI=true``) a test that misses it fails: nothing there may be skipped for want of data.
    """

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            give_up(f"needs ../shared/{name}, which is not here")
        return path

    return find


TODAY = date(2026, 11, 21)
"""The day on which all tests with the sample province stand."""


@pytest.fixture(scope="session")
def house_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A sample province of ``TODAY`` and a trained model, both kept between runs; a state database of this run's own.

    One of the processes makes what is missing, the others wait for it.
    """
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "tests.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        train(settings, Bank.load(settings.bank_file))
        settings = prepare(settings, {TODAY})
    state = tmp_path_factory.mktemp("state") / "state.sqlite"
    return settings.model_copy(update={"database_url": f"sqlite:///{state}"})


@pytest.fixture(scope="session")
def house(house_settings: Settings) -> Iterator[House]:
    """The whole house on the sample province, with a real Rasa."""
    with build(house_settings) as built:
        assert built.supervisor.wait(), built.supervisor.last_error
        yield built


@pytest.fixture(scope="session")
def people(house: House) -> dict[str, tuple[Account, str]]:
    """The demonstration accounts with their passwords, by user name."""
    made = create_demo_accounts(
        house.accounts, house.settings.data_dir, tuple(house.catalogue.domains), origin="sample"
    )
    found = {}
    for one in made:
        account = house.accounts.get(one.username)
        assert account is not None
        found[one.username] = (account, one.password)
    return found
