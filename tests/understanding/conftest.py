"""The real catalogue of the sample province, and what is built on it once for a whole run."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load
from assistant.settings import Settings
from assistant.understanding.bank import Bank
from assistant.understanding.cues import Cues
from assistant.understanding.spans import SpanFinder


@pytest.fixture(scope="session")
def province() -> Catalogue:
    """The catalogue with the units of before July 2025, as the sample province has it."""
    return load().as_of(date(2025, 6, 30))


@pytest.fixture(scope="session")
def base_bank() -> Bank:
    """The bank that comes with the assistant."""
    return Bank.load(Settings().bank_file)


@pytest.fixture(scope="session")
def cues() -> Cues:
    return Cues.load()


@pytest.fixture(scope="session")
def finder(province: Catalogue, cues: Cues) -> SpanFinder:
    return SpanFinder(province, cues)
