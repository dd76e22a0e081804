"""The house's walls: imports run one way, SQL stays where it belongs, files stay small, nothing names a machine."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from assistant.catalogue.loader import load

ROOT = Path(__file__).resolve().parent.parent

SHARED = {"types", "errors", "clock", "calendar", "settings", "wordings", "yaml_files"}
"""What every room may import."""

ROOMS = {
    "language": set[str](),
    "catalogue": set(),
    "speech": {"language"},
    "store": set(),
    "warehouse": {"catalogue"},
    "access": {"catalogue", "store"},
    "query": {"catalogue", "warehouse"},
    "understanding": {"catalogue", "language"},
    "answer": {"catalogue", "language", "query", "understanding"},
    "admin": {"store", "understanding"},
    "web": {"access", "admin", "answer", "catalogue", "speech", "store", "understanding"},
    "conversation": {"access", "answer", "catalogue", "query", "store", "understanding", "warehouse"},
    "evaluation": {"access", "catalogue", "connectors", "house", "language", "speech", "understanding"},
    "connectors": {"catalogue", "language", "warehouse"},
}
"""Room to the rooms it may import; what builds or measures the whole house is not listed and may import any."""

WHOLE_HOUSE = {"house", "cli", "bench", "__main__", "server"}


SQL_ROOMS = {"warehouse", "query", "store", "evaluation"}
SQL_FILES = {"connectors/load.py"}
"""Loading keeps what several files say side by side in one DuckDB file."""
SQL = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+into\s|create\s+(or\s+replace\s+)?(table|view)\s|attach\s+'|copy\s+\()", re.I
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(Path(line) for line in listed.stdout.splitlines() if (ROOT / line).is_file())


def room_of(file: Path) -> str:
    """The room a file of ours belongs to; a single file is a room of its own."""
    parts = file.with_suffix("").parts
    return parts[1] if parts[0] == "assistant" and len(parts) > 1 else parts[0]


def ours() -> list[Path]:
    return [
        file for file in tracked() if file.suffix == ".py" and file.parts[0] in ("assistant", "connectors", "server.py")
    ]


def imports(file: Path) -> set[str]:
    """The rooms a file imports from, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            modules = (
                [f"assistant.{alias.name}" for alias in node.names] if node.module == "assistant" else [node.module]
            )
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        for module in modules:
            parts = (module or "").split(".")
            if parts[0] == "connectors":
                found.add("connectors")
            elif parts[0] == "assistant" and len(parts) > 1:
                found.add(parts[1])
    return found


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_its_place_allows(room: str) -> None:
    files = [file for file in ours() if room_of(file) == room]
    assert files, f"there is no room {room}"
    for file in files:
        foreign = imports(file) - ROOMS[room] - SHARED - {room}
        assert not foreign, f"{file} imports {', '.join(sorted(foreign))}"


def test_every_room_has_its_place() -> None:
    assert {room_of(file) for file in ours()} <= set(ROOMS) | SHARED | WHOLE_HOUSE | {"__init__"}


def test_allowed_imports_have_no_circle() -> None:
    remaining = {room: needs & ROOMS.keys() for room, needs in ROOMS.items()}
    while remaining:
        free = [room for room, needs in remaining.items() if not needs & remaining.keys()]
        assert free, f"a circle among {sorted(remaining)}"
        for room in free:
            del remaining[room]


@pytest.mark.parametrize("name", sorted(SHARED))
def test_shared_files_know_no_room(name: str) -> None:
    assert imports(Path("assistant") / f"{name}.py") <= SHARED


def test_the_speaking_process_stays_small() -> None:
    assert imports(Path("assistant/speech/worker.py")) <= {"speech"}


def test_sql_stands_only_where_figures_and_state_are_kept() -> None:
    for file in ours():
        if room_of(file) in SQL_ROOMS or str(file) in SQL_FILES:
            continue
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.search(node.value), f"{file}:{node.lineno} holds SQL"


def test_files_stay_below_500_lines() -> None:
    for file in tracked():
        if file.suffix in (".py", ".js", ".css", ".html"):
            length = len((ROOT / file).read_text(encoding="utf-8").splitlines())
            assert length < 500, f"{file} has {length} lines: which two things does it do?"


def test_every_file_of_ours_says_what_lives_there() -> None:
    for file in ours():
        assert ast.get_docstring(ast.parse((ROOT / file).read_text(encoding="utf-8"))), f"{file} has no docstring"


def test_what_the_figures_are_about_stands_in_data_only() -> None:
    """No code names a domain or an indicator: another province, or another domain, is another folder of YAML."""
    catalogue = load()
    codes = {*catalogue.domains, *catalogue.indicators}
    for file in tracked():
        if file.suffix == ".py" and file.parts[0] in ("assistant", "connectors", "nlu", "scripts", "server.py"):
            for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    assert node.value not in codes, f"{file}:{node.lineno} names '{node.value}'"


MACHINE = re.compile(r"(?<![\w.$}])/(?:work|home|root|tmp|Users|mnt|opt)/\w")
REGISTRY = re.compile(
    r"(?:index|registry|extra-index)[-_]url\s*[= ]\s*\S*://|https?://[^\s/]*(?:pypi|pythonhosted|npmjs)\S*", re.I
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    for file in tracked():
        try:
            text = (ROOT / file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            assert not MACHINE.search(line), f"{file}:{number} names a path of one machine"
            assert not REGISTRY.search(line), f"{file}:{number} names a registry"
