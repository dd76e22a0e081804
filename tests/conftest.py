"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


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
